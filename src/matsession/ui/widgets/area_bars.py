"""How the time is spread over the places of the body: a row each, with a bar as long as its share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.chart import Chart, Index, draw_cell_ring, tabular

_BAR: Final = 8
_EDGE: Final = 4


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row."""

    title: str
    value: str
    share: float
    """Beside the longest, 0 to 1."""
    name: str


class AreaBars(Chart):
    """A row an area, the longest time first."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._rows: Sequence[AreaRow] = ()
        self.setItemDelegate(_RowDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[AreaRow], summary: str) -> None:
        """Show these; ``summary`` says all of it in words."""
        self._rows = rows
        self.tell(summary)
        self.names.show_names(tuple((row.name,) for row in rows))
        self._arrange()
        self.updateGeometry()

    def row(self, number: int) -> AreaRow | None:
        """What stands in this row."""
        return self._rows[number] if number < len(self._rows) else None

    def sizeHint(self) -> QSize:
        """Room for all rows."""
        return QSize(u(360), self.heightForWidth(u(360)))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(160), self.heightForWidth(max(1, self.width())))

    def hasHeightForWidth(self) -> bool:
        """Long words need another line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows."""
        return len(self._rows) * self.row_px(width)

    def stacked(self, width: int | None = None) -> bool:
        """Whether the value of a row stands below its title: one line would cut some title off."""
        title, value = QFontMetrics(TextStyle.BODY.font()), QFontMetrics(tabular(TextStyle.CAPTION))
        needed = max(
            (title.horizontalAdvance(row.title) + value.horizontalAdvance(row.value) for row in self._rows),
            default=0,
        )
        return needed + _between_px() + 2 * u(_EDGE) > (self.width() if width is None else width)

    def row_px(self, width: int | None = None) -> int:
        """How high a row is: the bar stands below the words."""
        words = QFontMetrics(TextStyle.BODY.font()).height()
        if self.stacked(width):
            words += QFontMetrics(tabular(TextStyle.CAPTION)).height()
        return words + u(_BAR) + u(16)

    def _arrange(self) -> None:
        if self._rows:
            self.horizontalHeader().resizeSection(0, self.viewport().width())
            for number in range(len(self._rows)):
                self.verticalHeader().resizeSection(number, self.row_px())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Longer bars, or shorter; one line of words, or two."""
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _between_px() -> int:
    """Between title and value, and at the end of the value."""
    return u(2) + u(12)


class _RowDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, chart: AreaBars) -> None:
        super().__init__(chart)
        self._chart = chart

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, colours = self._chart.row(index.row()), tokens()
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect.adjusted(u(_EDGE), u(4), -u(_EDGE), -u(4))
        stacked = self._chart.stacked()
        value, body = tabular(TextStyle.CAPTION), TextStyle.BODY.font()
        high = QFontMetrics(body).height()
        wide = QFontMetrics(value).horizontalAdvance(row.value)
        line = QRect(area.left(), area.top(), area.width(), high)
        leading, trailing = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        painter.setFont(body)
        painter.setPen(QColor(colours.text))
        room = line.width() if stacked else line.width() - wide - _between_px()
        title = QFontMetrics(body).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, leading | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(value)
        painter.setPen(QColor(colours.text2))
        if stacked:
            line = QRect(line.left(), line.bottom() + 1, line.width(), QFontMetrics(value).height())
        side = leading if stacked else trailing
        painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, row.value)
        width = max(float(u(_BAR)), row.share * area.width())
        left = area.right() + 1 - width if self._chart.isRightToLeft() else area.left()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        bar = QRectF(left, line.bottom() + u(4), width, u(_BAR))
        painter.drawRoundedRect(bar, u(_BAR) / 2, u(_BAR) / 2)
        if self._chart.ringed(index):
            draw_cell_ring(painter, QRectF(option.rect), u(7))
        painter.restore()
