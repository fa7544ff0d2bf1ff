"""The end, written over a whole window: large enough to be read from the floor."""

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from matsession.ui.theme import TextStyle, tokens, u

SWAP_EVERY_MS: Final = 1000
"""The colours change places so often. What flashes more than three times a second can harm (WCAG 2.3.1)."""
SWAPS: Final = 30
"""After so many it stands still: who has not seen it by then is not looking."""

_WIDTH, _HEIGHT = 0.86, 0.5
"""The room of the large words, as shares of the window."""


class NoticeLook(NamedTuple):
    """How it looks where that is not the window's theme: two grounds with their inks, quarter turns."""

    strong: tuple[str, str]
    quiet: tuple[str, str]
    turns: int = 0


class EndNotice(QWidget):
    """Covers its parent. Two colours change places, or it stands still in the stronger one.

    They are those of the theme, unless it is told others.
    """

    def __init__(self, words: str, more: str, parent: QWidget) -> None:
        """``words`` as large as they fit, and ``more`` below them."""
        super().__init__(parent)
        self._words = words
        self._more = more
        self._look: NoticeLook | None = None
        self._strong = True
        self._swaps_left = 0
        self._swap = QTimer(self, interval=SWAP_EVERY_MS)
        self._swap.timeout.connect(self._on_swap_timeout)
        self.setAccessibleName(f"{words} {more}")
        self.hide()
        parent.installEventFilter(self)

    def begin(self, *, still: bool, look: NoticeLook | None = None) -> None:
        """Cover all; ``still``: without a change of colours."""
        self._look = look
        self._strong = True
        self._swaps_left = SWAPS
        if not still:
            self._swap.start()
        self._cover()
        self.raise_()
        self.show()
        self.update()

    def end(self) -> None:
        """Give the window back."""
        self._swap.stop()
        self.hide()

    @property
    def strong(self) -> bool:
        """Whether it stands in the stronger colour now."""
        return self._strong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())

    @Slot()
    def _on_swap_timeout(self) -> None:
        self._swaps_left -= 1
        self._strong = not self._strong or self._swaps_left <= 0
        if self._swaps_left <= 0:
            self._swap.stop()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, words in the middle, more of them below; turned as the picture beneath."""
        look = self._look or _look_of_theme()
        ground, ink = look.strong if self._strong else look.quiet
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        painter.setPen(QColor(ink))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        room = self._room()
        width = round(room.width() * _WIDTH)
        large, small = self.large_font(), TextStyle.H2.font()
        heights = [
            QFontMetrics(font).boundingRect(0, 0, width, 100_000, flags, text).height()
            for font, text in ((large, self._words), (small, self._more))
        ]
        gap = u(20)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(90 * look.turns)
        left, top = -width // 2, max(-room.height(), -(sum(heights) + gap)) // 2
        painter.setFont(large)
        painter.drawText(QRect(left, top, width, heights[0]), flags, self._words)
        painter.setFont(small)
        painter.drawText(QRect(left, top + heights[0] + gap, width, heights[1]), flags, self._more)

    def _room(self) -> QSize:
        """The window as whoever reads it sees it."""
        turned = self._look is not None and self._look.turns % 2 == 1
        return self.size().transposed() if turned else self.size()

    def large_font(self) -> QFont:
        """The largest in which the words fit, no word broken; the theme's largest at the least."""
        font = TextStyle.TITLE.font()
        room = self._room()
        width, height = round(room.width() * _WIDTH), round(room.height() * _HEIGHT)
        fitting = QFont(font)
        for px in range(font.pixelSize(), height, max(1, u(4))):
            font.setPixelSize(px)
            metrics = QFontMetrics(font)
            words = metrics.boundingRect(0, 0, width, 100_000, int(Qt.TextFlag.TextWordWrap), self._words)
            longest = max(metrics.horizontalAdvance(word) for word in self._words.split())
            if longest > width or words.height() > height:
                break
            fitting.setPixelSize(px)
        return fitting


def _look_of_theme() -> NoticeLook:
    colours = tokens()
    return NoticeLook((colours.accent, colours.on_accent), (colours.bg, colours.text))
