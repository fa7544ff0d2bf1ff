"""``matsession report``: a PDF without a window, and what it refuses."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from matsession import cli
from matsession.desktop.paths import find_folders
from matsession.storage.history import History
from tests.storage.test_history import NOW, make_record


def test_a_report_needs_no_display(home: Path, tmp_path: Path) -> None:
    """A program of its own writes it, with the name, and leaves the history as it is."""
    with History.open(find_folders(home / "matsession").history_file) as history:
        for day in range(10):
            history.save(make_record(NOW + timedelta(days=day), rating_before=6, rating_after=4))
    file = tmp_path / "march.pdf"
    days = ["--from", "2026-03-01", "--to", "2026-03-31"]
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "matsession", "report", str(file), *days, "--name", "Ada Example", "--notes"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"1 page written to {file}.\n", "")
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "told"), [("report.txt", "a report is a PDF"), ("there.pdf", "is there already")]
)
def test_what_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str) -> None:
    """Another kind of file, and one that is there."""
    (tmp_path / "there.pdf").write_text("mine")
    assert cli.run(["report", str(tmp_path / name)]) == 1
    assert told in capsys.readouterr().err
    assert (tmp_path / "there.pdf").read_text() == "mine"


def test_days_the_wrong_way_round(tmp_path: Path) -> None:
    """Wrong use."""
    assert cli.run(["report", str(tmp_path / "a.pdf"), "--from", "2026-03-02", "--to", "2026-03-01"]) == 2
