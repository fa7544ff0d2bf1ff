"""A session as an immutable state machine: moments and commands in, events out.

==============  =======================================================================
phase           what leads out of it
==============  =======================================================================
PREPARATION     time or skip_preparation -> RUNNING; pause or sleep -> PAUSED; stop -> STOPPED
RUNNING         time -> FINISHED; pause or sleep -> PAUSED; stop -> STOPPED
PAUSED          resume -> PREPARATION or RUNNING, whichever was left; stop -> STOPPED
FINISHED        go_on, for a few seconds -> RUNNING
STOPPED         go_on, for a few seconds -> RUNNING, unless it was cancelled in the preparation
==============  =======================================================================

An open-ended session (``plan.waits_for_person``) answers the first stop with the way back, the second with
the end. After a session that finished by itself the wake chime returns a few times (``wake_again_s``) until
somebody acknowledges.

Nothing is counted down. A stage (preparation or session) has an origin on the clock that counts through
sleep; how far it has come is the distance from there. A command first advances to its own moment, so the
order of ticks and commands does not matter; a command that makes no sense in a phase changes nothing.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from matsession.domain.events import (
    Acknowledged,
    CueAhead,
    CueMissed,
    CueReached,
    Event,
    ExtensionRefused,
    Outcome,
    PauseReason,
    PreparationExtended,
    PreparationStarted,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionReopened,
    SessionResumed,
    SessionStarted,
    SleepAnswer,
    StepStarted,
    WakeAgain,
    WayBackStarted,
)
from matsession.domain.guidance import BreathMoment
from matsession.domain.moment import Moment
from matsession.domain.plan import Cue, CueKind, Plan, PlannedStep
from matsession.domain.preset import Step

SLEEP_PAUSE_S: Final = 3.0
"""A sleep of the computer longer than this pauses the session; a shorter one is passed over."""

GO_ON_WITHIN_S: Final = 10.0
"""So long after the end the person may still say that it was not the end."""

LEAD_S: Final = 2.0
"""A cue is announced so long before it is due. Sleeping outputs have been heard to swallow up to a second."""

WAKE_AGAIN_S: Final = (120.0, 240.0, 480.0)
"""When the wake chime returns after an end that nobody has acknowledged."""

WAKE_OVERDUE_S: Final = 60.0
"""A wake chime that the computer slept through by more than that would come out of nowhere."""

_BEFORE_ALL_CUES: Final = -1.0


class Phase(StrEnum):
    """Where a session stands."""

    PREPARATION = "preparation"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything that can be shown of a session at one moment."""

    at: Moment
    plan: Plan
    phase: Phase
    in_preparation: bool
    """Also while paused in the preparation."""
    preparation_s: float
    preparation_left_s: float
    elapsed_s: float
    left_s: float
    step_index: int
    step_elapsed_s: float
    step_left_s: float
    line: str
    """The text to read now: the step's, or the latest check-in line."""
    breath: BreathMoment | None
    """Where the breathing pacer is; None without a pattern, while paused and before the start."""
    pause_reason: PauseReason | None
    slept_s: float
    go_on_left_s: float
    """How long the person may still say that it was not the end; 0 otherwise."""

    @property
    def step(self) -> PlannedStep:
        """The step that runs."""
        return self.plan.steps[self.step_index]

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self.phase in (Phase.FINISHED, Phase.STOPPED)


