"""A card of a list that is a button: it opens what it tells of in the editor beside the list."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QWidget

from matsession.ui.drawing import draw_focus_ring
from matsession.ui.theme import tokens, u


class OpeningCard(QPushButton):
    """As large as what its layout holds; the open one has a stronger edge."""

    chosen = Signal(str)
    """The person wants to see what has this id."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """For what has the id ``key``."""
        super().__init__(parent)
        self._key = key
        self._open = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)

    def show_open(self, opened: bool) -> None:
        """Whether it is the one that is being edited."""
        if opened != self._open:
            self._open = opened
            self.update()

    def _parts(self) -> QLayout:
        layout = self.layout()
        assert layout is not None
        return layout

    def hasHeightForWidth(self) -> bool:
        """Names wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As its parts need."""
        return self._parts().totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its parts need."""
        return self._parts().totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts may be."""
        return self._parts().totalMinimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and edge."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2, u(2)) if self._open else max(1, u(1))
        painter.setPen(QPen(QColor(colours.accent if self._open else colours.border), width))
        painter.setBrush(QColor(colours.hover if self.underMouse() and not self._open else colours.surface))
        gap = width / 2 + u(2)
        face = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
        painter.drawRoundedRect(face, u(14), u(14))
        if self.hasFocus():
            draw_focus_ring(painter, face.adjusted(u(4), u(4), -u(4), -u(4)), u(10))

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._key)
