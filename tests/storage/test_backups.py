"""Backups: made whole, thinned out, and put back without losing what is there."""

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matsession.domain.backups import days_to_keep
from matsession.storage import backup_process, snapshot
from matsession.storage.backups import BackupKind, Backups
from matsession.storage.database import Database, StorageError, StorageProblem, read_migrations
from matsession.storage.history import History
from tests.storage.test_history import NOW, make_record
from tests.storage.test_samples import SAMPLES

WALL = datetime(2026, 3, 19, 21, 4)  # noqa: DTZ001 - the clock on the wall
TODAY = WALL.date()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A history of one session."""
    path = tmp_path / "data" / "history.sqlite3"
    with History.open(path) as history:
        history.save(make_record(NOW, note="first"))
    return path


def notes(path: Path) -> list[str]:
    """The notes in a history."""
    with History.open(path) as history:
        return [row.note for row in history.records()]


def names(backups: Backups) -> list[str]:
    """The names of the backups."""
    return [backup.path.name for backup in backups.all()]


def touch(path: Path, days: int) -> None:
    """Let a file have been written so many days from now."""
    stat = path.stat()
    os.utime(path, (stat.st_atime, stat.st_mtime + days * 86_400))


# -- making ----------------------------------------------------------------------------------------------


def test_one_a_day_and_only_where_something_changed(file: Path) -> None:
    """A second one on the same day, or without a change, is none."""
    backups = Backups(file)
    assert backups.due(TODAY)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    assert copy.name == "history-2026-03-19.sqlite3"
    assert notes(copy) == ["first"]
    assert backups.make_daily(TODAY) is None
    touch(copy, 1)  # newer than the history
    assert backups.make_daily(TODAY + timedelta(days=1)) is None
    touch(copy, -3)
    assert backups.make_daily(TODAY + timedelta(days=1)) is not None
    assert sorted(names(backups)) == ["history-2026-03-19.sqlite3", "history-2026-03-20.sqlite3"]
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600


def test_one_of_a_day_to_come_stops_none(file: Path) -> None:
    """The clock was wrong by years for an evening; it is right again."""
    backups = Backups(file)
    wrong = TODAY + timedelta(days=5 * 365)
    copy = backups.make_daily(wrong)
    assert copy is not None
    touch(copy, 5 * 365)
    assert backups.due(TODAY)
    assert backups.make_daily(TODAY) is not None
    assert copy.exists()


def test_none_where_there_is_nothing(tmp_path: Path) -> None:
    """Neither a history nor a folder is made."""
    backups = Backups(tmp_path / "data" / "history.sqlite3")
    assert not backups.due(TODAY)
    assert backups.make_daily(TODAY) is None
    assert backups.all() == []
    assert backups.newest_good() is None
    assert not (tmp_path / "data").exists()


def test_old_ones_are_removed(file: Path) -> None:
    """Daily ones as the rule says; those by hand and of older versions, and files of others, stay."""
    backups = Backups(file)
    backups.folder.mkdir()
    for number in range(100):
        day = TODAY - timedelta(days=number)
        shutil.copy(file, backups.folder / f"history-{day}.sqlite3")
    for name in (
        "history-version-2.sqlite3",
        "history-2020-01-01-120000.sqlite3",
        "history-mine.sqlite3",
        "history-2020-13-01.sqlite3",
        *(f"history-2020-01-0{day}-120000-before-import.sqlite3" for day in range(1, 9)),
    ):
        shutil.copy(file, backups.folder / name)
    gone = backups.thin_out()
    left = {path.name for path in backups.folder.iterdir()}
    assert {"history-version-2.sqlite3", "history-2020-01-01-120000.sqlite3"} <= left
    assert {"history-mine.sqlite3", "history-2020-13-01.sqlite3"} <= left
    assert sum("before-import" in name for name in left) == 5
    assert "history-2020-01-08-120000-before-import.sqlite3" in left
    daily = [backup for backup in backups.all() if backup.kind is BackupKind.DAILY]
    assert {date.fromisoformat(each.path.stem[-10:]) for each in daily} == days_to_keep(
        [TODAY - timedelta(days=number) for number in range(100)]
    )
    assert daily[0].path.name == "history-2026-03-19.sqlite3"
    assert gone
    assert not any(path.exists() for path in gone)


def test_one_before_each_import(file: Path) -> None:
    """Two in the same second have two names."""
    backups = Backups(file)
    with History.open(file) as history:
        for _ in range(2):
            assert history.back_up(BackupKind.BEFORE_IMPORT, WALL) is not None
        history.back_up(BackupKind.BY_HAND, WALL)
    assert sorted(names(backups)) == [
        "history-2026-03-19-210400-before-import-2.sqlite3",
        "history-2026-03-19-210400-before-import.sqlite3",
        "history-2026-03-19-210400.sqlite3",
    ]
    assert {backup.kind for backup in backups.all()} == {BackupKind.BEFORE_IMPORT, BackupKind.BY_HAND}
    with History.in_memory() as history:
        assert history.back_up(BackupKind.BY_HAND, WALL) is None


def test_a_backup_that_fails_leaves_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged on the way, or no room: told, and no half file stays."""
    backups = Backups(file)
    monkeypatch.setattr(snapshot, "is_whole", lambda _path: False)
    with pytest.raises(StorageError) as caught:
        backups.make_daily(TODAY)
    assert caught.value.problem is StorageProblem.DISK_FAILED
    assert list(backups.folder.iterdir()) == []


