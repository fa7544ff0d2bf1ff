"""Which daily backups stay: tables of dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.backups import DAYS_KEPT, MONTHS_KEPT, WEEKS_KEPT, days_to_keep

TODAY = date(2026, 3, 19)  # a Thursday
DAILY_YEAR = [TODAY - timedelta(days=number) for number in range(500)]


def days(*texts: str) -> frozenset[date]:
    """Written as one reads them."""
    return frozenset(map(date.fromisoformat, texts))


def test_of_every_day_for_more_than_a_year() -> None:
    """Seven days, then the ends of weeks, then the ends of months."""
    assert days_to_keep(DAILY_YEAR) == days(
        "2026-03-19",
        "2026-03-18",
        "2026-03-17",
        "2026-03-16",
        "2026-03-15",  # the end of a week too
        "2026-03-14",
        "2026-03-13",
        "2026-03-08",
        "2026-03-01",
        "2026-02-22",
        "2026-02-15",
        "2026-02-08",
        "2026-02-01",
        "2026-02-28",
        "2026-01-31",
        "2025-12-31",
        "2025-11-30",
        "2025-10-31",
        "2025-09-30",
        "2025-08-31",
        "2025-07-31",
        "2025-06-30",
        "2025-05-31",
        "2025-04-30",
    )


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ([], []),
        (["2026-03-19"], ["2026-03-19"]),
        # Long breaks: days without a backup take no place.
        (["2020-01-01", "2023-06-05", "2026-03-19"], ["2020-01-01", "2023-06-05", "2026-03-19"]),
        # An ISO week over the turn of the year is one week.
        (
            [f"2025-12-{day}" for day in range(25, 32)] + ["2026-01-01", "2026-01-02", "2026-01-03"],
            [
                "2025-12-28",
                "2025-12-28",
                "2025-12-29",
                "2025-12-30",
                "2025-12-31",
                "2026-01-01",
                "2026-01-02",
                "2026-01-03",
            ],
        ),
    ],
)
def test_tables(there: list[str], kept: list[str]) -> None:
    """By hand."""
    assert days_to_keep(days(*there)) == days(*kept)


@given(st.sets(st.dates(date(2020, 1, 1), date(2027, 1, 1)), max_size=400))
def test_what_always_holds(there: set[date]) -> None:
    """Nothing is made up, the newest stays, there are never too many, and what stays would stay again."""
    kept = days_to_keep(there)
    assert kept <= there
    assert len(kept) <= DAYS_KEPT + WEEKS_KEPT + MONTHS_KEPT
    assert days_to_keep(kept) == kept
    assert set(sorted(there, reverse=True)[:DAYS_KEPT]) <= kept


def test_thinned_out_day_by_day_the_past_stays_covered() -> None:
    """After two years of a backup a day there is one of each of the last twelve months."""
    kept: frozenset[date] = frozenset()
    for number in range(730):
        kept = days_to_keep(kept | {TODAY + timedelta(days=number)})
    assert len({(day.year, day.month) for day in kept}) == MONTHS_KEPT
    assert len({day.isocalendar()[:2] for day in kept}) >= WEEKS_KEPT
