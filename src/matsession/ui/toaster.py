"""Shows the notices of all pages, one at a time, in one toast of the window."""

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from matsession.ui.announce import announce

if TYPE_CHECKING:
    from matsession.app.preferences import Preferences
    from matsession.ui.widgets.toast import Toast


class Notice(NamedTuple):
    """What a page has done, told in passing. A page hands it to its signal ``notice_wished``."""

    words: str
    undo: Callable[[], None] | None = None
    """Takes it back; called once at the most, and deals with its own failures."""
    quiet: bool = False
    """Whether a screen reader knows already, from the control that did it."""


class Toaster(QObject):
    """Keeps the present notice, with what it would take back; a newer one or eight seconds let go of it."""

    def __init__(self, window: QWidget, preferences: "Preferences") -> None:
        """Show notices in ``window``; the toast is made with the first one."""
        super().__init__(window)
        self._preferences = preferences
        self._toast: Toast | None = None
        self._notice: Notice | None = None
        self._floor: weakref.ref[QWidget] | None = None
        self._keys_were: weakref.ref[QWidget] | None = None

    @property
    def _window(self) -> QWidget:
        # Not kept: a window and a child that hold each other go only when the garbage is collected.
        window = self.parent()
        assert isinstance(window, QWidget)
        return window

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._notice

    def tell(self, notice: Notice) -> None:
        """Show it, in place of the one before."""
        if self._toast is None:
            from matsession.ui.widgets.toast import Toast

            self._toast = Toast(self._window)
            self._toast.undo_requested.connect(self._on_toast_undo_requested)
            self._toast.leave_requested.connect(self._on_toast_leave_requested)
            self._toast.gone.connect(self._on_toast_gone)
            self._toast.stand_above(self._floor() if self._floor is not None else None)
        focused: QWidget | None = self._window.focusWidget()
        if focused is not None and not self._toast.isAncestorOf(focused):
            self._keys_were = weakref.ref(focused)
        self._notice = notice
        self._toast.tell(
            notice.words,
            undoable=notice.undo is not None,
            still=self._preferences.settings.reduce_motion,
        )
        if not notice.quiet:
            announce(self._toast, notice.words)

    def stand_above(self, floor: QWidget | None) -> None:
        """Leave this at the lower edge free, now and for notices to come."""
        self._floor = weakref.ref(floor) if floor is not None else None
        if self._toast is not None:
            self._toast.stand_above(floor)

    def undo(self) -> bool:
        """Take back what the present notice tells; False where there is nothing to take back."""
        undo = self._notice.undo if self._notice is not None else None
        if undo is None:
            return False
        self.dismiss()  # first: what takes it back may have a notice of its own
        undo()
        return True

    def dismiss(self) -> None:
        """Show nothing, and let go of what could be taken back."""
        if self._toast is not None:
            focused: QWidget | None = self._window.focusWidget()
            if focused is not None and self._toast.isAncestorOf(focused):
                self._give_keys_back()
            self._toast.dismiss()

    def _give_keys_back(self) -> None:
        """The keys were on the toast's button: they go where they came from, if that is still there."""
        before = self._keys_were() if self._keys_were is not None else None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    @Slot()
    def _on_toast_undo_requested(self) -> None:
        self.undo()

    @Slot()
    def _on_toast_leave_requested(self) -> None:
        self.dismiss()

    @Slot()
    def _on_toast_gone(self) -> None:
        self._notice = None
