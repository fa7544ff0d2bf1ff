"""Each reminder comes exactly once, and not at all where it would not help."""

import random
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matsession.domain.reminder import (
    Occurrence,
    QuietSpan,
    Reminder,
    SessionSpan,
    SnoozeWish,
    latest_room,
)
from matsession.domain.reminder_times import (
    Look,
    ReminderState,
    Rules,
    WhyNot,
    again_at,
    called_off,
    caught_up,
    look,
    next_due,
    next_unanswered,
    programme_silences,
    put_off,
)
from matsession.domain.week import Weekday
from tests.domain.naive_reminders import (
    WILD,
    Life,
    check_each_once,
    live_wildly,
    live_with_nights,
    utc,
    walked_back,
)

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday))
MORNING = Reminder(id="2", time_min=570, weekdays=frozenset(Weekday))
THURSDAY = datetime(2026, 11, 26, tzinfo=BERLIN)


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    """A time of that week, in Berlin."""
    return THURSDAY.replace(day=day, hour=hour, minute=minute)


def since(when: datetime, *reminders: Reminder) -> ReminderState:
    """What is known where the program has run since then."""
    return caught_up(reminders, when, ReminderState())


def seen(when: datetime, *reminders: Reminder, **more: object) -> Look:
    """What is to be done then, by a program that has run since the morning."""
    state = more.pop("state", None) or since(at(7), *reminders)
    return look(reminders, when, BERLIN, state, **more)  # type: ignore[arg-type]


def days(found: tuple[Occurrence, ...]) -> list[tuple[str, int]]:
    """Id and day of the month."""
    return [(each.reminder.id, each.day.day) for each in found]


# -- exactly once ------------------------------------------------------------------------------------------


minutes = st.one_of(st.integers(0, 1439), st.integers(0, 240), st.integers(1320, 1439))
some_days = st.frozensets(st.sampled_from(Weekday), min_size=1)
some_reminders = st.lists(st.tuples(minutes, some_days), min_size=1, max_size=4).map(
    lambda found: [
        Reminder(id=str(number), time_min=minute, weekdays=each)
        for number, (minute, each) in enumerate(found)
    ]
)


def window(zone: tzinfo, day: int, span_days: int) -> tuple[datetime, datetime]:
    """A stretch of two years with the zone's oddest moments in them; Apia's are in 2011."""
    first = utc(2011, 1, 1) if str(zone) == "Pacific/Apia" else utc(2025, 1, 1)
    begin = first + timedelta(days=day)
    return begin, begin + timedelta(days=span_days)


@cache
def changes(zone: tzinfo) -> list[int]:
    """The days of the two years on which the clock is changed."""
    first = window(zone, 0, 0)[0]
    offsets = [(first + timedelta(days=day)).astimezone(zone).utcoffset() for day in range(731)]
    return [day for day in range(730) if offsets[day] != offsets[day + 1]] or [0]


