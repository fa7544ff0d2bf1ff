"""Tells when somebody else may have written a file: the system says so, nothing is polled."""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

CALM_MS: Final = 50
"""A file is written in several steps; it is looked at when they are over."""


class FolderWatch(QObject):
    """Watches folders, because a file that is replaced as a whole is another file."""

    changed = Signal()

    def __init__(self, folders: Iterable[Path], parent: QObject | None = None) -> None:
        """Make those that are missing; one that cannot be watched is passed over."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CALM_MS)
        self._timer.timeout.connect(self.changed)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._timer.start)
        for folder in dict.fromkeys(folders):
            with contextlib.suppress(OSError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.is_dir():
                self._watcher.addPath(str(folder))
