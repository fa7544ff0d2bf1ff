"""The composition root: makes everything and connects it, top to bottom, and keeps it alive."""

import contextlib
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from matsession import __version__
from matsession.app.clock import SystemClock
from matsession.app.coach import Coach
from matsession.app.journal import Journal, OpenedStore
from matsession.app.mixing_desk import MixingDesk
from matsession.app.one_button_control import OneButtonControl
from matsession.app.ports import ChimePlayer, Clock, HistoryStore, SpeechMaker
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.app.setting_changes import SettingChanges
from matsession.app.speaker import Speaker
from matsession.app.time_teller import TimeTeller
from matsession.app.unheard_end import UnheardEnd
from matsession.app.voice import Voice
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders
from matsession.desktop.process_signals import ProcessSignals
from matsession.desktop.sleep import SystemSleepWatch
from matsession.desktop.sound.chime_output import chime_output
from matsession.desktop.speech.workshop import SpeechWorkshop
from matsession.domain.errors import MatSessionError
from matsession.domain.events import PreparationStarted, SessionEnded, SessionReopened
from matsession.domain.preset import Step
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import read_presets
from matsession.storage.settings_file import SettingsFile
from matsession.storage.toml_cache import TomlCache

if TYPE_CHECKING:
    from matsession.desktop.dbus import Bus
    from matsession.terminal.device import TerminalDevice
    from matsession.ui.main_window import MainWindow

log = logging.getLogger(__name__)

GO_ON_REST = Step(
    id="go_on",
    name="A little longer",
    seconds=120,
    min_s=1,
    show="Stay as long as it is comfortable. Get up slowly.",
    say="Stay as long as it is comfortable, and get up slowly.",
    chime=None,  # that it goes on is heard by a chime of its own
)
"""What follows when somebody goes on after the end of a whole session."""


@dataclass(slots=True, weakref_slot=True)  # Qt holds what it calls weakly
class Program:
    """Everything that ``build`` made. Whoever holds it keeps the program alive; ``close`` lets go of it."""

    folders: Folders
    clock: Clock
    preferences: Preferences
    changes: SettingChanges
    presets: PresetLibrary
    chimes: ChimePlayer
    runner: SessionRunner
    journal: Journal
    coach: Coach
    launcher: SessionLauncher
    mixing_desk: MixingDesk
    voice: Voice
    speaker: Speaker
    teller: TimeTeller
    control: OneButtonControl
    unheard_end: UnheardEnd
    system_bus: "Bus | None" = None
    sleep_watch: SystemSleepWatch | None = None

    def look_at_sound(self) -> None:
        """Find out whether there is sound, so that it can be told before anybody lies down."""
        self.chimes.prepare()
        self.chimes.release()  # nothing is kept open for a window that only stands there

    def watch_sleep(self) -> None:
        """Hear of the computer's sleep before it comes; without a system bus the clocks tell afterwards."""
        if sys.platform == "linux":
            from matsession.desktop.dbus import Bus, BusKind

            self.system_bus = Bus.open(BusKind.SYSTEM)
        self.sleep_watch = watch = SystemSleepWatch(self.system_bus)
        watch.on_about_to_sleep(self.runner.tick)
        watch.on_about_to_sleep(self.journal.mark)
        watch.on_woke(self.runner.tick)
        self.runner.happened.connect(self._on_runner_happened)
        if self.runner.active:
            watch.begin()

    def _on_runner_happened(self, event: object) -> None:
        if self.sleep_watch is None:
            return
        if isinstance(event, PreparationStarted | SessionReopened):
            self.sleep_watch.begin()
        elif isinstance(event, SessionEnded):
            self.sleep_watch.end()

    @property
    def history(self) -> HistoryStore:
        """Where sessions are kept."""
        return self.journal.store

    def close(self) -> None:
        """Let go of everything outside."""
        if self.sleep_watch is not None:
            self.sleep_watch.end()
        if self.system_bus is not None:
            self.system_bus.close()
        self.voice.close()
        self.chimes.close()
        self.journal.close()


def build(
    folders: Folders,
    *,
    clock: Clock | None = None,
    chimes: ChimePlayer | None = None,
    speech: SpeechMaker | None = None,
) -> Program:
    """Make the program without a front. ``clock``, ``chimes`` and ``speech`` stand in for the real ones.

    Needs a QCoreApplication. The history is opened when it is first looked into. One that cannot be opened
    is left untouched; the program then keeps sessions in memory, and ``journal.trouble`` says why.
    """
    clock = clock or SystemClock()
    settings_file = SettingsFile(folders.settings_file)
    settings, settings_problems = settings_file.read()
    preferences = Preferences(settings, settings_file.save, settings_problems)

    shipped = TomlCache(folders.cache / "shipped.json", __version__)
    guidance = read_guidance(folders.guidance_file, shipped.read)

    def load_presets() -> LoadedPresets:
        found = read_presets(folders.built_in_presets, folders.own_presets, guidance, shipped.read)
        shipped.save()
        return LoadedPresets(found.presets, tuple(problem.sentence for problem in found.problems))

    presets = PresetLibrary(load_presets, guidance)

    def now() -> datetime:
        return datetime.now(UTC)

    def open_history() -> OpenedStore:
        from matsession.storage.history import History  # SQLite too comes after the first picture

        try:
            return OpenedStore(History.open(folders.history_file, now))
        except MatSessionError as error:
            log.warning("history not opened: %s", error)
            return OpenedStore(History.in_memory(now), error)

    chimes = chimes or chime_output(folders.sounds)
    voice = Voice(speech or SpeechWorkshop(folders.cache / "voice"))
    voice.follow(preferences)
    speaker = Speaker(chimes, voice)

    runner = SessionRunner(clock)
    journal = Journal(runner, open_history)
    chimes.on_sounded(journal.note_cue)
    coach = Coach(runner, chimes, voice, speaker, preferences)
    mixing_desk = MixingDesk(preferences, chimes, runner, folders.sounds / "loops")
    lock = FileSessionLock(folders.session_lock)
    launcher = SessionLauncher(runner, journal, chimes, lock, guidance, preferences)
    teller = TimeTeller(runner, chimes, speaker)
    return Program(
        folders=folders,
        clock=clock,
        preferences=preferences,
        changes=SettingChanges(preferences),
        presets=presets,
        chimes=chimes,
        runner=runner,
        journal=journal,
        coach=coach,
        launcher=launcher,
        mixing_desk=mixing_desk,
        voice=voice,
        speaker=speaker,
        teller=teller,
        control=OneButtonControl(runner, teller),
        unheard_end=UnheardEnd(runner, chimes, preferences),
    )


