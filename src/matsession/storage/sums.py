"""What the sessions add up to: sums that triggers keep with every change of a session.

Statistics read these and never the sessions, so that a million of them answer as fast as a thousand. What a
session adds, and to which sums, is said once, in ``migrations/0003_sums.sql``; ``domain.statistics.sum_up``
says the same for records, and the tests hold the two together.
"""

import sqlite3
from collections.abc import Generator
from datetime import date
from typing import Any, Final

from matsession.domain.body import BodyArea
from matsession.domain.days import Span, start_of
from matsession.domain.statistics import PeriodSums, SumKey, Sums
from matsession.domain.streak import DayRun
from matsession.storage.database import Database
from matsession.storage.errors import StorageProblem, storage_error

ADDED_AT_ONCE: Final = 2_000
"""Sessions added up in one transaction: some 40 ms, for which a window stands still."""

_READ: Final = """
SELECT start_day, area, rating_scale, preset_id, sum(sessions), sum(done_ms), sum(on_mat_ms),
    sum(before_count), sum(before_sum), sum(rated), sum(rated_before_sum), sum(change_sum),
    sum(change_squares)
FROM period_sum
WHERE span = ? AND start_day >= ?
GROUP BY start_day, area, rating_scale, preset_id
HAVING sum(sessions) > 0"""

_READ_DAYS: Final = """
SELECT start_day, utc_offset_s
FROM period_sum
WHERE span = 'day' AND sessions > 0
ORDER BY start_day, utc_offset_s"""

_READ_RATED_WEEKS: Final = """
SELECT DISTINCT start_day
FROM period_sum
WHERE span = 'week' AND rating_scale = ? AND area <> ? AND rated > 0
ORDER BY start_day DESC
LIMIT ?"""

_READ_PRESETS: Final = """
SELECT preset_id, max(start_day)
FROM period_sum
WHERE span = 'year' AND sessions > 0
GROUP BY preset_id"""

_ADD: Final = """
INSERT INTO period_sum
SELECT span, start_day, area, rating_scale, preset_id, utc_offset_s, sum(sessions), sum(done_ms),
    sum(on_mat_ms), sum(before_count), sum(before_sum), sum(rated), sum(rated_before_sum), sum(change_sum),
    sum(change_squares)
FROM session_share
WHERE started_ms >= ? AND started_ms < ?
GROUP BY span, start_day, area, rating_scale, preset_id, utc_offset_s
ON CONFLICT DO UPDATE SET
    sessions = sessions + excluded.sessions,
    done_ms = done_ms + excluded.done_ms,
    on_mat_ms = on_mat_ms + excluded.on_mat_ms,
    before_count = before_count + excluded.before_count,
    before_sum = before_sum + excluded.before_sum,
    rated = rated + excluded.rated,
    rated_before_sum = rated_before_sum + excluded.rated_before_sum,
    change_sum = change_sum + excluded.change_sum,
    change_squares = change_squares + excluded.change_squares"""

# A sum that fell to nothing may stay.
_COUNT_WRONG: Final = """
WITH
right_one AS MATERIALIZED (SELECT * FROM right_sum),
kept_one AS (
    SELECT * FROM period_sum
    WHERE (sessions, done_ms, on_mat_ms, before_count, before_sum, rated, rated_before_sum, change_sum,
        change_squares) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
),
wrong_one AS (
    SELECT * FROM (SELECT * FROM right_one EXCEPT SELECT * FROM kept_one)
    UNION ALL
    SELECT * FROM (SELECT * FROM kept_one EXCEPT SELECT * FROM right_one)
)
SELECT count(*) FROM (
    SELECT DISTINCT span, start_day, area, rating_scale, preset_id, utc_offset_s FROM wrong_one
)"""

_COUNT_SESSIONS: Final = """
SELECT count(*), count(*) FILTER (WHERE started_ms < ?)
FROM session
WHERE deleted_ms IS NULL"""

_COUNT_BY_SUMS: Final = """
SELECT
    (SELECT ifnull(sum(sessions), 0) FROM period_sum WHERE span = 'year')
    + (SELECT count(*) FROM session WHERE state = 'open' AND deleted_ms IS NULL)"""

_FIND_NEXT: Final = """
SELECT started_ms FROM session
WHERE deleted_ms IS NULL AND started_ms >= ?
ORDER BY started_ms
LIMIT 1 OFFSET ?"""

_NONE_ADDED: Final = -(2**63)
_ALL_ADDED: Final = 2**63 - 1
_FIRST_ORDINAL: Final = date(1970, 1, 1).toordinal()


