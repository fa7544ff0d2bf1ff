"""A person's own preset files: nothing that another hand wrote is lost, and deleting can be taken back."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from matsession.domain.guidance import ChimeName
from matsession.domain.preset import Preset, PresetKind
from matsession.domain.preset_settings import PresetSettings
from matsession.storage.errors import PresetFileProblem, StorageError
from matsession.storage.guidance_file import read_guidance
from matsession.storage.own_presets import ChangedElsewhereError, OwnPresets, export, look_into
from matsession.storage.preset_files import preset_text, read_preset
from tests.fakes import make_preset

RESOURCES: Final = Path(__file__).parents[2] / "resources"
GUIDANCE: Final = read_guidance(RESOURCES / "guidance.toml")
MINE: Final = make_preset(id="mine", name="Mine")


@pytest.fixture
def own(tmp_path: Path) -> OwnPresets:
    """A folder that is not there yet."""
    return OwnPresets(tmp_path / "presets", GUIDANCE)


def test_saved_again_into_its_own_file(own: OwnPresets, tmp_path: Path) -> None:
    """Whatever the file is called, a change goes there, and nothing lies beside it."""
    folder = tmp_path / "presets"
    folder.mkdir()
    (folder / "My Evening.toml").write_text(preset_text(MINE))
    found = own.find("mine")
    assert found is not None
    own.save(replace(found.preset, name="Evening"), found)
    assert [each.name for each in folder.iterdir()] == ["My Evening.toml"]
    again = own.find("mine")
    assert again is not None
    assert again.preset.name == "Evening"


def test_a_new_one_takes_no_file_of_another(own: OwnPresets, tmp_path: Path) -> None:
    """Not even of one that cannot be read."""
    folder = tmp_path / "presets"
    folder.mkdir()
    (folder / "mine.toml").write_text("?")
    assert own.save(MINE).path.name == "mine_2.toml"
    assert (folder / "mine.toml").read_text() == "?"


@pytest.mark.parametrize("content", [b"?", preset_text(replace(MINE, name="Theirs")).encode(), None])
def test_what_another_hand_wrote_stays(own: OwnPresets, content: bytes | None) -> None:
    """A file that was changed, damaged or deleted since it was read is left alone, and that is told."""
    saved = own.save(MINE)
    if content is None:
        saved.path.unlink()
    else:
        saved.path.write_bytes(content)
    with pytest.raises(ChangedElsewhereError) as refused:
        own.save(replace(MINE, name="Ours"), saved)
    assert refused.value.gone is (content is None)
    assert "mine.toml was" in str(refused.value)
    assert (saved.path.read_bytes() if saved.path.exists() else None) == content


def test_the_same_bytes_written_anew_are_no_change(own: OwnPresets) -> None:
    """Touched, or saved unchanged by an editor: there is nothing to lose."""
    saved = own.save(MINE)
    saved.path.write_bytes(saved.path.read_bytes())
    assert own.save(replace(MINE, name="Ours"), saved).preset.name == "Ours"


def test_deleted_and_had_back(own: OwnPresets, tmp_path: Path) -> None:
    """It lies beside, to the last byte; brought back it is where it was, or beside what came meanwhile."""
    content = own.save(MINE).path.read_bytes()
    deleted = own.delete("mine")
    assert deleted is not None
    assert own.find("mine") is None
    assert deleted.now.read_bytes() == content
    assert own.restore(deleted) == tmp_path / "presets" / "mine.toml"
    again = own.delete("mine")
    assert again is not None
    own.save(replace(MINE, id="other")).path.rename(again.was)
    assert own.restore(again).name == "mine_2.toml"
    assert own.delete("nothing") is None


def test_deleting_twice_keeps_both(own: OwnPresets) -> None:
    """A second one of the same name does not take the place of the first among the deleted."""
    own.save(MINE)
    first = own.delete("mine")
    own.save(replace(MINE, name="Second"))
    second = own.delete("mine")
    assert first is not None
    assert second is not None
    assert {first.now.name, second.now.name} == {"mine.toml", "mine_2.toml"}


def test_replaced_and_had_back(own: OwnPresets, tmp_path: Path) -> None:
    """The old one lies among the deleted, to the last byte; brought back, the new one lies there instead."""
    folder = tmp_path / "presets"
    folder.mkdir()
    file = folder / "My Evening.toml"
    file.write_text(f"# with love\n{preset_text(MINE)}")
    content = file.read_bytes()
    found = own.find("mine")
    assert found is not None
    replaced = own.replace(replace(MINE, name="Theirs"), found)
    assert (replaced.was, replaced.now) == (file, folder / "deleted" / "My Evening.toml")
    assert replaced.now.read_bytes() == content
    theirs = file.read_bytes()
    own.put_back(replaced)
    assert file.read_bytes() == content
    assert [each.read_bytes() for each in (folder / "deleted").iterdir()] == [theirs]


@pytest.mark.parametrize("moved", [True, False])
def test_what_cannot_be_replaced_or_had_back_leaves_all_as_it_is(
    own: OwnPresets, tmp_path: Path, moved: bool
) -> None:
    """A file that another hand has written is not replaced; a copy that is gone takes nothing with it."""
    saved = own.save(MINE)
    if moved:
        replaced = own.replace(replace(MINE, name="Theirs"), saved)
        theirs = saved.path.read_bytes()
        replaced.now.unlink()
        with pytest.raises(StorageError):
            own.put_back(replaced)
        assert saved.path.read_bytes() == theirs
        assert list((tmp_path / "presets" / "deleted").iterdir()) == []
    else:
        saved.path.write_text("?")
        with pytest.raises(ChangedElsewhereError):
            own.replace(replace(MINE, name="Theirs"), saved)
        assert saved.path.read_text() == "?"
        assert not (tmp_path / "presets" / "deleted").exists()


def test_a_folder_that_cannot_be_written(as_nobody: Path) -> None:
    """Told; the file is as it was."""
    own = OwnPresets(as_nobody, GUIDANCE)
    saved = own.save(MINE)
    content = saved.path.read_bytes()
    as_nobody.chmod(0o500)
    try:
        with pytest.raises(StorageError):
            own.save(replace(MINE, name="Ours"), saved)
        with pytest.raises(StorageError):
            own.replace(replace(MINE, name="Theirs"), saved)
        with pytest.raises(StorageError):
            own.delete("mine")
    finally:
        as_nobody.chmod(0o700)
    assert saved.path.read_bytes() == content


FILES: Final = PresetSettings(
    own_sounds=((ChimeName.OPEN, "/home/me/bell.wav"), (ChimeName.CLOSE, "")),
    background="/home/me/sea.wav",
    dawn=True,
)


def test_shared_and_looked_into(tmp_path: Path) -> None:
    """What is shared is a preset file, without the paths of this computer; nor does it bring any in."""
    path = tmp_path / "shared.toml"
    mine = replace(MINE, session=FILES)
    export(mine, path)
    shared = read_preset(path, GUIDANCE)
    assert isinstance(shared, Preset)
    assert shared.session == PresetSettings(own_sounds=((ChimeName.CLOSE, ""),), dawn=True)
    path.write_text(preset_text(mine))
    assert look_into(path, GUIDANCE) == shared


def test_a_built_in_file_comes_in_as_an_own_one() -> None:
    """With all its cautions."""
    path = RESOURCES / "presets" / "lower_back.toml"
    found, there = look_into(path, GUIDANCE), read_preset(path, GUIDANCE, built_in=True)
    assert isinstance(there, Preset)
    assert found == replace(there, kind=PresetKind.OWN, built_in=False)


def test_looking_into_what_is_no_preset(tmp_path: Path) -> None:
    """A folder, nothing, and noise."""
    (tmp_path / "noise.toml").write_bytes(b"\xff\x00")
    for name in ("noise.toml", "gone.toml", "."):
        assert isinstance(look_into(tmp_path / name, GUIDANCE), PresetFileProblem)
