"""The sessions as a table; where it is narrow each is told in a few lines instead of in columns."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from matsession.app import texts
from matsession.domain.body import BodyArea
from matsession.ui.announce import announce
from matsession.ui.models.history_model import SORTED, Column, HistoryModel, Index, SummaryRole
from matsession.ui.theme import TextStyle, em, tokens, u

_TABLE_EM: Final = 56
"""Below this width the rows are told in lines."""
_TIGHT_EM: Final = 22
"""Below this one a row may take more lines."""
_NOTE: Final = 90
"""The least width of the note, in design pixels."""
_NAME: Final = 90
"""The least width of the names of areas and presets, where the word above them needs no more."""


class Place(NamedTuple):
    """Where somebody is in the table."""

    row: int | None
    selected: tuple[tuple[int, int], ...]
    """Stretches of rows: the first and the last of each, for there may be a million."""
    scrolled: int


class SessionTable(QTableView):
    """Sorts by a click on a head, or by S; Enter opens, F2 corrects, Delete deletes what is selected."""

    opened = Signal()
    """The line where the keys are is to be seen in full."""
    edit_requested = Signal()
    delete_requested = Signal()
    picked = Signal()
    """Other lines are selected than before."""
    sorted_by = Signal(object, bool)
    """A Column, and whether the highest come first."""
    resized = Signal(object)
    """Columns have other widths, in ems by their names: a mapping."""

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        """Show ``model``."""
        super().__init__(parent)
        self._rows = model
        self._fitting = False
        self._widths: tuple[float, dict[Column, int]] | None = None
        """As they are usual, and the em they were measured at."""
        self._own_widths: dict[Column, float] = {}
        self.setAccessibleName(texts.tr("Sessions"))
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setAccessibleName(texts.tr("Columns"))
        keys = texts.tr("S sorts by the next column, Shift+S turns the order.")
        header.setToolTip(keys)
        self.setAccessibleDescription(keys)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(Column.DATE, Qt.SortOrder.DescendingOrder)
        header.setMinimumSectionSize(u(40))
        header.setStretchLastSection(False)
        self._plain = self.itemDelegate()
        self._lines = _LinesDelegate(self)
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_header_resized)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self._on_model_reset)

    # -- what is selected ----------------------------------------------------------------------------

    def current_row(self) -> int | None:
        """The row where the keys are."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def selected_rows(self) -> list[int]:
        """All selected rows, from the top."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.size())]
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def select(self, rows: list[int]) -> None:
        """Select these, and stand on the first."""
        model = self.selectionModel()
        model.clearSelection()
        which = QItemSelectionModel.SelectionFlag
        for number, row in enumerate(rows):
            index = self._rows.index(row, 0)
            if number == 0:
                model.setCurrentIndex(index, which.Select | which.Rows)
            else:
                model.select(index, which.Select | which.Rows)

    def place(self) -> Place:
        """Where one is now."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.size())]
        return Place(
            self.current_row(),
            tuple(sorted({(part.top(), part.bottom()) for part in parts})),
            self.verticalScrollBar().value(),
        )

    def go_back_to(self, place: Place, moved: int = 0) -> None:
        """Be there again, after the lines have moved down by so many rows."""
        which = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for first, last in place.selected:
            selection.select(self._rows.index(first + moved, 0), self._rows.index(last + moved, 0))
        model = self.selectionModel()
        if place.row is not None:
            model.setCurrentIndex(self._rows.index(place.row + moved, 0), which.NoUpdate)
        model.select(selection, which.ClearAndSelect | which.Rows)
        height = self.verticalHeader().defaultSectionSize()
        # Who is at the very top sees what is new there.
        self.verticalScrollBar().setValue(place.scrolled + moved * height if place.scrolled else 0)

    # -- columns or lines ----------------------------------------------------------------------------

    @property
    def told_in_lines(self) -> bool:
        """Whether there are no columns: they would be narrower than the words above them, or than a day."""
        if self.width() < _TABLE_EM * em():
            return True
        usual, heads = self._usual(), self._heads()
        shown = [column for column in Column if column not in (Column.PRESET, Column.NOTE)]
        least = sum(min(usual[column], self._least_px(column, heads)) for column in shown)
        return least + self._note_px(heads) > self.viewport().width()

    def line_count(self) -> int:
        """How many lines a row has where there are no columns."""
        return 4 if self.width() < _TIGHT_EM * em() else 2

    def show_sorting(self, column: Column, *, descending: bool) -> None:
        """Show an arrow at this column's head."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def set_widths(self, widths: Mapping[str, float]) -> None:
        """Give columns, by their names, the widths the person chose, in ems."""
        names = {column.name.lower(): column for column in Column}
        self._own_widths = {names[name]: width for name, width in widths.items() if name in names}
        self._fit()

    def _fit(self) -> None:
        self._fitting = True
        lines = self.told_in_lines
        for column in Column:
            self.setColumnHidden(column, lines and column is not Column.DATE)
        self._rows.tell_in_lines(lines)
        self.horizontalHeader().setVisible(not lines)
        self.setItemDelegate(self._lines if lines else self._plain)
        metrics = QFontMetrics(self.font())
        high = max(u(38), metrics.height() + u(12))
        if lines:
            high = self.line_count() * metrics.height() + u(16)
        if self.verticalHeader().defaultSectionSize() != high:
            self.verticalHeader().setDefaultSectionSize(high)
        if lines:
            self.horizontalHeader().resizeSection(Column.DATE, self.viewport().width())
        else:
            self._fit_columns()
        self._fitting = False

    def _fit_columns(self) -> None:
        """Wide enough for what is usual; the note takes what is left, and long names give way first."""
        usual, heads = self._usual(), self._heads()
        widths = dict(usual)
        for column, width in self._own_widths.items():
            widths[column] = max(u(40), round(width * em()))
        room = self.viewport().width() - self._note_px(heads)
        shown = [column for column in Column if column is not Column.NOTE]
        if sum(widths[column] for column in shown) > room:  # a preset's name mostly says what its area says
            self.setColumnHidden(Column.PRESET, True)
            shown.remove(Column.PRESET)
        too_much = sum(widths[column] for column in shown) - room
        for column in (Column.PRESET, Column.AREA, *shown):  # at last those that somebody has made wide
            if too_much > 0 and column in shown:
                least = min(usual[column], self._least_px(column, heads))
                given = min(too_much, max(0, widths[column] - least))
                widths[column] -= given
                too_much -= given
        for column in shown:
            self.horizontalHeader().resizeSection(column, widths[column])
        left = self.viewport().width() - sum(widths[column] for column in shown)
        self.horizontalHeader().resizeSection(Column.NOTE, max(self._note_px(heads), left))

    def _usual(self) -> dict[Column, int]:
        if self._widths is None or self._widths[0] != em():
            self._widths = em(), self._usual_widths()
        return self._widths[1]

    def _heads(self) -> dict[Column, int]:
        """The width that the word above each column needs."""
        metrics = QFontMetrics(TextStyle.STRONG.font())
        titles = {column: str(self._rows.headerData(column, Qt.Orientation.Horizontal)) for column in Column}
        # Qt's own hint keeps room for an arrow on both sides.
        return {column: metrics.horizontalAdvance(title) + u(16 + 14) for column, title in titles.items()}

    def _least_px(self, column: Column, heads: Mapping[Column, int]) -> int:
        """Long names may be cut off with three dots; the word above them, a day or a number may not."""
        if column in (Column.PRESET, Column.AREA):
            return max(u(_NAME), heads[column])
        return self._usual()[column]

    def _note_px(self, heads: Mapping[Column, int]) -> int:
        return max(u(_NOTE), heads[Column.NOTE])

    def _usual_widths(self) -> dict[Column, int]:
        """As wide as the head, and as what such a column usually holds."""
        metrics = QFontMetrics(self.font())
        heads = self._heads()
        side = u(18)
        usual = {
            Column.DATE: ["Mon 30 Sep", "30 Sep 2025", texts.tr("Yesterday")],
            Column.TIME: ["21:44 PM"],
            Column.AREA: [texts.area(area) for area in BodyArea],
            Column.PRESET: [texts.area(area) for area in BodyArea],
            Column.MINUTES: ["100*"],
            Column.BEFORE: ["10"],
            Column.AFTER: ["10"],
            Column.CHANGE: ["+10"],
            Column.NOTE: [""],
        }
        found = {}
        for column, texts_there in usual.items():
            widest = sorted(map(metrics.horizontalAdvance, texts_there))
            content = (
                widest[-1] if column not in (Column.AREA, Column.PRESET) else widest[len(widest) * 3 // 4]
            )
            found[column] = max(heads[column], content + side)
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns, or lines."""
        super().resizeEvent(event)
        self._fit()

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F2 and Delete act; the others move or select."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.opened.emit()
            case Qt.Key.Key_F2 if plain:
                self.edit_requested.emit()
            case Qt.Key.Key_Delete if plain:
                self.delete_requested.emit()
            case Qt.Key.Key_S if plain or event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self._sort_by_key(turn=not plain)
            case Qt.Key.Key_Escape:
                event.ignore()
            case _ if event.text().isprintable() and event.text() and plain:
                event.ignore()  # no search by typing: it would go through a million rows
            case _:
                super().keyPressEvent(event)

    def _sort_by_key(self, *, turn: bool) -> None:
        """By the next column there is something to sort by, or by the same the other way round."""
        query = self._rows.query
        heads = {
            sort_by: column for column, sort_by in reversed(SORTED.items())
        }  # the day stands for the time
        column, descending = heads[query.sort_by], not query.descending
        if not turn:
            heads_in_order = list(reversed(heads.values()))
            number = heads_in_order.index(column) + 1
            column, descending = heads_in_order[number % len(heads_in_order)], True
        self.sorted_by.emit(column, descending)
        title = str(self._rows.headerData(column, Qt.Orientation.Horizontal))
        words = (
            texts.tr("Sorted by {column}, descending.")
            if descending
            else texts.tr("Sorted by {column}, ascending.")
        )
        announce(self, words.format(column=title))

    @Slot(int)
    def _on_header_clicked(self, section: int) -> None:
        column = Column(section)
        query = self._rows.query
        if column not in SORTED:  # Qt has moved the arrow already
            now = next(each for each, sort_by in SORTED.items() if sort_by is query.sort_by)
            self.show_sorting(now, descending=query.descending)
            return
        same = SORTED[column] is query.sort_by
        self.sorted_by.emit(column, not query.descending if same else True)

    @Slot(int, int, int)
    def _on_header_resized(self, section: int, _before: int, now: int) -> None:
        if self._fitting or self.told_in_lines or Column(section) is Column.NOTE:
            return
        self._own_widths[Column(section)] = round(now / em(), 2)
        self._fitting = True
        self._fit_columns()
        self._fitting = False
        self.resized.emit({column.name.lower(): width for column, width in self._own_widths.items()})

    @Slot()
    def _on_selection_changed(self) -> None:
        self.picked.emit()

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.opened.emit()

    @Slot()
    def _on_model_reset(self) -> None:
        self.picked.emit()


