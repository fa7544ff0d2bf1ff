"""What a report on a stretch of time holds, added up from its sessions piece by piece. Plain values."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from matsession.app.history_overview import AreaChange
from matsession.app.ports import FoundSessions
from matsession.domain.body import BodyArea
from matsession.domain.days import day_of
from matsession.domain.guidance import Guidance
from matsession.domain.session_query import SessionQuery
from matsession.domain.statistics import AreaSums, Change, Sums, add_up, change_of, counts, sums_of

_AT_ONCE: Final = 250
"""Sessions read between two looks at the clock."""
NOTES_MOST: Final = 40
"""The newest notes; more would be no report."""


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What is wanted. Both days are included; ``name`` is who the person says they are."""

    from_day: date
    to_day: date
    name: str = ""
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What was written after a session."""

    started_at: datetime
    preset_name: str
    text: str


@dataclass(frozen=True, slots=True)
class ScaleReport:
    """What the ratings on one scale say over this time."""

    scale_id: str
    on_mat: Change
    without_mat: Change
    areas: tuple[AreaChange, ...]
    """Every area on the mat, the one with the most rated sessions first."""


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    wish: ReportWish
    made_on: date
    total: Sums
    days: Mapping[date, Sums]
    areas: tuple[AreaSums, ...]
    """The longest time first."""
    scales: tuple[ScaleReport, ...]
    notes: tuple[Note, ...]
    """Newest first."""
    notes_left_out: int = 0


def report_steps(
    find: Callable[[SessionQuery], FoundSessions],
    guidance: Guidance,
    wish: ReportWish,
    turn_min: int,
    today: date,
) -> Generator[float, None, Report]:
    """Read the sessions of this time; yields which part is done, and returns the Report."""
    found = find(SessionQuery(from_day=wish.from_day, to_day=wish.to_day, turn_min=turn_min))
    days: dict[date, Sums] = {}
    areas: dict[str, Sums] = {}
    rated: dict[tuple[str, str], Sums] = {}
    notes: list[Note] = []
    left_out = 0
    for first in range(0, found.count, _AT_ONCE):
        for record in found.page(first, _AT_ONCE):
            if not counts(record):
                continue
            own, day = sums_of(record), day_of(record.started_at, turn_min)
            days[day] = add_up((days.get(day, Sums()), own))
            areas[record.area] = add_up((areas.get(record.area, Sums()), own))
            if record.rating_scale:
                key = (record.rating_scale, record.area)
                rated[key] = add_up((rated.get(key, Sums()), own))
            if wish.notes and record.note.strip():
                if len(notes) < NOTES_MOST:
                    notes.append(Note(record.started_at, record.preset_name, record.note.strip()))
                else:
                    left_out += 1
        yield min(1.0, (first + _AT_ONCE) / found.count)
    by_time = sorted(areas, key=lambda area: (-areas[area].done_ms, area))
    return Report(
        wish=wish,
        made_on=today,
        total=add_up((Sums(), *areas.values())),
        days=days,
        areas=tuple(AreaSums(area, areas[area]) for area in by_time),
        scales=tuple(_scale(guidance, scale_id, rated) for scale_id in _in_order(guidance, rated)),
        notes=tuple(notes),
        notes_left_out=left_out,
    )


def _in_order(guidance: Guidance, rated: Mapping[tuple[str, str], Sums]) -> list[str]:
    order = [scale.id for scale in guidance.scales]
    found = {scale_id for scale_id, _area in rated}
    return sorted(found, key=lambda each: (order.index(each) if each in order else len(order), each))


def _scale(guidance: Guidance, scale_id: str, rated: Mapping[tuple[str, str], Sums]) -> ScaleReport:
    scale = guidance.scale(scale_id)
    own = {area: sums for (each, area), sums in rated.items() if each == scale_id}
    mat = {area: sums for area, sums in own.items() if area != BodyArea.NONE}
    areas = [AreaChange(area, change_of(sums, scale)) for area, sums in mat.items()]
    return ScaleReport(
        scale_id,
        change_of(add_up((Sums(), *mat.values())), scale),
        change_of(own.get(BodyArea.NONE.value, Sums()), scale),
        tuple(sorted(areas, key=lambda each: (-each.change.rated, each.area))),
    )
