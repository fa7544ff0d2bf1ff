"""The windows that can show a session beside the main one: mat view and mini window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from matsession.app.preferences import Preferences
from matsession.app.session_parts import SessionParts
from matsession.domain.events import Outcome, PreparationStarted, SessionEnded
from matsession.ui.media_shortcuts import MediaShortcuts
from matsession.ui.screens import chosen_screen
from matsession.ui.sight import DisplayClock
from matsession.ui.window_place import show_where_it_was

if TYPE_CHECKING:
    from matsession.ui.end_signal import EndSignal
    from matsession.ui.mat_view import MatView
    from matsession.ui.mini_window import MiniWindow


class SessionWindows(QObject):
    """Makes them when first opened.

    The mini window takes the main window's place; the mat view lies above both.
    """

    front_changed = Signal()
    """Another window is in front than before."""

    def __init__(self, main: QWidget, parts: SessionParts, preferences: Preferences) -> None:
        """Beside ``main``, whose parts are told by ``front_changed`` to stand back."""
        super().__init__(main)
        self._parts = parts
        self._preferences = preferences
        self._mat: MatView | None = None
        self._mat_signal: EndSignal | None = None
        self._mini: MiniWindow | None = None
        self._clock = DisplayClock(parts.runner)
        self._clock.watch(main)
        parts.runner.happened.connect(self._on_runner_happened)
        self._take_media_keys(main)

    @property
    def _main(self) -> QWidget:
        # Not kept: a window and a child that hold each other go only when the garbage is collected.
        main = self.parent()
        assert isinstance(main, QWidget)
        return main

    @Slot()
    def look_whether_seen(self) -> None:
        """One of the windows was shown, hidden, minimised, or is back."""
        self._clock.look()

    @property
    def mat_view_open(self) -> bool:
        """Whether the session is shown on a whole screen."""
        return _shown(self._mat)

    @property
    def main_in_front(self) -> bool:
        """Whether the main window is where the session is shown; if not, another one announces it."""
        return not (_shown(self._mat) or _shown(self._mini))

    @property
    def main_covered(self) -> bool:
        """Whether nothing of the main window can be seen."""
        return self._covers(self._main) or _shown(self._mini)

    def in_front(self) -> QWidget:
        """The window a question belongs to, so that it lies above what is shown and can be reached."""
        mini = self._mini
        window = mini if mini is not None and mini.isVisible() else self._main
        mat = self._mat
        if mat is None or not mat.isVisible():
            return window
        reachable = window.isVisible() and not window.isMinimized() and not self._covers(window)
        return window if reachable else mat

    @Slot()
    def leave_mat_view(self) -> None:
        """Something else has to be seen first."""
        if self._mat is not None:
            self._mat.leave()

    def come_forward(self) -> bool:
        """Bring the one forward that stands in front of the main window; False where none does."""
        for window in (self._mat, self._mini):
            if window is not None and window.isVisible():
                window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
                window.raise_()
                window.activateWindow()
                return True
        return False

    @Slot()
    def open_mat_view(self) -> None:
        """On the chosen screen; where that is not there, on the one the session is shown on."""
        if self._parts.runner.view() is None:
            return
        if self._mat is None:
            self._mat = self._make_mat_view()
        here = self._mini if self._mini is not None and self._mini.isVisible() else self._main
        wished = self._preferences.in_session.mat_screen
        self._mat.open_on(chosen_screen(wished, QGuiApplication.screens(), here.screen()))

    def _make_mat_view(self) -> "MatView":
        from matsession.ui.end_signal import EndSignal
        from matsession.ui.mat_view import MatView

        parts = self._parts
        mat = MatView(
            parts.runner,
            self._preferences,
            parts.chimes,
            parts.teller,
            parts.control,
            parts.mute,
            parts.rest,
            self._main,
        )
        mat.placed.connect(self._on_mat_placed)
        mat.left.connect(self._on_mat_left)
        mat.mini_requested.connect(self._on_mat_mini_requested)
        mat.digit_typed.connect(self._on_mat_digit_typed)
        mat.touched.connect(parts.runner.acknowledge)
        mat.touched.connect(parts.unheard_end.settle)
        self._take_media_keys(mat)
        self._mat_signal = EndSignal(mat, parts.unheard_end, parts.runner, self._preferences, on_mat=True)
        mat.sight_changed.connect(self.look_whether_seen)
        self._clock.watch(mat)
        return mat

    @Slot()
    def open_mini_window(self) -> None:
        """In place of the main window."""
        if not self._parts.runner.active:
            return
        if self._mini is None:
            from matsession.ui.mini_window import MiniWindow

            parts = self._parts
            self._mini = MiniWindow(
                parts.runner, self._preferences, parts.teller, parts.control, parts.mute, self._main
            )
            self._mini.left.connect(self._on_mini_left)
            self._mini.mat_requested.connect(self.open_mat_view)
            self._mini.sight_changed.connect(self.look_whether_seen)
            self._clock.watch(self._mini)
            self._take_media_keys(self._mini)
        show_where_it_was(self._mini)
        self._main.hide()
        self._mini.raise_()
        self._mini.activateWindow()
        self._tell_front()

    def _take_media_keys(self, window: QWidget) -> None:
        MediaShortcuts(self._parts.runner, window).pressed.connect(self._parts.media.press_here)

    def close_all(self) -> None:
        """The main window closes, and so do these."""
        for window in (self._mat, self._mini):
            if window is not None:
                self._clock.forget(window)
                window.blockSignals(True)  # there is nothing to go back to
                window.close()
                window.deleteLater()
        if self._mat_signal is not None:
            self._mat_signal.let_go()
        self._mat = self._mini = self._mat_signal = None

    def _covers(self, window: QWidget) -> bool:
        return self._mat is not None and self._mat.isVisible() and self._mat.screen() is window.screen()

    def _tell_front(self) -> None:
        if self._mat_signal is not None:
            self._mat_signal.set_wanted(self.mat_view_open)
        if self._mini is not None:
            self._mini.set_covered(self._covers(self._mini))
            self._mini.set_announcing(_shown(self._mini) and not _shown(self._mat))
        self.front_changed.emit()

    def _back_to_main(self) -> None:
        if self._mini is not None and self._mini.isVisible():
            self._mini.hide()
        self._tell_front()
        if self._main.isMinimized():
            self._main.showNormal()
        else:
            show_where_it_was(self._main)
        self._main.raise_()
        self._main.activateWindow()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted() if self._preferences.in_session.mat_at_start:
                self.open_mat_view()
            case SessionEnded(outcome=Outcome.CANCELLED):
                if not self.main_in_front:
                    if self._mat is not None:
                        self._mat.put_away()
                    self._back_to_main()
            case SessionEnded() if not _shown(self._mat) and _shown(self._mini):
                self._back_to_main()
            case _:
                pass

    @Slot()
    def _on_mat_placed(self) -> None:
        self._tell_front()

    @Slot()
    def _on_mat_left(self) -> None:
        if self._mini is not None and self._mini.isVisible() and self._parts.runner.active:
            self._tell_front()
            self._mini.activateWindow()
        else:
            self._back_to_main()

    @Slot(str)
    def _on_mat_digit_typed(self, digit: str) -> None:
        """The page that asks is in the main window."""
        key = Qt.Key(ord(digit))
        typed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, digit)
        focused: QWidget | None = self._main.focusWidget()
        QApplication.sendEvent(focused or self._main, typed)

    @Slot()
    def _on_mat_mini_requested(self) -> None:
        assert self._mat is not None
        self._mat.leave()
        self.open_mini_window()

    @Slot()
    def _on_mini_left(self) -> None:
        self._back_to_main()


def _shown(window: QWidget | None) -> bool:
    return window is not None and window.isVisible()
