"""What a person may say happened, and what follows from it by itself."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matsession.domain.correction import FieldError, corrected, past_session
from matsession.domain.record import RowState, SessionRecord

NOW = datetime(2026, 3, 19, 21, 0, tzinfo=UTC)
START = datetime(2026, 3, 18, 20, 0, tzinfo=timezone(timedelta(hours=1)))
LINE = SessionRecord(
    id="1",
    preset_id="neck",
    preset_name="Neck",
    area="neck",
    started_at=START,
    ended_at=START + timedelta(seconds=660),  # a minute's pause
    planned_s=600,
    done_s=600,
    on_mat_s=555,
    state=RowState.FINISHED,
)


def test_the_end_and_the_time_on_the_mat_follow_the_length() -> None:
    """The pause stays, and so does the time beside the mat."""
    line = corrected(LINE, NOW, done_s=300)
    assert line.ended_at == START + timedelta(seconds=360)
    assert line.on_mat_s == 255
    assert corrected(LINE, NOW, done_s=20).on_mat_s == 0


def test_the_end_follows_the_start() -> None:
    """Another day, and another zone."""
    moved = START.replace(day=17, tzinfo=UTC)
    line = corrected(LINE, NOW, started_at=moved)
    assert line.ended_at == moved + timedelta(seconds=660)
    assert line.ended_at.utcoffset() == timedelta(0)
    assert (line.done_s, line.on_mat_s) == (600, 555)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating_before", 11),
        ("rating_after", -1),
        ("rating_after", 4.5),
        ("done_s", -1),
        ("done_s", float("nan")),
        ("planned_s", 86_401),
        ("on_mat_s", 601),
        ("started_at", NOW + timedelta(seconds=1)),
        ("started_at", datetime(1969, 12, 31, tzinfo=UTC)),
        ("started_at", datetime(2026, 3, 18, 20, 0)),  # noqa: DTZ001 - without an offset on purpose
        ("ended_at", START - timedelta(seconds=1)),
        ("note", "x" * 100_001),
        ("mat_name", "x" * 1001),
        ("strongest", 11),
        ("strongest", True),
        ("morning_rating", 11),
        ("preset_name", " "),
        ("area", ""),
        ("state", RowState.OPEN),
        ("id", "2"),
        ("updated_at", NOW),
    ],
)
def test_what_cannot_have_happened_is_refused_by_field(field: str, value: object) -> None:
    """The error names the field."""
    with pytest.raises(FieldError) as caught:
        corrected(LINE, NOW, **{field: value})
    assert caught.value.field == field
    assert caught.value.rule


def test_a_session_of_the_past_is_a_finished_one() -> None:
    """All of it on the mat, unless told otherwise."""
    line = past_session(
        "2", NOW, started_at=START, done_s=900, area="neck", preset_id="neck", preset_name="Neck", note="x"
    )
    assert (line.state, line.planned_s, line.done_s, line.on_mat_s) == (RowState.FINISHED, 900, 900, 900)
    assert line.ended_at == START + timedelta(seconds=900)
    assert line.note == "x"


@pytest.mark.parametrize("missing", ["started_at", "done_s", "area", "preset_id", "preset_name"])
def test_a_session_of_the_past_needs_to_be_told(missing: str) -> None:
    """When, how long, where, and which."""
    values: dict[str, Any] = {
        "started_at": START,
        "done_s": 900,
        "area": "neck",
        "preset_id": "neck",
        "preset_name": "Neck",
    }
    with pytest.raises(FieldError) as caught:
        past_session("2", NOW, **{**values, missing: None})
    assert caught.value.field == missing


def test_a_session_of_the_past_took_time() -> None:
    """Nothing is not a session."""
    with pytest.raises(FieldError, match="done_s"):
        past_session("2", NOW, started_at=START, done_s=0, area="neck", preset_id="neck", preset_name="Neck")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "done_s": st.floats(0, 86_400),
            "on_mat_s": st.floats(0, 86_400),
            "rating_before": st.none() | st.integers(-1, 11),
            "started_at": st.datetimes(datetime(2020, 1, 1), datetime(2026, 4, 1), timezones=st.just(UTC)),  # noqa: DTZ001
            "state": st.sampled_from(RowState),
        },
    )
)
def test_a_corrected_line_always_makes_sense(values: dict[str, Any]) -> None:
    """Or it is refused; what was not named stays, but for what follows."""
    try:
        line = corrected(LINE, NOW, **values)
    except FieldError as error:
        event(f"refused: {error.field}")
        return
    assert line.on_mat_s <= line.done_s
    assert line.ended_at is not None
    assert line.ended_at >= line.started_at
    assert line.started_at <= NOW
    for name, value in values.items():
        assert getattr(line, name) == value
    assert (line.id, line.planned_s, line.note) == (LINE.id, LINE.planned_s, LINE.note)
