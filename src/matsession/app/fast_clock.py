"""A clock on which time passes faster: for trying a session out."""

from datetime import timedelta

from matsession.app.ports import Clock
from matsession.domain.moment import Moment


class FastClock:
    """``pace`` of its seconds pass in each second of another clock, from the moment it is made."""

    def __init__(self, clock: Clock, pace: float) -> None:
        """Begin with the reading of ``clock``."""
        self._clock = clock
        self._pace = pace
        self._began = clock.now()

    def now(self) -> Moment:
        """As if so much more time had passed."""
        now, began = self._clock.now(), self._began
        return Moment(
            began.boot_s + (now.boot_s - began.boot_s) * self._pace,
            began.awake_s + (now.awake_s - began.awake_s) * self._pace,
            began.wall + timedelta(seconds=(now.boot_s - began.boot_s) * self._pace),
        )

    def real_awake_s(self, awake_s: float) -> float:
        """When a moment of this clock is on the other one."""
        return self._began.awake_s + (awake_s - self._began.awake_s) / self._pace
