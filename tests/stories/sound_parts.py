"""Real parts for the stories of sound: a PulseAudio of their own, which can be killed and started again."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer

from benchmarks._pulse_recording import NEEDED_PROGRAMS, Recorder, Recording, sound_server
from matsession.app.clock import SystemClock
from matsession.desktop.sound.chime_output import ChimeOutput, chime_output
from matsession.domain.proof import CueReport
from tests.stories.desktop_parts import PATIENCE_S, needed

SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"


WITHIN_S = 0.05
"""A chime is that close to its moment."""


def on_time(recording: Recording, heard_s: float, due_s: float) -> bool:
    """Whether it was, apart from what a server that stood still meanwhile has added."""
    return abs(heard_s - due_s) <= WITHIN_S + recording.standstill_s(due_s)


class Server:
    """A sound server in a folder; started again it has the same address."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing runs yet."""
        for program in NEEDED_PROGRAMS:
            needed(program)
        self._folder = folder
        self._running: AbstractContextManager[dict[str, str]] | None = None
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._running = sound_server(self._folder)
        self.environment = self._running.__enter__()

    def kill(self) -> None:
        """End it, and wait for its end."""
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self._running = None


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server that is gone afterwards, in whatever state the story left it."""
    made = Server(folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()


@dataclass
class Listener:
    """The real output on a server of its own, and a recording of what comes out."""

    parts: Server
    output: ChimeOutput
    reports: "Reports"
    recorder: Recorder

    def pass_time(self, seconds: float) -> None:
        """Let the program run."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Let the program run until something has happened by itself."""
        late_s = now_s() + PATIENCE_S
        while not done():
            assert now_s() < late_s, "it never happened"
            self.pass_time(0.05)

    def stop(self) -> Recording:
        """End both; what was recorded."""
        self.output.close()
        return self.recorder.stop()


def now_s() -> float:
    """The clock by which cues are due, and by which recordings are dated."""
    return SystemClock().now().awake_s


def use(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the sound process find this server, and no other."""
    for name, value in environment.items():
        if os.environ.get(name) != value:
            monkeypatch.setenv(name, value)


@contextmanager
def listener(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """A prepared output, and a recorder that runs."""
    with server(folder) as parts:
        use(parts.environment, monkeypatch)
        recorder = Recorder(parts.environment)
        recorder.start()
        output = chime_output(SOUNDS)
        made = Listener(parts, output, Reports(output), recorder)
        output.prepare()
        made.wait_until(lambda: bool(output.outputs()))
        try:
            yield made
        finally:
            output.close()


class Reports(QObject):
    """What the output said about each cue, and a way to wait for the next."""

    def __init__(self, output: ChimeOutput) -> None:
        """Listen to ``output``."""
        super().__init__()
        self.all: list[CueReport] = []
        self._loop = QEventLoop()
        output.on_sounded(self._on_sounded)

    def wait(self, at_s: float, *, sounded: bool = True) -> CueReport:
        """Let the program run until the cue of this time has sounded, or was told as lost; the report."""
        late = QTimer(singleShot=True, interval=PATIENCE_S * 1000)
        late.timeout.connect(self._loop.quit)
        late.start()
        while late.isActive():
            for report in self.all:
                if report.at_s == at_s and (report.late_s is not None) is sounded:
                    return report
            self._loop.exec()
        raise AssertionError(f"waited for {at_s}, and there is only {self.all}")

    def _on_sounded(self, report: CueReport) -> None:
        self.all.append(report)
        self._loop.quit()
