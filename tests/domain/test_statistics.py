"""What the history adds up to: against plain reckoning with every number at hand."""

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.body import BodyArea
from matsession.domain.days import Span, day_of, last_starts, start_of
from matsession.domain.guidance import AskedWhen, Better, RatingScale
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.statistics import (
    KEPT_APART,
    CalendarDay,
    Change,
    HeatLevel,
    RatingPoint,
    Stage,
    Sums,
    add_up,
    before_points,
    by_area,
    change_of,
    on_mat,
    periods,
    sum_up,
    sums_of,
    total,
    trend,
)
from matsession.domain.student_t import t_quantile

START = datetime(2026, 3, 2, 21, tzinfo=UTC)

PAIN = RatingScale(
    "pain_nrs", AskedWhen.BEFORE_AFTER, "How much pain?", "none", "worst", Better.LOWER, "", 2, 30
)
TENSION = RatingScale("tension_nrs", AskedWhen.BEFORE_AFTER, "How tense?", "loose", "tense", Better.LOWER)

RATING = st.none() | st.integers(0, 10)
RECORDS = st.lists(
    st.builds(
        SessionRecord,
        id=st.uuids().map(str),
        preset_id=st.sampled_from(["one", "two"]),
        preset_name=st.just("P"),
        area=st.sampled_from(["neck", "lower_back", "none"]),
        started_at=st.integers(-400 * 24 * 60, 60 * 24 * 60).map(
            lambda minutes: START + timedelta(minutes=minutes)
        ),
        planned_s=st.just(600.0),
        done_s=st.floats(0, 1e6),
        on_mat_s=st.floats(0, 1e6),
        state=st.sampled_from(RowState),
        rating_scale=st.sampled_from(["pain_nrs", "stress_nrs", ""]),
        rating_before=RATING,
        rating_after=RATING,
        deleted_at=st.none() | st.just(START),
    ),
    max_size=30,
)


def record(number: int = 0, **more: Any) -> SessionRecord:
    """A finished session of ten minutes, days after the first of March."""
    values: dict[str, Any] = {
        "id": str(number),
        "preset_id": "neck",
        "preset_name": "Neck",
        "area": "neck",
        "started_at": START + timedelta(days=number),
        "planned_s": 600,
        "done_s": 600,
        "on_mat_s": 540,
        "state": RowState.FINISHED,
        "rating_scale": "pain_nrs",
    }
    return SessionRecord(**{**values, **more})


def rated(*pairs: tuple[int, int]) -> Sums:
    """The sums of sessions with these ratings before and after."""
    return add_up(sums_of(record(rating_before=b, rating_after=a)) for b, a in pairs)


# -- sums ------------------------------------------------------------------------------------------------


@given(RECORDS, st.sampled_from(Span), st.integers(0, 720))
def test_sums_against_counting_one_by_one(records: list[SessionRecord], span: Span, turn_min: int) -> None:
    """Every session that is over counts once in its own span, and nothing else counts."""
    found = sum_up(records, span, turn_min)
    over = [one for one in records if one.state != "open" and one.deleted_at is None]
    both = [
        (b, a) for one in over if (b := one.rating_before) is not None and (a := one.rating_after) is not None
    ]
    befores = [one.rating_before for one in over if one.rating_before is not None]
    assert total(found) == Sums(
        sessions=len(over),
        done_ms=sum(math.floor(one.done_s * 1000 + 0.5) for one in over),
        on_mat_ms=sum(math.floor(one.on_mat_s * 1000 + 0.5) for one in over),
        before_count=len(befores),
        before_sum=sum(befores),
        rated=len(both),
        rated_before_sum=sum(b for b, _ in both),
        change_sum=sum(a - b for b, a in both),
        change_squares=sum((a - b) ** 2 for b, a in both),
    )
    kept_by_area, kept_by_scale, kept_by_preset = KEPT_APART[span]
    keys = [
        (
            start_of(span, day_of(one.started_at, turn_min)),
            one.area * kept_by_area,
            one.rating_scale * kept_by_scale,
            one.preset_id * kept_by_preset,
        )
        for one in over
    ]
    assert {each.key: each.sums.sessions for each in found} == Counter(keys)
    assert [each.key for each in found] == sorted(set(keys))


