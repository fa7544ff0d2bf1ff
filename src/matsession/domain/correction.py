"""Correcting a line of history, and adding one by hand: what a person may say happened.

Stricter than ``SessionRecord``, which has to hold whatever a file held.
"""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from matsession.domain.guidance import RATING_MAX, RATING_MIN
from matsession.domain.record import RATINGS, RowState, SessionRecord

LONGEST_DAY_S: Final = 24 * 3600
"""Nobody lies on a mat for longer than a day."""
LONGEST_NOTE: Final = 100_000
LONGEST_NAME: Final = 1000
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)

CORRECTABLE: Final = (
    "started_at",
    "ended_at",
    "preset_id",
    "preset_name",
    "area",
    "planned_s",
    "done_s",
    "on_mat_s",
    "state",
    "rating_scale",
    "rating_before",
    "rating_after",
    "note",
    "mat_name",
    "strongest",
    "morning_scale",
    "morning_rating",
)
"""What of a line can be corrected; ids and the times of changes cannot."""


class FieldError(ValueError):
    """A value that a field of a line cannot have: which field, and what is allowed."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


def corrected(record: SessionRecord, now: datetime, **values: Any) -> SessionRecord:
    """The line with other values. Raises FieldError for what cannot have happened.

    What is not named follows: the end moves along with the start and the length, the time on the mat keeps
    its distance to the length. ``now`` is an aware time; nothing may begin after it.
    """
    unknown = sorted(set(values) - set(CORRECTABLE))
    if unknown:
        raise FieldError(unknown[0], "cannot be corrected")
    started_at = values.get("started_at", record.started_at)
    if started_at.utcoffset() is None:
        raise FieldError("started_at", "needs an offset from UTC")
    if not EARLIEST <= started_at <= now:
        raise FieldError("started_at", "lies between 1970 and now")
    done_s = _length("done_s", values.get("done_s", record.done_s))
    off_mat_s = record.done_s - record.on_mat_s
    values.setdefault("on_mat_s", min(max(done_s - off_mat_s, 0.0), done_s))
    if record.ended_at is not None or values.get("state", record.state) is not RowState.OPEN:
        values.setdefault("ended_at", _ended_at(record, started_at, done_s))
    for name in ("planned_s", "on_mat_s"):
        _length(name, values.get(name, getattr(record, name)))
    if values["on_mat_s"] > done_s:
        raise FieldError("on_mat_s", "is no longer than the session")
    for name in RATINGS:
        _rating(name, values.get(name, getattr(record, name)))
    ended_at = values.get("ended_at", record.ended_at)
    if ended_at is not None and (ended_at.utcoffset() is None or ended_at < started_at):
        raise FieldError("ended_at", "comes after the start, with an offset from UTC")
    if len(values.get("note", "")) > LONGEST_NOTE:
        raise FieldError("note", f"has at most {LONGEST_NOTE} letters")
    if len(values.get("mat_name", "")) > LONGEST_NAME:
        raise FieldError("mat_name", f"has at most {LONGEST_NAME} letters")
    for name in ("preset_name", "area"):
        if not str(values.get(name, getattr(record, name))).strip():
            raise FieldError(name, "is not empty")
    if values.get("state") is RowState.OPEN and record.state is not RowState.OPEN:
        raise FieldError("state", "is not open again once the session is over")
    if ended_at is not None:
        # One offset stands for the whole line.
        values["ended_at"] = ended_at.astimezone(started_at.tzinfo)
    return replace(record, **values)


def past_session(record_id: str, now: datetime, **values: Any) -> SessionRecord:
    """A session that was not timed by this program, over and done. Raises FieldError as ``corrected``.

    Needs ``started_at``, ``done_s``, ``area``, ``preset_id`` and ``preset_name``; the rest is as for a
    finished session without ratings, all of it on the mat.
    """
    for name in ("started_at", "done_s", "area", "preset_id", "preset_name"):
        if values.get(name) is None:
            raise FieldError(name, "is needed")
    if _length("done_s", values["done_s"]) == 0:
        raise FieldError("done_s", "is longer than 0 s")
    if values["started_at"].utcoffset() is None:
        raise FieldError("started_at", "needs an offset from UTC")
    values.setdefault("state", RowState.FINISHED)
    values.setdefault("planned_s", values["done_s"])
    empty = SessionRecord(
        id=record_id, preset_id="", preset_name="", area="", started_at=values["started_at"], planned_s=0.0
    )
    return corrected(empty, now, **values)


def _ended_at(record: SessionRecord, started_at: datetime, done_s: float) -> datetime:
    """The end that follows from another start or length; pauses stay as long as they were."""
    paused_s = 0.0
    if record.ended_at is not None:
        paused_s = max((record.ended_at - record.started_at).total_seconds() - record.done_s, 0.0)
    return started_at + timedelta(seconds=done_s + paused_s)


def _length(name: str, value: float) -> float:
    if not (math.isfinite(value) and 0 <= value <= LONGEST_DAY_S):
        raise FieldError(name, f"is from 0 to {LONGEST_DAY_S} s")
    return value


def _rating(name: str, value: object) -> None:
    if value is not None and not (
        isinstance(value, int) and not isinstance(value, bool) and RATING_MIN <= value <= RATING_MAX
    ):
        raise FieldError(name, f"is a whole number from {RATING_MIN} to {RATING_MAX}, or empty")
