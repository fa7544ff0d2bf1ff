"""The day of a session, and the weeks, months and years that days make.

A day turns at an hour of its own, 04:00 unless set otherwise, and not at midnight: who lies down at one in
the night still ends the evening. The clock that counts is the one on the wall where the session was. Nothing
here needs to know of time zones or daylight saving: a session carries its own offset from UTC.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

_DAY: Final = timedelta(days=1)


class Span(StrEnum):
    """A stretch of the calendar over which sessions are summed up."""

    DAY = "day"
    WEEK = "week"
    """From Monday on."""
    MONTH = "month"
    YEAR = "year"


def day_of(when: datetime, turn_min: int) -> date:
    """The day that a moment belongs to where it is ``when``; ``turn_min`` in minutes after midnight."""
    before_turn = 60 * when.hour + when.minute < turn_min
    # The calendar begins with its first morning.
    return when.date() - _DAY if before_turn and when.date() > date.min else when.date()


def start_of(span: Span, day: date) -> date:
    """The first day of the span that ``day`` lies in."""
    match span:
        case Span.DAY:
            return day
        case Span.WEEK:
            return day - day.weekday() * _DAY
        case Span.MONTH:
            return day.replace(day=1)
        case Span.YEAR:
            return day.replace(month=1, day=1)


def last_starts(span: Span, day: date, count: int) -> tuple[date, ...]:
    """The first days of the ``count`` spans that end with the one ``day`` lies in, oldest first.

    Fewer where the calendar, which begins with the year 1, has no more.
    """
    starts = [start_of(span, day)]
    while len(starts) < count and starts[-1] > date.min:
        starts.append(start_of(span, starts[-1] - _DAY))
    return tuple(reversed(starts))
