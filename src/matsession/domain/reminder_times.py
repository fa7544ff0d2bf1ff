"""When reminders fall due, and what is to be done about them at a moment. Pure: clock and zone are handed in.

The promise: each time of a reminder that is on comes exactly once, whatever the computer did meanwhile. What
has been dealt with is kept by the day it was for, so that neither daylight saving nor a journey nor a clock
that is set back brings it a second time.

Nothing comes while it would not help: quiet hours that leave no room for the session, a day that was called
off, a session that was done already. What passed waits until those quiet hours are over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from matsession.domain.days import day_of
from matsession.domain.reminder import (
    Occurrence,
    QuietHours,
    Reminder,
    SessionSpan,
    SnoozeWish,
    in_quiet_hours,
    latest_room,
    quiet_until,
    snoozed_until,
)
from matsession.domain.wall_time import instant
from matsession.domain.week import DAY_TURN_MIN, Weekday

LATE_S: Final = 600.0
"""So late a reminder may still come as if on time; later it is told as one that passed."""

_ON_TIME: Final = timedelta(minutes=1)
"""Who comes so late found the room that there was."""
_BUSY: Final = timedelta(minutes=3)
"""So soon it is looked again whether a session that runs elsewhere is over."""

AFTERGLOW: Final = timedelta(hours=3)
"""A session also answers what comes within this time after it."""

_SAME: Final = timedelta(hours=20)
"""A day of a calendar that comes round again later than this, west over the date line, is lived anew."""
_LATE: Final = timedelta(seconds=LATE_S)
_TICK: Final = timedelta(microseconds=1)
_TOLD_KEPT: Final = 3
_LOOK_BACK: Final = timedelta(days=8)
"""What passed before that is not worth a word."""
_LOOK_AHEAD_DAYS: Final = 23
"""A weekday comes at the latest in seven days, or in fourteen where one was told or left out."""


class Told(NamedTuple):
    """An occurrence that was dealt with."""

    day: date
    at: datetime


class Snooze(NamedTuple):
    """An occurrence that was put off."""

    until: datetime
    day: date
    at: datetime
    """When it came first."""


class Progress(NamedTuple):
    """What is known about one reminder."""

    rule: str
    """The reminder's ``rule`` that it is about."""
    since: datetime
    """All that fell due up to this moment (UTC) has been dealt with."""
    told: tuple[Told, ...] = ()
    """The last ones that were told or missed."""
    snooze: Snooze | None = None


class ReminderState(NamedTuple):
    """What was dealt with so far; kept over restarts."""

    progress: Mapping[str, Progress] = MappingProxyType({})
    """By the id of the reminder."""
    quiet_day: date | None = None
    """The day that was called off: "not today"."""


def _never(_day: date) -> bool:
    return False


class Rules(NamedTuple):
    """What else decides whether a reminder comes."""

    quiet: QuietHours = MappingProxyType({})
    needs_s: Mapping[str, float] = MappingProxyType({})
    """By the id of the reminder: settling in and session together."""
    day_turn_min: int = DAY_TURN_MIN
    follows: frozenset[str] = frozenset()
    """The ids of the reminders that are for whatever is next in the programme."""
    rests_on: Callable[[date], bool] = _never
    """Whether the programme has nothing for a day, or nothing more."""
    off_on: Callable[[date], bool] = _never
    """Whether it has nothing for a day though nothing was done on it."""


class Look(NamedTuple):
    """What is to be done at a moment, and what is known afterwards."""

    state: ReminderState
    due: tuple[Occurrence, ...] = ()
    """To be shown now."""
    missed: tuple[Occurrence, ...] = ()
    """Passed while nobody could tell; oldest first."""
    again_at: datetime | None = None
    """When to look again for what is still to be told, and not now."""


class WhyNot(StrEnum):
    """Why a reminder would not come again if it were put off."""

    CALLED_OFF = "called_off"
    """Nothing more comes today."""
    DONE = "done"
    """There was a session since it came."""
    RESTS = "rests"
    """The programme that it follows has nothing more for its day."""
    QUIET = "quiet"
    """Quiet hours leave no room for it any more."""


