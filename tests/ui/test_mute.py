"""Mute in the windows: one key, one button, and words for as long as it lasts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from matsession.app.ports import SoundProblem
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.mat_view import MatView
from matsession.ui.mini_window import MiniWindow
from matsession.ui.widgets.banner import Banner
from matsession.ui.widgets.mute_button import MuteButton
from tests.ui.conftest import World
from tests.ui.finding import button, click, enter, key_of, press, settle, shown
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def muted(world: World) -> bool:
    """Whether all is silent; a function, so that mypy does not take an earlier answer for this one."""
    return world.mute.muted


def mute_button(window: QWidget) -> MuteButton:
    """The one that can be seen."""
    [found] = shown(window, MuteButton)
    return found


def banners(window: QWidget) -> str:
    """What the banners say."""
    return "\n".join(banner.words() for banner in shown(window, Banner))


def test_one_key_or_one_button(world: World, open_window: Open) -> None:
    """Each follows the other; a banner says so, and takes it away."""
    window = open_window(world)
    world.start()
    assert mute_button(window).toolTip().endswith("(M)")
    press(window.focusWidget(), Qt.Key.Key_M)
    assert muted(world)
    assert mute_button(window).isChecked()
    assert "Muted. Chimes are silent; the screen still guides you." in banners(window)
    click(mute_button(window))
    assert not muted(world)
    assert banners(window) == ""
    press(window.focusWidget(), Qt.Key.Key_M)
    click(button(window, "Sound on"))
    assert (world.mute.muted, mute_button(window).isChecked()) == (False, False)


def test_there_is_nothing_to_mute_without_a_session(world: World, open_window: Open) -> None:
    """On the other pages M is a letter like any other."""
    window = open_window(world)
    for page in Page:
        press(window.focusWidget(), key_of(page), CTRL)
        press(window.focusWidget(), Qt.Key.Key_M)
        assert not muted(world)


def test_after_the_end(world: World, open_window: Open) -> None:
    """A wake chime can still be muted, a note may have an m, and with the rating it is over."""
    window = open_window(world)
    world.start()
    world.pass_time(101)
    [note] = shown(window, QPlainTextEdit)
    note.setFocus()
    enter(note, "My mat")
    assert note.toPlainText() == "My mat"
    assert not muted(world)
    assert [each.accessibleName() for each in shown(window, MuteButton)] == ["Mute"]
    click(mute_button(window))
    assert muted(world)
    click(button(window, "Skip rating"))
    assert not muted(world)


def test_while_settling_in_turn_up_is_sound_on(world: World, open_window: Open) -> None:
    """The doubt that nothing would be heard is mended where it is told."""
    window = open_window(world)
    world.start(preparation_s=30)
    press(window.focusWidget(), Qt.Key.Key_M)
    world.chimes.set_problem(SoundProblem.MUTED)
    settle()
    click(button(window, "Turn up"))
    assert not muted(world)


def test_the_sentence_about_the_volume_is_not_told_besides(world: World, open_window: Open) -> None:
    """What is muted is silent, whatever the volume; another trouble of the sound is told afterwards."""
    window = open_window(world)
    world.start()
    press(window.focusWidget(), Qt.Key.Key_M)
    world.chimes.set_problem(SoundProblem.MUTED)
    assert "volume is 0" not in banners(window)
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    press(window.focusWidget(), Qt.Key.Key_M)
    assert "No sound device found." in banners(window)


def test_in_the_mini_window(world: World, open_window: Open) -> None:
    """The same key and button, and the words in place of the instruction."""
    window = open_window(world)
    world.start()
    press(window.focusWidget(), Qt.Key.Key_M, CTRL)
    [mini] = window.findChildren(MiniWindow)
    press(mini.focusWidget(), Qt.Key.Key_M)
    assert muted(world)
    assert mute_button(mini).isChecked()
    assert "Muted. The screen still guides you." in [label.text() for label in shown(mini, QLabel)]
    mini.resize(240, 320)
    settle()
    assert faults(mini) == []


def test_in_the_mat_view(world: World, open_window: Open) -> None:
    """It stands there for as long as it lasts: whoever lies there relies on the chimes."""
    window = open_window(world)
    world.start()
    press(window.focusWidget(), Qt.Key.Key_F11)
    [mat] = window.findChildren(MatView)
    assert "M: mute" in mat.picture().hints
    press(mat, Qt.Key.Key_M)
    assert muted(world)
    world.pass_time(60)
    assert mat.picture().hints[0] == "Muted. M: sound on"
    assert mat.picture().hint_opacity == 1.0
    press(mat, Qt.Key.Key_M)
    assert not muted(world)


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640), (360, 480)])
def test_nothing_is_cut_off(world: World, open_window: Open, width: int, height: int) -> None:
    """With banner and buttons, down to the smallest window."""
    window = open_window(world, width, height)
    world.start()
    press(window.focusWidget(), Qt.Key.Key_M)
    settle()
    assert faults(window) == []
