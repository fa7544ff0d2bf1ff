"""A whole copy of a database that is in use: there when it is finished and found good, and not before."""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Final

from matsession.storage.atomic_file import sync_folder

BIG_BYTES: Final = 32_000_000
"""From here on a copy takes long enough to keep a session waiting."""
_PAGES_AT_ONCE: Final = 500


class SnapshotError(Exception):
    """The copy is not as good as it should be."""


def write_snapshot(connection: sqlite3.Connection, copy: Path, *, gently: bool = False) -> None:
    """Copy the database into ``copy``, which must not be there; its folder is made.

    With ``gently`` a large one is copied bit by bit first, and others may write between two bits. Raises
    SnapshotError, sqlite3.Error and OSError, and then leaves nothing behind.
    """
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = copy.with_name(f".{copy.name}.new")
    bits = copy.with_name(f".{copy.name}.bits")
    try:
        for path in (unfinished, bits):
            path.unlink(missing_ok=True)
            # SQLite fills an empty file, and leaves it the mode it has.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if gently and _size(connection) > BIG_BYTES:
            with contextlib.closing(sqlite3.connect(bits)) as between:
                connection.backup(between, pages=_PAGES_AT_ONCE, sleep=0.02)
                between.execute("VACUUM INTO ?", (str(unfinished),))
        else:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        if not is_whole(unfinished):
            raise SnapshotError
        unfinished.replace(copy)
        sync_folder(copy.parent)
    finally:
        for path in (unfinished, bits):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether SQLite finds no damage in this file, which it only reads."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _size(connection: sqlite3.Connection) -> int:
    return int(
        connection.execute("PRAGMA page_count").fetchone()[0]
        * connection.execute("PRAGMA page_size").fetchone()[0]
    )