def caught_up(reminders: Sequence[Reminder], now: datetime, state: ReminderState) -> ReminderState:
    """The state with a place for each reminder that is on, from now on where it is new or was changed.

    Sees to clocks that were wrong: what was noted in a future that is not to come is forgotten.
    """
    now = now.astimezone(UTC)
    progress = {}
    for reminder in reminders:
        if not reminder.on:
            continue
        kept = state.progress.get(reminder.id)
        if kept is None or kept.rule != reminder.rule:
            kept = Progress(reminder.rule, now)
        if kept.since > now:
            kept = kept._replace(since=now)
        if any(told.at > now + _SAME for told in kept.told):
            kept = kept._replace(told=tuple(told for told in kept.told if told.at <= now + _SAME))
        if kept.snooze is not None and kept.snooze.until > now + timedelta(days=1):
            kept = kept._replace(snooze=kept.snooze._replace(until=now))
        progress[reminder.id] = kept
    return state if progress == state.progress else state._replace(progress=progress)


def next_due(
    reminders: Sequence[Reminder],
    now: datetime,
    zone: tzinfo,
    state: ReminderState,
    rules: Rules | None = None,
    sessions: Sequence[SessionSpan] = (),
    *,
    of: str = "",
) -> Occurrence | None:
    """What comes next, or is due already; None where nothing does. ``of``: only of the one with this id.

    What has passed is not next any more. It may yet be answered by a session; by ``sessions`` it is not.
    """
    rules = rules or Rules()
    now = now.astimezone(UTC)
    state = caught_up(reminders, now, state)
    on = [reminder for reminder in reminders if reminder.on]
    found = [
        each
        for reminder in on
        if of in ("", reminder.id)
        for each in (
            _next_of(reminder, on, now, state, zone, rules, sessions),
            _next_snoozed(reminder, now, state, zone, rules, sessions),
        )
        if each is not None
    ]
    return min(found, key=lambda each: each.at, default=None)


def next_unanswered(
    reminders: Sequence[Reminder],
    now: datetime,
    zone: tzinfo,
    state: ReminderState,
    rules: Rules,
    sessions: Callable[[], Sequence[SessionSpan]],
    *,
    of: str = "",
) -> Occurrence | None:
    """As ``next_due``; ``sessions`` are asked for only where one of them can have answered it."""
    found = next_due(reminders, now, zone, state, rules, of=of)
    today = day_of(now.astimezone(zone), rules.day_turn_min)
    if found is None or (found.at - now > AFTERGLOW and own_day(found, rules) > today):
        return found
    return next_due(reminders, now, zone, state, rules, sessions(), of=of)


def programme_silences(
    reminders: Sequence[Reminder],
    now: datetime,
    zone: tzinfo,
    state: ReminderState,
    rules: Rules,
    *,
    of: str = "",
) -> bool:
    """Where nothing is next: whether something were, if the programme did not wait.

    Else quiet hours leave no room.
    """
    return next_due(reminders, now, zone, state, rules._replace(follows=frozenset()), of=of) is not None


def look(
    reminders: Sequence[Reminder],
    now: datetime,
    zone: tzinfo,
    state: ReminderState,
    rules: Rules | None = None,
    sessions: Sequence[SessionSpan] = (),
    *,
    busy: bool = False,
) -> Look:
    """What is to be told at ``now`` (aware); ``sessions`` are those of the last days, in any order.

    While ``busy``, as with a session in a terminal, all waits.
    """
    rules = rules or Rules()
    now = now.astimezone(UTC)
    state = caught_up(reminders, now, state)
    progress = {}
    told: list[Occurrence] = []
    again: list[datetime] = []
    on = [reminder for reminder in reminders if reminder.on]
    for reminder in on:
        kept = state.progress[reminder.id]
        come = [
            each
            for each in _come(reminder, kept, now, zone)
            if not (
                _called_off(each, state, rules)
                or held_back(each, zone, rules)
                or _answered(each, on, zone, rules, sessions)
                or (now - each.at > _LATE and any(session.ended >= each.at for session in sessions))
            )
        ]
        wait = [each for each in come if busy or _no_room_now(each, now, zone, rules)]
        come = [each for each in come if each not in wait]
        back = _snoozed(reminder, kept, now, zone, rules)
        back_waits = back is not None and back.at <= now and (busy or _no_room_now(back, now, zone, rules))
        if wait or back_waits:
            needs_s = rules.needs_s.get(reminder.id, 0.0)
            again.append(now + _BUSY if busy else quiet_until(rules.quiet, now, needs_s, zone))
        if kept.snooze is not None:
            done = answered_since(kept.snooze.at, sessions)
            if back is not None:
                kept = kept._replace(snooze=kept.snooze._replace(until=back.at))
            if back is not None and back.at <= now and not (come or done or back_waits):
                told.append(back)
                kept = kept._replace(snooze=None)
            elif come or done or back is None:
                kept = kept._replace(snooze=None)
        told += come
        kept_told = (*kept.told, *(Told(each.day, each.at) for each in come))[-_TOLD_KEPT:]
        # What waits counts as not looked at yet, also where the program ends meanwhile.
        since = min((each.at - _TICK for each in wait), default=now)
        progress[reminder.id] = kept._replace(since=since, told=kept_told)
    told.sort(key=lambda each: each.at)
    return Look(
        state._replace(progress=progress),
        tuple(each for each in told if now - each.at <= _LATE),
        tuple(each for each in told if now - each.at > _LATE),
        min(again, default=None),
    )


