"""Long work in small pieces between the events of a window: with progress, with Cancel, without a thread."""

import logging
import time
from collections.abc import Callable, Generator
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.domain.errors import MatSessionError

log = logging.getLogger(__name__)

PIECE_S: Final = 0.04
"""How long a window may stand still without being felt."""

Steps = Generator[float, None, Any]
"""Yields which part is done, 0 to 1, and returns what came of it. Closed half-way it leaves nothing."""


class Stepwise(QObject):
    """Does one piece of work, some 40 ms at a time. Make a new one for each.

    Exactly one of ``finished``, ``failed`` and ``cancelled`` is told, and nothing after it.
    """

    progressed = Signal(float)
    """Which part is done, 0 to 1."""
    finished = Signal(object)
    """What came of it."""
    failed = Signal(object)
    """A MatSessionError: it could not be done, and nothing was changed."""
    cancelled = Signal()

    def __init__(
        self,
        steps: Steps,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Work on ``steps`` from ``start`` on; ``clock`` tells seconds."""
        super().__init__(parent)
        self._steps: Steps | None = steps
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin; the first piece comes when the event loop is next at leisure."""
        if self._steps is not None:
            self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """Stop, and leave nothing behind; no effect once it has ended."""
        steps, self._steps = self._steps, None
        self._timer.stop()
        if steps is not None:
            steps.close()
            self.cancelled.emit()

    @Slot()
    def _on_timer_timeout(self) -> None:
        if self._steps is None:
            return
        until_s = self._clock() + PIECE_S
        done = 0.0
        try:
            while True:
                done = next(self._steps)
                if self._clock() >= until_s:
                    break
        except StopIteration as end:
            self._end()
            self.finished.emit(end.value)
            return
        except MatSessionError as error:
            log.warning("work in pieces failed: %s", error)
            self._end()
            self.failed.emit(error)
            return
        except BaseException:
            self._end()
            raise
        self.progressed.emit(done)

    def _end(self) -> None:
        self._steps = None
        self._timer.stop()
