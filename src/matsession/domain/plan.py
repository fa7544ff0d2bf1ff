"""From a preset and a length to a plan: steps and cues at fixed offsets, in whole seconds.

The stretch rule. W is the sum of the steps' seconds as written, T the length asked for.

* T < W: every step gets ``min_s + f * (seconds - min_s)``, one f for all, so that the sum is T.
* T > W: fixed steps keep their seconds; the surplus goes to the elastic steps in proportion to their
  seconds. A step that reaches ``cap_s`` stays there, and what it could not take goes to the others.
* Then round down and hand out the missing seconds by largest remainder (the earlier step first where
  remainders are equal), so that the sum is exactly T.
"""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.guidance import ChimeName, Guidance, StepKind
from matsession.domain.preset import Preset, Step

CHECK_IN_EVERY_S: Final = 240
"""In an elastic step longer than this a soft check-in line follows each time as many seconds passed."""

CHECK_IN_MARGIN_S: Final = 30
"""A check-in so close before the next step would be talked over, and is left out (our own choice)."""

CLEAR_OF_CUES_S: Final = 8
"""A wished chime so close to another cue would blur it, and is left out (our own choice: a chime and its
line take about that long)."""


class LengthError(ValueError):
    """A length the preset does not allow. Carries the range in whole seconds."""

    def __init__(self, preset: Preset, total_s: float) -> None:
        """Remember what was asked and what is allowed."""
        super().__init__(
            f"{preset.id}: {total_s:g} s is not from {preset.min_total_s} s to {preset.max_total_s} s"
        )
        self.preset = preset
        self.total_s = total_s


class CueKind(StrEnum):
    """Why a cue comes."""

    STEP = "step"
    CHECK_IN = "check_in"
    INTERVAL = "interval"
    WARNING = "warning"
    END = "end"


class PlanOptions(NamedTuple):
    """What the person wishes besides the preset's own steps."""

    interval_s: int | None = None
    """A chime every so many seconds."""
    warning_s: int | None = None
    """A chime so many seconds before the end."""
    open_ended: bool = False
    """No end of its own before the preset's longest length; the person says when the way back begins."""


AS_WRITTEN: Final = PlanOptions()
"""No wishes."""


class Cue(NamedTuple):
    """Something to be heard or read at one moment of the session."""

    at_s: int
    """Session time, from the first second on the mat."""
    kind: CueKind
    step_index: int
    chime: ChimeName | None
    show: str
    say: str


class PlannedStep(NamedTuple):
    """A step with its place in the session."""

    step: Step
    start_s: int
    end_s: int

    @property
    def length_s(self) -> int:
        """How long the step lasts."""
        return self.end_s - self.start_s


