"""The bar that takes the place of the navigation while a session is prepared, runs or is rated."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.navigation import Mark

_ONE_LINE_EM = 24


class TopBar(QWidget):
    """Mark, preset, and one fact about the session."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._preset = Label(style=TextStyle.STRONG)
        self._fact = Label(tone="text2")
        self._mark = Mark()
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._preset)
        self._words.addWidget(self._fact, 1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addLayout(self._words, 1)
        self.setMinimumHeight(u(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a very narrow one the fact stands below the preset."""
        super().resizeEvent(event)
        tiny = self.width() < _ONE_LINE_EM * em()
        side = u(16 if tiny else 28)
        self._row.setContentsMargins(side, u(8), side, u(8))
        self._row.setSpacing(u(14))
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._words.setDirection(down if tiny else right)
        self._words.setSpacing(0 if tiny else u(14))

    def tell(self, preset: str, fact: str) -> None:
        """Show which session, and what is to be known of it."""
        self._preset.setText(preset)
        self._fact.setText(fact)
