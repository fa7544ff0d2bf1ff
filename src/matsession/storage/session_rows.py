"""Between lines of the history and rows of its table."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final

from matsession.domain.record import RowState, SessionRecord

COLUMNS: Final = (
    "id, preset_id, preset_name, area, started_ms, ended_ms, utc_offset_s, planned_s, done_s, on_mat_s,"
    " state, rating_scale, rating_before, rating_after, note, device_id, updated_ms, deleted_ms,"
    " mat_name, strongest, morning_scale, morning_rating"
)
MARKS: Final = ", ".join("?" * (COLUMNS.count(",") + 1))
"""A place for the value of each column."""
SELECT: Final = f"SELECT {COLUMNS} FROM session"  # noqa: S608 - made of our own words alone

DAY_MS: Final = 24 * 3600 * 1000
FURTHEST_OFFSET_MS: Final = DAY_MS
"""Python's offsets from UTC are less than a day."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


def record_of(row: tuple[Any, ...]) -> SessionRecord:
    """The line in a row of ``SELECT``."""
    offset = timezone(timedelta(seconds=row[6]))
    return SessionRecord(
        id=row[0],
        preset_id=row[1],
        preset_name=row[2],
        area=row[3],
        started_at=time_of(row[4], offset),
        ended_at=None if row[5] is None else time_of(row[5], offset),
        planned_s=row[7],
        done_s=row[8],
        on_mat_s=row[9],
        state=RowState(row[10]),
        rating_scale=row[11],
        rating_before=row[12],
        rating_after=row[13],
        note=row[14],
        device_id=row[15],
        updated_at=time_of(row[16], UTC),
        deleted_at=None if row[17] is None else time_of(row[17], UTC),
        mat_name=row[18],
        strongest=row[19],
        morning_scale=row[20],
        morning_rating=row[21],
    )


def row_of(record: SessionRecord, device_id: str, updated_at: datetime) -> tuple[object, ...]:
    """The row for a line, in the order of ``COLUMNS``; ``device_id`` where the line has none."""
    return (
        record.id,
        record.preset_id,
        writable(record.preset_name),
        record.area,
        ms_of(record.started_at),
        None if record.ended_at is None else ms_of(record.ended_at),
        round(record.utc_offset.total_seconds()),
        record.planned_s,
        record.done_s,
        record.on_mat_s,
        str(record.state),
        record.rating_scale,
        record.rating_before,
        record.rating_after,
        writable(record.note),
        record.device_id or device_id,
        ms_of(updated_at),
        None if record.deleted_at is None else ms_of(record.deleted_at),
        writable(record.mat_name),
        record.strongest,
        record.morning_scale,
        record.morning_rating,
    )


def ms_of(moment: datetime) -> int:
    """Milliseconds since 1970; whole ones, because a float would be off by one here and there."""
    return (moment - _EPOCH) // _MS


def time_of(ms: int, zone: timezone) -> datetime:
    """The moment, as it was called in this zone."""
    return (_EPOCH + ms * _MS).astimezone(zone)


def in_days(
    from_day: date | None, to_day: date | None, turn_min: int = 0
) -> tuple[list[str], list[str | int]]:
    """Conditions and their values for rows that are there, from one local day to another."""
    conditions, values = ["deleted_ms IS NULL"], list[str | int]()
    # The first of each pair lets SQLite use the index, the second is exact.
    if from_day is not None:
        start_ms = day_ms(from_day) + turn_min * 60_000
        conditions += ["started_ms >= ?", "started_ms + utc_offset_s * 1000 >= ?"]
        values += [start_ms - FURTHEST_OFFSET_MS, start_ms]
    if to_day is not None:
        end_ms = day_ms(to_day) + DAY_MS + turn_min * 60_000
        conditions += ["started_ms < ?", "started_ms + utc_offset_s * 1000 < ?"]
        values += [end_ms + FURTHEST_OFFSET_MS, end_ms]
    return conditions, values


def day_ms(day: date) -> int:
    """The midnight with which it begins, in Greenwich."""
    return ms_of(datetime.combine(day, time(), UTC))


def writable(text: str) -> str:
    """Half a surrogate pair, which a text field may hand over, cannot be stored: a question mark instead."""
    return text.encode("utf-8", "replace").decode("utf-8")
