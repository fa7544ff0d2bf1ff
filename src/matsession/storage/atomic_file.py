"""Writing a small file so that there is always a whole one: the old or the new, never half of either."""

import contextlib
import errno
import os
from pathlib import Path

from matsession.storage.errors import StorageError, StorageProblem, shown


def write_whole(path: Path, content: bytes) -> None:
    """Write beside ``path``, then rename; the folder is made where it is missing.

    A link is followed, so that settings kept elsewhere stay there. Raises StorageError; the old file is
    then as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Two programs may write at once; each has its own file beside. (tempfile would cost 7 ms to import.)
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        beside.unlink(missing_ok=True)  # left by a program of this number that was killed
        try:
            handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        sync_folder(target.parent)
    except (OSError, RuntimeError) as error:
        raise _not_written(path, error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder last through a power cut, where the system can do that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network folders refuse; the file itself is safe by then
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(path: Path, error: OSError | RuntimeError) -> StorageError:
    title, values = "{path} could not be written.", {"path": shown(path)}
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            title, "The disk is full; free some space.", StorageProblem.DISK_FULL, path, values
        )
    if code == errno.EROFS:
        return StorageError(title, "The disk is read-only.", StorageProblem.READ_ONLY, path, values)
    if code in (errno.EACCES, errno.EPERM):
        advice = "Change the permissions of the file and its folder."
        return StorageError(title, advice, StorageProblem.NO_PERMISSION, path, values)
    if code in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST):
        advice = "A folder or file is in the way; move it elsewhere."
        return StorageError(title, advice, StorageProblem.NOT_A_FILE, path, values)
    return StorageError(title, "Look at the disk and its folder.", StorageProblem.DISK_FAILED, path, values)
