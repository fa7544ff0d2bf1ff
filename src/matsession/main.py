"""The composition root: makes everything and connects it, top to bottom, and keeps it alive.

What there is to choose (``choices.py``) is read before that: the window shows it first.
"""

import contextlib
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from matsession.app.clock import SystemClock
from matsession.app.coach import Coach
from matsession.app.journal import Journal, OpenedStore
from matsession.app.mat_shelf import MatShelf
from matsession.app.media_control import MediaControl, position_s
from matsession.app.mixing_desk import MixingDesk
from matsession.app.morning_question import MorningQuestion
from matsession.app.mute import Mute
from matsession.app.one_button_control import OneButtonControl
from matsession.app.other_sound import OtherSound
from matsession.app.ports import ChimePlayer, Clock, HistoryStore, KeepAwake, MediaKeys, SpeechMaker
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.programme_book import ProgrammeBook
from matsession.app.quick_start import QuickStart
from matsession.app.remote_control import RemoteControl
from matsession.app.session_book import SessionBook
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_parts import SessionParts
from matsession.app.session_runner import SessionRunner
from matsession.app.setting_changes import SettingChanges
from matsession.app.speaker import Speaker
from matsession.app.time_teller import TimeTeller
from matsession.app.tray_presence import TrayPresence
from matsession.app.unheard_end import UnheardEnd
from matsession.app.voice import Voice
from matsession.app.wakefulness import Wakefulness
from matsession.choices import Choices, read_choices
from matsession.desktop.garbage import collect_here_only
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders
from matsession.desktop.sleep import SystemSleepWatch
from matsession.desktop.sound.chime_output import chime_output
from matsession.desktop.speech.workshop import SpeechWorkshop
from matsession.domain.errors import MatSessionError
from matsession.domain.events import PreparationStarted, SessionEnded, SessionReopened
from matsession.domain.preset import Step
from matsession.storage.morning_state import MorningStateFile
from matsession.storage.programme_course import CourseFile
from matsession.storage.settings_file import SettingsFile

if TYPE_CHECKING:
    from matsession.app.exchange import HistoryFiles
    from matsession.app.ports import Alarm, Autostart, Notifier
    from matsession.app.preset_book import PresetBook
    from matsession.app.safekeeping import Safekeeping
    from matsession.app.try_out import TryOut
    from matsession.desktop.control_server import ControlServer
    from matsession.desktop.daily_backup import DailyBackup
    from matsession.desktop.dbus import Bus
    from matsession.desktop.folder_watch import FolderWatch
    from matsession.desktop.other_players import MprisPlayers
    from matsession.domain.evidence import Evidence
    from matsession.domain.programme import Programme
    from matsession.reminding import Reminding
    from matsession.terminal.device import TerminalDevice

log = logging.getLogger(__name__)

