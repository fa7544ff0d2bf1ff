"""The history in and out of the window, on the real program: files, report, backups, and deleting it all."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QProgressBar

from matsession.app.stepwise import Steps, Stepwise
from matsession.domain.errors import MatSessionError
from matsession.ui.pages.history_backups import BackupsCard
from matsession.ui.pages.history_data import HistoryData
from matsession.ui.pages.history_exchange import ExportCard, ImportCard
from matsession.ui.pages.history_page import HistoryPage
from matsession.ui.pages.history_report import ReportCard
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import TextField
from matsession.ui.widgets.question import Question
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.work_bar import WorkBar
from tests.ui.finding import button, named, press, shown
from tools.shots.scenes import IMPORTED
from tools.shots.stage import USUAL, Stage

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The program with its sample history, on the page of data."""
    stage = Stage(tmp_path / "home", QSize(1100, 760), tmp_path / "sample.sqlite3")
    stage.open(settings=USUAL)
    stage.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    yield stage
    stage.close()


def told(stage: Stage) -> list[str]:
    """What can be read."""
    return [label.text() for label in shown(stage.window, QLabel) if label.text()]


def wait_until_told(stage: Stage, words: str) -> None:
    """Until something says this."""
    stage.wait_for(lambda: any(words in text for text in told(stage)))


def count(stage: Stage) -> int:
    """How many sessions there are."""
    return stage.program.journal.count()


def test_it_is_reached_and_left_by_keys(stage: Stage) -> None:
    """Ctrl+E from anywhere; Escape leads back to where one was; each word of the head leads there too."""
    assert isinstance(stage.window.page(), HistoryPage)
    [export] = [each for each in shown(stage.window, Button) if each.text() == "Export to a file"]
    assert export.hasFocus()
    stage.press(Qt.Key.Key_Escape)
    assert not shown(stage.window, HistoryData)
    stage.click("Export")
    stage.click("Overview")
    assert not shown(stage.window, HistoryData)
    stage.click("Sessions")
    stage.click("Export")
    stage.click("Back")
    assert stage.offers("Add")


def test_all_sessions_go_into_a_file(stage: Stage, tmp_path: Path) -> None:
    """CSV or JSON, by the name of the file; it says where they are."""
    path, everything = tmp_path / "out.csv", tmp_path / "out.json"
    stage.find(ExportCard).export_to(path)
    wait_until_told(stage, f"97 sessions written to {path}.")
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 97
    stage.find(ExportCard).export_to(everything)
    wait_until_told(stage, f"97 sessions written to {everything}.")
    assert len(json.loads(everything.read_text(encoding="utf-8"))["sessions"]) == 97


def test_the_dialog_knows_both_kinds(stage: Stage, tmp_path: Path) -> None:
    """The suffix follows the kind; what is chosen is written."""
    stage.click("Export to a file")
    [dialog] = stage.window.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "csv"
    assert dialog.selectedFiles()[0].endswith("matsession-2026-03-19.csv")
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "json"
    dialog.fileSelected.emit(str(tmp_path / "chosen.csv"))
    dialog.reject()
    wait_until_told(stage, "97 sessions written")
    assert (tmp_path / "chosen.csv").exists()


@pytest.mark.expects_log("work in pieces failed")
def test_a_folder_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    """With what helps."""
    stage.find(ExportCard).export_to(tmp_path / "missing" / "out.csv")
    stage.wait_for(lambda: any("out.csv" in text for text in told(stage)))
    assert not any(bar.busy for bar in stage.window.findChildren(WorkBar))


def test_a_file_is_looked_at_before_it_is_imported(stage: Stage, tmp_path: Path) -> None:
    """What it would do, and which line cannot be taken; the others on request; twice adds nothing."""
    path = tmp_path / "in.csv"
    path.write_text(IMPORTED, encoding="utf-8")
    stage.find(ImportCard).look_at(path)
    wait_until_told(stage, "in.csv, CSV of MatSession. Would import: 1 new, 1 refused.")
    refused = named(stage.window, QPlainTextEdit, "Refused lines").toPlainText()
    assert refused == 'in.csv, line 3, rating_before: "11" is not a whole number from 0 to 10, or empty.'
    assert count(stage) == 97
    assert not stage.offers("Import")
    stage.click("Import the others")
    wait_until_told(stage, "Imported: 1 new")
    assert count(stage) == 98
    stage.find(ImportCard).look_at(path)
    wait_until_told(stage, "Would import: 1 the same, 1 refused.")
    assert not stage.offers("Import the others")
    stage.click("Do not import")
    assert not shown(stage.window, QPlainTextEdit)


