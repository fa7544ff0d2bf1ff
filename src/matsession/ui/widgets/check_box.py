"""A check box whose words wrap."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import TextStyle, tokens, u

_BOX = 24
_GAP = 12
_EASY_CHARACTERS = 60


class CheckBox(QCheckBox):
    """A tick, not colour alone, says that it is on."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """``text`` is what one agrees to, and its name."""
        super().__init__(text, parent)
        self.setFont(TextStyle.BODY.font())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, _position: object) -> bool:
        """The words can be clicked as well."""
        return True

    # -- size --------------------------------------------------------------------------------------

    def _text_left(self) -> int:
        return u(_BOX) + 2 * u(FOCUS_ROOM) + u(_GAP)

    def _text_rect(self, width: int) -> QRect:
        room = QRect(0, 0, max(1, width - self._text_left()), 100_000)
        return QFontMetrics(self.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for box and words."""
        return max(self._text_rect(width).height(), u(_BOX) + 2 * u(FOCUS_ROOM))

    def sizeHint(self) -> QSize:
        """One line, up to a width that is still easy to read."""
        metrics = QFontMetrics(self.font())
        one_line = metrics.horizontalAdvance(self.text()) + metrics.averageCharWidth()
        width = self._text_left() + min(one_line, _EASY_CHARACTERS * metrics.averageCharWidth())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest word."""
        metrics = QFontMetrics(self.font())
        word = max((metrics.horizontalAdvance(each) for each in self.text().split()), default=0)
        return QSize(self._text_left() + word + 2, u(_BOX) + 2 * u(FOCUS_ROOM))

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, size, width = u(FOCUS_ROOM), u(_BOX), max(1, u(1))
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - room - size if rtl else room
        face = QRectF(left, (self.height() - size) / 2, size, size)
        on = self.isChecked()
        fill = colours.accent if on else colours.hover if self.underMouse() else colours.surface
        painter.setPen(QPen(QColor(colours.accent if on else colours.control), width))
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), u(7), u(7))
        if on:
            inner = face.adjusted(u(5), u(5), -u(5), -u(5))
            draw_sign(painter, Sign.TICK, inner, QColor(colours.on_accent), 3.5)
        if self.hasFocus():
            draw_focus_ring(painter, face, u(7))
        painter.setPen(QColor(colours.text))
        painter.setFont(self.font())
        words = QRect(0 if rtl else self._text_left(), 0, self.width() - self._text_left(), self.height())
        align = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | align | Qt.TextFlag.TextWordWrap)
        painter.drawText(words, flags, self.text())
