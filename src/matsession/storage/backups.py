"""The backups beside a history: made, thinned out, looked through, and put back.

All lie in ``backups/`` beside the file:

* ``history-2026-03-19.sqlite3``: the daily one; ``domain.backups`` says which of them stay.
* ``history-2026-03-19-210400-before-import.sqlite3``, or ``-before-restore``: the last KEPT_BEFORE of each.
* ``history-2026-03-19-210400.sqlite3``: made by hand; stays.
* ``history-version-2.sqlite3``: made before the file was brought to a newer version; stays.
"""

import contextlib
import os
import re
import shutil
import sqlite3
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from matsession.domain.backups import days_to_keep
from matsession.storage.atomic_file import sync_folder
from matsession.storage.database import APPLICATION_ID, Database, os_problem, read_migrations, told_errors
from matsession.storage.errors import StorageError, StorageProblem, shown, storage_error
from matsession.storage.snapshot import SnapshotError, is_whole, write_snapshot

KEPT_BEFORE: Final = 5
_LEFT_AFTER_S: Final = 24 * 3600


class BackupKind(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_MIGRATION = "before-migration"
    BY_HAND = "by-hand"


class Backup(NamedTuple):
    """A backup file."""

    path: Path
    kind: BackupKind
    made_at: datetime
    """By the clock on the wall, without its offset."""
    size: int


class Restored(NamedTuple):
    """What was put back, and where that is which was there before."""

    backup: Path
    kept: Path | None


_DAILY: Final = re.compile(r"-(\d{4}-\d{2}-\d{2})")
_TIMED: Final = re.compile(r"-(\d{4}-\d{2}-\d{2}-\d{6})(?:-(before-import|before-restore))?(?:-\d+)?")
_VERSION: Final = re.compile(r"-version-\d+(?:-\d+)?")


class Backups:
    """The backups of one history file. Its methods raise StorageError."""

    def __init__(self, history_file: Path) -> None:
        """Look after this file; nothing is made before it is needed."""
        self._file = history_file
        self.folder: Final = history_file.parent / "backups"

    # -- looking -------------------------------------------------------------------------------------

    def all(self) -> list[Backup]:
        """Find them, the newest first; files of other names are none."""
        found = []
        with contextlib.suppress(OSError):
            for path in self.folder.glob(f"{self._file.stem}-*{self._file.suffix}"):
                backup = self._read(path)
                if backup is not None:
                    found.append(backup)
        return sorted(found, key=lambda each: (each.made_at, each.path.name), reverse=True)

    def _read(self, path: Path) -> Backup | None:
        label = path.stem.removeprefix(self._file.stem)
        try:
            stat = path.stat()
            written = datetime.fromtimestamp(stat.st_mtime)  # noqa: DTZ006 - as the clock on the wall showed
            if _DAILY.fullmatch(label):
                day = date.fromisoformat(label[1:])
                # A file that was moved may have lost its time.
                made_at = written if written.date() == day else datetime.combine(day, time(12))
                return Backup(path, BackupKind.DAILY, made_at, stat.st_size)
            if timed := _TIMED.fullmatch(label):
                made_at = datetime.strptime(timed[1], "%Y-%m-%d-%H%M%S")  # noqa: DTZ007 - likewise
                return Backup(path, BackupKind(timed[2] or "by-hand"), made_at, stat.st_size)
            if _VERSION.fullmatch(label):
                return Backup(path, BackupKind.BEFORE_MIGRATION, written, stat.st_size)
        except (OSError, ValueError):
            pass
        return None

    def is_good(self, path: Path) -> bool:
        """Whether this is a history of ours without damage, of a version that we know."""
        return self.trouble(path) is None

    def trouble(self, path: Path) -> StorageError | None:
        """Why this file cannot be put back; None where it can."""
        try:
            if not path.is_file():
                return storage_error(StorageProblem.NOT_A_FILE, path)
            with path.open("rb") as file:
                header = file.read(100)
        except OSError as error:
            return storage_error(os_problem(error), path)
        if header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
            return storage_error(StorageProblem.FOREIGN, path)
        if int.from_bytes(header[60:64], "big") > len(read_migrations()):
            return storage_error(StorageProblem.NEWER, path)
        return None if is_whole(path) else storage_error(StorageProblem.DAMAGED, path)

    def newest_good(self) -> Backup | None:
        """Look for the newest that can be put back."""
        return next((backup for backup in self.all() if self.is_good(backup.path)), None)

    # -- making --------------------------------------------------------------------------------------

    def due(self, today: date) -> bool:
        """Whether there is something that no daily backup of today holds; quickly, it only looks at names."""
        try:
            changed = self._file.stat()
        except OSError:
            return False
        # One of a day to come was made while the clock was wrong; it must not stand for all until then.
        daily = [
            each for each in self.all() if each.kind is BackupKind.DAILY and each.made_at.date() <= today
        ]
        if not changed.st_size or any(each.path == self._daily(today) for each in daily):
            return False
        return not daily or changed.st_mtime > daily[0].path.stat().st_mtime

    def make_daily(self, today: date) -> Path | None:
        """Make the one of today, and thin out the others; None where none was due.

        Opens the file for itself, and lets others write meanwhile.
        """
        if not self.due(today):
            return None
        copy = self._daily(today)
        with (
            told_errors(self._file),
            contextlib.closing(sqlite3.connect(self._file, timeout=5)) as connection,
        ):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if not version:
                return None  # made a moment ago, and nothing in it yet
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise storage_error(StorageProblem.FOREIGN, self._file)
            self._write(connection, copy, gently=True)
        self.thin_out()
        return copy

    def make(self, kind: BackupKind, database: Database, now: datetime) -> Path:
        """Make one now, of a history that is open; ``now`` as the clock on the wall shows it."""
        if database.at_work:
            raise storage_error(StorageProblem.AT_WORK, self._file)
        reason = "" if kind is BackupKind.BY_HAND else f"-{kind}"
        copy = self._free(f"-{now:%Y-%m-%d-%H%M%S}{reason}")
        with database.reading() as connection:
            self._write(connection, copy)
        self.thin_out()
        return copy

    def thin_out(self) -> list[Path]:
        """Remove what need not stay; those removed. One that cannot be removed stays."""
        found = self.all()
        days = {
            each.path: date.fromisoformat(each.path.stem[-10:])
            for each in found
            if each.kind is BackupKind.DAILY
        }
        keep = days_to_keep(days.values())
        gone = [path for path, day in days.items() if day not in keep]
        for kind in (BackupKind.BEFORE_IMPORT, BackupKind.BEFORE_RESTORE):
            gone += [each.path for each in found if each.kind is kind][KEPT_BEFORE:]
        for path in gone:
            with contextlib.suppress(OSError):
                path.unlink()
        self._clear_up()
        return gone

    def _clear_up(self) -> None:
        """Remove what a program that was killed left of a backup; a young one may be under way."""
        for path in self.folder.glob(f".{self._file.stem}-*"):
            with contextlib.suppress(OSError):
                if datetime.now(UTC).timestamp() - path.stat().st_mtime > _LEFT_AFTER_S:
                    path.unlink()

    def _daily(self, day: date) -> Path:
        return self.folder / f"{self._file.stem}-{day.isoformat()}{self._file.suffix}"

    def _free(self, label: str) -> Path:
        copy = self.folder / f"{self._file.stem}{label}{self._file.suffix}"
        number = 1
        while copy.exists():
            number += 1
            copy = self.folder / f"{self._file.stem}{label}-{number}{self._file.suffix}"
        return copy

    def _write(self, connection: sqlite3.Connection, copy: Path, *, gently: bool = False) -> None:
        try:
            with told_errors(copy):
                write_snapshot(connection, copy, gently=gently)
        except SnapshotError as error:
            raise storage_error(StorageProblem.DISK_FAILED, copy) from error
        except OSError as error:
            raise storage_error(os_problem(error), copy) from error

    # -- putting back --------------------------------------------------------------------------------

    def put_back(self, backup: Path, now: datetime) -> Restored:
        """Let the history be what it was in this file; what it is now is kept.

        A history that can be opened is written over in one transaction, so that another program that has it
        open goes on with what was put back, and is kept as a backup of its own. One that cannot be opened is
        put aside as it is.
        """
        trouble = self.trouble(backup)
        if trouble is not None:
            raise trouble
        if not self._file.exists():
            self._copy_into_place(backup)
            Database.open(self._file).close()
            return Restored(backup, None)
        try:
            database = Database.open(self._file)
        except StorageError as error:
            if error.problem not in (StorageProblem.DAMAGED, StorageProblem.FOREIGN, StorageProblem.NEWER):
                raise
            kept = self.put_aside(now)
            self._copy_into_place(backup)
            Database.open(self._file).close()
            return Restored(backup, kept)
        with database:
            return Restored(backup, self.put_back_into(database, backup, now))

    def put_back_into(self, database: Database, backup: Path, now: datetime) -> Path:
        """The same for a history that is open and can be read; where its backup is."""
        trouble = self.trouble(backup)
        if trouble is not None:
            raise trouble
        if database.at_work:
            raise storage_error(StorageProblem.AT_WORK, self._file)
        # The backup to put back may be the oldest of its kind: it must not be thinned out now.
        copy = self._free(f"-{now:%Y-%m-%d-%H%M%S}-{BackupKind.BEFORE_RESTORE}")
        with database.reading() as connection:
            self._write(connection, copy)
        database.replace_by(backup)
        self.thin_out()
        return copy

    def put_aside(self, now: datetime) -> Path:
        """Give a history that cannot be used another name; it is never overwritten, and never deleted."""
        aside = self._file.with_name(f"{self._file.stem}-damaged-{now:%Y-%m-%d-%H%M%S}{self._file.suffix}")
        number = 1
        while aside.exists():
            number += 1
            aside = aside.with_stem(f"{self._file.stem}-damaged-{now:%Y-%m-%d-%H%M%S}-{number}")
        try:
            # Its journal belongs to it: SQLite would roll it back into whatever has the name next.
            journal = self._file.with_name(f"{self._file.name}-journal")
            if journal.exists():
                journal.rename(aside.with_name(f"{aside.name}-journal"))
            self._file.rename(aside)
            sync_folder(self._file.parent)
        except OSError as error:
            raise storage_error(os_problem(error), self._file) from error
        return aside

    def _copy_into_place(self, backup: Path) -> None:
        unfinished = self._file.with_name(f".{self._file.name}.new")
        try:
            unfinished.unlink(missing_ok=True)
            handle = os.open(
                unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(handle, "wb") as target, backup.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            unfinished.replace(self._file)
            sync_folder(self._file.parent)
        except OSError as error:
            raise storage_error(os_problem(error), self._file) from error
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)

    # -- the end -------------------------------------------------------------------------------------

    def remove_all(self) -> None:
        """Remove every backup, and histories put aside as damaged, for who wants nothing left."""
        aside = self._file.parent.glob(f"{self._file.stem}-damaged-*")
        for path in [*(each.path for each in self.all()), *aside]:
            try:
                path.unlink()
            except OSError as error:
                raise storage_error(os_problem(error), path) from error

    def told(self, backup: Backup) -> str:
        """A backup by its name, as any terminal can print it."""
        return shown(Path(backup.path.name))
