"""The history in and out of files, for the window: in pieces, with progress and Cancel.

What a page builds on::

    files.export(path, from_day=..., to_day=..., area=...)   -> a Stepwise; finished(number of sessions)
    files.bring_in(path, dry_run=True)                       -> a Stepwise; finished(ImportReport)
    exchange_words.told(report), .refusals(report)           -> sentences about it

The Stepwise has begun; keep it (its parent is ``files``), show ``progressed`` from half a second on, and call
``cancel`` for Cancel: nothing is left behind. ``failed`` brings a MatSessionError (ImportRefusedError has the
``report``, whose lines were refused). A session that begins meanwhile comes first: the import then fails with
nothing changed. After an import that was applied ``journal.changed`` is told; the sums may have to be built
anew, as after another turn of the day (``store.sums.follow_day_turn``).
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.stepwise import Steps, Stepwise
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.storage.exchange.export import ExportWish
from matsession.storage.exchange.other_programs import ImportWish
from matsession.storage.exchange.report import (
    ExchangeError,
    FileKind,
    ImportRefusedError,
    ImportReport,
    Refusal,
)

__all__ = [
    "ExchangeError",
    "FileKind",
    "HistoryFiles",
    "ImportRefusedError",
    "ImportReport",
    "Refusal",
]


class HistoryFiles(QObject):
    """Writes files of the history and brings them in, one at a time."""

    def __init__(
        self,
        journal: Journal,
        preferences: Preferences,
        before_import: Callable[[], None] | None = None,
        session_elsewhere: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Use the store of ``journal``; ``before_import`` makes a backup.

        ``session_elsewhere`` tells whether a session runs in another program.
        """
        super().__init__(parent)
        self._journal = journal
        self._preferences = preferences
        self._before_import = before_import
        self._session_elsewhere = session_elsewhere
        self._work: Stepwise | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._work is not None and self._work.running

    def export(
        self, path: Path, *, from_day: date | None = None, to_day: date | None = None, area: str | None = None
    ) -> Stepwise:
        """Write all sessions, or those that are wanted; CSV or JSON by the name of the file."""
        wish = ExportWish(from_day, to_day, area, self._preferences.settings.day_turn_min)
        return self._begin(self._journal.store.export_steps(path, wish))

    def bring_in(
        self,
        path: Path,
        *,
        dry_run: bool = False,
        skip_refused: bool = False,
        area: str = BodyArea.NONE.value,
        habit: str = "",
    ) -> Stepwise:
        """Import a file, or with ``dry_run`` find out what that would do.

        ``area`` is where the mat was, and ``habit`` which of several is meant, in files of other programs.
        """
        if self._journal.running_id is not None:
            raise MatSessionError("A session is running.", "Import the file when it is over.")
        steps = self._journal.store.import_steps(
            path,
            dry_run=dry_run,
            skip_refused=skip_refused,
            wish=ImportWish(area=area, habit=habit),
            before=self._before_import,
            wanted_elsewhere=self._session_elsewhere,
        )
        work = self._begin(steps)
        work.finished.connect(self._on_import_finished)
        return work

    @Slot()
    def cancel(self) -> None:
        """Stop what is under way, if anything is, and leave nothing behind."""
        if self._work is not None:
            self._work.cancel()

    def _begin(self, steps: Steps) -> Stepwise:
        if self.busy:
            raise MatSessionError("Another file is being read or written.", "Wait for it, or cancel it.")
        if self._work is not None:
            self._work.deleteLater()
        self._work = Stepwise(steps, self)
        self._work.start()
        return self._work

    @Slot(object)
    def _on_import_finished(self, report: ImportReport) -> None:
        if report.applied and (report.new or report.changed or report.rest_days):
            self._journal.follow_import()
