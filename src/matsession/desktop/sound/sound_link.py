"""The pipe between the program and its sound process."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, SignalInstance, Slot

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


class _Process(subprocess.Popen[bytes]):
    """A child that may outlive the program: what has begun to sound rings out."""

    def __del__(self) -> None:
        """Leave it alone. Python would warn of a child that still runs at the end of the program."""


class ProcessLink(QObject):
    """A real sound process. ``QProcess`` would kill it with the program; this one lets it ring out."""

    said = Signal(str)
    gone = Signal()
    _read = Signal(str)
    _closed = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        """Start ``command``."""
        super().__init__(parent)
        self._open = True
        self._unread = b""
        self._notifier: QSocketNotifier | None = None
        self._read.connect(self._on_read)
        self._closed.connect(self._on_closed)
        self._process: _Process | None = None
        try:
            self._process = _Process(
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
            QTimer.singleShot(0, self, self._on_closed)  # not before whoever made it can listen
            return
        self._listen(self._process)

    def send(self, *words: object) -> None:
        """Write the order; the pipe keeps it until the process reads."""
        if self._open and self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has just ended; ``gone`` tells
                os.write(self._process.stdin.fileno(), (json.dumps(words) + "\n").encode())

    def end(self) -> None:
        """Close its input."""
        self._open = False
        self._stop_listening()
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            if self._process.poll() is None:
                _ringing.append(self._process)
                _ringing[:] = [process for process in _ringing if process.poll() is None]

    def stop(self) -> None:
        """Kill it: it holds nothing that could be lost."""
        if self._process is not None:
            self._process.kill()
        self.end()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        if sys.platform == "win32":
            # Nothing else can wait for a pipe there. Not tried.
            threading.Thread(target=_pass_on, args=(process, weakref.ref(self)), daemon=True).start()
            return
        os.set_blocking(process.stdin.fileno(), False)  # a process that hangs must not hang us
        os.set_blocking(process.stdout.fileno(), False)
        # No thread: one that outlived the program's objects was seen to crash it at its very end.
        self._notifier = QSocketNotifier(process.stdout.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def _stop_listening(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None

    @Slot()
    def _on_notifier_activated(self) -> None:
        if self._process is None or self._process.stdout is None or self._notifier is None:
            return
        try:
            data = os.read(self._process.stdout.fileno(), 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._stop_listening()
            self._closed.emit()
            return
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._read.emit(line.decode(errors="replace").strip())

    @Slot(str)
    def _on_read(self, line: str) -> None:
        if self._open:
            self.said.emit(line)

    @Slot()
    def _on_closed(self) -> None:
        if self._open:
            self.end()
            self.gone.emit()


_ringing: list[subprocess.Popen[bytes]] = []
"""Processes that ring out: kept until they have ended, so that they can be waited for."""


def _pass_on(process: subprocess.Popen[bytes], link: weakref.ref[ProcessLink]) -> None:
    """In a thread, on Windows: pass on what the process says while there is somebody to hear it."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):  # closed by ``end``
        for line in process.stdout:
            if (hearer := link()) is None:
                return
            hearer._read.emit(line.decode(errors="replace").strip())
            del hearer
    if (hearer := link()) is not None:
        hearer._closed.emit()


def sound_command(player: str, folder: Path, output_id: str = "") -> list[str]:
    """Return the command line of a sound process; a frozen program starts itself with ``sound-process``."""
    wanted = [player, str(folder), *([output_id] if output_id else [])]
    if getattr(sys, "frozen", False):
        return [sys.executable, "sound-process", *wanted]
    return [sys.executable, "-m", "matsession.desktop.sound.sound_process", *wanted]
