"""Keeps the computer awake. One adapter for each system; where nobody can, it stays as the person set it.

Linux, the first that agrees: the portal (in Flatpak), GNOME's session manager, the power manager of KDE and
Xfce, logind. Each shows who holds it awake, "MatSession". All of them let go by themselves when we hang up,
so that a crash leaves no computer awake. Windows and macOS: written by their documentation, not tried.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QProcess, Slot

from matsession.app.ports import KeepAwake

if TYPE_CHECKING:
    # Installed on Linux only.
    from jeepney import Message

    from matsession.desktop.dbus import Bus, BusError

log = logging.getLogger(__name__)

WHO: Final = "MatSession"
WHY: Final = "A session is running"

_FLATPAK_MARK: Final = Path("/.flatpak-info")
_GNOME_SUSPEND: Final = 4
_GNOME_IDLE: Final = 8

_Body = tuple[Any, ...]


def keep_awake(session_bus: "Bus | None", system_bus: "Bus | None") -> KeepAwake:
    """What this system has for it."""
    if sys.platform == "win32":
        return WindowsAwake()
    if sys.platform == "darwin":
        return MacAwake()
    return BusAwake(session_bus, system_bus, in_flatpak=_FLATPAK_MARK.exists())


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to ask for it: the call, and how it is taken back once there is an answer."""

    name: str
    bus: "Bus"
    ask: "Message"
    undo: "Callable[[_Body], Callable[[], None] | None]"


@dataclass(slots=True)
class _Wish:
    """One thing to be kept: the computer awake, or the screen on."""

    what: str
    wanted: bool = False
    asking: bool = False
    let_go: Callable[[], None] | None = None
    holder: "Bus | None" = None
    """Where it was agreed to."""


