"""The composition root: makes everything and connects it, top to bottom, and keeps it alive."""

import logging
import logging.handlers
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QTimer

from matsession import __version__
from matsession.app.clock import SystemClock
from matsession.app.coach import Coach
from matsession.app.journal import Journal
from matsession.app.ports import ChimePlayer, Clock
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders
from matsession.desktop.sound.chime_output import chime_output
from matsession.domain.errors import MatSessionError
from matsession.storage.guidance_file import read_guidance
from matsession.storage.history import History
from matsession.storage.preset_files import read_presets
from matsession.storage.settings_file import SettingsFile

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Program:
    """Everything that ``build`` made. Whoever holds it keeps the program alive; ``close`` lets go of it."""

    folders: Folders
    clock: Clock
    preferences: Preferences
    presets: PresetLibrary
    chimes: ChimePlayer
    history: History
    runner: SessionRunner
    journal: Journal
    coach: Coach
    launcher: SessionLauncher

    def close(self) -> None:
        """Let go of the sound output and the history."""
        self.chimes.close()
        self.history.close()


def build(folders: Folders, *, clock: Clock | None = None, chimes: ChimePlayer | None = None) -> Program:
    """Make the program without a front. ``clock`` and ``chimes`` stand in for the real ones in tests.

    Needs a QCoreApplication. A history that cannot be opened is left untouched; the program then keeps
    sessions in memory, and ``journal.trouble`` says why.
    """
    clock = clock or SystemClock()
    settings_file = SettingsFile(folders.settings_file)
    settings, settings_problems = settings_file.read()
    preferences = Preferences(settings, settings_file.save, settings_problems)

    guidance = read_guidance(folders.guidance_file)

    def load_presets() -> LoadedPresets:
        found = read_presets(folders.built_in_presets, folders.own_presets, guidance)
        return LoadedPresets(found.presets, tuple(problem.sentence for problem in found.problems))

    presets = PresetLibrary(load_presets, guidance)

    def now() -> datetime:
        return datetime.now(UTC)

    history_trouble: MatSessionError | None = None
    try:
        history = History.open(folders.history_file, now)
    except MatSessionError as error:
        log.warning("history not opened: %s", error)
        history_trouble = error
        history = History.in_memory(now)

    chimes = chimes or chime_output(folders.sounds)
    chimes.set_volume(preferences.settings.volume)

    runner = SessionRunner(clock)
    journal = Journal(runner, history, history_trouble)
    coach = Coach(runner, chimes)
    launcher = SessionLauncher(runner, journal, chimes, FileSessionLock(folders.session_lock), guidance)
    return Program(
        folders=folders,
        clock=clock,
        preferences=preferences,
        presets=presets,
        chimes=chimes,
        history=history,
        runner=runner,
        journal=journal,
        coach=coach,
        launcher=launcher,
    )


def run_window(folders: Folders, start: "StartWish | None" = None, arguments: Sequence[str] = ()) -> int:
    """Open the window and run until it is closed; the exit code.

    With ``start`` a session begins as soon as the window stands.
    """
    from PySide6.QtWidgets import QApplication

    from matsession.ui.main_window import MainWindow
    from matsession.ui.theme import apply_theme

    start_logging(folders.log_file)
    application = QApplication([APPLICATION_ID, *arguments])
    name_application()
    theme = apply_theme(application)
    program = build(folders)
    window = MainWindow(
        presets=program.presets,
        preferences=program.preferences,
        launcher=program.launcher,
        runner=program.runner,
        journal=program.journal,
        chimes=program.chimes,
    )
    window.show()
    # After the first picture, before anybody can press Start: opening the sound output takes a while.
    QTimer.singleShot(0, program.chimes.prepare)
    if start is not None:
        start_session(program, start)
    try:
        return application.exec()
    finally:
        theme.deleteLater()
        program.close()


def start_session(program: Program, wish: "StartWish") -> None:
    """Start what the command line asked for; what it left open is as it was last time."""
    settings = program.preferences.settings
    preset = program.presets.get(wish.preset_id)
    total_s = wish.total_s
    if total_s is None:
        total_s = settings.length_s(preset.id, preset.suggested_s)
        total_s = total_s if preset.allows(total_s) else preset.suggested_s
    preparation_s = settings.preparation_s if wish.preparation_s is None else wish.preparation_s
    program.launcher.start(preset, total_s, preparation_s, wish.rating_before)


@dataclass(frozen=True, slots=True)
class StartWish:
    """What the command line asked to be started."""

    preset_id: str
    total_s: int | None
    preparation_s: int | None
    rating_before: int | None


APPLICATION_ID = "matsession"


def name_application() -> None:
    """Tell Qt and the desktop who we are."""
    QCoreApplication.setApplicationName("MatSession")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationName("matsession")


def start_logging(log_file: Path) -> None:
    """Write what the program does to ``log_file``; without one, warnings and worse to standard error.

    A mistake of our own that reaches the top goes there too, and the program carries on if it can.
    """
    handler: logging.Handler
    try:
        log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_file, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("matsession")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    sys.excepthook = _log_mistake


def _log_mistake(kind: type[BaseException], mistake: BaseException, trace: TracebackType | None) -> None:
    log.critical("a mistake of our own", exc_info=(kind, mistake, trace))
    print("MatSession made a mistake and wrote it to its log. It carries on.", file=sys.stderr)  # noqa: T201
