"""The programme as it is lived: joined to the sessions that run, to the history, and to its own small file.

A session counts as the programme's when it is the one that is suggested at its start: the same preset, the
same length. So it does not matter from where it is started. Whatever else is done neither counts nor harms.
"""

import logging
from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.reminder_sessions import Following, RemindedSession
from matsession.app.session_runner import SessionRunner
from matsession.domain import programme_course as course_of
from matsession.domain.days import day_of
from matsession.domain.errors import MatSessionError
from matsession.domain.events import Outcome, PreparationStarted, SessionEnded
from matsession.domain.preset import Preset
from matsession.domain.programme import Kind, Programme, Suggestion, Trouble
from matsession.domain.programme_course import Answer, Course, Outlook, Status
from matsession.domain.record import SessionRecord

log = logging.getLogger(__name__)


class CourseRead(Protocol):
    """What the file holds."""

    @property
    def course(self) -> Course:
        """What is known."""
        ...

    @property
    def problem(self) -> str:
        """A sentence where the file could not be understood."""
        ...


class CourseKeeper(Protocol):
    """Where the course is kept."""

    def read(self) -> CourseRead:
        """What is known. Never raises."""
        ...

    def save(self, course: Course) -> None:
        """Raises MatSessionError; what was kept stays then."""
        ...


