"""From events to lines of history: opened at Start, marked on the way, completed at the end.

Nothing is lost when the store fails: the line stays here, in memory, and is offered to the store again at
every mark, every quarter of a minute, and before the store is let go of. ``trouble`` tells what the person
has to know meanwhile.
"""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app.ports import HistoryStore
from matsession.app.session_runner import CHECKPOINT_S, SessionRunner
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.domain.events import (
    Outcome,
    PreparationStarted,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionReopened,
    SessionStarted,
    StepStarted,
    WayBackStarted,
)
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session import SessionView

log = logging.getLogger(__name__)

AGAIN_MS = 15_000
"""What could not be saved is offered again after this long, also when no session runs any more."""


class OpenedStore(NamedTuple):
    """A store, and why it is only a stand-in that will be forgotten (None where it is the real one)."""

    store: HistoryStore
    standing_trouble: MatSessionError | None = None
    in_memory: bool = False
    """Its lines are kept nowhere else."""
    passing: bool = False
    """What is wrong with the real one may be over in a moment: it is worth another try."""


class Journal(QObject):
    """Keeps the line of the session that runs, and changes lines on the person's wish."""

    changed = Signal()
    """The history has other lines than before."""
    proof_changed = Signal()
    """More is known of the chimes of the session that runs or ran last."""
    trouble_changed = Signal()
    """``trouble`` is another."""

    def __init__(
        self,
        runner: SessionRunner,
        open_store: Callable[[], OpenedStore],
        parent: QObject | None = None,
        *,
        mat_name: Callable[[], str] = str,
    ) -> None:
        """Write what ``runner`` tells into the store that ``open_store`` opens when it is first needed.

        ``mat_name`` tells at a start how the mat in use is called, empty where that is not known.
        The first picture of the window does not wait for it. Where it is only a stand-in, the trouble that
        is told never clears.
        """
        super().__init__(parent)
        self._runner = runner
        self._open_store = open_store
        self._mat_name = mat_name
        self._opened: HistoryStore | None = None
        self._in_memory = self._passing = False
        self._record: SessionRecord | None = None
        self._unsaved: dict[str, SessionRecord] = {}
        self._standing_trouble: MatSessionError | None = None
        self._trouble: MatSessionError | None = None
        self._rating_before: int | None = None
        self._cue_reports: list[CueReport] = []
        self._marked_s = 0.0
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._on_again_timeout)
        runner.happened.connect(self._on_runner_happened)
        runner.ticked.connect(self._on_runner_ticked)

    # -- the store ---------------------------------------------------------------------------------

    @property
    def store(self) -> HistoryStore:
        """Where the lines are kept; opened now, unless it is. ``trouble`` tells whether it is a stand-in."""
        if self._opened is None:
            self._opened, self._standing_trouble, self._in_memory, self._passing = self._open_store()
            if self._passing:
                self._again.start()
            if self._standing_trouble is not None:
                self._trouble = self._standing_trouble
                self.trouble_changed.emit()
        return self._opened

    @property
    def on_stand_in(self) -> bool:
        """Whether the store is only a stand-in, because the real one cannot be used."""
        _ = self.store
        return self._standing_trouble is not None

    def reopen(self) -> None:
        """Open the store anew, when what was wrong with it is mended; lines kept meanwhile go there."""
        opened = self._open_store()
        left, holds_lines = self._opened, self._in_memory
        if left is not None and holds_lines and opened.standing_trouble is not None:
            opened.store.close()  # no better than before: the stand-in that holds lines stays
            return
        self._opened, self._standing_trouble, self._in_memory, self._passing = opened
        self._trouble = self._standing_trouble
        if left is not None:
            if holds_lines:
                self._move_lines(left, opened.store)
            left.close()
        if self._record is not None and self._runner.active:
            self._unsaved[self._record.id] = self._record  # its line is still open: the list has it not yet
        if self._unsaved:
            self._write(next(iter(self._unsaved.values())))
        self.trouble_changed.emit()
        self.changed.emit()

    def offer_again(self) -> None:
        """Try once more to keep what exists in memory only."""
        if self._passing:
            self.reopen()
        elif self._unsaved:
            self._write(next(iter(self._unsaved.values())))

    @Slot()
    def _on_again_timeout(self) -> None:
        self.offer_again()
        if self._passing or self._unsaved:
            self._again.start()

    def _move_lines(self, left: HistoryStore, store: HistoryStore) -> None:
        for row in left.records():
            try:
                store.save(row)
                store.save_cues(row.id, left.cues(row.id))
            except MatSessionError as error:
                self._unsaved[row.id] = row
                self._fail(error)

    def close(self) -> None:
        """Offer the store what it has not taken yet, and let go of it."""
        self.offer_again()
        self._again.stop()
        if self._opened is not None:
            self._opened.close()

    # -- the session that runs, or ran last ------------------------------------------------------

    @property
    def record(self) -> SessionRecord | None:
        """The line of the session that runs or ran last; None before the first and after a cancelled one."""
        return self._record

    @property
    def trouble(self) -> MatSessionError | None:
        """Why lines cannot be saved at present; None while all is well."""
        return self._trouble

    @property
    def unsaved_count(self) -> int:
        """How many lines exist in memory only."""
        stand_in = self._opened if self._in_memory else None
        try:
            return len(self._unsaved) + (stand_in.count() if stand_in is not None else 0)
        except MatSessionError:
            return len(self._unsaved)

    def cue_reports(self) -> tuple[CueReport, ...]:
        """What became of each chime of the session that runs or ran last, in the order it was told."""
        return tuple(self._cue_reports)

    def cues_of(self, record_id: str) -> Sequence[CueReport]:
        """What became of each chime of a line of the history; empty where nothing is known."""
        try:
            return self.store.cues(record_id)
        except MatSessionError as error:
            self._fail(error)
            return ()

    def note_cue(self, report: CueReport) -> None:
        """Keep what became of a chime with the line of its session."""
        if self._record is None:
            return
        self._cue_reports.append(report)
        self.proof_changed.emit()
        if self._record.id in self._unsaved:
            return  # the line itself comes first; its proof goes along with it
        try:
            self.store.save_cues(self._record.id, self._cue_reports)
        except MatSessionError as error:  # the session counts, not its proof: no trouble is told for it
            log.warning("proof of ring not saved: %s", error)

    def records(self, *, limit: int | None = None, offset: int = 0) -> Sequence[SessionRecord]:
        """Lines of the history, newest first; empty, with ``trouble`` set, where it cannot be read."""
        try:
            return self.store.records(limit=limit, offset=offset)
        except MatSessionError as error:
            self._fail(error)
            return ()

    def records_since(self, day: date) -> Sequence[SessionRecord]:
        """Lines from this day on, newest first; empty as ``records``."""
        try:
            return self.store.records(from_day=day)
        except MatSessionError as error:
            self._fail(error)
            return ()

    def count(self) -> int:
        """How many lines there are; 0 where the history cannot be read."""
        try:
            return self.store.count()
        except MatSessionError as error:
            self._fail(error)
            return 0

    def uses_by_area(self, days: int) -> Mapping[str, int]:
        """How many lines of the last ``days`` days, today included, each area has; empty as ``records``."""
        try:
            return self.store.uses_by_area(from_day=self.today() - timedelta(days=days - 1))
        except MatSessionError as error:
            self._fail(error)
            return {}

    def presets_by_use(self) -> Sequence[str]:
        """Ids of the presets that have lines, the one with the most first; empty as ``records``."""
        try:
            return self.store.presets_by_use()
        except MatSessionError as error:
            self._fail(error)
            return ()

    def now(self) -> datetime:
        """The moment it is here."""
        return self._runner.now().wall

    def today(self) -> date:
        """The day it is here, so that a list can say "Today"."""
        return self._runner.now().wall.date()

    def set_rating_before(self, rating: int | None) -> None:
        """The answer given before Start, for the next session, or for the one that runs."""
        self._rating_before = rating
        if self._record and self._runner.active:
            self._write_current(replace(self._record, rating_before=rating))

    def rate(self, *, after: int | None, note: str, strongest: int | None = None) -> bool:
        """All that was answered afterwards: rating, note, the strongest moment. False: could not be saved."""
        if self._record is None:
            return False
        record = self._with_answer_of_morning(self._record)
        return self._write_current(replace(record, rating_after=after, note=note, strongest=strongest))

    def _with_answer_of_morning(self, record: SessionRecord) -> SessionRecord:
        """The page of ratings may stand open over night, and the answer be given in a terminal meanwhile."""
        if record.morning_rating is not None:
            return record
        try:
            there = self.store.get(record.id)
        except MatSessionError:
            return record  # the writing that follows tells it
        return record if there is None else replace(record, morning_rating=there.morning_rating)

    # -- what a crash left -----------------------------------------------------------------------

    def left_open(self) -> Sequence[SessionRecord]:
        """Lines that a crash left open, oldest first. Those without a second on the clock are dropped.

        Only to be asked while this program holds the session lock: else a session that runs elsewhere
        would look like one that was left.
        """
        try:
            rows = [row for row in self.store.left_open() if not self._is_running(row)]
            for row in rows:
                if row.done_s <= 0:
                    self.store.delete(row.id)
        except MatSessionError as error:
            self._fail(error)
            return ()
        return [row for row in rows if row.done_s > 0]

    def keep(self, row: SessionRecord) -> None:
        """Count what was done of a line that a crash left open."""
        self._write(replace(row, state=RowState.INTERRUPTED, ended_at=row.ended_at or row.updated_at))

    def discard(self, row: SessionRecord) -> None:
        """Remove a line."""
        self._unsaved.pop(row.id, None)
        try:
            self.store.delete(row.id)
        except MatSessionError as error:
            self._fail(error)
            return
        self.changed.emit()

    # -- what others changed -----------------------------------------------------------------------

    @property
    def running_id(self) -> str | None:
        """The id of the line that is being written at present."""
        return self._record.id if self._record is not None and self._runner.active else None

    def note_trouble(self, error: MatSessionError) -> None:
        """The history could not be read elsewhere."""
        self._fail(error)

    def follow_correction(self, record: SessionRecord) -> None:
        """A line was corrected in the store: a rating that is still to come must not undo it."""
        if self._record is not None and self._record.id == record.id:
            self._record = record
        self.changed.emit()

    def follow_deletion(self, record_ids: Sequence[str], now: datetime) -> None:
        """Lines were deleted in the store: a rating that is still to come must not bring one back."""
        if self._record is not None and self._record.id in record_ids:
            self._record = replace(self._record, deleted_at=now)
        for record_id in record_ids:
            self._unsaved.pop(record_id, None)
        self.changed.emit()

    def follow_replacement(self, now: datetime, *, forget: bool = False) -> None:
        """The history is another: a rating that is still to come belongs to no line of it.

        What could not be saved yet goes there, unless all is to be forgotten.
        """
        if forget:
            self._unsaved.clear()
        unsaved = self._record is not None and self._record.id in self._unsaved
        if self._record is not None and not self._runner.active and not unsaved:
            self._record = replace(self._record, deleted_at=now)
        self.changed.emit()

    def follow_import(self) -> None:
        """Lines came in from a file."""
        self.changed.emit()

    def follow_restoring(self, record_ids: Sequence[str]) -> None:
        """Deleted lines are there again."""
        if self._record is not None and self._record.id in record_ids:
            self._record = replace(self._record, deleted_at=None)
        self.changed.emit()

    # -- inside ----------------------------------------------------------------------------------

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted(at=at, plan=plan):
                preset = plan.preset
                self._marked_s = 0.0
                self._cue_reports = []
                self._write_current(
                    SessionRecord(
                        id=str(uuid.uuid4()),
                        preset_id=preset.id,
                        preset_name=preset.name,
                        area=preset.area,
                        started_at=at.wall,
                        planned_s=plan.total_s,
                        rating_scale=preset.rating,
                        rating_before=self._rating_before,
                        morning_scale=preset.rating_next_morning,
                        mat_name="" if preset.area is BodyArea.NONE else self._mat_name(),
                    )
                )
                self._rating_before = None
            case SessionStarted(at=at) if self._record:
                self._write_current(replace(self._record, started_at=at.wall))
            case SessionExtended(plan=plan) | WayBackStarted(plan=plan) if self._record:
                self._write_current(replace(self._record, planned_s=plan.total_s))
            case SessionReopened(plan=plan) if self._record:
                reopened = replace(self._record, state=RowState.OPEN, ended_at=None, planned_s=plan.total_s)
                self._write_current(reopened)
            case StepStarted() | SessionPaused():
                self.mark()
            case SessionEnded() if self._record:
                self._complete(event)
            case _:
                pass

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if not view.over and view.elapsed_s - self._marked_s >= CHECKPOINT_S:
            self.mark()

    def _complete(self, event: SessionEnded) -> None:
        assert self._record is not None
        if event.outcome is Outcome.CANCELLED:
            cancelled, self._record = self._record, None
            self.discard(cancelled)
            return
        state = RowState.FINISHED if event.outcome is Outcome.FINISHED else RowState.STOPPED
        self._write_current(
            replace(
                self._record,
                state=state,
                ended_at=event.at.wall,
                planned_s=event.planned_s,
                done_s=event.done_s,
                on_mat_s=event.on_mat_s,
            )
        )

    @Slot()
    def mark(self) -> None:
        """Note how far the session has come, so that a crash costs no more than what follows."""
        view = self._runner.view()
        if view is None or view.over or self._record is None or view.in_preparation:
            return
        self._marked_s = view.elapsed_s
        record = replace(
            self._record,
            done_s=view.elapsed_s,
            on_mat_s=view.plan.on_mat_s(view.elapsed_s),
            planned_s=view.plan.total_s,
        )
        if self._unsaved:
            self._write_current(record)
            return
        self._record = record
        try:
            self.store.mark(record.id, record.done_s, record.on_mat_s, record.planned_s)
        except MatSessionError as error:
            self._unsaved[record.id] = record
            self._fail(error)

    def _write_current(self, record: SessionRecord) -> bool:
        self._record = record
        return self._write(record)

    def _write(self, record: SessionRecord) -> bool:
        """Keep the line, and save it together with all that could not be saved before."""
        self._unsaved[record.id] = record
        try:
            for row in list(self._unsaved.values()):
                self.store.save(row)
                del self._unsaved[row.id]
                if self._record is not None and row.id == self._record.id and self._cue_reports:
                    self.store.save_cues(row.id, self._cue_reports)
        except MatSessionError as error:
            self._fail(error)
            return False
        if self._trouble is not self._standing_trouble:
            self._trouble = self._standing_trouble
            self.trouble_changed.emit()
        self.changed.emit()
        return True

    def _fail(self, error: MatSessionError) -> None:
        log.warning("history not saved: %s", error)
        if self._unsaved and not self._again.isActive():
            self._again.start()
        if self._trouble is None or str(self._trouble) != str(error):
            self._trouble = error
            self.trouble_changed.emit()

    def _is_running(self, row: SessionRecord) -> bool:
        return self._runner.active and self._record is not None and row.id == self._record.id
