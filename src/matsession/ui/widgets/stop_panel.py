"""The stop signs, written over a part of a window: as large as they fit, to be read from the mat."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, em, tokens, u

_FACTORS: Final = (2.4, 2.1, 1.85, 1.6, 1.4, 1.2, 1.0, 0.86, 0.75, 0.65, 0.55)
"""Sizes of the text, as factors of the system font; the first that fits is taken."""
_WELL_READ: Final = 0.75
_WIDE: Final = 24.0
"""No wider than so many times the text is high: longer lines are hard to read."""
_EDGE_PX: Final = 16


class PanelColours(NamedTuple):
    """Ground, text, quiet text, signs and edge."""

    ground: str
    text: str
    quiet: str
    sign: str


def window_colours() -> PanelColours:
    """Those of the window's theme."""
    colours = tokens()
    return PanelColours(colours.surface, colours.text, colours.text2, colours.danger)


class _Line(NamedTuple):
    """A text with its place within the panel, and the sign before it, if any."""

    text: str
    area: QRectF
    sign: Sign | None = None
    title: bool = False


class _Sheet(NamedTuple):
    """All lines, laid out."""

    factor: float
    size: QSizeF
    lines: tuple[_Line, ...]


class StopPanel(QFrame):
    """Paints title, signs and a hint. It takes no keys; a click upon it puts it away.

    A frame: to a screen reader it is a group, whose name is all that it says.
    """

    clicked = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        """Over ``parent``; hidden at first."""
        super().__init__(parent)
        self._title = title
        self._hint = hint
        self._signs: tuple[str, ...] = ()
        self._turns = 0
        self._colours: PanelColours | None = None
        """None: those of the window, looked up when painted, so that a change of theme is seen."""
        self._sheet = _Sheet(1.0, QSizeF(), ())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_signs(
        self,
        signs: Sequence[str],
        rooms: Sequence[QRectF],
        *,
        turns: int = 0,
        colours: PanelColours | None = None,
    ) -> None:
        """Show these within one of the ``rooms`` of the parent, turned by so many quarters."""
        self._signs = tuple(signs)
        self.setAccessibleName(self.words())
        self.keep_look(rooms, turns=turns, colours=colours)
        self.show()
        self.raise_()

    def keep_look(
        self, rooms: Sequence[QRectF], *, turns: int = 0, colours: PanelColours | None = None
    ) -> None:
        """Lie so, in these colours; without them in those of the window."""
        self._turns = turns
        self._colours = colours
        self.place(rooms)

    @property
    def look(self) -> tuple[int, PanelColours]:
        """The quarter turns, and the colours it is painted in."""
        return self._turns, self._colours or window_colours()

    def words(self) -> str:
        """All it says."""
        return f"{self._title}: {'; '.join(self._signs)}. {self._hint}"

    def place(self, rooms: Sequence[QRectF]) -> None:
        """In the first room where it can be read well, else in the last.

        As large as fits; upright at the top of the room, else in the middle.
        """
        for room in rooms:
            upright = room.size() if self._turns % 2 == 0 else room.size().transposed()
            self._sheet = self._fitting(upright)
            if self._sheet.factor >= _WELL_READ:
                break
        size = self._sheet.size if self._turns % 2 == 0 else self._sheet.size.transposed()
        face = QRectF(QPointF(0, 0), size)
        face.moveCenter(room.center())
        if self._turns == 0:
            face.moveTop(room.top())
        self.setGeometry(face.toAlignedRect().intersected(room.toAlignedRect()))
        self.update()

    def _fitting(self, room: QSizeF) -> _Sheet:
        *larger, smallest = _FACTORS
        for factor in larger:
            sheet = self._laid_out(factor, room.width())
            if sheet.size.height() <= room.height() and self._words_fit(sheet):
                return sheet
        return self._laid_out(smallest, room.width())

    def _laid_out(self, factor: float, width_px: float) -> _Sheet:
        size_px = em() * factor
        edge = u(_EDGE_PX) * min(1.5, max(0.5, factor))
        width = min(width_px, _WIDE * size_px)
        sign = size_px * 1.15
        left, top = edge + sign + size_px * 0.6, edge
        lines = []
        for text, mark, title in (
            (self._title, Sign.CAREFUL, True),
            *((each, Sign.CROSS, False) for each in self._signs),
            (self._hint, None, False),
        ):
            metrics = QFontMetricsF(self._font(factor, title=title, hint=mark is None))
            room = QRectF(0, 0, max(1.0, width - left - edge), 100_000)
            height = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
            lines.append(_Line(text, QRectF(left, top, room.width(), height), mark, title))
            top += height + size_px * (0.6 if title else 0.45)
        return _Sheet(factor, QSizeF(width, top - size_px * 0.45 + edge), tuple(lines))

    def _words_fit(self, sheet: _Sheet) -> bool:
        """Whether no word is longer than a line."""
        for line in sheet.lines:
            metrics = QFontMetricsF(self._font(sheet.factor, title=line.title, hint=line.sign is None))
            longest = max((metrics.horizontalAdvance(word) for word in line.text.split()), default=0.0)
            if longest > line.area.width():
                return False
        return True

    def _font(self, factor: float, *, title: bool, hint: bool) -> QFont:
        font = (TextStyle.STRONG if title else TextStyle.BODY).font()
        font.setPixelSize(max(1, round(em() * factor * (0.8 if hint else 1.0))))
        return font

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It has been read."""
        event.accept()
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, edge and lines, turned as the picture below is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        (_, colours), sheet = self.look, self._sheet
        width = max(2.0, float(u(2)))
        half = width / 2
        painter.setPen(QPen(QColor(colours.sign), width))
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), u(14), u(14))
        painter.translate(QRectF(self.rect()).center())
        painter.rotate(90 * self._turns)
        painter.translate(-sheet.size.width() / 2, -sheet.size.height() / 2)
        for line in sheet.lines:
            hint = line.sign is None
            font = self._font(sheet.factor, title=line.title, hint=hint)
            metrics = QFontMetricsF(font)
            if line.sign is not None:
                size = em() * sheet.factor * (1.15 if line.title else 0.95)
                middle = line.area.top() + metrics.height() / 2
                square = QRectF(
                    line.area.left() - size - em() * sheet.factor * 0.5, middle - size / 2, size, size
                )
                draw_sign(painter, line.sign, square, QColor(colours.sign))
            painter.setPen(QColor(colours.quiet if hint else colours.text))
            painter.setFont(font)
            painter.drawText(line.area, int(Qt.TextFlag.TextWordWrap), line.text)
