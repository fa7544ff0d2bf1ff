"""The next reminder, at the foot of the side navigation."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
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
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from matsession.app import texts
from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, tokens, u

_SIGN = 16
_WORDS_AT = 12 + 16 + 10
"""Where the words begin, in design pixels."""
_SIDE, _ABOVE = 12, 8
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class NextReminder(QAbstractButton):
    """A bell, what it is, and when it comes; a press leads to the reminders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a time."""
        super().__init__(parent)
        self._by_key = False
        self.setText(texts.tr("Next reminder"))
        self._when = ""
        self.setAccessibleDescription(texts.tr("Opens Reminders"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def tell(self, when: str, spoken: str) -> None:
        """When it comes, like "Today, 21:00"; ``spoken`` is all of it for a screen reader."""
        if when != self._when:
            self._when = when
            self.setAccessibleName(spoken)
            self.updateGeometry()
            self.update()

    @property
    def when(self) -> str:
        """When it comes, as it stands there."""
        return self._when

    # -- size --------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Words that have no room in a line take two."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for both texts."""
        first, then = self._rooms(width)
        return first.height() + then.height() + 2 * u(_ABOVE)

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(u(188), self.heightForWidth(u(188)))

    def minimumSizeHint(self) -> QSize:
        """The same; it stands where there is room."""
        return self.sizeHint()

    def _rooms(self, width: int) -> tuple[QRect, QRect]:
        """Where the two texts stand."""
        left, room = u(_WORDS_AT), max(1, width - u(_WORDS_AT) - u(_SIDE))
        flags = int(Qt.TextFlag.TextWordWrap)
        caption, strong = QFontMetrics(_caption()), QFontMetrics(_strong())
        first = caption.boundingRect(0, 0, room, 10_000, flags, self.text())
        then = strong.boundingRect(0, 0, room, 10_000, flags, self._when)
        top = u(_ABOVE)
        return (
            QRect(left, top, room, first.height()),
            QRect(left, top + first.height(), room, then.height()),
        )

    # -- events ------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self._by_key = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """It is elsewhere."""
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Like a row of the pages above it, in small."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(face, u(10), u(10))
        if self._by_key and self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face.adjusted(1, 1, -1, -1), u(9), u(9))
        first, then = self._rooms(self.width())
        size = u(_SIGN)
        middle = first.top() + QFontMetrics(_caption()).height() / 2
        draw_sign(
            painter, Sign.BELL, QRectF(u(_SIDE) + u(2), middle - size / 2, size, size), QColor(colours.text2)
        )
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.setPen(QColor(colours.text2))
        painter.setFont(_caption())
        painter.drawText(first, flags, self.text())
        painter.setPen(QColor(colours.text))
        painter.setFont(_strong())
        painter.drawText(then, flags, self._when)


def _caption() -> QFont:
    return TextStyle.CAPTION.font()


def _strong() -> QFont:
    font = TextStyle.CAPTION.font()
    font.setWeight(QFont.Weight.DemiBold)
    return font
