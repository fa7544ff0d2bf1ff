"""The mat view: opened by a key, steered by one button, left by Escape; it never ends anything by itself."""

import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession.app.ports import SoundProblem
from matsession.domain.events import WakeAgain
from matsession.domain.record import RowState
from matsession.domain.session import Phase
from matsession.domain.settings import Settings, ThemeChoice
from matsession.ui.close_question import CloseQuestion
from matsession.ui.main_window import MainWindow
from matsession.ui.mat_colours import DAY, HIGH_CONTRAST_NIGHT
from matsession.ui.mat_view import CURSOR_S, FADE_S, HINTS_S, MatView
from matsession.ui.mini_window import MiniWindow
from matsession.ui.pages.presets_page import PresetsPage
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.screens import chosen_screen, next_screen, screen_words
from matsession.ui.session_news import ANSWER_S
from matsession.ui.theme import apply_theme
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.ring_picture import RingState
from matsession.ui.widgets.sign_button import SignButton
from matsession.ui.widgets.time_bar import TimeBar
from tests.ui.breathing import breathing_plan, view_of
from tests.ui.conftest import LOWER_BACK, REST, World
from tests.ui.finding import accessible_text, button, named, press, shown
from tests.ui.test_breath_pacer import pacer_of

Open = Callable[..., MainWindow]
OpenMat = Callable[..., MatView]


