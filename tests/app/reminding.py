"""A world in which reminders come: everything real but the clock, the alarm, sound and notices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from matsession.app.journal import Journal, OpenedStore
from matsession.app.ports import Notice, NoticeAnswer, NoticePlace
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.reminder_book import ReminderBook
from matsession.app.reminder_notices import ReminderNotices
from matsession.app.reminder_scheduler import ReminderScheduler
from matsession.app.reminder_sessions import Following
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import Guidance
from matsession.domain.reminder import Occurrence, Reminder
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeStore, make_preset

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 26, 12, tzinfo=BERLIN)
LOWER_BACK = make_preset(id="lower_back", name="Lower back")


class FakeAlarm:
    """Rings when the test says so."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self._listeners: list[Callable[[], None]] = []

    def set(self, at: datetime | None) -> None:
        self.at = at

    def on_rung(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def ring(self) -> None:
        for listener in self._listeners:
            listener()

    def close(self) -> None:
        self.at = None


class FakeNotifier:
    """Writes down what it shows; refuses where it is told to."""

    def __init__(self, place: NoticePlace = NoticePlace.DESKTOP) -> None:
        self.place = place
        self.refuses = False
        self.may_sound = True
        self.quiet = False
        """It was told, before it refused, that the person does not wish to be disturbed."""
        self.open: dict[str, Notice] = {}
        self.shown: list[Notice] = []
        self.closed = False
        self._shown: list[Callable[[str, NoticePlace, bool], None]] = []
        self._refused: list[Callable[[str, bool], None]] = []
        self._answered: list[Callable[[str, NoticeAnswer], None]] = []

    def show(self, notice: Notice) -> None:
        if self.refuses:
            for refused in self._refused:
                refused(notice.id, self.quiet or notice.quiet)
            return
        self.open[notice.id] = notice
        self.shown.append(notice)
        for listener in self._shown:
            listener(notice.id, self.place, self.may_sound)

    def withdraw(self, notice_id: str) -> None:
        self.open.pop(notice_id, None)

    def answer(self, answer: NoticeAnswer, notice_id: str | None = None) -> None:
        """The person presses a button of this notice, or of the only one."""
        if notice_id is None:
            [notice_id] = self.open
        del self.open[notice_id]
        for listener in self._answered:
            listener(notice_id, answer)

    def on_shown(self, listener: Callable[[str, NoticePlace, bool], None]) -> None:
        self._shown.append(listener)

    def on_refused(self, listener: Callable[[str, bool], None]) -> None:
        self._refused.append(listener)

    def on_answered(self, listener: Callable[[str, NoticeAnswer], None]) -> None:
        self._answered.append(listener)

    def close(self) -> None:
        self.closed = True
        self.open.clear()


@dataclass
class RemindingWorld:
    """A program that has reminders; ``restart`` begins another on the same files and history."""

    folder: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    store: FakeStore = field(default_factory=FakeStore)
    settings: Settings = field(default_factory=lambda: Settings(last_preset="lower_back", preparation_s=30))
    zone: tzinfo = BERLIN
    elsewhere: bool = False
    following: Following | None = None

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The program begins."""
        self.chimes = FakeChimes()
        self.alarm = FakeAlarm()
        self.notifier = FakeNotifier()
        self.runner = SessionRunner(self.clock)
        self.journal = Journal(self.runner, lambda: OpenedStore(self.store))
        self.presets = PresetLibrary(lambda: LoadedPresets((LOWER_BACK,)), Guidance())
        self.preferences = Preferences(self.settings, lambda _settings: None)
        self.launcher = SessionLauncher(
            self.runner, self.journal, self.chimes, FakeLock(), Guidance(), self.preferences
        )
        self.file = RemindersFile(self.folder / "config" / "reminders.toml")
        self.state_file = ReminderStateFile(self.folder / "data" / "state.json")
        self.book = ReminderBook(self.file, self.state_file, self.clock)
        self.scheduler = ReminderScheduler(
            self.book,
            self.runner,
            self.journal,
            self.presets,
            self.preferences,
            self.clock,
            self.alarm,
            self.zone,
            lambda: not self.elsewhere,
            lambda: self.following,
        )
        self.notices = ReminderNotices(self.book, self.scheduler, self.runner, self.chimes, self.notifier)
        self.due: list[str] = []
        self.passed: list[tuple[list[str], str]] = []
        self.started: list[Reminder] = []
        self.scheduler.fell_due.connect(self._on_fell_due)
        self.scheduler.passed.connect(self._on_passed)
        self.notices.start_wished.connect(self._on_start_wished)

    def _on_fell_due(self, occurrence: Occurrence) -> None:
        self.due.append(occurrence.reminder.id)

    def _on_passed(self, occurrences: tuple[Occurrence, ...], why: str) -> None:
        self.passed.append(([each.reminder.id for each in occurrences], why))

    def _on_start_wished(self, reminder: Reminder) -> None:
        self.started.append(reminder)

    def at(self, hour: int, minute: int = 0, day: int = 26) -> datetime:
        """A time of that week in Berlin, as UTC."""
        return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)

    def wait_until(self, hour: int, minute: int = 0, day: int = 26) -> None:
        """Time passes awake; the alarm rings whenever it is due on the way."""
        end = self.at(hour, minute, day)
        while self.alarm.at is not None and self.alarm.at <= end:
            now = self.clock.now().wall
            self.clock.advance(max(0.0, (self.alarm.at - now).total_seconds()))
            self.alarm.ring()
        self.clock.advance((end - self.clock.now().wall).total_seconds())

    def sleep_until(self, hour: int, minute: int = 0, day: int = 26) -> None:
        """The computer sleeps; the alarm rings when it wakes."""
        self.clock.sleep((self.at(hour, minute, day) - self.clock.now().wall).total_seconds())
        if self.alarm.at is not None and self.alarm.at <= self.clock.now().wall:
            self.alarm.ring()

    def do_session(self, length_s: int = 120) -> None:
        """One from beginning to end."""
        self.launcher.start(LOWER_BACK, length_s, 30)
        for _ in range(2 + length_s // 15):
            self.clock.advance(30)
            self.runner.tick()
        while self.runner.active:
            self.clock.advance(30)
            self.runner.tick()


def evening(**values: object) -> Reminder:
    """21:00 every day."""
    usual: dict[str, object] = {"id": "1", "time_min": 1260, "weekdays": frozenset(Weekday)}
    return Reminder(**(usual | values))  # type: ignore[arg-type]
