"""The front with a window. What it shows first is made first; what a session needs follows that picture."""

import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from matsession.application import APPLICATION_ID, name_application, start_logging
from matsession.choices import Choices, StartWish, read_choices
from matsession.desktop.paths import Folders
from matsession.domain.settings import ThemeChoice
from matsession.ui.app_icon import AppIcon
from matsession.ui.main_window import MainWindow
from matsession.ui.theme import STYLE_ARGUMENTS, Theme
from matsession.ui.window_keeper import WindowKeeper

if TYPE_CHECKING:
    from matsession.app.session_parts import SessionParts
    from matsession.desktop.process_signals import ProcessSignals
    from matsession.main import Program


def run_window(folders: Folders, start: StartWish | None = None, arguments: Sequence[str] = ()) -> int:
    """Open the window and run until it is closed; the exit code: 1 where a session could not be saved.

    With ``start`` a session begins as soon as the window stands. Ctrl-C and a shutdown end it calmly.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Python's exception would be lost in Qt's loop. As long as there is no session, nothing is.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    start_logging(folders.log_file)
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
    icon = AppIcon(folders.icons, application)
    window.painted.connect(icon.show)
    if start is not None or folders.session_lock.exists():
        # A crash may have left a session. What is told of it belongs to the first picture: nothing may move.
        window.find_leftovers()
    window.show()
    try:
        if start is not None:
            start_session(rest.program(), start)
        code = application.exec()
        return code if rest.saved else 1
    finally:
        theme.deleteLater()
        rest.close()


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


def start_session(program: "Program", wish: StartWish) -> None:
    """Start what the command line asked for; what it left open is as it was last time."""
    settings = program.preferences.settings
    preset = program.presets.get(wish.preset_id)
    total_s = wish.total_s
    remembered = total_s is None and preset.may_wait and settings.open_end(preset.id)
    if total_s is None:
        total_s = settings.length_s(preset.id, preset.suggested_s)
        total_s = total_s if preset.allows(total_s) else preset.suggested_s
    preparation_s = settings.preparation_s if wish.preparation_s is None else wish.preparation_s
    open_ended = wish.open_ended or remembered
    program.launcher.start(preset, total_s, preparation_s, wish.rating_before, open_ended=open_ended)
