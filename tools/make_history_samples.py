"""Make a sample history of each schema version that has none yet: ``python tools/make_history_samples.py``.

A sample is a file as that version of the program left it on a disk: its migrations and nothing newer, and
rows of every kind. Once a version is released its sample is never made again; it stands for the files people
have.
``tests/storage/test_samples.py`` opens each with the present program.
"""

import contextlib
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "src" / "matsession" / "storage" / "migrations"
SAMPLES = ROOT / "tests" / "storage" / "samples"

APPLICATION_ID = int.from_bytes(b"MatS", "big")

FIRST = """
INSERT INTO installation VALUES (1, '11111111-1111-4111-8111-111111111111');
INSERT INTO session (id, preset_id, preset_name, area, started_ms, ended_ms, utc_offset_s, planned_s,
    done_s, on_mat_s, state, rating_scale, rating_before, rating_after, note, device_id, updated_ms,
    deleted_ms) VALUES
    ('00000000-0000-4000-8000-000000000001', 'lower_back', 'Lower back', 'lower_back', 1773950640000,
        1773951240000, 3600, 600.0, 600.0, 555.0, 'finished', 'pain_nrs', 6, 4, 'Größer; "wärmer", 5 %
und ruhig', '11111111-1111-4111-8111-111111111111', 1773951300000, NULL),
    ('00000000-0000-4000-8000-000000000002', 'neck', 'Neck', 'neck', 1774062600500, 1774062700250, -12600,
        480.0, 99.75, 90.5, 'stopped', 'tension_nrs', 5, NULL, '', '22222222-2222-4222-8222-222222222222',
        1774062700250, NULL),
    ('00000000-0000-4000-8000-000000000003', 'goal_daily_ten', 'Daily ten', 'full_back', 1774130400000,
        1774130700000, 3600, 600.0, 300.0, 280.0, 'interrupted', 'pain_nrs', 7, 7, '',
        '11111111-1111-4111-8111-111111111111', 1774130700000, NULL),
    ('00000000-0000-4000-8000-000000000004', 'calves', 'Calves', 'calves', 1774216800000, NULL, 3600, 600.0,
        45.0, 40.0, 'open', 'tension_nrs', NULL, NULL, '', '11111111-1111-4111-8111-111111111111',
        1774216845000, NULL),
    ('00000000-0000-4000-8000-000000000005', 'chest', 'Chest', 'chest', 1774217000000, 1774217300000, 3600,
        300.0, 300.0, 270.0, 'finished', 'stress_nrs', 3, 3, 'by mistake',
        '11111111-1111-4111-8111-111111111111', 1774220000000, 1774220000000);
"""

SECOND = """
INSERT INTO cue VALUES
    ('00000000-0000-4000-8000-000000000001', 0.0, 'open', 0.031, 'Qt, Speakers', ''),
    ('00000000-0000-4000-8000-000000000001', 600.0, 'wake', NULL, '', 'no_output');
"""

THIRD = """
INSERT INTO rest_day VALUES
    ('2026-03-22', '11111111-1111-4111-8111-111111111111', 1774130400000, NULL),
    ('2026-03-25', '11111111-1111-4111-8111-111111111111', 1774130500000, 1774130500000);
"""

FOURTH = """
UPDATE session SET mat_name = 'Grüne Matte, "hart"', strongest = 8
    WHERE id = '00000000-0000-4000-8000-000000000001';
"""

FIFTH = """
UPDATE session SET morning_scale = 'sleep_sqs', morning_rating = 7
    WHERE id = '00000000-0000-4000-8000-000000000001';
"""

ROWS: Sequence[str] = (FIRST, SECOND, THIRD, FOURTH, FIFTH)
"""What each version added; a sample holds all up to its own."""


def make(path: Path, version: int) -> None:
    """Make the sample of one version."""
    scripts = sorted(MIGRATIONS.glob("*.sql"))[:version]
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("".join(script.read_text("utf-8") for script in scripts))
        connection.executescript("".join(ROWS[:version]))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")


def main() -> int:
    """Make what is missing."""
    versions = len(list(MIGRATIONS.glob("*.sql")))
    if versions > len(ROWS):
        print(f"There are {versions} versions; write rows for each into ROWS, empty where it added none.")
        return 1
    SAMPLES.mkdir(exist_ok=True)
    for version in range(1, versions + 1):
        path = SAMPLES / f"history-{version}.sqlite3"
        if path.exists():
            print(f"{path.name} is there and stays.")
        else:
            make(path, version)
            print(f"{path.name} made, {path.stat().st_size} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
