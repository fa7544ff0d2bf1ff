"""Where a window stands on the desktop."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def show_where_it_was(window: QWidget) -> None:
    """The desktop would put a window that was hidden anywhere it likes."""
    hidden = window.windowHandle() is not None and not window.isVisible()
    if hidden and window.windowState() is Qt.WindowState.WindowNoState:
        place = window.pos()
        # Two moves: one to where Qt takes it to be would be none.
        window.move(place + QPoint(1, 0))
        window.move(place)
    window.show()
