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
_TITLE_LINES: Final = 2
"""A title has no more of them there, or the words stand above the axis after all."""
_TITLES: Final = 0.42
"""They take no more of the width where they stand beside it."""
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
        """Whether the words of a row stand above its axis: it is narrow, or would cut some of them off."""
        width = self.width() if width is None else width
        if width < _WIDE_EM * em():
            return True
        room = self._words_px(width)
        small = QFontMetrics(TextStyle.CAPTION.font())
        note = max((small.horizontalAdvance(row.words) for row in self._rows), default=0)
        detail = max((small.horizontalAdvance(row.detail) for row in self._rows), default=0)
        lines = max((self.title_lines(row, room) for row in self._rows), default=1)
        has_room = lines <= _TITLE_LINES and detail <= room
        return not has_room or self._beside_px(width) + u(_AFTER_RADIUS + 2) + u(4) + note > width

    def title_lines(self, row: ChangeRow, room: int) -> int:
        """How many lines its title needs beside the axis; too many where a word of it has no room."""
        metrics = QFontMetrics(TextStyle.BODY.font())
        if max((metrics.horizontalAdvance(word) for word in row.title.split()), default=0) > room:
            return _TITLE_LINES + 1
        within = QRect(0, 0, room, 100_000)
        high = metrics.boundingRect(within, int(Qt.TextFlag.TextWordWrap), row.title).height()
        return max(1, round(high / metrics.height()))

    def row_px(self, width: int | None = None) -> int:
        """How high a row is."""
        title, detail = QFontMetrics(TextStyle.BODY.font()), QFontMetrics(TextStyle.CAPTION.font())
        if self.stacked(width):
            return title.height() + detail.height() + u(12) + 2 * u(_AFTER_RADIUS + 3)
        room = self._words_px(self.width() if width is None else width)
        lines = max((self.title_lines(row, room) for row in self._rows), default=1)
        return max(u(_ROW), lines * title.height() + detail.height() + u(8))

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
        left = self._beside_px(self.viewport().width())  # what ``_words_px`` reckons with
        return float(left + edge), float(self.viewport().width() - self.change_px() - edge)

    def _beside_px(self, width: int) -> int:
        """Where the axis begins beside the words."""
        titles = max((self._title_px(row) for row in self._rows), default=0)
        return min(max(titles + u(16), u(100)), round(width * _TITLES))

    def _words_px(self, width: int) -> int:
        """The room for the words beside the axis."""
        return self._beside_px(width) + u(_AFTER_RADIUS + 2) - u(_AFTER_RADIUS + 6)

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

    def change_below(self) -> bool:
        """Whether the numbers stand in the second line, for the titles need all of the first."""
        titles = QFontMetrics(TextStyle.BODY.font())
        widest = max((titles.horizontalAdvance(row.title) for row in self._rows), default=0)
        return widest > self.viewport().width() - self.change_px() - u(4)

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
        beside = round(low) - u(_AFTER_RADIUS + 6)
        whole, left_over = area.width() - u(4), area.width() - change - u(4)
        below = stacked and self._chart.change_below()
        rooms = (whole, left_over) if below else (left_over, whole)
        lines = 1 if stacked else self._chart.title_lines(row, beside)
        highs = lines * highs[0], highs[1]
        top = area.top() + u(4) if stacked else area.center().y() - sum(highs) // 2
        left = area.left() + u(4) if stacked else area.left()
        for text, font, ink, y, high, above in (
            (row.title, title, colours.text, top, highs[0], rooms[0]),
            (row.detail, detail, colours.text2, top + highs[0], highs[1], rooms[1]),
        ):
            room = above if stacked else beside
            painter.setFont(font)
            painter.setPen(QColor(ink))
            where = QRect(left, y, room, high)
            if self._chart.isRightToLeft():
                where.moveRight(area.right() - (left - area.left()))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(
                where, flags | int(Qt.TextFlag.TextWordWrap if lines > 1 else 0), text if lines > 1 else shown
            )
        strong: QFont = tabular(TextStyle.STRONG)
        painter.setFont(strong)
        painter.setPen(QColor(colours.text))
        at = QRect(area.right() - change, area.top(), change, area.height())
        if stacked:
            at = QRect(area.right() - change, top, change - u(2), highs[0])
        if below:
            at.translate(0, highs[0])
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
