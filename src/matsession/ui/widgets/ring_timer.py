"""The ring: sixty dots for the whole session, an arc for each step, and the time left in the middle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.domain.session import SessionView
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.ring_layers import RingLayers
from matsession.ui.widgets.ring_picture import (
    RING_UNITS,
    RingPicture,
    RingState,
    changed_parts,
    disc_area,
    picture_of,
)
from matsession.ui.widgets.time_bar import TimeBar


class RingTimer(TimeBar):
    """Shows one SessionView and repaints only what looks different from the last one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._view: SessionView | None = None
        self._picture = RingPicture()
        self._still = False
        self._layers = RingLayers()
        # Its ground is painted here: all that it stands on need not be painted again with each frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        parts = changed_parts(before, picture, self._area())
        if parts is None:
            self.update()
        else:
            for part in parts:
                self.update(part.toAlignedRect())

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
        if self.width() != self.height() or self._picture.state is RingState.EMPTY:
            painter.fillRect(self.rect(), QColor(tokens().bg))
        self._layers.draw(painter, self._picture, self._area(), self.font(), tokens())

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _scale(self) -> float:
        return max(1, min(self.width(), self.height())) / RING_UNITS
