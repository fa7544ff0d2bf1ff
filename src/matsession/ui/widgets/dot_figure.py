"""The figure as the points of a mat would draw it: dots, larger where there is more of the body."""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.domain.body import BodyPart
from matsession.ui.theme import Tokens, tokens, u
from matsession.ui.widgets.body_figure import Side, region, shapes

_PITCH: Final = 9.8
"""From one dot to its neighbours, in design pixels."""
_ROW: Final = _PITCH * 3**0.5 / 2
_LEAST, _MOST = 1.1, 4.1
"""Radius of a dot beside the body, and of one that lies wholly on it, in design pixels."""
_LYING_ON: Final = (BodyPart.UPPER_BACK, BodyPart.LOWER_BACK)
_WIDE_UNITS, _HIGH_UNITS, _TOP_UNITS = 262, 356, 18
"""What is to be seen of the figure, 480 units high, with the air around it: it ends at the thighs here."""
_FADE: Final = 0.22
"""Over this share of its height the field fades towards its lower edge."""


class Dot(NamedTuple):
    """A dot of the field."""

    x: float
    y: float
    body: float
    """The share of its cell that is body, 0 to 1,"""
    mat: float
    """and that is the part of it that lies on the mat."""


def dot_field(width: float, height: float, pitch: float) -> list[Dot]:
    """The dots for an area of this size; each is as far from all its neighbours."""
    row_px = pitch * 3**0.5 / 2
    columns, rows = max(1, int(width / pitch)), max(1, int(height / row_px))
    left, top = (width - (columns - 1) * pitch) / 2, (height - rows * row_px) / 2
    scale = min(width / _WIDE_UNITS, height / _HIGH_UNITS)
    dots = []
    for odd in (0, 1):
        begin = left - pitch / 2 + odd * pitch / 2
        shares = _shares(columns, rows, begin, top, width / 2, scale, pitch, row_px)
        for row in range(odd, rows, 2):
            for column in range(columns - odd):
                body, mat = shares(column, row)
                x, y = begin + (column + 0.5) * pitch, top + (row + 0.5) * row_px
                dots.append(Dot(x, y, body, mat))
    return dots


class _Shares:
    """How much of each cell is covered: a picture of the figure in which one pixel is one cell."""

    def __init__(self, image: QImage) -> None:
        self._bytes = bytes(image.constBits())
        self._line = image.bytesPerLine()

    def __call__(self, column: int, row: int) -> tuple[float, float]:
        blue, green, _red, alpha = self._bytes[row * self._line + 4 * column :][:4]
        return alpha / 255, (green / 255 if green > blue else 0.0)


def _shares(
    columns: int, rows: int, left: float, top: float, middle: float, scale: float, pitch: float, row_px: float
) -> _Shares:
    image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(1 / pitch, 1 / row_px)
    painter.translate(middle - left, -top)
    painter.scale(scale, scale)
    painter.translate(0, _TOP_UNITS)
    for path in shapes(Side.BACK):
        _fill(painter, path, QColor(0, 0, 255))
    for part in _LYING_ON:
        lies = region(Side.BACK, part)
        if lies is not None:
            _fill(painter, lies, QColor(0, 255, 0))
    painter.end()
    return _Shares(image)


def _fill(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    # With an edge as wide as the gap between two parts of the body, so that there is none.
    painter.setPen(QPen(colour, 3))
    painter.setBrush(colour)
    painter.drawPath(path)


class DotFigure(QWidget):
    """Drawn once for each size and theme. Decoration: it has no name of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """As large as there is room."""
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self._drawn_for: tuple[QSize, float, Tokens] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(u(350), u(475))

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(u(120), u(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture that is kept."""
        ratio = self.devicePixelRatioF()
        wanted = (self.size(), ratio, tokens())
        if self._picture is None or wanted != self._drawn_for:
            self._picture, self._drawn_for = self._draw(ratio), wanted
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _draw(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = tokens()
        air, body, mat = QColor(colours.track), QColor(colours.map_hover), QColor(colours.accent)
        height, px = self.height(), u(1000) / 1000
        for dot in dot_field(self.width(), height, _PITCH * px):
            painter.setBrush(mat if dot.mat > dot.body / 2 else body if dot.body else air)
            painter.setOpacity(min(1.0, 0.12 + (height - dot.y) / (_FADE * height)))
            radius = (_LEAST + (_MOST - _LEAST) * math.sqrt(dot.body)) * px
            painter.drawEllipse(QPointF(dot.x, dot.y), radius, radius)
        painter.end()
        return picture
