"""The card of the desktop on the page of settings."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.switch import Switch
from tests.ui.conftest import World
from tests.ui.finding import click, named


@pytest.fixture
def page(world: World, qtbot: QtBot) -> SettingsPage:
    """The page of settings."""
    page = world.settings_page()
    qtbot.addWidget(page)
    page.resize(900, 700)
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.mark.parametrize(
    ("words", "setting"),
    [("Keep the screen on", "keep_screen_on"), ("Pause other players", "pause_players")],
)
def test_a_switch_is_a_setting(page: SettingsPage, world: World, words: str, setting: str) -> None:
    """Off at first; in force at once, and taken back."""
    switch = named(page, Switch, words)
    assert isinstance(switch, Switch)
    is_on: Callable[[], bool] = lambda: getattr(world.preferences.settings, setting)  # noqa: E731
    assert not is_on()
    assert not switch.isChecked()
    click(switch)
    assert is_on()
    world.changes.undo()
    assert not is_on()
    assert not switch.isChecked()


def test_closing_without_a_tray_is_chosen(page: SettingsPage, world: World) -> None:
    """What the first closing asked can be answered anew."""
    choice = named(page, SettingChoice, "Closing without the tray")
    assert isinstance(choice, SettingChoice)
    assert choice.currentText() == "Ask"
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert choice.currentText() == "Minimise"
    assert world.preferences.settings.close_without_tray == "minimise"
    world.changes.undo()
    assert world.preferences.settings.close_without_tray == "ask"
    assert choice.currentText() == "Ask"
