"""What a reminder may be, quiet hours, and times on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.reminder import (
    QuietSpan,
    Reminder,
    ReminderError,
    SnoozeWish,
    clock_minute,
    clock_text,
    in_quiet_hours,
    latest_room,
    snoozed_until,
)
from matsession.domain.wall_time import DAY_MIN, instant
from matsession.domain.week import Weekday

BERLIN = ZoneInfo("Europe/Berlin")


def reminder(**values: object) -> Reminder:
    """A good one, with these values."""
    good: dict[str, object] = {"id": "1", "time_min": 1260, "weekdays": frozenset(Weekday)}
    return Reminder(**(good | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": "x" * 41}, "id"),
        ({"time_min": -1}, "time"),
        ({"time_min": DAY_MIN}, "time"),
        ({"weekdays": frozenset()}, "days"),
        ({"name": "n" * 61}, "name"),
        *(({"name": f"a{sign}b"}, "name") for sign in "\n\r\t\0\x1b\x7f\x85\x9f\u2028\u2029"),
        ({"length_s": 600}, "length"),
        ({"length_s": 0, "preset_id": "neck"}, "length"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], field: str) -> None:
    """With the field that is wrong."""
    with pytest.raises(ReminderError) as refused:
        reminder(**values)
    assert refused.value.field == field


@given(st.integers(0, DAY_MIN - 1))
def test_times_are_written_as_they_are_read(minute: int) -> None:
    """Each minute of a day."""
    assert clock_minute(clock_text(minute)) == minute


@pytest.mark.parametrize(
    ("text", "minute"),
    [("9:30", 570), (" 21:00 ", 1260), ("21", 1260), ("0", 0), ("00:00", 0)],
)
def test_times_that_people_write(text: str, minute: int) -> None:
    """Leading zeros and full hours are not asked for."""
    assert clock_minute(text) == minute


@pytest.mark.parametrize(
    "text", ["", "24:00", "12:60", "9:3", "9:300", "nine", "-1:00", "²1:00", "1e1", "9."]
)
def test_what_is_no_time(text: str) -> None:
    """None, whatever it looks like."""
    assert clock_minute(text) is None


@pytest.mark.parametrize(
    ("zone", "day", "minute", "utc"),
    [
        # Usual days in winter and summer.
        ("Europe/Berlin", date(2026, 1, 5), 1260, datetime(2026, 1, 5, 20, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 7, 5), 1260, datetime(2026, 7, 5, 19, 0, tzinfo=UTC)),
        # 02:30 does not exist: the clock lands on 03:00. It comes twice: the first.
        ("Europe/Berlin", date(2026, 3, 29), 150, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), 150, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Half an hour only.
        ("Australia/Lord_Howe", date(2026, 10, 4), 135, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), 105, datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        # The jump is over midnight: 23:30 is told at 00:00 of the next day.
        ("America/Scoresbysund", date(2026, 3, 28), 1410, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        # It begins at midnight.
        ("America/Sao_Paulo", date(2018, 11, 4), 15, datetime(2018, 11, 4, 3, 0, tzinfo=UTC)),
        # Ramadan: the clock goes back, and on again.
        ("Africa/Casablanca", date(2026, 3, 22), 150, datetime(2026, 3, 22, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_where_the_wall_first_shows_it(zone: str, day: date, minute: int, utc: datetime) -> None:
    """Skipped times are where the clock lands, repeated ones the first."""
    assert instant(day, minute, ZoneInfo(zone)) == utc


def test_a_day_that_was_left_out_has_no_times() -> None:
    """Apia went from 29 to 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    assert [instant(date(2011, 12, 30), minute, apia) for minute in (0, 720, 1439)] == [None] * 3
    before, after = (instant(date(2011, 12, day), 1260, apia) for day in (29, 31))
    assert before is not None
    assert after is not None
    assert after - before == timedelta(days=1)


NIGHT = {Weekday.SUNDAY: QuietSpan(22 * 60, 7 * 60)}


