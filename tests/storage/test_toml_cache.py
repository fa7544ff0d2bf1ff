"""The cache of TOML files: the same content, sooner; never an older one, never a reason to fail."""

import os
from pathlib import Path

import pytest

from matsession.storage.toml_cache import TomlCache
from matsession.storage.toml_text import FieldError

CONTENT = b'name = "Neck"\nseconds = 30\nbreath = [4.0, 6]\n[[step]]\non_mat = true\n'
VALUES = {"name": "Neck", "seconds": 30, "breath": [4.0, 6], "step": [{"on_mat": True}]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A TOML file."""
    path = tmp_path / "neck.toml"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def kept(tmp_path: Path, file: Path) -> Path:
    """A cache that has read it."""
    path = tmp_path / "cache" / "shipped.json"
    cache = TomlCache(path, "1.0")
    assert cache.read(file) == VALUES
    cache.save()
    return path


def test_what_was_read_once_is_read_from_the_cache(kept: Path, file: Path) -> None:
    """The same values, although the cache was told others than the file has."""
    assert TomlCache(kept, "1.0").read(file) == VALUES
    kept.write_bytes(kept.read_bytes().replace(b"Neck", b"Nape"))
    assert TomlCache(kept, "1.0").read(file)["name"] == "Nape"


def test_a_changed_file_is_read_again(kept: Path, file: Path) -> None:
    """Even where size and time of change are what they were."""
    before = file.stat()
    file.write_bytes(CONTENT.replace(b"Neck", b"Feet"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    cache = TomlCache(kept, "1.0")
    assert cache.read(file)["name"] == "Feet"
    cache.save()
    assert TomlCache(kept, "1.0").read(file)["name"] == "Feet"


def test_another_version_reads_all_again(kept: Path, file: Path) -> None:
    """An update may have changed any of them."""
    kept.write_bytes(kept.read_bytes().replace(b"Neck", b"Nape"))
    assert TomlCache(kept, "1.1").read(file) == VALUES


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": "1.0", "files": {"x": 3}}', b"\xff"])
def test_a_damaged_cache_is_no_trouble(kept: Path, file: Path, damage: bytes) -> None:
    """It is made again."""
    kept.write_bytes(damage)
    cache = TomlCache(kept, "1.0")
    assert cache.read(file) == VALUES
    cache.save()
    assert TomlCache(kept, "1.0").read(file) == VALUES


def test_nowhere_to_keep_it_is_no_trouble(tmp_path: Path, file: Path) -> None:
    """The next start takes a little longer."""
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    cache = TomlCache(blocked / "shipped.json", "1.0")
    assert cache.read(file) == VALUES
    cache.save()
    assert blocked.read_bytes() == b""


def test_mistakes_are_told_as_ever(tmp_path: Path, file: Path) -> None:
    """No file: FileNotFoundError; no TOML: FieldError, each time."""
    cache = TomlCache(tmp_path / "shipped.json", "1.0")
    with pytest.raises(FileNotFoundError):
        cache.read(tmp_path / "none.toml")
    file.write_bytes(b"name =")
    for _ in range(2):
        with pytest.raises(FieldError):
            cache.read(file)
