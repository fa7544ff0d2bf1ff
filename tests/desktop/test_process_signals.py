"""Signals of the system reach the event loop, and nothing of the catching stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from matsession.desktop.process_signals import ProcessSignals

if sys.platform == "win32":
    pytest.skip("Windows knows neither of these signals", allow_module_level=True)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def signals() -> Iterator[ProcessSignals]:
    """All of them, open."""
    signals = ProcessSignals(terminal=True)
    signals.open()
    yield signals
    signals.close()


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (signal.SIGINT, "end_wished"),
        (signal.SIGTERM, "end_wished"),
        (signal.SIGHUP, "end_wished"),
        (signal.SIGQUIT, "end_wished"),
        (signal.SIGTSTP, "stop_wished"),
        (signal.SIGCONT, "continued"),
        (signal.SIGWINCH, "resized"),
    ],
)
def test_each_signal_is_told_by_what_it_means(
    signals: ProcessSignals, number: signal.Signals, name: str, qtbot: QtBot
) -> None:
    """Once, from the event loop; the program itself stays as it is."""
    with qtbot.waitSignal(getattr(signals, name)):
        os.kill(os.getpid(), number)


def test_several_at_once_are_all_told(signals: ProcessSignals, qtbot: QtBot) -> None:
    """A session that ends sends SIGTERM and SIGHUP in one breath."""
    with qtbot.waitSignals([signals.end_wished, signals.end_wished, signals.resized]):
        for number in (signal.SIGTERM, signal.SIGWINCH, signal.SIGHUP):
            os.kill(os.getpid(), number)


def test_all_is_as_before_afterwards() -> None:
    """Handlers and the wakeup descriptor; twice in a row works as well."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGTSTP, signal.SIGCONT)
    before = [signal.getsignal(number) for number in numbers]
    signals = ProcessSignals(terminal=True)
    for _ in range(2):
        signals.open()
        assert [signal.getsignal(number) for number in numbers] != before
        signals.close()
        assert [signal.getsignal(number) for number in numbers] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_what_was_ignored_stays_ignored() -> None:
    """Under nohup a hang-up is none of our business."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = ProcessSignals()
        signals.open()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signals.close()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_window_leaves_ctrl_z_to_the_shell() -> None:
    """Only a terminal front has to put the terminal in order before it stands still."""
    signals = ProcessSignals()
    before = signal.getsignal(signal.SIGTSTP)
    signals.open()
    assert signal.getsignal(signal.SIGTSTP) is before
    signals.close()


def test_standing_still_is_what_the_shell_wanted() -> None:
    """A child catches Ctrl-Z, stands still when told to, goes on when woken, and catches the next one."""
    program = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication
from matsession.desktop.process_signals import ProcessSignals
application = QCoreApplication([])
signals = ProcessSignals(terminal=True)
signals.open()
signals.on_end_wished(application.quit)
def stand_still():
    signals.stand_still()
    print("awake", flush=True)
signals.on_stop_wished(stand_still)
print("ready", flush=True)
application.exec()
"""
    # A group of its own, beside ours: the system stops nobody in a group that no shell could wake.
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            for _ in range(2):
                child.send_signal(signal.SIGTSTP)
                _, status = os.waitpid(child.pid, os.WUNTRACED)
                assert os.WIFSTOPPED(status)
                child.send_signal(signal.SIGCONT)
                assert child.stdout.readline() == "awake\n"
            child.send_signal(signal.SIGTERM)
            assert child.wait(30) == 0
        finally:
            child.kill()
