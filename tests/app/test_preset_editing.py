"""A preset that is worked on: edits are taken back, Save alone keeps it, nobody's work is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from matsession.app.preferences import Preferences
from matsession.app.preset_book import PresetBook
from matsession.app.preset_editing import PresetEditing
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.desktop.paths import resources_folder
from matsession.domain.preset import Preset
from matsession.domain.preset_edit import PresetDraft
from matsession.domain.settings import Settings
from matsession.storage.errors import StorageError, StorageProblem
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import preset_text, read_preset
from matsession.storage.preset_folders import read_presets
from tests.fakes import make_preset

pytestmark = pytest.mark.usefixtures("qapp")

GUIDANCE = read_guidance(resources_folder() / "guidance.toml")
BUILT_IN = make_preset(id="lower_back", name="Lower back", built_in=True)
MINE = make_preset(id="mine", name="Mine")


class House:
    """A folder of own presets with one in it, and what reads and writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "presets"
        self.folder.mkdir()
        self.file = self.folder / "mine.toml"
        self.file.write_text(preset_text(MINE))
        self.preferences = Preferences(Settings(), lambda _: None)
        self.library = PresetLibrary(self._load, GUIDANCE)
        self.library.heed(self.preferences)
        self.book = PresetBook(self.library, self.preferences, self.folder)

    def _load(self) -> LoadedPresets:
        none = self.folder / "none"
        none.mkdir(exist_ok=True)
        own = read_presets(none, self.folder, GUIDANCE, read_preset)
        return LoadedPresets((BUILT_IN, *own.presets))

    @property
    def editing(self) -> PresetEditing:
        return self.book.editing

    @property
    def draft(self) -> PresetDraft:
        draft = self.editing.draft
        assert draft is not None
        return draft

    def rename(self, name: str) -> None:
        """Type another name."""
        self.editing.change(replace(self.draft, name=name), "name")

    def kept(self) -> Preset:
        """What is in the file."""
        preset = read_preset(self.file, GUIDANCE)
        assert isinstance(preset, Preset)
        return preset


@pytest.fixture
def house(tmp_path: Path) -> House:
    """One own preset, which is open."""
    house = House(tmp_path)
    house.editing.open(house.library.get("mine"))
    return house


def test_typing_is_one_edit_and_can_be_taken_back(house: House) -> None:
    """Letters of one name are one edit; another field is another one. Save keeps all of it."""
    for name in ("M", "Mo", "Mor", "Morning"):
        house.rename(name)
    house.editing.change(house.draft.with_seconds(0, 30), "lower/seconds")
    assert house.editing.unsaved_count == 2
    assert house.kept().name == "Mine"
    house.editing.undo()
    assert (house.draft.name, house.draft.steps[0].seconds) == ("Morning", 10)
    house.editing.save()
    assert house.kept().name == "Morning"
    assert house.editing.unsaved_count == 0
    assert house.library.get("mine").name == "Morning"
    house.editing.undo()  # past Save, too
    assert house.draft.name == "Mine"
    assert house.editing.unsaved_count == 1
    assert house.editing.save() is not None
    assert house.kept() == MINE
    assert not house.editing.undo()


def test_after_an_undo_typing_is_an_edit_of_its_own(house: House) -> None:
    """It does not melt into one before the edit that was taken back."""
    editing = house.editing
    editing.begin(house.book.copy(house.library.get("lower_back"), "Mine"))

    def change(what: str, **more: str) -> None:
        assert editing.draft is not None
        editing.change(replace(editing.draft, **more), what)  # type: ignore[arg-type]

    change("name", name="First")
    change("summary", summary="One")
    assert editing.undo()
    change("name", name="Second")
    assert editing.undo()
    assert editing.draft is not None
    assert editing.draft.name == "First"


def test_revert_can_be_taken_back(house: House) -> None:
    """It is one edit, and gives back what was saved."""
    house.rename("Morning")
    house.editing.revert()
    assert not house.editing.unsaved
    house.editing.undo()
    assert house.draft.name == "Morning"


