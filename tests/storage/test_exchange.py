"""The history in and out of files: nothing is lost, nothing comes twice, and nothing half."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matsession.domain.days import Span
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.statistics import sum_up
from matsession.storage.backups import BackupKind
from matsession.storage.database import Database, StorageError, StorageProblem
from matsession.storage.exchange import importing
from matsession.storage.exchange.export import ExportWish
from matsession.storage.exchange.fields import (
    CSV_COLUMNS,
    FIRST_COLUMNS,
    SECOND_COLUMNS,
    quick_reader,
    read_moment,
    write_moment,
)
from matsession.storage.exchange.report import ExchangeError, FileKind, ImportRefusedError, ImportReport
from matsession.storage.history import History
from tests.storage.test_history import NOW, make_record, rows

_T = TypeVar("_T")

CUES = [
    CueReport(0.0, ChimeName.OPEN, 0.031, "Qt, Speakers", ""),
    CueReport(600.0, ChimeName.WAKE, None, "", 'no_output; "really", größer'),
]

HEADER = "started_at,done_s,area,rating_before,note"
GOOD = "2026-03-19T21:04:00+01:00,600,neck,6,calm"


def run(steps: Generator[float, None, _T]) -> _T:
    """All steps, each of which tells no less than the one before."""
    last = 0.0
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            result: _T = end.value
            return result
        assert last <= done <= 1
        last = done


def bring_in(history: History, path: Path, **more: Any) -> ImportReport:
    """A whole import."""
    return run(history.import_steps(path, **more))


def contents(history: History) -> tuple[Any, ...]:
    """All that is kept, deleted or not."""
    with history._database.reading() as connection:
        sessions = connection.execute("SELECT * FROM session ORDER BY id").fetchall()
        cues = connection.execute("SELECT * FROM cue ORDER BY session_id, at_s, chime").fetchall()
        days = connection.execute("SELECT day, updated_ms, deleted_ms FROM rest_day ORDER BY day").fetchall()
    return sessions, cues, days


def counted(report: ImportReport) -> dict[str, int]:
    """What there is any of."""
    names = ("new", "same", "changed", "older", "refused", "rest_days", "left_out")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def written(path: Path, *lines: str) -> Path:
    """A file of these lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# -- out and in again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".json"])
