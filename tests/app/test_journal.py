"""The journal: a line opened at Start, marked on the way, completed at the end, and never lost."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer

from matsession.app.coach import Coach
from matsession.app.journal import Journal, OpenedStore
from matsession.app.preferences import Preferences
from matsession.app.session_launcher import SessionLauncher, SessionRunningError
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.voice import Voice
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.domain.events import SleepAnswer
from matsession.domain.guidance import ChimeName, Guidance
from matsession.domain.plan import LengthError, compile_plan
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeSpeech, FakeStore, make_preset, make_step

pytestmark = pytest.mark.usefixtures("qapp")

FULL = MatSessionError("Not saved. The disk is full.", "Free some space and try again.")


@dataclass
class House:
    """The app layer on fakes."""

    clock: FakeClock
    store: FakeStore
    chimes: FakeChimes
    lock: FakeLock
    runner: SessionRunner
    journal: Journal
    coach: Coach
    launcher: SessionLauncher
    preferences: Preferences

    def wait(self, seconds: float, step_s: float = 1.0) -> None:
        """Let time pass, looking every ``step_s``."""
        for _ in range(round(seconds / step_s)):
            self.clock.advance(step_s)
            self.runner.tick()


@pytest.fixture
def house() -> House:
    """Everything connected as in the program."""
    clock, store, chimes, lock = FakeClock(), FakeStore(), FakeChimes(), FakeLock()
    runner = SessionRunner(clock)
    journal = Journal(runner, lambda: OpenedStore(store))
    voice = Voice(FakeSpeech())
    chimes.on_sounded(journal.note_cue)
    preferences = Preferences(Settings(doze_guard=False), list[Settings]().append)
    coach = Coach(runner, chimes, voice, Speaker(chimes, voice), preferences)
    launcher = SessionLauncher(runner, journal, chimes, lock, Guidance(), preferences)
    return House(clock, store, chimes, lock, runner, journal, coach, launcher, preferences)


def test_a_finished_session_is_one_complete_line(house: House) -> None:
    """Start to end: times, ratings, outcome, and the chimes that were heard."""
    house.launcher.start(make_preset(), 100, 30, rating_before=6)
    assert [row.state for row in house.store.rows.values()] == [RowState.OPEN]
    house.wait(130)
    assert house.journal.rate(after=4, note="Knees bent, better")
    (row,) = house.store.rows.values()
    assert (row.state, row.planned_s, row.done_s, row.on_mat_s) == (RowState.FINISHED, 100, 100, 90)
    assert (row.rating_before, row.rating_after, row.note) == (6, 4, "Knees bent, better")
    assert row.ended_at is not None
    assert (row.ended_at - row.started_at).total_seconds() == pytest.approx(100)
    assert house.chimes.prepared == 1
    assert house.chimes.played == [ChimeName.OPEN, ChimeName.STEP, ChimeName.WAKE, ChimeName.CLOSE]
    assert not house.lock.held


def test_the_mat_in_use_and_the_strongest_moment_are_kept(house: House) -> None:
    """The mat as it is called at the start; a rest without a mat has none. A rating left out is empty."""
    names = ["Firm"]
    journal = Journal(house.runner, lambda: OpenedStore(house.store), mat_name=lambda: names[-1])
    house.runner.happened.disconnect(house.journal._on_runner_happened)
    launcher = SessionLauncher(house.runner, journal, house.chimes, house.lock, Guidance(), house.preferences)
    launcher.start(make_preset(), 100, 0)
    names.append("Soft")
    house.wait(100)
    assert journal.rate(after=4, note="", strongest=8)
    (row,) = house.store.rows.values()
    assert (row.mat_name, row.strongest) == ("Firm", 8)
    assert journal.rate(after=4, note="")
    (row,) = house.store.rows.values()
    assert (row.mat_name, row.strongest) == ("Firm", None)
    launcher.start(make_preset(area=BodyArea.NONE), 100, 0)
    assert [row.mat_name for row in house.store.rows.values()] == ["Firm", ""]


def test_what_the_preset_asks_the_next_morning_is_kept(house: House) -> None:
    """With the line, from the start on: the preset may be another by then."""
    house.launcher.start(make_preset(rating_next_morning="sleep_sqs"), 100, 0)
    house.wait(100)
    assert house.journal.rate(after=4, note="")
    (row,) = house.store.rows.values()
    assert (row.morning_scale, row.morning_rating) == ("sleep_sqs", None)


def test_a_line_is_marked_at_steps_and_every_fifteen_seconds(house: House) -> None:
    """A crash at any second costs at most what came after the last mark."""
    house.launcher.start(make_preset(), 100, 0)
    for second in range(1, 100):
        house.wait(1)
        (row,) = house.store.rows.values()
        assert second - 15 < row.done_s <= second
    assert house.store.calls.count("mark") <= 3 + 100 / 15 + 1


def test_stopping_early_and_extending_are_written(house: House) -> None:
    """A minute more, then the end after 50 s: planned 160, done 50."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(20)
    house.runner.extend(60)
    house.wait(30)
    house.runner.stop()
    (row,) = house.store.rows.values()
    assert (row.state, row.planned_s, row.done_s) == (RowState.STOPPED, 160, 50)


