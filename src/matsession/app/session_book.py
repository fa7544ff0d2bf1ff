"""The lines of the history as a person looks them up, corrects them and takes corrections back.

What a front builds on (the window's pages; ui never sees the store)::

    book.find(SessionQuery(text="stiff"))    -> FoundSessions: .count and .page(first, limit)
    book.presets_used()                      -> {id: latest name}, for a list to filter by
    book.correct(record_id, rating_after=3)  -> the new line; raises FieldError(field, rule)
    book.add(started_at=..., done_s=..., area=..., preset_id=..., preset_name=...)
    book.delete([record_id, ...])            -> how many; book.undo() brings them back
    book.set_rest_day(day, True)             -> a day off; weekdays are in the settings
    book.can_undo, book.undo_of, book.undo() -> the last change, 50 deep
    book.changed, book.undo_changed          -> read anew; the button for undo

Reading never raises: where the history cannot be read, nothing is found and ``journal.trouble`` says why.
Changing raises FieldError for a value that cannot be (domain.correction), MatSessionError where it cannot be
saved; then nothing has changed. Settings (``show_streak``, ``rest_weekdays``, ``day_turn_min``) are changed
by ``SettingChanges`` as ever. After another ``day_turn_min`` let ``store.sums.follow_day_turn`` finish, with
a ``Stepwise`` (app/stepwise.py), before reading an overview.
"""

import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.journal import Journal
from matsession.app.ports import FoundSessions
from matsession.app.preferences import Preferences
from matsession.domain.correction import corrected, past_session
from matsession.domain.errors import MatSessionError
from matsession.domain.proof import CueReport
from matsession.domain.record import SessionRecord
from matsession.domain.session_query import SessionQuery

_KEPT: Final = 50


