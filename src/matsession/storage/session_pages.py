"""The sessions that are wanted, page by page, so that a million of them scroll like a thousand.

Two ways lead to a page. Newest first (or oldest), of all sessions, of one area or between two days, an index
gives the order: a page is reached from the nearest place that is known already; both ends are. Any other
order or filter is gone through once, and the numbers of the rows are kept: 8 bytes each.

What is found is as it was at first; whoever changes rows asks anew.
"""

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from typing import Any, Final

from matsession.domain.record import SessionRecord
from matsession.domain.session_query import SessionQuery, SortBy
from matsession.storage.database import Database
from matsession.storage.session_rows import SELECT, in_days, record_of

_PLACES_KEPT: Final = 500
_STRIDE: Final = 5_000
"""How far apart places are that are remembered on the way to a far one."""
_AT_ONCE: Final = 500
"""Rows looked up in one statement; SQLite allows at least 999 values."""

_SORTED: Final = {
    SortBy.STARTED: "started_ms",
    SortBy.AREA: "area",
    SortBy.PRESET: "folded(preset_name)",
    SortBy.LENGTH: "done_s",
    SortBy.BEFORE: "rating_before",
    SortBy.AFTER: "rating_after",
    SortBy.CHANGE: "rating_after - rating_before",
    SortBy.OUTCOME: "state",
}

Key = tuple[int, str]
"""Start and id: a place in the order of the index."""


class SessionPages:
    """Found sessions, to be read by their position from 0 on. Its methods raise StorageError."""

    def __init__(self, database: Database, query: SessionQuery, count: int | None = None) -> None:
        """Find them; ``count`` where it is known already how many there are."""
        self._database = database
        self._conditions, self._values = _conditions(query)
        self._rows: array[int] | None = None
        self._descending = query.descending
        self._places: list[int] = [0]
        self._keys: list[Key | None] = [None]
        with database.reading() as connection:
            if _by_index(query):
                self.count = self._count(connection) if count is None else count
            else:
                self._rows = self._find(connection, query)
                self.count = len(self._rows)

    def page(self, first: int, limit: int) -> list[SessionRecord]:
        """Read up to ``limit`` sessions from position ``first`` on."""
        first = max(first, 0)
        limit = min(limit, self.count - first)
        if limit <= 0:
            return []
        with self._database.reading() as connection:
            if self._rows is not None:
                rows = self._look_up(connection, self._rows[first : first + limit])
            else:
                rows = self._page_by_index(connection, first, limit)
        return [record_of(row) for row in rows]

    # -- by index ------------------------------------------------------------------------------------

    def _count(self, connection: sqlite3.Connection) -> int:
        query = f"SELECT count(*) FROM session WHERE {self._conditions}"  # noqa: S608 - values are apart
        return int(connection.execute(query, self._values).fetchone()[0])

    def _page_by_index(self, connection: sqlite3.Connection, first: int, limit: int) -> list[Any]:
        last = first + limit - 1
        number = bisect_right(self._places, first)
        place, key = self._places[number - 1], self._keys[number - 1]
        above = bisect_left(self._places, last)
        end, end_key = (
            (self._places[above], self._keys[above]) if above < len(self._places) else (self.count - 1, None)
        )
        if first - place <= end - last:
            place, key = self._stride(connection, self._descending, place, key, first)
            rows = self._walk(connection, self._descending, key, first - place, limit)
        else:
            end, end_key = self._stride(connection, not self._descending, end, end_key, last)
            rows = self._walk(connection, not self._descending, end_key, end - last, limit)[::-1]
        if rows:
            self._remember(first, (rows[0][4], rows[0][0]))
            self._remember(first + len(rows) - 1, (rows[-1][4], rows[-1][0]))
        return rows

    def _stride(
        self, connection: sqlite3.Connection, descending: bool, place: int, key: Key | None, goal: int
    ) -> tuple[int, Key | None]:
        """Come near a far place, and remember the way: the next leap needs only a part of it."""
        step = _STRIDE if goal > place else -_STRIDE
        while abs(goal - place) > _STRIDE:
            rows = self._walk(connection, descending, key, _STRIDE, 1)
            if not rows:
                break
            place, key = place + step, (rows[0][4], rows[0][0])
            self._remember(place, key)
        return place, key

    def _walk(
        self, connection: sqlite3.Connection, descending: bool, key: Key | None, skip: int, limit: int
    ) -> list[Any]:
        """Go from a place on (from the very first where there is no key), leave some out, and read."""
        conditions, values = self._conditions, list(self._values)
        if key is not None:
            # The first lets SQLite use the index, the second is exact.
            less, more = ("<", ">") if descending else (">", "<")
            conditions += f" AND started_ms {less}= ? AND (started_ms {less} ? OR id {more}= ?)"
            values += [key[0], *key]
        order = "started_ms DESC, id" if descending else "started_ms, id DESC"
        # The rows themselves are looked up only when the right ones have been counted off in the index.
        numbers = f"SELECT rowid FROM session WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        query = f"{SELECT} WHERE rowid IN ({numbers}) ORDER BY {order}"
        return connection.execute(query, (*values, limit, skip)).fetchall()

    def _remember(self, place: int, key: Key) -> None:
        if len(self._places) >= _PLACES_KEPT:
            del self._places[1::2], self._keys[1::2]
        number = bisect_right(self._places, place)
        if self._places[number - 1] != place:
            self._places.insert(number, place)
            self._keys.insert(number, key)

    # -- by number -----------------------------------------------------------------------------------

    def _find(self, connection: sqlite3.Connection, query: SessionQuery) -> "array[int]":
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        order = "started_ms DESC, id" if query.descending else "started_ms, id DESC"
        if query.sort_by is not SortBy.STARTED:
            value = _SORTED[query.sort_by]
            way = "DESC" if query.descending else "ASC"
            order = f"{value} {way} NULLS LAST, started_ms DESC, id"
        # An index would look up most rows one by one; only few of them are worth that.
        how = "" if query.from_day or query.to_day or query.areas else "NOT INDEXED"
        numbers = f"SELECT rowid FROM session {how} WHERE {self._conditions} ORDER BY {order}"  # noqa: S608
        return array("q", (row[0] for row in connection.execute(numbers, self._values)))

    def _look_up(self, connection: sqlite3.Connection, numbers: "array[int]") -> list[Any]:
        found: dict[int, Any] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = SELECT.replace(" FROM", ", rowid FROM")
            for row in connection.execute(f"{query} WHERE rowid IN ({marks})", some.tolist()):
                found[row[-1]] = row
        return [found[number] for number in numbers if number in found]


def _by_index(query: SessionQuery) -> bool:
    return (
        query.sort_by is SortBy.STARTED
        and len(query.areas) < 2
        and not (query.preset_ids or query.states or query.text)
    )


def _conditions(query: SessionQuery) -> tuple[str, list[str | int]]:
    conditions, values = in_days(query.from_day, query.to_day, query.turn_min)
    for column, wanted in (
        ("area", query.areas),
        ("preset_id", query.preset_ids),
        ("state", map(str, query.states)),
    ):
        chosen = sorted(wanted)
        if chosen:
            conditions.append(f"{column} IN ({', '.join('?' * len(chosen))})")
            values += chosen
    if query.text:
        conditions += ["note <> ''", "instr(folded(note), ?)"]
        values.append(query.text.casefold())
    return " AND ".join(conditions), values
