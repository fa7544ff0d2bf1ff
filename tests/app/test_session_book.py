"""Looking lines up, correcting them and taking it back; and the journal hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from matsession.app.journal import Journal, OpenedStore
from matsession.app.preferences import Preferences
from matsession.app.session_book import ChangeKind, SessionBook
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain.correction import FieldError
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session_query import SessionQuery, SortBy
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeLock, FakeStore, make_preset

pytestmark = pytest.mark.usefixtures("qapp")

FULL = MatSessionError("Not saved. The disk is full.", "Free some space and try again.")


class House:
    def __init__(self, turn_min: int = 240) -> None:
        self.clock, self.store = FakeClock(), FakeStore()
        self.runner = SessionRunner(self.clock)
        self.journal = Journal(self.runner, lambda: OpenedStore(self.store))
        self.preferences = Preferences(Settings(day_turn_min=turn_min), list[Settings]().append)
        clock = self.clock  # not self: what is held in a circle goes at any time, and from any thread
        self.book = SessionBook(self.journal, self.preferences, lambda: clock.now().wall)
        self.launcher = SessionLauncher(
            self.runner, self.journal, FakeChimes(), FakeLock(), Guidance(), self.preferences
        )
        self.heard: list[str] = []
        self.book.changed.connect(self._on_changed)
        self.book.undo_changed.connect(self._on_undo_changed)

    def _on_changed(self) -> None:
        self.heard.append("changed")

    def _on_undo_changed(self) -> None:
        self.heard.append("undo")

    def add(self, started_at: datetime, note: str = "") -> SessionRecord:
        return self.book.add(
            started_at=started_at, done_s=600, area="neck", preset_id="neck", preset_name="Neck", note=note
        )

    def notes(self) -> list[str]:
        return [row.note for row in self.book.find(SessionQuery()).page(0, 99)]


@pytest.fixture
def house() -> House:
    """Everything connected as in the program."""
    return House()


def days_ago(house: House, days: int) -> datetime:
    """This time of the day, so many days before."""
    return house.clock.now().wall - timedelta(days=days)


def test_a_session_of_the_past_can_be_added_and_taken_back(house: House) -> None:
    """It is told to whoever shows the list."""
    house.add(days_ago(house, 1), "yesterday")
    assert house.heard == ["undo", "changed"]
    assert house.notes() == ["yesterday"]
    assert house.book.undo_of is not None
    assert house.book.undo_of.kind is ChangeKind.ADDED
    house.book.undo()
    assert house.notes() == []
    assert not house.book.can_undo


def test_a_correction_can_be_taken_back(house: House) -> None:
    """Field by field as it was."""
    line = house.add(days_ago(house, 1))
    house.book.correct(line.id, rating_before=6, rating_after=3, note="better")
    found = house.book.get(line.id)
    assert found is not None
    assert (found.change, found.note) == (-3, "better")
    house.book.undo()
    found = house.book.get(line.id)
    assert found is not None
    assert (found.change, found.note) == (None, "")


def test_a_wrong_value_changes_nothing(house: House) -> None:
    """Neither the line nor what can be taken back."""
    line = house.add(days_ago(house, 1))
    house.heard.clear()
    with pytest.raises(FieldError, match="rating_after"):
        house.book.correct(line.id, rating_after=11)
    assert house.book.get(line.id) is not None
    assert house.heard == []
    assert house.book.undo_of is not None
    assert house.book.undo_of.kind is ChangeKind.ADDED


def test_nothing_changed_is_no_change(house: House) -> None:
    """Who presses OK without a change has nothing to take back."""
    line = house.add(days_ago(house, 1), "x")
    house.heard.clear()
    house.book.correct(line.id, note="x")
    assert house.heard == []


def test_many_lines_are_deleted_and_brought_back_at_once(house: House) -> None:
    """One undo for all of them."""
    lines = [house.add(days_ago(house, day), str(day)) for day in (1, 2, 3)]
    assert house.book.delete([line.id for line in lines[:2]]) == 2
    assert house.notes() == ["3"]
    assert house.book.undo_of is not None
    assert (house.book.undo_of.kind, house.book.undo_of.count) == (ChangeKind.DELETED, 2)
    house.book.undo()
    assert house.notes() == ["1", "2", "3"]


def test_a_failed_change_leaves_what_can_be_taken_back(house: House) -> None:
    """And it can be tried again."""
    line = house.add(days_ago(house, 1))
    house.store.failure = FULL
    with pytest.raises(MatSessionError):
        house.book.delete([line.id])
    with pytest.raises(MatSessionError):
        house.book.undo()
    assert house.book.can_undo
    house.store.failure = None
    house.book.undo()
    assert house.notes() == []


@pytest.mark.expects_log("history not saved")
def test_a_history_that_cannot_be_read_is_empty_and_told(house: House) -> None:
    """A list in the window does not raise while it is painted."""
    found = house.book.find(SessionQuery())
    house.store.failure = FULL
    assert house.book.find(SessionQuery()).count == 0
    assert house.book.find(SessionQuery()).page(0, 5) == []
    assert found.count == 0
    assert house.book.get("1") is None
    assert house.book.presets_used() == {}
    assert house.book.rest_days() == frozenset()
    assert house.journal.trouble is FULL


def test_a_running_session_is_left_alone(house: House) -> None:
    """The journal writes its line; two hands at it would lose one's work."""
    house.launcher.start(make_preset(), 100, 0)
    assert house.journal.record is not None
    record_id = house.journal.record.id
    with pytest.raises(MatSessionError, match="still running"):
        house.book.correct(record_id, note="x")
    with pytest.raises(MatSessionError, match="still running"):
        house.book.delete([record_id])


