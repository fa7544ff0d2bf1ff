"""The programme joined to sessions, history and reminders."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from matsession.app.journal import Journal, OpenedStore
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.programme_book import ProgrammeBook
from matsession.app.reminder_sessions import rules_for, session_of
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain import programme_course as course_of
from matsession.domain.body import Layer, Surface
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Caution, CautionLevel, Guidance
from matsession.domain.preset import Preset
from matsession.domain.programme import Kind, Programme, ProgrammeDay, Trouble, Why
from matsession.domain.programme_course import Answer, Begun, Course, Status
from matsession.domain.reminder import Reminder
from matsession.domain.reminder_times import ReminderState, held_back, next_due
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.storage.programme_course import CourseFile
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeStore, make_preset

pytestmark = pytest.mark.usefixtures("qapp")

BACK: Final = make_preset(id="back", name="Back")
FEET: Final = make_preset(id="feet", name="Feet", avoid_if=("numb",))
GUIDANCE: Final = Guidance(cautions=(Caution("numb", CautionLevel.DO_NOT_USE, "Numb feet", "Not on them."),))
PROGRAMME: Final = Programme(
    id="four",
    name="Four days",
    rules=(),
    days=(
        ProgrammeDay(1, 1, "back", Layer.TOWEL, Surface.SOFT),
        ProgrammeDay(2, 2, "feet", Layer.SOCKS, Surface.SOFT),
        ProgrammeDay(3, 0, "", Layer.NONE, Surface.MEDIUM, rest=True),
        ProgrammeDay(4, 3, "back", Layer.TSHIRT, Surface.MEDIUM),
    ),
)


class House:
    """Everything connected as in the program."""

    def __init__(self, folder: Path) -> None:
        """On a file of its own."""
        self.file = CourseFile(folder / "programme.toml")
        self.clock, self.store = FakeClock(), FakeStore()
        self.runner = SessionRunner(self.clock)
        self.trouble: MatSessionError | None = None
        self.journal = Journal(self.runner, self.open_store)
        self.shelved: tuple[Preset, ...] = (BACK, FEET)
        self.presets = PresetLibrary(lambda: LoadedPresets(self.shelved), GUIDANCE)
        self.preferences = Preferences(Settings(last_preset="feet"), list[Settings]().append)
        self.presets.heed(self.preferences)
        self.book = self.make_book()
        self.launcher = SessionLauncher(
            self.runner, self.journal, FakeChimes(), FakeLock(), Guidance(), self.preferences
        )

    def open_store(self) -> OpenedStore:
        """The history, or a stand-in."""
        return OpenedStore(self.store, self.trouble)

    def make_book(self) -> ProgrammeBook:
        """On what there is."""
        return ProgrammeBook(
            lambda: PROGRAMME, self.file, self.runner, self.journal, self.presets, self.preferences
        )

    def run(self, preset: Preset, length_s: int, *, for_s: float | None = None) -> None:
        """Start a session and let it end, or end it early."""
        self.launcher.start(preset, length_s, 0)
        while self.runner.active:
            self.clock.advance(5)
            self.runner.tick()
            view = self.runner.view()
            if for_s is not None and view is not None and view.elapsed_s >= for_s:
                self.runner.end()

    def days_pass(self, days: int) -> None:
        """Until the same hour."""
        self.clock.advance(timedelta(days=days).total_seconds())
        self.book.reload()

    def kept(self) -> Course:
        """What is in the file."""
        return self.file.read().course

    def last(self) -> Begun:
        """The last session in the file."""
        last = self.kept().last
        assert last is not None
        return last

    def say_elsewhere(
        self, *, marks: Answer | None = None, trouble: Trouble | None = None, healed_on: date | None = None
    ) -> None:
        """As the command line does."""
        told = course_of.answered(self.kept(), self.last(), marks=marks, trouble=trouble, healed_on=healed_on)
        CourseFile(self.file.path).save(told)

    def status(self) -> Status:
        """Whether it is followed, now."""
        return self.book.status

    def asks(self) -> bool:
        """Whether it asks, now."""
        return self.book.asks

    def now(self) -> tuple[Kind, int, Why] | None:
        """What is suggested."""
        found = self.book.suggestion()
        return None if found is None else (found.kind, found.day.day, found.why)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house in which nothing has been done."""
    return House(tmp_path)


