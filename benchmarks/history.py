"""A history of 1,000, 100,000 and 1,000,000 sessions, side by side: what stays fast, and what it costs.

The files are made with a seed: two sessions a day, over sixty years at the most, so that a million are 46 a
day. Each part is measured in processes of its own, the sizes turn about, medians are told. A yardstick is
another way to the same end, measured in the same process.

    python3 dev.py bench history -- [PART...] [--sizes 1000,100000] [--rounds N]
"""

import argparse
import contextlib
import csv
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

from matsession.app.history_overview import read_overview  # noqa: E402 - see above
from matsession.domain.body import BodyArea  # noqa: E402
from matsession.domain.record import RowState, SessionRecord  # noqa: E402
from matsession.domain.session_query import SessionQuery, SortBy  # noqa: E402
from matsession.domain.settings import Settings  # noqa: E402
from matsession.storage.database import Database  # noqa: E402
from matsession.storage.guidance_file import read_guidance  # noqa: E402
from matsession.storage.history import History  # noqa: E402
from matsession.storage.session_rows import MARKS  # noqa: E402

SIZES: Final = (1_000, 100_000, 1_000_000)
SEED: Final = 20_260_319
A_DAY: Final = 2
MOST_DAYS: Final = 60 * 365
LAST: Final = datetime(2026, 3, 19, 21, 0, tzinfo=UTC)
INSERTS: Final = 300

AREAS: Final = [str(area) for area in BodyArea]
SCALES: Final = ("pain_nrs", "tension_nrs", "stress_nrs", "energy_nrs")

Figures = dict[str, float]
_T = TypeVar("_T")

_INSERT: Final = f"INSERT INTO session VALUES ({MARKS})"

PAGE: Final = 50
"""What a table shows at once, and a little more."""

BARE_SCHEMA: Final = """
SELECT sql FROM sqlite_schema
WHERE sql IS NOT NULL AND tbl_name = 'session' AND type IN ('table', 'index')"""

TRIGGERS: Final = ("session_added", "session_about_to_change", "session_changed", "session_about_to_go")

BARE_STATISTICS: Final = (
    """
    SELECT date((started_ms / 1000 + utc_offset_s - 14400), 'unixepoch') AS day, count(*), sum(done_s)
    FROM session WHERE deleted_ms IS NULL AND state <> 'open' GROUP BY day""",
    """
    SELECT area, rating_scale, preset_id, count(*), sum(done_s), sum(rating_after - rating_before),
        sum((rating_after - rating_before) * (rating_after - rating_before))
    FROM session WHERE deleted_ms IS NULL AND state <> 'open' GROUP BY area, rating_scale, preset_id""",
)
"""The heart of an overview as one would write it without sums."""


# -- the files -------------------------------------------------------------------------------------------


