"""Ratings before and after on one axis, a row each: hollow before, solid after, a line between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from matsession.domain.guidance import RATING_MAX
from matsession.ui.theme import TextStyle, em, tokens, u
from matsession.ui.widgets.chart import Chart, Index, draw_cell_ring, tabular

_ROW: Final = 47
_WIDE_EM: Final = 24
"""Below this width the words of a row stand above its axis."""
_TICKS: Final = range(0, RATING_MAX + 1, 2)
_BEFORE_RADIUS: Final = 5.5
_AFTER_RADIUS: Final = 6.5


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row. Without ``before`` and ``after`` it has ``words`` in their place."""

    title: str
    detail: str
    name: str
    """All of it, for a screen reader."""
    before: float | None = None
    after: float | None = None
    change: str = ""
    words: str = ""


class ChangeChart(Chart):
    """A row an area, or a session."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._rows: Sequence[ChangeRow] = ()
        self.setItemDelegate(_RowDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, name: str, rows: Sequence[ChangeRow], summary: str) -> None:
        """Show these; ``summary`` says all of it in words."""
        self.setAccessibleName(name)
        self.tell(summary)
        self._rows = rows
        self.names.show_names(tuple((row.name,) for row in rows))
        self._arrange()
        self.updateGeometry()

    def row(self, number: int) -> ChangeRow | None:
        """What stands in this row."""
        return self._rows[number] if number < len(self._rows) else None

    # -- geometry ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for all rows, and the numbers of the axis."""
        return QSize(u(360), self._height())

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(160), self._height())

    def hasHeightForWidth(self) -> bool:
        """Narrow rows are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows, and the numbers of the axis."""
        return self._height(width)

    def _height(self, width: int | None = None) -> int:
        return len(self._rows) * self.row_px(width) + self._axis_px() if self._rows else 0

    def stacked(self, width: int | None = None) -> bool:
        """Whether the words of a row stand above its axis."""
        return (self.width() if width is None else width) < _WIDE_EM * em()

    def row_px(self, width: int | None = None) -> int:
        """How high a row is."""
        words = QFontMetrics(TextStyle.BODY.font()).height() + QFontMetrics(TextStyle.CAPTION.font()).height()
        if self.stacked(width):
            return words + u(12) + 2 * u(_AFTER_RADIUS + 3)
        return max(u(_ROW), words + u(8))

    def _axis_px(self) -> int:
        return QFontMetrics(tabular(TextStyle.CAPTION)).height() + u(10)

    def change_px(self) -> int:
        """The room for the numbers at the end."""
        metrics = QFontMetrics(tabular(TextStyle.STRONG))
        return max((metrics.horizontalAdvance(row.change) for row in self._rows), default=0) + u(12)

    def axis(self) -> tuple[float, float]:
        """Where 0 and 10 lie."""
        edge = u(_AFTER_RADIUS + 2)
        if self.stacked():
            return float(edge), float(self.viewport().width() - edge)
        titles = max((self._title_px(row) for row in self._rows), default=0)
        left = min(max(titles + u(16), u(100)), round(self.viewport().width() * 0.42))
        return float(left + edge), float(self.viewport().width() - self.change_px() - edge)

    def _title_px(self, row: ChangeRow) -> int:
        strong, caption = QFontMetrics(TextStyle.BODY.font()), QFontMetrics(TextStyle.CAPTION.font())
        return max(strong.horizontalAdvance(row.title), caption.horizontalAdvance(row.detail)) + u(4)

    def x_of(self, rating: float) -> float:
        """Where this rating lies."""
        low, high = self.axis()
        share = rating / RATING_MAX
        return high - share * (high - low) if self.isRightToLeft() else low + share * (high - low)

    def _arrange(self) -> None:
        if self._rows:
            self.horizontalHeader().resizeSection(0, self.viewport().width())
            for number in range(len(self._rows)):
                self.verticalHeader().resizeSection(number, self.row_px())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the axis, or above it."""
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines of the axis with their numbers, and the rows upon them."""
        if not self._rows:
            return
        colours, bottom = tokens(), len(self._rows) * self.row_px()
        painter = QPainter(self.viewport())
        painter.setFont(tabular(TextStyle.CAPTION))
        metrics = painter.fontMetrics()
        for tick in _TICKS:
            x = round(self.x_of(tick))
            if not self.stacked():
                painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
                painter.drawLine(x, 0, x, bottom)
            painter.setPen(QColor(colours.text2))
            width = metrics.horizontalAdvance(str(tick)) + 2
            left = max(0, min(x - width // 2, self.viewport().width() - width))
            area = QRect(left, bottom + u(6), width, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(tick))
        painter.end()
        super().paintEvent(event)


class _RowDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, chart: ChangeChart) -> None:
        super().__init__(chart)
        self._chart = chart

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, colours = self._chart.row(index.row()), tokens()
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        stacked = self._chart.stacked()
        low, high = self._chart.axis()
        radius = u(_AFTER_RADIUS)
        y = area.bottom() - radius - u(4) if stacked else area.center().y() + 0.5
        if stacked and row.before is not None:
            painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
        self._paint_words(painter, area, row, stacked)
        if row.before is None or row.after is None:
            self._paint_note(painter, area, row, stacked)
        else:
            self._paint_marks(painter, row.before, row.after, y)
        if self._chart.ringed(index):
            draw_cell_ring(painter, QRectF(area), u(7))
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, row: ChangeRow, stacked: bool) -> None:
        colours = tokens()
        title, detail = TextStyle.BODY.font(), TextStyle.CAPTION.font()
        highs = QFontMetrics(title).height(), QFontMetrics(detail).height()
        change = self._chart.change_px()
        low, _high = self._chart.axis()
        room = area.width() - change - u(4) if stacked else round(low) - u(_AFTER_RADIUS + 6)
        top = area.top() + u(4) if stacked else area.center().y() - sum(highs) // 2
        left = area.left() + u(4) if stacked else area.left()
        for text, font, ink, y, high in (
            (row.title, title, colours.text, top, highs[0]),
            (row.detail, detail, colours.text2, top + highs[0], highs[1]),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            where = QRect(left, y, room, high)
            if self._chart.isRightToLeft():
                where.moveRight(area.right() - (left - area.left()))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
        strong: QFont = tabular(TextStyle.STRONG)
        painter.setFont(strong)
        painter.setPen(QColor(colours.text))
        at = QRect(area.right() - change, area.top(), change, area.height())
        if stacked:
            at = QRect(area.right() - change, top, change - u(2), highs[0])
        if self._chart.isRightToLeft():
            at.moveLeft(area.left())
        painter.drawText(at, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, row.change)

    def _paint_note(self, painter: QPainter, area: QRect, row: ChangeRow, stacked: bool) -> None:
        """Words upon the axis, on a ground of their own."""
        colours = tokens()
        painter.setFont(TextStyle.CAPTION.font())
        metrics = painter.fontMetrics()
        low, _high = self._chart.axis()
        left = area.left() + u(4) if stacked else round(low) + u(2)
        shown = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, area.right() - left)
        y = area.bottom() - metrics.height() - u(4) if stacked else area.center().y() - metrics.height() // 2
        where = QRect(left, y, metrics.horizontalAdvance(shown) + u(4), metrics.height())
        if self._chart.isRightToLeft():
            where.moveRight(area.right() - (left - area.left()))
        painter.fillRect(where.adjusted(-u(4), -u(4), u(4), u(4)), QColor(colours.surface))
        painter.setPen(QColor(colours.text2))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_marks(self, painter: QPainter, before: float, after: float, y: float) -> None:
        colours = tokens()
        start, end = QPointF(self._chart.x_of(before), y), QPointF(self._chart.x_of(after), y)
        painter.setPen(QPen(QColor(colours.text2), max(1.5, u(2.5))))
        painter.drawLine(start, end)
        ring, solid = u(_BEFORE_RADIUS), u(_AFTER_RADIUS)
        nested = abs(start.x() - end.x()) < ring
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        if not nested:
            painter.drawEllipse(end, solid, solid)
        painter.setPen(QPen(QColor(colours.before), max(2.0, u(2.2))))
        painter.setBrush(QColor(colours.surface))
        outer = ring + (u(2.5) if nested else 0)
        painter.drawEllipse(start, outer, outer)
        if nested:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            inner = u(4)
            painter.drawEllipse(end, inner, inner)
