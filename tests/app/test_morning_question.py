"""The question of the next morning, on a real history: asked, answered, passed over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matsession.app.journal import Journal, OpenedStore
from matsession.app.morning_question import MorningQuestion
from matsession.app.preferences import Preferences
from matsession.app.session_book import SessionBook
from matsession.app.session_runner import SessionRunner
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import AskedWhen, Better, Guidance, RatingScale
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.storage.history import History
from matsession.storage.morning_state import MorningStateFile
from tests.fakes import FIRST_WALL, FakeClock

SLEEP = RatingScale("sleep_sqs", AskedWhen.NEXT_MORNING, "How was it?", "0", "10", Better.HIGHER)


class House:
    """A program of which only this is made."""

    def __init__(self, folder: Path, *, trouble: MatSessionError | None = None) -> None:
        """Begin in the evening."""
        self.clock = FakeClock()
        self.history = History.open(folder / "history.sqlite3")
        self.runner = SessionRunner(self.clock)
        self.journal = Journal(self.runner, lambda: OpenedStore(self.history, trouble))
        self.preferences = Preferences(Settings(), lambda _settings: None)
        self.book = SessionBook(self.journal, self.preferences, lambda: self.clock.now().wall)
        self.file = MorningStateFile(folder / "next-morning.json")
        self.question = self.restart()

    def restart(self) -> MorningQuestion:
        """As a program asks that has just been started."""
        return MorningQuestion(
            self.journal, self.book, self.preferences, Guidance(scales=(SLEEP,)), self.file
        )

    def done(self, record_id: str, began: datetime, **more: Any) -> None:
        """A session that asks."""
        values: dict[str, Any] = {"morning_scale": "sleep_sqs", "state": RowState.FINISHED, **more}
        self.history.save(
            SessionRecord(
                id=record_id,
                preset_id="sleep",
                preset_name="Sleep",
                area="full_back",
                started_at=began,
                ended_at=began + timedelta(minutes=20),
                planned_s=1200,
                done_s=1200,
                on_mat_s=1200,
                **values,
            )
        )

    def asked(self) -> str | None:
        """About which session, if any."""
        found = self.question.asked()
        return found.record.id if found is not None else None


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One session this evening; it is the next morning."""
    made = House(tmp_path)
    made.done("evening", FIRST_WALL)
    made.clock.advance(timedelta(hours=11).total_seconds())
    yield made
    made.history.close()


def test_it_asks_with_the_scale_of_the_session(house: House) -> None:
    """Of the guidance; one that is not known cannot be asked."""
    found = house.question.asked()
    assert found is not None
    assert (found.record.id, found.scale) == ("evening", SLEEP)
    house.done("later", FIRST_WALL + timedelta(hours=1), morning_scale="of_a_newer_version")
    assert house.asked() is None


def test_an_answer_is_a_correction_and_can_be_taken_back(house: House) -> None:
    """It is told to who shows it; a file of the history has it."""
    heard: list[None] = []
    house.question.changed.connect(lambda: heard.append(None))
    assert house.question.answer("evening", 0)
    assert heard
    assert house.asked() is None
    row = house.history.get("evening")
    assert row is not None
    assert row.morning_rating == 0
    assert house.book.can_undo
    assert house.question.answer("evening", None)
    assert house.asked() == "evening"


def test_another_program_may_have_had_the_session(tmp_path: Path) -> None:
    """In the night, after this one had looked and found nothing."""
    house = House(tmp_path)
    assert house.asked() is None
    house.clock.advance(timedelta(hours=4).total_seconds())
    assert house.asked() is None
    house.done("night", house.clock.now().wall)
    house.clock.advance(timedelta(hours=7).total_seconds())
    assert house.asked() == "night"
    house.history.close()


def test_a_session_added_on_the_day_itself_is_asked_about(tmp_path: Path) -> None:
    """Though nothing was found before."""
    house = House(tmp_path)
    house.clock.advance(timedelta(hours=11).total_seconds())
    assert house.asked() is None
    added = house.book.add(
        started_at=FIRST_WALL,
        done_s=600.0,
        area="neck",
        preset_id="neck",
        preset_name="Neck",
        morning_scale="sleep_sqs",
    )
    assert house.asked() == added.id
    house.history.close()


def test_what_was_passed_over_stays_so(house: House) -> None:
    """In a program that is started anew as well, until that is taken back."""
    assert house.question.skip("evening")
    assert house.asked() is None
    assert house.restart().asked() is None
    assert house.question.ask_again()
    assert house.asked() == "evening"
    assert house.restart().asked() is not None


def test_the_turn_of_the_day_is_the_one_of_the_settings(house: House) -> None:
    """Somebody whose day begins at noon is asked from then on."""
    house.preferences.change(day_turn_min=720)
    assert house.asked() is None
    house.clock.advance(timedelta(hours=5).total_seconds())
    assert house.asked() == "evening"


def test_a_session_that_is_gone_cannot_be_answered(house: House) -> None:
    """That is told; nothing is lost."""
    failures: list[MatSessionError] = []
    house.question.failed.connect(failures.append)
    house.history.delete("evening")
    assert not house.question.answer("evening", 5)
    assert len(failures) == 1
    assert house.asked() is None


def test_a_history_that_can_only_be_looked_at_asks_nothing(tmp_path: Path) -> None:
    """The answer could not be kept."""
    house = House(tmp_path, trouble=MatSessionError("It is of a newer version."))
    house.done("evening", FIRST_WALL)
    house.clock.advance(timedelta(hours=11).total_seconds())
    assert house.asked() is None
    house.history.close()
