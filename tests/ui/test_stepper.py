"""Choosing a length by key and by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from matsession.ui.widgets.stepper import LengthStepper
from tests.ui.finding import enter, press


@pytest.fixture
def stepper(qtbot: QtBot) -> LengthStepper:
    """Offers 3, 4, 5 ... 10 minutes and the suggested 210 seconds."""
    stepper = LengthStepper("Length", minutes=True)
    stepper.offer((180, 210, *range(240, 601, 60)), 300)
    qtbot.addWidget(stepper)
    with qtbot.waitActive(stepper):
        stepper.show()
    stepper.selectAll()
    return stepper


def test_arrows_step_through_what_is_offered(stepper: LengthStepper, qtbot: QtBot) -> None:
    """Down from 5 minutes: 4, the suggested 3:30, 3, and there it stays."""
    seen = []
    for _ in range(4):
        press(stepper, Qt.Key.Key_Down)
        seen.append(stepper.value())
    assert seen == [240, 210, 180, 180]
    press(stepper, Qt.Key.Key_PageUp)
    assert stepper.value() == 480 - 60


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("7", 420), ("7 min", 420), ("3:30", 210), ("4 min 20 s", 260), ("200 s", 200), ("99", 600), ("1", 180)],
)
def test_what_is_typed(stepper: LengthStepper, qtbot: QtBot, typed: str, seconds: int) -> None:
    """A bare number means minutes; what is not allowed becomes the nearest that is."""
    enter(stepper, typed)
    press(stepper, Qt.Key.Key_Return)
    assert stepper.value() == seconds


def test_a_bare_number_of_seconds(stepper: LengthStepper, qtbot: QtBot) -> None:
    """In the time to settle in a bare number means seconds."""
    settle = LengthStepper("Time to settle in", minutes=False)
    settle.offer(tuple(range(0, 301, 10)), 30)
    qtbot.addWidget(settle)
    with qtbot.waitActive(settle):
        settle.show()
    settle.selectAll()
    enter(settle, "45")
    press(settle, Qt.Key.Key_Return)
    assert settle.value() == 45
    settle.selectAll()
    enter(settle, "2 min")
    press(settle, Qt.Key.Key_Return)
    assert settle.value() == 120


def test_enter_takes_what_was_typed_before_it_starts(stepper: LengthStepper, qtbot: QtBot) -> None:
    """The first Enter after typing is the stepper's, the next one the page's."""
    enter(stepper, "7")
    first = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    stepper.keyPressEvent(first)
    assert first.isAccepted()
    again = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    stepper.keyPressEvent(again)
    assert not again.isAccepted()
