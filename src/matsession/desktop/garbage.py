"""Keeps Python's garbage collection in the thread of Qt's objects, where other threads run Python too.

Python collects in whichever thread happens to make the next object. A Qt object that dies in a thread that
is not its own leaves its timers with the event loop, which crashes the process when the next of them is due:
seen in tests, where a thread recorded sound while the windows of tests before it became garbage.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

COLLECT_EVERY_MS: Final = 60_000
"""What collects in this time is little; once a minute costs no wakeup worth the name."""


def collect_here_only(keeper: QObject) -> None:
    """Collect in the thread of ``keeper`` and nowhere else, for as long as ``keeper`` lives. Call it once."""
    gc.disable()
    timer = QTimer(keeper, interval=COLLECT_EVERY_MS, timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(_collect)
    timer.start()


def _collect() -> None:
    gc.collect()
