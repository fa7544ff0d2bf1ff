"""When the clock on the wall shows a time: the instants of a zone's days, through daylight saving.

A time that does not exist, because the clock jumps over it, is where the clock lands. One that comes twice is
the first of the two. A day that a zone left out altogether (Apia, 30 December 2011) has no times at all.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

DAY_MIN: Final = 24 * 60
"""Minutes of a day as the wall shows them, whatever its real length."""

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def instant(day: date, minute: int, zone: tzinfo) -> datetime | None:
    """The first moment (UTC) at which it is ``minute`` after midnight of ``day``, or later, in ``zone``.

    None where the zone has no such day.
    """
    wall = _wall(day, minute)
    at = _utc(wall, zone, fold=0)
    if _shown(at, zone) == wall:
        return at
    # Skipped: the jump lies after what the later offset says and no later than what the earlier one says.
    before, after = _utc(wall, zone, fold=1) - _SECOND, at
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _shown(middle, zone) >= wall:
            after = middle
        else:
            before = middle
    begin = _wall(day, 0)
    if _shown(before, zone) < begin and _shown(after, zone) >= begin + _DAY:
        return None
    return after


def shown_minute(at: datetime) -> int:
    """The minute after midnight that the wall shows at an aware moment of its own zone."""
    return 60 * at.hour + at.minute


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))


def _utc(wall: datetime, zone: tzinfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _shown(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
