"""One small bridge to D-Bus: jeepney's messages on Qt's event loop, without a thread and without waiting.

It serves everything on Linux that talks to the desktop: the signal before a sleep, notifications, media keys,
inhibition; on the session bus and on the system bus alike. Linux only: importing it needs jeepney, which is
not installed elsewhere.

What a peer on the bus says is not trusted: a message that cannot be read is dropped, and the bodies handed
out are as the peer wrote them, so a callback matches their shape before it uses them.
"""

import contextlib
import logging
import os
import socket
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import count
from typing import Any, Final

from jeepney import (
    DBusNameFlags,
    FileDescriptor,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    NoFDError,
    find_system_bus,
    message_bus,
    new_error,
    new_method_return,
)
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.low_level import calc_msg_size
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, QTimerEvent, Signal

log = logging.getLogger(__name__)

Body = tuple[Any, ...]
"""What a message carries, as the peer wrote it."""

CALL_TIMEOUT_S: Final = 25.0
"""How long a reply may take; what libdbus waits, since the bus may have to start the service first."""

GREETING_TIMEOUT_S: Final = 5.0
"""How long the bus may take to let us in. Nothing waits for it; calls made meanwhile are sent afterwards."""

TIMED_OUT: Final = "org.freedesktop.DBus.Error.NoReply"
DISCONNECTED: Final = "org.freedesktop.DBus.Error.Disconnected"
FAILED: Final = "org.freedesktop.DBus.Error.Failed"
UNKNOWN_METHOD: Final = "org.freedesktop.DBus.Error.UnknownMethod"
UNKNOWN_OBJECT: Final = "org.freedesktop.DBus.Error.UnknownObject"

_BUS_NAME: Final = "org.freedesktop.DBus"
_HEAD_BYTES: Final = 16
"""So much of a message tells how long it is."""
_LONGEST_MESSAGE: Final = 2**27
"""The specification's limit, in bytes."""
_READ_BYTES: Final = 65536
_READS_AT_ONCE: Final = 64
"""Then the event loop has its turn, so that a talkative bus cannot freeze the window."""
_ROOM_FOR_FDS: Final = socket.CMSG_SPACE(253 * 4)
"""Linux passes at most 253 in one go."""
_OWNED: Final = ((1,), (4,))
"""What RequestName answers: the name is ours now, or was already."""


class BusKind(StrEnum):
    """Which bus."""

    SESSION = "session"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class BusError:
    """Why a call brought no answer."""

    name: str
    """The error's name on the bus, TIMED_OUT or DISCONNECTED."""
    text: str = ""
    """What the service says about it; for the log."""


@dataclass(eq=False, slots=True)
class Listening:
    """A wish to hear certain signals; kept in order to end it."""

    rule: MatchRule
    callback: Callable[[Message], None]
    sender: str | None = field(init=False)
    filter: MatchRule = field(init=False)
    """The rule without its sender: messages carry the sender's unique name, rules mostly its known one."""

    def __post_init__(self) -> None:
        """Take the sender out of the rule."""
        fields: dict[str, str] = dict(self.rule.header_fields)
        self.sender = fields.pop("sender", None)
        self.filter = copy(self.rule)
        self.filter.header_fields = fields


@dataclass(frozen=True, slots=True)
class _Call:
    on_reply: Callable[[Body], None] | None
    on_error: Callable[[BusError], None] | None
    timer_id: int