class ChangeKind(StrEnum):
    """What can be taken back."""

    CORRECTED = "corrected"
    ADDED = "added"
    DELETED = "deleted"
    REST_DAY = "rest_day"


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made."""

    kind: ChangeKind
    count: int = 1
    """How many lines."""


@dataclass(frozen=True, slots=True)
class _Done:
    change: Change
    before: SessionRecord | None = None
    ids: tuple[str, ...] = ()
    day: date | None = None
    rest: bool = False


class NothingFound:
    """What is found where the history cannot be read."""

    count: Final = 0

    def page(self, first: int, limit: int) -> list[SessionRecord]:  # noqa: ARG002 - as FoundSessions
        """Nothing."""
        return []


class _Found:
    """Found sessions that are read without raising."""

    def __init__(self, found: FoundSessions, journal: Journal) -> None:
        self._found = found
        self._journal = journal
        self.count = found.count

    def page(self, first: int, limit: int) -> Sequence[SessionRecord]:
        try:
            return self._found.page(first, limit)
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return []


def _now() -> datetime:
    return datetime.now(UTC)


class SessionBook(QObject):
    """Looks lines up and changes them; the line of a session that runs is left to the journal."""

    changed = Signal()
    """The history has other lines or days off than before."""
    undo_changed = Signal()
    """``can_undo`` or ``undo_of`` may be another."""

    def __init__(
        self,
        journal: Journal,
        preferences: Preferences,
        now: Callable[[], datetime] = _now,
        parent: QObject | None = None,
    ) -> None:
        """Use the store of ``journal``, and the turn of the day of the settings."""
        super().__init__(parent)
        self._journal = journal
        self._preferences = preferences
        self._now = now
        self._done: deque[_Done] = deque(maxlen=_KEPT)
        # Not straight to the signal: PySide would hold this object by it, and this one holds the journal.
        journal.changed.connect(self._on_journal_changed)

    # -- reading -------------------------------------------------------------------------------------

    def find(self, query: SessionQuery) -> FoundSessions:
        """Find the sessions that are wanted, by the days of the settings; to be read page by page."""
        query = replace(query, turn_min=self._preferences.settings.day_turn_min)
        try:
            return _Found(self._journal.store.find(query), self._journal)
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return NothingFound()

    def get(self, record_id: str) -> SessionRecord | None:
        """Look up a line; None where there is none."""
        try:
            return self._journal.store.get(record_id)
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return None

    def cues_of(self, record_id: str) -> Sequence[CueReport]:
        """What became of each chime of a line."""
        return self._journal.cues_of(record_id)

    def presets_used(self) -> Mapping[str, str]:
        """Every preset that has lines, by id, with the name it had last."""
        try:
            return self._journal.store.presets_used()
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return {}

    def rest_days(self) -> frozenset[date]:
        """The days off that were marked by hand."""
        try:
            return self._journal.store.rest_days()
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return frozenset()

    # -- changing ------------------------------------------------------------------------------------

    def correct(self, record_id: str, **values: Any) -> SessionRecord:
        """Give a line other values; what belongs together follows (domain.correction)."""
        self._refuse_running([record_id])
        before = self._journal.store.get(record_id)
        if before is None:
            raise _gone()
        record = corrected(before, self._now(), **values)
        if record == before:
            return before
        self._journal.store.save(record)
        self._remember(_Done(Change(ChangeKind.CORRECTED), before=before))
        self._journal.follow_correction(record)
        return record

    def add(self, **values: Any) -> SessionRecord:
        """Add a session that was not timed by this program; it counts like any other."""
        record = past_session(str(uuid.uuid4()), self._now(), **values)
        self._journal.store.save(record)
        self._remember(_Done(Change(ChangeKind.ADDED), ids=(record.id,)))
        self._journal.follow_correction(record)
        return record

    def delete(self, record_ids: Sequence[str]) -> int:
        """Delete lines, all or none; how many there were. They stay in the file, and ``undo`` finds them."""
        self._refuse_running(record_ids)
        gone = tuple(self._journal.store.delete_all_of(record_ids))
        if gone:
            self._remember(_Done(Change(ChangeKind.DELETED, len(gone)), ids=gone))
            self._journal.follow_deletion(gone, self._now())
        return len(gone)

    def set_rest_day(self, day: date, rest: bool) -> None:
        """Mark a day as a day off, or take the mark away."""
        if (day in self._journal.store.rest_days()) == rest:
            return
        self._journal.store.set_rest_day(day, rest)
        self._remember(_Done(Change(ChangeKind.REST_DAY), day=day, rest=rest))
        self.changed.emit()

    # -- taking back ---------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def undo_of(self) -> Change | None:
        """What ``undo`` would take back."""
        return self._done[-1].change if self._done else None

    @Slot()
    def undo(self) -> None:
        """Take the last change back; nothing happens where there is none."""
        if not self._done:
            return
        store, done = self._journal.store, self._done[-1]
        self._refuse_running([done.before.id] if done.before else done.ids)
        match done.change.kind:
            case ChangeKind.CORRECTED if done.before is not None:
                store.save(done.before)
            case ChangeKind.ADDED:
                store.delete_all_of(done.ids)
            case ChangeKind.DELETED:
                store.restore(done.ids)
            case ChangeKind.REST_DAY if done.day is not None:
                store.set_rest_day(done.day, not done.rest)
        self._done.pop()
        if done.before is not None:
            self._journal.follow_correction(done.before)
        elif done.change.kind is ChangeKind.ADDED:
            self._journal.follow_deletion(done.ids, self._now())
        elif done.change.kind is ChangeKind.DELETED:
            self._journal.follow_restoring(done.ids)
        else:
            self.changed.emit()
        self.undo_changed.emit()

    @Slot()
    def forget_changes(self) -> None:
        """Nothing can be taken back any more: the history is another."""
        self._done.clear()
        self.undo_changed.emit()

    # -- inside --------------------------------------------------------------------------------------

    @Slot()
    def _on_journal_changed(self) -> None:
        self.changed.emit()

    def _remember(self, done: _Done) -> None:
        self._done.append(done)
        self.undo_changed.emit()

    def _refuse_running(self, record_ids: Sequence[str]) -> None:
        running = self._journal.running_id
        if running is not None and running in record_ids:
            raise _running()


def _running() -> MatSessionError:
    advice = "When it is over it can be corrected or deleted."
    return MatSessionError("This session is still running.", advice)


def _gone() -> MatSessionError:
    return MatSessionError("This session is no longer in the history.", "Look at the list again.")
