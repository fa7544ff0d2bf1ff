"""The card of the backups, and of deleting everything."""

from PySide6.QtCore import QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from matsession.app import history_words, report_words, texts
from matsession.app.journal import Journal
from matsession.app.safekeeping import Backup, BackupKind, Safekeeping
from matsession.domain.errors import MatSessionError
from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.question import Question
from matsession.ui.widgets.work_bar import WorkBar


class BackupsCard(Card):
    """Which there are, one more now, putting one back; the folder; and deleting all there is."""

    export_wished = Signal()
    """A copy is wanted before everything is deleted."""

    def __init__(self, keeping: Safekeeping, journal: Journal, parent: QWidget | None = None) -> None:
        """Look after the history of ``journal`` with ``keeping``."""
        super().__init__(texts.tr("Backups"), parent)
        self._keeping = keeping
        self._journal = journal
        self._backups: list[Backup] = []
        self._question: Question | None = None
        self._which = Choice(texts.tr("Backup"))
        self._restore = Button(texts.tr("Put it back"), ButtonKind.SECONDARY)
        self._now = Button(texts.tr("Make one now"), ButtonKind.SECONDARY)
        self._folder = Button(texts.tr("Open folder"), ButtonKind.SECONDARY)
        self._delete = Button(texts.tr("Delete all sessions"), ButtonKind.DANGER)
        self._work = WorkBar()
        self._none = Label(texts.tr("No backup yet."), tone="text2")
        self.column.addWidget(Heading(texts.tr("Backups"), TextStyle.H3))
        self.column.addWidget(
            Label(
                texts.tr(
                    "One is made every day that the program is open; those of 7 days, 8 weeks and 12 months "
                    "stay. Putting one back keeps what was there before as a backup of its own."
                ),
                tone="text2",
            )
        )
        self._put = Flow(self._which, self._restore)
        for each in (
            self._none,
            self._put,
            Flow(self._now, self._folder, self._delete, gap_px=0),
            self._work,
        ):
            self.column.addWidget(each)
        self._restore.clicked.connect(self._on_restore_clicked)
        self._now.clicked.connect(self._on_now_clicked)
        self._folder.clicked.connect(self._on_folder_clicked)
        self._delete.clicked.connect(self._on_delete_clicked)

    def refresh(self) -> None:
        """Look for the backups there are now."""
        self._backups = list(self._keeping.backups())
        self._which.clear()
        self._which.addItems([_words(each) for each in self._backups])
        self._none.setVisible(not self._backups)
        self._put.setVisible(bool(self._backups))
        self._put.arrange()

    @Slot()
    def _on_now_clicked(self) -> None:
        try:
            made = self._keeping.back_up()
        except MatSessionError as error:
            self._work.tell(error)
            return
        self.refresh()
        words = texts.tr("The history is only in memory; there is nothing to back up.")
        if made is not None:
            words = texts.tr("Backup made: {file}").format(file=made.name)
        self._work.say(words)

    @Slot()
    def _on_restore_clicked(self) -> None:
        backup = self._backups[self._which.currentIndex()]
        try:
            kept = self._keeping.restore(backup.path)
        except MatSessionError as error:
            self._work.tell(error)
            return
        self.refresh()
        words = texts.tr("The history is as it was in this backup.")
        if kept is not None:
            words = texts.tr("{done} What was there before is kept in {file}.").format(
                done=words, file=kept.name
            )
        self._work.say(words)

    @Slot()
    def _on_folder_clicked(self) -> None:
        folder = self._keeping.folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # a file manager cannot show what is not there
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # -- deleting everything -------------------------------------------------------------------------

    @Slot()
    def _on_delete_clicked(self) -> None:
        count = self._journal.count()
        if not count or self._question is not None:
            return
        title = texts.tr("Delete all {count} sessions?").format(count=history_words.whole_number(count))
        if count == 1:
            title = texts.tr("Delete the only session?")
        told = texts.tr(
            "This cannot be undone, and the backups go as well. Export a copy first if you might want it."
        )
        question = Question(
            title,
            told,
            keep=texts.tr("Keep"),
            other=texts.tr("Export a copy"),
            do=texts.tr("Delete all"),
            kind=ButtonKind.DANGER,
            parent=self.window(),
        )
        question.other_wished.connect(self.export_wished)
        question.accepted.connect(self._delete_all)
        question.finished.connect(self._on_question_finished)
        self._question = question
        question.open()

    @Slot()
    def _delete_all(self) -> None:
        try:
            self._keeping.delete_everything()
        except MatSessionError as error:
            self._work.tell(error)
            return
        self.refresh()
        self._work.say(texts.tr("All sessions and backups are deleted."))
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_question_finished(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None


def _words(backup: Backup) -> str:
    kind = {
        BackupKind.DAILY: texts.tr("daily"),
        BackupKind.BEFORE_IMPORT: texts.tr("before an import"),
        BackupKind.BEFORE_RESTORE: texts.tr("before another was put back"),
        BackupKind.BEFORE_MIGRATION: texts.tr("before a new version"),
        BackupKind.BY_HAND: texts.tr("by hand"),
    }[backup.kind]
    return texts.tr("{day}, {clock}, {kind}, {size}").format(
        day=report_words.day(backup.made_at.date()),
        clock=texts.time_of_day(backup.made_at),
        kind=kind,
        size=QLocale().formattedDataSize(backup.size),
    )
