"""What can be wrong with a file in which the program keeps something."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from matsession.domain.errors import MatSessionError
from matsession.storage.toml_text import sentence

if TYPE_CHECKING:
    from datetime import datetime


class StorageProblem(StrEnum):
    """Why a file cannot be used."""

    NOT_A_FILE = "not_a_file"
    """A folder, or something else that is no plain file, has its name."""
    NO_PERMISSION = "no_permission"
    READ_ONLY = "read_only"
    """It can be read, and nothing can be written."""
    CANNOT_OPEN = "cannot_open"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    """It belongs to another program."""
    NEWER = "newer"
    """A later MatSession wrote it."""
    LOCKED = "locked"
    """Another program holds it for longer than we wait."""
    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    """The system could not read or write it."""
    ROW_MISSING = "row_missing"
    """A row that was to be changed is not there."""
    GAVE_WAY = "gave_way"
    """Long work on it was ended, because a session had to be saved."""
    AT_WORK = "at_work"
    """Long work on it is under way."""
    SUMS_UNFINISHED = "sums_unfinished"
    """The sums over days, weeks, months and years are still being built."""
    SQLITE_TOO_OLD = "sqlite_too_old"


class StorageError(MatSessionError):
    """A file cannot be used.

    ``title`` and ``advice`` are for the person, ``problem`` for the program. ``path`` is the file, None for a
    store in memory.
    """

    def __init__(
        self,
        title: str,
        advice: str,
        problem: StorageProblem,
        path: Path | None,
        values: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what is told and what it is about."""
        super().__init__(title, advice, values)
        self.problem = problem
        self.path = path


class PresetFileProblem(NamedTuple):
    """Why there is no preset from this file: a sentence with the file, the field and what is allowed."""

    path: Path
    sentence: str


def storage_error(problem: StorageProblem, path: Path | None) -> StorageError:
    """The error for a problem of the history; ``path`` None: in memory."""
    import sqlite3  # late: settings and presets have errors too, and no use for SQLite

    title, advice = _TOLD[problem]
    in_memory = "The history in memory" if title.startswith("{path}") else "the history in memory"
    values = {"path": in_memory if path is None else shown(path), "sqlite": sqlite3.sqlite_version}
    return StorageError(title, advice, problem, path, values)


def with_backup(error: StorageError, made_at: "datetime") -> StorageError:
    """The same error, which offers a backup that was made then."""
    advice = "It is left as it is. There is a good backup of {backup}; 'matsession restore' puts it back."
    values = {**error.values, "backup": f"{made_at:%Y-%m-%d %H:%M}"}
    return StorageError(error.patterns[0], advice, error.problem, error.path, values)


def shown(path: Path) -> str:
    """A path or file name that any terminal can print: odd characters become question marks."""
    text = str(path).encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def preset_problem(path: Path, field: str, rule: str) -> PresetFileProblem:
    """What is wrong in this file."""
    name = shown(Path(path.name))
    told = f"{name}: {sentence(field, rule)}" if field else f"{name} {sentence(field, rule)}"
    return PresetFileProblem(path, f"{told.rstrip('.')}.")


_TOLD: Final = {
    StorageProblem.NOT_A_FILE: (
        "{path} is not a file.",
        "Something else has the name of the history; move it elsewhere.",
    ),
    StorageProblem.NO_PERMISSION: (
        "{path} may not be opened.",
        "Change the permissions of the file and its folder.",
    ),
    StorageProblem.READ_ONLY: (
        "{path} cannot be written: the file, its folder or the disk is read-only.",
        "Make it writable; until then nothing is kept.",
    ),
    StorageProblem.CANNOT_OPEN: ("{path} cannot be opened.", "Look at its folder and its permissions."),
    StorageProblem.DAMAGED: (
        "{path} is damaged.",
        "It is left as it is; 'matsession restore' puts a backup in its place. Move it away to begin afresh.",
    ),
    StorageProblem.FOREIGN: (
        "{path} is not a history of MatSession.",
        "It is left as it is; move it elsewhere to begin a history there.",
    ),
    StorageProblem.NEWER: (
        "{path} was written by a newer MatSession.",
        "It can be looked at and is left as it is; install the newer version again to use it.",
    ),
    StorageProblem.LOCKED: (
        "{path} is in use by another program.",
        "Close the other program, then try again.",
    ),
    StorageProblem.DISK_FULL: ("The disk is full; {path} could not be written.", "Free some space on it."),
    StorageProblem.DISK_FAILED: (
        "The system could not read or write {path}.",
        "Look at the disk and its cable or network, and keep a copy of the file.",
    ),
    StorageProblem.ROW_MISSING: (
        "The running session is not in {path}.",
        "It will be written there again as a whole.",
    ),
    StorageProblem.GAVE_WAY: (
        "A session had to be saved in {path}; sessions come first.",
        "Nothing else was changed. Try again when the session is over.",
    ),
    StorageProblem.AT_WORK: (
        "A file is being brought into {path}.",
        "Wait until that is finished, or cancel it.",
    ),
    StorageProblem.SUMS_UNFINISHED: (
        "The sessions in {path} are still being added up.",
        "Look again in a moment.",
    ),
    StorageProblem.SQLITE_TOO_OLD: (
        "This Python comes with SQLite {sqlite}, which is too old for {path}.",
        "Use a Python with SQLite 3.37 or later.",
    ),
}
