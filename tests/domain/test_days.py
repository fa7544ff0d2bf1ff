"""The day of a session, and the weeks, months and years around it."""

import itertools
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.days import Span, day_of, last_starts, start_of
from matsession.domain.week import LATEST_DAY_TURN_MIN, Weekday

TURNS = st.integers(0, LATEST_DAY_TURN_MIN)


@pytest.mark.parametrize(
    ("when", "turn_min", "day"),
    [
        ("2026-03-20T03:59:59", 240, "2026-03-19"),
        ("2026-03-20T04:00:00", 240, "2026-03-20"),
        ("2026-03-20T23:59:59", 240, "2026-03-20"),
        ("2026-03-20T00:00:00", 0, "2026-03-20"),
        ("2026-03-20T11:59:59", 720, "2026-03-19"),
        ("2024-03-01T01:00:00", 240, "2024-02-29"),
        ("2027-01-01T01:00:00", 240, "2026-12-31"),
        ("0001-01-01T01:00:00", 240, "0001-01-01"),
    ],
)
def test_the_day_turns_at_its_own_hour(when: str, turn_min: int, day: str) -> None:
    """Before it, a night belongs to the evening it follows; the calendar's first morning has no evening."""
    assert day_of(datetime.fromisoformat(when).replace(tzinfo=UTC), turn_min) == date.fromisoformat(day)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)), st.integers(-14 * 60, 14 * 60), TURNS)  # noqa: DTZ001
def test_a_day_holds_the_moments_between_two_turns(wall: datetime, offset_min: int, turn_min: int) -> None:
    """By the clock on the wall, whatever the offset from UTC."""
    when = wall.replace(tzinfo=timezone(timedelta(minutes=offset_min)))
    day = day_of(when, turn_min)
    begins = datetime.combine(day, time(), when.tzinfo) + timedelta(minutes=turn_min)
    assert begins <= when < begins + timedelta(days=1)


@pytest.mark.parametrize(
    ("span", "start"),
    [
        (Span.DAY, "2026-03-19"),
        (Span.WEEK, "2026-03-16"),
        (Span.MONTH, "2026-03-01"),
        (Span.YEAR, "2026-01-01"),
    ],
)
def test_spans_begin_where_the_calendar_says(span: Span, start: str) -> None:
    """A week on its Monday."""
    assert start_of(span, date(2026, 3, 19)) == date.fromisoformat(start)


@given(st.sampled_from(Span), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_spans_follow_one_another_without_a_gap(span: Span, day: date, count: int) -> None:
    """Each of the last spans ends the day before the next begins, and ``day`` lies in the last one."""
    starts = last_starts(span, day, count)
    assert len(starts) == count
    assert starts[-1] == start_of(span, day)
    for earlier, later in itertools.pairwise(starts):
        assert start_of(span, later - timedelta(days=1)) == earlier
        assert start_of(span, earlier) == earlier


def test_the_calendar_has_a_beginning() -> None:
    """Before the year 1 there is nothing to look at."""
    assert last_starts(Span.YEAR, date(2, 5, 5), 10) == (date(1, 1, 1), date(2, 1, 1))
    assert last_starts(Span.WEEK, date.min, 3) == (date.min,)


def test_weekdays_count_as_dates_do() -> None:
    """Monday is 0."""
    assert [Weekday.MONDAY.number, Weekday.SUNDAY.number] == [0, 6]
    assert date(2026, 3, 19).weekday() == Weekday.THURSDAY.number
