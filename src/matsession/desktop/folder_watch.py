"""Tells when somebody else may have written a file: the system says so, nothing is polled."""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

CALM_MS: Final = 50
"""A file is written in several steps; it is looked at when they are over."""

FILES_MAX: Final = 500
"""A person's own presets are fewer; the system has a limit too."""


class FolderWatch(QObject):
    """Watches folders, because a file that is replaced as a whole is another file.

    With a ``suffix`` it watches the files in them too, for some editors write into the file that is there.
    """

    changed = Signal()

    def __init__(self, folders: Iterable[Path], parent: QObject | None = None, *, suffix: str = "") -> None:
        """Make those that are missing; one that cannot be watched is passed over."""
        super().__init__(parent)
        self._suffix = suffix
        self._folders = tuple(dict.fromkeys(folders))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CALM_MS)
        self._timer.timeout.connect(self.changed)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_watcher_changed)
        self._watcher.fileChanged.connect(self._on_watcher_changed)
        for folder in self._folders:
            with contextlib.suppress(OSError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.is_dir():
                self._watcher.addPath(str(folder))
        self._watch_files()

    def _watch_files(self) -> None:
        """Those there are now; a file that was replaced is watched no more by itself."""
        if not self._suffix:
            return
        watched = set(self._watcher.files())
        found: list[str] = []
        for folder in self._folders:
            with contextlib.suppress(OSError):
                found += [str(each) for each in folder.iterdir() if each.suffix.lower() == self._suffix]
        new = [each for each in found if each not in watched]
        if new:
            self._watcher.addPaths(new[:FILES_MAX])

    @Slot()
    def _on_watcher_changed(self) -> None:
        self._watch_files()
        self._timer.start()
