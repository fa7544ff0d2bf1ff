"""The stop signs during a session: one key away in each of its windows, and nothing stops by that."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.preset_settings import Brightness, PresetSettings
from matsession.domain.session import Phase
from matsession.domain.settings import Settings, ThemeChoice
from matsession.ui.main_window import MainWindow
from matsession.ui.mat_colours import DIGITS
from matsession.ui.mat_view import MatView
from matsession.ui.mini_window import MiniWindow
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.pages.session_controls import SessionControls
from matsession.ui.pages.welcome_page import WelcomePage
from matsession.ui.theme import DARK, apply_theme
from matsession.ui.widgets.sign_button import SignButton
from matsession.ui.widgets.stop_panel import StopPanel
from tests.ui.conftest import GUIDANCE, LOWER_BACK, World
from tests.ui.finding import accessible_text, click, named, press, settle, shown
from tests.ui.reading import painted, painting_faults

Open = Callable[..., MainWindow]
KINDS: dict[str, type[QWidget]] = {"mat view": MatView, "mini window": MiniWindow}
OPENS = {"mat view": (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
         "mini window": (Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)}  # fmt: skip


def panels(window: QWidget) -> list[StopPanel]:
    """Those that can be seen in this window itself."""
    return [each for each in shown(window, StopPanel) if each.window() is window]


def phase(world: World) -> Phase | None:
    """How the session stands."""
    view = world.runner.view()
    return view.phase if view is not None else None


def running(world: World, open_window: Open, width: int = 1100, height: int = 760) -> MainWindow:
    """A session of 100 seconds, ten seconds in."""
    window = open_window(world, width, height)
    world.start()
    world.pass_time(10)
    settle()
    return window


def in_front(window: MainWindow, which: str, qtbot: QtBot) -> QWidget:
    """This window of the session, opened by its key."""
    press(window.focusWidget(), *OPENS[which])
    [front] = [
        each for each in QApplication.topLevelWidgets() if type(each) is KINDS[which] and each.isVisible()
    ]
    qtbot.waitUntil(front.isActiveWindow)
    return front


def said(panel: StopPanel) -> str:
    """All that is painted."""
    return " ".join(piece.text for piece in painted(panel))


def test_f1_shows_them_and_nothing_stops(world: World, open_window: Open) -> None:
    """In place: the page is the same, the session goes on, its keys mean what they meant; F1 hides them."""
    window = running(world, open_window)
    press(window.focusWidget(), Qt.Key.Key_F1)
    [panel] = panels(window)
    for sign in GUIDANCE.stop_signs:
        assert sign in said(panel)
    assert isinstance(window.page(), RunningPage)
    world.pass_time(5)
    assert phase(world) is Phase.RUNNING
    press(window.focusWidget(), Qt.Key.Key_Space)
    assert phase(world) is Phase.PAUSED
    assert panels(window) == [panel]
    press(window.focusWidget(), Qt.Key.Key_Space)
    press(window.focusWidget(), Qt.Key.Key_F1)
    assert panels(window) == []
    assert phase(world) is Phase.RUNNING


def test_escape_and_a_click_put_them_away(world: World, open_window: Open) -> None:
    """And mean nothing else."""
    window = running(world, open_window)
    press(window.focusWidget(), Qt.Key.Key_F1)
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert panels(window) == []
    press(window.focusWidget(), Qt.Key.Key_F1)
    click(panels(window)[0])
    assert panels(window) == []
    assert phase(world) is Phase.RUNNING


def test_the_button_in_the_bar(world: World, open_window: Open) -> None:
    """For whoever has only a mouse; its tooltip tells the key."""
    window = running(world, open_window)
    stop = named(window, SignButton, "Stop signs")
    assert stop.toolTip() == "Stop signs (F1)"
    click(stop)
    assert len(panels(window)) == 1
    click(stop)
    assert panels(window) == []


def test_one_button_for_everything_leaves_f1_alone(world: World, open_window: Open) -> None:
    """F1 is none of its keys."""
    world = World(settings=Settings(last_preset="lower_back", one_button=True))
    window = running(world, open_window)
    press(window.focusWidget(), Qt.Key.Key_F1)
    assert len(panels(window)) == 1
    assert phase(world) is Phase.RUNNING


@pytest.mark.parametrize("which", KINDS)
def test_in_the_other_windows(world: World, open_window: Open, qtbot: QtBot, which: str) -> None:
    """F1 shows them there; Escape puts them away and leaves the window at the second press only."""
    window = running(world, open_window)
    front = in_front(window, which, qtbot)
    QTest.keyClick(front.windowHandle(), Qt.Key.Key_F1)
    [panel] = panels(front)
    assert GUIDANCE.stop_signs[0] in said(panel)
    assert panels(window) == []
    world.pass_time(1)
    assert phase(world) is Phase.RUNNING
    QTest.keyClick(front.windowHandle(), Qt.Key.Key_Escape)
    assert panels(front) == []
    assert front.isVisible()
    QTest.keyClick(front.windowHandle(), Qt.Key.Key_Escape)
    assert not front.isVisible()
    assert phase(world) is Phase.RUNNING


def test_turned_as_the_mat_view_is(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Who lies with the screen at the side reads them as the digits."""
    world = World(settings=Settings(last_preset="lower_back", mat_turns=1))
    front = in_front(running(world, open_window), "mat view", qtbot)
    QTest.keyClick(front.windowHandle(), Qt.Key.Key_F1)
    [panel] = panels(front)
    assert panel.height() <= front.height()
    assert len(said(panel).split()) > 10
    longest = max(painted(panel), key=lambda piece: len(piece.text))
    assert longest.ink.height() > longest.ink.width()


