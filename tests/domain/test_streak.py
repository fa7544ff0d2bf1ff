"""Days in a row: against a reference that walks day by day, and against what must never break a run."""

import zoneinfo
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.days import day_of
from matsession.domain.streak import DayRun, RestDays, Streak, streak
from matsession.domain.week import LATEST_DAY_TURN_MIN
from tests.fakes import day_runs

DAY: Final = timedelta(days=1)

ZONES: Final = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Santiago",
]
"""East and west of everything, with summer times of an hour, of half an hour, and south of the equator."""

TURNS: Final = st.integers(0, LATEST_DAY_TURN_MIN)
RESTS: Final = st.builds(
    RestDays,
    st.frozensets(st.integers(0, 6), max_size=6),
    st.frozensets(st.integers(0, 60).map(lambda number: date(2025, 10, 1) + number * DAY), max_size=10),
)


class Journey(NamedTuple):
    """Moments of sessions, each where the person was then, and the moment of looking."""

    sessions: list[datetime]
    now: datetime


@st.composite
def journeys(draw: st.DrawFn, longest_gap_h: int, *, at_home: bool = False) -> Journey:
    """Somebody who travels: hours from session to session, and a zone for each."""
    gaps = draw(st.lists(st.integers(0, longest_gap_h * 60), max_size=25))
    # Around both changes of the clock in October and November.
    moment = datetime(2025, 10, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 40 * 24 * 60)))
    zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)
    stays = at_home or draw(st.booleans())
    home = draw(zones)
    moments = []
    for gap in gaps:
        moment += timedelta(minutes=gap)
        moments.append(moment.astimezone(home if stays else draw(zones)))
    return Journey(moments[:-1], moments[-1]) if moments else Journey([], moment.astimezone(home))


def offset_s(when: datetime) -> int:
    """Its offset from UTC."""
    offset = when.utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


def looked_at(journey: Journey, turn_min: int, rest: RestDays = RestDays()) -> Streak:  # noqa: B008
    """The streak at the moment of looking."""
    runs = day_runs(journey.sessions, turn_min)
    return streak(runs, day_of(journey.now, turn_min), offset_s(journey.now), rest)


class Lived(NamedTuple):
    """A day with a session in it, with the lowest and the highest offset there was."""

    day: date
    lowest: timedelta
    highest: timedelta


def day_by_day(journey: Journey, turn_min: int, rest: RestDays) -> Streak:
    """The reference: walks the calendar, and reckons how long each gap lasted for the person."""
    today = day_of(journey.now, turn_min)
    by_day: dict[date, Lived] = {}
    for when in journey.sessions:
        day, offset = day_of(when, turn_min), when.utcoffset() or timedelta()
        if day <= today + 2 * DAY:
            known = by_day.get(day, Lived(day, offset, offset))
            by_day[day] = Lived(day, min(known.lowest, offset), max(known.highest, offset))
    if not by_day:
        return Streak()

    def lasted(left: Lived, until: date, offset: timedelta) -> timedelta:
        """From the end of one day to the start of another on a clock in UTC, without days off and today."""
        begin = datetime.combine(left.day + DAY, time(), timezone(left.lowest))
        end = datetime.combine(until, time(), timezone(offset))
        between = [left.day + number * DAY for number in range(1, (until - left.day).days)]
        off = sum(day in rest or day == today for day in between)
        return end - begin - off * DAY

    day, end = min(by_day), max(today, *by_day)
    run, found, last, missed_any = 0, Streak(), by_day[day], False
    while day <= end:
        here = by_day.get(day)
        if here is not None or day == today:
            offset = here.highest if here else journey.now.utcoffset() or timedelta()
            missed_any = missed_any and lasted(last, day, offset) >= DAY / 2
            if missed_any and (here is not None or day == end):
                run = 0
        if here is not None:
            run, last, missed_any = run + 1, here, False
            if run >= found.longest:
                first = sorted(one for one in by_day if one <= day)[-run]
                found = Streak(longest=run, longest_from=first, longest_to=day)
        elif day not in rest and day != today:
            missed_any = True
        day += DAY
    return replace(found, days=run, today_counts=max(by_day) >= today)


