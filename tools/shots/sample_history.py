"""The history in the pictures: 24 weeks up to the evening before the scene, the same every time."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from matsession.domain.body import BodyArea
from matsession.domain.record import RowState, SessionRecord
from matsession.storage.database import Database
from matsession.storage.history import History
from tools.shots.stand_ins import NOW

_WEEKS = 24


class _Row(NamedTuple):
    """A session: days before today, time of day, preset, minutes, ratings, and what else there is to tell."""

    days_ago: int
    at: time
    preset: str
    minutes: int
    before: int | None
    after: int | None
    note: str = ""
    early: bool = False


_NAMES = {
    "lower_back": ("Lower back", BodyArea.LOWER_BACK),
    "neck": ("Neck", BodyArea.NECK),
    "upper_back_shoulders": ("Upper back and shoulders", BodyArea.UPPER_BACK_SHOULDERS),
    "feet_standing": ("Feet, standing (intervals)", BodyArea.FEET_STANDING),
    "calves": ("Calves", BodyArea.CALVES),
}

# What the design's picture of the list shows, but today's: that one is still to come.
_LATEST = (
    _Row(1, time(21, 12), "neck", 10, 4, 4),
    _Row(2, time(21, 13), "lower_back", 10, 6, 3),
    _Row(3, time(21, 12), "lower_back", 10, 3, 2, "Prickly at first"),
    _Row(4, time(9, 42), "lower_back", 7, 6, 5, early=True),
    _Row(5, time(9, 40), "lower_back", 10, 6, 3),
    _Row(7, time(21, 11), "neck", 10, None, None),
    _Row(8, time(21, 9), "neck", 10, 6, 4),
    _Row(9, time(21, 10), "neck", 10, 6, 5),
    _Row(10, time(21, 1), "feet_standing", 5, 2, 2),
    _Row(12, time(9, 45), "neck", 6, 4, 2, early=True),
    _Row(13, time(21, 5), "neck", 10, 5, 4, "Thin T-shirt"),
    _Row(14, time(18, 41), "upper_back_shoulders", 10, 5, 5, "Prickly at first, then warm. Knees bent"),
)


def _earlier() -> Iterator[_Row]:
    """About four sessions in seven days; by a rule, so that nothing is left to chance."""
    presets = ("lower_back", "neck", "lower_back", "upper_back_shoulders", "neck", "lower_back", "calves")
    for days_ago in range(15, 7 * _WEEKS):
        if days_ago * 5 % 7 < 3 or 60 < days_ago < 66:
            continue
        before = 4 + days_ago % 3
        rated = days_ago % 11 != 0
        yield _Row(
            days_ago,
            time(7 if days_ago % 4 == 0 else 21, days_ago * 7 % 60),
            presets[days_ago % len(presets)],
            20 if days_ago % 13 == 0 else 5 if days_ago % 6 == 0 else 10,
            before if rated else None,
            max(0, before - days_ago % 4) if rated else None,
        )


def sample_records() -> Iterator[SessionRecord]:
    """The sessions, newest first."""
    for row in (*_LATEST, *_earlier()):
        name, area = _NAMES[row.preset]
        started_at = datetime.combine(NOW.date() - timedelta(days=row.days_ago), row.at, NOW.tzinfo)
        yield SessionRecord(
            id=f"{row.days_ago:032x}",
            preset_id=row.preset,
            preset_name=name,
            area=area,
            started_at=started_at,
            ended_at=started_at + timedelta(minutes=row.minutes, seconds=30),
            planned_s=60 * (row.minutes if not row.early else 10),
            done_s=60 * row.minutes,
            on_mat_s=60 * row.minutes,
            state=RowState.STOPPED if row.early else RowState.FINISHED,
            rating_scale="pain_nrs",
            rating_before=row.before,
            rating_after=row.after,
            note=row.note,
        )


def one_session() -> SessionRecord:
    """The one of yesterday evening."""
    return next(sample_records())


def ten_years() -> Iterator[SessionRecord]:
    """A session every other day for ten years, with every kind of rating."""
    presets = tuple(_NAMES)
    for number in range(2000):
        name, area = _NAMES[presets[number % 7 % len(presets)]]
        started_at = NOW - timedelta(days=1 + number * 3650 // 2000, hours=number % 5)
        before = 3 + (number * 7) % 6 if number % 9 else None
        yield SessionRecord(
            id=f"{number:032x}",
            preset_id=presets[number % 7 % len(presets)],
            preset_name=name,
            area=area,
            started_at=started_at,
            ended_at=started_at + timedelta(minutes=10 + number % 4 * 5),
            planned_s=600 + number % 4 * 300,
            done_s=600 + number % 4 * 300,
            on_mat_s=600 + number % 4 * 300,
            state=RowState.STOPPED if number % 17 == 0 else RowState.FINISHED,
            rating_scale=("pain_nrs", "pain_nrs", "stress_nrs")[number % 3],
            rating_before=before,
            rating_after=None if before is None else max(0, before + (number * 5) % 4 - 2),
            note="Slept badly, back stiff in the morning" if number % 6 == 0 else "",
        )


def left_open() -> SessionRecord:
    """A session that a crash cut off an hour ago."""
    return SessionRecord(
        id="f" * 32,
        preset_id="lower_back",
        preset_name="Lower back",
        area=BodyArea.LOWER_BACK,
        started_at=NOW - timedelta(minutes=64),
        planned_s=600,
        done_s=255,
        on_mat_s=255,
        rating_scale="pain_nrs",
    )


def before_sleep() -> SessionRecord:
    """A session of the evening of the scenes, after which the sleep is asked for."""
    return SessionRecord(
        id="e" * 32,
        preset_id="goal_deeper_sleep",
        preset_name="Wind down for sleep",
        area=BodyArea.FULL_BACK,
        started_at=NOW + timedelta(hours=1),
        ended_at=NOW + timedelta(hours=1, minutes=20),
        planned_s=1200,
        done_s=1200,
        on_mat_s=1200,
        state=RowState.FINISHED,
        rating_scale="stress_nrs",
        rating_before=5,
        rating_after=3,
        morning_scale="sleep_sqs",
    )


def write_sample(path: Path) -> None:
    """Make a history of them. In memory first: 100 rows that wait for the disk one by one take a second."""
    with Database.in_memory() as database:
        history = History(database)
        for record in sample_records():
            history.save(record)
        with database.reading() as connection:
            connection.execute("VACUUM INTO ?", (str(path),))


def add_to(path: Path, *records: SessionRecord) -> None:
    """More sessions in this history."""
    with Database.open(path) as database:
        history = History(database)
        with database.reading() as connection:
            connection.execute("PRAGMA synchronous = OFF")  # nobody misses a picture's history
        for record in records:
            history.save(record)
