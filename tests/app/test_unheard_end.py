"""An end that nobody can have heard is noticed, and no other."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from matsession.app.ports import SoundProblem
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.unheard_end import UnheardEnd
from matsession.domain.guidance import ChimeName, Guidance
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.proof import CueReport
from matsession.domain.session import WAKE_AGAIN_S
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, make_preset, make_step

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Room:
    """A session in a room where sound may be missing."""

    settings: Settings = field(default_factory=Settings)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.runner = SessionRunner(self.clock)
        self.chimes = FakeChimes()
        preferences = Preferences(self.settings, lambda _settings: None)
        self.unheard = UnheardEnd(self.runner, self.chimes, preferences)
        self.unheard.noticed.connect(self.on_noticed)
        self.unheard.settled.connect(self.on_settled)

    def on_noticed(self) -> None:
        self.told.append("noticed")

    def on_settled(self) -> None:
        self.told.append("settled")

    def start(self, *, open_ended: bool = False) -> None:
        plan = compile_plan(make_preset(), 100, Guidance(), PlanOptions(open_ended=open_ended))
        self.runner.start(plan, 0, WAKE_AGAIN_S)

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.runner.tick()

    def report_end(self, late_s: float | None) -> None:
        """The output tells what became of the closing chime."""
        self.chimes.report(CueReport(100, ChimeName.CLOSE, late_s, "", "" if late_s is not None else "lost"))


@pytest.mark.parametrize("problem", list(SoundProblem))
def test_whatever_keeps_sound_away_at_the_end(problem: SoundProblem) -> None:
    """No output, no player, or a volume of 0."""
    room = Room()
    room.start()
    room.chimes.set_problem(problem)
    room.pass_time(99)
    assert room.told == []
    room.pass_time(1)
    assert room.told == ["noticed"]


def test_an_end_chime_turned_down_to_nothing() -> None:
    """Nothing is wrong with the output, and yet nobody hears it."""
    room = Room(Settings(levels={"close": 0.0}))
    room.start()
    room.pass_time(100)
    assert room.told == ["noticed"]


def test_an_end_that_sounds_is_no_matter() -> None:
    """Neither at the end nor at a later report of another chime."""
    room = Room()
    room.start()
    room.pass_time(100)
    room.report_end(0.02)
    room.chimes.report(CueReport(90, ChimeName.WAKE, None, "", "lost"))
    assert room.told == []


def test_a_chime_that_was_lost_is_noticed_when_that_is_told() -> None:
    """A dead sound server is noticed only seconds later; a chime that is made up for settles it."""
    room = Room()
    room.start()
    room.pass_time(100)
    room.report_end(None)
    assert room.told == ["noticed"]
    room.report_end(4.5)
    assert room.told == ["noticed", "settled"]


def test_a_loss_told_before_the_end() -> None:
    """Where nothing takes the chime the report comes first, and the session ends then."""
    room = Room()
    room.start()
    room.pass_time(99)
    room.report_end(None)
    assert room.told == []
    room.pass_time(1)
    assert room.told == ["noticed"]


@pytest.mark.parametrize("stops", [1, 2])
def test_who_ends_a_session_knows_it(stops: int) -> None:
    """Early, or on the way back of an open end."""
    room = Room()
    room.chimes.set_problem(SoundProblem.NO_OUTPUT)
    room.start(open_ended=stops == 2)
    room.pass_time(50)
    for _ in range(stops):
        room.runner.stop()
    assert not room.runner.active
    room.pass_time(200)
    assert room.told == []


def test_a_way_back_that_ends_by_itself_counts() -> None:
    """The person said when it leads back, and lies there with closed eyes until it has."""
    room = Room()
    room.chimes.set_problem(SoundProblem.NO_OUTPUT)
    room.start(open_ended=True)
    room.pass_time(50)
    room.runner.stop()
    room.pass_time(60)
    assert room.told == ["noticed"]


def test_each_wake_chime_that_cannot_sound() -> None:
    """As often as it would have rung; one that sounds needs no signal."""
    room = Room()
    room.start()
    room.pass_time(100)
    room.pass_time(WAKE_AGAIN_S[0])
    assert room.told == []
    room.chimes.set_problem(SoundProblem.PLAYER_FAILED)
    room.pass_time(WAKE_AGAIN_S[1] - WAKE_AGAIN_S[0])
    room.pass_time(WAKE_AGAIN_S[2] - WAKE_AGAIN_S[1])
    assert room.told == ["noticed", "noticed"]


@pytest.mark.parametrize("how", ["acknowledge", "settle"])
def test_somebody_is_there(how: str) -> None:
    """By a key in the window or anywhere else; what is told of the chime later changes nothing."""
    room = Room()
    room.chimes.set_problem(SoundProblem.NO_OUTPUT)
    room.start()
    room.pass_time(100)
    there: Callable[[], None] = room.runner.acknowledge if how == "acknowledge" else room.unheard.settle
    there()
    room.report_end(None)
    assert room.told == ["noticed", "settled"]


def test_going_on_settles_it_and_its_own_end_counts_anew() -> None:
    """As with a session that begins."""
    room = Room()
    room.chimes.set_problem(SoundProblem.NO_OUTPUT)
    room.start()
    room.pass_time(100)
    room.runner.go_on(make_step("more", 60))
    assert room.told == ["noticed", "settled"]
    room.pass_time(60)
    assert room.told == ["noticed", "settled", "noticed"]
