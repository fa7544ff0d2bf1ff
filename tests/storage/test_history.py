"""The history in a file: nothing that was acknowledged is ever lost."""

import os
import random
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.app.ports import HistoryStore
from matsession.domain.days import day_of
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.storage.database import Database, StorageError, StorageProblem
from matsession.storage.history import History

NOW = datetime(2026, 3, 19, 20, 30, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))

SAVE_FOR_EVER = """
import sys, uuid
from datetime import UTC, datetime
from pathlib import Path
from matsession.domain.record import SessionRecord
from matsession.storage.history import History
history = History.open(Path(sys.argv[1]))
while True:
    record = SessionRecord(
        id=str(uuid.uuid4()), preset_id="p", preset_name="P", area="neck",
        started_at=datetime.now(UTC), planned_s=600, note="x" * 3000,
    )
    history.save(record)
    print(record.id, flush=True)
"""

rows = st.builds(
    SessionRecord,
    id=st.uuids().map(str),
    preset_id=st.text("abc_", min_size=1),
    preset_name=st.text(st.characters(exclude_categories=["Cs"])),
    area=st.sampled_from(["neck", "full_back"]),
    started_at=st.builds(
        lambda second, ms, offset: (
            datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second, milliseconds=ms)
        ).astimezone(timezone(timedelta(minutes=offset))),
        st.integers(-(10**9), 10**9),
        st.integers(0, 999),
        st.integers(-14 * 60, 14 * 60),
    ),
    planned_s=st.floats(0, 1e6),
    done_s=st.floats(0, 1e6),
    on_mat_s=st.floats(0, 1e6),
    state=st.sampled_from(RowState),
    rating_scale=st.sampled_from(["", "pain_nrs"]),
    rating_before=st.none() | st.integers(0, 10),
    rating_after=st.none() | st.integers(0, 10),
    note=st.text(st.characters(exclude_categories=["Cs"])),
    device_id=st.sampled_from(["", "another"]),
    mat_name=st.text(st.characters(exclude_categories=["Cs"])),
    strongest=st.none() | st.integers(0, 10),
    morning_scale=st.sampled_from(["", "sleep_sqs"]),
    morning_rating=st.none() | st.integers(0, 10),
)


def make_record(started_at: datetime = NOW, **more: Any) -> SessionRecord:
    """A finished session."""
    values: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "preset_id": "neck",
        "preset_name": "Neck",
        "area": "neck",
        "planned_s": 600,
        "state": RowState.FINISHED,
    }
    return SessionRecord(started_at=started_at, **{**values, **more})


def save_all(history: History, records: list[SessionRecord], saved: list[str]) -> None:
    """Save one after the other, and note each that was saved."""
    for record in records:
        history.save(record)
        saved.append(record.id)


def test_it_fulfils_the_port() -> None:
    """The app can use it where it asks for a HistoryStore."""
    with History.in_memory() as history:
        store: HistoryStore = history
        assert store.count() == 0


@given(st.lists(rows, unique_by=lambda record: record.id, max_size=5))
def test_round_trip(records: list[SessionRecord]) -> None:
    """Every record comes back as it was, with its own offset from UTC."""
    with History.in_memory(lambda: NOW) as history:
        for record in records:
            history.save(record)
        for record in records:
            expected = replace(record, updated_at=NOW, device_id=record.device_id or history.device_id)
            found = history.get(record.id)
            assert found == expected
            assert found.started_at.utcoffset() == record.started_at.utcoffset()
        assert history.count() == len(records)
        newest = sorted(records, key=lambda record: record.started_at, reverse=True)
        assert [row.started_at for row in history.records()] == [row.started_at for row in newest]


@given(
    st.lists(rows, unique_by=lambda record: record.id, max_size=8),
    st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    st.sampled_from([None, "neck"]),
    st.sampled_from([0, 240, 720]),
)
def test_days_are_local_ones(
    records: list[SessionRecord], from_day: date | None, to_day: date | None, area: str | None, turn_min: int
) -> None:
    """A row belongs to the day that the calendar showed where the session was, by the turn of the day."""
    near = [
        replace(row, started_at=row.started_at.replace(year=2020, month=3, day=row.started_at.day % 3 + 1))
        for row in records
    ]
    with History.in_memory() as history:
        for record in near:
            history.save(record)
        found = history.records(from_day=from_day, to_day=to_day, area=area, turn_min=turn_min)
    expected = {
        row.id
        for row in near
        if (from_day is None or day_of(row.started_at, turn_min) >= from_day)
        and (to_day is None or day_of(row.started_at, turn_min) <= to_day)
        and area in (None, row.area)
    }
    assert {row.id for row in found} == expected


