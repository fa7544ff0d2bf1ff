"""Sums that the file keeps: always what the sessions themselves add up to."""

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from matsession.app.ports import SumStore
from matsession.domain.days import Span
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.statistics import sum_up
from matsession.domain.streak import DayRun
from matsession.storage.database import Database, StorageError, StorageProblem
from matsession.storage.history import History
from tests.fakes import FakeStore

NOW = datetime(2026, 3, 19, 20, 30, tzinfo=UTC)

TURNS = st.sampled_from([0, 240, 330, 720])

MOMENTS = st.one_of(
    st.datetimes(datetime(2025, 12, 1), datetime(2026, 3, 1)),  # noqa: DTZ001
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30)),  # noqa: DTZ001
).flatmap(
    lambda wall: st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: wall.replace(
            microsecond=wall.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(minutes=minutes))
        )
    )
)

RATING = st.none() | st.integers(0, 10)

RECORDS = st.builds(
    SessionRecord,
    id=st.uuids().map(str),
    preset_id=st.sampled_from(["one", "two"]),
    preset_name=st.just("P"),
    area=st.sampled_from(["neck", "lower_back", "none"]),
    started_at=MOMENTS,
    planned_s=st.just(600.0),
    done_s=st.floats(0, 1e4) | st.just(1e300),
    on_mat_s=st.floats(0, 1e4),
    state=st.sampled_from(RowState),
    rating_scale=st.sampled_from(["pain_nrs", "stress_nrs", ""]),
    rating_before=RATING,
    rating_after=RATING,
)


def make_record(started_at: datetime = NOW, **more: Any) -> SessionRecord:
    """A finished session of ten minutes with ratings."""
    values: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "preset_id": "neck",
        "preset_name": "Neck",
        "area": "neck",
        "planned_s": 600,
        "done_s": 600,
        "on_mat_s": 540,
        "state": RowState.FINISHED,
        "rating_scale": "pain_nrs",
        "rating_before": 6,
        "rating_after": 4,
    }
    return SessionRecord(started_at=started_at, **{**values, **more})


def expect_sums(history: History, records: list[SessionRecord], turn_min: int) -> None:
    """The file says what the records say, span by span and day by day."""
    for span in Span:
        assert history.sums.read(span) == sum_up(records, span, turn_min)
    fake = FakeStore()
    fake.rows.update({record.id: record for record in records})
    fake.sums.turn_min = turn_min
    assert history.sums.runs() == fake.sums.runs()
    assert history.sums.check() == 0


class Tampering(RuleBasedStateMachine):
    """Sessions come, change, go and come back; the day turns at another hour; the building is broken off."""

    ids: Bundle[str] = Bundle("ids")

    @initialize(turn_min=TURNS)
    def begin(self, turn_min: int) -> None:
        self.history = History.in_memory(lambda: NOW)
        self.database = self.history._database
        self.history.sums.added_at_once = 2  # so that there are pieces
        self.rows: dict[str, SessionRecord] = {}
        self.turn_min = turn_min
        self.building: Iterator[float] = self.history.sums.follow_day_turn(turn_min)
        self.finish()

    def finish(self) -> None:
        for done in self.building:
            assert 0 <= done <= 1

    @rule(target=ids, record=RECORDS)
    def save(self, record: SessionRecord) -> str:
        self.history.save(record)
        self.rows[record.id] = record
        return record.id

    @rule(row=ids, record=RECORDS)
    def change(self, row: str, record: SessionRecord) -> None:
        self.save(replace(record, id=row))

    @rule(row=ids)
    def delete(self, row: str) -> None:
        self.history.delete(row)
        if row in self.rows:
            self.rows[row] = replace(self.rows[row], deleted_at=NOW)

    @rule(row=ids, seconds=st.floats(0, 1e4))
    def mark(self, row: str, seconds: float) -> None:
        if row in self.rows:
            self.history.mark(row, seconds, seconds / 2, 600)
            self.rows[row] = replace(self.rows[row], done_s=seconds, on_mat_s=seconds / 2)

    @rule(row=ids)
    def purge(self, row: str) -> None:
        with self.database.writing() as connection:
            connection.execute("DELETE FROM session WHERE id = ?", (row,))
        self.rows.pop(row, None)

    @rule(row=ids, verb=st.sampled_from(["INSERT OR REPLACE", "INSERT OR IGNORE"]), other=ids)
    def overwrite(self, row: str, verb: str, other: str) -> None:
        with self.database.writing() as connection:
            connection.execute("CREATE TEMP TABLE copied AS SELECT * FROM session WHERE id = ?", (row,))
            connection.execute("UPDATE copied SET id = ?", (other,))
            connection.execute(f"{verb} INTO session SELECT * FROM copied")
            connection.execute("DROP TABLE copied")
        if row in self.rows and (verb == "INSERT OR REPLACE" or other not in self.rows):
            self.rows[other] = replace(self.rows[row], id=other)

    @rule(turn_min=TURNS)
    def turn_the_day(self, turn_min: int) -> None:
        self.turn_min = turn_min
        self.building = self.history.sums.follow_day_turn(turn_min)

    @rule()
    def build_a_piece(self) -> None:
        next(self.building, None)

    @rule()
    def begin_again(self) -> None:
        self.building = self.history.sums.rebuild()

    @rule()
    def give_up(self) -> None:
        self.building = self.history.sums.follow_day_turn(self.turn_min)

    @invariant()
    def what_is_built_is_right(self) -> None:
        if hasattr(self, "history"):
            assert self.history.sums.check() == 0
            assert self.history.count() == sum(row.deleted_at is None for row in self.rows.values())

    def teardown(self) -> None:
        if hasattr(self, "history"):
            self.finish()
            for _ in self.history.sums.follow_day_turn(self.turn_min):
                pass
            expect_sums(self.history, list(self.rows.values()), self.turn_min)
            self.history.close()


