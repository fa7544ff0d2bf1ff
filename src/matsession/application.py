"""What every front does first: say who we are, and write down what happens."""

import contextlib
import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QCoreApplication

from matsession import __version__

log = logging.getLogger(__name__)

APPLICATION_ID: Final = "matsession"
"""Also what our desktop entry is called (``desktop/integration``), which desktops know a window by."""

LOG_BYTES_MAX: Final = 500_000
"""A log larger than this is put aside at the next start."""


def name_application() -> None:
    """Tell Qt and the desktop who we are."""
    QCoreApplication.setApplicationName("MatSession")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationName("matsession")


def start_logging(log_file: Path) -> None:
    """Write what the program does to ``log_file``; without one, warnings and worse to standard error.

    A mistake of our own that reaches the top goes there too, and the program carries on if it can.
    """
    handler: logging.Handler
    try:
        log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _rotate(log_file)
        handler = _LogFile(log_file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("matsession")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    sys.excepthook = _log_mistake


class _LogFile(logging.FileHandler):
    """A log that may turn out to be no file, or on a full disk, at any line: that stops nothing."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def _rotate(log_file: Path) -> None:
    """Begin a new log where the old one has grown, and keep that one beside it.

    At the start only: logging.handlers, which would do it at any time, takes 10 ms to import.
    """
    with contextlib.suppress(OSError):
        if log_file.stat().st_size > LOG_BYTES_MAX:
            log_file.replace(log_file.with_name(f"{log_file.name}.1"))


def _log_mistake(kind: type[BaseException], mistake: BaseException, trace: TracebackType | None) -> None:
    log.critical("a mistake of our own", exc_info=(kind, mistake, trace))
    print("MatSession made a mistake and wrote it to its log. It carries on.", file=sys.stderr)  # noqa: T201
