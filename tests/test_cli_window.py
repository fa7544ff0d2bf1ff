"""The window as a program of its own, without a screen: what signals of the system make of it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

if sys.platform == "win32":
    pytest.skip("Windows knows none of these signals", allow_module_level=True)

from matsession.desktop.integration import ENTRY
from matsession.desktop.paths import find_folders

PATIENCE_S = 60


@contextmanager
def window(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program with its window on Qt's offscreen platform; every warning is an error there."""
    command = [sys.executable, "-W", "error", "-m", "matsession", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


SIGNALLED = """
import os, signal, sys
from matsession.ui.main_window import MainWindow

shown = MainWindow._on_first_picture_shown

def signalled(self):
    if sys.argv[2] == "before":
        os.kill(os.getpid(), int(sys.argv[1]))
    shown(self)
    os.kill(os.getpid(), int(sys.argv[1]))

MainWindow._on_first_picture_shown = signalled
from matsession.cli import run
sys.exit(run([]))
"""


def run_signalled(number: int, when: str) -> subprocess.CompletedProcess[str]:
    """The window, which gets a signal before or after what follows its first picture is made."""
    command = [sys.executable, "-W", "error", "-c", SIGNALLED, str(number), when]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


NAMED = """
import sys
from PySide6.QtGui import QGuiApplication
from matsession.ui.main_window import MainWindow

shown = MainWindow._on_first_picture_shown

def named(self):
    print(QGuiApplication.desktopFileName())
    shown(self)
    QGuiApplication.quit()

MainWindow._on_first_picture_shown = named
from matsession.cli import run
sys.exit(run([]))
"""


@pytest.mark.usefixtures("home")
def test_the_desktop_knows_the_window_by_our_entry() -> None:
    """By its name before anything is shown; Wayland asks no more later."""
    command = [sys.executable, "-W", "error", "-c", NAMED]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [Path(ENTRY).stem]


def history() -> list[dict[str, Any]]:
    """What ``matsession history --json`` tells."""
    command = [sys.executable, "-m", "matsession", "history", "--json"]
    asked = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    rows: list[dict[str, Any]] = json.loads(asked.stdout)
    return rows


@pytest.mark.usefixtures("notes_read")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_session_of_a_window_and_saves_it(home: Path, qtbot: QtBot, number: int) -> None:
    """The computer is shut down, or Ctrl-C: nothing is asked, code 0, and the row is complete."""
    lock = find_folders(home / "matsession").session_lock
    with window("start", "lower_back", "--preparation", "0s") as child:
        qtbot.waitUntil(lambda: lock.exists() or child.poll() is not None, timeout=PATIENCE_S * 1000)
        child.send_signal(number)
        _, errors = child.communicate(timeout=PATIENCE_S)
    assert (child.returncode, errors) == (0, "")
    (row,) = history()
    assert (row["state"], row["planned_s"]) == ("stopped", 600.0)
    assert 0 <= row["done_s"] < PATIENCE_S
    assert not lock.exists()


@pytest.mark.usefixtures("notes_read")
def test_an_open_ended_session_in_a_window_ends_at_once(home: Path, qtbot: QtBot) -> None:
    """Started from the command line; the way back is left out, and nothing fell short of a length."""
    lock = find_folders(home / "matsession").session_lock
    with window("start", "lower_back", "--preparation", "0s", "--open-end") as child:
        qtbot.waitUntil(lambda: lock.exists() or child.poll() is not None, timeout=PATIENCE_S * 1000)
        child.send_signal(signal.SIGTERM)
        _, errors = child.communicate(timeout=PATIENCE_S)
    assert (child.returncode, errors) == (0, "")
    (row,) = history()
    assert row["state"] == "finished"
    assert row["done_s"] < row["planned_s"] < 300  # with the way back, not half an hour


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_window_without_a_session_ends_at_a_signal(number: int) -> None:
    """Code 0, as closed by hand; in its first moment, with nothing to lose yet, as any other program."""
    done = run_signalled(number, "after")
    assert (done.returncode, done.stderr) == (0, "")
    done = run_signalled(number, "before")
    assert (done.returncode, done.stderr) == (-number, "")