def test_nothing_is_suggested_before_it_is_started(house: House) -> None:
    """And the history is not opened for it."""
    assert house.status() is Status.NEW
    assert house.now() is None
    assert house.book.following() is None
    assert house.store.calls == []


def test_a_session_like_the_one_suggested_counts(house: House) -> None:
    """Wherever it is started from; none of another length or preset does."""
    house.book.start()
    house.run(BACK, 120)
    house.run(FEET, 60)
    assert house.now() == (Kind.SESSION, 1, Why.FIRST)
    house.run(BACK, 60)
    record = house.journal.record
    assert record is not None
    assert house.book.is_of_programme(record.id)
    assert house.now() == (Kind.DONE, 2, Why.NEXT)
    house.run(BACK, 60)
    assert house.now() == (Kind.DONE, 2, Why.NEXT)
    house.days_pass(1)
    assert house.now() == (Kind.SESSION, 2, Why.NEXT)


def test_what_the_person_hid_is_not_suggested(house: House) -> None:
    """The nearest session of the programme takes its place, and it comes back when it is shown again."""
    house.shelved = (replace(BACK, built_in=True), replace(FEET, built_in=True))
    house.presets.reload()
    house.book.start()
    house.preferences.change(hidden_presets={"back": True})
    found = house.book.suggestion()
    assert found is not None
    assert (found.kind, found.preset_id, found.instead) == (Kind.SESSION, "feet", True)
    house.preferences.change(hidden_presets={})
    found = house.book.suggestion()
    assert found is not None
    assert (found.preset_id, found.instead) == ("back", False)


def test_another_start_of_the_program_knows_it(house: House) -> None:
    """The file is read, the history asked."""
    house.book.start()
    house.run(BACK, 60)
    house.clock.advance(86_400)
    house.book = house.make_book()
    assert house.now() == (Kind.SESSION, 2, Why.NEXT)


def test_one_that_is_called_off_while_settling_in_has_not_been(house: House) -> None:
    """It leaves no trace."""
    house.book.start()
    house.launcher.start(BACK, 60, 30)
    house.runner.stop()
    assert house.book.course.entries == ()
    assert house.now() == (Kind.SESSION, 1, Why.FIRST)


def test_one_that_was_left_early_has_a_second_try(house: House) -> None:
    """On the same day; the second one counts."""
    house.book.start()
    house.run(BACK, 60, for_s=10)
    assert house.now() == (Kind.SESSION, 1, Why.STOPPED)
    house.run(BACK, 60)
    assert house.now() == (Kind.DONE, 2, Why.NEXT)


def test_the_strongest_moment_decides(house: House) -> None:
    """Told afterwards, or corrected."""
    house.book.start()
    house.run(BACK, 60)
    house.journal.rate(after=3, note="", strongest=7)
    assert house.now() == (Kind.DONE, 1, Why.STRONG)
    house.journal.rate(after=3, note="", strongest=6)
    assert house.now() == (Kind.DONE, 2, Why.NEXT)


def test_a_session_that_is_deleted_has_not_been(house: House) -> None:
    """The day is open again."""
    house.book.start()
    house.run(BACK, 60)
    record = house.journal.record
    assert record is not None
    house.journal.follow_deletion([record.id], house.clock.now().wall)
    house.store.rows.clear()
    assert house.now() == (Kind.SESSION, 1, Why.FIRST)


def test_what_is_told_the_next_day(house: House) -> None:
    """Marks repeat, trouble leads back; both can be taken back while nothing else has happened."""
    house.book.start()
    house.run(BACK, 60)
    assert not house.asks()
    house.days_pass(1)
    assert house.asks()
    before = house.book.course
    assert house.book.tell_marks(Answer.YES)
    assert house.now() == (Kind.SESSION, 1, Why.MARKS)
    assert house.book.take_back(before, house.book.course)
    assert house.asks()
    house.book.tell_trouble(Trouble.BROKEN_SKIN)
    assert house.now() == (Kind.WAIT, 1, Why.BROKEN_SKIN)
    house.run(BACK, 60)
    assert house.now() == (Kind.WAIT, 1, Why.BROKEN_SKIN)
    after = house.book.course
    house.days_pass(3)
    house.book.tell_healed()
    assert house.now() == (Kind.SESSION, 1, Why.BROKEN_SKIN)
    assert not house.book.take_back(before, after)


