"""What reminders need is made and connected: files that another hand writes, and the end."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from matsession.app.clock import notice_journey
from matsession.app.ports import NoticeAnswer, NoticePlace, Notifier
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.desktop.paths import Folders
from matsession.domain.guidance import Guidance
from matsession.reminding import Reminding
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile
from matsession.ui.reminder_window import WindowNotifier
from tests.app.reminding import LOWER_BACK, FakeAlarm, FakeNotifier, RemindingWorld, evening
from tests.fakes import make_preset


class Programme(QObject):
    """Nobody follows it."""

    changed = Signal()

    def following(self) -> None:
        """Nothing."""

    @Slot()
    def follow_file(self) -> None:
        """There is none."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Of a person of the test."""
    return Folders(*(tmp_path / name for name in ("data", "config", "cache", "run", "resources")))


def begin(
    world: RemindingWorld,
    folders: Folders,
    notifier: Notifier | None = None,
    show_window: Callable[[], None] = lambda: None,
    session_bus: Any = None,
) -> Reminding:
    """Let reminders come, on stand-ins for the rest of the program."""
    program: Any = SimpleNamespace(
        folders=folders,
        launcher=world.launcher,
        preferences=world.preferences,
        presets=world.presets,
        mats=SimpleNamespace(reload=lambda: None),
        clock=world.clock,
        runner=world.runner,
        journal=world.journal,
        programme=Programme(),
        chimes=world.chimes,
    )
    reminding = Reminding(program, FakeAlarm())
    reminding.begin(notifier or FakeNotifier(), show_window, session_bus, None)
    return reminding


def test_a_file_that_an_editor_writes_where_it_lies(qtbot: QtBot, tmp_path: Path, folders: Folders) -> None:
    """It counts at once, as one that is replaced does."""
    file = folders.reminders_file
    RemindersFile(file).save([evening()], {})
    reminding = begin(RemindingWorld(tmp_path), folders)
    book = reminding.parts.book
    watch = reminding._watch
    assert watch is not None
    with qtbot.waitSignal(watch.changed):  # from now on nothing but the file itself is another
        (file.parent / "beside").write_text("")
    text = file.read_text()
    with qtbot.waitSignal(book.changed):
        file.write_text(text.replace("21:00", "20:30"))
    assert [each.time_min for each in book.reminders] == [20 * 60 + 30]
    reminding.close()


@pytest.mark.usefixtures("qapp")
def test_the_end_keeps_how_far_one_has_looked(tmp_path: Path, folders: Folders) -> None:
    """A start with other rules judges nothing that this program has dealt with."""
    RemindersFile(folders.reminders_file).save([evening()], {})
    world = RemindingWorld(tmp_path)
    reminding = begin(world, folders)
    world.clock.advance(3600)
    reminding.look_again()
    reminding.close()
    [known] = ReminderStateFile(folders.reminder_state_file).read().progress.values()
    assert known.since == world.clock.now().wall


NECK = make_preset(id="neck", name="Neck")


class Start:
    """Reminders whose Start is pressed, and what came of it."""

    def __init__(self, tmp_path: Path, folders: Folders) -> None:
        self.world = RemindingWorld(tmp_path)
        self.world.presets = PresetLibrary(lambda: LoadedPresets((LOWER_BACK, NECK)), Guidance())
        self.notifier = FakeNotifier()
        self.windows = 0
        self.reminding = begin(self.world, folders, self.notifier, self.show_window)

    def show_window(self) -> None:
        self.windows += 1

    def press(self, preset_id: str = "neck") -> None:
        self.reminding.parts.notices.start_wished.emit(evening(preset_id=preset_id, length_s=120))


@pytest.fixture
def start(qapp: object, tmp_path: Path, folders: Folders) -> Start:
    """Nothing has been pressed yet."""
    return Start(tmp_path, folders)


def test_what_a_reminder_starts_is_the_last_that_was_done(start: Start) -> None:
    """The tray and the next reminder offer it; the length that is usual for it stays."""
    start.press()
    settings = start.world.preferences.settings
    assert (start.world.runner.active, settings.last_preset) == (True, "neck")
    assert settings.lengths_s == {}


