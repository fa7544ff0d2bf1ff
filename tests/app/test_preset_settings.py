"""Settings that a preset brings along: in force in its sessions, and nowhere else."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from matsession.app.coach import Coach
from matsession.app.journal import Journal, OpenedStore
from matsession.app.mixing_desk import MixingDesk
from matsession.app.mute import Mute
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.quick_start import QuickStart
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.try_out import PACE, READY_S, TryOut
from matsession.app.voice import Voice
from matsession.domain.guidance import ChimeName, Guidance
from matsession.domain.order import StartWish
from matsession.domain.plan import CueKind
from matsession.domain.preset_settings import PresetSettings, VoiceWish
from matsession.domain.session import Phase
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeSpeech, FakeStore, make_preset

pytestmark = pytest.mark.usefixtures("qapp")

BROUGHT: Final = PresetSettings(
    preparation_s=12,
    interval_min=1,
    levels=((ChimeName.CLOSE, 0.25),),
    own_sounds=((ChimeName.OPEN, ""),),
    background="rain",
    background_level=0.7,
    voice=VoiceWish.OFF,
    mat_turns=1,
    hearing_check=False,
)
USUAL: Final = Settings(
    levels={"close": 0.9, "open": 0.6}, own_sounds={"open": "/o.wav"}, preparation_s=40, mat_turns=2
)
OWN: Final = make_preset(id="own", session=BROUGHT)
PLAIN: Final = make_preset(id="plain")
LOOPS: Final = Path("loops")


class House:
    """What takes part in a session, joined as the composition root does."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.chimes = FakeChimes()
        self.saved: list[Settings] = []
        self.store = FakeStore()
        self.preferences = Preferences(USUAL, self.saved.append)
        self.runner = SessionRunner(self.clock)
        self.voice = Voice(FakeSpeech())
        self.voice.follow(self.preferences)
        self.speaker = Speaker(self.chimes, self.voice)
        self.journal = Journal(self.runner, lambda: OpenedStore(self.store))
        self.chimes.on_sounded(self.journal.note_cue)
        self.coach = Coach(self.runner, self.chimes, self.voice, self.speaker, self.preferences)
        self.mute = Mute(self.runner)
        self.desk = MixingDesk(self.preferences, self.chimes, self.runner, self.mute, LOOPS)
        self.launcher = SessionLauncher(
            self.runner, self.journal, self.chimes, FakeLock(), Guidance(), self.preferences
        )
        self.library = PresetLibrary(lambda: LoadedPresets((OWN, PLAIN)), Guidance())
        self.try_out = TryOut(
            self.clock, self.chimes, self.preferences, self.launcher, self.runner, Guidance(), LOOPS
        )

    def wait(self, seconds: float, tick: Callable[[], None] | None = None, step_s: float = 0.5) -> None:
        """Let time pass bit by bit."""
        while seconds > 0:
            self.clock.advance(step_s)
            (tick or self.runner.tick)()
            seconds -= step_s


@pytest.fixture
def house() -> House:
    """One in which nothing has begun."""
    return House()


def test_in_force_in_its_session_only(house: House) -> None:
    """Levels, sounds, background and voice are the preset's from Start until the end has rung out."""
    assert house.chimes.levels == {"close": 0.9, "open": 0.6}
    house.launcher.start(OWN, 100, 12)
    assert house.chimes.levels == {"close": 0.25, "open": 0.6}
    assert house.chimes.files == {}
    assert ChimeName.CLOSE not in house.chimes.played  # no hearing check
    house.wait(13)
    assert house.chimes.background == LOOPS / "rain.wav"
    assert house.preferences.settings == house.saved[-1] if house.saved else True
    assert house.preferences.settings.levels == USUAL.levels
    house.wait(120)
    assert house.runner.phase is Phase.FINISHED
    assert house.preferences.in_session.levels["close"] == 0.25
    house.launcher._on_after_timeout()
    assert house.chimes.levels == {"close": 0.9, "open": 0.6}
    assert house.chimes.files == {"open": Path("/o.wav")}


def test_a_minute_more_in_the_last_seconds_brings_the_background_back(house: House) -> None:
    """It had faded out for an end that does not come yet."""
    house.launcher.start(OWN, 100, 0)
    house.wait(99)
    heard = [house.chimes.background]
    house.runner.extend(60)
    heard.append(house.chimes.background)
    house.wait(60)
    heard.append(house.chimes.background)
    assert heard == [None, LOOPS / "rain.wav", None]


