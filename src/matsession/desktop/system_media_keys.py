"""Media keys on Windows and macOS: what both have in common, and which of them is here.

Written by the documentation of both systems and by the type stubs of the libraries; not tried on either.
The libraries are an extra of the package (``pip install 'matsession[media-keys]'``) and not installed by
themselves, since a session must not depend on what nobody has tried. Without them, or where they fail,
nothing is lost but these keys: the failure is logged once, and nothing is asked of them again.
"""

import logging
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from matsession.app.ports import MediaKey, MediaKeys, NowPlaying

log = logging.getLogger(__name__)


class SystemKeys(QObject):
    """Implements ``app.ports.MediaKeys`` by what a subclass asks of the system; silent where that fails."""

    pressed = Signal(object)
    """A ``MediaKey``, in our own thread."""
    _heard = Signal(str)
    """The same from any thread: the systems answer in theirs."""

    def __init__(self, position_s: Callable[[], float], parent: QObject | None = None) -> None:
        """``position_s`` tells how far the session has come."""
        super().__init__(parent)
        self._position_s = position_s
        self._playing: NowPlaying | None = None
        self._system: Any = None
        self._failed = False
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def on_pressed(self, listener: Callable[[MediaKey], None]) -> None:
        """Call ``listener`` with each key."""
        self.pressed.connect(listener)

    def show(self, playing: NowPlaying | None) -> None:
        """Show this, and get the keys; with None they belong to others."""
        self._playing = playing
        if self._failed or (playing is None and self._system is None):
            return
        try:
            if self._system is None:
                self._system = self.reach_system()
            if playing is None:
                self.give_back(self._system)
                self._system = None
            else:
                self.tell(self._system, playing)
        except Exception as error:  # noqa: BLE001  whatever comes to a system's mind: a session needs no media keys
            self._failed = True
            log.info("no media keys: %r", error)

    def hear(self, key: MediaKey) -> None:
        """A key was pressed; from any thread."""
        self._heard.emit(str(key))

    def reach_system(self) -> Any:
        """Get the keys; what is handed to the other two. Raises what it likes."""
        raise NotImplementedError

    def tell(self, system: Any, playing: NowPlaying) -> None:
        """Show this."""
        raise NotImplementedError

    def give_back(self, system: Any) -> None:
        """Show nothing, and leave the keys to others."""
        raise NotImplementedError

    @Slot(str)
    def _on_heard(self, key: str) -> None:
        if self._playing is not None:  # a press may come later than the end
            self.pressed.emit(MediaKey(key))


def system_media_keys(position_s: Callable[[], float]) -> MediaKeys | None:
    """Those of this system; None on others. Whether they work shows at the first session."""
    if sys.platform == "win32":
        from matsession.desktop.windows_media_keys import WindowsKeys

        return WindowsKeys(position_s)
    if sys.platform == "darwin":
        from matsession.desktop.mac_media_keys import MacKeys

        return MacKeys(position_s)
    return None
