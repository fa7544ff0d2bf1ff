"""The programme on the session page, and the question after its sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.programme import Trouble
from matsession.domain.programme_course import Answer, Status, begun_anew
from matsession.storage.programme_course import CourseFile
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.programme_panel import ProgrammePanel
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.widgets.programme_dots import Dot, ProgrammeDots
from matsession.ui.widgets.rating_scale import RatingScale
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, button, press, settle, shown

Open = Callable[..., MainWindow]


@pytest.fixture
def following(world: World) -> World:
    """Somebody who wants to see the programme."""
    world.preferences.change(programme_shown=True)
    return world


@pytest.fixture
def opening(following: World, qtbot: QtBot) -> Open:
    """Opens the window."""

    def opening(width: int = 1100, height: int = 760) -> MainWindow:
        window = following.window()
        qtbot.addWidget(window, before_close_func=lambda _window: following.runner.end())
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(lambda: window._parts is not None)
        settle()
        return window

    return opening


def panel(window: MainWindow) -> ProgrammePanel:
    """The row."""
    [found] = window.findChildren(ProgrammePanel)
    return found


def said(window: MainWindow) -> list[str]:
    """What the row and what unfolds say."""
    return [each.text() for each in shown(panel(window), QLabel) if each.text()]


def offered(window: MainWindow) -> list[str]:
    """The buttons that can be seen."""
    return [each.text() for each in shown(panel(window), QAbstractButton)]


def undo(window: MainWindow) -> None:
    """By the key for it."""
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()


def begin(world: World) -> None:
    """Start what the session page shows, and let it end after a minute."""
    world.pass_time(31)
    for _ in range(12):
        world.pass_time(5)


def test_it_is_offered_and_can_be_declined(following: World, opening: Open) -> None:
    """Then it is gone, and comes back by Undo or by the setting."""
    window = opening()
    assert said(window)[0] == "New to the mat? Two gentle weeks"
    assert offered(window) == ["Start the programme", "Not for me", "Details"]
    button(window, "Not for me").click()
    assert panel(window).isHidden()
    assert not following.preferences.settings.programme_shown
    undo(window)
    assert not panel(window).isHidden()
    button(window, "Not for me").click()
    following.changes.change(programme_shown=True)
    assert not panel(window).isHidden()


def test_starting_it_suggests_the_first_day(following: World, opening: Open) -> None:
    """It is chosen by a button of its own; Start stays what starts."""
    window = opening()
    button(window, "Start the programme").click()
    assert said(window)[0] == "Day 1 of 3: Lower back, 1 min"
    assert offered(window) == ["Choose this", "Details"]
    page = window.page()
    assert isinstance(page, SessionPage)
    button(window, "Choose this").click()
    chosen = button(window, "Chosen")
    assert not chosen.isEnabled()
    assert page._plan.length_s() == 60
    undo(window)
    assert following.programme.status is Status.NEW


def test_its_details_say_where_it_comes_from(following: World, opening: Open) -> None:
    """Below the rules: nobody has to take them for more than they are."""
    window = opening()
    told = "The steps, the rest days and the mark at 6 of 10 are our own choice; no study gives them."
    assert told not in said(window)
    button(window, "Details").click()
    assert told in said(window)


def test_a_session_from_the_page_counts(following: World, opening: Open) -> None:
    """After it the strongest moment is asked for; then the row says that it is done."""
    window = opening()
    button(window, "Start the programme").click()
    button(window, "Choose this").click()
    button(window, "Start").click()
    begin(following)
    page = window.page()
    assert isinstance(page, RatingPage)
    scales = shown(page, RatingScale)
    assert len(scales) == 2
    QTest.keyClicks(scales[1], "8")
    press(scales[1], Qt.Key.Key_Return)
    record = following.journal.record
    assert record is not None
    assert (record.rating_after, record.strongest) == (None, 8)
    settle()
    assert said(window)[:2] == ["Done for today", "Next: day 1, Lower back, 1 min."]


def test_after_any_other_session_it_is_not_asked_for(following: World, opening: Open) -> None:
    """Though a programme is followed."""
    window = opening()
    button(window, "Start the programme").click()
    following.start()
    for _ in range(10):
        following.pass_time(10)
    page = window.page()
    assert isinstance(page, RatingPage)
    assert len(shown(page, RatingScale)) == 1


@pytest.fixture
def next_day(following: World, opening: Open) -> MainWindow:
    """The window on the day after the first session."""
    following.programme.start()
    following.launcher.start(following.presets[0], 60, 0)
    for _ in range(12):
        following.pass_time(5)
    following.clock.advance(timedelta(days=2).total_seconds())
    return opening()


def test_marks_are_asked_for_once(following: World, next_day: MainWindow) -> None:
    """Before anything is suggested; the answer can be taken back."""
    assert said(next_day)[0] == "Any marks from last time still there?"
    assert offered(next_day) == ["Yes", "No", "Not now", "Details"]
    button(next_day, "Yes").click()
    assert said(next_day)[0] == "Day 1 of 3: Lower back, 1 min"
    undo(next_day)
    button(next_day, "No").click()
    assert said(next_day)[0].startswith("Day 3 of 3")
    last = following.programme.course.last
    assert last is not None
    assert last.marks is Answer.NO
    undo(next_day)
    assert said(next_day)[0] == "Any marks from last time still there?"


def test_marks_are_asked_for_again_after_not_now(following: World, next_day: MainWindow) -> None:
    """Not on the same day, unless it is taken back; nothing is kept of it."""
    before = following.programme.course
    button(next_day, "Not now").click()
    assert said(next_day)[0].startswith("Day 3 of 3")
    notice = next_day.notice()
    assert notice is not None
    assert notice.words == "The question comes again tomorrow, or at the next start of MatSession."
    undo(next_day)
    assert said(next_day)[0] == "Any marks from last time still there?"
    button(next_day, "Not now").click()
    following.programme.reload()
    settle()
    assert said(next_day)[0].startswith("Day 3 of 3")
    following.clock.advance(timedelta(days=1).total_seconds())
    following.programme.reload()
    settle()
    assert said(next_day)[0] == "Any marks from last time still there?"
    assert following.programme.course == before


def test_trouble_and_what_can_be_changed(following: World, next_day: MainWindow) -> None:
    """Each with a way to take it back."""
    button(next_day, "No").click()
    button(next_day, "Details").click()
    assert "Something was wrong after last time?" in said(next_day)
    button(next_day, "Broken skin").click()
    assert said(next_day)[:2] == [
        "The programme waits for your skin",
        "No mat until the broken skin has healed.",
    ]
    assert "Back one day" not in offered(next_day)
    undo(next_day)
    button(next_day, "A bruise").click()
    assert said(next_day)[0].startswith("Day 1 of 3")
    undo(next_day)
    button(next_day, "Back one day").click()
    assert said(next_day)[0].startswith("Day 1 of 3")
    undo(next_day)
    button(next_day, "Pause").click()
    assert said(next_day)[:2] == ["The programme is paused", "It goes on at day 3 when you say so."]
    button(next_day, "Go on").click()
    assert said(next_day)[0].startswith("Day 3 of 3")
    button(next_day, "Start again").click()
    assert said(next_day)[0].startswith("Day 1 of 3")
    undo(next_day)
    button(next_day, "Leave the programme").click()
    assert panel(next_day).isHidden()
    assert following.programme.status is Status.LEFT
    undo(next_day)
    assert said(next_day)[0].startswith("Day 3 of 3")
    following.programme.tell_trouble(Trouble.BROKEN_SKIN)
    button(next_day, "It has healed").click()
    assert said(next_day)[0].startswith("Day 1 of 3")


def test_a_second_trouble_can_be_told(following: World, next_day: MainWindow) -> None:
    """A bad night in the morning, broken skin in the shower."""
    button(next_day, "No").click()
    button(next_day, "Details").click()
    button(next_day, "A bad night").click()
    settle()
    assert "A bad night" not in offered(next_day)
    assert "A bruise" in offered(next_day)
    button(next_day, "Broken skin").click()
    settle()
    assert said(next_day)[0] == "The programme waits for your skin"
    assert "A bruise" not in offered(next_day)


def test_left_while_it_waits_for_the_skin(following: World, next_day: MainWindow) -> None:
    """It can be gone on with, and waits then; no button begins at day 1 as if nothing had been."""
    following.programme.tell_trouble(Trouble.BROKEN_SKIN)
    following.programme.leave()
    assert offered(next_day) == ["Go on", "Not for me", "Details"]
    button(next_day, "Go on").click()
    assert said(next_day)[0] == "The programme waits for your skin"
    button(next_day, "It has healed").click()
    following.programme.leave()
    assert offered(next_day) == ["Go on", "Start from day 1", "Not for me", "Details"]


def test_what_does_not_suit_is_not_suggested(following: World, opening: Open) -> None:
    """Where no session is left for a day that is told, and the day can be skipped."""
    following.programme.start()
    following.preferences.change(true_for_me={"fever": True})
    window = opening()
    title, line, *_ = said(window)
    assert title == "Day 1 of 3: nothing fits"
    assert line == "No session of the programme is offered to you: see your safety answers, and what you hid."
    button(window, "Skip this day").click()
    assert said(window)[0].startswith("Day 3 of 3: Neck")
    undo(window)
    following.preferences.change(true_for_me={})
    assert said(window)[0] == "Day 1 of 3: Lower back, 1 min"


def test_the_days_are_dots_and_words(next_day: MainWindow) -> None:
    """Shapes differ, and a screen reader has a sentence."""
    button(next_day, "Details").click()
    [dots] = shown(next_day, ProgrammeDots)
    assert dots.dots == (Dot.DONE, Dot.RESTED, Dot.NOW)
    told = accessible_text(dots, QAccessible.Text.Name)
    assert told == "2 of 3 days done. Day 3 is next. Days off: 2."


def test_nothing_moves_when_it_begins_to_speak(following: World, qtbot: QtBot) -> None:
    """The row of the first picture is as high as the one that speaks."""
    following.programme.start()
    page = SessionPage(following.library, following.preferences)
    qtbot.addWidget(page)
    page.resize(880, 760)
    with qtbot.waitActive(page):
        page.show()
    settle()
    [found] = page.findChildren(ProgrammePanel)
    before = (found.height(), page._columns.y())
    page.equip(following.session_parts())
    page.find_leftovers()
    settle()
    assert found._title.text().startswith("Day 1 of 3")
    assert (found.height(), page._columns.y()) == before


def test_where_it_is_narrow_all_but_the_title_unfolds(opening: Open) -> None:
    """The buttons too; and nothing sticks out."""
    window = opening(420, 640)
    assert said(window) == ["New to the mat? Two gentle weeks"]
    assert offered(window) == ["Details"]
    button(window, "Details").click()
    settle()
    assert sorted(offered(window)) == ["Less", "Not for me", "Start the programme"]
    assert "Fourteen days in small steps. It suggests, you decide." in said(window)
    button(window, "Start the programme").click()
    settle()
    assert panel(window).width() <= window.width()
    assert "Lower back, 1 min" in said(window)


def test_keys_reach_all_of_it(following: World, opening: Open) -> None:
    """A button that goes takes the focus no further than its row."""
    window = opening()
    start = button(window, "Start the programme")
    start.setFocus()
    press(start, Qt.Key.Key_Space)
    settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "Choose this"
    press(focused, Qt.Key.Key_Space)
    assert following.programme.is_suggested("lower_back", 60)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel(window).isAncestorOf(focused)


def test_the_day_is_looked_at_when_the_window_comes_forward(following: World, next_day: MainWindow) -> None:
    """A window that stood open over night shows today."""
    button(next_day, "No").click()
    following.launcher.start(following.presets[1], 240, 0)
    for _ in range(48):
        following.pass_time(5)
    next_day.go_to_session()
    settle()
    assert said(next_day)[0] == "You have gone through all days"
    following.programme.move_to(1)
    assert said(next_day)[0].startswith("Day 1")
    following.clock.advance(timedelta(days=9).total_seconds())
    QApplication.sendEvent(panel(next_day), QEvent(QEvent.Type.WindowActivate))
    assert said(next_day)[0].startswith("Day 1")


def test_a_page_that_is_shown_again_knows_what_others_did(following: World, opening: Open) -> None:
    """The command line may have started it."""
    window = opening()
    CourseFile(following.course_file).save(begun_anew(following.programme.today()))
    window.go_to_settings()
    window.go_to_session()
    settle()
    assert said(window)[0].startswith("Day 1 of 3")