def test_they_follow_the_picture_of_the_mat_view(open_window: Open, qtbot: QtBot) -> None:
    """What the preset brings along holds for them too, and what is changed while they are shown."""
    brought = PresetSettings(mat_turns=1, mat_brightness=Brightness.DIM)
    preset = replace(LOWER_BACK, session=brought)
    world = World(presets=(preset,))
    window = open_window(world)
    world.launcher.start(preset, 100, 0)
    front = in_front(window, "mat view", qtbot)
    assert isinstance(front, MatView)
    QTest.keyClick(front.windowHandle(), Qt.Key.Key_F1)
    [panel] = panels(front)
    seen = []
    for which in (None, Qt.Key.Key_R, Qt.Key.Key_Up):
        if which is not None:
            QTest.keyClick(front.windowHandle(), which)
        turns, colours = panel.look
        assert (turns, colours.text) == (front.picture().turns, front.picture().colours.digits)
        seen.append((turns, colours.text))
    assert seen[0] == (1, DIGITS[Brightness.DIM])
    assert len(set(seen)) == 3


def test_they_follow_the_theme(world: World, open_window: Open, qapp: QApplication) -> None:
    """The colours of a window that goes dark go with it."""
    window = running(world, open_window)
    theme = apply_theme(qapp, ThemeChoice.LIGHT)
    press(window.focusWidget(), Qt.Key.Key_F1)
    theme.choose(ThemeChoice.DARK)
    settle()
    [panel] = panels(window)
    middle_of_edge = panel.grab().toImage().pixelColor(panel.width() // 2, 6)
    assert middle_of_edge.name().upper() == DARK.surface
    theme.setParent(None)


def test_they_go_with_the_session(world: World, open_window: Open) -> None:
    """The page after it is not covered; F1 shows them there as well, and the answer stays."""
    window = running(world, open_window)
    press(window.focusWidget(), Qt.Key.Key_F1)
    world.pass_time(100)
    settle()
    assert isinstance(window.page(), RatingPage)
    assert panels(window) == []
    press(window.focusWidget(), Qt.Key.Key_F1)
    assert isinstance(window.page(), RatingPage)
    assert len(panels(window)) == 1


def test_before_the_first_session(open_window: Open) -> None:
    """The welcome is not left by F1: what it asks is still to be agreed to."""
    window = open_window(World(settings=Settings(welcome_due=True)))
    press(window.focusWidget(), Qt.Key.Key_F1)
    assert isinstance(window.page(), WelcomePage)
    assert len(panels(window)) == 1


def test_a_screen_reader_hears_them_at_once(
    world: World, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, and how to put them away; what is painted has the same for a name."""
    window = running(world, open_window)
    heard: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(getattr(event, "message", str)())
    )
    press(window.focusWidget(), Qt.Key.Key_F1)
    [told] = [each for each in heard if "Get off the mat if you notice" in each]
    assert all(sign in told for sign in GUIDANCE.stop_signs)
    assert "F1 or Esc" in told
    assert accessible_text(panels(window)[0], QAccessible.Text.Name) == told


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640), (360, 480)])
def test_they_fit(world: World, open_window: Open, width: int, height: int) -> None:
    """Whole words within the panel, and where there is room the controls stay in sight."""
    window = running(world, open_window, width, height)
    press(window.focusWidget(), Qt.Key.Key_F1)
    settle()
    [panel] = panels(window)
    assert list(painting_faults(window)) == []
    if height > 480:
        [controls] = [each for each in shown(window, SessionControls) if each.window() is window]
        below = controls.mapTo(window, QPoint(0, 0)).y()
        assert panel.mapTo(window, QPoint(0, panel.height())).y() <= below


def test_large_where_there_is_room(qtbot: QtBot) -> None:
    """To be read from the mat; as small as needed elsewhere, and never beyond its room."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1600, 1000)
    around.show()
    panel = StopPanel("Get off the mat if you notice", "F1 puts this away.", around)
    heights = []
    for room in (QRectF(0, 0, 1600, 1000), QRectF(0, 0, 400, 300), QRectF(0, 0, 240, 220)):
        panel.show_signs(GUIDANCE.stop_signs, [room])
        assert room.toAlignedRect().contains(panel.geometry())
        heights.append(max(piece.ink.height() for piece in painted(panel)))
        assert list(painting_faults(around)) == []
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 1.8 * heights[2]
