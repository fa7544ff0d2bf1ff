"""A preset: one guided session as it is written down. Validated when made, immutable after.

The stretch rule that turns it into a session of another length is in ``plan.py``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.body import BodyArea, Layer, Position, Surface
from matsession.domain.guidance import NATURAL_BREATH, ChimeName, StepKind, StepMode
from matsession.domain.preset_settings import AS_IN_SETTINGS, PresetSettings, problem_of

LONGEST_S: Final = 40 * 60
"""The outer limit of any session: the longest time that the makers' instructions recommend."""

STEPS_MAX: Final = 60
NAME_MAX: Final = 60
SHOW_MAX: Final = 160
SAY_MAX: Final = 400
TEXT_MAX: Final = 2000
"""Characters in a longer text or in one line of a list."""
LINES_MAX: Final = 60
"""Lines in a list such as setup."""

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
ID_RULE: Final = "1 to 60 small letters, digits, '_' or '-', beginning with a letter or digit"

_NOT_IN_A_LINE = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
"""A terminal would obey control characters, and half a surrogate pair can be written to no file."""


class PresetKind(StrEnum):
    """Which group of the list a preset belongs to."""

    STARTER = "starter"
    AREA = "area"
    GOAL = "goal"
    CONTROL = "control"
    """The quiet rest that serves for comparison."""
    OWN = "own"


class Level(StrEnum):
    """For whom a preset is meant."""

    BEGINNER = "beginner"
    REGULAR = "regular"
    OPT_IN = "opt_in"
    """Only for those who look for it: areas that need more care."""


class PresetError(ValueError):
    """A preset that cannot be: which field, and what is allowed there.

    ``field`` is a path as a person would say it: "name", or "step 2, min_s".
    """

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