@st.composite
def windows(draw: st.DrawFn, span_days: int) -> tuple[tzinfo, datetime, datetime]:
    """A zone and some days, mostly around a change of its clock."""
    zone = ZoneInfo(draw(st.sampled_from(WILD)))
    near = st.sampled_from(changes(zone)).map(lambda day: max(0, day - span_days // 2))
    return (zone, *window(zone, draw(st.one_of(near, near, st.integers(0, 729))), span_days))


@settings(max_examples=80)
@given(windows(5), some_reminders)
def test_each_comes_when_the_wall_says_so(
    where: tuple[tzinfo, datetime, datetime], reminders: list[Reminder]
) -> None:
    """Compared with a clock that is looked at each minute, around the changes of a dozen wild zones."""
    zone, begin, end = where
    check_each_once(zone, reminders, begin, end)


@settings(max_examples=80)
@given(windows(9), some_reminders, st.integers(0, 2**32))
def test_each_comes_once_whatever_happens(
    where: tuple[tzinfo, datetime, datetime], reminders: list[Reminder], seed: int
) -> None:
    """Naps, days switched off, restarts, and a clock that is set up to three hours to and fro."""
    zone, begin, end = where
    live_wildly(zone, reminders, begin, end, random.Random(seed))


@settings(max_examples=40)
@given(windows(9), some_reminders, st.integers(0, 2**32))
def test_nothing_is_told_in_quiet_hours_nor_lost_to_them(
    where: tuple[tzinfo, datetime, datetime], reminders: list[Reminder], seed: int
) -> None:
    """What passed waits for the morning."""
    zone, begin, end = where
    live_with_nights(zone, reminders, begin, end, random.Random(seed))


@pytest.mark.parametrize("name", ["Europe/Berlin", "Australia/Lord_Howe", "America/Scoresbysund"])
def test_ten_years(name: str) -> None:
    """Every evening of ten years, and every night at an hour that is at times left out or comes twice."""
    zone = ZoneInfo(name)
    night = Reminder(id="night", time_min=135, weekdays=frozenset(Weekday))
    life = Life([EVENING, night], zone, utc(2026, 1, 1))
    life.live_until(utc(2036, 1, 1))
    told = life.told()
    assert life.missed == []
    assert len(told) == len(set(told))
    count = (date(2036, 1, 1) - date(2026, 1, 1)).days
    assert abs(len(told) - 2 * count) <= 1  # the first and the last day may be cut


# -- passed, late, and wrong clocks ------------------------------------------------------------------------


@pytest.mark.parametrize(("minute", "due", "missed"), [(0, 1, 0), (10, 1, 0), (11, 0, 1)])
def test_ten_minutes_late_is_on_time(minute: int, due: int, missed: int) -> None:
    """Later it has passed."""
    found = seen(at(21, minute), EVENING)
    assert (len(found.due), len(found.missed)) == (due, missed)


def test_what_passed_is_told_once() -> None:
    """Two days asleep: both evenings passed, and are not spoken of again."""
    first = seen(at(8, day=28), EVENING)
    assert days(first.missed) == [("1", 26), ("1", 27)]
    assert seen(at(9, day=28), EVENING, state=first.state) == Look(
        caught_up([EVENING], at(9, day=28), look([EVENING], at(9, day=28), BERLIN, first.state).state)
    )


def test_what_is_new_or_changed_counts_from_now_on() -> None:
    """At 20:30 the reminder is moved to 20:00: nothing passed, it comes tomorrow."""
    moved = Reminder(id="1", time_min=1200, weekdays=frozenset(Weekday))
    state = since(at(7), EVENING)
    found = look([moved], at(20, 30), BERLIN, state)
    assert (found.due, found.missed) == ((), ())
    coming = next_due([moved], at(20, 30), BERLIN, found.state)
    assert coming is not None
    assert coming.day.day == 27


def test_one_that_is_off_never_comes() -> None:
    """And from the time it is on again, nothing of before."""
    off = Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday), on=False)
    found = seen(at(22), off)
    assert (found.due, found.missed, next_due([off], at(22), BERLIN, found.state)) == ((), (), None)
    again = look([EVENING], at(22), BERLIN, found.state)
    assert (again.due, again.missed) == ((), ())


def test_a_clock_years_ahead_costs_no_reminder_afterwards() -> None:
    """It was 2030 for a minute. Back in 2026 this evening's reminder comes."""
    wrong = seen(datetime(2030, 1, 1, 12, tzinfo=BERLIN), EVENING)
    assert wrong.missed
    back = look([EVENING], at(12), BERLIN, wrong.state)
    assert (back.due, back.missed) == ((), ())
    assert days(look([EVENING], at(21), BERLIN, back.state).due) == [("1", 26)]


def test_a_journey_brings_none_twice() -> None:
    """Told in Berlin at 21:00, and not again at 21:00 in New York six hours later."""
    told = seen(at(21), EVENING)
    new_york = ZoneInfo("America/New_York")
    there = look([EVENING], at(3, 1, day=27), new_york, told.state)
    assert (there.due, there.missed) == ((), ())
    coming = next_due([EVENING], at(3, 1, day=27), new_york, there.state)
    assert coming is not None
    assert coming.day.day == 27


def test_an_evening_that_is_lived_twice_has_two_reminders() -> None:
    """Auckland to Honolulu: it is the 26th again, 23 hours after the first time."""
    auckland, honolulu = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
    first = datetime(2026, 11, 26, 21, tzinfo=auckland)
    state = since(first - timedelta(hours=1), EVENING)
    told = look([EVENING], first, auckland, state)
    second = datetime(2026, 11, 26, 21, tzinfo=honolulu)
    assert days(look([EVENING], second, honolulu, told.state).due) == [("1", 26)]


# -- silent where it would not help ------------------------------------------------------------------------


def session(hour: int, minute: int = 0, day: int = 26, length_min: int = 10) -> SessionSpan:
    """One in Berlin."""
    began = at(hour, minute, day)
    return SessionSpan(began, began + timedelta(minutes=length_min))


