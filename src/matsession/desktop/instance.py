"""Lets one session run at a time, across all programs that share the same folders."""

from pathlib import Path

from PySide6.QtCore import QLockFile


class FileSessionLock:
    """A lock file. One that a dead program left behind is recognised by its process id and taken over."""

    def __init__(self, path: Path) -> None:
        """Lock by the file at ``path``; its folder is made when needed."""
        self._path = path
        self._lock: QLockFile | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another program holds it."""
        if self._lock is not None:
            return True
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            # Nowhere to put a lock: the session counts for more than the guard against a second one.
            return True
        lock = QLockFile(str(self._path))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return lock.error() is not QLockFile.LockError.LockFailedError
        self._lock = lock
        return True

    def is_held_elsewhere(self) -> bool:
        """Whether another program holds the lock; it is not kept from taking it."""
        if self._lock is not None or not self._path.exists():
            return False
        if not self.acquire():
            return True
        self.release()
        return False

    def release(self) -> None:
        """Let it go."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
