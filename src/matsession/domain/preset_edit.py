"""A preset while somebody works on it: it may be unfinished, and tells what is missing.

Pure: every change gives another draft. The lengths that steps cannot reach any more are drawn in by
``limits``, and come back as they were wished when the steps allow them again.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple, Self

from matsession.domain.body import BodyArea, Position
from matsession.domain.guidance import ChimeName, StepKind, StepMode
from matsession.domain.plan import stretch
from matsession.domain.preset import (
    LINES_MAX,
    LONGEST_S,
    NAME_MAX,
    SAY_MAX,
    SHOW_MAX,
    STEPS_MAX,
    TEXT_MAX,
    Preset,
    PresetError,
    PresetKind,
    Step,
    longest_total_s,
    shortest_total_s,
)
from matsession.domain.preset_settings import PresetSettings

CHECK_FROM_S: Final = 120
"""A session longer than this should ask once how the skin feels."""

NEW_STEP_S: Final = 60


class Trouble(StrEnum):
    """Why a draft is no preset yet."""

    NO_NAME = "no_name"
    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    TOO_LONG = "too_long"
    STEP_NO_NAME = "step_no_name"
    STEP_LENGTH = "step_length"
    """Not from one second to the longest session."""
    STEP_SHORTEST = "step_shortest"
    """Not from one second to the step's length."""
    STEP_CAP = "step_cap"
    """Below the step's length, or where the step does not grow."""
    TEXT_TOO_LONG = "text_too_long"
    NOT_A_LINE = "not_a_line"
    """Line breaks, tabs or other control characters."""
    OTHER = "other"
    """Something that cannot come about in the editor."""


class Problem(NamedTuple):
    """What is wrong, and where."""

    trouble: Trouble
    field: str
    """The name of the field in the file."""
    step: int | None = None
    """Which step, counted from 0; None: the preset itself."""
    most: int = 0
    """What would be allowed at most, where that is the trouble."""
    rule: str = ""
    """With OTHER: what is allowed."""


class Limits(NamedTuple):
    """The lengths a draft allows, in whole seconds."""

    shortest_s: int
    usual_s: int
    longest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetDraft:
    """What can be edited. ``base`` has the rest, and is what was saved last."""

    base: Preset
    name: str
    area: BodyArea
    position: Position | None
    summary: str
    after: str
    setup: tuple[str, ...]
    steps: tuple[Step, ...]
    rating: str
    session: PresetSettings
    shortest_s: int | None = None
    """As wished; None: as short as the steps go."""
    usual_s: int | None = None
    """As wished; None: as the steps are written."""
    longest_s: int | None = None
    """As wished; None: as long as the steps go."""

    @property
    def written_s(self) -> int:
        """What the steps add up to."""
        return sum(step.seconds for step in self.steps)

    # -- steps -----------------------------------------------------------------------------------------

    def with_step(self, number: int, step: Step) -> Self:
        """Another step at this place; its shortest length and its cap follow where they would not fit."""
        return replace(self, steps=(*self.steps[:number], fitted(step), *self.steps[number + 1 :]))

    def with_seconds(self, number: int, seconds: int) -> Self:
        """Another length of this step. A step that never got shorter still does not."""
        step = self.steps[number]
        min_s = seconds if step.min_s == step.seconds else step.min_s
        return self.with_step(number, step._replace(seconds=seconds, min_s=min_s))

    def with_mode(self, number: int, mode: StepMode) -> Self:
        """Let this step grow in a longer session, or not."""
        step = self.steps[number]
        cap_s = step.cap_s if mode is StepMode.ELASTIC else None
        return self.with_step(number, step._replace(mode=mode, cap_s=cap_s))

    def with_new_step(self, place: int, name: str, kind: StepKind = StepKind.REST) -> Self:
        """One more step at ``place``: a minute of rest, or a short check of the skin."""
        check = kind is StepKind.CHECK
        step = Step(
            id=self._free_step_id(),
            name=name,
            seconds=15 if check else NEW_STEP_S,
            min_s=15 if check else NEW_STEP_S,
            kind=kind,
            chime=ChimeName.OPEN if not self.steps else ChimeName.CHECK if check else ChimeName.STEP,
        )
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place:]))

    def with_copied_step(self, number: int) -> Self:
        """The step once more, right after itself."""
        step = self.steps[number]._replace(id=self._free_step_id())
        return replace(self, steps=(*self.steps[: number + 1], step, *self.steps[number + 1 :]))

    def without_step(self, number: int) -> Self:
        """One step less."""
        return replace(self, steps=(*self.steps[:number], *self.steps[number + 1 :]))

    def with_moved_step(self, number: int, place: int) -> Self:
        """The step at ``number`` where ``place`` is, all others in their order."""
        rest = [*self.steps[:number], *self.steps[number + 1 :]]
        place = max(0, min(place, len(rest)))
        return replace(self, steps=(*rest[:place], self.steps[number], *rest[place:]))

    def _free_step_id(self) -> str:
        taken = {step.id for step in self.steps}
        return next(each for number in range(1, STEPS_MAX + 2) if (each := f"step_{number}") not in taken)