class ProgrammeBook(QObject):
    """Tells what the programme suggests today, and keeps what is said to it."""

    changed = Signal()
    """What is suggested, or what is to be said about it, may be another."""
    failed = Signal(object)
    """A MatSessionError: what was said could not be kept."""

    def __init__(
        self,
        load: Callable[[], Programme],
        keeper: CourseKeeper,
        runner: SessionRunner,
        journal: Journal,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Follow the sessions of ``runner``, which ``journal`` must have heard of first.

        Neither the programme nor the history is read before something is asked.
        """
        super().__init__(parent)
        self._load = load
        self._keeper = keeper
        self._runner = runner
        self._journal = journal
        self._presets = presets
        self._preferences = preferences
        self._programme: Programme | None = None
        self._course: Course | None = None
        self._problem = ""
        self._outlook: Outlook | None = None
        self._shown_as: Status | None = None
        """The status that the setting ``programme_shown`` goes with; None: not known yet."""
        self._unheard = False
        """The file was found to be another, and nobody has been told."""
        self._put_off: tuple[str, date] | None = None
        """The session about whose marks nobody wants to be asked on this day; it is kept nowhere."""
        self._begun_id = ""
        """The session that was kept when it began, as long as it may be called off."""
        runner.happened.connect(self._on_runner_happened)
        journal.changed.connect(self._on_facts_changed)
        presets.changed.connect(self._on_facts_changed)
        preferences.changed.connect(self._on_preferences_changed)

    # -- what there is ---------------------------------------------------------------------------------------

    @property
    def programme(self) -> Programme:
        """The days. Raises MatSessionError where the file that came with the program is damaged."""
        if self._programme is None:
            self._programme = self._load()
        return self._programme

    @property
    def course(self) -> Course:
        """What is kept."""
        if self._course is None:
            found = self._keeper.read()
            self._course, self._problem = found.course, found.problem
            self._shown_as = found.course.status
        return self._course

    @property
    def problem(self) -> str:
        """Why nothing is known of it, if its file could not be understood; else empty."""
        _ = self.course
        return self._problem

    @property
    def status(self) -> Status:
        """Whether it is followed."""
        return self.course.status

    @property
    def known(self) -> bool:
        """Whether the days can be read, and the history that tells how the sessions went."""
        try:
            _ = self.programme
        except MatSessionError as error:
            log.warning("the programme cannot be read: %s", error)
            return False
        return not self._journal.on_stand_in

    def today(self) -> date:
        """The day it is here, as the person's days turn."""
        return day_of(self._journal.now(), self._preferences.settings.day_turn_min)

    def outlook(self) -> Outlook:
        """How it stands. Opens the history."""
        if self._outlook is None:
            self._outlook = course_of.look_out(
                self.programme,
                self.course,
                self._record,
                self._is_for,
                self._preferences.settings.day_turn_min,
            )
        return self._outlook

    def suggestion(self) -> Suggestion | None:
        """What today is for; None where it is not followed, or not known."""
        if self.status is not Status.ACTIVE or not self.known:
            return None
        return self.outlook().on(self.today())

    @property
    def asks(self) -> bool:
        """Whether it is to be asked now if marks from last time are still there."""
        if not self.known or not self.outlook().asks_on(self.today()):
            return False
        last = self.outlook().last
        return last is None or self._put_off != (last.session_id, self.today())

    def is_of_programme(self, record_id: str) -> bool:
        """Whether this session was started as the programme's."""
        entries = self.course.entries
        return any(isinstance(each, course_of.Begun) and each.session_id == record_id for each in entries)

    def is_suggested(self, preset_id: str, length_s: float, *, open_ended: bool = False) -> bool:
        """Whether a session like this would be the programme's."""
        found = self.suggestion()
        return found is not None and found.is_for(preset_id, length_s, open_ended=open_ended)

    def preset(self) -> Preset | None:
        """The preset of today's session; None where there is none today."""
        found = self.suggestion()
        if found is None or found.kind is not Kind.SESSION:
            return None
        return self._presets.find(found.preset_id)

    def preset_name(self, preset_id: str) -> str:
        """How this preset is called; its id where it is gone."""
        preset = self._presets.find(preset_id)
        return preset.name if preset is not None else preset_id

    def following(self) -> Following | None:
        """What a reminder says that is for whatever is next; None where the programme is not followed."""
        self._read_again()  # the command line may have said something meanwhile
        if self.status is not Status.ACTIVE or not self.known:
            return None
        found, preset = self.suggestion(), self.preset()
        session = None
        if found is not None and preset is not None:
            session = RemindedSession(preset, found.length_s, programme_day=found.day.day)
        return Following(session, self.outlook().rests_on, self.outlook().off_on)

    # -- what is said ----------------------------------------------------------------------------------------

    def start(self) -> bool:
        """From the first day on; also again. False where it could not be kept, as with all that follow.

        Nor where it waits for broken skin: the first day would not know of that.
        """
        self._read_again()
        if self.course.entries and self.known and self.outlook().standing.waiting:
            self._tell_if_unheard()
            return False
        return self._keep(course_of.begun_anew(self.today()))

    def pause(self) -> bool:
        """Suggest nothing for now."""
        return self._change(lambda course: course_of.with_status(course, Status.PAUSED))

    def go_on(self) -> bool:
        """Where it was paused or left."""
        return self._change(lambda course: course_of.with_status(course, Status.ACTIVE))

    def leave(self) -> bool:
        """Suggest nothing more."""
        return self._change(lambda course: course_of.with_status(course, Status.LEFT))

    def move_to(self, day: int) -> bool:
        """This day is next; one more than the last: none is."""
        day = self.programme.next_at_most(day)
        return self._change(lambda course: course_of.moved(course, day, self.today()))

    def tell_marks(self, answer: Answer) -> bool:
        """Whether marks of last time are still there."""
        return self._tell(marks=answer)

    def put_marks_off(self) -> bool:
        """Not to be asked about them now: it ``asks`` again the next day, or when the program starts anew."""
        self._read_again()
        last = self.outlook().last
        if last is None:
            self._tell_if_unheard()
            return False
        self._put_off = (last.session_id, self.today())
        self._heed_file()
        self.changed.emit()
        return True

    def ask_again(self) -> None:
        """Take that back."""
        self._put_off = None
        self.changed.emit()

    def tell_trouble(self, trouble: Trouble) -> bool:
        """Something was wrong because of the mat."""
        return self._tell(trouble=trouble)

    def tell_healed(self) -> bool:
        """The skin has healed."""
        return self._tell(healed_on=self.today())

    def take_back(self, before: Course, after: Course) -> bool:
        """Be as it was before, unless something else has happened since."""
        self._read_again()
        if self.course != after:
            self._tell_if_unheard()
            return False
        return self._keep(before)

    @Slot()
    def reload(self) -> None:
        """Another program may have changed the file, or the day may have turned."""
        self._read_again()
        self._outlook = None
        self._heed_file()
        self.changed.emit()

    @Slot()
    def follow_file(self) -> None:
        """Another program may have written it; nothing is told where it says what it said."""
        if self._course is not None:  # else nobody has asked yet
            self._read_again()
            self._tell_if_unheard()

    # -- inside ----------------------------------------------------------------------------------------------

    def _tell(
        self, *, marks: Answer | None = None, trouble: Trouble | None = None, healed_on: date | None = None
    ) -> bool:
        self._read_again()
        last = self.outlook().last
        if last is None:
            self._tell_if_unheard()
            return False
        told = course_of.answered(self.course, last, marks=marks, trouble=trouble, healed_on=healed_on)
        return self._keep(told)

    def _read_again(self) -> None:
        """Know what the file says now: the command line writes it too, and must not be written over."""
        if self._course is None:
            _ = self.course
            return
        found = self._keeper.read()
        if (found.course, found.problem) != (self._course, self._problem):
            self._course, self._problem = found.course, found.problem
            self._outlook = None
            self._unheard = True

    def _change(self, change: Callable[[Course], Course]) -> bool:
        """Change what the file says now; nothing can be changed of what it no longer tells."""
        self._read_again()
        if self.status is Status.NEW:
            self._tell_if_unheard()
            return False
        return self._keep(change(self.course))

    def _tell_if_unheard(self) -> None:
        if self._heed_file():
            self.changed.emit()

    def _heed_file(self) -> bool:
        """Whether the file was another; who started or left it elsewhere did so for the session page too."""
        if not self._unheard:
            return False
        self._unheard = False
        status, before = self.status, self._shown_as
        self._shown_as = status
        if status is not before and status in (Status.ACTIVE, Status.LEFT):
            self._preferences.change(programme_shown=status is Status.ACTIVE)
        return True

    def _keep(self, course: Course) -> bool:
        try:
            self._keeper.save(course)
        except MatSessionError as error:
            log.warning("the programme is not kept: %s", error)
            self.failed.emit(error)
            self._tell_if_unheard()
            return False
        self._heed_file()
        self._course, self._problem, self._outlook = course, "", None
        self._shown_as = course.status
        self.changed.emit()
        return True

    def _record(self, record_id: str) -> SessionRecord | None:
        record = self._journal.record
        if record is not None and record.id == record_id:
            return record  # it may not be saved yet
        try:
            return self._journal.store.get(record_id)
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return None

    def _is_for(self, preset_id: str, length_s: int) -> bool:
        """Whether it is offered elsewhere too: it suits the person, and they have not hidden it."""
        preset = self._presets.find(preset_id)
        return preset is not None and preset.allows(length_s) and preset in self._presets.offered

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted(plan=plan):
                self._note_start(plan.preset.id, plan.total_s, open_ended=plan.waits_for_person)
            case SessionEnded(outcome=outcome):
                # Only what was kept when it began: a history that cannot be read would tell of no session.
                called_off, self._begun_id = self._begun_id, ""
                if called_off and outcome is Outcome.CANCELLED:
                    self._change(lambda course: course_of.without_session(course, called_off))
            case _:
                pass

    def _note_start(self, preset_id: str, total_s: float, *, open_ended: bool) -> None:
        """A session begins; its line is in the journal already, and open, so that it has not happened yet."""
        self._begun_id = ""
        record = self._journal.record
        if record is None:
            return
        self._read_again()
        found = self.suggestion()
        if found is None or not found.is_for(preset_id, total_s, open_ended=open_ended):
            self._tell_if_unheard()
        elif self._keep(course_of.with_session(self.course, record.id, found)):
            self._begun_id = record.id

    @Slot()
    def _on_facts_changed(self) -> None:
        self._outlook = None
        if self._course is not None and self._course.status is Status.ACTIVE:
            self.changed.emit()

    @Slot()
    def _on_preferences_changed(self) -> None:
        self._outlook = None  # the day may turn at another hour