class SessionSums:
    """Reads the sums, and builds them where they have to be built. Its methods raise StorageError.

    Those that read raise it (SUMS_UNFINISHED) while ``follow_day_turn`` has something left to do.
    """

    def __init__(self, database: Database) -> None:
        """Use this database."""
        self._database = database
        self.added_at_once = ADDED_AT_ONCE

    def follow_day_turn(self, turn_min: int) -> Generator[float, None, None]:
        """Add up all sessions by days that turn at ``turn_min``; done piece by piece, as it is iterated over.

        Yields after each piece which part is done, and nothing at all where the sums are as they should be,
        which is nearly always. Who stops half-way, or crashes, goes on from there the next time. Sessions
        can be saved between two pieces.
        """
        if self._database.at_work:
            return  # an import: it would have to give way, and leaves the sums to be built afterwards
        with self._database.reading() as connection:
            kept_turn_min, from_ms = _state(connection)
        if kept_turn_min != turn_min:
            self._forget(turn_min)
            from_ms = _NONE_ADDED
        if from_ms == _ALL_ADDED:
            return
        with self._database.reading() as connection:
            count, done = connection.execute(_COUNT_SESSIONS, (from_ms,)).fetchone()
        while self._add_some(turn_min):
            done += self.added_at_once
            yield min(done / max(count, 1), 1.0)

    def rebuild(self) -> Generator[float, None, None]:
        """Forget the sums and add up all sessions anew, in the manner of ``follow_day_turn``."""
        with self._database.reading() as connection:
            turn_min, _ = _state(connection)
        self._forget(turn_min)
        yield from self.follow_day_turn(turn_min)

    def check(self) -> int:
        """Add up all sessions and compare: how many sums are wrong. A million sessions take 10 s or more."""
        with self._database.reading() as connection:
            return int(connection.execute(_COUNT_WRONG).fetchone()[0])

    def read(self, span: Span, from_day: date | None = None) -> list[PeriodSums]:
        """Read the sums of each span with sessions in it, oldest first, from the one of ``from_day`` on."""
        first = start_of(span, from_day or date.min).toordinal() - _FIRST_ORDINAL
        return [
            PeriodSums(SumKey(_day(row[0]), row[1], row[2], row[3]), Sums(*row[4:]))
            for row in self._rows(_READ, (str(span), first))
        ]

    def runs(self) -> list[DayRun]:
        """Read the runs of days with a session in them, oldest first."""
        rows = self._rows(_READ_DAYS, ())
        runs: list[DayRun] = []
        if not rows:
            return runs
        # In plain numbers: sixty years have 22,000 days, and few of them are the end of a run.
        first, entered_s = last, left_s = rows[0]
        for day, offset_s in rows:
            if day == last:
                if day == first:
                    entered_s = offset_s  # the highest comes last
            elif day == last + 1:
                last, left_s = day, offset_s
            else:
                runs.append(DayRun(_day(first), _day(last), entered_s, left_s))
                first, entered_s = last, left_s = day, offset_s
        runs.append(DayRun(_day(first), _day(last), entered_s, left_s))
        return runs

    def count(self) -> int:
        """Count all sessions, open ones too: by the sums where they are complete, else one by one."""
        with self._database.reading() as connection:
            if _state(connection)[1] == _ALL_ADDED:
                return int(connection.execute(_COUNT_BY_SUMS).fetchone()[0])
            return int(connection.execute(_COUNT_SESSIONS, (0,)).fetchone()[0])

    def preset_years(self) -> dict[str, date]:
        """Find the presets that have sessions, each with the last day of the last year that has any."""
        rows = self._rows(_READ_PRESETS, ())
        return {row[0]: _day(row[1]).replace(month=12, day=31) for row in rows}

    def rated_since(self, rating_scale: str, limit: int) -> date | None:
        """Find a day since when there were the last ``limit`` rated sessions on a mat; None without any."""
        weeks = self._rows(_READ_RATED_WEEKS, (rating_scale, BodyArea.NONE.value, limit))
        return _day(weeks[-1][0]) if weeks else None

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._database.reading() as connection:
            if _state(connection)[1] != _ALL_ADDED:
                raise storage_error(StorageProblem.SUMS_UNFINISHED, self._database.path)
            return connection.execute(query, values).fetchall()

    @staticmethod
    def forget_within(connection: sqlite3.Connection) -> None:
        """Forget the sums inside a transaction that writes many sessions: triggers then have nothing to do.

        Whoever reads an overview builds them anew, as after another turn of the day.
        """
        connection.execute("DELETE FROM period_sum")
        connection.execute("UPDATE sum_state SET built_before_ms = ?", (_NONE_ADDED,))

    @staticmethod
    def nothing_left_within(connection: sqlite3.Connection) -> None:
        """There is no session any more: the sums are complete, and nothing."""
        connection.execute("UPDATE sum_state SET built_before_ms = ?", (_ALL_ADDED,))

    def _forget(self, turn_min: int) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM period_sum")
            connection.execute(
                "UPDATE sum_state SET day_turn_min = ?, built_before_ms = ?", (turn_min, _NONE_ADDED)
            )

    def _add_some(self, turn_min: int) -> bool:
        """One piece; False where nothing is left to do, or another program has other wishes by now."""
        if self._database.at_work:
            return False
        with self._database.writing() as connection:
            kept_turn_min, from_ms = _state(connection)
            if kept_turn_min != turn_min or from_ms == _ALL_ADDED:
                return False
            following = connection.execute(_FIND_NEXT, (from_ms, self.added_at_once)).fetchone()
            # Sessions that began in the same millisecond cannot be parted.
            to_ms = _ALL_ADDED if following is None else max(following[0], from_ms + 1)
            connection.execute(_ADD, (from_ms, to_ms))
            connection.execute("UPDATE sum_state SET built_before_ms = ?", (to_ms,))
        return True


def _state(connection: sqlite3.Connection) -> tuple[int, int]:
    """When the day turns in the sums, and before which moment the sessions began that are in them."""
    turn_min, added_before_ms = connection.execute(
        "SELECT day_turn_min, built_before_ms FROM sum_state"
    ).fetchone()
    return turn_min, added_before_ms


def _day(number: int) -> date:
    return date.fromordinal(number + _FIRST_ORDINAL)
