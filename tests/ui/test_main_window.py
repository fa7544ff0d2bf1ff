"""The window: closing, banners, what a crash left, and whether a clock is seen."""

import weakref
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from matsession.app.ports import SoundProblem
from matsession.app.session_parts import SessionParts
from matsession.domain.errors import MatSessionError
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.ui.close_question import CloseQuestion, CloseUnsavedQuestion
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.widgets.banner import Banner
from matsession.ui.widgets.end_notice import EndNotice
from matsession.ui.widgets.navigation import Navigation
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.top_bar import TopBar
from tests.fakes import FIRST_WALL
from tests.ui.conftest import World
from tests.ui.finding import button, click, press, settle, shown
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]


def start(window: MainWindow, qtbot: QtBot) -> None:
    """Press Enter on the first page."""
    press(window.focusWidget(), Qt.Key.Key_Return)


def question(window: MainWindow) -> CloseQuestion:
    """The question that is asked."""
    [box] = window.findChildren(CloseQuestion)
    return box


def banners(window: MainWindow) -> str:
    """What all banners say."""
    return "\n".join(banner.words() for banner in shown(window, Banner))


def test_closing_asks_while_a_session_runs(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The question is the title; the keys begin on the safe answer, which is Enter's and Escape's too."""
    window = open_window(world)
    start(window, qtbot)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
        window.close()
        box = question(window)
        assert box.windowTitle() == "End the session and close?"
        assert box.focusWidget() is button(box, "Keep going")
        assert "nothing is kept" in "".join(label.text() for label in shown(box, QLabel))
        press(box.focusWidget(), key)
        assert window.isVisible()
        assert world.runner.active
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_enter_on_the_other_answer_is_that_answer(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Who has gone there by Tab means it."""
    window = open_window(world)
    start(window, qtbot)
    window.close()
    press(question(window).focusWidget(), Qt.Key.Key_Tab)
    assert question(window).focusWidget() is button(question(window), "End and close")
    press(question(window).focusWidget(), Qt.Key.Key_Return)
    assert not window.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (360, 480)])
def test_the_question_fits_its_window(
    double_text: None, world: World, open_window: Open, width: int, height: int
) -> None:
    """With large text in a small window as well."""
    window = open_window(world, width, height)
    world.start()
    window.close()
    settle()
    assert faults(question(window)) == []
    assert question(window).width() <= window.width()


def test_closing_after_the_question_saves(world: World, open_window: Open, qtbot: QtBot) -> None:
    """End and close: what was done is in the history, and the window is gone."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    world.pass_time(40)
    window.close()
    window.close()  # asking twice asks once
    [end] = [each for each in question(window).findChildren(QPushButton) if each.text() == "End and close"]
    click(end)
    assert not window.isVisible()
    [row] = world.store.rows.values()
    assert (row.state, row.done_s) == (RowState.STOPPED, 40.0)


def test_closing_an_open_ended_session_leaves_out_the_way_back(
    world: World, open_window: Open, qtbot: QtBot
) -> None:
    """Whoever ends and closes does not want to be led back first."""
    window = open_window(world)
    world.start(open_ended=True)
    world.pass_time(30)
    window.close()
    [end] = [each for each in question(window).findChildren(QPushButton) if each.text() == "End and close"]
    click(end)
    assert not window.isVisible()
    [row] = world.store.rows.values()
    assert (row.state, row.done_s) == (RowState.FINISHED, 30.0)


def test_leaving_asks_nothing(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The computer shuts down: a session is complete, a question that stands is taken away."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    world.pass_time(12)
    window.close()
    assert question(window).isVisible()
    window.leave()
    assert not window.isVisible()
    [row] = world.store.rows.values()
    assert (row.state, row.done_s) == (RowState.STOPPED, 12.0)


def test_leaving_after_a_session_keeps_its_answers(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A number was chosen and not saved yet."""
    window = open_window(world)
    world.start()
    world.pass_time(100)
    [scale] = shown(window, RatingScale)
    press(scale, Qt.Key.Key_4)
    window.leave()
    assert not window.isVisible()
    [row] = world.store.rows.values()
    assert (row.state, row.rating_after) == (RowState.FINISHED, 4)


