"""The runner: one reading of the clock for each tick, and a timer that sleeps until something changes."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer

from matsession.app.session_runner import CHECKPOINT_S, SessionRunner
from matsession.domain.events import CueReached, SessionEnded, SessionPaused, SessionStarted, StepStarted
from matsession.domain.guidance import Guidance
from matsession.domain.plan import Plan, compile_plan
from matsession.domain.session import Phase, SessionView
from tests.fakes import FakeClock, make_preset

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def plan() -> Plan:
    """A hundred seconds."""
    return compile_plan(make_preset(), 100, Guidance())


class Ear:
    """Writes down what a runner tells."""

    def __init__(self, runner: SessionRunner) -> None:
        self.events: list[object] = []
        self.views: list[SessionView] = []
        runner.happened.connect(self.hear)
        runner.ticked.connect(self.see)

    def hear(self, event: object) -> None:
        self.events.append(event)

    def see(self, view: SessionView) -> None:
        self.views.append(view)


@pytest.fixture
def clock() -> FakeClock:
    """Time turned by hand."""
    return FakeClock()


@pytest.fixture
def runner(clock: FakeClock) -> Iterator[SessionRunner]:
    """A runner whose timer is looked at, never waited for."""
    runner = SessionRunner(clock)
    yield runner
    timer_of(runner).stop()


def timer_of(runner: SessionRunner) -> QTimer:
    """The one timer."""
    (timer,) = runner.findChildren(QTimer)
    return timer


def test_events_come_before_the_view_and_only_one_session_runs(runner: SessionRunner, plan: Plan) -> None:
    """Starting twice leaves the first session alone."""
    ear = Ear(runner)
    assert runner.start(plan, 0)
    assert not runner.start(plan, 0)
    assert [type(event) for event in ear.events][1:] == [SessionStarted, StepStarted, CueReached]
    assert len(ear.views) == 1


def test_hidden_the_timer_waits_for_cues_and_checkpoints(
    runner: SessionRunner, plan: Plan, clock: FakeClock
) -> None:
    """With nothing shown it wakes for cues and their announcement, or at a checkpoint if that is nearer."""
    runner.start(plan, 0)
    assert timer_of(runner).interval() == 8_000
    clock.advance(8)
    runner.tick()
    assert timer_of(runner).interval() == 2_000
    clock.advance(2)
    runner.tick()
    assert timer_of(runner).interval() == CHECKPOINT_S * 1000


def test_shown_the_timer_wakes_when_the_clock_shows_another_second(
    runner: SessionRunner, plan: Plan, clock: FakeClock
) -> None:
    """Late by 0.3 s, the next tick comes after 0.7 s, so that the seconds stay on the second."""
    runner.set_display_step(1.0)
    runner.start(plan, 0)
    assert timer_of(runner).interval() == 1000
    clock.advance(3.3)
    runner.tick()
    assert timer_of(runner).interval() == 700
    clock.advance(0.25)
    runner.tick()
    assert timer_of(runner).interval() == 450


def test_a_paused_session_costs_no_wakeups(runner: SessionRunner, plan: Plan, clock: FakeClock) -> None:
    """While time stands still the timer does too."""
    runner.set_display_step(1.0)
    runner.start(plan, 0)
    runner.toggle_pause()
    assert not timer_of(runner).isActive()
    clock.advance(50)
    runner.toggle_pause()
    assert timer_of(runner).interval() == 1000


def test_following_the_timer_gives_every_cue_within_a_millisecond(
    runner: SessionRunner, plan: Plan, clock: FakeClock
) -> None:
    """A whole session driven by nothing but the timer's own intervals."""
    ear = Ear(runner)
    runner.set_display_step(1.0)
    runner.start(plan, 30.7)
    ticks = 0
    while timer_of(runner).isActive():
        clock.advance(timer_of(runner).interval() / 1000)
        runner.tick()
        ticks += 1
    cues = [event for event in ear.events if isinstance(event, CueReached)]
    assert [event.cue.at_s for event in cues] == [0, 10, 90, 100]
    assert all(0 <= event.late_s < 0.0011 for event in cues)
    assert isinstance(ear.events[-1], SessionEnded)
    assert ticks <= math.ceil(130.7) + 10 + 5  # ten more seconds for those who go on after all
    assert runner.phase is Phase.FINISHED


def test_a_sleep_is_told_once(runner: SessionRunner, plan: Plan, clock: FakeClock) -> None:
    """The computer slept for two minutes: one pause, and nothing runs after it."""
    ear = Ear(runner)
    runner.start(plan, 0)
    clock.advance(5)
    runner.tick()
    clock.sleep(120)
    runner.tick()
    runner.tick()
    assert sum(isinstance(event, SessionPaused) for event in ear.events) == 1
    assert not timer_of(runner).isActive()
