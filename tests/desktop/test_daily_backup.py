"""When the daily backup is made: a minute after the start, never during a session, and every half hour."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matsession.desktop.daily_backup import EVERY_MS, FIRST_AFTER_MS, DailyBackup, backup_command, start_apart
from matsession.storage.history import History
from tests.storage.test_history import make_record

pytestmark = pytest.mark.usefixtures("qapp")


class Asked:
    """What it asks, and what it starts."""

    def __init__(self, starts: bool = True) -> None:
        self.is_due, self.is_quiet, self.starts = True, True, starts
        self.started: list[Sequence[str]] = []

    def due(self) -> bool:
        return self.is_due

    def quiet(self) -> bool:
        return self.is_quiet

    def start(self, command: Sequence[str]) -> bool:
        self.started.append(command)
        return self.starts


class World:
    """Both; neither holds the other in a circle."""

    def __init__(self, starts: bool = True) -> None:
        self.asked = asked = Asked(starts)
        self.backup = DailyBackup(Path("history"), asked.due, asked.quiet, asked.start)

    @property
    def started(self) -> list[Sequence[str]]:
        return self.asked.started

    @property
    def interval_ms(self) -> int:
        return self.backup._timer.interval()


def test_it_is_left_to_another_process() -> None:
    """Where it is due; and looked for again later."""
    world = World()
    world.backup.begin()
    assert (world.started, world.interval_ms) == ([], FIRST_AFTER_MS)
    world.backup.look()
    assert world.started == [backup_command(Path("history"))]
    assert world.interval_ms == EVERY_MS
    world.asked.is_due = False
    world.backup.look()
    assert len(world.started) == 1


def test_a_session_is_not_disturbed() -> None:
    """It comes a minute later."""
    world = World()
    world.asked.is_quiet = False
    world.backup.look()
    assert (world.started, world.interval_ms) == ([], FIRST_AFTER_MS)
    world.asked.is_quiet = True
    world.backup.look()
    assert len(world.started) == 1


@pytest.mark.expects_log("could not be started")
def test_a_process_that_cannot_be_started_is_noted() -> None:
    """And tried again."""
    world = World(starts=False)
    world.backup.look()
    world.backup.look()
    assert len(world.started) == 2


def test_a_real_one_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    """By the program's own process."""
    file = tmp_path / "history.sqlite3"
    with History.open(file) as history:
        history.save(make_record())
    assert start_apart(backup_command(file))
    qtbot.waitUntil(lambda: len(list((tmp_path / "backups").glob("history-*.sqlite3"))) == 1, timeout=60_000)


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no interpreter for a module."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert backup_command(Path("h"))[1:] == ["backup-process", "h"]
