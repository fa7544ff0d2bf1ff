"""Stand-ins for the world outside: time that is turned by hand, sound that is written down."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from matsession.app.ports import SoundOutput, SoundProblem, SpeechProblem, SpeechVoice, SpokenLine
from matsession.domain.body import BodyArea
from matsession.domain.days import Span, day_of, start_of
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import ChimeName, StepMode
from matsession.domain.moment import Moment
from matsession.domain.preset import Preset, Step
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session_query import SessionQuery
from matsession.domain.statistics import PeriodSums, counts, sum_up
from matsession.domain.streak import DayRun
from matsession.domain.week import DAY_TURN_MIN
from matsession.storage.backups import BackupKind
from matsession.storage.exchange.export import ExportWish
from matsession.storage.exchange.other_programs import ImportWish
from matsession.storage.exchange.report import FileKind, ImportReport

FIRST_WALL = datetime(2026, 3, 19, 21, 4, tzinfo=timezone(timedelta(hours=1)))


class FakeClock:
    """Time turned by hand. ``advance`` lets it pass awake, ``sleep`` lets the computer sleep."""

    def __init__(self, wall: datetime = FIRST_WALL) -> None:
        """Begin at an arbitrary reading."""
        self._now = Moment(1000.0, 400.0, wall)

    def now(self) -> Moment:
        """The reading set by hand."""
        return self._now

    def advance(self, seconds: float) -> Moment:
        """Let time pass while the computer is awake."""
        now = self._now
        self._now = Moment(now.boot_s + seconds, now.awake_s + seconds, now.wall + timedelta(seconds=seconds))
        return self._now

    def sleep(self, seconds: float) -> Moment:
        """Let time pass while the computer sleeps."""
        now = self._now
        self._now = Moment(now.boot_s + seconds, now.awake_s, now.wall + timedelta(seconds=seconds))
        return self._now

    def jump_wall(self, seconds: float) -> Moment:
        """Set the time of day to another, as a person or a time server does."""
        self._now = replace(self._now, wall=self._now.wall + timedelta(seconds=seconds))
        return self._now


class FakeChimes:
    """Writes down what would have been heard, at the moment the session reaches it."""

    def __init__(self, problem: SoundProblem | None = None) -> None:
        """Begin with this problem, or none."""
        self.played: list[ChimeName] = []
        self.levels_played: list[float | None] = []
        self.scheduled: list[tuple[ChimeName, float | None, float]] = []
        self.cancelled = 0
        self.hushed = 0
        self.stays_ready = False
        self.said: list[tuple[Path, ChimeName | None]] = []
        self.previewed: list[tuple[ChimeName | Path, float]] = []
        self.background: Path | None = None
        self.prepared = 0
        self.released = 0
        self.volume = 1.0
        self.levels: dict[ChimeName, float] = {}
        self.files: dict[ChimeName, Path] = {}
        self.output_id: str | None = None
        self.found: list[SoundOutput] = []
        self.closed = False
        self._problem = problem
        self._listeners: list[Callable[[], None]] = []
        self._output_listeners: list[Callable[[], None]] = []
        self._report_listeners: list[Callable[[CueReport], None]] = []
        self._file_listeners: list[Callable[[str, str], None]] = []

    def prepare(self) -> None:
        """Count it."""
        self.prepared += 1

    def release(self) -> None:
        """Count it."""
        self.released += 1

    def keep_ready(self, *, ready: bool) -> None:
        """Remember it."""
        self.stays_ready = ready

    def schedule(self, chime: ChimeName, at_s: float | None, due_s: float) -> None:
        """Write it down; ``played`` when the session reaches it."""
        self.scheduled.append((chime, at_s, due_s))

    def play(
        self,
        chime: ChimeName,
        at_s: float | None = None,
        late_s: float = 0.0,
        *,
        level: float | None = None,
    ) -> bool:
        """Write it down and report it; silent while there is a problem."""
        problem = self._problem
        if problem is None:
            self.played.append(chime)
            self.levels_played.append(level)
        if at_s is not None:
            late = late_s if problem is None else None
            self.report(CueReport(at_s, chime, late, "" if problem else "a fake", str(problem or "")))
        return problem is None

    def cancel(self) -> None:
        """Count it."""
        self.cancelled += 1

    def hush(self) -> None:
        """Count it."""
        self.hushed += 1

    def say(self, path: Path, after: ChimeName | None = None) -> None:
        """Write it down."""
        self.said.append((path, after))

    def preview(self, sound: ChimeName | Path, level: float) -> None:
        """Write it down."""
        self.previewed.append((sound, level))

    def set_background(self, path: Path | None, level: float = 1.0, fade_s: float = 3.0) -> None:
        """Remember it."""
        self.background = path

    def set_volume(self, volume: float) -> None:
        """Remember it."""
        self.volume = volume

    def set_levels(self, levels: Mapping[ChimeName, float]) -> None:
        """Remember them."""
        self.levels = dict(levels)

    def set_sounds(self, files: Mapping[ChimeName, Path]) -> None:
        """Remember them."""
        self.files = dict(files)

    def set_output(self, output_id: str | None) -> None:
        """Remember it."""
        self.output_id = output_id

    def outputs(self) -> Sequence[SoundOutput]:
        """What was set in ``found``."""
        return self.found

    def output_name(self) -> str:
        """The first of them."""
        return self.found[0].name if self.found else ""

    def problem(self) -> SoundProblem | None:
        """What was set."""
        return self._problem

    def on_problem_changed(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._listeners.append(listener)

    def on_outputs_changed(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._output_listeners.append(listener)

    def on_sounded(self, listener: Callable[[CueReport], None]) -> None:
        """Remember the listener."""
        self._report_listeners.append(listener)

    def on_unreadable(self, listener: Callable[[str, str], None]) -> None:
        """Remember the listener."""
        self._file_listeners.append(listener)

    def set_problem(self, problem: SoundProblem | None) -> None:
        """Break or mend the sound."""
        self._problem = problem
        for listener in self._listeners:
            listener()

    def tell_outputs(self) -> None:
        """The outputs in ``found`` have become known."""
        for listener in self._output_listeners:
            listener()

    def fail_to_read(self, sound: str, reason: str) -> None:
        """A file cannot be played."""
        for listener in self._file_listeners:
            listener(sound, reason)

    def report(self, report: CueReport) -> None:
        """Tell how a cue sounded."""
        for listener in self._report_listeners:
            listener(report)

    def close(self) -> None:
        """Remember it."""
        self.closed = True


class FakeStore:
    """History in a dictionary, which can be told to fail."""

    def __init__(self) -> None:
        """Begin empty."""
        self.rows: dict[str, SessionRecord] = {}
        self.reports: dict[str, list[CueReport]] = {}
        self.failure: MatSessionError | None = None
        self.calls: list[str] = []
        self.off: set[date] = set()
        self.coming_in: list[SessionRecord] = []
        self.sums = FakeSums(self.rows)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.failure:
            raise self.failure

    def save(self, record: SessionRecord) -> None:
        """Keep it."""
        self._called("save")
        self.rows[record.id] = replace(record, updated_at=datetime.now(UTC))

    def mark(self, record_id: str, done_s: float, on_mat_s: float, planned_s: float) -> None:
        """Change it."""
        self._called("mark")
        self.rows[record_id] = replace(
            self.rows[record_id], done_s=done_s, on_mat_s=on_mat_s, planned_s=planned_s
        )

    def get(self, record_id: str) -> SessionRecord | None:
        """One row."""
        self._called("get")
        row = self.rows.get(record_id)
        return None if row is None or row.deleted_at is not None else row

    def records(
        self,
        *,
        from_day: date | None = None,
        to_day: date | None = None,
        area: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        turn_min: int = 0,
    ) -> Sequence[SessionRecord]:
        """Newest first."""
        self._called("records")
        rows = sorted(
            (
                row
                for row in self.rows.values()
                if row.deleted_at is None
                and (area is None or row.area == area)
                and (from_day is None or day_of(row.started_at, turn_min) >= from_day)
                and (to_day is None or day_of(row.started_at, turn_min) <= to_day)
            ),
            key=lambda row: row.started_at,
            reverse=True,
        )
        return rows[offset : None if limit is None else offset + limit]

    def close(self) -> None:
        """Nothing to let go of."""

    def count(self) -> int:
        """How many."""
        self._called("count")
        return sum(row.deleted_at is None for row in self.rows.values())

    def uses_by_area(self, *, from_day: date | None = None, to_day: date | None = None) -> Mapping[str, int]:
        """Reckoned from the rows."""
        rows = self.records(from_day=from_day, to_day=to_day)
        self.calls[-1] = "uses_by_area"
        return Counter(row.area for row in rows)

    def presets_by_use(self) -> Sequence[str]:
        """Reckoned from the rows, the latest of equals first."""
        rows = self.records()
        self.calls[-1] = "presets_by_use"
        return [preset_id for preset_id, _ in Counter(row.preset_id for row in rows).most_common()]

    def save_cues(self, record_id: str, reports: Sequence[CueReport]) -> None:
        """Keep them."""
        self._called("save_cues")
        self.reports[record_id] = list(reports)

    def cues(self, record_id: str) -> Sequence[CueReport]:
        """What was kept."""
        self._called("cues")
        return self.reports.get(record_id, [])

    def delete(self, record_id: str) -> None:
        """Forget it."""
        self._called("delete")
        self.rows.pop(record_id, None)

    def find(self, query: SessionQuery) -> "FakeFound":
        """As the query itself says it."""
        self._called("find")
        return FakeFound(query.sorted(self.rows.values()))

    def delete_all_of(self, record_ids: Sequence[str]) -> Sequence[str]:
        """Mark them."""
        self._called("delete_all_of")
        gone = [each for each in record_ids if each in self.rows and self.rows[each].deleted_at is None]
        for each in gone:
            self.rows[each] = replace(self.rows[each], deleted_at=datetime.now(UTC))
        return gone

    def restore(self, record_ids: Sequence[str]) -> int:
        """Take the marks away."""
        self._called("restore")
        back = [each for each in record_ids if each in self.rows and self.rows[each].deleted_at is not None]
        for each in back:
            self.rows[each] = replace(self.rows[each], deleted_at=None)
        return len(back)

    def presets_used(self) -> Mapping[str, str]:
        """Reckoned from the rows."""
        self._called("presets_used")
        rows = sorted(filter(counts, self.rows.values()), key=lambda row: row.started_at)
        return {row.preset_id: row.preset_name for row in rows}

    def export_steps(self, path: Path, wish: ExportWish | None = None) -> Generator[float, None, int]:
        """In two pieces, without a file."""
        self._called("export_steps")
        yield 0.5
        yield 1.0
        return self.count()

    def import_steps(
        self,
        path: Path,
        *,
        dry_run: bool = False,
        skip_refused: bool = False,
        wish: ImportWish | None = None,
        before: Callable[[], None] | None = None,
        wanted_elsewhere: Callable[[], bool] | None = None,
    ) -> Generator[float, None, ImportReport]:
        """In two pieces: what ``coming_in`` holds."""
        self._called("import_steps")
        if before is not None and not dry_run:
            before()
        yield 0.5
        yield 1.0
        if not dry_run:
            self.rows.update({row.id: row for row in self.coming_in})
        return ImportReport(FileKind.CSV, new=len(self.coming_in), applied=not dry_run)

    def back_up(self, kind: BackupKind, now: datetime) -> Path | None:
        """It has no file."""
        self._called("back_up")
        return None

    def put_back(self, backup: Path, now: datetime) -> Path:
        """Be empty, as it was at first."""
        self._called("put_back")
        self.rows.clear()
        return backup

    def delete_everything(self) -> None:
        """Be empty."""
        self._called("delete_everything")
        self.rows.clear()
        self.reports.clear()
        self.off.clear()

    def rated(self, rating_scale: str, limit: int) -> Sequence[SessionRecord]:
        """Newest first."""
        self._called("rated")
        rows = [
            row
            for row in self.rows.values()
            if counts(row)
            and row.change is not None
            and row.rating_scale == rating_scale
            and row.area != BodyArea.NONE
        ]
        return sorted(rows, key=lambda row: row.started_at, reverse=True)[:limit]

    def rest_days(self) -> frozenset[date]:
        """What was marked."""
        self._called("rest_days")
        return frozenset(self.off)

    def set_rest_day(self, day: date, rest: bool) -> None:
        """Remember it."""
        self._called("set_rest_day")
        (self.off.add if rest else self.off.discard)(day)

    def left_open(self) -> Sequence[SessionRecord]:
        """Rows still open."""
        self._called("left_open")
        return [row for row in self.rows.values() if row.state is RowState.OPEN]


class FakeFound:
    """Rows in a list."""

    def __init__(self, rows: Sequence[SessionRecord]) -> None:
        """These."""
        self.rows = rows

    @property
    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def page(self, first: int, limit: int) -> Sequence[SessionRecord]:
        """Some of them."""
        return self.rows[first : first + limit]


class FakeSums:
    """Adds up all rows whenever it is asked."""

    def __init__(self, rows: Mapping[str, SessionRecord]) -> None:
        """Look at these rows."""
        self._rows = rows
        self.turn_min = DAY_TURN_MIN

    def follow_day_turn(self, turn_min: int) -> Generator[float, None, None]:
        """In one piece."""
        if turn_min != self.turn_min:
            self.turn_min = turn_min
            yield 1.0

    def rebuild(self) -> Generator[float, None, None]:
        """In one piece."""
        yield 1.0

    def check(self) -> int:
        """Always right."""
        return 0

    def read(self, span: Span, from_day: date | None = None) -> Sequence[PeriodSums]:
        """From the rows."""
        first = start_of(span, from_day or date.min)
        return [each for each in sum_up(self._rows.values(), span, self.turn_min) if each.key.start >= first]

    def runs(self) -> Sequence[DayRun]:
        """From the rows."""
        return day_runs((row.started_at for row in self._rows.values() if counts(row)), self.turn_min)


def day_runs(moments: Iterable[datetime], turn_min: int) -> list[DayRun]:
    """The runs of days that these moments lie in."""
    offsets: dict[date, list[int]] = {}
    for when in moments:
        offset = when.utcoffset() or timedelta()
        offsets.setdefault(day_of(when, turn_min), []).append(round(offset.total_seconds()))
    runs: list[DayRun] = []
    for day in sorted(offsets):
        lowest, highest = min(offsets[day]), max(offsets[day])
        if runs and runs[-1].last == day - timedelta(days=1):
            runs[-1] = runs[-1]._replace(last=day, left_offset_s=lowest)
        else:
            runs.append(DayRun(day, day, highest, lowest))
    return runs


class FakeSpeech:
    """Makes a line when told to; found voices when told to."""

    def __init__(self) -> None:
        self.found: list[SpeechVoice] | None = None
        self.trouble: SpeechProblem | None = None
        self.ordered: list[SpokenLine] = []
        self.hurried: list[SpokenLine] = []
        self.made: dict[SpokenLine, Path] = {}
        self.looks = 0
        self.forgiven = 0
        self.closed = False
        self._changed: list[Callable[[], None]] = []
        self._line: list[Callable[[SpokenLine, Path | None], None]] = []

    def look(self) -> None:
        self.looks += 1

    def voices(self, language: str) -> Sequence[SpeechVoice] | None:
        if self.found is None:
            return None
        return [voice for voice in self.found if voice.language.startswith(language)]

    def problem(self, voice_id: str | None) -> SpeechProblem | None:
        return self.trouble

    def path_for(self, line: SpokenLine) -> Path | None:
        return self.made.get(line)

    def order(self, lines: Sequence[SpokenLine]) -> None:
        self.ordered = list(lines)

    def hurry(self, line: SpokenLine) -> None:
        self.hurried.append(line)

    def forgive(self) -> None:
        self.forgiven += 1

    def on_changed(self, listener: Callable[[], None]) -> None:
        self._changed.append(listener)

    def on_line(self, listener: Callable[[SpokenLine, Path | None], None]) -> None:
        self._line.append(listener)

    def close(self) -> None:
        self.closed = True

    def find(self, *voices: SpeechVoice) -> None:
        """End of looking."""
        self.found = list(voices)
        self.tell()

    def tell(self) -> None:
        for listener in self._changed:
            listener()

    def settle(self, line: SpokenLine, path: Path | None) -> None:
        """A line was made or failed."""
        if path is not None:
            self.made[line] = path
        for listener in self._line:
            listener(line, path)

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.ordered]


class FakeSignals:
    """What a system may ask of a program, asked by hand."""

    def __init__(self) -> None:
        """Begin closed."""
        self.is_open = False
        self.stood_still = 0
        self._listeners: dict[str, list[Callable[[], None]]] = {}

    def open(self) -> None:
        """Remember it."""
        self.is_open = True

    def close(self) -> None:
        """Remember it."""
        self.is_open = False

    def stand_still(self) -> None:
        """Count it, and go on at once."""
        self.stood_still += 1

    def on_end_wished(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._listeners.setdefault("end", []).append(listener)

    def on_stop_wished(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._listeners.setdefault("stop", []).append(listener)

    def on_continued(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._listeners.setdefault("continue", []).append(listener)

    def on_resized(self, listener: Callable[[], None]) -> None:
        """Remember the listener."""
        self._listeners.setdefault("resize", []).append(listener)

    def ask(self, wish: str) -> None:
        """To "end", "stop", "continue" or "resize"."""
        assert self.is_open
        for listener in self._listeners[wish]:
            listener()


class FakeLock:
    """A lock that another program may hold."""

    def __init__(self) -> None:
        """Begin free."""
        self.held = False
        self.held_elsewhere = False

    def acquire(self) -> bool:
        """Take it."""
        if self.held_elsewhere:
            return False
        self.held = True
        return True

    def release(self) -> None:
        """Let it go."""
        self.held = False


class FakeAutostart:
    """What a system would start at login."""

    def __init__(self) -> None:
        """Begin off."""
        self.possible = True
        self.on = False
        self.failure: MatSessionError | None = None
        self.answer: Callable[[MatSessionError | None], None] = lambda _error: None
        """What hears an answer that comes later."""

    def is_on(self) -> bool:
        """As it was set."""
        return self.on

    def on_answered(self, listener: Callable[[MatSessionError | None], None]) -> None:
        """Remember who hears it."""
        self.answer = listener

    def set_on(self, on: bool) -> None:
        """Remember it."""
        if self.failure:
            raise self.failure
        self.on = on


def make_step(step_id: str, seconds: int, min_s: int | None = None, **more: Any) -> Step:
    """A step with little to write."""
    values: dict[str, Any] = {
        "name": step_id.capitalize(),
        "min_s": seconds if min_s is None else min_s,
        "show": f"Do {step_id}.",
        "say": f"Now do {step_id}.",
    }
    return Step(id=step_id, seconds=seconds, **{**values, **more})


def make_preset(**more: Any) -> Preset:
    """A preset of 100 s (50 to 300): lower 10, rest 80 elastic, rise 10 off the mat."""
    steps = (
        make_step("lower", 10, 5, chime=ChimeName.OPEN),
        make_step("rest", 80, 40, mode=StepMode.ELASTIC),
        make_step("rise", 10, 5, chime=ChimeName.WAKE, on_mat=False),
    )
    values: dict[str, Any] = {
        "id": "short_rest",
        "name": "Short rest",
        "area": BodyArea.LOWER_BACK,
        "steps": steps,
        "suggested_s": 100,
        "min_total_s": 50,
        "max_total_s": 300,
    }
    return Preset(**{**values, **more})
