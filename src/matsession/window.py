"""The front with a window. What it shows first is made first; what a session needs follows that picture."""

import logging
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from matsession.application import APPLICATION_ID, name_application, start_logging
from matsession.choices import Choices, read_choices
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.domain.settings import ThemeChoice
from matsession.ui.app_icon import AppIcon
from matsession.ui.main_window import MainWindow
from matsession.ui.theme import STYLE_ARGUMENTS, Theme
from matsession.ui.window_keeper import WindowKeeper

if TYPE_CHECKING:
    from matsession.app.session_parts import SessionParts
    from matsession.desktop.process_signals import ProcessSignals
    from matsession.domain.order import StartWish
    from matsession.main import Program
    from matsession.ui.reminder_window import WindowNotifier

log = logging.getLogger(__name__)


def run_window(folders: Folders, start: "StartWish | None" = None, arguments: Sequence[str] = ()) -> int:
    """Open the window and run until it is closed; the exit code: 1 where a session could not be saved.

    With ``start`` a session begins as soon as the window stands. Ctrl-C and a shutdown end it calmly.
    Where another program has the window already, that one is told instead.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Python's exception would be lost in Qt's loop. As long as there is no session, nothing is.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    start_logging(folders.log_file)
    sole = FileSessionLock(folders.instance_lock)
    alone = sole.acquire()
    if not alone:
        told = _told_to_the_other(folders, start)
        if told is not None:
            return told
        log.warning("another MatSession holds %s and does not answer", folders.instance_lock)
    application = QApplication([APPLICATION_ID, *STYLE_ARGUMENTS, *arguments])
    name_application()
    theme = Theme(application, ThemeChoice.SYSTEM)
    choices = read_choices(folders)
    theme.follow(choices.preferences)
    rest = _Rest(folders, choices)
    make_window = partial(MainWindow, choices.presets, choices.preferences, rest.session_parts)
    keeper = WindowKeeper(make_window, choices.preferences)
    window = keeper.window
    theme.complete()
    rest.on_end_wished(keeper.leave)
    rest.on_end_wished(application.quit)
    # After the first picture, before anybody can press Start: opening the sound output takes a while.
    window.painted.connect(rest.look_at_sound)
    window.painted.connect(rest.watch_sleep)
    window.painted.connect(rest.keep_backups)
    window.painted.connect(rest.join_desktop)
    rest.bring_forward = keeper.come_forward
    icon = AppIcon(folders.icons, application)
    window.painted.connect(icon.show)
    if alone:
        window.painted.connect(rest.take_orders)
        window.painted.connect(rest.remind)
        application.applicationStateChanged.connect(rest.on_application_state_changed)
    if start is not None or folders.session_lock.exists():
        # A crash may have left a session. What is told of it belongs to the first picture: nothing may move.
        window.find_leftovers()
    window.show()
    try:
        if start is not None:
            rest.program().quick_start.start(start)
        code = application.exec()
        return code if rest.saved else 1
    finally:
        theme.deleteLater()
        rest.close()
        if alone:
            sole.release()


def _told_to_the_other(folders: Folders, start: "StartWish | None") -> int | None:
    """Let the program that was quicker do it; None where it does not answer."""
    from matsession import handover

    order = handover.show_order() if start is None else handover.start_order(start)
    answer = handover.insist(folders, order)
    if answer is None:
        return None
    if not answer.done:
        raise MatSessionError(answer.sentence)
    return 0


class _Rest:
    """All that the first picture does not need: made and even imported when it is first asked for.

    The window asks right after that picture, or when somebody is quicker. It would come 60 ms later else.
    """

    def __init__(self, folders: Folders, choices: Choices) -> None:
        self._folders = folders
        self._choices = choices
        self._end_listeners: list[Callable[[], None]] = []
        self._signals: ProcessSignals | None = None
        self._program: Program | None = None
        self.bring_forward: Callable[[], None] | None = None
        """What shows the window to who asks for it."""
        self._own_notices: WindowNotifier | None = None

    def on_end_wished(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when the system wants the program to end, from the time there is one."""
        self._end_listeners.append(listener)

    def program(self) -> "Program":
        """The one program."""
        if self._program is None:
            from matsession.desktop.process_signals import ProcessSignals

            self._signals = ProcessSignals()
            for listener in self._end_listeners:
                self._signals.on_end_wished(listener)
            self._signals.open()  # no session is ever without

            from matsession import main

            self._program = main.build(self._folders, self._choices)
        return self._program

    def session_parts(self) -> "SessionParts":
        """What the window needs of it."""
        return self.program().session_parts()

    def look_at_sound(self) -> None:
        """As the program does."""
        self.program().look_at_sound()

    def watch_sleep(self) -> None:
        """As the program does."""
        self.program().watch_sleep()

    def join_desktop(self) -> None:
        """As the program does."""
        self.program().join_desktop(self._on_window_wished)

    def take_orders(self) -> None:
        """From the command line, and from a second start of the program."""
        self.program().take_orders(self._folders.window_address, self._on_window_wished)

    def remind(self) -> None:
        """Let reminders come; where the desktop cannot show them, in a small window of their own."""
        from PySide6.QtGui import QGuiApplication

        from matsession.ui.reminder_window import WindowNotifier

        self._own_notices = WindowNotifier(QGuiApplication.primaryScreen)
        self.program().remind(self._own_notices, self._show_window)

    def on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Somebody came: what is due is due now, wherever the computer has been meanwhile."""
        if self._own_notices is not None and state is Qt.ApplicationState.ApplicationActive:
            self.program().reminding.look_again()

    def _show_window(self) -> None:
        self._on_window_wished("")

    def _on_window_wished(self, activation: str) -> None:
        if activation:
            os.environ["XDG_ACTIVATION_TOKEN"] = activation  # Qt uses it once, under Wayland
        if self.bring_forward is not None:
            self.bring_forward()

    def keep_backups(self) -> None:
        """As the program does."""
        self.program().keep_backups()

    @property
    def saved(self) -> bool:
        """Whether the last session, if there was one, is in the history."""
        if self._program is None:
            return True
        journal = self._program.journal
        return journal.record is None or journal.trouble is None

    def close(self) -> None:
        """Let go of everything outside, and of the window."""
        self._end_listeners.clear()
        if self._program is not None:
            self._program.close()
        if self._signals is not None:
            self._signals.close()
