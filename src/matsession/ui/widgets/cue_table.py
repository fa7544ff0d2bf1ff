"""The proof of ring in full: each chime, when it was due, when it sounded, and how or why not."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from matsession.app import texts
from matsession.domain.proof import CueReport
from matsession.ui.chime_words import actual_time, chime_name, how_or_why_not
from matsession.ui.theme import TextStyle, em, u

_TOP: Final = QModelIndex()
_WIDE_EM: Final = 34
"""Below this width the first three columns are one."""
_ROWS_IN_SIGHT: Final = 8
_WITHIN_CELL: Final = 18
"""The space beside the words of a cell."""
_BESIDE_CELL: Final = 24
"""The space on both sides of a cell, and of the word above it."""


class Column(IntEnum):
    """What stands where."""

    CUE = 0
    PLANNED = 1
    ACTUAL = 2
    HOW = 3


class CueModel(QAbstractTableModel):
    """One row a chime."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._reports: Sequence[CueReport] = ()
        self._narrow = False

    def show_reports(self, reports: Sequence[CueReport]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self._reports = tuple(reports)
        self.endResetModel()

    def needed_px(self) -> int:
        """The width in which no word above the columns, and none of the first three columns, is cut off."""
        cells, heads = QFontMetrics(TextStyle.BODY.font()), QFontMetrics(TextStyle.STRONG.font())
        needed = 0
        for column in Column:
            title = str(self.headerData(column, Qt.Orientation.Horizontal))
            there = () if column is Column.HOW else (_cell(report, column) for report in self._reports)
            widest = max((cells.horizontalAdvance(text) for text in there), default=0)
            needed += max(heads.horizontalAdvance(title), widest) + u(_BESIDE_CELL)
        return needed

    def set_narrow(self, narrow: bool) -> None:
        """Say all of a chime in its first column."""
        if narrow != self._narrow:
            self._narrow = narrow
            if self._reports:
                last = self.index(len(self._reports) - 1, Column.CUE)
                self.dataChanged.emit(self.index(0, Column.CUE), last)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """How many chimes."""
        return 0 if parent.isValid() else len(self._reports)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What each column is called."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return {
            Column.CUE: texts.tr("Cue"),
            Column.PLANNED: texts.tr("Planned"),
            Column.ACTUAL: texts.tr("Actual"),
            Column.HOW: texts.tr("How, or why not"),
        }[Column(section)]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What is shown; and said so that it is understood without the head of its column."""
        report = self._reports[index.row()]
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            if column is Column.CUE and self._narrow:
                return _in_one(texts.tr("{cue}, {planned}, {actual}"), report)
            return _cell(report, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(report, column)
        return None


def _cell(report: CueReport, column: Column) -> str:
    match column:
        case Column.CUE:
            return chime_name(report.chime)
        case Column.PLANNED:
            return texts.clock(report.at_s)
        case Column.ACTUAL:
            return actual_time(report)
        case Column.HOW:
            return how_or_why_not(report)


def _spoken(report: CueReport, column: Column) -> str:
    match column:
        case Column.CUE if report.sounded:
            return _in_one(texts.tr("{cue}, planned at {planned}, {actual}"), report)
        case Column.CUE:
            return _in_one(texts.tr("{cue}, planned at {planned}, not heard"), report)
        case Column.PLANNED:
            return texts.tr("Planned at {planned}").format(planned=texts.clock(report.at_s))
        case Column.ACTUAL:
            return actual_time(report) if report.sounded else texts.tr("not heard")
        case Column.HOW:
            return how_or_why_not(report)


def _in_one(pattern: str, report: CueReport) -> str:
    planned = texts.clock(report.at_s)
    return pattern.format(cue=chime_name(report.chime), planned=planned, actual=actual_time(report))


class CueTable(QTableView):
    """A plain table; its rows wrap, and a narrow one has two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._cues = CueModel(self)
        self.setAccessibleName(texts.tr("Cues of this session"))
        self.setModel(self._cues)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        # Rows are fitted by hand when the width or the content changes, not at each repaint.
        header = self.horizontalHeader()
        header.setAccessibleName(texts.tr("Columns"))
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.HOW, QHeaderView.ResizeMode.Stretch)

    def show_reports(self, reports: Sequence[CueReport]) -> None:
        """Show these, in this order."""
        self._cues.show_reports(reports)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _WIDE_EM * em() or self._cues.needed_px() > self.viewport().width()
        self._cues.set_narrow(narrow)
        for column in (Column.PLANNED, Column.ACTUAL):
            self.setColumnHidden(column, narrow)
        header = self.horizontalHeader()
        mode = QHeaderView.ResizeMode.Stretch if narrow else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(Column.CUE, mode)
        header.setVisible(not narrow)  # each row says by itself what it is about
        self.resizeRowsToContents()
        if narrow:  # rows of two lines would else touch the lines between them
            for row in range(self._cues.rowCount()):
                self.setRowHeight(row, max(self.rowHeight(row), self._wrapped_px(row)) + u(8))
        rows = range(min(self._cues.rowCount(), _ROWS_IN_SIGHT))
        content = sum(self.rowHeight(row) for row in rows)
        self.setFixedHeight((0 if narrow else header.sizeHint().height()) + content + u(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps other rows."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _wrapped_px(self, row: int) -> int:
        """How high the words of a row are: Qt forgets the space beside them."""
        metrics = QFontMetrics(self.font())
        high = 0
        for column in (Column.CUE, Column.HOW):
            room = QRect(0, 0, max(1, self.columnWidth(column) - u(_WITHIN_CELL)), 100_000)
            text = str(self._cues.index(row, column).data())
            high = max(high, metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height())
        return high

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(u(160), super().minimumSizeHint().height())
