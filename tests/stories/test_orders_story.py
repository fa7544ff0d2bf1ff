"""Orders to a real window: a second start brings it forward, strangers and noise do nothing."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matsession.desktop.paths import find_folders
from tests.desktop.test_control_wire import random_lines
from tests.stories.desktop_parts import (
    PATIENCE_S,
    matsession,
    needed,
    program,
    run,
    used_before,
    virtual_display,
    wait_for_window,
)

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("notes_read")]

ASK_AS_STRANGER = """
import socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
"""


def status() -> dict[str, object]:
    """What ``matsession status --json`` tells."""
    values: dict[str, object] = json.loads(run(matsession("status", "--json"), dict(os.environ)).stdout)
    return values


def takes_orders() -> bool:
    """Whether the program is there: its window is a moment earlier."""
    until_s = time.monotonic() + PATIENCE_S
    while not status()["program_runs"] and time.monotonic() < until_s:
        time.sleep(0.05)
    return bool(status()["program_runs"])


def test_a_second_start_brings_the_window_forward(home: Path) -> None:
    """It was minimised; the second one ends at once with code 0."""
    used_before(home)
    with virtual_display() as env, program(env):
        window = wait_for_window(env, "^MatSession$")
        assert takes_orders()
        subprocess.run([needed("xdotool"), "windowminimize", "--sync", window], env=env, check=True)
        second = run(matsession(), env)
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert wait_for_window(env, "^MatSession$") == window
        active = run([needed("xdotool"), "getactivewindow"], env)
        assert active.stdout.strip() == window


def test_another_user_cannot_reach_the_socket(home: Path) -> None:
    """Not even where the way to the folder is open to all: the folder, and the socket itself, are private."""
    assert os.geteuid() == 0, "this story changes to another user, and so has to be root"
    stranger = [needed("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable]
    address = Path(find_folders(home / "matsession").window_address)
    used_before(home)
    with virtual_display() as env, program(env):
        wait_for_window(env, "^MatSession$")
        assert takes_orders()
        for place in (home, *home.parents):
            with contextlib.suppress(PermissionError):
                place.chmod(place.stat().st_mode | 0o055)
        (home / "matsession").chmod(0o755)
        refused = run([*stranger, "-c", ASK_AS_STRANGER, str(address)])
        assert "PermissionError" in refused.stderr
        address.parent.chmod(0o755)  # the folder open: the socket still is not
        assert run([*stranger, "-c", "import sys; open(sys.argv[1])", str(address)]).returncode != 0
        refused = run([*stranger, "-c", ASK_AS_STRANGER, str(address)])
        assert "PermissionError" in refused.stderr


def test_ten_thousand_random_lines_do_nothing(home: Path) -> None:
    """No session starts or ends, the window lives, and its log stays short."""
    folders = find_folders(home / "matsession")
    with virtual_display() as env, program(env, "start", "lower_back", "--preparation", "0s") as window:
        wait_for_window(env, "^Lower back - MatSession$")
        assert takes_orders()
        assert status()["state"] == "running"
        for line in random_lines(10_000):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(PATIENCE_S)
                connection.connect(folders.window_address)
                connection.sendall(line + b"\n")
                assert connection.recv(100) == b""
        after = status()
        assert (after["state"], after["preset_id"], after["total_s"]) == ("running", "lower_back", 600.0)
        assert window.poll() is None
    log = folders.log_file.read_text(encoding="utf-8")
    assert log.count("refused what another program sent") == 20