def test_a_late_evening_is_not_the_next_day() -> None:
    """At 23:30 in New York it is tomorrow in Greenwich, and today for who lies on the mat."""
    evening = datetime(2026, 3, 19, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    with History.in_memory() as history:
        history.save(make_record(evening))
        day = date(2026, 3, 19)
        assert [row.started_at for row in history.records(from_day=day, to_day=day)] == [evening]
        assert history.records(from_day=date(2026, 3, 20)) == []


@given(
    st.lists(rows, unique_by=lambda record: record.id, max_size=12),
    st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
)
def test_uses_are_the_rows_counted(
    records: list[SessionRecord], from_day: date | None, to_day: date | None
) -> None:
    """Areas and presets are counted over the very rows that a list of them shows."""
    with History.in_memory() as history:
        for record in records:
            history.save(record)
        listed = history.records(from_day=from_day, to_day=to_day)
        assert history.uses_by_area(from_day=from_day, to_day=to_day) == Counter(row.area for row in listed)
        everything = history.records()
        counts = Counter(row.preset_id for row in everything)
        found = history.presets_by_use()
        assert set(found) == set(counts)
        assert [counts[each] for each in found] == sorted(counts.values(), reverse=True)


def test_of_presets_used_equally_the_latest_comes_first() -> None:
    """And a deleted row does not count."""
    with History.in_memory() as history:
        for preset_id, day in (("a", 1), ("b", 2), ("c", 3), ("c", 4)):
            history.save(make_record(NOW + timedelta(days=day), preset_id=preset_id))
        assert history.presets_by_use() == ["c", "b", "a"]
        latest, *_ = history.records()
        history.delete(latest.id)
        assert history.presets_by_use() == ["c", "b", "a"]
        assert history.uses_by_area() == {"neck": 3}
        history.delete(history.records()[0].id)
        assert history.presets_by_use() == ["b", "a"]


def test_limit_and_offset() -> None:
    """Pages follow one another, newest first."""
    with History.in_memory() as history:
        for hour in range(7):
            history.save(make_record(NOW + timedelta(hours=hour), note=str(hour)))
        pages = [[row.note for row in history.records(limit=3, offset=start)] for start in (0, 3, 6, 9)]
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"], []]


def test_a_row_that_is_saved_again_is_changed() -> None:
    """Rating and note come after the end, for the same row."""
    moments = iter([NOW, NOW + timedelta(minutes=1)])
    with History.in_memory(lambda: next(moments)) as history:
        record = make_record()
        history.save(record)
        history.save(replace(record, rating_after=3, note="warm"))
        found = history.get(record.id)
        assert found is not None
        assert (found.rating_after, found.note, history.count()) == (3, "warm", 1)
        assert found.updated_at == NOW + timedelta(minutes=1)


def test_mark_notes_how_far_it_came() -> None:
    """What a crash leaves is an open row with what was done."""
    with History.in_memory(lambda: NOW) as history:
        record = make_record(state=RowState.OPEN)
        history.save(record)
        history.mark(record.id, 120.5, 100, 900)
        (row,) = history.left_open()
        assert (row.done_s, row.on_mat_s, row.planned_s) == (120.5, 100, 900)


def test_mark_tells_of_a_row_that_is_missing() -> None:
    """The journal then knows that it has to save the whole row."""
    with History.in_memory() as history:
        with pytest.raises(StorageError) as caught:
            history.mark("nobody", 1, 1, 1)
        assert caught.value.problem is StorageProblem.ROW_MISSING


def test_left_open_is_oldest_first() -> None:
    """Only rows begun and never completed, in the order in which they were begun."""
    with History.in_memory() as history:
        for hour in (2, 1, 3):
            history.save(make_record(NOW + timedelta(hours=hour), state=RowState.OPEN, note=str(hour)))
        history.save(make_record())
        assert [row.note for row in history.left_open()] == ["1", "2", "3"]


def test_a_deleted_row_is_hidden_and_can_come_back(tmp_path: Path) -> None:
    """Deleting hides the row everywhere, keeps it in the file, and saving it again brings it back."""
    path = tmp_path / "h.sqlite3"
    with History.open(path, lambda: NOW) as history:
        record = make_record(state=RowState.OPEN)
        history.save(record)
        history.delete(record.id)
        history.delete(record.id)
        assert (history.get(record.id), history.count()) == (None, 0)
        assert (history.records(), history.left_open()) == ([], [])
    with Database.open(path) as database, database.reading() as connection:
        deleted_ms = connection.execute("SELECT deleted_ms FROM session").fetchall()
        assert deleted_ms == [(int(NOW.timestamp() * 1000),)]
    with History.open(path) as history:
        history.save(record)
        assert history.count() == 1


def test_the_device_id_is_made_once(tmp_path: Path) -> None:
    """An installation keeps its id; another has another."""
    ids = set()
    for _ in range(3):
        with History.open(tmp_path / "h.sqlite3") as history:
            ids.add(history.device_id)
    with History.open(tmp_path / "other.sqlite3") as other:
        assert len(ids) == 1
        assert other.device_id not in ids
        assert uuid.UUID(other.device_id).version == 4


def test_half_a_surrogate_pair_in_a_note_is_no_crash() -> None:
    """What cannot be written in UTF-8 becomes a question mark."""
    with History.in_memory() as history:
        record = make_record(note="a\ud800b\x00c")
        history.save(record)
        found = history.get(record.id)
        assert found is not None
        assert found.note == "a?b\x00c"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("rating_before", 11),
        ("rating_after", -1),
        ("state", "'lost'"),
        ("planned_s", -1),
        ("done_s", "9e999"),
        ("started_ms", "'yesterday'"),
        ("utc_offset_s", 100_000),
    ],
)
def test_the_file_itself_refuses_what_cannot_be(column: str, value: object, tmp_path: Path) -> None:
    """Other programs that write into the file cannot put in what we could not read."""
    with History.open(tmp_path / "h.sqlite3") as history:
        history.save(make_record())
    with (
        Database.open(tmp_path / "h.sqlite3") as database,
        pytest.raises(sqlite3.IntegrityError),
        database.writing() as connection,
    ):
        connection.execute(f"UPDATE session SET {column} = {value}")


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    """Saving fails with a sentence, what was there can be read, and with room again it goes on."""
    with Database.open(tmp_path / "h.sqlite3") as database:
        history = History(database)
        with database.reading() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        records = [make_record(note="x" * 1000) for _ in range(100)]
        saved: list[str] = []
        with pytest.raises(StorageError) as caught:
            save_all(history, records, saved)
        assert caught.value.problem is StorageProblem.DISK_FULL
        assert saved
        assert {row.id for row in history.records()} == set(saved)
        database.check()
        with database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        history.save(records[-1])
        assert history.count() == len(saved) + 1


