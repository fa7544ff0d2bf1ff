"""``matsession presets show``: everything of one preset, for a person and as values for JSON."""

from collections.abc import Sequence
from typing import Any

from matsession.app import preset_facts, preset_words, suitability_words, texts
from matsession.app.texts import tr
from matsession.domain.evidence import Evidence
from matsession.domain.guidance import Caution, Guidance
from matsession.domain.plan import CueKind, Plan, PlannedStep, compile_plan
from matsession.domain.preset import Preset
from matsession.domain.suitability import Suitability
from matsession.terminal.evidence_sheet import source_values
from matsession.terminal.prose import Prose
from matsession.terminal.tables import preset_values


def tell_preset(
    preset: Preset, guidance: Guidance, evidence: Evidence, found: Suitability, prose: Prose
) -> None:
    """All that a person may want to read of it; ``found``: whether it suits them."""
    prose.title(f"{preset.name} ({preset.id})")
    for sentence in (suitability_words.hidden(found), suitability_words.ask_first(found)):
        if sentence:
            prose.paragraph(sentence)
    prose.paragraph(preset.summary)
    prose.paragraph(
        tr("Area: {area}. {whose}").format(
            area=texts.area(preset.area),
            whose=tr("Comes with MatSession.") if preset.built_in else tr("A preset of your own."),
        )
    )
    if preset.level is not None:
        prose.paragraph(preset_words.level(preset.level))
    prose.paragraph(
        tr("Length: {suggested} is suggested; from {shortest} to {longest} is possible.").format(
            suggested=texts.length(preset.suggested_s),
            shortest=texts.length(preset.min_total_s),
            longest=texts.length(preset.max_total_s),
        )
    )
    _tell_place(preset, prose)
    _tell_points(tr("Before you begin"), preset.setup, prose)
    _tell_steps(compile_plan(preset, preset.suggested_s, guidance), guidance, prose)
    if preset.after:
        prose.heading(tr("Afterwards"))
        prose.paragraph(preset.after)
    _tell_rating(preset, guidance, prose)
    _tell_points(tr("Take care"), preset.cautions, prose)
    _tell_reasons(preset_words.reasons_against(preset, guidance), prose)
    for fact in preset_facts.said(preset):
        prose.heading(fact.word)
        prose.paragraph(fact.text)
    _tell_sources(preset, evidence, prose)


def _tell_place(preset: Preset, prose: Prose) -> None:
    prose.heading(tr("Position"))
    if preset.position is not None:
        prose.paragraph(texts.position(preset.position))
    for fact in preset_facts.place(preset):
        prose.paragraph(tr("{word}: {text}").format(word=fact.word, text=fact.text))


def _tell_points(heading: str, points: Sequence[str], prose: Prose) -> None:
    if points:
        prose.heading(heading)
        prose.points(points)


def _tell_steps(plan: Plan, guidance: Guidance, prose: Prose) -> None:
    prose.heading(tr("Steps, in a session of {length}").format(length=texts.length(plan.total_s)))
    width = len(texts.clock(plan.total_s))
    for number, planned in enumerate(plan.steps):
        step = planned.step
        begins = texts.clock(planned.start_s)
        prose.entry(begins, f"{step.name}, {texts.length(planned.length_s)}. {_kinds(planned)}", width)
        prose.entry("", step.show, width)
        if step.say:
            prose.entry("", tr("Spoken: {words}").format(words=step.say), width)
        breath = guidance.breath(step.breath)
        if breath.paced:
            prose.entry("", tr("Breathing: {words}.").format(words=breath.name), width)
        for cue in plan.cues:
            if cue.kind is CueKind.CHECK_IN and cue.step_index == number:
                prose.entry(texts.clock(cue.at_s), cue.show, width)
    prose.entry(texts.clock(plan.total_s), guidance.end_show or tr("The end."), width)


def _kinds(planned: PlannedStep) -> str:
    step = planned.step
    told = (
        (step.elastic, tr("Grows with the session.")),
        (not step.on_mat, tr("Off the mat.")),
        (step.chime is None, tr("Without a chime.")),
    )
    return " ".join(words for holds, words in told if holds)


def _tell_rating(preset: Preset, guidance: Guidance, prose: Prose) -> None:
    asked = (
        (guidance.scale(preset.rating), tr("Before and after: {question}")),
        (guidance.scale(preset.rating_next_morning), tr("The next morning, in the window: {question}")),
    )
    if any(scale is not None for scale, _ in asked):
        prose.heading(tr("What you are asked, if you like"))
    for scale, pattern in asked:
        if scale is not None:
            question = pattern.format(question=scale.question)
            ends = tr("{low} to {high}.").format(low=scale.low, high=scale.high)
            prose.paragraph(f"{question} {ends}")


def _tell_reasons(reasons: Sequence[Caution], prose: Prose) -> None:
    if reasons:
        prose.heading(tr("Not for everyone"))
    for reason in reasons:
        level = preset_words.caution_level(reason.level)
        told = f"{reason.title} ({level}). {reason.text} {texts.source_remark(reason)}"
        prose.point(told.strip())


def _tell_sources(preset: Preset, evidence: Evidence, prose: Prose) -> None:
    if preset.sources:
        prose.heading(tr("Sources"))
    for number, source in enumerate(preset_facts.sources(preset, evidence), start=1):
        prose.entry(f"{number}.", source.title, 3)
        if source.url:
            prose.entry("", source.url, 3)


# -- JSON ----------------------------------------------------------------------------------------------


def sheet_values(
    preset: Preset, guidance: Guidance, evidence: Evidence, found: Suitability
) -> dict[str, Any]:
    """All of it for JSON; the steps at the suggested length, in place of their number."""
    plan = compile_plan(preset, preset.suggested_s, guidance)
    return {
        **preset_values(preset, found),
        "position": _or_none(preset.position),
        "level": _or_none(preset.level),
        "best_time": preset.best_time,
        "layer_beginner": _or_none(preset.layer_beginner),
        "layer_regular": _or_none(preset.layer_regular),
        "surface": _or_none(preset.surface),
        "rating": preset.rating,
        "rating_next_morning": preset.rating_next_morning,
        "setup": list(preset.setup),
        "steps": [_step_values(planned, number, plan) for number, planned in enumerate(plan.steps)],
        "after": preset.after,
        "cautions": list(preset.cautions),
        "reasons_against": [
            {
                "id": reason.id,
                "level": str(reason.level),
                "title": reason.title,
                "text": reason.text,
                "unsourced": reason.unsourced,
                "sources": list(reason.sources),
            }
            for reason in preset_words.reasons_against(preset, guidance)
        ],
        "honest_note": preset.honest_note,
        "vendor_claim": preset.vendor_claim,
        "sources": [source_values(source) for source in preset_facts.sources(preset, evidence)],
    }


def _step_values(planned: PlannedStep, number: int, plan: Plan) -> dict[str, Any]:
    step = planned.step
    return {
        "id": step.id,
        "name": step.name,
        "kind": str(step.kind),
        "start_s": planned.start_s,
        "end_s": planned.end_s,
        "mode": str(step.mode),
        "min_s": step.min_s,
        "cap_s": step.cap_s,
        "on_mat": step.on_mat,
        "breath": step.breath,
        "chime": _or_none(step.chime),
        "show": step.show,
        "say": step.say,
        "check_in_lines": [
            {"at_s": cue.at_s, "show": cue.show}
            for cue in plan.cues
            if cue.kind is CueKind.CHECK_IN and cue.step_index == number
        ],
    }


def _or_none(value: object) -> str | None:
    return None if value is None else str(value)
