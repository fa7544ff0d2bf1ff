"""Sessions out of the CSV of other programs. The formats, and where they are documented: docs/exchange.md.

Neither tells where the mat was, or the offset from UTC: the area is what the person says, else none, and the
offset is the one that this computer had at the time.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from matsession.domain.body import BodyArea
from matsession.domain.record import RowState
from matsession.storage.exchange.fields import (
    FieldRefusedError,
    FoundRow,
    Moment,
    made_id,
    quoted,
    row_from_values,
)
from matsession.storage.exchange.report import Refusal
from matsession.storage.exchange.text_lines import TextFile
from matsession.storage.session_rows import ms_of

_LENGTH: Final = re.compile("([0-9]{1,2}):([0-5][0-9])")
_YES: Final = frozenset({"2", "YES_MANUAL"})
_SKIPPED: Final = frozenset({"3", "SKIP"})
_NOT_DONE: Final = frozenset({"-1", "0", "1", "NO", "YES_AUTO", "UNKNOWN", ""})


def local_moment(moment: datetime) -> datetime:
    """The moment as this computer's clock showed it."""
    return moment.astimezone()


def local_noon(day: date) -> datetime:
    """Noon of the day by this computer's clock: no turn of the day and no summer time is near."""
    return datetime.combine(day, time(12)).astimezone()


class ImportWish(NamedTuple):
    """What a person says about a file of another program."""

    area: str = BodyArea.NONE.value
    habit: str = ""
    """Which of several habits in a file of Loop."""
    local_moment: Callable[[datetime], datetime] = local_moment
    local_noon: Callable[[date], datetime] = local_noon


class FoundRestDay(NamedTuple):
    """A day off."""

    line: int
    day: str
    updated_ms: int
    deleted_ms: int | None = None
    device_id: str = ""


class NoSession(NamedTuple):
    """A line that is right, and tells of no session."""

    line: int


class LoopHabit(NamedTuple):
    """Which column of a file of Loop holds the habit that is wanted, and its notes."""

    name: str
    value_column: int
    note_column: int | None


def meditation_assistant_line(
    line: int, cells: Sequence[str], wish: ImportWish, now_ms: int
) -> FoundRow | Refusal:
    """ID, Length (HH:MM), Started and Completed (yyyy-MM-dd HH:mm in UTC), Message."""
    try:
        if len(cells) != 5:
            raise FieldRefusedError("", f"there are {len(cells)} columns, and 5 in the first line")
        length = _LENGTH.fullmatch(cells[1].strip())
        if length is None:
            raise FieldRefusedError("Length", f"{quoted(cells[1])} is no length, such as 00:15")
        done_s = float(int(length[1]) * 3600 + int(length[2]) * 60)
        started = _minute("Started", cells[2], wish)
        ended = _minute("Completed", cells[3], wish)
        values = {
            "id": made_id(f"meditation assistant|{started.ms}"),
            "ended_at": ended,
            "preset_id": "meditation_assistant",
            "preset_name": "Meditation Assistant",
            "note": cells[4].strip(),
        }
        return row_from_values(line, started, done_s, wish.area, values, now_ms)
    except FieldRefusedError as error:
        return Refusal(line, _NAMES.get(error.field, error.field), error.rule)


_NAMES: Final = {"ended_at": "Completed", "started_at": "Started", "done_s": "Length"}


def _minute(field: str, text: str, wish: ImportWish) -> Moment:
    try:
        found = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        local = wish.local_moment(found)
    except (ValueError, OverflowError):
        rule = f"{quoted(text)} is no time in UTC, such as 2026-03-19 21:04"
        raise FieldRefusedError(field, rule) from None
    return _moment_of(local)


def _moment_of(local: datetime) -> Moment:
    offset = local.utcoffset() or timedelta()
    return Moment(ms_of(local), round(offset.total_seconds()))


def loop_habit(file: TextFile, header: Sequence[str], wish: ImportWish) -> LoopHabit:
    """Find the habit: the only one, or the one that was named. Raises ExchangeError."""
    names = [name for name in header[1:] if name]
    if [name.lower() for name in names] in (["value"], ["value", "notes"]):
        # Its name is that of the folder: "001 Meditate/Checkmarks.csv".
        name = wish.habit or re.sub("^[0-9]{3} ?", "", file.path.absolute().parent.name) or "Loop"
        return LoopHabit(name, 1, 2 if len(names) == 2 else None)
    if wish.habit:
        if wish.habit not in names:
            told = ", ".join(map(quoted, names))
            raise file.no_file_of_ours(f"it holds no habit {quoted(wish.habit)}, but {told}.")
        return LoopHabit(wish.habit, list(header).index(wish.habit), None)
    if len(names) == 1:
        return LoopHabit(names[0], 1, None)
    told = ", ".join(map(quoted, names))
    raise file.no_file_of_ours(f"it holds several habits; say which one (--habit): {told}.")


def loop_lines(
    line: int, cells: Sequence[str], habit: LoopHabit, wish: ImportWish, now_ms: int
) -> FoundRow | FoundRestDay | NoSession | Refusal:
    """A day on which the habit was done is a session of unknown length, at noon; a skipped one a day off."""
    try:
        if len(cells) <= habit.value_column:
            raise FieldRefusedError("", f"there are only {len(cells)} columns")
        day = _day(cells[0])
        value = cells[habit.value_column].strip()
        if value in _NOT_DONE:
            return NoSession(line)
        if value in _SKIPPED:
            return FoundRestDay(line, day.isoformat(), now_ms)
        done_s = _loop_length(value)
        if done_s is None:
            return NoSession(line)
        started = _moment_of(wish.local_noon(day))
        note = (
            "" if habit.note_column is None or len(cells) <= habit.note_column else cells[habit.note_column]
        )
        values: dict[str, Any] = {
            "id": made_id(f"loop|{habit.name}|{day.isoformat()}"),
            "preset_id": "loop_habit",
            "preset_name": habit.name,
            "state": str(RowState.FINISHED),
            "note": note.strip(),
        }
        return row_from_values(line, started, done_s, wish.area, values, now_ms)
    except FieldRefusedError as error:
        return Refusal(line, error.field, error.rule)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise FieldRefusedError("Date", f"{quoted(text)} is no day, such as 2026-03-19") from None


def _loop_length(value: str) -> float | None:
    """Seconds of a habit that is counted in minutes, 0 for one that is only ticked; None: not done."""
    if value in _YES:
        return 0.0
    try:
        thousandths = int(value)
    except ValueError:
        rule = f"{quoted(value)} is neither a word of Loop (YES_MANUAL, NO, SKIP) nor a whole number"
        raise FieldRefusedError("Value", rule) from None
    if thousandths < 0:
        raise FieldRefusedError("Value", f"{quoted(value)} is less than 0")
    # Loop counts in thousandths of the habit's unit, which is taken to be minutes.
    return thousandths * 0.06 if thousandths else None