def test_a_backup_where_nothing_may_be_written(as_nobody: Path) -> None:
    """As a sentence."""
    path = as_nobody / "history.sqlite3"
    with History.open(path) as history:
        history.save(make_record())
    as_nobody.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        Backups(path).make_daily(TODAY)
    assert caught.value.problem is StorageProblem.NO_PERMISSION


def test_leftovers_of_a_killed_program_are_no_backups(file: Path) -> None:
    """And the next one takes their place."""
    backups = Backups(file)
    backups.folder.mkdir()
    left = backups.folder / ".history-2026-03-19.sqlite3.new"
    left.write_bytes(b"half")
    old = backups.folder / ".history-2026-03-10.sqlite3.bits"
    old.write_bytes(b"half")
    touch(old, -2)
    assert backups.all() == []
    assert backups.make_daily(TODAY) is not None
    assert [path.name for path in backups.folder.iterdir()] == ["history-2026-03-19.sqlite3"]


def test_a_large_history_is_copied_bit_by_bit(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a session need not wait for it; the copy is as whole."""
    monkeypatch.setattr(snapshot, "BIG_BYTES", 1)
    copy = Backups(file).make_daily(TODAY)
    assert copy is not None
    assert notes(copy) == ["first"]
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_the_process_makes_it_and_says_what_fails(file: Path) -> None:
    """As the window starts it; what goes wrong stands in the log."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "matsession.storage.backup_process", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(names(Backups(file))) == 1
    file.write_bytes(b"SQLite format 3\x00" + b"x" * 500)
    shutil.rmtree(file.parent / "backups")
    assert backup_process.main([str(file)]) == 1
    assert "WARNING backup:" in (file.parent / "matsession.log").read_text()


# -- putting back ----------------------------------------------------------------------------------------


def test_a_backup_is_put_back_and_what_was_there_is_kept(file: Path) -> None:
    """So that it can be undone by putting that back."""
    backups = Backups(file)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    with History.open(file) as history:
        history.save(make_record(note="second"))
    restored = backups.put_back(copy, WALL)
    assert notes(file) == ["first"]
    assert restored.kept is not None
    assert restored.kept.name == "history-2026-03-19-210400-before-restore.sqlite3"
    backups.put_back(restored.kept, WALL + timedelta(minutes=1))
    assert sorted(notes(file)) == ["first", "second"]


def test_a_program_that_has_it_open_goes_on_with_it(file: Path) -> None:
    """The file is written over in one transaction, not put aside: nothing goes where nobody looks."""
    backups = Backups(file)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    with History.open(file) as window:
        window.save(make_record(note="second"))
        backups.put_back(copy, WALL)
        assert [row.note for row in window.records()] == ["first"]
        window.save(make_record(note="third"))
    assert sorted(notes(file)) == ["first", "third"]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"x" * 5000])
def test_a_damaged_history_is_put_aside(file: Path, content: bytes) -> None:
    """Under a dated name, its journal too; never overwritten."""
    backups = Backups(file)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    file.write_bytes(content)
    journal = file.with_name(f"{file.name}-journal")
    if content:
        journal.write_bytes(b"its journal")
    restored = backups.put_back(copy, WALL)
    assert notes(file) == ["first"]
    if content:  # an empty file is a history that has yet to begin
        assert restored.kept is not None
        assert restored.kept.name == "history-damaged-2026-03-19-210400.sqlite3"
        assert restored.kept.read_bytes() == content
        assert restored.kept.with_name(f"{restored.kept.name}-journal").read_bytes() == b"its journal"
        file.write_bytes(content)
        assert backups.put_back(copy, WALL).kept != restored.kept
        assert restored.kept.read_bytes() == content


def test_a_missing_history_is_made_anew(file: Path) -> None:
    """From its backup."""
    backups = Backups(file)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    file.unlink()
    assert backups.put_back(copy, WALL).kept is None
    assert notes(file) == ["first"]


@pytest.mark.parametrize("version", range(1, len(read_migrations()) + 1))
def test_a_backup_of_an_older_version_is_brought_up_to_date(file: Path, version: int) -> None:
    """Each there ever was, into a history that can be opened and in place of one that cannot."""
    sample = SAMPLES / f"history-{version}.sqlite3"
    backups = Backups(file)
    backups.put_back(sample, WALL)
    assert len(notes(file)) == 4
    file.write_bytes(b"x")
    backups.put_back(sample, WALL)
    with History.open(file) as history:
        assert history.count() == 4
        list(history.sums.follow_day_turn(240))
        assert history.sums.check() == 0


