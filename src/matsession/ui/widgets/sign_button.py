"""A quiet button with a sign, whose words go where there is no room for them."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from matsession.ui.drawing import FOCUS_ROOM, Sign
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.button import Button, ButtonKind

_SQUARE, _LARGE_SQUARE = 36, 52


class SignButton(Button):
    """Its name and its tooltip stay, whether its words are shown or not."""

    def __init__(
        self, words: str, sign: Sign, tip: str, parent: QWidget | None = None, *, outlined: bool = False
    ) -> None:
        """``words`` are what it does; ``outlined``: large, to stand beside the large button of a page."""
        kind = ButtonKind.SECONDARY if outlined else ButtonKind.QUIET
        super().__init__(words, kind, sign, parent, large=outlined)
        self._side = _LARGE_SQUARE if outlined else _SQUARE
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
        side = self.width_px()
        return super().minimumSizeHint() if self.text() else QSize(side, side)

    def width_px(self) -> int:
        """How wide it is without words, with the room for the focus ring."""
        return u(self._side) + 2 * u(FOCUS_ROOM)

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
