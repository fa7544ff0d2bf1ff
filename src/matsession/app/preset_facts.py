"""What a preset tells besides its steps and cautions: the same in the window and in a terminal."""

from typing import NamedTuple

from matsession.app import preset_words
from matsession.app.evidence_words import quoted
from matsession.app.texts import tr
from matsession.domain.evidence import Evidence, Source
from matsession.domain.preset import Preset


class Fact(NamedTuple):
    """One of them, under the word for it."""

    word: str
    text: str


def place(preset: Preset) -> tuple[Fact, ...]:
    """Layers, what lies under the mat, and when to do it: those that are said."""
    told = (
        (tr("Layer at first"), preset.layer_beginner and preset_words.layer(preset.layer_beginner)),
        (tr("Layer later"), preset.layer_regular and preset_words.layer(preset.layer_regular)),
        (tr("Under the mat"), preset.surface and preset_words.surface(preset.surface)),
        (tr("Time of day"), preset.best_time),
    )
    return tuple(Fact(word, text) for word, text in told if text)


def said(preset: Preset) -> tuple[Fact, ...]:
    """What is known of it, and what a seller says; that is quoted, and called what it is."""
    found = []
    if preset.honest_note:
        found.append(Fact(tr("Honest note"), preset.honest_note))
    if preset.vendor_claim:
        title = tr("What a seller says (vendor claim, not a finding)")
        found.append(Fact(title, quoted([preset.vendor_claim])))
    return tuple(found)


def sources(preset: Preset, evidence: Evidence | None) -> tuple[Source, ...]:
    """Where it comes from. A preset of one's own may name what it likes: that is shown as it stands there.

    Without ``evidence`` nothing is known of any but its name.
    """
    known = {source.id: source for source in evidence.sources} if evidence is not None else {}
    return tuple(known.get(named, Source(named, named)) for named in preset.sources)
