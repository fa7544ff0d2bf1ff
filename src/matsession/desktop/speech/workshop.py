"""Where lines are spoken into files: one child process at a time, each with a time limit.

The child touches us nowhere but in files: its text comes from one, its sound and its messages go to others.
So nothing it does or leaves undone can fill a pipe, and our event loop never waits for it.
"""

import contextlib
import logging
import os
import shutil
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from matsession.app.ports import SpeechProblem, SpeechVoice, SpokenLine
from matsession.desktop.speech.engines import (
    Command,
    SpeechEngine,
    find_engines,
    split_voice_id,
    spoken_text,
    usable_speed,
)
from matsession.desktop.speech.line_cache import LineCache, NotSpeechError

log = logging.getLogger(__name__)

FREE_AT_LEAST_BYTES = 2_000_000
"""With less room than this a line may have been cut short by the disk (one takes some 0.3 MB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much an engine may take."""

    job_ms: int = 10_000
    """For one line, or for the list of voices. A sentence takes espeak-ng about 20 ms."""
    watch_every_ms: int = 200
    """How often a working child's files are measured."""
    file_bytes: int = 20_000_000
    """More than three minutes of speech: no line is that long."""
    cache_bytes: int = 50_000_000
    failures_in_a_row: int = 3


@dataclass(frozen=True, slots=True)
class _Job:
    """What the child works on: a line, or the list of voices where there is no line."""

    engine: SpeechEngine
    line: SpokenLine | None = None


