"""Buttons of the design: a QPushButton that paints itself."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import TextStyle, tokens, u

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class ButtonKind(Enum):
    """How much a button asks for attention; one PRIMARY a page."""

    PRIMARY = auto()
    SECONDARY = auto()
    QUIET = auto()
    DANGER = auto()
    """Takes something away: outlined in the colour of danger."""


class Button(QPushButton):
    """A button whose size does not depend on which of its texts it shows."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        sign: Sign | None = None,
        parent: QWidget | None = None,
        *,
        large: bool = False,
        small: bool = False,
        texts_to_come: Sequence[str] = (),
    ) -> None:
        """Show ``text``; keep room for each of ``texts_to_come`` as well."""
        super().__init__(parent)
        self.setText(text)  # handed over at once, PySide would load QIcon and its 150 names
        self._kind = kind
        self._sign = sign
        self._large = large
        self._small = small
        self._texts = (text, *texts_to_come)
        self._ring = False
        self._enter = True
        self.setFont((TextStyle.H3 if large else TextStyle.STRONG).font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_text(self, text: str, sign: Sign | None) -> None:
        """Show another text and sign, within the same room."""
        if text != self.text() or sign is not self._sign:
            self._sign = sign
            self.setText(text)
            self.update()

    def set_large(self, large: bool) -> None:
        """Be one of the large controls of a session, or not."""
        if large != self._large:
            self._large = large
            self.setFont((TextStyle.H3 if large else TextStyle.STRONG).font())
            self.updateGeometry()

    def ignore_enter(self) -> None:
        """Leave Enter to whatever the button stands on: for what must not be done by accident."""
        self._enter = False

    # -- size --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for the longest text."""
        return self._size(u(20 if self._large else 14 if self._kind is ButtonKind.QUIET else 16))

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the text stays, and the space beside it goes."""
        return self._size(u(6))

    def _size(self, side: int) -> QSize:
        metrics = QFontMetrics(self.font())
        words = max(metrics.horizontalAdvance(text) for text in {*self._texts, self.text()})
        sign = self._sign_size() + u(8) if self._has_sign() else 0
        height = max(u(52 if self._large else 28 if self._small else 40), metrics.height() + u(8))
        room = 2 * u(FOCUS_ROOM)
        return QSize(words + sign + 2 * side + room, height + room)

    def _has_sign(self) -> bool:
        return self._sign is not None

    def _sign_size(self) -> int:
        return u(18 if self._large else 16)

    # -- events ------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self._ring = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter press; a held key presses once."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self._enter:
            event.ignore()
        elif enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press by mouse takes the ring away."""
        self._ring = False
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont((TextStyle.H3 if self._large else TextStyle.STRONG).font())
            self.updateGeometry()
        super().changeEvent(event)

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw face, sign and text in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = u(FOCUS_ROOM)
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        radius = u(12 if self._large else 10)
        fill, edge, ink = self._colours()
        width = max(1, u(1))
        painter.setPen(QPen(edge, width) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(face.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius, radius)
        if self._ring and self.hasFocus():
            draw_focus_ring(painter, face, radius)
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self.text())
        sign = self._sign_size() if self._sign else 0
        gap = u(8) if self._sign and self.text() else 0
        left = face.center().x() - (sign + gap + words) / 2
        if self._sign:
            square = QRectF(left, face.center().y() - sign / 2, sign, sign)
            draw_sign(painter, self._sign, square, ink)
        painter.setPen(ink)
        painter.setFont(self.font())
        area = QRectF(left + sign + gap, face.top(), words + 2, face.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, edge and ink of the present state."""
        colours = tokens()
        pressed, hovered = self.isDown(), self.underMouse()
        if not self.isEnabled():
            quiet = self._kind is ButtonKind.QUIET
            fill = None if quiet else QColor(colours.sunken)
            return fill, None if quiet else QColor(colours.border), QColor(colours.disabled)
        if self._kind is ButtonKind.PRIMARY:
            name = colours.accent_press if pressed else colours.accent_hover if hovered else colours.accent
            return QColor(name), None, QColor(colours.on_accent)
        if self._kind is ButtonKind.DANGER:
            soft = pressed or hovered
            danger = QColor(colours.danger)
            return QColor(colours.danger_soft if soft else colours.surface), danger, danger
        soft_edge = QColor(colours.accent) if colours.soft_outlined else None
        if pressed:
            return QColor(colours.accent_soft), soft_edge or QColor(colours.control), QColor(colours.on_soft)
        if self._kind is ButtonKind.QUIET:
            fill = QColor(colours.hover) if hovered else None
            return fill, None, QColor(colours.on_soft)
        return (
            QColor(colours.hover if hovered else colours.surface),
            QColor(colours.control),
            QColor(colours.text),
        )
