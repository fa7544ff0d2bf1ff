"""Bringing a file into the history: one transaction, in small steps, all of it or nothing.

A file of any size is read once, from front to back. The history is locked meanwhile, but a session always
comes first: whoever has something to save takes the lock back, and the import ends with nothing changed
(``Database.long_write``); one in another program is asked for five times a second.

The triggers that keep the sums take six times as long as the rows themselves. So from some number of new rows
on all sums are forgotten, the triggers are put aside until the end of the transaction, and the sums are built
anew afterwards (``sums.follow_day_turn``).
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from matsession.storage.database import Database, LongWrite
from matsession.storage.errors import StorageProblem, storage_error
from matsession.storage.exchange.csv_in import CsvSessions
from matsession.storage.exchange.fields import FoundRow, now_ms
from matsession.storage.exchange.json_in import JsonSessions
from matsession.storage.exchange.other_programs import FoundRestDay, ImportWish, NoSession
from matsession.storage.exchange.report import ImportRefusedError, ImportReport, Refusal
from matsession.storage.exchange.text_lines import TextFile
from matsession.storage.session_rows import COLUMNS, MARKS
from matsession.storage.sums import SessionSums

BATCH: Final = 500
"""Rows between two yields: some 10 ms, and no more values than one statement may have."""

SUMMED_AT_ONCE: Final = 1_000
"""Rows from which on the sums are built anew, for each history; and one for each 20 it has."""

CACHE_KB: Final = 65_536
"""Ids have no order: the more of their index is at hand, the less the disk is asked."""

ASKED_EVERY_S: Final = 0.2
"""Another program that wants to save waits for so long, at the most a little longer."""

_ID, _UPDATED = 0, 16
_INSERT: Final = f"INSERT INTO session ({COLUMNS}) VALUES ({MARKS})"  # noqa: S608 - our own words
_REPLACE: Final = f"UPDATE session SET ({COLUMNS}) = ({MARKS}) WHERE id = ?"  # noqa: S608 - likewise

Steps = Generator[float, None, ImportReport]
Found = FoundRow | FoundRestDay | NoSession | Refusal


def import_steps(
    database: Database,
    device_id: str,
    path: Path,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
    wish: ImportWish | None = None,
    before: Callable[[], None] | None = None,
    wanted_elsewhere: Callable[[], bool] | None = None,
    now: Callable[[], int] = now_ms,
) -> Steps:
    """Import, step by step: yields which part is done, and returns what was found. Closed, it undoes all.

    With ``dry_run`` nothing is changed. A line that is refused makes all be refused (ImportRefusedError, when
    all lines were looked at), unless ``skip_refused`` leaves such lines out. ``before`` is called before
    anything is changed. ``wanted_elsewhere`` tells whether another program has a session to save; then it
    ends with GAVE_WAY. Raises StorageError and ExchangeError; then nothing has changed.
    """
    with TextFile(path) as file:
        found: CsvSessions | JsonSessions
        if _begins_like_json(path):
            found = JsonSessions(file, now())
        else:
            found = CsvSessions(file, wish or ImportWish(), now())
        report = ImportReport(found.kind)
        if not dry_run and before is not None:
            before()
        with contextlib.ExitStack() as stack:
            # A dry run goes the same way, all of it in a table of its own, and takes it back.
            written = stack.enter_context(database.long_write())
            merger = _Merger(written, device_id, report)
            batch: list[Found]
            each: Iterator[Found] = iter(found)
            asked_s = time.monotonic()
            while batch := list(islice(each, BATCH)):
                refusals = [one for one in batch if isinstance(one, Refusal)]
                for refusal in refusals:
                    report.refuse(refusal)
                report.left_out += sum(isinstance(one, NoSession) for one in batch)
                merger.merge([one for one in batch if isinstance(one, FoundRow)])
                merger.merge_rest_days([one for one in batch if isinstance(one, FoundRestDay)])
                yield file.done
                if wanted_elsewhere is not None and time.monotonic() - asked_s > ASKED_EVERY_S:
                    if wanted_elsewhere():
                        raise storage_error(StorageProblem.GAVE_WAY, database.path)
                    asked_s = time.monotonic()
            if dry_run or (report.refused and not skip_refused):
                written.roll_back()
            else:
                merger.finish()
                written.commit()
                report.applied = True
    if report.refused and not skip_refused and not dry_run:
        raise _refused(file, report)
    return report


def _begins_like_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
    except OSError:
        return False  # told by whoever opens it in earnest


def _refused(file: TextFile, report: ImportReport) -> ImportRefusedError:
    first = report.refusals[0]
    field = f", {first.field}" if first.field else ""
    values = {
        "file": file.name,
        "count": str(report.refused),
        "first": f"line {first.line}{field}: {first.rule}",
    }
    return ImportRefusedError(
        "{file} was not imported; {count} of its lines cannot be taken. The first: {first}.",
        "Nothing was changed. Correct them, or leave them out.",
        report,
        values,
    )


class _Merger:
    """Puts rows into the table, and counts what they were."""

    def __init__(self, written: LongWrite, device_id: str, report: ImportReport) -> None:
        self._written = written
        self._device_id = device_id
        self._report = report
        with written.connection() as connection:
            # Rows are numbered as they come; counting a million would take longer.
            held = connection.execute("SELECT max(rowid) FROM session").fetchone()[0] or 0
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._by_triggers = SUMMED_AT_ONCE + held // 20
        self._triggers: list[str] = []

    def merge(self, rows: Sequence[FoundRow]) -> None:
        """Put them in."""
        if not rows:
            return
        with self._written.connection() as connection:
            known = self._known(connection, [row.values[_ID] for row in rows])
            fresh: dict[str, tuple[Any, ...]] = {}
            for row in rows:
                record_id = row.values[_ID]
                held = known.get(record_id) or fresh.get(record_id)
                if held is None:
                    fresh[record_id] = self._complete(row)
                    continue
                if record_id in fresh:  # twice in one file: the first has to be there to be changed
                    self._insert(connection, fresh)
                known[record_id] = self._merge_one(connection, row, held)
            self._insert(connection, fresh)
            for row in rows:
                if row.cues and row.values[_ID] not in known:
                    self._save_cues(connection, row)

    def _insert(self, connection: sqlite3.Connection, fresh: dict[str, tuple[Any, ...]]) -> None:
        """Put new rows in, without the triggers once there are many."""
        if self._by_triggers > 0:
            self._by_triggers -= len(fresh)
            if self._by_triggers <= 0:
                self._drop_triggers(connection)
        connection.executemany(_INSERT, fresh.values())
        self._report.new += len(fresh)
        fresh.clear()

    def _drop_triggers(self, connection: sqlite3.Connection) -> None:
        SessionSums.forget_within(connection)
        found = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'session'"
        ).fetchall()
        for name, sql in found:
            connection.execute(f"DROP TRIGGER {name}")
            self._triggers.append(sql)

    def finish(self) -> None:
        """All rows are in: the triggers see to the next ones again."""
        with self._written.connection() as connection:
            for sql in self._triggers:
                connection.execute(sql)

    def _complete(self, row: FoundRow) -> tuple[Any, ...]:
        values = row.values
        return values if values[15] else (*values[:15], self._device_id, *values[16:])

    def _known(self, connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        marks = ", ".join("?" * len(ids))
        query = f"SELECT {COLUMNS} FROM session WHERE id IN ({marks})"  # noqa: S608 - values are apart
        return {row[_ID]: row for row in connection.execute(query, ids)}

    def _merge_one(
        self, connection: sqlite3.Connection, row: FoundRow, held: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        """The later of two versions counts; a session that was deleted here comes back."""
        values = list(self._complete(row))
        for number in row.missing:
            values[number] = held[number]
        comes_back = held[17] is not None and values[17] is None
        own_time = _UPDATED in row.missing
        other = _content(values) != _content(held) or self._other_cues(connection, row)
        if not other:
            self._report.same += 1
            return held
        if values[_UPDATED] < held[_UPDATED] and not comes_back and not own_time:
            self._report.older += 1
            return held
        if values[_UPDATED] <= held[_UPDATED]:
            values[_UPDATED] = max(now_ms(), held[_UPDATED])
        connection.execute(_REPLACE, (*values, values[_ID]))
        if row.cues is not None:
            self._save_cues(connection, row)
        self._report.changed += 1
        return tuple(values)

    def _other_cues(self, connection: sqlite3.Connection, row: FoundRow) -> bool:
        if row.cues is None:
            return False
        query = "SELECT at_s, chime, late_s, how, why_not FROM cue WHERE session_id = ? ORDER BY at_s, chime"
        return connection.execute(query, (row.values[_ID],)).fetchall() != list(row.cues)

    def _save_cues(self, connection: sqlite3.Connection, row: FoundRow) -> None:
        record_id = row.values[_ID]
        connection.execute("DELETE FROM cue WHERE session_id = ?", (record_id,))
        cues = [(record_id, *cue) for cue in row.cues or ()]
        connection.executemany("INSERT INTO cue VALUES (?, ?, ?, ?, ?, ?)", cues)

    def merge_rest_days(self, days: Iterable[FoundRestDay]) -> None:
        """The later mark of two counts."""
        with self._written.connection() as connection:
            for each in days:
                cursor = connection.execute(
                    "INSERT INTO rest_day VALUES (?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                    " device_id = excluded.device_id, updated_ms = excluded.updated_ms,"
                    " deleted_ms = excluded.deleted_ms"
                    " WHERE excluded.updated_ms > updated_ms"
                    " AND (excluded.deleted_ms IS NULL) <> (deleted_ms IS NULL)",
                    (each.day, each.device_id or self._device_id, each.updated_ms, each.deleted_ms),
                )
                self._report.rest_days += cursor.rowcount


def _content(values: Sequence[Any]) -> tuple[Any, ...]:
    """What a session is, without who changed it when."""
    return (*values[:15], values[17] is None, *values[18:])
