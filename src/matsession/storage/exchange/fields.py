"""The fields of a session in a file: from the text there to what the table keeps, and back.

A row is what the table ``session`` keeps, in the order of ``session_rows.COLUMNS``; no SessionRecord is made
on the way: a million of them would take half a minute. What is refused is told by the name of the field.
"""

import math
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any, Final, NamedTuple

from matsession.domain.guidance import RATING_MAX, RATING_MIN
from matsession.domain.record import RATINGS, RowState
from matsession.storage.session_rows import ms_of

CSV_COLUMNS: Final = (
    "id",
    "started_at",
    "ended_at",
    "preset_id",
    "preset_name",
    "area",
    "planned_s",
    "done_s",
    "on_mat_s",
    "state",
    "rating_scale",
    "rating_before",
    "rating_after",
    "note",
    "device_id",
    "updated_at",
    "mat_name",
    "strongest",
    "morning_scale",
    "morning_rating",
)
"""In the order in which they are written."""

FIRST_COLUMNS: Final = CSV_COLUMNS[:16]
"""What files were made of before a mat was kept with a session."""

SECOND_COLUMNS: Final = CSV_COLUMNS[:18]
"""What files were made of before the answer of the next morning was."""

NEEDED: Final = ("started_at", "done_s", "area")
"""Without these there is no session."""

OWN_NAMES: Final = uuid.UUID("6f3c9be2-50f1-5e0e-9d5f-6a0f6e1f7a11")
"""From which ids are made for sessions of files without; never changed, or they would come in twice."""

_EARLIEST_MS: Final = -62135510400000
_LATEST_MS: Final = 253402214400000
_UUID: Final = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")
_RATINGS: Final = {"": None, **{str(rating): rating for rating in range(RATING_MIN, RATING_MAX + 1)}}
_STATES: Final = frozenset(map(str, RowState))
_DAY_MS: Final = 86_400_000


class FieldRefusedError(ValueError):
    """A value that cannot be taken: of which field, and what would be right."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


def quoted(text: str) -> str:
    """A value as it is told in a sentence: on one line, and not too long."""
    short = " ".join(text.split())
    short = f"{short[:40]}..." if len(short) > 40 else short
    return '"' + "".join(letter if letter.isprintable() else "?" for letter in short) + '"'


# -- moments ----------------------------------------------------------------------------------------------


class Moment(NamedTuple):
    """A moment in milliseconds since 1970, and the offset from UTC of where it was told."""

    ms: int
    offset_s: int


# The parts of a moment are looked up: that is five times as fast as reading and writing it as a whole.
_days: dict[str, int] = {}
_offsets: dict[str, int] = {}
_MINUTES: Final = {f"T{minute // 60:02}:{minute % 60:02}:": minute * 60_000 for minute in range(1440)}
_SECONDS: Final = {f"{second:02}": second * 1000 for second in range(60)}
_MILLISECONDS: Final = {f".{ms:03}": ms for ms in range(1000)}
_MOST_KNOWN: Final = 100_000
"""Days; there are hardly any offsets."""


def read_moment(field: str, text: str) -> Moment:
    """ISO 8601 with an offset from UTC; finer than a millisecond is cut off."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        rule = f"{quoted(text)} is no time; write it as 2026-03-19T21:04:00+01:00"
        raise FieldRefusedError(field, rule) from None
    offset = moment.utcoffset()
    if offset is None:
        rule = f"{quoted(text)} has no offset from UTC; write it as 2026-03-19T21:04:00+01:00"
        raise FieldRefusedError(field, rule)
    ms = ms_of(moment)
    if not _EARLIEST_MS <= ms <= _LATEST_MS:
        raise FieldRefusedError(field, f"{quoted(text)} is not within the years 1 to 9999")
    offset_s = round(offset.total_seconds())
    if len(text) == 29 and text[10] == "T" and text[19] == "." and len(_days) < _MOST_KNOWN:
        local_ms = ms + offset_s * 1000
        time_ms = local_ms % _DAY_MS
        _offsets[text[23:]] = offset_s * 1000
        _days[text[:10]] = local_ms - time_ms
    return Moment(ms, offset_s)


_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


