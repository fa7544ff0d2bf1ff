"""The SQLite file: opened with care, migrated, checked; refused and left untouched where anything is wrong.

A rollback journal with synchronous=EXTRA rather than WAL: one program writes a few times a minute, and a
history in WAL mode cannot even be read when the disk is full or the folder read-only.
"""

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from matsession.storage.errors import StorageError, StorageProblem, storage_error
from matsession.storage.session_rows import SELECT
from matsession.storage.snapshot import SnapshotError, write_snapshot

__all__ = ["APPLICATION_ID", "Database", "StorageError", "StorageProblem", "read_migrations"]

APPLICATION_ID: Final = int.from_bytes(b"MatS", "big")
"""Tells our files from those of other programs (SQLite file format, offset 68)."""

TIMEOUT_S: Final = 5.0
"""How long another program may hold the file before we give up; writes take milliseconds."""

HURRIED_S: Final = 0.2
"""The same for what is written while a session runs, and is offered again soon."""

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_BYTES: Final = 100
_STRICT_SINCE: Final = (3, 37, 0)

_SETUP: Final = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = EXTRA;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
"""

_KNOWN_TABLES: Final = (
    "SELECT device_id FROM installation LIMIT 0",
    f"{SELECT} LIMIT 0",
    "SELECT session_id, at_s, chime, late_s, how, why_not FROM cue LIMIT 0",
    "SELECT day, device_id, updated_ms, deleted_ms FROM rest_day LIMIT 0",
    "SELECT day_turn_min, built_before_ms FROM sum_state LIMIT 0",
    "SELECT span, start_day, area, rating_scale, preset_id, utc_offset_s, sessions FROM period_sum LIMIT 0",
    "SELECT done_ms, on_mat_ms, before_count, before_sum, rated FROM period_sum LIMIT 0",
    "SELECT rated_before_sum, change_sum, change_squares FROM period_sum LIMIT 0",
)
"""What is read of a file that a newer version wrote."""

# SQLite's primary result codes that tell of the world outside; any other is our own mistake.
_PROBLEMS: Final = {
    sqlite3.SQLITE_PERM: StorageProblem.NO_PERMISSION,
    sqlite3.SQLITE_AUTH: StorageProblem.NO_PERMISSION,
    sqlite3.SQLITE_BUSY: StorageProblem.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageProblem.LOCKED,
    sqlite3.SQLITE_READONLY: StorageProblem.READ_ONLY,
    sqlite3.SQLITE_IOERR: StorageProblem.DISK_FAILED,
    sqlite3.SQLITE_CORRUPT: StorageProblem.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageProblem.DAMAGED,
    sqlite3.SQLITE_FULL: StorageProblem.DISK_FULL,
    sqlite3.SQLITE_CANTOPEN: StorageProblem.CANNOT_OPEN,
}


class Database:
    """An open database; statements run inside ``reading`` or ``writing``, which raise StorageError."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, timeout_s: float = TIMEOUT_S
    ) -> None:
        """Take over a connection that is set up; use ``open`` or ``in_memory`` to get one."""
        self._connection = connection
        self._timeout_s = timeout_s
        self._long: LongWrite | None = None
        self.read_only = False
        """Written by a newer version, and only to be looked at."""
        self.path = path

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        timeout_s: float = TIMEOUT_S,
        check: bool = True,
        migrations: Sequence[str] | None = None,
    ) -> Self:
        """Open the file, made and migrated as needed; its folder too, both for their owner alone.

        ``check`` reads the whole file for damage (15 ms for ten years of sessions); whoever leaves it out
        calls ``check`` later. ``migrations`` are the scripts to use instead of the program's own. Raises
        StorageError, and then leaves a file that was there as it was.
        """
        if sqlite3.sqlite_version_info < _STRICT_SINCE:
            raise storage_error(StorageProblem.SQLITE_TOO_OLD, path)
        scripts = read_migrations() if migrations is None else migrations
        _prepare(path, len(scripts))
        with told_errors(path):
            connection = sqlite3.connect(path, isolation_level=None, timeout=timeout_s)
        database = cls(connection, path, timeout_s)
        try:
            database._set_up(scripts, check)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def open_newer(cls, path: Path) -> Self:
        """Open a file that a newer version wrote, to be looked at: writing raises StorageError (NEWER).

        Raises StorageError where it is too new to be understood.
        """
        with told_errors(path):
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
            )
        database = cls(connection, path)
        database.read_only = True
        try:
            with database.reading():
                connection.execute("PRAGMA trusted_schema = OFF")
                for query in _KNOWN_TABLES:
                    connection.execute(query).fetchall()
        except BaseException as error:
            database.close()
            if isinstance(error, sqlite3.Error):  # a table or a column that is no more
                raise storage_error(StorageProblem.NEWER, path) from error
            raise
        return database

    @classmethod
    def in_memory(cls) -> Self:
        """A database that is gone when the program ends, for when no file can be used."""
        if sqlite3.sqlite_version_info < _STRICT_SINCE:
            raise storage_error(StorageProblem.SQLITE_TOO_OLD, None)
        database = cls(sqlite3.connect(":memory:", isolation_level=None), None)
        database._set_up(read_migrations(), check=False)
        return database

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Use as a context that closes the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read inside this. Raises StorageError."""
        with told_errors(self.path):
            yield self._connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write inside this: one transaction, all of it or nothing. Raises StorageError."""
        if self.read_only:
            raise storage_error(StorageProblem.NEWER, self.path)
        if self._long is not None:
            self._long.give_way()
        with told_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """Inside this, wait for another program HURRIED_S at most, and say LOCKED: chimes do not wait."""
        self._wait_for_others(min(HURRIED_S, self._timeout_s))
        try:
            yield
        finally:
            self._wait_for_others(self._timeout_s)

    def _wait_for_others(self, at_most_s: float) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {round(at_most_s * 1000)}").fetchall()

    @property
    def at_work(self) -> bool:
        """Whether a ``long_write`` is under way."""
        return self._long is not None

    @contextlib.contextmanager
    def long_write(self) -> "Iterator[LongWrite]":
        """One transaction for work in many small steps, between which the program lives on.

        Without ``commit`` nothing is changed. ``writing`` comes first: it takes back what was done so far.
        """
        if self.read_only:
            raise storage_error(StorageProblem.NEWER, self.path)
        if self.at_work:
            raise storage_error(StorageProblem.AT_WORK, self.path)
        with told_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        self._long = long = LongWrite(self, self._connection)
        try:
            yield long
        finally:
            long.roll_back()

    def replace_by(self, backup: Path) -> None:
        """Let all of it be what it is in another file of ours, in one transaction; then bring it up to date.

        Others who have the file open see it as they would see any change.
        """
        if self._long is not None:
            self._long.give_way()
        with (
            told_errors(self.path),
            contextlib.closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source,
        ):
            source.backup(self._connection)
        scripts = read_migrations()
        with self.reading() as connection:
            version = _number(connection, "user_version")
        if version < len(scripts):
            self._migrate(scripts)

    def check(self) -> None:
        """Read the whole file for damage. Raises StorageError."""
        with self.reading() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        if found != ("ok",) or orphan is not None:
            raise storage_error(StorageProblem.DAMAGED, self.path)

    def _set_up(self, scripts: Sequence[str], check: bool) -> None:
        with self.reading() as connection:
            # A file may change between the look at its header and now, or have been restored by its journal.
            version = _number(connection, "user_version")
            if version > len(scripts):
                raise storage_error(StorageProblem.NEWER, self.path)
            if version and _number(connection, "application_id") != APPLICATION_ID:
                raise storage_error(StorageProblem.FOREIGN, self.path)
            for pragma in _SETUP.strip().splitlines():
                connection.execute(pragma).fetchall()
        if check and version:
            self.check()
        if version < len(scripts):
            if version:
                self._back_up(version)
            self._migrate(scripts)
        else:
            self._try_writing(version)

    def _migrate(self, scripts: Sequence[str]) -> None:
        with self.writing() as connection:
            version = _number(connection, "user_version")  # another program may have been faster
            for script in scripts[version:]:
                for statement in _statements(script):
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {max(version, len(scripts))}")

    def _try_writing(self, version: int) -> None:
        """Begin to write and take it back: nothing else tells for certain whether the folder allows it.

        A full disk is no reason not to open: what is there can be read.
        """
        try:
            with told_errors(self.path):
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    self._connection.execute(f"PRAGMA user_version = {version}")
                finally:
                    self._roll_back()
        except StorageError as error:
            if error.problem is StorageProblem.CANNOT_OPEN:  # the journal, where the folder is read-only
                raise storage_error(StorageProblem.READ_ONLY, self.path) from error
            if error.problem is not StorageProblem.DISK_FULL:
                raise

    def _roll_back(self) -> None:
        # SQLite itself has rolled back when the disk was full.
        if self._connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _back_up(self, version: int) -> None:
        """A copy in ``backups/`` beside the file, named after the version it has."""
        assert self.path is not None
        folder = self.path.parent / "backups"
        copy = folder / f"{self.path.stem}-version-{version}{self.path.suffix}"
        number = 1
        while copy.exists():
            number += 1
            copy = folder / f"{self.path.stem}-version-{version}-{number}{self.path.suffix}"
        try:
            with self.reading() as connection:
                write_snapshot(connection, copy)
        except SnapshotError as error:
            raise storage_error(StorageProblem.DISK_FAILED, copy) from error
        except OSError as error:
            raise storage_error(os_problem(error), folder) from error


