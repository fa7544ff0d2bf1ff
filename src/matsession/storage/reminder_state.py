"""What was told, put off and called off: kept by the program alone, as JSON in a folder of its own.

Apart from the reminders, so that the file a person edits is not written each evening. Where it is lost or
damaged, reminders go on from now: nothing comes twice, and at worst something put off does not come back.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec

from matsession.domain.reminder_times import Progress, ReminderState, Snooze, Told
from matsession.storage.atomic_file import write_whole
from matsession.storage.errors import StorageError
from matsession.storage.toml_text import BYTES_MAX

log = logging.getLogger(__name__)

_VERSION: Final = 1


class _Told(msgspec.Struct):
    day: date
    at: datetime


class _Snooze(msgspec.Struct):
    until: datetime
    day: date
    at: datetime


class _Progress(msgspec.Struct):
    rule: str
    since: datetime
    told: Sequence[_Told] = ()
    snooze: _Snooze | None = None


class _State(msgspec.Struct):
    progress: dict[str, _Progress]
    version: int = _VERSION
    quiet_day: date | None = None


class ReminderStateFile:
    """Reads and saves the state."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self.path = path

    def read(self) -> ReminderState:
        """What is known; nothing where the file tells nothing. Never raises."""
        try:
            with self.path.open("rb") as file:
                found = msgspec.json.decode(file.read(BYTES_MAX), type=_State)
            if found.version != _VERSION:
                raise ValueError(f"version {found.version}")
            return ReminderState(
                {key: _progress(each) for key, each in found.progress.items()}, found.quiet_day
            )
        except FileNotFoundError:
            return ReminderState()
        except (OSError, ValueError, OverflowError, RecursionError) as error:
            log.info("what was told of reminders is not known: %s", error)
            return ReminderState()

    def save(self, state: ReminderState) -> bool:
        """Write it; False, and a line in the log, where that fails: reminders go on all the same."""
        content = msgspec.json.encode(
            _State(
                {
                    key: _Progress(
                        each.rule,
                        each.since,
                        [_Told(*told) for told in each.told],
                        _Snooze(*each.snooze) if each.snooze else None,
                    )
                    for key, each in state.progress.items()
                },
                quiet_day=state.quiet_day,
            )
        )
        try:
            write_whole(self.path, content + b"\n")
        except StorageError as error:
            log.warning("what was told of reminders is not kept: %s", error)
            return False
        return True


def _progress(found: _Progress) -> Progress:
    told = tuple(Told(each.day, _utc(each.at)) for each in found.told)
    put_off = found.snooze
    snooze = Snooze(_utc(put_off.until), put_off.day, _utc(put_off.at)) if put_off else None
    return Progress(found.rule, _utc(found.since), told, snooze)


def _utc(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a time without an offset")
    return when.astimezone(UTC)
