"""Where the program's files are; the only place that knows. All others are handed a path."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

APP_NAME = "matsession"
HOME_VARIABLE = "MATSESSION_HOME"
"""Names the one folder that holds everything, where ``--home`` does not."""


class Folders(NamedTuple):
    """The folders of one installation. They may not exist yet."""

    data: Path
    """History, backups and logs."""
    config: Path
    """Settings and own presets."""
    cache: Path
    """Anything that can be made again."""
    runtime: Path
    """Locks and sockets, gone when the person logs out."""
    resources: Path
    """What came with the program; read only."""
    home: Path | None = None
    """The one folder that holds all the others, where one was asked for."""

    @property
    def home_mark(self) -> str:
        """A short word that tells this home from others."""
        import hashlib

        return hashlib.sha256(os.fsencode(str(self.home))).hexdigest()[:8]

    @property
    def history_file(self) -> Path:
        """The database."""
        return self.data / "history.sqlite3"

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.config / "settings.toml"

    @property
    def reminders_file(self) -> Path:
        """Reminders and quiet hours."""
        return self.config / "reminders.toml"

    @property
    def reminder_state_file(self) -> Path:
        """What was told, put off and called off; in a folder of its own, which can be watched in peace."""
        return self.data / "reminders" / "state.json"

    @property
    def autostart_answer(self) -> Path:
        """There where the portal of a sandbox last agreed to start us at login."""
        return self.data / "starts-at-login"

    @property
    def mats_file(self) -> Path:
        """The person's own mats."""
        return self.config / "mats.toml"

    @property
    def mat_photos(self) -> Path:
        """Pictures of them."""
        return self.data / "mats"

    @property
    def mat_catalogue(self) -> Path:
        """The mats that are sold."""
        return self.resources / "mats.toml"

    @property
    def own_presets(self) -> Path:
        """The person's own presets, one file each."""
        return self.config / "presets"

    @property
    def built_in_presets(self) -> Path:
        """The presets that came with the program."""
        return self.resources / "presets"

    @property
    def preset_cache(self) -> Path:
        """What was read of the presets."""
        return self.cache / "presets.json"

    @property
    def guidance_file(self) -> Path:
        """Breathing patterns, cautions, scales and lines that all sessions share."""
        return self.resources / "guidance.toml"

    @property
    def evidence_file(self) -> Path:
        """What is known of mats and needles, and where it was read."""
        return self.resources / "evidence.toml"

    @property
    def programme_file(self) -> Path:
        """The first two weeks, day by day."""
        return self.resources / "programme.toml"

    @property
    def programme_course_file(self) -> Path:
        """How somebody goes through them."""
        return self.data / "programme.toml"

    @property
    def morning_state_file(self) -> Path:
        """Which question of the next morning was passed over."""
        return self.data / "next-morning.json"

    @property
    def sounds(self) -> Path:
        """The chimes."""
        return self.resources / "sounds"

    @property
    def icons(self) -> Path:
        """The program's icon in all sizes."""
        return self.resources / "icons"

    @property
    def log_file(self) -> Path:
        """What the program wrote down for whoever has to find out why."""
        return self.data / "matsession.log"

    @property
    def session_lock(self) -> Path:
        """Held while a session runs."""
        return self.runtime / "session.lock"

    @property
    def instance_lock(self) -> Path:
        """Held by the program that has the window."""
        return self.runtime / "window.lock"

    @property
    def window_address(self) -> str:
        """Where the program that has the window takes orders."""
        return _address(self.runtime, "window")

    @property
    def terminal_address(self) -> str:
        """Where a session in a terminal takes orders; only whoever holds the session lock listens there."""
        return _address(self.runtime, "terminal")


_ADDRESS_BYTES_MAX = 100
"""The system's limit for the path of a socket is 103 (macOS) or 107 (Linux)."""


def _address(runtime: Path, name: str) -> str:
    """A socket in the runtime folder; where its path is too long, in the usual one. On Windows a pipe."""
    path = str(runtime / f"{name}.sock")
    if sys.platform != "win32" and len(os.fsencode(path)) <= _ADDRESS_BYTES_MAX:
        return path
    import hashlib  # only then; each home keeps an address of its own

    mark = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    if sys.platform == "win32":
        return f"matsession-{mark}"
    return str(_runtime_folder() / f"{name}-{mark}.sock")


def find_folders(home: Path | None) -> Folders:
    """All in one folder where ``home`` is given, else where this desktop keeps such things."""
    if home is not None:
        home = home.expanduser().absolute()
        return Folders(home / "data", home / "config", home / "cache", home / "run", resources_folder(), home)
    import platformdirs

    return Folders(
        data=platformdirs.user_data_path(APP_NAME, appauthor=False),
        config=platformdirs.user_config_path(APP_NAME, appauthor=False, roaming=True),
        cache=platformdirs.user_cache_path(APP_NAME, appauthor=False),
        runtime=_runtime_folder(),
        resources=resources_folder(),
    )


def _runtime_folder() -> Path:
    """The folder for locks; in the cache where the desktop has no private one of its own."""
    import platformdirs

    if sys.platform == "linux" and not os.environ.get("XDG_RUNTIME_DIR"):
        # platformdirs would fall back to /run/user or /tmp: missing, or open to others.
        return platformdirs.user_cache_path(APP_NAME, appauthor=False) / "run"
    return platformdirs.user_runtime_path(APP_NAME, appauthor=False)


def resources_folder() -> Path:
    """The resources: inside the installed package, or beside src/ in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"