class LongWrite:
    """A transaction that is open between steps; ``Database.long_write`` makes it."""

    def __init__(self, database: Database, connection: sqlite3.Connection) -> None:
        """Take over a transaction that has begun."""
        self._database = database
        self._connection = connection

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Read and write inside this. Raises StorageError; GAVE_WAY where somebody else had to write."""
        if self._database._long is not self:
            raise storage_error(StorageProblem.GAVE_WAY, self._database.path)
        with told_errors(self._database.path):
            yield self._connection

    def commit(self) -> None:
        """Keep what was written. Raises StorageError, and then nothing was."""
        with self.connection() as connection:
            connection.execute("COMMIT")
        self._database._long = None

    def roll_back(self) -> None:
        """Take back what was written; no effect after ``commit``."""
        if self._database._long is self:
            self._database._long = None
            self._database._roll_back()

    def give_way(self) -> None:
        """Take back what was written, because somebody else has to write now."""
        self.roll_back()


def read_migrations() -> tuple[str, ...]:
    """The scripts in ``migrations/`` in the order of their numbers; the first leads to version 1."""
    folder = resources.files("matsession.storage") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), names
    return tuple((folder / name).read_text("utf-8") for name in names)


def _prepare(path: Path, latest: int) -> None:
    """Make an empty file where there is none; refuse any that is not ours before SQLite touches it.

    Opening and closing a file drops the locks that this process holds on it (POSIX), so it must not
    be done while the same process has it open: there is one Database for each file.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            return
        if not stat.S_ISREG(mode):  # a pipe would keep us waiting for ever
            raise storage_error(StorageProblem.NOT_A_FILE, path)
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise storage_error(os_problem(error), path) from error
    if not header:
        return  # made by us, and the program ended before there was anything in it
    if not header.startswith(_MAGIC) or header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise storage_error(StorageProblem.FOREIGN, path)
    if len(header) < _HEADER_BYTES:
        raise storage_error(StorageProblem.DAMAGED, path)
    # With a journal beside it the version may be one that SQLite is about to take back.
    if int.from_bytes(header[60:64], "big") > latest and not _journal(path).exists():
        raise storage_error(StorageProblem.NEWER, path)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would commit a transaction that is open."""
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        # A semicolon may stand in a text, a comment or a trigger.
        if sqlite3.complete_statement(statement):
            if statement.strip() != ";":
                yield statement
            statement = ""


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


@contextlib.contextmanager
def told_errors(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors that come from the world outside into StorageError; others are ours and pass."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the primary code, the rest tells more. Python's own errors have none.
        problem = _PROBLEMS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if problem is None:
            raise
        raise storage_error(problem, path) from error


def os_problem(error: OSError) -> StorageProblem:
    """What an error of the system means for a file."""
    return {
        errno.EACCES: StorageProblem.NO_PERMISSION,
        errno.EPERM: StorageProblem.NO_PERMISSION,
        errno.EROFS: StorageProblem.READ_ONLY,
        errno.ENOSPC: StorageProblem.DISK_FULL,
        errno.EDQUOT: StorageProblem.DISK_FULL,
        errno.EIO: StorageProblem.DISK_FAILED,
    }.get(error.errno or 0, StorageProblem.CANNOT_OPEN)
