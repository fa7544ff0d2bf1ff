"""A past to look at: sessions of the days before the clock of the tests."""

from datetime import timedelta
from typing import Any

from matsession.domain.record import RowState, SessionRecord
from tests.fakes import FIRST_WALL
from tests.ui.conftest import World


def session(days_ago: int, **more: Any) -> SessionRecord:
    """A session of ten minutes for the lower back, at nine in the evening, rated 6 and 4."""
    values = {
        "preset_id": "lower_back",
        "preset_name": "Lower back",
        "area": "lower_back",
        "started_at": FIRST_WALL - timedelta(days=days_ago),
        "ended_at": FIRST_WALL - timedelta(days=days_ago) + timedelta(seconds=600),
        "planned_s": 600,
        "done_s": 600,
        "on_mat_s": 600,
        "state": RowState.FINISHED,
        "rating_scale": "pain_nrs",
        "rating_before": 6,
        "rating_after": 4,
    }
    return SessionRecord(id=more.pop("id", f"row-{days_ago}"), **{**values, **more})


def remember(world: World, *records: SessionRecord) -> None:
    """Let them be in the history."""
    for record in records:
        world.store.save(record)
