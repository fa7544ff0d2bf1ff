"""The picture of the mat view: repaints only those parts that look different."""

from PySide6.QtCore import QEvent, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from matsession.domain.session import SessionView
from matsession.ui.widgets.mat_picture import MatLayout, MatPicture, draw_mat
from matsession.ui.widgets.time_bar import TimeBar


class MatCanvas(QWidget):
    """Shows one MatPicture. For a screen reader the dots are the same progress bar as the ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin dark."""
        super().__init__(parent)
        self._picture = MatPicture()
        self._layout_now: MatLayout | None = None
        self._bar = _DotsBar(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # All keys and clicks are for the window.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_picture(self, picture: MatPicture, view: SessionView) -> None:
        """Show this; ``view`` is what it was made from."""
        if picture == self._picture:
            return
        before, self._picture = self._picture, picture
        if picture.ring != before.ring:
            self._bar.tell(view)
        if (picture.turns, picture.shift) != (before.turns, before.shift):
            self._lay_out_anew()
        parts = self.lay_out().changed(before, picture)
        if parts is None:
            self.update()
            return
        for part in parts:
            self.update(part.toAlignedRect())

    def picture(self) -> MatPicture:
        """What is shown."""
        return self._picture

    def lay_out(self) -> MatLayout:
        """Where the parts lie at present."""
        if self._layout_now is None:
            size = QSizeF(self.size())
            self._layout_now = MatLayout(size, self._picture.turns, self._picture.shift, self.font())
        return self._layout_now

    def _lay_out_anew(self) -> None:
        self._layout_now = None
        layout = self.lay_out()
        self._bar.setGeometry(layout.turned.mapRect(layout.dots_area).toAlignedRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies elsewhere."""
        super().resizeEvent(event)
        self._lay_out_anew()

    def changeEvent(self, event: QEvent) -> None:
        """Hints are as large as the system's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lay_out_anew()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is needed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mat(painter, self._picture, self.lay_out(), event.region())


class _DotsBar(TimeBar):
    """Lies over the dots and can only be heard; Qt would repaint all of a larger one each second."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        pass
