"""Media keys that reach a window of ours."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession.domain.session import Phase
from matsession.ui.main_window import MainWindow
from tests.ui.conftest import World
from tests.ui.finding import press
from tests.ui.test_mat_view import mat_of
from tests.ui.test_mini_window import open_by_key

Open = Callable[..., MainWindow]


def phase(world: World) -> Phase | None:
    """Where the session stands."""
    return world.runner.phase


@pytest.mark.parametrize("key", [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay])
def test_play_and_pause(world: World, qtbot: QtBot, open_window: Open, key: Qt.Key) -> None:
    """The one key of most keyboards, whatever Qt calls it."""
    window = open_window(world)
    qtbot.waitUntil(window.isActiveWindow)
    world.start()
    press(window.focusWidget(), key)
    assert phase(world) is Phase.PAUSED
    press(window.focusWidget(), key)
    assert phase(world) is Phase.RUNNING
    press(window.focusWidget(), Qt.Key.Key_MediaPause)
    assert phase(world) is Phase.PAUSED


def test_next_tells_the_time_and_stop_ends(world: World, qtbot: QtBot, open_window: Open) -> None:
    """As through the desktop."""
    window = open_window(world)
    qtbot.waitUntil(window.isActiveWindow)
    told: list[str] = []
    world.teller.told.connect(told.append)
    world.start()
    press(window.focusWidget(), Qt.Key.Key_MediaNext)
    assert told == ["1 minute 40 seconds left."]
    press(window.focusWidget(), Qt.Key.Key_MediaStop)
    assert phase(world) is Phase.STOPPED


def test_in_each_window(world: World, qtbot: QtBot, qapp: QApplication, open_window: Open) -> None:
    """Mini window and mat view too, each once."""
    window = open_window(world)
    world.start()
    mini = open_by_key(qtbot, window)
    press(mini, Qt.Key.Key_MediaPause)
    assert phase(world) is Phase.PAUSED
    press(mini, Qt.Key.Key_F11)
    mat = mat_of(qapp)
    assert mat is not None
    qtbot.waitUntil(mat.isActiveWindow)
    press(mat, Qt.Key.Key_MediaPlay)
    assert phase(world) is Phase.RUNNING


def test_without_a_session_they_are_left_to_others(world: World, qtbot: QtBot, open_window: Open) -> None:
    """Nothing starts by a key that was meant for the music."""
    window = open_window(world)
    qtbot.waitUntil(window.isActiveWindow)
    press(window.focusWidget(), Qt.Key.Key_MediaPlay)
    assert phase(world) is None
