"""The rules of the place where the computer is."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.app.clock import LocalZone, notice_journey
from tests.domain.naive_reminders import WILD

FIRST = datetime(2008, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program cannot travel there")


@pytest.fixture(autouse=True)
def home_again() -> Iterator[None]:
    """All as it was."""
    before = os.environ.get("TZ")
    yield
    travel(before)


def travel(name: str | None) -> None:
    """Set the computer's zone."""
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    notice_journey()


@given(
    st.sampled_from(WILD),
    st.integers(0, 28 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
)
def test_it_is_as_the_database_of_zones_says(name: str, at: datetime) -> None:
    """To the wall and back, with times that are skipped and times that come twice."""
    travel(name)
    known, own = ZoneInfo(name), LocalZone()
    there, here = at.astimezone(known), at.astimezone(own)
    assert (here.replace(tzinfo=None), here.fold) == (there.replace(tzinfo=None), there.fold)
    assert here.astimezone(UTC) == at
    for fold in (0, 1):
        wall = at.replace(fold=fold)
        assert wall.replace(tzinfo=own).utcoffset() == wall.replace(tzinfo=known).utcoffset()


def test_around_a_change_of_the_clock() -> None:
    """Each minute of the nights in which the clock is changed."""
    travel("Australia/Lord_Howe")
    known, own = ZoneInfo("Australia/Lord_Howe"), LocalZone()
    for begin in (datetime(2026, 10, 3, 14, tzinfo=UTC), datetime(2026, 4, 4, 13, tzinfo=UTC)):
        for minute in range(180):
            at = begin + timedelta(minutes=minute)
            there, here = at.astimezone(known), at.astimezone(own)
            assert (here.replace(tzinfo=None), here.fold) == (there.replace(tzinfo=None), there.fold)
    for minute in range(180):
        for fold in (0, 1):
            wall = datetime(2026, 10, 4, 1, tzinfo=UTC) + timedelta(minutes=minute)
            wall = wall.replace(fold=fold)
            assert wall.replace(tzinfo=own).utcoffset() == wall.replace(tzinfo=known).utcoffset()


def test_a_journey_is_noticed() -> None:
    """The zone is another, and so is the wall."""
    travel("Asia/Tokyo")
    assert datetime(2026, 1, 1, tzinfo=LocalZone()).utcoffset() == timedelta(hours=9)
    travel("Pacific/Honolulu")
    assert datetime(2026, 1, 1, tzinfo=LocalZone()).utcoffset() == timedelta(hours=-10)
