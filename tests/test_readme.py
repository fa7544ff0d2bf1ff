"""The README: what it shows is there, and light enough to be looked at."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
MOST_BYTES: Final = 300_000
PICTURES: Final = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))


def test_four_pictures_show_the_window() -> None:
    """And all that are kept are shown."""
    assert len(PICTURES) == 4
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "pictures").iterdir()}
    assert kept == set(PICTURES)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_light(picture: str) -> None:
    """A README is read on slow lines too."""
    path = ROOT / picture
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < MOST_BYTES
