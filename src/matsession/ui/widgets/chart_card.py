"""A card with a chart: title, caption, and something to choose."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Heading, Label


class ChartCard(Card):
    """A title, something to choose beside it or below it, a caption, and the chart."""

    def __init__(self, title: str, beside: QWidget | None = None, parent: QWidget | None = None) -> None:
        """``beside`` stands at the end of the title, where there is room."""
        super().__init__(title, parent)
        self._title = Heading(title, TextStyle.H3)
        self.caption = Label(style=TextStyle.CAPTION, tone="text2")
        self._beside = beside
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self.caption)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(8))
        self._head.addLayout(words, 1)
        if beside is not None:
            self._head.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self._head)

    def set_title(self, title: str) -> None:
        """Be called something else."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choice goes below the title where both would not fit."""
        super().resizeEvent(event)
        if self._beside is not None:
            needed = self._beside.sizeHint().width() + self._title.sizeHint().width() + u(56)
            right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._head.setDirection(right if needed <= self.width() else down)