@pytest.mark.parametrize(
    ("begin", "needs_s", "quiet"),
    [
        (datetime(2026, 11, 22, 21, 30, tzinfo=UTC), 1800, False),
        (datetime(2026, 11, 22, 21, 30, tzinfo=UTC), 1801, True),  # the end of it would run into them
        (datetime(2026, 11, 22, 22, 0, tzinfo=UTC), 0, True),
        (
            datetime(2026, 11, 23, 6, 59, tzinfo=UTC),
            0,
            True,
        ),  # over midnight they belong to the evening before
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), 600, False),
        (datetime(2026, 11, 22, 6, 0, tzinfo=UTC), 600, False),  # Saturday's evening has none
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), 600, False),
    ],
)
def test_quiet_hours(begin: datetime, needs_s: float, quiet: bool) -> None:
    """From 22 on Sunday to 7 on Monday."""
    found = in_quiet_hours(NIGHT, begin.replace(tzinfo=BERLIN), needs_s, BERLIN)
    assert (found is not None) is quiet


def test_quiet_hours_last_as_the_wall_says_when_the_clock_changes() -> None:
    """The night of the change is an hour longer; its last hour is still quiet."""
    at = datetime(2026, 10, 25, 5, 59, tzinfo=UTC)
    assert in_quiet_hours({Weekday.SATURDAY: QuietSpan(22 * 60, 7 * 60)}, at, 0, BERLIN) is not None


@pytest.mark.parametrize(("begin", "end"), [(-1, 60), (60, DAY_MIN), (60, 60)])
def test_hours_that_are_none_are_refused(begin: int, end: int) -> None:
    """Beyond the day, or without length."""
    with pytest.raises(ReminderError):
        QuietSpan(begin, end)


@pytest.mark.parametrize(
    ("wish", "now", "until"),
    [
        (SnoozeWish.TEN_MINUTES, (9, 0), (9, 10)),
        (SnoozeWish.THIRTY_MINUTES, (9, 0), (9, 30)),
        (SnoozeWish.TONIGHT, (9, 0), (20, 0)),
        (SnoozeWish.TONIGHT, (19, 30), (20, 30)),
        (SnoozeWish.TONIGHT, (21, 0), (22, 0)),
    ],
)
def test_later_is(wish: SnoozeWish, now: tuple[int, int], until: tuple[int, int]) -> None:
    """Tonight is at 20:00, or in an hour."""
    day = datetime(2026, 11, 23, tzinfo=BERLIN)
    asked = day.replace(hour=now[0], minute=now[1])
    assert snoozed_until(wish, asked, BERLIN) == day.replace(hour=until[0], minute=until[1])


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        (datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN), 10),  # the clock goes back at 03:00
        (datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BERLIN), 10),
        (datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN), 30),
        (datetime(2026, 3, 29, 1, 55, tzinfo=BERLIN), 10),  # and on at 02:00
    ],
)
def test_ten_minutes_are_ten_while_the_clock_changes(now: datetime, minutes: int) -> None:
    """By a watch, whatever the wall shows; and there is room for it."""
    wish = SnoozeWish.TEN_MINUTES if minutes == 10 else SnoozeWish.THIRTY_MINUTES
    until = snoozed_until(wish, now, BERLIN)
    assert until - now.astimezone(UTC) == timedelta(minutes=minutes)
    assert latest_room({}, now, until.astimezone(BERLIN), 600, BERLIN) == until


def test_the_latest_room_is_ahead_by_a_watch_while_the_clock_goes_back() -> None:
    """Ten minutes after 02:55 the wall shows 02:05, which has not passed; and 02:55 is not ahead of it."""
    now = datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN)
    later = datetime(2026, 10, 25, 2, 5, fold=1, tzinfo=BERLIN)
    assert latest_room({}, now, later, 600, BERLIN) == later.astimezone(UTC)
    assert latest_room({}, later, now, 600, BERLIN) is None


@pytest.mark.parametrize("wish", SnoozeWish)
def test_later_comes_while_the_clock_is_set_back(wish: SnoozeWish) -> None:
    """Each minute of that night, later is ahead."""
    begin = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    for minute in range(240):
        now = (begin + timedelta(minutes=minute)).astimezone(BERLIN)
        assert snoozed_until(wish, now, BERLIN) > begin + timedelta(minutes=minute)
