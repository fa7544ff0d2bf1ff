"""All that an overview of the history shows, read in one go; plain values, without a word of it.

Needs no Qt: the command line reads it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from matsession.app.ports import HistoryStore
from matsession.domain.body import BodyArea
from matsession.domain.days import Span, day_of, last_starts
from matsession.domain.guidance import Guidance
from matsession.domain.record import SessionRecord
from matsession.domain.settings import Settings
from matsession.domain.statistics import (
    CALENDAR_WEEKS,
    ENOUGH_FROM,
    AreaSums,
    CalendarDay,
    Change,
    Period,
    PeriodSums,
    RatingPoint,
    Sums,
    Trend,
    before_points,
    by_area,
    change_of,
    on_mat,
    periods,
    total,
    trend,
)
from matsession.domain.streak import RestDays, Streak, streak

WEEKS_SHOWN: Final = 12
MONTHS_SHOWN: Final = 12
BEFORE_WEEKS: Final = 52
"""How far back the ratings before a session are looked at."""
DOTS_SHOWN: Final = 30
"""Newest rated sessions of which each is shown by itself."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One rated session."""

    started_at: datetime
    area: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What the ratings say for one body area."""

    area: str
    change: Change


@dataclass(frozen=True, slots=True)
class PresetChange:
    """What the ratings say for one preset, which has enough of them."""

    preset_id: str
    change: Change


@dataclass(frozen=True, slots=True)
class ScaleAnswer:
    """Does it help me? The answer for one rating scale."""

    scale_id: str
    on_mat: Change
    without_mat: Change
    """The quiet rests, by themselves."""
    areas: tuple[AreaChange, ...]
    """Every area on the mat, the one with the most rated sessions first."""
    presets: tuple[PresetChange, ...]
    """Those with ENOUGH_FROM rated sessions or more."""
    dots: tuple[Dot, ...]
    """The newest rated sessions on a mat, oldest first; all of them while they are too few for an average."""
    before: tuple[RatingPoint, ...]
    """The average rating before a session, week by week, with mat or without."""
    before_trend: Trend | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The history at a glance."""

    today: date
    """The day it is by the person's own turn of the day."""
    total: Sums
    streak: Streak | None
    """None where the person does not wish to see it."""
    calendar: tuple[CalendarDay, ...]
    """Whole weeks from Monday on, the last of them the present one."""
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    years: tuple[Period, ...]
    """From the first with a session to the present one."""
    areas: tuple[AreaSums, ...]
    answers: tuple[ScaleAnswer, ...]
    """One for each scale that was ever asked, in the order of the guidance."""


def read_overview(
    store: HistoryStore,
    settings: Settings,
    guidance: Guidance,
    now: datetime,
    calendar_weeks: int = CALENDAR_WEEKS,
) -> Overview:
    """Read it as of ``now``, an aware local time. Raises StorageError.

    Whoever calls it has let ``store.sums.follow_day_turn`` finish.
    """
    today = day_of(now, settings.day_turn_min)
    rest = RestDays(settings.rest_weekday_numbers, store.rest_days())
    by_year = store.sums.read(Span.YEAR)
    weeks = last_starts(Span.WEEK, today, BEFORE_WEEKS)
    by_week = store.sums.read(Span.WEEK, weeks[0])
    months = last_starts(Span.MONTH, today, MONTHS_SHOWN)
    first_year = by_year[0].key.start.year if by_year else today.year
    years = last_starts(Span.YEAR, today, max(today.year - first_year + 1, 1))
    return Overview(
        today=today,
        total=total(by_year),
        streak=_streak(store, today, now, rest) if settings.show_streak else None,
        calendar=_calendar(store, today, rest, calendar_weeks),
        weeks=periods(by_week, weeks[-WEEKS_SHOWN:]),
        months=periods(store.sums.read(Span.MONTH, months[0]), months),
        years=periods(by_year, years),
        areas=by_area(by_year),
        answers=tuple(
            _answer(store, guidance, scale_id, by_year, by_week) for scale_id in _scales(guidance, by_year)
        ),
    )


def _streak(store: HistoryStore, today: date, now: datetime, rest: RestDays) -> Streak:
    offset = now.utcoffset()
    assert offset is not None, "now has to be aware"
    return streak(store.sums.runs(), today, round(offset.total_seconds()), rest)


def _calendar(store: HistoryStore, today: date, rest: RestDays, weeks: int) -> tuple[CalendarDay, ...]:
    starts = last_starts(Span.WEEK, today, weeks)
    found = {each.key.start: each.sums for each in store.sums.read(Span.DAY, starts[0])}
    days = []
    for start in starts:
        for number in range(min(7, (date.max - start).days + 1)):
            day = start + timedelta(days=number)
            sums = found.get(day, Sums())
            days.append(CalendarDay(day, sums, day in rest, day > today and not sums.sessions))
    return tuple(days)


def _scales(guidance: Guidance, by_year: Sequence[PeriodSums]) -> list[str]:
    """Those there are sessions of; those of an older or newer guidance last."""
    order = [scale.id for scale in guidance.scales]
    asked = {each.key.rating_scale for each in by_year if each.key.rating_scale}
    return sorted(asked, key=lambda scale: (order.index(scale) if scale in order else len(order), scale))


def _answer(
    store: HistoryStore,
    guidance: Guidance,
    scale_id: str,
    by_year: Sequence[PeriodSums],
    by_week: Sequence[PeriodSums],
) -> ScaleAnswer:
    scale = guidance.scale(scale_id)
    own = [each for each in by_year if each.key.rating_scale == scale_id]
    mat = on_mat(own)
    presets = {
        preset_id: change_of(total(each for each in mat if each.key.preset_id == preset_id), scale)
        for preset_id in sorted({each.key.preset_id for each in mat})
    }
    areas = [AreaChange(each.area, change_of(each.sums, scale)) for each in by_area(mat)]
    before = before_points(each for each in by_week if each.key.rating_scale == scale_id)
    return ScaleAnswer(
        scale_id=scale_id,
        on_mat=change_of(total(mat), scale),
        without_mat=change_of(total(each for each in own if each.key.area == BodyArea.NONE), scale),
        areas=tuple(sorted(areas, key=lambda each: -each.change.rated)),
        presets=tuple(
            PresetChange(preset_id, change)
            for preset_id, change in presets.items()
            if change.rated >= ENOUGH_FROM
        ),
        dots=tuple(map(_dot, reversed(store.rated(scale_id, DOTS_SHOWN)))),
        before=before,
        before_trend=trend(before),
    )


def _dot(record: SessionRecord) -> Dot:
    assert record.rating_before is not None
    assert record.rating_after is not None
    return Dot(record.started_at, record.area, record.rating_before, record.rating_after)
