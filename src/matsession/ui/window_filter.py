"""Sees keys and clicks of a whole window before any widget in it does."""

import contextlib
import weakref

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget


class WindowFilter(QObject):
    """Watches one window at its native side, where each key and click passes exactly once."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a window."""
        super().__init__(parent)
        # Weakly: the window keeps us, and it has to go in one piece when nobody holds it any more.
        self._window: weakref.ref[QWidget] | None = None
        self._handle: QWindow | None = None

    def watch(self, window: QWidget) -> None:
        """Watch this window from now on, whether it is shown already or not."""
        if self._watched() is not window:
            self.stop()
            self._window = weakref.ref(window)
            window.installEventFilter(self)
        self._take_handle()

    def stop(self) -> None:
        """Watch nothing."""
        for watched in (self._watched(), self._handle):
            if watched is not None:
                with contextlib.suppress(RuntimeError):  # a window that is being destroyed hides its pages
                    watched.removeEventFilter(self)
        self._window = self._handle = None

    def sees(self, _event: QEvent) -> bool:
        """An event of the window; True keeps it from the widgets."""
        return False

    def window_left(self) -> None:
        """The window is no longer the active one."""

    def _watched(self) -> QWidget | None:
        return self._window() if self._window is not None else None

    def _take_handle(self) -> None:
        window = self._watched()
        handle = window.windowHandle() if window is not None else None
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The native window for what comes in, the widget for what becomes of the window."""
        if watched is self._watched():
            if event.type() in (QEvent.Type.Show, QEvent.Type.WinIdChange):
                self._take_handle()
            elif event.type() == QEvent.Type.WindowDeactivate:
                self.window_left()
            return False
        return self.sees(event)


class Touches(WindowFilter):
    """Tells of each key and click, and keeps none of them."""

    touched = Signal()
    """A hand is there."""

    def sees(self, event: QEvent) -> bool:
        """Whatever a hand can do."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self.touched.emit()
        return False