def test_a_cancelled_preparation_leaves_no_line(house: House) -> None:
    """Nothing was done, so nothing is in the history."""
    house.launcher.start(make_preset(), 100, 30)
    house.wait(10)
    house.runner.stop()
    assert house.store.rows == {}
    assert house.journal.record is None


def test_what_a_crash_left_is_offered_and_kept_or_discarded(house: House) -> None:
    """Rows with time on the clock are offered; a row without any is dropped; kept ones say interrupted."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(47)
    (row,) = house.store.rows.values()
    house.store.rows["empty"] = replace(row, id="empty", done_s=0)
    fresh = SessionRunner(house.clock)
    journal = Journal(fresh, lambda: OpenedStore(house.store))
    (left,) = journal.left_open()
    assert left.id == row.id
    assert "empty" not in house.store.rows
    journal.keep(left)
    assert house.store.rows[row.id].state is RowState.INTERRUPTED
    assert house.store.rows[row.id].ended_at == left.updated_at
    assert journal.left_open() == []
    assert journal.record is None
    journal.discard(left)
    assert house.store.rows == {}


def test_the_session_that_runs_is_not_offered_as_left(house: House) -> None:
    """Asking in mid-session is harmless."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(20)
    assert house.journal.left_open() == []


@pytest.mark.expects_log("history not saved")
def test_a_full_disk_loses_nothing(house: House) -> None:
    """The line lives in memory, the person is told once, and it is saved as soon as it can be."""
    troubles: list[str] = []
    house.journal.trouble_changed.connect(
        lambda: troubles.append(house.journal.trouble.title if house.journal.trouble else "")
    )
    house.launcher.start(make_preset(), 100, 0, rating_before=5)
    house.wait(20)
    house.store.failure = FULL
    house.wait(40)
    assert troubles == [FULL.title]
    assert house.journal.unsaved_count == 1
    house.store.failure = None
    house.wait(40)
    assert troubles == [FULL.title, ""]
    (row,) = house.store.rows.values()
    assert (row.state, row.done_s, row.rating_before) == (RowState.FINISHED, 100, 5)


def let_again_pass(journal: Journal) -> bool:
    """Turn time by hand: the pause before another try is over. False where none is planned."""
    (timer,) = journal.findChildren(QTimer)
    if not timer.isActive():
        return False
    timer.stop()
    timer.timeout.emit()
    return True


