"""Reminders by brute force: a calendar walked through minute by minute, and a program that lives through it.

Knows nothing of what ``reminder_times`` does: it looks at a clock on a wall, and remembers what it saw.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from matsession.domain.reminder import QuietSpan, Reminder
from matsession.domain.reminder_times import (
    LATE_S,
    ReminderState,
    Rules,
    caught_up,
    look,
    next_due,
)
from matsession.domain.week import Weekday

WILD: Final = (
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Europe/Dublin",
    "Asia/Gaza",
    "America/Scoresbysund",
    "America/Sao_Paulo",
    "Asia/Tehran",
    "Antarctica/Troll",
    "America/St_Johns",
    "Pacific/Chatham",
    "Africa/Cairo",
    "Europe/Berlin",
    "Asia/Kathmandu",
)

MINUTE: Final = timedelta(minutes=1)
Came = tuple[str, date]
"""A reminder's id and the day."""


def walked(
    reminders: Sequence[Reminder], begin: datetime, end: datetime, zone: tzinfo
) -> dict[Came, datetime]:
    """The minute at which each occurrence comes, between both (UTC), by looking at the wall each minute."""
    names = list(Weekday)
    wanted = [(each.id, each.time_min, {names.index(day) for day in each.weekdays}) for each in reminders]
    came: dict[Came, datetime] = {}
    seen: date | None = None
    done: set[str] = set()
    at = begin - timedelta(days=2)  # it is known what had come before
    while at < end:
        wall = at.astimezone(zone)
        today, minute = wall.date(), 60 * wall.hour + wall.minute
        if seen is None or today > seen:
            if seen is not None:
                # What the clock jumped over at the end of the day comes with the first minute of the next.
                for key, _, days in wanted:
                    if key not in done and seen.weekday() in days:
                        came[key, seen] = at
            seen, done = today, set()
        for key, time_min, days in wanted:
            if minute >= time_min and today == seen and key not in done:
                done.add(key)
                if today.weekday() in days:
                    came[key, today] = at
        at += MINUTE
    return {each: minute for each, minute in came.items() if minute >= begin}


@dataclass(slots=True)
class Life:
    """A program with reminders: it waits for ``next_due``, wakes late, is restarted, has its clock set."""

    reminders: Sequence[Reminder]
    zone: tzinfo
    now: datetime
    rules: Rules = field(default_factory=Rules)
    state: ReminderState = field(default_factory=ReminderState)
    due: list[tuple[Came, datetime]] = field(default_factory=list)
    missed: list[tuple[Came, datetime]] = field(default_factory=list)
    again_at: datetime | None = None

    def __post_init__(self) -> None:
        self.state = caught_up(self.reminders, self.now, self.state)

    def look(self) -> None:
        """What the program does when it wakes, for whatever reason."""
        seen = look(self.reminders, self.now, self.zone, self.state, self.rules)
        self.state, self.again_at = seen.state, seen.again_at
        self.due += [((each.reminder.id, each.day), self.now) for each in seen.due]
        self.missed += [((each.reminder.id, each.day), self.now) for each in seen.missed]

    def live_until(self, end: datetime) -> None:
        """Awake: sleep until the next one, again and again."""
        while True:
            coming = next_due(self.reminders, self.now, self.zone, self.state, self.rules)
            at = min((when for when in (coming and coming.at, self.again_at) if when), default=None)
            if at is None or at > end:
                break
            self.now = max(self.now, at)
            self.look()
        self.now = end

    def told(self) -> list[Came]:
        """All that came, on time or late."""
        return [came for came, _ in (*self.due, *self.missed)]


def check_each_once(zone: tzinfo, reminders: Sequence[Reminder], begin: datetime, end: datetime) -> int:
    """Live from ``begin`` to ``end`` and compare with the wall; how many came."""
    expected = walked(reminders, begin, end, zone)
    life = Life(reminders, zone, begin - MINUTE)
    life.live_until(end - MINUTE)
    assert life.missed == []
    assert len(life.due) == len(set(life.told()))
    assert dict(life.due) == expected
    return len(expected)


