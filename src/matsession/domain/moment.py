"""One reading of the computer's clocks. The domain is handed moments; it never reads a clock."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Three readings taken together.

    ``boot_s`` counts on while the computer sleeps, ``awake_s`` stands still then; both are seconds since
    an arbitrary start and never jump. ``wall`` is the time of day, aware, in the local zone; it may jump
    at any time and is only ever written down, never reckoned with.
    """

    boot_s: float
    awake_s: float
    wall: datetime

    def slept_s_since(self, earlier: "Moment") -> float:
        """How long the computer slept between ``earlier`` and this moment."""
        return max(0.0, (self.boot_s - self.awake_s) - (earlier.boot_s - earlier.awake_s))
