"""Presets that were read before: the same ones, sooner; never older ones, never a reason to fail."""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

from matsession.domain.preset import Preset
from matsession.storage.guidance_file import GuidanceFileError, read_guidance
from matsession.storage.preset_files import read_preset
from matsession.storage.preset_folders import PresetsRead, read_presets
from matsession.storage.preset_store import PresetStore

RESOURCES: Final = Path(__file__).parents[2] / "resources"
OWN: Final = (
    b'name = "Neck"\narea = "neck"\n[[step]]\nname = "Lie"\nseconds = 30\n'
    b'[session]\nvoice = "on"\nmat_brightness = "dim"\ndawn = true\n[session.levels]\nclose = 0.5\n'
    b'[session.own_sounds]\nopen = "/tmp/a.wav"\n'
)


class House:
    """The files of one installation, with one preset of the person's own."""

    def __init__(self, folder: Path) -> None:
        """Copy what came with the program."""
        self.guidance = folder / "guidance.toml"
        self.built_in = folder / "built_in"
        self.own = folder / "own"
        self.cache = folder / "cache" / "presets.json"
        shutil.copy(RESOURCES / "guidance.toml", self.guidance)
        shutil.copytree(RESOURCES / "presets", self.built_in)
        self.own.mkdir()
        self.mine = self.own / "mine.toml"
        self.mine.write_bytes(OWN)

    def store(self, version: str = "1.0") -> PresetStore:
        """As a start of the program makes it."""
        return PresetStore(self.guidance, self.built_in, self.own, self.cache, version)

    def start(self, version: str = "1.0") -> PresetsRead:
        """Read all, and keep it."""
        store = self.store(version)
        found = store.read()
        store.keep()
        return found

    def name(self, version: str = "1.0") -> str:
        """What a start finds as the name of the own preset."""
        return next(preset.name for preset in self.start(version).presets if not preset.built_in)

    def spoil_cache(self) -> None:
        """Let it tell another name than the file has, so that it shows which of them was read."""
        content = self.cache.read_bytes()
        assert b'"Neck"' in content
        self.cache.write_bytes(content.replace(b'"Neck"', b'"Nape"'))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Started once before."""
    house = House(tmp_path)
    house.start()
    return house


def test_what_is_kept_is_what_the_files_say(house: House) -> None:
    """Every preset and all the guidance, to the last value and its type."""
    guidance = read_guidance(house.guidance)
    store = house.store()
    for kept in (store, house.store("another")):  # from the cache, and from the files
        assert kept.guidance == guidance
        assert [type(each.level) for each in kept.guidance.cautions] == [
            type(each.level) for each in guidance.cautions
        ]
        found = kept.read()
        assert found == read_presets(house.built_in, house.own, guidance, read_preset)
        assert repr(found) == repr(read_presets(house.built_in, house.own, guidance, read_preset))
        assert len(found.presets) == 21


def test_what_was_read_once_is_read_from_the_cache(house: House) -> None:
    """The cache is asked, not the file."""
    house.spoil_cache()
    assert house.name() == "Nape"


def test_a_changed_file_is_read_again(house: House) -> None:
    """Even where size and time of change are what they were."""
    before = house.mine.stat()
    house.mine.write_bytes(OWN.replace(b"Neck", b"Feet"))
    os.utime(house.mine, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert house.name() == "Feet"
    assert house.name() == "Feet"


def test_changed_guidance_has_all_presets_checked_again(house: House) -> None:
    """One of them may name what is no longer there."""
    house.spoil_cache()
    house.guidance.write_bytes(house.guidance.read_bytes() + b"\n")
    assert house.name() == "Neck"


def test_another_version_reads_all_again(house: House) -> None:
    """An update may have changed the rules."""
    house.spoil_cache()
    assert house.name("1.1") == "Neck"


def test_a_preset_that_moved_house_is_no_built_in_one(house: House) -> None:
    """A cache that calls the person's own preset built-in is not believed."""
    house.cache.write_bytes(house.cache.read_bytes().replace(b'"built_in": false', b'"built_in": true'))
    own = [preset for preset in house.start().presets if not preset.built_in]
    assert [preset.name for preset in own] == ["Neck"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'"for"', b'"from"'),
        (b'"files": {', b'"files": 3, "x": {'),
        (b'"area": "neck"', b'"area": "nose"'),
        (b'"steps": [[', b'"steps": [7, ['),
        (b'"name": "Neck"', b'"none": "Neck"'),
        (b'"suggested_s": 30', b'"suggested_s": null'),
        (b'{"for"', b"[" * 100_000),
        (b"{", b"\xff"),
        (b"}", b""),
    ],
)
def test_a_damaged_cache_is_no_trouble(house: House, good: bytes, bad: bytes) -> None:
    """It is made again."""
    content = house.cache.read_bytes()
    assert good in content
    house.cache.write_bytes(content.replace(good, bad))
    assert house.name() == "Neck"
    assert len(house.start().presets) == 21
    assert house.cache.read_bytes() != content.replace(good, bad)


def test_nowhere_to_keep_it_is_no_trouble(tmp_path: Path) -> None:
    """The next start takes a little longer."""
    house = House(tmp_path)
    house.cache = house.mine / "presets.json"
    assert house.name() == "Neck"
    assert house.mine.read_bytes() == OWN


def test_mistakes_are_told_as_ever(house: House) -> None:
    """A bad file each time, however good it was; a missing one is gone; guidance there must be."""
    house.mine.write_bytes(b"name =")
    for _ in range(2):
        assert [problem.path for problem in house.start().problems] == [house.mine]
    house.mine.unlink()
    assert all(preset.built_in for preset in house.start().presets)
    house.guidance.unlink()
    with pytest.raises(GuidanceFileError):
        house.store()


def test_nothing_is_kept_of_a_file_that_is_gone(house: House) -> None:
    """The cache does not grow with every preset there ever was."""
    assert b"mine.toml" in house.cache.read_bytes()
    house.mine.unlink()
    house.start()
    assert b"mine.toml" not in house.cache.read_bytes()


def test_a_start_without_news_writes_nothing(house: House) -> None:
    """The usual one only reads."""
    before = house.cache.stat()
    house.start()
    after = house.cache.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_look_keeps_nothing(tmp_path: Path) -> None:
    """Reading alone makes no file."""
    house = House(tmp_path)
    assert all(isinstance(preset, Preset) for preset in house.store().read().presets)
    assert not house.cache.parent.exists()


def test_values_of_another_shape_are_read_again(house: House) -> None:
    """A checkout may know a field more than the program that kept them, with the same version."""
    content = house.cache.read_bytes()
    assert b'"name", "area"' in content
    house.spoil_cache()
    house.cache.write_bytes(house.cache.read_bytes().replace(b'"name", "area"', b'"area"', 1))
    assert house.name() == "Neck"
