"""The other end of a D-Bus connection, played by hand over a pair of sockets."""

import contextlib
import socket
from array import array
from collections.abc import Sequence
from itertools import count
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    Parser,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from PySide6.QtCore import QCoreApplication

from matsession.desktop.dbus import Bus

OUR_NAME = ":1.42"
SERVICE = "org.example.Service"
SERVICE_CONNECTION = ":1.7"
OBJECT = DBusAddress("/org/example/Object", bus_name=SERVICE, interface=SERVICE)


def turn() -> None:
    """Let Qt's event loop do what there is to do, and what follows from it."""
    for _ in range(5):
        QCoreApplication.processEvents()


class FakeBus:
    """Plays the bus and all who are on it. ``bus`` is the end under test."""

    def __init__(self, greeted: bool = True, send_buffer: int | None = None) -> None:
        near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        if send_buffer:
            near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        self.far.setblocking(False)
        self._parser = Parser()
        self._serials = count(1)
        self.bus = Bus(near, "fake bus")
        if greeted:
            self.greet()

    def read_bytes(self) -> bytes:
        """All that has been sent to the bus."""
        data = b""
        with contextlib.suppress(BlockingIOError):
            while part := self.far.recv(65536):
                data += part
        return data

    def heard(self) -> list[Message]:
        """The messages that have been sent to the bus."""
        messages: list[Message] = self._parser.feed(self.read_bytes())
        return messages

    def heard_members(self) -> list[str]:
        """What the messages that have been sent are called."""
        return [message.header.fields[HeaderFields.member] for message in self.heard()]

    def greet(self) -> None:
        """Let the program in and give it a name."""
        assert self.read_bytes().startswith(b"\0AUTH EXTERNAL ")
        self.say_bytes(b"OK 0123456789abcdef\r\n")
        assert self.read_bytes() == b"NEGOTIATE_UNIX_FD\r\n"
        self.say_bytes(b"AGREE_UNIX_FD\r\n")
        begin, hello = self.read_bytes().split(b"\r\n", 1)
        assert begin == b"BEGIN"
        first, *self.held = self._parser.feed(hello)
        assert first.header.fields[HeaderFields.member] == "Hello"
        self.reply(first, "s", (OUR_NAME,))

    def say_bytes(self, data: bytes, fds: Sequence[int] = ()) -> None:
        """Send bytes as they are."""
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", fds))] if fds else []
        assert self.far.sendmsg([data], rights) == len(data)
        turn()

    def say(self, message: Message, sender: str = SERVICE_CONNECTION) -> None:
        """Send a message as if it came from ``sender``."""
        fds = array("i")
        data = self.as_bytes(message, sender, fds)
        self.say_bytes(data, fds)

    def as_bytes(self, message: Message, sender: str = SERVICE_CONNECTION, fds: Any = None) -> bytes:
        """The bytes of a message from ``sender``."""
        message.header.fields[HeaderFields.sender] = sender
        data: bytes = message.serialise(next(self._serials), fds=fds)
        return data

    def reply(self, call: Message, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        """Answer a call."""
        self.say(new_method_return(call, signature, body))

    def refuse(self, call: Message, name: str, text: str) -> None:
        """Answer a call with an error."""
        self.say(new_error(call, name, "s", (text,)))

    def hang_up(self) -> None:
        """The bus dies."""
        self.far.close()
        turn()

    def close(self) -> None:
        """Both ends."""
        self.bus.close()
        self.far.close()


def ask(member: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Message:
    """A method call."""
    message: Message = new_method_call(OBJECT, member, signature, body)
    return message


def told(member: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Message:
    """A signal."""
    message: Message = new_signal(OBJECT, member, signature, body)
    return message


def owner_changed(name: str, new: str) -> Message:
    """The bus's own signal that a name went to another."""
    bus = DBusAddress("/org/freedesktop/DBus", interface="org.freedesktop.DBus")
    message: Message = new_signal(bus, "NameOwnerChanged", "sss", (name, "", new))
    return message
