"""The row on the page of a session that tells how one button works, and switches it on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.body import Position
from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.widgets.pose_picture import PosePicture
from matsession.ui.widgets.switch import Switch
from tests.ui.conftest import LOWER_BACK, World
from tests.ui.finding import click, named, press, settle, shown

Open = Callable[..., MainWindow]
HOW = "once tells the time left, twice pauses or goes on, held for a second ends."


def words(window: MainWindow) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def test_it_tells_how_and_switches_it_on(world: World, open_window: Open) -> None:
    """From then on a click is that button, and it is said how it is switched off again."""
    window = open_window(world)
    world.start(preparation_s=30)
    assert HOW in words(window)
    switch = named(window, Switch, "One button for everything")
    assert HOW in switch.accessibleDescription()
    click(switch)
    assert world.preferences.settings.one_button
    assert "After the session, Settings switch it off." in words(window)


def test_it_stays_where_it_is(world: World, open_window: Open) -> None:
    """From settling in to the session the row moves for nobody who reaches for it."""
    window = open_window(world)
    world.start(preparation_s=30)
    settle()
    switch = named(window, Switch, "One button for everything")
    before = switch.mapTo(window, switch.rect().topLeft())
    world.pass_time(40)
    settle()
    assert switch.mapTo(window, switch.rect().topLeft()) == before


def test_it_follows_the_settings(open_window: Open) -> None:
    """Switched on elsewhere it is on here."""
    window = open_window(World(settings=Settings(last_preset="lower_back", one_button=True)))
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert named(window, Switch, "One button for everything").isChecked()


# -- the picture of the position ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "seen"), [(1100, 760, True), (1100, 480, False), (420, 640, False)]
)
def test_while_one_lies_down_a_picture_shows_how(
    open_window: Open, qtbot: QtBot, width: int, height: int, seen: bool
) -> None:
    """Where there is room, and only until the session begins."""
    preset = replace(LOWER_BACK, position=Position.SUPINE_KNEES_BENT)
    world = World(presets=(preset,))
    window = open_window(world, width, height)
    world.launcher.start(preset, 100, 30)
    settle()
    assert bool(shown(window, PosePicture)) is seen
    assert "Lie back slowly. Have everything within reach." in words(window)
    world.pass_time(31)
    assert shown(window, PosePicture) == []