class _Days(dict[int, str]):
    """Days since 1970 as they are written; each is made when it is first met."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day + _EPOCH_DAY).isoformat()
        return text


class _Offsets(dict[int, str]):
    """Offsets from UTC in seconds as they are written, likewise."""

    def __missing__(self, offset_s: int) -> str:
        moment = datetime(2000, 1, 1, tzinfo=timezone(timedelta(seconds=offset_s)))
        text = self[offset_s] = moment.isoformat()[19:]
        return text


_written_days: Final = _Days()
_written_offsets: Final = _Offsets()
_written_minutes: Final = list(_MINUTES)
_written_seconds: Final = list(_SECONDS)
_written_ms: Final = list(_MILLISECONDS)


def write_moment(ms: int, offset_s: int) -> str:
    """ISO 8601 to the millisecond, as the clock on the wall showed it."""
    at = ms + offset_s * 1000
    return (
        _written_days[at // _DAY_MS]
        + _written_minutes[at // 60_000 % 1440]
        + _written_seconds[at // 1000 % 60]
        + _written_ms[at % 1000]
        + _written_offsets[offset_s]
    )


def write_cells(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """The cells of CSV_COLUMNS for rows of the table."""
    # As write_moment does it, without calling it three times a row.
    days, minutes, seconds = _written_days, _written_minutes, _written_seconds
    rest, offsets = _written_ms, _written_offsets
    return [
        (
            row[0],
            days[(at := row[4] + row[6] * 1000) // _DAY_MS]
            + minutes[at // 60_000 % 1440]
            + seconds[at // 1000 % 60]
            + rest[at % 1000]
            + (offset := offsets[row[6]]),
            None
            if row[5] is None
            else days[(at := row[5] + row[6] * 1000) // _DAY_MS]
            + minutes[at // 60_000 % 1440]
            + seconds[at // 1000 % 60]
            + rest[at % 1000]
            + offset,
            row[1],
            row[2],
            row[3],
            row[7],
            row[8],
            row[9],
            row[10],
            row[11],
            row[12],
            row[13],
            row[14],
            row[15],
            days[(at := row[16]) // _DAY_MS]
            + minutes[at // 60_000 % 1440]
            + seconds[at // 1000 % 60]
            + rest[at % 1000]
            + "+00:00",
            row[18],
            row[19],
            row[20],
            row[21],
        )
        for row in rows
    ]


# -- other values -----------------------------------------------------------------------------------------


def read_length(field: str, text: str) -> float:
    """Seconds, 0 or more, with a decimal point."""
    try:
        return _lengths[text]
    except KeyError:
        pass
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            if len(_lengths) < 10_000:
                _lengths[text] = value
            return value
    if "," in text:
        raise FieldRefusedError(
            field, f"{quoted(text)} has a comma; write seconds with a point, such as 90.5"
        )
    if text.startswith("-"):
        raise FieldRefusedError(field, f"{quoted(text)} is less than 0")
    raise FieldRefusedError(field, f"{quoted(text)} is no length in seconds, such as 600 or 90.5")


_lengths: dict[str, float] = {}


def read_rating(field: str, text: str) -> int | None:
    """A whole number from 0 to 10, or nothing."""
    try:
        return _RATINGS[text]
    except KeyError:
        rule = f"{quoted(text)} is not a whole number from {RATING_MIN} to {RATING_MAX}, or empty"
        raise FieldRefusedError(field, rule) from None


def read_state(field: str, text: str) -> str:
    """One of the words for how a session stands."""
    if text in _STATES:
        return text
    raise FieldRefusedError(field, f"{quoted(text)} is not one of {', '.join(RowState)}")


def read_id(field: str, text: str) -> str:
    """A UUID in small letters."""
    if _UUID.fullmatch(text):
        return text
    try:
        return str(uuid.UUID(text))
    except ValueError:
        rule = f"{quoted(text)} is no UUID; leave it empty for a session that was never in MatSession"
        raise FieldRefusedError(field, rule) from None


def read_area(field: str, text: str) -> str:
    """The id of an area; an unknown one may be of a newer version."""
    if not text.strip():
        raise FieldRefusedError(field, "is empty; write an area, such as lower_back")
    return text


def read_text(_field: str, text: str) -> str:
    """Any text."""
    return text


# -- sessions ---------------------------------------------------------------------------------------------


class FoundRow(NamedTuple):
    """A session as a file tells it."""

    line: int
    values: tuple[Any, ...]
    """In the order of ``session_rows.COLUMNS``."""
    missing: tuple[int, ...] = ()
    """Which of them the file did not tell, so that those of a session that is there already stay."""
    cues: "tuple[tuple[Any, ...], ...] | None" = None
    """Rows of the table ``cue`` without the session's id; None where the file says nothing of them."""


