"""The list of all sessions."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.session_book import SessionBook
from matsession.domain.body import BodyArea
from matsession.domain.session_query import SessionQuery
from matsession.ui.models.history_model import Column, HistoryModel, SummaryRole
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label

_TABLE_EM = 58
"""Below this width of the page the table becomes a list of two-line rows."""


class HistorySessions(QWidget):
    """A table, or a list where it is narrow; a sentence and a button while there is nothing yet."""

    session_requested = Signal()
    """The person wants to begin a session."""

    def __init__(self, book: SessionBook, journal: Journal, parent: QWidget | None = None) -> None:
        """Show the lines of ``book``."""
        super().__init__(parent)
        self._book = book
        self._stale = True
        self._model = HistoryModel(book, journal, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._table = _table(self._model)
        self._list = _list(self._model)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setSpacing(u(12))
        sentence = Label(texts.tr("No sessions yet. Your first one goes here."), TextStyle.GUIDE)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._to_session = Button(texts.tr("Go to Session"), ButtonKind.PRIMARY)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._to_session)
        row.addStretch(1)
        empty.addStretch(1)
        empty.addWidget(sentence)
        empty.addLayout(row)
        empty.addStretch(2)
        self._stack = QStackedWidget()
        for each in (self._empty, self._table, self._list):
            self._stack.addWidget(each)
        self._count = Label(style=TextStyle.CAPTION, tone="text2")
        self._legend = Label(texts.tr("* ended early"), TextStyle.CAPTION, "text2", wrap=False)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._legend)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(u(12))
        self._column.addWidget(self._stack, 1)
        self._column.addLayout(foot)

    def _connect(self) -> None:
        self._book.changed.connect(self._on_book_changed)
        self._to_session.clicked.connect(self._on_to_session_clicked)

    def focus_first(self) -> None:
        """Begin in the list, or at the button while it is empty."""
        shown = self._stack.currentWidget()
        first = self._to_session if shown is None or shown is self._empty else shown
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around the list."""
        self._column.setContentsMargins(left, top, right, bottom)

    def show_day(self, day: date) -> None:
        """Show the sessions of this day alone."""
        self._model.ask(SessionQuery(from_day=day, to_day=day))
        self._stale = False
        self._show_right_view()

    def _refresh(self) -> None:
        self._stale = False
        self._model.reload()
        self._show_right_view()

    def _show_right_view(self) -> None:
        if not self._model.count:
            self._stack.setCurrentWidget(self._empty)
        else:
            wide = self.width() >= _TABLE_EM * em()
            self._stack.setCurrentWidget(self._table if wide else self._list)
            if wide and not self._table_fits():
                self._stack.setCurrentWidget(self._list)
        self._tell_count()

    def _table_fits(self) -> bool:
        """Whether there is room for all columns but the preset's, which mostly says what the area's says."""
        header, viewport = self._table.horizontalHeader(), self._table.viewport()
        for hidden in (False, True):
            self._table.setColumnHidden(Column.PRESET, hidden)
            if header.length() <= viewport.width():
                return True
        return False

    def _tell_count(self) -> None:
        count = self._model.count
        pattern = texts.tr("1 session") if count == 1 else texts.tr("{count} sessions")
        self._count.setText(pattern.format(count=count) if count else "")
        self._legend.setVisible(bool(count) and self._stack.currentWidget() is self._table)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Table or list."""
        super().resizeEvent(event)
        if not self._stale:
            self._show_right_view()

    @Slot()
    def _on_book_changed(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    @Slot()
    def _on_to_session_clicked(self) -> None:
        self.session_requested.emit()


def _table(model: HistoryModel) -> QTableView:
    table = QTableView()
    table.setAccessibleName(texts.tr("Sessions"))
    table.setModel(model)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    two_lines = 2 * QFontMetrics(table.font()).height() + u(4)
    table.verticalHeader().setDefaultSectionSize(max(u(38), two_lines))
    header = table.horizontalHeader()
    header.setAccessibleName(texts.tr("Columns"))
    header.setHighlightSections(False)
    header.setMinimumSectionSize(u(40))
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    # Only what is seen is measured, so that a long history opens as fast as a short one.
    header.setResizeContentsPrecision(0)
    # Two lines of these hold the longest name of ours; the note takes what is left.
    widest = max(_two_lines_px(texts.area(area), QFontMetrics(table.font())) for area in BodyArea)
    for column in (Column.AREA, Column.PRESET):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(column, max(u(124), widest + u(18)))
    header.setSectionResizeMode(Column.NOTE, QHeaderView.ResizeMode.Stretch)
    return table


def _two_lines_px(name: str, metrics: QFontMetrics) -> int:
    """The width in which ``name`` takes no more than two lines."""
    words = name.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1)]
    return min(max(map(metrics.horizontalAdvance, lines)) for lines in splits)


def _list(model: HistoryModel) -> QListView:
    rows = QListView()
    rows.setObjectName("HistoryList")
    rows.setAccessibleName(texts.tr("Sessions"))
    rows.setModel(model)
    rows.setItemDelegate(_SummaryDelegate(rows))
    rows.setWordWrap(True)
    rows.setResizeMode(QListView.ResizeMode.Adjust)
    rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return rows


class _SummaryDelegate(QStyledItemDelegate):
    """Shows the whole line where the view knows only of its first column."""

    def __init__(self, rows: QListView) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._rows.viewport().width()
        flags = int(Qt.TextFlag.TextWordWrap)
        room = width - 2 * u(16)
        text = str(index.data(SummaryRole))
        height = QFontMetrics(self._rows.font()).boundingRect(0, 0, room, 100_000, flags, text).height()
        return QSize(width, height + 2 * u(10))

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = str(index.data(SummaryRole)).replace("\n", "\u2028")
