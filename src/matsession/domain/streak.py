"""Days in a row: forgiving by rule, so that nothing but a day really missed ends a run.

* A day counts when there is a session in it, of whatever length. Today is not missed before it is over.
* Rest days, marked by hand or by the weekday, neither break a run nor add to it. A session on one counts.
* Travel: who flies far enough west crosses the date line, and a day of the calendar all but vanishes; far to
  the east, a good part of one. A day of which travel left less than half is not one that was missed. A day
  that came twice is one day.
* A session from a clock that was set years ahead is left out until its day comes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

DAYS_AHEAD: Final = 2
"""How far ahead of today the day of a session can truly be: zones lie up to 26 hours apart."""

_HALF_A_DAY_S: Final = 12 * 3600
_DAY: Final = timedelta(days=1)


class DayRun(NamedTuple):
    """Days that follow one another, each with a session in it, and where the person was at either end.

    Offsets are those from UTC. Who travels has several on one day, and it is not known in which order: a run
    is taken to have been entered at the highest and left at the lowest, which is in the person's favour.
    """

    first: date
    last: date
    entered_offset_s: int
    left_offset_s: int


@dataclass(frozen=True, slots=True)
class RestDays:
    """Days off: ``weekdays`` by the number of ``date.weekday``, ``dates`` by hand."""

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()

    def __contains__(self, day: date) -> bool:
        """Whether this is a day off."""
        return day.weekday() in self.weekdays or day in self.dates


@dataclass(frozen=True, slots=True)
class Streak:
    """The run that still goes on, and the longest there was."""

    days: int = 0
    """In the run that goes on; 0 where there is none."""
    longest: int = 0
    longest_from: date | None = None
    """First and last day of the longest run; of equals the latest."""
    longest_to: date | None = None
    today_counts: bool = False
    """There was a session today, or further east already tomorrow."""


def streak(runs: Iterable[DayRun], today: date, offset_s: int, rest: RestDays) -> Streak:
    """What is left of ``runs``, which come oldest first, when rest days and travel have joined them.

    ``offset_s`` is the offset from UTC of now.
    """
    # Today is not over, even where a flight west has brought back a day with a session after it.
    rest = RestDays(rest.weekdays, rest.dates | {today})
    horizon = date.fromordinal(min(today.toordinal() + DAYS_AHEAD, date.max.toordinal()))
    found = Streak()
    days, first, before = 0, date.min, None
    for run in runs:
        if run.first > horizon:
            break
        if before is None or not _joined(before, run.first, run.entered_offset_s, rest):
            days, first = 0, run.first
        before = run._replace(last=min(run.last, horizon))
        days += (before.last - before.first).days + 1
        if days >= found.longest:
            found = Streak(longest=days, longest_from=first, longest_to=before.last)
    if before is None or not _joined(before, today, offset_s, rest):
        days = 0
    return replace(found, days=days, today_counts=before is not None and before.last >= today)


def _joined(before: DayRun, day: date, offset_s: int, rest: RestDays) -> bool:
    """Whether no day was missed between a run and this day, which was entered at ``offset_s``."""
    lost_s = offset_s - before.left_offset_s
    left = 1 if lost_s > _HALF_A_DAY_S else 0
    for number in range(1, (day - before.last).days):
        if before.last + number * _DAY not in rest:
            left -= 1
            if left < 0:
                return False
    return True