def test_what_was_exported_comes_in_again(stage: Stage, tmp_path: Path) -> None:
    """After all was deleted, from a file of its own."""
    path = tmp_path / "all.json"
    stage.find(ExportCard).export_to(path)
    wait_until_told(stage, "97 sessions written")
    delete_all(stage, "Delete all")
    wait_until_told(stage, "All sessions and backups are deleted.")
    assert count(stage) == 0
    stage.find(ImportCard).look_at(path)
    wait_until_told(stage, "Would import: 97 new.")
    stage.click("Import")
    wait_until_told(stage, "Imported: 97 new.")
    assert count(stage) == 97


@pytest.mark.expects_log("work in pieces failed")
def test_a_file_of_something_else_is_refused(stage: Stage, tmp_path: Path) -> None:
    """By its name, with what would be right."""
    path = tmp_path / "holiday.csv"
    path.write_text("once,upon\na,time\n", encoding="utf-8")
    stage.find(ImportCard).look_at(path)
    stage.wait_for(lambda: any("holiday.csv" in text for text in told(stage)))
    assert not stage.offers("Import")


def delete_all(stage: Stage, answer: str) -> None:
    """Ask for it, and answer."""
    stage.click("Delete all sessions")
    question = the_question(stage)
    assert question.windowTitle() == f"Delete all {count(stage)} sessions?"
    assert question.focusWidget() is button(question, "Keep")
    button(question, answer).click()
    stage.settle()


def the_question(stage: Stage) -> Question:
    """The one that stands there."""
    [found] = shown(stage.window, Question)
    return found


def test_deleting_all_is_asked_first(stage: Stage) -> None:
    """Keep keeps; a copy is offered."""
    delete_all(stage, "Keep")
    assert count(stage) == 97
    stage.click("Delete all sessions")
    question = the_question(stage)
    press(question.focusWidget(), Qt.Key.Key_Return)
    assert count(stage) == 97
    assert shown(stage.window, Question) == []
    stage.click("Delete all sessions")
    press(the_question(stage).focusWidget(), Qt.Key.Key_Escape)
    assert count(stage) == 97
    delete_all(stage, "Export a copy")
    [dialog] = stage.window.findChildren(QFileDialog)
    assert count(stage) == 97
    dialog.reject()


def test_a_backup_is_made_and_put_back(stage: Stage) -> None:
    """What was there before is kept."""
    card = stage.find(BackupsCard)
    stage.click("Make one now")
    wait_until_told(stage, "Backup made: ")
    [first] = shown(card, Choice)
    assert "by hand" in first.itemText(0)
    stage.program.book.delete([row.id for row in stage.program.journal.records(limit=5)])
    assert count(stage) == 92
    stage.click("Put it back")
    wait_until_told(stage, "The history is as it was in this backup.")
    assert count(stage) == 97
    assert first.count() == 2


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", path.read_bytes()))


def test_a_report_of_the_last_weeks(stage: Stage, tmp_path: Path) -> None:
    """On a page or two, with the name, which is remembered."""
    card = stage.find(ReportCard)
    [name] = shown(card, TextField)
    name.setText("Ada Example")
    name.editingFinished.emit()
    named(stage.window, Switch, "With the notes").click()
    path = tmp_path / "report.pdf"
    card.save_to(path)
    wait_until_told(stage, f"written to {path}.")
    assert path.read_bytes().startswith(b"%PDF-")
    assert pages_of(path) in (1, 2)
    assert stage.program.preferences.settings.report_name == "Ada Example"


def test_days_of_a_report(stage: Stage) -> None:
    """By the choice; all begins with the first session."""
    card, spans = stage.find(ReportCard), []
    when = named(stage.window, Choice, "Time of the report")
    for number in range(5):
        when.setCurrentIndex(number)
        spans.append(" ".join(day.isoformat() for day in card.days()))
    assert spans == [
        "2025-12-29 2026-03-19",
        "2026-01-01 2026-03-19",
        "2025-03-20 2026-03-19",
        "2025-10-04 2026-03-19",
        "2026-03-19 2026-03-19",
    ]


def test_a_report_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    """With the place and the reason, and nothing half-written stays."""
    stage.find(ReportCard).save_to(tmp_path / "missing" / "report.pdf")
    wait_until_told(stage, "The report could not be written.")
    assert not (tmp_path / "missing").exists()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(stage: Stage) -> None:
    """From half a second on; nothing is said to have been done."""
    bar = WorkBar()
    page = stage.find(HistoryData).layout()
    assert page is not None
    page.addWidget(bar)

    def endless() -> Steps:
        while True:
            yield 0.3

    bar.follow(Stepwise(endless(), bar), "Working")
    assert not bar.isVisible()
    stage.wait_for(lambda: [each.value() for each in shown(bar, QProgressBar)] == [30])
    bar.cancel()
    assert not bar.busy
    assert "Cancelled. Nothing was changed." in [label.text() for label in shown(bar, QLabel)]
    bar.tell(MatSessionError("No.", "Not like this."))
    assert "No." in [label.text() for label in shown(bar, QLabel)]