def test_wished_chimes_are_the_presets(house: House) -> None:
    """An interval of the preset is in the plan; without one, that of Settings."""
    house.launcher.start(OWN, 200, 0)
    view = house.runner.view()
    assert view is not None
    assert [cue.at_s for cue in view.plan.cues if cue.kind is CueKind.INTERVAL] == [60, 120, 180]


def test_the_next_session_has_its_own(house: House) -> None:
    """No setting of one preset is left over in the session of another."""
    house.launcher.start(OWN, 100, 0)
    house.runner.end()
    house.launcher.start(PLAIN, 100, 0)
    assert house.preferences.in_session == house.preferences.settings
    assert house.chimes.levels == {"close": 0.9, "open": 0.6}


def test_what_a_person_changes_meanwhile_comes_first(house: House) -> None:
    """The mat view turned by hand stays turned, though the preset turned it another way."""
    house.launcher.start(OWN, 100, 0)
    assert house.preferences.in_session.mat_turns == 1
    heard: list[int] = []
    house.preferences.changed.connect(lambda: heard.append(house.preferences.in_session.mat_turns))
    house.preferences.change(mat_turns=2)  # which is what Settings say already
    assert house.preferences.in_session.mat_turns == 2
    assert heard == [2]


def test_quick_start_settles_in_as_the_preset_says(house: House) -> None:
    """Who names no time to settle in has the preset's, else that of Settings."""
    quick = QuickStart(house.launcher, house.library, house.preferences)
    for preset_id, preparation_s in (("own", 12), ("plain", 40)):
        quick.start(StartWish(preset_id))
        view = house.runner.view()
        assert view is not None
        assert view.preparation_s == preparation_s
        house.runner.end()
    assert house.preferences.settings.preparation_s == 40


# -- trying it --------------------------------------------------------------------------------------------


def try_through(house: House, real_s: float) -> list[float]:
    """Let real time pass in a try; how far the session was at each tick."""
    seen: list[float] = []
    house.try_out.ticked.connect(lambda view: seen.append(view.elapsed_s))
    runner = house.try_out._runner
    assert runner is not None
    house.wait(real_s, runner.tick, step_s=0.05)
    return seen


def test_a_try_is_twenty_times_as_fast_and_leaves_no_trace(house: House) -> None:
    """100 s take 5; every chime is heard, and neither history nor proof nor settings know of it."""
    ended: list[bool] = []
    house.try_out.ended.connect(lambda: ended.append(True))
    assert house.try_out.begin(OWN, 100)
    assert house.preferences.in_session.levels["close"] == 0.25
    playing = house.chimes.background
    assert playing == LOOPS / "rain.wav"
    seen = try_through(house, READY_S + 100 / PACE + 0.2)
    assert ended == [True]
    assert max(seen) > 98
    assert [chime for chime, _, _ in house.chimes.scheduled] == ["open", "step", "interval", "wake", "close"]
    assert all(at_s is None for _, at_s, _ in house.chimes.scheduled)
    now_s = house.clock.now().awake_s
    assert house.chimes.scheduled[-1][2] == pytest.approx(now_s - 0.2, abs=0.11)
    silent = house.chimes.background
    assert silent is None
    assert house.chimes.released == house.chimes.prepared == 1
    assert house.preferences.in_session == house.preferences.settings
    assert house.saved == []
    assert house.journal.record is None
    assert house.store.records() == []
    assert not house.runner.active


def test_a_try_that_is_ended_is_silent(house: House) -> None:
    """What is scheduled is called off and what sounds fades."""
    house.try_out.begin(PLAIN, 100)
    try_through(house, 2)
    hushed = house.chimes.hushed
    house.try_out.end()
    assert not house.try_out.running
    assert house.chimes.cancelled == 1
    assert house.chimes.hushed == hushed + 1
    house.try_out.end()  # a second time nothing happens
    assert house.chimes.cancelled == 1


def test_a_session_comes_first(house: House) -> None:
    """A start from elsewhere ends the try before anything of the session is touched; no try disturbs one."""
    house.try_out.begin(OWN, 100)
    house.launcher.start(PLAIN, 100, 30)
    assert not house.try_out.running
    assert house.runner.active
    assert house.preferences.in_session == house.preferences.settings
    assert not house.try_out.begin(OWN, 100)
    assert house.runner.active


def test_a_sleep_of_the_computer_ends_a_try(house: House) -> None:
    """Nobody listens any more."""
    house.try_out.begin(PLAIN, 100)
    try_through(house, 2)
    house.clock.sleep(60)
    runner = house.try_out._runner
    assert runner is not None
    runner.tick()
    assert not house.try_out.running