@pytest.mark.expects_log("history not saved")
@pytest.mark.parametrize("closed", [False, True])
def test_an_end_that_could_not_be_saved_is_offered_again(house: House, closed: bool) -> None:
    """By itself every quarter of a minute, and before the store is let go of."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(50)
    house.store.failure = FULL
    house.wait(60)
    assert let_again_pass(house.journal)
    assert house.journal.unsaved_count == 1
    house.store.failure = None
    if closed:
        house.journal.close()
    else:
        assert let_again_pass(house.journal)
    (row,) = house.store.rows.values()
    assert (row.state, row.done_s) == (RowState.FINISHED, 100)
    assert (house.journal.unsaved_count, house.journal.trouble) == (0, None)
    assert not let_again_pass(house.journal)


@pytest.mark.parametrize("at_once", [False, True])
def test_a_history_that_was_in_use_elsewhere_is_opened_again(house: House, at_once: bool) -> None:
    """What was kept in its place goes there, by itself or when the program ends."""
    stand_in, opened = FakeStore(), [OpenedStore(house.store)]
    opened.append(OpenedStore(FakeStore(), FULL, in_memory=True, passing=True))
    opened.append(OpenedStore(stand_in, FULL, in_memory=True, passing=True))
    clock = FakeClock()
    runner = SessionRunner(clock)
    journal = Journal(runner, opened.pop)
    runner.start(compile_plan(make_preset(), 100, Guidance()), 0)
    clock.advance(20)
    runner.tick()
    assert (journal.on_stand_in, list(house.store.rows)) == (True, [])
    assert let_again_pass(journal)  # in use still
    assert (journal.on_stand_in, journal.unsaved_count) == (True, stand_in.count())
    if at_once:
        clock.advance(80)
        runner.tick()
        journal.close()
    else:
        assert let_again_pass(journal)
        clock.advance(80)
        runner.tick()
    assert (journal.trouble, journal.unsaved_count) == (None, 0)
    (row,) = house.store.rows.values()
    assert (row.state, row.done_s) == (RowState.FINISHED, 100)
    assert not let_again_pass(journal)


def test_a_sleep_after_the_end_marks_nothing(house: House) -> None:
    """A length that was corrected meanwhile stays."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(100)
    (row,) = house.store.rows.values()
    corrected = replace(row, done_s=1200.0)
    house.store.save(corrected)
    house.journal.follow_correction(corrected)
    house.journal.mark()
    assert house.store.rows[row.id].done_s == 1200.0