def put_off(state: ReminderState, occurrence: Occurrence, until: datetime) -> ReminderState:
    """The state in which this occurrence comes back at ``until``."""
    kept = state.progress.get(occurrence.reminder.id)
    if kept is None:
        return state
    snooze = Snooze(until.astimezone(UTC), occurrence.day, _first_came(occurrence, state))
    return state._replace(progress={**state.progress, occurrence.reminder.id: kept._replace(snooze=snooze)})


def again_at(
    occurrence: Occurrence,
    wish: SnoozeWish,
    now: datetime,
    zone: tzinfo,
    state: ReminderState,
    rules: Rules,
    sessions: Sequence[SessionSpan] = (),
) -> datetime | WhyNot:
    """When this occurrence comes back if it is put off now: as wished, or as late as quiet hours allow.

    Or why it would not come back at all.
    """
    if state.quiet_day == day_of(now.astimezone(zone), rules.day_turn_min):
        return WhyNot.CALLED_OFF
    if answered_since(_first_came(occurrence, state), sessions):
        return WhyNot.DONE
    if _rests(occurrence, rules):
        return WhyNot.RESTS
    needs_s = rules.needs_s.get(occurrence.reminder.id, 0.0)
    found = latest_room(rules.quiet, now, snoozed_until(wish, now, zone), needs_s, zone)
    return WhyNot.QUIET if found is None else found


def set_on(state: ReminderState, by: timedelta) -> ReminderState:
    """The state after a journey that set the clock on the wall on: what that leapt over is still to be told.

    It lies before the last look, in the zone that holds now. What was told that day is not told again.
    """
    progress = {key: kept._replace(since=kept.since - by) for key, kept in state.progress.items()}
    return state._replace(progress=progress)


def called_off(state: ReminderState, day: date) -> ReminderState:
    """The state in which nothing more comes on this day, by the person's own turn of the day."""
    progress = {key: kept._replace(snooze=None) for key, kept in state.progress.items()}
    return ReminderState(progress, day)


def held_back(each: Occurrence, zone: tzinfo, rules: Rules) -> bool:
    """Whether quiet hours leave no room for it, or the programme that it follows has nothing for that day."""
    return _rests(each, rules) or _in_quiet_hours(each, zone, rules)


