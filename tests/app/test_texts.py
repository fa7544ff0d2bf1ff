"""Words for times, changes and refusals."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from matsession.app import texts
from matsession.app.ports import SoundProblem
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import BreathPhase, ChimeName
from matsession.domain.plan import LengthError
from matsession.domain.proof import CueReport, prove
from matsession.domain.record import RowState
from matsession.storage.errors import StorageProblem, storage_error
from tests.fakes import make_preset


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (600, "10:00"),
        (599.2, "10:00"),
        (599.0, "9:59"),
        (402, "6:42"),
        (0.4, "0:01"),
        (0, "0:00"),
        (3661, "1:01:01"),
    ],
)
def test_the_clock_counts_the_second_that_has_begun(seconds: float, shown: str) -> None:
    """A session of ten minutes shows 10:00 through its first second, and 0:00 only when it is over."""
    assert texts.clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(600, "10 min"), (90, "90 s"), (6, "6 s"), (60, "1 min"), (150, "2 min 30 s"), (0, "0 s")],
)
def test_lengths_in_words(seconds: float, words: str) -> None:
    """Whole minutes read as minutes, short lengths as seconds."""
    assert texts.length(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (402, "6 minutes 42 seconds"),
        (60, "1 minute"),
        (1, "1 second"),
        (0, "0 seconds"),
        (61, "1 minute 1 second"),
    ],
)
def test_lengths_for_a_screen_reader(seconds: float, words: str) -> None:
    """Singular and plural are right."""
    assert texts.spoken_length(seconds) == words


def test_every_identifier_has_words() -> None:
    """No area, breath, state or problem is shown as a bare identifier."""
    words = [texts.area(area) for area in BodyArea]
    words += [texts.breath_word(phase) for phase in BreathPhase]
    words += [texts.row_state(state) for state in RowState]
    words += [texts.sound_problem(problem) for problem in SoundProblem]
    assert all(word and "_" not in word and word[0].isupper() for word in words)


def test_a_refused_length_names_the_range() -> None:
    """What was asked, and what is possible."""
    assert texts.length_refused(LengthError(make_preset(), 3600)) == (
        "Short rest can last from 50 s to 5 min; 60 min is not possible."
    )
    only = make_preset(steps=make_preset().steps[:1], suggested_s=10, min_total_s=10, max_total_s=10)
    assert texts.length_refused(LengthError(only, 20)) == "Short rest lasts 10 s; 20 s is not possible."


def test_changes_carry_a_true_minus() -> None:
    """U+2212, not a hyphen, and a dash where nothing was rated."""
    assert [texts.change(points) for points in (-2, 0, 3, None)] == ["\u22122", "0", "+3", "–"]


def test_days_read_as_people_say_them() -> None:
    """Today, yesterday, or the date; the year only where it is another."""
    zone = timezone(timedelta(hours=1))
    today = date(2026, 3, 19)
    days = [
        texts.day(datetime(*parts, tzinfo=zone), today)
        for parts in ((2026, 3, 19, 0, 1), (2026, 3, 18, 23, 59), (2026, 3, 5, 12, 0), (2025, 12, 31, 12, 0))
    ]
    assert days == ["Today", "Yesterday", "Thu 5 Mar", "31 Dec 2025"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (402, "6 minutes 50 seconds left."),
        (60, "1 minute left."),
        (3, "10 seconds left."),
        (0, "0 seconds left."),
    ],
)
def test_the_time_left_is_said_to_ten_seconds(seconds: float, said: str) -> None:
    """Nobody on a mat needs the seconds; it is never said to be less than it is."""
    assert texts.time_left(seconds) == said


def test_the_proof_of_ring_is_one_line() -> None:
    """How many, and how late at most."""
    heard = CueReport(0, ChimeName.OPEN, 0.031, "Qt", "")
    missed = CueReport(9, ChimeName.STEP, None, "", "no_output")
    assert texts.proof(prove([heard, missed])) == "1 of 2 cues sounded, at most 0.03 s late."
    assert texts.proof(prove([missed])) == "0 of 1 cues sounded."
    assert texts.proof(prove([])) == "This session had no chimes."


class Shouting(QTranslator):
    """A language that can be told from English."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text.replace("cannot", "CANNOT").replace("writable", "WRITABLE")


def test_an_error_is_told_in_the_language_of_the_person(qapp: QCoreApplication) -> None:
    """Its sentences are translated as they stand, and what they are about is put in afterwards."""
    error = storage_error(StorageProblem.READ_ONLY, Path("writable.sqlite3"))
    language = Shouting()
    qapp.installTranslator(language)
    title, advice = texts.error(error)
    qapp.removeTranslator(language)
    assert title.startswith("writable.sqlite3 CANNOT be written")
    assert advice == "Make it WRITABLE; until then nothing is kept."
    assert texts.error(error) == (error.title, error.advice)


def test_an_error_may_quote_braces() -> None:
    """A preset's name with braces in it is no placeholder."""
    error = MatSessionError("There is no preset {evening}.", "Choose another.")
    assert texts.error(error) == ("There is no preset {evening}.", "Choose another.")
