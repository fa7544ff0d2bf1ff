"""Days, times and puttings-off as they are written on the command line: "mon,wed", "21:00", "30m"."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from matsession.domain.week import Weekday
from matsession.terminal.notation import NotationError, shortened

if TYPE_CHECKING:  # every command names these functions, and few call one
    from matsession.domain.reminder import SnoozeWish

DAYS_RULE: Final = "write mon,wed,fri, or weekdays, weekend, daily"

_GROUPS: Final = {
    "daily": tuple(Weekday),
    "weekdays": tuple(Weekday)[:5],
    "weekend": tuple(Weekday)[5:],
}


def read_time(text: str) -> int:
    """The minute after midnight meant by "21:00". Raises NotationError."""
    from matsession.domain.reminder import clock_minute

    minute = clock_minute(text)
    if minute is None:
        raise NotationError(f"{shortened(text)} is not a time of day; write it as 21:00.")
    return minute


def read_days(text: str) -> frozenset[Weekday]:
    """The days meant by "mon,wed". Raises NotationError."""
    days: set[Weekday] = set()
    for word in text.replace(",", " ").lower().split():
        found = _GROUPS.get(word) or [day for day in Weekday if len(word) > 1 and day.startswith(word)]
        if not found:
            raise NotationError(f"{shortened(word)} is not a day; {DAYS_RULE}.")
        days.update(found)
    if not days:
        raise NotationError(f"Choose at least one day: {DAYS_RULE}.")
    return frozenset(days)


def write_days(days: Iterable[Weekday]) -> str:
    """The same in short: "daily", "weekdays", "mon,wed"."""
    chosen = frozenset(days)
    group = next((name for name, each in _GROUPS.items() if frozenset(each) == chosen), None)
    return group or ",".join(day[:3] for day in Weekday if day in chosen)


def read_snooze(text: str) -> "SnoozeWish":
    """What "10m", "30m" or "tonight" means. Raises NotationError."""
    from matsession.domain.reminder import SnoozeWish

    try:
        return SnoozeWish(text.strip().lower())
    except ValueError as error:
        raise NotationError(f"{shortened(text)} is not one of {', '.join(SnoozeWish)}.") from error
