"""A card: a group of things that belong together, on a surface with a thin edge."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from matsession.ui.theme import tokens, u


class Group(QGroupBox):
    """A group that is heard and not seen: a name for a screen reader, no frame."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing to draw."""


_PADDING, _QUIET = 20, 14
"""Within a card, and of a quiet button's words within that button."""


class Card(Group):
    """A group on a surface of its own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it; what is seen goes into ``column``."""
        super().__init__(name, parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(u(_PADDING), u(_PADDING), u(_PADDING), u(_PADDING))
        self.column.setSpacing(u(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(1, u(1))
        painter.setPen(QPen(QColor(tokens().border), width))
        painter.setBrush(QColor(tokens().surface))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), u(14), u(14))


def inset_column(card: Card) -> QVBoxLayout:
    """One more part of the card, further in than its edge: the words of quiet buttons stand below its words.

    Layouts take no margins below zero, so what is not such a button makes room for them.
    """
    card.column.setContentsMargins(u(_PADDING - _QUIET), u(_PADDING), u(_PADDING), u(_PADDING))
    inset = QVBoxLayout()
    inset.setContentsMargins(u(_QUIET), 0, 0, 0)
    inset.setSpacing(card.column.spacing())
    card.column.addLayout(inset)
    return inset