class Plan(NamedTuple):
    """A session laid out in time. Steps follow one another without a gap from 0 to ``total_s``."""

    preset: Preset
    steps: tuple[PlannedStep, ...]
    cues: tuple[Cue, ...]
    """In order of time; the last one is the end."""
    guidance: Guidance
    options: PlanOptions = AS_WRITTEN
    on_way_back: bool = False
    """An open-ended session whose end the person has chosen."""

    @property
    def total_s(self) -> int:
        """Length of the session."""
        return self.steps[-1].end_s

    @property
    def waits_for_person(self) -> bool:
        """Open-ended, and the way back has not begun."""
        return self.options.open_ended and not self.on_way_back

    @property
    def waiting_step(self) -> int | None:
        """The step that lasts until the person chooses the end; None where the plan alone says when."""
        if not self.waits_for_person:
            return None
        elastic = [i for i, planned in enumerate(self.steps[: self._way_back]) if planned.step.elastic]
        return elastic[-1] if elastic else None

    @property
    def _way_back(self) -> int | None:
        """The first step of the way back; None where there is none."""
        return next((i for i, planned in enumerate(self.steps) if planned.step.kind is StepKind.RETURN), None)

    def step_index_at(self, elapsed_s: float) -> int:
        """The step that runs at this session time; the last one from the end on."""
        for index, step in enumerate(self.steps):
            if elapsed_s < step.end_s:
                return index
        return len(self.steps) - 1

    def on_mat_s(self, elapsed_s: float) -> float:
        """Time on the mat within the first ``elapsed_s`` seconds of the session."""
        return sum(
            max(0.0, min(elapsed_s, planned.end_s) - planned.start_s)
            for planned in self.steps
            if planned.step.on_mat
        )

    def extended(self, elapsed_s: float, by_s: int) -> "Plan":
        """The plan with ``by_s`` seconds more, for a session that has come to ``elapsed_s``.

        The time goes to the step that runs if it is elastic, else to the next elastic step, else to the
        step that runs: what is still to come is rest, and the way back keeps its length. Nothing that is
        past moves. The outcome may be shorter than asked, down to no change at all, where the preset's
        longest length is near.
        """
        by_s = min(by_s, self.preset.max_total_s - self.total_s)
        if by_s <= 0:
            return self
        running = self.step_index_at(elapsed_s)
        grown = next(
            (i for i in range(running, len(self.steps)) if self.steps[i].step.elastic),
            running,
        )
        return self._with_steps(
            (planned.step, planned.length_s + (by_s if i == grown else 0))
            for i, planned in enumerate(self.steps)
        )

    def with_way_back(self, elapsed_s: float) -> "Plan":
        """The plan in which the way back begins at the next whole second after ``elapsed_s``.

        The way back is what follows the first step of kind RETURN, that step included. A plan whose way
        back has begun, or that has none, ends there as it is.
        """
        running = self.step_index_at(elapsed_s)
        next_s = min(math.floor(elapsed_s) + 1, self.steps[running].end_s)
        back = self._way_back
        done = [(planned.step, planned.length_s) for planned in self.steps[:running]]
        cut_s = next_s - self.steps[running].start_s
        if back is None:
            rest: list[tuple[Step, int]] = []
        elif running >= back:
            rest = [(planned.step, planned.length_s) for planned in self.steps[running + 1 :]]
            cut_s = self.steps[running].length_s
        else:
            rest = [(planned.step, planned.length_s) for planned in self.steps[back:]]
        return self._with_steps([*done, (self.steps[running].step, cut_s), *rest])._replace(on_way_back=True)

    def with_more_rest(self, rest: Step) -> "Plan":
        """The plan with ``rest`` after its end, shorter or absent where the longest length is near."""
        by_s = min(rest.seconds, self.preset.max_total_s - self.total_s)
        if by_s <= 0:
            return self
        steps = [(planned.step, planned.length_s) for planned in self.steps]
        return self._with_steps([*steps, (rest, by_s)])

    def _with_steps(self, steps: Iterable[tuple[Step, int]]) -> "Plan":
        plan = _lay_out(self.preset, steps, self.guidance, self.options)
        return plan._replace(on_way_back=self.on_way_back)


def compile_plan(preset: Preset, total_s: int, guidance: Guidance, options: PlanOptions = AS_WRITTEN) -> Plan:
    """Lay the preset out over exactly ``total_s`` seconds; open-ended, over its longest length.

    Raises LengthError when the preset does not allow this length.
    """
    if options.open_ended:
        total_s = preset.max_total_s
    if not preset.allows(total_s):
        raise LengthError(preset, total_s)
    lengths = stretch(preset.steps, total_s)
    return _lay_out(preset, zip(preset.paced_steps(), lengths, strict=True), guidance, options)


def stretch(steps: Sequence[Step], total_s: int) -> list[int]:
    """The length of each step in whole seconds, so that they add up to ``total_s`` (rule: see above).

    ``total_s`` must lie between the steps' shortest and longest sum.
    """
    written_s = sum(step.seconds for step in steps)
    if total_s <= written_s:
        exact = _shrunk(steps, written_s - total_s)
    else:
        exact = _grown(steps, total_s - written_s)
    return _rounded(exact, total_s)


