"""The ring: sixty dots for the whole session, an arc for each step, and the time left in the middle."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.domain.session import SessionView
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.ring_picture import (
    RING_UNITS,
    RingPicture,
    disc_area,
    draw_around,
    draw_inside,
    draw_ring,
    picture_of,
)
from matsession.ui.widgets.time_bar import TimeBar


class RingTimer(TimeBar):
    """Shows one SessionView and repaints only when that looks different from the last one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._view: SessionView | None = None
        self._picture = RingPicture()
        self._painted: RingPicture | None = None
        self._still = False
        self._around: tuple[object, QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_view(self, view: SessionView, *, still: bool = False) -> None:
        """Show how the session stands; ``still`` if nothing is to move by itself."""
        self._view, self._still = view, still
        picture = picture_of(view, self._scale(), still=still)
        if picture == self._picture:
            return
        before, self._picture = self._picture, picture
        if picture.moved_only(before):
            self.update(disc_area(self._area()).toAlignedRect())
            return
        self.tell(view)
        if self._painted != self._picture:
            self.update()

    def picture(self) -> RingPicture:
        """What is shown."""
        return self._picture

    def sizeHint(self) -> QSize:
        """The size in the design."""
        return QSize(u(RING_UNITS), u(RING_UNITS))

    def minimumSizeHint(self) -> QSize:
        """The smallest at which the digits are still large."""
        return QSize(u(120), u(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._view is not None:
            self._picture = picture_of(self._view, self._scale(), still=self._still)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture.breath is None:
            self._around = None
            draw_ring(painter, self._picture, self._area(), self.font(), tokens())
        else:
            area = self._area()
            painter.drawPixmap(area.topLeft(), self._pixmap_around(area))
            draw_inside(painter, self._picture, area, self.font(), tokens())
        self._painted = self._picture

    def _pixmap_around(self, area: QRectF) -> QPixmap:
        """Arcs and dots, kept from one frame of a breath to the next."""
        ratio = self.devicePixelRatioF()
        key = (self._picture.around(), area.width(), ratio, tokens())
        if self._around is None or self._around[0] != key:
            pixmap = QPixmap((area.size() * ratio).toSize())
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_around(painter, self._picture, QRectF(QPointF(), area.size()), tokens())
            painter.end()
            self._around = (key, pixmap)
        return self._around[1]

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _scale(self) -> float:
        return max(1, min(self.width(), self.height())) / RING_UNITS
