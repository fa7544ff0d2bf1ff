"""Which question of the next morning was passed over: kept by the program alone, as JSON beside the history.

One session is enough: only the last one of the evening is ever asked about. Where the file is lost or
damaged, the question comes once more.
"""

import logging
from pathlib import Path
from typing import Final

import msgspec

from matsession.storage.atomic_file import write_whole
from matsession.storage.toml_text import BYTES_MAX

log = logging.getLogger(__name__)

_VERSION: Final = 1


class _State(msgspec.Struct):
    skipped: str
    version: int = _VERSION


class MorningStateFile:
    """Reads and saves it."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self.path = path

    def skipped(self) -> str:
        """The id of the session; empty where nothing is known. Never raises."""
        try:
            with self.path.open("rb") as file:
                found = msgspec.json.decode(file.read(BYTES_MAX), type=_State)
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, RecursionError) as error:
            log.info("what was passed over the next morning is not known: %s", error)
            return ""
        return found.skipped if found.version == _VERSION else ""

    def save(self, skipped_id: str) -> None:
        """Write it. Raises StorageError; what was kept stays then."""
        write_whole(self.path, msgspec.json.encode(_State(skipped_id)) + b"\n")
