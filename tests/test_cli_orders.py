"""Commands that speak to the running program, with the program as one of its own, without a screen."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("not tried on Windows", allow_module_level=True)

from matsession import handover
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import find_folders
from matsession.domain.order import Answer

PATIENCE_S = 60


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command line to its end; every warning is an error there."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "matsession", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program that runs until the end of the test."""
    with subprocess.Popen(
        [sys.executable, "-m", "matsession", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def status() -> dict[str, Any]:
    """What ``matsession status --json`` tells."""
    values: dict[str, Any] = json.loads(command("status", "--json").stdout)
    return values


def wait_for(state: str) -> dict[str, Any]:
    """The status, as soon as it says so."""
    until_s = time.monotonic() + PATIENCE_S
    while True:
        values = status()
        if values["program_runs"] and values["state"] == state:
            return values
        assert time.monotonic() < until_s, values
        time.sleep(0.05)


def test_without_a_program_there_is_nothing_to_command() -> None:
    """A sentence and code 1; the status is no failure. No file is made by asking."""
    for verb in ("pause", "resume", "stop", "extend"):
        done = command(verb)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "No session is running.\n'matsession start' starts one.\n"
    done = command("status")
    assert (done.returncode, done.stdout) == (0, "MatSession is not running.\n")
    assert (status()["program_runs"], status()["state"]) == (False, "idle")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["extend", "0s"], "'0s' is not possible; 1s to 60m are."),
        (["extend", "61m"], "'61m' is not possible; 1s to 60m are."),
        (["extend", "five"], "'five' is not a length; write 90s, 10m or 1m30s."),
        (["pause", "now"], "Unrecognized arguments: now."),
    ],
)
def test_wrong_use_is_told(arguments: list[str], sentence: str) -> None:
    """With code 2."""
    done = command(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_a_status_loads_no_qt() -> None:
    """That is what makes it quick."""
    code = (
        "import sys; from matsession.cli import run; run(['status']); "
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "MatSession is not running.\n[]\n"


@pytest.mark.usefixtures("notes_read")
def test_a_window_obeys_the_command_line(home: Path) -> None:
    """Started by a second start, paused, gone on with, made longer, ended; the row is in the history."""
    with program() as window:
        wait_for("idle")
        done = command("start", "lower_back", "--length", "6m", "--preparation", "0s", "--before", "7")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Lower back: ")
        assert "of 6:00, step 1 of" in done.stdout
        assert command("start", "neck").stderr.startswith("A session is running already.")
        assert command("pause").returncode == 0
        assert status()["state"] == "paused"
        assert "paused" in command("status").stdout
        assert command("resume").returncode == 0
        assert status()["state"] == "running"
        assert command("extend", "2m").returncode == 0
        assert status()["total_s"] == 480.0
        assert command("stop").stdout == "The session has ended.\n"
        assert status()["state"] == "idle"
        assert command("").returncode == 2  # no such command: the running one is left alone
        second = command()
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        window.send_signal(signal.SIGTERM)
        assert window.wait(PATIENCE_S) == 0
    assert status()["program_runs"] is False
    assert not Path(find_folders(home / "matsession").window_address).exists()
    (row,) = json.loads(command("history", "--json").stdout)
    assert (row["preset_id"], row["planned_s"], row["rating_before"]) == ("lower_back", 480.0, 7)


def test_the_first_start_of_all_shows_the_notes_instead() -> None:
    """A window opens with them and no session; a start beside it says so."""
    with program("start", "neck") as window:
        assert wait_for("idle")["program_runs"]
        done = command("start", "neck")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Before your first session there are a few notes to read.")
        assert status()["state"] == "idle"
        window.send_signal(signal.SIGTERM)
        assert window.wait(PATIENCE_S) == 0


def test_a_session_in_a_terminal_obeys_too(home: Path) -> None:
    """While it runs; it is shown nowhere else, and nothing is started beside it."""
    with program("start", "neck", "--no-window", "--preparation", "0s") as terminal:
        assert wait_for("running")["preset_id"] == "neck"
        assert command("pause").returncode == 0
        assert status()["pause_reason"] == "person"
        assert command("stop").returncode == 0
        assert terminal.wait(PATIENCE_S) == 0
    assert not Path(find_folders(home / "matsession").terminal_address).exists()


def test_of_many_starts_at_once_one_remains() -> None:
    """Five at the same moment: one has the window, four tell it and end with code 0."""
    starts = [
        subprocess.Popen([sys.executable, "-m", "matsession"], stdin=subprocess.DEVNULL) for _ in range(5)
    ]
    try:
        until_s = time.monotonic() + PATIENCE_S
        while sum(each.poll() is None for each in starts) > 1 and time.monotonic() < until_s:
            time.sleep(0.05)
        assert sorted(str(each.poll()) for each in starts) == ["0", "0", "0", "0", "None"]
        assert wait_for("idle")
    finally:
        for each in starts:
            each.kill()
            each.wait()
    with program():  # what the killed one left behind is in nobody's way
        assert wait_for("idle")


def test_a_start_waits_for_one_that_is_about_to_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the lock and does not listen any more: as soon as it is gone, the next one takes its place."""
    folders = find_folders(home / "matsession")
    tries = iter([False, False, True])
    assert handover.insist(folders, handover.show_order(), lambda: next(tries)) is None
    assert list(tries) == []
    answers = iter([None, Answer(True, "here")])
    monkeypatch.setattr(handover, "to_window", lambda _folders, _order: next(answers))
    assert handover.insist(folders, handover.show_order(), lambda: False) == Answer(True, "here")


@pytest.mark.usefixtures("notes_read")
def test_a_start_beside_one_that_hangs_opens_a_window_all_the_same(home: Path) -> None:
    """After a few seconds; two windows are better than none."""
    lock = FileSessionLock(find_folders(home / "matsession").instance_lock)
    assert lock.acquire()
    address = find_folders(home / "matsession").window_address
    with (
        socket.socket(socket.AF_UNIX) as hanging,
        program("start", "lower_back", "--preparation", "0s") as window,
    ):
        hanging.bind(address)
        hanging.listen(100)
        session = find_folders(home / "matsession").session_lock
        until_s = time.monotonic() + PATIENCE_S
        while not session.exists() and time.monotonic() < until_s:
            assert window.poll() is None
            time.sleep(0.05)
        assert session.exists()
    lock.release()
