"""The icon in the tray: the mark at rest, twelve dots that fill over a session, bars while it is paused.

Panels are light or dark, whatever the theme of windows is; so the dots stand on a ground of their own.
"""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from matsession.ui.drawing import mark_dots
from matsession.ui.theme import DARK, LIGHT

DOTS: Final = 12
SIZES_PX: Final = (16, 22, 24, 32, 48, 64)

_SIDE: Final = 64.0
"""Units of the drawing."""
_CORNER: Final = 14.0
_RING: Final = 22.0
_LIT: Final = 4.6
_UNLIT: Final = 2.4


class TrayState(NamedTuple):
    """What the icon tells."""

    lit: int | None = None
    """How many of the twelve dots; None: no session."""
    paused: bool = False
    due: bool = False
    """A reminder waits for an answer."""


def tray_icon(state: TrayState) -> QIcon:
    """The icon in every size that a tray asks for."""
    icon = QIcon()
    for size_px in SIZES_PX:
        icon.addPixmap(_pixmap(state, size_px))
    return icon


def _pixmap(state: TrayState, size_px: int) -> QPixmap:
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / _SIDE, size_px / _SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, _SIDE, _SIDE), _CORNER, _CORNER)
    painter.setBrush(QColor(LIGHT.on_accent))
    if state.lit is None:
        _draw_mark(painter, simple=size_px < 32)
    else:
        _draw_ring(painter, state.lit)
        _draw_middle(painter, paused=state.paused)
    if state.due:
        painter.setBrush(QColor(DARK.before))
        painter.drawEllipse(QPointF(_SIDE - 13, 13), 12, 12)
    painter.end()
    return pixmap


def _draw_mark(painter: QPainter, *, simple: bool) -> None:
    grown = 1.75 if simple else 1.0
    for x, y, radius in mark_dots()[: 7 if simple else None]:
        scale = 44 / 24 * grown
        centre = QPointF(_SIDE / 2 + (x - 12) * scale, _SIDE / 2 + (y - 12) * scale)
        drawn = radius * 44 / 24 * (1.9 if simple else 1.05)
        painter.drawEllipse(centre, drawn, drawn)


def _draw_ring(painter: QPainter, lit: int) -> None:
    for number in range(DOTS):
        angle = 2 * math.pi * number / DOTS
        centre = QPointF(_SIDE / 2 + _RING * math.sin(angle), _SIDE / 2 - _RING * math.cos(angle))
        radius = _LIT if number < lit else _UNLIT
        painter.drawEllipse(centre, radius, radius)


def _draw_middle(painter: QPainter, *, paused: bool) -> None:
    if paused:
        for left in (22.5, 34.5):
            painter.drawRoundedRect(QRectF(left, 21, 7, 22), 3, 3)
    else:
        painter.drawEllipse(QPointF(_SIDE / 2, _SIDE / 2), 8, 8)