_HISTORY_WITHIN_S = 1.0
"""So long the window may stand still for another program that holds the history; then it is tried again."""

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
    mats: MatShelf
    chimes: ChimePlayer
    runner: SessionRunner
    journal: Journal
    book: SessionBook
    programme: ProgrammeBook
    morning: MorningQuestion
    coach: Coach
    launcher: SessionLauncher
    quick_start: QuickStart
    mixing_desk: MixingDesk
    mute: Mute
    voice: Voice
    speaker: Speaker
    teller: TimeTeller
    control: OneButtonControl
    unheard_end: UnheardEnd
    tray_presence: TrayPresence
    media: MediaControl
    system_bus: "Bus | None" = None
    sleep_watch: SystemSleepWatch | None = None
    session_bus: "Bus | None" = None
    awake: KeepAwake | None = None
    wakefulness: Wakefulness | None = None
    other_players: "MprisPlayers | None" = None
    other_sound: OtherSound | None = None
    remote: RemoteControl | None = None
    server: "ControlServer | None" = None
    _address_in_session: str = ""
    history_files: "HistoryFiles | None" = None
    safekeeping: "Safekeeping | None" = None
    daily_backup: "DailyBackup | None" = None
    alarm: "Alarm | None" = None
    """Rings for reminders in place of the system's."""
    _reminding: "Reminding | None" = None
    _autostart: "Autostart | None" = None
    preset_book: "PresetBook | None" = None
    preset_try: "TryOut | None" = None
    preset_watch: "FolderWatch | None" = None

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

    def join_desktop(self, on_window_wished: Callable[[str], None] | None = None) -> None:
        """Keep the computer awake in sessions, take media keys, silence other players; after ``watch_sleep``.

        ``on_window_wished`` brings the window forward, where there is one.
        """
        if sys.platform == "linux":
            from matsession.desktop.dbus import Bus, BusKind

            self.session_bus = Bus.open(BusKind.SESSION)
        from matsession.desktop.autostart import meet_bus
        from matsession.desktop.awake import keep_awake

        meet_bus(self.autostart, self.session_bus)

        self.awake = keep_awake(self.session_bus, self.system_bus)
        self.wakefulness = Wakefulness(self.runner, self.preferences, self.awake)
        keys = self._media_keys(can_raise=on_window_wished is not None)
        if keys is not None:
            self.media.offer_to(keys)
        if on_window_wished is not None:
            self.media.window_wished.connect(on_window_wished)
        if self.session_bus is None:
            return
        from matsession.desktop.other_players import MprisPlayers

        self.other_players = MprisPlayers(self.session_bus)
        self.other_sound = OtherSound(self.runner, self.preferences, self.other_players)

    def _media_keys(self, *, can_raise: bool) -> MediaKeys | None:
        position = partial(position_s, self.runner)
        if sys.platform != "linux":
            from matsession.desktop.system_media_keys import system_media_keys

            return system_media_keys(position)
        if self.session_bus is None:
            return None
        from matsession.desktop.media_keys import MprisKeys

        return MprisKeys(self.session_bus, position, can_raise=can_raise)

    def take_orders(self, address: str, on_window_wished: Callable[[str], None]) -> None:
        """Obey the command line from now on; ``on_window_wished`` brings the window forward.

        Only for who holds the instance lock.
        """
        from matsession.desktop.control_server import ControlServer

        self.remote = RemoteControl(self.runner, self.quick_start)
        self.remote.window_wished.connect(on_window_wished)
        self.server = ControlServer(self.remote.obey)
        self.server.open(address)

    def take_orders_in_session(self, address: str) -> None:
        """The same while a session runs, and only then: whoever runs one holds the session lock."""
        from matsession.desktop.control_server import ControlServer

        self.remote = RemoteControl(self.runner)
        self.server = ControlServer(self.remote.obey)
        self._address_in_session = address
        self.runner.happened.connect(self._open_or_close)

    def _open_or_close(self, event: object) -> None:
        if self.server is None:
            return
        if isinstance(event, PreparationStarted | SessionReopened):
            self.server.open(self._address_in_session)
        elif isinstance(event, SessionEnded):
            self.server.close()

    @property
    def reminding(self) -> "Reminding":
        """All about reminders; made when it is first asked for."""
        if self._reminding is None:
            from matsession.reminding import Reminding

            self._reminding = Reminding(self, self.alarm)
        return self._reminding

    def remind(self, own_window: "Notifier", show_window: Callable[[], None]) -> None:
        """Let reminders come from now on: for the one program that has the window."""
        self.reminding.begin(own_window, show_window, self.session_bus, self.system_bus)
        if self.sleep_watch is not None:
            self.sleep_watch.on_woke(self.reminding.look_again)

    def session_parts(self) -> SessionParts:
        """What the window takes into use after its first picture."""
        return SessionParts(
            launcher=self.launcher,
            runner=self.runner,
            journal=self.journal,
            book=self.book,
            programme=self.programme,
            morning=self.morning,
            files=self.files,
            keeping=self.keeping,
            chimes=self.chimes,
            voice=self.voice,
            speaker=self.speaker,
            teller=self.teller,
            control=self.control,
            media=self.media,
            unheard_end=self.unheard_end,
            mute=self.mute,
            background_file=self.mixing_desk.background_file,
            rest=GO_ON_REST,
            changes=self.changes,
            mats=self.mats,
            data_folder=self.folders.data,
            config_folder=self.folders.config,
            presets=self.own_presets,
            try_out=self.try_out,
            reminders=self.reminding.parts,
            autostart=self.autostart,
            tray=self.tray_presence,
            evidence=self.evidence,
        )

    @property
    def autostart(self) -> "Autostart":
        """Start at login; in a sandbox it can be changed once the session bus is there."""
        if self._autostart is None:
            from matsession.desktop.autostart import autostart

            self._autostart = autostart(self.folders)
        return self._autostart

    def evidence(self) -> "Evidence":
        """What is known of mats and needles. Raises EvidenceFileError."""
        from matsession.storage.evidence_file import read_evidence

        return read_evidence(self.folders.evidence_file)

    def files(self) -> "HistoryFiles":
        """What writes files of the history and brings them in; hardly a start of the program needs it."""
        if self.history_files is None:
            from matsession.app.exchange import HistoryFiles

            lock = FileSessionLock(self.folders.session_lock)
            self.history_files = HistoryFiles(
                self.journal, self.preferences, self.keeping().before_import, lock.is_held_elsewhere
            )
        return self.history_files

    def keeping(self) -> "Safekeeping":
        """What makes backups and puts them back."""
        if self.safekeeping is None:
            from matsession.app.safekeeping import Safekeeping

            self.safekeeping = Safekeeping(self.journal, self.book, self.folders.history_file)
        return self.safekeeping

    def own_presets(self) -> "PresetBook":
        """What keeps the person's own presets."""
        if self.preset_book is None:
            from matsession.app.preset_book import PresetBook

            self.preset_book = PresetBook(self.presets, self.preferences, self.folders.own_presets)
        return self.preset_book

    def try_out(self) -> "TryOut":
        """What lets a preset be tried, with the sound of real sessions and no trace of one."""
        if self.preset_try is None:
            from matsession.app.try_out import TryOut

            self.preset_try = TryOut(
                self.clock,
                self.chimes,
                self.preferences,
                self.launcher,
                self.runner,
                self.presets.guidance,
                self.folders.sounds / "loops",
            )
        return self.preset_try

    def watch_presets(self) -> None:
        """Hear of own preset files that are written by another hand."""
        from matsession.desktop.folder_watch import FolderWatch

        self.preset_watch = FolderWatch([self.folders.own_presets], suffix=".toml")
        self.preset_watch.changed.connect(self.presets.reload)

    def keep_backups(self) -> None:
        """Have a backup made every day, from a minute on and never during a session."""
        from matsession.desktop.daily_backup import DailyBackup
        from matsession.storage.backups import Backups

        backups, clock, runner = Backups(self.folders.history_file), self.clock, self.runner
        # Not asked of this object: it holds the timer, and must not be held by it in turn.
        self.daily_backup = DailyBackup(
            self.folders.history_file,
            due=lambda: backups.due(clock.now().wall.date()),
            quiet=lambda: not runner.active,
        )
        self.daily_backup.begin()

    @property
    def history(self) -> HistoryStore:
        """Where sessions are kept."""
        return self.journal.store

    def close(self) -> None:
        """Let go of everything outside."""
        if self._reminding is not None:
            self._reminding.close()
        if self.server is not None:
            self.server.close()
        if self.sleep_watch is not None:
            self.sleep_watch.end()
        if self.awake is not None:
            self.awake.keep(awake=False, screen=False)
        if self.other_players is not None:
            self.other_players.close()
        if self.session_bus is not None:
            self.session_bus.close()
        if self.system_bus is not None:
            self.system_bus.close()
        if self.history_files is not None:
            self.history_files.cancel()
        if self.preset_try is not None:
            self.preset_try.end()
        self.voice.close()
        self.chimes.close()
        self.journal.close()


