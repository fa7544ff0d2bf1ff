"""Shapes that several widgets paint: the focus ring and the small signs on buttons, rows and banners."""

import math
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from matsession.ui.theme import tokens, u

FOCUS_ROOM = 4
"""How far a focus ring reaches outside of what it surrounds, in design pixels: 2 of gap and 2 of ring."""


class Sign(Enum):
    """A small drawing in a square of 24 units."""

    PLAY = auto()
    PAUSE = auto()
    PLUS = auto()
    MINUS = auto()
    CHEVRON = auto()
    INFORMATION = auto()
    CAREFUL = auto()
    TICK = auto()
    CROSS = auto()
    SESSION = auto()
    HISTORY = auto()
    SETTINGS = auto()
    BELL = auto()
    FULL_SCREEN = auto()
    MINI = auto()
    WINDOW = auto()
    PIN = auto()
    SOUND = auto()
    MUTED = auto()
    BIN = auto()
    PEN = auto()
    BACK = auto()
    UP_TRAY = auto()
    SHIELD = auto()
    DOWN_TRAY = auto()
    HANDLE = auto()
    COPY = auto()
    PRESETS = auto()


def draw_focus_ring(painter: QPainter, inner: QRectF, radius: float) -> None:
    """A ring of 2 around ``inner``, with a gap of 2."""
    gap = u(3)
    painter.setPen(QPen(QColor(tokens().focus), u(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)


def mark_dots() -> list[tuple[float, float, float]]:
    """Centre and radius of each dot of the app's mark, in a square of 24 units."""
    dots = [(12.0, 12.0, 1.5)]
    for count, distance, radius in ((6, 5.0, 1.5), (14, 10.0, 1.2)):
        for number in range(count):
            angle = 2 * math.pi * number / count
            dots.append((12 + distance * math.sin(angle), 12 - distance * math.cos(angle), radius))
    return dots


def draw_mark(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """The app's mark: rings of dots, like the points of the mat seen from above."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    size = area.width() / 24
    for x, y, radius in mark_dots():
        painter.drawEllipse(area.topLeft() + QPointF(x, y) * size, radius * size, radius * size)


def draw_sign(painter: QPainter, sign: Sign, area: QRectF, colour: QColor, width: float = 2.0) -> None:
    """Draw ``sign`` into the square ``area``, with lines of ``width`` units of 24."""
    painter.save()
    painter.translate(area.topLeft())
    painter.scale(area.width() / 24, area.height() / 24)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path, filled = _path(sign)
    if filled:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(path)
    painter.restore()


def _path(sign: Sign) -> tuple[QPainterPath, bool]:
    path = QPainterPath()
    filled = False
    match sign:
        case Sign.PLAY:
            _lines(path, (7, 4), (20, 12), (7, 20), (7, 4))
            filled = True
        case Sign.PAUSE:
            path.addRect(QRectF(6.5, 4, 3.5, 16))
            path.addRect(QRectF(14, 4, 3.5, 16))
            filled = True
        case Sign.PLUS:
            _lines(path, (12, 5), (12, 19))
            _lines(path, (5, 12), (19, 12))
        case Sign.MINUS:
            _lines(path, (5, 12), (19, 12))
        case Sign.CHEVRON:
            _lines(path, (6, 9.5), (12, 15.5), (18, 9.5))
        case Sign.TICK:
            _lines(path, (5, 12.5), (10, 17.5), (19.5, 7))
        case Sign.CROSS:
            _lines(path, (6, 6), (18, 18))
            _lines(path, (18, 6), (6, 18))
        case Sign.INFORMATION:
            path.addEllipse(QPointF(12, 12), 9.5, 9.5)
            _lines(path, (12, 11), (12, 16.5))
            path.addEllipse(QPointF(12, 7.5), 0.4, 0.4)
        case Sign.CAREFUL:
            _lines(path, (12, 3.5), (22, 20.5), (2, 20.5), (12, 3.5))
            _lines(path, (12, 10), (12, 14.5))
            path.addEllipse(QPointF(12, 17.3), 0.4, 0.4)
        case Sign.HISTORY:
            path.addRoundedRect(QRectF(3.5, 5, 17, 15.5), 3, 3)
            _lines(path, (3.5, 10), (20.5, 10))
            _lines(path, (8, 3), (8, 6.5))
            _lines(path, (16, 3), (16, 6.5))
        case Sign.SETTINGS:
            for y, x in ((6, 15), (12, 8), (18, 15)):
                _lines(path, (3.5, y), (x - 2.5, y))
                _lines(path, (x + 2.5, y), (20.5, y))
                path.addEllipse(QPointF(x, y), 2.5, 2.5)
        case Sign.BELL:
            path.moveTo(6, 17)
            path.cubicTo(7.5, 15, 7, 12.5, 7, 10)
            path.cubicTo(7, 3, 17, 3, 17, 10)
            path.cubicTo(17, 12.5, 16.5, 15, 18, 17)
            path.lineTo(6, 17)
            path.moveTo(10, 19.5)
            path.cubicTo(11, 21, 13, 21, 14, 19.5)
        case Sign.FULL_SCREEN:
            for x, y in ((4, 4), (20, 4), (20, 20), (4, 20)):
                inner_x, inner_y = (x + 5 if x < 12 else x - 5), (y + 5 if y < 12 else y - 5)
                _lines(path, (x, inner_y), (x, y), (inner_x, y))
        case Sign.MINI:
            path.addRoundedRect(QRectF(3, 5, 18, 14), 2, 2)
            path.addRect(QRectF(13, 12.5, 4.5, 3))
        case Sign.WINDOW:
            path.addRoundedRect(QRectF(3, 4.5, 18, 15), 2, 2)
            _lines(path, (3, 9), (21, 9))
        case Sign.PIN:
            _lines(path, (9, 3.5), (15, 3.5))
            _lines(path, (10, 3.5), (10, 10), (6.5, 14.5), (17.5, 14.5), (14, 10), (14, 3.5))
            _lines(path, (12, 14.5), (12, 21))
        case Sign.SOUND | Sign.MUTED:
            _lines(path, (3.5, 9.5), (7, 9.5), (11.5, 5.5), (11.5, 18.5), (7, 14.5), (3.5, 14.5), (3.5, 9.5))
            if sign is Sign.MUTED:
                _lines(path, (15.5, 9.5), (20.5, 14.5))
                _lines(path, (20.5, 9.5), (15.5, 14.5))
            else:
                for reach in (3.6, 7.2):
                    path.arcMoveTo(QRectF(12.5 - reach, 12 - reach, 2 * reach, 2 * reach), 50)
                    path.arcTo(QRectF(12.5 - reach, 12 - reach, 2 * reach, 2 * reach), 50, -100)
        case Sign.BIN:
            _lines(path, (4.5, 6.5), (19.5, 6.5))
            _lines(path, (9, 6.5), (9, 3.5), (15, 3.5), (15, 6.5))
            _lines(path, (6.5, 6.5), (7.5, 20.5), (16.5, 20.5), (17.5, 6.5))
            _lines(path, (10, 10.5), (10, 16.5))
            _lines(path, (14, 10.5), (14, 16.5))
        case Sign.PEN:
            _lines(path, (4.5, 19.5), (5.5, 15), (16.5, 4), (20, 7.5), (9, 18.5), (4.5, 19.5))
        case Sign.BACK:
            _lines(path, (14.5, 6), (8.5, 12), (14.5, 18))
        case Sign.UP_TRAY:
            _lines(path, (12, 15), (12, 4))
            _lines(path, (7.5, 8.5), (12, 4), (16.5, 8.5))
            _lines(path, (4, 14.5), (4, 20), (20, 20), (20, 14.5))
        case Sign.SHIELD:
            path.moveTo(12, 2.8)
            path.cubicTo(14.5, 4.8, 17, 5.6, 19.5, 5.8)
            path.lineTo(19.5, 11)
            path.cubicTo(19.5, 16.5, 16, 19.5, 12, 21.2)
            path.cubicTo(8, 19.5, 4.5, 16.5, 4.5, 11)
            path.lineTo(4.5, 5.8)
            path.cubicTo(7, 5.6, 9.5, 4.8, 12, 2.8)
            _lines(path, (8.2, 12), (11, 14.8), (15.8, 9.2))
        case Sign.DOWN_TRAY:
            _lines(path, (12, 4), (12, 15))
            _lines(path, (7.5, 10.5), (12, 15), (16.5, 10.5))
            _lines(path, (4, 14.5), (4, 20), (20, 20), (20, 14.5))
        case Sign.HANDLE:
            for column in (8.5, 15.5):
                for row in (5.5, 12.0, 18.5):
                    path.addEllipse(QPointF(column, row), 1.6, 1.6)
            filled = True
        case Sign.COPY:
            path.addRoundedRect(QRectF(8.5, 8.5, 12, 12), 2.5, 2.5)
            _lines(path, (5.5, 15.5), (3.5, 15.5), (3.5, 3.5), (15.5, 3.5), (15.5, 5.5))
        case Sign.PRESETS:
            for top in (4.0, 13.5):
                path.addRoundedRect(QRectF(3.5, top, 17, 6.5), 2, 2)
                path.addEllipse(QPointF(7.5, top + 3.25), 0.6, 0.6)
                _lines(path, (11, top + 3.25), (17, top + 3.25))
        case Sign.SESSION:
            for number in range(12):
                angle = 2 * math.pi * number / 12
                path.addEllipse(QPointF(12 + 9 * math.sin(angle), 12 - 9 * math.cos(angle)), 1.4, 1.4)
            path.addRect(QRectF(11.2, 7.5, 1.8, 5.5))
            filled = True
    return path, filled


def _lines(path: QPainterPath, first: tuple[float, float], *others: tuple[float, float]) -> None:
    path.moveTo(*first)
    for point in others:
        path.lineTo(*point)
