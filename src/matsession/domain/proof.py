"""The proof of ring: for every chime of a session, whether it sounded, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from matsession.domain.guidance import ChimeName


@dataclass(frozen=True, slots=True)
class CueReport:
    """What became of the chime of one cue.

    A second report for the same ``at_s`` and ``chime`` takes the place of the first: a chime that was missed
    has been made up for, or one that had begun was cut off.
    """

    at_s: float
    """The session time for which it was planned."""
    chime: ChimeName
    late_s: float | None
    """When it began to sound, counted from when it should have; below zero: early. None: it did not."""
    how: str
    """What played it and where: "Qt Multimedia, Built-in Audio"; empty where nothing did."""
    why_not: str
    """Why it did not sound; empty where it did."""

    @property
    def sounded(self) -> bool:
        """Whether it was heard."""
        return self.late_s is not None


@dataclass(frozen=True, slots=True)
class Proof:
    """The reports of one session, summed up."""

    reports: tuple[CueReport, ...]
    """One for each chime, in order of planned time."""

    @property
    def total(self) -> int:
        """How many chimes there were to hear."""
        return len(self.reports)

    @property
    def sounded(self) -> int:
        """How many of them sounded."""
        return sum(report.sounded for report in self.reports)

    @property
    def most_late_s(self) -> float:
        """How far the worst of those that sounded was from its time; 0 where none sounded."""
        return max((abs(report.late_s) for report in self.reports if report.late_s is not None), default=0.0)


def prove(reports: Iterable[CueReport]) -> Proof:
    """Sum up reports in the order in which they came in."""
    last = {(report.at_s, report.chime): report for report in reports}
    return Proof(tuple(sorted(last.values(), key=lambda report: report.at_s)))