def damage(path: Path) -> None:
    """Spoil the middle of a file."""
    content = bytearray(path.read_bytes())
    content[4096:9000] = b"x" * (9000 - 4096)
    path.write_bytes(content)


def test_a_backup_that_is_none_is_refused(file: Path, tmp_path: Path) -> None:
    """Damaged, foreign, newer or no file: told, and the history is as it was."""
    backups = Backups(file)
    copy = backups.make_daily(TODAY)
    assert copy is not None
    foreign, newer = tmp_path / "foreign.sqlite3", tmp_path / "newer.sqlite3"
    foreign.write_bytes(b"x" * 200)
    shutil.copy(copy, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    damage(copy)
    before = file.read_bytes()
    for path, problem in [
        (copy, StorageProblem.DAMAGED),
        (foreign, StorageProblem.FOREIGN),
        (newer, StorageProblem.NEWER),
        (tmp_path, StorageProblem.NOT_A_FILE),
        (tmp_path / "missing", StorageProblem.NOT_A_FILE),
    ]:
        with pytest.raises(StorageError) as caught:
            backups.put_back(path, WALL)
        assert caught.value.problem is problem
    assert file.read_bytes() == before


def test_the_newest_good_one_is_found(file: Path) -> None:
    """A damaged one is passed over."""
    backups = Backups(file)
    older = backups.make_daily(TODAY - timedelta(days=1))
    assert older is not None
    touch(older, -2)
    newer = backups.make_daily(TODAY)
    assert newer is not None
    assert backups.newest_good() is not None
    found = backups.newest_good()
    assert found is not None
    assert found.path == newer
    damage(newer)
    found = backups.newest_good()
    assert found is not None
    assert found.path == older


def test_a_full_disk_while_putting_back_changes_nothing(file: Path) -> None:
    """One transaction."""
    backups = Backups(file)
    with History.open(file) as history:
        for number in range(60):
            history.save(make_record(note="x" * 3000, preset_id=str(number)))
    copy = backups.make_daily(TODAY)
    assert copy is not None
    with History.open(file) as history:
        for row in history.records()[:59]:
            history.delete(row.id)
        history.delete_everything()
    database = Database.open(file)
    with database:
        with database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 25")
        with pytest.raises(StorageError) as caught:
            backups.put_back_into(database, copy, WALL)
        assert caught.value.problem is StorageProblem.DISK_FULL
    assert notes(file) == []


# -- newer, and the end ----------------------------------------------------------------------------------


def newer(file: Path, *statements: str) -> bytes:
    """Let a newer version have written it; its content."""
    connection = sqlite3.connect(file)
    for statement in (*statements, "PRAGMA user_version = 99"):
        connection.execute(statement)
    connection.commit()
    connection.close()
    return file.read_bytes()


def test_a_newer_history_can_be_looked_at(file: Path) -> None:
    """Read, counted and exported; never changed, and every writing says why."""
    content = newer(file, "ALTER TABLE session ADD COLUMN mood TEXT")
    with History.to_look_at(file) as history:
        assert history.read_only
        assert [row.note for row in history.records()] == ["first"]
        assert history.count() == 1
        list(history.export_steps(file.parent / "all.json"))
        writings: list[Any] = [
            lambda: history.save(make_record()),
            lambda: history.delete("1"),
            lambda: list(history.import_steps(file.parent / "all.json")),
            lambda: history.set_rest_day(date(2026, 3, 19), True),
        ]
        for write in writings:
            with pytest.raises(StorageError) as caught:
                write()
            assert caught.value.problem is StorageProblem.NEWER
    assert file.read_bytes() == content


def test_one_that_is_too_new_is_refused(file: Path) -> None:
    """Where a table is no longer what it was."""
    content = newer(file, "ALTER TABLE session RENAME COLUMN note TO remark")
    with pytest.raises(StorageError) as caught:
        History.to_look_at(file)
    assert caught.value.problem is StorageProblem.NEWER
    assert file.read_bytes() == content


def test_everything_can_be_deleted(file: Path) -> None:
    """No word of it stays, in the file or in backups; and a new session can be saved."""
    backups = Backups(file)
    with History.open(file) as history:
        history.save(record := make_record(note="a secret that nobody is to read"))
        history.delete(record.id)
        history.set_rest_day(date(2026, 3, 19), True)
        backups.make_daily(TODAY)
        history.back_up(BackupKind.BY_HAND, WALL)
        history.delete_everything()
        backups.remove_all()
        assert (history.count(), history.rest_days()) == (0, frozenset())
        assert backups.all() == []
        history.save(make_record(note="new"))
        assert history.sums.check() == 0
    assert b"a secret" not in file.read_bytes()
    assert notes(file) == ["new"]
