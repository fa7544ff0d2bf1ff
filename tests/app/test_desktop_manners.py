"""Media keys, wakefulness and other players: what a session asks of the desktop, and when."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from matsession.app.media_control import MediaControl, position_s
from matsession.app.other_sound import OtherSound
from matsession.app.ports import MediaKey, NowPlaying
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.time_teller import TimeTeller
from matsession.app.voice import Voice
from matsession.app.wakefulness import Wakefulness
from matsession.domain.guidance import Guidance
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.session import WAKE_AGAIN_S, Phase
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeSpeech, make_preset, make_step

pytestmark = pytest.mark.usefixtures("qapp")


class FakeDesktop:
    """All three ports, written down."""

    def __init__(self) -> None:
        self.shown: list[NowPlaying | None] = []
        self.kept: list[tuple[bool, bool]] = []
        self.players: list[str] = []
        self.press: Callable[[MediaKey], None] = lambda _key: None

    def show(self, playing: NowPlaying | None) -> None:
        self.shown.append(playing)

    def on_pressed(self, listener: Callable[[MediaKey], None]) -> None:
        self.press = listener

    def keep(self, *, awake: bool, screen: bool) -> None:
        self.kept.append((awake, screen))

    def pause(self) -> None:
        self.players.append("pause")

    def play_again(self) -> None:
        self.players.append("play again")


class World:
    """A session of 100 seconds on a desktop."""

    def __init__(self, **settings: Any) -> None:
        self.clock = FakeClock()
        self.runner = SessionRunner(self.clock)
        self.preferences = Preferences(Settings(**settings), lambda _settings: None)
        self.chimes = FakeChimes()
        speaker = Speaker(self.chimes, Voice(FakeSpeech()))
        self.desktop = FakeDesktop()
        self.teller = TimeTeller(self.runner, self.chimes, speaker)
        self.told: list[str] = []
        self.teller.told.connect(self.told.append)
        self.media = MediaControl(self.runner, self.teller)
        self.media.offer_to(self.desktop)
        self.wakefulness = Wakefulness(self.runner, self.preferences, self.desktop)
        self.other_sound = OtherSound(self.runner, self.preferences, self.desktop)

    def start(self, preparation_s: float = 0, *, open_ended: bool = False) -> None:
        plan = compile_plan(make_preset(), 100, Guidance(), PlanOptions(open_ended=open_ended))
        self.runner.start(plan, preparation_s)

    def phase(self) -> Phase | None:
        """Where the session stands."""
        return self.runner.phase

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.runner.tick()


def test_the_player_follows_the_session() -> None:
    """From settling in to the end; told when something changes, not each second."""
    world = World()
    assert world.desktop.shown == []
    world.start(20)
    world.pass_time(5)
    world.pass_time(15)
    world.pass_time(12)
    world.runner.pause()
    world.runner.stop()
    assert world.desktop.shown == [
        NowPlaying("Short rest", "Settling in", 100.0, paused=False),
        NowPlaying("Short rest", "Lower", 100.0, paused=False),
        NowPlaying("Short rest", "Rest", 100.0, paused=False),
        NowPlaying("Short rest", "Rest", 100.0, paused=True),
        None,
    ]


def test_keys_steer_the_session() -> None:
    """Play/pause, play alone, pause alone, next tells the time, stop ends; the position follows."""
    world = World()
    world.start()
    world.pass_time(20)
    press = world.desktop.press
    press(MediaKey.PLAY)
    assert world.phase() is Phase.RUNNING
    press(MediaKey.PLAY_PAUSE)
    assert world.phase() is Phase.PAUSED
    press(MediaKey.PAUSE)
    assert world.phase() is Phase.PAUSED
    press(MediaKey.PLAY)
    assert world.phase() is Phase.RUNNING
    press(MediaKey.NEXT)
    assert world.told == ["1 minute 20 seconds left."]
    assert position_s(world.runner) == 20.0
    press(MediaKey.STOP)
    assert world.phase() is Phase.STOPPED


@pytest.mark.parametrize("here_first", [True, False])
@pytest.mark.parametrize("from_desktop", [MediaKey.PLAY_PAUSE, MediaKey.PAUSE])
def test_one_press_that_comes_both_ways_counts_once(here_first: bool, from_desktop: MediaKey) -> None:
    """A system may hand a key to the window with the focus and to its player; the next press counts again."""
    world = World()
    world.start()
    for here in (here_first, not here_first):
        if here:
            world.media.press_here(MediaKey.PLAY_PAUSE)
        else:
            world.desktop.press(from_desktop)
        world.clock.advance(0.05)
    assert world.phase() is Phase.PAUSED
    world.clock.advance(0.1)
    world.media.press_here(MediaKey.PLAY_PAUSE)
    world.desktop.press(MediaKey.PLAY)
    assert world.phase() is Phase.RUNNING


def test_two_ways_at_two_times_are_two_presses() -> None:
    """And two different keys are, at any time; so are two quick presses of one way."""
    world = World()
    world.start()
    world.media.press_here(MediaKey.PLAY_PAUSE)
    world.clock.advance(0.6)
    world.desktop.press(MediaKey.PLAY_PAUSE)
    assert world.phase() is Phase.RUNNING
    world.clock.advance(1)
    world.media.press_here(MediaKey.PLAY_PAUSE)
    world.media.press_here(MediaKey.PLAY_PAUSE)
    assert world.phase() is Phase.RUNNING
    world.media.press_here(MediaKey.NEXT)
    world.desktop.press(MediaKey.STOP)
    assert world.phase() is Phase.STOPPED


def test_without_a_desktop_the_window_has_the_keys() -> None:
    """Where nothing shows sessions."""
    world = World()
    control = MediaControl(world.runner, world.teller)
    world.start()
    control.press_here(MediaKey.PAUSE)
    assert world.phase() is Phase.PAUSED


def test_a_click_on_the_player_wishes_for_the_window(qtbot: QtBot) -> None:
    """No more than that."""
    world = World()
    world.start()
    with qtbot.waitSignal(world.media.window_wished):
        world.desktop.press(MediaKey.RAISE)
    assert world.phase() is Phase.RUNNING


def test_an_open_end_has_no_length() -> None:
    """And the first stop leads back."""
    world = World()
    world.start(open_ended=True)
    assert world.desktop.shown == [NowPlaying("Short rest", "Lower", None, paused=False)]
    world.pass_time(30)
    world.desktop.press(MediaKey.STOP)
    assert world.phase() is Phase.RUNNING
    assert world.desktop.shown[-1] is not None
    assert world.desktop.shown[-1].length_s is not None


def test_the_computer_is_awake_while_the_session_moves() -> None:
    """From settling in on; not in a pause, not after the end; once more when gone on with."""
    world = World()
    world.start(20)
    assert world.desktop.kept == [(True, False)]
    world.pass_time(20)
    world.runner.pause()
    assert world.desktop.kept == [(True, False), (False, False)]
    world.runner.resume()
    world.pass_time(100)
    assert world.phase() is Phase.FINISHED
    assert world.desktop.kept == [(True, False), (False, False), (True, False), (False, False)]
    world.runner.go_on(make_step("more", 60))
    assert world.desktop.kept[-1] == (True, False)


def test_the_computer_is_awake_until_nobody_is_to_be_woken_any_more() -> None:
    """A computer that sleeps after the end would not bring the wake chime back. The screen may go dark."""
    for touch_after_s, kept_s in ((None, 480), (130, 130)):
        world = World(keep_screen_on=True)
        world.runner.start(compile_plan(make_preset(), 100, Guidance()), 0, WAKE_AGAIN_S)
        world.pass_time(100)
        assert world.desktop.kept == [(True, True), (True, False)]
        for second in range(1, 500):
            world.pass_time(1)
            if second == touch_after_s:
                world.runner.acknowledge()
            assert (world.desktop.kept[-1] == (False, False)) is (second >= kept_s)


def test_a_computer_that_slept_all_the_same_may_sleep_on() -> None:
    """Its lid was closed: the session is paused, and holds nothing."""
    world = World()
    world.start()
    world.clock.sleep(600)
    world.runner.tick()
    assert world.desktop.kept == [(True, False), (False, False)]


def test_the_screen_is_kept_on_by_choice() -> None:
    """Also when it is chosen in the middle of a session."""
    world = World()
    world.start()
    world.preferences.change(keep_screen_on=True)
    world.runner.pause()
    assert world.desktop.kept == [(True, False), (True, True), (False, False)]


def test_other_players_are_left_alone_unless_wished() -> None:
    """Off by default."""
    world = World()
    world.start()
    assert world.desktop.players == []


def test_other_players_are_silent_for_a_session(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paused at Start; after the end they wait for the closing chime and for who goes on after all."""
    monkeypatch.setattr("matsession.app.other_sound.GO_ON_WITHIN_S", 0.02)
    world = World(pause_players=True)
    world.start()
    world.pass_time(30)
    world.runner.stop()
    assert world.desktop.players == ["pause"]
    world.runner.go_on(make_step("more", 60))
    assert world.desktop.players == ["pause", "pause"]
    qtbot.wait(40)
    assert world.desktop.players == ["pause", "pause"]
    world.runner.stop()
    qtbot.waitUntil(lambda: world.desktop.players == ["pause", "pause", "play again"])
