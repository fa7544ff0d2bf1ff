"""The card that makes a report on a chosen time, as a PDF or on paper."""

from datetime import date, timedelta
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import report_words, texts
from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.report import Report, ReportWish, report_steps
from matsession.app.session_book import SessionBook
from matsession.app.stepwise import Stepwise
from matsession.domain.errors import MatSessionError
from matsession.domain.session_query import SessionQuery
from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import DayField, Field, TextField
from matsession.ui.widgets.file_dialogs import ask_where
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.work_bar import WorkBar


class _When(IntEnum):
    WEEKS_12 = 0
    THIS_YEAR = 1
    MONTHS_12 = 2
    ALL = 3
    BETWEEN = 4


class ReportCard(Card):
    """Name, time, notes or not; and then a PDF or paper."""

    failed = Signal(object)
    """A MatSessionError that the card has told already."""

    def __init__(
        self,
        book: SessionBook,
        journal: Journal,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Report on the lines of ``book``; the name is remembered in ``preferences``."""
        super().__init__(texts.tr("Report"), parent)
        self._book = book
        self._journal = journal
        self._presets = presets
        self._preferences = preferences
        self._path: Path | None = None
        self._name = TextField(texts.tr("Your name, as it is to stand there"))
        self._name.setText(preferences.settings.report_name)
        self._when = Choice(texts.tr("Time of the report"))
        self._when.addItems(
            [
                texts.tr("Last 12 weeks"),
                texts.tr("This year"),
                texts.tr("Last 12 months"),
                texts.tr("All sessions"),
                texts.tr("From day to day"),
            ]
        )
        self._from = DayField(texts.tr("First day"))
        self._to = DayField(texts.tr("Last day"))
        self._notes = Switch(texts.tr("With the notes"))
        self._save = Button(texts.tr("Save as PDF"), ButtonKind.SECONDARY)
        self._print = Button(texts.tr("Print"), ButtonKind.SECONDARY)
        self._work = WorkBar()
        self._build()
        today = journal.today()
        for field in (self._from, self._to):
            field.setDate(QDate(today.year, today.month, today.day))
        self._on_when_changed()
        self._when.currentIndexChanged.connect(self._on_when_changed)
        self._name.editingFinished.connect(self._on_name_finished)
        self._save.clicked.connect(self._on_save_clicked)
        self._print.clicked.connect(self._on_print_clicked)
        self._work.finished.connect(self._on_work_finished)
        self._work.ended.connect(self._on_work_ended)

    def _build(self) -> None:
        self.column.addWidget(Heading(texts.tr("Report"), TextStyle.H3))
        self.column.addWidget(Label(report_words.no_medical_document(), tone="text2"))
        self.column.addWidget(Field(texts.tr("Your name (may stay empty)"), self._name))
        self._days = Flow(self._when, self._from, self._to)
        self.column.addWidget(self._days)
        self.column.addWidget(SettingRow(texts.tr("With the notes"), self._notes))
        self.column.addWidget(Flow(self._save, self._print, gap_px=0))
        self.column.addWidget(self._work)

    def days(self) -> tuple[date, date]:
        """The first and the last day of the report."""
        today = self._journal.today()
        match _When(self._when.currentIndex()):
            case _When.WEEKS_12:
                return today - timedelta(days=today.weekday() + 7 * 11), today
            case _When.THIS_YEAR:
                return today.replace(month=1, day=1), today
            case _When.MONTHS_12:
                return today - timedelta(days=364), today
            case _When.ALL:
                found = self._book.find(SessionQuery(descending=False)).page(0, 1)
                return (found[0].started_at.date() if found else today), today
            case _When.BETWEEN:
                first, last = (_day_of(field) for field in (self._from, self._to))
                return min(first, last), max(first, last)

    def save_to(self, path: Path) -> None:
        """Make the PDF."""
        self._path = path
        self._begin()

    def _begin(self) -> None:
        first, last = self.days()
        wish = ReportWish(first, last, self._name.text().strip(), self._notes.isChecked())
        settings = self._preferences.settings
        steps = report_steps(
            self._book.find, self._presets.guidance, wish, settings.day_turn_min, self._journal.today()
        )
        self._save.setEnabled(False)
        self._print.setEnabled(False)
        self._work.follow(Stepwise(steps, self), texts.tr("Making the report"))

    @Slot()
    def _on_when_changed(self) -> None:
        between = self._when.currentIndex() == _When.BETWEEN
        self._from.setVisible(between)
        self._to.setVisible(between)
        self._days.arrange()

    @Slot()
    def _on_name_finished(self) -> None:
        self._preferences.change(report_name=self._name.text().strip())

    @Slot()
    def _on_save_clicked(self) -> None:
        name = f"matsession-report-{self._journal.today()}.pdf"
        kinds = (texts.tr("PDF ({pattern})").format(pattern="*.pdf"),)
        dialog = ask_where(self, texts.tr("Save the report"), name, kinds, ("pdf",))
        dialog.fileSelected.connect(self._on_file_selected)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self.save_to(Path(path))

    @Slot()
    def _on_print_clicked(self) -> None:
        self._path = None
        self._begin()

    @Slot(object)
    def _on_work_finished(self, report: Report) -> None:
        from matsession.ui.paper.report_paper import write_pdf

        if self._path is None:
            self._print_it(report)
            return
        try:
            pages = write_pdf(report, self._path)
        except MatSessionError as error:
            self._work.tell(error)
            self.failed.emit(error)
            return
        pattern = (
            texts.tr("1 page written to {file}.")
            if pages == 1
            else texts.tr("{count} pages written to {file}.")
        )
        self._work.say(pattern.format(count=pages, file=self._path))

    def _print_it(self, report: Report) -> None:
        """The system's dialog asks for the printer; it blocks, as all such dialogs do."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from matsession.ui.paper.report_paper import paint

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(texts.tr("Print the report"))
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        try:
            pages = paint(report, printer)
        except OSError:
            advice = texts.tr("Look whether the printer is on, or save the report as a PDF.")
            self._work.tell(MatSessionError(texts.tr("The report could not be printed."), advice))
            return
        pattern = (
            texts.tr("1 page sent to the printer.")
            if pages == 1
            else texts.tr("{count} pages sent to the printer.")
        )
        self._work.say(pattern.format(count=pages))

    @Slot()
    def _on_work_ended(self) -> None:
        self._save.setEnabled(True)
        self._print.setEnabled(True)


def _day_of(field: DayField) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
