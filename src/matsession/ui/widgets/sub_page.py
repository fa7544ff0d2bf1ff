"""A page that is opened from another one, and leads back to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage

_WIDEST = 960


class SubPage(QWidget):
    """A button back, a title, a sentence, and what it is about in ``column``."""

    back_requested = Signal()

    def __init__(
        self, back: str, title: str, sentence: str, widest_px: int = _WIDEST, parent: QWidget | None = None
    ) -> None:
        """``back`` are the words on the button."""
        super().__init__(parent)
        self._widest_px = widest_px
        self._back = Button(back, ButtonKind.QUIET)
        self._back.clicked.connect(self.back_requested)
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addStretch(1)
        self.column = QVBoxLayout()
        self.column.setSpacing(u(16))
        content = QWidget()
        self._frame = QVBoxLayout(content)
        self._frame.setSpacing(u(4))
        self._frame.addLayout(head)
        self._frame.addWidget(Heading(title, TextStyle.H1))
        self._frame.addWidget(Label(sentence, tone="text2"))
        self._frame.addSpacing(u(12))
        self._frame.addLayout(self.column)
        self._frame.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollPage(content))

    def focus_first(self) -> None:
        """Begin at the way back, where there is nothing better."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No wider than is easy to read, in the middle."""
        super().resizeEvent(event)
        small = self.width() < MEDIUM_EM * em()
        side = max(u(16 if small else 32), (self.width() - u(self._widest_px)) // 2)
        self._frame.setContentsMargins(side, u(12 if small else 20), side, u(20))
