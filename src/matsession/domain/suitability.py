"""Whether a preset suits somebody: what they said is true for them, and the mat they use.

The rule. Answers are ids of cautions that the person ticked; a preset names in ``avoid_if`` what speaks
against it, and a group there stands for its members.

* On a mat, an ``urgent`` answer hides every preset.
* An answer that the preset names hides it, whatever its level; so does an answer against holding the breath,
  where a step has a breath with holds.
* A rigid mat hides standing, by the area or by the position of a preset.
* ``ask_first`` is about the whole body: such an answer cautions every preset on a mat. So does an answer that
  stands in a group, where a preset (an own one) does not name it.
* ``note`` is a line, and nothing more.

Without a mat only what the preset names counts. Hidden means: not offered. Whoever insists can start it.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.body import BodyArea, Position
from matsession.domain.guidance import Breathing, Caution, CautionLevel, Guidance
from matsession.domain.preset import Preset

AGAINST_HOLDS: Final = frozenset({"heart", "blood_pressure", "pregnancy", "lung"})
"""Cautions with which breaths that are held are not offered (cautious design, general knowledge)."""

STANDING: Final = frozenset({BodyArea.FEET_STANDING})


class Verdict(StrEnum):
    """What becomes of a preset."""

    ALLOWED = "allowed"
    CAUTIONED = "cautioned"
    """Offered, with what to ask first."""
    HIDDEN = "hidden"
    """Not offered."""


class Suitability(NamedTuple):
    """The verdict on a preset, with its reasons."""

    against: tuple[Caution, ...] = ()
    """Answers that hide it."""
    held_breath: bool = False
    """It holds the breath, and that is why it is hidden."""
    rigid_mat: bool = False
    """The mat in use is too hard to stand on."""
    ask: tuple[Caution, ...] = ()
    """What a doctor is to be asked about first."""
    notes: tuple[Caution, ...] = ()
    """Lines to read."""

    @property
    def verdict(self) -> Verdict:
        """What follows from the reasons."""
        if self.against or self.rigid_mat:
            return Verdict.HIDDEN
        return Verdict.CAUTIONED if self.ask else Verdict.ALLOWED

    @property
    def hidden(self) -> bool:
        """Whether it is not offered."""
        return self.verdict is Verdict.HIDDEN


SUITS: Final = Suitability()
"""Nothing speaks against it."""


def offered(
    presets: Iterable[Preset], suits: Callable[[Preset], bool], hides: Callable[[Preset], bool]
) -> tuple[Preset, ...]:
    """Those to choose from: what suits and nobody hid; where all of that was hidden, what suits."""
    suiting = tuple(preset for preset in presets if suits(preset))
    return tuple(preset for preset in suiting if not hides(preset)) or suiting


def suitability(
    preset: Preset, guidance: Guidance, answers: frozenset[str], *, rigid_mat: bool = False
) -> Suitability:
    """Judge a preset. An answer that ``guidance`` does not know is passed over."""
    on_mat = preset.area is not BodyArea.NONE
    rigid = rigid_mat and on_mat and (preset.area in STANDING or preset.position is Position.STANDING)
    if not answers:
        return SUITS._replace(rigid_mat=rigid) if rigid else SUITS
    named = set(expanded(preset.avoid_if, guidance))
    in_groups = {member for caution in guidance.cautions for member in caution.members}
    holds = any(held(guidance.breath(step.breath)) for step in preset.steps)
    against: list[Caution] = []
    ask: list[Caution] = []
    notes: list[Caution] = []
    held_breath = False
    for caution in guidance.cautions:
        if caution.id not in answers:
            continue
        match caution.level:
            case CautionLevel.NOTE:
                notes.append(caution)
            case CautionLevel.GROUP:
                pass  # nobody is asked about one
            case CautionLevel.URGENT if on_mat:
                against.append(caution)
            case _ if caution.id in named:
                against.append(caution)
            case _ if holds and caution.id in AGAINST_HOLDS:
                against.append(caution)
                held_breath = True
            case CautionLevel.ASK_FIRST if on_mat:
                ask.append(caution)
            case _ if on_mat and caution.id in in_groups:
                ask.append(caution)
            case _:
                pass
    return Suitability(tuple(against), held_breath, rigid, tuple(ask), tuple(notes))


def breath_suits(pattern: Breathing, answers: frozenset[str]) -> bool:
    """Whether to offer this breathing pattern: not with holds, where something speaks against them."""
    return not (held(pattern) and answers & AGAINST_HOLDS)


def held(pattern: Breathing) -> bool:
    """Whether the breath is held in it."""
    return pattern.hold_in_s > 0 or pattern.hold_out_s > 0


def expanded(ids: Iterable[str], guidance: Guidance) -> tuple[str, ...]:
    """Ids of cautions, with those a group stands for in its place; unknown ones are left out."""
    known = {caution.id: caution for caution in guidance.cautions}
    found: dict[str, None] = {}
    for each in ids:
        if each in known:
            group = known[each].level is CautionLevel.GROUP
            found.update(dict.fromkeys(known[each].members if group else (each,)))
    return tuple(found)


def asked(guidance: Guidance) -> tuple[Caution, ...]:
    """The cautions of which a person can say that they are true for them, in their order."""
    return tuple(caution for caution in guidance.cautions if caution.asked)
