"""Keeps the one main window, and makes it anew where the text changes its size."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app.preferences import Preferences
from matsession.ui.main_window import MainWindow


class WindowKeeper(QObject):
    """Holds the window. Widgets measure the text when they are made, so larger text wants new ones."""

    closed = Signal()
    """The window is closed for good."""

    def __init__(
        self, make: Callable[[], MainWindow], preferences: Preferences, parent: QObject | None = None
    ) -> None:
        """Have the first window made."""
        super().__init__(parent)
        self._make = make
        self._preferences = preferences
        self._text_percent = preferences.settings.text_percent
        self.window = make()
        self.window.closed.connect(self.closed)
        preferences.changed.connect(self._on_preferences_changed)

    @Slot()
    def come_forward(self) -> None:
        """Somebody asks for the window."""
        self.window.come_forward()

    @Slot()
    def open_mat_view(self) -> None:
        """Somebody lies down already."""
        self.window.open_mat_view()

    @Slot()
    def quit(self) -> None:
        """Somebody ends the program."""
        self.window.quit()

    @Slot()
    def leave(self) -> None:
        """The program is to end, and nobody can be asked."""
        self.window.leave()

    @Slot()
    def _on_preferences_changed(self) -> None:
        if self._preferences.settings.text_percent != self._text_percent:
            self._text_percent = self._preferences.settings.text_percent
            QTimer.singleShot(0, self, self._renew)  # whoever changes it still stands in the old window

    @Slot()
    def _renew(self) -> None:
        old, self.window = self.window, self._make()
        self.window.closed.connect(self.closed)
        self.window.setGeometry(old.normalGeometry() if old.isMaximized() else old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.show_text_size()
        notice = old.notice()
        if notice is not None:
            self.window.take_up(notice)
        old.let_go()
        old.hide()
        self.window.show()
        self.window.activateWindow()
        old.deleteLater()
