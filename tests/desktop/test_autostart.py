"""Starting at login: what is written, and what is read back of what the person made of it."""

import os
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from matsession.desktop import autostart as module
from matsession.desktop.autostart import AutostartError, MacAutostart, XdgAutostart, autostart, meet_bus
from matsession.desktop.desktop_entry import exec_line, read_keys
from matsession.desktop.own_command import own_command
from matsession.desktop.paths import find_folders
from matsession.desktop.portal_autostart import PortalAutostart
from matsession.domain.errors import MatSessionError

COMMAND = ["/opt/my tools/matsession", "--home", '/home/a "b" $c `d` 100 % \\e', "--background"]


@pytest.fixture
def entry(tmp_path: Path) -> XdgAutostart:
    """An entry in a folder that is still to be made."""
    return XdgAutostart(tmp_path / "autostart" / "matsession.desktop", COMMAND)


def test_it_is_off_until_it_is_switched_on(entry: XdgAutostart, tmp_path: Path) -> None:
    """On writes one file, off removes it; both may be said twice."""
    assert not entry.is_on()
    entry.set_on(True)
    entry.set_on(True)
    assert entry.is_on()
    assert [path.name for path in (tmp_path / "autostart").iterdir()] == ["matsession.desktop"]
    entry.set_on(False)
    entry.set_on(False)
    assert not entry.is_on()
    assert list((tmp_path / "autostart").iterdir()) == []


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_switched_off_is_off(entry: XdgAutostart, tmp_path: Path, line: str) -> None:
    """Its tools keep the file and mark it; switching it on again takes the mark away."""
    entry.set_on(True)
    path = tmp_path / "autostart" / "matsession.desktop"
    path.write_text(path.read_text() + line + "\n")
    assert not entry.is_on()
    entry.set_on(True)
    assert entry.is_on()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file lies where the folder should be."""
    (tmp_path / "autostart").write_text("no folder")
    entry = XdgAutostart(tmp_path / "autostart" / "matsession.desktop", COMMAND)
    with pytest.raises(AutostartError, match="Start at login could not be changed: "):
        entry.set_on(True)
    assert not entry.is_on()


def test_an_odd_command_is_quoted_as_the_specification_wants() -> None:
    """Quoted for the reader of the command, and once more for the reader of the file."""
    assert exec_line(["/usr/bin/matsession", "--background"]) == "/usr/bin/matsession --background"
    assert exec_line(["/a b", "50%", ""]) == '"/a b" 50%% ""'
    assert exec_line(["a$b"]) == '"a\\\\$b"'


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell to ask")
def test_a_quoted_command_means_what_it_was(tmp_path: Path) -> None:
    """A shell reads these quotes as the specification does."""
    line = exec_line(COMMAND).replace("\\\\", "\\").replace("%%", "%")
    script = f"for each in {line}; do printf '%s\\0' \"$each\"; done"
    told = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    assert told.split("\0")[:-1] == COMMAND


def test_only_the_group_of_the_entry_is_read(tmp_path: Path) -> None:
    """Not that of its actions, and no comments."""
    path = tmp_path / "some.desktop"
    path.write_text("#Hidden=true\n[Desktop Entry]\nExec = a=b \n[Desktop Action x]\nHidden=true\n")
    assert read_keys(path) == {"Exec": "a=b"}
    assert read_keys(tmp_path / "none.desktop") == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the others keep it elsewhere")
def test_each_home_has_an_entry_of_its_own(home: Path, tmp_path: Path) -> None:
    """Where the desktop looks for it, with the command that starts this program and no other."""
    usual, other = autostart(find_folders(None)), autostart(find_folders(tmp_path / "other"))
    usual.set_on(True)
    assert usual.is_on()
    assert not other.is_on()
    other.set_on(True)
    names = sorted(path.name for path in (home / ".config" / "autostart").iterdir())
    assert len(names) == 2
    assert "matsession.desktop" in names
    keys = read_keys(home / ".config" / "autostart" / "matsession.desktop")
    assert keys["Exec"].endswith(" --background")
    assert keys["Exec"].startswith("/")


@pytest.mark.skipif(sys.platform != "linux", reason="Flatpak is Linux's")
def test_in_a_flatpak_the_portal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What we wrote would lie where nobody looks; without a bus nothing can be asked."""
    mark = tmp_path / ".flatpak-info"
    mark.touch()
    monkeypatch.setattr(module, "_FLATPAK_MARK", mark)
    flatpak = autostart(find_folders(None))
    assert isinstance(flatpak, PortalAutostart)
    assert not flatpak.is_on()
    meet_bus(flatpak, None)
    assert not flatpak.possible
    with pytest.raises(MatSessionError, match="Start at login could not be changed"):
        flatpak.set_on(True)
    assert not flatpak.is_on()


def test_a_launch_agent(tmp_path: Path) -> None:
    """MacOS's way, as far as it can be tried elsewhere."""
    agent = MacAutostart("matsession", COMMAND, tmp_path / "agents")
    assert not agent.is_on()
    agent.set_on(True)
    assert agent.is_on()
    [path] = (tmp_path / "agents").iterdir()
    assert plistlib.loads(path.read_bytes())["ProgramArguments"] == COMMAND
    path.write_bytes(plistlib.dumps({"RunAtLoad": True, "Disabled": True}))
    assert not agent.is_on()
    path.write_bytes(b"nonsense")
    assert not agent.is_on()
    agent.set_on(False)
    assert not path.exists()


def test_the_own_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script of pip where that was called, else the module by this interpreter; or the frozen program."""
    script = tmp_path / "matsession"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert own_command(None) == [str(script)]
    assert own_command(tmp_path) == [str(script), "--home", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["/somewhere/matsession/__main__.py"])
    assert own_command(None) == [str(Path(sys.executable).absolute()), "-m", "matsession"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command(None) == [os.path.realpath(sys.executable)]
