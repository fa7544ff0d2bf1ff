"""What can happen to a session. Listeners match these by type."""

from dataclasses import dataclass
from enum import StrEnum

from matsession.domain.moment import Moment
from matsession.domain.plan import Cue, Plan


class Outcome(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    """Ended early by the person; what was done counts."""
    CANCELLED = "cancelled"
    """Ended while settling in: there was no session."""


class PauseReason(StrEnum):
    """Why a session stands still."""

    PERSON = "person"
    SLEEP = "sleep"
    """The computer slept."""


class SleepAnswer(StrEnum):
    """What the person says about the time the computer slept."""

    LEAVE_OUT = "leave_out"
    """Go on from where it fell asleep. So it stays when nobody answers."""
    COUNT = "count"
    """It was spent on the mat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, with the moment at which it was noticed."""

    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationStarted(Event):
    """Start was pressed; there is time to settle on the mat."""

    plan: Plan
    preparation_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationExtended(Event):
    """More time to settle in."""

    by_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """The session's own time began."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Event):
    """A step began."""

    step_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CueAhead(Event):
    """A cue comes soon: time to wake the sound output."""

    cue: Cue
    in_s: float
    """How long until it is due, should nothing intervene."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReached(Event):
    """A cue is to be given now."""

    cue: Cue
    late_s: float
    """How long after its planned time it was noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueMissed(Event):
    """A cue was overtaken by a later one before it could be given; it stays silent."""

    cue: Cue
    late_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPaused(Event):
    """The session stands still."""

    reason: PauseReason
    elapsed_s: float
    """Session time that counts so far."""
    slept_s: float = 0.0
    """How long the computer slept, where that is the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed(Event):
    """The session goes on."""

    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionExtended(Event):
    """The session became longer."""

    by_s: int
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """The preset allows no longer session."""

    max_total_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBackStarted(Event):
    """The person chose the end of an open-ended session; the steps that lead back follow."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened(Event):
    """It was over, and the person goes on after all: the same session, the same line of history."""

    elapsed_s: float
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeAgain(Event):
    """Nobody has touched anything since the end: the wake chime once more."""

    number: int
    """1 for the first."""
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Event):
    """Somebody is there: no more chimes after the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """It is over, one way or the other."""

    outcome: Outcome
    planned_s: int
    done_s: float
    on_mat_s: float