@pytest.mark.parametrize(
    ("done", "comes"),
    [
        (session(7, 30), False),  # the day's, whenever it was
        (session(20, 55), False),  # it runs
        (session(20, 55, length_min=3), False),
        (session(3, 59), True),  # at night it was still yesterday's
        (session(4, 0), False),
        (session(22, day=25), True),
    ],
)
def test_a_day_whose_session_is_done_stays_silent(done: SessionSpan, comes: bool) -> None:
    """With one reminder a day any session of that day counts; the day turns at four."""
    found = seen(at(21), EVENING, sessions=[done])
    assert (len(found.due), len(found.missed)) == (int(comes), 0)


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ([session(9, 35)], ["evening"]),
        ([session(9, 20)], ["evening"]),
        ([session(20, 0)], ["morning"]),
        ([session(14)], ["evening"]),  # nearer to the morning
        ([session(9, 20), session(20, 0)], []),
        ([], ["morning", "evening"]),
    ],
)
def test_with_two_a_day_a_session_answers_the_nearest(done: list[SessionSpan], told: list[str]) -> None:
    """The morning's session does not take away the evening's reminder."""
    heard = []
    state = since(at(7), EVENING, MORNING)
    for when in (at(9, 30), at(21)):
        now = [each for each in done if each.began <= when]
        found = look([EVENING, MORNING], when, BERLIN, state, None, now)
        state = found.state
        heard += [{"1": "evening", "2": "morning"}[each.reminder.id] for each in found.due]
    if done == [session(9, 35)] or done == [session(14)]:
        told = ["morning", *told]  # it was told before that session
    assert heard == told


def test_after_a_session_a_second_reminder_soon_after_is_silent() -> None:
    """20:00 and 21:00, done at 19:50: the second has nothing to say either."""
    eight = Reminder(id="8", time_min=1200, weekdays=frozenset(Weekday))
    found = seen(at(21), eight, EVENING, sessions=[session(19, 50)])
    assert (found.due, found.missed) == ((), ())


def test_who_wants_it_anyway_is_reminded_but_not_in_a_session() -> None:
    """Without "skip if done" only a session that runs at that time counts."""
    anyway = Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday), skip_done=False)
    assert seen(at(21), anyway, sessions=[session(20, 30)]).due
    assert not seen(at(21, 6), anyway, sessions=[session(20, 55)]).due


@pytest.mark.parametrize(
    ("morning", "rules", "comes"),
    [
        ({}, Rules(), True),
        ({"skip_done": False}, Rules(), False),
        ({"on": False}, Rules(), False),
        ({}, Rules({Weekday.THURSDAY: QuietSpan(9 * 60, 10 * 60)}), False),
        ({}, Rules(follows=frozenset({"2"}), rests_on=lambda _day: True), True),  # done: it was that one's
        ({}, Rules(follows=frozenset({"2"}), off_on=lambda _day: True), False),  # a day off
    ],
)
def test_one_that_cannot_be_answered_takes_no_session_from_another(
    morning: dict[str, object], rules: Rules, comes: bool
) -> None:
    """A session at 10:30 answers the one of the morning, where that comes and heeds it; else the evening."""
    other = Reminder(**({"id": "2", "time_min": 570, "weekdays": frozenset(Weekday)} | morning))  # type: ignore[arg-type]
    found = seen(
        at(21), EVENING, other, state=since(at(10), EVENING, other), rules=rules, sessions=[session(10, 30)]
    )
    assert bool(found.due) is comes


def test_a_passed_one_whose_session_was_done_is_not_spoken_of() -> None:
    """Done at 20:00, then asleep over 21:00."""
    assert seen(at(23), EVENING, sessions=[session(20)]).missed == ()


QUIET = {Weekday.THURSDAY: QuietSpan(21 * 60 + 15, 7 * 60)}


@pytest.mark.parametrize(("needs_s", "comes"), [(900, True), (901, False)])
def test_a_session_has_to_fit_before_quiet_hours(needs_s: float, comes: bool) -> None:
    """Settling in and session together; one that has no room is neither told nor counted as passed."""
    rules = Rules(QUIET, {"1": needs_s})
    found = seen(at(21), EVENING, rules=rules)
    assert (len(found.due), found.missed) == (int(comes), ())
    coming = next_due([EVENING], at(12), BERLIN, since(at(7), EVENING), rules)
    assert coming is not None
    assert coming.day.day == (26 if comes else 27)


def test_each_of_several_has_its_next_among_all_of_them() -> None:
    """A session at 9:05 answers the morning's, not the evening's; it is asked for only where it matters."""
    state, both = since(at(7), EVENING, MORNING), [EVENING, MORNING]
    asked: list[datetime] = []

    def coming(now: datetime, of: str) -> datetime | None:
        def sessions() -> list[SessionSpan]:
            asked.append(now)
            return [session(9, 5)]

        found = next_unanswered(both, now, BERLIN, state, Rules(), sessions, of=of)
        return found.at if found else None

    assert (coming(at(9, 20), "1"), coming(at(9, 20), "2")) == (at(21), at(9, 30, day=27))
    assert coming(at(9, 20), "") == at(21)
    assert asked
    asked.clear()
    assert coming(at(23), "1") == at(21, day=27)
    assert asked == []


