"""The bar that takes the place of the navigation while a session is prepared, runs or is rated."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.navigation import Mark

if TYPE_CHECKING:
    from matsession.app.mute import Mute
    from matsession.ui.widgets.window_buttons import WindowButtons

_ONE_LINE_EM = 36
_TINY_EM = 24
_WORDS_EM = 40
"""From this width on the buttons say what they do."""


class TopBar(QWidget):
    """Mark, preset, one fact about the session, and the other windows that can show it while it runs."""

    stop_signs_requested = Signal()
    mini_requested = Signal()
    mat_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._preset = Label(style=TextStyle.STRONG)
        self._fact = Label(tone="text2")
        self._mark = Mark()
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._preset)
        self._words.addWidget(self._fact, 1)
        self._windows: WindowButtons | None = None
        self._mute: Mute | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addLayout(self._words, 1)
        self.setMinimumHeight(u(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow one the fact stands below the preset; in a very narrow one the words need all room."""
        super().resizeEvent(event)
        tiny = self.width() < _TINY_EM * em()
        two_lines = self.width() < _ONE_LINE_EM * em()
        side = u(16 if tiny else 28)
        self._row.setContentsMargins(side, u(6), side, u(6))
        self._row.setSpacing(u(8 if tiny else 14))
        self._mark.setVisible(not tiny)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._words.setDirection(down if two_lines else right)
        self._words.setSpacing(0 if two_lines else u(14))
        self._words.setStretch(0, 1 if two_lines else 0)  # both in the middle, close together
        middle = Qt.AlignmentFlag.AlignVCenter
        self._preset.setAlignment(Qt.AlignmentFlag.AlignBottom if two_lines else middle)
        self._fact.setAlignment(Qt.AlignmentFlag.AlignTop if two_lines else middle)
        self._fit_windows()

    def take(self, mute: "Mute") -> None:
        """What one of the buttons turns."""
        self._mute = mute

    def offer(self, *, windows: bool) -> None:
        """Stop signs and silence, and while a session runs the ``windows`` that can show it as well."""
        if self._windows is None:
            if self._mute is None:
                return
            from matsession.ui.widgets.window_buttons import WindowButtons

            self._windows = WindowButtons(self._mute)
            self._windows.stop_signs_requested.connect(self.stop_signs_requested)
            self._windows.mini_requested.connect(self.mini_requested)
            self._windows.mat_requested.connect(self.mat_requested)
            self._row.addWidget(self._windows)
            self._fit_windows()
        self._windows.offer_windows(windows)

    def _fit_windows(self) -> None:
        if self._windows is not None:
            self._windows.show_words(self.width() >= _WORDS_EM * em())
            self._windows.set_tiny(self.width() < _TINY_EM * em())

    def tell(self, preset: str, fact: str) -> None:
        """Show which session, and what is to be known of it."""
        self._preset.setText(preset)
        self._fact.setText(fact)
