"""The cards that write the history to a file, and bring one in."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from matsession.app import exchange_words, texts
from matsession.app.exchange import FileKind, HistoryFiles, ImportRefusedError, ImportReport
from matsession.app.journal import Journal
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import Field, TextField
from matsession.ui.widgets.file_dialogs import ask_where, ask_which
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.work_bar import WorkBar

_OTHERS = (FileKind.MEDITATION_ASSISTANT, FileKind.LOOP)


class ExportCard(Card):
    """One button; the kind of file is chosen by its name."""

    exported = Signal()
    """A file was written."""

    def __init__(self, files: HistoryFiles, journal: Journal, parent: QWidget | None = None) -> None:
        """Write the history of ``journal`` with ``files``."""
        super().__init__(texts.tr("Export"), parent)
        self._files = files
        self._journal = journal
        self._path = Path()
        self._export = Button(texts.tr("Export to a file"), ButtonKind.PRIMARY)
        self._export.setToolTip(texts.tr("Write all sessions to a file (Ctrl+E)"))
        self._work = WorkBar()
        self.column.addWidget(Heading(texts.tr("Export"), TextStyle.H3))
        self.column.addWidget(
            Label(
                texts.tr(
                    "All sessions in one file of your own. CSV opens in any spreadsheet; JSON holds "
                    "everything, with the proof of ring and the rest days. Both can be brought back in."
                ),
                tone="text2",
            )
        )
        self.column.addWidget(Flow(self._export))
        self.column.addWidget(self._work)
        self._export.clicked.connect(self.ask)
        self._work.finished.connect(self._on_work_finished)
        self._work.ended.connect(self._on_work_ended)

    def focus_first(self) -> None:
        """Begin at the button."""
        self._export.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask(self) -> None:
        """Ask where to."""
        kinds = (
            texts.tr("CSV, for spreadsheets ({pattern})").format(pattern="*.csv"),
            texts.tr("JSON, everything ({pattern})").format(pattern="*.json"),
        )
        name = f"matsession-{self._journal.today()}.csv"
        dialog = ask_where(self, texts.tr("Export the history"), name, kinds, ("csv", "json"))
        dialog.fileSelected.connect(self._on_file_selected)

    def export_to(self, path: Path) -> None:
        """Write it there."""
        self._path = path
        try:
            work = self._files.export(path)
        except MatSessionError as error:
            self._work.tell(error)
            return
        self._export.setEnabled(False)
        self._work.follow(work, texts.tr("Exporting"))

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.export_to(Path(path))

    @Slot(object)
    def _on_work_finished(self, count: int) -> None:
        self._work.say(exchange_words.exported(count, str(self._path)))
        self.exported.emit()

    @Slot()
    def _on_work_ended(self) -> None:
        self._export.setEnabled(True)


class ImportCard(Card):
    """First it tells what a file would do; only then is anything changed."""

    def __init__(self, files: HistoryFiles, parent: QWidget | None = None) -> None:
        """Bring files in with ``files``."""
        super().__init__(texts.tr("Import"), parent)
        self._files = files
        self._path = Path()
        self._trying = True
        self._areas = [str(area) for area in BodyArea]
        self._choose = Button(texts.tr("Choose a file"), ButtonKind.SECONDARY)
        self._work = WorkBar()
        self._found = Label()
        self._refused = QPlainTextEdit()
        self._refused.setReadOnly(True)
        self._refused.setTabChangesFocus(True)
        self._refused.setAccessibleName(texts.tr("Refused lines"))
        self._refused.setFixedHeight(u(120))
        self._area = Choice(texts.tr("Where the mat was"))
        self._area.addItems([texts.area(area) for area in self._areas])
        self._area.setCurrentIndex(self._areas.index(BodyArea.NONE))
        self._habit = TextField(texts.tr("Which habit"))
        self._other = QWidget()
        self._look = Button(texts.tr("Look again"), ButtonKind.SECONDARY)
        self._import = Button(texts.tr("Import"), ButtonKind.SECONDARY)
        self._part = Button(texts.tr("Import the others"), ButtonKind.SECONDARY)
        self._leave = Button(texts.tr("Do not import"), ButtonKind.QUIET)
        self._buttons = Flow(self._import, self._part, self._look, self._leave, gap_px=0)
        self._area_field = Field(texts.tr("Where the mat was (not told by this file)"), self._area)
        self._habit_field = Field(texts.tr("Which habit, where the file holds several"), self._habit)
        self.column.addWidget(Heading(texts.tr("Import"), TextStyle.H3))
        self.column.addWidget(
            Label(
                texts.tr(
                    "CSV or JSON of MatSession, and the CSV of Meditation Assistant or Loop Habit Tracker. "
                    "You see what it would do before anything is changed; the same file twice adds nothing."
                ),
                tone="text2",
            )
        )
        for each in (
            Flow(self._choose),
            self._work,
            self._found,
            self._refused,
            self._area_field,
            self._habit_field,
            self._buttons,
        ):
            self.column.addWidget(each)
        self._show(None)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._look.clicked.connect(self._on_look_clicked)
        self._import.clicked.connect(self._on_import_clicked)
        self._part.clicked.connect(self._on_part_clicked)
        self._leave.clicked.connect(self._on_leave_clicked)
        self._work.finished.connect(self._on_work_finished)
        self._work.failed.connect(self._on_work_failed)
        self._work.ended.connect(self._on_work_ended)

    def look_at(self, path: Path) -> None:
        """Tell what this file would do."""
        self._path = path
        self._begin(dry_run=True)

    def _begin(self, **wish: Any) -> None:
        self._trying = bool(wish.get("dry_run"))
        wish["area"] = self._areas[max(0, self._area.currentIndex())]
        wish["habit"] = self._habit.text().strip()
        self._show(None)
        try:
            work = self._files.bring_in(self._path, **wish)
        except MatSessionError as error:
            self._work.tell(error)
            return
        self._choose.setEnabled(False)
        self._work.follow(
            work, texts.tr("Looking through the file") if self._trying else texts.tr("Importing")
        )

    def _show(self, report: ImportReport | None, *, habit: bool = False) -> None:
        """What was found, and what can be done with it; nothing of it without a report."""
        offered = report is not None and self._trying
        fresh = offered and bool(report and (report.new or report.changed or report.rest_days))
        refused = exchange_words.refusals(report, self._path.name) if report is not None else []
        other = offered and report is not None and report.kind in _OTHERS
        self._found.setVisible(report is not None)
        if report is not None:
            told = exchange_words.told(report, dry_run=self._trying)
            kind = exchange_words.kind_name(report.kind)
            pattern = texts.tr("{file}, {kind}. {told}")
            self._found.setText(pattern.format(file=self._path.name, kind=kind, told=told))
        self._refused.setVisible(bool(refused))
        self._refused.setPlainText("\n".join(refused))
        self._area_field.setVisible(other)
        self._habit_field.setVisible(habit)
        self._import.setVisible(fresh and not refused)
        self._part.setVisible(fresh and bool(refused))
        self._look.setVisible(other or habit)
        self._leave.setVisible(offered or habit)
        self._buttons.setVisible(offered or habit)
        self._buttons.arrange()

    @Slot()
    def _on_choose_clicked(self) -> None:
        kinds = (
            texts.tr("Sessions ({pattern})").format(pattern="*.csv *.json"),
            texts.tr("All files ({pattern})").format(pattern="*"),
        )
        dialog = ask_which(self, texts.tr("Import sessions"), kinds)
        dialog.fileSelected.connect(self._on_file_selected)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.look_at(Path(path))

    @Slot()
    def _on_look_clicked(self) -> None:
        self._begin(dry_run=True)

    @Slot()
    def _on_import_clicked(self) -> None:
        self._begin()

    @Slot()
    def _on_part_clicked(self) -> None:
        self._begin(skip_refused=True)

    @Slot()
    def _on_leave_clicked(self) -> None:
        self._show(None)
        self._work.say("")
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_work_finished(self, report: ImportReport) -> None:
        self._show(report)
        if not self._trying:
            self._work.say(exchange_words.told(report))
            self._found.hide()

    @Slot(object)
    def _on_work_failed(self, error: MatSessionError) -> None:
        if isinstance(error, ImportRefusedError):
            self._show(error.report)
        elif self._trying and "--habit" in str(error):
            self._show(None, habit=True)

    @Slot()
    def _on_work_ended(self) -> None:
        self._choose.setEnabled(True)
