"""Whether a window can be seen: what nobody sees does not move, and ticks no seconds."""

import weakref

from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from matsession.app.session_runner import SessionRunner

DISPLAY_STEP_S = 1.0
"""A visible clock shows seconds."""


def can_be_seen(widget: QWidget) -> bool:
    """Shown in a window that is neither minimised nor known to be covered."""
    window = widget.window()
    handle: QWindow | None = window.windowHandle()
    shown = handle is not None and handle.isExposed()
    return shown and widget.isVisible() and not window.isMinimized()


def stand_alone(window: QWidget) -> None:
    """Let a window that another one owns be one beside it: neither always above it nor minimised with it.

    To be called when it is about to be shown.
    """
    handle: QWindow | None = window.windowHandle()
    if handle is not None:
        handle.setTransientParent(None)  # type: ignore[arg-type]  # Qt's way to say that there is none


class DisplayClock:
    """Lets the session tick each second while one of the windows is on a screen."""

    def __init__(self, runner: SessionRunner) -> None:
        """Begin without a window."""
        self._runner = runner
        # Weakly: the windows keep whoever keeps this, and have to go when nobody holds them any more.
        self._windows: weakref.WeakSet[QWidget] = weakref.WeakSet()

    def watch(self, window: QWidget) -> None:
        """This window shows a clock; it says itself when it is shown, hidden, minimised or back."""
        self._windows.add(window)
        self.look()

    def forget(self, window: QWidget) -> None:
        """It will not be shown again."""
        self._windows.discard(window)
        self.look()

    def look(self) -> None:
        """See whether any of them can be seen."""
        seen = any(window.isVisible() and not window.isMinimized() for window in self._windows)
        self._runner.set_display_step(DISPLAY_STEP_S if seen else None)
