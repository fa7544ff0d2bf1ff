"""The usual level: the average rating before a session, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.domain.guidance import RATING_MAX
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.chart import Chart, draw_cell_ring, tabular

_HEIGHT: Final = 230
_RADIUS: Final = 4.5
_TICKS: Final = range(0, RATING_MAX + 1, 2)


@dataclass(frozen=True, slots=True)
class Week:
    """One week; without a ``mean`` there was no rating."""

    label: str
    name: str
    mean: float | None = None


class BeforeChart(Chart):
    """One row, a column for each week; a line through the points only where it is handed over."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        self._weeks: Sequence[Week] = ()
        self._trend: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_weeks(
        self, name: str, weeks: Sequence[Week], trend: tuple[float, float] | None, summary: str
    ) -> None:
        """Show these; ``trend`` is the height of the line at the first and at the last point."""
        self.setAccessibleName(name)
        self.tell(summary)
        self._weeks, self._trend = weeks, trend
        # Weeks without ratings are passed over: there is nothing to hear.
        self.names.show_names((tuple(each.name for each in weeks),) if weeks else ())
        self._arrange()

    def home(self) -> QModelIndex:
        """Keys begin at the newest."""
        return self.end()

    # -- geometry ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as the axis needs."""
        return QSize(u(360), u(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(160), u(180))

    def _plot(self) -> QRect:
        metrics = self._metrics()
        axis = metrics.horizontalAdvance(str(RATING_MAX)) + u(12)
        edge = u(_RADIUS + 3)
        return self.viewport().rect().adjusted(axis, edge, -edge, -(metrics.height() + u(12)))

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(tabular(TextStyle.CAPTION))

    def _x(self, number: int) -> float:
        plot = self._plot()
        return plot.left() + (number + 0.5) * plot.width() / max(1, len(self._weeks))

    def _y(self, rating: float) -> float:
        plot = self._plot()
        return plot.bottom() + 1 - rating / RATING_MAX * plot.height()

    def _arrange(self) -> None:
        plot, count = self._plot(), len(self._weeks)
        edges = [round(plot.left() + number * plot.width() / max(1, count)) for number in range(count + 1)]
        for number in range(self.horizontalHeader().count()):
            left = 0 if number == 0 else edges[number]
            self.horizontalHeader().resizeSection(number, max(1, edges[number + 1] - left))
        if self.names.rowCount():
            self.verticalHeader().resizeSection(0, self.viewport().height())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Closer, or further apart."""
        super().resizeEvent(event)
        self._arrange()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The axis, the line if there is one, the points, and the words below."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, plot, metrics = tokens(), self._plot(), self._metrics()
        painter.setFont(tabular(TextStyle.CAPTION))
        for tick in _TICKS:
            y = round(self._y(tick))
            painter.setPen(QPen(QColor(colours.border), max(1, u(1))))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(QColor(colours.text2))
            area = QRect(0, y - metrics.height() // 2, plot.left() - u(8), metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(tick))
        rated = [number for number, week in enumerate(self._weeks) if week.mean is not None]
        if self._trend is not None and len(rated) > 1:
            painter.setPen(QPen(QColor(colours.text2), max(1.5, u(2)), Qt.PenStyle.DashLine))
            first, last = self._trend
            painter.drawLine(
                QPointF(self._x(rated[0]), self._y(first)), QPointF(self._x(rated[-1]), self._y(last))
            )
        self._paint_points(painter)
        self._paint_labels(painter)

    def _paint_points(self, painter: QPainter) -> None:
        colours = tokens()
        for number, week in enumerate(self._weeks):
            if week.mean is None:
                continue
            centre = QPointF(self._x(number), self._y(week.mean))
            painter.setPen(QPen(QColor(colours.before), max(1.5, u(2))))
            painter.setBrush(QColor(colours.surface))
            painter.drawEllipse(centre, u(_RADIUS), u(_RADIUS))
            if self.ringed(self.names.index(0, number)):
                reach = u(_RADIUS + 5)
                ring = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
                draw_cell_ring(painter, ring, reach)

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setPen(QColor(tokens().text2))
        metrics, plot = painter.fontMetrics(), self._plot()
        free_until = self.viewport().width()
        for number in range(len(self._weeks) - 1, -1, -1):
            label = self._weeks[number].label
            width = metrics.horizontalAdvance(label) + 2
            left = round(self._x(number) - width / 2)
            left = max(0, min(left, self.viewport().width() - width))
            if left + width > free_until:
                continue
            free_until = left - u(24)
            where = QRect(left, plot.bottom() + u(9), width, metrics.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, label)
