"""The small window of our own, where the desktop shows no notices with buttons."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from matsession.app.ports import Notice, NoticeAnswer
from matsession.ui.reminder_window import ReminderWindow, WindowNotifier, free_corner
from tests.ui.finding import button, press, settle
from tests.ui.test_layout import faults

NOTICE = Notice(
    "reminder-1",
    "Time for the mat?",
    "Lower back, 10 minutes. Skip it if today is not the day.",
    (
        (NoticeAnswer.START, "Start"),
        (NoticeAnswer.LATER, "In 10 minutes"),
        (NoticeAnswer.NOT_TODAY, "Not today"),
    ),
)


class Told:
    """A notifier of windows, and what it tells."""

    def __init__(self) -> None:
        self.notifier = WindowNotifier(QApplication.primaryScreen)
        self.shown: list[tuple[str, str, bool]] = []
        self.answers: list[tuple[str, str]] = []
        self.notifier.on_shown(lambda *told: self.shown.append(told))
        self.notifier.on_answered(lambda *told: self.answers.append(told))
        self.notifier.show(NOTICE)
        settle()

    def window(self) -> ReminderWindow:
        """The one that is open."""
        [window] = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, ReminderWindow) and each.isVisible()
        ]
        return window


@pytest.mark.parametrize(
    ("text", "answer"), [("Start", "start"), ("In 10 minutes", "later"), ("Not today", "not_today")]
)
def test_a_button_of_the_small_window_answers(text: str, answer: str) -> None:
    """Once, and the window goes."""
    told = Told()
    window = told.window()
    assert told.shown == [("reminder-1", "own_window", True)]
    assert faults(window) == []
    button(window, text).click()
    assert told.answers == [("reminder-1", answer)]
    assert not window.isVisible()


def test_escape_puts_the_small_window_away() -> None:
    """Which is no answer."""
    told = Told()
    press(told.window(), Qt.Key.Key_Escape)
    assert told.answers == [("reminder-1", "closed")]


def test_a_needless_small_window_goes_without_an_answer() -> None:
    """And a newer one takes its place."""
    told = Told()
    told.notifier.show(NOTICE)
    told.window()
    told.notifier.close()
    assert told.answers == []
    settle()
    assert not any(
        isinstance(each, ReminderWindow) and each.isVisible() for each in QApplication.topLevelWidgets()
    )


def test_the_small_window_takes_no_keys_away() -> None:
    """It stands in the corner of the screen, and is not activated."""
    told = Told()
    window = told.window()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    area = QApplication.primaryScreen().availableGeometry()
    assert area.contains(window.frameGeometry())
    told.notifier.close()


def test_small_windows_of_one_minute_lie_beside_each_other() -> None:
    """Each is read; one that comes after an answer takes the free place, in sight as well."""
    told = Told()
    area = QApplication.primaryScreen().availableGeometry()
    for number in (2, 3):
        told.notifier.show(replace(NOTICE, id=f"reminder-{number}"))
        settle()

    def places() -> dict[str, QRect]:
        return {key: each.frameGeometry() for key, each in told.notifier._windows.items()}

    first = places()
    assert len(first) == 3
    assert all(area.contains(place) for place in first.values())
    assert not any(one.intersects(other) for one, other in combinations(first.values(), 2))
    told.notifier.withdraw("reminder-1")
    told.notifier.show(replace(NOTICE, id="reminder-4"))
    settle()
    assert places()["reminder-4"] == first["reminder-1"]
    told.notifier.close()


@given(st.integers(200, 1600), st.integers(200, 1200), st.integers(1, 12))
def test_there_is_a_place_for_a_small_window(width: int, height: int, count: int) -> None:
    """On any screen: inside, beside the others as long as there is room, and the first in the corner."""
    area, size, gap = QRect(50, 30, width, height), QSize(180, 150), 16
    taken: list[QRect] = []
    for number in range(count):
        place = QRect(free_corner(area, size, gap, taken), size)
        assert area.contains(place)
        room = (width - gap) // (size.width() + gap) * ((height - gap) // (size.height() + gap))
        if number < room:
            assert not any(place.intersects(each) for each in taken)
        taken.append(place)


def test_a_small_window_that_must_not_disturb_waits_minimised() -> None:
    """Not above the others, without a sound; brought up, it stands in its corner and answers."""
    told = Told()
    told.notifier.show(replace(NOTICE, quiet=True))
    settle()
    window = told.window()
    assert told.shown[-1] == ("reminder-1", "own_window", False)
    assert window.isMinimized()
    assert not window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    window.showNormal()
    settle()
    assert QApplication.primaryScreen().availableGeometry().contains(window.frameGeometry())
    button(window, "Start").click()
    assert told.answers == [("reminder-1", "start")]


def test_a_small_window_may_have_no_buttons() -> None:
    """It tells, and Escape puts it away."""
    told = Told()
    told.notifier.close()
    told.notifier.show(replace(NOTICE, buttons=()))
    settle()
    press(told.window(), Qt.Key.Key_Escape)
    assert told.answers == [("reminder-1", "closed")]
