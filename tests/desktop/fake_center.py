"""desktop-notifier, as far as we use it: its names, its order of calls, and threads that answer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from tests.desktop.other_thread import in_a_thread


class Capability(Enum):
    BUTTONS = auto()
    TITLE = auto()


class Urgency(Enum):
    Normal = "normal"
    Low = "low"


@dataclass(frozen=True)
class Icon:
    path: Path


@dataclass(frozen=True)
class Button:
    title: str
    identifier: str


@dataclass(frozen=True)
class Notification:
    title: str
    message: str
    urgency: Urgency
    buttons: tuple[Button, ...]
    identifier: str
    on_dispatched: Callable[[], Any]
    sound: object


class Center:
    """What a system does."""

    def __init__(self) -> None:
        self.capabilities = frozenset({Capability.BUTTONS, Capability.TITLE})
        self.allowed: bool | None = True
        """None: the person has not answered yet."""
        self.sends = True
        self.there: dict[str, Notification] = {}
        self.asked: Future[bool] = Future()
        self.on_clicked: Callable[[str], Any] | None = None
        self.on_dismissed: Callable[[str], Any] | None = None
        self.on_button_pressed: Callable[[str, str], Any] | None = None
        self.made = 0

    async def get_capabilities(self) -> frozenset[Capability]:
        return self.capabilities

    async def request_authorisation(self) -> bool:
        if self.allowed is not None:
            from_a_thread(self.asked.set_result, self.allowed)
        return await asyncio.wrap_future(self.asked)

    async def send_notification(self, notification: Notification) -> str:
        asyncio.get_running_loop()  # the Windows part of the library keeps it for its answers
        done: Future[None] = Future()
        from_a_thread(done.set_result, None)
        await asyncio.wrap_future(done)
        if self.sends:
            self.there[notification.identifier] = notification
            notification.on_dispatched()
        return notification.identifier

    async def clear(self, identifier: str) -> None:
        self.there.pop(identifier, None)

    # What a person does, told in a thread of the system's.

    def press(self, identifier: str, button: str) -> None:
        if self.on_button_pressed is not None:
            from_a_thread(self.on_button_pressed, identifier, button)

    def click(self, identifier: str) -> None:
        if self.on_clicked is not None:
            from_a_thread(self.on_clicked, identifier)

    def dismiss(self, identifier: str) -> None:
        self.there.pop(identifier)
        if self.on_dismissed is not None:
            from_a_thread(self.on_dismissed, identifier)


def from_a_thread(call: Callable[..., object], *args: object) -> None:
    """As systems do."""
    if call.__name__ == "set_result" and call.__self__.done():  # type: ignore[attr-defined]
        return
    in_a_thread(call, *args)


class Library:
    """The module."""

    Capability, Urgency, Icon, Button, Notification = Capability, Urgency, Icon, Button, Notification

    def __init__(self) -> None:
        self.center = Center()

    def DesktopNotifier(self, app_name: str, app_icon: object) -> Center:  # noqa: N802  its name
        self.center.made += 1
        return self.center


def turn() -> None:
    """Let Qt's event loop do what there is to do, and what follows from it."""
    for _ in range(10):
        QCoreApplication.processEvents()
