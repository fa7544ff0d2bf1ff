"""Writing the history into a file, in small steps; the file is there when it is whole, and not before."""

import contextlib
import csv
import errno
import io
import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from matsession import __version__
from matsession.storage.atomic_file import sync_folder
from matsession.storage.database import Database
from matsession.storage.errors import shown
from matsession.storage.exchange.fields import CSV_COLUMNS, write_cells, write_moment
from matsession.storage.exchange.json_in import FORMAT, VERSION
from matsession.storage.exchange.report import ExchangeError, FileKind
from matsession.storage.session_rows import COLUMNS, in_days

AT_ONCE: Final = 1_000
"""Rows between two yields: some 10 ms."""

Steps = Generator[float, None, int]


class ExportWish(NamedTuple):
    """Which sessions are wanted; nothing is all of them, and in JSON then everything there is."""

    from_day: date | None = None
    to_day: date | None = None
    area: str | None = None
    turn_min: int = 0

    @property
    def all(self) -> bool:
        """Whether nothing is left out."""
        return self.from_day is None and self.to_day is None and self.area is None


def kind_of(path: Path) -> FileKind:
    """What a file of this name is to be. Raises ExchangeError."""
    match path.suffix.lower():
        case ".csv":
            return FileKind.CSV
        case ".json":
            return FileKind.JSON
        case _:
            raise ExchangeError(
                "{file} says nothing of its format.",
                "Let its name end in .csv, for a spreadsheet, or .json, for everything there is.",
                {"file": shown(path)},
            )


def export_steps(database: Database, path: Path, wish: ExportWish, device_id: str, exported_ms: int) -> Steps:
    """Write step by step: yields which part is done, and returns how many sessions were written.

    A file that is there is replaced, once the new one is whole. Raises StorageError and ExchangeError; then,
    or when it is closed half-way, the old one is as it was.
    """
    kind = kind_of(path)
    writer = _write_csv if kind is FileKind.CSV else _write_json
    try:
        target = Path(os.path.realpath(path))
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with os.fdopen(handle, "wb", buffering=1 << 18) as file:
            count = yield from writer(_Rows(database, wish), file.write, device_id, exported_ms)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return count


class _Rows:
    """The wanted rows, oldest first; no query stays open between two pieces."""

    def __init__(self, database: Database, wish: ExportWish) -> None:
        self._database = database
        self.everything = wish.all
        conditions, self._values = in_days(wish.from_day, wish.to_day, wish.turn_min)
        if wish.area is not None:
            conditions.append("area = ?")
            self._values.append(wish.area)
        self._conditions = " AND ".join(conditions)
        with database.reading() as connection:
            query = f"SELECT count(*) FROM session WHERE {self._conditions}"  # noqa: S608 - values are apart
            self.count = max(int(connection.execute(query, self._values).fetchone()[0]), 1)

    def pieces(self) -> Iterator[Sequence[Any]]:
        """Rows that are not deleted."""
        query = (
            f"SELECT {COLUMNS} FROM session WHERE {self._conditions}"  # noqa: S608 - values are apart
            " AND started_ms >= ? AND (started_ms > ? OR id < ?) ORDER BY started_ms, id DESC LIMIT ?"
        )
        # Turned about, the index that gives the newest first is in the order of falling ids.
        key: tuple[int, str] = (-(2**63), "\U0010ffff")
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query, (*self._values, key[0], *key, AT_ONCE)).fetchall()
            if rows:
                yield rows
                key = (rows[-1][4], rows[-1][0])
            if len(rows) < AT_ONCE:
                return

    def deleted_pieces(self) -> Iterator[Sequence[Any]]:
        """Rows that are deleted; they tell another computer to delete them as well."""
        query = (
            f"SELECT {COLUMNS}, rowid FROM session"  # noqa: S608 - values are apart
            " WHERE deleted_ms IS NOT NULL AND rowid > ? ORDER BY rowid LIMIT ?"
        )
        after = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query, (after, AT_ONCE)).fetchall()
            if rows:
                yield [row[:-1] for row in rows]
                after = rows[-1][-1]
            if len(rows) < AT_ONCE:
                return

    def cues(self, ids: Sequence[str]) -> dict[str, list[Any]]:
        """What is known of the chimes of these sessions."""
        found: dict[str, list[Any]] = {}
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM cue LIMIT 1").fetchone() is None:
                return found
            for start in range(0, len(ids), 500):
                some = ids[start : start + 500]
                query = (
                    f"SELECT * FROM cue WHERE session_id IN ({', '.join('?' * len(some))})"  # noqa: S608
                    " ORDER BY session_id, at_s, chime"
                )
                for row in connection.execute(query, some):
                    found.setdefault(row[0], []).append(row[1:])
        return found

    def rest_days(self) -> list[Any]:
        """All days off, taken back or not."""
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT day, device_id, updated_ms, deleted_ms FROM rest_day ORDER BY day"
            ).fetchall()