def mat_of(qapp: QApplication) -> MatView | None:
    """The mat view that is open."""
    found = [each for each in qapp.topLevelWidgets() if isinstance(each, MatView) and each.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def windows() -> list[MainWindow]:
    """Holds what would be garbage otherwise."""
    return []


@pytest.fixture
def open_mat(qapp: QApplication, qtbot: QtBot, open_window: Open, windows: list[MainWindow]) -> OpenMat:
    """Opens a window on a world, starts a session, and opens the mat view by its key."""

    def opening(world: World, *, preparation_s: float = 0) -> MatView:
        windows.append(open_window(world))
        world.start(preparation_s=preparation_s)
        return open_by_key(qapp, qtbot, windows[-1])

    return opening


def open_by_key(qapp: QApplication, qtbot: QtBot, window: MainWindow) -> MatView:
    """F11 in the window of a session."""
    qtbot.waitUntil(window.isActiveWindow)
    press(window.focusWidget(), Qt.Key.Key_F11)
    mat = mat_of(qapp)
    assert mat is not None
    qtbot.waitUntil(mat.isActiveWindow)
    return mat


def key(mat: MatView, which: Qt.Key) -> None:
    """A key as it reaches the window, past the one button."""
    QTest.keyClick(mat.windowHandle(), which)


def phase(world: World) -> Phase | None:
    """Where the session stands."""
    return world.runner.phase


def words(mat: MatView) -> tuple[str, str]:
    """Title and cue."""
    return mat.picture().title, mat.picture().cue


def frame(mat: MatView) -> None:
    """Its own time has come."""
    mat.findChildren(QTimer, "frames")[0].timeout.emit()


# -- open and leave ----------------------------------------------------------------------------------


def test_a_key_opens_it_and_escape_leaves_it(
    world: World, qapp: QApplication, qtbot: QtBot, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """The whole screen; and back in the window the session goes on."""
    mat = open_mat(world)
    assert mat.isFullScreen()
    assert words(mat) == ("Lower", "Do lower.")
    assert mat.picture().ring.digits == "1:40"
    key(mat, Qt.Key.Key_Escape)
    assert mat_of(qapp) is None
    assert phase(world) is Phase.RUNNING
    [main] = windows
    qtbot.waitUntil(main.isActiveWindow)
    mat = open_by_key(qapp, qtbot, main)
    key(mat, Qt.Key.Key_F11)
    assert mat_of(qapp) is None
    assert phase(world) is Phase.RUNNING


def test_a_session_begins_in_it(world: World, qapp: QApplication, open_window: Open) -> None:
    """By the button beside Start; one that cannot begin opens nothing."""
    window = open_window(world)
    world.lock.held_elsewhere = True
    named(window, SignButton, "Start in the mat view").click()
    assert mat_of(qapp) is None
    assert phase(world) is None
    world.lock.held_elsewhere = False
    named(window, SignButton, "Start in the mat view").click()
    assert phase(world) is Phase.PREPARATION
    mat = mat_of(qapp)
    assert mat is not None
    assert words(mat)[0] == "Settle in"


def test_closing_it_is_leaving_it(world: World, qapp: QApplication, open_mat: OpenMat) -> None:
    """By the desktop's own key too."""
    mat = open_mat(world)
    mat.close()
    assert mat_of(qapp) is None
    assert phase(world) is Phase.RUNNING


def test_it_opens_by_itself_where_that_is_wished(qapp: QApplication, open_window: Open) -> None:
    """At Start; without the wish it does not."""
    for wished in (False, True):
        world = World(settings=Settings(mat_at_start=wished))
        window = open_window(world)
        world.start(preparation_s=30)
        assert (mat_of(qapp) is not None) is wished
        world.runner.stop()
        assert mat_of(qapp) is None  # it was cancelled: there is nothing to show
        assert window.isVisible()


def test_without_a_session_the_key_does_nothing(world: World, qapp: QApplication, open_window: Open) -> None:
    """Nor while one is rated."""
    window = open_window(world)
    press(window.focusWidget(), Qt.Key.Key_F11)
    assert mat_of(qapp) is None
    world.start()
    world.pass_time(200)
    press(window.focusWidget(), Qt.Key.Key_F11)
    assert mat_of(qapp) is None


def named_screen(name: str) -> QScreen:
    """As much of a screen as its name."""
    return cast("QScreen", SimpleNamespace(name=lambda: name))


def test_the_chosen_screen(qapp: QApplication) -> None:
    """By its name; one that is not there gives way to another."""
    left, right = (named_screen(name) for name in ("left", "right"))
    both = [left, right]
    assert chosen_screen("right", both, left) is right
    assert chosen_screen("gone", both, left) is left
    assert chosen_screen("", both, right) is right
    assert next_screen(left, both) is right
    assert next_screen(right, both) is left
    assert next_screen(named_screen("gone"), both) is left
    assert "×" in screen_words(qapp.primaryScreen())


def test_a_screen_that_is_not_there(qapp: QApplication, open_mat: OpenMat) -> None:
    """The wish is kept, and it opens where the window is."""
    world = World(settings=Settings(mat_screen="HDMI-9"))
    mat = open_mat(world)
    assert mat.screen() is QGuiApplication.primaryScreen()
    assert world.preferences.settings.mat_screen == "HDMI-9"


# -- one button --------------------------------------------------------------------------------------


def test_one_button_is_in_force_without_being_switched_on(world: World, open_mat: OpenMat) -> None:
    """Once tells the time, twice pauses, a click counts; in the window Space would pause at once."""
    mat = open_mat(world)
    assert not world.preferences.settings.one_button
    world.clock.advance(20)
    key(mat, Qt.Key.Key_Space)
    assert phase(world) is Phase.RUNNING
    world.clock.advance(0.5)
    expire(world)
    assert words(mat) == ("Rest", "1 minute 20 seconds left.")
    for _ in range(2):
        QTest.mouseClick(mat.windowHandle(), Qt.MouseButton.LeftButton)
    assert phase(world) is Phase.PAUSED
    assert words(mat)[0] == "Paused"
    assert mat.picture().ring.state is RingState.PAUSED
    key(mat, Qt.Key.Key_PageDown)
    key(mat, Qt.Key.Key_PageDown)
    assert phase(world) is Phase.RUNNING


def expire(world: World) -> None:
    """The second press did not come."""
    [timer] = world.control.findChildren(QTimer)
    timer.timeout.emit()


def test_a_hold_ends_and_its_release_closes_nothing(
    world: World, qapp: QApplication, open_mat: OpenMat
) -> None:
    """The end is seen in the mat view; the hand that still holds the key is no wish to close."""
    mat = open_mat(world)
    world.pass_time(42)
    QTest.keyPress(mat.windowHandle(), Qt.Key.Key_Space)
    world.clock.advance(1.01)
    expire(world)
    QTest.keyRelease(mat.windowHandle(), Qt.Key.Key_Space)
    assert phase(world) is Phase.STOPPED
    assert mat_of(qapp) is mat
    assert words(mat) == ("Session ended early", "44 seconds done. Get up slowly.")
    assert mat.picture().ring.digits == "0:44"


# -- keys --------------------------------------------------------------------------------------------


def test_turns_and_brightness_are_remembered(world: World, open_mat: OpenMat) -> None:
    """R goes round in four; up and down stop at the ends."""
    mat = open_mat(world)
    seen = []
    for _ in range(4):
        key(mat, Qt.Key.Key_R)
        seen.append(mat.picture().turns)
    assert seen == [1, 2, 3, 0]
    key(mat, Qt.Key.Key_R)
    digits = [mat.picture().colours.digits]
    for which in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        key(mat, which)
        digits.append(mat.picture().colours.digits)
    medium, bright, dim = digits[0], digits[1], digits[4]
    assert digits == [medium, bright, bright, medium, dim, dim]
    assert len({medium, bright, dim}) == 3
    assert (world.saved[-1].mat_turns, world.saved[-1].mat_brightness) == (1, "dim")
    assert phase(world) is Phase.RUNNING


def test_with_ctrl_a_letter_is_another_key(
    world: World, qapp: QApplication, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """Ctrl+M leads to the mini window, and mutes nothing; what means nothing does nothing."""
    mat = open_mat(world)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    before = mat.picture()
    QTest.keyClick(mat, Qt.Key.Key_R, control)
    QTest.keyClick(mat, Qt.Key.Key_Up, alt)
    assert (mat.picture().turns, mat.picture().colours) == (before.turns, before.colours)
    QTest.keyClick(mat, Qt.Key.Key_M, control)
    assert not world.mute.muted
    assert mat_of(qapp) is None
    minis = [each for each in qapp.topLevelWidgets() if isinstance(each, MiniWindow) and each.isVisible()]
    assert len(minis) == 1
    assert phase(world) is Phase.RUNNING


def test_plus_makes_it_longer(world: World, open_mat: OpenMat) -> None:
    """As in the window; and it is told."""
    mat = open_mat(world)
    QTest.keyClicks(mat, "+")
    assert view_of(world).plan.total_s == 160
    assert words(mat)[1] == "1 minute more. The session now lasts 2 minutes 40 seconds."


def test_after_a_sleep_it_asks(world: World, open_mat: OpenMat) -> None:
    """The question, its answers, and hints that stay until one is given."""
    mat = open_mat(world)
    world.pass_time(20)
    world.clock.sleep(45)
    world.runner.tick()
    assert words(mat) == ("Paused", "The computer slept for 45 seconds. Does this time count?")
    world.clock.advance(60)
    frame(mat)
    assert mat.picture().hint_opacity == 1
    assert "C: count it" in mat.picture().hints
    QTest.keyClicks(mat, "+")  # no answer
    assert phase(world) is Phase.PAUSED
    key(mat, Qt.Key.Key_C)
    assert phase(world) is Phase.RUNNING
    assert view_of(world).elapsed_s == 65
    key(mat, Qt.Key.Key_C)  # means nothing now
    assert view_of(world).elapsed_s == 65


def test_the_hints_fade_and_come_back(world: World, open_mat: OpenMat) -> None:
    """Five seconds, then gone in less than half a one; the pointer goes before."""
    mat = open_mat(world)
    seen = []
    for wait_s in (0, HINTS_S - 0.1, 0.1 + FADE_S / 2, FADE_S):
        world.clock.advance(wait_s)
        frame(mat)
        seen.append(mat.picture().hint_opacity)
    assert seen == [1, 1, pytest.approx(0.5), 0]
    assert mat.cursor().shape() is Qt.CursorShape.BlankCursor
    key(mat, Qt.Key.Key_Up)
    assert mat.picture().hint_opacity == 1
    assert mat.cursor().shape() is Qt.CursorShape.BlankCursor
    move(mat)
    assert mat.cursor().shape() is Qt.CursorShape.ArrowCursor
    world.clock.advance(CURSOR_S)
    frame(mat)
    assert mat.cursor().shape() is Qt.CursorShape.BlankCursor
    assert mat.picture().hint_opacity == 1


def move(mat: MatView) -> None:
    """The pointer moves."""
    where = QPointF(20, 20)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(mat, event)


def test_without_motion_the_hints_go_at_once(open_mat: OpenMat) -> None:
    """No fading."""
    world = World(settings=Settings(reduce_motion=True))
    mat = open_mat(world)
    world.clock.advance(HINTS_S)
    frame(mat)
    assert mat.picture().hint_opacity == 0


# -- what it shows -----------------------------------------------------------------------------------


def test_settling_in(world: World, open_mat: OpenMat) -> None:
    """Seconds, draining dots; then the first step."""
    mat = open_mat(world, preparation_s=30)
    assert words(mat) == ("Settle in", "Starts in")
    assert (mat.picture().ring.digits, mat.picture().ring.state) == ("30", RingState.SETTLING)
    world.pass_time(31)
    assert words(mat)[0] == "Lower"
    assert mat.picture().ring.state is RingState.RUNNING


def test_a_chime_that_cannot_be_heard_is_told(world: World, open_mat: OpenMat) -> None:
    """Before the eyes are closed; also what happens while it is open."""
    world.preferences.change(volume=0.0)
    mat = open_mat(world, preparation_s=30)
    assert words(mat)[1] == "The chimes are turned down to nothing: you would not hear the end."
    world.preferences.change(volume=0.8)
    assert words(mat)[1] == "Starts in"
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    assert words(mat)[1] == "The end chime cannot be heard at present."


def test_the_last_minute_is_told(world: World, open_mat: OpenMat) -> None:
    """For a while, in place of the instruction."""
    mat = open_mat(world)
    world.runner.extend(100)
    world.pass_time(30)
    world.pass_time(110.5)
    assert words(mat) == ("Rest", "One minute left.")
    world.pass_time(ANSWER_S)
    assert words(mat) == ("Rest", "Do rest.")


@pytest.mark.parametrize("total_s", [50, 60, 90, 130])
def test_a_minute_that_is_not_left_is_not_told(
    world: World, open_mat: OpenMat, heard: list[str], total_s: int
) -> None:
    """A short session, or one that is past its first minute: said late, it would be wrong."""
    open_mat(world)
    world.runner.end()
    world.launcher.start(LOWER_BACK, total_s, 0)
    for _ in range(total_s - 1):
        world.pass_time(1)
        view = view_of(world)
        assert ("One minute left." in heard) is (total_s > 60 and view.left_s <= 60)


def test_the_breath_is_paced(world: World, qapp: QApplication, qtbot: QtBot, open_window: Open) -> None:
    """A word and a line; the ring in the covered window stands still meanwhile."""
    window = open_window(world)
    world.runner.start(breathing_plan(total_s=1000), 0)
    world.pass_time(11)
    mat = open_by_key(qapp, qtbot, window)
    page = window.page()
    assert isinstance(page, RunningPage)
    assert words(mat) == ("Soften", "Breathe in")
    first = mat.picture().line or 0
    world.clock.advance(1.5)
    [timer] = pacer_of(mat).findChildren(QTimer)
    timer.timeout.emit()
    assert (mat.picture().line or 0) > first > 0
    assert pacer_of(mat).moving
    assert not pacer_of(page).moving
    key(mat, Qt.Key.Key_Escape)
    assert pacer_of(page).moving
    mat.hide()
    timer.timeout.emit()
    assert not pacer_of(mat).moving


def test_it_moves_against_burn_in(world: World, open_mat: OpenMat) -> None:
    """Each minute, in a pause as well."""
    mat = open_mat(world)
    world.runner.pause()
    seen = set()
    for _ in range(16):
        world.clock.advance(60)
        frame(mat)
        seen.add(mat.picture().shift)
    assert len(seen) >= 12


def test_high_contrast(world: World, qapp: QApplication, open_mat: OpenMat) -> None:
    """White on black; there is no brightness to choose."""
    theme = apply_theme(qapp, ThemeChoice.HIGH_CONTRAST)
    mat = open_mat(world)
    assert mat.picture().colours == HIGH_CONTRAST_NIGHT
    assert not any("brightness" in hint for hint in mat.picture().hints)
    key(mat, Qt.Key.Key_Up)
    assert world.preferences.settings.mat_brightness == Settings().mat_brightness
    theme.setParent(None)


def test_a_change_of_the_theme_is_seen_in_a_pause(
    world: World, qapp: QApplication, open_mat: OpenMat
) -> None:
    """Nothing else would draw it anew before the next minute."""
    mat = open_mat(world)
    world.runner.pause()
    theme = apply_theme(qapp, ThemeChoice.HIGH_CONTRAST)
    assert mat.picture().colours == HIGH_CONTRAST_NIGHT
    theme.setParent(None)


def test_the_dawn(qtbot: QtBot, open_mat: OpenMat) -> None:
    """The last minute brightens; one minute more brings the night back without a jump."""
    world = World(settings=Settings(dawn=True, mat_brightness="dim"))
    mat = open_mat(world)
    world.pass_time(39)
    night = mat.picture().colours.ground
    light = []
    for _ in range(300):
        world.clock.advance(0.1)
        frame(mat)
        light.append(lightness(mat))
    assert lightness(mat) > 60 > light[0]
    assert light == sorted(light)
    QTest.keyClicks(mat, "+")
    light = [lightness(mat)]
    for _ in range(70):
        world.clock.advance(0.1)
        frame(mat)
        light.append(lightness(mat))
    assert max(abs(one - other) for one, other in itertools.pairwise(light)) <= 10
    assert mat.picture().colours.ground == night
    for _ in range(90):
        world.pass_time(1)
    assert phase(world) is Phase.FINISHED
    assert mat.picture().colours.ground.lower() == DAY.ground.lower()


def lightness(mat: MatView) -> int:
    """How much red there is in the ground."""
    return int(mat.picture().colours.ground[1:3], 16)


def test_without_the_wish_there_is_no_dawn(world: World, open_mat: OpenMat) -> None:
    """The night stays to the end."""
    mat = open_mat(world)
    night = mat.picture().colours
    world.pass_time(99)
    assert mat.picture().colours == night


# -- the end -----------------------------------------------------------------------------------------


def test_after_the_end_a_key_leads_to_the_rating(
    world: World, qapp: QApplication, qtbot: QtBot, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """It stays until somebody is there; then the wake chime need not return, and the page asks."""
    again: list[object] = []
    world.runner.happened.connect(lambda event: again.append(event) if isinstance(event, WakeAgain) else None)
    mat = open_mat(world)
    world.pass_time(100)
    assert words(mat) == ("Session over", "Get up slowly. Redness is common and usually fades.")
    assert mat.picture().ring.state is RingState.DONE
    world.clock.advance(30)
    frame(mat)
    assert mat.picture().hints == ("0 to 9: rate", "Any other key: close")
    assert mat.picture().hint_opacity == 1
    key(mat, Qt.Key.Key_Shift)
    key(mat, Qt.Key.Key_Space)
    assert mat_of(qapp) is mat  # a second press must not fall upon the page below
    qtbot.waitUntil(lambda: mat_of(qapp) is None)
    assert isinstance(windows[0].page(), RatingPage)
    world.pass_time(600)
    assert again == []


def test_twice_goes_on_after_the_end(world: World, qapp: QApplication, open_mat: OpenMat) -> None:
    """As two presses do in a pause; for as long as it is offered."""
    mat = open_mat(world)
    world.pass_time(100)
    assert "Space twice: go on" in mat.picture().hints
    key(mat, Qt.Key.Key_Space)
    key(mat, Qt.Key.Key_Space)
    assert phase(world) is Phase.RUNNING
    assert mat_of(qapp) is mat
    assert words(mat)[0] == REST.name
    world.pass_time(200)
    world.pass_time(11)
    key(mat, Qt.Key.Key_Space)
    key(mat, Qt.Key.Key_Space)
    assert phase(world) is Phase.FINISHED


def test_a_digit_rates_after_the_end(
    world: World, qapp: QApplication, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """Without a look at the page."""
    mat = open_mat(world)
    world.pass_time(100)
    QTest.keyClicks(mat, "4")
    assert mat_of(qapp) is None
    [main] = windows
    [scale] = shown(main, RatingScale)
    assert scale.rating() == 4
    press(main.focusWidget(), Qt.Key.Key_Return)
    [row] = world.store.rows.values()
    assert (row.state, row.rating_after) == (RowState.FINISHED, 4)


def test_an_open_end_counts_up_and_leads_back(
    world: World, qapp: QApplication, qtbot: QtBot, open_window: Open
) -> None:
    """The first hold is the way back."""
    window = open_window(world)
    world.runner.start(breathing_plan(open_ended=True), 0)
    world.pass_time(42.4)
    mat = open_by_key(qapp, qtbot, window)
    assert mat.picture().ring.digits == "0:42"
    assert "Hold Space: way back" in mat.picture().hints
    world.runner.stop()
    assert words(mat)[1] == "The way back begins."
    assert "Hold Space: end" in mat.picture().hints
    world.runner.stop()


# -- screen readers ----------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader says by itself."""
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(getattr(event, "message", str)())
    )
    return said


def test_announcements_go_on_and_come_once(world: World, open_mat: OpenMat, heard: list[str]) -> None:
    """Step, last minute, end: from the window in front, and only from there."""
    mat = open_mat(world)
    world.runner.extend(100)
    heard.clear()
    world.pass_time(10)
    world.pass_time(130.5)
    world.pass_time(60)
    spoken = [words for words in heard if words]
    assert [words for words in spoken if words.startswith("Rest, step 2")] == ["Rest, step 2 of 3. Do rest."]
    assert spoken.count("One minute left.") == 1
    assert spoken.count("Session complete.") == 1
    assert mat.isVisible()


def test_what_a_screen_reader_finds(world: World, open_mat: OpenMat) -> None:
    """A named window, and the time left as a progress bar with its value in words."""
    mat = open_mat(world)
    world.pass_time(20)
    assert accessible_text(mat, QAccessible.Text.Name) == "Mat view"
    assert "Escape leaves" in accessible_text(mat, QAccessible.Text.Description)
    [bar] = shown(mat, TimeBar)
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.role() == QAccessible.Role.ProgressBar
    assert accessible_text(bar, QAccessible.Text.Name) == "Time left"
    described = accessible_text(bar, QAccessible.Text.Description)
    assert described == "1 minute 20 seconds left, step 2 of 3, Rest"
    assert bar.value() == 80


def test_the_question_before_quitting_is_seen_in_front_of_it(
    world: World, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """The main window lies behind a whole screen, and so would its question."""
    mat = open_mat(world)
    [main] = windows
    main.quit()
    [question] = mat.findChildren(CloseQuestion)
    button(question, "Keep going").click()
    assert mat.isVisible()
    assert world.runner.active


def test_it_makes_way_for_a_question_about_a_preset(
    world: World, qapp: QApplication, open_mat: OpenMat, windows: list[MainWindow]
) -> None:
    """After the end it stays until somebody comes; who quits has come, and the preset is shown behind it."""
    open_mat(world)
    [main] = windows
    world.own_presets().editing.begin(LOWER_BACK)
    world.pass_time(120)
    assert mat_of(qapp) is not None
    main.quit()
    assert mat_of(qapp) is None
    assert isinstance(main.page(), PresetsPage)
