"""What the tests of storage share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from matsession.storage.database import read_migrations

NOBODY = 65534


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Path]:
    """A folder whose permission bits bind us, even where the tests run as root: as another user meanwhile."""
    folder = tmp_path / "nobody"
    folder.mkdir()
    if not hasattr(os, "geteuid"):
        pytest.skip("permission bits mean nothing on this system")
    if os.geteuid() != 0:
        yield folder
        folder.chmod(0o700)
        return
    opened = [(parent, parent.stat().st_mode) for parent in folder.parents if not parent.stat().st_mode & 1]
    for parent, mode in opened:
        parent.chmod(mode | 0o011)
    os.chown(folder, NOBODY, NOBODY)
    # Both import parts of the standard library, which may lie in root's own home.
    read_migrations()
    b"".decode("utf-8-sig")
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        folder.chmod(0o700)
        for parent, mode in opened:
            parent.chmod(mode)
