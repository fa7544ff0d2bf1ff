"""Lines with a sign before each, in a colour of its own; below a line there may be more to read."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.visibility import show

_SIGN, _ROOM = 16, 27


class SignLine(NamedTuple):
    """What a line says, and more on it."""

    text: str
    more: str = ""
    remark: str = ""
    """Said quietly, with the rest."""


class SignList(QWidget):
    """One sign for all of them."""

    def __init__(
        self, sign: Sign, tone: str, lines: Sequence[SignLine], parent: QWidget | None = None
    ) -> None:
        """``tone`` names the sign's colour among the tokens."""
        super().__init__(parent)
        self._lines = [_Line(sign, tone, line) for line in lines]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(7))
        for line in self._lines:
            column.addWidget(line)

    def show_more(self, shown: bool) -> None:
        """With what there is to read below each line, or without."""
        for line in self._lines:
            line.show_more(shown)


class _Line(QWidget):
    """A sign, a text, and more."""

    def __init__(self, sign: Sign, tone: str, line: SignLine) -> None:
        super().__init__()
        self._sign = sign
        self._tone = tone
        self._column = QVBoxLayout(self)
        room = (0, 0, u(_ROOM), 0) if self.isRightToLeft() else (u(_ROOM), 0, 0, 0)
        self._column.setContentsMargins(*room)
        self._column.setSpacing(u(2))
        self._column.addWidget(Label(line.text))
        self._told = line
        self._more: list[Label] = []

    def show_more(self, shown: bool) -> None:
        if shown and not self._more:  # no sooner: there are many, and few are looked at
            for text, style, tone in (
                (self._told.more, TextStyle.BODY, "text2"),
                (self._told.remark, TextStyle.CAPTION, "text3"),
            ):
                if text:
                    label = Label(text, style, tone)
                    self._column.addWidget(label)
                    self._more.append(label)
        for label in self._more:
            show(label, shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign beside the first line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = u(_SIGN)
        line = QFontMetrics(TextStyle.BODY.font()).height()
        left = self.width() - size - u(1) if self.isRightToLeft() else u(1)
        draw_sign(painter, self._sign, QRectF(left, (line - size) / 2, size, size), _colour(self._tone))


def _colour(tone: str) -> QColor:
    return QColor(str(getattr(tokens(), tone)))
