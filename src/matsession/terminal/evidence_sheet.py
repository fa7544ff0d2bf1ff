"""``matsession evidence``: stop signs, cautions, studies, statements and sources, as the page has them."""

from typing import Any

from matsession.app import evidence_words as words
from matsession.app.evidence_words import Told
from matsession.app.texts import tr
from matsession.domain.evidence import About, Evidence, Section, Source
from matsession.domain.guidance import CautionLevel, Guidance
from matsession.terminal.prose import Prose

_LEVELS = (CautionLevel.ASK_FIRST, CautionLevel.DO_NOT_USE, CautionLevel.NOTE)


def tell_evidence(evidence: Evidence, guidance: Guidance, prose: Prose) -> None:
    """All of it, what may be urgent first."""
    prose.title(tr("Evidence & safety"))
    prose.heading(words.stop_title())
    prose.points(guidance.stop_signs)
    for section in evidence.urgent:
        _tell_section(evidence, section, prose)
    for level in _LEVELS:
        prose.heading(words.caution_title(level))
        for caution in words.cautions(guidance, level):
            _tell_point(words.caution(evidence, caution), prose)
    prose.heading(tr("Never"))
    prose.paragraph(evidence.never)
    _tell_studies(evidence, prose)
    for section in evidence.sections:
        _tell_section(evidence, section, prose)
        if section.id == "this_program":
            for about in About:
                _tell_statements(evidence, about, prose)
    _tell_section(evidence, words.questions(guidance), prose)
    _tell_sources(evidence, prose)


def _tell_studies(evidence: Evidence, prose: Prose) -> None:
    prose.heading(tr("What studies say"))
    prose.paragraph(evidence.introduction)
    for study in evidence.studies:
        told = words.study(evidence, study)
        prose.gap()
        prose.entry(str(study.year), told.title, 4)
        prose.entry("", told.text_with_references, 4)
        for word, text in words.study_details(study):
            prose.entry("", tr("{word}: {text}").format(word=word, text=text), 4)


def _tell_section(evidence: Evidence, section: Section, prose: Prose) -> None:
    prose.heading(section.title)
    prose.paragraph(section.text)
    for point in section.points:
        _tell_point(words.point(evidence, point), prose)


def _tell_point(told: Told, prose: Prose) -> None:
    title = f"{told.title.rstrip('.')}." if told.title else ""
    prose.point(" ".join(part for part in (title, told.text, told.references, told.remark) if part))


def _tell_statements(evidence: Evidence, about: About, prose: Prose) -> None:
    prose.heading(words.about_title(about))
    prose.paragraph(words.about_note(about))
    for statement in evidence.statements:
        if statement.about is about:
            told = words.statement(evidence, statement)
            prose.gap()
            prose.paragraph(told.title)
            prose.paragraph(told.nature, 2)
            prose.paragraph(told.text_with_references, 2)
            prose.paragraph(tr("Beside it: {line}").format(line=f"{told.beside} {told.remark}".strip()), 2)


def _tell_sources(evidence: Evidence, prose: Prose) -> None:
    prose.heading(tr("Full references"))
    width = len(str(len(evidence.sources))) + 1
    for number, source in enumerate(evidence.sources, start=1):
        prose.entry(f"{number}.", source.title, width)
        prose.entry("", source.url or words.no_address(), width)


# -- JSON ----------------------------------------------------------------------------------------------


def evidence_values(evidence: Evidence, guidance: Guidance) -> dict[str, Any]:
    """All of it for JSON; sources are named by their ids."""
    return {
        "stop_signs": list(guidance.stop_signs),
        "urgent": [_section_values(section) for section in evidence.urgent],
        "cautions": [
            {**caution._asdict(), "level": str(caution.level)}
            for caution in guidance.cautions
            if caution.level is not CautionLevel.GROUP
        ],
        "never": evidence.never,
        "introduction": evidence.introduction,
        "studies": [study._asdict() for study in evidence.studies],
        "statements": [
            {**statement._asdict(), "about": str(statement.about), "nature": str(statement.nature)}
            for statement in evidence.statements
        ],
        "sections": [_section_values(section) for section in evidence.sections],
        "questions": [
            {**scale._asdict(), "when": str(scale.when), "better": str(scale.better)}
            for scale in guidance.scales
        ],
        "sources": [source._asdict() for source in evidence.sources],
    }


def source_values(source: Source) -> dict[str, str]:
    """A source for JSON."""
    return {"id": source.id, "title": source.title, "url": source.url}


def _section_values(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "text": section.text,
        "points": [point._asdict() for point in section.points],
    }
