"""A switch: a check box that looks like one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import tokens, u

_WIDTH, _HEIGHT = 40, 24


class Switch(QCheckBox):
    """On shows a tick as well as a colour. What it is for stands beside it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_checked(self, checked: bool) -> None:
        """Show what is known already."""
        self.blockSignals(True)
        self.setChecked(checked)
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(u(_WIDTH + 2 * FOCUS_ROOM), u(_HEIGHT + 2 * FOCUS_ROOM))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        """All of it can be clicked."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove and knob, and a tick where it is on."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = u(FOCUS_ROOM)
        face = QRectF(room, room, self.width() - 2 * room, self.height() - 2 * room)
        radius = face.height() / 2
        on, width = self.isChecked(), max(1, u(1))
        edge = colours.accent if on else colours.control
        fill = colours.accent if on else colours.hover if self.underMouse() else colours.surface
        knob = colours.on_accent if on else colours.control
        if not self.isEnabled():
            edge, fill, knob = colours.border, colours.sunken, colours.disabled
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), radius, radius)
        size = face.height() - u(8)
        reverse = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = face.left() + u(4) if on is reverse else face.right() - u(4) - size
        circle = QRectF(left, face.top() + u(4), size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(knob))
        painter.drawEllipse(circle)
        if on:
            inner = circle.adjusted(u(3), u(3), -u(3), -u(3))
            draw_sign(painter, Sign.TICK, inner, QColor(fill), 4.0)
        if self.hasFocus():
            draw_focus_ring(painter, face, radius)
