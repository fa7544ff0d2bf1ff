"""What the charts share: a picture of numbers that is a table underneath.

Each cell has a name that says all there is to see; arrows go from one to the next, and where they stop there
is a ring and the name as a tooltip.
"""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QToolTip, QWidget

from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.viewport import make_viewport

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Names(QAbstractTableModel):
    """The names of the cells, by row and column; an empty one is of a place where nothing is."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._names: tuple[tuple[str, ...], ...] = ()

    def show_names(self, names: tuple[tuple[str, ...], ...]) -> None:
        """Show these rows, which are of one length."""
        if names != self._names:
            self.beginResetModel()
            self._names = names
            self.endResetModel()

    def name(self, row: int, column: int) -> str:
        """The name of a cell; empty beyond the edge too."""
        inside = 0 <= row < len(self._names) and 0 <= column < len(self._names[row])
        return self._names[row][column] if inside else ""

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = _TOP) -> int:
        """How many columns."""
        return 0 if parent.isValid() or not self._names else len(self._names[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, for eyes that stay on a cell and for ears."""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.name(index.row(), index.column()) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Places where nothing is cannot be gone to."""
        if not self.name(index.row(), index.column()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Chart(QTableView):
    """Without frame and heads; whoever makes one of it paints its cells, or all of it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        make_viewport(self)
        self.setObjectName("Chart")
        self.setAccessibleName(name)
        self.names = Names(self)
        self._by_key = False
        self.setModel(self.names)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setMinimumSectionSize(1)

    def tell(self, summary: str) -> None:
        """Let ``summary`` say the whole chart in a sentence or two."""
        self.setAccessibleDescription(summary)

    def ringed(self, index: Index) -> bool:
        """Whether a ring is to be drawn here: the keys are on this cell."""
        return self._by_key and self.hasFocus() and self.currentIndex() == index

    def home(self) -> QModelIndex:
        """The cell where keys begin."""
        return self._edge(forwards=False)

    def end(self) -> QModelIndex:
        """The last cell."""
        return self._edge(forwards=True)

    def _edge(self, *, forwards: bool) -> QModelIndex:
        places = [
            (row, column)
            for column in range(self.names.columnCount())
            for row in range(self.names.rowCount())
            if self.names.name(row, column)
        ]
        return self.names.index(*places[-1 if forwards else 0]) if places else QModelIndex()

    def neighbour(self, row: int, column: int, down: int, right: int) -> QModelIndex:
        """Where an arrow leads; not valid where it leads nowhere."""
        row, column = row + down, column + right
        while 0 <= row < self.names.rowCount() and 0 <= column < self.names.columnCount():
            if self.names.name(row, column):
                return self.names.index(row, column)
            row, column = row + down, column + right
        return QModelIndex()

    # -- keys and mouse ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; the page knows what the other keys mean."""
        key, here = Qt.Key(event.key()), self.currentIndex()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        if key in _MOVES:
            down, right = _MOVES[key]
            if self.isRightToLeft():
                right = -right
            to = self.neighbour(here.row(), here.column(), down, right) if here.isValid() else self.home()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            to = self._edge(forwards=key is Qt.Key.Key_End)
        else:
            event.ignore()
            return
        self._by_key = True
        self.go_to(to)

    def go_to(self, index: QModelIndex) -> None:
        """Stand on this cell, and show its name where the keys are here."""
        if index.isValid():
            self.setCurrentIndex(index)
        self._show_name()
        self.viewport().update()

    def _show_name(self) -> None:
        here = self.currentIndex()
        if not self._by_key or not self.hasFocus() or not here.isValid():
            return
        place = self.visualRect(here)
        where = self.viewport().mapToGlobal(QPoint(place.left(), place.bottom()))
        QToolTip.showText(where, self.names.name(here.row(), here.column()), self.viewport(), place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a cell to stand on."""
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._by_key = event.reason() not in _BY_MOUSE
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.home())  # first: else Qt would begin in the corner
        super().focusInEvent(event)
        self._show_name()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring any more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press by mouse takes the ring away."""
        self._by_key = False
        super().mousePressEvent(event)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(u(120), self.sizeHint().height())


def tabular(style: TextStyle) -> QFont:
    """A font of this style, whose digits are of one width."""
    font = style.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def draw_cell_ring(painter: QPainter, area: QRectF, radius: float) -> None:
    """The ring of the keys, within ``area``."""
    half = u(2) / 2
    painter.setPen(QPen(QColor(tokens().focus), u(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius, radius)