def fitted(step: Step) -> Step:
    """The step with a shortest length and a cap that its length allows."""
    cap_s = step.cap_s
    if cap_s is not None:
        cap_s = max(cap_s, step.seconds) if step.elastic else None
    return step._replace(min_s=max(1, min(step.min_s, step.seconds)), cap_s=cap_s)


# -- from a preset and back ------------------------------------------------------------------------------


def draft_of(preset: Preset) -> PresetDraft:
    """What there is to edit in this preset. Lengths that follow from the steps go on following."""
    natural = natural_limits(preset.steps)
    wished = Limits(preset.min_total_s, preset.suggested_s, preset.max_total_s)
    shortest_s, usual_s, longest_s = (
        None if wish == own else wish for wish, own in zip(wished, natural, strict=True)
    )
    return PresetDraft(
        base=preset,
        name=preset.name,
        area=preset.area,
        position=preset.position,
        summary=preset.summary,
        after=preset.after,
        setup=preset.setup,
        steps=preset.steps,
        rating=preset.rating,
        session=preset.session,
        shortest_s=shortest_s,
        usual_s=usual_s,
        longest_s=longest_s,
    )


def natural_limits(steps: Sequence[Step]) -> Limits:
    """The lengths that these steps allow by themselves."""
    written_s = sum(step.seconds for step in steps)
    return Limits(shortest_total_s(steps), written_s, max(written_s, longest_total_s(steps)))


def limits(draft: PresetDraft) -> Limits:
    """The lengths the draft allows: as wished, as far as the steps go."""
    shortest_s, written_s, longest_s = natural_limits(draft.steps)
    least_s = _within(draft.shortest_s, shortest_s, written_s, shortest_s)
    most_s = _within(draft.longest_s, written_s, longest_s, longest_s)
    return Limits(least_s, _within(draft.usual_s, least_s, most_s, written_s), most_s)


def _within(wish_s: int | None, lowest_s: int, highest_s: int, otherwise_s: int) -> int:
    return otherwise_s if wish_s is None else max(lowest_s, min(highest_s, wish_s))


def preset_of(draft: PresetDraft) -> Preset:
    """The preset. Raises PresetError exactly where ``problems`` has something to tell."""
    shortest_s, usual_s, longest_s = limits(draft)
    return replace(
        draft.base,
        name=draft.name.strip() or draft.name,
        area=draft.area,
        position=draft.position,
        summary=draft.summary,
        after=draft.after,
        setup=draft.setup,
        steps=draft.steps,
        rating=draft.rating,
        session=draft.session,
        min_total_s=shortest_s,
        suggested_s=usual_s,
        max_total_s=longest_s,
    )


def changed(draft: PresetDraft) -> bool:
    """Whether it is another than what was saved last."""
    return draft != draft_of(draft.base)


# -- what is wrong with it -------------------------------------------------------------------------------