def test_what_does_not_fit_is_replaced(house: House) -> None:
    """By the nearest session that does; the one in its place counts."""
    house.book.start()
    house.run(BACK, 60)
    house.days_pass(1)
    assert house.book.preset() is FEET
    house.preferences.change(true_for_me={"numb": True})
    found = house.book.suggestion()
    assert found is not None
    assert (found.preset_id, found.length_s, found.instead) == ("back", 120, True)
    house.run(BACK, 120)
    assert house.now() == (Kind.DONE, 3, Why.NEXT)


def test_paused_and_left(house: House) -> None:
    """Nothing counts and nothing is lost meanwhile."""
    house.book.start()
    house.run(BACK, 60)
    house.days_pass(1)
    for leave in (house.book.pause, house.book.leave):
        assert leave()
        assert house.now() is None
        house.run(FEET, 120)
        assert house.book.go_on()
        assert house.now() == (Kind.SESSION, 2, Why.NEXT)
    house.book.start()
    assert house.now() == (Kind.SESSION, 1, Why.FIRST)


def test_without_the_history_nothing_is_suggested(house: House) -> None:
    """It would begin anew else; and what is kept stays."""
    house.book.start()
    house.run(BACK, 60)
    course = house.book.course
    house.trouble = MatSessionError("The history is damaged.")
    house.journal.reopen()
    assert not house.book.known
    assert house.now() is None
    house.run(BACK, 60)
    assert house.book.course == course


@pytest.mark.expects_log("the programme is not kept")
def test_what_cannot_be_kept_is_told(house: House) -> None:
    """And is as it was."""
    told: list[object] = []
    house.book.failed.connect(told.append)
    house.file.path.parent.mkdir(exist_ok=True)
    house.file.path.mkdir()
    assert not house.book.start()
    assert house.status() is Status.NEW
    assert [type(each).__name__ for each in told] == ["StorageError"]


def test_another_program_may_say_something(house: House) -> None:
    """It is heard of when somebody looks."""
    house.book.start()
    house.file.save(Course(status=Status.LEFT))
    assert house.status() is Status.ACTIVE
    house.book.reload()
    assert house.status() is Status.LEFT


def test_what_another_program_said_is_not_written_over(house: House) -> None:
    """Every change is one of the file as it is; a session of yesterday's suggestion does not count today."""
    house.book.start()
    house.run(BACK, 60)
    house.days_pass(1)
    assert house.now() == (Kind.SESSION, 2, Why.NEXT)
    house.say_elsewhere(trouble=Trouble.BROKEN_SKIN)
    house.run(FEET, 120)
    assert house.now() == (Kind.WAIT, 1, Why.BROKEN_SKIN)
    assert len(house.kept().entries) == 1
    house.say_elsewhere(healed_on=house.book.today())
    house.book.pause()
    assert house.kept().status is Status.PAUSED
    assert house.last().healed_on == house.book.today()
    house.book.go_on()
    house.say_elsewhere(marks=Answer.YES)
    house.book.move_to(4)
    assert house.last().marks is Answer.YES
    before = house.kept()
    house.book.leave()
    house.say_elsewhere(trouble=Trouble.BRUISE)
    assert not house.book.take_back(before, house.book.course)
    house.file.path.unlink()
    assert not house.book.pause()
    assert house.status() is Status.NEW


def test_what_another_program_said_is_told_once(house: House) -> None:
    """And only where it is something else; also when a reminder was the first to see it."""
    told: list[Status] = []
    house.book.start()
    house.run(BACK, 60)
    house.book.changed.connect(lambda: told.append(house.status()))
    house.book.follow_file()
    assert told == []
    house.file.save(course_of.with_status(house.kept(), Status.PAUSED))
    assert house.book.following() is None
    house.book.follow_file()
    house.book.follow_file()
    assert told == [Status.PAUSED]


