"""``matsession export`` and ``import``: what they say, what they return, and what they leave alone."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from matsession import cli
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders, find_folders
from matsession.storage.exchange.fields import CSV_COLUMNS
from matsession.storage.history import History
from tests.storage.test_history import NOW, make_record

DOCUMENT = Path(__file__).parents[1] / "docs" / "exchange.md"
GOOD = "started_at,done_s,area\n2026-03-19T21:04:00+01:00,600,neck\n"


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


@pytest.fixture
def three(folders: Folders) -> Folders:
    """Three sessions on three days, on two areas."""
    with History.open(folders.history_file) as history:
        for day, area in enumerate(("neck", "chest", "neck")):
            history.save(make_record(NOW + timedelta(days=day), area=area))
    return folders


def test_out_and_into_another_home(
    three: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are told in a sentence; the other home is made."""
    for suffix in ("csv", "json"):
        file, other = tmp_path / f"all.{suffix}", tmp_path / f"other-{suffix}"
        assert cli.run(["export", str(file)]) == 0
        assert capsys.readouterr().out == f"3 sessions written to {file}.\n"
        assert cli.run(["import", str(file), "--home", str(other)]) == 0
        kind = suffix.upper()
        assert capsys.readouterr().out == f"{kind} of MatSession. Imported: 3 new.\n"
        assert cli.run(["import", str(file), "--home", str(other)]) == 0
        assert capsys.readouterr().out == f"{kind} of MatSession. Imported: 3 the same.\n"
        with History.open(find_folders(other).history_file) as found, History.open(three.history_file) as own:
            assert found.records() == own.records()
            assert found.sums.check() == 0


def test_an_export_can_be_narrowed(
    three: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By day and area, as the list of the history."""
    file = tmp_path / "some.csv"
    assert cli.run(["export", str(file), "--area", "neck", "--from", "2026-03-20"]) == 0
    assert capsys.readouterr().out == f"1 session written to {file}.\n"
    assert cli.run(["export", str(file), "--from", "2026-03-20", "--to", "2026-03-19"]) == 2
    assert "the earlier day comes first" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_replaced_unasked(
    three: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be something else altogether."""
    file = tmp_path / "all.csv"
    file.write_text("mine")
    assert cli.run(["export", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert cli.run(["export", str(file), "--replace"]) == 0
    assert file.read_text().startswith("id,")


def test_an_export_of_nothing_makes_no_history(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file with its header, for who calls this every night."""
    assert cli.run(["export", str(tmp_path / "none.csv")]) == 0
    assert (tmp_path / "none.csv").read_text().splitlines() == [",".join(CSV_COLUMNS)]
    assert cli.run(["export", str(tmp_path / "none.txt")]) == 1
    assert "end in .csv" in capsys.readouterr().err
    assert not folders.history_file.exists()


def test_a_dry_run_makes_nothing(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even a history."""
    file = tmp_path / "mine.csv"
    file.write_text(GOOD)
    assert cli.run(["import", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out == "CSV of MatSession. Would import: 1 new.\n"
    assert not folders.history_file.exists()


def test_lines_that_cannot_be_taken_are_named(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each by file, line and column; code 1, and nothing is changed unless they may be left out."""
    file = tmp_path / "mine.csv"
    file.write_text(GOOD + '2026-03-19T21:04:00,600,neck\n2026-03-19T21:04:00Z,"1,5",neck\n')
    assert cli.run(["import", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == "Nothing was imported: 1 new, 2 refused.\n"
    assert 'mine.csv, line 3, started_at: "2026-03-19T21:04:00" has no offset from UTC' in told.err
    assert 'mine.csv, line 4, done_s: "1,5" has a comma' in told.err
    assert "--skip-refused" in told.err
    with History.open(folders.history_file) as history:
        assert history.count() == 0
    assert cli.run(["import", str(file), "--dry-run"]) == 1
    assert cli.run(["import", str(file), "--skip-refused"]) == 1
    with History.open(folders.history_file) as history:
        assert history.count() == 1


def test_a_file_of_another_program_is_told_as_such(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the area that was named, and the habit."""
    file = tmp_path / "Checkmarks.csv"
    file.write_text("Date,Mat,Read,\n2026-03-01,YES_MANUAL,SKIP,\n")
    assert cli.run(["import", str(file), "--habit", "Mat", "--area", "full back"]) == 0
    assert capsys.readouterr().out == "CSV of Loop Habit Tracker. Imported: 1 new.\n"
    with History.open(folders.history_file) as history:
        assert [row.area for row in history.records()] == ["full_back"]


def test_nothing_is_imported_while_a_session_runs(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would have to wait for the import, or the import for it."""
    file = tmp_path / "mine.csv"
    file.write_text(GOOD)
    lock = FileSessionLock(folders.session_lock)
    assert lock.acquire()
    try:
        assert cli.run(["import", str(file), "--dry-run"]) == 1
        assert cli.run(["import", str(file)]) == 1
        assert "A session is running." in capsys.readouterr().err
    finally:
        lock.release()


def test_ctrl_c_leaves_nothing_behind(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence says so; code 1."""
    file = tmp_path / "mine.csv"
    file.write_text(GOOD)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("matsession.storage.exchange.importing._Merger.merge_rest_days", interrupted)
    assert cli.run(["import", str(file)]) == 1
    assert capsys.readouterr().err == "Cancelled.\nNothing was changed.\n"
    with History.open(folders.history_file) as history:
        assert history.count() == 0


def test_every_column_is_documented() -> None:
    """And every field of the JSON."""
    document = DOCUMENT.read_text("utf-8")
    for name in (
        *CSV_COLUMNS,
        "deleted_at",
        "cues",
        "at_s",
        "chime",
        "late_s",
        "how",
        "why_not",
        "rest_days",
    ):
        assert f"`{name}`" in document or f'"{name}"' in document, name


def test_the_help_names_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the columns are explained."""
    assert cli.run(["export", "--help"]) == 0
    assert "docs/exchange.md" in capsys.readouterr().out


def test_the_example_of_the_document_can_be_imported(
    folders: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its dots filled in."""
    text = DOCUMENT.read_text("utf-8").split("```json\n")[1].split("```")[0]
    found = json.loads(text)
    found["sessions"][0] |= {
        "id": "00000000-0000-4000-8000-000000000001",
        "started_at": "2026-03-19T21:04:00+01:00",
        "done_s": 600,
        "area": "neck",
    }
    found["rest_days"][0] |= {"updated_at": "2026-03-19T21:04:00+01:00"}
    file = tmp_path / "example.json"
    file.write_text(json.dumps(found))
    assert cli.run(["import", str(file)]) == 0
    assert capsys.readouterr().out == "JSON of MatSession. Imported: 1 new, 1 day off.\n"
