"""The alarm: the kernel's timer on Qt's event loop, and Qt's own where there is none."""

import ctypes
import errno
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from matsession.desktop.alarm import LOOK_S, KernelAlarm, QtAlarm, system_alarm

linux = pytest.mark.skipif(sys.platform != "linux", reason="the timer is Linux's")
PATIENCE_MS = 20_000


def soon(seconds: float) -> datetime:
    """So long from now, by the real clock."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


@linux
@pytest.mark.parametrize("seconds", [0.05, 0.0, -3600.0, -5e8])
def test_the_kernel_rings_on_time(qtbot: QtBot, seconds: float) -> None:
    """Not before; at once where it has passed."""
    alarm = KernelAlarm()
    at = soon(seconds)
    with qtbot.waitSignal(alarm.rung, timeout=PATIENCE_MS):
        alarm.set(at)
    assert datetime.now(UTC) >= at
    alarm.close()


@linux
def test_it_rings_once_and_not_when_called_off(qtbot: QtBot) -> None:
    """Another time takes the place of the first; None is never."""
    alarm = KernelAlarm()
    rung: list[bool] = []
    alarm.on_rung(lambda: rung.append(True))
    alarm.set(soon(3600))
    alarm.set(soon(0.02))
    qtbot.waitUntil(lambda: rung == [True], timeout=PATIENCE_MS)
    alarm.set(soon(0.02))
    alarm.set(None)
    other = KernelAlarm()
    with qtbot.waitSignal(other.rung, timeout=PATIENCE_MS):
        other.set(soon(0.1))
    assert rung == [True]
    for each in (alarm, other):
        each.close()
        each.close()
        each.set(soon(0))  # nothing to set any more


@linux
def test_a_clock_that_is_set_rings_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel says ECANCELED; whoever listens looks again."""
    alarm = KernelAlarm()

    def cancelled(fd: int, _size: int) -> bytes:
        alarm.set(None)  # the notifier would call for ever: the real read would have taken it away
        raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))

    monkeypatch.setattr(os, "read", cancelled)
    with qtbot.waitSignal(alarm.rung, timeout=PATIENCE_MS):
        alarm.set(soon(0))
    monkeypatch.undo()
    alarm.close()


@linux
def test_a_kernel_without_it_gives_way_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No timerfd."""

    class NoLibrary:
        def timerfd_create(self, *_arguments: Any) -> int:
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: NoLibrary())
    assert isinstance(system_alarm(), QtAlarm)


def test_qt_rings_on_time_and_looks_in_between(qtbot: QtBot) -> None:
    """It is never set for longer than a few minutes, because it knows nothing of the clock."""
    alarm = QtAlarm()
    with qtbot.waitSignal(alarm.rung, timeout=PATIENCE_MS):
        alarm.set(soon(0.02))
    alarm.set(soon(86_400))
    assert alarm._timer.interval() <= LOOK_S * 1000 + 1
    alarm.set(None)
    assert not alarm._timer.isActive()
    alarm.set(soon(1))
    alarm.close()
    assert not alarm._timer.isActive()