class Step(NamedTuple):
    """One step of a session. Times are whole seconds, as written for the preset's own length."""

    id: str
    name: str
    seconds: int
    min_s: int
    """Shortest length when the session is made shorter."""
    cap_s: int | None = None
    """Longest length when the session is made longer; None: no limit. Elastic steps only."""
    mode: StepMode = StepMode.FIXED
    kind: StepKind = StepKind.REST
    on_mat: bool = True
    """False for steps off the mat, so that time on the mat can be told from session time."""
    breath: str = "natural"
    """Id of a breathing pattern."""
    chime: ChimeName | None = ChimeName.STEP
    """Rung when the step begins; None for silence."""
    show: str = ""
    """The line on the screen."""
    say: str = ""
    """The line to be spoken."""

    @property
    def elastic(self) -> bool:
        """Whether the step grows when the session is longer than written."""
        return self.mode is StepMode.ELASTIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A guided session: what to do, in which order, for which lengths.

    Raises PresetError when made of parts that do not fit together.
    """

    id: str
    name: str
    area: BodyArea
    steps: tuple[Step, ...]
    suggested_s: int
    min_total_s: int
    max_total_s: int
    kind: PresetKind = PresetKind.OWN
    position: Position | None = None
    level: Level | None = None
    best_time: str = ""
    layer_beginner: Layer | None = None
    layer_regular: Layer | None = None
    surface: Surface | None = None
    rating: str = "pain_nrs"
    """Id of the scale asked before and after; empty: nothing is asked."""
    rating_next_morning: str = ""
    """Id of the scale asked the next morning, when the window is opened; empty: nothing is asked."""
    summary: str = ""
    honest_note: str = ""
    vendor_claim: str = ""
    setup: tuple[str, ...] = ()
    """Untimed checklist before the session."""
    cautions: tuple[str, ...] = ()
    avoid_if: tuple[str, ...] = ()
    """Ids of cautions that speak against this preset."""
    after: str = ""
    sources: tuple[str, ...] = ()
    session: PresetSettings = AS_IN_SETTINGS
    """The settings it brings along."""
    built_in: bool = False

    def __post_init__(self) -> None:
        """Refuse what no session could be made of."""
        _check_id("id", self.id)
        _check_line("name", self.name, NAME_MAX, needed=True)
        for field in ("best_time", "rating", "rating_next_morning"):
            _check_line(field, getattr(self, field), NAME_MAX)
        for field in ("summary", "honest_note", "vendor_claim", "after"):
            _check_text(field, getattr(self, field))
        for field in ("setup", "cautions", "avoid_if", "sources"):
            _check_lines(field, getattr(self, field))
        if not 1 <= len(self.steps) <= STEPS_MAX:
            raise PresetError("step", f"a preset has 1 to {STEPS_MAX} steps, not {len(self.steps)}")
        seen: set[str] = set()
        for number, step in enumerate(self.steps, start=1):
            _check_step(number, step, seen)
        if self.written_s > LONGEST_S:
            raise PresetError("step", f"the steps add up to {self.written_s} s; the most is {LONGEST_S} s")
        self._check_lengths()
        wrong = problem_of(self.session) if self.session is not AS_IN_SETTINGS else None
        if wrong is not None:
            raise PresetError(f"session, {wrong[0]}", wrong[1])

    def _check_lengths(self) -> None:
        shortest_s, longest_s = shortest_total_s(self.steps), longest_total_s(self.steps)
        if not shortest_s <= self.min_total_s <= self.written_s:
            raise PresetError(
                "min_total_s",
                f"{self.min_total_s} is not between {shortest_s} (the sum of every step's min_s) "
                f"and {self.written_s} (the sum of every step's seconds)",
            )
        if not self.written_s <= self.max_total_s <= longest_s:
            raise PresetError(
                "max_total_s",
                f"{self.max_total_s} is not between {self.written_s} (the sum of every step's seconds) "
                f"and {longest_s} (the most that elastic steps can fill, and {LONGEST_S} at the outside)",
            )
        if not self.min_total_s <= self.suggested_s <= self.max_total_s:
            raise PresetError(
                "suggested_s",
                f"{self.suggested_s} is not between min_total_s {self.min_total_s} "
                f"and max_total_s {self.max_total_s}",
            )

    @property
    def written_s(self) -> int:
        """The length that the steps add up to as they are written."""
        return sum(step.seconds for step in self.steps)

    @property
    def may_wait(self) -> bool:
        """Whether a session of this preset can last until the person says so."""
        return self.min_total_s < self.max_total_s and any(step.elastic for step in self.steps)

    def paced_steps(self) -> tuple[Step, ...]:
        """The steps as a session leads through them: without patterns where the preset wants no pacer."""
        if self.session.pacer is not False:
            return self.steps
        return tuple(step._replace(breath=NATURAL_BREATH.id) for step in self.steps)

    def allows(self, total_s: int) -> bool:
        """Whether a session of this length may be made."""
        return self.min_total_s <= total_s <= self.max_total_s

    def offered_lengths_s(self) -> tuple[int, ...]:
        """The lengths to choose from: each whole minute allowed, and the suggested length."""
        minutes = range(-(-self.min_total_s // 60) * 60, self.max_total_s + 1, 60)
        return tuple(sorted({*minutes, self.suggested_s}))


def shortest_total_s(steps: Sequence[Step]) -> int:
    """The shortest session these steps allow."""
    return sum(step.min_s for step in steps)


def longest_total_s(steps: Sequence[Step]) -> int:
    """The longest session these steps allow: elastic steps up to their caps, and LONGEST_S at most."""
    if any(step.elastic and step.cap_s is None for step in steps):
        return LONGEST_S
    return min(LONGEST_S, sum(step.cap_s or step.seconds if step.elastic else step.seconds for step in steps))


def _check_id(field: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise PresetError(field, f"{value!r} is not {ID_RULE}")


def _stays_in_line(value: str) -> bool:
    # What can be printed is in order; the rest, such as a space that does not break, is looked at closely.
    return value.isprintable() or not re.search(_NOT_IN_A_LINE, value)


def _check_line(field: str, value: str, longest: int, *, needed: bool = False) -> None:
    if needed and not value.strip():
        raise PresetError(field, "must not be empty")
    if len(value) > longest:
        raise PresetError(field, f"has {len(value)} characters; at most {longest} are allowed")
    if not _stays_in_line(value):
        raise PresetError(field, "must be one line without tabs or other control characters")


def _check_text(field: str, value: str) -> None:
    if len(value) > TEXT_MAX:
        raise PresetError(field, f"has {len(value)} characters; at most {TEXT_MAX} are allowed")
    if not _stays_in_line(value.replace("\n", " ")):
        raise PresetError(field, "must not contain tabs or other control characters")


def _check_lines(field: str, values: Sequence[str]) -> None:
    if len(values) > LINES_MAX:
        raise PresetError(field, f"has {len(values)} lines; at most {LINES_MAX} are allowed")
    for number, value in enumerate(values, start=1):
        _check_line(f"{field}, line {number}", value, TEXT_MAX)


def _check_step(number: int, step: Step, seen: set[str]) -> None:
    place = f"step {number}"
    _check_id(f"{place}, id", step.id)
    if step.id in seen:
        raise PresetError(f"{place}, id", f"{step.id!r} is used by an earlier step; each id must be its own")
    seen.add(step.id)
    _check_line(f"{place}, name", step.name, NAME_MAX, needed=True)
    _check_line(f"{place}, show", step.show, SHOW_MAX)
    _check_line(f"{place}, say", step.say, SAY_MAX)
    if not 1 <= step.seconds <= LONGEST_S:
        raise PresetError(f"{place}, seconds", f"{step.seconds} is not from 1 to {LONGEST_S}")
    if not 1 <= step.min_s <= step.seconds:
        rule = f"{step.min_s} is not from 1 to the step's seconds, {step.seconds}"
        raise PresetError(f"{place}, min_s", rule)
    if step.cap_s is not None:
        if not step.elastic:
            raise PresetError(f"{place}, cap_s", "only a step of mode 'elastic' grows, so only it has a cap")
        if step.cap_s < step.seconds:
            rule = f"{step.cap_s} is less than the step's seconds, {step.seconds}"
            raise PresetError(f"{place}, cap_s", rule)