_Write = Callable[[bytes], object]


def _write_csv(rows: _Rows, write: _Write, _device_id: str, _exported_ms: int) -> Steps:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    count = 0
    for piece in rows.pieces():
        writer.writerows(write_cells(piece))
        write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
        count += len(piece)
        yield min(count / rows.count, 1.0)
    write(text.getvalue().encode())
    return count


def _write_json(rows: _Rows, write: _Write, device_id: str, exported_ms: int) -> Steps:
    import msgspec

    encode = msgspec.json.encode
    head = {
        "format": FORMAT,
        "version": VERSION,
        "program": f"MatSession {__version__}",
        "exported_at": write_moment(exported_ms, 0),
        "device_id": device_id,
    }
    write(json.dumps(head, indent=1, ensure_ascii=False)[:-2].encode() + b',\n "sessions": [')
    count = 0
    joint = b"\n  "
    pieces = [rows.pieces, rows.deleted_pieces] if rows.everything else [rows.pieces]
    for piece in (each for several in pieces for each in several()):
        cues = rows.cues([row[0] for row in piece])
        objects = map(_object, piece, write_cells(piece), [cues.get(row[0]) for row in piece])
        write(joint + b",\n  ".join(map(encode, objects)))
        joint = b",\n  "
        count += len(piece)
        yield min(count / rows.count, 1.0)
    write(b"\n ]")
    if rows.everything:
        days = [
            {
                "day": day,
                "device_id": own_id,
                "updated_at": write_moment(updated_ms, 0),
                "deleted_at": None if deleted_ms is None else write_moment(deleted_ms, 0),
            }
            for day, own_id, updated_ms, deleted_ms in rows.rest_days()
        ]
        write(b',\n "rest_days": [' + b",".join(b"\n  " + encode(day) for day in days) + b"\n ]")
    write(b"\n}\n")
    return count


def _object(row: Sequence[Any], cells: Sequence[Any], cues: Sequence[Any] | None) -> dict[str, Any]:
    found = dict(zip(CSV_COLUMNS, cells, strict=True))
    found["deleted_at"] = None if row[17] is None else write_moment(row[17], 0)
    names = ("at_s", "chime", "late_s", "how", "why_not")
    found["cues"] = [dict(zip(names, cue, strict=True)) for cue in cues or ()]
    return found


def _not_written(path: Path, error: OSError) -> ExchangeError:
    advice = {
        errno.ENOSPC: "The disk is full; free some space.",
        errno.EDQUOT: "The disk is full; free some space.",
        errno.EROFS: "The disk is read-only.",
        errno.EACCES: "Its folder does not allow it.",
        errno.EPERM: "Its folder does not allow it.",
        errno.ENOENT: "There is no such folder.",
        errno.ENOTDIR: "There is no such folder.",
        errno.EISDIR: "A folder has this name.",
    }.get(error.errno or 0, "Look at the disk and its folder.")
    return ExchangeError("{file} could not be written.", advice, {"file": shown(path)})
