"""The vocabulary of a guided session: steps, chimes, breathing patterns, cautions and scales."""

from enum import StrEnum
from typing import NamedTuple


class ChimeName(StrEnum):
    """What can sound; each is told from the others with eyes shut.

    The first six are the chimes a step may have, the others belong to the session around the steps.
    """

    OPEN = "open"
    STEP = "step"
    SHIFT = "shift"
    CHECK = "check"
    WAKE = "wake"
    CLOSE = "close"
    INTERVAL = "interval"
    """Between steps, every so many minutes, for those who wish it."""
    WARNING = "warning"
    """Soon it is over, for those who wish it."""
    STRIKE = "strike"
    """One stroke of the time left, where nothing can speak it."""
    PAUSE = "pause"
    """The person has paused: heard, because nobody looks."""
    GO_ON = "go_on"
    """It goes on, or longer."""


STEP_CHIMES = (
    ChimeName.OPEN,
    ChimeName.STEP,
    ChimeName.SHIFT,
    ChimeName.CHECK,
    ChimeName.WAKE,
    ChimeName.CLOSE,
)
"""The chimes that a preset may give a step."""


class StepKind(StrEnum):
    """What a step asks of the person."""

    LOWER = "lower"
    RIDE = "ride"
    WARM = "warm"
    SOFTEN = "soften"
    BREATHE = "breathe"
    SHIFT = "shift"
    CHECK = "check"
    REST = "rest"
    RETURN = "return"
    RISE = "rise"


class StepMode(StrEnum):
    """Whether a step keeps its length when the session is made longer."""

    FIXED = "fixed"
    ELASTIC = "elastic"


class BreathPhase(StrEnum):
    """One part of a breath."""

    IN = "in"
    TOP_UP = "top_up"
    HOLD_IN = "hold_in"
    OUT = "out"
    HOLD_OUT = "hold_out"


class BreathMoment(NamedTuple):
    """Where in a breath somebody who follows the pacer is."""

    phase: BreathPhase
    progress: float
    """0.0 at the start of the phase, towards 1.0 at its end."""
    phase_remaining_s: float


class Breathing(NamedTuple):
    """A breathing pattern: seconds for each phase; all zero means one's own pace, without a pacer."""

    id: str
    name: str
    inhale_s: float = 0.0
    top_up_s: float = 0.0
    hold_in_s: float = 0.0
    exhale_s: float = 0.0
    hold_out_s: float = 0.0
    max_cycles: int | None = None
    """After so many breaths the pacer rests, or None for no limit."""
    note: str = ""

    @property
    def cycle_s(self) -> float:
        """Length of one whole breath."""
        return self.inhale_s + self.top_up_s + self.hold_in_s + self.exhale_s + self.hold_out_s

    @property
    def paced(self) -> bool:
        """Whether there is a pattern to follow."""
        return self.cycle_s > 0

    def moment(self, elapsed_s: float) -> BreathMoment | None:
        """Where in the breath one is, ``elapsed_s`` after the pattern began; None at one's own pace."""
        if not self.paced or elapsed_s < 0:
            return None
        cycles, within_s = divmod(elapsed_s, self.cycle_s)
        if self.max_cycles is not None and cycles >= self.max_cycles:
            return None
        phases = (
            (BreathPhase.IN, self.inhale_s),
            (BreathPhase.TOP_UP, self.top_up_s),
            (BreathPhase.HOLD_IN, self.hold_in_s),
            (BreathPhase.OUT, self.exhale_s),
            (BreathPhase.HOLD_OUT, self.hold_out_s),
        )
        last = BreathMoment(BreathPhase.IN, 0.0, self.inhale_s)
        for phase, length_s in phases:
            if length_s > 0:
                if within_s < length_s:
                    return BreathMoment(phase, within_s / length_s, length_s - within_s)
                within_s -= length_s
                last = BreathMoment(phase, 1.0, 0.0)
        return last  # only rounding leads here: the very end of the last phase


NATURAL_BREATH = Breathing("natural", "Your own pace")
"""The pattern of a step that names none."""


class CautionLevel(StrEnum):
    """How much a caution weighs."""

    DO_NOT_USE = "do_not_use"
    ASK_FIRST = "ask_first"
    NOTE = "note"
    URGENT = "urgent"
    GROUP = "group"
    """Stands for several others, named in ``members``."""


class Caution(NamedTuple):
    """A reason for care; presets name in ``avoid_if`` those that speak against them."""

    id: str
    level: CautionLevel
    title: str
    text: str
    members: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    """The end of ``text``, or all of it: what is general knowledge, without a source in the program."""
    asked: bool = False
    """Whether a person can say that it is true for them."""


class Better(StrEnum):
    """Which way a rating is better."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class AskedWhen(StrEnum):
    """When a scale is asked."""

    BEFORE_AFTER = "before_after"
    NEXT_MORNING = "next_morning"
    AFTER = "after"


class RatingScale(NamedTuple):
    """A question answered with a whole number from 0 to 10."""

    id: str
    when: AskedWhen
    question: str
    low: str
    high: str
    better: Better
    validated: str = ""
    """Whether its wording was tried out, as far as that is known."""
    important_points: int | None = None
    important_percent: int | None = None
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    """The end of ``validated``, or all of it: general knowledge, without a source in the program."""


class Felt(NamedTuple):
    """What lies over or under the points, by its id in ``domain.body``, and how strong they feel with it."""

    id: str
    name: str
    strength: int


STRONGEST_SCALE = "discomfort_peak"
"""The scale that is asked as well after a session of the programme, which goes by it."""

RATING_MIN = 0
RATING_MAX = 10


class Guidance(NamedTuple):
    """What all sessions share: patterns, cautions, scales and the lines between steps."""

    breathing: tuple[Breathing, ...] = (NATURAL_BREATH,)
    cautions: tuple[Caution, ...] = ()
    scales: tuple[RatingScale, ...] = ()
    check_in_lines: tuple[str, ...] = ()
    stop_signs: tuple[str, ...] = ()
    end_show: str = ""
    end_say: str = ""
    layers: tuple[Felt, ...] = ()
    """Between skin and points."""
    surfaces: tuple[Felt, ...] = ()
    """Under the mat."""

    def breath(self, breathing_id: str) -> Breathing:
        """The pattern with this id, or one's own pace where there is none."""
        return next((pattern for pattern in self.breathing if pattern.id == breathing_id), NATURAL_BREATH)

    def scale(self, scale_id: str) -> RatingScale | None:
        """The scale with this id, or None."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)
