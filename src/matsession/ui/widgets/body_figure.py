"""The two figures of the body map, front and back: their shapes, and how they are painted.

A figure is 480 units high, and x = 0 is its centre line. Shapes are made once, when first needed.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from matsession.domain.body import BodyPart
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.body_outlines import OUTLINES

HEIGHT: Final = 480
HALF_WIDTH: Final = 97
"""From the centre line to the outer edge of a hand."""

_HALF_WIDTHS: Final = ((0, 27), (60, 40), (80, 68), (150, 76), (190, 83), (225, 90), (250, 97), (306, 51))
"""The outline's greatest half width from each of these heights on; the last one holds to the feet."""

_DOT_PITCH: Final = 9.0
_LEAST_PITCH: Final = 6.2
"""The dots of the chosen part: how far apart, in units, and at the least in design pixels."""
_DOT_SIZE: Final = 0.274
"""Their width, as a share of that."""


class Side(StrEnum):
    """Which side of the body a figure shows."""

    FRONT = "front"
    BACK = "back"


_REGIONS: Final[Mapping[Side, Mapping[BodyPart, str]]] = {
    Side.FRONT: {
        BodyPart.CHEST: "chest",
        BodyPart.BELLY: "belly",
        BodyPart.HANDS: "hands",
        BodyPart.THIGHS: "thighs",
        BodyPart.FEET: "feet",
    },
    Side.BACK: {
        BodyPart.NECK: "neck",
        BodyPart.UPPER_BACK: "upper-back",
        BodyPart.LOWER_BACK: "lower-back",
        BodyPart.HIPS: "hips",
        BodyPart.HANDS: "hands",
        BodyPart.THIGHS: "thighs",
        BodyPart.CALVES: "calves",
        BodyPart.FEET: "feet",
    },
}
_BODY: Final[Mapping[Side, tuple[str, ...]]] = {
    Side.FRONT: ("head", "arms", "throat", "chest", "pelvis", "knees", "shins"),
    Side.BACK: ("head", "arms", "knees"),
}
_NOT_TO_CHOOSE: Final = (BodyPart.CHEST,)
"""Shown where a preset is for it; the map does not lead there."""


def region(side: Side, part: BodyPart) -> QPainterPath | None:
    """The shape of a part, in units; None where this side does not show it."""
    name = _REGIONS[side].get(part)
    return None if name is None else _path(f"{side}-{name}")


def shapes(side: Side) -> Iterator[QPainterPath]:
    """All of the figure, in units, as the shapes it is made of."""
    yield from (_path(f"{side}-{name}") for name in (*_BODY[side], *_REGIONS[side].values()))


def sides_of(parts: Collection[BodyPart]) -> list[Side]:
    """The sides on which any of these can be seen."""
    return [side for side in Side if any(part in _REGIONS[side] for part in parts)]


def part_at(side: Side, x: float, y: float) -> BodyPart | None:
    """The part at this point, in units, if it is one that can be chosen."""
    for part in _REGIONS[side]:
        path = region(side, part)
        if part not in _NOT_TO_CHOOSE and path is not None and path.contains(QPointF(x, y)):
            return part
    return None


@cache
def half_width(top: float, bottom: float) -> int:
    """How far the outline reaches from the centre line anywhere between these heights, in units."""
    ends = [*(start for start, _ in _HALF_WIDTHS[1:]), HEIGHT]
    between = [
        half for (start, half), end in zip(_HALF_WIDTHS, ends, strict=True) if start < bottom and end > top
    ]
    return max(between, default=0)


def paint_figure(
    painter: QPainter,
    side: Side,
    place: QRectF,
    chosen: Collection[BodyPart],
    levels: Mapping[BodyPart, int] | None,
) -> None:
    """Paint a figure as high as ``place``, in the middle of it.

    ``levels`` tells how much each part was used, 0 to 3; None where that is not to be shown.
    """
    colours = tokens()
    scale = _enter(painter, place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.map0))
    for name in _BODY[side]:
        painter.drawPath(_path(f"{side}-{name}"))
    outline = QPen(QColor(colours.border), u(1.2) / scale) if colours.soft_outlined else None
    heat = (colours.map1, colours.heat1, colours.heat2, colours.heat3)
    for part in _REGIONS[side]:
        if part in _NOT_TO_CHOOSE and not (levels and levels.get(part)):
            continue
        painter.setBrush(QColor(heat[levels.get(part, 0)] if levels else colours.map1))
        painter.setPen(outline if outline and part not in _NOT_TO_CHOOSE else Qt.PenStyle.NoPen)
        _draw(painter, side, part)
    lines = QPen(QColor(colours.surface), 1.6)
    lines.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(lines)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(f"{side}-detail"))
    for part in chosen:
        _paint_chosen(painter, side, part, scale)
    painter.restore()


def paint_hovered(painter: QPainter, side: Side, parts: Collection[BodyPart], place: QRectF) -> None:
    """Paint these parts of a painted figure as lying under the mouse."""
    _enter(painter, place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().map_hover))
    for part in parts:
        _draw(painter, side, part)
    painter.restore()


def paint_focus(painter: QPainter, side: Side, parts: Collection[BodyPart], place: QRectF) -> None:
    """Outline these parts of a painted figure."""
    scale = _enter(painter, place)
    painter.setPen(QPen(QColor(tokens().focus), u(2) / scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in parts:
        _draw(painter, side, part)
    painter.restore()


def _enter(painter: QPainter, place: QRectF) -> float:
    """Let the painter reckon in units; the scale. To be followed by ``restore``."""
    painter.save()
    scale = place.height() / HEIGHT
    painter.translate(place.center().x(), place.top())
    painter.scale(scale, scale)
    return scale


def _draw(painter: QPainter, side: Side, part: BodyPart) -> None:
    path = region(side, part)
    if path is not None:
        painter.drawPath(path)


def _paint_chosen(painter: QPainter, side: Side, part: BodyPart, scale: float) -> None:
    """Filled, with the dots of the mat upon it."""
    path = region(side, part)
    if path is None:
        return
    colours = tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawPath(path)
    pitch = max(_DOT_PITCH, u(10 * _LEAST_PITCH) / 10 / scale)
    dots = QPen(QColor(colours.on_accent), _DOT_SIZE * pitch)
    dots.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.setClipPath(path)
    painter.setPen(dots)
    painter.drawPoints(QPolygonF(list(_dots(path.boundingRect(), pitch))))
    painter.restore()


def _dots(area: QRectF, pitch: float) -> Iterator[QPointF]:
    """A grid in which each dot is as far from all its neighbours."""
    row_height = pitch * 3**0.5 / 2
    centre = area.center()
    rows = int(area.height() / 2 / row_height) + 1
    across = int(area.width() / 2 / pitch) + 1
    for row in range(-rows, rows + 1):
        shift = pitch / 2 if row % 2 else 0.0
        for column in range(-across, across + 1):
            yield QPointF(centre.x() + column * pitch + shift, centre.y() + row * row_height)


def _path(name: str) -> QPainterPath:
    """A shape or lines of the drawing, in units."""
    return _made(OUTLINES[name], not name.endswith("detail"))


@cache
def _made(outline: str, closed: bool) -> QPainterPath:
    """What is the same on both figures is made once."""
    path = QPainterPath()
    for line in outline.split(" | "):
        numbers = [int(each) / 10 for each in line.split()]
        path.addPolygon(QPolygonF(list(map(QPointF, numbers[::2], numbers[1::2]))))
        if closed:
            path.closeSubpath()
    return path
