"""From reminders that fall due to notices, and from answers to what they mean."""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app import reminder_words as words
from matsession.app.ports import ChimePlayer, Notice, NoticeAnswer, NoticePlace, Notifier
from matsession.app.reminder_book import ReminderBook
from matsession.app.reminder_scheduler import ReminderScheduler
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.domain.events import PreparationStarted
from matsession.domain.guidance import ChimeName
from matsession.domain.reminder import Occurrence, Reminder
from matsession.domain.reminder_times import WhyNot

STALE_S: Final = 3600
"""A notice that nobody has answered by then is taken away: it does not nag."""

SOFT_CHIME: Final = ChimeName.INTERVAL

_PASSED: Final = "passed"
_TEST: Final = "test"
_NOT_PUT_OFF: Final = "not_put_off"
_ASK_NOTHING: Final = (_PASSED, _TEST, _NOT_PUT_OFF)
"""They tell something."""


class _Open(NamedTuple):
    """A notice that nobody has answered yet."""

    occurrence: Occurrence
    stale_at_s: float
    """In ``Moment.boot_s``."""


class ReminderNotices(QObject):
    """Shows what the scheduler tells, and obeys the buttons. Wishes to start go to the composition root."""

    start_wished = Signal(object)
    """The ``Reminder`` whose session is to start now."""
    open_wished = Signal()
    """The notice itself was clicked."""
    waiting_changed = Signal()
    """``waiting`` may be another."""
    tested = Signal(str)
    """What became of a test, as a sentence."""

    def __init__(
        self,
        book: ReminderBook,
        scheduler: ReminderScheduler,
        runner: SessionRunner,
        chimes: ChimePlayer,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        """Show by ``notifier``."""
        super().__init__(parent)
        self._book = book
        self._scheduler = scheduler
        self._chimes = chimes
        self._notifier = notifier
        self._open: dict[str, _Open] = {}
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.timeout.connect(self._sweep)
        notifier.on_shown(self._on_notifier_shown)
        notifier.on_answered(self._on_notifier_answered)
        notifier.on_refused(self._on_notifier_refused)
        scheduler.looks.connect(self._sweep)
        scheduler.fell_due.connect(self._on_scheduler_fell_due)
        scheduler.passed.connect(self._on_scheduler_passed)
        book.changed.connect(self._on_book_changed)
        book.state_changed.connect(self._on_book_changed)
        runner.happened.connect(self._on_runner_happened)

    @property
    def waiting(self) -> bool:
        """Whether a reminder is shown that nobody has answered."""
        return any(notice_id not in _ASK_NOTHING for notice_id in self._open)

    def test(self, reminder: Reminder | None) -> None:
        """Show how a reminder looks, and tell by ``tested`` whether it and its buttons arrive."""
        wish = reminder.snooze if reminder else None
        session = self._scheduler.session_of(reminder) if reminder else None
        buttons = [(NoticeAnswer.START, tr("Start")), (NoticeAnswer.NOT_TODAY, tr("Not today"))]
        if wish is not None:
            buttons.insert(1, (NoticeAnswer.LATER, words.later(wish)))
        told = tr("A test: its buttons do nothing. {words}").format(words=words.body(session))
        self._notifier.show(Notice(_TEST, words.title(), told, tuple(buttons)))

    @Slot()
    def withdraw_all(self) -> None:
        """They have become needless."""
        self._stale.stop()
        for notice_id in list(self._open):
            del self._open[notice_id]
            self._notifier.withdraw(notice_id)
        self.waiting_changed.emit()

    def close(self) -> None:
        """Take all away."""
        self._open.clear()
        self._stale.stop()
        self._notifier.close()

    # -- inside ------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_scheduler_fell_due(self, occurrence: Occurrence) -> None:
        reminder = occurrence.reminder
        buttons = [(NoticeAnswer.START, tr("Start"))]
        if self._scheduler.can_snooze(occurrence, reminder.snooze):
            buttons.append((NoticeAnswer.LATER, words.later(reminder.snooze)))
        buttons.append((NoticeAnswer.NOT_TODAY, tr("Not today")))
        told = words.body(self._scheduler.session_of(reminder))
        self._withdraw(_PASSED)
        self._show(occurrence, Notice(_id_of(occurrence), words.title(), told, tuple(buttons)))

    @Slot(object, str)
    def _on_scheduler_passed(self, occurrences: tuple[Occurrence, ...], why: str) -> None:
        last = occurrences[-1]
        at = last.at.astimezone(self._scheduler.zone)
        title = words.passed_title(len(occurrences), at, self._scheduler.now().date())
        buttons = ((NoticeAnswer.START, tr("Start")), (NoticeAnswer.LEAVE, tr("Leave it")))
        self._show(last, Notice(_PASSED, title, words.passed_body(why), buttons, gentle=True))

    def _tell_not_put_off(self, occurrence: Occurrence, why_not: WhyNot) -> None:
        """Whoever presses Later waits for it: never in vain."""
        buttons = [(NoticeAnswer.LEAVE, tr("Leave it"))]
        if why_not is WhyNot.QUIET:  # the person may lie down all the same
            buttons.insert(0, (NoticeAnswer.START, tr("Start")))
        told = words.not_put_off(why_not)
        self._show(occurrence, Notice(_NOT_PUT_OFF, words.not_put_off_title(), told, tuple(buttons)))

    def _show(self, occurrence: Occurrence, notice: Notice) -> None:
        self._open[notice.id] = _Open(occurrence, self._scheduler.moment().boot_s + STALE_S)
        self._sweep_later()
        self._notifier.show(notice)
        self.waiting_changed.emit()

    @Slot()
    def _sweep(self) -> None:
        """Take away what has stood there for long. A sleep of the computer counts; the timer misses it."""
        now_s = self._scheduler.moment().boot_s
        for notice_id, each in list(self._open.items()):
            if each.stale_at_s <= now_s:
                self._withdraw(notice_id)
        self._sweep_later()

    def _sweep_later(self) -> None:
        if not self._open:
            self._stale.stop()
            return
        left_s = min(each.stale_at_s for each in self._open.values()) - self._scheduler.moment().boot_s
        self._stale.start(max(1, math.ceil(left_s * 1000)))

    def _withdraw(self, notice_id: str) -> None:
        if self._open.pop(notice_id, None) is not None:
            self._notifier.withdraw(notice_id)
            self.waiting_changed.emit()

    @Slot(str, str, bool)
    def _on_notifier_shown(self, notice_id: str, place: str, may_sound: bool) -> None:
        if notice_id == _TEST:
            self.tested.emit(_shown_words(place, held_back=not may_sound))  # a test is never gentle
            return
        shown = self._open.get(notice_id)
        if (
            shown is not None
            and shown.occurrence.reminder.chime
            and may_sound
            and notice_id not in _ASK_NOTHING
        ):
            self._chimes.play(SOFT_CHIME)

    @Slot(str, bool)
    def _on_notifier_refused(self, notice_id: str, _quiet: bool) -> None:
        self._open.pop(notice_id, None)
        self.waiting_changed.emit()
        if notice_id == _TEST:
            self.tested.emit(tr("It could not be shown."))

    @Slot(str, str)
    def _on_notifier_answered(self, notice_id: str, answer: str) -> None:
        if notice_id == _TEST:
            told = {
                NoticeAnswer.START: tr("You pressed Start: it works."),
                NoticeAnswer.LATER: tr("You put it off: it works."),
                NoticeAnswer.NOT_TODAY: tr("You pressed Not today: it works."),
                NoticeAnswer.OPEN: tr("You clicked the notice: it works."),
            }.get(NoticeAnswer(answer), tr("The notice was closed."))
            self.tested.emit(told)
            return
        answered = self._open.pop(notice_id, None)
        if answered is None:
            return
        occurrence = answered.occurrence
        self.waiting_changed.emit()
        match NoticeAnswer(answer):
            case NoticeAnswer.START:
                self.start_wished.emit(occurrence.reminder)
            case NoticeAnswer.LATER:
                why_not = self._scheduler.snooze(occurrence, occurrence.reminder.snooze)
                if isinstance(why_not, WhyNot):
                    self._tell_not_put_off(occurrence, why_not)
            case NoticeAnswer.NOT_TODAY:
                self._scheduler.not_on_the_day_of(occurrence)
            case NoticeAnswer.OPEN:
                self.open_wished.emit()
            case _:
                pass

    @Slot()
    def _on_book_changed(self) -> None:
        """What was taken away, switched off, put off elsewhere or called off is not asked any more."""
        for notice_id, (occurrence, _) in list(self._open.items()):
            reminder = self._book.find(occurrence.reminder.id)
            known = self._book.state.progress.get(occurrence.reminder.id)
            put_off = known is not None and known.snooze is not None and known.snooze.day == occurrence.day
            if reminder is None or not reminder.on or put_off or self._scheduler.quiet_today:
                self._withdraw(notice_id)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, PreparationStarted):
            self.withdraw_all()


def _shown_words(place: str, *, held_back: bool) -> str:
    """What became of a test that somebody took; ``held_back``: by do not disturb."""
    if place == NoticePlace.OWN_WINDOW:
        if held_back:
            return tr("Your desktop is set not to disturb now: a small window waits minimised and silent.")
        return tr("Your desktop shows no notices with buttons; a small window does it instead.")
    if held_back:
        return tr("Your desktop is set not to disturb now: it has the notice, and may show it only later.")
    return tr("Shown by your desktop. Press one of its buttons to try them.")


def _id_of(occurrence: Occurrence) -> str:
    return f"reminder-{occurrence.reminder.id}"
