"""Files of the history out and in, for the window: one at a time, in pieces; and the list hears of it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matsession.app import exchange_words
from matsession.app.exchange import FileKind, HistoryFiles, ImportReport, Refusal
from matsession.app.journal import Journal, OpenedStore
from matsession.app.preferences import Preferences
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.settings import Settings
from matsession.storage.history import History
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeStore, make_preset
from tests.storage.test_history import make_record

pytestmark = pytest.mark.usefixtures("qapp")


class BackupCount:
    """How many backups were asked for."""

    def __init__(self) -> None:
        self.count = 0

    def back_up(self) -> None:
        self.count += 1


class House:
    """The app layer on a store."""

    def __init__(self, store: FakeStore | History) -> None:
        self.runner = SessionRunner(FakeClock())
        self.journal = Journal(self.runner, lambda: OpenedStore(store))
        self.preferences = Preferences(Settings(), list[Settings]().append)
        self.backups = BackupCount()
        self.files = HistoryFiles(self.journal, self.preferences, self.backups.back_up)
        self.launcher = SessionLauncher(
            self.runner, self.journal, FakeChimes(), FakeLock(), Guidance(), self.preferences
        )


def test_out_and_in(qtbot: QtBot, tmp_path: Path) -> None:
    """With a real store; a backup comes before the import, and none before a dry run."""
    path = tmp_path / "all.json"
    with History.in_memory() as first, History.in_memory() as second:
        first.save(make_record())
        house = House(first)
        work = house.files.export(path)
        assert house.files.busy
        with qtbot.waitSignal(work.finished) as finished:
            pass
        assert finished.args == [1]
        house = House(second)
        work = house.files.bring_in(path, dry_run=True)
        with qtbot.waitSignal(work.finished) as finished:
            pass
        assert finished.args is not None
        assert (finished.args[0].new, house.backups.count) == (1, 0)
        work = house.files.bring_in(path)
        with qtbot.waitSignals([work.finished, house.journal.changed]):
            pass
        assert house.backups.count == 1
        assert second.records() == first.records()
        assert not house.files.busy


def test_one_at_a_time(qtbot: QtBot) -> None:
    """The second is refused; after a cancel there is room for it."""
    house = House(FakeStore())
    work = house.files.bring_in(Path("a.csv"))
    with pytest.raises(MatSessionError, match="Another file"):
        house.files.export(Path("b.csv"))
    with qtbot.waitSignal(work.cancelled):
        work.cancel()
    with qtbot.waitSignal(house.files.export(Path("b.csv")).finished):
        pass


def test_an_import_that_changed_nothing_is_not_told(qtbot: QtBot) -> None:
    """The list need not be read anew."""
    house = House(FakeStore())
    with qtbot.assertNotEmitted(house.journal.changed):
        work = house.files.bring_in(Path("a.csv"))
        with qtbot.waitSignal(work.finished):
            pass


def test_no_import_while_a_session_runs() -> None:
    """Sessions come first."""
    house = House(FakeStore())
    house.launcher.start(make_preset(), 100, 0)
    with pytest.raises(MatSessionError, match="A session is running"):
        house.files.bring_in(Path("a.csv"))


@pytest.mark.expects_log("work in pieces failed")
def test_a_file_that_cannot_be_read_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    """Once, as a sentence."""
    with History.in_memory() as history:
        house = House(history)
        work = house.files.bring_in(tmp_path / "no.csv")
        with qtbot.waitSignal(work.failed) as failed:
            pass
    assert failed.args is not None
    assert "There is no file" in str(failed.args[0])


def test_a_report_in_words() -> None:
    """What there is none of is not told."""
    report = ImportReport(
        FileKind.CSV, new=3, same=2, refused=101, refusals=[Refusal(5, "done_s", "is wrong")]
    )
    assert exchange_words.told(report, dry_run=True) == "Would import: 3 new, 2 the same, 101 refused."
    assert exchange_words.told(report) == "Nothing was imported: 3 new, 2 the same, 101 refused."
    assert exchange_words.refusals(report, "a.csv") == [
        "a.csv, line 5, done_s: is wrong.",
        "And 100 more lines.",
    ]
    report = ImportReport(FileKind.LOOP, changed=1, older=2, rest_days=3, applied=True)
    told = "Imported: 1 changed, 2 changed later here, which stay as they are, 3 days off."
    assert exchange_words.told(report) == told
    assert exchange_words.told(ImportReport(FileKind.CSV, applied=True)) == "Imported: no session."
    assert {exchange_words.kind_name(kind) for kind in FileKind}
