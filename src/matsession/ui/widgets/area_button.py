"""The radio button of a place on the body map: a word beside the figures, or a row beside one of them."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.ui.drawing import FOCUS_ROOM, draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.body_places import BodyPlace
from matsession.ui.widgets.painted_radio import PaintedRadio

_SIDE = 8
"""Beside the word of a pill, in design pixels."""
_ROW = 34
_MARK_ROOM = 8 + 16 + 9
"""Before the word of a row: space, circle, space."""


class AreaButton(PaintedRadio):
    """One place."""

    touched = Signal()
    """Mouse or focus came or went, so that its part of the figure looks different."""

    def __init__(self, place: BodyPlace, words: str, parent: QWidget | None = None) -> None:
        """Stand for ``place``, called ``words``."""
        super().__init__(words, parent)
        self.place = place
        self._is_row = False
        self._hovered = False
        self._pill_px = 28
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def be_row(self, is_row: bool) -> None:
        """Be a row, or a pill."""
        if is_row is not self._is_row:
            self._is_row = is_row
            policy = self.sizePolicy()
            policy.setHeightForWidth(is_row)
            self.setSizePolicy(policy)

    def set_pill_height(self, height: int) -> None:
        """Where the words stand close, pills are lower; in pixels, without the room for the ring."""
        self._pill_px = height
        self.update()

    def set_hovered(self, hovered: bool) -> None:
        """The mouse is over its part of the figure."""
        if hovered is not self._hovered:
            self._hovered = hovered
            self.update()

    # -- size --------------------------------------------------------------------------------------

    def pill_width(self) -> int:
        """The width of the pill, without the room for its ring; the same whether it is chosen or not."""
        return self.measured("pill", self._measure_pill)

    def row_width(self) -> int:
        """The least width of a row: its longest word."""
        return self.measured("row", self._measure_row)

    def row_height(self, width: int) -> int:
        """How high a row of this width is; its words wrap."""
        return self.measured(width, partial(self._measure_height, width))

    def _measure_pill(self) -> int:
        return QFontMetrics(_font(True)).horizontalAdvance(self.words) + 2 * u(_SIDE)

    def _measure_row(self) -> int:
        metrics = QFontMetrics(_font(True))
        longest = max(metrics.horizontalAdvance(word) for word in self.words.split())
        return longest + u(_MARK_ROOM) + u(_SIDE)

    def _measure_height(self, width: int) -> int:
        room = max(1, width - u(_MARK_ROOM) - u(_SIDE))
        flags = int(Qt.TextFlag.TextWordWrap)
        wrapped = QFontMetrics(_font(True)).boundingRect(0, 0, room, 10_000, flags, self.words)
        return max(u(_ROW), wrapped.height() + u(12))

    def sizeHint(self) -> QSize:
        """As the look wants it."""
        if self._is_row:
            words = QFontMetrics(_font(True)).horizontalAdvance(self.words)
            return QSize(words + u(_MARK_ROOM) + u(_SIDE), u(_ROW))
        room = 2 * u(FOCUS_ROOM)
        return QSize(self.pill_width() + room, self._pill_px + room)

    def minimumSizeHint(self) -> QSize:
        """The words of a row may wrap."""
        return QSize(self.row_width(), u(_ROW)) if self._is_row else self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """A row is as high as its words need."""
        return self.row_height(width) if self._is_row else -1

    # -- mouse and focus ---------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is here."""
        super().enterEvent(event)
        self.touched.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is elsewhere."""
        super().leaveEvent(event)
        self.touched.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys are here."""
        super().focusInEvent(event)
        self.touched.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first key brings the ring."""
        super().keyPressEvent(event)
        self.touched.emit()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pill or row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(self.isChecked()))
        if self._is_row:
            self._paint_row(painter)
        else:
            self._paint_pill(painter)

    def _paint_pill(self, painter: QPainter) -> None:
        colours = tokens()
        width, height = self.pill_width(), self._pill_px
        face = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        fill, ink = None, colours.text
        if not self.isEnabled():
            ink = colours.disabled
        elif self.isChecked():
            fill, ink = colours.accent, colours.on_accent
        elif self.underMouse() or self._hovered:
            fill, ink = colours.accent_soft, colours.on_soft
        if fill:
            outlined = colours.soft_outlined and not self.isChecked()
            painter.setPen(QPen(QColor(colours.accent), u(2)) if outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(face, height / 2, height / 2)
        if self.ringed():
            draw_focus_ring(painter, face, height / 2)
        painter.setPen(QColor(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)

    def _paint_row(self, painter: QPainter) -> None:
        colours = tokens()
        face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        checked, hovered = self.isChecked(), self.underMouse() or self._hovered
        if self.isEnabled() and (checked or hovered):
            outlined = checked and colours.soft_outlined
            painter.setPen(QPen(QColor(colours.accent), u(2)) if outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if checked else colours.hover))
            painter.drawRoundedRect(face, u(10), u(10))
        if self.ringed():
            painter.setPen(QPen(QColor(colours.focus), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face.adjusted(1, 1, -1, -1), u(9), u(9))
        size = u(16)
        circle = QRectF(u(_SIDE), (self.height() - size) / 2, size, size)
        if checked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(circle)
            painter.setBrush(QColor(colours.on_accent))
            painter.drawEllipse(circle.center(), size * 0.18, size * 0.18)
        else:
            edge = colours.control if self.isEnabled() else colours.border
            painter.setPen(QPen(QColor(edge), max(1.5, u(1.5))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        ink = colours.on_soft if checked else colours.text if self.isEnabled() else colours.disabled
        painter.setPen(QColor(ink))
        text = self.rect().adjusted(u(_MARK_ROOM), 0, -u(_SIDE), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), self.words)


def _font(checked: bool) -> QFont:
    font = TextStyle.LABEL.font()
    if not checked:
        font.setWeight(QFont.Weight.Medium)
    return font