def problems(draft: PresetDraft) -> tuple[Problem, ...]:
    """Why it is no preset yet, from top to bottom; empty where it is one."""
    found = [*_line("name", draft.name, NAME_MAX, None)]
    if not draft.name.strip():
        found = [Problem(Trouble.NO_NAME, "name")]
    for field in ("summary", "after"):
        found += _line(field, getattr(draft, field).replace("\n", " "), TEXT_MAX, None)
    for line in draft.setup:
        found += _line("setup", line, TEXT_MAX, None)
    if len(draft.setup) > LINES_MAX:
        found.append(Problem(Trouble.TEXT_TOO_LONG, "setup", most=LINES_MAX))
    if not draft.steps:
        found.append(Problem(Trouble.NO_STEPS, "step"))
    elif len(draft.steps) > STEPS_MAX:
        found.append(Problem(Trouble.TOO_MANY_STEPS, "step", most=STEPS_MAX))
    for number, step in enumerate(draft.steps):
        found += _step_problems(number, step)
    if draft.written_s > LONGEST_S:
        found.append(Problem(Trouble.TOO_LONG, "step", most=LONGEST_S))
    if not found:
        try:
            preset_of(draft)
        except PresetError as error:
            found.append(Problem(Trouble.OTHER, error.field, rule=error.rule))
    return tuple(found)


def _step_problems(number: int, step: Step) -> list[Problem]:
    found: list[Problem] = []
    if not step.name.strip():
        found.append(Problem(Trouble.STEP_NO_NAME, "name", number))
    for field, most in (("name", NAME_MAX), ("show", SHOW_MAX), ("say", SAY_MAX)):
        found += _line(field, getattr(step, field), most, number)
    if not 1 <= step.seconds <= LONGEST_S:
        found.append(Problem(Trouble.STEP_LENGTH, "seconds", number, LONGEST_S))
    elif not 1 <= step.min_s <= step.seconds:
        found.append(Problem(Trouble.STEP_SHORTEST, "min_s", number, step.seconds))
    if step.cap_s is not None and (not step.elastic or step.cap_s < step.seconds):
        found.append(Problem(Trouble.STEP_CAP, "cap_s", number, step.seconds))
    return found


_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _line(field: str, text: str, most: int, step: int | None) -> list[Problem]:
    if len(text) > most:
        return [Problem(Trouble.TEXT_TOO_LONG, field, step, most)]
    if _NOT_IN_A_LINE.search(text):
        return [Problem(Trouble.NOT_A_LINE, field, step)]
    return []


def lacks_check(draft: PresetDraft) -> bool:
    """Whether no step asks how the skin feels, in a session that is long enough for it."""
    longest_s = limits(draft).longest_s
    return longest_s > CHECK_FROM_S and not any(step.kind is StepKind.CHECK for step in draft.steps)


# -- how it would be ------------------------------------------------------------------------------------


def lengths_at(draft: PresetDraft, total_s: int) -> tuple[int, ...]:
    """How long each step would last in a session of ``total_s``, drawn into what the draft allows.

    Steps without a length of their own, which no preset may have, count as they are.
    """
    if not draft.steps or any(not 1 <= step.min_s <= step.seconds for step in draft.steps):
        return tuple(step.seconds for step in draft.steps)
    shortest_s, _, longest_s = limits(draft)
    return tuple(stretch(draft.steps, max(shortest_s, min(longest_s, total_s))))


# -- a new one -------------------------------------------------------------------------------------------


def copy_of(preset: Preset, preset_id: str, name: str) -> Preset:
    """An own preset that is all the same otherwise, with its cautions and what speaks against it."""
    return replace(preset, id=preset_id, name=name[:NAME_MAX], kind=PresetKind.OWN, built_in=False)


def free_id(name: str, taken: Collection[str]) -> str:
    """An id that tells of the name and that nobody has."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower().replace("'", "")).strip("_")[:50] or "preset"
    if plain not in taken:
        return plain
    number = 2
    while f"{plain}_{number}" in taken:
        number += 1
    return f"{plain}_{number}"
