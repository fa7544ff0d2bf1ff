"""resources/evidence.toml: what is known of mats and needles, from the file to the domain's Evidence."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from matsession.domain.errors import MatSessionError
from matsession.domain.evidence import About, Evidence, Nature, Point, Section, Source, Statement, Study
from matsession.storage.errors import shown
from matsession.storage.toml_text import FieldError, read_toml, unknown
from matsession.storage.toml_values import convert

NEEDED = ("shown", "not_shown", "sensible_start", "this_program")
"""Sections that have a place of their own on the page."""


class EvidenceFileError(MatSessionError):
    """The file that came with the program is missing or damaged, so the installation is."""


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    url: str = ""


class _Statement(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    about: About
    nature: Nature
    title: str
    line: str
    text: str = ""
    quotes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unsourced: str = ""


class _Study(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    year: int
    title: str
    summary: str
    who: str
    how_long: str
    compared_with: str
    result: str
    limits: str
    sources: tuple[str, ...]


class _Point(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    title: str = ""
    quotes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unsourced: str = ""


class _Section(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    text: str = ""
    point: tuple[_Point, ...] = ()
    unfolded: bool = False


class _EvidenceFile(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    introduction: str
    never: str
    study: tuple[_Study, ...]
    section: tuple[_Section, ...]
    statement: tuple[_Statement, ...]
    urgent: tuple[_Section, ...]
    source: tuple[_Source, ...]


def read_evidence(path: Path) -> Evidence:
    """All that is known, and who says so.

    Raises EvidenceFileError when the file is missing, damaged or of a later format.
    """
    try:
        return _evidence(convert(read_toml(path), _EvidenceFile))
    except FileNotFoundError as error:
        raise EvidenceFileError(f"{shown(path)} is missing.", "Install MatSession again.") from error
    except FieldError as error:
        raise EvidenceFileError(f"{shown(path)}: {error}.", "Install MatSession again.") from error


def _evidence(file: _EvidenceFile) -> Evidence:
    if file.format != 1:
        raise FieldError("format", f"is {file.format}; this MatSession reads format 1")
    _check_ids(file)
    _check_sources(file)
    _check_marks(file)
    have = [section.id for section in file.section]
    for wanted in NEEDED:
        if wanted not in have:
            raise FieldError("section", f"has no {wanted!r}, which the page has a place for")
    return Evidence(
        introduction=file.introduction,
        studies=tuple(Study(**msgspec.structs.asdict(each)) for each in file.study),
        sections=tuple(_section(each) for each in file.section),
        statements=tuple(Statement(**msgspec.structs.asdict(each)) for each in file.statement),
        urgent=tuple(_section(each) for each in file.urgent),
        never=file.never,
        sources=tuple(Source(**msgspec.structs.asdict(each)) for each in file.source),
    )


def _section(section: _Section) -> Section:
    points = tuple(Point(**msgspec.structs.asdict(each)) for each in section.point)
    return Section(section.id, section.title, section.text, points, section.unfolded)


def _check_ids(file: _EvidenceFile) -> None:
    groups: dict[str, Sequence[_Study | _Section | _Statement | _Source]] = {
        "study": file.study,
        "section": file.section,
        "statement": file.statement,
        "urgent": file.urgent,
        "source": file.source,
    }
    for name, entries in groups.items():
        ids = [entry.id for entry in entries]
        for number, one in enumerate(ids, start=1):
            if one in ids[: number - 1]:
                raise FieldError(f"{name} {number}, id", f"{one!r} is used by an earlier one")


def _named(file: _EvidenceFile) -> Iterator[tuple[str, _Study | _Statement | _Point]]:
    """Whatever names sources, with its place in the file."""
    for number, study in enumerate(file.study, start=1):
        yield f"study {number}", study
    for number, statement in enumerate(file.statement, start=1):
        yield f"statement {number}", statement
    for name, sections in (("section", file.section), ("urgent", file.urgent)):
        for number, section in enumerate(sections, start=1):
            for place, point in enumerate(section.point, start=1):
                yield f"{name} {number}, point {place}", point


def _check_sources(file: _EvidenceFile) -> None:
    known = [source.id for source in file.source]
    for place, entry in _named(file):
        for source in entry.sources:
            if source not in known:
                raise unknown(f"{place}, sources", source, known, "a known source")


def _check_marks(file: _EvidenceFile) -> None:
    """What is marked as without a source has to stand where the mark is shown: at the end."""
    for place, entry in _named(file):
        if isinstance(entry, _Study):
            continue
        marked = entry.line if isinstance(entry, _Statement) else entry.text
        if not marked.endswith(entry.unsourced):
            raise FieldError(f"{place}, unsourced", "must be the end of the text it is about, or all of it")
