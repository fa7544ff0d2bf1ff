"""Tells before the computer sleeps, and when it woke.

Linux: logind's PrepareForSleep on the system bus. Under a delay lock it waits for us before it sleeps (5 s at
most, InhibitDelayMaxSec), so that the session can be saved first.

Windows and macOS: by the clocks alone for now. Windows would tell by WM_POWERBROADCAST, macOS by
NSWorkspaceWillSleepNotification; neither was tried. Nothing but promptness is lost there, and on a Linux
without logind: the session sees the sleep from the clocks at its next tick, and was saved at its last
checkpoint.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    # Installed on Linux only; elsewhere there is no bus, and nothing here asks for them.
    from jeepney import FileDescriptor, Message

    from matsession.desktop.dbus import Bus, BusError

log = logging.getLogger(__name__)

_LOGIND: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_WHO: Final = "MatSession"
_WHY: Final = "Saving the session"


class SystemSleepWatch(QObject):
    """Hears from logind; silent where there is none."""

    about_to_sleep = Signal()
    """Sleep waits until all who listen have returned, if a session runs; else they may come too late."""
    woke = Signal()
    """The computer is awake again, or did not sleep after all."""

    def __init__(self, bus: "Bus | None", parent: QObject | None = None) -> None:
        """Listen on the system bus; None where there is none."""
        super().__init__(parent)
        self._bus = bus
        self._wanted = False
        self._asked = False
        self._asleep = False
        self._told_failure = False
        self._lock: FileDescriptor | None = None
        if bus is None:
            return
        from jeepney import MatchRule

        rule = MatchRule(
            type="signal", sender=_LOGIND, path=_PATH, interface=_MANAGER, member="PrepareForSleep"
        )
        bus.listen(rule, self._on_logind_prepare_for_sleep)
        bus.lost.connect(self._on_bus_lost)

    def begin(self) -> None:
        """A session runs: let the computer wait for us before it sleeps."""
        self._wanted = True
        # Should the bus have swallowed the waking, this sets it right.
        self._asleep = False
        self._take_lock()

    def end(self) -> None:
        """It is over: nothing to wait for."""
        self._wanted = False
        self._release_lock()

    def on_about_to_sleep(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` before each sleep."""
        self.about_to_sleep.connect(listener)

    def on_woke(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each sleep."""
        self.woke.connect(listener)

    # -- inside ----------------------------------------------------------------------------------

    def _on_logind_prepare_for_sleep(self, message: "Message") -> None:
        match message.body:
            case (True,):
                self._asleep = True
                try:
                    self.about_to_sleep.emit()
                finally:
                    self._release_lock()
            case (False,):
                self._asleep = False
                # The lock first: should the computer sleep again at once, that sleep waits too.
                self._take_lock()
                self.woke.emit()
            case _:
                log.info("logind said PrepareForSleep%r", message.body)

    def _take_lock(self) -> None:
        if self._bus is None or self._asked or self._lock is not None or not self._wanted:
            return
        from jeepney import DBusAddress, new_method_call

        logind = DBusAddress(_PATH, bus_name=_LOGIND, interface=_MANAGER)
        self._asked = True
        self._bus.call(
            new_method_call(logind, "Inhibit", "ssss", ("sleep", _WHO, _WHY, "delay")),
            self._on_logind_locked,
            self._on_logind_refused,
        )

    def _on_logind_locked(self, body: tuple[Any, ...]) -> None:
        from jeepney import FileDescriptor

        self._asked = False
        match body:
            # Else the session has ended or the sleep has begun meanwhile: the bus closes what is not taken.
            case (FileDescriptor() as fd,) if self._wanted and not self._asleep:
                self._lock = FileDescriptor(fd.to_raw_fd())
            case _:
                pass

    def _on_logind_refused(self, error: "BusError") -> None:
        self._asked = False
        self._tell_failure(f"{error.name} {error.text}")

    @Slot()
    def _on_bus_lost(self) -> None:
        # Sleep would wait in vain for somebody who hears no signal.
        self._bus = None
        self._release_lock()
        self._tell_failure("the bus is gone")

    def _tell_failure(self, why: str) -> None:
        if not self._told_failure:
            self._told_failure = True
            log.info("the clocks alone tell of sleep; logind does not help: %s", why)

    def _release_lock(self) -> None:
        if self._lock is not None:
            lock, self._lock = self._lock, None
            lock.close()