def test_a_start_while_a_session_is_paused_says_so(start: Start) -> None:
    """With what to do; its button opens the program, and what was done last is not another."""
    start.press("lower_back")
    start.world.runner.pause()
    start.press()
    [told] = start.notifier.shown
    assert told.title == "A session is paused."
    assert told.body == "Go on with it or end it before you start another."
    assert told.buttons == ((NoticeAnswer.OPEN, "Open MatSession"),)
    assert start.world.preferences.settings.last_preset == "lower_back"
    start.windows = 0
    start.notifier.answer(NoticeAnswer.OPEN)
    assert start.windows == 1


def test_a_start_of_a_hidden_preset_says_why(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """And starts nothing; the notice goes with the next session."""
    hidden = SimpleNamespace(hidden=True, against=(), rigid_mat=True)
    with monkeypatch.context() as patched:
        patched.setattr(start.world.presets, "suitability", lambda _preset: hidden)
        start.press()
    assert not start.world.runner.active
    [told] = start.notifier.shown
    assert told.title.startswith("Neck is hidden because the mat in use is rigid")
    start.press()
    assert start.notifier.open == {}


def test_a_start_before_the_notes_were_read_says_so(start: Start) -> None:
    """The window comes with them; nothing has begun."""
    start.world.preferences.change(welcome_due=True)
    start.press()
    assert not start.world.runner.active
    [told] = start.notifier.shown
    assert told.title == "Before your first session there are a few notes to read."
    assert start.windows == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_start_of_nothing_is_told_in_the_small_window(
    qapp: object, tmp_path: Path, folders: Folders
) -> None:
    """With its one button."""
    world = RemindingWorld(tmp_path)
    world.launcher.start(LOWER_BACK, 120, 30)
    opened: list[int] = []
    own = WindowNotifier(lambda: None)
    reminding = begin(world, folders, own, lambda: opened.append(1))
    reminding.parts.notices.start_wished.emit(evening())
    [window] = own._windows.values()
    opened.clear()
    window._buttons[0].click()
    assert opened == [1]
    reminding.close()


@pytest.mark.skipif(sys.platform != "linux", reason="there is no portal elsewhere")
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("reached", [True, False])
def test_in_a_sandbox_a_portal_that_fails_is_not_the_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folders: Folders, reached: bool
) -> None:
    """The desktop's own service is tried next, where the sandbox lets us; else our own window shows it."""
    from jeepney import HeaderFields

    from tests.desktop.fake_bus import FakeBus

    monkeypatch.setenv("SNAP_NAME", "matsession")
    fake, own = FakeBus(), FakeNotifier(NoticePlace.OWN_WINDOW)
    reminding = begin(RemindingWorld(tmp_path), folders, own, session_bus=fake.bus)
    fake.heard()
    reminding.parts.notices.test(None)
    asked: list[str] = []
    while heard := fake.heard():
        for call in heard:
            asked.append(call.header.fields[HeaderFields.member])
            match asked[-1]:
                case "GetCapabilities" if reached:
                    fake.reply(call, "as", (["actions"],))
                case "Notify":
                    fake.reply(call, "u", (42,))
                case _:
                    fake.refuse(call, "org.freedesktop.DBus.Error.ServiceUnknown", "nobody")
    assert asked[:5] == ["Get", "Get", "AddNotification", "RemoveNotification", "GetCapabilities"]
    assert ("Notify" in asked, list(own.open)) == ((True, []) if reached else (False, ["test"]))
    reminding.close()
    fake.close()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Changes the computer's zone, of which nobody tells the program."""
    yield lambda name: monkeypatch.setenv("TZ", name)
    monkeypatch.undo()
    notice_journey()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program cannot travel there")
@pytest.mark.usefixtures("qapp")
def test_a_journey_that_nobody_tells_is_noticed_when_the_alarm_rings(
    tmp_path: Path, folders: Folders, zone: Callable[[str], None]
) -> None:
    """The zone was changed past timedated: where the clock shows 15:00, nothing is due at 21:00 of home."""
    zone("Europe/Berlin")
    notice_journey()
    RemindersFile(folders.reminders_file).save([evening()], {})
    world, own = RemindingWorld(tmp_path), FakeNotifier()
    reminding = begin(world, folders, own)
    alarm = reminding._alarm
    assert isinstance(alarm, FakeAlarm)
    assert alarm.at == world.at(21)
    zone("America/New_York")
    world.clock.advance((world.at(21) - world.clock.now().wall).total_seconds())
    alarm.ring()
    assert own.shown == []
    assert alarm.at == world.at(3, day=27)
    reminding.close()
