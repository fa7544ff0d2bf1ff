"""What the shades of the body map mean, in words beside a sample of each."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label

_SAMPLE = 14
_GAP = 12


class RecentLegend(QWidget):
    """Four samples with their words, in one row, or in two or four where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """All four levels."""
        super().__init__(parent)
        words = (texts.tr("no session"), texts.tr("1 or 2"), texts.tr("3 to 5"), texts.tr("6 and more"))
        self._items = [_Item(each, number, self) for number, each in enumerate(words)]
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All in one row."""
        return QSize(self._width(len(self._items)), self._items[0].sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest words."""
        return QSize(self._width(1), self._items[0].sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        rows = len(self._items) // self._across(width)
        return rows * self._items[0].sizeHint().height() + (rows - 1) * u(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place all anew."""
        super().resizeEvent(event)
        across, x, y = self._across(self.width()), 0, 0
        for number, item in enumerate(self._items):
            size = item.sizeHint()
            if number % across == 0:
                x, y = 0, number // across * (size.height() + u(2))
            item.setGeometry(x, y, size.width(), size.height())
            x += (size.width() if across == len(self._items) else self._widest()) + u(_GAP)

    def _across(self, width: int) -> int:
        return next((across for across in (4, 2) if self._width(across) <= width), 1)

    def _width(self, across: int) -> int:
        if across == len(self._items):
            return sum(item.sizeHint().width() for item in self._items) + (across - 1) * u(_GAP)
        return across * self._widest() + (across - 1) * u(_GAP)

    def _widest(self) -> int:
        return max(item.sizeHint().width() for item in self._items)


class _Item(Label):
    """A sample and its words."""

    def __init__(self, words: str, level: int, parent: QWidget) -> None:
        super().__init__(words, TextStyle.CAPTION, "text2", parent, wrap=False)
        self._level = level
        self.setIndent(u(_SAMPLE + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sample before the words."""
        super().paintEvent(event)
        colours = tokens()
        fill = (colours.map1, colours.heat1, colours.heat2, colours.heat3)[self._level]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.border), 1) if colours.soft_outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        size = u(_SAMPLE)
        painter.drawRoundedRect(QRectF(1, (self.height() - size) / 2, size - 1, size), u(4), u(4))
