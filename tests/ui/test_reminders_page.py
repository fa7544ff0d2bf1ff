"""The page of reminders, used as a person uses it; and the small window of our own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from matsession.app.ports import NoticeAnswer
from matsession.app.reminder_sessions import Following
from matsession.domain.reminder import QuietSpan, Reminder, SnoozeWish
from matsession.domain.week import Weekday
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.reminders_page import RemindersPage
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.widgets.day_pills import DayPill
from matsession.ui.widgets.reminder_card import ReminderCard
from matsession.ui.widgets.segment import Segment
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.time_field import TimeField
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, button, click, enter, named, press, settle, shown
from tests.ui.test_layout import faults

OpenWindow = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
EVENING = Reminder(id="1", time_min=1320, weekdays=frozenset(tuple(Weekday)[:5]), name="Evening")
MORNING = Reminder(id="2", time_min=570, weekdays=frozenset(Weekday), preset_id="lower_back", length_s=120)


def open_page(world: World, open_window: OpenWindow, *reminders: Reminder, width: int = 1100) -> MainWindow:
    """The window with the page in front; the time is Thursday, 21:04."""
    for each in reminders:
        world.reminders.book.put(each)
    world.reminders.scheduler.begin()
    window = open_window(world, width)
    press(window, Qt.Key.Key_3, CTRL)
    settle()
    return window


def cards(window: QWidget) -> list[ReminderCard]:
    """From top to bottom."""
    return sorted(shown(window, ReminderCard), key=lambda card: card.y())


def words(window: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def called_off(world: World) -> bool:
    """Whether nothing more comes today."""
    return world.reminders.scheduler.quiet_today


def kept(world: World) -> list[Reminder]:
    """What is in the file."""
    return list(world.reminders.book._file.read().reminders)


def test_empty_it_offers_to_add_one(world: World, open_window: OpenWindow) -> None:
    """A sentence and a button, which has the keys."""
    window = open_page(world, open_window)
    assert "No reminders yet." in words(window)
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert "New reminder" in words(window)


def test_one_is_added_by_keys_and_clicks(world: World, open_window: OpenWindow) -> None:
    """With a name, a time, days, a session and its length; kept in the file, and next in line."""
    window = open_page(world, open_window)
    button(window, "Add your first reminder").click()
    enter(named(window, QLineEdit, "Name"), "Sunday rest")
    named(window, TimeField, "Time").setTime(QTime(22, 30))
    for day in tuple(Weekday)[:3]:
        click(named(window, DayPill, day.capitalize()))
    session = named(window, QComboBox, "Session")
    session.setCurrentIndex(session.findText("Lower back"))
    session.activated.emit(session.currentIndex())
    length = named(window, QComboBox, "Length")
    length.setCurrentIndex(length.findText("2 min"))
    snooze = shown(window, Segment)[0]
    click(snooze.buttons()[2])
    button(window, "Save").click()
    [made] = kept(world)
    assert made == Reminder(
        id="1",
        time_min=1350,
        weekdays=frozenset(tuple(Weekday)[3:]),
        name="Sunday rest",
        preset_id="lower_back",
        length_s=120,
        snooze=SnoozeWish.TONIGHT,
    )
    [card] = cards(window)
    assert card.hasFocus()
    assert "Next: today at " in words(window)
    assert world.alarm.at is not None


def test_a_name_that_is_pasted_becomes_one_line(world: World, open_window: OpenWindow) -> None:
    """A field takes whatever was copied."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    QApplication.clipboard().setText("Late\nevening\t\u2028rest\n")
    field = named(window, QLineEdit, "Name")
    field.selectAll()
    field.paste()
    button(window, "Save").click()
    assert [each.name for each in kept(world)] == ["Late evening  rest"]


