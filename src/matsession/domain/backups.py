"""Which daily backups are kept: many of late, fewer the further back."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

DAYS_KEPT: Final = 7
WEEKS_KEPT: Final = 8
MONTHS_KEPT: Final = 12


def days_to_keep(days: Collection[date]) -> frozenset[date]:
    """Of the days on which backups were made, those whose backup stays.

    The newest of each of the last DAYS_KEPT days that have one, of the last WEEKS_KEPT weeks (from Monday)
    and of the last MONTHS_KEPT months. Days without a backup take no place, so that who comes back after half
    a year still finds all of them.
    """
    return frozenset(
        day
        for span, count in ((_day, DAYS_KEPT), (_week, WEEKS_KEPT), (_month, MONTHS_KEPT))
        for day in _newest_of_each(days, span, count)
    )


def _newest_of_each(days: Collection[date], span: Callable[[date], object], count: int) -> list[date]:
    found: dict[object, date] = {}
    for day in sorted(days, reverse=True):
        if span(day) not in found and len(found) < count:
            found[span(day)] = day
    return list(found.values())


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return (day.year, day.month)
