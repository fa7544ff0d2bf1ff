"""The person's mats as they are: changed in one place, kept in their file, told to all who follow them."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from matsession.domain.errors import MatSessionError
from matsession.domain.mat import CatalogueMat, Mat, free_id
from matsession.storage.own_mats import MATS_MAX, MatsRead, OwnMatsFile

log = logging.getLogger(__name__)

KeepPicture = Callable[[Path, Path], None]
"""Writes the picture in the first file into the second, smaller where it is large. Raises MatSessionError."""


class RemovedMat(NamedTuple):
    """A mat that was taken away, and all that is needed to have it back."""

    mat: Mat
    place: int
    was_in_use: bool


class MatShelf(QObject):
    """Holds the mats; each change of ours begins with what the file holds."""

    changed = Signal()
    """Mats, or the one in use, are others, or could not be saved."""

    def __init__(
        self,
        file: OwnMatsFile,
        photo_folder: Path,
        read_catalogue: Callable[[], tuple[CatalogueMat, ...]],
        keep_picture: KeepPicture,
        parent: QObject | None = None,
    ) -> None:
        """Read the file. What cannot be read is told in ``problems``; the catalogue is read when wanted."""
        super().__init__(parent)
        self._file = file
        self.photo_folder: Final = photo_folder
        self._read_catalogue = read_catalogue
        self._keep_picture = keep_picture
        self._catalogue: tuple[CatalogueMat, ...] | None = None
        self._read = file.read()
        self._trouble: MatSessionError | None = None

    # -- what there is ---------------------------------------------------------------------------------

    @property
    def mats(self) -> tuple[Mat, ...]:
        """All of them, in the order they were added."""
        return self._read.mats

    @property
    def in_use(self) -> Mat | None:
        """The one that is lain on: the only one, or the one chosen; None where that is not known."""
        return self._read.mat_in_use

    @property
    def rigid(self) -> bool:
        """Whether the one in use is known to be rigid."""
        return self._read.rigid

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence on everything in the file that is left out."""
        return self._read.problems

    @property
    def trouble(self) -> MatSessionError | None:
        """Why the last change could not be saved; it holds until the program ends."""
        return self._trouble

    @property
    def catalogue(self) -> tuple[CatalogueMat, ...]:
        """The mats that are sold; empty where the installation is damaged, which is told elsewhere."""
        if self._catalogue is None:
            try:
                self._catalogue = self._read_catalogue()
            except MatSessionError as error:
                log.warning("%s", error)
                self._catalogue = ()
        return self._catalogue

    def name_in_use(self) -> str:
        """How the one in use is called, for the line of a session; empty where that is not known."""
        mat = self.in_use
        return mat.name if mat is not None else ""

    def find(self, mat_id: str) -> Mat | None:
        """The mat with this id, or None."""
        return next((mat for mat in self.mats if mat.id == mat_id), None)

    def find_named(self, name: str) -> Mat | None:
        """The mat with this id or name, whatever the case of its letters; None where there is none."""
        wanted = name.strip().casefold()
        return self.find(name.strip()) or next(
            (mat for mat in self.mats if mat.name.casefold() == wanted), None
        )

    def free_id(self, name: str) -> str:
        """An id for a new mat of this name."""
        return free_id(name, frozenset(mat.id for mat in self.mats))

    def photo_of(self, mat: Mat) -> Path | None:
        """The file of its photo, where there is one."""
        path = self.photo_folder / mat.photo
        return path if mat.photo and path.is_file() else None

    # -- changes ---------------------------------------------------------------------------------------

    def put(self, mat: Mat) -> None:
        """Add it, or put it in the place of the one with its id. Raises MatSessionError where all is full."""
        self._look_at_file()
        others = [each.id for each in self.mats]
        if mat.id in others:
            mats = tuple(mat if each.id == mat.id else each for each in self.mats)
        else:
            if len(others) >= MATS_MAX:
                raise MatSessionError(
                    "There are {count} mats already, the most there can be.",
                    "Delete one first.",
                    {"count": str(len(others))},
                )
            mats = (*self.mats, mat)
        # The first one is in use by itself; with a second one that has to be told.
        in_use = self._read.in_use or (self.mats[0].id if len(self.mats) == 1 else "")
        self._keep(mats, in_use)

    def use(self, mat_id: str) -> None:
        """From now on sessions are on this one; empty: on none that is known."""
        self._look_at_file()
        self._keep(self.mats, mat_id)

    def remove(self, mat_id: str) -> RemovedMat | None:
        """Take it away; sessions keep its name. None where it is gone already. Its photo stays for Undo."""
        self._look_at_file()
        mat = self.find(mat_id)
        if mat is None:
            return None
        gone = RemovedMat(mat, self.mats.index(mat), self._read.in_use == mat_id)
        left = tuple(each for each in self.mats if each.id != mat_id)
        self._keep(left, "" if gone.was_in_use else self._read.in_use)
        return gone

    def restore(self, gone: RemovedMat) -> None:
        """Bring back one that was taken away, where it was."""
        self._look_at_file()
        if self.find(gone.mat.id) is not None:
            return
        mats = list(self.mats)
        mats.insert(min(gone.place, len(mats)), gone.mat)
        self._keep(tuple(mats), gone.mat.id if gone.was_in_use else self._read.in_use)

    def with_photo(self, mat: Mat, picture: Path) -> Mat:
        """The mat with a copy of this picture, made smaller; ``put`` keeps it. Raises MatSessionError."""
        number = 1
        while (self.photo_folder / f"{mat.id}-{number}.jpg").exists():
            number += 1
        name = f"{mat.id}-{number}.jpg"
        self._keep_picture(picture, self.photo_folder / name)
        return replace(mat, photo=name)

    @Slot()
    def reload(self) -> None:
        """Somebody may have written the file: take over what is another."""
        if self._look_at_file():
            self.changed.emit()

    # -- inside ----------------------------------------------------------------------------------------

    def _look_at_file(self) -> bool:
        """Whether mats are others than they were."""
        read = self._file.read()
        if read.unreadable:  # a slip in an editor must not lose anything
            read = self._read._replace(problems=read.problems)
        if self._trouble is not None or read == self._read:
            return False
        self._read = read
        return True

    def _keep(self, mats: tuple[Mat, ...], in_use: str) -> None:
        self._read = MatsRead(mats, in_use)
        try:
            self._file.save(mats, in_use)
            self._trouble = None
        except MatSessionError as error:
            log.warning("mats not saved: %s", error)
            self._trouble = error
        self.changed.emit()