@pytest.mark.expects_log("history not saved")
def test_a_session_that_cannot_be_saved_keeps_the_window(
    world: World, open_window: Open, qtbot: QtBot
) -> None:
    """Closing would lose what is in memory only: the window stays and says so."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(60)
    world.store.failure = MatSessionError("The disk is full.", "Free some space.")
    window.close()
    [end] = [each for each in question(window).findChildren(QPushButton) if each.text() == "End and close"]
    click(end)
    assert window.isVisible()
    assert "The disk is full. Free some space." in banners(window)


@pytest.mark.expects_log("history not saved")
def test_the_folder_of_a_history_that_makes_trouble_is_a_press_away(
    world: World, open_window: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The session goes on meanwhile; what is in the way can be looked at."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr("tests.ui.conftest.DATA", tmp_path)
    window = open_window(world)
    world.store.failure = MatSessionError("The disk is full.", "Free some space.")
    world.start()
    assert "The disk is full." in banners(window)
    click(button(window, "Open folder"))
    assert opened == [str(tmp_path)]
    assert world.runner.active


def test_the_question_goes_when_the_session_ends(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A session that ends by itself meanwhile leaves nothing to ask."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    window.close()
    box = question(window)
    world.pass_time(100)
    assert not box.isVisible()
    assert isinstance(window.page(), RatingPage)


def test_closing_at_rest_remembers_the_size(world: World, open_window: Open) -> None:
    """Without a session the window closes at once and is as large at the next start."""
    window = open_window(world, 900, 700)
    window.close()
    assert not window.isVisible()
    assert (world.saved[-1].window_width, world.saved[-1].window_height) == (900, 700)


@pytest.mark.expects_log("history not saved")
def test_closing_asks_where_a_session_could_not_be_saved(
    world: World, open_window: Open, qtbot: QtBot
) -> None:
    """Once more it is tried; then nothing is lost without a word. With room on the disk nobody is asked."""
    for anyway in (True, False):
        window = open_window(world)
        start(window, qtbot)
        world.runner.skip_preparation()
        world.store.failure = MatSessionError("The disk is full.", "Free some space.")
        world.clock.advance(30)
        world.runner.end()
        settle()
        window.close()
        [box] = window.findChildren(CloseUnsavedQuestion)
        assert "The disk is full." in "".join(label.text() for label in shown(box, QLabel))
        press(box.focusWidget(), Qt.Key.Key_Return)
        assert window.isVisible()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if anyway:
            window.close()
            [box] = window.findChildren(CloseUnsavedQuestion)
            button(box, "Close anyway").click()
            qtbot.waitUntil(lambda window=window: not window.isVisible())  # type: ignore[misc]
        else:
            world.store.failure = None
            window.close()
            assert not window.isVisible()
            assert world.journal.unsaved_count == 0
        world.store.failure = None


@pytest.mark.expects_log("history not saved")
def test_a_session_that_is_ended_by_quitting_and_cannot_be_saved_is_asked_about(
    world: World, open_window: Open, qtbot: QtBot
) -> None:
    """One question leads to the other, and the first one, gone, does not take the second along."""
    window = open_window(world)
    start(window, qtbot)
    world.runner.skip_preparation()
    world.clock.advance(30)
    world.store.failure = MatSessionError("The disk is full.", "Free some space.")
    window.quit()
    button(question(window), "End and close").click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()
    [box] = window.findChildren(CloseUnsavedQuestion)
    assert box.isVisible()
    button(box, "Close anyway").click()
    qtbot.waitUntil(lambda: not window.isVisible())
    world.store.failure = None


def test_closing_keeps_an_unsaved_rating(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Who rates and closes instead of saving has rated."""
    window = open_window(world)
    start(window, qtbot)
    world.pass_time(30)
    world.pass_time(100)
    shown(window, RatingScale)[0].set_rating(2)
    window.close()
    assert [row.rating_after for row in world.store.rows.values()] == [2]


def test_a_window_may_be_destroyed_while_it_asks_for_a_rating(world: World, qtbot: QtBot) -> None:
    """As at the end of a login session: nothing looks for the window once it is gone."""
    window = world.window()
    with qtbot.waitSignal(window.painted):
        window.show()
    world.start()
    world.pass_time(100)
    assert isinstance(window.page(), RatingPage)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(window)
    world.runner.tick()


