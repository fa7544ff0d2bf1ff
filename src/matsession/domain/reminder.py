"""Reminders and quiet hours: what a person asks for. When they fall due is told by ``reminder_times``.

A reminder is a promise about the clock on the wall: at this time, on these days of the week, wherever the
person is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.preset import LONGEST_S
from matsession.domain.wall_time import DAY_MIN, instant
from matsession.domain.week import Weekday

EVENING_MIN: Final = 20 * 60
"""When tonight is, in minutes after midnight."""

_SOONEST: Final = timedelta(minutes=1)
"""What comes back sooner than that has not been put off."""

NAME_MAX: Final = 60
_NOT_IN_A_NAME: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""A terminal would obey control characters, and a line break makes two of a line in a list."""

ID_MAX: Final = 40


class SnoozeWish(StrEnum):
    """How long a reminder is to wait when it does not fit now."""

    TEN_MINUTES = "10m"
    THIRTY_MINUTES = "30m"
    TONIGHT = "tonight"
    """At 20:00, or in an hour where that is later."""


class ReminderError(ValueError):
    """What no reminder may be: which field, and what is allowed."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One time on some days of the week. Raises ReminderError for what makes no sense."""

    id: str
    """A short word of its own, by which the command line and the state name it."""
    time_min: int
    """In minutes after midnight."""
    weekdays: frozenset[Weekday]
    name: str = ""
    preset_id: str = ""
    """Empty: whatever is next in the programme; where none is followed, what was done last."""
    length_s: int | None = None
    """None: as long as the last time. Without a preset there is nothing it could be the length of."""
    on: bool = True
    skip_done: bool = True
    """Stay silent when the day's session has been done."""
    snooze: SnoozeWish = SnoozeWish.TEN_MINUTES
    """What its button for later means."""
    chime: bool = False
    """It sounds as well."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not self.id or len(self.id) > ID_MAX or not self.id.replace("-", "").replace("_", "").isalnum():
            raise ReminderError("id", f"must be 1 to {ID_MAX} letters, digits, - or _")
        if not 0 <= self.time_min < DAY_MIN:
            raise ReminderError("time", "must be from 00:00 to 23:59")
        if not self.weekdays:
            raise ReminderError("days", "choose at least one day")
        if len(self.name) > NAME_MAX:
            raise ReminderError("name", f"must be at most {NAME_MAX} letters long")
        if _NOT_IN_A_NAME.search(self.name):
            raise ReminderError("name", "must be one line without tabs or other control characters")
        if self.length_s is not None:
            if not self.preset_id:
                raise ReminderError("length", "needs a preset that it is the length of")
            if not 1 <= self.length_s <= LONGEST_S:
                raise ReminderError("length", f"must be from 1 to {LONGEST_S} seconds")

    @property
    def rule(self) -> str:
        """Its time and days in one word. What was noted about another rule no longer holds."""
        days = ",".join(day for day in Weekday if day in self.weekdays)
        return f"{clock_text(self.time_min)} {days}"


def name_in_one_line(text: str) -> str:
    """What was typed or pasted, as a name may be: spaces for line breaks and all else that is no sign."""
    return _NOT_IN_A_NAME.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Hours in which no reminder may come; over midnight where the end is not after the begin.

    Raises ReminderError.
    """

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        """Refuse what is no time, and what is no span."""
        for field, minute in (("from", self.from_min), ("to", self.to_min)):
            if not 0 <= minute < DAY_MIN:
                raise ReminderError(field, "must be from 00:00 to 23:59")
        if self.from_min == self.to_min:
            raise ReminderError("to", "must be another time than the begin")

    @property
    def text(self) -> str:
        """Like "22:00-07:00"."""
        return f"{clock_text(self.from_min)}-{clock_text(self.to_min)}"


QuietHours = Mapping[Weekday, QuietSpan]
"""By the day on which they begin; days that are not named have none."""


