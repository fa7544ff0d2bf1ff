"""The only place that reads time."""

import sys
import time
from collections.abc import Callable
from datetime import datetime

from matsession.domain.moment import Moment


def _boot_and_awake() -> tuple[Callable[[], float], Callable[[], float]]:
    """The clock that counts through sleep, and the one that stands still meanwhile.

    Linux: CLOCK_MONOTONIC stands still in a suspend, CLOCK_BOOTTIME does not (tried in a time namespace).
    macOS and Windows are by documentation, not tried.
    """
    if sys.platform == "darwin":
        return (lambda: time.clock_gettime(time.CLOCK_MONOTONIC_RAW)), time.monotonic
    if sys.platform == "win32":
        return time.monotonic, _unbiased_interrupt_time_s
    if hasattr(time, "CLOCK_BOOTTIME"):
        return (lambda: time.clock_gettime(time.CLOCK_BOOTTIME)), time.monotonic
    return time.monotonic, time.monotonic


def _unbiased_interrupt_time_s() -> float:
    """Windows: seconds since start without those spent asleep (QueryUnbiasedInterruptTime, 100 ns units)."""
    import ctypes

    ticks = ctypes.c_ulonglong()
    ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))  # type: ignore[attr-defined,unused-ignore]
    return ticks.value / 1e7


_BOOT_S, _AWAKE_S = _boot_and_awake()


class SystemClock:
    """The computer's clocks."""

    def now(self) -> Moment:
        """Read all of them."""
        return Moment(_BOOT_S(), _AWAKE_S(), datetime.now().astimezone())
