"""Real parts for the desktop stories: a display with a window manager, and the programs that look at it.

A part that is missing is a failure that names it, never a skip.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from matsession.desktop.paths import find_folders
from matsession.domain.settings import Settings
from matsession.storage.settings_file import SettingsFile

PATIENCE_S = 60
"""How long a story waits for something that happens by itself; shared machines are slow at times."""


def needed(program: str) -> str:
    """The path of a program that has to be installed."""
    path = shutil.which(program)
    assert path, f"{program} is missing; 'python3 dev.py test --desktop' installs it or names its package"
    return path


@contextmanager
def virtual_display(size: str = "1280x900") -> Iterator[dict[str, str]]:
    """An X server of our own with openbox in it; yields the environment to reach it."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [
            needed("Xvfb"),
            "-displayfd",
            str(write_end),
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as ready:
            number = ready.readline().strip()
        assert number, "Xvfb did not start"
        env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        env.pop("WAYLAND_DISPLAY", None)
        # The first key that is pressed makes the server tell everybody that the keyboard changed, and openbox
        # then lets go of its shortcuts for a moment: Alt+F4 as the first key reached our window instead, one
        # time in fifty. So the first one is pressed before openbox is there; without -noreset the server
        # would forget it again with the last program that leaves.
        press(env, "shift")
        # It takes over windows that are there before it; nobody has to wait for it.
        manager = subprocess.Popen([needed("openbox"), "--sm-disable"], env=env, stderr=subprocess.DEVNULL)
        try:
            yield env
        finally:
            manager.terminate()
            manager.wait(PATIENCE_S)
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def used_before(home: Path, settings: Settings | None = None) -> None:
    """Somebody has read the notes of the first start, in this home of a test, and chosen these settings."""
    usual = Settings(programme_shown=False)
    SettingsFile(find_folders(home / "matsession").settings_file).save(settings or usual)


def matsession(*arguments: str) -> list[str]:
    """The command line of the program under test."""
    return [sys.executable, "-m", "matsession", *arguments]


@contextmanager
def program(env: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program under test, ended with the story whatever becomes of it."""
    child = subprocess.Popen(matsession(*arguments), env=env)
    try:
        yield child
    finally:
        child.kill()
        child.wait(PATIENCE_S)


def wait_for_window(env: dict[str, str], title: str) -> str:
    """Wait until a visible window's title matches the pattern; its id."""
    found = subprocess.run(
        [needed("xdotool"), "search", "--sync", "--onlyvisible", "--name", title],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return found.stdout.split()[0]


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Ask again and again until it is so; a failure says ``what`` was waited for."""
    until_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until_s, f"waited in vain for {what}"
        time.sleep(0.05)


def window_property(env: dict[str, str], window: str, name: str) -> str:
    """What the window manager or the program says of a window; of the screen for the window "root"."""
    which = ["-root"] if window == "root" else ["-id", window]
    return run([needed("xprop"), *which, name], env).stdout


def press(env: dict[str, str], *keys: str) -> None:
    """Press keys in the window that has the focus."""
    subprocess.run([needed("xdotool"), "key", *keys], env=env, timeout=PATIENCE_S, check=True)


def screenshot(env: dict[str, str], path: Path) -> None:
    """The whole screen as a PNG."""
    subprocess.run([needed("import"), "-window", "root", str(path)], env=env, timeout=PATIENCE_S, check=True)


def run(command: Sequence[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run to the end and hand back what was said."""
    return subprocess.run(
        list(command), env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