def build(
    folders: Folders,
    choices: Choices | None = None,
    *,
    clock: Clock | None = None,
    chimes: ChimePlayer | None = None,
    speech: SpeechMaker | None = None,
) -> Program:
    """Make the program without a front; ``choices`` where they have been read already.

    ``clock``, ``chimes`` and ``speech`` stand in for the real ones.
    Needs a QCoreApplication. The history is opened when it is first looked into. One that cannot be opened
    is left untouched; the program then keeps sessions in memory, and ``journal.trouble`` says why.
    """
    preferences, presets, find_mats = choices or read_choices(folders)
    mats = find_mats()
    presets.use_mats(mats)
    clock = clock or SystemClock()

    def now() -> datetime:
        return datetime.now(UTC)

    def open_history() -> OpenedStore:
        from matsession.storage.history import History  # SQLite too comes after the first picture

        try:
            return OpenedStore(History.open(folders.history_file, now, timeout_s=_HISTORY_WITHIN_S))
        except MatSessionError as error:
            log.warning("history not opened: %s", error)
            return _stand_in(folders.history_file, error, now)

    chimes = chimes or chime_output(folders.sounds)
    voice = Voice(speech or SpeechWorkshop(folders.cache / "voice"))
    voice.follow(preferences)
    speaker = Speaker(chimes, voice)

    runner = SessionRunner(clock)
    if sys.platform != "linux":
        # Threads run Python there: one reads what the sound process says (Windows), and the system answers
        # notices and media keys in threads of its own.
        collect_here_only(runner)
    # Before the journal: no chime waits for the disk.
    coach = Coach(runner, chimes, voice, speaker, preferences)
    mute = Mute(runner)
    mixing_desk = MixingDesk(preferences, chimes, runner, mute, folders.sounds / "loops")
    journal = Journal(runner, open_history, mat_name=mats.name_in_use)
    chimes.on_sounded(journal.note_cue)
    lock = FileSessionLock(folders.session_lock)
    launcher = SessionLauncher(runner, journal, chimes, lock, presets.guidance, preferences)
    teller = TimeTeller(runner, chimes, speaker)

    def load_programme() -> "Programme":
        from matsession.storage.programme_file import read_programme  # only for who follows it or is asked

        return read_programme(folders.programme_file)

    keeper = CourseFile(folders.programme_course_file)
    book = SessionBook(journal, preferences, now)
    skips = MorningStateFile(folders.morning_state_file)
    programme = ProgrammeBook(load_programme, keeper, runner, journal, presets, preferences)
    return Program(
        folders=folders,
        clock=clock,
        preferences=preferences,
        changes=SettingChanges(preferences),
        presets=presets,
        mats=mats,
        chimes=chimes,
        runner=runner,
        journal=journal,
        book=book,
        programme=programme,
        morning=MorningQuestion(journal, book, preferences, presets.guidance, skips),
        coach=coach,
        launcher=launcher,
        quick_start=QuickStart(launcher, presets, preferences),
        mixing_desk=mixing_desk,
        mute=mute,
        voice=voice,
        speaker=speaker,
        teller=teller,
        control=OneButtonControl(runner, teller),
        unheard_end=UnheardEnd(runner, chimes, preferences),
        tray_presence=TrayPresence(),
        media=MediaControl(runner, teller),
    )


def _stand_in(history_file: Path, error: MatSessionError, now: Callable[[], datetime]) -> OpenedStore:
    """What is used in place of a history that cannot be: to be looked at where a newer version wrote it."""
    from matsession.storage.backups import Backups
    from matsession.storage.errors import StorageError, StorageProblem, with_backup
    from matsession.storage.history import History

    if isinstance(error, StorageError):
        if error.problem is StorageProblem.NEWER:
            with contextlib.suppress(MatSessionError):
                return OpenedStore(History.open_newer(history_file), error)
        if error.problem in (StorageProblem.DAMAGED, StorageProblem.FOREIGN):
            backup = Backups(history_file).newest_good()
            if backup is not None:
                error = with_backup(error, backup.made_at)
    passing = isinstance(error, StorageError) and error.problem is StorageProblem.LOCKED
    return OpenedStore(History.in_memory(now), error, in_memory=True, passing=passing)


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
    MixingDesk(preferences, chimes, runner, Mute(runner), folders.sounds / "loops", application)
    try:
        return SoundCheck(preferences, chimes, device, folders.settings_file, application).run()
    finally:
        chimes.close()
