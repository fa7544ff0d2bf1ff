"""When the daily backup is made: while the window is open and nobody lies on the mat."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Slot

log = logging.getLogger(__name__)

FIRST_AFTER_MS: Final = 60_000
"""The start has better things to do, and whoever starts a session at once is not disturbed."""
EVERY_MS: Final = 30 * 60_000
"""A window may be open for days."""

Start = Callable[[Sequence[str]], bool]


def backup_command(history_file: Path) -> list[str]:
    """The command line of a backup process; a frozen program starts itself with ``backup-process``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "backup-process", str(history_file)]
    return [sys.executable, "-m", "matsession.storage.backup_process", str(history_file)]


def start_apart(command: Sequence[str]) -> bool:
    """Start a process that outlives this one, without a terminal; whether it began."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    for redirect in (process.setStandardOutputFile, process.setStandardErrorFile):
        redirect(QProcess.nullDevice())
    # It is typed as a pair, with the process id; PySide 6.10 gives the first of it alone.
    begun: object = process.startDetached()
    return begun[0] is True if isinstance(begun, tuple) else begun is True


class DailyBackup(QObject):
    """Looks every half hour whether a backup is due; making one is left to a process of its own."""

    def __init__(
        self,
        history_file: Path,
        due: Callable[[], bool],
        quiet: Callable[[], bool],
        start: Start = start_apart,
        parent: QObject | None = None,
    ) -> None:
        """``due`` tells whether there is one to be made, ``quiet`` whether this is the time."""
        super().__init__(parent)
        self._command = backup_command(history_file)
        self._due = due
        self._quiet = quiet
        self._start = start
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_AFTER_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look a minute from now, and then again and again."""
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make one where it is due."""
        self._timer.setInterval(EVERY_MS)
        if not self._quiet():
            self._timer.setInterval(FIRST_AFTER_MS)  # it will be quiet soon
        elif self._due() and not self._start(self._command):
            log.warning("the daily backup could not be started: %s", " ".join(self._command))
