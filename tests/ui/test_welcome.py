"""The welcome: shown once, read and agreed to, its choices left out as one likes; never in the way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from matsession.desktop.paths import resources_folder
from matsession.domain.guidance import CautionLevel
from matsession.domain.settings import AT_FIRST, Settings
from matsession.storage.guidance_file import read_guidance
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.pages.welcome_answers import WelcomeAnswers
from matsession.ui.pages.welcome_choices import WelcomeChoices
from matsession.ui.pages.welcome_notes import WelcomeNotes
from matsession.ui.pages.welcome_page import WelcomePage
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.dot_figure import DotFigure, dot_field
from matsession.ui.widgets.navigation import Navigation
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.top_bar import TopBar
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, button, click, key_of, named, press, settle, shown
from tests.ui.reading import painting_faults
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first() -> World:
    """A world in which nothing was ever done."""
    return World(settings=AT_FIRST)


def box(window: QWidget) -> CheckBox:
    """What is to be ticked."""
    [found] = shown(window, CheckBox)
    return found


def words(window: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def test_it_is_the_first_thing_and_nothing_else_is_there(first: World, open_window: Open) -> None:
    """Four points; neither pages nor a session beside them."""
    window = open_window(first)
    assert isinstance(window.page(), WelcomePage)
    assert window.windowTitle() == "Welcome - MatSession"
    assert [*shown(window, Navigation), *shown(window, TopBar)] == []
    for lead in ("Prickly at first", "Pain is a signal to stop", "Keep it away from", "Do not use it"):
        assert lead in words(window)
    # As the cautions themselves weigh: what is "do not use" is not told as a question for the doctor.
    levels = {each.id: each.level for each in read_guidance(resources_folder() / "guidance.toml").cautions}
    for each in ("pregnancy", "bleeding", "neuropathy"):
        assert levels[each] is CautionLevel.DO_NOT_USE
    for each in ("diabetes", "heart"):
        assert levels[each] is CautionLevel.ASK_FIRST
    told = words(window)
    strict, _, asked = told.partition("Ask your doctor first with")
    assert "if you are pregnant, bleed easily or take blood thinners, or where you feel little" in strict
    assert "diabetes or a heart condition" in asked
    press(window.focusWidget(), Qt.Key.Key_3, CTRL)
    assert isinstance(window.page(), WelcomePage)


def test_nothing_goes_on_before_the_box_is_ticked(first: World, open_window: Open) -> None:
    """It is empty at first; ticked and emptied again, the way is closed again."""
    window = open_window(first)
    assert not box(window).isChecked()
    assert not button(window, "Continue").isEnabled()
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert shown(window, WelcomeNotes)
    assert first.preferences.settings.welcome_due
    click(box(window))
    assert button(window, "Continue").isEnabled()
    click(box(window))
    assert not button(window, "Continue").isEnabled()


def test_by_keys_alone(first: World, open_window: Open, qtbot: QtBot) -> None:
    """Space, Enter, Enter, Enter: then a session can be started by the next Enter."""
    window = open_window(first)
    press(window.focusWidget(), Qt.Key.Key_Space)
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert shown(window, WelcomeAnswers)
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert shown(window, WelcomeChoices)
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(window.page(), SessionPage)
    assert shown(window, Navigation)
    assert window.windowTitle() == "MatSession"
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert first.runner.active


def test_it_is_shown_once(first: World, open_window: Open) -> None:
    """From the moment the notes are agreed to, the settings know; the choices may be left out by closing."""
    window = open_window(first)
    press(window.focusWidget(), Qt.Key.Key_Space)
    click(button(window, "Continue"))
    assert first.saved[-1].welcome_due is False
    window.close()
    again = open_window(World(settings=first.saved[-1]))
    assert isinstance(again.page(), SessionPage)


def test_closed_before_it_is_read_it_comes_again(first: World, open_window: Open) -> None:
    """Whoever closes the window has agreed to nothing, though its size is remembered."""
    window = open_window(first, 900, 700)
    press(window.focusWidget(), Qt.Key.Key_Space)
    window.close()
    again = open_window(World(settings=first.saved[-1]))
    assert isinstance(again.page(), WelcomePage)


def test_who_was_here_before_is_not_asked(open_window: Open) -> None:
    """Settings of an earlier version do not know of it."""
    window = open_window(World(settings=Settings()))
    assert isinstance(window.page(), SessionPage)
    assert window.findChildren(WelcomePage) == []


def test_a_session_from_the_command_line_is_not_kept_waiting(first: World, open_window: Open) -> None:
    """It runs at once; the welcome is for the next start."""
    window = open_window(first)
    first.start()
    assert not shown(window, WelcomePage)
    assert shown(window, TopBar)
    first.pass_time(101)
    click(button(window, "Skip rating"))
    assert isinstance(window.page(), SessionPage)
    assert first.preferences.settings.welcome_due


def test_choices_are_in_force_at_once(first: World, open_window: Open) -> None:
    """Theme and voice, and back to the notes, which need no second tick."""
    window = open_window(first)
    press(window.focusWidget(), Qt.Key.Key_Space)
    press(window.focusWidget(), Qt.Key.Key_Return)
    click(button(window, "Skip this step"))
    theme = named(window, QComboBox, "Theme")
    assert window.focusWidget() is theme
    theme.setCurrentIndex(theme.findText("Dark"))
    theme.activated.emit(theme.currentIndex())
    assert first.preferences.settings.theme == "dark"
    click(button(window, "Back"))
    assert shown(window, WelcomeAnswers)
    click(button(window, "Back"))
    assert box(window).isChecked()
    for words_on_it in ("Continue", "Continue", "Done"):
        click(button(window, words_on_it))
    assert isinstance(window.page(), SessionPage)
    assert window.findChildren(WelcomePage) == [] or not shown(window, WelcomePage)


def test_answers_are_optional_and_kept_at_once(first: World, open_window: Open) -> None:
    """Each box is a check box with its caution as description; ticked it hides, emptied it is forgotten."""
    window = open_window(first)
    press(window.focusWidget(), Qt.Key.Key_Space)
    press(window.focusWidget(), Qt.Key.Key_Return)
    boxes = {each.text(): each for each in shown(window, CheckBox)}
    assert list(boxes) == ["Broken skin", "Fever", "Heart disease"]
    assert window.focusWidget() is boxes["Broken skin"]
    assert "Do not use the mat with a fever." not in words(window)
    told = accessible_text(boxes["Fever"], QAccessible.Text.Description)
    assert "Do not use the mat with a fever. General knowledge; no source given here." in told
    click(boxes["Fever"])
    assert first.preferences.settings.true_for_me == {"fever": True}
    assert "Do not use the mat with a fever." in words(window)
    assert "1 preset is hidden because you said: Fever." in words(window)
    click(boxes["Fever"])
    assert first.preferences.settings.true_for_me == {}
    assert "No preset is hidden or marked." in words(window)
    click(boxes["Heart disease"])
    assert "1 preset is marked: ask first." not in words(window)
    assert "2 presets are marked: ask first." in words(window)
    assert "Falling asleep. The program ends by itself." in words(window)


def test_start_at_login_is_offered_where_the_desktop_lets_us(first: World, open_window: Open) -> None:
    """In the last step; elsewhere there is no switch that could not be turned."""
    for possible in (True, False):
        world = World(settings=AT_FIRST)
        world.autostart.possible = possible
        window = open_window(world)
        press(window.focusWidget(), Qt.Key.Key_Space)
        press(window.focusWidget(), Qt.Key.Key_Return)
        press(window.focusWidget(), Qt.Key.Key_Return)
        switches = [each for each in shown(window, Switch) if each.accessibleName() == "Start at login"]
        assert bool(switches) is possible
        if possible:
            click(switches[0])
            assert world.autostart.is_on()


def test_all_there_is_to_know(first: World, open_window: Open) -> None:
    """The cautions of the guidance, sorted by what to do, unfold and fold away."""
    window = open_window(first)
    click(button(window, "Read more first"))
    settle()
    assert "Do not use the mat with, or on" in words(window)
    assert "Broken skin. Do not use the mat on broken skin." in words(window)
    assert words(window).count("General knowledge; no source given here.") == 1
    click(button(window, "Hide the details"))
    assert "Broken skin." not in words(window)


def test_a_screen_reader_hears_what_is_agreed_to(first: World, open_window: Open) -> None:
    """The box, where the keys begin, carries all four points."""
    window = open_window(first)
    assert window.focusWidget() is box(window)
    assert accessible_text(box(window), QAccessible.Text.Name).startswith("I have read this.")
    told = accessible_text(box(window), QAccessible.Text.Description)
    for words_of_it in ("Prickly", "Sharp pain", "front of the neck", "blood thinners"):
        assert words_of_it in told


def test_the_notes_can_be_read_again(world: World, open_window: Open) -> None:
    """From the settings, and back to where one was; nothing is to be ticked."""
    window = open_window(world)
    press(window.focusWidget(), key_of(Page.SETTINGS), CTRL)
    for leave in ("button", "Escape"):
        click(button(window, "Read again"))
        assert isinstance(window.page(), WelcomePage)
        assert shown(window, CheckBox) == []
        assert "Step 1" not in words(window)
        if leave == "button":
            click(button(window, "Back"))
        else:
            press(window.focusWidget(), Qt.Key.Key_Escape)
        assert isinstance(window.page(), SettingsPage)
        assert window.focusWidget() is button(window, "Read again")
    assert world.saved == []


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize(("width", "height"), [(1100, 760), (840, 640), (420, 640), (360, 480)])
def test_nothing_is_cut_off(first: World, open_window: Open, step: int, width: int, height: int) -> None:
    """In windows down to the smallest, with all details."""
    window = open_window(first, width, height)
    click(button(window, "Read more first"))
    if step > 1:
        click(box(window))
        press(box(window), Qt.Key.Key_Return)
    if step > 2:
        press(window.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert [*faults(window), *painting_faults(window)] == []
    assert bool(shown(window, DotFigure)) is (width > 800)


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, first: World, open_window: Open, step: int, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    window = open_window(first, width, height)
    if step > 1:
        click(box(window))
        press(box(window), Qt.Key.Key_Return)
    if step > 2:
        press(window.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert [*faults(window), *painting_faults(window)] == []


# -- the figure --------------------------------------------------------------------------------------


def test_each_dot_is_as_far_from_all_its_neighbours() -> None:
    """A hexagonal grid: in each row, and to the rows above and below."""
    dots = dot_field(350, 475, 9.8)
    middle = min(dots, key=lambda dot: (dot.x - 175) ** 2 + (dot.y - 240) ** 2)
    away = sorted(((dot.x - middle.x) ** 2 + (dot.y - middle.y) ** 2) ** 0.5 for dot in dots)
    assert away[1:7] == pytest.approx([9.8] * 6)
    assert away[7] > 16


def test_a_dot_is_as_large_as_its_cell_is_covered() -> None:
    """Beside the body nothing, on the back all, the same on both sides, and in between at the edges."""
    dots = dot_field(350, 475, 9.8)
    corner = min(dots, key=lambda dot: dot.x + dot.y)
    assert (corner.body, corner.mat) == (0, 0)
    back = min(dots, key=lambda dot: (dot.x - 175) ** 2 + (dot.y - 200) ** 2)
    assert (back.body, back.mat) == (1, 1)
    head = min(dots, key=lambda dot: (dot.x - 175) ** 2 + (dot.y - 50) ** 2)
    assert (head.body, head.mat) == (1, 0)
    assert any(0.2 < dot.body < 0.8 for dot in dots)
    mirrored = sorted((round(350 - dot.x, 3), round(dot.y, 3)) for dot in dots if dot.body > 0.6)
    there = {(round(dot.x, 3), round(dot.y, 3)) for dot in dots if dot.body > 0.4}
    assert set(mirrored) <= there
