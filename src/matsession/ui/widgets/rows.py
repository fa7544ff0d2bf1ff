"""Lists of one-line rows: a mark, a text, and a time at the end. Long texts wrap."""

from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, Tokens, tokens, u
from matsession.ui.widgets.viewport import make_viewport

Index = QModelIndex | QPersistentModelIndex

MarkRole = Qt.ItemDataRole.UserRole + 1
"""A ``Mark``."""
TrailingRole = Qt.ItemDataRole.UserRole + 2
"""The text at the end of the row."""


class Mark(Enum):
    """What stands before a row; told apart by shape, not by colour alone."""

    BULLET = auto()
    DONE = auto()
    NOW = auto()
    NEXT = auto()
    CHOICE = auto()
    """One of several to choose from: filled when it is chosen."""


_MOVING_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class RowList(QListView):
    """A list of such rows. Keys other than those that move are left to the page."""

    def __init__(
        self,
        name: str,
        rows: QAbstractItemModel,
        row_px: int,
        parent: QWidget | None = None,
        *,
        least_rows: float = 3.6,
    ) -> None:
        """``name`` is what a screen reader calls it; ``row_px`` the height of a row in design pixels.

        Where it scrolls, it shows ``least_rows`` at the least; a part of a row tells that there are more.
        """
        super().__init__(parent)
        make_viewport(self)
        self.setAccessibleName(name)
        self._row_px = row_px
        self._least_rows = least_rows
        self._scrolling = True
        self.by_key = False
        """Whether the focus came by key, so that the row it is on has a ring."""
        self._measured: tuple[int, int] | None = None
        self.setModel(rows)
        self._delegate = _RowDelegate(self)
        rows.modelReset.connect(self._on_rows_changed)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_scrolling(self, scrolling: bool) -> None:
        """Scroll within the room there is, or take the room for all rows (where the page scrolls)."""
        self._scrolling = scrolling
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if scrolling else policy.ScrollBarAlwaysOff)
        vertical = QSizePolicy.Policy.Expanding if scrolling else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.updateGeometry()

    def row_px(self) -> int:
        """The height of a row in design pixels."""
        return self._row_px

    def sizeHint(self) -> QSize:
        """Room for all rows, or a few to begin with where the list scrolls and takes what is left."""
        return QSize(u(240), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """All rows, or a few of them where the list scrolls."""
        if not self._scrolling:
            return QSize(u(120), self._rows_height())
        few = round(self._least_rows * u(self._row_px))
        if self.model().rowCount() < self._least_rows:
            few = min(few, self._rows_height())
        return QSize(u(120), few)

    def _rows_height(self) -> int:
        """Measured once for each width: layouts ask often, and wrapping a text is slow."""
        width = self.viewport().width()
        if self._measured is None or self._measured[0] != width:
            rows = range(self.model().rowCount())
            self._measured = (width, sum(self.sizeHintForRow(row) for row in rows) + 2)
        return self._measured[1]

    def _forget_heights(self) -> None:
        self._measured = None
        self._delegate.forget_heights()

    @Slot()
    def _on_rows_changed(self) -> None:
        self._forget_heights()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Where only the time at the end of a row is another, paint that row: Qt would lay out all anew."""
        if tuple(roles) == (TrailingRole,) and first == last:
            self.update(first)
            return
        self._forget_heights()
        super().dataChanged(first, last, roles)

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other heights."""
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._forget_heights()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps other rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and their like move; the page knows what the other keys mean."""
        if event.key() in _MOVING_KEYS:
            self.by_key = True
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key; there is always a row to stand on."""
        self.by_key = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))


