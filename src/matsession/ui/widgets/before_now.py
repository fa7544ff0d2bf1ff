"""The line under the rating scale: where the rating was before, and where it is now."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.app import texts
from matsession.domain.guidance import RATING_MAX
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.rating_scale import RatingScale


class BeforeNow(QWidget):
    """Drawn only; the page says the same in words."""

    def __init__(self, scale: RatingScale, parent: QWidget | None = None) -> None:
        """Stand on the same axis as ``scale``."""
        super().__init__(parent)
        self._scale = scale
        self._before: int | None = None
        self._now: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_ratings(self, before: int | None, now: int | None) -> None:
        """Show these two; None for one that is not given."""
        self._before, self._now = before, now
        self.update()

    def sizeHint(self) -> QSize:
        """A line, and room for two rows of words."""
        return QSize(u(200), u(24) + 2 * QFontMetrics(TextStyle.LABEL.font()).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, arrow, dots, words."""
        if self._before is None and self._now is None:
            return
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = u(12)
        painter.setPen(QPen(QColor(colours.border), max(1, u(2))))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(RATING_MAX), y))
        if self._before is not None and self._now is not None and self._before != self._now:
            self._draw_arrow(painter, self._x(self._before), self._x(self._now), y, QColor(colours.text2))
        painter.setFont(TextStyle.LABEL.font())
        written = QRectF()
        if self._before is not None:
            painter.setPen(QPen(QColor(colours.before), u(3)))
            painter.setBrush(QColor(colours.bg))
            painter.drawEllipse(QPointF(self._x(self._before), y), u(6.5), u(6.5))
            words = texts.tr("before {rating}").format(rating=self._before)
            written = self._write(painter, words, self._x(self._before), written, colours.before)
        if self._now is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            # Where both are the same, the one nests in the other.
            size = u(3.5) if self._now == self._before else u(8)
            painter.drawEllipse(QPointF(self._x(self._now), y), size, size)
            words = texts.tr("now {rating}").format(rating=self._now)
            self._write(painter, words, self._x(self._now), written, colours.on_soft)

    def _x(self, value: int) -> float:
        if self._scale.in_one_row():
            return self._scale.centre_x(value)
        return u(24) + (self.width() - 2 * u(24)) * value / RATING_MAX

    def _draw_arrow(self, painter: QPainter, begin: float, end: float, y: float, ink: QColor) -> None:
        painter.setPen(QPen(ink, max(1, u(2))))
        way = 1 if end > begin else -1
        tip = end - way * u(12)
        painter.drawLine(QPointF(begin + way * u(8), y), QPointF(tip, y))
        painter.drawLine(QPointF(tip, y), QPointF(tip - way * u(6), y - u(6)))
        painter.drawLine(QPointF(tip, y), QPointF(tip - way * u(6), y + u(6)))

    def _write(self, painter: QPainter, words: str, x: float, other: QRectF, ink: str) -> QRectF:
        """Below ``x``; a row further down where it would come too near to what is written at ``other``."""
        metrics = QFontMetrics(painter.font())
        width = metrics.horizontalAdvance(words) + 2
        left = min(max(0.0, x - width / 2), max(0, self.width() - width))
        area = QRectF(left, u(24), width, metrics.height())
        if area.adjusted(-u(8), 0, u(8), 0).intersects(other):
            area.translate(0, metrics.height())
        painter.setPen(QColor(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        return area
