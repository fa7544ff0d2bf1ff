"""Files in and out in a real terminal: a bar, and Ctrl-C that leaves nothing behind."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals of this kind", allow_module_level=True)

from matsession.desktop.paths import find_folders
from matsession.storage.history import History
from tests.storage.test_history import make_record
from tests.terminal.terminals import terminal

SESSIONS = 150_000
"""More than any computer brings in before the bar is seen."""


@pytest.fixture
def env(home: Path) -> Mapping[str, str]:
    """A home with one session in it."""
    with History.open(find_folders(home / "matsession").history_file) as history:
        history.save(make_record())
    return {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Written by hand, as it were: without ids."""
    path = tmp_path / "many.csv"
    first = datetime(1990, 1, 1, tzinfo=UTC)
    lines = (f"{(first + timedelta(hours=hour)).isoformat()},600,neck\n" for hour in range(SESSIONS))
    path.write_text("started_at,done_s,area\n" + "".join(lines))
    return path


def test_ctrl_c_ends_an_import_and_leaves_nothing(home: Path, env: Mapping[str, str], file: Path) -> None:
    """The bar is told how to stop it; the history is as it was."""
    with terminal("import", str(file), env=env) as screen:
        screen.wait_for(r"Importing \[#*\.+\] +\d+ %  \(Ctrl-C cancels\)")
        screen.press("\x03")
        screen.wait_for("Cancelled\\.\r\nNothing was changed\\.\r\n")
        screen.wait_for(r"\[ended: 1, sane: True\]")
    with History.open(find_folders(home / "matsession").history_file) as history:
        assert history.count() == 1
        assert history.sums.check() == 0
    assert [path.name for path in file.parent.iterdir() if "many" in path.name] == ["many.csv"]
