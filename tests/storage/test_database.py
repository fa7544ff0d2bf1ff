"""The database file: opened with care, refused and left untouched where anything is wrong."""

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from matsession.storage.database import (
    APPLICATION_ID,
    HURRIED_S,
    TIMEOUT_S,
    Database,
    StorageError,
    StorageProblem,
    read_migrations,
)

SECOND = "CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT;\nINSERT INTO second VALUES (7);"

OPEN = """
import pathlib, sys
from matsession.storage.database import Database
Database.open(pathlib.Path(sys.argv[1])).close()
"""

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
connection.close()
"""


def make(path: Path, rows: int = 0) -> Path:
    """A history with so many rows, closed."""
    with Database.open(path) as database, database.writing() as connection:
        connection.executemany(
            "INSERT INTO session VALUES"
            " (?, 'p', 'P', 'neck', ?, NULL, 0, 1, 1, 1, 'finished', '', NULL, NULL, ?, 'd', 0, NULL,"
            " '', NULL, '', NULL)",
            [(f"id-{number}", number, "note " * 20) for number in range(rows)],
        )
    return path


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below the folder, with the hash of what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(path: Path) -> StorageError:
    """The error that opening gives; everything beside the file must be as it was."""
    before = snapshot(path.parent)
    with pytest.raises(StorageError) as caught:
        Database.open(path, timeout_s=0.05)
    assert snapshot(path.parent) == before
    error = caught.value
    assert error.path == path
    for text in (error.title, error.advice):
        assert text.endswith(".")
        assert "Traceback" not in text
        assert "Error" not in text
    return error


def pragma(database: Database, name: str) -> object:
    """The value of a pragma."""
    with database.reading() as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_is_set_up_as_told(tmp_path: Path) -> None:
    """Journal, syncing, checks, version and application id are as decided; the file is whole."""
    with Database.open(tmp_path / "new" / "folder" / "h.sqlite3") as database:
        names = ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check"]
        assert [pragma(database, name) for name in names] == ["delete", 3, 1, 0, 1]
        assert pragma(database, "application_id") == APPLICATION_ID
        assert pragma(database, "user_version") == len(read_migrations())
        database.check()


@pytest.mark.skipif(os.name != "posix", reason="permission bits mean nothing on this system")
def test_file_and_folder_are_private(tmp_path: Path) -> None:
    """What one notes about one's body is for nobody else."""
    path = make(tmp_path / "data" / "h.sqlite3")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_file_is_a_new_history(tmp_path: Path) -> None:
    """A program that was killed before its first commit leaves nothing that stands in the way."""
    path = tmp_path / "h.sqlite3"
    path.touch()
    make(path, 3)
    assert path.stat().st_size > 0


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """A start without a session leaves the bytes as they are."""
    path = make(tmp_path / "h.sqlite3", 10)
    before = snapshot(tmp_path)
    Database.open(path).close()
    assert snapshot(tmp_path) == before


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    """Half a file is damaged, and stays as it is."""
    path = make(tmp_path / "h.sqlite3", 500)
    content = path.read_bytes()
    for length in (len(content) // 2, len(content) - 1000, 4096, 99, 75):
        path.write_bytes(content[:length])
        assert refused(path).problem is StorageProblem.DAMAGED


def test_a_damaged_page_is_refused(tmp_path: Path) -> None:
    """Bytes overwritten in the middle are found by the check at the start."""
    path = make(tmp_path / "h.sqlite3", 500)
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 5 * 4096] = b"\x55" * (2 * 4096)
    path.write_bytes(content)
    assert refused(path).problem is StorageProblem.DAMAGED


