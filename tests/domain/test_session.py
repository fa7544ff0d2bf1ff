"""The session as a state machine: lists of events for lists of commands, and random walks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from matsession.domain.events import (
    CueAhead,
    CueMissed,
    CueReached,
    Event,
    Outcome,
    PauseReason,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SleepAnswer,
    StepStarted,
    WakeAgain,
)
from matsession.domain.guidance import Breathing, BreathPhase, ChimeName, Guidance, StepKind, StepMode
from matsession.domain.moment import Moment
from matsession.domain.plan import CueKind, Plan, PlanOptions, compile_plan
from matsession.domain.preset import Preset
from matsession.domain.session import (
    GO_ON_WITHIN_S,
    LEAD_S,
    SLEEP_PAUSE_S,
    WAKE_AGAIN_S,
    Phase,
    Session,
    Transition,
)
from tests.fakes import FakeClock, make_preset, make_step


def brief(event: Event) -> str:
    """An event as one word or two, so that lists of them read as stories."""
    match event:
        case CueReached(cue=cue):
            return f"cue {cue.chime or cue.kind}"
        case CueMissed(cue=cue):
            return f"missed {cue.chime or cue.kind}"
        case StepStarted(step_index=index):
            return f"step {index}"
        case SessionPaused(reason=reason):
            return f"paused {reason}"
        case SessionEnded(outcome=outcome):
            return f"ended {outcome}"
        case _:
            return type(event).__name__


@dataclass
class Play:
    """A session and a clock, played by hand; writes down what happens."""

    clock: FakeClock
    session: Session
    heard: list[Event]

    @classmethod
    def begin(cls, preset: Preset | None = None, total_s: int = 100, preparation_s: float = 0.0) -> "Play":
        """Press Start."""
        clock = FakeClock()
        plan = compile_plan(preset or make_preset(), total_s, Guidance())
        session, events = Session.begin(plan, preparation_s, clock.now())
        return cls(clock, session, list(events))

    def do(self, command: Callable[..., tuple[Session, tuple[Event, ...]]], *args: Any) -> list[str]:
        """Give a command at the present moment; the events in brief, without announcements of cues."""
        self.session, events = command(self.session, self.clock.now(), *args)
        self.heard += events
        return [brief(event) for event in events if not isinstance(event, CueAhead)]

    def wait(self, seconds: float) -> list[str]:
        """Let time pass, then look once."""
        self.clock.advance(seconds)
        return self.do(Session.advance)

    def sleep(self, seconds: float) -> list[str]:
        """Let the computer sleep, then look once."""
        self.clock.sleep(seconds)
        return self.do(Session.advance)

    @property
    def elapsed_s(self) -> float:
        """Session time now."""
        return self.session.elapsed_s(self.clock.now())


def test_a_whole_session_tells_each_step_and_the_end_once() -> None:
    """Preparation, three steps and the end come in order, each at its time."""
    play = Play.begin(preparation_s=30)
    told = [[brief(event) for event in play.heard]]
    told += [play.wait(seconds) for seconds in (29.9, 0.1, 9.9, 0.1, 80, 9.9, 0.1, 5)]
    assert told == [
        ["PreparationStarted"],
        [],
        ["SessionStarted", "step 0", "cue open"],
        [],
        ["step 1", "cue step"],
        ["step 2", "cue wake"],
        [],
        ["cue close", "ended finished"],
        [],
    ]


def test_without_preparation_the_first_chime_is_not_forgotten() -> None:
    """A delay of 0 begins at once, with its chime."""
    play = Play.begin(preparation_s=0)
    assert [brief(event) for event in play.heard] == [
        "PreparationStarted",
        "SessionStarted",
        "step 0",
        "cue open",
    ]


def test_session_time_and_time_on_the_mat_are_told_apart() -> None:
    """The last step is off the mat, so ten seconds of the session do not count as time on it."""
    play = Play.begin()
    play.wait(10)
    play.wait(80)
    play.wait(10)
    end = play.heard[-1]
    assert isinstance(end, SessionEnded)
    assert (end.planned_s, end.done_s, end.on_mat_s) == (100, 100.0, 90.0)


def test_a_late_look_rings_once_and_tells_what_was_overtaken() -> None:
    """After a frozen minute and a half one chime rings: the latest. The others are told as missed."""
    play = Play.begin()
    assert play.wait(95) == ["step 1", "missed step", "step 2", "cue wake"]
    assert play.wait(1) == []


def test_a_session_overslept_by_a_frozen_program_ends_with_the_end_chime_only() -> None:
    """Looking far too late gives one close chime and the planned length, not more."""
    play = Play.begin()
    assert play.wait(1000) == [
        "step 1",
        "missed step",
        "step 2",
        "missed wake",
        "cue close",
        "ended finished",
    ]
    assert play.elapsed_s == 100


def test_a_pause_stops_time_and_resuming_goes_on_from_there() -> None:
    """An hour's pause costs nothing and shifts every later cue."""
    play = Play.begin()
    play.wait(5)
    assert play.do(Session.pause) == ["paused person"]
    assert play.wait(3600) == []
    assert play.elapsed_s == 5
    assert play.do(Session.resume) == ["SessionResumed"]
    assert play.wait(4.9) == []
    assert play.wait(0.1) == ["step 1", "cue step"]


