"""One line of history."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from matsession.domain.guidance import RATING_MAX, RATING_MIN

PEAK_SCALE: Final = "discomfort_peak"
"""The scale on which the strongest moment is rated."""

RATINGS: Final = ("rating_before", "rating_after", "strongest", "morning_rating")
"""The fields that hold a rating."""


class RowState(StrEnum):
    """How a line of history stands."""

    OPEN = "open"
    """Begun, and not yet completed: under way, or left behind by a crash."""
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    """Left open by a crash; the person kept what was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """A session as the history keeps it.

    ``started_at`` and ``ended_at`` are aware and carry the local offset of the place and day of the session.
    ``done_s`` is session time without pauses, ``on_mat_s`` the part of it spent on the mat.
    ``mat_name`` is the mat as it was called then, empty where nobody told; ``strongest`` how strong the
    strongest moment was, rated afterwards on the scale PEAK_SCALE. ``morning_scale`` is what is asked the
    next morning, empty where nothing is, and ``morning_rating`` the answer.
    Raises ValueError for a rating outside 0 to 10 or a length below 0 or without end.
    """

    id: str
    preset_id: str
    preset_name: str
    area: str
    started_at: datetime
    planned_s: float
    ended_at: datetime | None = None
    done_s: float = 0.0
    on_mat_s: float = 0.0
    state: RowState = RowState.OPEN
    rating_scale: str = ""
    rating_before: int | None = None
    rating_after: int | None = None
    note: str = ""
    device_id: str = ""
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    mat_name: str = ""
    strongest: int | None = None
    morning_scale: str = ""
    morning_rating: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot have happened."""
        for name in RATINGS:
            value = getattr(self, name)
            if value is not None and not RATING_MIN <= value <= RATING_MAX:
                raise ValueError(f"{name}: {value} is not from {RATING_MIN} to {RATING_MAX}")
        for name in ("planned_s", "done_s", "on_mat_s"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name}: {getattr(self, name)} is not a length of 0 s or more")
        if self.started_at.utcoffset() is None:
            raise ValueError("started_at: has no offset from UTC")

    @property
    def utc_offset(self) -> timedelta:
        """The local offset from UTC where and when the session began."""
        return self.started_at.utcoffset() or timedelta()

    @property
    def change(self) -> int | None:
        """After minus before; None unless both were rated."""
        if self.rating_before is None or self.rating_after is None:
            return None
        return self.rating_after - self.rating_before
