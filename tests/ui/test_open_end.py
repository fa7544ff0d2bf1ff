"""An open end, chosen beside the lengths: the person says when it is over."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.models.step_rows import StepRows
from matsession.ui.pages.session_choice import ChoiceCard
from matsession.ui.widgets.rows import RowList, TrailingRole
from matsession.ui.widgets.stepper import LengthStepper
from matsession.ui.widgets.switch import Switch
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, named, press, shown

Open = Callable[..., MainWindow]


def switch(window: MainWindow) -> Switch:
    """The choice itself."""
    return named(window, Switch, "Open end")


def words(window: MainWindow) -> list[str]:
    """All that can be read."""
    return [label.text() for label in shown(window, QLabel)]


def lengths(window: MainWindow) -> list[str]:
    """What stands at the end of each row of the plan, as it is seen."""
    [rows] = [each for each in shown(window, RowList) if isinstance(each.model(), StepRows)]
    model = rows.model()
    return [str(model.index(row, 0).data(TrailingRole)) for row in range(model.rowCount())]


def steppers(window: MainWindow) -> list[str]:
    """What can be stepped through."""
    return [each.accessibleName() for each in shown(window, LengthStepper)]


def choose(window: MainWindow, preset_id: str) -> None:
    """Choose another preset."""
    [card] = shown(window, ChoiceCard)
    card.choose(preset_id)


def test_an_open_end_is_chosen_by_key_and_started(world: World, open_window: Open) -> None:
    """Tab leads from the length to it, Space chooses, Enter starts; what runs waits for the person."""
    window = open_window(world)
    assert lengths(window) == ["0:10", "1:20", "0:10"]
    [length] = [each for each in shown(window, LengthStepper) if each.accessibleName() == "Length"]
    length.setFocus()
    press(length, Qt.Key.Key_Tab)
    assert window.focusWidget() is switch(window)
    assert accessible_text(switch(window), QAccessible.Text.Name) == "Open end"
    press(switch(window), Qt.Key.Key_Space)
    assert steppers(window) == ["Time to settle in"]
    assert "up to 5 min" in words(window)
    assert "Lower back, open end, after 30 s to settle in" in words(window)
    assert lengths(window) == ["0:10", "open", "0:10"]
    press(switch(window), Qt.Key.Key_Return)
    view = world.runner.view()
    assert view is not None
    assert (view.plan.waits_for_person, view.plan.total_s) == (True, 300)
    assert "open end" in words(window)


def test_it_is_remembered_for_each_preset(open_window: Open, qtbot: QtBot) -> None:
    """As the length is: only what was started, and only for that preset; the length stays known."""
    world = World(settings=Settings(last_preset="lower_back", lengths_s={"lower_back": 240}))
    window = open_window(world)
    switch(window).click()
    choose(window, "neck")
    choose(window, "lower_back")
    assert switch(window).isChecked()
    assert world.preferences.settings.open_ends == {}
    press(switch(window), Qt.Key.Key_Return)
    assert world.saved[-1].open_ends == {"lower_back": True}
    assert world.saved[-1].lengths_s == {"lower_back": 240}
    world.runner.stop()
    again = open_window(World(settings=world.saved[-1]))
    assert switch(again).isChecked()
    switch(again).click()
    assert "Lower back, 4 min, after 30 s to settle in" in words(again)


@pytest.mark.parametrize("remembered", [{}, {"neck": True}])
def test_a_preset_that_cannot_grow_has_no_open_end(open_window: Open, remembered: dict[str, bool]) -> None:
    """Nothing to choose where all is fixed, whatever the settings file says; Start works as ever."""
    world = World(settings=Settings(last_preset="neck", open_ends=remembered))
    window = open_window(world)
    assert "Open end" not in [each.accessibleName() for each in shown(window, Switch)]
    assert steppers(window) == ["Length", "Time to settle in"]
    press(window.focusWidget(), Qt.Key.Key_Return)
    view = world.runner.view()
    assert view is not None
    assert not view.plan.waits_for_person


def test_a_click_on_the_words_chooses_too(world: World, open_window: Open) -> None:
    """A large target for a hand that is not steady."""
    window = open_window(world)
    [label] = [each for each in shown(window, QLabel) if each.text() == "Open end: you say when"]
    parent = label.parentWidget()
    assert parent is not None
    QTest.mouseClick(parent, Qt.MouseButton.LeftButton, pos=label.geometry().center())
    assert switch(window).isChecked()
