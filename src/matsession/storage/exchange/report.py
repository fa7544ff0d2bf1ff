"""What an import did, or would do."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from matsession.domain.errors import MatSessionError

TOLD_REFUSALS: Final = 100
"""Refused lines that are kept to be told; the others are counted."""


class FileKind(StrEnum):
    """What a file turned out to be."""

    CSV = "csv"
    JSON = "json"
    MEDITATION_ASSISTANT = "meditation_assistant"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that cannot be taken: its number, the field, and what would be right."""

    line: int
    field: str
    rule: str


@dataclass(slots=True)
class ImportReport:
    """How many sessions of the file are what."""

    kind: FileKind
    new: int = 0
    same: int = 0
    changed: int = 0
    """Other than in the history, where they are (or would be) brought up to the file."""
    older: int = 0
    """Other than in the history, which was changed later and stays as it is."""
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    """The first TOLD_REFUSALS of them."""
    rest_days: int = 0
    """Days off that are new or changed."""
    left_out: int = 0
    """Lines that tell of no session, such as days in Loop on which nothing was done."""
    applied: bool = False
    """Whether the history is as the report says; False for a dry run, and where lines were refused."""

    @property
    def total(self) -> int:
        """All sessions in the file."""
        return self.new + self.same + self.changed + self.older + self.refused

    def refuse(self, refusal: Refusal) -> None:
        """Count a line that cannot be taken."""
        self.refused += 1
        if len(self.refusals) < TOLD_REFUSALS:
            self.refusals.append(refusal)


class ExchangeError(MatSessionError):
    """A file cannot be read or written as a whole; nothing has changed."""


class ImportRefusedError(ExchangeError):
    """Some lines cannot be taken, and so none was; ``report`` names them."""

    def __init__(self, title: str, advice: str, report: ImportReport, values: dict[str, str]) -> None:
        """Keep what was found."""
        super().__init__(title, advice, values)
        self.report = report
