"""A reminder comes as a notice of the desktop, and its buttons do what they say; with a real dunst."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession import cli
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.reminder import Reminder
from matsession.domain.week import Weekday
from matsession.main import Program, build
from matsession.storage.reminders import RemindersFile
from matsession.ui.reminder_window import ReminderWindow, WindowNotifier
from tests.app.reminding import FakeAlarm
from tests.fakes import FakeChimes, FakeClock, FakeSpeech
from tests.stories.bus_parts import PrivateBus, private_bus
from tests.stories.desktop_parts import PATIENCE_S, virtual_display
from tests.stories.notice_parts import Dunst, dunst

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp", "notes_read")]

PATIENCE_MS = PATIENCE_S * 1000
ZONE = timezone(timedelta(hours=0))
EVENING = Reminder(
    id="1",
    time_min=1260,
    weekdays=frozenset(Weekday),
    preset_id="lower_back",
    length_s=600,
)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """The session bus."""
    with private_bus(tmp_path) as daemon:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        yield daemon


@pytest.fixture
def desktop(bus: PrivateBus, tmp_path: Path) -> Iterator[Dunst]:
    """A display with dunst upon it."""
    with virtual_display() as env, dunst(env, bus, tmp_path) as service:
        yield service


@pytest.fixture
def folders(home: Path) -> Folders:
    """A home with one reminder."""
    folders = find_folders(home / "matsession")
    RemindersFile(folders.reminders_file).save([EVENING], {})
    return folders


class Evening:
    """The program, its clock and its alarm turned by hand; everything else is real."""

    def __init__(self, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", "UTC")
        self.clock = FakeClock(datetime(2026, 11, 26, 20, 0, tzinfo=ZONE))
        self.alarm = FakeAlarm()
        self.chimes = FakeChimes()
        self.windows: list[bool] = []
        self.program: Program = build(folders, clock=self.clock, chimes=self.chimes, speech=FakeSpeech())
        self.program.alarm = self.alarm
        self.program.join_desktop()
        self.own = WindowNotifier(QGuiApplication.primaryScreen)
        self.program.remind(self.own, lambda: self.windows.append(True))

    def until_due(self) -> None:
        """Time passes to the alarm, and it rings."""
        assert self.alarm.at is not None
        self.clock.advance((self.alarm.at - self.clock.now().wall).total_seconds())
        self.alarm.ring()

    def pass_time(self, seconds: float) -> None:
        """Time passes, and the session sees it."""
        self.clock.advance(seconds)
        self.program.runner.tick()


@pytest.fixture
def evening(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[Evening]:
    """20:00 on a Thursday."""
    evening = Evening(folders, monkeypatch)
    yield evening
    while evening.program.runner.active:
        evening.program.runner.stop()
    evening.program.close()


def own_windows() -> list[ReminderWindow]:
    """Small windows of our own that are open."""
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, ReminderWindow) and each.isVisible()
    ]


def test_start_pressed_on_the_notice_starts_the_session(
    desktop: Dunst, evening: Evening, qtbot: QtBot
) -> None:
    """Dunst shows it, Start starts; the next day it is done before its time, and nothing is shown."""
    evening.until_due()
    qtbot.waitUntil(lambda: desktop.shown() == 1, timeout=PATIENCE_MS)
    assert not evening.program.runner.active

    desktop.press("Start")
    qtbot.waitUntil(lambda: evening.program.runner.active, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: desktop.shown() == 0, timeout=PATIENCE_MS)
    assert evening.windows == [True]
    view = evening.program.runner.view()
    assert view is not None
    assert (view.plan.preset.id, view.plan.total_s) == ("lower_back", 600)
    assert evening.alarm.at is None  # silent while it runs

    for _ in range(50):
        evening.pass_time(15)
    assert not evening.program.runner.active
    record = evening.program.journal.record
    assert record is not None
    assert record.done_s == 600

    # The next day it is done before its time: nothing is shown at 21:00.
    next_day = datetime(2026, 11, 27, 19, 0, tzinfo=ZONE)
    assert evening.alarm.at == datetime(2026, 11, 27, 21, 0, tzinfo=ZONE)
    evening.clock.advance((next_day - evening.clock.now().wall).total_seconds())
    preset = evening.program.presets.get("lower_back")
    evening.program.launcher.start(preset, 600, 30)
    for _ in range(50):
        evening.pass_time(15)
    assert not evening.program.runner.active
    evening.until_due()
    qtbot.wait(300)
    assert desktop.shown() == 0
    assert evening.alarm.at == datetime(2026, 11, 28, 21, 0, tzinfo=ZONE)


def test_later_and_not_today_pressed_on_the_notice(desktop: Dunst, evening: Evening, qtbot: QtBot) -> None:
    """In 10 minutes it comes again; Not today, and no more until tomorrow."""
    evening.until_due()
    qtbot.waitUntil(lambda: desktop.shown() == 1, timeout=PATIENCE_MS)
    desktop.press("In 10 minutes")
    again = datetime(2026, 11, 26, 21, 10, tzinfo=ZONE)
    qtbot.waitUntil(lambda: evening.alarm.at == again, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: desktop.shown() == 0, timeout=PATIENCE_MS)

    evening.until_due()
    qtbot.waitUntil(lambda: desktop.shown() == 1, timeout=PATIENCE_MS)
    desktop.press("Not today")
    scheduler = evening.program.reminding.parts.scheduler
    qtbot.waitUntil(lambda: scheduler.quiet_today, timeout=PATIENCE_MS)
    assert evening.alarm.at == datetime(2026, 11, 27, 21, 0, tzinfo=ZONE)


def test_do_not_disturb_keeps_the_chime_silent(desktop: Dunst, evening: Evening, qtbot: QtBot) -> None:
    """Dunst is paused: it gets the notice and keeps it back, and nothing of ours sounds."""
    book = evening.program.reminding.parts.book
    book.put(Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday), chime=True))
    desktop.control("set-paused", "true")
    evening.until_due()
    qtbot.waitUntil(lambda: desktop.control("count", "waiting") == "1", timeout=PATIENCE_MS)
    assert evening.chimes.played == []
    desktop.control("set-paused", "false")
    qtbot.waitUntil(lambda: desktop.shown() == 1, timeout=PATIENCE_MS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_without_a_service_a_small_window_of_our_own_comes(
    bus: PrivateBus, evening: Evening, qtbot: QtBot
) -> None:
    """A bus on which nobody shows notices; its Start starts too."""
    evening.until_due()
    qtbot.waitUntil(lambda: len(own_windows()) == 1, timeout=PATIENCE_MS)
    [window] = own_windows()
    assert evening.chimes.played == []
    window._buttons[0].click()
    qtbot.waitUntil(lambda: evening.program.runner.active, timeout=PATIENCE_MS)
    QCoreApplication.sendPostedEvents()
    assert own_windows() == []


def test_what_the_command_line_adds_counts_in_the_running_program(
    desktop: Dunst, evening: Evening, qtbot: QtBot
) -> None:
    """``matsession reminders add`` writes the file; the system tells the program."""
    assert cli.run(["reminders", "add", "20:30"]) == 0
    soon = datetime(2026, 11, 26, 20, 30, tzinfo=ZONE)
    qtbot.waitUntil(lambda: evening.alarm.at == soon, timeout=PATIENCE_MS)
