"""Sessions out of a JSON file of our own, read piece by piece: never more than one session and a bit.

The file is one object. Its fields may come in any order and lie-out, so that a file that was edited or
formatted anew is still ours; but ``format`` and ``version`` have to come before ``sessions``.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from matsession.domain.guidance import ChimeName
from matsession.domain.record import RATINGS
from matsession.storage.exchange.fields import (
    NEEDED,
    READERS,
    FieldRefusedError,
    FoundRow,
    quoted,
    read_area,
    read_id,
    read_length,
    read_moment,
    row_from_values,
)
from matsession.storage.exchange.other_programs import FoundRestDay
from matsession.storage.exchange.report import FileKind, Refusal
from matsession.storage.exchange.text_lines import LONGEST_LINE, TextFile
from matsession.storage.session_rows import writable

FORMAT: Final = "matsession-history"
VERSION: Final = 1

_PIECE: Final = 1 << 16
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_LENGTHS: Final = frozenset({"planned_s", "done_s", "on_mat_s"})
_RATINGS: Final = frozenset(RATINGS)


class JsonSessions:
    """The sessions and days off of a JSON file, one by one. Raises ExchangeError."""

    kind = FileKind.JSON

    def __init__(self, file: TextFile, now_ms: int) -> None:
        """Begin at its beginning."""
        self._file = file
        self._now_ms = now_ms
        self._text = _Text(file)
        self._format: object = None
        self._version: object = None

    def __iter__(self) -> Iterator[FoundRow | FoundRestDay | Refusal]:
        """Each session and each day off."""
        text = self._text
        text.expect("{")
        first = True
        while not text.skip("}"):
            if not first:
                text.expect(",")
            first = False
            name = text.value()
            text.expect(":")
            if name in ("sessions", "rest_days"):
                self._check_version()
                text.expect("[")
                yield from self._elements(str(name))
            else:
                value = text.value()
                if name == "format":
                    self._format = value
                elif name == "version":
                    self._version = value
        text.expect_end()
        self._check_version()

    def _check_version(self) -> None:
        if self._format != FORMAT:
            raise self._file.no_file_of_ours("it is JSON, but no history of MatSession.")
        if isinstance(self._version, int) and self._version > VERSION:
            raise self._file.no_file_of_ours(
                f"it was written by a newer MatSession (version {self._version} of the format; this program"
                f" knows version {VERSION}). Install the newer one to import it."
            )
        if self._version != VERSION or self._version is True:
            raise self._file.no_file_of_ours("its version is missing or wrong.")

    def _elements(self, name: str) -> Iterator[FoundRow | FoundRestDay | Refusal]:
        text = self._text
        read = self._session if name == "sessions" else self._rest_day
        first = True
        while not text.skip("]"):
            if not first:
                text.expect(",")
            first = False
            text.skip_space()
            line = text.line
            value = text.value()
            try:
                if not isinstance(value, dict):
                    raise FieldRefusedError(name, "there is something else than an object in the list")
                yield read(line, value)
            except FieldRefusedError as error:
                yield Refusal(line, error.field, error.rule)

    def _session(self, line: int, found: Mapping[str, Any]) -> FoundRow:
        for name in NEEDED:
            if found.get(name) is None:
                raise FieldRefusedError(name, "is missing")
        started = read_moment("started_at", _text_of("started_at", found["started_at"]))
        done_s = _length_of("done_s", found["done_s"])
        area = writable(read_area("area", _text_of("area", found["area"])))
        values = {
            name: None if value is None else _value_of(name, value)
            for name, value in found.items()
            if name in READERS and name not in NEEDED
        }
        row = row_from_values(line, started, done_s, area, values, self._now_ms)
        if "cues" not in found:
            return row
        return row._replace(cues=_cues_of(found["cues"]))

    def _rest_day(self, line: int, found: Mapping[str, Any]) -> FoundRestDay:
        from datetime import date

        try:
            day = date.fromisoformat(_text_of("day", found.get("day")))
        except ValueError as error:
            if isinstance(error, FieldRefusedError):
                raise
            raise FieldRefusedError("day", f"{quoted(str(found.get('day')))} is no day") from None
        updated, deleted = (
            None if found.get(name) is None else read_moment(name, _text_of(name, found[name])).ms
            for name in ("updated_at", "deleted_at")
        )
        device_id = _text_of("device_id", found.get("device_id", ""))
        return FoundRestDay(
            line, day.isoformat(), self._now_ms if updated is None else updated, deleted, writable(device_id)
        )


def _value_of(name: str, value: object) -> Any:
    if name in _LENGTHS:
        return _length_of(name, value)
    if name in _RATINGS:
        if isinstance(value, int) and not isinstance(value, bool):
            return READERS[name](name, str(value))
        return READERS[name](name, json.dumps(value))
    text = _text_of(name, value)
    return read_id(name, text) if name == "id" else _writable(READERS[name](name, text))


def _writable(value: Any) -> Any:
    return writable(value) if isinstance(value, str) else value


def _text_of(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise FieldRefusedError(name, f"{quoted(json.dumps(value))} is no text in quotation marks")
    return value


def _length_of(name: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value < 1e300:
            return float(value)
        if value < 0:
            raise FieldRefusedError(name, f'"{value}" is less than 0')
    return read_length(name, f"{json.dumps(value)} ")  # never right: it says why


def _cues_of(found: object) -> tuple[tuple[Any, ...], ...]:
    if not isinstance(found, list):
        raise FieldRefusedError("cues", "is no list")
    rows: dict[tuple[float, str], tuple[Any, ...]] = {}
    for cue in found:
        if not isinstance(cue, dict):
            raise FieldRefusedError("cues", "there is something else than an object in the list")
        at_s = _length_of("cues, at_s", cue.get("at_s"))
        chime = _text_of("cues, chime", cue.get("chime"))
        if not chime:
            raise FieldRefusedError("cues, chime", f"is not one of {', '.join(ChimeName)}")
        late_s = cue.get("late_s")
        if late_s is not None and not (
            isinstance(late_s, int | float) and not isinstance(late_s, bool) and math.isfinite(late_s)
        ):
            raise FieldRefusedError("cues, late_s", f"{quoted(json.dumps(late_s))} is no number")
        how, why_not = (_text_of(f"cues, {name}", cue.get(name, "")) for name in ("how", "why_not"))
        chime = writable(chime)
        late = None if late_s is None else float(late_s)
        rows[at_s, chime] = (at_s, chime, late, writable(how), writable(why_not))
    return tuple(rows[key] for key in sorted(rows))


class _Text:
    """The text of the file, of which only a piece is held; values are taken from its front."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self._lines = file.lines()
        self._text = ""
        self._at = 0
        self._line, self._counted = 1, 0
        self._ended = False
        self._decoder = json.JSONDecoder(parse_constant=_no_number)

    @property
    def line(self) -> int:
        """The line of what comes next."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def value(self) -> Any:
        """Take a whole value."""
        self.skip_space()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                broken_at = error.pos if isinstance(error, json.JSONDecodeError) else self._at
                # Only where the text broke off may there be more to come.
                if len(self._text) - self._at > LONGEST_LINE or not self._more():
                    raise self._broken(broken_at) from error
                continue
            except ValueError as error:
                raise self._broken(self._at) from error
            # A number at the very end may have more figures.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def skip(self, sign: str) -> bool:
        """Take this sign where it comes next; whether it did."""
        self.skip_space()
        if self._text.startswith(sign, self._at):
            self._at += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        """Take this sign; it has to come next."""
        if not self.skip(sign):
            raise self._broken(self._at)

    def expect_end(self) -> None:
        """Nothing comes any more."""
        self.skip_space()
        if self._at < len(self._text):
            raise self._broken(self._at)

    def skip_space(self) -> None:
        """Go on to something that counts."""
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None, "it matches nothing as well"
            self._at = found.end()
            if self._at < len(self._text) or not self._more():
                return

    def _more(self) -> bool:
        """Read on, and forget what was taken; False at the end of the file."""
        if self._ended:
            return False
        _ = self.line
        pieces = [self._text[self._at :]]
        self._at = self._counted = 0
        # As much again as there is: what breaks off is not looked at too often.
        wanted = max(_PIECE, len(pieces[0]))
        while wanted > 0:
            line = next(self._lines, None)
            if line is None:
                self._ended = True
                break
            pieces.append(line)
            wanted -= len(line)
        self._text = "".join(pieces)
        return len(pieces) > 1

    def _broken(self, at: int) -> Exception:
        line = self.line + self._text.count("\n", self._at, at)
        if at >= len(self._text):
            return self._file.problem(line, "", "the file breaks off here; it is not whole")
        return self._file.problem(line, "", f"{quoted(self._text[at : at + 20])} is no JSON here")


def _no_number(name: str) -> float:
    raise ValueError(name)