@pytest.mark.parametrize(("quiet", "waits"), [(False, True), (True, False)])
def test_what_keeps_all_silent_is_told_apart(quiet: bool, waits: bool) -> None:
    """The programme waits; but where quiet hours leave no room anyway, they are what is told."""
    always = {day: QuietSpan(20 * 60, 22 * 60) for day in Weekday}
    rules = Rules(always if quiet else {}, follows=frozenset({"1"}), rests_on=lambda _day: True)
    state = since(at(7), EVENING)
    assert next_due([EVENING], at(12), BERLIN, state, rules) is None
    assert programme_silences([EVENING], at(12), BERLIN, state, rules) is waits


def test_quiet_hours_that_end_do_not_bring_back_what_they_held() -> None:
    """Held at 21:00; at 22:00 the quiet hours are taken away: nothing passed."""
    held = seen(at(21, 30), EVENING, rules=Rules(QUIET, {"1": 1200}))
    after = look([EVENING], at(22), BERLIN, held.state)
    assert (after.due, after.missed) == ((), ())


def test_where_quiet_hours_never_leave_room_nothing_is_next() -> None:
    """None, and not an endless search."""
    always = {day: QuietSpan(20 * 60, 22 * 60) for day in Weekday}
    assert next_due([EVENING], at(12), BERLIN, since(at(7), EVENING), Rules(always)) is None


# -- later, and not today ----------------------------------------------------------------------------------


def snoozed(until: datetime) -> ReminderState:
    """Told at 21:00 and put off."""
    found = seen(at(21), EVENING)
    return put_off(found.state, found.due[0], until)


def test_later_comes_later_and_once() -> None:
    """At 21:10, as the next one there is; and then no more."""
    state = snoozed(at(21, 10))
    coming = next_due([EVENING], at(21, 1), BERLIN, state)
    assert coming is not None
    assert (coming.at, coming.snoozed) == (at(21, 10), True)
    early = look([EVENING], at(21, 9), BERLIN, state)
    assert (early.due, early.missed) == ((), ())
    found = look([EVENING], at(21, 10), BERLIN, early.state)
    assert [each.snoozed for each in found.due] == [True]
    coming = next_due([EVENING], at(21, 10), BERLIN, found.state)
    assert coming is not None
    assert coming.day.day == 27


def test_later_over_midnight_does_not_come_twice() -> None:
    """And tomorrow's comes all the same."""
    found = look([EVENING], at(0, 5, day=27), BERLIN, snoozed(at(0, 0, day=27)))
    assert days(found.due) == [("1", 26)]
    assert days(look([EVENING], at(21, day=27), BERLIN, found.state).due) == [("1", 27)]


def test_later_is_silent_once_the_session_is_done() -> None:
    """Begun at 21:03 without waiting for it."""
    found = look([EVENING], at(21, 10), BERLIN, snoozed(at(21, 10)), None, [session(21, 3)])
    assert (found.due, found.missed) == ((), ())


def test_later_that_was_slept_through_has_passed() -> None:
    """Told as passed, like any other."""
    assert days(look([EVENING], at(23), BERLIN, snoozed(at(21, 10))).missed) == [("1", 26)]


def test_later_in_quiet_hours_is_not() -> None:
    """They leave no room for it, nor a minute before them."""
    rules = Rules({Weekday.THURSDAY: QuietSpan(21 * 60 + 5, 7 * 60)})
    state = snoozed(at(21, 10))
    coming = next_due([EVENING], at(21, 4), BERLIN, state, rules)
    assert coming is not None
    assert not coming.snoozed
    assert look([EVENING], at(21, 10), BERLIN, state, rules).due == ()


@pytest.mark.parametrize("needs_s", [600, 601, 660])
def test_later_comes_sooner_where_its_session_grows_meanwhile(needs_s: int) -> None:
    """Placed at the last moment before quiet hours, then settling in was made longer: it is not lost."""
    rules = Rules(LATE_QUIET, {"1": needs_s})
    state = snoozed(at(21, 15))
    expected = at(21, 25) - timedelta(seconds=needs_s)
    coming = next_due([EVENING], at(21, 5), BERLIN, state, rules)
    assert coming is not None
    assert (coming.at, coming.snoozed) == (expected, True)
    early = look([EVENING], at(21, 5), BERLIN, state, rules)
    assert early.due == ()
    found = look([EVENING], expected, BERLIN, early.state, rules)
    assert [each.snoozed for each in found.due] == [True]
    assert look([EVENING], at(21, 15), BERLIN, found.state, rules).due == ()


