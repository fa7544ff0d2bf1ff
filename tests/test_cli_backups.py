"""``matsession backup`` and ``restore``: what they say, and that nothing is lost by them."""

import re
from pathlib import Path

import pytest

from matsession import cli
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders, find_folders
from matsession.storage.history import History
from tests.storage.test_backups import damage, newer
from tests.storage.test_history import make_record


@pytest.fixture
def folders(home: Path) -> Folders:
    """A home with thirty sessions."""
    folders = find_folders(home / "matsession")
    with History.open(folders.history_file) as history:
        for _ in range(30):
            history.save(make_record(note="x" * 300))
    return folders


def add_one(folders: Folders) -> None:
    """One more."""
    with History.open(folders.history_file) as history:
        history.save(make_record())


def count(folders: Folders) -> int:
    """How many there are."""
    with History.open(folders.history_file) as history:
        return history.count()


def test_back_up_and_put_back(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """What was there before is kept, and can be put back by its name."""
    assert cli.run(["backup"]) == 0
    assert "Backup made: " in capsys.readouterr().out
    add_one(folders)
    assert cli.run(["restore"]) == 0
    told = capsys.readouterr().out
    assert "30 sessions" in told
    assert count(folders) == 30
    kept = re.search(r"is kept as (.*)\.\n", told)
    assert kept is not None
    assert cli.run(["restore", Path(kept[1]).name]) == 0
    assert count(folders) == 31


def test_the_list_tells_each_with_its_sessions(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """And which is damaged."""
    assert cli.run(["restore", "--list"]) == 0
    assert "There are no backups" in capsys.readouterr().out
    cli.run(["backup"])
    capsys.readouterr()
    assert cli.run(["restore", "--list"]) == 0
    assert re.search(r"30 sessions +0\.\d MB +history-.*\.sqlite3\n", capsys.readouterr().out)
    (backup,) = (folders.data / "backups").iterdir()
    damage(backup)
    assert cli.run(["restore", "--list"]) == 0
    assert "damaged" in capsys.readouterr().out
    assert cli.run(["restore"]) == 1
    assert "There is no good backup" in capsys.readouterr().err


def test_a_damaged_history_says_what_helps(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """And is put aside by it, not overwritten."""
    cli.run(["backup"])
    damage(folders.history_file)
    spoiled = folders.history_file.read_bytes()
    capsys.readouterr()
    assert cli.run(["history"]) == 1
    assert "matsession restore" in capsys.readouterr().err
    assert cli.run(["restore"]) == 0
    assert count(folders) == 30
    (aside,) = folders.data.glob("history-damaged-*.sqlite3")
    assert aside.read_bytes() == spoiled


def test_a_newer_history_can_be_listed_and_exported(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not changed."""
    content = newer(folders.history_file)
    assert cli.run(["history"]) == 0
    assert cli.run(["stats"]) == 0
    assert cli.run(["export", str(tmp_path / "all.csv")]) == 0
    assert cli.run(["backup"]) == 1
    assert cli.run(["import", str(tmp_path / "all.csv")]) == 1
    assert "newer MatSession" in capsys.readouterr().err
    assert folders.history_file.read_bytes() == content


def test_a_backup_comes_before_an_import(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a history that holds something; none for a dry run."""
    file = tmp_path / "mine.csv"
    file.write_text("started_at,done_s,area\n2026-03-19T21:04:00+01:00,600,neck\n")
    assert cli.run(["import", str(file), "--dry-run"]) == 0
    assert not (folders.data / "backups").exists()
    assert cli.run(["import", str(file)]) == 0
    (backup,) = (folders.data / "backups").iterdir()
    assert "-before-import" in backup.name


def test_nothing_to_back_up(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And none is made."""
    assert cli.run(["backup"]) == 1
    assert "There are no sessions yet." in capsys.readouterr().err
    assert not (home / "matsession").exists()


def test_nothing_is_put_back_while_a_session_runs(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line would be lost."""
    cli.run(["backup"])
    lock = FileSessionLock(folders.session_lock)
    assert lock.acquire()
    try:
        assert cli.run(["restore"]) == 1
        assert "A session is running." in capsys.readouterr().err
    finally:
        lock.release()


def test_a_file_that_is_no_backup(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told with its name."""
    assert cli.run(["restore", str(tmp_path / "no.sqlite3")]) == 1
    assert "no.sqlite3 is not a file" in capsys.readouterr().err


def test_the_doctor_knows_of_backups(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """How many, and of when the newest is."""
    cli.run(["backup"])
    capsys.readouterr()
    cli.run(["doctor"])
    assert re.search(r"backups: 1 in .*, the newest of 20", capsys.readouterr().out.replace("\n", " "))