class _LinesDelegate(QStyledItemDelegate):
    """All of a session in a few lines."""

    def __init__(self, table: SessionTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens()
        area: QRect = option.rect
        selected = self._table.selectionModel().isSelected(index)
        painter.save()
        if selected:
            painter.fillRect(area, QColor(colours.accent_soft))
            painter.fillRect(QRect(area.left(), area.top(), u(3), area.height()), QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setFont(self._table.font())
        metrics = painter.fontMetrics()
        room = area.adjusted(u(14), u(8), -u(12), -u(8))
        lines = str(index.data(SummaryRole) or "").split("\n")
        shown = fitted(lines, room.width(), self._table.line_count(), metrics)
        for number, line in enumerate(shown):
            ink = colours.on_soft if selected else colours.text if number == 0 else colours.text2
            painter.setPen(QColor(ink))
            where = QRect(room.left(), room.top() + number * metrics.height(), room.width(), metrics.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, line)
        painter.restore()


def fitted(lines: list[str], width: int, most: int, metrics: QFontMetrics) -> list[str]:
    """The lines, wrapped at spaces; what goes beyond ``most`` of them is cut off with three dots."""
    wrapped: list[str] = []
    for line in lines:
        now = ""
        for word in line.split():
            longer = f"{now} {word}".strip()
            if now and metrics.horizontalAdvance(longer) > width:
                wrapped.append(now)
                now = word
            else:
                now = longer
        if now:
            wrapped.append(now)
    if len(wrapped) > most:
        wrapped[most - 1] = " ".join(wrapped[most - 1 :])
        del wrapped[most:]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in wrapped]
