"""What is said of a preset that does not suit, and of the answers that say so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from matsession.app.texts import tr
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Caution
from matsession.domain.preset import Preset
from matsession.domain.suitability import Suitability

if TYPE_CHECKING:
    from matsession.app.preset_library import PresetLibrary


class UnsuitableError(MatSessionError):
    """The preset is hidden because of what the person said, or because of their mat."""


def answer(caution: Caution) -> str:
    """What a person ticks, in few words; the same that is told back to them."""
    plain = {
        "pregnancy": tr("Pregnant, or maybe pregnant"),
        "neuropathy": tr("Numb feet, or another loss of feeling"),
        "children": tr("Younger than 18"),
    }
    return plain.get(caution.id, caution.title)


def answers(cautions: Iterable[Caution]) -> str:
    """Several of them."""
    return "; ".join(map(answer, cautions))


def hidden(found: Suitability) -> str:
    """Why a preset is hidden; empty where it is not."""
    if found.against and found.held_breath:
        pattern = tr("Hidden because it holds the breath, and you said: {answers}.")
        return pattern.format(answers=answers(found.against))
    if found.against:
        return tr("Hidden because you said: {answers}.").format(answers=answers(found.against))
    if found.rigid_mat:
        return tr("Hidden because the mat in use is rigid: do not stand on a rigid mat.")
    return ""


def ask_first(found: Suitability) -> str:
    """What to do before a session of a preset that is cautioned; empty where nothing is."""
    if not found.ask:
        return ""
    return tr("You said: {answers}. Ask your doctor first.").format(answers=answers(found.ask))


def hidden_ones(presets: "PresetLibrary") -> str:
    """How many presets are not offered, and why; empty where all are."""
    found = [presets.suitability(preset) for preset in presets.unsuitable]
    if not found:
        return ""
    against = {caution.id: caution for each in found for caution in each.against}
    if not against:
        if len(found) == 1:
            return tr("1 preset is hidden because the mat in use is rigid.")
        return tr("{count} presets are hidden because the mat in use is rigid.").format(count=len(found))
    said = answers(against.values())
    rigid = any(each.rigid_mat and not each.against for each in found)
    if len(found) == 1:
        return tr("1 preset is hidden because you said: {answers}.").format(answers=said)
    pattern = tr("{count} presets are hidden because you said: {answers}.")
    if rigid:
        pattern = tr("{count} presets are hidden because the mat in use is rigid, and you said: {answers}.")
    return pattern.format(count=len(found), answers=said)


def consequence(presets: "PresetLibrary") -> str:
    """What follows from the answers and the mat in use, in a sentence or two."""
    marked = sum(bool(presets.suitability(preset).ask) for preset in presets.offered)
    told = [hidden_ones(presets)] if presets.unsuitable else []
    if marked == 1:
        told.append(tr("1 preset is marked: ask first."))
    elif marked:
        told.append(tr("{count} presets are marked: ask first.").format(count=marked))
    return " ".join(told) or tr("No preset is hidden or marked.")


def refused(preset: Preset, found: Suitability) -> UnsuitableError:
    """What is told instead of starting it."""
    if found.rigid_mat and not found.against:
        return UnsuitableError(
            "{preset} is hidden because the mat in use is rigid: do not stand on a rigid mat.",
            "Your mat's leaflet comes first. Choose another mat or preset, or start it anyway.",
            {"preset": preset.name},
        )
    return UnsuitableError(
        "{preset} is hidden because you said: {answers}.",
        "Choose another preset, change your answers under Settings, or start it anyway.",
        {"preset": preset.name, "answers": answers(found.against)},
    )