@pytest.mark.parametrize(
    "content", [b"a letter to a friend", b"\x00" * 5000, b"SQLite format 3", b"\xff" * 64]
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    """Another kind of file is not ours."""
    path = tmp_path / "h.sqlite3"
    path.write_bytes(content)
    assert refused(path).problem is StorageProblem.FOREIGN


@pytest.mark.parametrize("application_id", [0, 1, 0x0F055112])
def test_a_database_of_another_program_is_refused(tmp_path: Path, application_id: int) -> None:
    """Another application id is not ours, and neither is none."""
    path = tmp_path / "h.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute("CREATE TABLE session (id)")
    assert refused(path).problem is StorageProblem.FOREIGN


def test_a_newer_history_is_refused(tmp_path: Path) -> None:
    """A version we do not know yet may hold what we would lose."""
    path = make(tmp_path / "h.sqlite3", 5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert refused(path).problem is StorageProblem.NEWER


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    """A file that another program holds is told after the timeout, and opens once that is gone."""
    path = make(tmp_path / "h.sqlite3", 5)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        before = path.read_bytes()
        with pytest.raises(StorageError) as caught:
            Database.open(path, timeout_s=0.05)
        assert caught.value.problem is StorageProblem.LOCKED
        other.communicate(b"\n")
    assert path.read_bytes() == before
    Database.open(path).close()


def test_what_is_hurried_waits_for_nobody(tmp_path: Path) -> None:
    """And what is not is as patient as before: told in seconds, as SQLite was told."""
    with Database.open(tmp_path / "h.sqlite3") as database, database.reading() as connection:

        def patience_s() -> float:
            return float(connection.execute("PRAGMA busy_timeout").fetchone()[0]) / 1000

        assert patience_s() == TIMEOUT_S
        with database.hurried():
            assert patience_s() == HURRIED_S
            with database.writing():
                assert patience_s() == HURRIED_S
        assert patience_s() == TIMEOUT_S


def test_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    """A folder is not a file."""
    path = tmp_path / "h.sqlite3"
    path.mkdir()
    assert refused(path).problem is StorageProblem.NOT_A_FILE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_of_that_name_is_refused(tmp_path: Path) -> None:
    """A pipe would keep the start waiting for ever."""
    path = tmp_path / "h.sqlite3"
    os.mkfifo(path)
    assert refused(path).problem is StorageProblem.NOT_A_FILE


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """No folder can be made where a file is."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(StorageError) as caught:
        Database.open(tmp_path / "data" / "h.sqlite3")
    assert caught.value.problem is StorageProblem.CANNOT_OPEN
    assert (tmp_path / "data").read_text() == "x"


def test_a_read_only_file_is_refused(as_nobody: Path) -> None:
    """A file that cannot be written would lose the session without a word."""
    path = make(as_nobody / "h.sqlite3", 5)
    path.chmod(0o400)
    assert refused(path).problem is StorageProblem.READ_ONLY


def test_a_read_only_folder_is_refused(as_nobody: Path) -> None:
    """Where no journal can be made nothing can be written."""
    path = make(as_nobody / "h.sqlite3", 5)
    as_nobody.chmod(0o500)
    assert refused(path).problem is StorageProblem.READ_ONLY


def test_a_read_only_folder_without_a_file_is_refused(as_nobody: Path) -> None:
    """No file can be made there."""
    as_nobody.chmod(0o500)
    assert refused(as_nobody / "h.sqlite3").problem is StorageProblem.NO_PERMISSION


def test_a_file_that_may_not_be_read_is_refused(as_nobody: Path) -> None:
    """No permission is told as that."""
    path = make(as_nobody / "h.sqlite3", 5)
    before = path.read_bytes()
    path.chmod(0)
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.problem is StorageProblem.NO_PERMISSION
    path.chmod(0o600)
    assert path.read_bytes() == before


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    """What fails half-way leaves nothing behind."""
    with Database.open(tmp_path / "h.sqlite3") as database:
        with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
            connection.executemany("INSERT INTO installation VALUES (?, 'x')", [(1,), (2,)])
        with database.reading() as connection:
            assert connection.execute("SELECT count(*) FROM installation").fetchone() == (0,)


def test_our_own_mistakes_are_not_the_persons(tmp_path: Path) -> None:
    """A wrong statement is a bug and goes to the log, not to the person."""
    with (
        Database.open(tmp_path / "h.sqlite3") as database,
        pytest.raises(sqlite3.OperationalError),
        database.reading() as connection,
    ):
        connection.execute("SELECT nothing FROM nowhere")


def test_a_migration_keeps_the_rows_and_makes_a_backup(tmp_path: Path) -> None:
    """The next version finds every row, and the file as it was lies in backups/."""
    path = make(tmp_path / "h.sqlite3", 20)
    with Database.open(path, migrations=[*read_migrations(), SECOND]) as database:
        assert pragma(database, "user_version") == len(read_migrations()) + 1
        with database.reading() as connection:
            assert connection.execute("SELECT count(*), (SELECT id FROM second) FROM session").fetchone() == (
                20,
                7,
            )
    backups = list((tmp_path / "backups").iterdir())
    assert [backup.name for backup in backups] == [f"h-version-{len(read_migrations())}.sqlite3"]
    with Database.open(backups[0]) as backup, backup.reading() as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (20,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """All of it or nothing: after a failure in its midst the file has its old version and tables."""
    path = make(tmp_path / "h.sqlite3", 20)
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        Database.open(path, migrations=[*read_migrations(), SECOND + "INSERT INTO nowhere VALUES (1);"])
    assert path.read_bytes() == before
    make(path)
    with Database.open(path, migrations=[*read_migrations(), SECOND]):
        pass
    # The first attempt left a backup too, and no backup takes another's place.
    assert len(list((tmp_path / "backups").iterdir())) == 2


def test_no_backup_of_a_damaged_file(tmp_path: Path) -> None:
    """A damaged file is refused before anything is migrated or copied."""
    path = make(tmp_path / "h.sqlite3", 500)
    path.write_bytes(path.read_bytes()[:-5000])
    before = snapshot(tmp_path)
    with pytest.raises(StorageError) as caught:
        Database.open(path, migrations=[*read_migrations(), SECOND])
    assert caught.value.problem is StorageProblem.DAMAGED
    assert snapshot(tmp_path) == before


def test_two_programs_may_make_the_file_at_once(tmp_path: Path) -> None:
    """The slower one finds the tables made and goes on."""
    path = tmp_path / "h.sqlite3"
    source = str(Path(__file__).parents[2] / "src")
    both = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(path)], env={**os.environ, "PYTHONPATH": source})
        for _ in range(2)
    ]
    assert [one.wait() for one in both] == [0, 0]
    make(path, 1)
