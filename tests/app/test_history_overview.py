"""The overview: every number on it, from a store of known sessions."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matsession.app.history_overview import Dot, Overview, ScaleAnswer, read_overview
from matsession.app.ports import HistoryStore
from matsession.domain.guidance import AskedWhen, Better, Guidance, RatingScale
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.domain.statistics import HeatLevel, Stage
from matsession.storage.history import History
from tests.fakes import FakeStore

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 3, 19, 21, 30, tzinfo=BERLIN)
"""A Thursday."""

GUIDANCE = Guidance(
    scales=(
        RatingScale("tension_nrs", AskedWhen.BEFORE_AFTER, "Tense?", "", "", Better.LOWER),
        RatingScale("pain_nrs", AskedWhen.BEFORE_AFTER, "Pain?", "", "", Better.LOWER, "", 2, 30),
    )
)


def add(store: HistoryStore, days_ago: float, **more: Any) -> SessionRecord:
    """A finished session of ten minutes."""
    values: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "preset_id": "lower_back",
        "preset_name": "Lower back",
        "area": "lower_back",
        "started_at": NOW - timedelta(days=days_ago),
        "planned_s": 600,
        "done_s": 600,
        "on_mat_s": 540,
        "state": RowState.FINISHED,
        "rating_scale": "pain_nrs",
    }
    record = SessionRecord(**{**values, **more})
    store.save(record)
    return record


def look(store: HistoryStore, now: datetime = NOW, **chosen: Any) -> Overview:
    """The overview with these settings."""
    choice = Settings(**chosen)
    for _ in store.sums.follow_day_turn(choice.day_turn_min):
        pass
    return read_overview(store, choice, GUIDANCE, now)


def answers(overview: Overview) -> dict[str, ScaleAnswer]:
    """By scale."""
    return {answer.scale_id: answer for answer in overview.answers}


def test_an_empty_history() -> None:
    """A whole calendar of empty days, and nothing claimed."""
    overview = look(FakeStore())
    assert overview.total.sessions == 0
    assert len(overview.calendar) == 24 * 7
    assert {day.level for day in overview.calendar} == {HeatLevel.NONE}
    assert (len(overview.weeks), len(overview.months), len(overview.years)) == (12, 12, 1)
    assert overview.streak is not None
    assert (overview.streak.days, overview.areas, overview.answers) == (0, (), ())


def test_the_calendar_ends_with_the_present_week() -> None:
    """Monday first; what is still to come is blank, rest days are known, a night counts for its evening."""
    store = FakeStore()
    add(store, 0)
    add(store, 2, done_s=1500)
    add(store, 2.8)  # shortly after two in the morning
    store.set_rest_day(date(2026, 3, 18), rest=True)
    calendar = {day.day: day for day in look(store, rest_weekdays={"sunday": True}).calendar}
    days = list(calendar)
    assert (days[0], days[-1]) == (date(2025, 10, 6), date(2026, 3, 22))
    assert days[0].weekday() == 0
    assert [calendar[date(2026, 3, day)].level for day in (16, 17, 18, 19)] == [
        HeatLevel.FROM_10,
        HeatLevel.FROM_20,
        HeatLevel.NONE,
        HeatLevel.FROM_10,
    ]
    assert [day.day.day for day in calendar.values() if day.ahead] == [20, 21, 22]
    assert [day.rest for day in list(calendar.values())[-5:]] == [True, False, False, False, True]


def test_in_the_night_it_is_still_yesterday() -> None:
    """At one o'clock the calendar ends with the evening before; at five it does not."""
    night = datetime(2026, 3, 16, 1, 0, tzinfo=BERLIN)
    assert look(FakeStore(), night).today == date(2026, 3, 15)
    assert look(FakeStore(), night).calendar[-1].day == date(2026, 3, 15)
    assert look(FakeStore(), night, day_turn_min=0).today == date(2026, 3, 16)


def test_the_streak_can_be_switched_off() -> None:
    """Then it is nowhere to be found."""
    store = FakeStore()
    add(store, 1)
    assert look(store, show_streak=False).streak is None
    shown = look(store).streak
    assert shown is not None
    assert (shown.days, shown.today_counts) == (1, False)


def test_rest_days_hold_the_streak() -> None:
    """By hand and by weekday, both together."""
    store = FakeStore()
    for days_ago in (0, 1, 3, 5):
        add(store, days_ago)
    store.set_rest_day(date(2026, 3, 17), rest=True)
    broken, held = look(store).streak, look(store, rest_weekdays={"sunday": True}).streak
    assert broken is not None
    assert held is not None
    assert (broken.days, held.days) == (3, 4)
    store.set_rest_day(date(2026, 3, 15), rest=True)
    mended = look(store).streak
    assert mended is not None
    assert mended.days == 4


def test_a_past_session_entered_later_mends_the_streak() -> None:
    """As if it had been there all the time."""
    store = FakeStore()
    add(store, 0)
    add(store, 2)
    before = look(store).streak
    add(store, 1)
    after = look(store).streak
    assert before is not None
    assert after is not None
    assert (before.days, after.days) == (1, 3)


