"""The page of a session: hearing check, open end, the question after a sleep, the time that is told."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from matsession.app.ports import SoundProblem
from matsession.domain.guidance import ChimeName
from matsession.domain.session import Phase
from matsession.domain.settings import Settings
from matsession.ui.pages.hearing_check import HearingCheck
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.session_news import ANSWER_S
from matsession.ui.widgets.ring_timer import RingTimer
from tests.ui.conftest import World
from tests.ui.fake_sound import BUILT_IN, HEADSET
from tests.ui.finding import accessible_text, button, press, settle, shown
from tests.ui.test_layout import faults

Show = Callable[..., RunningPage]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Opens the page on a world."""

    def opening(world: World, width: int = 900, height: int = 640) -> RunningPage:
        page = world.running_page()
        qtbot.addWidget(page, before_close_func=lambda _page: stop(world))
        page.resize(width, height)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return opening


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader says by itself."""
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(getattr(event, "message", str)())
    )
    return said


def stop(world: World) -> None:
    """End, also where the first stop is only the way back."""
    world.runner.stop()
    world.runner.stop()


def hearing_words(page: RunningPage) -> str:
    """What the hearing check says; nothing where it is not seen."""
    return "\n".join(check.words() for check in shown(page, HearingCheck))


def can_press(page: RunningPage, words: str) -> bool:
    """Whether a button says this."""
    return words in [each.text() for each in shown(page, QAbstractButton)]


def test_settling_in_tells_where_and_how_loud(world: World, show: Show, heard: list[str]) -> None:
    """One line, said aloud as well, and a test; gone when the session begins."""
    page = show(world)
    world.start(preparation_s=30)
    assert hearing_words(page) == "Chimes: Built-in Audio, 80 %"
    assert "Chimes: Built-in Audio, 80 %" in heard
    button(page, "Play the end chime").click()
    assert world.chimes.played == [ChimeName.CLOSE]
    assert not can_press(page, "Turn up")
    world.pass_time(31)
    assert hearing_words(page) == ""


@pytest.mark.parametrize("width", [900, 420])
def test_tab_reaches_the_controls_then_the_check(show: Show, width: int) -> None:
    """Whoever wants to get up need not walk past anything."""
    world = World(settings=Settings(volume=0.0))
    page = show(world, width)
    world.start(preparation_s=30)
    reached = []
    press(page, Qt.Key.Key_Tab)
    for _ in range(5):
        focused = page.focusWidget()
        assert isinstance(focused, QAbstractButton)
        reached.append(focused.text())
        press(focused, Qt.Key.Key_Tab)
    assert reached == ["Start now", "30 s more", "Cancel", "Turn up", "Play the end chime"]


@pytest.mark.parametrize(
    "silent",
    [Settings(volume=0.0), Settings(volume_by_output={BUILT_IN.name: 0.0}), Settings(levels={"close": 0.0})],
    ids=["volume", "volume of this output", "level of the chime"],
)
def test_silence_is_told_and_mended(silent: Settings, show: Show) -> None:
    """Whatever is at 0, one action makes the end heard, and lets it be heard."""
    world = World(settings=silent)
    page = show(world)
    world.start(preparation_s=30)
    assert "you would not hear the end" in hearing_words(page)
    button(page, "Turn up").click()
    assert hearing_words(page) == "Chimes: Built-in Audio, 80 %"
    assert world.chimes.played == [ChimeName.CLOSE]
    assert not can_press(page, "Turn up")


def test_another_output_than_last_time(show: Show) -> None:
    """Both are named; using it anyway is remembered."""
    world = World(settings=Settings(last_output=HEADSET.name))
    page = show(world)
    world.start(preparation_s=30)
    assert hearing_words(page) == "Chimes: Built-in Audio, 80 %. Last time they played on Headset WH-1000."
    button(page, "Use it anyway").click()
    assert hearing_words(page) == "Chimes: Built-in Audio, 80 %"
    assert world.preferences.settings.last_output == BUILT_IN.name


def test_a_headset_that_is_unplugged_while_settling_in(show: Show, heard: list[str]) -> None:
    """The line follows the outputs, and is said."""
    world = World(settings=Settings(last_output=HEADSET.name))
    world.chimes.now = HEADSET.name
    page = show(world)
    world.start(preparation_s=30)
    assert hearing_words(page) == "Chimes: Headset WH-1000, 80 %"
    world.chimes.plug(BUILT_IN.name, BUILT_IN)
    assert "Last time they played on Headset WH-1000" in heard[-1]


def test_no_output_can_be_looked_for_again(world: World, show: Show) -> None:
    """Without sound the session goes on; the action looks again."""
    page = show(world)
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    world.start(preparation_s=30)
    assert hearing_words(page) == "The end chime cannot be heard at present."
    before = world.chimes.prepared
    button(page, "Look again").click()
    assert world.chimes.prepared == before + 1


@pytest.mark.parametrize(("width", "height"), [(420, 640), (360, 480)])
def test_a_doubt_is_in_sight_in_a_narrow_window(show: Show, width: int, height: int) -> None:
    """It stands above the ring, not below it where one would have to scroll."""
    world = World(settings=Settings(volume=0.0))
    page = show(world, width, height)
    world.start(preparation_s=30)
    [check] = shown(page, HearingCheck)
    [ring] = shown(page, RingTimer)
    assert check.mapTo(page, check.rect().bottomLeft()).y() <= ring.mapTo(page, ring.rect().topLeft()).y()
    button(page, "Turn up").click()
    assert page.isAncestorOf(check)


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (840, 640), (700, 480)])
def test_a_doubt_is_in_sight_with_large_text(
    double_text: None, show: Show, qtbot: QtBot, width: int, height: int
) -> None:
    """And beside the ring too, however much of the words has to be scrolled for."""
    world = World(settings=Settings(volume=0.0))
    page = show(world, width, height)
    world.start(preparation_s=30)
    settle()
    mend = button(page, "Turn up")
    assert mend.visibleRegion().boundingRect() == mend.rect()


def test_an_open_end_counts_up(world: World, show: Show) -> None:
    """The time so far; End is the way back first, and the end then."""
    page = show(world)
    world.start(open_ended=True)
    world.pass_time(42.4)
    [ring] = shown(page, RingTimer)
    assert (ring.picture().digits, ring.picture().above) == ("0:42", "Open end")
    assert accessible_text(ring, QAccessible.Text.Name) == "Time so far"
    described = accessible_text(ring, QAccessible.Text.Description)
    assert described == "42 seconds, open end, step 2 of 3, Rest"
    button(page, "Way back").click()
    assert world.runner.active
    assert page.note() == "The way back begins."
    assert accessible_text(ring, QAccessible.Text.Name) == "Time left"
    button(page, "End session").click()
    assert not world.runner.active


def elapsed_s(world: World) -> float:
    """Session time."""
    view = world.runner.view()
    assert view is not None
    return view.elapsed_s


@pytest.mark.parametrize(("answer", "counted"), [("Count it", 65.0), ("Leave it out", 20.0)])
def test_the_answers_after_a_sleep(world: World, show: Show, answer: str, counted: float) -> None:
    """Counted or left out, as the person says; then the controls mean what they always mean."""
    page = show(world)
    world.start()
    world.pass_time(20)
    world.clock.sleep(45)
    world.runner.tick()
    assert world.runner.phase is Phase.PAUSED
    button(page, answer).click()
    assert elapsed_s(world) == counted
    assert button(page, "Pause").isVisible()
    assert button(page, "1 minute more").isVisible()


def test_the_end_is_an_answer_too(world: World, show: Show) -> None:
    """What was done before the sleep is what counts."""
    page = show(world)
    world.start()
    world.pass_time(20)
    world.clock.sleep(45)
    world.runner.tick()
    button(page, "End session").click()
    [row] = world.store.rows.values()
    assert row.done_s == 20.0


def test_the_time_that_is_told_is_seen_and_said(world: World, show: Show, heard: list[str]) -> None:
    """For a while; then the word of safety is back."""
    page = show(world)
    world.start()
    world.pass_time(20)
    world.teller.tell()
    assert page.note() == "1 minute 20 seconds left."
    assert "1 minute 20 seconds left." in heard
    world.pass_time(ANSWER_S)
    assert "get up" in page.note()


SIZES = [(1100, 700), (420, 580), (360, 420)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("last", ["", HEADSET.name])
def test_nothing_is_cut_off(show: Show, qtbot: QtBot, last: str, width: int, height: int) -> None:
    """The hearing check has the room it needs, with a doubt and without."""
    world = World(settings=Settings(last_output=last))
    page = show(world, width, height)
    world.start(preparation_s=30)
    settle()
    assert faults(page) == []


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, show: Show, qtbot: QtBot, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    world = World(settings=Settings(last_output=HEADSET.name))
    page = show(world, width, height)
    world.start(preparation_s=30)
    settle()
    assert faults(page) == []
