"""What is known of mats and of needles, who says so, and what is not known: plain values."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Nature(StrEnum):
    """What kind of statement it is: how much it weighs is for the reader."""

    BACKGROUND = "background"
    GUIDELINE = "guideline"
    TRIAL = "trial"
    TRIALS = "trials"
    THEORY = "theory"
    PRACTICAL = "practical"
    VENDOR_CLAIM = "vendor_claim"
    TESTIMONIAL = "testimonial"


class About(StrEnum):
    """What a statement is about. Nothing that is known of needles is known of mats by that."""

    NEEDLES = "needles"
    MATS = "mats"


class Source(NamedTuple):
    """Where something was read."""

    id: str
    title: str
    url: str = ""
    """Its address; empty for the text that the project began with."""


class Statement(NamedTuple):
    """Something that is said of mats or needles, and the line that stands beside it."""

    id: str
    about: About
    nature: Nature
    title: str
    line: str
    """What the program adds: never shown without it."""
    text: str = ""
    """What is said, in our words."""
    quotes: tuple[str, ...] = ()
    """The same in the words of whoever says it."""
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    """The end of ``line``, or all of it: general knowledge, without a source in the program."""


class Study(NamedTuple):
    """A study on mats."""

    id: str
    year: int
    title: str
    summary: str
    who: str
    how_long: str
    compared_with: str
    result: str
    limits: str
    sources: tuple[str, ...]


class Point(NamedTuple):
    """One thing among others in a section."""

    text: str
    title: str = ""
    quotes: tuple[str, ...] = ()
    """What others say of it, in their words; they follow the text."""
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    """The end of ``text``, or all of it: general knowledge, without a source in the program."""


class Section(NamedTuple):
    """Some points under a title."""

    id: str
    title: str
    text: str = ""
    points: tuple[Point, ...] = ()
    unfolded: bool = False
    """Whether it is short and wanted enough to stand open."""


class Evidence(NamedTuple):
    """All of it, in the order to show it."""

    introduction: str
    studies: tuple[Study, ...]
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    urgent: tuple[Section, ...]
    """Signs that need medical help, whatever one does with a mat."""
    never: str
    sources: tuple[Source, ...]

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises StopIteration where the file has none; its reader sees to that."""
        return next(section for section in self.sections if section.id == section_id)

    def sources_of(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """The sources with these ids, as far as they are known, in the order of ``ids``."""
        known = {source.id: source for source in self.sources}
        return tuple(known[each] for each in ids if each in known)
