"""What the system asks of the whole program (Ctrl-C, Ctrl-Z, hang-up, another window size) as Qt signals.

Python runs its own signal handlers only when it runs at all, and inside Qt's event loop it sleeps. So the
system's signal is written into a socket (``signal.set_wakeup_fd``), which Qt watches: no polling.
"""

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


def _known(*names: str) -> frozenset[int]:
    return frozenset(getattr(signal, name) for name in names if hasattr(signal, name))


_ENDING: Final = _known("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
_STOPPING: Final = _known("SIGTSTP")
_CONTINUING: Final = _known("SIGCONT")
_RESIZING: Final = _known("SIGWINCH")


class ProcessSignals(QObject):
    """Implements ``app.ports.SystemSignals``; to be used from the main thread."""

    end_wished = Signal()
    stop_wished = Signal()
    continued = Signal()
    resized = Signal()

    def __init__(self, *, terminal: bool = False, parent: QObject | None = None) -> None:
        """Begin closed. ``terminal``: a shell may stop us and wake us again, and the size matters."""
        super().__init__(parent)
        self._numbers = _ENDING | _STOPPING | _CONTINUING | _RESIZING if terminal else _ENDING
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None
        self._before: dict[int, Any] = {}
        self._wakeup_before = -1

    def open(self) -> None:
        """Catch them. One that was ignored when we came (nohup, a shell's background job) stays ignored."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        self._ends = (reader, writer)
        self._wakeup_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for number in self._numbers:
            self._catch(number)
        self._notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def close(self) -> None:
        """All as it was before."""
        if self._ends is None:
            return
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before.clear()
        signal.set_wakeup_fd(self._wakeup_before)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        for end in self._ends:
            end.close()
        self._ends = None

    def stand_still(self) -> None:
        """Let the shell stop us, as it wanted to; returns when it has woken us."""
        if sys.platform != "win32":
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            signal.raise_signal(signal.SIGTSTP)  # here the program stands
            self._catch(signal.SIGTSTP)

    def on_end_wished(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when the program is to end."""
        self.end_wished.connect(listener)

    def on_stop_wished(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when it is to stand still."""
        self.stop_wished.connect(listener)

    def on_continued(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when it may go on."""
        self.continued.connect(listener)

    def on_resized(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when its terminal has another size."""
        self.resized.connect(listener)

    # -- inside ----------------------------------------------------------------------------------

    def _catch(self, number: int) -> None:
        if signal.getsignal(number) is not signal.SIG_IGN:
            before = signal.signal(number, _noted)
            self._before.setdefault(number, before)

    @Slot()
    def _on_notifier_activated(self) -> None:
        if self._ends is None:
            return
        try:
            numbers = self._ends[0].recv(64)
        except BlockingIOError:
            return
        for number in numbers:
            if number in self._before:
                self._tell(number)

    def _tell(self, number: int) -> None:
        if number in _ENDING:
            self.end_wished.emit()
        elif number in _STOPPING:
            self.stop_wished.emit()
        elif number in _CONTINUING:
            self.continued.emit()
        else:
            self.resized.emit()


def _noted(number: int, frame: FrameType | None) -> None:
    """Nothing: that there is a handler makes Python write the number into the socket."""