@given(journeys(24 * 5), TURNS, RESTS)
def test_against_a_walk_day_by_day(journey: Journey, turn_min: int, rest: RestDays) -> None:
    """Random zones, changes of the clock, turns of the day and days off."""
    assert looked_at(journey, turn_min, rest) == day_by_day(journey, turn_min, rest)


@given(st.data(), TURNS)
def test_who_misses_no_day_keeps_the_run_wherever_they_fly(data: st.DataObject, turn_min: int) -> None:
    """A session in every day that was lived; only a rest of under 11 hours that a flight left may go without.

    One hour less than half a day, because the clocks may be changed at the same time.
    """
    zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)
    when = datetime(2025, 10, 24, data.draw(st.integers(0, 23)), tzinfo=UTC).astimezone(data.draw(zones))
    moments = [when]
    for _ in range(data.draw(st.integers(0, 15))):
        landed = when.astimezone(UTC).astimezone(data.draw(zones))
        day = day_of(landed, turn_min)
        if day > day_of(when, turn_min) and _begin(day + DAY, turn_min, landed) - landed >= timedelta(
            hours=11
        ):
            earliest = landed  # enough is left of the day
        else:
            earliest = _begin(max(day, day_of(when, turn_min)) + DAY, turn_min, landed)
        later = timedelta(minutes=data.draw(st.integers(0, 8 * 60)))
        when = (earliest + later).astimezone(landed.tzinfo)
        moments.append(when)
    found = looked_at(Journey(moments, when), turn_min)
    days = len({day_of(moment, turn_min) for moment in moments})
    assert (found.days, found.longest) == (days, days)


def _begin(day: date, turn_min: int, here: datetime) -> datetime:
    """The moment in UTC when this day begins where one is."""
    wall = datetime.combine(day, time(), here.tzinfo) + timedelta(minutes=turn_min)
    return wall.astimezone(UTC)


@given(journeys(24 * 5), TURNS)
def test_no_day_is_invented(journey: Journey, turn_min: int) -> None:
    """A run has no more days than there were turns of the day in all that time, wherever one was."""
    found = looked_at(journey, turn_min)
    if journey.sessions:
        # Zones lie up to 26 hours apart, so that two more days can be touched than passed.
        passed = (journey.sessions[-1] - journey.sessions[0]) / DAY
        assert found.longest <= passed + 1 + 26 / 24 + 1
    assert found.days <= found.longest <= len({day_of(when, turn_min) for when in journey.sessions})


@given(journeys(24 * 3, at_home=True), TURNS, RESTS)
def test_a_session_more_never_shortens_a_run(journey: Journey, turn_min: int, rest: RestDays) -> None:
    """Entering a past session can only mend."""
    without = looked_at(journey._replace(sessions=journey.sessions[1::2]), turn_min, rest)
    everything = looked_at(journey, turn_min, rest)
    assert everything.longest >= without.longest
    assert everything.days >= without.days


def days(*numbers: int) -> list[DayRun]:
    """Days of March 2026, all at the same place."""
    return day_runs((datetime(2026, 3, number, 12, tzinfo=UTC) for number in numbers), 240)


def march(number: int) -> date:
    """A day of March 2026; the 2nd is a Monday."""
    return date(2026, 3, number)


def test_today_is_not_missed_before_it_is_over() -> None:
    """Yesterday's run goes on all day; the day after it is over."""
    ran = days(10, 11, 12)
    assert streak(ran, march(12), 0, RestDays()) == Streak(3, 3, march(10), march(12), today_counts=True)
    assert streak(ran, march(13), 0, RestDays()) == Streak(3, 3, march(10), march(12), today_counts=False)
    assert streak(ran, march(14), 0, RestDays()) == Streak(0, 3, march(10), march(12), today_counts=False)


def test_rest_days_neither_break_nor_add() -> None:
    """By hand and by weekday; and a session on one counts like any other."""
    by_hand = RestDays(dates=frozenset({march(11), march(13)}))
    assert streak(days(10, 12), march(14), 0, by_hand).days == 2
    sundays = RestDays(weekdays=frozenset({6}))
    assert streak(days(6, 7, 9, 10), march(10), 0, sundays).days == 4
    assert streak(days(6, 7, 8, 9, 10), march(10), 0, sundays).days == 5
    assert streak(days(6, 7, 10), march(10), 0, sundays).days == 1


