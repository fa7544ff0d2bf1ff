"""The question of the next morning: whether there is one to ask now, and what is answered.

It waits until somebody looks: nothing here tells anybody by itself.
"""

import logging
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.session_book import SessionBook
from matsession.domain.correction import FieldError
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance, RatingScale
from matsession.domain.next_morning import asked_about, day_for
from matsession.domain.record import SessionRecord

log = logging.getLogger(__name__)


class SkipKeeper(Protocol):
    """Where it is kept that a question was passed over."""

    def skipped(self) -> str:
        """The id of the session; empty where there is none. Never raises."""
        ...

    def save(self, skipped_id: str) -> None:
        """Raises MatSessionError; what was kept stays then."""
        ...


class Asked(NamedTuple):
    """What is to be asked, and about which session."""

    record: SessionRecord
    scale: RatingScale


class MorningQuestion(QObject):
    """Asks about the last session of the evening before, once."""

    changed = Signal()
    """Another question may be to be asked, or none."""
    failed = Signal(object)
    """A MatSessionError: an answer could not be kept."""

    def __init__(
        self,
        journal: Journal,
        book: SessionBook,
        preferences: Preferences,
        guidance: Guidance,
        keeper: SkipKeeper,
        parent: QObject | None = None,
    ) -> None:
        """Look into the lines of ``journal``; answers go into them by ``book``, as corrections."""
        super().__init__(parent)
        self._journal = journal
        self._book = book
        self._preferences = preferences
        self._guidance = guidance
        self._keeper = keeper
        self._skipped: str | None = None
        """None: not looked up yet."""
        self._nothing_on: date | None = None
        """On this day there is nothing to ask, whatever the hour, unless a line changes."""
        # Not straight to the signal: PySide would hold this object by it.
        journal.changed.connect(self._on_journal_changed)

    def asked(self) -> Asked | None:
        """What is to be asked now; None where nothing is. Opens the history."""
        if self._journal.on_stand_in:
            return None
        now, turn_min = self._journal.now(), self._preferences.settings.day_turn_min
        today = day_for(now, turn_min)
        if self._nothing_on == today:  # most are never asked: their history is not read again and again
            return None
        rows = [
            row for row in self._journal.records_since(now.date() - timedelta(days=2)) if row.morning_scale
        ]
        if not rows:
            self._nothing_on = today if self._journal.trouble is None else None
            return None
        if self._skipped is None:
            self._skipped = self._keeper.skipped()
        record = asked_about(rows, now, turn_min, self._skipped)
        scale = self._guidance.scale(record.morning_scale) if record is not None else None
        return Asked(record, scale) if record is not None and scale is not None else None

    def today(self) -> date:
        """The day it is here, so that a line can say "Yesterday"."""
        return self._journal.today()

    def answer(self, record_id: str, rating: int | None) -> bool:
        """Keep the answer with its session; None takes it back. False where it could not be kept."""
        try:
            self._book.correct(record_id, morning_rating=rating)
        except MatSessionError as error:
            self.failed.emit(error)
            return False
        except FieldError as error:  # an imported line that no hand may correct
            log.warning("the answer of the morning is not kept: %s", error)
            advice = "Correct the session in the history; the answer can be given there."
            self.failed.emit(MatSessionError("The answer could not be saved.", advice))
            return False
        return True

    def skip(self, record_id: str) -> bool:
        """Ask no more about this session. False where that could not be kept: then it is asked again."""
        return self._keep(record_id)

    def ask_again(self) -> bool:
        """Take that back."""
        return self._keep("")

    def _keep(self, skipped_id: str) -> bool:
        try:
            self._keeper.save(skipped_id)
        except MatSessionError as error:
            log.warning("that it was passed over is not kept: %s", error)
            self.failed.emit(error)
            return False
        self._skipped = skipped_id
        self.changed.emit()
        return True

    @Slot()
    def _on_journal_changed(self) -> None:
        self._nothing_on = None
        self.changed.emit()
