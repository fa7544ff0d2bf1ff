"""The person's own preset files: written, put aside and brought back; what others wrote is never lost."""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.preset import Preset, PresetKind
from matsession.domain.preset_edit import free_id
from matsession.storage.atomic_file import sync_folder, write_whole
from matsession.storage.errors import PresetFileProblem, StorageError, StorageProblem, shown
from matsession.storage.preset_files import parse_preset, preset_text, read_preset
from matsession.storage.toml_text import BYTES_MAX

DELETED: Final = "deleted"
"""The folder beside the presets where deleted ones lie."""


class ChangedElsewhereError(MatSessionError):
    """The file is not as it was when it was read: another program, or a person, has written it."""

    def __init__(self, path: Path, *, gone: bool) -> None:
        """Name the file; ``gone``: it is not there any more."""
        title = "{file} was changed elsewhere." if not gone else "{file} was deleted elsewhere."
        advice = "Nothing was written. Keep what is there, or save yours as a copy."
        super().__init__(title, advice, {"file": shown(Path(path.name))})
        self.path = path
        self.gone = gone


class OwnFile(NamedTuple):
    """A preset with the file it came from."""

    preset: Preset
    path: Path
    mark: str
    """What tells these bytes from all others."""


class DeletedFile(NamedTuple):
    """Where a deleted preset lies, and where it was."""

    was: Path
    now: Path


class OwnPresets:
    """All presets of one folder, by id."""

    def __init__(self, folder: Path, guidance: Guidance) -> None:
        """Use this folder, made when something is written; check files against ``guidance``."""
        self._folder = folder
        self._guidance = guidance

    def find(self, preset_id: str) -> OwnFile | None:
        """The file of this preset: of several the first in the alphabet, as when they are listed."""
        for path in self._files():
            content = _content(path)
            preset = parse_preset(content, path, self._guidance) if content is not None else None
            if isinstance(preset, Preset) and preset.id == preset_id and content is not None:
                return OwnFile(preset, path, _mark(content))
        return None

    def save(self, preset: Preset, before: OwnFile | None = None) -> OwnFile:
        """Write it into the file it came from, or into a new one.

        Raises ChangedElsewhereError where that file is not as it was ``before``, StorageError where it cannot
        be written; nothing is changed then.
        """
        if before is None:
            path = self._free_path(preset.id)
        else:
            path = before.path
            _check_unchanged(before)
        content = preset_text(preset).encode("utf-8")
        write_whole(path, content)
        return OwnFile(preset, path, _mark(content))

    def replace(self, preset: Preset, before: OwnFile) -> DeletedFile:
        """Write it into the file of another, of which a copy is put among the deleted ones first.

        Raises as ``save``; nothing is changed then.
        """
        content = _check_unchanged(before)
        now = _free(self._folder / DELETED / before.path.name)
        write_whole(now, content)
        try:
            self.save(preset, before)
        except MatSessionError:
            with contextlib.suppress(OSError):
                now.unlink()
            raise
        return DeletedFile(before.path, now)

    def put_back(self, replaced: DeletedFile) -> None:
        """Put what took its place among the deleted ones, and bring this back. Raises StorageError."""
        if not replaced.now.is_file():  # before its name is free for what took its place
            raise _not_moved(replaced.now)
        new = replaced.was
        aside = _free(self._folder / DELETED / new.name)
        there = new.exists() or new.is_symlink()
        if there:
            _move(new, aside)
        try:
            _move(replaced.now, new)
        except StorageError:
            if there:
                _move(aside, new)
            raise

    def delete(self, preset_id: str) -> DeletedFile | None:
        """Put the file of this preset aside; None where there is none. Raises StorageError."""
        found = self.find(preset_id)
        if found is None:
            return None
        now = _free(self._folder / DELETED / found.path.name)
        _move(found.path, now)
        return DeletedFile(found.path, now)

    def restore(self, deleted: DeletedFile) -> Path:
        """Bring a deleted file back; under another name where its own is taken. Raises StorageError."""
        path = _free(deleted.was)
        _move(deleted.now, path)
        return path

    def _free_path(self, preset_id: str) -> Path:
        return _free(self._folder / f"{preset_id}.toml")

    def _files(self) -> Iterable[Path]:
        try:
            entries = sorted(self._folder.iterdir())
        except OSError:
            return []
        return [each for each in entries if each.suffix.lower() == ".toml" and not each.name.startswith(".")]


def look_into(path: Path, guidance: Guidance) -> Preset | PresetFileProblem:
    """The preset in a file of somebody else, as it could be taken in: an own one, without files of theirs.

    A file that names no id has one of its name, whatever letters that has.
    """
    preset = read_preset(path, guidance)
    if isinstance(preset, PresetFileProblem) and (content := _content(path)) is not None:
        other = parse_preset(content, path.with_name(f"{free_id(path.stem, ())}.toml"), guidance)
        preset = other if isinstance(other, Preset) else preset
    if isinstance(preset, PresetFileProblem):
        return preset
    return replace(preset, kind=PresetKind.OWN, session=preset.session.without_files())


def export(preset: Preset, path: Path, *, replace_it: bool = False) -> None:
    """Write a preset for somebody else: exactly a preset file, without the paths of this computer.

    Raises StorageError; also where its folder is missing, or there is such a file already, unless
    ``replace_it``.
    """
    if not path.parent.is_dir():  # a slip of the pen more often than a wish for a new folder
        raise StorageError(
            "{path}: there is no such folder.",
            "Choose a folder that is there.",
            StorageProblem.NOT_A_FILE,
            path,
            {"path": shown(path.parent)},
        )
    if not replace_it and (path.exists() or path.is_symlink()):
        raise StorageError(
            "{path} is there already.",
            "Choose another name, or replace it with --replace.",
            StorageProblem.NOT_A_FILE,
            path,
            {"path": shown(path)},
        )
    shared = replace(preset, kind=PresetKind.OWN, session=preset.session.without_files())
    write_whole(path, preset_text(shared).encode("utf-8"))


def _check_unchanged(file: OwnFile) -> bytes:
    """The content of the file, which is as it was read. Raises ChangedElsewhereError."""
    content = _content(file.path)
    if content is None or _mark(content) != file.mark:
        raise ChangedElsewhereError(file.path, gone=content is None)
    return content


def _content(path: Path) -> bytes | None:
    """The bytes of a plain file, or None."""
    with contextlib.suppress(OSError):
        if path.is_file():  # a pipe would keep us waiting
            with path.open("rb") as file:
                return file.read(BYTES_MAX + 1)
    return None


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _free(path: Path) -> Path:
    """This path, or the first free one with a number."""
    number = 2
    found = path
    while found.exists() or found.is_symlink():
        found = path.with_name(f"{path.stem}_{number}{path.suffix}")
        number += 1
    return found


def _move(path: Path, to: Path) -> None:
    """Rename within one disk. Raises StorageError."""
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.link(path, to)  # unlike a rename this never takes the place of a file that came meanwhile
        path.unlink()
    except OSError:
        try:
            path.rename(to)
        except OSError as error:
            raise _not_moved(path) from error
    sync_folder(to.parent)
    sync_folder(path.parent)


def _not_moved(path: Path) -> StorageError:
    advice = "Change the permissions of its folder, or look at the disk."
    return StorageError(
        "{path} could not be moved.", advice, StorageProblem.DISK_FAILED, path, {"path": shown(path)}
    )