def test_of_equal_runs_the_latest_is_told() -> None:
    """It is the one that is remembered."""
    found = streak(days(1, 2, 5, 6), march(9), 0, RestDays())
    assert (found.days, found.longest, found.longest_from, found.longest_to) == (0, 2, march(5), march(6))


def test_nothing_yet() -> None:
    """No day, no run."""
    assert streak([], march(1), 0, RestDays()) == Streak()


def test_a_clock_that_was_years_ahead_hides_nothing() -> None:
    """A session of 2099 waits for its day; the run of today is what it is."""
    wrong = DayRun(date(2099, 1, 1), date(2099, 1, 9), 0, 0)
    found = streak([*days(10, 11), wrong], march(11), 0, RestDays())
    assert (found.days, found.longest) == (2, 2)
    assert streak(days(10, 11, 12, 13, 14, 15), march(11), 0, RestDays()).days == 4


def test_samoa_skipped_a_day() -> None:
    """On 29 December 2011 the next day was the 31st: nobody there missed the 30th."""
    apia = zoneinfo.ZoneInfo("Pacific/Apia")
    evening, noon = datetime(2011, 12, 29, 21, tzinfo=apia), datetime(2011, 12, 31, 12, tzinfo=apia)
    assert noon.astimezone(UTC) - evening.astimezone(UTC) == timedelta(hours=15)
    assert looked_at(Journey([evening], noon), 240).days == 1
    assert looked_at(Journey([evening, noon], noon), 240).days == 2


def test_a_flight_over_the_date_line_costs_no_run_and_a_missed_day_at_home_does() -> None:
    """From Los Angeles on the 5th to Tokyo on the 7th there are 33 hours; at home there are 48."""
    home, away = zoneinfo.ZoneInfo("America/Los_Angeles"), zoneinfo.ZoneInfo("Asia/Tokyo")
    before = datetime(2026, 3, 5, 20, tzinfo=home)
    assert looked_at(Journey([before], datetime(2026, 3, 7, 21, tzinfo=away)), 240).days == 1
    assert looked_at(Journey([before], datetime(2026, 3, 7, 21, tzinfo=home)), 240).days == 0


def test_a_flight_the_other_way_makes_one_day_of_two() -> None:
    """The 5th in Tokyo and, after the flight, the 5th in Los Angeles once more."""
    tokyo, angeles = zoneinfo.ZoneInfo("Asia/Tokyo"), zoneinfo.ZoneInfo("America/Los_Angeles")
    moments = [datetime(2026, 3, 5, 8, tzinfo=tokyo), datetime(2026, 3, 5, 20, tzinfo=angeles)]
    assert looked_at(Journey(moments, moments[-1]), 240).longest == 1


def test_a_today_that_came_back_is_not_missed_either() -> None:
    """From the 15th in Greenwich back to New York, where the 14th is not over yet."""
    moments = [datetime(2026, 3, day, 1, tzinfo=UTC) for day in (12, 13, 15)]
    now = datetime(2026, 3, 14, 22, tzinfo=zoneinfo.ZoneInfo("America/New_York"))
    assert looked_at(Journey(moments, now), 0).days == 3
    assert looked_at(Journey(moments, now + 3 * timedelta(hours=1)), 0).days == 1


@pytest.mark.parametrize("evening", [date(2026, 3, 28), date(2026, 10, 24)])
def test_a_night_in_which_the_clocks_change_is_one_night(evening: date) -> None:
    """Sessions at one and at half past three belong to the evening before, in spring and in autumn."""
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    night = evening + DAY
    moments = [
        datetime.combine(evening, time(21), berlin),
        datetime.combine(night, time(1), berlin),
        datetime.combine(night, time(3, 30), berlin),
        datetime.combine(night, time(4), berlin),
    ]
    assert [day_of(moment, 240) for moment in moments] == [evening, evening, evening, night]
    assert looked_at(Journey(moments, moments[-1]), 240).days == 2
