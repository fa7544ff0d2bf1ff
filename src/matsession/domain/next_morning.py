"""When the scale of the next morning is asked: once, the day after, about the last session of the evening.

The day of a session is the one everything else goes by (``days``), but for this question it turns at three
at the earliest: somebody whose days turn at midnight and who lies down at one has that night before them too.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from matsession.domain.days import day_of
from matsession.domain.record import RowState, SessionRecord

MORNING_FROM_MIN: Final = 3 * 60
"""Minutes after midnight; before that it is night, however the person's days turn."""

NIGHT_AT_LEAST: Final = timedelta(hours=3)
"""Sooner after a session nobody has slept a night, though a day may have turned."""


def day_for(when: datetime, turn_min: int) -> date:
    """The day that this moment belongs to, as far as this question goes; ``turn_min`` as in ``days``."""
    return day_of(when, max(turn_min, MORNING_FROM_MIN))


def of_last_night(records: Iterable[SessionRecord], now: datetime, turn_min: int) -> SessionRecord | None:
    """The last session of the day before that asks something the next morning; None where there is none.

    ``now`` is an aware time of the place where it is. The answer may be there already.
    """
    yesterday = day_for(now, turn_min) - timedelta(days=1)
    found = (
        record
        for record in records
        if record.morning_scale
        and record.deleted_at is None
        and record.state is not RowState.OPEN
        and day_for(record.started_at, turn_min) == yesterday
        and now - ended_at(record) >= NIGHT_AT_LEAST
    )
    return max(found, key=lambda record: record.started_at, default=None)


def asked_about(
    records: Iterable[SessionRecord], now: datetime, turn_min: int, skipped_id: str
) -> SessionRecord | None:
    """The session whose question is to be asked now: not answered, and not the one that was passed over."""
    record = of_last_night(records, now, turn_min)
    if record is None or record.morning_rating is not None or record.id == skipped_id:
        return None
    return record


def ended_at(record: SessionRecord) -> datetime:
    """When it was over, as far as that is known."""
    return record.ended_at or record.started_at + timedelta(seconds=min(record.done_s, 1e9))
