"""The story of a session, told with the keyboard."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from matsession.domain.body import Position
from matsession.domain.errors import MatSessionError
from matsession.domain.record import RowState
from matsession.domain.session import Phase
from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.history_page import HistoryPage
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.widgets.area_button import AreaButton
from matsession.ui.widgets.banner import Banner
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.controls import Controls
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.ring_timer import RingTimer
from tests.ui.breathing import view_of
from tests.ui.conftest import LOWER_BACK, World
from tests.ui.finding import button, click, enter, press, settle, shown

Open = Callable[..., MainWindow]


def start(window: MainWindow, qtbot: QtBot) -> RunningPage:
    """Press Enter on the first page."""
    press(window.focusWidget(), Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, RunningPage)
    return page


def phase(world: World) -> Phase | None:
    """Where the session stands."""
    return world.runner.phase


def words(window: MainWindow) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def test_a_whole_session_by_keyboard(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Enter, Space, +, a number and Enter are enough for a session that is rated and kept."""
    window = open_window(world)
    assert isinstance(window.focusWidget(), AreaButton)
    page = start(window, qtbot)
    assert phase(world) is Phase.PREPARATION
    assert "Settle in" in words(window)
    press(page, Qt.Key.Key_Space)
    assert phase(world) is Phase.PAUSED
    assert page.note() == "Paused. The session waits for you."
    press(page, Qt.Key.Key_Space)
    assert page.note() == "The session starts by itself."
    world.pass_time(30)
    assert phase(world) is Phase.RUNNING
    assert "Step 1 of 3" in words(window)
    enter(page, "+")
    view = world.runner.view()
    assert view is not None
    assert view.plan.total_s == 160
    assert "1 minute more" in page.note()
    world.pass_time(160)
    assert isinstance(window.page(), RatingPage)
    assert "Session complete" in words(window)
    enter(window.focusWidget(), "4")
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(window.page(), SessionPage)
    [row] = world.store.rows.values()
    assert (row.state, row.rating_after, row.done_s) == (RowState.FINISHED, 4, 160.0)


