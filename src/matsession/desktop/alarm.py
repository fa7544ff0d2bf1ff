"""Rings at a time on the wall.

Linux: a timer of the kernel on the clock of the wall (timerfd, CLOCK_REALTIME) on Qt's event loop. While it
waits nothing wakes up, a sleep of the computer does not delay it, and when the clock is set it says so at
once (TFD_TIMER_CANCEL_ON_SET). Through ctypes: Python has it from 3.13 on only.

Elsewhere: Qt's timer, which stands still while the computer sleeps and knows nothing of a clock that is set;
so it looks at the clock every five minutes at the latest. Not tried on Windows and macOS.
"""

import contextlib
import ctypes
import errno
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal, Slot

log = logging.getLogger(__name__)

LOOK_S: Final = 300.0
"""So often the clock is looked at where the system does not tell that it was set."""

_CLOCK_REALTIME: Final = 0
_NONBLOCK: Final = 0o4000
_CLOEXEC: Final = 0o2000000
_ABSTIME: Final = 1
_CANCEL_ON_SET: Final = 2
_TICKS_BYTES: Final = 8


class _Timespec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _Itimerspec(ctypes.Structure):
    _fields_ = (("interval", _Timespec), ("value", _Timespec))


class KernelAlarm(QObject):
    """The kernel's timer. Raises OSError where there is none."""

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin silent."""
        super().__init__(parent)
        self._libc = ctypes.CDLL(None, use_errno=True)
        try:
            fd: int = self._libc.timerfd_create(_CLOCK_REALTIME, _NONBLOCK | _CLOEXEC)
        except AttributeError as error:
            raise OSError(errno.ENOSYS, "no timerfd") from error
        if fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        self._fd: int | None = fd
        self._readable = QSocketNotifier(fd, QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self._on_timer_readable)

    def set(self, at: datetime | None) -> None:
        """Ring then; None: not at all."""
        if self._fd is None:
            return
        wanted = _Itimerspec()
        if at is not None:
            # 0 would mean never, and what has passed rings at once.
            microseconds = max(1, round(at.timestamp() * 1e6))
            wanted.value = _Timespec(microseconds // 1_000_000, microseconds % 1_000_000 * 1000)
        flags = _ABSTIME | _CANCEL_ON_SET
        failed = self._libc.timerfd_settime(self._fd, flags, ctypes.byref(wanted), None) < 0
        # After a clock that was set the first call tells so, and sets the alarm all the same.
        if failed and ctypes.get_errno() != errno.ECANCELED:
            log.warning("the alarm could not be set: %s", os.strerror(ctypes.get_errno()))

    def on_rung(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` then, and whenever the clock was set."""
        self.rung.connect(listener)

    def close(self) -> None:
        """Let go of it."""
        if self._fd is not None:
            self._readable.setEnabled(False)
            os.close(self._fd)
            self._fd = None

    @Slot()
    def _on_timer_readable(self) -> None:
        if self._fd is None:
            return
        try:
            os.read(self._fd, _TICKS_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ECANCELED:
                raise
            log.info("the clock was set")
        self.rung.emit()


class QtAlarm(QObject):
    """Qt's timer, never set for long."""

    rung = Signal()

    def __init__(
        self, now: Callable[[], datetime] = lambda: datetime.now(UTC), parent: QObject | None = None
    ) -> None:
        """``now`` reads the clock on the wall."""
        super().__init__(parent)
        self._now = now
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.rung)

    def set(self, at: datetime | None) -> None:
        """Ring then, or look at the clock before; None: not at all."""
        if at is None:
            self._timer.stop()
            return
        wait_s = min((at - self._now()).total_seconds(), LOOK_S)
        self._timer.start(max(0, round(wait_s * 1000) + 1))

    def on_rung(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` then."""
        self.rung.connect(listener)

    def close(self) -> None:
        """No more."""
        self._timer.stop()


def system_alarm(parent: QObject | None = None) -> KernelAlarm | QtAlarm:
    """The best there is here."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return KernelAlarm(parent)
        log.info("no timerfd: the clock is looked at every %g s", LOOK_S)
    return QtAlarm(parent=parent)
