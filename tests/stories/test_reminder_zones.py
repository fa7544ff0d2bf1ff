"""Reminders in every zone of the world for ten years, and in the wildest ones against a clock on the wall.

Minutes of reckoning, so it is told with the stories.
"""

import random
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pytest

from matsession.domain.reminder import Reminder
from matsession.domain.wall_time import instant
from matsession.domain.week import Weekday
from tests.domain.naive_reminders import WILD, Life, check_each_once, live_wildly, utc

pytestmark = pytest.mark.desktop

FIRST, LAST = utc(2026, 1, 1), utc(2036, 1, 1)
EVERY_DAY = frozenset(Weekday)


def zones_that_differ() -> list[ZoneInfo]:
    """All zones; of those that show the same time all through the ten years one stands for the others."""
    found: dict[tuple[timedelta | None, ...], ZoneInfo] = {}
    hours = [FIRST + timedelta(hours=hour) for hour in range(-24, 24 * 3660, 3)]
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        found.setdefault(tuple(hour.astimezone(zone).utcoffset() for hour in hours), zone)
    return list(found.values())


def test_ten_years_in_every_zone() -> None:
    """An evening and a night hour every day: each day once, at its moment, in order, none missed."""
    zones = zones_that_differ()
    assert len(zones) > 60
    for zone in zones:
        reminders = [
            Reminder(id="evening", time_min=1260, weekdays=EVERY_DAY),
            Reminder(id="night", time_min=random.Random(str(zone)).randrange(0, 240), weekdays=EVERY_DAY),
        ]
        life = Life(reminders, zone, FIRST - timedelta(days=1))
        life.live_until(LAST)
        assert life.missed == [], zone
        due = dict(life.due)
        assert len(due) == len(life.due), zone
        expected = {}
        for number in range((LAST - FIRST).days + 3):
            day = date(2025, 12, 30) + timedelta(days=number)
            for each in reminders:
                at = instant(day, each.time_min, zone)
                if at is not None and FIRST - timedelta(days=1) < at <= LAST:
                    expected[each.id, day] = at
        assert due == expected, zone


def two_years(zone: tzinfo) -> tuple[datetime, datetime]:
    """Apia's are those in which it left out a day."""
    year = 2011 if str(zone) == "Pacific/Apia" else 2025
    return utc(year, 1, 1), utc(year + 2, 1, 1)


@pytest.mark.parametrize("name", WILD)
def test_two_years_against_the_wall(name: str) -> None:
    """Minute by minute; first undisturbed, then with naps, restarts and clocks that are set."""
    zone = ZoneInfo(name)
    reminders = [
        Reminder(id="a", time_min=15, weekdays=EVERY_DAY),
        Reminder(id="b", time_min=135, weekdays=EVERY_DAY),
        Reminder(id="c", time_min=1425, weekdays=frozenset({Weekday.SATURDAY, Weekday.THURSDAY})),
        Reminder(id="d", time_min=0, weekdays=frozenset({Weekday.SUNDAY, Weekday.FRIDAY})),
    ]
    begin, end = two_years(zone)
    assert check_each_once(zone, reminders, begin, end) > 1500
    live_wildly(zone, reminders, begin, end, random.Random(name))
