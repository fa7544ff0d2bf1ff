"""Minutes per week, month or year as bars, with their numbers above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.chart import Chart, Index, draw_cell_ring, tabular

_HEIGHT: Final = 300
_BAR_PART: Final = 0.6
"""Of the room from one bar to the next."""
_STEPS: Final = (1, 2, 5, 10, 20, 50)
"""Times 30: how far the lines of the grid are apart."""
_MOST_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how much, what stands below it, and what it is called."""

    value: int
    label: str
    name: str
    now: bool = False
    """The one that is not over yet."""


def grid_step(highest: int) -> int:
    """Minutes between two lines of the grid: 30, or as much more as it takes for four lines at the most."""
    factor = 1
    while True:
        for step in _STEPS:
            if highest <= _MOST_LINES * 30 * factor * step:
                return 30 * factor * step
        factor *= 100


class BarChart(Chart):
    """One row, a column for each bar; the newest is the last. Where it is narrow older ones are left out."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._bars: Sequence[Bar] = ()
        self._first = 0
        self.setItemDelegate(_BarDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, name: str, bars: Sequence[Bar], summary: str) -> None:
        """Show these; ``name`` is what they are, ``summary`` says all of it in words."""
        self.setAccessibleName(name)
        self.tell(summary)
        self._bars = bars
        self._arrange()

    def bars(self) -> Sequence[Bar]:
        """Those there is room for."""
        return self._bars[self._first :]

    def home(self) -> QModelIndex:
        """Keys begin at the newest."""
        return self.end()

    # -- geometry ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As the design has it."""
        return QSize(u(360), u(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(160), u(220))

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(tabular(TextStyle.CAPTION))

    def axis_px(self) -> int:
        """The room for the numbers of the grid."""
        return self._metrics().horizontalAdvance(_number(self.top())) + u(10)

    def top(self) -> int:
        """The highest line of the grid."""
        highest = max((bar.value for bar in self._bars), default=0)
        step = grid_step(highest)
        return max(1, -(-highest // step)) * step

    def plot(self) -> QRect:
        """Where the bars stand, from 0 to the top line."""
        high = self._metrics().height()
        return self.viewport().rect().adjusted(self.axis_px(), high + u(4), 0, -(high + u(8)))

    def slot_px(self) -> float:
        """From one bar to the next."""
        return self.plot().width() / max(1, len(self.bars()))

    def bar_area(self, number: int) -> QRectF:
        """Where this bar stands."""
        plot, slot = self.plot(), self.slot_px()
        width = _BAR_PART * slot
        high = plot.height() * self.bars()[number].value / self.top()
        left = plot.left() + number * slot + (slot - width) / 2
        return QRectF(left, plot.bottom() + 1 - high, width, high)

    def _arrange(self) -> None:
        metrics = self._metrics()
        widest = max((metrics.horizontalAdvance(_number(bar.value)) for bar in self._bars), default=0)
        fit = max(1, self.plot().width() // (max(widest, u(14)) + u(6)))
        here = self.currentIndex().column() + self._first if self.currentIndex().isValid() else None
        self._first = max(0, len(self._bars) - fit)
        self.names.show_names((tuple(bar.name for bar in self.bars()),) if self._bars else ())
        # The first column takes the room of the axis too: a click there is near enough.
        header, slot = self.horizontalHeader(), self.slot_px()
        edges = [round(self.plot().left() + number * slot) for number in range(len(self.bars()) + 1)]
        for number in range(header.count()):
            left = 0 if number == 0 else edges[number]
            header.resizeSection(number, edges[number + 1] - left)
        if self.names.rowCount():
            self.verticalHeader().resizeSection(0, self.viewport().height())
        if here is not None:
            self.setCurrentIndex(self.names.index(0, max(0, here - self._first)))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More bars, or fewer."""
        super().resizeEvent(event)
        self._arrange()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grid with its numbers, the bars, and the words below."""
        painter = QPainter(self.viewport())
        self._paint_grid(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_labels(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        colours, plot, top = tokens(), self.plot(), self.top()
        step, high = grid_step(max((bar.value for bar in self._bars), default=0)), self._metrics().height()
        painter.setFont(tabular(TextStyle.CAPTION))
        for minutes in range(0, top + 1, step):
            y = plot.bottom() + 1 - round(plot.height() * minutes / top)
            painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(QColor(colours.text2))
            area = QRect(0, y - high // 2, plot.left() - u(8), high)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _number(minutes)
            )

    def _paint_labels(self, painter: QPainter) -> None:
        """From the newest on backwards, as many as do not touch."""
        colours, plot, metrics = tokens(), self.plot(), self._metrics()
        free_until = self.viewport().width()
        for number in range(len(self.bars()) - 1, -1, -1):
            bar = self.bars()[number]
            font = tabular(TextStyle.CAPTION)
            font.setBold(bar.now)
            width = QFontMetrics(font).horizontalAdvance(bar.label) + 2
            left = round(self.bar_area(number).center().x() - width / 2)
            left = max(min(left, self.viewport().width() - width), 0)
            if left + width > free_until:
                continue
            free_until = left - u(14)
            painter.setFont(font)
            painter.setPen(QColor(colours.text if bar.now else colours.text2))
            area = QRect(left, plot.bottom() + u(7), width, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, bar.label)


class _BarDelegate(QStyledItemDelegate):
    """Paints a bar, and its number above it."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__(chart)
        self._chart = chart

    def paint(self, painter: QPainter, _option: QStyleOptionViewItem, index: Index) -> None:
        number, colours = index.column(), tokens()
        if number >= len(self._chart.bars()):
            return
        bar, area = self._chart.bars()[number], self._chart.bar_area(number)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if bar.value:
            edge = max(1.5, u(1.5))
            painter.setPen(QPen(QColor(colours.accent), edge) if bar.now else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if bar.now else colours.accent))
            inset = edge / 2 if bar.now else 0
            round_off = min(u(4), area.width() / 2, area.height() / 2)
            painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), round_off, round_off)
        font = tabular(TextStyle.CAPTION)
        font.setBold(bar.now)
        text, metrics = _number(bar.value), QFontMetrics(font)
        width = metrics.horizontalAdvance(text) + 2
        words = QRectF(
            area.center().x() - width / 2, area.top() - metrics.height() - u(2), width, metrics.height()
        )
        painter.fillRect(words, QColor(colours.surface))  # no line of the grid goes through a number
        painter.setFont(font)
        painter.setPen(QColor(colours.text if bar.now or bar.value else colours.text2))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        if self._chart.ringed(index):
            ring = QRectF(area.united(words)).adjusted(-u(3), -u(2), u(3), u(2))
            draw_cell_ring(painter, ring, u(5))
        painter.restore()


def _number(value: int) -> str:
    return QLocale().toString(value)
