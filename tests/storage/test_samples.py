"""Histories as each released version left them, opened by the present one: nothing in them is lost."""

import contextlib
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from matsession.domain.days import Span
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.statistics import sum_up
from matsession.storage.database import read_migrations
from matsession.storage.history import History

SAMPLES = Path(__file__).parent / "samples"

LATEST = len(read_migrations())

HERE = "11111111-1111-4111-8111-111111111111"
BERLIN = timezone(timedelta(hours=1))
ST_JOHNS = timezone(-timedelta(hours=3, minutes=30))

FINISHED = SessionRecord(
    id="00000000-0000-4000-8000-000000000001",
    preset_id="lower_back",
    preset_name="Lower back",
    area="lower_back",
    started_at=datetime(2026, 3, 19, 21, 4, tzinfo=BERLIN),
    ended_at=datetime(2026, 3, 19, 21, 14, tzinfo=BERLIN),
    planned_s=600,
    done_s=600,
    on_mat_s=555,
    state=RowState.FINISHED,
    rating_scale="pain_nrs",
    rating_before=6,
    rating_after=4,
    note='Größer; "wärmer", 5 %\nund ruhig',
    device_id=HERE,
    updated_at=datetime(2026, 3, 19, 20, 15, tzinfo=UTC),
)
STOPPED = SessionRecord(
    id="00000000-0000-4000-8000-000000000002",
    preset_id="neck",
    preset_name="Neck",
    area="neck",
    started_at=datetime(2026, 3, 20, 23, 40, 0, 500_000, tzinfo=ST_JOHNS),
    ended_at=datetime(2026, 3, 20, 23, 41, 40, 250_000, tzinfo=ST_JOHNS),
    planned_s=480,
    done_s=99.75,
    on_mat_s=90.5,
    state=RowState.STOPPED,
    rating_scale="tension_nrs",
    rating_before=5,
    device_id="22222222-2222-4222-8222-222222222222",
    updated_at=datetime(2026, 3, 21, 3, 11, 40, 250_000, tzinfo=UTC),
)
INTERRUPTED = SessionRecord(
    id="00000000-0000-4000-8000-000000000003",
    preset_id="goal_daily_ten",
    preset_name="Daily ten",
    area="full_back",
    started_at=datetime(2026, 3, 21, 23, 0, tzinfo=BERLIN),
    ended_at=datetime(2026, 3, 21, 23, 5, tzinfo=BERLIN),
    planned_s=600,
    done_s=300,
    on_mat_s=280,
    state=RowState.INTERRUPTED,
    rating_scale="pain_nrs",
    rating_before=7,
    rating_after=7,
    device_id=HERE,
    updated_at=datetime(2026, 3, 21, 22, 5, tzinfo=UTC),
)
OPEN = SessionRecord(
    id="00000000-0000-4000-8000-000000000004",
    preset_id="calves",
    preset_name="Calves",
    area="calves",
    started_at=datetime(2026, 3, 22, 23, 0, tzinfo=BERLIN),
    planned_s=600,
    done_s=45,
    on_mat_s=40,
    rating_scale="tension_nrs",
    device_id=HERE,
    updated_at=datetime(2026, 3, 22, 22, 0, 45, tzinfo=UTC),
)
ROWS = [OPEN, INTERRUPTED, STOPPED, FINISHED]
"""Newest first; the fifth was deleted."""

CUES = [
    CueReport(0.0, ChimeName.OPEN, 0.031, "Qt, Speakers", ""),
    CueReport(600.0, ChimeName.WAKE, None, "", "no_output"),
]


@pytest.fixture(params=range(1, LATEST + 1))
def version(request: pytest.FixtureRequest) -> int:
    """Each version there ever was."""
    number: int = request.param
    return number


@pytest.fixture
def sample(version: int, tmp_path: Path) -> Path:
    """A copy of its sample."""
    return Path(shutil.copy(SAMPLES / f"history-{version}.sqlite3", tmp_path / "history.sqlite3"))


def test_every_version_has_its_sample() -> None:
    """A new migration comes with a sample: tools/make_history_samples.py."""
    assert {path.name for path in SAMPLES.iterdir()} == {
        f"history-{number}.sqlite3" for number in range(1, LATEST + 1)
    }


def test_the_sample_is_of_its_version(sample: Path, version: int) -> None:
    """It was made by no later one."""
    with contextlib.closing(sqlite3.connect(sample)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)


def test_every_row_is_there(sample: Path, version: int) -> None:
    """Sessions, the proof of ring and the days off, as they were."""
    with History.open(sample) as history:
        finished = FINISHED if version < 4 else replace(FINISHED, mat_name='Grüne Matte, "hart"', strongest=8)
        if version >= 5:
            finished = replace(finished, morning_scale="sleep_sqs", morning_rating=7)
        assert history.records() == [*ROWS[:-1], finished]
        assert history.left_open() == [OPEN]
        assert history.device_id == HERE
        assert history.cues(FINISHED.id) == (CUES if version >= 2 else [])
        assert history.rest_days() == ({date(2026, 3, 22)} if version >= 3 else set())


def test_its_sessions_are_added_up(sample: Path) -> None:
    """When the sums are first asked for, and right."""
    with History.open(sample) as history:
        list(history.sums.follow_day_turn(240))
        for span in Span:
            assert history.sums.read(span) == sum_up(ROWS, span, 240)
        assert history.sums.check() == 0


def test_it_can_be_written(sample: Path) -> None:
    """The open row is completed and counts from then on; another is deleted and counts no more."""
    completed = replace(OPEN, state=RowState.FINISHED, done_s=600)
    with History.open(sample) as history:
        list(history.sums.follow_day_turn(240))
        history.save(completed)
        history.delete(STOPPED.id)
        assert history.sums.read(Span.YEAR) == sum_up([completed, INTERRUPTED, FINISHED], Span.YEAR, 240)
        assert history.sums.check() == 0


def test_the_file_as_it_was_is_kept_beside_it(sample: Path, version: int) -> None:
    """A backup before each migration; none where there was nothing to do."""
    History.open(sample).close()
    backups = [path.name for path in sample.parent.glob("backups/*")]
    assert backups == ([f"history-version-{version}.sqlite3"] if version < LATEST else [])
