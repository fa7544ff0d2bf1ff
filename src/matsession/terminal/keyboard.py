"""Single keys from the terminal, as a signal, without waiting for Enter.

POSIX: the terminal is put into cbreak mode and watched by Qt. Windows: the console is looked at a few times
a second, because Qt cannot watch it; that part was never tried.
"""

import contextlib
import os
import re
import sys
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

if sys.platform == "win32":
    import msvcrt
else:
    import termios

ENTER: Final = "\n"
BACKSPACE: Final = "\x7f"

_LOOK_EVERY_MS: Final = 60
_BYTES: Final = 1024

# An arrow or function key sends several characters that begin with Escape (ECMA-48 5.4, and SS3).
_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)


class Keyboard(QObject):
    """The keys of one terminal. Between ``open`` and ``close`` it does not echo and needs no Enter."""

    pressed = Signal(str)
    """One character; Enter is ``ENTER`` and the delete key ``BACKSPACE``, whatever the terminal sends."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin closed."""
        super().__init__(parent)
        self._watch: QSocketNotifier | QTimer | None = None
        if sys.platform != "win32":
            self._fd = -1
            self._before: list[int | list[bytes | int]] | None = None

    @property
    def is_open(self) -> bool:
        """Whether keys are listened to."""
        return self._watch is not None

    def open(self, fd: int) -> bool:
        """Listen to the terminal at this file descriptor; False where that is not possible."""
        if self._watch is not None:
            return True
        if sys.platform == "win32":
            timer = QTimer(self)
            timer.timeout.connect(self._on_timer_timeout)
            timer.start(_LOOK_EVERY_MS)
            self._watch = timer
        else:
            try:
                self._before = termios.tcgetattr(fd)
                self._fd = fd
                self._listen_raw()
            except (termios.error, OSError):
                return False
            notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read, self)
            notifier.activated.connect(self._on_notifier_activated)
            self._watch = notifier
        return True

    def close(self) -> None:
        """Stop listening, and leave the terminal as it was found."""
        if isinstance(self._watch, QSocketNotifier):
            self._watch.setEnabled(False)
        elif self._watch is not None:
            self._watch.stop()
        self._watch = None
        if sys.platform != "win32" and self._before is not None:
            before, self._before = self._before, None
            with contextlib.suppress(termios.error, OSError):  # gone, and with it what there was to restore
                termios.tcsetattr(self._fd, termios.TCSANOW, before)

    def _listen_raw(self) -> None:
        """No echo, no waiting for Enter. Ctrl-C and Ctrl-Z stay signals; Ctrl-S must not freeze us."""
        if sys.platform != "win32":
            mode = termios.tcgetattr(self._fd)
            mode[0] &= ~(termios.IXON | termios.ICRNL)
            mode[3] &= ~(termios.ECHO | termios.ICANON)
            mode[6][termios.VMIN] = 1
            mode[6][termios.VTIME] = 0
            termios.tcsetattr(self._fd, termios.TCSANOW, mode)

    @Slot()
    def _on_notifier_activated(self) -> None:
        if sys.platform != "win32":
            try:
                read = os.read(self._fd, _BYTES)
            except BlockingIOError:
                return
            except OSError:
                read = b""
            if not read:  # the terminal is gone; asked again, it would answer the same for ever
                self.close()
                return
            self._tell(read.decode("utf-8", "ignore"))

    @Slot()
    def _on_timer_timeout(self) -> None:
        if sys.platform == "win32":
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in ("\x00", "\xe0"):  # an arrow or function key: its second half follows
                    msvcrt.getwch()
                else:
                    self._tell(key)

    def _tell(self, text: str) -> None:
        for character in keys_in(text):
            self.pressed.emit(character)


def keys_in(text: str) -> str:
    """The keys in what a terminal sent; arrows, function keys and other sequences are left out."""
    return _SEQUENCE.sub("", text).replace("\r", ENTER).replace("\x08", BACKSPACE)
