"""Waits for the next reminder: one alarm, no ticking. Looks again whenever it may have become another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.journal import Journal
from matsession.app.ports import Alarm, Clock
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.reminder_book import ReminderBook
from matsession.app.reminder_sessions import (
    SESSIONS_BACK,
    Following,
    RemindedSession,
    rules_for,
    session_of,
    spans_of,
)
from matsession.app.session_runner import SessionRunner
from matsession.domain.days import day_of
from matsession.domain.events import PreparationStarted, SessionEnded, SessionPaused, SessionResumed
from matsession.domain.moment import Moment
from matsession.domain.reminder import Occurrence, Reminder, SessionSpan, SnoozeWish, snoozed_until
from matsession.domain.reminder_times import (
    ReminderState,
    Rules,
    WhyNot,
    again_at,
    called_off,
    held_back,
    look,
    next_due,
    next_unanswered,
    own_day,
    programme_silences,
    put_off,
    set_on,
)

_SLEPT_S: Final = 3.0
_PAUSE_S: Final = 3600.0
"""Who has paused a session for longer has got up, and is reminded again."""


class WhyPassed(StrEnum):
    """Why nobody was told in time."""

    ASLEEP = "asleep"
    """The computer slept."""
    NOT_RUNNING = "not_running"
    """The program was not there."""
    CLOCK = "clock"
    """The clock was set."""
    SESSION = "session"
    """A session ran in another window."""


class ReminderScheduler(QObject):
    """Tells when a reminder falls due, and what passed; answers when the next one comes."""

    looks = Signal()
    """It looks now, before it tells anything: the computer may have slept."""
    fell_due = Signal(object)
    """An ``Occurrence``: to be shown now."""
    passed = Signal(object, str)
    """A tuple of ``Occurrence`` that nobody was told of, oldest first, and ``WhyPassed``."""
    next_changed = Signal()
    """What comes next is another."""

    def __init__(
        self,
        book: ReminderBook,
        runner: SessionRunner,
        journal: Journal,
        presets: PresetLibrary,
        preferences: Preferences,
        clock: Clock,
        alarm: Alarm,
        zone: tzinfo,
        no_session_elsewhere: Callable[[], bool] = lambda: True,
        following: Callable[[], Following | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        """Join those whose word counts; ``following`` tells of the programme. It waits for ``begin``."""
        super().__init__(parent)
        self._book = book
        self._runner = runner
        self._journal = journal
        self._presets = presets
        self._preferences = preferences
        self._clock = clock
        self._alarm = alarm
        self._zone = zone
        self._no_session_elsewhere = no_session_elsewhere
        self._following = following
        self._begun = False
        self._looked_at: Moment | None = None
        self._looked_here: tuple[datetime, timedelta] | None = None
        """The moment of the last look (UTC), and by how much the clock on the wall was ahead of it."""
        self._next: Occurrence | None = None
        self._why_waits: WhyPassed | None = None
        """Why nobody was told in time of what is still to be told."""
        self._rules = Rules()
        self._paused: Moment | None = None
        """Since when the session that is under way stands still."""

    def begin(self) -> None:
        """Look for the first time, and from now on."""
        if self._begun:
            return
        self._begun = True
        self._rules = self._rules_now()
        self._alarm.on_rung(self.look)
        self._book.changed.connect(self._on_book_changed)
        self._book.state_changed.connect(self.look)
        self._presets.changed.connect(self._on_rules_changed)
        self._preferences.changed.connect(self._on_rules_changed)
        self._runner.happened.connect(self._on_runner_happened)
        self.look()

    # -- what comes --------------------------------------------------------------------------------------

    @property
    def zone(self) -> tzinfo:
        """Where the computer is."""
        return self._zone

    @property
    def next(self) -> Occurrence | None:
        """What comes next, as of the last look."""
        return self._next

    def coming(self) -> Occurrence | None:
        """What comes next, as of now, and is not answered by a session that was done."""
        return self._coming("")

    def now(self) -> datetime:
        """The time on the wall."""
        return self.moment().wall.astimezone(self._zone)

    def moment(self) -> Moment:
        """A reading of all clocks."""
        return self._clock.now()

    def next_of(self, reminder: Reminder) -> Occurrence | None:
        """When this one of the book comes next, if it is on, as ``coming``."""
        return self._coming(reminder.id)

    def programme_silences(self, reminder: Reminder | None = None) -> bool:
        """Where nothing is next, or not this one: whether it is for the programme; else for quiet hours."""
        reminders, state, of = self._book.reminders, self._book.state, reminder.id if reminder else ""
        return programme_silences(reminders, self.now(), self._zone, state, self._rules_now(), of=of)

    def session_of(self, reminder: Reminder) -> RemindedSession | None:
        """What its Start starts."""
        return session_of(reminder, self._presets.find, self._preferences.settings, self._following())

    @property
    def quiet_today(self) -> bool:
        """Whether nothing more comes until the day turns."""
        return self._book.state.quiet_day == self._today()

    # -- what a person says ------------------------------------------------------------------------------

    def can_snooze(self, occurrence: Occurrence, wish: SnoozeWish) -> bool:
        """Whether there will be room for it then."""
        until = snoozed_until(wish, self.now(), self._zone)
        later = occurrence._replace(at=until.astimezone(UTC))
        return not held_back(later, self._zone, self._rules_now())

    def snooze(self, occurrence: Occurrence, wish: SnoozeWish) -> datetime | WhyNot:
        """Let it come again later; when that is, on the wall, or why it cannot be.

        It is judged when it is wished: a notice may have stood there for an hour.
        """
        now, state, sessions = self.now(), self._book.state, self._sessions(self.now())
        found = again_at(occurrence, wish, now, self._zone, state, self._rules_now(), sessions)
        if isinstance(found, WhyNot):
            return found
        self._book.set_state(put_off(state, occurrence, found))
        return found.astimezone(self._zone)

    @Slot()
    def not_today(self) -> None:
        """Nothing more until the day turns."""
        self.look()  # a day that was called off before passed in silence, and stays passed
        self._book.set_state(called_off(self._book.state, self._today()))

    def not_on_the_day_of(self, occurrence: Occurrence) -> None:
        """Nothing more on the day that this one was for; once that is over, the new day stays as it is."""
        if own_day(occurrence, self._rules_now()) == self._today():
            self.not_today()

    @Slot()
    def remind_again(self) -> None:
        """Today after all; what has passed meanwhile stays passed."""
        self.look()
        self._book.set_state(self._book.state._replace(quiet_day=None))

    # -- inside ------------------------------------------------------------------------------------------

    def _coming(self, of: str) -> Occurrence | None:
        reminders, state, now = self._book.reminders, self._book.state, self.now()
        rules = self._rules_now()
        return next_unanswered(reminders, now, self._zone, state, rules, lambda: self._sessions(now), of=of)

    @Slot()
    def look(self) -> None:
        """See what is due, tell it, and wait for the next."""
        if not self._begun:
            return
        self.looks.emit()
        moment = self._clock.now()
        if self._runner.active and not self._paused_long(moment):
            return  # it is looked again when the session ends, or has been paused for long
        why, self._looked_at = self._why_passed(moment), moment
        now = moment.wall.astimezone(self._zone)
        reminders, state = self._book.reminders, set_on(self._book.state, self._journey(now))
        found, busy = look(reminders, now, self._zone, state, self._rules), False
        if found.due or found.missed:
            # Only now the history is asked, which may have to be opened for it.
            busy = not self._no_session_elsewhere()
            sessions = self._sessions(now)
            found = look(reminders, now, self._zone, state, self._rules, sessions, busy=busy)
        if found.state != state:
            if found.due or found.missed or _put_off(found.state) != _put_off(state):
                self._book.set_state(found.state, told=False)
            else:
                self._book.note(found.state)
        self._wait(now, found.again_at)
        why = self._why_waits or why
        waits_for_session = busy and why is WhyPassed.CLOCK
        self._why_waits = None
        if found.again_at is not None:
            self._why_waits = WhyPassed.SESSION if waits_for_session else why
        found = found._replace(due=self._unanswered(found.due), missed=self._unanswered(found.missed))
        for occurrence in found.due:
            self.fell_due.emit(occurrence)
        if found.missed:
            self.passed.emit(found.missed, str(why))

    def _journey(self, now: datetime) -> timedelta:
        """By how much a journey has set the clock on the wall on since the last look; summer time is none."""
        before, self._looked_here = self._looked_here, (now.astimezone(UTC), _offset(now))
        if before is None:
            return timedelta()
        seen, offset = before
        return max(timedelta(), _offset(seen.astimezone(self._zone)) - offset)

    def _paused_long(self, moment: Moment) -> bool:
        """Whether the session has been left alone; where it is paused, and not for long, look again then."""
        if self._paused is None:
            return False
        left_s = _PAUSE_S - (moment.boot_s - self._paused.boot_s)
        if left_s > 0:
            self._alarm.set(moment.wall + timedelta(seconds=left_s))
        return left_s <= 0

    def _unanswered(self, found: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
        """Without those at whose time somebody lay on the mat, in a session that is paused by now."""
        if self._paused is None:
            return found
        silent_until = self._paused.wall + timedelta(seconds=_PAUSE_S)
        return tuple(each for each in found if each.at > silent_until)

    def _wait(self, now: datetime, again_at: datetime | None) -> None:
        coming = next_due(self._book.reminders, now, self._zone, self._book.state, self._rules)
        at = coming.at if coming else None
        if again_at is not None:  # what is due already, and waits, is no reason to look at once
            at = again_at if at is None or at <= now else min(at, again_at)
        self._alarm.set(at)
        if coming != self._next:
            self._next = coming
            self.next_changed.emit()

    def _why_passed(self, moment: Moment) -> WhyPassed:
        if self._looked_at is None:
            return WhyPassed.NOT_RUNNING
        slept = moment.slept_s_since(self._looked_at) > _SLEPT_S
        return WhyPassed.ASLEEP if slept else WhyPassed.CLOCK

    def _sessions(self, now: datetime) -> list[SessionSpan]:
        return spans_of(self._journal.records_since(now.date() - SESSIONS_BACK))

    def _rules_now(self) -> Rules:
        reminders = self._book.reminders
        # Whoever names a preset does not follow the programme, which has the history opened to be known.
        follows = any(not each.preset_id for each in reminders)
        following = self._following() if follows else None
        return rules_for(
            reminders, self._book.quiet, self._presets.find, self._preferences.settings, following
        )

    @Slot()
    def on_programme_changed(self) -> None:
        """What is next in the programme is another."""
        if self._begun:
            self._on_rules_changed()
        self.next_changed.emit()  # what it is for may be another, though it comes when it did

    def _today(self) -> date:
        return day_of(self.now(), self._preferences.settings.day_turn_min)

    @Slot()
    def _on_rules_changed(self) -> None:
        before, rules = self._rules, self._rules_now()
        # Settings change often, and seldom what is a rule. Two programmes cannot be told from each other.
        unlike = rules._replace(rests_on=before.rests_on, off_on=before.off_on) != before
        self._take_rules(rules, keep=bool(rules.follows) or unlike)

    @Slot()
    def _on_book_changed(self) -> None:
        self._take_rules(self._rules_now(), keep=True)

    def _take_rules(self, rules: Rules, *, keep: bool) -> None:
        # What passed until now passed under the rules of before; after a restart too.
        self.look()
        if keep:
            self._book.keep_state()
        self._rules = rules
        self.look()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted() | SessionResumed():
                self._paused = None
                self._alarm.set(None)
            case SessionPaused(at=at, slept_s=slept_s):
                # A sleep is noticed when it is over.
                asleep = timedelta(seconds=slept_s)
                self._paused = replace(at, boot_s=at.boot_s - slept_s, wall=at.wall - asleep)
                self.look()
            case SessionEnded():
                self._paused = None
                self.look()
                self.next_changed.emit()  # it may have answered what came next
            case _:
                pass


def _put_off(state: ReminderState) -> object:
    return {key: each.snooze for key, each in state.progress.items()}


def _offset(when: datetime) -> timedelta:
    return when.utcoffset() or timedelta()
