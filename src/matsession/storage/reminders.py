"""reminders.toml: reminders and quiet hours, in a file that a person may edit, beside the settings.

A file and not the database: reminders have to come even where the history cannot be opened, and a person can
read, copy and mend them. The format is told in docs/reminders.md. A reminder with a mistake in it is told and
left out, the others count; nothing that was written is lost, because a file that was not understood as a
whole is kept under another name before it is written anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from matsession.domain.reminder import (
    QuietHours,
    QuietSpan,
    Reminder,
    ReminderError,
    SnoozeWish,
    clock_minute,
    clock_text,
    name_in_one_line,
)
from matsession.domain.week import Weekday
from matsession.storage.atomic_file import write_whole
from matsession.storage.broken_file import keep_copy, told
from matsession.storage.toml_text import FieldError, quoted, read_toml, unknown
from matsession.storage.toml_values import convert

FORMAT: Final = 1
"""The format this program reads and writes; a file that does not say which has this one."""

REMINDERS_MAX: Final = 200
"""More than anybody wants to hear, and few enough to reckon with at any time."""


class RemindersRead(NamedTuple):
    """What the file holds."""

    reminders: tuple[Reminder, ...] = ()
    """By their time of day."""
    quiet: QuietHours = MappingProxyType({})
    problems: tuple[str, ...] = ()
    """A sentence on everything that was left out."""
    unreadable: bool = False
    """Nothing of the file could be read: what was known of it before still holds."""


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    time: str
    days: tuple[str, ...]
    id: str | None = None
    name: str = ""
    preset: str = ""
    length_s: int | None = None
    on: bool = True
    skip_done: bool = True
    snooze: SnoozeWish = SnoozeWish.TEN_MINUTES
    chime: bool = False


class RemindersFile:
    """Reads and saves the reminders."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self.path = path
        self._keep_a_copy = False

    def read(self) -> RemindersRead:
        """What there is. Never raises, whatever the file, and changes nothing."""
        problems: list[str] = []
        try:
            raw = read_toml(self.path)
            _check_top(raw)
        except FileNotFoundError:
            self._keep_a_copy = False
            return RemindersRead()
        except FieldError as error:
            self._keep_a_copy = True
            return RemindersRead(problems=(told(self.path, error),), unreadable=True)
        reminders: list[Reminder] = []
        quiet: dict[Weekday, QuietSpan] = {}
        entries = raw.get("reminder", ())
        named = [str(entry["id"]) for entry in entries if "id" in entry]
        for number, entry in enumerate(entries, start=1):
            try:
                reminders.append(_reminder(entry, [each.id for each in reminders], named))
            except FieldError as error:
                place = f"reminder {number}, {error.field}" if error.field else f"reminder {number}"
                problems.append(told(self.path, FieldError(place, error.rule)))
        for name, span in raw.get("quiet", {}).items():
            try:
                quiet.update(_quiet(name, span))
            except FieldError as error:
                problems.append(told(self.path, error))
        self._keep_a_copy = bool(problems)
        return RemindersRead(in_order(reminders), MappingProxyType(quiet), tuple(problems))

    def save(self, reminders: Sequence[Reminder], quiet: QuietHours) -> None:
        """Write all of them. Raises StorageError; the old file then stays as it was."""
        if self._keep_a_copy:
            keep_copy(self.path)
            self._keep_a_copy = False
        import tomli_w  # late: nothing is written before the first picture

        values: dict[str, Any] = {"format": FORMAT}
        if quiet:
            values["quiet"] = {str(day): quiet[day].text for day in Weekday if day in quiet}
        values["reminder"] = [_values(reminder) for reminder in in_order(reminders)]
        write_whole(self.path, tomli_w.dumps(values).encode("utf-8", "replace"))


def in_order(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """By their time of day; of equals the one that was there first."""
    return tuple(sorted(reminders, key=lambda reminder: reminder.time_min))


def free_id(taken: Iterable[str]) -> str:
    """A number that no reminder has."""
    numbers = [int(each) for each in taken if each.isascii() and each.isdigit()]
    return str(max(numbers, default=0) + 1)


def _check_top(raw: Mapping[str, Any]) -> None:
    for key in raw:
        if key not in ("format", "reminder", "quiet"):
            raise unknown(f"key {quoted(key)}", key, ("format", "reminder", "quiet"))
    if raw.get("format", FORMAT) != FORMAT:
        raise FieldError(
            "format", f"{quoted(raw['format'])} is not {FORMAT}, the only one this version reads"
        )
    entries = raw.get("reminder", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FieldError("reminder", "must be tables, each under a line [[reminder]]")
    if len(entries) > REMINDERS_MAX:
        raise FieldError("reminder", f"there are {len(entries)}; at most {REMINDERS_MAX} are read")
    if not isinstance(raw.get("quiet", {}), dict):
        raise FieldError("quiet", "must be a table, under a line [quiet]")


def _reminder(entry: dict[str, Any], taken: Sequence[str], named: Sequence[str]) -> Reminder:
    """One entry; ``taken`` are the ids of those before it, ``named`` all that are written in the file."""
    found = convert(entry, _Entry)
    time_min = clock_minute(found.time)
    if time_min is None:
        raise FieldError("time", f"{quoted(found.time)} is not a time of day; write it as 21:00")
    weekdays = set()
    for day in found.days:
        if day not in list(Weekday):
            raise unknown("days", day, map(str, Weekday), "a day")
        weekdays.add(Weekday(day))
    key = free_id([*taken, *named]) if found.id is None else found.id
    if key in taken:
        raise FieldError("id", f"{quoted(key)} is the id of another one; each needs its own")
    try:
        return Reminder(
            id=key,
            time_min=time_min,
            weekdays=frozenset(weekdays),
            # Versions before took tabs and line breaks: such a one is to go on, not to fall silent.
            name=name_in_one_line(found.name),
            preset_id=found.preset,
            length_s=found.length_s,
            on=found.on,
            skip_done=found.skip_done,
            snooze=found.snooze,
            chime=found.chime,
        )
    except ReminderError as error:
        raise FieldError(error.field, error.rule) from error


def _quiet(name: str, span: object) -> dict[Weekday, QuietSpan]:
    field = f"quiet, {name}"
    if name not in list(Weekday):
        raise unknown("quiet", name, map(str, Weekday), "a day")
    begin, dash, end = span.partition("-") if isinstance(span, str) else ("", "", "")
    from_min, to_min = clock_minute(begin), clock_minute(end)
    if not dash or from_min is None or to_min is None:
        raise FieldError(field, f"{quoted(span)} are no hours; write them as 22:00-07:00")
    try:
        return {Weekday(name): QuietSpan(from_min, to_min)}
    except ReminderError as error:
        raise FieldError(field, "the end must be another time than the begin") from error


def _values(reminder: Reminder) -> dict[str, Any]:
    """As the file has it; what is as usual is left out."""
    values: dict[str, Any] = {
        "id": reminder.id,
        "time": clock_text(reminder.time_min),
        "days": [str(day) for day in Weekday if day in reminder.weekdays],
    }
    if reminder.name:
        values["name"] = reminder.name
    if reminder.preset_id:
        values["preset"] = reminder.preset_id
    if reminder.length_s is not None:
        values["length_s"] = reminder.length_s
    return values | {
        "on": reminder.on,
        "skip_done": reminder.skip_done,
        "snooze": str(reminder.snooze),
        "chime": reminder.chime,
    }
