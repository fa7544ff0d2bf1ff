"""The only place that reads time."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

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


class LocalZone(tzinfo):
    """The rules of the place where the computer is, for any day, as the system itself knows them.

    ``datetime.astimezone()`` alone gives the offset of one moment. The system's own rules need no database of
    zones beside it, and follow whatever the person has set (``notice_journey``).
    """

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset at this time on the wall; in a time that is skipped, by ``fold``, as PEP 495 has it."""
        if when is None:
            return None
        wall = when.replace(tzinfo=None)
        return wall.replace(tzinfo=UTC, fold=0) - datetime.fromtimestamp(wall.timestamp(), UTC)

    def dst(self, _when: datetime | None) -> timedelta | None:
        """Not told apart."""
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """The system's word for it."""
        return when.replace(tzinfo=None).astimezone().tzname() if when else None

    def fromutc(self, when: datetime) -> datetime:
        """What the wall shows."""
        there = when.replace(tzinfo=UTC).astimezone()
        wall = there.replace(tzinfo=self)
        return wall if self.utcoffset(wall) == there.utcoffset() else wall.replace(fold=1)


def notice_journey() -> None:
    """Look again where the computer is: a running program keeps the zone it began in else."""
    if hasattr(time, "tzset"):
        time.tzset()
