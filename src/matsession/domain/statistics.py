"""What the history adds up to, and what can honestly be said of ratings before and after.

**What counts.** Every session that is over, however it ended: finished, ended early, interrupted. Nothing is
dropped. A session that is still under way, or deleted, counts nowhere.

**Ratings.** For each session rated before and after, the change is after minus before. From MEAN_FROM such
sessions on there is an average with the interval ``mean ± t(0.975, n - 1) · s / √n``; it is a rough guide,
because ratings are bounded, rounded and follow one another in time. Under MEAN_FROM there is no average at
all, so that nobody can show one. Below ENOUGH_FROM it is early; a preset by itself is looked at only from
there on, to avoid picking the best of twenty. Sessions without a mat are never mixed with those on it.

All sums are whole numbers (milliseconds, points), so that adding and taking away again leaves no trace.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.body import BodyArea
from matsession.domain.days import Span, day_of, start_of
from matsession.domain.guidance import RATING_MAX, RatingScale
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.student_t import t_quantile

MEAN_FROM: Final = 5
"""Rated sessions from which an average is told."""
ENOUGH_FROM: Final = 10
"""Rated sessions from which the whole sentence is told."""
TREND_FROM: Final = 14
"""Points from which a line is drawn through them."""
CALENDAR_WEEKS: Final = 24

LONGEST_COUNTED_S: Final = 1e9
"""No session counts for more: a file may hold any number, and no sum is to overflow."""


# -- sums ----------------------------------------------------------------------------------------------


class Sums(NamedTuple):
    """Sessions added up; ``add_up`` brings several together."""

    sessions: int = 0
    done_ms: int = 0
    on_mat_ms: int = 0
    before_count: int = 0
    """Sessions with a rating before, whether or not there is one after."""
    before_sum: int = 0
    rated: int = 0
    """Sessions with a rating before and one after."""
    rated_before_sum: int = 0
    change_sum: int = 0
    change_squares: int = 0

    @property
    def minutes(self) -> int:
        """Time of the sessions, to the minute."""
        return (self.done_ms + 30_000) // 60_000

    @property
    def on_mat_minutes(self) -> int:
        """The part of it on the mat, to the minute."""
        return (self.on_mat_ms + 30_000) // 60_000


def add_up(several: Iterable[Sums]) -> Sums:
    """All of them together."""
    return Sums(*map(sum, zip(*several, strict=True)))


class SumKey(NamedTuple):
    """What sums are kept apart by: all of it for a year, less for shorter spans; empty where it is not."""

    start: date
    area: str = ""
    rating_scale: str = ""
    preset_id: str = ""


class PeriodSums(NamedTuple):
    """The sums of one span of the calendar under one key."""

    key: SumKey
    sums: Sums


KEPT_APART: Final = {
    Span.DAY: (False, False, False),
    Span.WEEK: (True, True, False),
    Span.MONTH: (True, False, False),
    Span.YEAR: (True, True, True),
}
"""Whether the sums of a span are kept apart by area, by rating scale and by preset."""


def counts(record: SessionRecord) -> bool:
    """Whether a line of history counts."""
    return record.state is not RowState.OPEN and record.deleted_at is None


def sums_of(record: SessionRecord) -> Sums:
    """What one session adds."""
    before, change = record.rating_before, record.change
    return Sums(
        1,
        _counted_ms(record.done_s),
        _counted_ms(record.on_mat_s),
        int(before is not None),
        before or 0,
        int(change is not None),
        (before or 0) if change is not None else 0,
        change or 0,
        (change or 0) ** 2,
    )


def _counted_ms(seconds: float) -> int:
    return math.floor(min(seconds, LONGEST_COUNTED_S) * 1000 + 0.5)


def sum_up(records: Iterable[SessionRecord], span: Span, turn_min: int) -> list[PeriodSums]:
    """The sums of all spans in which there are sessions that count, by their keys."""
    by_area, by_scale, by_preset = KEPT_APART[span]
    found: dict[SumKey, list[Sums]] = {}
    for record in records:
        if counts(record):
            key = SumKey(
                start_of(span, day_of(record.started_at, turn_min)),
                record.area if by_area else "",
                record.rating_scale if by_scale else "",
                record.preset_id if by_preset else "",
            )
            found.setdefault(key, []).append(sums_of(record))
    return [PeriodSums(key, add_up(found[key])) for key in sorted(found)]


def total(sums: Iterable[PeriodSums]) -> Sums:
    """All of them together."""
    return add_up(each.sums for each in sums)


# -- time ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaSums:
    """The sums of one body area."""

    area: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Period:
    """One bar of a chart: the sums of a week, month or year, and its areas, the longest first."""

    start: date
    sums: Sums
    areas: tuple[AreaSums, ...]


def periods(sums: Sequence[PeriodSums], starts: Sequence[date]) -> tuple[Period, ...]:
    """One for each of ``starts``, empty where there was no session."""
    found: dict[date, list[PeriodSums]] = {start: [] for start in starts}
    for each in sums:
        if each.key.start in found:
            found[each.key.start].append(each)
    return tuple(Period(start, total(own), by_area(own)) for start, own in found.items())


def by_area(sums: Iterable[PeriodSums]) -> tuple[AreaSums, ...]:
    """The sums of each area, the longest time first."""
    found: dict[str, list[Sums]] = {}
    for each in sums:
        found.setdefault(each.key.area, []).append(each.sums)
    areas = [AreaSums(area, add_up(own)) for area, own in found.items()]
    return tuple(sorted(areas, key=lambda each: (-each.sums.done_ms, each.area)))


class HeatLevel(StrEnum):
    """How much a day holds, for its mark in the calendar."""

    NONE = "none"
    UNDER_10 = "under_10"
    """Under 10 minutes."""
    FROM_10 = "from_10"
    """10 to 19 minutes."""
    FROM_20 = "from_20"
    """20 minutes or more."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar."""

    day: date
    sums: Sums
    rest: bool
    """A day off."""
    ahead: bool
    """Not yet come, and without a session: its place stays blank."""

    @property
    def level(self) -> HeatLevel:
        """How much it holds."""
        if not self.sums.sessions:
            return HeatLevel.NONE
        minutes = self.sums.minutes
        return (
            HeatLevel.FROM_20 if minutes >= 20 else HeatLevel.FROM_10 if minutes >= 10 else HeatLevel.UNDER_10
        )