def live_wildly(
    zone: tzinfo, reminders: Sequence[Reminder], begin: datetime, end: datetime, chance: random.Random
) -> None:
    """The same with naps, restarts and a clock that is set; each one comes once all the same."""
    expected = walked(reminders, begin, end, zone)
    life = Life(reminders, zone, begin - MINUTE)
    furthest = life.now
    while life.now < end - MINUTE:
        step = timedelta(minutes=chance.choice((1, 7, 45, 300, 1500, 4000)))
        until = min(life.now + step, end - MINUTE)
        event: Callable[[], None] = chance.choice((life.look, lambda: None))
        match chance.choice(("awake", "awake", "asleep", "set", "restart")):
            case "awake":
                life.live_until(until)
            case "asleep":  # or switched off: nobody looks meanwhile
                life.now = until
                event = life.look
            case "set":
                shift = timedelta(minutes=chance.randint(-180, 180))
                earliest = max(begin, furthest - timedelta(hours=12))
                life.now = min(max(life.now + shift, earliest), end - MINUTE)
                event = life.look
            case _:
                life.state = caught_up(reminders, life.now, kept(life.state))
        event()
        furthest = max(furthest, life.now)
    life.look()
    told = life.told()
    assert len(told) == len(set(told)), "something came twice"
    assert set(told) == set(expected), "something never came, or should not have come"
    instants: Mapping[Came, datetime] = expected
    for came, at in life.due:
        assert timedelta(0) <= at - instants[came] <= timedelta(seconds=LATE_S)
    for came, at in life.missed:
        assert at - instants[came] > timedelta(seconds=LATE_S)


def live_with_nights(
    zone: tzinfo, reminders: Sequence[Reminder], begin: datetime, end: datetime, chance: random.Random
) -> None:
    """Quiet from 22:00 to 7:00: what had room at its time comes once, and nothing is told while it is so."""
    quiet = {day: QuietSpan(22 * 60, 7 * 60) for day in Weekday}
    rules = Rules(quiet, dict.fromkeys((each.id for each in reminders), 60))
    life = Life(reminders, zone, begin - MINUTE, rules)
    while life.now < end:
        until = life.now + timedelta(minutes=chance.choice((1, 7, 45, 300, 1500)))
        if chance.random() < 0.5:
            life.live_until(until)
        else:
            life.now = until
            life.look()
    while not 8 <= life.now.astimezone(zone).hour < 20:
        life.now += timedelta(hours=1)
    life.look()

    def loud(at: datetime) -> bool:
        return 7 * 60 <= 60 * at.astimezone(zone).hour + at.astimezone(zone).minute < 22 * 60

    told = life.told()
    assert len(told) == len(set(told)), "something came twice"
    came = walked(reminders, begin, life.now + MINUTE, zone)
    assert set(told) == {each for each, at in came.items() if loud(at)}
    assert all(loud(at) for _, at in (*life.due, *life.missed)), "something was told in quiet hours"


def walked_back(
    quiet: Mapping[Weekday, QuietSpan], now: datetime, wished: datetime, needs_min: int
) -> datetime | None:
    """The last minute up to ``wished`` with so many loud ones from it on, by looking at the wall; in UTC."""

    def loud(at: datetime) -> bool:
        minute, names = 60 * at.hour + at.minute, list(Weekday)
        today, yesterday = quiet.get(names[at.weekday()]), quiet.get(names[at.weekday() - 1])
        if today is not None:
            over_midnight = today.to_min < today.from_min
            if minute >= today.from_min and (over_midnight or minute < today.to_min):
                return False
        return yesterday is None or yesterday.to_min > yesterday.from_min or minute >= yesterday.to_min

    while wished > now:
        if all(loud(wished + more * MINUTE) for more in range(needs_min)):
            return wished
        wished -= MINUTE
    return None


def kept(state: ReminderState) -> ReminderState:
    """What comes back from a file: the same values in other objects."""
    return ReminderState({key: each._replace() for key, each in state.progress.items()}, state.quiet_day)


def utc(year: int, month: int, day: int) -> datetime:
    """Midnight of a day in UTC."""
    return datetime(year, month, day, tzinfo=UTC)
