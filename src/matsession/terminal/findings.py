"""What the doctor and the sound check find: one line for each part."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a part fares."""

    OK = "ok"
    NOTE = "note"
    """It works, or does without; the person may want to know."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    part: str
    verdict: Verdict
    sentence: str

    def line(self) -> str:
        """As it is told to a person."""
        return f"{self.verdict:6}  {self.part}: {self.sentence}"