def test_later_of_what_rests_meanwhile_is_not() -> None:
    """Quiet hours are not all that holds it back."""
    rests = Rules(LATE_QUIET, {"1": 660}, follows=frozenset({"1"}), rests_on=lambda day: day.day == 26)
    found = look([EVENING], at(21, 5), BERLIN, snoozed(at(21, 15)), rests)
    assert found.state.progress["1"].snooze is None


LATE_QUIET = {Weekday.THURSDAY: QuietSpan(21 * 60 + 25, 7 * 60)}


@pytest.mark.parametrize(
    ("minute", "found"),
    [(0, at(21, 10)), (12, at(21, 15)), (14, at(21, 15)), (15, WhyNot.QUIET), (40, WhyNot.QUIET)],
)
def test_later_is_as_late_as_quiet_hours_allow(minute: int, found: datetime | WhyNot) -> None:
    """Ten minutes of session before 21:25. What would come in less than a minute is not put off."""
    told = seen(at(21), EVENING)
    rules = Rules(LATE_QUIET, {"1": 600})
    now = at(21, minute)
    assert again_at(told.due[0], SnoozeWish.TEN_MINUTES, now, BERLIN, told.state, rules) == found


def test_later_says_why_it_would_not_come() -> None:
    """Called off, done since it came, or nothing more in the programme; yesterday's "not today" is over."""
    told = seen(at(21), EVENING)

    def why_not(state: ReminderState, rules: Rules, *sessions: SessionSpan) -> datetime | WhyNot:
        return again_at(told.due[0], SnoozeWish.TEN_MINUTES, at(21, 20), BERLIN, state, rules, sessions)

    assert why_not(called_off(told.state, date(2026, 11, 26)), Rules()) is WhyNot.CALLED_OFF
    assert why_not(told.state, Rules(), session(21, 2)) is WhyNot.DONE
    rests = Rules(follows=frozenset({"1"}), rests_on=lambda day: day.day == 26)
    assert why_not(told.state, rests) is WhyNot.RESTS
    yesterday = called_off(told.state, date(2026, 11, 25))
    assert why_not(yesterday, Rules(), session(20)) == at(21, 30)


quiet_spans = (
    st.tuples(minutes, minutes).filter(lambda both: both[0] != both[1]).map(lambda both: QuietSpan(*both))
)


@settings(max_examples=80)
@given(
    st.dictionaries(st.sampled_from(Weekday), quiet_spans),
    st.integers(0, 7 * 1440),
    st.integers(1, 400),
    st.integers(1, 45),
)
def test_the_latest_room_is_the_one_on_the_wall(
    quiet: dict[Weekday, QuietSpan], now_min: int, ahead_min: int, needs_min: int
) -> None:
    """Compared with who walks back minute by minute."""
    now = utc(2026, 11, 23) + timedelta(minutes=now_min)
    wished = now + timedelta(minutes=ahead_min)
    expected = walked_back(quiet, now, wished, needs_min)
    assert latest_room(quiet, now, wished, 60 * needs_min, UTC) == expected


def test_later_beyond_a_day_is_a_wrong_clock() -> None:
    """Put off while it was 2030: it comes now, rather than never."""
    assert look([EVENING], at(22), BERLIN, snoozed(datetime(2030, 1, 1, tzinfo=BERLIN))).due


def test_not_today_silences_all_of_the_day_until_it_turns() -> None:
    """At 10 in the morning: neither this evening's nor what was put off; tomorrow's comes."""
    state = called_off(put_off_morning(), date(2026, 11, 26))
    assert look([EVENING, MORNING], at(21), BERLIN, state).due == ()
    after = look([EVENING, MORNING], at(2, day=27), BERLIN, state)
    assert (after.due, after.missed) == ((), ())
    assert days(look([EVENING, MORNING], at(9, 30, day=27), BERLIN, after.state).due) == [("2", 27)]
    coming = next_due([EVENING, MORNING], at(10), BERLIN, state)
    assert coming is not None
    assert coming.at == at(9, 30, day=27).astimezone(UTC)


def put_off_morning() -> ReminderState:
    """The morning's reminder was told and put off to the evening."""
    found = look([EVENING, MORNING], at(9, 30), BERLIN, since(at(7), EVENING, MORNING))
    return put_off(found.state, found.due[0], at(20))
