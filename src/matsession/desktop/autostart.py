"""Starting at login, in the background. The system is asked each time: the person may change it there too.

Linux: an entry in ~/.config/autostart. Windows: a value under Run, which Task Manager can switch off.
macOS: a LaunchAgent. The last two are written by their documentation, not tried. In a Flatpak the portal is
asked (``portal_autostart``).
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from matsession.app.ports import Autostart
from matsession.desktop.desktop_entry import exec_line, read_keys
from matsession.desktop.own_command import own_command
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError

if TYPE_CHECKING:
    # Imports jeepney, which is installed on Linux only.
    from matsession.desktop.dbus import Bus

log = logging.getLogger(__name__)

BACKGROUND: Final = "--background"

_FLATPAK_MARK: Final = Path("/.flatpak-info")


class AutostartError(MatSessionError):
    """It could not be changed."""

    def __init__(self, problem: object) -> None:
        """Say why."""
        super().__init__("Start at login could not be changed: {problem}.", "", {"problem": str(problem)})


def autostart(folders: Folders) -> Autostart:
    """What this system has for it."""
    command = [*own_command(folders.home), BACKGROUND]
    name = "matsession" if folders.home is None else f"matsession-{folders.home_mark}"
    if sys.platform == "win32":
        return WindowsAutostart(name, command)
    if sys.platform == "darwin":
        return MacAutostart(name, command)
    if _FLATPAK_MARK.exists():
        from matsession.desktop.portal_autostart import PortalAutostart

        return PortalAutostart(folders.autostart_answer, command)
    return XdgAutostart(_xdg_folder() / f"{name}.desktop", command)


def meet_bus(found: Autostart, bus: "Bus | None") -> None:
    """The session bus is there, or there is none: the portal of a sandbox is asked on it."""
    if _FLATPAK_MARK.exists():
        from matsession.desktop.portal_autostart import PortalAutostart

        if isinstance(found, PortalAutostart):
            found.meet(bus)


def _xdg_folder() -> Path:
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    config = Path(configured) if configured.startswith("/") else Path.home() / ".config"
    return config / "autostart"


class _AnsweredAtOnce:
    """What answers in ``set_on`` itself."""

    def on_answered(self, listener: Callable[[MatSessionError | None], None]) -> None:
        """Nothing comes later."""


class XdgAutostart(_AnsweredAtOnce):
    """An entry that the desktop, or systemd for it, starts at login."""

    possible = True

    def __init__(self, path: Path, command: Sequence[str]) -> None:
        """Start ``command`` by the entry at ``path``."""
        self._path = path
        self._command = command

    def is_on(self) -> bool:
        """Whether the entry is there and nobody has switched it off."""
        keys = read_keys(self._path)
        switched_off = (
            keys.get("Hidden", "false").lower() == "true"
            or keys.get("X-GNOME-Autostart-enabled", "true").lower() == "false"
        )
        return bool(keys.get("Exec")) and not switched_off

    def set_on(self, on: bool) -> None:
        """Write the entry, or remove it. Raises AutostartError."""
        try:
            if on:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                unfinished = self._path.with_name(f".{self._path.name}.new")
                unfinished.write_text(self._entry(), encoding="utf-8")
                unfinished.replace(self._path)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise AutostartError(error.strerror or error) from error

    def _entry(self) -> str:
        # No delay: systemd does not know that key. A tray and a bus that come later are waited for instead.
        return (
            "[Desktop Entry]\n"
            "Type=Application\n"
            "Name=MatSession\n"
            "Comment=Wait in the background for the next session\n"
            "Icon=matsession\n"
            f"Exec={exec_line(self._command)}\n"
            "Terminal=false\n"
            "StartupNotify=false\n"
        )


class WindowsAutostart(_AnsweredAtOnce):
    """A value under the person's Run key; whoever switches it off in Task Manager leaves a mark beside it."""

    possible = True
    _RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
    _APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

    def __init__(self, name: str, command: Sequence[str]) -> None:
        """Start ``command`` by the value ``name``."""
        self._name = name
        self._command = command

    def is_on(self) -> bool:
        """Whether the value is there and Task Manager has not switched it off."""
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._RUN) as key:
                    winreg.QueryValueEx(key, self._name)
            except OSError:
                return False
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._APPROVED) as key:
                    mark, _ = winreg.QueryValueEx(key, self._name)
            except OSError:
                return True
            return not (isinstance(mark, bytes) and mark[:1] and mark[0] % 2 == 1)
        return False

    def set_on(self, on: bool) -> None:
        """Write the value, or remove it; the mark of Task Manager goes. Raises AutostartError."""
        if sys.platform == "win32":
            import contextlib
            import winreg

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._RUN) as key:
                    if on:
                        line = subprocess.list2cmdline(self._command)
                        winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, line)
                    else:
                        with contextlib.suppress(FileNotFoundError):
                            winreg.DeleteValue(key, self._name)
                with (
                    contextlib.suppress(FileNotFoundError),
                    winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._APPROVED, 0, winreg.KEY_SET_VALUE) as key,
                ):
                    winreg.DeleteValue(key, self._name)
            except OSError as error:
                raise AutostartError(error.strerror or error) from error


class MacAutostart(_AnsweredAtOnce):
    """A LaunchAgent of the person's own."""

    possible = True

    def __init__(self, name: str, command: Sequence[str], folder: Path | None = None) -> None:
        """Start ``command`` by the agent ``name``."""
        self._label = f"org.matsession.{name}"
        self._path = (folder or Path.home() / "Library" / "LaunchAgents") / f"{self._label}.plist"
        self._command = command

    def is_on(self) -> bool:
        """Whether the agent is there and not disabled."""
        import plistlib

        try:
            values = plistlib.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return False
        return bool(values.get("RunAtLoad")) and not values.get("Disabled", False)

    def set_on(self, on: bool) -> None:
        """Write the agent, or remove it. Raises AutostartError."""
        import plistlib

        values = {"Label": self._label, "ProgramArguments": list(self._command), "RunAtLoad": True}
        try:
            if on:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.write_bytes(plistlib.dumps(values))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise AutostartError(error.strerror or error) from error
