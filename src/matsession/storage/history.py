"""The history in the database: session records in, session records out."""

import uuid
from collections.abc import Callable, Generator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from matsession.domain.body import BodyArea
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport, prove
from matsession.domain.record import SessionRecord
from matsession.domain.session_query import SessionQuery
from matsession.storage.database import TIMEOUT_S, Database
from matsession.storage.errors import StorageError, StorageProblem, storage_error
from matsession.storage.session_pages import SessionPages
from matsession.storage.session_rows import (
    COLUMNS,
    FURTHEST_OFFSET_MS,
    MARKS,
    SELECT,
    day_ms,
    in_days,
    ms_of,
    record_of,
    row_of,
    writable,
)
from matsession.storage.sums import SessionSums

if TYPE_CHECKING:  # only who brings something in or out needs them
    from matsession.storage.backups import BackupKind
    from matsession.storage.exchange.export import ExportWish
    from matsession.storage.exchange.other_programs import ImportWish
    from matsession.storage.exchange.report import ImportReport

_COUNT: Final = "SELECT area, count(*) FROM session"

_SAVE: Final = f"""
INSERT INTO session ({COLUMNS})
VALUES ({MARKS})
ON CONFLICT (id) DO UPDATE SET preset_id = excluded.preset_id, preset_name = excluded.preset_name,
    area = excluded.area, started_ms = excluded.started_ms, ended_ms = excluded.ended_ms,
    utc_offset_s = excluded.utc_offset_s, planned_s = excluded.planned_s, done_s = excluded.done_s,
    on_mat_s = excluded.on_mat_s, state = excluded.state, rating_scale = excluded.rating_scale,
    rating_before = excluded.rating_before, rating_after = excluded.rating_after, note = excluded.note,
    device_id = excluded.device_id, updated_ms = excluded.updated_ms, deleted_ms = excluded.deleted_ms,
    mat_name = excluded.mat_name, strongest = excluded.strongest, morning_scale = excluded.morning_scale,
    morning_rating = excluded.morning_rating"""  # noqa: S608 - made of our own words alone


def _now() -> datetime:
    return datetime.now(UTC)