def test_a_pause_in_the_preparation_goes_on_with_the_preparation() -> None:
    """Settling in can be paused as well."""
    play = Play.begin(preparation_s=30)
    play.wait(20)
    play.do(Session.pause)
    play.wait(100)
    assert play.session.view(play.clock.now()).in_preparation
    play.do(Session.resume)
    assert play.wait(9) == []
    assert play.wait(1) == ["SessionStarted", "step 0", "cue open"]


def test_a_sleep_of_the_computer_pauses_where_it_was_last_seen() -> None:
    """What was slept is not session time; the person is to be asked."""
    play = Play.begin()
    play.wait(30)
    assert play.sleep(120) == ["paused sleep"]
    assert play.elapsed_s == 30
    paused = play.heard[-1]
    assert isinstance(paused, SessionPaused)
    assert (paused.reason, paused.slept_s) == (PauseReason.SLEEP, 120)
    assert play.do(Session.resume) == ["SessionResumed"]
    assert play.wait(59) == []
    assert play.wait(1) == ["step 2", "cue wake"]


def test_a_short_sleep_is_passed_over() -> None:
    """A hiccup of a few seconds is no reason to stop somebody who lies still."""
    play = Play.begin()
    play.wait(5)
    assert play.sleep(SLEEP_PAUSE_S) == []
    assert play.elapsed_s == 5 + SLEEP_PAUSE_S


def test_jumps_of_the_wall_clock_change_nothing() -> None:
    """Session time knows nothing of the time of day."""
    play = Play.begin()
    play.clock.jump_wall(-7200)
    assert play.wait(10) == ["step 1", "cue step"]
    play.clock.jump_wall(86400)
    assert play.wait(79) == []


def test_stopping_early_counts_what_was_done() -> None:
    """A stop after 42 s leaves 42 s."""
    play = Play.begin()
    play.wait(42)
    assert play.do(Session.stop) == ["ended stopped"]
    end = play.heard[-1]
    assert isinstance(end, SessionEnded)
    assert (end.done_s, end.on_mat_s, end.planned_s) == (42, 42, 100)
    assert play.session.phase is Phase.STOPPED


def test_stopping_while_paused_counts_what_was_done_before() -> None:
    """The pause itself is no session time."""
    play = Play.begin()
    play.wait(42)
    play.do(Session.pause)
    play.wait(600)
    play.do(Session.stop)
    end = play.heard[-1]
    assert isinstance(end, SessionEnded)
    assert end.done_s == 42


@pytest.mark.parametrize("paused", [False, True])
def test_cancelling_the_preparation_is_no_session(paused: bool) -> None:
    """Nothing was done, so there is nothing to count."""
    play = Play.begin(preparation_s=30)
    play.wait(5)
    if paused:
        play.do(Session.pause)
    assert play.do(Session.stop) == ["ended cancelled"]
    end = play.heard[-1]
    assert isinstance(end, SessionEnded)
    assert (end.outcome, end.done_s) == (Outcome.CANCELLED, 0)


def test_skipping_the_preparation_begins_now() -> None:
    """The first step's time counts from the press, not from the planned start."""
    play = Play.begin(preparation_s=30)
    play.wait(12)
    assert play.do(Session.skip_preparation) == ["SessionStarted", "step 0", "cue open"]
    assert play.wait(9.9) == []
    assert play.wait(0.1) == ["step 1", "cue step"]