def test_what_ended_early_or_was_interrupted_counts_and_what_is_open_or_deleted_does_not() -> None:
    """Nothing that was done is dropped."""
    records = [record(state=state) for state in RowState]
    assert total(sum_up(records, Span.YEAR, 240)).sessions == 3
    assert sum_up([record(deleted_at=START)], Span.DAY, 240) == []


def test_a_length_beyond_all_reckoning_does_not_overflow() -> None:
    """A file may hold any number."""
    assert sums_of(record(done_s=1e300, on_mat_s=1e300)).done_ms == 10**12


def test_minutes_are_rounded_once_at_the_end() -> None:
    """Two sessions of half a minute are a minute."""
    half = sums_of(record(done_s=30.0, on_mat_s=29.9))
    assert (half.minutes, half.on_mat_minutes, add_up([half, half]).minutes) == (1, 0, 1)


def test_nothing_adds_up_to_nothing() -> None:
    """All nine of them."""
    assert add_up([]) == Sums() == (0,) * 9


# -- time --------------------------------------------------------------------------------------------------


@given(RECORDS, st.sampled_from([Span.WEEK, Span.MONTH, Span.YEAR]))
def test_bars_hold_what_lies_in_their_span(records: list[SessionRecord], span: Span) -> None:
    """One for each start, empty ones too; the areas of a bar make up the whole."""
    starts = last_starts(span, date(2026, 5, 1), 6)
    bars = periods(sum_up(records, span, 240), starts)
    assert [bar.start for bar in bars] == list(starts)
    for bar in bars:
        own = [one for one in records if start_of(span, day_of(one.started_at, 240)) == bar.start]
        assert bar.sums == total(sum_up(own, Span.DAY, 240))
        assert add_up(area.sums for area in bar.areas) == bar.sums
        assert [area.sums.done_ms for area in bar.areas] == sorted(
            (area.sums.done_ms for area in bar.areas), reverse=True
        )


def test_areas_come_longest_first() -> None:
    """However many sessions they took."""
    records = [record(area="neck", done_s=100), record(area="calves", done_s=300), record(done_s=100)]
    assert [(area.area, area.sums.sessions) for area in by_area(sum_up(records, Span.YEAR, 240))] == [
        ("calves", 1),
        ("neck", 2),
    ]


@pytest.mark.parametrize(
    ("minutes", "level"),
    [
        ((), HeatLevel.NONE),
        ((0.0,), HeatLevel.UNDER_10),
        ((9.4,), HeatLevel.UNDER_10),
        ((10.0,), HeatLevel.FROM_10),
        ((5.0, 14.4), HeatLevel.FROM_10),
        ((10.0, 10.0), HeatLevel.FROM_20),
    ],
)
def test_a_day_has_the_level_of_the_minutes_that_are_shown(
    minutes: Sequence[float], level: HeatLevel
) -> None:
    """Under 10, 10 to 19, 20 or more; a session without a minute is still one."""
    sums = add_up(sums_of(record(done_s=60 * each)) for each in minutes)
    assert CalendarDay(date(2026, 3, 1), sums, rest=False, ahead=False).level is level


# -- ratings -----------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=60), st.integers(0, 5))
def test_the_change_against_plain_reckoning(pairs: list[tuple[int, int]], skipped: int) -> None:
    """Mean, spread and interval as the statistics module has them; nothing at all under five."""
    sums = add_up([rated(*pairs), *(sums_of(record(rating_before=5)) for _ in range(skipped))])
    found = change_of(sums, PAIN)
    n = len(pairs)
    assert (found.sessions, found.rated) == (n + skipped, n)
    if n < 5:
        assert found == Change(n + skipped, n, Stage.TOO_FEW)
        return
    average = found.average
    assert average is not None
    changes = [after - before for before, after in pairs]
    half_width = t_quantile(0.975, n - 1) * statistics.stdev(changes) / math.sqrt(n)
    assert average.before == pytest.approx(statistics.mean(before for before, _ in pairs))
    assert average.after == pytest.approx(statistics.mean(after for _, after in pairs))
    assert average.change == pytest.approx(statistics.mean(changes))
    assert average.low == pytest.approx(max(statistics.mean(changes) - half_width, -10), abs=1e-9)
    assert average.high == pytest.approx(min(statistics.mean(changes) + half_width, 10), abs=1e-9)
    assert found.stage is (Stage.EARLY if n < 10 else Stage.ENOUGH)