class History:
    """Keeps session records. Every write is one transaction. Its methods raise StorageError.

    Times are kept to the millisecond, with one offset from UTC for the whole row, that of its start.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _now) -> None:
        """Use this database; ``now`` tells when a row was changed, as an aware time."""
        self._database = database
        self._now = now
        with database.reading() as connection:
            found = connection.execute("SELECT device_id FROM installation").fetchone()
        if found is None:
            with database.writing() as connection:
                connection.execute("INSERT OR IGNORE INTO installation VALUES (1, ?)", (str(uuid.uuid4()),))
                found = connection.execute("SELECT device_id FROM installation").fetchone()
        self.device_id: Final[str] = found[0]
        """This installation, made once; rows that come from elsewhere have another."""
        self.sums: Final = SessionSums(database)
        """What the sessions add up to."""

    @classmethod
    def open(
        cls,
        path: Path,
        now: Callable[[], datetime] = _now,
        *,
        timeout_s: float = TIMEOUT_S,
        check: bool = True,
    ) -> Self:
        """The history in this file, which is made where it is missing. The others as in Database.open."""
        database = Database.open(path, timeout_s=timeout_s, check=check)
        try:
            return cls(database, now)
        except BaseException:
            database.close()
            raise

    @classmethod
    def open_newer(cls, path: Path) -> Self:
        """The history that a newer version wrote, to be looked at; see Database.open_newer."""
        database = Database.open_newer(path)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    @classmethod
    def to_look_at(cls, path: Path) -> Self:
        """The history in this file for who only looks: also one that a newer version wrote."""
        try:
            return cls.open(path)
        except StorageError as error:
            if error.problem is not StorageProblem.NEWER:
                raise
            return cls.open_newer(path)

    @classmethod
    def in_memory(cls, now: Callable[[], datetime] = _now) -> Self:
        """A history that is gone when the program ends, for when no file can be used."""
        return cls(Database.in_memory(), now)

    @property
    def path(self) -> Path | None:
        """The file, or None for a history in memory."""
        return self._database.path

    def check(self) -> None:
        """Read the whole file for damage; for those who opened it without."""
        self._database.check()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        """Use as a context that closes the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def save(self, record: SessionRecord) -> None:
        """Write the row with this id, new or changed.

        ``updated_at`` is set to now, and ``device_id`` to this installation where it is empty. A record
        without ``deleted_at`` brings back a row that was deleted.
        """
        row = row_of(record, self.device_id, self._now())
        with self._database.hurried(), self._database.writing() as connection:
            connection.execute(_SAVE, row)

    def mark(self, record_id: str, done_s: float, on_mat_s: float, planned_s: float) -> None:
        """Note how far an open row has come. StorageError (ROW_MISSING) where there is no such row."""
        with self._database.hurried(), self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE session SET done_s = ?, on_mat_s = ?, planned_s = ?, updated_ms = ? WHERE id = ?",
                (done_s, on_mat_s, planned_s, ms_of(self._now()), record_id),
            )
            if cursor.rowcount == 0:
                raise storage_error(StorageProblem.ROW_MISSING, self.path)

    def get(self, record_id: str) -> SessionRecord | None:
        """Look up the row with this id; None where there is none, or it is deleted."""
        with self._database.reading() as connection:
            row = connection.execute(f"{SELECT} WHERE id = ? AND deleted_ms IS NULL", (record_id,)).fetchone()
        return None if row is None else record_of(row)

    def delete(self, record_id: str) -> None:
        """Mark the row as deleted; it stays in the file. No effect where it is gone already."""
        now_ms = ms_of(self._now())
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE session SET deleted_ms = ?, updated_ms = ? WHERE id = ? AND deleted_ms IS NULL",
                (now_ms, now_ms, record_id),
            )

    def find(self, query: SessionQuery) -> SessionPages:
        """Find the rows that are wanted, to be read page by page; as the rows are now."""
        return SessionPages(self._database, query, None if query.filters else self.count())

    def export_steps(self, path: Path, wish: "ExportWish | None" = None) -> Generator[float, None, int]:
        """Write a CSV or JSON file, step by step (``exchange.export``); returns how many sessions."""
        from matsession.storage.exchange.export import ExportWish, export_steps

        return export_steps(self._database, path, wish or ExportWish(), self.device_id, ms_of(self._now()))

    def import_steps(
        self,
        path: Path,
        *,
        dry_run: bool = False,
        skip_refused: bool = False,
        wish: "ImportWish | None" = None,
        before: Callable[[], None] | None = None,
        wanted_elsewhere: Callable[[], bool] | None = None,
    ) -> "Generator[float, None, ImportReport]":
        """Bring a file in, step by step (``exchange.importing``), all of it or nothing."""
        from matsession.storage.exchange.importing import import_steps

        return import_steps(
            self._database,
            self.device_id,
            path,
            dry_run=dry_run,
            skip_refused=skip_refused,
            wish=wish,
            before=before,
            wanted_elsewhere=wanted_elsewhere,
            now=lambda: ms_of(self._now()),
        )

    @property
    def read_only(self) -> bool:
        """Whether it can only be looked at, because a newer version wrote it."""
        return self._database.read_only

    def back_up(self, kind: "BackupKind", now: datetime) -> Path | None:
        """Make a backup now (``backups.Backups``); None for a history in memory."""
        from matsession.storage.backups import Backups

        return None if self.path is None else Backups(self.path).make(kind, self._database, now)

    def put_back(self, backup: Path, now: datetime) -> Path:
        """Let it be what it was in this backup; where the backup is of what it was until now."""
        from matsession.storage.backups import Backups

        assert self.path is not None, "a history in memory has no backups"
        return Backups(self.path).put_back_into(self._database, backup, now)

    def delete_everything(self) -> None:
        """Delete all sessions, chimes and days off for good; nothing of them stays in the file."""
        with self._database.writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            for table in ("cue", "rest_day", "period_sum"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
            self.sums.forget_within(connection)
            connection.execute("DELETE FROM session")
            self.sums.nothing_left_within(connection)
        with self._database.reading() as connection:
            connection.execute("VACUUM")

    def delete_all_of(self, record_ids: Sequence[str]) -> list[str]:
        """Mark rows as deleted, all or none of them; the ids of those that were not deleted already."""
        now_ms = ms_of(self._now())
        with self._database.writing() as connection:
            return [
                record_id
                for record_id in record_ids
                if connection.execute(
                    "UPDATE session SET deleted_ms = ?, updated_ms = ? WHERE id = ? AND deleted_ms IS NULL",
                    (now_ms, now_ms, record_id),
                ).rowcount
            ]

    def restore(self, record_ids: Sequence[str]) -> int:
        """Bring deleted rows back, all or none of them; how many there were."""
        now_ms = ms_of(self._now())
        with self._database.writing() as connection:
            return connection.executemany(
                "UPDATE session SET deleted_ms = NULL, updated_ms = ?"
                " WHERE id = ? AND deleted_ms IS NOT NULL",
                [(now_ms, record_id) for record_id in record_ids],
            ).rowcount

    def presets_used(self) -> dict[str, str]:
        """Look up every preset that has rows, by id, with its latest name. StorageError as ``sums``."""
        found: dict[str, str] = {}
        years = self.sums.preset_years()
        with self._database.reading() as connection:
            for preset_id, year_end in years.items():
                row = connection.execute(
                    "SELECT preset_name FROM session WHERE deleted_ms IS NULL AND started_ms < ?"
                    " AND preset_id = ? AND state <> 'open' ORDER BY started_ms DESC, id LIMIT 1",
                    (day_ms(year_end) + 2 * FURTHEST_OFFSET_MS, preset_id),
                ).fetchone()
                if row is not None:
                    found[preset_id] = row[0]
        return found

    def save_cues(self, record_id: str, reports: Sequence[CueReport]) -> None:
        """Keep what became of the chimes of a row, in place of what was kept before."""
        rows = [
            (record_id, report.at_s, str(report.chime), report.late_s, writable(report.how), report.why_not)
            for report in prove(reports).reports
        ]
        with self._database.hurried(), self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM session WHERE id = ?", (record_id,)).fetchone() is None:
                raise storage_error(StorageProblem.ROW_MISSING, self.path)
            connection.execute("DELETE FROM cue WHERE session_id = ?", (record_id,))
            connection.executemany("INSERT INTO cue VALUES (?, ?, ?, ?, ?, ?)", rows)

    def cues(self, record_id: str) -> list[CueReport]:
        """Read what became of the chimes of a row, in order of planned time; empty where nothing is known."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT at_s, chime, late_s, how, why_not FROM cue WHERE session_id = ? ORDER BY at_s",
                (record_id,),
            ).fetchall()
        known = set(ChimeName)
        return [CueReport(row[0], ChimeName(row[1]), *row[2:]) for row in rows if row[1] in known]

    def left_open(self) -> list[SessionRecord]:
        """Find rows begun and never completed, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{SELECT} WHERE state = 'open' AND deleted_ms IS NULL ORDER BY started_ms"
            ).fetchall()
        return [record_of(row) for row in rows]

    def count(self) -> int:
        """Count the rows, without deleted ones."""
        return self.sums.count()

    def records(
        self,
        *,
        from_day: date | None = None,
        to_day: date | None = None,
        area: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        turn_min: int = 0,
    ) -> list[SessionRecord]:
        """Read rows newest first, both days included; the day is the local one where the session was.

        It turns ``turn_min`` minutes after midnight, as in ``domain.days``.
        """
        conditions, values = in_days(from_day, to_day, turn_min)
        if area is not None:
            conditions.append("area = ?")
            values.append(area)
        query = f"{SELECT} WHERE {' AND '.join(conditions)} ORDER BY started_ms DESC, id LIMIT ? OFFSET ?"
        values += [-1 if limit is None else limit, offset]
        with self._database.reading() as connection:
            rows = connection.execute(query, values).fetchall()
        return [record_of(row) for row in rows]

    def rated(self, rating_scale: str, limit: int) -> list[SessionRecord]:
        """Read sessions on a mat that count and have both ratings, newest first. StorageError as ``sums``."""
        from_day = self.sums.rated_since(rating_scale, limit)
        if from_day is None:
            return []
        # Without a first day, a scale that was rated but twice would be looked for in the whole history.
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{SELECT} WHERE deleted_ms IS NULL AND state <> 'open' AND rating_scale = ? AND area <> ?"
                " AND rating_before IS NOT NULL AND rating_after IS NOT NULL AND started_ms >= ?"
                " ORDER BY started_ms DESC, id LIMIT ?",
                (rating_scale, BodyArea.NONE.value, day_ms(from_day) - FURTHEST_OFFSET_MS, limit),
            ).fetchall()
        return [record_of(row) for row in rows]

    def rest_days(self) -> frozenset[date]:
        """Read the days off that were marked by hand."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT day FROM rest_day WHERE deleted_ms IS NULL").fetchall()
        return frozenset(date.fromisoformat(row[0]) for row in rows)

    def set_rest_day(self, day: date, rest: bool) -> None:
        """Mark a day as a day off, or take the mark away; like a session it then stays in the file."""
        now_ms = ms_of(self._now())
        with self._database.writing() as connection:
            if rest:
                connection.execute(
                    "INSERT INTO rest_day VALUES (?, ?, ?, NULL) ON CONFLICT (day) DO UPDATE SET"
                    " device_id = excluded.device_id, updated_ms = excluded.updated_ms, deleted_ms = NULL",
                    (day.isoformat(), self.device_id, now_ms),
                )
            else:
                connection.execute(
                    "UPDATE rest_day SET device_id = ?, updated_ms = ?, deleted_ms = ?"
                    " WHERE day = ? AND deleted_ms IS NULL",
                    (self.device_id, now_ms, now_ms, day.isoformat()),
                )

    def uses_by_area(self, *, from_day: date | None = None, to_day: date | None = None) -> dict[str, int]:
        """Count the rows of each area that has any, both days included; the day as in ``records``."""
        conditions, values = in_days(from_day, to_day)
        query = f"{_COUNT} WHERE {' AND '.join(conditions)} GROUP BY area"
        with self._database.reading() as connection:
            rows = connection.execute(query, values).fetchall()
        return dict(rows)

    def presets_by_use(self) -> list[str]:
        """List the ids of all presets that have rows, the one with the most first; of equals the latest."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT preset_id FROM session WHERE deleted_ms IS NULL GROUP BY preset_id "
                "ORDER BY count(*) DESC, max(started_ms) DESC, preset_id"
            ).fetchall()
        return [row[0] for row in rows]
