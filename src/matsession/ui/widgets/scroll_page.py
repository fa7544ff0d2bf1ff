"""A page whose content scrolls up and down, never sideways."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from matsession.ui.theme import em, u
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
        self._kept: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)
        self.verticalScrollBar().actionTriggered.connect(self._on_bar_action_triggered)

    def keep_in_sight(self, widget: QWidget) -> None:
        """Show this, also where all is laid out anew around it; until somebody scrolls or goes elsewhere."""
        self._kept = widget
        self._bring_kept()

    def _bring_kept(self) -> None:
        if self._kept is not None and self.widget() is not None:
            self.ensureWidgetVisible(self._kept, u(16), u(48))

    @Slot()
    def _on_bar_range_changed(self) -> None:
        if self._kept is not None and self.window().focusWidget() is not self._kept:
            self._kept = None
        self._bring_kept()

    @Slot()
    def _on_bar_action_triggered(self) -> None:
        self._kept = None

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


def bring_into_sight(widget: QWidget | None) -> None:
    """Scroll whatever this stands in until it is seen."""
    around = widget.parentWidget() if widget is not None else None
    while widget is not None and around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, em(), em())
        around = around.parentWidget()