class Bus(QObject):
    """A connection to one bus. Nothing here waits, and nothing that comes over the bus raises.

    Callbacks run in Qt's event loop, never inside the call that named them. File descriptors in a body belong
    to the callback only if it takes them (``to_raw_fd`` or ``to_file``); what it leaves is closed after it.
    """

    lost = Signal()
    """The bus is gone for good; told once. Calls still waiting, and later ones, end with DISCONNECTED."""

    def __init__(self, connection: socket.socket, name: str = "D-Bus", parent: QObject | None = None) -> None:
        """Greet the bus at the other end of ``connection``; ``name`` is for the log."""
        super().__init__(parent)
        connection.setblocking(False)
        self._socket: socket.socket | None = connection
        self._name = name
        self._unique_name: str | None = None
        self._greeting: Authenticator | None = Authenticator(enable_fds=True)
        self._held = bytearray()
        self._outgoing = bytearray()
        self._incoming = bytearray()
        self._missing = _HEAD_BYTES
        self._fds: list[FileDescriptor] = []
        self._serials = count(1)
        self._calls: dict[int, _Call] = {}
        self._timers: dict[int, int] = {}
        self._listenings: list[Listening] = []
        self._owners: dict[str, str] = {}
        self._exported: dict[str, Callable[[Message], Message | None]] = {}
        self._readable = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self._on_socket_readable)
        self._writable = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writable.setEnabled(False)
        self._writable.activated.connect(self._on_socket_writable)
        self._greeting_timer: int | None = self.startTimer(_ms(GREETING_TIMEOUT_S))
        self._write(self._greeting.data_to_send() or b"")
        self.call(message_bus.Hello(), self._on_bus_greeted, self._on_bus_refused)

    @staticmethod
    def open(kind: BusKind, parent: QObject | None = None) -> "Bus | None":
        """The bus of this kind, or None where there is none; returns at once even if the bus hangs."""
        problem: object = "no address"
        for path in _socket_paths(kind):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
            connection.setblocking(False)
            try:
                connection.connect(path)
            except OSError as error:
                connection.close()
                problem = error
                continue
            return Bus(connection, f"{kind.value} bus", parent)
        log.info("there is no %s bus: %s", kind.value, problem)
        return None

    @property
    def alive(self) -> bool:
        """Whether the connection stands."""
        return self._socket is not None

    @property
    def unique_name(self) -> str | None:
        """Our own name on the bus, like ":1.42"; None until the bus has answered."""
        return self._unique_name

    # -- asking others ---------------------------------------------------------------------------

    def call(
        self,
        message: Message,
        on_reply: Callable[[Body], None] | None = None,
        on_error: Callable[[BusError], None] | None = None,
        timeout_s: float = CALL_TIMEOUT_S,
    ) -> None:
        """Send a method call. One of the callbacks is called later; with neither, no reply is asked for."""
        if on_reply is None and on_error is None:
            message.header.flags |= MessageFlag.no_reply_expected
            self.send(message)
            return
        serial = self.send(message)
        timer_id = self.startTimer(_ms(timeout_s) if self.alive else 0)
        self._calls[serial] = _Call(on_reply, on_error, timer_id)
        self._timers[timer_id] = serial

    def send(self, message: Message) -> int:
        """Send a message that nobody answers, such as a signal of our own; its serial.

        Raises what jeepney raises for a body that does not fit its signature: a mistake of the caller.
        """
        serial = next(self._serials)
        data: bytes = message.serialise(serial)
        if self._greeting is not None:
            self._held += data
        elif self.alive:
            self._write(data)
        return serial

    def listen(self, rule: MatchRule, callback: Callable[[Message], None]) -> Listening:
        """Hear the signals that match, from the sender that the rule names and from no other."""
        listening = Listening(rule, callback)
        if listening.sender and not listening.sender.startswith(":") and listening.sender != _BUS_NAME:
            self._follow_owner(listening.sender)
        self._listenings.append(listening)
        self.call(message_bus.AddMatch(rule))
        return listening

    def stop_listening(self, listening: Listening) -> None:
        """Hear them no longer; nothing happens where that was said before."""
        if listening in self._listenings:
            self._listenings.remove(listening)
            self.call(message_bus.RemoveMatch(listening.rule))

    # -- being asked -----------------------------------------------------------------------------

    def own_name(self, name: str, on_owned: Callable[[bool], None]) -> None:
        """Ask for a name on the bus; ``on_owned`` hears whether it is ours."""
        self.call(
            message_bus.RequestName(name, DBusNameFlags.do_not_queue),
            lambda body: on_owned(body in _OWNED),
            lambda _error: on_owned(False),
        )

    def release_name(self, name: str) -> None:
        """Give the name back."""
        self.call(message_bus.ReleaseName(name))

    def export(self, path: str, handler: Callable[[Message], Message | None]) -> None:
        """Answer method calls to the object at ``path`` by ``handler``.

        It returns the reply (``new_method_return`` or ``new_error``), or None for a method it does not know.
        """
        self._exported[path] = handler

    def unexport(self, path: str) -> None:
        """There is no such object any more."""
        self._exported.pop(path, None)

    def close(self) -> None:
        """Hang up. Calls that still wait are forgotten; names of ours go back to the bus by themselves."""
        self._flush()
        for call in self._calls.values():
            self.killTimer(call.timer_id)
        self._calls.clear()
        self._timers.clear()
        self._hang_up()

    # -- reading ---------------------------------------------------------------------------------

    def _on_socket_readable(self) -> None:
        for _ in range(_READS_AT_ONCE):
            if not self._read():
                return

    def _read(self) -> bool:
        """Read up to the end of the current message, no further, so that its descriptors are its own.

        False when there is no more for now.
        """
        if self._socket is None:
            return False
        wanted = min(self._missing, _READ_BYTES)
        try:
            # Close-on-exec: a child that inherited an inhibitor lock would hold it for us.
            data, passed, _, _ = self._socket.recvmsg(wanted, _ROOM_FOR_FDS, socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return False
        except OSError as error:
            self._lose(str(error))
            return False
        self._fds += FileDescriptor.from_ancdata(passed)
        if not data:
            self._lose("it hung up")
        elif self._greeting is not None:
            self._go_on_greeting(self._greeting, data)
        else:
            self._take(data)
        return self.alive

    def _take(self, data: bytes) -> None:
        self._incoming += data
        self._missing -= len(data)
        if self._missing == 0 and len(self._incoming) == _HEAD_BYTES:
            try:
                size: int = calc_msg_size(bytes(self._incoming))
            except KeyError:
                size = 0
            if not _HEAD_BYTES <= size <= _LONGEST_MESSAGE:
                # Where the next message begins cannot be known either.
                self._lose("it sent something that is no message")
                return
            self._missing = size - _HEAD_BYTES
        if self._missing == 0:
            raw, fds = bytes(self._incoming), self._fds
            self._incoming, self._fds, self._missing = bytearray(), [], _HEAD_BYTES
            self._hand_out(raw, fds)

    def _hand_out(self, raw: bytes, fds: list[FileDescriptor]) -> None:
        try:
            message = _parsed(raw, fds)
            if message is not None:
                self._dispatch(message)
        finally:
            _close(fds)

    def _dispatch(self, message: Message) -> None:
        match message.header.message_type:
            case MessageType.method_return | MessageType.error:
                self._on_reply(message)
            case MessageType.signal:
                self._on_signal(message)
            case _:
                self._on_call(message)

    def _on_reply(self, message: Message) -> None:
        fields = message.header.fields
        call = self._calls.pop(fields.get(HeaderFields.reply_serial, 0), None)
        if call is None:
            return  # It came after its time.
        del self._timers[call.timer_id]
        self.killTimer(call.timer_id)
        if message.header.message_type is MessageType.method_return:
            if call.on_reply is not None:
                call.on_reply(message.body)
        elif call.on_error is not None:
            text = next((str(part) for part in message.body[:1]), "")
            call.on_error(BusError(fields.get(HeaderFields.error_name, FAILED), text))

    def _on_signal(self, message: Message) -> None:
        fields = message.header.fields
        sender = fields.get(HeaderFields.sender)
        if sender == _BUS_NAME and fields.get(HeaderFields.member) == "NameOwnerChanged":
            match message.body:
                case (str(name), str(), str(owner)) if name in self._owners:
                    self._owners[name] = owner
                case _:
                    pass
        for listening in tuple(self._listenings):
            wanted = listening.sender
            known = wanted is None or sender == self._owners.get(wanted, wanted)
            # It may have been stopped by one before it.
            if known and listening.filter.matches(message) and listening in self._listenings:
                listening.callback(message)

    def _on_call(self, message: Message) -> None:
        answer = new_error(message, FAILED, "s", ("an error of our own",))
        try:
            answer = self._answer(message)
        finally:
            # Also when the handler failed: its caller shall not wait for nothing.
            if not message.header.flags & MessageFlag.no_reply_expected:
                self.send(answer)

    def _answer(self, call: Message) -> Message:
        fields = call.header.fields
        interface, member = fields.get(HeaderFields.interface), fields.get(HeaderFields.member)
        if (interface, member) == ("org.freedesktop.DBus.Peer", "Ping"):
            pong: Message = new_method_return(call)
            return pong
        handler = self._exported.get(fields.get(HeaderFields.path, ""))
        unknown: Message
        if handler is None:
            unknown = new_error(call, UNKNOWN_OBJECT, "s", ("no such object",))
            return unknown
        unknown = new_error(call, UNKNOWN_METHOD, "s", (f"no method {interface}.{member}",))
        return handler(call) or unknown

    # -- who is who ------------------------------------------------------------------------------

    def _follow_owner(self, name: str) -> None:
        """Know which connection has this name: signals carry that one's name, and anybody can send us one."""
        if name in self._owners:
            return
        self._owners[name] = ""
        rule = MatchRule(type="signal", sender=_BUS_NAME, interface=_BUS_NAME, member="NameOwnerChanged")
        rule.add_arg_condition(0, name)
        self.call(message_bus.AddMatch(rule))
        # Answered before the bus sends us the first signal that is asked for after it.
        self.call(message_bus.GetNameOwner(name), partial(self._on_owner_told, name))

    def _on_owner_told(self, name: str, body: Body) -> None:
        match body:
            case (str(owner),):
                self._owners[name] = owner
            case _:
                pass

    # -- writing ---------------------------------------------------------------------------------

    def _write(self, data: bytes) -> None:
        self._outgoing += data
        self._flush()

    def _on_socket_writable(self) -> None:
        self._flush()

    def _flush(self) -> None:
        if self._socket is None:
            return
        try:
            while self._outgoing:
                del self._outgoing[: self._socket.send(self._outgoing)]
        except BlockingIOError:
            pass
        except OSError:
            self._outgoing.clear()
            # Told from the event loop, never out of the middle of a call.
            QTimer.singleShot(0, self._on_write_failed)
        self._writable.setEnabled(bool(self._outgoing))

    def _on_write_failed(self) -> None:
        self._lose("it takes nothing any more")

    # -- coming and going ------------------------------------------------------------------------

    def _go_on_greeting(self, greeting: Authenticator, data: bytes) -> None:
        try:
            greeting.feed(data)
        except AuthenticationError as error:
            self._lose(str(error))
            return
        if greeting.authenticated:
            self._greeting = None
            self._write(BEGIN + bytes(self._held))
            self._held.clear()
        else:
            self._write(greeting.data_to_send() or b"")

    def _on_bus_greeted(self, body: Body) -> None:
        match body:
            case (str(name),):
                self._unique_name = name
                self._stop_greeting_timer()
            case _:
                self._lose("it gave us no name")

    def _on_bus_refused(self, error: BusError) -> None:
        self._lose(f"it refused us: {error.name} {error.text}")

    def _lose(self, why: str) -> None:
        if not self.alive:
            return
        log.warning("lost the %s: %s", self._name, why)
        self._hang_up()
        # Those who wait are told by the event loop, one after the other, as after a timeout.
        for serial, call in list(self._calls.items()):
            self.killTimer(call.timer_id)
            timer_id = self.startTimer(0)
            self._calls[serial] = _Call(call.on_reply, call.on_error, timer_id)
        self._timers = {call.timer_id: serial for serial, call in self._calls.items()}
        self.lost.emit()

    def _hang_up(self) -> None:
        if self._socket is None:
            return
        self._stop_greeting_timer()
        self._readable.setEnabled(False)
        self._writable.setEnabled(False)
        self._socket.close()
        self._socket = None
        self._greeting = None
        _close(self._fds)
        self._fds = []
        self._listenings.clear()
        self._exported.clear()

    def _stop_greeting_timer(self) -> None:
        if self._greeting_timer is not None:
            self.killTimer(self._greeting_timer)
            self._greeting_timer = None

    def timerEvent(self, event: QTimerEvent) -> None:
        """A call waited long enough, or the greeting did."""
        timer_id = event.timerId()
        if timer_id == self._greeting_timer:
            self._lose("it does not answer")
            return
        self.killTimer(timer_id)
        call = self._calls.pop(self._timers.pop(timer_id, 0), None)
        if call is not None and call.on_error is not None:
            call.on_error(BusError(TIMED_OUT if self.alive else DISCONNECTED))


def _parsed(raw: bytes, fds: Sequence[FileDescriptor]) -> Message | None:
    """The message in these bytes; None, and a line in the log, where they make none."""
    try:
        message: Message = Message.from_buffer(raw, fds)
        for key, value in message.header.fields.items():
            number = key in (HeaderFields.reply_serial, HeaderFields.unix_fds)
            if not isinstance(value, int if number else str):
                raise TypeError(f"{key.name} is {value!r}")
    except Exception as error:
        # Whatever comes to jeepney's mind while it follows bytes that lead nowhere.
        log.warning("dropped a message from the bus that cannot be read: %r", error, exc_info=True)
        return None
    return message


def _close(fds: Sequence[FileDescriptor]) -> None:
    for fd in fds:
        with contextlib.suppress(NoFDError):  # a callback took it
            fd.close()


def _socket_paths(kind: BusKind) -> list[str]:
    """Where this bus may be reached, by what the environment says, else at its usual place."""
    try:
        if kind is BusKind.SYSTEM:
            return [find_system_bus()]
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
        if address:
            return list(get_connectable_addresses(address))
    except (RuntimeError, ValueError) as error:
        log.info("the address of the %s bus makes no sense: %s", kind.value, error)
        return []
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return [f"{folder}/bus"] if folder else []


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