class SpeechWorkshop(QObject):
    """Makes lines in order, urgent ones first; fulfils ``SpeechMaker``.

    An engine that fails some times in a row is left alone until it is forgiven.
    """

    changed = Signal()
    """Voices or a problem changed."""
    line_settled = Signal(object, object)
    """A SpokenLine, and its Path or None."""

    def __init__(
        self,
        folder: Path,
        find: Callable[[], Sequence[SpeechEngine]] = find_engines,
        limits: Limits | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Keep lines in ``folder``; ``find`` tells the engines there are, the one to prefer first."""
        super().__init__(parent)
        self._find = find
        self._limits = limits or Limits()
        self._cache = LineCache(folder, self._limits.cache_bytes)
        self._desk = folder / f".making-{os.getpid()}-{id(self):x}"
        self._desk_ready = False
        self._engines: dict[str, SpeechEngine] | None = None
        self._voices: tuple[SpeechVoice, ...] | None = None
        self._to_list: deque[SpeechEngine] = deque()
        self._listed: list[SpeechVoice] = []
        self._looking = False
        self._urgent: deque[SpokenLine] = deque()
        self._ordered: deque[SpokenLine] = deque()
        self._job: _Job | None = None
        self._stopped_because = ""
        self._failures: Counter[str] = Counter()
        self._given_up: set[str] = set()
        self._no_room = False
        self._closed = False
        # Sound and drawing go before: an engine may use every core it finds.
        self._nice = None if sys.platform == "win32" else shutil.which("nice")

        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        if sys.platform != "win32":
            # A group of its own, so that helpers of the child are killed with it.
            alone = QProcess.UnixProcessParameters()
            alone.flags = QProcess.UnixProcessFlag.CreateNewSession
            self._process.setUnixProcessParameters(alone)
        self._process.finished.connect(self._on_process_finished)
        self._process.errorOccurred.connect(self._on_process_error)
        self._next = self._timer(0, self._on_next)
        self._deadline = self._timer(self._limits.job_ms, self._on_deadline)
        self._watch = self._timer(self._limits.watch_every_ms, self._on_watch)
        self._watch.setSingleShot(False)

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # -- the port ---------------------------------------------------------------------------------

    def look(self) -> None:
        """Find the engines and ask each for its voices; does nothing while that is under way."""
        if self._looking or self._closed:
            return
        self._looking = True
        self._engines = None
        self._next.start()

    def voices(self, language: str) -> Sequence[SpeechVoice] | None:
        """Voices for a language, the best engine's first; None until looked."""
        if self._voices is None:
            return None
        return [voice for voice in self._voices if voice.language.partition("-")[0] == language]

    def problem(self, voice_id: str | None) -> SpeechProblem | None:
        """Why nothing is spoken with this voice."""
        if self._no_room:
            return SpeechProblem.NO_ROOM
        if self._voices == ():
            return SpeechProblem.NO_ENGINE
        if voice_id is not None and split_voice_id(voice_id)[0] in self._given_up:
            return SpeechProblem.GIVEN_UP
        return None

    def path_for(self, line: SpokenLine) -> Path | None:
        """The finished file, or None."""
        return self._cache.find(line)

    def order(self, lines: Sequence[SpokenLine]) -> None:
        """Make these in this order instead of those ordered before."""
        self._ordered = deque(line for line in dict.fromkeys(lines) if not self._makes(line))
        self._wake()

    def hurry(self, line: SpokenLine) -> None:
        """Make this one first; the latest wish is the one somebody waits for."""
        if self._makes(line):
            return
        with contextlib.suppress(ValueError):
            self._urgent.remove(line)
        self._urgent.appendleft(line)
        self._wake()

    def forgive(self) -> None:
        """Try engines again that were given up."""
        self._failures.clear()
        if self._given_up:
            self._given_up.clear()
            self.changed.emit()

    def on_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` at every ``changed``."""
        self.changed.connect(listener)

    def on_line(self, listener: Callable[[SpokenLine, Path | None], None]) -> None:
        """Call ``listener`` at every ``line_settled``."""
        self.line_settled.connect(listener)

    def close(self) -> None:
        """End the child, leave nothing half made, take no more orders."""
        self._closed = True
        self._urgent.clear()
        self._ordered.clear()
        for timer in (self._next, self._deadline, self._watch):
            timer.stop()
        self._job = None
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._kill()
            self._process.waitForFinished(1000)
        shutil.rmtree(self._desk, ignore_errors=True)

    # -- one job after the other ------------------------------------------------------------------

    def _makes(self, line: SpokenLine) -> bool:
        return self._job is not None and self._job.line == line

    def _wake(self) -> None:
        # Never from within the call: whoever orders does not pay for starting a process.
        if not self._closed and self._job is None:
            self._next.start()

    @Slot()
    def _on_next(self) -> None:
        if self._job is not None or self._closed:
            return
        if self._engines is None:
            self._engines = {engine.id: engine for engine in self._find()}
            if self._looking:
                self._to_list = deque(self._engines.values())
                self._listed = []
        if self._urgent:
            self._begin_line(self._urgent.popleft())
        elif self._ordered:
            self._begin_line(self._ordered.popleft())
        elif self._to_list:
            # After the lines: who has chosen a voice already need not wait for the list.
            self._begin(_Job(self._to_list.popleft()))
        elif self._looking:
            self._looking = False
            self._voices = tuple(self._listed)
            self.changed.emit()

    def _begin_line(self, line: SpokenLine) -> None:
        engine_id = split_voice_id(line.voice_id)[0]
        engine = (self._engines or {}).get(engine_id)
        path = self._cache.find(line)
        if path is not None or engine is None or engine_id in self._given_up:
            self._next.start()
            self.line_settled.emit(line, path)
            return
        self._begin(_Job(engine, line))

    def _begin(self, job: _Job) -> None:
        self._job = job
        self._stopped_because = ""
        try:
            self._prepare_desk(job)
        except OSError as error:
            self._settle_without_room(job, error)
            return
        if job.line is None:
            command = job.engine.listing()
        else:
            voice = split_voice_id(job.line.voice_id)[1]
            command = job.engine.speak(self._text_file, self._wav_file, voice, usable_speed(job.line.speed))
        self._deadline.start()
        self._watch.start()
        self._start(command)

    def _start(self, command: Command) -> None:
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in command.environment.items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setWorkingDirectory(str(self._desk))
        self._process.setStandardInputFile(str(command.stdin or QProcess.nullDevice()))
        self._process.setStandardOutputFile(str(self._said_file))
        if self._nice:
            self._process.start(self._nice, ["-n", "10", command.program, *command.arguments])
        else:
            self._process.start(command.program, list(command.arguments))

    @Slot()
    def _on_deadline(self) -> None:
        self._stop_child(f"took longer than {self._limits.job_ms / 1000:g} s")

    @Slot()
    def _on_watch(self) -> None:
        for path in (self._wav_file, self._said_file):
            with contextlib.suppress(OSError):
                if path.stat().st_size > self._limits.file_bytes:
                    self._stop_child(f"wrote more than {self._limits.file_bytes} bytes")

    def _stop_child(self, because: str) -> None:
        self._stopped_because = self._stopped_because or because
        self._kill()

    def _kill(self) -> None:
        child = self._process.processId()
        if sys.platform != "win32" and child > 0:
            with contextlib.suppress(OSError):  # gone in this moment, or not a group of its own yet
                os.killpg(child, signal.SIGKILL)
        self._process.kill()

    @Slot(QProcess.ProcessError)
    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        # The other errors are followed by ``finished``.
        if error is QProcess.ProcessError.FailedToStart:
            self._settle(f"could not be started: {self._process.errorString()}")

    @Slot(int, QProcess.ExitStatus)
    def _on_process_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._stopped_because:
            self._settle(self._stopped_because)
        elif status is QProcess.ExitStatus.CrashExit:
            self._settle("crashed")
        elif code != 0:
            self._settle(f"ended with code {code}")
        else:
            self._settle(None)

    # -- the outcome ------------------------------------------------------------------------------

    def _settle(self, failure: str | None) -> None:
        job = self._job
        if job is None:
            return
        self._deadline.stop()
        self._watch.stop()
        if job.line is None:
            self._settle_listing(job, failure)
        else:
            self._settle_line(job, job.line, failure)

    def _settle_listing(self, job: _Job, failure: str | None) -> None:
        voices = [] if failure else job.engine.voices(self._said())
        if failure:
            log.info("%s: no list of voices: %s; it said: %s", job.engine.id, failure, self._said()[-300:])
        self._listed += voices
        self._rest()

    def _settle_line(self, job: _Job, line: SpokenLine, failure: str | None) -> None:
        path: Path | None = None
        if self._disk_is_full():
            # Asked even when all went well: espeak-ng writes what fits, with a header that agrees, and
            # ends with 0 (tried on a full tmpfs). Such a stump would be played ever after.
            self._settle_without_room(job, failure or "the disk is full")
            return
        if failure is None:
            try:
                path = self._cache.adopt(line, self._wav_file)
            except NotSpeechError as error:
                failure = str(error)
            except FileNotFoundError:
                failure = "wrote no file"
            except OSError as error:
                self._settle_without_room(job, error)
                return
        gave_up = self._count(job.engine, failure)
        had_no_room, self._no_room = self._no_room, False
        self._rest()
        self.line_settled.emit(line, path)
        if gave_up or had_no_room:
            self.changed.emit()

    def _count(self, engine: SpeechEngine, failure: str | None) -> bool:
        """Whether this failure was the one too many."""
        if failure is None:
            self._failures[engine.id] = 0
            return False
        log.info("%s: a line failed: %s; it said: %s", engine.id, failure, self._said()[-300:])
        self._failures[engine.id] += 1
        if self._failures[engine.id] < self._limits.failures_in_a_row:
            return False
        self._given_up.add(engine.id)
        log.warning("%s failed %d times in a row and is left alone", engine.id, self._failures[engine.id])
        return True

    def _settle_without_room(self, job: _Job, why: object) -> None:
        """Nothing can be written: drop what was ordered, until the next order tries again."""
        self._deadline.stop()
        self._watch.stop()
        lost = [*self._urgent, *self._ordered]
        if job.line is not None:
            lost.insert(0, job.line)
        self._urgent.clear()
        self._ordered.clear()
        if not self._no_room:
            log.warning("spoken lines cannot be kept in %s: %s", self._cache.folder, why)
        had_room, self._no_room = not self._no_room, True
        self._rest()
        for line in lost:
            self.line_settled.emit(line, None)
        if had_room:
            self.changed.emit()

    def _rest(self) -> None:
        self._job = None
        self._next.start()

    # -- files of a job ---------------------------------------------------------------------------

    @property
    def _text_file(self) -> Path:
        return self._desk / "line.txt"

    @property
    def _wav_file(self) -> Path:
        return self._desk / "line.wav"

    @property
    def _said_file(self) -> Path:
        return self._desk / "said.txt"

    def _prepare_desk(self, job: _Job) -> None:
        if not self._desk_ready:
            self._clear_old_desks()
            self._desk_ready = True
        shutil.rmtree(self._desk, ignore_errors=True)  # whatever the last child left in it
        self._desk.mkdir(mode=0o700, parents=True, exist_ok=True)
        if job.line is not None:
            # One line with its end, in UTF-8 whatever the desktop's language: what every engine reads.
            text = f"{spoken_text(job.line.text)}\n"
            self._text_file.write_bytes(text.encode("utf-8", "replace"))

    def _said(self) -> str:
        with contextlib.suppress(OSError), self._said_file.open("rb") as file:
            return file.read(200_000).decode("utf-8", "replace")
        return ""

    def _disk_is_full(self) -> bool:
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self._desk).free < FREE_AT_LEAST_BYTES
        return True  # a folder that is gone has no room either

    def _clear_old_desks(self) -> None:
        """Remove what programs left behind that were killed; those of running ones are left alone."""
        for desk in self._cache.folder.glob(".making-*"):
            owner = desk.name.split("-")[1]
            if owner.isdigit() and not _runs(int(owner)):
                shutil.rmtree(desk, ignore_errors=True)


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # there os.kill would end it; a few kilobytes stay
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
