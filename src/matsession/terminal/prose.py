"""Longer texts for a terminal: headings, paragraphs and points, wrapped to its width, in no colour."""

import textwrap
from collections.abc import Sequence
from typing import Final, TextIO

from matsession.terminal.tables import width_of

EASY_WIDTH: Final = 88
"""Longer lines are hard to read, however wide the terminal is."""

_STEP: Final = "  "


class Prose:
    """Lines under headings. What stands in a line for itself, such as an address, is never broken."""

    def __init__(self, width: int) -> None:
        """``width`` in characters."""
        self._width = min(width, EASY_WIDTH)
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        """What all of it is about."""
        self._wrap(text, "", "")

    def heading(self, text: str) -> None:
        """A part of it begins."""
        self._lines.append("")
        self._wrap(text, "", "")

    def paragraph(self, text: str, depth: int = 1) -> None:
        """Some sentences; nothing where there are none."""
        self._wrap(text, _STEP * depth, _STEP * depth)

    def point(self, text: str, depth: int = 1) -> None:
        """One of several things."""
        self._wrap(text, f"{_STEP * depth}- ", f"{_STEP * depth}  ")

    def points(self, texts: Sequence[str], depth: int = 1) -> None:
        """Several things."""
        for text in texts:
            self.point(text, depth)

    def entry(self, key: str, text: str, width: int, depth: int = 1) -> None:
        """A short word, and beside it what belongs to it; ``width`` is that of the longest such word."""
        begin = _STEP * depth
        self._wrap(text, f"{begin}{key:<{width}}  ", f"{begin}{'':<{width}}  ")

    def line(self, text: str, depth: int = 1) -> None:
        """As it is, however long."""
        self._lines.append(f"{_STEP * depth}{text}")

    def gap(self) -> None:
        """An empty line."""
        self._lines.append("")

    def _wrap(self, text: str, first: str, others: str) -> None:
        self._lines += textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def text(self) -> str:
        """All of it, with a line break at the end."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines)


def prose_for(out: TextIO) -> Prose:
    """As wide as this output is, within what is easy to read."""
    return Prose(width_of(out))
