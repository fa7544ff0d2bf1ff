"""Sessions out of a CSV file: our own, or that of another program."""

import csv
from collections.abc import Iterator
from typing import Final

from matsession.storage.exchange.fields import NEEDED, READERS, FieldRefusedError, FoundRow, quick_reader
from matsession.storage.exchange.other_programs import (
    FoundRestDay,
    ImportWish,
    NoSession,
    loop_habit,
    loop_lines,
    meditation_assistant_line,
)
from matsession.storage.exchange.report import FileKind, Refusal
from matsession.storage.exchange.text_lines import LONGEST_LINE, TextFile

Found = FoundRow | FoundRestDay | NoSession | Refusal

_MEDITATION_ASSISTANT: Final = ["id", "length", "started", "completed", "message"]


class CsvSessions:
    """The sessions of a CSV file, one by one; ``kind`` is known at once. Raises ExchangeError."""

    def __init__(self, file: TextFile, wish: ImportWish, now_ms: int) -> None:
        """Read the first line."""
        self._file = file
        self._wish = wish
        self._now_ms = now_ms
        csv.field_size_limit(LONGEST_LINE)
        self._reader = csv.reader(file.lines(), strict=True)
        self._header = [name.strip() for name in self._next() or []]
        self.kind = self._recognise()

    def _recognise(self) -> FileKind:
        names = [name.lower() for name in self._header]
        if "started_at" in names:
            self._header = names
            for name in NEEDED:
                if name not in names:
                    raise self._file.problem(1, name, "is not among the columns")
            for name in names:
                if names.count(name) > 1 and name in READERS:
                    raise self._file.problem(1, name, "is there more than once")
            return FileKind.CSV
        if names == _MEDITATION_ASSISTANT:
            return FileKind.MEDITATION_ASSISTANT
        if names[:1] == ["date"] and len(names) > 1:
            return FileKind.LOOP
        if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
            raise self._file.no_file_of_ours("its columns are not separated by commas.")
        raise self._file.no_file_of_ours("its first line names no columns that are known.")

    def __iter__(self) -> Iterator[Found]:
        """Each line: a session, or why it is none."""
        match self.kind:
            case FileKind.MEDITATION_ASSISTANT:
                return self._meditation_assistant()
            case FileKind.LOOP:
                return self._loop()
            case _:
                return self._own()

    def _own(self) -> Iterator[Found]:
        width = len(self._header)
        read = quick_reader(self._header, self._now_ms)
        for line, cells in self._lines():
            if len(cells) != width:
                rule = f"there are {len(cells)} columns, and {width} in the first line"
                yield Refusal(line, "", rule)
                continue
            try:
                yield read(line, cells)
            except FieldRefusedError as error:
                yield Refusal(line, error.field, error.rule)

    def _meditation_assistant(self) -> Iterator[Found]:
        for line, cells in self._lines():
            yield meditation_assistant_line(line, cells, self._wish, self._now_ms)

    def _loop(self) -> Iterator[Found]:
        habit = loop_habit(self._file, self._header, self._wish)
        for line, cells in self._lines():
            yield loop_lines(line, cells, habit, self._wish, self._now_ms)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the number of its first line; empty lines are left out."""
        while True:
            line = self._reader.line_num + 1
            cells = self._next()
            if cells is None:
                return
            if cells:
                yield line, cells

    def _next(self) -> list[str] | None:
        line = self._reader.line_num + 1 if hasattr(self, "_reader") else 1
        try:
            return next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            rule = "a quotation mark is opened and never closed, or stands where none may be"
            if "quote" not in str(error) and "expected after" not in str(error) and "limit" not in str(error):
                rule = "is no line of a CSV file" if "data" not in str(error) else rule
            raise self._file.problem(line, "", rule) from error