def test_without_a_day_it_is_not_saved(world: World, open_window: OpenWindow) -> None:
    """The error stands at the days, is tied to them, and goes when one is chosen."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    for day in tuple(Weekday)[:5]:
        click(named(window, DayPill, day.capitalize()))
    button(window, "Save").click()
    assert "Choose at least one day." in words(window)
    assert isinstance(QApplication.focusWidget(), DayPill)
    assert kept(world) == [EVENING]
    click(named(window, DayPill, "Sunday"))
    assert "Choose at least one day." not in words(window)
    button(window, "Save").click()
    assert kept(world)[0].weekdays == frozenset({Weekday.SUNDAY})


def test_cancel_keeps_what_there_was(world: World, open_window: OpenWindow) -> None:
    """And gives the keys back to the card."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    named(window, QLineEdit, "Name").setText("Other")
    button(window, "Cancel").click()
    assert kept(world) == [EVENING]
    assert cards(window)[0].hasFocus()
    cards(window)[0].click()
    assert named(window, QLineEdit, "Name").text() == "Evening"


def test_unsaved_changes_are_not_lost_by_a_click_elsewhere(world: World, open_window: OpenWindow) -> None:
    """Another card opens only when they are saved or cancelled."""
    window = open_page(world, open_window, EVENING, MORNING)
    cards(window)[1].click()
    named(window, QLineEdit, "Name").setText("Other")
    cards(window)[0].click()
    assert "Save or cancel these changes first." in words(window)
    assert named(window, QLineEdit, "Name").text() == "Other"
    button(window, "Cancel").click()
    cards(window)[0].click()
    assert named(window, QLineEdit, "Name").text() == ""


def test_a_switch_counts_at_once(world: World, open_window: OpenWindow) -> None:
    """Off: nothing is next; the card says so."""
    window = open_page(world, open_window, EVENING)
    switch = named(window, Switch, "22:00, Evening, on")
    click(switch)
    assert [each.on for each in kept(world)] == [False]
    assert world.alarm.at is None
    card = cards(window)[0]
    assert card.accessibleName().endswith(", off")
    click(switch)
    assert [each.on for each in kept(world)] == [True]


def test_delete_can_be_taken_back(world: World, open_window: OpenWindow) -> None:
    """By Ctrl+Z, as it was."""
    window = open_page(world, open_window, EVENING, MORNING)
    cards(window)[1].click()
    button(window, "Delete").click()
    assert kept(world) == [MORNING]
    assert cards(window)[0].hasFocus()
    assert "Deleted: 22:00, Evening" in words(window)
    QTest.keySequence(window, QKeySequence(QKeySequence.StandardKey.Undo))
    settle()
    assert kept(world) == [MORNING, EVENING]
    assert len(cards(window)) == 2


def test_quiet_hours_count_at_once(world: World, open_window: OpenWindow) -> None:
    """For a day, with other hours, and for all days; what they leave no room for says so."""
    window = open_page(world, open_window, EVENING)
    click(named(window, Switch, "Quiet hours on Thursday"))
    book = world.reminders.book
    assert book.quiet == {Weekday.THURSDAY: QuietSpan(1320, 420)}
    named(window, TimeField, "Thursday, quiet from").setTime(QTime(21, 30))
    assert book.quiet == {Weekday.THURSDAY: QuietSpan(1290, 420)}
    assert "Next: tomorrow at " in words(window)
    button(window, "The same on all days").click()
    assert set(book.quiet) == set(Weekday)
    assert "Quiet hours leave no room for any of them." in words(window)
    assert cards(window)[0].accessibleDescription() == "Quiet hours leave no room for it."


