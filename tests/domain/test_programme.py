"""What the first two weeks suggest, and why: every rule, and random lives against a naive reference."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from matsession.domain.body import Layer, Surface
from matsession.domain.days import day_of
from matsession.domain.programme import (
    Done,
    Happening,
    Kind,
    Moved,
    Programme,
    ProgrammeDay,
    ProgrammeError,
    Suggestion,
    Trouble,
    Why,
    stand,
    suggest,
)
from matsession.domain.programme_course import (
    Answer,
    Begun,
    Course,
    Outlook,
    Status,
    answered,
    begun_anew,
    look_out,
    moved,
    with_session,
    with_status,
    without_session,
)
from matsession.domain.record import RowState, SessionRecord
from matsession.storage.programme_file import read_programme
from tests.domain.naive_programme import Sheet

PROGRAMME: Final = read_programme(Path(__file__).parents[2] / "resources" / "programme.toml")
FIRST: Final = date(2026, 11, 2)
TURN_MIN: Final = 240


def on(number: int) -> date:
    """The day so many days after the first."""
    return FIRST + timedelta(days=number)


def done(day: int, when: int, **more: object) -> Done:
    """A session of this day, so many days after the first."""
    each = PROGRAMME.day(day)
    return replace(Done(day=day, on=on(when), layer=each.layer, surface=each.surface), **more)  # type: ignore[arg-type]


def today(when: int, *happened: Happening, fits: Callable[[str, int], bool] | None = None) -> Suggestion:
    """What that day is for."""
    standing = stand(PROGRAMME, FIRST, happened)
    return suggest(PROGRAMME, standing, on(when), fits) if fits else suggest(PROGRAMME, standing, on(when))


def told(found: Suggestion) -> tuple[Kind, int, Why]:
    """The essence of it."""
    return found.kind, found.day.day, found.why


# -- each rule --------------------------------------------------------------------------------


def test_it_begins_gently() -> None:
    """Three minutes through a towel on something soft, however long one waits with it."""
    for when in (0, 1, 30):
        found = today(when)
        assert told(found) == (Kind.SESSION, 1, Why.FIRST)
        assert (found.length_s, found.layer, found.surface) == (180, Layer.TOWEL, Surface.SOFT)


def test_a_day_that_went_well_leads_on() -> None:
    """Done for today; tomorrow the next."""
    assert told(today(0, done(1, 0, strongest=6))) == (Kind.DONE, 2, Why.NEXT)
    assert told(today(1, done(1, 0, strongest=6))) == (Kind.SESSION, 2, Why.NEXT)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"strongest": 7}, Why.STRONG),
        ({"whole": False}, Why.STOPPED),
        ({"marks": True}, Why.MARKS),
        ({"strongest": 9, "whole": False, "marks": True}, Why.STRONG),
    ],
)
def test_a_day_comes_once_more(how: dict[str, object], why: Why) -> None:
    """Too strong, stopped early, or marks the next day."""
    assert told(today(1, done(3, 0, **how))) == (Kind.SESSION, 3, why)


def test_after_stopping_early_the_same_day_has_a_second_try() -> None:
    """Not after a moment that was too strong."""
    assert told(today(0, done(3, 0, whole=False))) == (Kind.SESSION, 3, Why.STOPPED)
    assert told(today(0, done(3, 0, whole=False, strongest=8))) == (Kind.DONE, 3, Why.STRONG)
    assert told(today(0, done(3, 0, whole=False), done(3, 0))) == (Kind.DONE, 4, Why.NEXT)


def test_trouble_leads_back_with_a_thicker_layer() -> None:
    """Two days back; what was a T-shirt is a towel, until the day of the trouble has gone well."""
    bad = done(6, 0, trouble=Trouble.BAD_NIGHT)
    found = today(1, bad)
    assert told(found) == (Kind.SESSION, 4, Why.BAD_NIGHT)
    assert (found.layer, found.thicker) == (Layer.TOWEL, True)
    at_5 = today(2, bad, done(4, 1, layer=Layer.TOWEL))
    assert (at_5.day.day, at_5.layer) == (5, Layer.TOWEL)
    at_6 = today(3, bad, done(4, 1, layer=Layer.TOWEL), done(5, 2, layer=Layer.TOWEL))
    assert (at_6.day.day, at_6.layer) == (6, Layer.TOWEL)


def test_the_extra_layer_comes_off_but_not_onto_a_harder_surface() -> None:
    """Day 8 moves from the bed to the carpet: the towel stays for it, and goes on day 9."""
    way = [
        done(6, 0, trouble=Trouble.BRUISE),
        done(4, 1, layer=Layer.TOWEL),
        done(5, 2, layer=Layer.TOWEL),
        done(6, 3, layer=Layer.TOWEL),
    ]
    at_8 = today(5, *way)
    assert (at_8.day.day, at_8.layer, at_8.surface) == (8, Layer.TOWEL, Surface.MEDIUM)
    assert (at_8.kept, at_8.thicker) == (True, False)
    at_9 = today(6, *way, done(8, 5, layer=Layer.TOWEL))
    assert (at_9.day.day, at_9.layer, at_9.kept) == (9, Layer.TSHIRT, False)


def test_broken_skin_waits_until_it_has_healed() -> None:
    """However long that takes, and whatever day is chosen meanwhile; then two days back, a layer thicker."""
    broken = done(9, 0, trouble=Trouble.BROKEN_SKIN)
    for when in (0, 1, 40):
        assert today(when, broken).kind is Kind.WAIT
    assert today(5, broken, Moved(day=3, on=on(5))).kind is Kind.WAIT
    healed = replace(broken, healed_on=on(40))
    assert told(today(40, healed)) == (Kind.REST, 7, Why.BROKEN_SKIN)
    found = today(41, healed)
    assert (told(found), found.layer) == ((Kind.SESSION, 8, Why.BROKEN_SKIN), Layer.TOWEL)


def test_a_missed_day_only_moves_the_plan() -> None:
    """Six days without one change nothing; a week leads three days back, and no further after a month."""
    for when in range(1, 8):
        assert told(today(when, done(9, 0))) == (Kind.SESSION, 10, Why.NEXT)
    for when in (8, 9, 20, 400):
        assert told(today(when, done(9, 0))) == (Kind.SESSION, 8, Why.AWAY)  # 7 is a day off, and over
    assert told(today(9, done(3, 0))) == (Kind.SESSION, 1, Why.AWAY)
    assert told(today(9, done(1, 0, whole=False))) == (Kind.SESSION, 1, Why.STOPPED)


def test_the_day_off_is_a_day_without_a_session() -> None:
    """The day after the session before it; whoever was away that day has had it."""
    assert told(today(0, done(6, 0))) == (Kind.DONE, 7, Why.NEXT)
    assert told(today(1, done(6, 0))) == (Kind.REST, 7, Why.NEXT)
    assert told(today(2, done(6, 0))) == (Kind.SESSION, 8, Why.NEXT)


def test_a_day_can_be_chosen() -> None:
    """A day off that was chosen is today."""
    assert told(today(3, done(2, 0), Moved(day=9, on=on(3)))) == (Kind.SESSION, 9, Why.CHOSEN)
    assert told(today(3, Moved(day=7, on=on(3)))) == (Kind.REST, 7, Why.CHOSEN)
    assert told(today(4, Moved(day=7, on=on(3)))) == (Kind.SESSION, 8, Why.CHOSEN)
    assert today(4, Moved(day=15, on=on(3))).kind is Kind.FINISHED


def test_it_ends() -> None:
    """After day 14 nothing is suggested, however long ago."""
    for when in (0, 1, 300):
        assert today(when, done(14, 0)).kind is Kind.FINISHED
    assert told(today(1, done(14, 0, strongest=8))) == (Kind.SESSION, 14, Why.STRONG)


def test_a_clock_that_was_wrong_holds_nothing_up() -> None:
    """A session in a future that is not to come; one day ahead is a journey over the date line."""
    assert today(0, done(1, 1)).kind is Kind.DONE
    assert told(today(0, done(1, 2))) == (Kind.SESSION, 2, Why.NEXT)
    assert told(today(0, done(6, 900))) == (Kind.SESSION, 8, Why.NEXT)


def test_what_does_not_fit_gives_way_to_the_nearest_that_does() -> None:
    """Numb feet: day 4 takes the session of day 3, with its layer and surface, for five minutes."""
    found = today(1, done(3, 0), fits=lambda preset_id, _: preset_id != "feet_seated")
    assert (found.preset_id, found.instead, found.length_s) == ("first_session", True, 300)
    assert (found.layer, found.surface) == (Layer.TSHIRT, Surface.SOFT)
    assert found.is_for("first_session", 300)
    assert not found.is_for("feet_seated", 300)
    assert today(1, done(3, 0), fits=lambda *_: False).kind is Kind.BLOCKED


def test_only_what_is_suggested_counts() -> None:
    """Same preset, same length, and an end."""
    found = today(0)
    assert found.is_for("first_session", 180.0)
    assert not found.is_for("first_session", 240)
    assert not found.is_for("full_back", 180)
    assert not found.is_for("first_session", 180, open_ended=True)
    assert not today(0, done(1, 0)).is_for("first_session", 240)


@pytest.mark.parametrize(
    ("days", "told_of"),
    [
        ((), "there is none"),
        ((ProgrammeDay(2, 3, "a", Layer.TOWEL, Surface.SOFT),), "numbered from 1"),
        ((ProgrammeDay(1, 0, "a", Layer.TOWEL, Surface.SOFT),), "at least 1 minute"),
        ((ProgrammeDay(1, 0, "", Layer.NONE, Surface.SOFT, rest=True),), "the first and the last"),
        (
            (
                ProgrammeDay(1, 3, "a", Layer.TOWEL, Surface.SOFT),
                ProgrammeDay(2, 3, "a", Layer.TSHIRT, Surface.FIRM),
            ),
            "thinner layer and a harder surface",
        ),
    ],
)
def test_no_other_programme_is_taken(days: tuple[ProgrammeDay, ...], told_of: str) -> None:
    """What makes no sense is refused, the rule of layer and surface first of all."""
    with pytest.raises(ProgrammeError, match=told_of):
        Programme(id="x", name="x", rules=(), days=days)


# -- what is kept --------------------------------------------------------------------------------


def line(session_id: str, when: datetime, **more: object) -> SessionRecord:
    """A line of the history."""
    usual: dict[str, object] = {
        "preset_id": "first_session",
        "preset_name": "First",
        "area": "full_back",
        "planned_s": 180.0,
        "done_s": 180.0,
        "state": RowState.FINISHED,
    }
    return SessionRecord(id=session_id, started_at=when, **{**usual, **more})  # type: ignore[arg-type]


def outlook(course: Course, *lines: SessionRecord) -> Outlook:
    """How it stands with this history."""
    known = {each.id: each for each in lines}
    return look_out(PROGRAMME, course, known.get, lambda *_: True, TURN_MIN)


def evening(when: int) -> datetime:
    """21:00 of that day."""
    return datetime.combine(on(when), datetime.min.time(), timezone(timedelta(hours=1))).replace(hour=21)


def course_of_one() -> Course:
    """Begun, with the session of the first day."""
    course = begun_anew(FIRST)
    found = outlook(course).on(FIRST)
    assert found is not None
    return with_session(course, "a", found)


def test_the_history_tells_how_it_went() -> None:
    """A session that is under way, deleted or gone has not happened; one left early is repeated."""
    course = course_of_one()
    begun = evening(0)

    def tomorrow(*lines: SessionRecord) -> int:
        found = outlook(course, *lines).on(on(1))
        assert found is not None
        return found.day.day

    assert tomorrow(line("a", begun)) == 2
    assert tomorrow(line("b", begun)) == 1
    assert tomorrow(line("a", begun, state=RowState.OPEN)) == 1
    assert tomorrow(line("a", begun, deleted_at=datetime.now(UTC))) == 1
    assert tomorrow(line("a", begun, state=RowState.STOPPED, done_s=100.0)) == 1
    assert (
        tomorrow(line("a", begun, state=RowState.STOPPED, done_s=200.0)) == 2
    )  # the minute more was cut short
    assert tomorrow(line("a", begun, strongest=7)) == 1
    assert outlook(without_session(course, "a"), line("a", begun)).on(on(0)) == outlook(begun_anew(FIRST)).on(
        on(0)
    )


def test_it_is_asked_once_and_not_on_the_same_day() -> None:
    """From the next day on, until something is said; what is not said counts as no."""
    course, lines = course_of_one(), [line("a", evening(0))]
    last = outlook(course, *lines).last
    assert last is not None
    assert [outlook(course, *lines).asks_on(on(day)) for day in range(3)] == [False, True, True]
    for answer in (Answer.NO, Answer.YES, Answer.LATER):
        then = outlook(answered(course, last, marks=answer), *lines)
        assert not then.asks_on(on(1))
        found = then.on(on(1))
        assert found is not None
        assert found.day.day == (1 if answer is Answer.YES else 2)
    assert not outlook(with_status(course, Status.PAUSED), *lines).asks_on(on(1))


def test_what_is_told_is_about_the_last_session_that_has_been() -> None:
    """One that was called off, deleted or is under way since then is passed over."""
    course = course_of_one()
    found = outlook(course, line("a", evening(0))).on(on(1))
    assert found is not None
    again = with_session(course, "b", found)
    lines = [line("a", evening(0)), line("b", evening(1), state=RowState.OPEN)]
    last = outlook(again, *lines).last
    assert last is not None
    assert last.session_id == "a"
    assert answered(again, last, trouble=Trouble.BRUISE).entries[-1] != again.entries[-1]
    assert outlook(again, lines[0]).asks_on(on(1))


def test_trouble_counts_for_more_than_a_day_chosen_since() -> None:
    """Whoever skipped a day and then finds broken skin waits all the same."""
    course = moved(course_of_one(), 5, on(1))
    last = course.last
    assert last is not None
    found = outlook(answered(course, last, trouble=Trouble.BROKEN_SKIN), line("a", evening(0))).on(on(1))
    assert found is not None
    assert found.kind is Kind.WAIT


def test_one_trouble_told_leaves_room_for_another() -> None:
    """Broken skin found after a bad night was told; while it waits nothing counts for more."""
    course, lines = course_of_one(), [line("a", evening(0))]
    assert outlook(begun_anew(FIRST)).tellable == ()

    def tell(course: Course, **told: Any) -> Course:
        last = course.last
        assert last is not None
        return answered(course, last, **told)

    assert outlook(course, *lines).tellable == tuple(Trouble)
    assert outlook(with_status(course, Status.PAUSED), *lines).tellable == ()
    course = tell(course, trouble=Trouble.BAD_NIGHT)
    assert outlook(course, *lines).tellable == (Trouble.BRUISE, Trouble.BROKEN_SKIN)
    course = tell(course, trouble=Trouble.BROKEN_SKIN)
    assert outlook(course, *lines).tellable == ()
    course = tell(course, healed_on=on(1))
    assert outlook(course, *lines).tellable == tuple(Trouble)


def test_after_the_last_day_it_is_asked_too() -> None:
    """The last session may have left marks, a bruise or broken skin like any other."""
    last = PROGRAMME.day(PROGRAMME.last)
    begun = Begun(session_id="a", day=last.day, layer=last.layer, surface=last.surface)
    course, lines = (
        replace(begun_anew(FIRST), entries=(begun,)),
        [line("a", evening(0), done_s=last.length_s)],
    )
    then = outlook(course, *lines)
    found = then.on(on(1))
    assert found is not None
    assert found.kind is Kind.FINISHED
    assert then.asks_on(on(1))
    assert then.tellable == tuple(Trouble)
    found = outlook(answered(course, begun, marks=Answer.YES), *lines).on(on(1))
    assert found is not None
    assert (found.kind, found.day.day) == (Kind.SESSION, last.day)


def test_a_reminder_stays_silent_where_there_is_nothing_to_do() -> None:
    """Done for the day; and not when it is paused, when something else is reminded of."""
    course, lines = course_of_one(), [line("a", evening(0))]
    assert [outlook(course, *lines).rests_on(on(day)) for day in range(2)] == [True, False]
    assert not outlook(course, *lines).off_on(on(0))
    for status in (Status.PAUSED, Status.LEFT, Status.NEW):
        assert outlook(with_status(course, status), *lines).on(on(0)) is None
        assert not outlook(with_status(course, status), *lines).rests_on(on(0))


# -- random lives --------------------------------------------------------------------------------


class Life(RuleBasedStateMachine):
    """Somebody goes through it as it comes: gaps, journeys, two a day, other presets, a wrong clock.

    After each step the suggestion is compared with the naive reference, and with the last session.
    """

    def __init__(self) -> None:
        """Begin on a day in November, in Berlin's winter."""
        super().__init__()
        self.now = datetime(2026, 11, 2, 20, tzinfo=UTC)
        self.offset = timedelta(hours=1)
        self.course = begun_anew(self.today)
        self.lines: dict[str, SessionRecord] = {}
        self.sheet = Sheet(PROGRAMME, event_on=self.today)
        self.count = 0
        self.tried = False
        self.troubled = False

    @property
    def wall(self) -> datetime:
        """What the clock on the wall shows."""
        return self.now.astimezone(timezone(self.offset))

    @property
    def today(self) -> date:
        """The day there."""
        return day_of(self.wall, TURN_MIN)

    @property
    def outlook(self) -> Outlook:
        """How it stands."""
        return look_out(PROGRAMME, self.course, self.lines.get, lambda *_: True, TURN_MIN)

    @property
    def suggestion(self) -> Suggestion:
        """What today is for."""
        found = self.outlook.on(self.today)
        assert found is not None
        return found

    @rule(days=st.integers(0, 12), hours=st.integers(1, 23))
    def time_passes(self, days: int, hours: int) -> None:
        """Some days, most often few."""
        self.now += timedelta(days=max(0, days - 3), hours=hours)

    @rule(offset=st.integers(-11, 13))
    def journey(self, offset: int) -> None:
        """To another zone."""
        self.offset = timedelta(hours=offset)

    @rule(days=st.integers(1, 400))
    def clock_set_back(self, days: int) -> None:
        """It was wrong, or is now."""
        self.now -= timedelta(days=days)

    @precondition(lambda self: self.suggestion.kind is Kind.SESSION)
    @rule(whole=st.sampled_from([True, True, True, False]), strongest=st.none() | st.integers(0, 10))
    def session(self, whole: bool, strongest: int | None) -> None:
        """The one that is suggested."""
        found = self.suggestion
        self.count += 1
        key = str(self.count)
        self.course = with_session(self.course, key, found)
        self.lines[key] = line(
            key,
            self.wall,
            preset_id=found.preset_id,
            planned_s=float(found.length_s),
            done_s=float(found.length_s) if whole else 20.0,
            state=RowState.FINISHED if whole else RowState.STOPPED,
            strongest=strongest,
        )
        worn = (str(found.layer), str(found.surface))
        self.sheet.session(found.day.day, self.today, worn, whole=whole, strongest=strongest)
        self.tried = True
        self.troubled = False

    @rule(preset_id=st.sampled_from(["neck", "full_back", "first_session"]), minutes=st.integers(1, 40))
    def something_else(self, preset_id: str, minutes: int) -> None:
        """It neither counts nor harms."""
        before = self.suggestion
        if before.is_for(preset_id, minutes * 60):
            return
        self.count += 1
        self.lines[f"other-{self.count}"] = line(f"other-{self.count}", self.wall, preset_id=preset_id)
        assert self.suggestion == before

    @precondition(lambda self: self.outlook.asks_on(self.today))
    @rule(answer=st.sampled_from([Answer.YES, Answer.NO, Answer.LATER]))
    def answers(self, answer: Answer) -> None:
        """The question about marks."""
        last = self.course.last
        assert last is not None
        went_well = self.sheet.next == last.day + 1
        self.course = answered(self.course, last, marks=answer)
        assert not self.outlook.asks_on(self.today)
        if answer is Answer.YES and went_well:
            self.sheet.marks(last.day)

    @precondition(lambda self: self.sheet.session_was_last and self.tried and not self.troubled)
    @rule(trouble=st.sampled_from(Trouble))
    def tells_trouble(self, trouble: Trouble) -> None:
        """Something was wrong after the last session."""
        last = self.course.last
        assert last is not None
        before = replace(self.course, entries=self.course.entries[: self.course.entries.index(last)])
        was = look_out(PROGRAMME, before, self.lines.get, lambda *_: True, TURN_MIN).standing
        self.course = answered(self.course, last, trouble=trouble)
        self.troubled = True
        sheet = self.sheet
        sheet.next, sheet.stopped = max(1, last.day - 2), False
        sheet.extra_for = max(was.until, last.day) if was.extra else last.day
        sheet.extra = min(3, was.extra + 1)
        sheet.waiting = trouble is Trouble.BROKEN_SKIN

    @precondition(lambda self: self.sheet.waiting)
    @rule()
    def heals(self) -> None:
        """At last."""
        last = self.course.last
        assert last is not None
        self.course = answered(self.course, last, healed_on=self.today)
        sheet = self.sheet
        sheet.waiting, sheet.event_on, sheet.session_was_last = False, self.today, False

    @precondition(lambda self: not self.sheet.waiting and self.suggestion.kind is not Kind.FINISHED)
    @rule(day=st.integers(1, 14))
    def chooses(self, day: int) -> None:
        """Any day."""
        self.course = moved(self.course, day, self.today)
        self.sheet.choose(day, self.today)

    @rule(status=st.sampled_from([Status.PAUSED, Status.LEFT]))
    def pauses(self, status: Status) -> None:
        """Nothing is suggested, and nothing is lost."""
        before = self.suggestion
        self.course = with_status(self.course, status)
        assert self.outlook.on(self.today) is None
        self.course = with_status(self.course, Status.ACTIVE)
        assert self.suggestion == before

    @invariant()
    def as_the_reference_says(self) -> None:
        """Kind, day, layer and surface."""
        found = self.suggestion
        assert (str(found.kind), found.day.day, str(found.layer), str(found.surface)) == self.sheet.today(
            self.today
        )

    @invariant()
    def never_harder_in_both_ways(self) -> None:
        """A thinner layer and a harder surface never come together, compared with the session before."""
        found, last = self.suggestion, self.outlook.standing.last
        if last is not None and not found.day.rest:
            thinner = found.layer.strength > last.layer.strength
            harder = found.surface.strength > last.surface.strength
            assert not (thinner and harder)

    @invariant()
    def other_days_can_be_asked_about(self) -> None:
        """Any day of the calendar has an answer."""
        for day in (date.min, self.today - timedelta(days=1), self.today + timedelta(days=1), date.max):
            assert self.outlook.on(day) is not None


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
