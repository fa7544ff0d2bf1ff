"""The history as a table that fetches what is looked at: a million sessions scroll like a thousand."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.ports import FoundSessions
from matsession.app.session_book import NothingFound, SessionBook
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session_query import SessionQuery, SortBy

PAGE: Final = 100
"""Lines fetched at once."""
_PAGES_KEPT: Final = 20

SummaryRole = Qt.ItemDataRole.UserRole + 1
"""A whole line in a few rows of text, for narrow windows."""

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_NONE: Final = "–"


class Column(IntEnum):
    """What there is to see of a session."""

    DATE = 0
    TIME = 1
    AREA = 2
    PRESET = 3
    MINUTES = 4
    BEFORE = 5
    AFTER = 6
    CHANGE = 7
    NOTE = 8


_RIGHT: Final = {Column.TIME, Column.MINUTES, Column.BEFORE, Column.AFTER, Column.CHANGE}


SORTED: Final = {
    Column.DATE: SortBy.STARTED,
    Column.TIME: SortBy.STARTED,
    Column.AREA: SortBy.AREA,
    Column.PRESET: SortBy.PRESET,
    Column.MINUTES: SortBy.LENGTH,
    Column.BEFORE: SortBy.BEFORE,
    Column.AFTER: SortBy.AFTER,
    Column.CHANGE: SortBy.CHANGE,
}
"""What the columns can be sorted by."""


class HistoryModel(QAbstractTableModel):
    """The lines that a query finds, in its order; all of them are there, and few of them in memory."""

    def __init__(self, book: SessionBook, journal: Journal, parent: QObject | None = None) -> None:
        """Read from ``book``; nothing is read before ``reload``. ``journal`` tells what day it is."""
        super().__init__(parent)
        self._book = book
        self._journal = journal
        self._query = SessionQuery()
        self._found: FoundSessions = NothingFound()
        self._pages: OrderedDict[int, Sequence[SessionRecord]] = OrderedDict()
        self._today = date.min
        self._in_lines = False

    @property
    def query(self) -> SessionQuery:
        """Which lines are shown, and in what order."""
        return self._query

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._found.count

    def ask(self, query: SessionQuery) -> None:
        """Show other lines, or in another order."""
        self._query = query
        self.reload()

    def reload(self) -> None:
        """Look the same lines up again."""
        self.beginResetModel()
        self._today = self._journal.today()
        self._pages.clear()
        self._found = self._book.find(self._query)
        self.endResetModel()

    def record(self, row: int) -> SessionRecord | None:
        """The line in this row; None where it has gone since."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._found.page(number * PAGE, PAGE)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        at = row - number * PAGE
        return page[at] if 0 <= at < len(page) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; those that cannot be sorted by are left alone."""
        sort_by = SORTED.get(Column(column))
        if sort_by is not None:
            self.ask(replace(self._query, sort_by=sort_by, descending=order is Qt.SortOrder.DescendingOrder))

    def rowCount(self, parent: Index = _TOP) -> int:
        """All lines that were found."""
        return 0 if parent.isValid() else self._found.count

    def columnCount(self, parent: Index = _TOP) -> int:
        """One for each ``Column``."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return _titles()[Column(section)] if role == Qt.ItemDataRole.DisplayRole else None

    def tell_in_lines(self, in_lines: bool) -> None:
        """Whether a session is one cell, which says all of it: the other columns are hidden."""
        self._in_lines = in_lines

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What there is to show and to say of a cell."""
        if not index.isValid():
            return None
        row, column = self.record(index.row()), Column(index.column())
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if self._in_lines:
                return self._summary(row)
            case Qt.ItemDataRole.ToolTipRole:
                if column is Column.MINUTES and _early(row):
                    return texts.row_state(row.state)
                if column is Column.PRESET and row.mat_name:
                    return _on_mat(row)
                return row.note or None if column is Column.NOTE else self._text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column)
            case _ if role == SummaryRole:
                return self._summary(row)
            case _:
                return None

    def _text(self, row: SessionRecord, column: Column) -> str:
        match column:
            case Column.DATE:
                return texts.day(row.started_at, self._today)
            case Column.TIME:
                return texts.time_of_day(row.started_at)
            case Column.AREA:
                return texts.area(row.area)
            case Column.PRESET:
                return row.preset_name
            case Column.MINUTES:
                minutes = str(round(row.done_s / 60)) if row.done_s >= 60 else texts.tr("under 1")
                return f"{minutes}*" if _early(row) else minutes
            case Column.BEFORE:
                return _NONE if row.rating_before is None else str(row.rating_before)
            case Column.AFTER:
                return _NONE if row.rating_after is None else str(row.rating_after)
            case Column.CHANGE:
                return texts.change(row.change)
            case Column.NOTE:
                return " ".join(row.note.split())

    def _spoken(self, row: SessionRecord, column: Column) -> str:
        """A cell for somebody who does not see the head of its column."""
        match column:
            case Column.MINUTES:
                pattern = texts.tr("{time}, {state}")
                whole_s = row.done_s if row.done_s < 60 else 60 * round(row.done_s / 60)
                time = texts.spoken_length(whole_s)
                return pattern.format(time=time, state=texts.row_state(row.state))
            case Column.BEFORE if row.rating_before is None:
                return texts.tr("not rated before")
            case Column.AFTER if row.rating_after is None:
                return texts.tr("not rated after")
            case Column.CHANGE if row.change is None:
                return texts.tr("no change to tell")
            case Column.BEFORE | Column.AFTER | Column.CHANGE:
                pattern = texts.tr("{column} {value}")
                return pattern.format(column=_titles()[column], value=self._text(row, column))
            case Column.PRESET if row.mat_name:
                return _on_mat(row)
            case Column.NOTE if not row.note:
                return texts.tr("no note")
            case _:
                return self._text(row, column)

    def _summary(self, row: SessionRecord) -> str:
        pattern = texts.tr("{day} {time}, {minutes} min")
        if _early(row):
            pattern = texts.tr("{day} {time}, {minutes} min, ended early")
        first = pattern.format(
            day=self._text(row, Column.DATE),
            time=self._text(row, Column.TIME),
            minutes=self._text(row, Column.MINUTES).rstrip("*"),
        )
        second = row.preset_name
        if row.rating_before is not None or row.rating_after is not None:
            second = texts.tr("{preset}, before {before}, after {after}").format(
                preset=row.preset_name,
                before=self._text(row, Column.BEFORE),
                after=self._text(row, Column.AFTER),
            )
        if row.mat_name:
            second = texts.tr("{session}, on {mat}").format(session=second, mat=row.mat_name)
        if row.note:
            second = texts.tr("{session}. {note}").format(session=second, note=self._text(row, Column.NOTE))
        return f"{first}\n{second}"


def _early(row: SessionRecord) -> bool:
    return row.state in (RowState.STOPPED, RowState.INTERRUPTED)


def _on_mat(row: SessionRecord) -> str:
    return texts.tr("{session}, on {mat}").format(session=row.preset_name, mat=row.mat_name)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _titles() -> dict[Column, str]:
    return {
        Column.DATE: texts.tr("Date"),
        Column.TIME: texts.tr("Time"),
        Column.AREA: texts.tr("Area"),
        Column.PRESET: texts.tr("Preset"),
        Column.MINUTES: texts.tr("Minutes"),
        Column.BEFORE: texts.tr("Before"),
        Column.AFTER: texts.tr("After"),
        Column.CHANGE: texts.tr("Change"),
        Column.NOTE: texts.tr("Note"),
    }
