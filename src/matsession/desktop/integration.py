"""Desktop entry, icons and AppStream metainfo for an installation by pip: the menu of the desktop shows us.

A package of a distribution brings these files itself. All go into the person's own folders, and nothing but
what was put there is removed again.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from matsession.desktop.desktop_entry import exec_line
from matsession.desktop.own_command import own_command
from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError

ENTRY: Final = "applications/matsession.desktop"
METAINFO: Final = "metainfo/io.github.matsession.MatSession.metainfo.xml"

_ICON_SIZES_PX: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)


class IntegrationError(MatSessionError):
    """A file could not be written or removed."""


def data_home() -> Path:
    """Where the desktop looks for a person's own entries and icons."""
    configured = os.environ.get("XDG_DATA_HOME", "")
    return Path(configured) if configured.startswith("/") else Path.home() / ".local" / "share"


def desktop_entry(folders: Folders) -> str:
    """The entry, with an action that starts the last preset at once."""
    command = own_command(folders.home)
    return f"""[Desktop Entry]
Type=Application
Name=MatSession
GenericName=Session timer
Comment=Guided, timed sessions on an acupressure mat
Keywords=acupressure;mat;meditation;relaxation;timer;breathing;
Categories=Utility;Clock;
Icon=matsession
Exec={exec_line(command)}
Terminal=false
StartupNotify=true
StartupWMClass=matsession
Actions=start-last;pause;resume;

[Desktop Action start-last]
Name=Start the last session again
Exec={exec_line([*command, "start"])}

[Desktop Action pause]
Name=Pause
Exec={exec_line([*command, "pause"])}

[Desktop Action resume]
Name=Go on
Exec={exec_line([*command, "resume"])}
"""


def integrate(folders: Folders) -> list[Path]:
    """Put all files in their places; which ones. Raises IntegrationError."""
    share = data_home()
    written: list[Path] = []
    try:
        for source, place in _copies(folders):
            target = share / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            written.append(target)
        entry = share / ENTRY
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_text(desktop_entry(folders), encoding="utf-8")
        written.append(entry)
    except OSError as error:
        raise IntegrationError(
            f"The desktop entry could not be installed: {error}.", "Nothing else was changed."
        ) from error
    _tell_desktop(share)
    return written


def remove(folders: Folders) -> list[Path]:
    """Remove them; which ones were there. Raises IntegrationError."""
    share = data_home()
    removed: list[Path] = []
    try:
        for place in [*(place for _, place in _copies(folders)), ENTRY]:
            target = share / place
            if target.is_file() or target.is_symlink():
                target.unlink()
                removed.append(target)
    except OSError as error:
        raise IntegrationError(f"The desktop entry could not be removed: {error}.") from error
    _tell_desktop(share)
    return removed


def _copies(folders: Folders) -> list[tuple[Path, str]]:
    """Each file that is copied, and its place."""
    icons = "icons/hicolor"
    copies = [
        (folders.icons / f"matsession-{size}.png", f"{icons}/{size}x{size}/apps/matsession.png")
        for size in _ICON_SIZES_PX
    ]
    copies.append((folders.icons / "matsession.svg", f"{icons}/scalable/apps/matsession.svg"))
    symbolic = f"{icons}/symbolic/apps/matsession-symbolic.svg"
    copies.append((folders.icons / "matsession-symbolic.svg", symbolic))
    copies.append((folders.resources / Path(METAINFO).name, METAINFO))
    return copies


def _tell_desktop(share: Path) -> None:
    """Caches that some desktops keep; where there is no such program, the desktop looks by itself."""
    for command in (
        ["update-desktop-database", "-q", str(share / "applications")],
        ["gtk-update-icon-cache", "-q", "-t", "-f", str(share / "icons" / "hicolor")],
    ):
        program = shutil.which(command[0])
        if program is not None and Path(command[-1]).is_dir():
            try:
                subprocess.run([program, *command[1:]], check=False, timeout=20, capture_output=True)
            except (OSError, subprocess.TimeoutExpired):
                continue