def test_bars_of_weeks_months_and_years() -> None:
    """The last one is the present one; years go back to the first session; areas make up a bar."""
    store = FakeStore()
    add(store, 0, done_s=1200)
    add(store, 3, area="neck", preset_id="neck")
    add(store, 7)
    add(store, 900, area="neck", preset_id="neck", done_s=6000)
    overview = look(store)
    assert [bar.sums.minutes for bar in overview.weeks[-3:]] == [0, 10, 30]
    assert [(area.area, area.sums.minutes) for area in overview.weeks[-1].areas] == [
        ("lower_back", 20),
        ("neck", 10),
    ]
    assert [bar.sums.sessions for bar in overview.months[-2:]] == [0, 3]
    assert [(bar.start.year, bar.sums.minutes) for bar in overview.years] == [
        (2023, 100),
        (2024, 0),
        (2025, 0),
        (2026, 40),
    ]
    assert [(area.area, area.sums.minutes) for area in overview.areas] == [("neck", 110), ("lower_back", 30)]
    assert (overview.total.sessions, overview.total.on_mat_minutes) == (4, 36)


def test_the_answer_is_given_for_each_scale_by_itself() -> None:
    """In the order of the guidance; the rest without a mat is never mixed in, and nothing is dropped."""
    store = FakeStore()
    for days_ago in range(12):
        add(store, days_ago, rating_before=6, rating_after=4)
        add(store, days_ago, rating_before=6, rating_after=5, area="none", preset_id="rest_without_mat")
    add(store, 13, rating_before=6, rating_after=9, state=RowState.STOPPED)
    add(store, 14, rating_before=6)
    add(store, 15, rating_scale="tension_nrs", rating_before=3, rating_after=3)
    add(store, 15, rating_scale="of_tomorrow", rating_before=3, rating_after=3)
    overview = look(store)
    assert list(answers(overview)) == ["tension_nrs", "pain_nrs", "of_tomorrow"]
    pain = answers(overview)["pain_nrs"]
    assert (pain.on_mat.sessions, pain.on_mat.rated, pain.on_mat.stage) == (14, 13, Stage.ENOUGH)
    assert pain.on_mat.average is not None
    assert pain.on_mat.average.change == pytest.approx((12 * -2 + 3) / 13)
    assert pain.on_mat.mark is not None
    assert pain.without_mat.average is not None
    assert (pain.without_mat.rated, pain.without_mat.average.change) == (12, -1)
    tension = answers(overview)["tension_nrs"]
    assert (tension.on_mat.stage, tension.on_mat.average) == (Stage.TOO_FEW, None)
    assert tension.dots == (Dot(NOW - timedelta(days=15), "lower_back", 3, 3),)


def test_areas_and_presets() -> None:
    """Every area, the most rated first; a preset only with ten rated sessions of its own."""
    store = FakeStore()
    for days_ago in range(10):
        add(store, days_ago, rating_before=6, rating_after=4)
    for days_ago in range(9):
        add(store, days_ago, rating_before=6, rating_after=1, preset_id="other", area="neck")
    pain = answers(look(store))["pain_nrs"]
    assert [(area.area, area.change.rated) for area in pain.areas] == [("lower_back", 10), ("neck", 9)]
    assert [(preset.preset_id, preset.change.rated) for preset in pain.presets] == [("lower_back", 10)]


def test_the_ratings_before_week_by_week() -> None:
    """A year of them, with mat or without; the line only from fourteen weeks on."""
    store = FakeStore()
    for week in range(13):
        add(store, 7 * week, rating_before=4)
    add(store, 0, rating_before=7, area="none")
    add(store, 7 * 60, rating_before=10)
    pain = answers(look(store))["pain_nrs"]
    assert [(point.mean, point.count) for point in pain.before[-2:]] == [(4, 1), (5.5, 2)]
    assert (len(pain.before), pain.before_trend) == (13, None)
    add(store, 7 * 13, rating_before=4)
    assert answers(look(store))["pain_nrs"].before_trend is not None


def test_dots_are_the_newest_oldest_first() -> None:
    """Thirty at the most."""
    store = FakeStore()
    for days_ago in range(40):
        add(store, days_ago, rating_before=5, rating_after=days_ago % 5)
    dots = answers(look(store))["pain_nrs"].dots
    assert len(dots) == 30
    assert dots[-1].started_at == NOW
    assert [dot.started_at for dot in dots] == sorted(dot.started_at for dot in dots)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 500),
            st.sampled_from(["lower_back", "neck", "none"]),
            st.sampled_from(["pain_nrs", "tension_nrs", ""]),
            st.none() | st.integers(0, 10),
            st.none() | st.integers(0, 10),
            st.sampled_from(RowState),
        ),
        max_size=40,
    ),
    st.sampled_from([0, 240, 720]),
)
def test_the_real_store_says_the_same(
    rows: list[tuple[int, str, str, int | None, int | None, RowState]], turn_min: int
) -> None:
    """As the fake one, which adds up all sessions each time."""
    fake = FakeStore()
    with History.in_memory() as history:
        for number, (days, area, scale, before, after, state) in enumerate(rows):
            record = add(
                fake,
                # Minutes apart: of sessions of the same moment none is the newer one.
                days + number / 1440,
                area=area,
                preset_id=f"{area}_one",
                rating_scale=scale,
                rating_before=before,
                rating_after=after,
                state=state,
            )
            history.save(replace(record, device_id=""))
        assert look(history, day_turn_min=turn_min) == look(fake, day_turn_min=turn_min)
