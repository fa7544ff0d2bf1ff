"""The front with a window. What it shows first is made first; what a session needs follows that picture."""

import logging
import os
import signal
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
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
    from matsession.desktop.tray_host import TrayHost
    from matsession.domain.order import StartWish
    from matsession.main import Program
    from matsession.ui.reminder_window import WindowNotifier
    from matsession.ui.tray import Tray
    from matsession.ui.tray_reminders import TrayReminders

log = logging.getLogger(__name__)


def run_window(
    folders: Folders,
    start: "StartWish | None" = None,
    arguments: Sequence[str] = (),
    *,
    background: bool = False,
) -> int:
    """Open the window and run until it is closed; the exit code: 1 where a session could not be saved.

    With ``start`` a session begins as soon as the window stands. Ctrl-C and a shutdown end it calmly.
    Where another program has the window already, that one is told instead. In the ``background`` the
    window is made and not shown, until somebody asks for it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Python's exception would be lost in Qt's loop. As long as there is no session, nothing is.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    start_logging(folders.log_file)
    sole = FileSessionLock(folders.instance_lock)
    alone = sole.acquire()
    if not alone:
        told = _told_to_the_other(folders, start, sole, background=background)
        if told is not None:
            return told
        alone = sole.acquire()
    if not alone:
        log.warning("another MatSession holds %s and does not answer", folders.instance_lock)
    # Wayland finds icon and name of a window by its desktop entry; Qt would guess by the name of the program.
    QGuiApplication.setDesktopFileName(APPLICATION_ID)
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
    application.setQuitOnLastWindowClosed(False)  # it may only be hidden, in the tray
    keeper.closed.connect(application.quit)
    # After the first picture, before anybody can press Start: opening the sound output takes a while.
    window.painted.connect(rest.look_at_sound)
    rest.keeper = weakref.ref(keeper)
    rest.alone = alone
    window.painted.connect(rest.go_on)
    icon = AppIcon(folders.icons, application)
    window.painted.connect(icon.show)
    if alone:
        application.applicationStateChanged.connect(rest.on_application_state_changed)
    if start is not None or folders.session_lock.exists():
        # A crash may have left a session. What is told of it belongs to the first picture: nothing may move.
        window.find_leftovers()
    if background:
        window.equip()
        QTimer.singleShot(0, rest.go_on)
        icon.show()
    else:
        window.show()
    try:
        if start is not None:
            rest.start(start)
        code = application.exec()
        return code if rest.saved else 1
    finally:
        theme.deleteLater()
        rest.close()
        if alone:
            sole.release()


def _told_to_the_other(
    folders: Folders, start: "StartWish | None", sole: FileSessionLock, *, background: bool
) -> int | None:
    """Let the program that was quicker do it; None where it does not answer, or has just ended."""
    from matsession import handover
    from matsession.domain.order import Order, Verb

    order = handover.show_order() if start is None else handover.start_order(start)
    if background:
        order = Order(Verb.STATUS)  # it runs: that is all that was wanted
    answer = handover.insist(folders, order, sole.acquire)
    if answer is None:
        return None
    if not answer.done:
        raise MatSessionError(answer.sentence)
    return 0


def _no_keeper() -> WindowKeeper | None:
    return None


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
        self._own_notices: WindowNotifier | None = None
        self._gone_on = False
        self._tray: Tray | None = None
        self._tray_host: TrayHost | None = None
        self._tray_reminders: TrayReminders | None = None
        self.keeper: Callable[[], WindowKeeper | None] = _no_keeper  # weak: the window holds us
        self.alone = False
        """Whether this is the one program with a window."""

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

    def go_on(self) -> None:
        """Take part in what the desktop does: once, when there is time for it."""
        if self._gone_on:
            return
        self._gone_on = True
        program = self.program()
        program.watch_sleep()
        program.keep_backups()
        program.watch_presets()
        program.join_desktop(self._on_window_wished)
        if self.alone:
            program.take_orders(self._folders.window_address, self._on_window_wished)
            self.remind()
        self._make_tray(program)

    def _make_tray(self, program: "Program") -> None:
        from matsession.desktop.tray_host import TrayHost
        from matsession.ui.tray import Tray
        from matsession.ui.tray_reminders import TrayReminders

        tray = Tray(
            program.runner, program.presets, program.preferences, program.tray_presence, program.programme
        )
        self._tray = tray
        self._tray_host = TrayHost(program.session_bus)
        self._tray_host.appeared.connect(tray.renew)
        tray.open_wished.connect(self._on_tray_open_wished)
        tray.start_wished.connect(self._on_tray_start_wished)
        tray.programme_wished.connect(self._on_tray_programme_wished)
        self._tray_reminders = TrayReminders(tray, program.reminding.parts)
        keeper = self.keeper()
        if keeper is not None:
            tray.mat_view_wished.connect(keeper.open_mat_view)
            tray.quit_wished.connect(keeper.quit)

    def start(self, wish: "StartWish") -> None:
        """Start a session with the program; before the first one of all, the window has something to say."""
        from matsession.app.quick_start import NotesDueError

        try:
            self.program().quick_start.start(wish)
        except NotesDueError as error:
            self._tell_in_window(error)

    def _on_tray_open_wished(self) -> None:
        self._on_window_wished("")

    def _on_tray_programme_wished(self) -> None:
        programme = self.program().programme
        programme.follow_file()  # a menu that the desktop draws may be older than what was told meanwhile
        found = programme.suggestion()
        if found is not None:
            self._on_tray_start_wished(found.preset_id, found.length_s)

    def _on_tray_start_wished(self, preset_id: str, total_s: int | None = None) -> None:
        from matsession.domain.order import StartWish

        try:
            self.program().quick_start.start(StartWish(preset_id, total_s))
        except MatSessionError as error:
            log.info("not started from the tray: %s", error)
            self._on_window_wished("")
            self._tell_in_window(error)

    def _tell_in_window(self, error: MatSessionError) -> None:
        """Say why nothing was started; a session that is shown there says it by itself."""
        from matsession.app import texts
        from matsession.ui.toaster import Notice

        keeper = self.keeper()
        if keeper is not None and not self.program().runner.active:
            keeper.window.tell(Notice(" ".join(texts.error(error)).strip()))

    def remind(self) -> None:
        """Let reminders come; where the desktop cannot show them, in a small window of their own."""
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
        keeper = self.keeper()
        if keeper is not None:
            keeper.come_forward()

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
        if self._tray is not None:
            self._tray.hide()
        if self._program is not None:
            self._program.close()
        if self._signals is not None:
            self._signals.close()