TestTampering = Tampering.TestCase
TestTampering.settings = settings(max_examples=60, stateful_step_count=25)


@given(st.lists(RECORDS, unique_by=lambda record: record.id, max_size=8), TURNS)
def test_sums_are_those_of_the_records(records: list[SessionRecord], turn_min: int) -> None:
    """In any year, zone and turn of the day; saved first and added up later comes to the same."""
    with History.in_memory() as history:
        for record in records:
            history.save(record)
        expect_sums(history, records, 240)
        list(history.sums.follow_day_turn(turn_min))
        expect_sums(history, records, turn_min)


def test_it_fulfils_the_port() -> None:
    """The app can use it where it asks for a SumStore."""
    with History.in_memory() as history:
        store: SumStore = history.sums
        assert store.runs() == []


def test_a_new_history_needs_no_building(tmp_path: Path) -> None:
    """Its sums are complete from the first session on."""
    with History.open(tmp_path / "h.sqlite3") as history:
        assert list(history.sums.follow_day_turn(240)) == []
        history.save(make_record())
        assert list(history.sums.follow_day_turn(240)) == []
        assert history.sums.read(Span.YEAR)[0].sums.sessions == 1


def test_another_turn_of_the_day_moves_the_night() -> None:
    """One in the night belongs to the evening, or to the morning where the day turns at midnight."""
    night = datetime(2026, 3, 19, 1, 0, tzinfo=UTC)
    with History.in_memory() as history:
        history.save(make_record(night))
        assert history.sums.runs() == [DayRun(date(2026, 3, 18), date(2026, 3, 18), 0, 0)]
        assert list(history.sums.follow_day_turn(0)) == [1.0]
        assert history.sums.runs() == [DayRun(date(2026, 3, 19), date(2026, 3, 19), 0, 0)]
        assert list(history.sums.follow_day_turn(0)) == []


def test_half_built_sums_are_not_shown() -> None:
    """Who asks is told to wait; sessions are saved meanwhile, and the progress never goes back."""
    with History.in_memory() as history:
        history.sums.added_at_once = 10
        records = [make_record(NOW + timedelta(hours=hour)) for hour in range(35)]
        for record in records[:-2]:
            history.save(record)
        building = history.sums.follow_day_turn(0)
        told = [next(building), next(building)]
        for ask in (
            history.sums.runs,
            lambda: history.sums.read(Span.DAY),
            lambda: history.rated("pain_nrs", 1),
        ):
            with pytest.raises(StorageError) as caught:
                ask()
            assert caught.value.problem is StorageProblem.SUMS_UNFINISHED
        for record in records[-2:]:
            history.save(record)
        told += building
        assert told == sorted(told)
        assert told[-1] == 1.0
        expect_sums(history, records, 0)