def test_the_worked_example() -> None:
    """Twelve sessions reckoned by hand: mean -1.25, s 1.1382, t(11) 2.201, half-width 0.7232."""
    changes = [0, -1, -2, -1, -3, 0, -1, -2, 1, -2, -2, -2]
    average = change_of(rated(*((6, 6 + change) for change in changes))).average
    assert average is not None
    assert statistics.stdev(changes) == pytest.approx(1.1382, abs=1e-4)
    assert (average.before, average.after, average.change) == (6, 4.75, -1.25)
    assert [average.low, average.high] == pytest.approx([-1.9732, -0.5268], abs=1e-4)
    assert average.clear


@pytest.mark.parametrize(
    ("pairs", "clear"),
    [
        ([(5, 3)] * 6, True),
        ([(3, 5)] * 6, True),
        ([(5, 5)] * 6, False),
        ([(5, 3), (5, 7)] * 3, False),
    ],
)
def test_a_difference_is_clear_when_no_change_lies_outside_the_range(
    pairs: list[tuple[int, int]], clear: bool
) -> None:
    """In either direction."""
    average = change_of(rated(*pairs)).average
    assert average is not None
    assert average.clear is clear


def test_the_mark_of_an_important_change_is_for_pain_from_ten_on() -> None:
    """Not early, and not for scales without an agreed mark; in per cent where the start allows it."""
    nine, ten = rated(*[(4, 3)] * 9), rated(*[(4, 3)] * 10)
    assert change_of(nine, PAIN).mark is None
    assert change_of(ten, TENSION).mark is None
    assert change_of(ten).mark is None
    mark = change_of(ten, PAIN).mark
    assert mark is not None
    assert (mark.points, mark.percent, mark.own_percent) == (2, 30, -25)
    from_nothing = change_of(rated(*[(0, 1)] * 10), PAIN).mark
    assert from_nothing is not None
    assert from_nothing.own_percent is None


def test_sessions_without_a_mat_are_kept_apart() -> None:
    """The quiet rest is there to compare with."""
    sums = sum_up([record(), record(area=BodyArea.NONE)], Span.YEAR, 240)
    assert [each.key.area for each in on_mat(sums)] == ["neck"]


def test_ratings_before_are_averaged_over_each_week() -> None:
    """With or without a rating after; weeks without one are left out."""
    records = [
        record(0, rating_before=6),
        record(1, rating_before=7, rating_after=1, area="calves"),
        record(2),
        record(20, rating_before=3),
    ]
    assert before_points(sum_up(records, Span.WEEK, 240)) == (
        RatingPoint(date(2026, 3, 2), 6.5, 2),
        RatingPoint(date(2026, 3, 16), 3, 1),
    )


def test_no_trend_under_fourteen_points() -> None:
    """From there on the line of least squares, which passes through points that lie on one."""
    points = [
        RatingPoint(date(2026, 1, 5) + timedelta(weeks=week), 8 - week / 4, 1)
        for week in range(15)
        if week != 3
    ]
    assert trend(points[:13]) is None
    line = trend(points)
    assert line is not None
    assert [line.first, line.last] == pytest.approx([8, 4.5])


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.floats(0, 10)), min_size=14, max_size=40, unique_by=lambda p: p[0]
    )
)
def test_the_trend_against_the_statistics_module(pairs: list[tuple[int, float]]) -> None:
    """Slope and intercept of ``statistics.linear_regression``."""
    pairs.sort()
    points = [RatingPoint(date(2020, 1, 6) + timedelta(weeks=week), mean, 1) for week, mean in pairs]
    line = trend(points)
    assert line is not None
    slope, intercept = statistics.linear_regression(*zip(*pairs, strict=True))
    assert line.first == pytest.approx(intercept + slope * pairs[0][0], abs=1e-6)
    assert line.last == pytest.approx(intercept + slope * pairs[-1][0], abs=1e-6)