class QuietStretch(NamedTuple):
    """Quiet hours as they fall on one night."""

    span: QuietSpan
    begins: datetime
    ends: datetime


def in_quiet_hours(quiet: QuietHours, begin: datetime, needs_s: float, zone: tzinfo) -> QuietStretch | None:
    """The quiet hours that a session of ``needs_s`` from ``begin`` on would touch, or None."""
    if not quiet:
        return None
    end = begin + timedelta(seconds=max(needs_s, 1.0))
    first = begin.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date()
    names = list(Weekday)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        span = quiet.get(names[day.weekday()])
        if span is None:
            continue
        end_day = day if span.to_min > span.from_min else day + timedelta(days=1)
        quiet_from, quiet_to = instant(day, span.from_min, zone), instant(end_day, span.to_min, zone)
        # A day that was left out neither begins nor ends anything.
        if quiet_from is not None and quiet_to is not None and quiet_from < end and begin < quiet_to:
            return QuietStretch(span, quiet_from, quiet_to)
    return None


def quiet_until(quiet: QuietHours, now: datetime, needs_s: float, zone: tzinfo) -> datetime:
    """From when on there is room again for a session of ``needs_s``: ``now``, or the end of quiet hours."""
    # Each day can have its own, and the next may begin before the last are over. All of a week never end.
    for _ in Weekday:
        stretch = in_quiet_hours(quiet, now, needs_s, zone)
        if stretch is None:
            break
        now = stretch.ends
    return now


def latest_room(
    quiet: QuietHours, now: datetime, wished: datetime, needs_s: float, zone: tzinfo
) -> datetime | None:
    """From when on there is room for a session of ``needs_s``: ``wished``, or the last moment before it.

    None where that is not at least a minute after ``now``. UTC.
    """
    # On the wall an hour more or less may lie between two times of the night the clock changes.
    now, wished = now.astimezone(UTC), wished.astimezone(UTC)
    while wished >= now + _SOONEST:
        stretch = in_quiet_hours(quiet, wished, needs_s, zone)
        if stretch is None:
            return wished
        wished = stretch.begins - timedelta(seconds=max(needs_s, 1.0))
    return None


def snoozed_until(wish: SnoozeWish, now: datetime, zone: tzinfo) -> datetime:
    """When a reminder that is put off at ``now`` (aware) comes back; UTC."""
    now = now.astimezone(UTC)  # ten minutes on the wall are seventy where the clock goes back between
    match wish:
        case SnoozeWish.TEN_MINUTES:
            return now + timedelta(minutes=10)
        case SnoozeWish.THIRTY_MINUTES:
            return now + timedelta(minutes=30)
        case SnoozeWish.TONIGHT:
            in_an_hour = now + timedelta(hours=1)
            evening = instant(now.astimezone(zone).date(), EVENING_MIN, zone)
            return in_an_hour if evening is None else max(evening, in_an_hour)


def clock_text(minute: int) -> str:
    """1260 -> "21:00"; the same everywhere, for files and the command line."""
    return f"{minute // 60:02}:{minute % 60:02}"


def clock_minute(text: str) -> int | None:
    """The minute meant by "21:00"; by "9:30" and by "21". None for what is no time of day."""
    hours, colon, minutes = text.strip().partition(":")
    if not (hours.isascii() and hours.isdigit() and len(hours) <= 2):
        return None
    if colon and not (minutes.isascii() and minutes.isdigit() and len(minutes) == 2):
        return None
    minute = 60 * int(hours) + int(minutes or 0)
    return minute if int(hours) < 24 and int(minutes or 0) < 60 else None


class SessionSpan(NamedTuple):
    """When a session was; aware."""

    began: datetime
    ended: datetime


class Occurrence(NamedTuple):
    """One time at which one reminder comes."""

    reminder: Reminder
    day: date
    """The day whose reminder it is, by the calendar."""
    at: datetime
    """UTC. Of one that was put off: when it comes back."""
    snoozed: bool = False