def ended(house: House) -> str:
    """The id of a session that has just run to its end."""
    house.launcher.start(make_preset(), 100, 0)
    for _ in range(100):
        house.clock.advance(1)
        house.runner.tick()
    assert house.journal.record is not None
    assert house.journal.record.state is RowState.FINISHED
    return house.journal.record.id


def test_a_rating_after_a_correction_keeps_it(house: House) -> None:
    """The page of the rating may still be open behind the list."""
    record_id = ended(house)
    house.book.correct(record_id, area="chest")
    assert house.journal.rate(after=3, note="calm")
    found = house.book.get(record_id)
    assert found is not None
    assert (found.area, found.rating_after, found.note) == ("chest", 3, "calm")


def test_a_rating_does_not_bring_back_a_deleted_line(house: House) -> None:
    """Undo does."""
    record_id = ended(house)
    house.book.delete([record_id])
    assert house.journal.rate(after=3, note="calm")
    assert house.book.get(record_id) is None
    house.book.undo()
    assert house.book.get(record_id) is not None


def test_days_off_can_be_marked_and_taken_back(house: House) -> None:
    """Marking what is marked is no change."""
    day = date(2026, 3, 18)
    house.book.set_rest_day(day, True)
    house.book.set_rest_day(day, True)
    assert house.book.rest_days() == {day}
    house.book.undo()
    assert house.book.rest_days() == frozenset()
    assert not house.book.can_undo


def test_days_turn_as_the_settings_say() -> None:
    """Who lay down at one in the night ended the evening before."""
    night = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    query = SessionQuery(from_day=date(2026, 3, 17), to_day=date(2026, 3, 17), sort_by=SortBy.LENGTH)
    for turn_min, count in ((240, 1), (0, 0)):
        house = House(turn_min)
        house.add(night)
        assert house.book.find(query).count == count


def test_another_history_has_nothing_to_take_back(house: House) -> None:
    """After everything was restored or deleted."""
    house.add(days_ago(house, 1))
    house.book.forget_changes()
    assert not house.book.can_undo
    house.book.undo()
    assert len(house.notes()) == 1
