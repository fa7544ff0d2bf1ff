"""The days of the week, and when a day turns: what settings can say of the calendar.

Apart from ``days``, which reckons with dates: settings are read before the first picture of the window, and
nothing there needs dates.
"""

from enum import StrEnum
from typing import Final

DAY_TURN_MIN: Final = 4 * 60
"""When the day turns, in minutes after midnight, unless set otherwise."""
LATEST_DAY_TURN_MIN: Final = 12 * 60
"""Past noon a day would be called after the one before it."""


class Weekday(StrEnum):
    """The days of a week, beginning with Monday as in ISO 8601."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday, as ``date.weekday`` counts."""
        return list(Weekday).index(self)
