"""A choice from a list that drops down: a combo box in the design's look."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import tokens, u


class Choice(QComboBox):
    """One of several."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        # "To contents" would be over the head of the layout: Qt sets that size itself, a moment later.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for changed in (self.model().rowsInserted, self.model().rowsRemoved, self.model().dataChanged):
            changed.connect(self.updateGeometry)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for each of the texts."""
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(longest + u(58), max(u(36), metrics.height() + u(12)))

    def minimumSizeHint(self) -> QSize:
        """Half of them may do; the rest is cut with three dots."""
        return QSize(u(120), self.sizeHint().height())

    def showPopup(self) -> None:
        """The list that drops down has the same name."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change the choice."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, text, arrow."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = u(2) if focused else max(1, u(1))
        edge = colours.focus if focused else colours.control
        ground, ink, arrow = colours.surface, colours.text, colours.text2
        if not self.isEnabled():
            edge, ground, ink, arrow = colours.border, colours.sunken, colours.disabled, colours.disabled
        elif self.underMouse():
            ground = colours.hover
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        half = width / 2
        face = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(face, u(10), u(10))
        painter.setPen(QColor(ink))
        room = self.rect().adjusted(u(12), 0, -u(36), 0)
        text = QFontMetrics(self.font()).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        size = u(16)
        square = QRectF(self.width() - u(28), (self.height() - size) / 2, size, size)
        draw_sign(painter, Sign.CHEVRON, square, QColor(arrow))