def test_a_building_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    """After a crash or a Cancel the next one begins where this one ended."""
    records = [make_record(NOW + timedelta(hours=hour)) for hour in range(35)]
    with History.open(tmp_path / "h.sqlite3") as history:
        history.sums.added_at_once = 10
        for record in records:
            history.save(record)
        building = history.sums.follow_day_turn(0)
        next(building)
        next(building)
    with History.open(tmp_path / "h.sqlite3") as history:
        history.sums.added_at_once = 10
        assert len(list(history.sums.follow_day_turn(0))) == 2
        expect_sums(history, records, 0)


def test_sessions_of_the_same_moment_are_not_parted() -> None:
    """An import may give a hundred of them one time of day."""
    records = [make_record() for _ in range(20)] + [make_record(NOW + timedelta(seconds=1))]
    with History.in_memory() as history:
        history.sums.added_at_once = 3
        for record in records:
            history.save(record)
        assert len(list(history.sums.rebuild())) < 10
        expect_sums(history, records, 240)


def test_another_program_may_wish_for_another_turn(tmp_path: Path) -> None:
    """The one that came first gives way, and the sums are those of the second."""
    path = tmp_path / "h.sqlite3"
    with History.open(path) as first, History.open(path) as second:
        first.save(make_record())
        building = first.sums.follow_day_turn(0)
        next(building)
        list(second.sums.follow_day_turn(720))
        assert list(building) == []
        assert first.sums.runs() == [DayRun(date(2026, 3, 19), date(2026, 3, 19), 0, 0)]
        assert first.sums.check() == 0


@pytest.mark.parametrize(
    ("tampering", "wrong"),
    [
        ("UPDATE period_sum SET sessions = sessions + 1 WHERE span = 'day'", 1),
        ("UPDATE period_sum SET change_squares = 5 WHERE span = 'week'", 1),
        ("DELETE FROM period_sum WHERE span = 'month'", 1),
        ("UPDATE period_sum SET start_day = start_day + 365 WHERE span = 'year'", 2),
        ("DELETE FROM period_sum", 4),
    ],
)
def test_the_check_finds_what_is_wrong_and_building_anew_mends_it(
    tampering: str, wrong: int, tmp_path: Path
) -> None:
    """Whatever another program did to the sums."""
    path = tmp_path / "h.sqlite3"
    with History.open(path) as history:
        history.save(make_record())
    with Database.open(path) as database, database.writing() as connection:
        connection.execute(tampering)
    with History.open(path) as history:
        assert history.sums.check() == wrong
        list(history.sums.rebuild())
        assert history.sums.check() == 0


def test_a_lost_trigger_is_found_by_what_it_leaves_behind(tmp_path: Path) -> None:
    """The session was taken away from its sums, and never added again."""
    path = tmp_path / "h.sqlite3"
    with History.open(path) as history:
        record = make_record()
        history.save(record)
    with Database.open(path) as database, database.writing() as connection:
        connection.execute("DROP TRIGGER session_changed")
    with History.open(path) as history:
        history.save(replace(record, note="x"))
        assert history.sums.check() == 4


def test_a_save_that_fails_leaves_the_sums_as_they_were() -> None:
    """Session and sums are one transaction."""
    with History.in_memory() as history:
        history.save(make_record())
        with contextlib.suppress(ZeroDivisionError), history._database.writing() as connection:
            connection.execute("UPDATE session SET done_s = 1, area = 'calves'")
            assert history.sums.read(Span.MONTH)[0].key.area == "calves"
            raise ZeroDivisionError
        assert [each.key.area for each in history.sums.read(Span.MONTH)] == ["neck"]
        assert history.sums.check() == 0


def test_reading_from_a_day_begins_with_its_span() -> None:
    """A Thursday asks for its whole week."""
    with History.in_memory() as history:
        for day in (1, 16, 19):
            history.save(make_record(datetime(2026, 3, day, 12, tzinfo=UTC)))
        thursday = date(2026, 3, 19)
        assert [each.sums.sessions for each in history.sums.read(Span.WEEK, thursday)] == [2]
        assert [each.key.start for each in history.sums.read(Span.DAY, thursday)] == [thursday]
        assert history.sums.read(Span.MONTH, thursday)[0].sums.sessions == 3


