"""The days of the programme as a row of dots: size and shape tell as much as colour."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from matsession.ui.theme import tokens, u

_STEP = 22
_ROWS_HIGH = 26


class Dot(Enum):
    """What a day is."""

    DONE = auto()
    """A full dot."""
    NOW = auto()
    """A full dot in a ring."""
    REST = auto()
    """A day off: an empty ring; with a small dot in it once it is over."""
    RESTED = auto()
    COMING = auto()
    """A small dot."""


class ProgrammeDots(QLabel):
    """A label without a text: its accessible name is the row in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without any."""
        super().__init__(parent)
        self._dots: tuple[Dot, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_days(self, dots: Sequence[Dot], words: str) -> None:
        """Show these; ``words`` say them."""
        self.setAccessibleName(words)
        self.setToolTip(words)
        if tuple(dots) != self._dots:
            self._dots = tuple(dots)
            self.updateGeometry()
            self.update()

    @property
    def dots(self) -> tuple[Dot, ...]:
        """What is shown."""
        return self._dots

    def _across(self, width: int) -> int:
        """All of them, or a week in each row."""
        return len(self._dots) if len(self._dots) * u(_STEP) <= width else max(1, min(7, width // u(_STEP)))

    def sizeHint(self) -> QSize:
        """All in one row."""
        return QSize(len(self._dots) * u(_STEP), u(_ROWS_HIGH))

    def minimumSizeHint(self) -> QSize:
        """A week."""
        return QSize(7 * u(_STEP), u(_ROWS_HIGH))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        return -(-len(self._dots) // self._across(width)) * u(_ROWS_HIGH) if self._dots else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One after the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across = self._across(self.width())
        for number, dot in enumerate(self._dots):
            column, row = number % across, number // across
            if self.isRightToLeft():
                column = self.width() // u(_STEP) - 1 - column
            centre = QPointF((column + 0.5) * u(_STEP), (row + 0.5) * u(_ROWS_HIGH))
            _paint(painter, dot, centre)


def _paint(painter: QPainter, dot: Dot, centre: QPointF) -> None:
    colours = tokens()
    accent, quiet = QColor(colours.accent), QColor(colours.text3)
    full, small, ring = u(6), u(3), u(6)

    def disc(radius: float, colour: QColor) -> None:
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(colour)
        painter.drawEllipse(centre, radius, radius)

    def circle(radius: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, max(1.5, u(1.5))))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawEllipse(centre, radius, radius)

    match dot:
        case Dot.DONE:
            disc(full, accent)
        case Dot.NOW:
            disc(u(5), accent)
            circle(u(9), accent)
        case Dot.REST:
            circle(ring, quiet)
        case Dot.RESTED:
            circle(ring, accent)
            disc(u(2), accent)
        case Dot.COMING:
            disc(small, quiet)
