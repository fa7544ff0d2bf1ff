"""What closing the window means where it does not mean the end: into the tray, or minimised."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app.preferences import Preferences
from matsession.app.session_parts import SessionParts
from matsession.domain.settings import CloseWish

if TYPE_CHECKING:
    from matsession.ui.tray_notice import NoTrayNotice, TrayNotice


class OutOfSight(QObject):
    """Hidden where nothing shows it again, a window would be lost; ended, it would take its reminders along.

    So it hides only where there is a tray, which is said once. Elsewhere it is asked once, if there is a
    reminder, and done as the person said from then on.
    """

    asking = Signal()
    """Something is about to be said or asked over the window: it has to be seen."""
    going = Signal()
    """The window is about to be hidden or minimised."""
    quit_wished = Signal()
    """The person would rather end the program."""

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        """Of ``window``, which this belongs to."""
        super().__init__(window)
        self._preferences = preferences
        self._notice: TrayNotice | NoTrayNotice | None = None

    @property
    def _window(self) -> QWidget:
        window = self.parent()  # not held: they would hold each other, and the window would not go at once
        assert isinstance(window, QWidget)
        return window

    def instead_of_closing(self, parts: SessionParts) -> bool:
        """Hide or minimise the window, or ask; False where closing means the end."""
        settings = self._preferences.settings
        if parts.tray.ask():
            if settings.tray_told:
                self._hide()
            else:
                self._open(in_tray=True)
            return True
        wish = CloseWish(settings.close_without_tray)
        if wish is CloseWish.ASK and not parts.runner.active and _reminds(parts):
            self._open(in_tray=False)
            return True
        if wish is CloseWish.MINIMISE:
            self._minimise()
        return wish is CloseWish.MINIMISE

    def _open(self, *, in_tray: bool) -> None:
        if self._notice is not None:
            self._notice.raise_()
            return
        from matsession.ui.tray_notice import NoTrayNotice, TrayNotice  # most starts never say it

        self.asking.emit()
        notice = TrayNotice(self._window) if in_tray else NoTrayNotice(self._window)
        if in_tray:
            notice.accepted.connect(self._on_hide_accepted)
            notice.quit_wished.connect(self.quit_wished)
        else:
            notice.accepted.connect(self._on_minimise_accepted)
            notice.quit_wished.connect(self._on_quit_chosen)
        notice.finished.connect(self._on_notice_finished)
        self._notice = notice
        notice.open()

    def _hide(self) -> None:
        self.going.emit()
        self._window.hide()

    def _minimise(self) -> None:
        self.going.emit()
        self._window.showMinimized()

    @Slot()
    def _on_hide_accepted(self) -> None:
        self._preferences.change(tray_told=True)
        self._hide()

    @Slot()
    def _on_minimise_accepted(self) -> None:
        self._preferences.change(close_without_tray=CloseWish.MINIMISE.value)
        self._minimise()

    @Slot()
    def _on_quit_chosen(self) -> None:
        self._preferences.change(close_without_tray=CloseWish.QUIT.value)
        self.quit_wished.emit()

    @Slot()
    def _on_notice_finished(self) -> None:
        if self._notice is not None:
            self._notice.deleteLater()
            self._notice = None


def _reminds(parts: SessionParts) -> bool:
    return any(each.on for each in parts.reminders.book.reminders)
