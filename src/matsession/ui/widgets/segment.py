"""Two or three short words side by side, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.painted_radio import PaintedRadio, RadioGroup


class Segment(RadioGroup):
    """The words in a sunken frame."""

    def __init__(self, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it; the first word is chosen."""
        super().__init__(name, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(u(2), u(2), u(2), u(2))
        row.setSpacing(0)
        for each in words:
            button = _SegmentButton(each)
            self.add(button)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chosen(0)

    def chosen(self) -> int:
        """The number of the chosen word, from 0."""
        checked = self.checked()
        return self.buttons().index(checked) if checked is not None else 0

    def show_chosen(self, number: int) -> None:
        """Choose the word with this number; nothing is ``picked``."""
        self.show_checked(self.buttons()[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(1, u(1))
        painter.setPen(QPen(QColor(tokens().border), width))
        painter.setBrush(QColor(tokens().sunken))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), u(10), u(10))


class _SegmentButton(PaintedRadio):
    """One word."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The same whether it is chosen or not."""
        metrics = QFontMetrics(_font(True))
        return QSize(metrics.horizontalAdvance(self.words) + u(32), max(u(34), metrics.height() + u(8)))

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the words stay, and the space beside them goes."""
        metrics = QFontMetrics(_font(True))
        return QSize(metrics.horizontalAdvance(self.words) + u(12), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chosen one stands out by outline and weight."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(u(2), u(2), -u(2), -u(2))
        checked = self.isChecked()
        edge = QPen(QColor(colours.accent), max(2, u(1.75))) if checked else Qt.PenStyle.NoPen
        fill = colours.surface if checked else colours.hover if self.underMouse() else None
        painter.setPen(edge)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(face.adjusted(1, 1, -1, -1), u(8), u(8))
        if self.ringed():
            painter.setPen(QPen(QColor(colours.focus), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = u(4)
            painter.drawRoundedRect(face.adjusted(inner, inner, -inner, -inner), u(5), u(5))
        painter.setPen(QColor(colours.on_soft if checked else colours.text2))
        painter.setFont(_font(checked))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)


def _font(checked: bool) -> QFont:
    font = TextStyle.LABEL.font()
    if not checked:
        font.setWeight(QFont.Weight.Medium)
    return font
