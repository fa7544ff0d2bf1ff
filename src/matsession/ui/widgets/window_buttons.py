"""The buttons of a session in the bar above it: stop signs, mute, and the other windows that can show it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from matsession.app import texts
from matsession.app.mute import Mute
from matsession.ui.drawing import Sign
from matsession.ui.widgets.mute_button import MuteButton
from matsession.ui.widgets.sign_button import SignButton


class WindowButtons(QWidget):
    """Their keys count while they are shown."""

    stop_signs_requested = Signal()
    mini_requested = Signal()
    mat_requested = Signal()

    def __init__(self, mute: Mute, parent: QWidget | None = None) -> None:
        """Begin with words; the second button turns ``mute``."""
        super().__init__(parent)
        self._stop = SignButton(texts.tr("Stop signs"), Sign.CAREFUL, texts.tr("Stop signs (F1)"))
        self._sound = MuteButton(mute)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._mini = SignButton(texts.tr("Mini window"), Sign.MINI, texts.tr("Mini window (Ctrl+M)"))
        self._mat = SignButton(texts.tr("Mat view"), Sign.FULL_SCREEN, texts.tr("Mat view (F11)"))
        self._mute_key = QShortcut(QKeySequence("M"), self)
        self._mute_key.setAutoRepeat(False)
        self._mini_key = QShortcut(QKeySequence("Ctrl+M"), self)
        self._mat_key = QShortcut(QKeySequence("F11"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self._stop, self._sound, self._mini, self._mat):
            # As with the controls: a click leaves the keys with the page.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._offered = True
        self._tiny = False
        self._stop.show_words(False)
        self._sound.show_words(False)
        self._stop.clicked.connect(self.stop_signs_requested)
        self._mute_key.activated.connect(mute.toggle)
        self._mini.clicked.connect(self.mini_requested)
        self._mini_key.activated.connect(self.mini_requested)
        self._mat.clicked.connect(self.mat_requested)
        self._mat_key.activated.connect(self.mat_requested)

    def offer_windows(self, offered: bool) -> None:
        """The other windows: while there is a session to be shown."""
        self._offered = offered
        self._show_windows()
        for key in (self._mini_key, self._mat_key):
            key.setEnabled(offered)

    def set_tiny(self, tiny: bool) -> None:
        """In a window as small as the mini window that one has no button, only its key."""
        self._tiny = tiny
        self._show_windows()

    def _show_windows(self) -> None:
        self._mini.setVisible(self._offered and not self._tiny)
        self._mat.setVisible(self._offered)

    def show_words(self, shown: bool) -> None:
        """Where there is room for them."""
        self._mini.show_words(shown)
        self._mat.show_words(shown)
