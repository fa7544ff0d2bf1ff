"""Signals of the system (Ctrl-C, Ctrl-Z, hang-up, another window size) as Qt signals.

Python runs its own signal handlers only when it runs at all, and inside Qt's event loop it sleeps. So the
system's signal is written into a socket (``signal.set_wakeup_fd``), which Qt watches: no polling.
"""

import signal
import socket
from collections.abc import Sequence
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class ProcessSignals(QObject):
    """Catches some signals between ``open`` and ``close``; to be used from the main thread."""

    came = Signal(int)
    """Its number. Told from the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin closed."""
        super().__init__(parent)
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None
        self._before: dict[int, Any] = {}
        self._wakeup_before = -1

    def open(self, numbers: Sequence[int]) -> None:
        """Catch these. One that was ignored when we came (nohup, a shell's background job) stays ignored."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        self._ends = (reader, writer)
        self._wakeup_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for number in numbers:
            self.catch(number)
        self._notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def catch(self, number: int) -> None:
        """Catch this one from now on."""
        if signal.getsignal(number) is not signal.SIG_IGN:
            before = signal.signal(number, _noted)
            self._before.setdefault(number, before)

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
                self.came.emit(number)


def _noted(number: int, frame: FrameType | None) -> None:
    """Nothing: that there is a handler makes Python write the number into the socket."""