def make_history(path: Path, size: int) -> None:
    """Make a file with so many sessions, not yet added up."""
    History.open(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("UPDATE sum_state SET built_before_ms = -9223372036854775808")
        connection.execute("BEGIN")
        connection.executemany(_INSERT, rows(size))
        connection.execute("COMMIT")


def rows(size: int) -> Iterator[tuple[object, ...]]:
    """Sessions as they lie in the table, oldest first."""
    chance = random.Random(SEED + size)
    days = min(size // A_DAY, MOST_DAYS)
    for number in range(size):
        # Some areas far more often than others, as people have them.
        area = min(int(chance.expovariate(0.4)), len(AREAS) - 1)
        before = chance.choice((None, 3, 4, 5, 6, 7, 8))
        after = (
            None
            if before is None or chance.random() < 0.2
            else max(0, before - chance.choice((0, 0, 1, 2, 3)))
        )
        day = LAST - timedelta(days=days - 1 - number * days // size)
        started_ms = round(day.timestamp() * 1000) - chance.randrange(12 * 3_600_000)
        done_s = chance.choice((300.0, 600.0, 600.0, 900.0, 1200.0))
        yield (
            str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            f"{AREAS[area]}_{chance.randrange(2)}",
            AREAS[area].replace("_", " ").capitalize(),
            AREAS[area],
            started_ms,
            started_ms + round(done_s * 1000),
            7200 if 4 <= day.month <= 10 else 3600,
            done_s,
            done_s,
            done_s - 45,
            chance.choice(("finished", "finished", "finished", "stopped")),
            SCALES[area % len(SCALES)],
            before,
            after,
            chance.choice(("", "", "", "warm and quiet", "slept badly, back stiff in the morning")),
            "11111111-1111-4111-8111-111111111111",
            started_ms + round(done_s * 1000),
            None,
            "Firm, red" if number % 3 else "",
            number % 11 if number % 2 else None,
            "" if number % 5 else "sleep_sqs",
            None if number % 10 else number % 11,
        )


# -- parts ---------------------------------------------------------------------------------------------


def opening(path: Path) -> Figures:
    """Open the file as the window does, and the check for damage that may wait."""
    took, history = timed(lambda: History.open(path, check=False))
    with history:
        checked, _ = timed(history.check)
    return {"open": took, "check for damage": checked}


def overview(path: Path) -> Figures:
    """All numbers of the overview, twice: cold and warm; beside the bare queries without sums."""
    guidance = read_guidance(ROOT / "resources" / "guidance.toml")
    settings = Settings()
    with History.open(path, check=False) as history:
        before_mb = peak_mb()
        first, _ = timed(lambda: read_overview(history, settings, guidance, LAST))
        again, _ = timed(lambda: read_overview(history, settings, guidance, LAST))
        grown_mb = peak_mb() - before_mb
    with contextlib.closing(sqlite3.connect(path)) as connection:

        def bare() -> None:
            for query in BARE_STATISTICS:
                connection.execute(query).fetchall()

        bare()
        yardstick, _ = timed(bare)
    return {"first": first, "again": again, "yardstick": yardstick, "memory": grown_mb}


def insert(path: Path) -> Figures:
    """Save new sessions one by one, beside the same file without triggers, turn about."""
    folder = path.parent / "insert"
    folder.mkdir()
    try:
        ours, bare = (Path(shutil.copy(path, folder / name)) for name in ("ours.sqlite3", "bare.sqlite3"))
        with contextlib.closing(sqlite3.connect(bare, isolation_level=None)) as connection:
            for trigger in TRIGGERS:
                connection.execute(f"DROP TRIGGER {trigger}")
        os.sync()  # else the copies are still being written while we measure
        took: dict[Path, list[float]] = {ours: [], bare: []}
        with History.open(ours, check=False) as first, History.open(bare, check=False) as second:
            for number in range(INSERTS):
                for history, file in ((first, ours), (second, bare)):
                    took[file].append(save_one(history, number))
        figures = {
            "one": statistics.median(took[ours]),
            "slow": sorted(took[ours])[INSERTS * 95 // 100],
            "yardstick": statistics.median(took[bare]),
        }
        for file, name in ((ours, "unwaited"), (bare, "unwaited yardstick")):
            with Database.open(file, check=False) as database:
                with database.reading() as connection:
                    connection.execute("PRAGMA synchronous = OFF")
                history = History(database)
                figures[name] = statistics.median(save_one(history, number) for number in range(INSERTS))
        return figures
    finally:
        shutil.rmtree(folder)


def save_one(history: History, number: int) -> float:
    """How long a new session takes to be saved."""
    record = new_session(number)
    return timed(lambda: history.save(record))[0]


def new_session(number: int) -> SessionRecord:
    """One of today."""
    return SessionRecord(
        id=str(uuid.uuid4()),
        preset_id="lower_back",
        preset_name="Lower back",
        area="lower_back",
        started_at=LAST + timedelta(seconds=number),
        planned_s=600,
        done_s=600,
        on_mat_s=555,
        state=RowState.FINISHED,
        rating_scale="pain_nrs",
        rating_before=6,
        rating_after=4,
    )


def filters(path: Path) -> Figures:
    """What the list of sessions asks for."""
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    with History.open(path, check=False) as history:
        asked: dict[str, Callable[[], object]] = {
            "newest": lambda: history.records(limit=200),
            "area": lambda: history.records(area="neck", limit=200),
            "month": lambda: history.records(from_day=first, to_day=last, limit=200),
            "area in month": lambda: history.records(from_day=first, to_day=last, area="neck", limit=200),
            "rated": lambda: history.rated("pain_nrs", 30),
            "count": history.count,
        }
        for ask in asked.values():
            ask()
        return {name: statistics.median(timed(ask)[0] for _ in range(5)) for name, ask in asked.items()}


def pages(path: Path) -> Figures:
    """The table of sessions: found, scrolled, sorted, filtered; beside what SQLite needs for a first page."""
    with History.open(path, check=False) as history:

        def first_page(**wanted: Any) -> object:
            return history.find(SessionQuery(**wanted)).page(0, PAGE)

        first_page()
        figures = {"first": median_of(first_page)}
        found = history.find(SessionQuery())
        figures["scroll"], _ = timed(
            lambda: [found.page(start, PAGE) for start in range(PAGE, PAGE + 1000, PAGE)]
        )
        figures["middle"] = median_of(lambda: history.find(SessionQuery()).page(found.count // 2, PAGE))
        middle = history.find(SessionQuery())
        middle.page(middle.count // 2, PAGE)
        figures["scroll middle"], _ = timed(
            lambda: [middle.page(middle.count // 2 + start, PAGE) for start in range(PAGE, PAGE + 1000, PAGE)]
        )
        figures["last"] = median_of(lambda: history.find(SessionQuery()).page(found.count - PAGE, PAGE))
        figures["area"] = median_of(lambda: first_page(areas=frozenset({"neck"})))
        month = {"from_day": date(2026, 2, 1), "to_day": date(2026, 2, 28)}
        figures["month"] = median_of(lambda: first_page(**month))
        figures["outcome"] = median_of(lambda: first_page(states=frozenset({RowState.STOPPED})))
        figures["sorted"] = median_of(lambda: first_page(sort_by=SortBy.CHANGE))
        figures["text"] = median_of(lambda: first_page(text="Back Stiff"))
        before_mb = peak_mb()
        for start in range(0, found.count, max(found.count // 1000, 1)):
            found.page(start, PAGE)
        figures["memory"] = peak_mb() - before_mb
    with contextlib.closing(sqlite3.connect(path)) as connection:
        query = "SELECT * FROM session WHERE deleted_ms IS NULL ORDER BY started_ms DESC, id LIMIT ?"
        figures["yardstick"] = median_of(lambda: connection.execute(query, (PAGE,)).fetchall())
        query = "SELECT count(*) FROM session WHERE note LIKE '%back stiff%'"
        figures["yardstick text"] = median_of(lambda: connection.execute(query).fetchall())
    return figures


def bring_out(path: Path) -> Figures:
    """Export all sessions as CSV and as JSON, beside a bare script of csv and sqlite3."""
    with tempfile.TemporaryDirectory() as folder, History.open(path, check=False) as history:
        count = history.count()

        def bare() -> None:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                rows = connection.execute("SELECT * FROM session ORDER BY started_ms")
                with Path(folder, "bare.csv").open("w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows(rows)

        bare()
        yardstick, _ = timed(bare)
        as_json, _ = drained(history.export_steps(Path(folder, "ours.json")))
        ours, longest = drained(history.export_steps(Path(folder, "ours.csv")))
        bytes_each = Path(folder, "ours.csv").stat().st_size / count
    return {
        "csv": count / ours * 1000,
        "json": count / as_json * 1000,
        "yardstick": count / yardstick * 1000,
        "slower": ours / yardstick,
        "piece": longest,
        "bytes": bytes_each,
    }


def take_in(path: Path) -> Figures:
    """Import all of them into an empty home, and once more; beside a bare script into the same table."""
    with tempfile.TemporaryDirectory() as folder:
        file, rough = Path(folder, "all.csv"), Path(folder, "bare.csv")
        with History.open(path, check=False) as history:
            count = history.count()
            drained(history.export_steps(file))
            drained(history.export_steps(file.with_suffix(".json")))
        with contextlib.closing(sqlite3.connect(path)) as connection:
            schema = [row[0] for row in connection.execute(BARE_SCHEMA)]
            with rough.open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(connection.execute("SELECT * FROM session ORDER BY started_ms"))

        def bare() -> None:
            with contextlib.closing(sqlite3.connect(Path(folder, "bare.sqlite3"))) as connection:
                for statement in schema:
                    connection.execute(statement)
                with rough.open(newline="", encoding="utf-8") as lines:
                    connection.executemany(_INSERT, map(blank_to_none, csv.reader(lines)))
                connection.commit()

        yardstick, _ = timed(bare)
        with History.open(Path(folder, "ours.sqlite3")) as history:
            ours, longest = drained(history.import_steps(file))
            again, _ = drained(history.import_steps(file))
            dry, _ = drained(history.import_steps(file, dry_run=True))
            summed, _ = drained(history.sums.follow_day_turn(240))
        with History.open(Path(folder, "json.sqlite3")) as history:
            as_json, _ = drained(history.import_steps(file.with_suffix(".json")))
    return {
        "csv": count / ours * 1000,
        "json": count / as_json * 1000,
        "again": count / again * 1000,
        "dry": count / dry * 1000,
        "yardstick": count / yardstick * 1000,
        "slower": ours / yardstick,
        "piece": longest,
        "sums": summed,
    }


def blank_to_none(cells: list[str]) -> list[str | None]:
    """A row of a bare CSV: a number that is missing is nothing, a text is a text."""
    return [cell or (None if place in (5, 12, 13, 17, 19) else cell) for place, cell in enumerate(cells)]


def drained(steps: Generator[float, None, object]) -> tuple[float, float]:
    """How many milliseconds all steps took, and the longest of them."""
    longest, began_s = 0.0, time.perf_counter()
    while True:
        took, done = timed(lambda: next(steps, None))
        longest = max(longest, took)
        if done is None:
            return (time.perf_counter() - began_s) * 1000, longest


def median_of(act: Callable[[], object]) -> float:
    """The median of five times, in milliseconds."""
    return statistics.median(timed(act)[0] for _ in range(5))


def sums(path: Path) -> Figures:
    """Another turn of the day: all sessions added up anew; and the check of the sums."""
    with History.open(path, check=False) as history:
        pieces = []
        began_s = time.perf_counter()
        for turn_min in (300, 240):
            steps = history.sums.follow_day_turn(turn_min)
            while True:
                took, done = timed(lambda: next(steps, None))  # noqa: B023 - called at once
                if done is None:
                    break
                pieces.append(took)
        whole_s = (time.perf_counter() - began_s) / 2
        checked, wrong = timed(history.sums.check)
        assert wrong == 0
    return {"whole": whole_s * 1000, "piece": max(pieces), "check": checked}


def size(path: Path) -> Figures:
    """Bytes, and how many of them are sums: what falls free without them."""
    copy = path.with_name("without-sums.sqlite3")
    shutil.copy(path, copy)
    try:
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            count = connection.execute("SELECT count(*) FROM session").fetchone()[0]
            connection.execute("DELETE FROM period_sum")
            free = connection.execute("PRAGMA freelist_count").fetchone()[0]
            page = connection.execute("PRAGMA page_size").fetchone()[0]
    finally:
        copy.unlink()
    whole = path.stat().st_size
    return {"whole": whole / 1e6, "each": whole / count, "sums": 100 * free * page / whole}


def page(path: Path) -> Figures:
    """The page in the window: open it to painted, the list, scrolling it, and what it costs in memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path[:0] = [str(ROOT)]
    from PySide6.QtCore import QCoreApplication, QSize, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QAbstractButton, QApplication

    from matsession.choices import read_choices
    from matsession.desktop.paths import Folders, resources_folder
    from matsession.main import build
    from matsession.storage.settings_file import SettingsFile
    from matsession.ui.main_window import MainWindow
    from matsession.ui.theme import apply_theme
    from matsession.ui.widgets.session_table import SessionTable
    from tools.shots.stage import USUAL
    from tools.shots.stand_ins import FixedClock, QuietSound, QuietSpeech

    application = QApplication([])
    apply_theme(application)
    home = path.parent / "home"
    folders = Folders(path.parent, home / "config", home / "cache", home / "run", resources_folder())
    SettingsFile(folders.settings_file).save(USUAL)  # nobody is welcomed
    choices = read_choices(folders)
    program = build(folders, choices, clock=FixedClock(), chimes=QuietSound(), speech=QuietSpeech())
    window = MainWindow(choices.presets, choices.preferences, program.session_parts)
    window.resize(QSize(1100, 760))
    window.show()
    QTest.qWaitForWindowActive(window)
    for _ in range(5):
        QCoreApplication.processEvents()
    program.journal.count()  # the file is open, as it is right after the first picture
    before_mb = peak_mb()

    def show_page() -> None:
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        window.grab()

    def show_list() -> None:
        next(each for each in window.findChildren(QAbstractButton) if each.text() == "Sessions").click()
        window.grab()

    opened, _ = timed(show_page)
    listed, _ = timed(show_list)
    table = window.findChild(SessionTable)
    assert table is not None
    model, chance = table.model(), random.Random(SEED)

    def look_at(row: int) -> None:
        table.scrollTo(model.index(row, 0), SessionTable.ScrollHint.PositionAtTop)
        table.viewport().grab()

    along = [timed(partial(look_at, row))[0] for row in range(0, min(1000, model.rowCount()), 5)]
    jumps = [timed(lambda: look_at(chance.randrange(model.rowCount())))[0] for _ in range(40)]
    figures = {
        "open": opened,
        "list": listed,
        "scroll": statistics.median(along),
        "slow": max(along),
        "jump": statistics.median(jumps),
        "memory": peak_mb() - before_mb,
    }
    window.deleteLater()
    program.close()
    return figures


def timed(act: Callable[[], _T]) -> tuple[float, _T]:
    """How many milliseconds it took, and what came of it."""
    began_s = time.perf_counter()
    result = act()
    return (time.perf_counter() - began_s) * 1000, result


def peak_mb() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a figure of a part; ``aim`` is the most the last may be beside the first."""

    figure: str
    label: str
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Something to measure, and how to print it."""

    measure: Callable[[Path], Figures]
    lines: Sequence[Line]


PARTS: Final[Mapping[str, Part]] = {
    "open": Part(
        opening, (Line("open", "open the file, ms"), Line("check for damage", "  check it for damage, ms"))
    ),
    "overview": Part(
        overview,
        (
            Line("first", "all statistics, first time, ms"),
            Line("again", "  again, ms"),
            Line("yardstick", "  yardstick: bare GROUP BY over the sessions, ms"),
            Line("memory", "  memory it took, MB"),
        ),
    ),
    "insert": Part(
        insert,
        (
            Line("one", "save a session, ms", aim=2),
            Line("slow", "  slowest of twenty, ms"),
            Line("yardstick", "  yardstick: without sums, ms"),
            Line("unwaited", "  without waiting for the disk, ms", aim=2),
            Line("unwaited yardstick", "  yardstick: that and without sums, ms"),
        ),
    ),
    "filters": Part(
        filters,
        (
            Line("newest", "newest 200 sessions, ms"),
            Line("area", "  of one area, ms"),
            Line("month", "  of one month, ms"),
            Line("area in month", "  of one area in one month, ms"),
            Line("rated", "  newest 30 rated ones, ms"),
            Line("count", "  count all, ms"),
        ),
    ),
    "pages": Part(
        pages,
        (
            Line("first", "find all, first page of the table, ms", aim=1.5),
            Line("yardstick", "  yardstick: SELECT ... LIMIT, ms"),
            Line("scroll", "  scroll 1,000 rows, ms", aim=1.5),
            Line("middle", "  jump to the middle, ms"),
            Line("scroll middle", "  scroll 1,000 rows there, ms"),
            Line("last", "  jump to the end, ms"),
            Line("area", "  of one area, ms"),
            Line("month", "  of one month, ms"),
            Line("outcome", "  ended early, ms"),
            Line("sorted", "  sorted by change, ms"),
            Line("text", "  with words in the note, ms"),
            Line("yardstick text", "  yardstick: count of LIKE, ms"),
            Line("memory", "  memory of a thousand jumps, MB"),
        ),
    ),
    "export": Part(
        bring_out,
        (
            Line("csv", "export as CSV, rows a second"),
            Line("yardstick", "  yardstick: bare csv and sqlite3"),
            Line("slower", "  times slower (at most 2)"),
            Line("json", "  as JSON, with all there is"),
            Line("piece", "  longest piece, ms"),
            Line("bytes", "  bytes a row"),
        ),
    ),
    "import": Part(
        take_in,
        (
            Line("csv", "import CSV into an empty home, rows a second"),
            Line("yardstick", "  yardstick: bare csv and sqlite3"),
            Line("slower", "  times slower (at most 2)"),
            Line("again", "  the same again, which adds nothing"),
            Line("dry", "  a dry run of it"),
            Line("json", "  JSON"),
            Line("piece", "  longest piece, ms"),
            Line("sums", "  add them up afterwards, ms"),
        ),
    ),
    "sums": Part(
        sums,
        (
            Line("whole", "add up all sessions anew, ms"),
            Line("piece", "  longest piece, ms"),
            Line("check", "  check the sums, ms"),
        ),
    ),
    "page": Part(
        page,
        (
            Line("open", "open the page to painted, ms", aim=1.5),
            Line("list", "  on to the list of sessions, ms"),
            Line("scroll", "  five rows further down and painted, ms"),
            Line("slow", "  slowest of them over 1,000 rows, ms"),
            Line("jump", "  to anywhere and painted, ms"),
            Line("memory", "  memory all that took, MB"),
        ),
    ),
    "size": Part(
        size,
        (
            Line("whole", "size of the file, MB"),
            Line("each", "  for each session, bytes"),
            Line("sums", "  of it sums, per cent"),
        ),
    ),
}
"""In the order in which they are measured and printed."""


# -- running -------------------------------------------------------------------------------------------


def measure_once(part: str, path: Path) -> Figures:
    """One part in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", part, str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"bench history: {part} ended with {done.returncode}:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout)
    return figures


def print_part(part: Part, found: Mapping[int, Sequence[Figures]]) -> None:
    """Its lines: a median for each size, and the last size beside the first."""
    for line in part.lines:
        medians = [statistics.median(figures[line.figure] for figures in found[size]) for size in found]
        cells = "".join(f"{median:14.{0 if median >= 100 else 2}f}" for median in medians)
        ratio = f"{medians[-1] / medians[0]:10.2f}" if medians[0] else f"{'-':>10}"
        aim = f"   at most {line.aim:g}" if line.aim else ""
        print(f"{line.label:50}{cells}{ratio}{aim}", flush=True)


def main() -> int:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(prog="dev.py bench history --")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of sessions")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", nargs=2, metavar=("PART", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(PARTS[given.measure[0]].measure(Path(given.measure[1]))))
        return 0
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part is called {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    sizes = [int(text) for text in given.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for number in sizes:
            paths[number] = Path(folder) / f"{number}" / "history.sqlite3"
            print(f"making a history of {number:,} sessions", file=sys.stderr, flush=True)
            make_history(paths[number], number)
            with History.open(paths[number], check=False) as history:
                for _ in history.sums.follow_day_turn(240):
                    pass
        print(f"{given.rounds} rounds each, medians; SQLite {sqlite3.sqlite_version}")
        print(f"{'sessions':50}{''.join(f'{number:14,}' for number in sizes)}{'ratio':>10}")
        for name in given.parts or PARTS:
            found: dict[int, list[Figures]] = {number: [] for number in sizes}
            for _ in range(given.rounds):
                for number in sizes:
                    found[number].append(measure_once(name, paths[number]))
            print_part(PARTS[name], found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
