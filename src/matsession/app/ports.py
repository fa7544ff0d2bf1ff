"""What the app layer asks of the outside world. The desktop layer implements these; tests fake them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from matsession.domain.guidance import ChimeName
from matsession.domain.moment import Moment
from matsession.domain.record import SessionRecord


class Clock(Protocol):
    """Reads the computer's clocks."""

    def now(self) -> Moment:
        """One reading of all of them."""
        ...


class SoundProblem(StrEnum):
    """Why nothing can be heard."""

    NO_OUTPUT = "no_output"
    """The computer has no sound output."""
    PLAYER_FAILED = "player_failed"
    """There is an output, and no player could use it."""
    MUTED = "muted"
    """Our own volume is 0."""
    NO_PLAYER = "no_player"
    """No sound player is installed."""


@dataclass(frozen=True, slots=True)
class SoundOutput:
    """Where sound can go: loudspeakers, a screen, a headset."""

    id: str
    name: str
    """What the system calls it; shown to people."""


@dataclass(frozen=True, slots=True)
class CueReport:
    """The proof of one ring: whether the chime of a cue sounded, and when.

    A second report for the same ``at_s`` and ``chime`` takes the place of the first: a chime that was missed
    has been made up for, or one that had begun was cut off.
    """

    at_s: float
    """The session time for which it was planned."""
    chime: ChimeName
    late_s: float | None
    """When it began to sound, counted from when it should have; below zero: early. None: it did not."""
    how: str
    """What played it and where: "Qt Multimedia, Built-in Audio"; empty where nothing did."""
    why_not: str
    """Why it did not sound: a ``SoundProblem``, or "overtaken" by a later one; empty where it did."""


class ChimePlayer(Protocol):
    """Plays the six chimes; never raises, and never blocks longer than a frame."""

    def prepare(self) -> None:
        """Open the output and load every sound, before Start, so that the first chime is not late."""
        ...

    def play(self, chime: ChimeName) -> bool:
        """Sound it now; False when nothing could take it."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the master volume as heard, 0.0 to 1.0."""
        ...

    def problem(self) -> SoundProblem | None:
        """Why nothing can be heard, or None."""
        ...

    def on_problem_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever ``problem()`` changes. A bound method is held weakly by Qt."""
        ...

    def close(self) -> None:
        """Let go of the output."""
        ...


class HistoryStore(Protocol):
    """Where sessions are kept. Raises StorageError of ``matsession.storage.database``."""

    def save(self, record: SessionRecord) -> None:
        """Write the row with this id, new or changed."""
        ...

    def mark(self, record_id: str, done_s: float, on_mat_s: float, planned_s: float) -> None:
        """Note how far an open row has come."""
        ...

    def get(self, record_id: str) -> SessionRecord | None:
        """The row with this id, or None."""
        ...

    def records(
        self,
        *,
        from_day: date | None = None,
        to_day: date | None = None,
        area: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Sequence[SessionRecord]:
        """Rows newest first, both days included; the day is the local one where the session was."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def delete(self, record_id: str) -> None:
        """Mark the row as deleted; it stays in the file until it is purged."""
        ...

    def left_open(self) -> Sequence[SessionRecord]:
        """Rows begun and never completed, oldest first."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SessionLock(Protocol):
    """Lets one session run at a time, across all programs that share the same folders."""

    def acquire(self) -> bool:
        """Take it; False when another program has it."""
        ...

    def release(self) -> None:
        """Let it go."""
        ...
