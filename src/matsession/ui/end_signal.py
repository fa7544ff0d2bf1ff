"""The strongest signal a window can give, for an end that could not be heard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.unheard_end import UnheardEnd
from matsession.ui.announce import announce
from matsession.ui.theme import HIGH_CONTRAST, tokens
from matsession.ui.window_filter import WindowFilter

if TYPE_CHECKING:
    from matsession.ui.widgets.end_notice import EndNotice, NoticeLook

_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class EndSignal(WindowFilter):
    """Raises the window, asks the desktop for attention, and writes the end over everything.

    Any key or click takes it away, and means nothing else: who has just opened their eyes does not aim.
    """

    def __init__(
        self,
        window: QWidget,
        unheard: UnheardEnd,
        runner: SessionRunner,
        preferences: Preferences,
        *,
        on_mat: bool = False,
    ) -> None:
        """Do so in ``window`` when ``unheard`` notices an end; a touch is told to both of the others.

        ``on_mat``: in the colours of the mat view, and turned as that is.
        """
        super().__init__(window)
        self._on_mat = on_mat
        self._unheard = unheard
        self._runner = runner
        self._preferences = preferences
        self._wanted = True
        self._notice: EndNotice | None = None
        self._held: int | None = None
        """The key that took it away, while it is still down."""
        self._going = False
        """It has just been taken away: the touch that did it may still be on its way through the filters."""
        unheard.noticed.connect(self._on_unheard_noticed)
        unheard.settled.connect(self._on_unheard_settled)

    @property
    def _top(self) -> QWidget:
        # Not kept: a window and a child that hold each other go only when the garbage is collected.
        window = self.parent()
        assert isinstance(window, QWidget)
        return window

    def let_go(self) -> None:
        """Give no more signals: another window takes the place of this one."""
        self._unheard.noticed.disconnect(self._on_unheard_noticed)
        self._unheard.settled.disconnect(self._on_unheard_settled)
        self.stop()

    def set_wanted(self, wanted: bool) -> None:
        """Whether this is the window in front: the next signal belongs there."""
        self._wanted = wanted

    @property
    def shown(self) -> bool:
        """Whether it covers the window now."""
        return self._notice is not None and self._notice.isVisible()

    def sees(self, event: QEvent) -> bool:
        """The first touch, and what comes of it: the repeats and the release of a key."""
        if isinstance(event, QKeyEvent) and event.key() == self._held:
            if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
                self._held = None
                self._stop_if_done()
            return True
        if event.type() not in _TOUCHES or not (self.shown or self._going):
            return False
        self._held = event.key() if isinstance(event, QKeyEvent) else None
        if self.shown:
            self._unheard.settle()
            self._runner.acknowledge()
        return True

    def window_left(self) -> None:
        """The release comes elsewhere."""
        self._held = None
        self._stop_if_done()

    def _stop_if_done(self) -> None:
        if not self.shown and not self._going and self._held is None:
            self.stop()

    @Slot()
    def _on_unheard_noticed(self) -> None:
        if not self._wanted:
            return
        words = texts.tr("The session is over.")
        more = texts.tr("It could not be heard. Any key or click takes this away.")
        if self._notice is None:
            from matsession.ui.widgets.end_notice import EndNotice

            self._notice = EndNotice(words, more, self._top)
        self._held = None
        self.watch(self._top)
        QApplication.alert(self._top, 0)  # first: a desktop that lets the window come forward takes it back
        state = self._top.windowState()
        self._top.setWindowState(state & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        self._top.show()
        self._notice.begin(still=self._preferences.settings.reduce_motion, look=self._look())
        self._top.raise_()
        self._top.activateWindow()
        announce(self._top, f"{words} {more}", urgent=True)

    def _look(self) -> "NoticeLook | None":
        """That of the mat view: somebody lies before it in the dark; None is that of the window."""
        if not self._on_mat:
            return None
        from matsession.ui.mat_colours import notice_colours
        from matsession.ui.widgets.end_notice import NoticeLook

        settings = self._preferences.in_session
        strong, quiet = notice_colours(
            settings.mat_brightness, dawn=settings.dawn, high_contrast=tokens() is HIGH_CONTRAST
        )
        return NoticeLook(strong, quiet, settings.mat_turns)

    @Slot()
    def _on_unheard_settled(self) -> None:
        if self._notice is not None:
            self._notice.end()
        self._going = True
        QTimer.singleShot(0, self, self._on_gone)

    @Slot()
    def _on_gone(self) -> None:
        self._going = False
        self._stop_if_done()