@settings(max_examples=60)
@given(records=st.lists(rows, unique_by=lambda record: record.id, max_size=6))
def test_out_and_in_again_gives_equal_rows(
    records: list[SessionRecord], suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Into an empty home: every field, the time of the last change too; and a second time adds nothing."""
    path = tmp_path_factory.mktemp("exchange") / f"all{suffix}"
    moments = iter(NOW + timedelta(minutes=number) for number in range(99))
    with History.in_memory(lambda: next(moments)) as first, History.in_memory() as second:
        for record in records:
            first.save(record)
        if records and suffix == ".json":
            first.save_cues(records[0].id, CUES)
            first.delete(records[-1].id)
            first.set_rest_day(date(2026, 3, 1), True)
            first.set_rest_day(date(2026, 3, 2), True)
            first.set_rest_day(date(2026, 3, 2), False)
        assert run(first.export_steps(path)) == len(records)
        again = path.with_stem("again")
        report = bring_in(second, path)
        assert contents(second) == contents(first)
        assert counted(report).get("new", 0) == len(records)
        assert set(counted(bring_in(second, path))) <= {"same"}
        assert contents(second) == contents(first)
        assert second.sums.check() == 0
        run(second.export_steps(again))
        if suffix == ".csv":
            assert again.read_bytes() == path.read_bytes()


@given(
    st.integers(-62135510400000, 253402214400000),
    st.integers(-86399, 86399) | st.sampled_from([0, 3600, -12600, 20700, 3208]),
)
def test_every_moment_comes_back(ms: int, offset_s: int) -> None:
    """Of all years that the history can hold, with any offset; by the quick way as by the slow one."""
    text = write_moment(ms, offset_s)
    assert datetime.fromisoformat(text).utcoffset() == timedelta(seconds=offset_s)
    assert read_moment("started_at", text) == (ms, offset_s)
    cells = [text if name.endswith("_at") else _CELLS[name] for name in CSV_COLUMNS]
    read = quick_reader(CSV_COLUMNS, 0)
    for _ in range(2):  # the first time it learns the day
        values = read(2, cells).values
        assert (values[4], values[5], values[6], values[16]) == (ms, ms, offset_s, ms)


_CELLS = {
    **dict.fromkeys(CSV_COLUMNS, "x"),
    "id": "00000000-0000-4000-8000-000000000001",
    "state": "finished",
    "rating_before": "",
    "rating_after": "10",
    "strongest": "7",
    "morning_rating": "0",
    "planned_s": "600.0",
    "done_s": "600.0",
    "on_mat_s": "600.0",
}


def test_the_csv_is_what_the_standard_says(tmp_path: Path) -> None:
    """RFC 4180 in UTF-8: line ends, quotation marks; ISO 8601 with an offset; a point in numbers."""
    path = tmp_path / "all.csv"
    with History.in_memory(lambda: NOW) as history:
        history.save(
            make_record(
                NOW,
                id="00000000-0000-4000-8000-000000000001",
                done_s=99.75,
                note='Größer, "5 %"\nruhig',
                mat_name="Firm, red",
                strongest=8,
                morning_scale="sleep_sqs",
                morning_rating=0,
            )
        )
        run(history.export_steps(path))
        device_id = history.device_id
    assert path.read_bytes().decode("utf-8") == (
        "id,started_at,ended_at,preset_id,preset_name,area,planned_s,done_s,on_mat_s,state,rating_scale,"
        "rating_before,rating_after,note,device_id,updated_at,mat_name,strongest,"
        "morning_scale,morning_rating\r\n"
        "00000000-0000-4000-8000-000000000001,2026-03-19T20:30:00.000+00:00,,neck,Neck,neck,600.0,99.75,0.0,"
        f'finished,,,,"Größer, ""5 %""\nruhig",{device_id},2026-03-19T20:30:00.000+00:00,"Firm, red",8,'
        "sleep_sqs,0\r\n"
    )


def test_the_json_is_json(tmp_path: Path) -> None:
    """With a format and a version, and everything there is."""
    path = tmp_path / "all.json"
    with History.in_memory(lambda: NOW) as history:
        history.save(record := make_record(rating_before=6, rating_after=4))
        history.save_cues(record.id, CUES)
        history.set_rest_day(date(2026, 3, 1), True)
        run(history.export_steps(path))
    found = json.loads(path.read_text("utf-8"))
    assert (found["format"], found["version"]) == ("matsession-history", 1)
    (session,) = found["sessions"]
    assert session["rating_before"] == 6
    assert session["started_at"] == "2026-03-19T20:30:00.000+00:00"
    assert [cue["late_s"] for cue in session["cues"]] == [0.031, None]
    assert [day["day"] for day in found["rest_days"]] == ["2026-03-01"]


def test_an_export_can_be_narrowed(tmp_path: Path) -> None:
    """By days, as they turn for the person, and by area; oldest first."""
    with History.in_memory() as history:
        for hour, area in ((0, "neck"), (3, "chest"), (26, "neck"), (60, "neck")):
            start = datetime(2026, 3, 19, 0, 30, tzinfo=UTC) + timedelta(hours=hour)
            history.save(make_record(start, area=area, note=str(hour)))
        for wish, notes in [
            (ExportWish(), ["0", "3", "26", "60"]),
            (ExportWish(area="neck"), ["0", "26", "60"]),
            (ExportWish(from_day=date(2026, 3, 19), turn_min=240), ["26", "60"]),
            (ExportWish(date(2026, 3, 19), date(2026, 3, 19)), ["0", "3"]),
        ]:
            path = tmp_path / "some.csv"
            assert run(history.export_steps(path, wish)) == len(notes)
            read = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))
            assert [line["note"] for line in read] == notes


def test_a_narrowed_json_holds_no_more_than_was_wanted(tmp_path: Path) -> None:
    """Neither deleted sessions nor days off."""
    path = tmp_path / "some.json"
    with History.in_memory() as history:
        history.save(record := make_record())
        history.save(make_record())
        history.delete(record.id)
        history.set_rest_day(date(2026, 3, 1), True)
        assert run(history.export_steps(path, ExportWish(area="neck"))) == 1
    assert "rest_days" not in json.loads(path.read_text("utf-8"))


def test_many_sessions_with_the_same_start_are_all_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever one piece ends and the next begins."""
    monkeypatch.setattr("matsession.storage.exchange.export.AT_ONCE", 3)
    with History.in_memory() as history:
        for number in range(20):
            history.save(make_record(NOW + timedelta(seconds=number // 7)))
        history.delete(history.records()[5].id)
        path = tmp_path / "all.csv"
        assert run(history.export_steps(path)) == 19
        assert run(history.export_steps(path.with_suffix(".json"))) == 20
        assert len({line["id"] for line in csv.DictReader(path.read_text("utf-8").splitlines())}) == 19


def test_a_cancelled_export_leaves_the_old_file(tmp_path: Path) -> None:
    """And nothing beside it."""
    path = tmp_path / "all.csv"
    path.write_text("old")
    with History.in_memory() as history:
        history.save(make_record())
        steps = history.export_steps(path)
        next(steps)
        steps.close()
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir() if "csv" in each.name] == ["all.csv"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [("all.txt", "says nothing of its format"), ("no/all.csv", "could not be written")],
)
def test_an_export_that_cannot_be_is_told(tmp_path: Path, name: str, rule: str) -> None:
    """With the name of the file."""
    with History.in_memory() as history, pytest.raises(ExchangeError, match=rule) as caught:
        run(history.export_steps(tmp_path / name))
    assert name in str(caught.value)


def test_an_export_where_nothing_may_be_written(as_nobody: Path) -> None:
    """Its folder is read-only."""
    as_nobody.chmod(0o500)
    with History.in_memory() as history, pytest.raises(ExchangeError, match="does not allow it"):
        run(history.export_steps(as_nobody / "all.csv"))


# -- what an import does -----------------------------------------------------------------------------------


def exported(path: Path, records: Sequence[SessionRecord]) -> Path:
    """A file of these."""
    with History.in_memory(lambda: NOW) as history:
        for record in records:
            history.save(record)
        run(history.export_steps(path))
    return path


def test_new_same_changed_and_older_are_told_apart(tmp_path: Path) -> None:
    """A dry run tells it and changes nothing; the import does it, and the sums are right."""
    new, same, changed, older = (make_record(NOW + timedelta(hours=hour)) for hour in range(4))
    path = exported(tmp_path / "all.json", [new, same, changed, older])
    moments = {same.id: NOW, changed.id: NOW - timedelta(days=1), older.id: NOW + timedelta(days=1)}
    now = NOW
    with History.in_memory(lambda: now) as history:
        for record in (same, changed, older):
            now = moments[record.id]
            note = "" if record is same else "other"
            history.save(replace(record, note=note, device_id=""))
        before = contents(history)
        expected = {"new": 1, "same": 1, "changed": 1, "older": 1}
        report = bring_in(history, path, dry_run=True)
        assert counted(report) == expected
        assert not report.applied
        assert contents(history) == before
        report = bring_in(history, path)
        assert counted(report) == expected
        assert report.applied
        notes = {record.id: record.note for record in history.records()}
        assert notes == {new.id: "", same.id: "", changed.id: "", older.id: "other"}
        assert history.sums.check() == 0
        assert counted(bring_in(history, path)) == {"same": 3, "older": 1}


def test_a_line_corrected_in_a_spreadsheet_counts(tmp_path: Path) -> None:
    """It has the old time of change; and what has no column stays as it is."""
    record = make_record(note="kept", rating_before=6)
    path = exported(tmp_path / "all.csv", [record])
    with History.in_memory(lambda: NOW) as history:
        bring_in(history, path)
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        columns = ["id", "started_at", "done_s", "area", "rating_after", "updated_at"]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerow({**lines[0], "rating_after": "3"})
        assert counted(bring_in(history, path)) == {"changed": 1}
        found = history.get(record.id)
        assert found is not None
        assert (found.rating_before, found.rating_after, found.note) == (6, 3, "kept")
        assert counted(bring_in(history, path)) == {"same": 1}


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_a_file_without_mats_is_read_as_ever(tmp_path: Path, suffix: str) -> None:
    """One of an older version: a session that is new has no mat, one that is there keeps its own."""
    kept = make_record(NOW, mat_name="Firm", strongest=8, note="a", ended_at=NOW)
    new = make_record(NOW + timedelta(hours=1), note="b", ended_at=NOW + timedelta(hours=2))
    path = exported(tmp_path / f"all{suffix}", [kept, new])
    if suffix == ".csv":
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, FIRST_COLUMNS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(lines)
    else:
        found = json.loads(path.read_text("utf-8"))
        for session in found["sessions"]:
            for name in CSV_COLUMNS[16:]:
                del session[name]
        path.write_text(json.dumps(found), "utf-8")
    with History.in_memory(lambda: NOW) as history:
        history.save(replace(kept, note="before"))
        assert counted(bring_in(history, path)) == {"changed": 1, "new": 1}
        told = [(row.note, row.mat_name, row.strongest) for row in history.records()]
        assert told == [("b", "", None), ("a", "Firm", 8)]
        assert counted(bring_in(history, path)) == {"same": 2}


@pytest.mark.parametrize("suffix", [".csv", ".json"])
@pytest.mark.parametrize("in_order", [True, False])
def test_a_file_without_mornings_is_read_as_ever(tmp_path: Path, suffix: str, *, in_order: bool) -> None:
    """One of an older version: a session that is there keeps the answer of its morning, and its mat comes."""
    kept = make_record(
        NOW, mat_name="Firm", morning_scale="sleep_sqs", morning_rating=7, note="a", ended_at=NOW
    )
    new = make_record(NOW + timedelta(hours=1), mat_name="Soft", note="b", ended_at=NOW + timedelta(hours=2))
    path = exported(tmp_path / f"all{suffix}", [kept, new])
    if suffix == ".csv":
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        columns = SECOND_COLUMNS if in_order else SECOND_COLUMNS[::-1]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(lines)
    else:
        found = json.loads(path.read_text("utf-8"))
        for session in found["sessions"]:
            del session["morning_scale"], session["morning_rating"]
        path.write_text(json.dumps(found), "utf-8")
    with History.in_memory(lambda: NOW) as history:
        history.save(replace(kept, note="before", mat_name=""))
        assert counted(bring_in(history, path)) == {"changed": 1, "new": 1}
        told = [(row.note, row.mat_name, row.morning_scale, row.morning_rating) for row in history.records()]
        assert told == [("b", "Soft", "", None), ("a", "Firm", "sleep_sqs", 7)]
        assert counted(bring_in(history, path)) == {"same": 2}


def test_another_answer_of_the_morning_is_a_change(tmp_path: Path) -> None:
    """And one that is none is refused."""
    record = make_record(morning_scale="sleep_sqs", morning_rating=7)
    path = exported(tmp_path / "all.csv", [record])
    with History.in_memory(lambda: NOW) as history:
        history.save(replace(record, morning_rating=None))
        assert counted(bring_in(history, path)) == {"changed": 1}
        found = history.get(record.id)
        assert found is not None
        assert (found.morning_scale, found.morning_rating) == ("sleep_sqs", 7)
        path.write_bytes(path.read_bytes().replace(b"sleep_sqs,7", b"sleep_sqs,11"))
        with pytest.raises(ImportRefusedError, match='morning_rating: "11" is not a whole number'):
            bring_in(history, path)


def test_another_mat_is_a_change(tmp_path: Path) -> None:
    """And so is another answer about the strongest moment."""
    record = make_record(mat_name="Firm", strongest=8)
    path = exported(tmp_path / "all.csv", [record])
    with History.in_memory(lambda: NOW) as history:
        history.save(replace(record, mat_name=""))
        assert counted(bring_in(history, path)) == {"changed": 1}
        history.save(replace(record, strongest=None))
        assert counted(bring_in(history, path)) == {"changed": 1}
        found = history.get(record.id)
        assert found is not None
        assert (found.mat_name, found.strongest) == ("Firm", 8)


def test_a_session_deleted_here_comes_back(tmp_path: Path) -> None:
    """Who imports what they deleted wants it; a deletion elsewhere counts as well."""
    record = make_record()
    path = exported(tmp_path / "all.json", [record])
    with History.in_memory() as history:
        bring_in(history, path)
        history.delete(record.id)
        gone = tmp_path / "gone.json"
        run(history.export_steps(gone))
        assert counted(bring_in(history, path)) == {"changed": 1}
        assert history.get(record.id) is not None
        assert history.sums.check() == 0
    with History.in_memory(lambda: NOW) as other:
        bring_in(other, path)
        assert counted(bring_in(other, gone)) == {"changed": 1}
        assert other.get(record.id) is None


def test_a_session_twice_in_a_file_is_one(tmp_path: Path) -> None:
    """The second is the same, or a change of the first."""
    record = make_record(note="a")
    path = exported(tmp_path / "all.csv", [record])
    header, line = path.read_text("utf-8").splitlines()
    twice = written(tmp_path / "twice.csv", header, line, line, line.replace(",a,", ",b,"))
    with History.in_memory() as history:
        assert counted(bring_in(history, twice)) == {"new": 1, "same": 1, "changed": 1}
        assert [row.note for row in history.records()] == ["b"]


def test_chimes_that_are_known_later_come_along(tmp_path: Path) -> None:
    """The proof of ring is part of a session; a file that says nothing of it takes nothing away."""
    record = make_record()
    bare = exported(tmp_path / "bare.csv", [record])
    with History.in_memory(lambda: NOW) as first:
        first.save(record)
        first.save_cues(record.id, CUES)
        run(first.export_steps(tmp_path / "full.json"))
    with History.in_memory() as history:
        bring_in(history, bare)
        assert counted(bring_in(history, tmp_path / "full.json")) == {"changed": 1}
        assert history.cues(record.id) == CUES
        bring_in(history, bare)
        assert history.cues(record.id) == CUES


def test_a_handful_of_columns_is_enough(tmp_path: Path) -> None:
    """Sessions written down by hand: when, how long, where. They do not come in twice either."""
    path = written(
        tmp_path / "mine.csv", "\ufeffArea, started_at ,DONE_S,weather", "neck,2026-03-19T21:04Z,90,sun"
    )
    with History.in_memory() as history:
        assert counted(bring_in(history, path)) == {"new": 1}
        assert counted(bring_in(history, path)) == {"same": 1}
        (record,) = history.records()
    assert record.started_at == datetime(2026, 3, 19, 21, 4, tzinfo=UTC)
    assert record.ended_at == datetime(2026, 3, 19, 21, 5, 30, tzinfo=UTC)
    assert (record.done_s, record.on_mat_s, record.planned_s, record.state) == (90, 90, 90, RowState.FINISHED)


def test_many_rows_are_added_up_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The triggers are put aside for them, and are back when it is done."""
    monkeypatch.setattr(importing, "SUMMED_AT_ONCE", 10)
    monkeypatch.setattr(importing, "BATCH", 7)
    records = [make_record(NOW + timedelta(hours=hour), done_s=600) for hour in range(40)]
    path = exported(tmp_path / "all.csv", records)
    with History.in_memory(lambda: NOW) as history:
        history.save(earlier := make_record(NOW - timedelta(days=400)))
        bring_in(history, path)
        with pytest.raises(StorageError, match="being added up"):
            history.sums.read(Span.YEAR)
        list(history.sums.follow_day_turn(240))
        history.save(later := make_record(NOW + timedelta(days=400)))
        assert history.sums.read(Span.YEAR) == sum_up([*records, earlier, later], Span.YEAR, 240)
        assert history.sums.check() == 0


# -- all or nothing ------------------------------------------------------------------------------------------


def two_hundred(path: Path) -> Path:
    """A file of them."""
    return exported(path, [make_record(NOW + timedelta(hours=hour), note="x" * 400) for hour in range(200)])


def test_a_cancelled_import_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither rows nor missing triggers."""
    monkeypatch.setattr(importing, "BATCH", 20)
    monkeypatch.setattr(importing, "SUMMED_AT_ONCE", 30)
    path = two_hundred(tmp_path / "all.csv")
    with History.open(tmp_path / "history.sqlite3") as history:
        history.save(make_record())
        before = contents(history)
        steps = history.import_steps(path)
        for _ in range(4):
            next(steps)
        steps.close()
        assert contents(history) == before
        history.save(make_record())
        assert history.sums.check() == 0
        assert history.count() == 2


def test_a_session_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is saved at once; the import ends with nothing changed, and can be tried again."""
    monkeypatch.setattr(importing, "BATCH", 20)
    path = two_hundred(tmp_path / "all.csv")
    with History.open(tmp_path / "history.sqlite3") as history:
        steps = history.import_steps(path)
        next(steps)
        history.save(record := make_record())
        with pytest.raises(StorageError) as caught:
            list(steps)
        assert caught.value.problem is StorageProblem.GAVE_WAY
        assert history.records() == [history.get(record.id)]
        assert counted(bring_in(history, path)) == {"new": 200}
        assert history.sums.check() == 0


def test_a_session_in_another_program_comes_first_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for now and then; the import ends with nothing changed."""
    monkeypatch.setattr(importing, "BATCH", 20)
    monkeypatch.setattr(importing, "ASKED_EVERY_S", -1)
    path = two_hundred(tmp_path / "all.csv")
    answers = iter([False, False, True])
    with History.open(tmp_path / "history.sqlite3") as history:
        with pytest.raises(StorageError) as caught:
            bring_in(history, path, wanted_elsewhere=lambda: next(answers))
        assert caught.value.problem is StorageProblem.GAVE_WAY
        assert history.count() == 0
        assert counted(bring_in(history, path, wanted_elsewhere=lambda: False)) == {"new": 200}


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    """The second one; the first goes on."""
    path = two_hundred(tmp_path / "all.csv")
    with History.open(tmp_path / "history.sqlite3") as history:
        first = history.import_steps(path)
        next(first)
        with pytest.raises(StorageError):
            bring_in(history, path)
        assert counted(run(first)) == {"new": 200}


KILLED_HALF_WAY = """
import os, signal, sys
from pathlib import Path
from matsession.storage.exchange import importing
from matsession.storage.history import History
importing.BATCH, importing.SUMMED_AT_ONCE, importing.CACHE_KB = 20, 30, 4
history = History.open(Path(sys.argv[1]))
steps = history.import_steps(Path(sys.argv[2]))
for _ in range(8):
    next(steps)
print(Path(sys.argv[1]).stat().st_size, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there is no such signal")
def test_a_program_that_is_killed_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    """What had reached the disk by then is taken back at the next start, the triggers are there again."""
    path = two_hundred(tmp_path / "all.csv")
    file = tmp_path / "history.sqlite3"
    with History.open(file) as history:
        history.save(make_record())
        before = contents(history)
    size = file.stat().st_size
    done = subprocess.run(
        [sys.executable, "-c", KILLED_HALF_WAY, str(file), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert int(done.stdout) > size  # it had begun to write
    assert file.with_name(f"{file.name}-journal").exists()
    with History.open(file) as history:
        assert contents(history) == before
        history.save(make_record())
        assert history.sums.check() == 0
        assert counted(bring_in(history, path)) == {"new": 200}


def test_nothing_else_disturbs_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that adds up, or a backup, waits for it: only a session is worth ending it."""
    monkeypatch.setattr(importing, "BATCH", 20)
    monkeypatch.setattr(importing, "SUMMED_AT_ONCE", 30)
    path = two_hundred(tmp_path / "all.csv")
    with History.open(tmp_path / "history.sqlite3") as history:
        history.save(make_record())
        steps = history.import_steps(path)
        for _ in range(4):
            next(steps)
        assert list(history.sums.follow_day_turn(240)) == []
        assert list(history.sums.follow_day_turn(300)) == []
        with pytest.raises(StorageError) as caught:
            history.back_up(BackupKind.BY_HAND, NOW)
        assert caught.value.problem is StorageProblem.AT_WORK
        assert counted(run(steps)) == {"new": 200}
        list(history.sums.follow_day_turn(300))
        assert history.sums.check() == 0


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of it; and what was there can be read and added to."""
    monkeypatch.setattr(importing, "BATCH", 20)
    path = two_hundred(tmp_path / "all.csv")
    database = Database.open(tmp_path / "history.sqlite3")
    with History(database) as history:
        history.save(make_record())
        with database.reading() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 12}")
            connection.execute("PRAGMA cache_size = 10")
        before = contents(history)
        with pytest.raises(StorageError) as caught:
            bring_in(history, path)
        assert caught.value.problem is StorageProblem.DISK_FULL
        assert contents(history) == before
        history.check()
        assert history.sums.check() == 0
        history.save(make_record())
        assert history.count() == 2


def test_a_home_without_write_permission_is_told(as_nobody: Path, tmp_path: Path) -> None:
    """As a sentence, before anything is read."""
    as_nobody.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        History.open(as_nobody / "history.sqlite3")
    assert caught.value.problem in (StorageProblem.NO_PERMISSION, StorageProblem.READ_ONLY)


# -- what cannot be taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("2026-03-19T21:04:00,600,neck,6,", "started_at", "has no offset from UTC"),
        ("19.3.2026 21:04,600,neck,6,", "started_at", "is no time"),
        ("2026-02-30T21:04:00Z,600,neck,6,", "started_at", "is no time"),
        ("0001-01-01T00:00:00Z,600,neck,6,", "started_at", "years"),
        (",600,neck,6,", "started_at", "is no time"),
        ('2026-03-19T21:04:00Z,"600,5",neck,6,', "done_s", '"600,5" has a comma'),
        ("2026-03-19T21:04:00Z,-1,neck,6,", "done_s", '"-1" is less than 0'),
        ("2026-03-19T21:04:00Z,nan,neck,6,", "done_s", '"nan" is no length'),
        ("2026-03-19T21:04:00Z,inf,neck,6,", "done_s", "is no length"),
        ("2026-03-19T21:04:00Z,1e999,neck,6,", "done_s", "is no length"),
        ("2026-03-19T21:04:00Z,6_0,neck,6,", "done_s", "is no length"),
        ("2026-03-19T21:04:00Z,,neck,6,", "done_s", "is no length"),
        ("2026-03-19T21:04:00Z,600, ,6,", "area", "is empty"),
        ("2026-03-19T21:04:00Z,600,neck,11,", "rating_before", '"11" is not a whole number from 0 to 10'),
        ("2026-03-19T21:04:00Z,600,neck,-1,", "rating_before", "is not a whole number"),
        ("2026-03-19T21:04:00Z,600,neck,4.5,", "rating_before", "is not a whole number"),
        ("2026-03-19T21:04:00Z,600,neck,", "", "there are 4 columns, and 5 in the first line"),
        ("2026-03-19T21:04:00Z,600,neck,6,warm, quiet", "", "there are 6 columns"),
    ],
)
def test_a_wrong_line_is_told_by_line_and_column(tmp_path: Path, line: str, field: str, rule: str) -> None:
    """And nothing is changed, unless it is to be left out."""
    path = written(tmp_path / "mine.csv", HEADER, GOOD, line, GOOD.replace("19T", "20T"))
    with History.in_memory() as history:
        with pytest.raises(ImportRefusedError) as caught:
            bring_in(history, path)
        (refusal,) = caught.value.report.refusals
        assert (refusal.line, refusal.field) == (3, field)
        assert rule in refusal.rule
        assert "mine.csv" in str(caught.value)
        assert "line 3" in str(caught.value)
        assert history.count() == 0
        assert counted(bring_in(history, path, dry_run=True)) == {"new": 2, "refused": 1}
        assert history.count() == 0
        assert counted(bring_in(history, path, skip_refused=True)) == {"new": 2, "refused": 1}
        assert history.count() == 2


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("id", "5", "is no UUID"),
        ("ended_at", "2026-03-19T20:00:00Z", "is before started_at"),
        ("state", "done", "is not one of open, finished, stopped, interrupted"),
        ("on_mat_s", "0,5", "has a comma"),
        ("updated_at", "yesterday", "is no time"),
    ],
)
def test_the_other_columns_are_checked_too(tmp_path: Path, name: str, value: str, rule: str) -> None:
    """The same in CSV and in JSON."""
    cell = f'"{value}"'
    path = written(tmp_path / "a.csv", f"{HEADER},{name}", f"{GOOD},{cell}")
    session = {"started_at": "2026-03-19T21:04:00Z", "done_s": 600, "area": "neck", name: value}
    other = tmp_path / "a.json"
    other.write_text(json.dumps({"format": "matsession-history", "version": 1, "sessions": [session]}))
    with History.in_memory() as history:
        for each in (path, other):
            report = bring_in(history, each, dry_run=True)
            (refusal,) = report.refusals
            assert refusal.field == name
            if not (name == "on_mat_s" and each is other):
                assert rule in refusal.rule


def test_a_line_number_counts_lines_within_quotes(tmp_path: Path) -> None:
    """As an editor shows them."""
    path = written(tmp_path / "a.csv", HEADER, GOOD.replace("calm", '"one\ntwo\nthree"'), "x,600,neck,6,")
    with History.in_memory() as history:
        (refusal,) = bring_in(history, path, dry_run=True).refusals
    assert refusal.line == 5


def test_only_so_many_refusals_are_kept(tmp_path: Path) -> None:
    """A file of the wrong kind must not fill the memory; all are counted."""
    path = written(tmp_path / "a.csv", HEADER, *["x,600,neck,6,"] * 300)
    with History.in_memory() as history:
        report = bring_in(history, path, dry_run=True)
    assert (report.refused, len(report.refusals)) == (300, 100)


UTF_16 = f"{HEADER}\r\n{GOOD}\r\n".encode("utf-16")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "names no columns that are known"),
        ("a.csv", b"when,how long\n1,2\n", "names no columns that are known"),
        ("a.csv", b"started_at;done_s;area\n", "not separated by commas"),
        ("a.csv", b"started_at,area\n", "line 1, done_s: is not among the columns"),
        ("a.csv", b"started_at,area,done_s,area\n", "line 1, area: is there more than once"),
        ("a.csv", f"{HEADER}\n{GOOD}\n".encode() + b"\xe4\n", "line 3 is not UTF-8: byte 1 is 0xe4"),
        ("a.csv", UTF_16, "it looks like UTF-16"),
        ("a.csv", f'{HEADER}\n{GOOD}\n"2026,x\n{GOOD}\n'.encode(), "line 3 a quotation mark"),
        ("a.csv", f'{HEADER}\n{GOOD}\n"2026"x,\n'.encode(), "line 3 a quotation mark"),
        ("a.json", b"{", "line 1 the file breaks off here"),
        ("a.json", b'{"a": 1}', "no history of MatSession"),
        ("a.json", b'{"format": "matsession-history"}', "version is missing"),
        (
            "a.json",
            b'{"format": "matsession-history", "version": true, "sessions": []}',
            "version is missing",
        ),
        (
            "a.json",
            b'{"format": "matsession-history", "version": 9, "sessions": []}',
            "by a newer MatSession",
        ),
        ("a.json", b'{"format": "matsession-history",\n"version": 1,\n"sessions": [{]}', "line 3"),
        (
            "a.json",
            b'{"format": "matsession-history", "version": 1, "sessions": []} x',
            '"x" is no JSON here',
        ),
        (
            "a.json",
            b'{"format": "matsession-history", "version": 1, "sessions": [{"done_s": NaN}]}',
            "no JSON",
        ),
        (
            "a.json",
            b'{"format": "matsession-history", "version": 1, "sessions": [' + b"[" * 100_000,
            "no JSON",
        ),
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    """With its name, the line, and what is wrong; nothing is changed."""
    path = tmp_path / name
    path.write_bytes(content)
    with History.in_memory() as history:
        with pytest.raises(ExchangeError) as caught:
            bring_in(history, path)
        assert told in str(caught.value)
        assert name in str(caught.value)
        assert history.count() == 0
        history.save(make_record())


def test_a_missing_file_a_folder_and_one_that_may_not_be_read(as_nobody: Path) -> None:
    """A sentence each."""
    secret = as_nobody / "secret.csv"
    secret.touch()
    secret.chmod(0)
    with History.in_memory() as history:
        for path, told in [
            (as_nobody / "no.csv", "There is no file"),
            (as_nobody, "is not a file"),
            (secret, "may not be read"),
        ]:
            with pytest.raises(ExchangeError, match=told):
                bring_in(history, path)


@pytest.mark.parametrize(
    ("session", "field"),
    [
        ({"done_s": "600"}, "done_s"),
        ({"done_s": -1}, "done_s"),
        ({"done_s": True}, "done_s"),
        ({"started_at": 5}, "started_at"),
        ({"area": None}, "area"),
        ({"rating_after": 11}, "rating_after"),
        ({"rating_after": "4"}, "rating_after"),
        ({"rating_after": 4.0}, "rating_after"),
        ({"note": ["x"]}, "note"),
        ({"cues": {}}, "cues"),
        ({"cues": [5]}, "cues"),
        ({"cues": [{"chime": "wake"}]}, "cues, at_s"),
        ({"cues": [{"chime": "", "at_s": 0}]}, "cues, chime"),
        ({"cues": [{"chime": "wake", "at_s": 0, "late_s": "x"}]}, "cues, late_s"),
        (5, "sessions"),
    ],
)
def test_a_wrong_session_in_json_is_told_by_field(tmp_path: Path, session: object, field: str) -> None:
    """And by the line where it begins."""
    good = {"started_at": "2026-03-19T21:04:00Z", "done_s": 600, "area": "neck"}
    path = tmp_path / "a.json"
    wrong = {**good, **session} if isinstance(session, dict) else session
    sessions = f"[\n{json.dumps(good)},\n{json.dumps(wrong)}]"
    path.write_text(f'{{"format": "matsession-history", "version": 1, "sessions": {sessions}}}')
    with History.in_memory() as history:
        report = bring_in(history, path, dry_run=True)
    (refusal,) = report.refusals
    assert (refusal.line, refusal.field) == (3, field)
    assert report.new == 1


def test_a_wrong_day_off_in_json_is_told(tmp_path: Path) -> None:
    """Like a session."""
    path = tmp_path / "a.json"
    days = [
        {"day": "2026-02-30"},
        {"day": 5},
        {"day": "2026-03-01"},
        {"day": "2026-03-02", "updated_at": "x"},
    ]
    path.write_text(json.dumps({"format": "matsession-history", "version": 1, "rest_days": days}))
    with History.in_memory() as history:
        report = bring_in(history, path, skip_refused=True)
        assert [refusal.field for refusal in report.refusals] == ["day", "day", "updated_at"]
        assert history.rest_days() == {date(2026, 3, 1)}


@pytest.mark.parametrize("indent", [None, 4])
def test_json_may_be_formatted_anew(tmp_path: Path, indent: int | None) -> None:
    """By any program; over pieces of any size."""
    records = [make_record(NOW + timedelta(hours=hour), note="\n" * 400) for hour in range(200)]
    path = exported(tmp_path / "all.json", records)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=indent))
    with History.in_memory() as history:
        assert counted(bring_in(history, path)) == {"new": 200}


# -- size ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_a_file_of_two_gigabytes_is_not_slurped(tmp_path: Path, name: str) -> None:
    """It has no line breaks, and is none of ours: told after its first megabyte."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b'{"format": "' if name == "a.json" else b"started_at,")
        file.truncate(2 << 30)  # takes no room on the disk
    tracemalloc.start()
    try:
        with History.in_memory() as history, pytest.raises(ExchangeError, match="longer than any line"):
            bring_in(history, path)
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, suffix: str) -> None:
    """Five megabytes of it in no more than one, out and in."""
    records = [make_record(NOW + timedelta(hours=hour), note="x" * 2000) for hour in range(3000)]
    with History.open(tmp_path / "history.sqlite3") as history:
        with history._database.long_write() as written_rows, written_rows.connection() as connection:
            from matsession.storage.session_rows import MARKS, row_of

            connection.executemany(
                f"INSERT INTO session VALUES ({MARKS})",
                [row_of(record, history.device_id, NOW) for record in records],
            )
            written_rows.commit()
        del records
        path = tmp_path / f"all{suffix}"
        run(history.export_steps(path))
        assert path.stat().st_size > 6e6
        tracemalloc.start()
        try:
            assert counted(bring_in(history, path)) == {"same": 3000}
            assert tracemalloc.get_traced_memory()[1] < 5e6
        finally:
            tracemalloc.stop()


# -- other programs ----------------------------------------------------------------------------------------


def test_meditation_assistant(tmp_path: Path) -> None:
    """Times are in UTC and to the minute; a session began where this computer is."""
    path = written(
        tmp_path / "sessions.csv",
        '"ID","Length","Started","Completed","Message"',
        '"1","00:15","2026-03-19 20:04","2026-03-19 20:20","calm, ""warm"""',
        '"2","01:00","2026-07-19 20:04","2026-07-19 21:04",""',
    )
    with History.in_memory() as history:
        report = bring_in(history, path)
        assert report.kind is FileKind.MEDITATION_ASSISTANT
        assert counted(report) == {"new": 2}
        assert counted(bring_in(history, path)) == {"same": 2}
        summer, winter = history.records()
    assert winter.started_at == datetime(2026, 3, 19, 20, 4, tzinfo=UTC)
    assert winter.started_at.utcoffset() == winter.started_at.astimezone().utcoffset()
    assert winter.ended_at == datetime(2026, 3, 19, 20, 20, tzinfo=UTC)
    assert (winter.done_s, winter.on_mat_s, winter.area, winter.note) == (900, 0, "none", 'calm, "warm"')
    assert summer.done_s == 3600


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('"1","0:5","2026-03-19 20:04","2026-03-19 20:20",""', "Length"),
        ('"1","00:15","19.3.2026","2026-03-19 20:20",""', "Started"),
        ('"1","00:15","2026-03-19 20:04","",""', "Completed"),
        ('"1","00:15","2026-03-19 20:04","2026-03-19 20:00",""', "Completed"),
        ('"1","00:15","2026-03-19 20:04","2026-03-19 20:20"', ""),
    ],
)
def test_a_wrong_line_of_meditation_assistant(tmp_path: Path, line: str, field: str) -> None:
    """Told by that program's own names."""
    path = written(tmp_path / "sessions.csv", "ID,Length,Started,Completed,Message", line)
    with History.in_memory() as history:
        (refusal,) = bring_in(history, path, dry_run=True).refusals
    assert (refusal.line, refusal.field) == (2, field)


