"""A quiet button with a sign, whose words go where there is no room for them."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from matsession.ui.drawing import FOCUS_ROOM, Sign
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.button import Button, ButtonKind

_SQUARE = 36


class SignButton(Button):
    """Its name and its tooltip stay, whether its words are shown or not."""

    def __init__(self, words: str, sign: Sign, tip: str, parent: QWidget | None = None) -> None:
        """``words`` are what it does."""
        super().__init__(words, ButtonKind.QUIET, sign, parent)
        self._all_words = words
        self.setAccessibleName(words)
        self.setToolTip(tip)

    def show_words(self, shown: bool) -> None:
        """With or without its words."""
        words = self._all_words if shown else ""
        if words != self.text():
            self._texts = (words,)
            self.setText(words)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """A square without words."""
        return super().sizeHint() if self.text() else self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The square."""
        side = u(_SQUARE) + 2 * u(FOCUS_ROOM)
        return super().minimumSizeHint() if self.text() else QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A button that stays pressed has a ground and an edge."""
        if self.isCheckable() and self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = tokens()
            room, width = u(FOCUS_ROOM), max(1.5, u(1.5))
            face = QRectF(self.rect()).adjusted(room, room, -room, -room)
            painter.setPen(QPen(QColor(colours.accent), width))
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(face.adjusted(width / 2, width / 2, -width / 2, -width / 2), u(10), u(10))
            painter.end()
        super().paintEvent(event)
