"""Real parts for the stories of sound: a PulseAudio of their own, which can be killed and started again."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer

from benchmarks._pulse_recording import NEEDED_PROGRAMS, sound_server
from matsession.desktop.sound.chime_output import ChimeOutput
from matsession.domain.proof import CueReport
from tests.stories.desktop_parts import PATIENCE_S, needed

SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"


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
