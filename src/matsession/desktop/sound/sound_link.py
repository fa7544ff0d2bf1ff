"""The pipe between the program and its sound process."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

log = logging.getLogger(__name__)

_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
"""subprocess.CREATE_NO_WINDOW, which exists on Windows only."""
_PACKAGES = Path(__file__).resolve().parents[3]
"""Where this package is imported from; the child has to find the same one."""


class SoundLink(Protocol):
    """One sound process, as ``process_player`` sees it. It runs until ``end``, ``stop`` or ``gone``."""

    said: SignalInstance
    """A line came from it (str)."""
    gone: SignalInstance
    """It has ended by itself, or could not be started."""

    def send(self, *words: object) -> None:
        """Give it an order; kept until it is up."""
        ...

    def end(self) -> None:
        """Let it ring out and end by itself, without waiting for it. Neither signal comes any more."""
        ...

    def stop(self) -> None:
        """End it at once. Neither signal comes any more."""
        ...


class ProcessLink(QObject):
    """A real sound process. ``QProcess`` would kill it with the program; this one lets it ring out.

    A thread of its own waits for what it says, because on Windows nothing else can wait for a pipe.
    """

    said = Signal(str)
    gone = Signal()
    _read = Signal(str)
    _closed = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """Start ``command``."""
        super().__init__(parent)
        self._open = True
        self._read.connect(self._on_read)
        self._closed.connect(self._on_closed)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(_PACKAGES)},
                # Whoever closes the terminal does not mean the chime that rings.
                start_new_session=True,
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            log.info("sound process not started: %s", error)
            self._closed.emit()
            return
        if sys.platform != "win32":
            assert self._process.stdin is not None
            os.set_blocking(self._process.stdin.fileno(), False)  # a process that hangs must not hang us
        threading.Thread(target=self._wait_for_lines, daemon=True).start()

    def send(self, *words: object) -> None:
        """Write the order; the pipe keeps it until the process reads."""
        if self._open and self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has just ended; ``gone`` tells
                os.write(self._process.stdin.fileno(), (json.dumps(words) + "\n").encode())

    def end(self) -> None:
        """Close its input."""
        self._open = False
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def stop(self) -> None:
        """Kill it: it holds nothing that could be lost."""
        self.end()
        if self._process is not None:
            self._process.kill()

    def _wait_for_lines(self) -> None:
        """In the thread. The process object lives here, so that it is there until the process has ended."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        for line in process.stdout:
            if self._open:  # after ``end`` the program may be going, and must not be told anything
                self._read.emit(line.decode(errors="replace").strip())
        process.stdout.close()
        process.wait()
        if self._open:
            self._closed.emit()

    @Slot(str)
    def _on_read(self, line: str) -> None:
        if self._open:
            self.said.emit(line)

    @Slot()
    def _on_closed(self) -> None:
        if self._open:
            self._open = False
            self.gone.emit()


def sound_command(player: str, folder: Path, output_id: str = "") -> list[str]:
    """Return the command line of a sound process; a frozen program starts itself with ``sound-process``."""
    wanted = [player, str(folder), *([output_id] if output_id else [])]
    if getattr(sys, "frozen", False):
        return [sys.executable, "sound-process", *wanted]
    return [sys.executable, "-m", "matsession.desktop.sound.sound_process", *wanted]
