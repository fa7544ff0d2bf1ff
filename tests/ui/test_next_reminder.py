"""The next reminder at the foot of the navigation."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from matsession.domain.reminder import Reminder
from matsession.domain.week import Weekday
from matsession.ui.main_window import MainWindow
from matsession.ui.next_reminder_news import NextReminderNews
from matsession.ui.pages.reminders_page import RemindersPage
from matsession.ui.widgets.navigation import Navigation
from matsession.ui.widgets.next_reminder import NextReminder
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, click, press, settle, shown

Open = Callable[..., MainWindow]


def remind(world: World, hours_ahead: int = 1) -> None:
    """Keep one that comes every day, so many hours from now."""
    scheduler = world.reminders.scheduler
    at = scheduler.now() + timedelta(hours=hours_ahead)
    reminder = Reminder(id="1", time_min=at.hour * 60, weekdays=frozenset(Weekday))
    world.reminders.book.put(reminder)
    settle()


def pages(window: MainWindow) -> QListWidget:
    """The list of pages."""
    [found] = shown(window, QListWidget)
    return found


def test_nothing_stands_there_without_one(world: World, open_window: Open) -> None:
    """Not even an empty line; nor where the only one is off."""
    window = open_window(world)
    settle()
    assert shown(window, NextReminder) == []
    world.reminders.book.put(Reminder(id="1", time_min=60, weekdays=frozenset(Weekday), on=False))
    settle()
    assert shown(window, NextReminder) == []


def test_it_comes_and_goes_and_nothing_moves(world: World, open_window: Open) -> None:
    """Live: when a reminder is made, put off, called off and taken away."""
    window = open_window(world)
    settle()
    rows = pages(window)
    before = [rows.visualItemRect(rows.item(row)) for row in range(rows.count())]
    remind(world)
    [note] = shown(window, NextReminder)
    assert note.when.startswith("Today, ")
    assert [rows.visualItemRect(rows.item(row)) for row in range(rows.count())] == before
    world.reminders.scheduler.not_today()
    settle()
    assert note.when.startswith("Tomorrow, ")
    world.reminders.book.remove("1")
    settle()
    assert shown(window, NextReminder) == []


def test_a_screen_reader_hears_all_of_it(world: World, open_window: Open) -> None:
    """As a button, with what it does."""
    window = open_window(world)
    remind(world)
    [note] = shown(window, NextReminder)
    name = accessible_text(note, QAccessible.Text.Name)
    assert name.startswith("Next reminder: today, ")
    assert accessible_text(note, QAccessible.Text.Description) == "Opens Reminders"
    assert QAccessible.queryAccessibleInterface(note).role() == QAccessible.Role.Button


def test_it_leads_to_the_reminders(world: World, open_window: Open, qtbot: QtBot) -> None:
    """By mouse, and by Tab from the list of pages and Enter."""
    window = open_window(world)
    qtbot.waitUntil(window.isActiveWindow)
    remind(world)
    [note] = shown(window, NextReminder)
    click(note)
    assert isinstance(window.page(), RemindersPage)
    press(window.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not isinstance(window.page(), RemindersPage)
    pages(window).setFocus()
    press(pages(window), Qt.Key.Key_Tab)
    assert note.hasFocus()
    press(note, Qt.Key.Key_Return)
    assert isinstance(window.page(), RemindersPage)


def test_narrower_the_tooltip_says_it(world: World, open_window: Open) -> None:
    """A rail, and a list across the top, have no room for it."""
    window = open_window(world)
    remind(world)
    for width in (700, 420):
        window.resize(width, 700)
        settle()
        assert shown(window, NextReminder) == []
        assert "\nNext reminder: today, " in pages(window).item(2).toolTip()
    window.resize(1100, 760)
    settle()
    assert shown(window, NextReminder)
    world.reminders.book.remove("1")
    settle()
    assert "\n" not in pages(window).item(2).toolTip()


def test_in_a_low_window_the_pages_have_the_room(world: World, open_window: Open) -> None:
    """It goes before a page would have to be scrolled for."""
    window = open_window(world)
    remind(world)
    [navigation] = shown(window, Navigation)
    rows = pages(window)
    for height in range(760, 200, -20):
        navigation.setFixedHeight(height)
        settle()
        last = rows.visualItemRect(rows.item(rows.count() - 1))
        if shown(window, NextReminder):
            assert last.bottom() <= rows.viewport().height()
    assert shown(window, NextReminder) == []


def test_tomorrow_becomes_today_without_looking_again_and_again(world: World, open_window: Open) -> None:
    """One timer to midnight while the window is seen, none else; whoever comes back sees the truth."""
    window = open_window(world)
    remind(world, hours_ahead=1)
    world.reminders.scheduler.not_today()
    settle()
    [note] = shown(window, NextReminder)
    assert note.when.startswith("Tomorrow, ")
    [news] = window.findChildren(NextReminderNews)
    [timer] = news.findChildren(QTimer)
    now = world.reminders.scheduler.now()
    left = timedelta(hours=23 - now.hour, minutes=59 - now.minute, seconds=60 - now.second)
    assert timer.isSingleShot()
    assert abs(timer.interval() / 1000 - left.total_seconds() - 1) < 1
    world.clock.advance(left.total_seconds() + 1)
    timer.timeout.emit()
    assert note.when.startswith("Today, ")
    window.hide()
    assert not timer.isActive()
    world.clock.advance(86_400)
    window.show()
    settle()
    assert timer.isActive()
