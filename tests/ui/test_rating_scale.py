"""The rating scale by key."""

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from matsession.ui.widgets.rating_scale import RatingButton, RatingScale
from tests.ui.conftest import GUIDANCE
from tests.ui.finding import enter, press


@pytest.fixture
def scale(qtbot: QtBot) -> RatingScale:
    """A scale on its own."""
    scale = RatingScale(large=True)
    scale.set_question(GUIDANCE.scales[0])
    qtbot.addWidget(scale)
    with qtbot.waitActive(scale):
        scale.show()
    return scale


def test_nothing_is_chosen_at_first(scale: RatingScale) -> None:
    """No number is better than another before one is chosen."""
    assert scale.rating() is None


def test_digits_choose(scale: RatingScale, qtbot: QtBot) -> None:
    """Each digit chooses its number; 1 and soon 0 give 10."""
    for digit in range(10):
        enter(scale, str(digit))
        if digit:
            assert scale.rating() == digit
    enter(scale, "10")
    assert scale.rating() == 10


def test_a_late_0_is_a_0(scale: RatingScale, qtbot: QtBot) -> None:
    """A 0 after a while is a 0 of its own."""
    enter(scale, "1")
    for timer in scale.findChildren(QTimer):
        timer.stop()  # as after its time
    enter(scale, "0")
    assert scale.rating() == 0


def test_backspace_clears(scale: RatingScale, qtbot: QtBot) -> None:
    """A rating can be taken back, and that is told."""
    enter(scale, "7")
    with qtbot.waitSignal(scale.rated) as told:
        press(scale, Qt.Key.Key_Backspace)
    assert scale.rating() is None
    assert told.args == [None]


def test_arrows_move_and_stop_at_the_ends(scale: RatingScale, qtbot: QtBot) -> None:
    """Left and right go through the numbers and no further."""
    enter(scale, "9")
    for _ in range(3):
        press(scale, Qt.Key.Key_Right)
    assert scale.rating() == 10
    press(scale, Qt.Key.Key_Left)
    assert scale.rating() == 9


def test_one_tab_stop(scale: RatingScale, qtbot: QtBot) -> None:
    """Tab stops once, at the number that is chosen."""

    def stops() -> list[int]:
        return [
            button.value
            for button in scale.findChildren(RatingButton)
            if button.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    assert stops() == [0]
    enter(scale, "6")
    assert stops() == [6]