def test_a_habit_of_loop(tmp_path: Path) -> None:
    """A day done is a session of unknown length; a day skipped is a day off; what is implied is neither."""
    folder = tmp_path / "001 Acupressure mat"
    folder.mkdir()
    path = written(
        folder / "Checkmarks.csv",
        "Date,Value,Notes",
        '2026-03-05,YES_MANUAL,"calm, warm"',
        "2026-03-04,NO,Sick",
        "2026-03-03,YES_AUTO,",
        "2026-03-02,SKIP,",
        "2026-03-01,UNKNOWN,",
        "2026-02-28,15000,",
    )
    from matsession.storage.exchange.other_programs import ImportWish

    with History.in_memory() as history:
        report = bring_in(history, path, wish=ImportWish(area="full_back"))
        assert report.kind is FileKind.LOOP
        assert counted(report) == {"new": 2, "rest_days": 1, "left_out": 3}
        assert history.rest_days() == {date(2026, 3, 2)}
        ticked, timed = history.records()
        assert counted(bring_in(history, path, wish=ImportWish(area="full_back"))) == {
            "same": 2,
            "left_out": 3,
        }
    assert (ticked.started_at.date(), ticked.started_at.hour) == (date(2026, 3, 5), 12)
    assert (ticked.done_s, ticked.note, ticked.area) == (0, "calm, warm", "full_back")
    assert ticked.preset_name == "Acupressure mat"
    assert timed.done_s == pytest.approx(900)


