"""A page whose content scrolls up and down, never sideways."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from matsession.ui.theme import u
from matsession.ui.widgets.viewport import make_viewport


class ScrollPage(QScrollArea):
    """Holds one widget, as wide as the window; what gets the focus is scrolled into sight."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """Scroll ``content``."""
        super().__init__(parent)
        make_viewport(self)
        self.setObjectName("PageArea")
        content.setObjectName("ScrolledPage")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setObjectName("PageArea")
        content.setParent(self.viewport())
        self._content = content

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content is never wider than what is seen."""
        self._content.setMaximumWidth(self.viewport().width())
        if self.widget() is None:
            # No sooner: before, its size is not known, and all would be laid out once more for nothing.
            self.setWidget(self._content)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """A strip that can be scrolled."""
        return QSize(u(160), u(40))
