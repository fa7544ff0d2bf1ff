"""Lengths, dates and numbers as they are typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.terminal.notation import (
    NotationError,
    read_day,
    read_length,
    read_whole_number,
    shortened,
    write_length,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("1m30s", 90), ("1m 30s", 90), (" 5M ", 300), ("0s", 0), ("0m45s", 45)],
)
def test_lengths_are_read(text: str, seconds: int) -> None:
    """Minutes, seconds or both."""
    assert read_length(text) == seconds


@pytest.mark.parametrize(
    "text", ["", " ", "10", "m", "ten", "-5m", "1.5m", "30s1m", "1h", "9999999s", "٣m", "5m\n5s"]
)
def test_what_is_no_length_is_told(text: str) -> None:
    """A number without its unit is refused as well: it could mean either."""
    with pytest.raises(NotationError, match="write 90s, 10m or 1m30s"):
        read_length(text)


@given(st.integers(0, 10**5))
def test_a_length_written_reads_the_same(seconds: int) -> None:
    """What a table shows can be typed."""
    assert read_length(write_length(seconds)) == seconds


def test_days_are_iso() -> None:
    """Nobody guesses whether the day or the month comes first."""
    assert read_day(" 2026-03-19 ") == date(2026, 3, 19)
    for text in ("19.3.2026", "2026-02-30", "yesterday", ""):
        with pytest.raises(NotationError, match="2026-03-19"):
            read_day(text)


@pytest.mark.parametrize("text", ["-1", "11", "3.5", "", "x", "٣", "1" * 5000])
def test_a_number_outside_is_told_with_its_range(text: str) -> None:
    """Ratings go from 0 to 10."""
    with pytest.raises(NotationError, match="from 0 to 10"):
        read_whole_number(text, 0, 10)
    assert [read_whole_number(text, 0, 10) for text in ("0", "10", " 7 ", "07")] == [0, 10, 7, 7]


@given(st.text(max_size=300))
def test_what_is_quoted_back_is_harmless(text: str) -> None:
    """No control sequence of the input reaches the terminal, and no screen is filled with it."""
    assert shortened(text).rstrip("…'").isascii()
    assert "\x1b" not in shortened(text)
    assert len(shortened(text)) <= 64 * 10
