"""Start at login from a Flatpak: the portal is asked, and its answer is what counts.

org.freedesktop.portal.Background writes the desktop's own entry, which a sandbox cannot read. So the last
answer is kept, as a file that is there or not; whoever switches it off in the settings of the desktop does so
unseen, and the words beside the switch say who decides.
"""

import contextlib
import itertools
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from matsession.domain.errors import MatSessionError

if TYPE_CHECKING:
    # Installed on Linux only.
    from jeepney import Message

    from matsession.desktop.dbus import Bus, BusError, Listening

log = logging.getLogger(__name__)

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_FACE: Final = "org.freedesktop.portal.Background"
_REQUEST: Final = "org.freedesktop.portal.Request"
_WHY: Final = "MatSession waits in the background for your reminders."
_DONE, _REFUSED = 0, 1
"""What Response says: it was done, or the person said no; anything else is an end of another kind."""

_tokens = itertools.count(1)


class PortalAutostart(QObject):
    """Implements ``app.ports.Autostart`` by the portal."""

    answered = Signal(object)
    """The portal has answered: None, or the ``MatSessionError`` that says what is the matter."""

    def __init__(self, kept: Path, command: Sequence[str], parent: QObject | None = None) -> None:
        """Start ``command``; the file ``kept`` says what was answered last."""
        super().__init__(parent)
        self._kept = kept
        self._command = list(command)
        self._bus: Bus | None = None
        self._offered = True
        self._wish: bool | None = None
        """What is being asked for."""
        self._handle = ""
        self._listenings: list[Listening] = []

    def meet(self, bus: "Bus | None") -> None:
        """Ask on this bus from now on; without one there is nothing to ask."""
        self._bus = bus
        self._offered = bus is not None

    @property
    def possible(self) -> bool:
        """Whether the portal can be asked, as far as is known."""
        return self._offered

    def is_on(self) -> bool:
        """As the portal answered last; while it is asked, as it was wished."""
        return self._kept.exists() if self._wish is None else self._wish

    def set_on(self, on: bool) -> None:
        """Ask the portal, which may ask the person; ``on_answered`` tells. Raises MatSessionError."""
        from jeepney import DBusAddress, new_method_call

        if self._bus is None or not self._bus.alive:
            raise _no_answer()
        self._forget_request(close=True)
        self._wish = on
        token = f"matsession{next(_tokens)}"
        if self._bus.unique_name is not None:
            # Listened for before it is asked for: the answer may be there at once.
            us = self._bus.unique_name.lstrip(":").replace(".", "_")
            self._listen(f"{_PATH}/request/{us}/{token}")
        options: dict[str, tuple[str, Any]] = {
            "handle_token": ("s", token),
            "reason": ("s", _WHY),
            "autostart": ("b", on),
            "commandline": ("as", self._command),
            "dbus-activatable": ("b", False),
        }
        portal = DBusAddress(_PATH, bus_name=_NAME, interface=_FACE)
        self._bus.call(
            new_method_call(portal, "RequestBackground", "sa{sv}", ("", options)),
            partial(self._on_asked, token),
            self._on_error,
        )

    def on_answered(self, listener: Callable[[MatSessionError | None], None]) -> None:
        """Call ``listener`` with what came of the last change."""
        self.answered.connect(listener)

    # -- inside ------------------------------------------------------------------------------------------

    def _listen(self, handle: str) -> None:
        from jeepney import MatchRule

        if self._bus is not None and handle != self._handle:
            self._handle = handle
            rule = MatchRule(type="signal", sender=_NAME, path=handle, interface=_REQUEST, member="Response")
            self._listenings.append(self._bus.listen(rule, self._on_response))

    def _on_asked(self, token: str, body: tuple[Any, ...]) -> None:
        """Old portals choose the path of the answer by themselves."""
        match body:
            case (str(handle),) if self._wish is not None and handle.startswith("/"):
                with contextlib.suppress(ValueError):  # no path of an object: no answer will come
                    self._listen(handle)
            case _:
                log.info("the portal answered %r to %s", body, token)

    def _on_error(self, error: "BusError") -> None:
        log.info("no start at login by the portal: %s %s", error.name, error.text)
        self._offered = not error.name.endswith((".UnknownMethod", ".UnknownInterface", ".ServiceUnknown"))
        self._end(_no_answer())

    def _on_response(self, message: "Message") -> None:
        match message.body:
            case (int(response), dict(results)) if self._wish is not None:
                if response == _DONE:
                    self._keep(results.get("autostart") == ("b", True))
                elif response == _REFUSED:
                    self._end(MatSessionError("Your desktop was told not to start MatSession at login."))
                else:
                    self._end(_no_answer())
            case _:
                pass

    def _keep(self, on: bool) -> None:
        wished = self._wish
        try:
            if on:
                self._kept.parent.mkdir(parents=True, exist_ok=True)
                self._kept.touch()
            else:
                self._kept.unlink(missing_ok=True)
        except OSError as error:
            log.warning("what the portal answered cannot be kept: %s", error)
        self._end(None if on == wished else _no_answer())

    def _end(self, error: MatSessionError | None) -> None:
        self._wish = None
        self._forget_request(close=False)
        self.answered.emit(error)

    def _forget_request(self, *, close: bool) -> None:
        """What is still asked is not wished any more, or has been answered."""
        from jeepney import DBusAddress, new_method_call

        if self._bus is not None:
            for listening in self._listenings:
                self._bus.stop_listening(listening)
            if close and self._wish is not None and self._handle:
                self._bus.call(new_method_call(DBusAddress(self._handle, _NAME, _REQUEST), "Close"))
        self._listenings.clear()
        self._handle = ""


def _no_answer() -> MatSessionError:
    return MatSessionError(
        "Start at login could not be changed.", "The settings of your desktop decide about it here."
    )