class _RowDelegate(QStyledItemDelegate):
    """Paints the rows of one RowList."""

    def __init__(self, rows: RowList) -> None:
        super().__init__(rows)
        self._rows = rows
        self._heights: dict[tuple[int, int], int] = {}

    def forget_heights(self) -> None:
        """The rows say other things, or in another font."""
        self._heights.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Measured once for each width: the view asks for every row each time it is laid out."""
        width = self._rows.viewport().width()
        place = (index.row(), width)
        if place not in self._heights:
            self._heights[place] = self._height(index, width)
        return QSize(width, self._heights[place])

    def _height(self, index: Index, width: int) -> int:
        text_width = self._text_area(QRect(0, 0, width, 0), index).width()
        metrics = _metrics(_may_be_chosen(index))
        wrapped = metrics.boundingRect(
            0, 0, max(u(40), text_width), 10_000, int(Qt.TextFlag.TextWordWrap), _text(index)
        )
        return max(u(self._rows.row_px()), wrapped.height() + u(12 if _may_be_chosen(index) else 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        rect: QRect = option.rect
        mark = _mark(index)
        selected = mark is Mark.CHOICE and self._rows.selectionModel().isSelected(index)
        chosen = mark is Mark.NOW or selected
        ground = QRectF(rect).adjusted(1, 1, -1, -1)
        if chosen:
            painter.setPen(QPen(QColor(colours.accent), u(2)) if colours.soft_outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(ground, u(10), u(10))
        elif mark is Mark.CHOICE and under_mouse(self._rows, index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(ground, u(10), u(10))
        if self._rows.by_key and self._rows.hasFocus() and index == self._rows.currentIndex():
            painter.setPen(QPen(QColor(colours.focus), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), u(9), u(9))
        _draw_mark(painter, mark, chosen, _mark_area(rect, index), colours)
        ink = colours.on_soft if chosen else colours.text2 if mark is Mark.DONE else colours.text
        painter.setPen(QColor(ink))
        painter.setFont(_font(chosen))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.drawText(self._text_area(rect, index), flags, _text(index))
        painter.setPen(QColor(colours.on_soft if chosen else colours.text2))
        end = rect.adjusted(0, 0, -_side(index), 0)
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, _trailing(index))
        painter.restore()

    def _text_area(self, rect: QRect, index: Index) -> QRect:
        trailing = _metrics(_may_be_chosen(index)).horizontalAdvance(_trailing(index))
        side = _side(index)
        return rect.adjusted(side + u(18 + 12), 0, -(trailing + u(12) + side), 0)


def under_mouse(view: QAbstractItemView, index: Index) -> bool:
    """Whether the mouse is over this row."""
    # option.state tells too, but Qt's class QStyle takes 8 ms to make, and nothing else needs it.
    ground = view.viewport()
    return ground.underMouse() and view.indexAt(ground.mapFromGlobal(QCursor.pos())) == index


def _metrics(chosen: bool) -> QFontMetrics:
    return _metrics_of(TextStyle.STRONG if chosen else TextStyle.BODY, QApplication.font())


@lru_cache(maxsize=4)  # for each row at each width
def _metrics_of(style: TextStyle, _system: QFont) -> QFontMetrics:
    return QFontMetrics(_font(style is TextStyle.STRONG))


def _font(chosen: bool) -> QFont:
    font = (TextStyle.STRONG if chosen else TextStyle.BODY).font()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def _trailing(index: Index) -> str:
    return str(index.data(TrailingRole) or "")


def _mark(index: Index) -> Mark:
    mark = index.data(MarkRole)
    return mark if isinstance(mark, Mark) else Mark.BULLET


def _may_be_chosen(index: Index) -> bool:
    return _mark(index) is not Mark.BULLET


def _side(index: Index) -> int:
    """Rows that can be filled keep their text off the edge."""
    return u(12) if _may_be_chosen(index) else 0


def _mark_area(rect: QRect, index: Index) -> QRectF:
    size = u(18)
    if not _may_be_chosen(index):
        return QRectF(rect.left() - u(4), rect.center().y() + 0.5 - size / 2, size, size)
    return QRectF(rect.left() + u(12), rect.center().y() + 0.5 - size / 2, size, size)


def _draw_mark(painter: QPainter, mark: Mark, chosen: bool, area: QRectF, colours: Tokens) -> None:
    accent, outline = QColor(colours.accent), QPen(QColor(colours.control), max(1.5, u(1.5)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    inner = area.width() / 2
    match mark:
        case Mark.BULLET:
            painter.drawEllipse(area.center(), u(4), u(4))
        case Mark.DONE:
            painter.drawEllipse(area)
            edge = area.width() * 0.2
            tick = area.adjusted(edge, edge, -edge, -edge)
            draw_sign(painter, Sign.TICK, tick, QColor(colours.on_accent), 4.0)
        case Mark.NOW:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, area.width() * 0.3))
            painter.drawEllipse(area.center(), inner * 0.7, inner * 0.7)
        case Mark.CHOICE if chosen:
            painter.drawEllipse(area)
            painter.setBrush(QColor(colours.on_accent))
            painter.drawEllipse(area.center(), inner * 0.35, inner * 0.35)
        case Mark.NEXT | Mark.CHOICE:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(outline)
            painter.drawEllipse(area.adjusted(1, 1, -1, -1))