def test_a_built_in_one_is_only_looked_at(house: House) -> None:
    """No edit reaches it; a copy of it is new, has a name and an id of its own, and is kept by Save."""
    house.editing.open(BUILT_IN)
    house.rename("Other")
    assert house.draft.name == "Lower back"
    assert house.editing.read_only
    house.editing.begin(house.book.copy(BUILT_IN))
    assert house.editing.new
    assert house.editing.unsaved
    saved = house.editing.save()
    assert saved is not None
    assert (saved.id, saved.name, saved.built_in) == ("lower_back_copy", "Lower back, copy", False)
    assert house.editing.preset_id == "lower_back_copy"  # which a new one has not
    assert (house.folder / "lower_back_copy.toml").exists()
    assert house.book.copy(BUILT_IN).name == "Lower back, copy 2"


def test_a_change_elsewhere_is_taken_over_where_nothing_is_lost(house: House) -> None:
    """Without work of its own the editor shows what another hand wrote, and closes what is gone."""
    house.file.write_text(preset_text(replace(MINE, name="Theirs")))
    house.library.reload()
    assert house.draft.name == "Theirs"
    assert not house.editing.changed_elsewhere
    house.file.unlink()
    house.library.reload()
    assert house.editing.draft is None


def test_both_can_be_kept(house: House) -> None:
    """Work on both sides: nothing is written over, and mine is saved as a copy."""
    house.rename("Ours")
    house.file.write_text(preset_text(replace(MINE, name="Theirs")))
    house.library.reload()
    assert house.editing.changed_elsewhere
    assert house.editing.save() is None
    assert house.kept().name == "Theirs"
    copy = house.editing.save_as_copy()
    assert copy.name == "Ours"
    assert {preset.name for preset in house.library.presets} == {"Lower back", "Theirs", "Ours"}
    assert not house.editing.changed_elsewhere


def test_save_notices_what_the_system_did_not_tell(house: House) -> None:
    """The file is looked at once more before it is written."""
    house.rename("Ours")
    house.file.write_text(preset_text(replace(MINE, name="Theirs")))
    assert house.editing.save() is None
    assert house.editing.changed_elsewhere
    house.editing.take_theirs()
    assert house.draft.name == "Theirs"
    assert not house.editing.unsaved


def test_deleted_elsewhere_while_there_is_work(house: House) -> None:
    """It can still be saved, as a copy; or let go."""
    house.rename("Ours")
    house.file.unlink()
    house.library.reload()
    assert house.editing.gone_elsewhere
    assert house.editing.save() is None
    assert house.editing.save_as_copy().id == "ours"
    house.rename("Again")
    (house.folder / "ours.toml").unlink()
    house.library.reload()
    house.editing.take_theirs()
    assert house.editing.draft is None


def test_back_for_a_moment(house: House) -> None:
    """A file that is away and back, as some editors save, is no change."""
    house.rename("Ours")
    content = house.file.read_bytes()
    house.file.unlink()
    house.library.reload()
    house.file.write_bytes(content)
    house.library.reload()
    assert not house.editing.changed_elsewhere
    assert house.editing.save() is not None


def test_a_disk_that_fails_loses_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is still there, and can be saved later."""
    house.rename("Ours")
    with monkeypatch.context() as broken:

        def fail(*_: object) -> None:
            raise StorageError("The disk is full.", "", StorageProblem.DISK_FULL, None)

        broken.setattr("matsession.storage.own_presets.write_whole", fail)
        with pytest.raises(StorageError):
            house.editing.save()
    assert house.draft.name == "Ours"
    assert house.editing.save() is not None


def test_hidden_while_it_is_open(house: House) -> None:
    """Hiding is told to who shows it, and nothing else happens."""
    house.editing.open(BUILT_IN)
    told: list[bool] = []
    house.editing.changed.connect(lambda: told.append(True))
    house.book.hide("lower_back", hidden=True)
    assert told
    assert house.library.hides(BUILT_IN)
    house.book.hide("lower_back", hidden=False)
    assert dict(house.preferences.settings.hidden_presets) == {}
