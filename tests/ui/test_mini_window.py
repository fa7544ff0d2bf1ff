"""The mini window: the session in little room, in the main window's place, and back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.session import Phase
from matsession.domain.settings import Settings, ThemeChoice
from matsession.ui.close_question import CloseQuestion
from matsession.ui.main_window import MainWindow
from matsession.ui.mini_window import MiniWindow
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.session_controls import SessionControls
from matsession.ui.theme import apply_theme
from matsession.ui.widgets.ring_timer import RingTimer
from matsession.ui.widgets.sign_button import SignButton
from tests.ui.breathing import breathing_plan, view_of
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, button, press, settle, shown
from tests.ui.test_breath_pacer import pacer_of
from tests.ui.test_layout import faults
from tests.ui.test_mat_view import mat_of

Open = Callable[..., MainWindow]
OpenMini = Callable[..., MiniWindow]


@pytest.fixture
def windows() -> list[MainWindow]:
    """Holds what would be garbage otherwise."""
    return []


@pytest.fixture
def open_mini(qtbot: QtBot, open_window: Open, windows: list[MainWindow]) -> OpenMini:
    """Opens a window on a world, starts a session, and opens the mini window by its key."""

    def opening(world: World, *, preparation_s: float = 0) -> MiniWindow:
        windows.append(open_window(world))
        world.start(preparation_s=preparation_s)
        return open_by_key(qtbot, windows[-1])

    return opening


def open_by_key(qtbot: QtBot, window: MainWindow) -> MiniWindow:
    """Ctrl+M in the window of a session."""
    qtbot.waitUntil(window.isActiveWindow)
    press(window.focusWidget(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    [mini] = window.findChildren(MiniWindow)
    assert mini.isVisible()
    qtbot.waitUntil(mini.isActiveWindow)
    return mini


def phase(world: World) -> Phase | None:
    """Where the session stands."""
    return world.runner.phase


def words(mini: MiniWindow) -> list[str]:
    """All that can be read, without the buttons and the ring."""
    return [label.text() for label in shown(mini, QLabel)]


def tool(window: MiniWindow | MainWindow, name: str) -> SignButton:
    """The sign that a screen reader calls this."""
    [found] = [each for each in shown(window, SignButton) if each.accessibleName() == name]
    return found


def test_it_takes_the_place_of_the_main_window(
    world: World, qtbot: QtBot, open_mini: OpenMini, windows: list[MainWindow]
) -> None:
    """One or the other; Escape and its own close button lead back, and end nothing."""
    mini = open_mini(world)
    [main] = windows
    assert not main.isVisible()
    assert words(mini) == ["Lower back", "Step 1 of 3", "Lower", "Do lower."]
    press(mini, Qt.Key.Key_Escape)
    assert not mini.isVisible()
    assert main.isVisible()
    open_by_key(qtbot, main)
    mini.close()
    assert main.isVisible()
    open_by_key(qtbot, main)
    press(mini, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert main.isVisible()
    open_by_key(qtbot, main)
    tool(mini, "Back to the large window").click()
    assert main.isVisible()
    assert phase(world) is Phase.RUNNING


def test_its_controls_and_keys(world: World, open_mini: OpenMini) -> None:
    """Pause, more, end; Space and + from anywhere in it."""
    mini = open_mini(world)
    button(mini, "Pause").click()
    assert phase(world) is Phase.PAUSED
    press(mini, Qt.Key.Key_Space)
    assert phase(world) is Phase.RUNNING
    QTest.keyClicks(mini, "+")
    button(mini, "1 min").click()
    assert view_of(world).plan.total_s == 220
    assert "1 minute more. The session now lasts 3 minutes 40 seconds." in words(mini)


def test_it_shows_what_the_session_does(world: World, open_mini: OpenMini) -> None:
    """Settling in, steps, a question after a sleep."""
    mini = open_mini(world, preparation_s=30)
    [ring] = shown(mini, RingTimer)
    assert ring.picture().digits == "30"
    assert "Settle in" in words(mini)
    world.pass_time(51)
    assert ring.picture().digits == "1:19"
    assert words(mini)[1:] == ["Step 2 of 3", "Rest", "Do rest."]
    world.clock.sleep(45)
    world.runner.tick()
    assert words(mini)[-1] == "The computer slept for 45 seconds. Does this time count?"
    button(mini, "Count it").click()
    assert phase(world) is Phase.RUNNING


def test_a_question_comes_into_sight(double_text: None, world: World, open_mini: OpenMini) -> None:
    """With large text the words are below the ring; asked, they are there, and then the ring again."""
    mini = open_mini(world)
    settle()

    def seen(text: str) -> bool:
        settle()
        [label] = [each for each in shown(mini, QLabel) if each.text() == text]
        return label.visibleRegion().boundingRect() == label.rect()

    assert not seen("Do lower.")
    world.clock.sleep(245)
    world.runner.tick()
    assert seen("The computer slept for 4 minutes. Does this time count?")
    button(mini, "Leave it out").click()
    assert not seen("Do lower.")


def test_it_paces_the_breath(world: World, qtbot: QtBot, open_window: Open) -> None:
    """In front, and only there."""
    window = open_window(world)
    world.runner.start(breathing_plan(total_s=1000), 0)
    mini = open_by_key(qtbot, window)
    world.pass_time(12)
    page = window.page()
    assert page is not None
    assert pacer_of(mini).moving
    assert not pacer_of(page).moving


def test_the_end_leads_to_the_rating(world: World, open_mini: OpenMini, windows: list[MainWindow]) -> None:
    """The main window is back, and asks."""
    mini = open_mini(world)
    world.pass_time(100)
    assert not mini.isVisible()
    assert windows[0].isVisible()
    assert isinstance(windows[0].page(), RatingPage)


def test_the_mat_view_lies_above_it(
    world: World, qapp: QApplication, open_mini: OpenMini, windows: list[MainWindow]
) -> None:
    """Left, it leads back to the mini window; after the end, to the rating."""
    mini = open_mini(world)
    tool(mini, "Mat view").click()
    mat = mat_of(qapp)
    assert mat is not None
    QTest.keyClick(mat.windowHandle(), Qt.Key.Key_Escape)
    assert mini.isVisible()
    assert not windows[0].isVisible()
    press(mini, Qt.Key.Key_F11)
    world.pass_time(100)
    assert mat_of(qapp) is mat
    QTest.keyClicks(mat, "4")
    assert not mini.isVisible()
    assert isinstance(windows[0].page(), RatingPage)
    assert windows[0].isVisible()


def test_staying_on_top_is_a_wish_that_is_kept(world: World, open_mini: OpenMini) -> None:
    """Off at first; the pin and the setting are one."""
    mini = open_mini(world)
    on_top = Qt.WindowType.WindowStaysOnTopHint
    pin = tool(mini, "Stay on top")
    assert not mini.windowFlags() & on_top
    pin.click()
    assert mini.windowFlags() & on_top
    assert mini.isVisible()
    assert world.saved[-1].mini_on_top
    world.preferences.change(mini_on_top=False)
    assert not mini.windowFlags() & on_top
    assert mini.isVisible()
    assert not pin.isChecked()


def test_its_size_is_remembered(open_mini: OpenMini) -> None:
    """From one session to the next."""
    world = World(settings=Settings(mini_width=300, mini_height=420))
    mini = open_mini(world)
    assert (mini.width(), mini.height()) == (300, 420)
    mini.resize(340, 500)
    press(mini, Qt.Key.Key_Escape)
    assert (world.saved[-1].mini_width, world.saved[-1].mini_height) == (340, 500)


def test_one_button_where_it_is_wished(open_mini: OpenMini) -> None:
    """A click anywhere is the button, on a button too."""
    world = World(settings=Settings(one_button=True))
    mini = open_mini(world)
    for _ in range(2):
        QTest.mouseClick(mini.windowHandle(), Qt.MouseButton.LeftButton)
    assert phase(world) is Phase.PAUSED


def test_everything_has_a_name(world: World, open_mini: OpenMini) -> None:
    """Also what shows a sign only."""
    mini = open_mini(world)
    assert accessible_text(mini, QAccessible.Text.Name) == "Mini window"
    for each in shown(mini, SignButton):
        assert accessible_text(each, QAccessible.Text.Name)
        assert each.toolTip()


STATES = ("settling", "running", "slept")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height"), [(420, 640), (300, 420), (240, 320), (700, 400)])
def test_nothing_is_cut_off(
    world: World, open_mini: OpenMini, qtbot: QtBot, state: str, width: int, height: int
) -> None:
    """Every text and button has the room it needs, down to the smallest window."""
    mini = bring_to(state, world, open_mini, qtbot, width, height)
    assert faults(mini) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height"), [(420, 640), (480, 640), (800, 700)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, world: World, open_mini: OpenMini, qtbot: QtBot, state: str, width: int, height: int
) -> None:
    """The same with text of twice the size; the time and Pause are in sight without scrolling."""
    mini = bring_to(state, world, open_mini, qtbot, width, height)
    assert faults(mini) == []
    [ring] = shown(mini, RingTimer)
    [controls] = shown(mini, SessionControls)
    digits = ring.mapTo(mini, ring.rect().center()).y() + ring.height() // 4
    assert digits < controls.mapTo(mini, controls.rect().topLeft()).y()


@pytest.fixture
def largest_text(qapp: QApplication) -> Iterator[None]:
    """Text of twice the size, where the system's font is large already."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPixelSize(56)
    qapp.setFont(font)
    apply_theme(qapp, ThemeChoice.LIGHT).setParent(None)
    yield
    qapp.setFont(before)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off_with_the_largest_text(
    largest_text: None, world: World, open_mini: OpenMini, qtbot: QtBot, state: str
) -> None:
    """What has no room on the screen scrolls, and Tab finds it."""
    mini = bring_to(state, world, open_mini, qtbot, 960, 320)
    assert faults(mini) == []
    assert mini.height() < mini.screen().availableSize().height()
    [controls] = shown(mini, SessionControls)
    for control in controls.buttons():
        assert control.height() >= control.sizeHint().height()
    met = set()
    for _ in range(8):
        press(mini.focusWidget(), Qt.Key.Key_Tab)
        settle()
        with_keys = mini.focusWidget()
        assert with_keys.visibleRegion().boundingRect() == with_keys.rect()
        met.add(with_keys)
    assert met >= set(controls.buttons())


