"""What was passed over the next morning, kept in a file."""

from pathlib import Path

import pytest

from matsession.storage.errors import StorageError
from matsession.storage.morning_state import MorningStateFile


@pytest.fixture
def file(tmp_path: Path) -> MorningStateFile:
    """A file that is not there yet, in a folder that is not either."""
    return MorningStateFile(tmp_path / "data" / "next-morning.json")


def test_it_comes_back(file: MorningStateFile) -> None:
    """The last one counts; empty is none."""
    assert file.skipped() == ""
    for skipped in ("one", "two", ""):
        file.save(skipped)
        assert MorningStateFile(file.path).skipped() == skipped


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"skipped": 1}', b'{"skipped": "x", "version": 2}']
)
def test_a_damaged_file_tells_nothing(file: MorningStateFile, content: bytes) -> None:
    """And is written over."""
    file.save("one")
    file.path.write_bytes(content)
    assert file.skipped() == ""
    file.save("two")
    assert file.skipped() == "two"


def test_what_cannot_be_kept_is_told(file: MorningStateFile) -> None:
    """As with every file."""
    file.path.mkdir(parents=True)
    assert file.skipped() == ""
    with pytest.raises(StorageError):
        file.save("one")