def test_a_file_that_became_read_only_is_told(tmp_path: Path) -> None:
    """SQLite's refusal to write becomes a sentence for the person."""
    with Database.open(tmp_path / "h.sqlite3") as database:
        history = History(database)
        with database.reading() as connection:
            connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StorageError) as caught:
            history.save(make_record())
        assert caught.value.problem is StorageProblem.READ_ONLY
        assert history.count() == 0


def test_kill_9_loses_no_acknowledged_row(tmp_path: Path) -> None:
    """Twenty times a program is killed amid its commits; every row it told of is there, the file whole."""
    path = tmp_path / "h.sqlite3"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    acknowledged: set[str] = set()
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as child:
            assert child.stdout is not None
            for _ in range(random.randint(1, 12)):
                acknowledged.add(child.stdout.readline().strip())
            child.kill()
            # The last line may be cut off in its middle; such a row was not told of.
            acknowledged |= {
                line.strip() for line in child.stdout.read().splitlines(keepends=True) if line[-1] == "\n"
            }
        with History.open(path) as history:
            kept = {row.id for row in history.records()}
        assert acknowledged <= kept
    assert len(acknowledged) >= 20


def test_the_proof_of_ring_is_kept_with_its_row(tmp_path: Path) -> None:
    """The last report for each chime counts, in order of time; saving again replaces."""
    row = make_record()
    open_ = CueReport(0.0, ChimeName.OPEN, 0.02, "Qt, Speakers", "")
    missed = CueReport(90.0, ChimeName.WAKE, None, "", "no_output")
    wake = CueReport(90.0, ChimeName.WAKE, 1.5, "Qt, Speakers", "")
    with History.open(tmp_path / "h.sqlite3") as history:
        history.save(row)
        history.save_cues(row.id, [missed, open_, wake])
        assert history.cues(row.id) == [open_, wake]
        history.save_cues(row.id, [missed])
    with History.open(tmp_path / "h.sqlite3") as history:
        assert history.cues(row.id) == [missed]
        assert history.cues("another") == []


def test_a_proof_without_its_row_is_refused() -> None:
    """The caller learns that the row is missing and can save it first."""
    with History.in_memory() as history, pytest.raises(StorageError) as refused:
        history.save_cues("nothing", [])
    assert refused.value.problem is StorageProblem.ROW_MISSING


def test_what_a_session_writes_waits_for_no_other_program(tmp_path: Path) -> None:
    """Its chimes do not wait either; the journal offers the line again."""
    with History.open(tmp_path / "h.sqlite3") as history:
        record = make_record()
        told: list[str] = []
        history._database._connection.set_trace_callback(told.append)
        history.save(record)
        history.mark(record.id, 1.0, 1.0, 600.0)
        history.save_cues(record.id, [])
        history.delete(record.id)
        history._database._connection.set_trace_callback(None)
        kept = [line for line in told if line.startswith(("PRAGMA busy_timeout", "BEGIN"))]
        hurried = ["PRAGMA busy_timeout = 200", "BEGIN IMMEDIATE", "PRAGMA busy_timeout = 5000"]
        assert kept == [*hurried * 3, "BEGIN IMMEDIATE"]