def bring_to(
    state: str, world: World, open_mini: OpenMini, qtbot: QtBot, width: int, height: int
) -> MiniWindow:
    """A mini window in this state."""
    mini = open_mini(world, preparation_s=30)
    mini.resize(width, height)
    if state != "settling":
        world.pass_time(31)
    if state == "slept":
        world.clock.sleep(500)
        world.runner.tick()
    settle()
    return mini


@pytest.mark.parametrize(("width", "with_words"), [(1100, True), (420, False), (360, False)])
def test_the_buttons_of_the_large_window(
    world: World, open_window: Open, qtbot: QtBot, width: int, with_words: bool
) -> None:
    """Named, with their keys in the tooltip; a sign alone where it is narrow.

    After the session stop signs and mute stay: a wake chime may still come.
    """
    window = open_window(world, width, 760)
    assert [each.accessibleName() for each in shown(window, SignButton)] == ["Start in the mat view"]
    world.start()
    settle()
    assert tool(window, "Mute").toolTip() == "Mute chimes, voice and background (M)"
    for name, key in (("Mini window", "Ctrl+M"), ("Mat view", "F11")):
        sign = tool(window, name)
        assert sign.text() == (name if with_words else "")
        assert key in sign.toolTip()
    world.pass_time(100)
    assert [each.accessibleName() for each in shown(window, SignButton)] == ["Stop signs", "Mute"]


def test_the_question_before_quitting_lies_above_a_pinned_one(
    world: World, open_mini: OpenMini, windows: list[MainWindow], qtbot: QtBot
) -> None:
    """A question of the hidden main window would lie below what stays on top, and nobody would see it."""
    world.preferences.change(mini_on_top=True)
    mini = open_mini(world)
    [main] = windows
    mini.showMinimized()
    main.quit()
    assert not mini.isMinimized()
    [question] = mini.findChildren(CloseQuestion)
    assert question.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert question.width() <= mini.width()
    press(question.focusWidget(), Qt.Key.Key_Return)
    assert world.runner.active
    assert mini.isVisible()
    assert not main.isVisible()
    settle()
    main.quit()
    question = mini.findChildren(CloseQuestion)[-1]
    with qtbot.waitSignal(main.closed):
        button(question, "End and close").click()
    assert not mini.isVisible()
