"""The ring as it is painted again and again: what stays the same from one picture to the next is kept."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from matsession.ui.theme import Tokens, em
from matsession.ui.widgets.ring_picture import (
    Inside,
    RingPicture,
    RingState,
    draw_around,
    draw_digits,
    draw_disc,
    draw_growing_dot,
    draw_words,
)


class RingLayers:
    """Keeps the picture of what is around the disc, and the measures of what is inside."""

    def __init__(self) -> None:
        self._around: tuple[object, QPixmap] | None = None
        self._inside: tuple[object, Inside] | None = None

    def draw(
        self, painter: QPainter, picture: RingPicture, area: QRectF, font: QFont, colours: Tokens
    ) -> None:
        """Like ``ring_picture.draw_ring``, on the ground of the window."""
        if picture.state is RingState.EMPTY:
            return
        ratio = painter.device().devicePixelRatioF()
        whole = area.toAlignedRect()
        key = (picture.around(), area, ratio, colours)
        if self._around is None or self._around[0] != key:
            ground = QColor(colours.bg)
            self._around = (
                key,
                _kept(whole, ratio, ground, lambda kept: draw_around(kept, picture, area, colours)),
            )
        painter.drawPixmap(whole.topLeft(), self._around[1])
        draw_growing_dot(painter, picture, area, colours)
        inside = self._measured(picture, area, font)
        draw_disc(painter, picture, inside, area, colours)
        draw_digits(painter, inside, area.center(), colours)
        draw_words(painter, picture, inside, area, colours)

    def _measured(self, picture: RingPicture, area: QRectF, font: QFont) -> Inside:
        key = (picture.digits, picture.above, picture.breath is None, area.width(), font.key(), em())
        if self._inside is None or self._inside[0] != key:
            self._inside = key, Inside(picture, area, font)
        return self._inside[1]


def _kept(place: QRect, ratio: float, ground: QColor, draw: Callable[[QPainter], None]) -> QPixmap:
    """What ``draw`` paints there, on this ground."""
    pixmap = QPixmap(place.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(ground)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(-place.left(), -place.top()))
    draw(painter)
    painter.end()
    return pixmap
