"""The pipe between the program and its sound process."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QProcess, QProcessEnvironment, Signal, SignalInstance, Slot

log = logging.getLogger(__name__)

ENDED_WITHIN_MS = 15
"""Time to end by itself and clear up; a frame, for the window waits as well."""
KILLED_WITHIN_MS = 100
"""Longest wait for the end of a process that was killed."""
_PACKAGES = Path(__file__).resolve().parents[3]
"""Where this package is imported from; the child has to find the same one."""


class SoundLink(Protocol):
    """One sound process, as ``process_player`` sees it. It runs from the start until ``stop`` or ``gone``."""

    said: SignalInstance
    """A line came from it (str)."""
    gone: SignalInstance
    """It has ended by itself, or could not be started."""

    def send(self, line: str) -> None:
        """Give it a line; kept until it is up."""
        ...

    def stop(self) -> None:
        """End it. Neither signal comes any more."""
        ...


class ProcessLink(QObject):
    """A real sound process. What it prints as errors goes to the log, for whoever looks for the reason."""

    said = Signal(str)
    gone = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """Start ``command``."""
        super().__init__(parent)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", str(_PACKAGES))
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._on_process_output)
        self._process.readyReadStandardError.connect(self._on_process_error_output)
        self._process.errorOccurred.connect(self._on_process_error_occurred)
        self._process.finished.connect(self._on_process_finished)
        self._process.start(command[0], list(command[1:]))

    def send(self, line: str) -> None:
        """Write the line; QProcess keeps it until the process has started."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.write(QByteArray(f"{line}\n".encode()))

    def stop(self) -> None:
        """End the process at once; it holds nothing that could be lost. Takes some milliseconds."""
        self.blockSignals(True)
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(ENDED_WITHIN_MS):
            self._process.kill()
            self._process.waitForFinished(KILLED_WITHIN_MS)

    @Slot()
    def _on_process_output(self) -> None:
        while self._process.canReadLine():
            self.said.emit(bytes(self._process.readLine().data()).decode(errors="replace").strip())

    @Slot()
    def _on_process_error_output(self) -> None:
        for line in bytes(self._process.readAllStandardError().data()).decode(errors="replace").splitlines():
            log.debug("sound process: %s", line)

    @Slot(QProcess.ProcessError)
    def _on_process_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.gone.emit()

    @Slot()
    def _on_process_finished(self) -> None:
        self.gone.emit()


def sound_command(player: str, folder: Path) -> list[str]:
    """Return the command line of a sound process; a frozen program starts itself with ``sound-process``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "sound-process", player, str(folder)]
    return [sys.executable, "-m", "matsession.desktop.sound.sound_process", player, str(folder)]
