"""A small picture of how one lies, sits or stands on the mat. The words beside it say the same."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.domain.body import BodyArea, BodyPart, Position, parts_of
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.visibility import show

_WIDTH, _HEIGHT = 110, 44
_GROUND = 40.5
_TRUNK, _LIMB, _FURNITURE, _MAT = 9, 6, 2, 3

_Line = tuple[tuple[float, float], ...]


class _Pose(NamedTuple):
    """Where everything is in a picture of 110 by 44 units."""

    head: tuple[float, float]
    trunk: _Line
    limbs: tuple[_Line, ...]
    furniture: tuple[_Line, ...] = ()
    mat: _Line = ()
    """Where the mat is, whatever the area; empty: on the ground, below the parts of the area."""


_FLAT_TRUNK = ((28, 31), (58, 31))
_FLAT_LEGS = ((58, 32), (100, 33))
_BENT_LEGS = ((58, 32), (76, 13), (88, 35), (95, 37))
_CHAIR = (((40, 5), (40, 40)), ((40, 27), (62, 27), (62, 40)))
_SEATED = ((47, 22), (66, 22), (67, 36), (74, 38))
_BELOW_FEET = ((62, 41), (82, 41))

_POSES: Final[Mapping[Position, _Pose]] = {
    Position.SUPINE_FLAT: _Pose((17, 30), _FLAT_TRUNK, (_FLAT_LEGS,)),
    Position.SUPINE_KNEES_BENT: _Pose((17, 30), _FLAT_TRUNK, (_BENT_LEGS,)),
    Position.SUPINE_NECK_ROLL: _Pose((15, 28), _FLAT_TRUNK, (_FLAT_LEGS,), mat=((22, 38), (27, 38))),
    Position.SUPINE_MAT_ON_TOP: _Pose((17, 32), ((28, 34), (58, 34)), (((58, 35), (100, 36)),)),
    Position.SIDE_LYING: _Pose(
        (18, 29), ((30, 31), (56, 31)), (((56, 32), (78, 26), (92, 35)), ((56, 33), (96, 36)))
    ),
    Position.SEATED_CHAIR: _Pose((47, 7), ((47, 14), (47, 21)), (_SEATED,), _CHAIR),
    Position.SEATED_FLOOR: _Pose((36, 9), ((34, 18), (34, 32)), (((36, 34), (94, 34)), ((34, 19), (27, 36)))),
    Position.CHAIR_BACKREST: _Pose((48, 7), ((48, 14), (48, 21)), (_SEATED,), _CHAIR, ((42, 10), (42, 24))),
    Position.STANDING: _Pose(
        (50, 6),
        ((50, 13), (50, 21)),
        (((48, 23), (47, 37)), ((52, 23), (53, 37)), ((51, 14), (66, 19))),
        (((67, 14), (67, 40)), ((67, 27), (82, 27), (82, 40))),
        ((40, 41), (60, 41)),
    ),
    Position.TABLE_HANDS: _Pose(
        (47, 7),
        ((47, 14), (47, 21)),
        (_SEATED, ((48, 14), (58, 19), (76, 17))),
        (*_CHAIR, ((64, 22), (102, 22)), ((96, 22), (96, 40))),
        ((68, 21), (90, 21)),
    ),
}
_LYING: Final[Mapping[BodyPart, tuple[float, float]]] = {
    BodyPart.NECK: (20, 30),
    BodyPart.UPPER_BACK: (26, 45),
    BodyPart.LOWER_BACK: (42, 59),
    BodyPart.CHEST: (27, 42),
    BodyPart.BELLY: (42, 58),
    BodyPart.HIPS: (48, 66),
    BodyPart.THIGHS: (64, 82),
    BodyPart.CALVES: (70, 92),
}
"""From where to where a part reaches in the pictures of somebody who lies or sits on the floor."""


class PosePicture(QWidget):
    """Draws one position, with the mat below the area. Decoration: it has no name of its own."""

    def __init__(self, parent: QWidget | None = None, *, scale: float = 1.0) -> None:
        """Begin empty; ``scale`` 1 is as large as in the design of the session page."""
        super().__init__(parent)
        self._scale = scale
        self._position: Position | None = None
        self._area = BodyArea.NONE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_position(self, position: Position | None, area: BodyArea) -> None:
        """Draw this; nothing to be seen without a position."""
        self._position, self._area = position, area
        show(self, position is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as in the design."""
        return QSize(u(_WIDTH * self._scale), u(_HEIGHT * self._scale))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Furniture, mat, body."""
        if self._position is None:
            return
        pose = _POSES[self._position]
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.height() / _HEIGHT
        painter.scale(scale, scale)
        painter.setPen(QPen(QColor(colours.control), 1))
        painter.drawLine(QPointF(1, _GROUND + 1.5), QPointF(_WIDTH - 1, _GROUND + 1.5))
        for line in pose.furniture:
            _stroke(painter, line, _FURNITURE, colours.control)
        body = colours.control if colours.soft_outlined else colours.map_hover
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(body))
        painter.drawEllipse(QPointF(*pose.head), 5.5, 5.5)
        for limb in pose.limbs:
            _stroke(painter, limb, _LIMB, body)
        _stroke(painter, pose.trunk, _TRUNK, body)
        for line in self._mats(pose):
            _paint_mat(painter, line, 2.2 if self._position is Position.SUPINE_MAT_ON_TOP else -2.2)

    def _mats(self, pose: _Pose) -> list[_Line]:
        if self._area is BodyArea.NONE:
            return []
        if pose.mat:
            return [pose.mat]
        reach = [_LYING[part] for part in parts_of(self._area) if part in _LYING]
        if self._position is Position.SEATED_CHAIR:
            on_seat = BodyPart.THIGHS in parts_of(self._area)
            return [((44, 26), (62, 26)) if on_seat else _BELOW_FEET]
        if not reach:
            return []
        start, end = min(left for left, _ in reach), max(right for _, right in reach)
        y = 27.5 if self._position is Position.SUPINE_MAT_ON_TOP else 38.5
        return [((start, y), (end, y))]


def _stroke(painter: QPainter, line: _Line, width: float, colour: str) -> None:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in line]))


def _paint_mat(painter: QPainter, line: _Line, side: float) -> None:
    """A thin pad, with the points as small dots on one ``side`` of it: above it or below."""
    accent = tokens().accent
    _stroke(painter, line, _MAT, accent)
    (x0, y0), (x1, y1) = line[0], line[-1]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(accent))
    count = max(2, round((abs(x1 - x0) + abs(y1 - y0)) / 3.4))
    upright = abs(y1 - y0) > abs(x1 - x0)
    for number in range(count + 1):
        x, y = x0 + (x1 - x0) * number / count, y0 + (y1 - y0) * number / count
        where = (x - side, y) if upright else (x, y + side)
        painter.drawEllipse(QRectF(where[0] - 0.8, where[1] - 0.8, 1.6, 1.6))