ReadText = Callable[[str, str], Any]
READERS: Final[Mapping[str, ReadText]] = {
    "id": read_id,
    "started_at": read_moment,
    "ended_at": read_moment,
    "preset_id": read_text,
    "preset_name": read_text,
    "area": read_area,
    "planned_s": read_length,
    "done_s": read_length,
    "on_mat_s": read_length,
    "state": read_state,
    "rating_scale": read_text,
    "rating_before": read_rating,
    "rating_after": read_rating,
    "note": read_text,
    "device_id": read_text,
    "updated_at": read_moment,
    "deleted_at": read_moment,
    "mat_name": read_text,
    "strongest": read_rating,
    "morning_scale": read_text,
    "morning_rating": read_rating,
}

_MISSABLE: Final = {
    "preset_id": 1,
    "preset_name": 2,
    "ended_at": 5,
    "planned_s": 7,
    "on_mat_s": 9,
    "state": 10,
    "rating_scale": 11,
    "rating_before": 12,
    "rating_after": 13,
    "note": 14,
    "device_id": 15,
    "deleted_at": 17,
    "mat_name": 18,
    "strongest": 19,
    "morning_scale": 20,
    "morning_rating": 21,
}


def row_from_text(line: int, cells: Mapping[str, str], now_ms: int) -> FoundRow:
    """The row for a line of text cells; columns that are not there are filled in. FieldRefusedError else."""
    try:
        started = read_moment("started_at", cells["started_at"])
        done_s = read_length("done_s", cells["done_s"])
        area = read_area("area", cells["area"])
    except KeyError as error:
        raise FieldRefusedError(str(error.args[0]), "is missing") from None
    values: dict[str, Any] = {
        name: None if not text and name in _EMPTY_IS_NONE else READERS[name](name, text)
        for name, text in cells.items()
        if name in READERS and name not in NEEDED
    }
    return row_from_values(line, started, done_s, area, values, now_ms)


_EMPTY_IS_NONE: Final = frozenset(
    {
        "id",
        "ended_at",
        "planned_s",
        "on_mat_s",
        "state",
        "updated_at",
        "deleted_at",
    }
)


