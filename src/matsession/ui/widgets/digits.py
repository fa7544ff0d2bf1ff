"""A running clock's digits: each in a cell as wide as the widest one, so that nothing jumps."""

import math
from collections.abc import Iterator

from PySide6.QtGui import QFont, QFontMetricsF


class Digits:
    """Digits and colons of one line around a middle; in figures of one width, if the font has them."""

    def __init__(self, text: str, font: QFont) -> None:
        """Measure ``text`` in ``font``."""
        self.text = text
        self.font = QFont(font)
        self.font.setFeature(QFont.Tag("tnum"), 1)
        self.metrics = QFontMetricsF(self.font)
        self._cell = max(self.metrics.horizontalAdvance(digit) for digit in "0123456789")
        self._colon = self.metrics.horizontalAdvance(":")
        self.high = self.metrics.capHeight()

    @property
    def width(self) -> float:
        """From the first cell to the last."""
        return sum(self._room(sign) for sign in self.text)

    def reach(self) -> float:
        """How far the corners are from the middle; the space beside the outer digits not counted."""
        return math.hypot((self.width - 0.12 * self.high) / 2, self.high / 2)

    def cells(self) -> Iterator[tuple[str, float, float]]:
        """Each sign, where its cell begins beside the middle, and how wide it is."""
        left = -self.width / 2
        for sign in self.text:
            room = self._room(sign)
            yield sign, left, room
            left += room

    def _room(self, sign: str) -> float:
        return self._colon if sign == ":" else self._cell
