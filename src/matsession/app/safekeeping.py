"""The backups of the history, for the window: look through them, put one back, delete everything.

What a page builds on::

    keeping.backups()            -> Backup(path, kind, made_at, size), the newest first
    keeping.newest_good()        -> the one to offer where the history is damaged
    keeping.back_up()            -> makes one now; where it is
    keeping.restore(backup.path) -> puts it back; where that is kept which was there before
    keeping.delete_everything()  -> sessions, days off and backups, for good; offer an export first
    keeping.folder               -> for "Open folder"

Whether it is damaged is told by ``journal.trouble``. All but ``backups`` and ``newest_good`` raise
MatSessionError, and then nothing has changed. ``journal.changed`` and ``journal.trouble_changed`` are told.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from matsession.app.journal import Journal
from matsession.app.session_book import SessionBook
from matsession.domain.errors import MatSessionError
from matsession.storage.backups import Backup, BackupKind, Backups

__all__ = ["Backup", "BackupKind", "Safekeeping"]


def _now() -> datetime:
    return datetime.now().astimezone()


class Safekeeping(QObject):
    """Makes backups and puts them back; a session that runs is left alone."""

    def __init__(
        self,
        journal: Journal,
        book: SessionBook,
        history_file: Path,
        now: Callable[[], datetime] = _now,
        parent: QObject | None = None,
    ) -> None:
        """Look after ``history_file``, the store of ``journal``; ``now`` is the clock on the wall."""
        super().__init__(parent)
        self._journal = journal
        self._book = book
        self._backups = Backups(history_file)
        self._now = now

    @property
    def folder(self) -> Path:
        """Where the backups are; it may not be there yet."""
        return self._backups.folder

    def backups(self) -> Sequence[Backup]:
        """Look for them, the newest first."""
        return self._backups.all()

    def newest_good(self) -> Backup | None:
        """Look for the newest without damage."""
        return self._backups.newest_good()

    def back_up(self) -> Path | None:
        """Make one now; None where the history is only in memory."""
        return self._journal.store.back_up(BackupKind.BY_HAND, self._now())

    def before_import(self) -> None:
        """Make the one that comes before an import; none of a history that holds nothing."""
        if self._journal.store.count():
            self._journal.store.back_up(BackupKind.BEFORE_IMPORT, self._now())

    def restore(self, backup: Path) -> Path | None:
        """Let the history be what it was in this backup; where what it is now is kept."""
        self._refuse_while_running()
        if self._journal.on_stand_in:
            kept = self._backups.put_back(backup, self._now()).kept
            self._journal.reopen()
        else:
            self._journal.offer_again()  # so that it is in what is kept of the present one
            kept = self._journal.store.put_back(backup, self._now())
            self._journal.follow_replacement(self._now())
            self._journal.offer_again()
        self._book.forget_changes()
        return kept

    def delete_everything(self) -> None:
        """Delete all that was ever kept of sessions, in the history and in backups."""
        self._refuse_while_running()
        self._journal.store.delete_everything()
        self._journal.follow_replacement(self._now(), forget=True)
        self._book.forget_changes()
        self._backups.remove_all()

    def _refuse_while_running(self) -> None:
        if self._journal.running_id is not None:
            raise MatSessionError("A session is running.", "Try again when it is over.")