def test_a_card_says_that_the_programme_waits(
    world: World, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quiet hours are not to blame; a reminder that names a preset comes all the same."""
    scheduler = world.reminders.scheduler
    monkeypatch.setattr(scheduler, "_following", lambda: Following(None, lambda _day: True))
    window = open_page(world, open_window, EVENING)
    assert cards(window)[0].accessibleDescription() == "It stays silent while the programme waits."
    assert "Nothing comes while the programme waits." in words(window)
    world.reminders.book.put(MORNING)
    assert cards(window)[0].accessibleDescription().startswith("Next: ")
    assert "Next: tomorrow at " in words(window)


def test_quiet_until_tomorrow_can_be_taken_back(world: World, open_window: OpenWindow) -> None:
    """By the toast, or later by the banner."""
    window = open_page(world, open_window, EVENING)
    button(window, "Quiet until tomorrow").click()
    assert called_off(world)
    assert "Nothing more comes today." in words(window)
    button(window, "Remind me today after all").click()
    assert not called_off(world)
    assert "Nothing more comes today." not in words(window)


@pytest.mark.parametrize("there", [True, False])
def test_it_says_when_the_program_runs(world: World, open_window: OpenWindow, there: bool) -> None:
    """In the tray or only with a window, at login or not; Change leads to the settings."""
    world.tray.there = there
    world.autostart.on = there
    window = open_page(world, open_window, EVENING)
    assert ("also in the tray" in words(window)) is there
    assert ("It starts with your computer." in words(window)) is there
    button(window, "Change").click()
    assert isinstance(window.page(), SettingsPage)


def test_the_test_button_shows_one_and_tells(world: World, open_window: OpenWindow) -> None:
    """And what was pressed on it."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    button(window, "Show a test").click()
    assert "Shown by your desktop." in words(window)
    world.notifier.answer(NoticeAnswer.START)
    assert "You pressed Start: it works." in words(window)
    assert not world.runner.active


def test_what_is_wrong_is_told(world: World, open_window: OpenWindow) -> None:
    """A slip in the file; the reminders that were known stay."""
    window = open_page(world, open_window, EVENING)
    world.reminders.book._file.path.write_text("[[reminder", encoding="utf-8")
    world.reminders.book.reload()
    assert "Some of your reminders could not be read." in words(window)
    assert len(cards(window)) == 1


def test_what_the_command_line_removed_leaves_the_editor(world: World, open_window: OpenWindow) -> None:
    """Nothing is left to edit."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    world.reminders.book._file.save((), {})
    world.reminders.book.reload()
    assert cards(window) == []
    assert "No reminders yet." in words(window)
    assert shown(window, QLineEdit) == []


def test_narrow_the_editor_takes_the_place_of_the_list(world: World, open_window: OpenWindow) -> None:
    """With a way back."""
    window = open_page(world, open_window, EVENING, width=420)
    cards(window)[0].click()
    settle()
    assert cards(window) == []
    assert faults(window) == []
    button(window, "Back to the list").click()
    settle()
    assert cards(window)[0].hasFocus()


def test_all_of_it_can_be_reached_by_keys(world: World, open_window: OpenWindow) -> None:
    """Tab from the first card on, with a name at each stop."""
    window = open_page(world, open_window, EVENING)
    cards(window)[0].click()
    cards(window)[0].setFocus()
    names = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(accessible_text(focused, QAccessible.Text.Name))
        press(focused, Qt.Key.Key_Tab)
    assert "" not in names
    for name in (
        "Monday",
        "What is next, or what I did last",
        "Skip if already done",
        "Save",
        "Cancel",
        "Delete",
    ):
        assert name in names, name


def test_a_card_says_all_of_it(world: World, open_window: OpenWindow) -> None:
    """To somebody who does not see it."""
    window = open_page(world, open_window, MORNING)
    [card] = cards(window)
    assert accessible_text(card, QAccessible.Text.Name) == "09:30, Lower back, 2 min, every day, on"
    assert accessible_text(card, QAccessible.Text.Description).startswith("Next: ")


def test_the_page_follows_the_day(world: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    """The next one is told anew when it has come."""
    window = open_page(world, open_window, EVENING)
    world.clock.advance(3600)
    world.alarm.ring()
    assert "Next: tomorrow at " in words(window)
    page = window.findChild(RemindersPage)
    assert page is not None