def test_escape_and_enter_do_nothing_to_a_session(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Neither a cat on Escape nor a second Enter ends, skips or changes anything."""
    window = open_window(world)
    page = start(window, qtbot)
    for widget in (page, button(window, "Cancel"), button(window, "Start now")):
        widget.setFocus()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press(widget, key)
    assert phase(world) is Phase.PREPARATION


def test_tab_goes_to_the_controls_first(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Whoever wants to get up need not walk through the list of steps."""
    window = open_window(world)
    page = start(window, qtbot)
    reached = []
    press(page, Qt.Key.Key_Tab)
    for _ in range(3):
        focused = window.focusWidget()
        assert isinstance(focused, Button)
        reached.append(focused.text())
        press(focused, Qt.Key.Key_Tab)
    assert reached == ["Start now", "30 s more", "Cancel"]


def test_space_presses_the_button_that_has_the_focus(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Who reaches End session by Tab can press it by Space."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    end = button(window, "End session")
    end.setFocus(Qt.FocusReason.TabFocusReason)
    press(end, Qt.Key.Key_Space)
    assert phase(world) is Phase.STOPPED


def test_a_click_leaves_the_keys_with_the_page(world: World, open_window: Open, qtbot: QtBot) -> None:
    """After a click on "1 minute more" Space still pauses, instead of adding another minute."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    click(button(window, "1 minute more"))
    press(window.focusWidget(), Qt.Key.Key_Space)
    view = world.runner.view()
    assert view is not None
    assert (view.phase, view.plan.total_s) == (Phase.PAUSED, 160)


def test_the_longest_session_says_so(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A wish for more that the preset refuses is answered in words."""
    window = open_window(world)
    page = start(window, qtbot)
    world.pass_time(30)
    for _ in range(5):
        enter(page, "+")
    assert "at the most" in page.note()


def test_a_sleep_of_the_computer_is_told(world: World, open_window: Open, qtbot: QtBot) -> None:
    """After a sleep the session stands still, says how long it was and asks."""
    window = open_window(world)
    page = start(window, qtbot)
    world.pass_time(40)
    world.clock.sleep(245)
    world.runner.tick()
    assert "The computer slept for 4 minutes. Does this time count?" in words(window)
    assert button(window, "Leave it out").isVisible()
    assert button(window, "Count it").isVisible()
    press(page, Qt.Key.Key_Space)
    assert phase(world) is Phase.RUNNING
    assert "slept" not in words(window)


def places(window: MainWindow) -> dict[str, tuple[int, ...]]:
    """Where ring, title and the three controls are, and how large; the title begins where it always does."""
    [controls] = shown(window, Controls)
    [ring] = shown(window, RingTimer)
    [title] = shown(window, Heading)
    found: dict[str, tuple[int, ...]] = {}
    for number, each in enumerate((ring, *controls.findChildren(Button))):
        at = each.mapTo(window, QPoint(0, 0))
        found[f"{type(each).__name__} {number}"] = (at.x(), at.y(), each.width(), each.height())
    begin = title.mapTo(window, QPoint(0, 0))
    found["title"] = (begin.x(), begin.y(), title.font().pixelSize())
    return found


@pytest.mark.parametrize("reduced", [False, True], ids=["moving", "still"])
@pytest.mark.parametrize(("width", "height"), [(1100, 760), (840, 640), (420, 640), (360, 480)])
def test_nothing_jumps(open_window: Open, qtbot: QtBot, width: int, height: int, reduced: bool) -> None:
    """From settling in to running, the next step, paused, asleep and longer: all keep place and size."""
    preset = replace(LOWER_BACK, position=Position.SUPINE_KNEES_BENT)  # it has a picture while settling in
    world = World(presets=(preset,), settings=Settings(last_preset="lower_back", reduce_motion=reduced))
    window = open_window(world, width, height)
    page = start(window, qtbot)
    settle()
    before = places(window)
    assert len(before) == 5

    def moved() -> dict[str, tuple[int, ...]]:
        settle()
        return {name: place for name, place in places(window).items() if before[name] != place}

    world.runner.pause()
    assert moved() == {}
    world.runner.resume()
    world.pass_time(30)
    assert moved() == {}
    enter(page, "+")
    assert moved() == {}
    world.pass_time(20)
    assert moved() == {}
    world.runner.pause()
    assert moved() == {}
    world.runner.resume()
    world.clock.sleep(300)
    world.runner.tick()
    assert moved() == {}
    press(page, Qt.Key.Key_Space)
    world.pass_time(60)
    assert moved() == {}
    world.pass_time(view_of(world).left_s - 5)
    assert moved() == {}


def test_a_stopped_session_is_told_as_such(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Ending early leads to the rating, with its own title and what was done."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    world.pass_time(65)
    button(window, "End session").click()
    assert isinstance(window.page(), RatingPage)
    assert "Session ended early" in words(window)
    assert "65 s" in words(window)
    button(window, "Skip rating").click()
    assert isinstance(window.page(), SessionPage)
    [row] = world.store.rows.values()
    assert (row.state, row.rating_after) == (RowState.STOPPED, None)


def test_cancelling_leaves_no_trace(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Cancel while settling in leads back, and nothing is in the history."""
    window = open_window(world)
    start(window, qtbot)
    button(window, "Cancel").click()
    assert isinstance(window.page(), SessionPage)
    assert world.store.rows == {}


@pytest.mark.expects_log("history not saved")
def test_a_rating_that_cannot_be_saved_stays(world: World, open_window: Open, qtbot: QtBot) -> None:
    """When the disk is full the form keeps rating and note, says why, and Save works later."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(200)
    world.runner.stop()
    [scale] = shown(window, RatingScale)
    scale.set_rating(3)
    [note] = shown(window, QPlainTextEdit)
    note.setPlainText("Knees bent")
    world.store.failure = MatSessionError("The disk is full.", "Free some space and try again.")
    button(window, "Save").click()
    assert isinstance(window.page(), RatingPage)
    assert (scale.rating(), note.toPlainText()) == (3, "Knees bent")
    assert any("The disk is full." in banner.words() for banner in shown(window, Banner))
    world.store.failure = None
    button(window, "Save").click()
    [row] = world.store.rows.values()
    assert (row.rating_after, row.note) == (3, "Knees bent")


def test_another_program_runs_a_session(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A start that is refused is explained on the page."""
    window = open_window(world)
    world.lock.held_elsewhere = True
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(window.page(), SessionPage)
    assert any("Another MatSession program" in banner.words() for banner in shown(window, Banner))


def test_pages_by_key(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Ctrl+2 and Ctrl+1 go to the pages, but not away from a session."""
    window = open_window(world)
    control = Qt.KeyboardModifier.ControlModifier
    press(window, Qt.Key.Key_2, control)
    assert isinstance(window.page(), HistoryPage)
    press(window, Qt.Key.Key_1, control)
    assert isinstance(window.page(), SessionPage)
    page = start(window, qtbot)
    press(page, Qt.Key.Key_2, control)
    assert window.page() is page
