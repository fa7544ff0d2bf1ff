"""Runs asyncio's tasks in Qt's own event loop, for a library that speaks nothing else.

No thread, and no timer that looks whether there is work: what another thread hands over (Windows and macOS
answer in threads of theirs) wakes Qt's loop by a queued signal. Only tasks, futures and callbacks run here;
sockets, timers and child processes of asyncio do not. PySide6.QtAsyncio is not part of the packages that are
installed, and a whole second loop on Qt would be more than two calls in a day are worth.
"""

import asyncio
import contextvars
import logging
import weakref
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class _Turn(QObject):
    """Lives in Qt's thread, and is asked from any."""

    wished = Signal()

    def __init__(self, loop: "QtAsyncio") -> None:
        super().__init__()
        self._loop = weakref.ref(loop)
        self.wished.connect(self._on_wished, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _on_wished(self) -> None:
        loop = self._loop()
        if loop is not None:
            loop.run_ready()


_Loop: Any = asyncio.AbstractEventLoop
"""For types it would have to have all that a loop can do; asyncio itself asks for what is used."""


class QtAsyncio(_Loop):  # type: ignore[misc]
    """An asyncio loop without a ``run``: Qt's loop runs it. Made and closed in Qt's thread."""

    def __init__(self) -> None:
        self._ready: Final[deque[asyncio.Handle]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._turn = _Turn(self)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run this in Qt's loop, a bit at a time, until it is done."""
        task: asyncio.Task[None] = asyncio.Task(work, loop=self)
        self._tasks.add(task)  # asyncio itself holds tasks weakly
        task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("asyncio: a task has failed", exc_info=task.exception())

    def run_ready(self) -> None:
        """Do what can be done now, and return."""
        if asyncio._get_running_loop() is not None:
            return  # asked from within: it is done after this
        asyncio._set_running_loop(self)
        try:
            while self._ready:
                handle = self._ready.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            asyncio._set_running_loop(None)

    def close(self) -> None:
        """Do what can be done now, and give up the rest."""
        self.run_ready()
        for task in self._tasks:
            task.cancel()
        self.run_ready()
        self._closed = True
        self._ready.clear()
        # Not deleted here: another thread may be about to ask it.

    # -- what tasks and futures ask of a loop --------------------------------------------------------------

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Call it from Qt's loop."""
        return self.call_soon_threadsafe(callback, *args, context=context)

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """The same, from any thread."""
        handle = asyncio.Handle(callback, args, self, context)
        if not self._closed:
            self._ready.append(handle)
            with suppress(RuntimeError):  # Qt is gone already: the program ends
                self._turn.wished.emit()
        return handle

    def create_future(self) -> "asyncio.Future[Any]":
        """One of this loop."""
        return asyncio.Future(loop=self)

    def is_closed(self) -> bool:
        """Whether nothing runs any more."""
        return self._closed

    def is_running(self) -> bool:
        """Whether something can."""
        return not self._closed

    def get_debug(self) -> bool:
        """Never."""
        return False

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Something went wrong with nobody to tell."""
        log.error("asyncio: %s", context.get("message"), exc_info=context.get("exception"))
