"""Garbage is collected in the thread of Qt's objects, or not at all."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from matsession.desktop.garbage import COLLECT_EVERY_MS, collect_here_only


class Ring:
    """One that holds itself, and goes with the garbage alone."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def keeper(qtbot: QtBot) -> Iterator[QObject]:
    """What lives as long as the program."""
    gc.collect()  # what other tests have left must not fall to the thread: that is what this is about
    yield QObject()
    gc.enable()


def litter() -> None:
    """More new objects than any collection waits for."""
    for _ in range(3):
        [[] for _ in range(gc.get_threshold()[0] * 20)]


def test_another_thread_collects_nothing(keeper: QObject) -> None:
    """However much it makes; the timer of the keeper's thread does it."""
    collect_here_only(keeper)
    gone = weakref.ref(Ring())
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert gone() is not None
    [timer] = keeper.findChildren(QTimer)
    assert timer.isActive()
    assert timer.interval() == COLLECT_EVERY_MS
    timer.timeout.emit()
    assert gone() is None


def test_left_alone_it_would(keeper: QObject) -> None:
    """So the test above proves something."""
    gone = weakref.ref(Ring())
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert gone() is None