@pytest.mark.expects_log("history not saved")
def test_a_rating_that_cannot_be_saved_is_told_and_kept(house: House) -> None:
    """rate() says no; the next one that can be saved takes it along."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(100)
    house.store.failure = FULL
    assert not house.journal.rate(after=3, note="n")
    house.store.failure = None
    assert house.journal.rate(after=3, note="n")
    (row,) = house.store.rows.values()
    assert (row.rating_after, row.note) == (3, "n")


@pytest.mark.expects_log("history not saved")
def test_a_store_that_never_works_does_not_stop_a_session(house: House) -> None:
    """No history, and still every chime."""
    house.store.failure = FULL
    house.launcher.start(make_preset(), 100, 0)
    house.wait(100)
    assert house.chimes.played[-1] is ChimeName.CLOSE
    assert house.journal.records() == ()
    assert house.journal.count() == 0
    assert house.journal.record is not None
    assert house.journal.record.state is RowState.FINISHED


def test_one_session_at_a_time(house: House) -> None:
    """A second start is refused here, and where another program holds the lock; nothing is written."""
    house.launcher.start(make_preset(), 100, 0)
    with pytest.raises(SessionRunningError):
        house.launcher.start(make_preset(), 100, 0)
    house.runner.stop()
    house.lock.held_elsewhere = True
    assert not house.launcher.no_session_elsewhere()
    with pytest.raises(SessionRunningError):
        house.launcher.start(make_preset(), 100, 0)
    assert len(house.store.rows) == 1


def test_a_length_not_allowed_starts_nothing(house: House) -> None:
    """The refusal comes before lock, chimes and history are touched."""
    with pytest.raises(LengthError):
        house.launcher.start(make_preset(), 301, 0)
    assert (house.lock.held, house.chimes.prepared, house.store.calls) == (False, 0, [])


def test_a_rating_leaves_the_answer_of_the_morning_alone(house: House) -> None:
    """Given in a terminal, while the page of ratings stood open over night."""
    house.launcher.start(make_preset(rating_next_morning="sleep_sqs"), 100, 0)
    house.wait(100)
    (row,) = house.store.rows.values()
    house.store.rows[row.id] = replace(row, morning_rating=7)
    assert house.journal.rate(after=3, note="")
    (row,) = house.store.rows.values()
    assert (row.rating_after, row.morning_rating) == (3, 7)


def test_a_rating_before_can_be_given_while_settling_in(house: House) -> None:
    """It goes to the line that is open."""
    house.launcher.start(make_preset(), 100, 30)
    house.journal.set_rating_before(7)
    house.wait(130)
    (row,) = house.store.rows.values()
    assert row.rating_before == 7


def test_the_store_is_opened_when_it_is_first_needed(house: House) -> None:
    """Once, and trouble with it is told then."""
    opened: list[str] = []

    def open_store() -> OpenedStore:
        opened.append("opened")
        return OpenedStore(house.store, FULL)

    journal = Journal(house.runner, open_store)
    told: list[MatSessionError | None] = []
    journal.trouble_changed.connect(lambda: told.append(journal.trouble))
    assert (opened, journal.trouble) == ([], None)
    journal.left_open()
    journal.count()
    assert (opened, told) == (["opened"], [FULL])


def test_a_stand_in_for_a_broken_history_is_said_until_the_end(house: House) -> None:
    """Saving works in memory, and still the person reads why it will be forgotten."""
    journal = Journal(house.runner, lambda: OpenedStore(house.store, FULL))
    house.launcher.start(make_preset(), 100, 0)
    house.wait(100)
    assert journal.trouble is FULL
    assert journal.unsaved_count == 0


def test_going_on_after_the_end_stays_on_the_same_line(house: House) -> None:
    """Reopened, the row is open again with more planned; ended again, it has the longer time."""
    house.launcher.start(make_preset(), 100, 0)
    house.wait(100)
    house.wait(5)
    house.runner.go_on(make_step("more", 60))
    (row,) = house.store.rows.values()
    assert (row.state, row.ended_at, row.planned_s) == (RowState.OPEN, None, 160)
    assert house.lock.held
    house.wait(60)
    (row,) = house.store.rows.values()
    assert (row.state, row.done_s, row.planned_s) == (RowState.FINISHED, 160, 160)
    assert not house.lock.held


def test_the_last_days_are_counted_by_area(house: House) -> None:
    """Two weeks are today and the thirteen days before it, in the days of the place."""
    today = house.clock.now().wall
    for ago, area in ((0, "neck"), (13, "neck"), (13, "lower_back"), (14, "lower_back")):
        row = SessionRecord(
            id=f"{ago} {area}",
            preset_id=area,
            preset_name=area,
            area=area,
            started_at=today - timedelta(days=ago),
            planned_s=600,
            state=RowState.FINISHED,
        )
        house.store.save(row)
    assert house.journal.uses_by_area(days=14) == {"neck": 2, "lower_back": 1}
    assert house.journal.presets_by_use() == ["neck", "lower_back"]


@pytest.mark.expects_log("history not saved")
def test_a_history_that_cannot_be_read_was_used_nowhere(house: House) -> None:
    """The body map stays without its shades, and the trouble is told."""
    house.store.failure = FULL
    assert house.journal.uses_by_area(days=14) == {}
    assert house.journal.presets_by_use() == ()
    assert house.journal.trouble is FULL


@pytest.mark.parametrize("answer", [*SleepAnswer, None])
def test_the_row_is_right_after_a_sleep_at_any_second(house: House, answer: SleepAnswer | None) -> None:
    """Two minutes of sleep: left out, counted, or the end; no cue is reported twice."""
    for asleep_at_s in range(1, 100):
        house.store.rows.clear()
        house.launcher.start(make_preset(), 100, 0)
        reports = house.journal.cue_reports
        house.wait(asleep_at_s)
        house.clock.sleep(120)
        house.runner.tick()
        (row,) = house.store.rows.values()
        assert row.done_s == asleep_at_s
        if answer is None:
            house.runner.stop()
        else:
            house.runner.resume_after_sleep(answer)
            while house.runner.active:
                house.wait(1)
        (done,) = house.store.rows.values()
        assert done.state is (RowState.STOPPED if answer is None else RowState.FINISHED)
        assert done.done_s == (asleep_at_s if answer is None else 100)
        assert done.ended_at is not None
        until_s = {None: asleep_at_s + 120, SleepAnswer.LEAVE_OUT: 220, SleepAnswer.COUNT: asleep_at_s + 120}
        took_s = (done.ended_at - done.started_at).total_seconds()
        assert took_s == max(100, until_s[answer]), asleep_at_s
        told = [(report.at_s, report.chime) for report in reports()]
        assert len(told) == len(set(told)) > 0