def test_several_habits_of_loop(tmp_path: Path) -> None:
    """One of them has to be named; the older format has numbers."""
    from matsession.storage.exchange.other_programs import ImportWish

    path = written(
        tmp_path / "Checkmarks.csv", "Date,Mat,Wake up early,", "2015-01-25,-1,2,", "2015-01-24,2,0,"
    )
    with History.in_memory() as history:
        with pytest.raises(ExchangeError, match=r'several habits.*"Mat", "Wake up early"'):
            bring_in(history, path)
        with pytest.raises(ExchangeError, match='no habit "mat"'):
            bring_in(history, path, wish=ImportWish(habit="mat"))
        bring_in(history, path, wish=ImportWish(habit="Mat"))
        assert [row.started_at.date() for row in history.records()] == [date(2015, 1, 24)]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("24.1.2015,2", "Date"),
        ("2015-01-24,perhaps", "Value"),
        ("2015-01-24,-7", "Value"),
        ("2015-01-24", ""),
    ],
)
def test_a_wrong_line_of_loop(tmp_path: Path, line: str, field: str) -> None:
    """Told by that program's own names."""
    path = written(tmp_path / "Checkmarks.csv", "Date,Value", line)
    with History.in_memory() as history:
        (refusal,) = bring_in(history, path, dry_run=True).refusals
    assert (refusal.line, refusal.field) == (2, field)
