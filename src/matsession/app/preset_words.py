"""What a preset says of itself besides its texts: layers, surface, level, and what speaks against it."""

from matsession.app.texts import tr
from matsession.domain.body import Layer, Surface
from matsession.domain.guidance import Caution, CautionLevel, Guidance
from matsession.domain.preset import Level, Preset


def layer(name: Layer) -> str:
    """What lies between skin and points."""
    return {
        Layer.NONE: tr("No mat"),
        Layer.TOWEL: tr("Folded towel over the points"),
        Layer.TSHIRT: tr("Cotton T-shirt"),
        Layer.SLEEVES: tr("Long sleeves"),
        Layer.SHORTS: tr("Shorts or thin trousers"),
        Layer.TROUSERS: tr("Thin long trousers"),
        Layer.SOCKS: tr("Thick socks, thin ones later"),
        Layer.THIN: tr("Thin shirt or bed sheet"),
        Layer.BARE_OPTIONAL: tr("Bare skin if you like it; never required"),
        Layer.BAREFOOT_OPTIONAL: tr("Bare feet if you like it; never required"),
    }[name]


def surface(name: Surface) -> str:
    """What lies under the mat."""
    return {
        Surface.SOFT: tr("Bed, sofa or thick carpet"),
        Surface.MEDIUM: tr("Carpet or a yoga mat on the floor"),
        Surface.FIRM: tr("Hard floor or firm chair"),
    }[name]


def level(name: Level) -> str:
    """For whom a preset is meant."""
    return {
        Level.BEGINNER: tr("For beginners too."),
        Level.REGULAR: tr("For those who are used to the mat."),
        Level.OPT_IN: tr("Only if you look for it: this area needs more care."),
    }[name]


def caution_level(name: CautionLevel) -> str:
    """What a caution asks for."""
    return {
        CautionLevel.DO_NOT_USE: tr("Do not use the mat"),
        CautionLevel.ASK_FIRST: tr("Ask a doctor first"),
        CautionLevel.NOTE: tr("Good to know"),
        CautionLevel.URGENT: tr("Get medical help"),
        CautionLevel.GROUP: tr("Several"),
    }[name]


def reasons_against(preset: Preset, guidance: Guidance) -> tuple[Caution, ...]:
    """The cautions a preset names, with those that a group stands for."""
    known = {caution.id: caution for caution in guidance.cautions}
    found: dict[str, Caution] = {}
    for caution_id in preset.avoid_if:
        caution = known.get(caution_id)
        if caution is None:
            continue
        ids = caution.members if caution.level is CautionLevel.GROUP else (caution_id,)
        found.update({each: known[each] for each in ids if each in known})
    return tuple(found.values())
