"""Sessions found and read page by page: the same ones as by the query itself, in the same order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.days import Span
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session_query import SessionQuery, SortBy
from matsession.domain.statistics import sum_up
from matsession.storage import session_pages
from matsession.storage.history import History
from tests.storage.test_history import NOW, make_record, rows

near = st.lists(rows, unique_by=lambda record: record.id, max_size=12).map(
    lambda found: [
        row.__class__(
            **{
                **{name: getattr(row, name) for name in row.__dataclass_fields__},
                "started_at": row.started_at.replace(year=2020, month=3, day=row.started_at.day % 3 + 1),
            }
        )
        for row in found
    ]
)
days = st.none() | st.dates(date(2020, 2, 28), date(2020, 3, 5))
queries = st.builds(
    SessionQuery,
    from_day=days,
    to_day=days,
    areas=st.frozensets(st.sampled_from(["neck", "full_back"])),
    preset_ids=st.frozensets(st.text("abc_", min_size=1, max_size=2), max_size=2),
    states=st.frozensets(st.sampled_from(RowState)),
    text=st.sampled_from(["", "", "a", "SS", "ß"]),
    turn_min=st.sampled_from([0, 240]),
    sort_by=st.sampled_from(SortBy),
    descending=st.booleans(),
)


def save(history: History, records: Sequence[SessionRecord]) -> None:
    """All of them."""
    for record in records:
        history.save(record)


def ids(records: Sequence[SessionRecord]) -> list[str]:
    """What tells them apart."""
    return [record.id for record in records]


@given(near, queries, st.integers(0, 12), st.integers(1, 5))
def test_a_query_means_what_it_says(
    records: list[SessionRecord], query: SessionQuery, first: int, limit: int
) -> None:
    """SQL and the query's own words find the same, wherever one looks."""
    with History.in_memory(lambda: NOW) as history:
        save(history, records)
        expected = query.sorted(history.get(record.id) or record for record in records)
        found = history.find(query)
        assert found.count == len(expected)
        assert ids(found.page(0, len(records) + 1)) == ids(expected)
        assert ids(found.page(first, limit)) == ids(expected[first : first + limit])


@pytest.mark.parametrize("stride", [1, 7, 1000])
@pytest.mark.parametrize("query", [SessionQuery(), SessionQuery(descending=False)])
def test_any_page_can_be_read_at_any_time(
    query: SessionQuery, stride: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forwards, backwards and by leaps, with more places than are kept."""
    monkeypatch.setattr(session_pages, "_PLACES_KEPT", 6)
    monkeypatch.setattr(session_pages, "_STRIDE", stride)
    with History.in_memory() as history:
        # Three at once each time: the start alone does not say where one is.
        save(history, [make_record(NOW + timedelta(minutes=number // 3)) for number in range(100)])
        expected = ids(query.sorted(history.records()))
        found = history.find(query)
        for first in [60, 0, 10, 20, 95, 50, 57, 3, 99, 98, 31, 30, 29, 64, 0, 77, 1, 93]:
            assert ids(found.page(first, 7)) == expected[first : first + 7]
    assert found.page(100, 7) == []


def test_a_note_is_found_in_any_case() -> None:
    """Letters beyond ASCII too; and no sign has a meaning of its own."""
    with History.in_memory() as history:
        save(history, [make_record(note=note) for note in ("Größer als 5 %", "warm_er", "", "ruhig")])
        for text, notes in [
            ("GRÖSSER", ["Größer als 5 %"]),
            ("5 %", ["Größer als 5 %"]),
            ("m_e", ["warm_er"]),
            ("%", ["Größer als 5 %"]),
            ("'", []),
        ]:
            found = history.find(SessionQuery(text=text))
            assert [row.note for row in found.page(0, 9)] == notes


def test_deleting_many_can_be_undone() -> None:
    """All at once; and only what was there is counted."""
    with History.in_memory() as history:
        save(history, records := [make_record(NOW + timedelta(hours=hour)) for hour in range(5)])
        history.delete(records[0].id)
        gone = history.delete_all_of([*ids(records[:3]), "no such row"])
        assert gone == ids(records[1:3])
        assert history.find(SessionQuery()).count == history.count() == 2
        assert history.sums.check() == 0
        assert history.restore(gone) == 2
        assert history.restore(gone) == 0
        assert sorted(ids(history.records())) == sorted(ids(records[1:]))
        assert history.sums.read(Span.YEAR) == sum_up(history.records(), Span.YEAR, 240)
        assert history.sums.check() == 0


def test_presets_are_told_by_their_latest_name() -> None:
    """Those with sessions that are over, of whatever year."""
    with History.in_memory() as history:
        save(
            history,
            [
                make_record(datetime(2020, 12, 31, 23, 59, tzinfo=UTC), preset_id="a", preset_name="Old"),
                make_record(NOW, preset_id="a", preset_name="New"),
                make_record(datetime(2021, 1, 1, 1, 0, tzinfo=UTC), preset_id="b", preset_name="B"),
                make_record(NOW, preset_id="c", preset_name="C", state=RowState.OPEN),
                make_record(NOW, id="gone", preset_id="d", preset_name="D"),
            ],
        )
        history.delete("gone")
        assert history.presets_used() == {"a": "New", "b": "B"}
