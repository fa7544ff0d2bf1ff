"""What another program of the same person may ask of the running one, and what it is answered."""

from enum import StrEnum
from typing import Final, NamedTuple

PREPARATION_MAX_S: Final = 300
"""People asked other timers for up to five minutes to settle in."""


class StartWish(NamedTuple):
    """A session somebody wants started; None where it is to be as it was last time."""

    preset_id: str | None = None
    total_s: int | None = None
    preparation_s: int | None = None
    rating_before: int | None = None
    open_ended: bool = False
    anyway: bool = False
    """Even a preset that is hidden because of what the person said, or because of their mat."""


class Verb(StrEnum):
    """What is to be done."""

    SHOW = "show"
    """Bring the window forward."""
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    EXTEND = "extend"
    STATUS = "status"


EXTEND_MAX_S: Final = 3600
"""More than an hour at once is a slip of the hand."""


class Order(NamedTuple):
    """One wish."""

    verb: Verb
    start: StartWish = StartWish()
    """With START."""
    by_s: int = 60
    """With EXTEND: 1 to EXTEND_MAX_S."""
    activation: str = ""
    """The window system's permission to come forward, from whoever was clicked; may be empty."""


class SessionStatus(NamedTuple):
    """What there is to tell of the session, in plain values."""

    state: str = "idle"
    """"idle", "preparation", "running" or "paused"."""
    preset_id: str = ""
    preset_name: str = ""
    area: str = ""
    elapsed_s: float = 0.0
    left_s: float | None = None
    """None where the end is open, and without a session."""
    total_s: float | None = None
    preparation_left_s: float = 0.0
    step_name: str = ""
    step_number: int = 0
    """From 1."""
    steps: int = 0
    pause_reason: str = ""
    """"person" or "sleep" while it is paused."""


class Answer(NamedTuple):
    """What became of an order."""

    done: bool
    sentence: str
    """What happened or why it did not, for a person to read."""
    status: SessionStatus = SessionStatus()
