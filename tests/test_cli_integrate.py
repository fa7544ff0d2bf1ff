"""``matsession integrate``: files in the person's own folders, and nothing left of them afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform in ("win32", "darwin"):
    pytest.skip("there are no desktop entries", allow_module_level=True)

from matsession import cli
from matsession.desktop.desktop_entry import read_keys

PATIENCE_S = 60


def files(folder: Path) -> set[str]:
    """All files below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_is_installed_is_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entry, icons and metainfo; files of others stay."""
    monkeypatch.delenv("MATSESSION_HOME")
    share = home / ".local" / "share"
    (share / "applications").mkdir()
    (share / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    assert cli.run(["integrate"]) == 0
    told = capsys.readouterr().out
    assert told.count("installed ") == 13
    there = files(share)
    assert {
        "applications/matsession.desktop",
        "icons/hicolor/48x48/apps/matsession.png",
        "icons/hicolor/scalable/apps/matsession.svg",
        "metainfo/io.github.matsession.MatSession.metainfo.xml",
    } <= there
    keys = read_keys(share / "applications" / "matsession.desktop")
    assert keys["Icon"] == keys["StartupWMClass"] == "matsession"
    assert "--home" not in keys["Exec"]
    assert cli.run(["integrate"]) == 0  # once more is no mistake
    assert cli.run(["integrate", "--remove"]) == 0
    left = {each for each in files(share) if not each.endswith((".cache", "mimeinfo.cache"))}
    assert left == {"applications/other.desktop"}
    capsys.readouterr()
    assert cli.run(["integrate", "--remove"]) == 0
    assert capsys.readouterr().out == "There was nothing to remove.\n"


def test_what_cannot_be_written_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence and code 1."""
    (home / ".local" / "share" / "icons").write_text("no folder")
    assert cli.run(["integrate"]) == 1
    assert "The desktop entry could not be installed: " in capsys.readouterr().err


def test_background_is_for_a_start_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Not for commands."""
    assert cli.run(["--background", "presets"]) == 2
    assert "--background is for a start without a command." in capsys.readouterr().err


@pytest.mark.usefixtures("notes_read")
def test_a_start_in_the_background_where_one_runs_changes_nothing(home: Path) -> None:
    """It ends at once; the one that runs has no window to be seen, and takes orders all the same."""
    command = [sys.executable, "-m", "matsession"]

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )

    with subprocess.Popen([*command, "--background"]) as first:
        try:
            while ask("status").stdout != "No session is running.\n":
                assert first.poll() is None
            second = ask("--background")
            assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
            assert ask("start", "lower_back", "--preparation", "0s").returncode == 0
            assert "Lower back: " in ask("status").stdout
            first.terminate()
            assert first.wait(PATIENCE_S) == 0
        finally:
            first.kill()
    assert "Lower back" in ask("history").stdout