@dataclass(frozen=True, slots=True)
class Session:
    """One session. Made by ``begin``; every command returns the session that follows, and the events."""

    plan: Plan
    phase: Phase
    preparation_s: float
    last: Moment
    """The last moment this session was seen at, computer awake."""
    origin_boot_s: float
    """``boot_s`` at which the present stage began, moved on by every pause."""
    cued_until_s: float = _BEFORE_ALL_CUES
    """Cues up to this session time have been dealt with."""
    paused_in: Phase | None = None
    """The stage that a pause interrupted."""
    stage_s: float = 0.0
    """How far the stage had come, where time stands still (paused, finished, stopped)."""
    pause_reason: PauseReason | None = None
    slept_s: float = 0.0
    announced_until_s: float = _BEFORE_ALL_CUES
    """Cues up to this session time have been announced."""
    wakes_s: tuple[float, ...] = ()
    """When the wake chime returns after an end that nobody acknowledges."""
    wake_again_s: tuple[float, ...] = ()
    """Those of them that are still to come; empty before the end, and once somebody is known to be there."""
    outcome: Outcome | None = None
    """How it ended; None before."""
    ended_boot_s: float = 0.0

    @staticmethod
    def begin(
        plan: Plan, preparation_s: float, now: Moment, wake_again_s: tuple[float, ...] = ()
    ) -> "Transition":
        """Start was pressed: settle in for ``preparation_s``, then the session; 0 starts it at once.

        ``wake_again_s``: when the wake chime returns after an end nobody acknowledges; () for never.
        """
        session = Session(
            plan, Phase.PREPARATION, max(0.0, preparation_s), now, now.boot_s, wakes_s=wake_again_s
        )
        started = PreparationStarted(at=now, plan=plan, preparation_s=session.preparation_s)
        session, events = session.advance(now)
        return session, (started, *events)

    def advance(self, now: Moment) -> "Transition":
        """Let time pass. The only way by which steps begin, cues fall due and sessions end by themselves."""
        if self.phase is Phase.FINISHED:
            slept = now.slept_s_since(self.last) > SLEEP_PAUSE_S
            return replace(self, last=now)._wake_again(now, slept=slept)
        if self.phase not in (Phase.PREPARATION, Phase.RUNNING):
            return replace(self, last=now), ()
        slept_s = now.slept_s_since(self.last)
        if slept_s > SLEEP_PAUSE_S:
            return self._pause(self.last, now, PauseReason.SLEEP, slept_s)
        session = replace(self, last=now)
        events: tuple[Event, ...] = ()
        if session.phase is Phase.PREPARATION:
            if session._preparation_left_s(now) > 0:
                return session._announce(now)
            session, events = session._start(session.origin_boot_s + session.preparation_s, now)
        session, due = session._give_cues(now)
        session, ahead = session._announce(now)
        return session, events + due + ahead

    def skip_preparation(self, now: Moment) -> "Transition":
        """Begin the session's own time now."""
        session, events = self.advance(now)
        if session.phase is not Phase.PREPARATION:
            return session, events
        session, started = session._start(now.boot_s, now)
        session, due = session._give_cues(now)
        session, ahead = session._announce(now)
        return session, events + started + due + ahead

    def pause(self, now: Moment) -> "Transition":
        """Stand still from now on."""
        session, events = self.advance(now)
        if session.phase not in (Phase.PREPARATION, Phase.RUNNING):
            return session, events
        session, paused = session._pause(now, now, PauseReason.PERSON, 0.0)
        return session, events + paused

    def resume(self, now: Moment, sleep: SleepAnswer = SleepAnswer.LEAVE_OUT) -> "Transition":
        """Go on from where the pause began; after a sleep of the computer, as the person says."""
        if self.phase is not Phase.PAUSED or self.paused_in is None:
            return self.advance(now)
        counted_s = self.slept_s if sleep is SleepAnswer.COUNT else 0.0
        session = replace(
            self,
            phase=self.paused_in,
            paused_in=None,
            pause_reason=None,
            slept_s=0.0,
            origin_boot_s=now.boot_s - self.stage_s - counted_s,
            announced_until_s=self.cued_until_s,
            last=now,
        )
        resumed = SessionResumed(at=now, elapsed_s=session.elapsed_s(now))
        session, due = session.advance(now)
        return session, (resumed, *due)

    def extend(self, now: Moment, by_s: int) -> "Transition":
        """Make the session longer by ``by_s``; in the preparation, the time to settle in."""
        session, events = self.advance(now)
        if session.phase in (Phase.FINISHED, Phase.STOPPED) or by_s <= 0:
            return session, events
        if session._stage is Phase.PREPARATION:
            longer = replace(
                session, preparation_s=session.preparation_s + by_s, announced_until_s=_BEFORE_ALL_CUES
            )
            longer, ahead = longer._announce(now)
            return longer, (*events, PreparationExtended(at=now, by_s=by_s), *ahead)
        plan = session.plan.extended(session.elapsed_s(now), by_s)
        gained_s = plan.total_s - session.plan.total_s
        if gained_s == 0:
            limit_s = plan.preset.max_total_s
            return session, (*events, ExtensionRefused(at=now, max_total_s=limit_s))
        # A check-in line may have come to lie in what is already past; it stays unsaid.
        longer = session._with_plan(plan, now)
        longer, ahead = longer._announce(now)
        return longer, (*events, SessionExtended(at=now, by_s=gained_s, plan=plan), *ahead)

    def stop(self, now: Moment, *, at_once: bool = False) -> "Transition":
        """End early; what was done counts. ``at_once`` leaves out the way back of an open-ended session."""
        session, events = self.advance(now)
        if session.phase in (Phase.FINISHED, Phase.STOPPED):
            return session, events
        if session._stage is Phase.RUNNING and session.plan.waits_for_person:
            back = session.plan.with_way_back(session.elapsed_s(now))
            session = session._with_plan(back, now)
            if not at_once:
                events = (*events, WayBackStarted(at=now, plan=back))
                was_paused = session.phase is Phase.PAUSED
                session, more = session.resume(now) if was_paused else session.advance(now)
                return session, events + more
        if session._stage is Phase.PREPARATION:
            outcome = Outcome.CANCELLED
        elif session.plan.on_way_back:
            outcome = Outcome.FINISHED  # the person had chosen the end already
        else:
            outcome = Outcome.STOPPED
        session, ended = session._end(Phase.STOPPED, outcome, session.elapsed_s(now), now)
        return session, events + ended

    def go_on(self, now: Moment, rest: Step) -> "Transition":
        """It was not the end after all: go on where it stopped, or with ``rest`` after a whole session.

        Only within GO_ON_WITHIN_S of the end; later, and after a cancelled preparation, nothing happens.
        """
        session, events = self.advance(now)
        if session._go_on_left_s(now) <= 0:
            return session, events
        done_s = session.stage_s
        plan = session.plan if done_s < session.plan.total_s else session.plan.with_more_rest(rest)
        if done_s >= plan.total_s:
            return session, (*events, ExtensionRefused(at=now, max_total_s=plan.preset.max_total_s))
        session = replace(
            session,
            plan=plan,
            phase=Phase.RUNNING,
            outcome=None,
            wake_again_s=(),
            origin_boot_s=now.boot_s - done_s,
            # The new step begins at the very second at which the end was told; all before it is past.
            cued_until_s=done_s - 0.5 if plan is not self.plan else session.cued_until_s,
            announced_until_s=done_s,
        )
        reopened = SessionReopened(at=now, elapsed_s=done_s, plan=plan)
        session, due = session.advance(now)
        return session, (*events, reopened, *due)

    def acknowledge(self, now: Moment) -> "Transition":
        """Somebody is there: the wake chime need not return."""
        session, events = self.advance(now)
        if not session.over or not session.wake_again_s:
            return session, events
        return replace(session, wake_again_s=()), (*events, Acknowledged(at=now))

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return self.phase in (Phase.FINISHED, Phase.STOPPED)

    @property
    def to_wake(self) -> bool:
        """Whether the wake chime is still to return."""
        return self.over and bool(self.wake_again_s)

    def elapsed_s(self, now: Moment) -> float:
        """Session time at ``now``, at most the whole length; 0 during the preparation."""
        if self._stage is Phase.PREPARATION:
            return 0.0
        return min(self._stage_s(now), float(self.plan.total_s))

    def next_change_s(self, now: Moment) -> float | None:
        """Seconds until time alone changes something that is seen or heard; None where it stands still."""
        if self.phase is Phase.PREPARATION:
            left_s = self._preparation_left_s(now)
            announced = self.announced_until_s >= 0
            return max(0.0, left_s if announced or left_s <= LEAD_S else left_s - LEAD_S)
        if self.phase is Phase.RUNNING:
            elapsed_s = self._stage_s(now)
            cues = [cue.at_s for cue in self.plan.cues if cue.at_s > self.cued_until_s]
            ahead = [at_s - LEAD_S for at_s in cues if at_s > self.announced_until_s]
            return max(0.0, min([*cues, *ahead], default=elapsed_s) - elapsed_s)
        if not self.over:
            return None
        since_s = _between_s(self.ended_boot_s, now)
        after = [self._go_on_left_s(now), *(at_s - since_s for at_s in self.wake_again_s)]
        return min((left_s for left_s in after if left_s > 0), default=None)

    def view(self, now: Moment) -> SessionView:
        """What there is to show at ``now``."""
        elapsed_s = self.elapsed_s(now)
        index = self.plan.step_index_at(elapsed_s)
        planned = self.plan.steps[index]
        step_elapsed_s = min(elapsed_s, planned.end_s) - planned.start_s
        preparing = self._stage is Phase.PREPARATION and not self.over
        running = self.phase is Phase.RUNNING
        breathing = self.plan.guidance.breath(planned.step.breath)
        return SessionView(
            at=now,
            plan=self.plan,
            phase=self.phase,
            in_preparation=preparing,
            preparation_s=self.preparation_s,
            preparation_left_s=self._preparation_left_s(now) if preparing else 0.0,
            elapsed_s=elapsed_s,
            left_s=self.plan.total_s - elapsed_s,
            step_index=index,
            step_elapsed_s=step_elapsed_s,
            step_left_s=planned.length_s - step_elapsed_s,
            line=self._line(elapsed_s, index),
            breath=breathing.moment(step_elapsed_s) if running else None,
            pause_reason=self.pause_reason,
            slept_s=self.slept_s,
            go_on_left_s=self._go_on_left_s(now),
        )

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _stage(self) -> Phase:
        """PREPARATION or RUNNING while under way or paused, else the phase itself."""
        return self.paused_in or self.phase

    def _stage_s(self, now: Moment) -> float:
        if self.phase in (Phase.PREPARATION, Phase.RUNNING):
            return max(0.0, _between_s(self.origin_boot_s, now))
        return self.stage_s

    def _preparation_left_s(self, now: Moment) -> float:
        return max(0.0, round(self.preparation_s - self._stage_s(now), 6))

    def _start(self, origin_boot_s: float, now: Moment) -> "Transition":
        session = replace(self, phase=Phase.RUNNING, origin_boot_s=origin_boot_s)
        return session, (SessionStarted(at=now, plan=self.plan),)

    def _pause(self, seen: Moment, now: Moment, reason: PauseReason, slept_s: float) -> "Transition":
        """Stand still at what counted when the session was ``seen``."""
        paused = replace(
            self,
            phase=Phase.PAUSED,
            paused_in=self.phase,
            pause_reason=reason,
            stage_s=self._stage_s(seen),
            slept_s=slept_s,
            announced_until_s=self.cued_until_s,
            last=now,
        )
        event = SessionPaused(at=now, reason=reason, elapsed_s=self.elapsed_s(seen), slept_s=slept_s)
        return paused, (event,)

    def _end(self, phase: Phase, outcome: Outcome, done_s: float, now: Moment) -> "Transition":
        by_itself = phase is Phase.FINISHED
        ended = replace(
            self,
            phase=phase,
            paused_in=None,
            pause_reason=None,
            stage_s=done_s,
            outcome=outcome,
            ended_boot_s=self.origin_boot_s + done_s if by_itself else now.boot_s,
            # Whoever ends a session is awake.
            wake_again_s=self.wakes_s if by_itself else (),
        )
        event = SessionEnded(
            at=now,
            outcome=outcome,
            planned_s=self.plan.total_s,
            done_s=done_s,
            on_mat_s=self.plan.on_mat_s(done_s),
        )
        return ended, (event,)

    def _give_cues(self, now: Moment) -> "Transition":
        """Deal with every cue that has fallen due: one is given, those it overtook are told as missed."""
        elapsed_s = self._stage_s(now)
        due = [cue for cue in self.plan.cues if self.cued_until_s < cue.at_s <= elapsed_s]
        if not due:
            return self, ()
        given = next((cue for cue in reversed(due) if cue.chime), due[-1])
        events: list[Event] = []
        for cue in due:
            if cue.kind is CueKind.STEP:
                events.append(StepStarted(at=now, step_index=cue.step_index))
            kind = CueReached if cue is given else CueMissed
            events.append(kind(at=now, cue=cue, late_s=elapsed_s - cue.at_s))
        session = replace(self, cued_until_s=elapsed_s)
        if due[-1].kind is CueKind.END:
            session, ended = session._end(Phase.FINISHED, Outcome.FINISHED, float(self.plan.total_s), now)
            return session, (*events, *ended)
        return session, tuple(events)

    def _announce(self, now: Moment) -> "Transition":
        """Tell of the cue that comes within LEAD_S."""
        if self.phase is Phase.PREPARATION:
            first, in_s = self.plan.cues[0], self._preparation_left_s(now)
            if in_s > LEAD_S or self.announced_until_s >= first.at_s:
                return self, ()
            announced = replace(self, announced_until_s=float(first.at_s))
            return announced, (CueAhead(at=now, cue=first, in_s=in_s),)
        if self.phase is not Phase.RUNNING:
            return self, ()
        elapsed_s = self._stage_s(now)
        done_s = max(self.announced_until_s, self.cued_until_s)
        near = [cue for cue in self.plan.cues if done_s < cue.at_s <= elapsed_s + LEAD_S]
        if not near:
            return self, ()
        told = tuple(CueAhead(at=now, cue=cue, in_s=cue.at_s - elapsed_s) for cue in near)
        return replace(self, announced_until_s=float(near[-1].at_s)), told

    def _with_plan(self, plan: Plan, now: Moment) -> "Session":
        """This session with other times ahead of it; what would have come to lie in the past stays unsaid."""
        past_s = max(self.cued_until_s, self.elapsed_s(now))
        return replace(self, plan=plan, cued_until_s=past_s, announced_until_s=past_s)

    def _wake_again(self, now: Moment, *, slept: bool) -> "Transition":
        """The wake chime, once for all the times that have passed.

        None where the computer slept through its time: whoever woke the computer is awake.
        """
        since_s = _between_s(self.ended_boot_s, now)
        passed = [at_s for at_s in self.wake_again_s if at_s <= since_s]
        left = tuple(at_s for at_s in self.wake_again_s if at_s > since_s)
        if not passed:
            return self, ()
        if slept and since_s - passed[-1] > WAKE_OVERDUE_S:
            return replace(self, wake_again_s=()), (Acknowledged(at=now),)
        number = len(WAKE_AGAIN_S) - len(left)
        event = WakeAgain(at=now, number=number, of=len(WAKE_AGAIN_S))
        return replace(self, wake_again_s=left), (event,)

    def _go_on_left_s(self, now: Moment) -> float:
        if not self.over or self.outcome is Outcome.CANCELLED:
            return 0.0
        return max(0.0, GO_ON_WITHIN_S - _between_s(self.ended_boot_s, now))

    def _line(self, elapsed_s: float, step_index: int) -> str:
        past: list[Cue] = [
            cue
            for cue in self.plan.cues
            if cue.show and cue.step_index == step_index and cue.at_s <= elapsed_s
        ]
        return past[-1].show if past else self.plan.steps[step_index].step.show


def _between_s(boot_s: float, now: Moment) -> float:
    """Seconds from then to now, to the microsecond.

    Finer is only the rounding of large clock readings; whoever waited for it would wait for ever.
    """
    return round(now.boot_s - boot_s, 6)


Transition = tuple[Session, tuple[Event, ...]]
"""The session that follows, and what happened on the way."""
