"""A start from the tray that fails: the composition root brings the window forward, and it says why."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from matsession.app.quick_start import QuickStart
from matsession.choices import Choices
from matsession.desktop.paths import Folders
from matsession.domain.order import StartWish
from matsession.ui.main_window import MainWindow
from matsession.ui.tray import Tray
from matsession.ui.widgets.toast import Toast
from matsession.window import _Rest
from tests.ui.conftest import World

OpenWindow = Callable[..., MainWindow]


class Desk:
    """The tray of a program with a window, joined as ``run_window`` joins them."""

    def __init__(self, world: World, window: MainWindow, folders: Folders) -> None:
        choices = Choices(world.preferences, world.library, lambda: world.mats)
        program: Any = SimpleNamespace(
            runner=world.runner,
            presets=world.library,
            preferences=world.preferences,
            tray_presence=world.tray,
            programme=world.programme,
            session_bus=None,
            reminding=SimpleNamespace(parts=world.reminders),
            quick_start=QuickStart(world.launcher, world.library, world.preferences),
        )
        self.asked_for = 0
        keeper: Any = SimpleNamespace(window=window, come_forward=self._come_forward)
        self.rest = _Rest(folders, choices)
        self.rest._program = program
        self.rest._make_tray(program)
        self.rest.keeper = lambda: keeper
        assert self.rest._tray is not None
        self.tray: Tray = self.rest._tray

    def _come_forward(self) -> None:
        self.asked_for += 1


@pytest.fixture
def world() -> World:
    """Nothing runs."""
    return World()


def told(window: QWidget) -> list[str]:
    """What its toast says."""
    return [each.words() for each in window.findChildren(Toast) if each.isVisible()]


@pytest.fixture
def desk(world: World, open_window: OpenWindow, tmp_path: Path) -> Desk:
    """Its window is open."""
    folders = Folders(*(tmp_path / name for name in ("data", "config", "cache", "run", "resources")))
    return Desk(world, open_window(world), folders)


def window_of(desk: Desk) -> MainWindow:
    """The window."""
    keeper = desk.rest.keeper()
    assert keeper is not None
    return keeper.window


def test_a_start_of_a_preset_that_is_gone_is_told_in_the_window(world: World, desk: Desk) -> None:
    """It comes forward and says which; nothing has begun."""
    desk.tray.start_wished.emit("gone")
    assert desk.asked_for == 1
    [words] = told(window_of(desk))
    assert words.startswith("There is no preset 'gone'.")
    assert not world.runner.active


def test_a_start_beside_a_paused_session_brings_that_one_forward(world: World, desk: Desk) -> None:
    """Which is all that has to be said of it: the other one stays as it is."""
    desk.tray.start_wished.emit("lower_back")
    assert (world.runner.active, desk.asked_for) == (True, 0)
    world.runner.pause()
    desk.tray.start_wished.emit("neck")
    assert desk.asked_for == 1
    assert told(window_of(desk)) == []
    assert world.preferences.settings.last_preset == "lower_back"


def test_a_start_from_the_tray_when_the_window_has_gone(world: World, desk: Desk) -> None:
    """At the end of the program: there is nobody to tell, and nothing breaks."""
    desk.rest.keeper = lambda: None
    desk.tray.start_wished.emit("gone")
    assert (desk.asked_for, world.runner.active) == (0, False)


def test_before_the_notes_were_read_the_window_shows_them(world: World, desk: Desk) -> None:
    """The card comes before the first session, wherever that is started from."""
    world.preferences.change(welcome_due=True)
    desk.tray.start_wished.emit("lower_back")
    assert (world.runner.active, desk.asked_for) == (False, 1)
    [words] = told(window_of(desk))
    assert words.startswith("Before your first session there are a few notes to read.")
    desk.rest.start(StartWish("lower_back"))
    assert not world.runner.active
    world.preferences.change(welcome_due=False)
    desk.rest.start(StartWish("lower_back"))
    assert world.runner.active