class BusAwake(QObject):
    """Asks over D-Bus."""

    def __init__(
        self,
        session_bus: "Bus | None",
        system_bus: "Bus | None",
        *,
        in_flatpak: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Ask on these buses; None where there is none."""
        super().__init__(parent)
        self._session_bus = session_bus
        self._system_bus = system_bus
        self._in_flatpak = in_flatpak
        self._sleep = _Wish("sleep")
        self._screen = _Wish("screen")
        if session_bus is not None:
            session_bus.lost.connect(self._on_session_bus_lost)

    def keep(self, *, awake: bool, screen: bool) -> None:
        """From now on."""
        self._want(self._sleep, awake)
        self._want(self._screen, screen)

    def _want(self, wish: _Wish, wanted: bool) -> None:
        wish.wanted = wanted
        if wanted and wish.let_go is None and not wish.asking:
            wish.asking = True
            self._try(wish, self._ways(wish))
        elif not wanted and wish.let_go is not None:
            let_go, wish.let_go = wish.let_go, None
            let_go()

    def _try(self, wish: _Wish, ways: list[_Way]) -> None:
        if not ways:
            wish.asking = False
            log.info("nobody here keeps the computer from %s", wish.what)
            return
        way, *rest = ways
        way.bus.call(
            way.ask, partial(self._on_agreed, wish, way, rest), partial(self._on_refused, wish, way, rest)
        )

    def _on_agreed(self, wish: _Wish, way: _Way, rest: list[_Way], body: _Body) -> None:
        undo = way.undo(body)
        if undo is None and wish.wanted:
            log.info("%s gave an answer that makes no sense: %r", way.name, body)
            self._try(wish, rest)
            return
        wish.asking = False
        if undo is None:
            return
        if wish.wanted:
            log.info("%s: kept by %s", wish.what, way.name)
            wish.let_go, wish.holder = undo, way.bus
        else:
            undo()  # the session is over meanwhile

    def _on_refused(self, wish: _Wish, way: _Way, rest: list[_Way], error: "BusError") -> None:
        log.info("%s: not by %s: %s %s", wish.what, way.name, error.name, error.text)
        if wish.wanted:
            self._try(wish, rest)
        else:
            wish.asking = False

    @Slot()
    def _on_session_bus_lost(self) -> None:
        # What was agreed there is gone with the connection. logind's lock is a file of ours and stays.
        for wish in (self._sleep, self._screen):
            if wish.let_go is not None and wish.holder is self._session_bus:
                wish.let_go = None
                self._want(wish, wish.wanted)

    # -- the ways ----------------------------------------------------------------------------------

    def _ways(self, wish: _Wish) -> list[_Way]:
        sleep = wish is self._sleep
        ways = []
        bus = self._session_bus
        if bus is not None and bus.alive:
            flag = _GNOME_SUSPEND if sleep else _GNOME_IDLE
            if self._in_flatpak:
                ways.append(self._portal(bus, flag))
            ways.append(
                self._cookie(
                    bus,
                    "org.gnome.SessionManager",
                    "/org/gnome/SessionManager",
                    ("Inhibit", "susu", (WHO, 0, WHY, flag)),
                    "Uninhibit",
                )
            )
            name, path = (
                ("org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit")
                if sleep
                else ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")
            )
            ways.append(self._cookie(bus, name, path, ("Inhibit", "ss", (WHO, WHY)), "UnInhibit"))
        if self._system_bus is not None and self._system_bus.alive:
            ways.append(self._logind(self._system_bus, "sleep" if sleep else "idle"))
        return ways

    def _cookie(self, bus: "Bus", name: str, path: str, ask: tuple[str, str, _Body], undo: str) -> _Way:
        from jeepney import DBusAddress, new_method_call

        # KDE's and Xfce's service has its name without the last word, its interface with it.
        where = DBusAddress(path, bus_name=name.removesuffix(".Inhibit"), interface=name)

        def taken_back(body: _Body) -> Callable[[], None] | None:
            match body:
                case (int(cookie),):
                    return partial(bus.call, new_method_call(where, undo, "u", (cookie,)))
                case _:
                    return None

        return _Way(name, bus, _without_starting(new_method_call(where, *ask)), taken_back)

    def _portal(self, bus: "Bus", flag: int) -> _Way:
        from jeepney import DBusAddress, new_method_call

        desktop = "org.freedesktop.portal.Desktop"
        where = DBusAddress(
            "/org/freedesktop/portal/desktop", bus_name=desktop, interface="org.freedesktop.portal.Inhibit"
        )

        def taken_back(body: _Body) -> Callable[[], None] | None:
            match body:
                case (str(handle),):
                    try:
                        request = DBusAddress(handle, desktop, "org.freedesktop.portal.Request")
                    except ValueError:  # no path of an object
                        return None
                    return partial(bus.call, new_method_call(request, "Close"))
                case _:
                    return None

        options = {"reason": ("s", WHY)}
        ask = new_method_call(where, "Inhibit", "sua{sv}", ("", flag, options))
        return _Way("the portal", bus, ask, taken_back)

    def _logind(self, bus: "Bus", what: str) -> _Way:
        from jeepney import DBusAddress, FileDescriptor, new_method_call

        where = DBusAddress(
            "/org/freedesktop/login1",
            bus_name="org.freedesktop.login1",
            interface="org.freedesktop.login1.Manager",
        )

        def taken_back(body: _Body) -> Callable[[], None] | None:
            match body:
                case (FileDescriptor() as fd,):
                    lock: FileDescriptor = FileDescriptor(fd.to_raw_fd())
                    return partial(lock.close)
                case _:
                    return None

        ask = new_method_call(where, "Inhibit", "ssss", (what, WHO, WHY, "block"))
        return _Way("logind", bus, _without_starting(ask), taken_back)


def _without_starting(message: "Message") -> "Message":
    """A service that does not run is not started for a question."""
    from jeepney import MessageFlag

    message.header.flags |= MessageFlag.no_auto_start
    return message


class WindowsAwake:
    """SetThreadExecutionState, from the main thread; it holds until it is called anew or the thread ends."""

    _CONTINUOUS: Final = 0x80000000
    _SYSTEM: Final = 0x00000001
    _DISPLAY: Final = 0x00000002

    def keep(self, *, awake: bool, screen: bool) -> None:
        """From now on."""
        flags = self._CONTINUOUS | (self._SYSTEM if awake else 0) | (self._DISPLAY if screen else 0)
        if sys.platform == "win32":
            import ctypes

            if not ctypes.windll.kernel32.SetThreadExecutionState(flags):
                log.info("Windows does not keep the computer awake")


class MacAwake:
    """A child that holds it awake as long as we live: ``caffeinate -w`` ends with the process it watches."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with letting it sleep."""
        self._parent = parent
        self._child: QProcess | None = None

    def keep(self, *, awake: bool, screen: bool) -> None:
        """From now on."""
        import os

        if self._child is not None:
            self._child.kill()
            self._child.waitForFinished(1000)
            self._child.deleteLater()
            self._child = None
        if awake:
            self._child = QProcess(self._parent)
            what = ["-i", *(["-d"] if screen else [])]
            self._child.start("caffeinate", [*what, "-w", str(os.getpid())])
