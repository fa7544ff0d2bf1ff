"""``matsession reminders``: the list, and what changes it. A running program notices the changed files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple, TextIO

from matsession.app.reminder_sessions import FindPreset, Following, rules_for, session_of
from matsession.domain.days import day_of
from matsession.domain.errors import MatSessionError
from matsession.domain.reminder import (
    Occurrence,
    QuietHours,
    Reminder,
    SessionSpan,
    SnoozeWish,
    clock_text,
    in_quiet_hours,
    snoozed_until,
)
from matsession.domain.reminder_times import (
    ReminderState,
    Rules,
    WhyNot,
    again_at,
    caught_up,
    next_unanswered,
    programme_silences,
    put_off,
)
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import REMINDERS_MAX, RemindersFile, free_id
from matsession.terminal.notation import write_length
from matsession.terminal.reminder_notation import write_days
from matsession.terminal.tables import cells, make_table, print_table

PUT_OFF_WITHIN: Final = timedelta(hours=12)
"""What came longer ago is not put off any more."""


class PutOff(NamedTuple):
    """What became of a reminder that was put off."""

    until: datetime
    """When it comes back, on the wall."""
    sooner: bool
    """Quiet hours leave no room as late as was wished."""


@dataclass(frozen=True, slots=True)
class ReminderDesk:
    """The files, and what is needed to make sense of them."""

    file: RemindersFile
    state_file: ReminderStateFile
    find: FindPreset
    settings: Settings
    now: datetime
    """Aware."""
    zone: tzinfo
    complain: Callable[[str], None]
    sessions: Callable[[], Sequence[SessionSpan]]
    """Those of the last days. Asked for only where they matter: the history has to be opened for them."""
    following: Following | None = None
    """The programme, where one is followed."""

    def read(self) -> tuple[tuple[Reminder, ...], QuietHours, ReminderState, Rules]:
        """All there is; what is wrong with it is told."""
        found = self.file.read()
        for problem in found.problems:
            self.complain(problem)
        reminders, quiet = found.reminders, found.quiet
        state = caught_up(reminders, self.now, self.state_file.read())
        return reminders, quiet, state, rules_for(reminders, quiet, self.find, self.settings, self.following)

    def _save(self, reminders: Sequence[Reminder], quiet: QuietHours) -> None:
        self.file.save(reminders, quiet)
        # What is new counts from now on, even where the program is started much later.
        self.state_file.save(caught_up(reminders, self.now, self.state_file.read()))

    def add(
        self, time_min: int, days: frozenset[Weekday], preset_id: str, length_s: int | None, name: str
    ) -> Reminder:
        """One more. Raises ReminderError and StorageError."""
        reminders, quiet, state, _ = self.read()
        if len(reminders) >= REMINDERS_MAX:
            raise MatSessionError(
                f"There are {len(reminders)} reminders already, the most there can be.", "Remove one first."
            )
        reminder = Reminder(
            id=free_id([*(each.id for each in reminders), *state.progress]),
            time_min=time_min,
            weekdays=days,
            preset_id=preset_id,
            length_s=length_s,
            name=name,
        )
        self._save([*reminders, reminder], quiet)
        return reminder

    def remove(self, reminder_id: str) -> Reminder:
        """One less. Raises MatSessionError where there is no such reminder."""
        reminders, quiet, _, _ = self.read()
        gone = self._named(reminders, reminder_id)
        self._save([each for each in reminders if each.id != gone.id], quiet)
        return gone

    def snooze(self, wish: SnoozeWish | None, reminder_id: str | None) -> PutOff:
        """Put off what came last, or came last of this reminder. Raises MatSessionError."""
        reminders, quiet, state, rules = self.read()
        named = [self._named(reminders, reminder_id)] if reminder_id is not None else reminders
        came = [
            Occurrence(each, told.day, told.at)
            for each in named
            if each.id in state.progress
            for told in state.progress[each.id].told
            if self.now - PUT_OFF_WITHIN <= told.at <= self.now
        ]
        if not came:
            raise MatSessionError(
                "There is no reminder to put off.", "One that came in the last 12 hours can be put off."
            )
        last = max(came, key=lambda each: each.at)
        wish = wish or last.reminder.snooze
        until = again_at(last, wish, self.now, self.zone, state, rules, self.sessions())
        wished = snoozed_until(wish, self.now, self.zone)
        if isinstance(until, WhyNot):
            raise self._not_put_off(until, last, wished, quiet, rules)
        if not self.state_file.save(put_off(state, last, until)):
            raise MatSessionError(
                "It could not be put off: what was told of reminders cannot be kept.",
                "'matsession doctor' tells the folder; look at its disk and permissions.",
            )
        return PutOff(until.astimezone(self.zone), until < wished)

    def _not_put_off(
        self, why_not: WhyNot, last: Occurrence, wished: datetime, quiet: QuietHours, rules: Rules
    ) -> MatSessionError:
        match why_not:
            case WhyNot.CALLED_OFF:
                return MatSessionError(
                    "Nothing more comes today: it was called off.", "The page of reminders takes that back."
                )
            case WhyNot.DONE:
                return MatSessionError(
                    "There was a session since it came: it does not come again.",
                    "'matsession start' starts another one.",
                )
            case WhyNot.RESTS:
                return MatSessionError(
                    "The programme has nothing more for that day: it does not come again.",
                    "'matsession programme' tells where it stands.",
                )
            case WhyNot.QUIET:
                held = in_quiet_hours(quiet, wished, rules.needs_s.get(last.reminder.id, 0.0), self.zone)
                hours = f"the quiet hours {held.span.text}" if held is not None else "the quiet hours"
                return MatSessionError(
                    f"There is no room for it any more before or in {hours}.",
                    "'matsession start' starts it now; or change the quiet hours.",
                )

    def _named(self, reminders: Sequence[Reminder], reminder_id: str) -> Reminder:
        for each in reminders:
            if each.id == reminder_id:
                return each
        ids = ", ".join(each.id for each in reminders)
        advice = f"There are: {ids}." if ids else "There are no reminders yet."
        raise MatSessionError(f"There is no reminder {reminder_id!r}.", advice)

    # -- telling ---------------------------------------------------------------------------------------

    def next_of(
        self, reminders: Sequence[Reminder], state: ReminderState, rules: Rules, of: str = ""
    ) -> datetime | None:
        """When the next of these comes, or the one ``of`` this id, on the wall."""
        found = next_unanswered(reminders, self.now, self.zone, state, rules, self.sessions, of=of)
        return None if found is None else max(found.at, self.now.astimezone(UTC)).astimezone(self.zone)

    def print_list(self, out: TextIO) -> None:
        """Every reminder on a line of its own."""
        reminders, quiet, state, rules = self.read()
        if not reminders:
            print("There are no reminders yet. 'matsession reminders add 21:00' makes one.", file=out)
            return
        table = make_table("ID", "Time", "Days", "Session", "Next")
        for each in reminders:
            coming = self.next_of(reminders, state, rules, each.id)
            told = f"{coming:%a %Y-%m-%d %H:%M}" if coming else "off"
            if coming is None and each.on:
                waits = programme_silences(reminders, self.now, self.zone, state, rules, of=each.id)
                told = "the programme waits" if waits else "quiet hours"
            name = f"{each.name}: " if each.name else ""
            words = f"{name}{self._session_words(each)}"
            table.add_row(*cells(each.id, clock_text(each.time_min), write_days(each.weekdays), words, told))
        print_table(table, out)
        if quiet:
            hours = ", ".join(f"{day[:3]} {quiet[day].text}" for day in Weekday if day in quiet)
            print(f"Quiet hours: {hours}", file=out)
        quiet_day = self._quiet_day(state)
        if quiet_day is not None:
            print(f"Nothing comes on {quiet_day}: it was called off.", file=out)

    def values(self) -> dict[str, Any]:
        """The same for JSON; times are ISO 8601 with the offset they will have."""
        reminders, quiet, state, rules = self.read()
        coming = self.next_of(reminders, state, rules)
        quiet_day = self._quiet_day(state)
        return {
            "next": coming.isoformat() if coming else None,
            "quiet_day": quiet_day.isoformat() if quiet_day else None,
            "quiet": {str(day): quiet[day].text for day in Weekday if day in quiet},
            "reminders": [
                self._values(each, self.next_of(reminders, state, rules, each.id)) for each in reminders
            ],
        }

    def _quiet_day(self, state: ReminderState) -> date | None:
        """The day that was called off, until it is over."""
        today = day_of(self.now.astimezone(self.zone), self.settings.day_turn_min)
        return state.quiet_day if state.quiet_day is not None and state.quiet_day >= today else None

    def _values(self, each: Reminder, coming: datetime | None) -> dict[str, Any]:
        session = session_of(each, self.find, self.settings, self.following)
        return {
            "id": each.id,
            "name": each.name,
            "time": clock_text(each.time_min),
            "days": [str(day) for day in Weekday if day in each.weekdays],
            "preset": each.preset_id or None,
            "length_s": each.length_s,
            "starts": {"preset": session.preset.id, "length_s": session.length_s} if session else None,
            "on": each.on,
            "skip_done": each.skip_done,
            "snooze": str(each.snooze),
            "chime": each.chime,
            "next": coming.isoformat() if coming else None,
        }

    def _session_words(self, each: Reminder) -> str:
        session = session_of(each, self.find, self.settings, self.following)
        if session is None:
            return "no preset"
        length = f"{session.preset.id} {write_length(session.length_s)}"
        if session.programme_day:
            return f"day {session.programme_day} of the programme ({length})"
        if not each.preset_id:
            return f"the last one ({length})"
        if session.preset.id != each.preset_id:
            return f"{each.preset_id} is gone; the last one ({length})"
        return length