def test_navigation_gives_way_to_the_bar(world: World, open_window: Open, qtbot: QtBot) -> None:
    """While a session runs there is nowhere else to go."""
    window = open_window(world)
    assert (len(shown(window, Navigation)), len(shown(window, TopBar))) == (1, 0)
    start(window, qtbot)
    assert (len(shown(window, Navigation)), len(shown(window, TopBar))) == (0, 1)


def test_the_runner_knows_whether_a_clock_is_seen(
    world: World, open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seconds are ticked for a window that is shown, and none for one that is hidden or minimised."""
    told: list[float | None] = []
    monkeypatch.setattr(world.runner, "set_display_step", told.append)
    window = open_window(world)
    assert told[-1] == 1.0
    window.showMinimized()
    qtbot.waitUntil(lambda: told[-1] is None)
    window.showNormal()
    qtbot.waitUntil(lambda: told[-1] == 1.0)
    window.hide()
    assert told[-1] is None


def test_sound_trouble_comes_and_goes(world: World, open_window: Open) -> None:
    """What cannot be heard is shown, until it is mended."""
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    window = open_window(world)
    assert "No sound device found" in banners(window)
    world.chimes.set_problem(None)
    assert banners(window) == ""


def test_a_banner_that_comes_later_is_seen(world: World, open_window: Open) -> None:
    """All of it, in a window that is open; and again after it has gone, in another width."""
    window = open_window(world)
    for width in (1100, 420):
        window.resize(width, 760)
        world.chimes.set_problem(SoundProblem.NO_OUTPUT)
        settle()
        [banner] = shown(window, Banner)
        assert banner.visibleRegion().boundingRect() == banner.rect()
        assert banner.height() >= banner.heightForWidth(banner.width())
        world.chimes.set_problem(None)
        settle()
        assert shown(window, Banner) == []


def test_bad_files_are_told_once(open_window: Open) -> None:
    """Presets and settings that were put right are told, and put aside by a button."""
    world = World(preset_problems=("evening.toml: no steps",), setting_problems=("volume was 7",))
    window = open_window(world)
    assert "evening.toml: no steps" in banners(window)
    assert "volume was 7" in banners(window)
    for banner in shown(window, Banner):
        button(banner, "Understood").click()
    assert banners(window) == ""


def leave_open(world: World, number: int) -> None:
    """A line that a crash left."""
    world.store.save(
        SessionRecord(
            id=f"left-{number}",
            preset_id="lower_back",
            preset_name=f"Lower back {number}",
            area="lower_back",
            started_at=FIRST_WALL - timedelta(days=3 - number),
            planned_s=600,
            done_s=250,
        )
    )


def test_what_a_crash_left_is_offered_one_by_one(world: World, open_window: Open) -> None:
    """Keep the first, discard the second; then nothing is asked any more."""
    leave_open(world, 1)
    leave_open(world, 2)
    window = open_window(world)
    assert "Lower back 1" in banners(window)
    assert "was interrupted after 4 min 10 s" in banners(window)
    button(window, "Keep what was done").click()
    assert "Lower back 2" in banners(window)
    button(window, "Discard").click()
    assert banners(window) == ""
    assert {row.id: row.state for row in world.store.rows.values()} == {"left-1": RowState.INTERRUPTED}


def test_a_session_elsewhere_is_no_leftover(world: World, open_window: Open) -> None:
    """The line of a session that another program runs is left alone."""
    leave_open(world, 1)
    world.lock.held_elsewhere = True
    window = open_window(world)
    assert banners(window) == ""


def test_the_history_waits_for_the_first_picture(world: World, qtbot: QtBot) -> None:
    """It takes time to open, and the first picture shows nothing of it."""
    window = world.window()
    qtbot.addWidget(window)
    assert world.store.calls == []
    with qtbot.waitSignal(window.painted):
        window.show()
    assert world.store.calls == ["left_open", "presets_by_use", "records"]


def test_what_a_session_needs_is_made_after_the_first_picture(world: World, qtbot: QtBot) -> None:
    """Once, and not before the window has been painted."""
    made: list[SessionParts] = []

    def make() -> SessionParts:
        made.append(world.session_parts())
        return made[-1]

    window = MainWindow(world.library, world.preferences, make)
    qtbot.addWidget(window)
    assert not made
    with qtbot.waitSignal(window.painted):
        window.show()
    assert window.equip() is made[0]
    assert len(made) == 1


def test_who_is_quicker_than_the_first_picture_is_not_kept_waiting(world: World, qtbot: QtBot) -> None:
    """Start makes what is missing, and the session begins; the window then is as it always is."""
    window = world.window()
    qtbot.addWidget(window)
    page = window.page()
    assert page is not None
    press(page, Qt.Key.Key_Return)
    assert world.runner.active
    assert isinstance(window.page(), RunningPage)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert isinstance(window.page(), RunningPage)
    world.runner.stop()
    assert window.page() is page


def test_a_window_closed_before_its_first_picture_makes_nothing(world: World, qtbot: QtBot) -> None:
    """Nor does it ask anything: no session can run."""
    made: list[str] = []

    def make() -> SessionParts:
        made.append("parts")
        return world.session_parts()

    window = MainWindow(world.library, world.preferences, make)
    qtbot.addWidget(window)
    assert window.close()
    assert made == []


def test_a_window_that_nobody_holds_goes_at_once(world: World, qtbot: QtBot) -> None:
    """Nothing in it holds the whole: else it would be taken apart while it still hears events."""
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    window = world.window()
    with qtbot.waitSignal(window.painted):
        window.show()
    page = weakref.ref(window.page())
    world.start()
    world.pass_time(100)
    assert isinstance(window.page(), RatingPage)
    assert len(shown(window, EndNotice)) == 1
    held = weakref.ref(window)
    del window
    assert held() is None
    assert page() is None


def test_what_a_crash_left_can_be_in_the_first_picture(world: World, qtbot: QtBot) -> None:
    """Asked for before the window is shown, it is there at once, and looked for only once."""
    leave_open(world, 1)
    window = world.window()
    qtbot.addWidget(window)
    window.find_leftovers()
    calls = list(world.store.calls)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert "Lower back 1" in banners(window)
    assert world.store.calls == calls


def test_nothing_moves_after_the_first_picture(world: World, qtbot: QtBot) -> None:
    """What is painted first is the page as it stays."""
    window = world.window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window), qtbot.waitSignal(window.painted):
        window.show()
    first = [(each, each.geometry()) for each in shown(window, QWidget)]
    qtbot.wait(100)
    assert [(each, each.geometry()) for each in shown(window, QWidget)] == first


def test_choices_are_remembered(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Start keeps preset, length and time to settle in for the next time."""
    window = open_window(world)
    press(window.focusWidget(), Qt.Key.Key_Up)
    start(window, qtbot)
    saved = world.saved[-1]
    assert (saved.last_preset, saved.length_s("neck", 0), saved.preparation_s) == ("neck", 240, 30)


def test_an_unknown_last_preset_is_no_trouble(open_window: Open) -> None:
    """A preset that is gone makes room for the first one."""
    window = open_window(World(settings=Settings(last_preset="gone")))
    assert button(window, "Start").isEnabled()


def test_one_window_only(open_window: Open, qapp: QApplication) -> None:
    """Nothing flashes up as a window of its own while the pages are built."""
    window = open_window(World(preset_problems=("evening.toml: no steps",)))
    assert [each for each in qapp.topLevelWidgets() if each.isVisible()] == [window]


def test_no_presets_no_start(open_window: Open) -> None:
    """Without a single preset there is nothing to start, and it is said."""
    window = open_window(World(presets=()))
    assert not button(window, "Start").isEnabled()


def test_in_a_narrow_bar_preset_and_fact_stand_close_together(world: World, open_window: Open) -> None:
    """In the middle of the bar, as the signs beside them."""
    window = open_window(world, 420, 640)
    world.start()
    settle()
    [bar] = shown(window, TopBar)
    lines = [each for each in shown(bar, QLabel) if each.parent() is bar]
    preset, fact = (each.geometry() for each in lines)
    assert [bool(each.alignment() & Qt.AlignmentFlag.AlignBottom) for each in lines] == [True, False]
    assert abs(preset.bottom() + 1 - bar.height() // 2) <= 1
    assert fact.top() == preset.bottom() + 1
    window.resize(900, 640)
    settle()
    assert not any(each.alignment() & Qt.AlignmentFlag.AlignBottom for each in lines)