def test_who_starts_or_leaves_it_elsewhere_sees_it_here(house: House) -> None:
    """As the command line has it in the settings, which the open window would write over."""

    def shown() -> bool:
        return house.preferences.settings.programme_shown

    assert house.status() is Status.NEW
    house.preferences.change(programme_shown=False)
    house.file.save(course_of.begun_anew(house.book.today()))
    house.book.follow_file()
    assert shown()
    house.file.save(course_of.with_status(house.kept(), Status.LEFT))
    house.book.reload()
    assert not shown()
    house.file.save(course_of.with_status(house.kept(), Status.ACTIVE))
    house.run(BACK, 60)
    assert shown()
    assert len(house.kept().entries) == 1
    house.preferences.change(programme_shown=False)
    house.say_elsewhere(marks=Answer.YES)
    house.book.reload()
    assert not shown()


def test_only_what_is_called_off_is_forgotten(house: House) -> None:
    """Not the last session there was, where the history cannot tell of it."""
    house.book.start()
    house.run(BACK, 60)
    house.book.tell_trouble(Trouble.BROKEN_SKIN)
    kept = house.kept()
    house.trouble = MatSessionError("The history is damaged.")
    house.journal.reopen()
    house.launcher.start(FEET, 120, 30)
    house.runner.stop()
    assert house.kept() == kept


def test_it_does_not_begin_anew_while_it_waits_for_the_skin(house: House) -> None:
    """From day 1 on nothing would be known of it; nor does other trouble make it go on."""
    house.book.start()
    house.run(BACK, 60)
    house.book.tell_trouble(Trouble.BROKEN_SKIN)
    house.book.tell_trouble(Trouble.BAD_NIGHT)
    assert house.now() == (Kind.WAIT, 1, Why.BROKEN_SKIN)
    house.book.leave()
    kept = house.kept()
    assert not house.book.start()
    assert house.kept() == kept
    house.book.go_on()
    house.book.tell_healed()
    house.book.tell_trouble(Trouble.BROKEN_SKIN)  # open again
    assert house.now() == (Kind.WAIT, 1, Why.BROKEN_SKIN)
    house.days_pass(2)
    house.book.tell_healed()
    assert house.now() == (Kind.SESSION, 1, Why.BROKEN_SKIN)
    assert house.book.start()
    assert house.kept().entries == ()


def test_a_reminder_is_for_what_is_next(house: House) -> None:
    """It stays silent when there is nothing to do, and without the programme it is for what was last."""
    reminder = Reminder(id="1", time_min=21 * 60, weekdays=frozenset(Weekday))
    named = Reminder(id="2", time_min=21 * 60, weekdays=frozenset(Weekday), preset_id="feet")
    settings, zone = house.preferences.settings, house.clock.now().wall.tzinfo
    assert zone is not None

    def starts(each: Reminder) -> tuple[str, int, int]:
        found = session_of(each, house.presets.find, settings, house.book.following())
        assert found is not None
        return found.preset.id, found.length_s, found.programme_day

    def comes_in_days(each: Reminder) -> int:
        now = house.clock.now().wall
        rules = rules_for([each], {}, house.presets.find, settings, house.book.following())
        found = next_due([each], now, zone, ReminderState(), rules)
        assert found is not None
        assert not held_back(found, zone, rules)
        return (found.day - now.date()).days

    assert starts(reminder) == ("feet", 100, 0)
    house.book.start()
    assert starts(reminder) == ("back", 60, 1)
    assert starts(named) == ("feet", 100, 0)
    first = comes_in_days(reminder)
    house.run(BACK, 60)
    assert comes_in_days(reminder) == 1
    assert comes_in_days(named) == first
    house.days_pass(1)
    house.run(FEET, 120)
    assert comes_in_days(reminder) == 2  # tomorrow is a day off
    house.book.pause()
    assert comes_in_days(reminder) == first
    assert starts(reminder)[2] == 0
