"""The steps of a session as a bar: each as long as its share of the time."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.ui.theme import tokens, u

_HIGH, _GAP = 10, 3


class StepBar(QWidget):
    """What it shows stands in words beside it, so it has no place among the keys."""

    step_chosen = Signal(int)
    """The person clicked on this step."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self._lengths_s: tuple[int, ...] = ()
        self._open: int | None = None
        self._elapsed_s: float | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lengths(self, lengths_s: Sequence[int], opened: int | None, words: str) -> None:
        """Show steps of these lengths, the opened one with an edge; ``words`` say as much."""
        self._lengths_s, self._open = tuple(lengths_s), opened
        self.setAccessibleDescription(words)
        self.update()

    def show_elapsed(self, elapsed_s: float | None) -> None:
        """Show how far a try has come; None: there is none."""
        if elapsed_s != self._elapsed_s:
            self._elapsed_s = elapsed_s
            self.update()

    def sizeHint(self) -> QSize:
        """A thin line with room for the mark of a try."""
        return QSize(u(200), u(_HIGH + 8))

    def minimumSizeHint(self) -> QSize:
        """As high."""
        return QSize(u(80), u(_HIGH + 8))

    def _places(self) -> list[QRectF]:
        total_s, count = sum(self._lengths_s), len(self._lengths_s)
        if not total_s:
            return []
        gap = min(u(_GAP), self.width() / (3 * count))
        room = self.width() - gap * (count - 1)
        places, left = [], 0.0
        for length_s in self._lengths_s:
            width = room * length_s / total_s
            at = self.width() - left - width if self.isRightToLeft() else left
            places.append(QRectF(at, u(4), width, u(_HIGH)))
            left += width + gap
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Strong and soft in turn, so that each is told from the next."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        if not places:
            painter.setPen(QPen(QColor(colours.control), max(1, u(1)), Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(0.5, u(4), self.width() - 1, u(_HIGH)), u(3), u(3))
            return
        for number, place in enumerate(places):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.heat1 if number % 2 else colours.accent))
            painter.drawRoundedRect(place, u(3), u(3))
            if number == self._open:
                painter.setPen(QPen(QColor(colours.text), u(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(u(1), -u(2), -u(1), u(2)), u(4), u(4))
        if self._elapsed_s is not None:
            x = self._x_of(places, self._elapsed_s)
            painter.setPen(QPen(QColor(colours.surface), u(6)))
            painter.drawLine(round(x), u(1), round(x), u(_HIGH + 7))
            painter.setPen(QPen(QColor(colours.text), u(3)))
            painter.drawLine(round(x), u(1), round(x), u(_HIGH + 7))

    def _x_of(self, places: Sequence[QRectF], elapsed_s: float) -> float:
        for place, length_s in zip(places, self._lengths_s, strict=True):
            if elapsed_s < length_s:
                share = max(0.0, elapsed_s) / length_s
                return (
                    place.right() - share * place.width()
                    if self.isRightToLeft()
                    else (place.left() + share * place.width())
                )
            elapsed_s -= length_s
        return places[-1].left() if self.isRightToLeft() else places[-1].right()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the step."""
        for number, place in enumerate(self._places()):
            if place.left() <= event.position().x() <= place.right():
                self.step_chosen.emit(number)
                return
