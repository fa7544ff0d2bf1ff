"""Media keys that reach a window of ours, where no desktop takes them: while there is a session.

They do the same as those that come through the desktop; ``MediaControl`` sees to it that one press which
comes both ways counts once.
"""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from matsession.app.ports import MediaKey
from matsession.app.session_runner import SessionRunner

_KEYS: Final = {
    # The one key of most keyboards, which Qt calls "play" on some systems.
    MediaKey.PLAY_PAUSE: (Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay),
    MediaKey.PAUSE: (Qt.Key.Key_MediaPause,),
    MediaKey.STOP: (Qt.Key.Key_MediaStop,),
    MediaKey.NEXT: (Qt.Key.Key_MediaNext,),
}


class MediaShortcuts(QObject):
    """The media keys of one window. Without a session they are not taken from anybody."""

    pressed = Signal(object)
    """A ``MediaKey``."""

    def __init__(self, runner: SessionRunner, window: QWidget) -> None:
        """For ``window``, its parent."""
        super().__init__(window)
        self._runner = runner
        self._shortcuts: dict[MediaKey, QShortcut] = {}
        for key, codes in _KEYS.items():
            shortcut = QShortcut(window)
            shortcut.setKeys([QKeySequence(code) for code in codes])
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._on_shortcut_activated)
            self._shortcuts[key] = shortcut
        runner.happened.connect(self._on_runner_happened)
        self._look()

    def _look(self) -> None:
        for shortcut in self._shortcuts.values():
            if shortcut.isEnabled() != self._runner.active:
                shortcut.setEnabled(self._runner.active)

    @Slot(object)
    def _on_runner_happened(self, _event: object) -> None:
        self._look()

    @Slot()
    def _on_shortcut_activated(self) -> None:
        shortcut = self.sender()
        for key, each in self._shortcuts.items():
            if each is shortcut:
                self.pressed.emit(key)
