"""Whether there is a tray that holds our icon: the one thing that decides what closing the window means."""

from PySide6.QtCore import QObject, Signal


class TrayPresence(QObject):
    """Asked by the window, answered by the tray: one may come or go at any time, and not all of them tell."""

    asked = Signal()
    """Whoever knows sets ``there`` before this returns."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without one."""
        super().__init__(parent)
        self.there = False

    def ask(self) -> bool:
        """Whether there is a tray now."""
        self.asked.emit()
        return self.there
