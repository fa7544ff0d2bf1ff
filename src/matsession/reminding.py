"""Makes and connects what reminders need: a part of the composition root, made when it is first wanted."""

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from matsession.app import texts
from matsession.app.clock import LocalZone, notice_journey
from matsession.app.notifier_chain import NotifierChain
from matsession.app.ports import Alarm, Notice, NoticeAnswer, Notifier
from matsession.app.quick_start import NotesDueError
from matsession.app.reminder_book import ReminderBook
from matsession.app.reminder_notices import ReminderNotices
from matsession.app.reminder_parts import ReminderParts
from matsession.app.reminder_scheduler import ReminderScheduler
from matsession.app.reminder_sessions import RemindedSession
from matsession.app.suitability_words import refused
from matsession.desktop.alarm import system_alarm
from matsession.desktop.folder_watch import FolderWatch
from matsession.domain.errors import MatSessionError
from matsession.domain.events import PreparationStarted
from matsession.domain.reminder import Reminder
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile

if TYPE_CHECKING:
    from matsession.desktop.dbus import Bus
    from matsession.desktop.journey import JourneyWatch
    from matsession.main import Program

log = logging.getLogger(__name__)

_ICON: Final = "matsession-128.png"
_NOT_STARTED: Final = "not_started"
"""The notice that tells why Start of a reminder started nothing."""


class Reminding(QObject):
    """Holds the live objects of reminders. These can be looked at at once; ``begin`` lets reminders come."""

    def __init__(self, program: "Program", alarm: Alarm | None = None, parent: QObject | None = None) -> None:
        """For this program; ``alarm`` stands in for the system's."""
        super().__init__(parent)
        folders = program.folders
        self._folders = folders
        self._launcher = program.launcher
        self._preferences = program.preferences
        self._presets = program.presets
        self._mats = program.mats
        self._programme = program.programme
        self._alarm = alarm or system_alarm(self)
        # Before the scheduler looks: ``desktop/journey`` does not hear of every change of the zone.
        self._alarm.on_rung(notice_journey)
        self._notifier = NotifierChain((), self)
        book = ReminderBook(
            RemindersFile(folders.reminders_file),
            ReminderStateFile(folders.reminder_state_file),
            program.clock,
            self,
        )
        scheduler = ReminderScheduler(
            book,
            program.runner,
            program.journal,
            program.presets,
            program.preferences,
            program.clock,
            self._alarm,
            LocalZone(),
            program.launcher.no_session_elsewhere,
            program.programme.following,
            self,
        )
        program.programme.changed.connect(scheduler.on_programme_changed)
        notices = ReminderNotices(book, scheduler, program.runner, program.chimes, self._notifier, self)
        self.parts = ReminderParts(book, scheduler, notices)
        self._show_window: Callable[[], None] | None = None
        self._watch: FolderWatch | None = None
        self._journey: JourneyWatch | None = None
        notices.start_wished.connect(self._on_notices_start_wished)
        notices.open_wished.connect(self._on_notices_open_wished)
        self._notifier.on_answered(self._on_notifier_answered)
        program.runner.happened.connect(self._on_runner_happened)

    def begin(
        self,
        own_window: Notifier,
        show_window: Callable[[], None],
        session_bus: "Bus | None",
        system_bus: "Bus | None",
    ) -> None:
        """Let them come: shown by the desktop if it can, else by ``own_window``."""
        self._show_window = show_window
        if sys.platform == "linux":
            self._reach_desktop(session_bus, system_bus)
        else:
            from matsession.desktop.system_notices import SystemNotifier

            self._notifier.add(SystemNotifier(self._folders.icons / _ICON, parent=self))
        self._notifier.add(own_window)
        self._watch = FolderWatch(
            [self._folders.reminders_file.parent, self._folders.reminder_state_file.parent],
            self,
            suffix=".toml",
        )
        self._watch.changed.connect(self.parts.book.reload)
        self._watch.changed.connect(self._mats.reload)  # they lie beside the reminders
        # Who starts or leaves the programme by the command line writes a setting too.
        self._watch.changed.connect(self._programme.follow_file)
        self.parts.scheduler.begin()

    def _reach_desktop(self, session_bus: "Bus | None", system_bus: "Bus | None") -> None:
        from matsession.desktop.notifications import DesktopNotifier, PortalNotifier, in_sandbox

        if session_bus is not None:
            icon = self._folders.icons / _ICON
            if in_sandbox():
                self._notifier.add(PortalNotifier(session_bus, self))
            # A sandbox may let us reach it too, where there is no portal or the portal fails.
            self._notifier.add(DesktopNotifier(session_bus, icon, self))
        if system_bus is not None:
            from matsession.desktop.journey import JourneyWatch

            self._journey = JourneyWatch(system_bus, self)
            self._journey.arrived.connect(self.look_again)

    @Slot()
    def look_again(self) -> None:
        """The computer woke, somebody came, or the zone is another: it may be time."""
        notice_journey()
        self.parts.scheduler.look()

    def close(self) -> None:
        """Let go of everything outside."""
        self.parts.notices.close()
        self._alarm.close()
        if self._watch is not None:  # it is this program that looks, not one beside it
            self.parts.book.keep_state()

    @Slot(object)
    def _on_notices_start_wished(self, reminder: Reminder) -> None:
        session = self.parts.scheduler.session_of(reminder)
        if session is not None:
            try:
                self._start(session)
            except MatSessionError as error:
                log.info("a reminder's session could not be started: %s", error)
                self._tell_not_started(error)
        self._on_notices_open_wished()

    def _start(self, session: RemindedSession) -> None:
        """Start it, as every other start remembered as the last. Raises MatSessionError."""
        if self._preferences.settings.welcome_due:
            raise NotesDueError
        preset = session.preset
        found = self._presets.suitability(preset)
        if found.hidden:
            raise refused(preset, found)
        settings = self._preferences.settings.for_preset(preset)
        self._launcher.start(preset, session.length_s, settings.preparation_s, open_ended=session.open_ended)
        # The length that a reminder has is its own; what is usual for the preset stays.
        self._preferences.change(last_preset=preset.id)

    def _tell_not_started(self, error: MatSessionError) -> None:
        """Where Start was pressed: the window may be kept from coming forward."""
        title, advice = texts.error(error)
        opening = ((NoticeAnswer.OPEN, texts.tr("Open MatSession")),)
        self._notifier.show(Notice(_NOT_STARTED, title, advice, opening))

    @Slot(str, str)
    def _on_notifier_answered(self, notice_id: str, answer: str) -> None:
        if notice_id == _NOT_STARTED and answer == NoticeAnswer.OPEN:
            self._on_notices_open_wished()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, PreparationStarted):
            self._notifier.withdraw(_NOT_STARTED)

    @Slot()
    def _on_notices_open_wished(self) -> None:
        if self._show_window is not None:
            self._show_window()
