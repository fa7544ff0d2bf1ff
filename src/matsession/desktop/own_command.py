"""The command line that starts this program anew, from wherever it was started."""

import os
import sys
from pathlib import Path

from matsession.desktop.paths import APP_NAME


def own_command(home: Path | None) -> list[str]:
    """Absolute, so that it works at login and from a menu, where no PATH leads to it."""
    command = _program()
    return command if home is None else [*command, "--home", str(home)]


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [os.path.realpath(sys.executable)]
    script = Path(sys.argv[0]) if sys.argv and sys.argv[0] else None
    if script is not None and script.stem == APP_NAME and script.is_file() and os.access(script, os.X_OK):
        return [str(script.absolute())]
    # Not resolved: the interpreter of an environment is a link, and finds its packages by where that lies.
    return [str(Path(sys.executable).absolute()), "-m", APP_NAME]