# -- ratings -----------------------------------------------------------------------------------------------


class Stage(StrEnum):
    """How much can be said of so many rated sessions."""

    TOO_FEW = "too_few"
    """Single ratings only."""
    EARLY = "early"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Average:
    """Average ratings over the rated sessions; ``low`` to ``high`` is the rough 95 % range of ``change``."""

    before: float
    after: float
    change: float
    """After minus before, in points."""
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the range leaves out no change at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What trials call an important change, beside the person's own; only for scales with such a mark."""

    points: int
    percent: int
    own_percent: float | None
    """The average change in per cent of the average before; None where that is 0."""


@dataclass(frozen=True, slots=True)
class Change:
    """What ratings before and after say, as far as there are enough of them."""

    sessions: int
    rated: int
    stage: Stage
    average: Average | None = None
    """None under MEAN_FROM."""
    mark: Mark | None = None
    """None under ENOUGH_FROM, and for scales without one."""


def change_of(sums: Sums, scale: RatingScale | None = None) -> Change:
    """What the ratings in ``sums`` say; ``scale`` tells whether there is a mark of an important change."""
    n = sums.rated
    if n < MEAN_FROM:
        return Change(sums.sessions, n, Stage.TOO_FEW)
    before, mean = sums.rated_before_sum / n, sums.change_sum / n
    # In whole numbers until the last division: nothing cancels.
    variance = (n * sums.change_squares - sums.change_sum**2) / (n * (n - 1))
    half_width = t_quantile(0.975, n - 1) * math.sqrt(variance / n)
    average = Average(
        before,
        before + mean,
        mean,
        # No rating can change by more than the whole scale.
        max(mean - half_width, -float(RATING_MAX)),
        min(mean + half_width, float(RATING_MAX)),
    )
    if n < ENOUGH_FROM:
        return Change(sums.sessions, n, Stage.EARLY, average)
    mark = None
    if scale is not None and scale.important_points is not None and scale.important_percent is not None:
        own_percent = 100 * mean / before if before else None
        mark = Mark(scale.important_points, scale.important_percent, own_percent)
    return Change(sums.sessions, n, Stage.ENOUGH, average, mark)


@dataclass(frozen=True, slots=True)
class RatingPoint:
    """The average rating before sessions in a span, and of how many."""

    start: date
    mean: float
    count: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through the points (least squares): its height at the first and at the last."""

    first: float
    last: float


def before_points(sums: Iterable[PeriodSums]) -> tuple[RatingPoint, ...]:
    """The average rating before in each span that has one, oldest first."""
    found: dict[date, tuple[int, int]] = {}
    for each in sums:
        if each.sums.before_count:
            count, points = found.get(each.key.start, (0, 0))
            found[each.key.start] = (count + each.sums.before_count, points + each.sums.before_sum)
    return tuple(
        RatingPoint(start, points / count, count) for start, (count, points) in sorted(found.items())
    )


def trend(points: Sequence[RatingPoint]) -> Trend | None:
    """The line through the points, each of the same weight; None under TREND_FROM of them."""
    if len(points) < TREND_FROM:
        return None
    xs = [(point.start - points[0].start).days for point in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(point.mean for point in points) / len(points)
    slope = sum((x - mean_x) * (point.mean - mean_y) for x, point in zip(xs, points, strict=True)) / sum(
        (x - mean_x) ** 2 for x in xs
    )
    return Trend(mean_y + slope * (xs[0] - mean_x), mean_y + slope * (xs[-1] - mean_x))


def on_mat(sums: Iterable[PeriodSums]) -> list[PeriodSums]:
    """Those of sessions on a mat: the quiet rest without one is for comparison."""
    return [each for each in sums if each.key.area != BodyArea.NONE]