class _Exact(NamedTuple):
    """Lengths as fractions of one denominator; Python's own fractions take 4 ms to load."""

    numerators: list[int]
    denominator: int


def _shrunk(steps: Sequence[Step], missing_s: int) -> _Exact:
    room_s = sum(step.seconds - step.min_s for step in steps)
    if room_s == 0:
        return _Exact([step.seconds for step in steps], 1)
    kept_s = room_s - missing_s
    return _Exact([step.min_s * room_s + kept_s * (step.seconds - step.min_s) for step in steps], room_s)


def _grown(steps: Sequence[Step], surplus_s: int) -> _Exact:
    lengths = [step.seconds for step in steps]
    growing = {i for i, step in enumerate(steps) if step.elastic}
    rest_s = surplus_s
    while rest_s > 0 and growing:
        weight = sum(steps[i].seconds for i in growing)
        capped = {
            i: cap_s
            for i in growing
            if (cap_s := steps[i].cap_s) is not None
            and steps[i].seconds * (weight + rest_s) >= cap_s * weight
        }
        if not capped:
            shares = [rest_s * steps[i].seconds if i in growing else 0 for i in range(len(steps))]
            return _Exact([own * weight + more for own, more in zip(lengths, shares, strict=True)], weight)
        for i, full in capped.items():
            rest_s -= full - lengths[i]
            lengths[i] = full
        growing -= capped.keys()
    return _Exact(lengths, 1)


def _rounded(exact: _Exact, total_s: int) -> list[int]:
    lengths = [numerator // exact.denominator for numerator in exact.numerators]
    by_remainder = sorted(range(len(lengths)), key=lambda i: (-(exact.numerators[i] % exact.denominator), i))
    for i in by_remainder[: total_s - sum(lengths)]:
        lengths[i] += 1
    return lengths


def _lay_out(
    preset: Preset, steps: Iterable[tuple[Step, int]], guidance: Guidance, options: PlanOptions
) -> Plan:
    planned: list[PlannedStep] = []
    cues: list[Cue] = []
    start_s = 0
    check_ins = 0
    for index, (step, length_s) in enumerate(steps):
        planned.append(PlannedStep(step, start_s, start_s + length_s))
        cues.append(Cue(start_s, CueKind.STEP, index, step.chime, step.show, step.say))
        if step.elastic and guidance.check_in_lines:
            for at_s in range(CHECK_IN_EVERY_S, length_s - CHECK_IN_MARGIN_S + 1, CHECK_IN_EVERY_S):
                line = guidance.check_in_lines[check_ins % len(guidance.check_in_lines)]
                cues.append(Cue(start_s + at_s, CueKind.CHECK_IN, index, None, line, line))
                check_ins += 1
        start_s += length_s
    last = len(planned) - 1
    cues.append(Cue(start_s, CueKind.END, last, ChimeName.CLOSE, guidance.end_show, guidance.end_say))
    plan = Plan(preset, tuple(planned), tuple(cues), guidance, options)
    return plan._replace(cues=_with_wished_chimes(plan))


def _with_wished_chimes(plan: Plan) -> tuple[Cue, ...]:
    """The plan's cues and the chimes of its options, where no other cue is close by."""
    options, total_s = plan.options, plan.total_s
    wished: list[tuple[int, CueKind, ChimeName]] = []
    if options.warning_s and options.warning_s < total_s:
        wished.append((total_s - options.warning_s, CueKind.WARNING, ChimeName.WARNING))
    if options.interval_s:
        every = range(options.interval_s, total_s, options.interval_s)
        wished += [(at_s, CueKind.INTERVAL, ChimeName.INTERVAL) for at_s in every]
    cues = list(plan.cues)
    for at_s, kind, chime in wished:
        if all(abs(cue.at_s - at_s) >= CLEAR_OF_CUES_S for cue in cues):
            cues.append(Cue(at_s, kind, plan.step_index_at(at_s), chime, "", ""))
    return tuple(sorted(cues, key=lambda cue: cue.at_s))
