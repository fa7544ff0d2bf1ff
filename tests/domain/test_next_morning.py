"""When the question of the next morning is asked, and about which session."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.days import day_of
from matsession.domain.next_morning import NIGHT_AT_LEAST, asked_about, ended_at, of_last_night
from matsession.domain.record import RowState, SessionRecord

BERLIN = ZoneInfo("Europe/Berlin")
TURN_MIN = 240


def session(started_at: datetime, **more: Any) -> SessionRecord:
    """Twenty minutes that ask for the sleep the next morning."""
    values: dict[str, Any] = {
        "id": "evening",
        "preset_id": "goal_deeper_sleep",
        "preset_name": "Deeper sleep",
        "area": "full_back",
        "planned_s": 1200,
        "done_s": 1200,
        "ended_at": started_at + timedelta(minutes=20),
        "state": RowState.FINISHED,
        "morning_scale": "sleep_sqs",
    }
    return SessionRecord(started_at=started_at, **{**values, **more})


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """A time of March 2026 on the wall in Berlin, with the offset it had."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(
        timezone(datetime(2026, month, day, hour, minute, tzinfo=BERLIN).utcoffset() or timedelta())
    )


@pytest.mark.parametrize(
    ("began", "now", "asked"),
    [
        (at(19, 22), at(19, 23), False),
        (at(19, 22), at(20, 3, 59), False),  # the day has not turned
        (at(19, 22), at(20, 4), True),
        (at(19, 22), at(20, 23, 59), True),
        (at(19, 22), at(21, 3, 59), True),  # still the day after
        (at(19, 22), at(21, 4), False),  # that night was another one
        (at(20, 1), at(20, 8), True),  # one in the night is the evening of the day before
        (at(20, 1), at(21, 8), False),
        (at(20, 3, 30), at(20, 4, 30), False),  # the day has turned, but nobody has slept
        (at(20, 3, 30), at(20, 6, 50), True),
        (at(20, 9), at(20, 20), False),
        (at(20, 9), at(21, 7), True),
        (at(28, 22), at(29, 7), True),  # the night that is an hour shorter
        (at(24, 22, month=10), at(25, 7, month=10), True),  # and the one that is longer
        (at(24, 22, month=10), at(26, 4, month=10), False),
        (at(22, 22), at(20, 8), False),  # the clock was wrong
    ],
)
def test_it_is_asked_on_the_day_after(began: datetime, now: datetime, *, asked: bool) -> None:
    """From the turn of the day on until the next one, after a night of three hours at least."""
    record = session(began)
    assert asked_about([record], now, TURN_MIN, "") == (record if asked else None)


@pytest.mark.parametrize(
    ("turn_min", "now", "asked"),
    [
        (0, at(20, 0, 30), False),  # the days of this person turn at midnight: it is night all the same
        (0, at(20, 2, 59), False),
        (0, at(20, 3), True),
        (720, at(20, 11, 59), False),
        (720, at(20, 12), True),
    ],
)
def test_the_morning_begins_when_the_day_turns_but_not_at_night(
    turn_min: int, now: datetime, *, asked: bool
) -> None:
    """At three at the earliest."""
    assert (asked_about([session(at(19, 22))], now, turn_min, "") is not None) == asked


@pytest.mark.parametrize(
    "more",
    [
        {"morning_scale": ""},
        {"morning_rating": 0},
        {"state": RowState.OPEN},
        {"deleted_at": datetime(2026, 3, 20, tzinfo=UTC)},
        {"id": "skipped"},
    ],
)
def test_it_is_not_asked(more: dict[str, Any]) -> None:
    """Where nothing is to be asked, it was answered (0 is an answer), passed over, or the session is gone."""
    assert asked_about([session(at(19, 22), **more)], at(20, 8), TURN_MIN, "skipped") is None


def test_only_the_last_session_of_the_evening_is_asked_about() -> None:
    """Once it is answered or passed over the one before is not asked about in its place."""
    first, last = session(at(19, 21), id="first"), session(at(19, 23), id="last")
    nothing = session(at(19, 23, 30), id="nothing", morning_scale="")
    today = session(at(20, 6), id="today")
    rows = [today, nothing, last, first]
    assert asked_about(rows, at(20, 8), TURN_MIN, "") == last
    assert asked_about(rows, at(20, 8), TURN_MIN, "last") is None
    answered = replace(last, morning_rating=7)
    assert asked_about([first, answered], at(20, 8), TURN_MIN, "") is None
    assert of_last_night([first, answered], at(20, 8), TURN_MIN) == answered


def test_one_that_a_crash_left_may_have_no_end() -> None:
    """Then its start and what was done tell it; an absurd length too."""
    assert ended_at(session(at(19, 22), ended_at=None)) == at(19, 22, 20)
    record = session(at(19, 22), ended_at=None, done_s=1e300)
    assert asked_about([record], at(20, 8), TURN_MIN, "") is None


moments = st.builds(
    lambda minute, offset_min: (datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(
        timezone(timedelta(minutes=offset_min))
    ),
    st.integers(0, 10 * 24 * 60),
    st.integers(-14 * 4, 14 * 4).map(lambda quarter: 15 * quarter),
)
turns = st.integers(0, 720)


@given(moments, moments, turns)
def test_whenever_it_is_asked_a_night_has_passed(began: datetime, now: datetime, turn_min: int) -> None:
    """Whatever the zones of evening and morning: it is no night hour, and the day before had the session."""
    record = session(began)
    if asked_about([record], now, turn_min, "") is not None:
        assert now - ended_at(record) >= NIGHT_AT_LEAST
        assert (day_of(now, max(turn_min, 180)) - day_of(began, max(turn_min, 180))).days == 1


@given(moments, turns)
def test_every_session_has_its_morning(began: datetime, turn_min: int) -> None:
    """Who stays where they are is asked within two days, in one stretch of a day at the most."""
    record = session(began)
    asked = [
        asked_about([record], began + timedelta(minutes=15 * number), turn_min, "") is not None
        for number in range(4 * 60)
    ]
    first, last = asked.index(True), len(asked) - 1 - asked[::-1].index(True)
    assert all(asked[first : last + 1])
    assert 4 * 20 <= last - first + 1 <= 4 * 24
    assert last < 4 * 48
