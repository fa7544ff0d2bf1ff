"""Backups for the window: one put back while the store is open, and in place of one that is damaged."""

from datetime import datetime
from pathlib import Path
from typing import cast
from unittest import mock

import pytest
from pytestqt.qtbot import QtBot

from matsession import main
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.errors import MatSessionError
from matsession.storage.backups import BackupKind
from matsession.storage.history import History
from tests.fakes import FakeChimes, FakeClock, FakeSpeech, make_preset
from tests.storage.test_backups import damage, newer
from tests.storage.test_history import make_record

pytestmark = pytest.mark.usefixtures("qapp")

WALL = datetime(2026, 3, 19, 21, 4)  # noqa: DTZ001 - the clock on the wall


@pytest.fixture
def folders(home: Path) -> Folders:
    """A home with one session and a backup of it."""
    folders = find_folders(home / "matsession")
    with History.open(folders.history_file) as history:
        for number in range(30):
            history.save(make_record(note="first" + "x" * 400 * (number % 3)))
        history.back_up(BackupKind.BY_HAND, WALL)
    return folders


def program(folders: Folders) -> main.Program:
    """The whole program without sound."""
    return main.build(folders, clock=FakeClock(), chimes=FakeChimes(), speech=FakeSpeech())


@pytest.mark.expects_log("history not saved")
@pytest.mark.parametrize("full_still", [False, True])
def test_what_could_not_be_saved_outlives_a_backup_that_is_put_back(
    folders: Folders, full_still: bool
) -> None:
    """It is in what is kept of the present history, or else comes into the one that was put back."""
    house = program(folders)
    try:
        store = house.journal.store
        full = MatSessionError("The disk is full.", "Free some space.")
        preset = house.presets.presets[0]
        kept: Path | None = None
        with (
            mock.patch.object(store, "save", side_effect=full),
            mock.patch.object(store, "mark", side_effect=full),
        ):
            house.launcher.start(preset, preset.suggested_s, 0)
            cast(FakeClock, house.clock).advance(60)
            house.runner.end()
            assert house.journal.unsaved_count == 1
            if full_still:
                house.keeping().restore(house.keeping().backups()[0].path)
        if full_still:
            house.journal.offer_again()
            assert house.journal.count() == 31
        else:
            kept = house.keeping().restore(house.keeping().backups()[0].path)
            assert kept is not None
            with History.open(kept) as before:
                assert before.count() == 31
        assert house.journal.unsaved_count == 0
    finally:
        house.close()


def test_a_backup_is_put_back_under_the_open_window(folders: Folders) -> None:
    """The list is told, and there is nothing to be undone any more."""
    house = program(folders)
    heard = []
    house.book.changed.connect(lambda: heard.append("changed"))
    keeping = house.keeping()
    try:
        ids = [row.id for row in house.journal.records()]
        assert house.book.delete(ids[:5]) == 5
        (backup,) = keeping.backups()
        assert keeping.newest_good() == backup
        heard.clear()
        kept = keeping.restore(backup.path)
        assert kept is not None
        assert house.journal.count() == 30
        assert heard == ["changed"]
        assert not house.book.can_undo
        assert keeping.back_up() is not None
    finally:
        house.close()


@pytest.mark.expects_log("history not opened")
def test_a_damaged_history_is_told_with_a_backup_and_mended(folders: Folders) -> None:
    """What was done meanwhile, in memory, moves into what was put back."""
    damage(folders.history_file)
    spoiled = folders.history_file.read_bytes()
    house = program(folders)
    try:
        trouble = house.journal.trouble if house.journal.on_stand_in else None
        assert trouble is not None
        assert "2026-03-19 21:04" in trouble.advice
        house.history.save(made := make_record(note="meanwhile"))
        backup = house.keeping().newest_good()
        assert backup is not None
        kept = house.keeping().restore(backup.path)
        assert kept is not None
        assert kept.read_bytes() == spoiled
        assert house.journal.count() == 31
        assert house.journal.unsaved_count == 0
        assert house.history.get(made.id) is not None
    finally:
        house.close()
    with History.open(folders.history_file) as history:
        assert history.count() == 31


@pytest.mark.expects_log("history not opened")
def test_opening_again_without_a_change_keeps_what_was_done(folders: Folders) -> None:
    """The stand-in holds it."""
    damage(folders.history_file)
    house = program(folders)
    try:
        house.history.save(make_record())
        house.journal.reopen()
        assert house.journal.on_stand_in
        assert house.journal.count() == 1
    finally:
        house.close()


@pytest.mark.expects_log("history not")
def test_a_newer_history_is_shown_and_sessions_wait_in_memory(folders: Folders) -> None:
    """The line of a session is kept by the journal, and what is in the file stays as it is."""
    content = newer(folders.history_file)
    house = program(folders)
    try:
        assert house.journal.count() == 30
        assert house.journal.trouble is not None
        assert "newer MatSession" in house.journal.trouble.title
        house.launcher.start(make_preset(), 100, 0)
        assert house.journal.unsaved_count == 1
    finally:
        house.close()
    assert folders.history_file.read_bytes() == content


def test_one_comes_before_an_import_unless_there_is_nothing(folders: Folders) -> None:
    """An empty history needs none."""
    house = program(folders)
    try:
        house.keeping().before_import()
        assert [each.kind for each in house.keeping().backups()].count(BackupKind.BEFORE_IMPORT) == 1
        house.keeping().delete_everything()
        house.keeping().before_import()
        assert house.keeping().backups() == []
    finally:
        house.close()


def test_a_window_that_is_closed_ends_an_import(folders: Folders, tmp_path: Path, qtbot: QtBot) -> None:
    """And leaves nothing behind."""
    house = program(folders)
    path = tmp_path / "all.json"
    try:
        with qtbot.waitSignal(house.files().export(path).finished):
            pass
        house.keeping().delete_everything()
        work = house.files().bring_in(path)
        with qtbot.waitSignal(work.cancelled):
            house.close()
        assert not house.files().busy
    finally:
        house.close()
    with History.open(folders.history_file) as history:
        assert history.count() == 0


def test_everything_is_deleted(folders: Folders) -> None:
    """Backups as well."""
    house = program(folders)
    try:
        house.keeping().delete_everything()
        assert house.journal.count() == 0
        assert house.keeping().backups() == []
    finally:
        house.close()


def test_nothing_is_put_back_or_deleted_under_a_session(folders: Folders) -> None:
    """Its line would be gone."""
    house = program(folders)
    keeping = house.keeping()
    try:
        house.launcher.start(make_preset(), 100, 0)
        with pytest.raises(MatSessionError, match="A session is running"):
            keeping.restore(keeping.backups()[0].path)
        with pytest.raises(MatSessionError, match="A session is running"):
            keeping.delete_everything()
    finally:
        house.close()
