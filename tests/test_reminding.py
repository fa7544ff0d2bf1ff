"""What reminders need is made and connected: files that another hand writes, and the end."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from matsession.desktop.paths import Folders
from matsession.reminding import Reminding
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile
from tests.app.reminding import FakeAlarm, FakeNotifier, RemindingWorld, evening


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


def begin(world: RemindingWorld, folders: Folders) -> Reminding:
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
    reminding.begin(FakeNotifier(), lambda: None, None, None)
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
