"""What is put into the desktop's folders, looked at by those who read it there."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from matsession.desktop.autostart import autostart
from matsession.desktop.paths import find_folders, resources_folder
from tests.stories.desktop_parts import matsession, needed, run

pytestmark = pytest.mark.desktop

GENERATOR = "/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator"


def test_the_desktop_entry_is_valid(home: Path) -> None:
    """And its action starts the last session: the command in it is one that runs."""
    done = run(matsession("integrate"), dict(os.environ))
    assert done.returncode == 0
    entry = home / ".local" / "share" / "applications" / "matsession.desktop"
    checked = run([needed("desktop-file-validate"), str(entry)])
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    [line] = [line for line in entry.read_text().splitlines() if line.endswith(" start")]
    command = shlex.split(line.removeprefix("Exec="))
    assert run([*command, "--help"]).returncode == 0
    assert run([*command[:-1], "--version"]).stdout.startswith("MatSession ")


def test_the_metainfo_is_valid() -> None:
    """By the tool that software centres use."""
    [path] = resources_folder().glob("*.metainfo.xml")
    checked = run([needed("appstreamcli"), "validate", "--no-net", str(path)])
    assert checked.returncode == 0, checked.stdout
    assert "W:" not in checked.stdout


def test_systemd_starts_what_we_wrote(home: Path, tmp_path: Path) -> None:
    """Its generator makes a service of the entry, with the command as it was; not of one switched off."""
    entry = autostart(find_folders(tmp_path / 'a home "with" signs'))
    entry.set_on(True)
    assert Path(GENERATOR).exists(), "systemd's generator is missing; dev.py installs systemd"

    def services() -> list[Path]:
        folders = [tmp_path / name for name in ("normal", "early", "late")]
        for folder in folders:
            folder.mkdir(exist_ok=True)
            for old in folder.glob("*.service"):
                old.unlink()
        env = {**os.environ, "XDG_CURRENT_DESKTOP": "Story"}
        subprocess.run([GENERATOR, *map(str, folders)], env=env, check=True)
        return sorted(tmp_path.glob("late/app-matsession*.service"))

    [service] = services()
    [line] = [line for line in service.read_text().splitlines() if line.startswith("ExecStart=")]
    started = shlex.split(line.removeprefix("ExecStart=").removeprefix(":").replace("%%", "%"))
    assert started[-3:] == ["--home", str(tmp_path / 'a home "with" signs'), "--background"]
    assert Path(started[0]).name.startswith(Path(sys.executable).name[:6])
    [path] = (home / ".config" / "autostart").iterdir()
    path.write_text(path.read_text() + "Hidden=true\n")
    assert not entry.is_on()
    assert services() == []