def own_day(each: Occurrence, rules: Rules) -> date:
    """The day it is for, as the person's days turn."""
    minute = each.reminder.time_min
    return day_of(datetime.combine(each.day, time(minute // 60, minute % 60)), rules.day_turn_min)


def answered_since(when: datetime, sessions: Sequence[SessionSpan]) -> bool:
    """Whether one that was put off at ``when`` or later has nothing more to ask."""
    return any(session.began >= when for session in sessions)


# -- inside ----------------------------------------------------------------------------------------------


def _rests(each: Occurrence, rules: Rules) -> bool:
    return each.reminder.id in rules.follows and rules.rests_on(own_day(each, rules))


def _first_came(each: Occurrence, state: ReminderState) -> datetime:
    """When it came, however often it has been put off since."""
    kept = state.progress.get(each.reminder.id)
    told = kept.told if kept is not None else ()
    return next((one.at for one in reversed(told) if one.day == each.day), each.at)


def _in_quiet_hours(each: Occurrence, zone: tzinfo, rules: Rules) -> bool:
    needs_s = rules.needs_s.get(each.reminder.id, 0.0)
    return in_quiet_hours(rules.quiet, each.at, needs_s, zone) is not None


def _no_room_now(each: Occurrence, now: datetime, zone: tzinfo, rules: Rules) -> bool:
    """Whether one that had room at its time, and comes late, has none any more."""
    return now - each.at > _ON_TIME and _in_quiet_hours(each._replace(at=now), zone, rules)


def _occurrences(reminder: Reminder, after: datetime, zone: tzinfo) -> Iterator[Occurrence]:
    """Those after this moment, in order; as many as lie in the next weeks."""
    day = after.astimezone(zone).date()
    names = list(Weekday)
    for _ in range(_LOOK_AHEAD_DAYS):
        if names[day.weekday()] in reminder.weekdays:
            at = instant(day, reminder.time_min, zone)
            if at is not None and at > after:
                yield Occurrence(reminder, day, at)
        day += timedelta(days=1)


def _is_told(each: Occurrence, kept: Progress) -> bool:
    return any(told.day == each.day and abs(told.at - each.at) < _SAME for told in kept.told)


def _come(reminder: Reminder, kept: Progress, now: datetime, zone: tzinfo) -> Iterator[Occurrence]:
    """Those that fell due since the last look, without those that were told."""
    for each in _occurrences(reminder, max(kept.since, now - _LOOK_BACK), zone):
        if each.at > now:
            return
        if not _is_told(each, kept):
            yield each


def _next_of(
    reminder: Reminder,
    reminders: Sequence[Reminder],
    now: datetime,
    state: ReminderState,
    zone: tzinfo,
    rules: Rules,
    sessions: Sequence[SessionSpan],
) -> Occurrence | None:
    kept = state.progress[reminder.id]
    for each in _occurrences(reminder, max(kept.since, now - _LATE - _TICK), zone):
        if not (
            _is_told(each, kept)
            or _called_off(each, state, rules)
            or held_back(each, zone, rules)
            or _no_room_now(each, now, zone, rules)
            or (sessions and _answered(each, reminders, zone, rules, sessions))
        ):
            return each
    return None


def _next_snoozed(
    reminder: Reminder,
    now: datetime,
    state: ReminderState,
    zone: tzinfo,
    rules: Rules,
    sessions: Sequence[SessionSpan],
) -> Occurrence | None:
    kept = state.progress[reminder.id]
    each = _snoozed(reminder, kept, now, zone, rules)
    if each is None or now - each.at > _LATE or _no_room_now(each, now, zone, rules):
        return None
    return None if kept.snooze is not None and answered_since(kept.snooze.at, sessions) else each


def _snoozed(
    reminder: Reminder, kept: Progress, now: datetime, zone: tzinfo, rules: Rules
) -> Occurrence | None:
    """What was put off; as much sooner as its session needs more room before quiet hours by now."""
    if kept.snooze is None:
        return None
    each = Occurrence(reminder, kept.snooze.day, kept.snooze.until, snoozed=True)
    if not held_back(each, zone, rules):
        return each
    if _rests(each, rules) or each.at <= now:
        return None
    at = latest_room(rules.quiet, now, each.at, rules.needs_s.get(reminder.id, 0.0), zone)
    return None if at is None else each._replace(at=at)


def _called_off(each: Occurrence, state: ReminderState, rules: Rules) -> bool:
    return state.quiet_day is not None and own_day(each, rules) == state.quiet_day


def _answered(
    each: Occurrence,
    reminders: Sequence[Reminder],
    zone: tzinfo,
    rules: Rules,
    sessions: Sequence[SessionSpan],
) -> bool:
    """Whether a session makes it needless: one that ran at its time, or the day's.

    With several reminders a day a session answers the nearest of them, and what comes soon after it. One that
    is silent that day, or comes in spite of sessions, is none of them.
    """
    if any(session.began <= each.at <= session.ended for session in sessions):
        return True
    if not each.reminder.skip_done:
        return False
    day = own_day(each, rules)
    that_day = [
        other
        for other in _around(each, reminders, zone)
        if own_day(other, rules) == day and _can_be_answered(other, zone, rules)
    ]
    for session in sessions:
        if timedelta() <= each.at - session.began <= AFTERGLOW:
            return True
        if day_of(session.began, rules.day_turn_min) != day:
            continue
        own = abs(each.at - session.began)
        if all(own <= abs(other.at - session.began) for other in that_day):
            return True
    return False


def _can_be_answered(each: Occurrence, zone: tzinfo, rules: Rules) -> bool:
    # Once the programme's session of the day is done the programme rests too: it was that one's all the same.
    off = each.reminder.id in rules.follows and rules.off_on(own_day(each, rules))
    return each.reminder.skip_done and not off and not _in_quiet_hours(each, zone, rules)


def _around(each: Occurrence, reminders: Sequence[Reminder], zone: tzinfo) -> Iterator[Occurrence]:
    """All occurrences that may belong to the same day, itself among them."""
    yield each
    names = list(Weekday)
    for shift in (-1, 0, 1):
        day = each.day + timedelta(days=shift)
        for other in reminders:
            at = instant(day, other.time_min, zone) if names[day.weekday()] in other.weekdays else None
            if at is not None:
                yield Occurrence(other, day, at)