def test_more_time_to_settle_in() -> None:
    """In the preparation, extending moves the start."""
    play = Play.begin(preparation_s=30)
    play.wait(29)
    assert play.do(Session.extend, 30) == ["PreparationExtended"]
    assert play.wait(30.9) == []
    assert play.wait(0.1) == ["SessionStarted", "step 0", "cue open"]


def test_more_time_to_settle_in_within_its_last_seconds_announces_the_opening_chime_anew() -> None:
    """It was announced already, for a moment that is not its own any more."""
    play = Play.begin(preparation_s=10)
    play.wait(9)
    play.do(Session.extend, 60)
    play.wait(59)
    begun_s = play.heard[0].at.boot_s
    ahead = [event for event in play.heard if isinstance(event, CueAhead)]
    assert [(event.at.boot_s + event.in_s - begun_s, event.cue.at_s) for event in ahead] == [(10, 0), (70, 0)]


def test_a_minute_more_goes_to_the_rest_and_the_way_back_keeps_its_length() -> None:
    """Pressed in the first step, the minute lengthens the elastic one."""
    play = Play.begin()
    play.wait(4)
    assert play.do(Session.extend, 60) == ["SessionExtended"]
    assert [step.length_s for step in play.session.plan.steps] == [10, 140, 10]
    assert play.wait(6) == ["step 1", "cue step"]
    assert play.wait(139) == []
    assert play.wait(1) == ["step 2", "cue wake"]


def test_a_minute_more_at_the_very_end_lengthens_the_last_step() -> None:
    """When no elastic step is left, the step that runs grows; nothing that rang rings again."""
    play = Play.begin()
    play.wait(95)
    assert play.do(Session.extend, 60) == ["SessionExtended"]
    assert play.wait(64.9) == []
    assert play.wait(0.1) == ["cue close", "ended finished"]


def test_the_presets_longest_length_is_kept() -> None:
    """What is left up to the limit is given; after that the wish is refused, and said so."""
    play = Play.begin(total_s=270)
    play.wait(1)
    assert play.do(Session.extend, 60) == ["SessionExtended"]
    assert play.session.plan.total_s == 300
    assert play.do(Session.extend, 60) == ["ExtensionRefused"]


def test_extending_never_says_a_check_in_that_lies_in_the_past() -> None:
    """A step that grows beyond four minutes gains a check-in line; not one before now."""
    steps = (make_step("rest", 260, 60, mode=StepMode.ELASTIC),)
    preset = make_preset(steps=steps, suggested_s=260, min_total_s=60, max_total_s=2400)
    guidance = Guidance(check_in_lines=("All well?",))
    clock = FakeClock()
    session, _ = Session.begin(compile_plan(preset, 260, guidance), 0, clock.now())
    session, _ = session.advance(clock.advance(250))
    session, events = session.extend(clock.now(), 60)
    assert CueKind.CHECK_IN in {cue.kind for cue in session.plan.cues}
    session, later = session.advance(clock.advance(5))
    told = [brief(event) for event in (*events, *later)]
    assert told == ["SessionExtended"]


def test_the_view_tells_what_to_show() -> None:
    """Time left, step, line and breath at one moment."""
    pattern = Breathing("out_6", "Four in, six out", inhale_s=4, exhale_s=6)
    steps = (make_step("lower", 10), make_step("ride", 60, breath="out_6"), make_step("rise", 30))
    preset = make_preset(steps=steps, min_total_s=100, max_total_s=100)
    clock = FakeClock()
    plan = compile_plan(preset, 100, Guidance(breathing=(pattern,)))
    session, _ = Session.begin(plan, 0, clock.now())
    session, _ = session.advance(clock.advance(25))
    view = session.view(clock.now())
    assert (view.elapsed_s, view.left_s, view.step_index, view.step_elapsed_s, view.step_left_s) == (
        25,
        75,
        1,
        15,
        45,
    )
    assert view.line == "Do ride."
    assert view.breath is not None
    assert view.breath.phase is BreathPhase.OUT
    assert view.breath.progress == pytest.approx(1 / 6)
    session, _ = session.pause(clock.now())
    assert session.view(clock.advance(1)).breath is None


