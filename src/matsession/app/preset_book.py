"""What a person does with presets: keeps, copies, hides and deletes, brings in and gives away."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from PySide6.QtCore import QObject

from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.texts import tr
from matsession.domain.errors import MatSessionError
from matsession.domain.preset import NAME_MAX, Preset
from matsession.domain.preset_edit import copy_of, draft_of, free_id, lacks_check
from matsession.storage.errors import PresetFileProblem
from matsession.storage.own_presets import DeletedFile, OwnFile, OwnPresets, export, look_into

if TYPE_CHECKING:
    from matsession.app.preset_editing import PresetEditing


Deleted: TypeAlias = DeletedFile
"""What brings a deleted preset back."""


class PresetRefusedError(MatSessionError):
    """A file that is no preset: the sentence names file, field and what is allowed."""


class Arrival(NamedTuple):
    """A preset that could be brought in."""

    preset: Preset
    """As it is in its file."""
    own: bool
    """Whether an own preset has its id, which it could replace."""
    taken: bool
    """Whether any preset has its id: without replacing it comes in as a copy."""
    lacks_check: bool = False
    """Whether no step of it asks how the skin feels, though it is long enough for it."""


class TakenIn(NamedTuple):
    """What was brought in."""

    preset: Preset
    replaced: Deleted | None
    """What brings back the own preset whose place it took."""


class PresetBook(QObject):
    """Every change of own presets goes through it; the library then reads them again.

    Raises StorageError where something cannot be written, and nothing has changed then.
    """

    def __init__(
        self,
        library: PresetLibrary,
        preferences: Preferences,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        """Keep own presets in ``folder``."""
        super().__init__(parent)
        self._library = library
        self._preferences = preferences
        self._own = OwnPresets(folder, library.guidance)
        self._editing: PresetEditing | None = None

    @property
    def library(self) -> PresetLibrary:
        """All presets."""
        return self._library

    @property
    def editing(self) -> "PresetEditing":
        """The preset that is worked on; made when it is first asked for."""
        if self._editing is None:
            from matsession.app.preset_editing import PresetEditing

            self._editing = PresetEditing(self, self)
        return self._editing

    # -- one's own -------------------------------------------------------------------------------------

    def file_of(self, preset_id: str) -> OwnFile | None:
        """The file of an own preset, as it is now."""
        return self._own.find(preset_id)

    def save(self, preset: Preset, before: OwnFile | None) -> OwnFile:
        """Keep it, in the file it came from or in a new one. Raises ChangedElsewhereError."""
        saved = self._own.save(preset, before)
        self._library.reload()
        return saved

    def delete(self, preset_id: str) -> DeletedFile | None:
        """Put an own preset aside; None where there is none."""
        deleted = self._own.delete(preset_id)
        self._library.reload()
        return deleted

    def restore(self, deleted: DeletedFile) -> None:
        """Bring it back."""
        self._own.restore(deleted)
        self._library.reload()

    def put_back(self, replaced: DeletedFile) -> None:
        """Bring back what was replaced; what took its place is put aside."""
        self._own.put_back(replaced)
        self._library.reload()

    def copy(self, preset: Preset, name: str = "") -> Preset:
        """An own preset that is all the same, under a free name; it is kept nowhere yet."""
        name = self.free_name(name or tr("{preset}, copy").format(preset=preset.name))
        return copy_of(preset, self.free_id(name), name)

    def free_id(self, name: str) -> str:
        """An id for a preset of this name."""
        return free_id(name, {preset.id for preset in self._library.presets})

    def free_name(self, name: str) -> str:
        """This name, or where a preset has it already, the same with a number."""
        taken = {preset.name.casefold() for preset in self._library.presets}
        number, found = 2, name[:NAME_MAX]
        while found.casefold() in taken:
            found = f"{name[: NAME_MAX - 4].rstrip()} {number}"
            number += 1
        return found

    # -- built-in ones -----------------------------------------------------------------------------------

    def hide(self, preset_id: str, *, hidden: bool) -> None:
        """Offer a built-in preset no more, or again; nothing is lost by it."""
        all_hidden = {
            each: hides for each, hides in self._preferences.settings.hidden_presets.items() if hides
        }
        all_hidden.pop(preset_id, None)
        if hidden:
            all_hidden[preset_id] = True
        self._preferences.change(hidden_presets=all_hidden)

    # -- in and out ------------------------------------------------------------------------------------

    def look_into(self, path: Path) -> Arrival:
        """What would come of bringing this file in. Raises PresetRefusedError; nothing is changed."""
        preset = look_into(path, self._library.guidance)
        if isinstance(preset, PresetFileProblem):
            raise PresetRefusedError(
                "Not imported: {problem}", "", {"problem": preset.sentence.rstrip(".") + "."}
            )
        there = self._library.find(preset.id)
        own = there is not None and not there.built_in
        return Arrival(preset, own, there is not None, lacks_check(draft_of(preset)))

    def take_in(self, arrival: Arrival, *, replacing: bool = False) -> TakenIn:
        """Bring it in: in the place of the own one with its id, which is put aside, or beside all others."""
        preset = arrival.preset
        before = self._own.find(preset.id) if replacing and arrival.own else None
        if before is None:
            taken = self._library.find(preset.id) is not None
            name = self.free_name(preset.name)
            preset = replace(preset, id=self.free_id(name) if taken else preset.id, name=name)
            self.save(preset, None)
            return TakenIn(preset, None)
        replaced = self._own.replace(preset, before)
        self._library.reload()
        return TakenIn(preset, replaced)

    def export(self, preset: Preset, path: Path, *, replace_it: bool = False) -> None:
        """Write it into a file for somebody else."""
        export(preset, path, replace_it=replace_it)

    def leaves_files_behind(self, preset: Preset) -> bool:
        """Whether it has own sound files, which do not go along when it is given away."""
        return preset.session != preset.session.without_files()
