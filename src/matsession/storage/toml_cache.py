"""The content of TOML files that came with the program, kept as JSON: read in a tenth of the time.

Python's own TOML reader takes 1 ms for each preset, and there are twenty before the first picture.
"""

import contextlib
from pathlib import Path
from typing import Any

import msgspec

from matsession.storage.atomic_file import write_whole
from matsession.storage.errors import StorageError
from matsession.storage.toml_text import read_toml

_Stamp = tuple[int, int, int]


class _Kept(msgspec.Struct):
    version: str
    files: dict[str, tuple[_Stamp, dict[str, Any]]]


class TomlCache:
    """Reads TOML files, each only once for as long as neither it nor the program is another."""

    def __init__(self, path: Path, version: str) -> None:
        """Keep all in the file ``path``, for the program of this ``version``."""
        self._path = path
        self._kept = _Kept(version, {})
        self._news = False
        with contextlib.suppress(OSError, msgspec.MsgspecError):  # it can all be read again
            kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
            if kept.version == version:
                self._kept = kept

    def read(self, path: Path) -> dict[str, Any]:
        """As ``read_toml``, errors included. For files of our own: one with a date in it cannot be kept."""
        try:
            found = path.stat()
        except OSError:
            return read_toml(path)  # it knows what to say
        # Packages may give all their files the same times; the system itself sets the third.
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        kept_stamp, content = self._kept.files.get(str(path), (None, {}))
        if kept_stamp != stamp:
            content = read_toml(path)
            self._kept.files[str(path)] = (stamp, content)
            self._news = True
        return content

    def save(self) -> None:
        """Keep what was read for the next start; not being able to is no trouble."""
        if self._news:
            self._news = False
            with contextlib.suppress(StorageError):
                write_whole(self._path, msgspec.json.encode(self._kept))
