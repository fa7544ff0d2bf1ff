"""Which sessions of the history are wanted, and in what order.

``SessionQuery.takes`` and ``SessionQuery.sorted`` say what it means; the store does the same by SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from matsession.domain.days import day_of
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.week import DAY_TURN_MIN


class SortBy(StrEnum):
    """What a list of sessions can be sorted by; where that is equal, the newest come first."""

    STARTED = "started"
    AREA = "area"
    PRESET = "preset"
    """By the name that it had then."""
    LENGTH = "length"
    """The time that was done."""
    BEFORE = "before"
    AFTER = "after"
    CHANGE = "change"
    """Sessions without such a rating come last, whichever way it is sorted."""
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQuery:
    """Wanted sessions; what is left empty takes all. Deleted ones are never among them."""

    from_day: date | None = None
    to_day: date | None = None
    """Both included; a day is the local one where the session was, and turns at ``turn_min``."""
    areas: frozenset[str] = frozenset()
    preset_ids: frozenset[str] = frozenset()
    states: frozenset[RowState] = frozenset()
    text: str = ""
    """Somewhere in the note, in capital letters or small ones."""
    turn_min: int = DAY_TURN_MIN
    sort_by: SortBy = SortBy.STARTED
    descending: bool = True

    @property
    def filters(self) -> bool:
        """Whether it leaves anything out."""
        return replace(self, turn_min=DAY_TURN_MIN, sort_by=SortBy.STARTED, descending=True) != SessionQuery()

    def takes(self, record: SessionRecord) -> bool:
        """Whether this session is wanted."""
        day = day_of(record.started_at, self.turn_min)
        return (
            record.deleted_at is None
            and (self.from_day is None or day >= self.from_day)
            and (self.to_day is None or day <= self.to_day)
            and (not self.areas or record.area in self.areas)
            and (not self.preset_ids or record.preset_id in self.preset_ids)
            and (not self.states or record.state in self.states)
            and self.text.casefold() in record.note.casefold()
        )

    def sorted(self, records: Iterable[SessionRecord]) -> list[SessionRecord]:
        """Those that are wanted, in the order that is wanted."""
        found = sorted((each for each in records if self.takes(each)), key=lambda each: each.id)
        found.sort(key=lambda each: each.started_at, reverse=True)
        if self.sort_by is SortBy.STARTED:
            return found if self.descending else found[::-1]
        known = [each for each in found if _sorted_value(each, self.sort_by) is not None]
        unknown = [each for each in found if _sorted_value(each, self.sort_by) is None]
        known.sort(key=lambda each: _sorted_value(each, self.sort_by), reverse=self.descending)
        return known + unknown


def _sorted_value(record: SessionRecord, sort_by: SortBy) -> Any:
    match sort_by:
        case SortBy.STARTED:
            return record.started_at
        case SortBy.AREA:
            return record.area
        case SortBy.PRESET:
            return record.preset_name.casefold()
        case SortBy.LENGTH:
            return record.done_s
        case SortBy.BEFORE:
            return record.rating_before
        case SortBy.AFTER:
            return record.rating_after
        case SortBy.CHANGE:
            return record.change
        case SortBy.OUTCOME:
            return str(record.state)
