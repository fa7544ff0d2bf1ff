"""What is said of the history: whole sentences, plain, and never more than the numbers can tell."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from matsession.app import history_words as words
from matsession.desktop.paths import resources_folder
from matsession.domain.days import Span
from matsession.domain.guidance import AskedWhen, Better, RatingScale
from matsession.domain.statistics import (
    AreaSums,
    Average,
    CalendarDay,
    Change,
    Period,
    RatingPoint,
    Stage,
    Sums,
    change_of,
)
from matsession.domain.streak import Streak
from matsession.storage.guidance_file import read_guidance

PAIN = RatingScale(
    "pain_nrs", AskedWhen.BEFORE_AFTER, "How much pain?", "none", "worst", Better.LOWER, "", 2, 30
)
SCALES = ["pain_nrs", "stress_nrs", "tension_nrs", "energy_nrs", "mood_nrs", "of_tomorrow"]

CAVEAT = (
    "This cannot tell the mat from ten minutes of rest, from starting on a bad day, or from expecting it to "
    "help."
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Numbers and dates as in English."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def enough(change: float, low: float, high: float, count: int = 12) -> Change:
    """A change with enough sessions behind it."""
    return Change(20, count, Stage.ENOUGH, Average(6, 6 + change, change, low, high))


def test_the_sentence_with_its_caveat() -> None:
    """From ten rated sessions on, never without the caveat."""
    assert words.answer("pain_nrs", enough(-1.3, -2.1, -0.5)) == (
        "Over 12 rated sessions your pain rating was on average 1.3 points lower afterwards (rough 95 % "
        f"range 0.5 to 2.1). {CAVEAT}"
    )


def test_a_rise_is_told_as_calmly_as_a_fall() -> None:
    """The same words the other way round."""
    assert words.answer("energy_nrs", enough(1.3, 0.5, 2.1)) == (
        "Over 12 rated sessions your energy rating was on average 1.3 points higher afterwards (rough 95 % "
        f"range 0.5 to 2.1). {CAVEAT}"
    )


def test_a_range_around_nothing_is_no_clear_difference() -> None:
    """And no average is told that would sound like one."""
    assert words.answer("mood_nrs", enough(-0.4, -1.2, 0.4)) == (
        "Over 12 rated sessions there was no clear difference in your mood rating afterwards (rough 95 % "
        f"range 1.2 points lower to 0.4 points higher). {CAVEAT}"
    )
    assert "0.0 points lower to 0.0 points higher" in words.answer("mood_nrs", enough(0, 0, 0))


def test_five_to_nine_are_early() -> None:
    """Labelled as such."""
    assert words.answer("pain_nrs", Change(9, 7, Stage.EARLY, Average(6, 4.5, -1.5, -2.6, -0.4))) == (
        "Early: over 7 rated sessions on average 1.5 points lower afterwards (rough 95 % range 0.4 to 2.6)."
    )
    assert words.answer("pain_nrs", Change(9, 7, Stage.EARLY, Average(6, 6.5, 0.5, -0.4, 1.4))) == (
        "Early: over 7 rated sessions no clear difference (rough 95 % range 0.4 points lower to 1.4 points "
        "higher)."
    )
    assert words.answer("pain_nrs", Change(9, 7, Stage.EARLY, Average(6, 7.5, 1.5, 0.4, 2.6))).startswith(
        "Early: over 7 rated sessions on average 1.5 points higher afterwards"
    )


def test_under_five_there_is_no_average() -> None:
    """Only how many there are."""
    assert words.answer("pain_nrs", Change(9, 3, Stage.TOO_FEW)) == (
        "3 of 5 sessions with ratings, too few for an average."
    )


def test_a_small_difference_that_is_clear_is_not_written_as_none() -> None:
    """With a thousand sessions the range may begin at 0.02."""
    told = words.answer("pain_nrs", enough(-0.06, -0.1, -0.02, count=1000))
    assert "on average 0.06 points lower afterwards (rough 95 % range 0.02 to 0.10)" in told


def test_numbers_are_written_as_the_country_does() -> None:
    """A comma in Germany."""
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert "1,3 points lower" in words.answer("pain_nrs", enough(-1.3, -2.1, -0.5))


def test_the_mark_of_an_important_change_says_where_it_is_from() -> None:
    """Weeks, not minutes; nothing where there is no mark, or no clear difference."""
    sums = Sums(sessions=10, rated=10, rated_before_sum=40, change_sum=-10, change_squares=12)
    change = change_of(sums, PAIN)
    assert words.important_change(change) == (
        "That is 25 % of the average before. In trials about 2 points or 30 % count as an important change. "
        "They looked at weeks, not at the minutes after a session."
    )
    assert words.important_change(change_of(sums)) == ""
    from_nothing = Sums(sessions=10, rated=10, change_sum=10, change_squares=12)
    assert words.important_change(change_of(from_nothing, PAIN)).startswith("In trials about 2 points")
    unclear = Sums(sessions=10, rated=10, rated_before_sum=40, change_sum=0, change_squares=12)
    assert words.important_change(change_of(unclear, PAIN)) == ""
    assert words.important_change(Change(3, 3, Stage.TOO_FEW)) == ""


def test_the_rests_without_a_mat_are_told_by_themselves() -> None:
    """To be laid beside the answer, without a word on which is better."""
    assert words.without_mat(Change(0, 0, Stage.TOO_FEW)) == ""
    assert words.without_mat(Change(3, 2, Stage.TOO_FEW)) == (
        "Without the mat: 2 of 5 sessions with ratings, too few for an average."
    )
    assert words.without_mat(enough(-1.1, -2, -0.2)) == (
        "Without the mat: over 12 rated sessions on average 1.1 points lower afterwards (rough 95 % range "
        "0.2 to 2.0)."
    )
    assert "higher afterwards" in words.without_mat(enough(1.1, 0.2, 2))
    assert "no clear difference" in words.without_mat(enough(1.1, -0.2, 2))


@given(
    st.sampled_from(SCALES),
    st.integers(0, 40).flatmap(
        lambda n: st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=n, max_size=n)
    ),
)
def test_whatever_the_ratings_nothing_is_promised(scale: str, pairs: list[tuple[int, int]]) -> None:
    """No word of cause, no gap left open, and the numbers of a range in their order."""
    sums = Sums(
        sessions=len(pairs) + 2,
        rated=len(pairs),
        rated_before_sum=sum(before for before, _ in pairs),
        change_sum=sum(after - before for before, after in pairs),
        change_squares=sum((after - before) ** 2 for before, after in pairs),
    )
    change = change_of(sums, PAIN if scale == "pain_nrs" else None)
    told = " ".join([words.answer(scale, change), words.without_mat(change), words.important_change(change)])
    assert "{" not in told
    assert "-" not in told.replace("\u2212", "-")
    assert not re.search(
        r"\b(works?|reduces?|because|thanks|helps|helped|relie\w+|improve\w*|better)\b", told
    )
    for low, high in re.findall(r"range (\d+\.\d+) to (\d+\.\d+)", told):
        assert float(low) <= float(high)
    assert (CAVEAT in told) == (len(pairs) >= 10)
    assert ("average" in told) or len(pairs) >= 5


def test_the_module_holds_no_word_of_cause() -> None:
    """In none of its sentences."""
    source = Path(words.__file__).read_text("utf-8")
    sentences = " ".join(re.findall(r'"([^"]*)"', source)).lower()
    assert not re.search(r"\b(works|reduce[sd]?|because|thanks|caused?|relief|cures?|heals?)\b", sentences)


def test_how_many_were_rated() -> None:
    """Skipped ratings are shown."""
    assert words.rated(Change(20, 14, Stage.ENOUGH)) == "14 of 20 rated"


def test_an_area_in_a_line() -> None:
    """With before and after, or too few to compare."""
    change = Change(34, 32, Stage.ENOUGH, Average(5.94, 4.1, -1.84, -2, -1.6))
    assert words.area_change("lower_back", change) == "Lower back, 32 of 34 rated, before 5.9, after 4.1"
    early = Change(6, 6, Stage.EARLY, Average(5, 4, -1, -2, 0))
    assert words.area_change("neck", early) == "Neck, 6 of 6 rated, early: before 5.0, after 4.0"
    few = Change(3, 2, Stage.TOO_FEW)
    assert words.area_change("calves", few) == "Calves, 2 of 3 rated, too few to compare"


def test_the_ratings_before_in_a_line() -> None:
    """One rating is no average."""
    day = date(2026, 2, 23)
    assert words.before_point(RatingPoint(day, 5.25, 4)) == (
        "Week of 23 February, before 5.3 on average, 4 ratings"
    )
    assert words.before_point(RatingPoint(day, 5, 1)) == "Week of 23 February, before 5.0, 1 rating"


@pytest.mark.parametrize(
    ("streak", "sessions", "told"),
    [
        (Streak(6, 10), 91, "6 days in a row"),
        (Streak(1, 10), 91, "1 day in a row"),
        (Streak(0, 10), 91, "New start today. Your 91 sessions are still here."),
        (Streak(0, 1), 1, "New start today. Your session is still here."),
        (Streak(), 0, "Your first dot goes here."),
    ],
)
def test_a_run_that_ended_is_not_scolded(streak: Streak, sessions: int, told: str) -> None:
    """What is there is told, not what was missed."""
    assert words.days_in_a_row(streak, sessions) == told


def test_the_longest_run() -> None:
    """Nothing where there was none."""
    told = [words.longest_run(Streak(0, longest)) for longest in (0, 1, 10)]
    assert told == ["", "Longest run: 1 day", "Longest run: 10 days"]


def test_counts_and_times() -> None:
    """One is not many, and hours are hours."""
    assert [words.session_count(count) for count in (0, 1, 91)] == ["0 sessions", "1 session", "91 sessions"]
    assert [words.time_spent(minutes) for minutes in (0, 59, 60, 915)] == [
        "0 min",
        "59 min",
        "1 h 0 min",
        "15 h 15 min",
    ]
    assert words.time_on_mat(Sums(on_mat_ms=915 * 60_000)) == "15 h 15 min on the mat"


@pytest.mark.parametrize(
    ("sessions", "rest", "ahead", "told"),
    [
        (2, False, False, "Saturday 28 February, 20 minutes, 2 sessions"),
        (1, True, False, "Saturday 28 February, 20 minutes, 1 session"),
        (0, False, False, "Saturday 28 February, no session"),
        (0, True, False, "Saturday 28 February, rest day"),
        (0, False, True, "Saturday 28 February"),
        (0, True, True, "Saturday 28 February, rest day, still to come"),
    ],
)
def test_a_day_of_the_calendar(sessions: int, rest: bool, ahead: bool, told: str) -> None:
    """What a tooltip and a screen reader say of it."""
    sums = Sums(sessions=sessions, done_ms=1_200_000 if sessions else 0)
    assert words.calendar_day(CalendarDay(date(2026, 2, 28), sums, rest=rest, ahead=ahead)) == told


def test_a_bar_of_a_chart() -> None:
    """Named by its span."""
    sums = Sums(sessions=3, done_ms=3_600_000)
    bar = Period(date(2026, 2, 23), sums, (AreaSums("neck", sums),))
    assert [words.period(span, bar) for span in Span] == [
        "23 February, 60 minutes",
        "Week of 23 February, 60 minutes",
        "February 2026, 60 minutes",
        "2026, 60 minutes",
    ]
    assert words.period(Span.WEEK, Period(date(2026, 2, 23), Sums(), ())) == "Week of 23 February, 0 minutes"


def test_how_far_the_adding_up_has_come() -> None:
    """Never at 100 before it is done."""
    assert [words.adding_up(done) for done in (0.0, 0.999, 1.0)] == [
        "Adding up all sessions: 0 %",
        "Adding up all sessions: 99 %",
        "Adding up all sessions: 100 %",
    ]


def test_every_scale_has_a_name() -> None:
    """An unknown one its own."""
    assert [words.scale_name(scale) for scale in SCALES] == [
        "Pain",
        "Stress",
        "Muscle tension",
        "Energy",
        "Mood",
        "Of tomorrow",
    ]


def test_every_scale_of_the_program_has_a_name() -> None:
    """A name of our own, and never its id with a capital letter."""
    scales = read_guidance(resources_folder() / "guidance.toml").scales
    for scale in scales:
        assert words.scale_name(scale.id) != scale.id.replace("_", " ").capitalize()
    assert words.scale_name("itch_nrs") == "Itch nrs"  # from somebody else's file
