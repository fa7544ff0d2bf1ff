"""Lengths and dates as they are written on the command line: "90s", "10m", "1m30s", "2026-03-19"."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

LENGTH_RULE: Final = "write 90s, 10m or 1m30s"

_LENGTH = re.compile(r"(?:(\d{1,5})m)? ?(?:(\d{1,6})s)?", re.IGNORECASE | re.ASCII)


class NotationError(ValueError):
    """A text that cannot be read; the message says what was written and how it should be."""


def read_length(text: str) -> int:
    """The seconds meant by "90s", "10m" or "1m30s". Raises NotationError."""
    found = _LENGTH.fullmatch(text.strip())
    if not found or (found[1] is None and found[2] is None):
        raise NotationError(f"{shortened(text)} is not a length; {LENGTH_RULE}.")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def write_length(seconds: float) -> str:
    """Seconds in the same notation, rounded to whole ones: 600 -> "10m", 90 -> "1m30s", 45 -> "45s"."""
    minutes, secs = divmod(round(seconds), 60)
    if not minutes:
        return f"{secs}s"
    return f"{minutes}m{secs:02}s" if secs else f"{minutes}m"


def read_day(text: str) -> "date":
    """The day meant by "2026-03-19". Raises NotationError."""
    from datetime import date

    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise NotationError(f"{shortened(text)} is not a date; write it as 2026-03-19.") from error


def read_whole_number(text: str, lowest: int, highest: int) -> int:
    """A whole number within these bounds. Raises NotationError."""
    written = text.strip()
    if re.fullmatch(r"\d{1,3}", written, re.ASCII) and lowest <= int(written) <= highest:
        return int(written)
    raise NotationError(f"{shortened(text)} is not a whole number from {lowest} to {highest}.")


def shortened(text: str) -> str:
    """What a person wrote, in quotes, with nothing in it that a terminal would obey, and never long."""
    return ascii(text) if len(text) <= 60 else f"{ascii(text[:60])[:-1]}…'"