def run_window(folders: Folders, start: "StartWish | None" = None, arguments: Sequence[str] = ()) -> int:
    """Open the window and run until it is closed; the exit code: 1 where a session could not be saved.

    With ``start`` a session begins as soon as the window stands. Ctrl-C and a shutdown end it calmly.
    """
    from PySide6.QtWidgets import QApplication

    from matsession.domain.settings import ThemeChoice
    from matsession.ui.app_icon import AppIcon
    from matsession.ui.theme import STYLE_ARGUMENTS, Theme
    from matsession.ui.window_keeper import WindowKeeper

    start_logging(folders.log_file)
    application = QApplication([APPLICATION_ID, *STYLE_ARGUMENTS, *arguments])
    name_application()
    theme = Theme(application, ThemeChoice.SYSTEM)
    program = build(folders)
    theme.follow(program.preferences)
    keeper = WindowKeeper(partial(make_window, program), program.preferences)
    window = keeper.window
    theme.complete()
    signals = ProcessSignals(parent=application)
    signals.on_end_wished(keeper.leave)
    signals.on_end_wished(application.quit)
    signals.open()
    # After the first picture, before anybody can press Start: opening the sound output takes a while.
    window.painted.connect(program.look_at_sound)
    window.painted.connect(program.watch_sleep)
    icon = AppIcon(folders.icons, application)
    window.painted.connect(icon.show)
    if start is not None or folders.session_lock.exists():
        # A crash may have left a session. What is told of it belongs to the first picture: nothing may move.
        window.find_leftovers()
    window.show()
    if start is not None:
        start_session(program, start)
    try:
        code = application.exec()
        saved = program.journal.record is None or program.journal.trouble is None
        return code if saved else 1
    finally:
        signals.close()
        theme.deleteLater()
        program.close()


def make_window(program: Program) -> "MainWindow":
    """A window on the program, not yet shown. Needs a QApplication."""
    from matsession.ui.main_window import MainWindow

    return MainWindow(
        presets=program.presets,
        preferences=program.preferences,
        changes=program.changes,
        launcher=program.launcher,
        runner=program.runner,
        journal=program.journal,
        chimes=program.chimes,
        voice=program.voice,
        speaker=program.speaker,
        teller=program.teller,
        control=program.control,
        unheard_end=program.unheard_end,
        background_file=program.mixing_desk.background_file,
        data_folder=program.folders.data,
        config_folder=program.folders.config,
        rest=GO_ON_REST,
    )


def start_session(program: Program, wish: "StartWish") -> None:
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


def check_sound(folders: Folders, device: "TerminalDevice", application: QCoreApplication) -> bool:
    """Play the end chime as a session would, and tell on ``device``; whether it would be heard.

    The settings are only looked at, and changed where the person agrees.
    """
    from matsession.terminal.sound_check import SoundCheck

    settings_file = SettingsFile(folders.settings_file)
    settings, problems = settings_file.look()
    preferences = Preferences(settings, settings_file.save, problems)
    chimes = chime_output(folders.sounds)
    runner = SessionRunner(SystemClock())  # for a session that never comes
    MixingDesk(preferences, chimes, runner, folders.sounds / "loops", application)
    try:
        return SoundCheck(preferences, chimes, device, folders.settings_file, application).run()
    finally:
        chimes.close()


@dataclass(frozen=True, slots=True)
class StartWish:
    """What the command line asked to be started."""

    preset_id: str
    total_s: int | None
    preparation_s: int | None
    rating_before: int | None
    open_ended: bool = False


APPLICATION_ID = "matsession"

LOG_BYTES_MAX = 500_000
"""A log larger than this is put aside at the next start."""


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
        _rotate(log_file)
        handler = _LogFile(log_file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("matsession")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    sys.excepthook = _log_mistake


class _LogFile(logging.FileHandler):
    """A log that may turn out to be no file, or on a full disk, at any line: that stops nothing."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def _rotate(log_file: Path) -> None:
    """Begin a new log where the old one has grown, and keep that one beside it.

    At the start only: logging.handlers, which would do it at any time, takes 10 ms to import.
    """
    with contextlib.suppress(OSError):
        if log_file.stat().st_size > LOG_BYTES_MAX:
            log_file.replace(log_file.with_name(f"{log_file.name}.1"))


def _log_mistake(kind: type[BaseException], mistake: BaseException, trace: TracebackType | None) -> None:
    log.critical("a mistake of our own", exc_info=(kind, mistake, trace))
    print("MatSession made a mistake and wrote it to its log. It carries on.", file=sys.stderr)  # noqa: T201