def test_the_next_change_is_the_next_cue() -> None:
    """Whoever waits for next_change_s is never early, and never sleeps past a cue or its announcement."""
    play = Play.begin(preparation_s=30)
    waits = []
    while (wait_s := play.session.next_change_s(play.clock.now())) is not None:
        waits.append(wait_s)
        play.wait(wait_s)
    assert waits == [28, 2, 8, 2, 78, 2, 8, 2, GO_ON_WITHIN_S]


def end_at_once(session: Session, now: Moment) -> Transition:
    """What a program does that has to close."""
    return session.stop(now, at_once=True)


COMMANDS = (
    Session.pause,
    Session.resume,
    Session.skip_preparation,
    Session.stop,
    end_at_once,
    Session.advance,
)


class SessionWalk(RuleBasedStateMachine):
    """Random commands, waits and sleeps; what must hold after each of them."""

    @initialize(
        lengths=st.lists(
            st.tuples(st.integers(1, 400), st.booleans(), st.booleans()), min_size=1, max_size=6
        ),
        preparation_s=st.sampled_from([0, 1, 30]),
    )
    def press_start(self, lengths: list[tuple[int, bool, bool]], preparation_s: int) -> None:
        steps = tuple(
            make_step(
                f"s{i}",
                seconds,
                mode=StepMode.ELASTIC if elastic else StepMode.FIXED,
                on_mat=on_mat,
            )
            for i, (seconds, elastic, on_mat) in enumerate(lengths)
        )
        written_s = sum(step.seconds for step in steps)
        longest_s = 2400 if any(step.elastic for step in steps) else written_s
        preset = make_preset(
            steps=steps,
            suggested_s=written_s,
            min_total_s=written_s,
            max_total_s=max(longest_s, written_s),
        )
        self.clock = FakeClock()
        guidance = Guidance(check_in_lines=("One.", "Two."))
        plan = compile_plan(preset, written_s, guidance)
        self.first_start = self.clock.now()
        self.running_s = 0.0  # session time reckoned the naive way, second by second
        self.session, events = Session.begin(plan, preparation_s, self.clock.now())
        self.heard: list[Event] = []
        self.rung: list[tuple[int, CueKind]] = []
        self._hear(events)

    def _hear(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.heard.append(event)
            if isinstance(event, CueReached | CueMissed):
                self.rung.append((event.cue.step_index, event.cue.kind))
        assert sum(isinstance(event, CueReached) for event in events) <= 1

    def _do(self, transition: tuple[Session, tuple[Event, ...]]) -> None:
        before = self.session
        self.session, events = transition
        if before.over:
            assert events == ()
            assert self.session.phase is before.phase
        self._hear(events)

    @rule(command=st.sampled_from(COMMANDS))
    def give_command(self, command: Callable[..., Any]) -> None:
        """A command at the present moment."""
        self._do(command(self.session, self.clock.now()))

    @rule(by_s=st.sampled_from([1, 30, 60, 3600]))
    def extend(self, by_s: int) -> None:
        """More time."""
        self._do(self.session.extend(self.clock.now(), by_s))

    @rule(seconds=st.one_of(st.floats(0, 5), st.floats(0, 300)))
    def wait(self, seconds: float) -> None:
        """Awake time, looked at once after it."""
        was = self.session.phase
        before_s = self.session.elapsed_s(self.clock.now())
        self.clock.advance(seconds)
        self._do(self.session.advance(self.clock.now()))
        after_s = self.session.elapsed_s(self.clock.now())
        if was is Phase.RUNNING:
            expected_s = min(before_s + seconds, self.session.plan.total_s)
            assert after_s == pytest.approx(expected_s, abs=1e-6)
        elif was is not Phase.PREPARATION:
            assert after_s == pytest.approx(before_s, abs=1e-6)

    @rule(seconds=st.floats(0, 10_000))
    def sleep(self, seconds: float) -> None:
        """The computer sleeps; noticed at once after it."""
        before_s = self.session.elapsed_s(self.clock.now())
        was = self.session.phase
        self.clock.sleep(seconds)
        self._do(self.session.advance(self.clock.now()))
        # Sums of large clock readings are rounded: a sleep right at the limit may fall on either side.
        if seconds > SLEEP_PAUSE_S + 1e-6 and was in (Phase.RUNNING, Phase.PREPARATION):
            assert self.session.phase is Phase.PAUSED
            assert self.session.elapsed_s(self.clock.now()) == pytest.approx(before_s, abs=1e-6)

    @rule(seconds=st.floats(-1e6, 1e6))
    def jump_wall(self, seconds: float) -> None:
        """Somebody sets the time of day."""
        self.clock.jump_wall(seconds)
        view = self.session.view(self.clock.now())
        assert view.elapsed_s == self.session.elapsed_s(self.clock.now())

    @invariant()
    def no_cue_comes_twice(self) -> None:
        """Steps and the end are cued at most once each, in order."""
        steps = [key for key in self.rung if key[1] is not CueKind.CHECK_IN]
        assert steps == sorted(set(steps), key=lambda key: (key[0], key[1] is CueKind.END))

    @invariant()
    def the_view_adds_up(self) -> None:
        """Elapsed and left make the whole, and the step is the one that contains the moment."""
        view = self.session.view(self.clock.now())
        assert 0 <= view.elapsed_s <= view.plan.total_s
        assert view.left_s == pytest.approx(view.plan.total_s - view.elapsed_s)
        assert 0 <= view.step_elapsed_s <= view.step.length_s
        assert 0 <= view.plan.on_mat_s(view.elapsed_s) <= view.elapsed_s + 1e-9

    @invariant()
    def a_plan_has_no_gap(self) -> None:
        """However extended, steps follow one another and the longest length is kept."""
        plan: Plan = self.session.plan
        ends = [step.end_s for step in plan.steps]
        assert [step.start_s for step in plan.steps] == [0, *ends[:-1]]
        assert plan.total_s <= plan.preset.max_total_s

    @invariant()
    def it_ends_exactly_once(self) -> None:
        """One end, and it says what the clock says."""
        ends = [event for event in self.heard if isinstance(event, SessionEnded)]
        assert len(ends) == int(self.session.over)
        if ends:
            assert ends[0].done_s == self.session.elapsed_s(self.clock.now())

    @invariant()
    def pauses_and_resumes_alternate(self) -> None:
        """No pause without a resume before the next one."""
        turns = [type(e) for e in self.heard if isinstance(e, SessionPaused | SessionResumed)]
        assert turns == [SessionPaused, SessionResumed] * (len(turns) // 2) + [SessionPaused] * (
            len(turns) % 2
        )


TestSessionWalk = SessionWalk.TestCase


# -- announcements, the end that was none, open ends, and somebody who fell asleep ------------------------


def test_every_cue_is_announced_once_before_it_is_due() -> None:
    """Outputs can be woken in time: each cue is announced two seconds ahead, the first in the preparation."""
    play = Play.begin(preparation_s=30)
    while (wait_s := play.session.next_change_s(play.clock.now())) is not None:
        play.wait(wait_s)
    told = [(event.cue.at_s, event.in_s) for event in play.heard if isinstance(event, CueAhead)]
    assert told == [(0, LEAD_S), (10, LEAD_S), (90, LEAD_S), (100, LEAD_S)]


def test_a_cue_is_announced_anew_after_a_pause() -> None:
    """What was scheduled for before the pause is void; after it the cue is announced again."""
    play = Play.begin()
    play.wait(9)
    play.do(Session.pause)
    play.clock.advance(60)
    play.do(Session.resume)
    ahead = [event for event in play.heard if isinstance(event, CueAhead)]
    assert [(event.cue.at_s, event.in_s) for event in ahead] == [(10, 1), (10, 1)]


def test_counting_the_sleep_adds_it_to_the_session() -> None:
    """The person says: I lay on the mat meanwhile. A sleep beyond the end finishes the session."""
    play = Play.begin()
    play.wait(20)
    play.sleep(30)
    assert play.do(Session.resume, SleepAnswer.COUNT) == ["SessionResumed"]
    assert play.elapsed_s == 50
    play.sleep(1000)
    assert play.do(Session.resume, SleepAnswer.COUNT) == [
        "SessionResumed",
        "step 2",
        "missed wake",
        "cue close",
        "ended finished",
    ]


@pytest.mark.parametrize("answer", [*SleepAnswer, None])
@pytest.mark.parametrize("asleep_at_s", range(100))
def test_two_minutes_of_sleep_at_any_second_ring_no_cue_twice(
    answer: SleepAnswer | None, asleep_at_s: int
) -> None:
    """Whatever the answer, and for the end instead of one: the time is right, no cue comes twice."""
    play = Play.begin()
    play.wait(asleep_at_s)
    play.sleep(120)
    if answer is None:
        play.do(Session.stop)
    else:
        play.do(Session.resume, answer)
    while not play.session.over:
        play.wait(0.5)
    end = next(event for event in play.heard if isinstance(event, SessionEnded))
    expected_s = asleep_at_s if answer is None else 100
    assert end.done_s == expected_s
    given = [event.cue for event in play.heard if isinstance(event, CueReached | CueMissed)]
    assert len(given) == len(set(given))


def test_going_on_after_the_end_adds_rest_to_the_same_session() -> None:
    """Within ten seconds of the end, two minutes more; the end comes again, once."""
    play = Play.begin()
    play.wait(10)
    play.wait(80)
    play.wait(10)
    play.wait(9)
    rest = make_step("more", 120)
    assert play.do(Session.go_on, rest) == ["SessionReopened", "step 3", "cue step"]
    assert play.elapsed_s == 100
    assert play.wait(119) == []
    assert play.wait(1) == ["cue close", "ended finished"]
    end = play.heard[-1]
    assert isinstance(end, SessionEnded)
    assert (end.done_s, end.on_mat_s, end.planned_s) == (220, 210, 220)


def test_an_end_pressed_by_mistake_can_be_taken_back() -> None:
    """A stopped session goes on where it stopped; the seconds between are left out."""
    play = Play.begin()
    play.wait(42)
    play.do(Session.stop)
    play.wait(5)
    assert play.do(Session.go_on, make_step("more", 120)) == ["SessionReopened"]
    assert play.elapsed_s == 42
    assert play.wait(48) == ["step 2", "cue wake"]


def test_after_ten_seconds_the_end_stands() -> None:
    """Too late to go on; and a cancelled preparation is never taken up again."""
    play = Play.begin()
    play.wait(42)
    play.do(Session.stop)
    play.wait(GO_ON_WITHIN_S)
    assert play.do(Session.go_on, make_step("more", 120)) == []
    cancelled = Play.begin(preparation_s=30)
    cancelled.do(Session.stop)
    assert cancelled.do(Session.go_on, make_step("more", 120)) == []


def test_going_on_never_exceeds_the_presets_longest_length() -> None:
    """At 300 of 300 seconds the wish is refused."""
    play = Play.begin(total_s=300)
    for _ in range(300):
        play.wait(1)
    assert play.do(Session.go_on, make_step("more", 120)) == ["ExtensionRefused"]


def open_ended() -> Play:
    """Lower 10, rest, return 10, rise 10; open-ended up to 300 s."""
    steps = (
        make_step("lower", 10),
        make_step("rest", 70, 20, mode=StepMode.ELASTIC),
        make_step("back", 10, kind=StepKind.RETURN, chime=ChimeName.WAKE),
        make_step("rise", 10, on_mat=False),
    )
    preset = make_preset(steps=steps, min_total_s=50)
    clock = FakeClock()
    plan = compile_plan(preset, 100, Guidance(), PlanOptions(open_ended=True))
    session, events = Session.begin(plan, 0, clock.now())
    return Play(clock, session, list(events))


def test_an_open_ended_session_is_led_back_at_the_first_end_and_ends_at_the_second() -> None:
    """The first stop begins the way back with its chime; what follows is finished, not stopped early."""
    play = open_ended()
    play.wait(10)
    play.wait(100)
    assert play.do(Session.stop) == ["WayBackStarted"]
    assert play.wait(1) == ["step 2", "cue wake"]
    assert play.session.plan.total_s == 131
    play.wait(5)
    assert play.do(Session.stop) == ["ended finished"]


@pytest.mark.parametrize("paused", [False, True])
def test_an_open_ended_session_can_end_at_once(paused: bool) -> None:
    """The program has to close: no way back, and what was done counts as the whole."""
    play = open_ended()
    play.wait(30.4)
    if paused:
        play.do(Session.pause)
        play.wait(500)
    assert play.do(end_at_once) == ["ended finished"]
    assert play.session.over
    ended = play.heard[-1]
    assert isinstance(ended, SessionEnded)
    assert ended.done_s == pytest.approx(30.4)
    assert ended.planned_s == 51  # the way back was planned, and spared


def test_an_open_ended_session_has_an_outer_limit() -> None:
    """Nobody answers: it ends by itself at the preset's longest length, with the way back."""
    play = open_ended()
    told = [brief for _ in range(300) for brief in play.wait(1)]
    assert told == [
        "step 1",
        "cue step",
        "step 2",
        "cue wake",
        "step 3",
        "cue step",
        "cue close",
        "ended finished",
    ]


def test_the_way_back_can_be_chosen_while_paused() -> None:
    """Stop in a pause leads back as well: time goes on with the way back."""
    play = open_ended()
    play.wait(60)
    play.do(Session.pause)
    assert play.do(Session.stop) == ["WayBackStarted", "SessionResumed"]
    assert play.wait(1) == ["step 2", "cue wake"]


def test_the_wake_chime_returns_until_somebody_is_there() -> None:
    """After 2, 4 and 8 minutes; a late look rings once."""
    clock = FakeClock()
    plan = compile_plan(make_preset(), 100, Guidance())
    session, events = Session.begin(plan, 0, clock.now(), WAKE_AGAIN_S)
    play = Play(clock, session, list(events))
    play.wait(100)
    assert play.wait(119) == []
    assert play.wait(1) == ["WakeAgain"]
    assert play.wait(500) == ["WakeAgain"]
    last = play.heard[-1]
    assert isinstance(last, WakeAgain)
    assert (last.number, last.of) == (3, 3)
    assert play.wait(5000) == []


def test_a_wake_chime_that_the_computer_slept_through_does_not_come_in_the_morning() -> None:
    """Whoever opened the lid is awake; a short sleep is no reason to leave it out."""
    for slept_s, heard in ((8 * 3600, ["Acknowledged"]), (40, ["WakeAgain"])):
        clock = FakeClock()
        plan = compile_plan(make_preset(), 100, Guidance())
        session, events = Session.begin(plan, 0, clock.now(), WAKE_AGAIN_S)
        play = Play(clock, session, list(events))
        play.wait(100)
        play.wait(90)
        assert play.sleep(slept_s) == heard
        assert play.session.to_wake is (heard == ["WakeAgain"])


def test_the_wake_chime_returns_after_an_end_that_was_taken_back_too() -> None:
    """Stopped by mistake or touched at the end, and gone on with: who falls asleep then is woken as well."""
    for until_s, touch in ((50, Session.stop), (100, Session.acknowledge)):
        clock = FakeClock()
        plan = compile_plan(make_preset(), 100, Guidance())
        session, events = Session.begin(plan, 0, clock.now(), WAKE_AGAIN_S)
        play = Play(clock, session, list(events))
        play.wait(until_s)
        play.do(touch)
        wakes = [play.session.to_wake]
        play.do(Session.go_on, make_step("more", 120))
        wakes.append(play.session.to_wake)
        play.wait(400)
        wakes.append(play.session.to_wake)
        assert wakes == [False, False, True]
        assert play.wait(130) == ["WakeAgain"]


def test_a_touch_after_the_end_silences_the_wake_chime() -> None:
    """Acknowledged once, then quiet; a person who stopped the session needs no waking at all."""
    clock = FakeClock()
    plan = compile_plan(make_preset(), 100, Guidance())
    session, events = Session.begin(plan, 0, clock.now(), WAKE_AGAIN_S)
    play = Play(clock, session, list(events))
    play.wait(100)
    play.wait(30)
    assert play.do(Session.acknowledge) == ["Acknowledged"]
    assert play.do(Session.acknowledge) == []
    assert play.wait(5000) == []
    assert play.session.next_change_s(clock.now()) is None


def test_interval_chimes_and_a_warning_keep_clear_of_other_cues() -> None:
    """Every 20 s and 30 s before the end, but never within eight seconds of a step's own chime."""
    options = PlanOptions(interval_s=20, warning_s=30)
    plan = compile_plan(make_preset(), 100, Guidance(), options)
    wished = [(cue.at_s, cue.kind) for cue in plan.cues if cue.kind in (CueKind.INTERVAL, CueKind.WARNING)]
    every_20_s = [(at_s, CueKind.INTERVAL) for at_s in (20, 40, 60, 80)]
    assert wished == sorted([*every_20_s, (70, CueKind.WARNING)])