def quick_reader(header: Sequence[str], now_ms: int) -> Callable[[int, Sequence[str]], FoundRow]:
    """What reads the lines of a file with these columns: quickly where they are as we write them."""
    known = [name for name in header if name in READERS]
    columns = next((names for names in _MISSING_OF if sorted(known) == sorted(names)), None)
    if columns is None:
        places = [(name, header.index(name)) for name in known]

        def read_slowly(line: int, cells: Sequence[str]) -> FoundRow:
            return row_from_text(line, {name: cells[place] for name, place in places}, now_ms)

        return read_slowly
    pick = itemgetter(*(header.index(name) for name in columns))
    missing = _MISSING_OF[columns]
    filled = _EMPTY[len(columns) :]
    days, minutes, seconds, rest = _days, _MINUTES, _SECONDS, _MILLISECONDS
    offsets, lengths = _offsets, _lengths
    is_uuid = _UUID.fullmatch

    def read(line: int, cells: Sequence[str]) -> FoundRow:
        picked = pick(cells)
        record_id, start, end, preset_id, preset_name, area, planned, done, on_mat, state = picked[:10]
        scale, before, after, note, device_id, updated = picked[10:16]
        mat_name, strongest, morning_scale, morning_rating = picked[16:] + filled
        try:
            if not (len(start) == len(end) == len(updated) == 29):
                raise KeyError
            offset_ms = offsets[start[23:]]
            start_ms = (
                days[start[:10]]
                + minutes[start[10:17]]
                + seconds[start[17:19]]
                + rest[start[19:23]]
                - offset_ms
            )
            end_ms = (
                days[end[:10]]
                + minutes[end[10:17]]
                + seconds[end[17:19]]
                + rest[end[19:23]]
                - offsets[end[23:]]
            )
            updated_ms = (
                days[updated[:10]]
                + minutes[updated[10:17]]
                + seconds[updated[17:19]]
                + rest[updated[19:23]]
                - offsets[updated[23:]]
            )
            if end_ms < start_ms or not is_uuid(record_id) or state not in _STATES or not area.strip():
                raise KeyError
            return FoundRow(
                line,
                (
                    record_id,
                    preset_id,
                    preset_name,
                    area,
                    start_ms,
                    end_ms,
                    offset_ms // 1000,
                    lengths[planned],
                    lengths[done],
                    lengths[on_mat],
                    state,
                    scale,
                    _RATINGS[before],
                    _RATINGS[after],
                    note,
                    device_id,
                    updated_ms,
                    None,
                    mat_name,
                    _RATINGS[strongest],
                    morning_scale,
                    _RATINGS[morning_rating],
                ),
                missing,
            )
        except KeyError:  # something new, or something wrong
            return row_from_text(line, dict(zip(columns, picked, strict=True)), now_ms)

    return read


_MISSING_OF: Final = {
    CSV_COLUMNS: (17,),
    SECOND_COLUMNS: (17, 20, 21),
    FIRST_COLUMNS: (17, 18, 19, 20, 21),
}
"""The columns of the table that a file does not tell; by what it does."""
_EMPTY: Final = ("",) * len(CSV_COLUMNS)


def row_from_values(
    line: int, started: Moment, done_s: float, area: str, values: Mapping[str, Any], now_ms: int
) -> FoundRow:
    """The row for values that have been read; None and what is missing is filled in."""
    given = {name for name, value in values.items() if value is not None or name in _NONE_IS_VALUE}
    ended: Moment | None = values.get("ended_at")
    ended_ms = None if ended is None else ended.ms
    state = values.get("state") or str(RowState.FINISHED)
    if ended_ms is None and "ended_at" not in values and state != RowState.OPEN:
        ended_ms = min(started.ms + round(done_s * 1000), _LATEST_MS) if done_s < 1e9 else None
    if ended_ms is not None and ended_ms < started.ms:
        raise FieldRefusedError("ended_at", "is before started_at")
    record_id = values.get("id") or made_id(f"{started.ms}|{area}|{done_s!r}")
    updated: Moment | None = values.get("updated_at")
    deleted: Moment | None = values.get("deleted_at")
    row = (
        record_id,
        _or_else(values.get("preset_id"), "imported"),
        _or_else(values.get("preset_name"), "Imported"),
        area,
        started.ms,
        ended_ms,
        started.offset_s,
        values["planned_s"] if "planned_s" in given else done_s,
        done_s,
        values["on_mat_s"] if "on_mat_s" in given else (0.0 if area == "none" else done_s),
        state,
        values.get("rating_scale") or "",
        values.get("rating_before"),
        values.get("rating_after"),
        values.get("note") or "",
        values.get("device_id") or "",
        now_ms if updated is None else updated.ms,
        None if deleted is None else deleted.ms,
        values.get("mat_name") or "",
        values.get("strongest"),
        values.get("morning_scale") or "",
        values.get("morning_rating"),
    )
    missing = tuple(number for name, number in _MISSABLE.items() if name not in values)
    return FoundRow(line, row, missing if updated is not None else (*missing, 16))


def _or_else(given: str | None, otherwise: str) -> str:
    """An empty text is a text."""
    return otherwise if given is None else given


_NONE_IS_VALUE: Final = frozenset({*RATINGS, "ended_at", "deleted_at"})


def made_id(name: str) -> str:
    """The id for something that has none: the same one whenever it is met again."""
    return str(uuid.uuid5(OWN_NAMES, name))


def now_ms() -> int:
    """This moment."""
    return ms_of(datetime.now(UTC))