def test_where_one_was_is_kept_with_the_day() -> None:
    """Both ends of a journey."""
    with History.in_memory() as history:
        for offset_h in (9, -8, 1):
            zone = timezone(timedelta(hours=offset_h))
            history.save(make_record(datetime(2026, 3, 19, 12, tzinfo=zone)))
        day = date(2026, 3, 19)
        assert history.sums.runs() == [DayRun(day, day, 9 * 3600, -8 * 3600)]
        assert history.sums.read(Span.DAY)[0].sums.sessions == 3


@given(st.lists(RECORDS, unique_by=lambda record: record.id, max_size=12), st.integers(1, 4))
def test_the_newest_rated_sessions(records: list[SessionRecord], limit: int) -> None:
    """On a mat, over, with both ratings, newest first."""
    fake = FakeStore()
    with History.in_memory() as history:
        for record in records:
            history.save(record)
            fake.save(record)
        found = history.rated("pain_nrs", limit)
        expected = fake.rated("pain_nrs", limit)
    assert [row.started_at for row in found] == [row.started_at for row in expected]
    assert all(row.change is not None and row.area != "none" for row in found)


@pytest.mark.parametrize("turn_min", [0, 240, 720])
def test_the_day_in_the_file_is_the_day_of_the_domain(turn_min: int) -> None:
    """At the very ends of the calendar too, where its first morning has no evening before it."""
    records = [
        make_record(when.astimezone(timezone(timedelta(hours=hours))))
        for when in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, 23, tzinfo=UTC))
        for hours in (-14, 14)
    ]
    with History.in_memory() as history:
        for record in records:
            history.save(record)
        list(history.sums.follow_day_turn(turn_min))
        assert min(run.first for run in history.sums.runs()) == date(1, 1, 1)
        expect_sums(history, records, turn_min)


def test_a_row_that_is_replaced_counts_once() -> None:
    """INSERT OR REPLACE deletes without firing triggers, unless it is told to."""
    with History.in_memory() as history:
        history.save(make_record())
        with history._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO session SELECT * FROM session")
        assert history.sums.check() == 0
        assert history.count() == 1


# -- days off --------------------------------------------------------------------------------------------


def test_a_day_off_is_marked_and_unmarked(tmp_path: Path) -> None:
    """Marked twice it is one; unmarked it stays in the file as deleted, with who did it and when."""
    path = tmp_path / "h.sqlite3"
    day = date(2026, 3, 19)
    with History.open(path, lambda: NOW) as history:
        history.set_rest_day(day, rest=True)
        history.set_rest_day(day, rest=True)
        history.set_rest_day(date(2026, 3, 20), rest=True)
        assert history.rest_days() == {day, date(2026, 3, 20)}
        history.set_rest_day(day, rest=False)
        history.set_rest_day(date(2030, 1, 1), rest=False)
        assert history.rest_days() == {date(2026, 3, 20)}
        device = history.device_id
    with Database.open(path) as database, database.reading() as connection:
        rows = connection.execute("SELECT * FROM rest_day ORDER BY day").fetchall()
    now_ms = int(NOW.timestamp() * 1000)
    assert rows == [("2026-03-19", device, now_ms, now_ms), ("2026-03-20", device, now_ms, None)]
    with History.open(path) as history:
        history.set_rest_day(day, rest=True)
        assert history.rest_days() == {day, date(2026, 3, 20)}


@pytest.mark.parametrize("day", ["2026-02-30", "2026-99-99", "0000-01-01", "tomorrow", "2026-3-1", ""])
def test_a_day_off_that_is_no_day_is_refused_by_the_file_itself(day: str, tmp_path: Path) -> None:
    """Other programs cannot put in what we could not read."""
    with (
        Database.open(tmp_path / "h.sqlite3") as database,
        pytest.raises(sqlite3.IntegrityError),
        database.writing() as connection,
    ):
        connection.execute("INSERT INTO rest_day VALUES (?, 'x', 0, NULL)", (day,))
