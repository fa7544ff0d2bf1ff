"""A session told line by line, and summed up."""

from datetime import timedelta

from matsession.domain.errors import MatSessionError
from matsession.domain.events import Outcome, SessionEnded, SessionReopened, WakeAgain
from matsession.domain.guidance import Guidance, StepKind, StepMode
from matsession.domain.plan import Plan, PlanOptions, compile_plan
from matsession.domain.record import SessionRecord
from matsession.domain.session import Session
from matsession.terminal.session_lines import left_open, lines_for, summary, wake_again
from tests.fakes import FIRST_WALL, FakeClock, make_preset, make_step

GUIDANCE = Guidance(check_in_lines=("All well?",))


def make_plan() -> Plan:
    """Five minutes of rest in between: long enough for a check-in line."""
    steps = (make_step("lower", 10), make_step("rest", 280, mode=StepMode.ELASTIC), make_step("rise", 10))
    preset = make_preset(
        steps=steps, suggested_s=300, min_total_s=300, max_total_s=330, setup=("Mat on the floor.",)
    )
    return compile_plan(preset, 300, GUIDANCE)


def ended(outcome: Outcome, done_s: float = 125.4) -> SessionEnded:
    """The end of a session."""
    return SessionEnded(at=FakeClock().now(), outcome=outcome, planned_s=600, done_s=done_s, on_mat_s=95.0)


def test_a_whole_session_reads_like_a_report() -> None:
    """Each thing that happens is one line with the time of the session."""
    plan, clock, told = make_plan(), FakeClock(), list[str]()
    session, events = Session.begin(plan, 20, clock.now())

    def tell() -> None:
        for event in events:
            told.extend(lines_for(event, session.plan))

    tell()
    session, events = session.extend(clock.now(), 60)
    tell()
    session, events = session.skip_preparation(clock.now())
    tell()
    session, events = session.pause(clock.advance(12))
    tell()
    session, events = session.resume(clock.advance(100))
    tell()
    session, events = session.extend(clock.now(), 60)
    tell()
    session, events = session.extend(clock.now(), 60)
    tell()
    session, events = session.advance(clock.advance(239))
    tell()
    session, events = session.advance(clock.sleep(600))
    tell()
    session, events = session.stop(clock.now())
    tell()
    assert told == [
        "Short rest, 5 min",
        "Settle in on the mat: 20 s.",
        "- Mat on the floor.",
        "1 min more to settle in.",
        "The session starts.",
        "0:00  Step 1 of 3: Lower. Do lower.",
        "0:10  Step 2 of 3: Rest. Do rest.",
        "0:12  Paused.",
        "0:12  Going on.",
        "30 s more: the session now lasts 5 min 30 s.",
        "This session can last 5 min 30 s at most.",
        "4:10  All well?",
        "4:11  Paused: the computer slept for 10 min.",
        "Ended early.",
    ]


def test_the_summary_says_what_was_done_and_whether_it_is_kept() -> None:
    """Saved; not saved, with the reason; nothing to save."""
    plan = make_plan()
    trouble = MatSessionError("The disk is full.", "Free some space.")
    assert (
        summary(plan, ended(Outcome.STOPPED), None)
        == "Short rest: 2 min 5 s of 10 min, 95 s on the mat. Saved."
    )
    assert summary(plan, ended(Outcome.FINISHED, 600.0), trouble) == (
        "Short rest: 10 min of 10 min, 95 s on the mat. Not saved: The disk is full. Free some space."
    )
    assert summary(plan, ended(Outcome.CANCELLED, 0.0), trouble) == (
        "Short rest: ended while settling in. There is nothing to save."
    )


def test_an_open_ended_session_falls_short_of_nothing() -> None:
    """Its title says how it ends, the way back how long it takes, and the summary names no plan."""
    steps = (
        make_step("lower", 10),
        make_step("rest", 80, 30, mode=StepMode.ELASTIC),
        make_step("rise", 10, kind=StepKind.RETURN, on_mat=False),
    )
    plan = compile_plan(make_preset(steps=steps), 100, GUIDANCE, PlanOptions(open_ended=True))
    clock, told = FakeClock(), list[str]()
    session, events = Session.begin(plan, 0, clock.now())

    def tell() -> None:
        for event in events:
            told.extend(lines_for(event, session.plan))

    tell()
    session, events = session.advance(clock.advance(60))
    tell()
    session, events = session.stop(clock.now())
    tell()
    session, events = session.advance(clock.advance(3))
    tell()
    session, events = session.stop(clock.now())
    tell()
    assert told == [
        "Short rest, open end",
        "It ends when you say so, and by itself after 5 min.",
        "The session starts.",
        "0:00  Step 1 of 3: Lower. Do lower.",
        "0:10  Step 2 of 3: Rest. Do rest.",
        "The way back begins: the session now lasts 71 s.",
        "1:01  Step 3 of 3: Rise. Do rise.",
        "The session is over.",
    ]
    end = events[-1]
    assert isinstance(end, SessionEnded)
    assert summary(session.plan, end, None) == "Short rest: 63 s, 61 s on the mat. Saved."


def test_what_comes_after_an_end_is_told() -> None:
    """Somebody goes on after all, or does not wake up."""
    plan, now = make_plan(), FakeClock().now()
    reopened = SessionReopened(at=now, elapsed_s=300.0, plan=plan)
    assert lines_for(reopened, plan) == ["5:00  It was not the end: going on."]
    again = WakeAgain(at=now, number=2, of=3)
    assert wake_again(again) == "Still there? The wake chime again, 2 of 3. Any key ends it."


def test_a_session_that_was_cut_short_is_recognised() -> None:
    """By name, day and how far it came."""
    row = SessionRecord(
        id="a",
        preset_id="neck",
        preset_name="Neck",
        area="neck",
        started_at=FIRST_WALL + timedelta(hours=1),
        planned_s=600,
        done_s=250,
    )
    assert left_open(row) == "A session was cut short: Neck on 2026-03-19 22:04, 4 min 10 s of 10 min done."
