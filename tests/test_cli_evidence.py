"""``matsession evidence``: all that is known and who says so, in a terminal and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from matsession import cli
from matsession.desktop.paths import find_folders
from matsession.domain.evidence import Evidence
from matsession.domain.guidance import CautionLevel, Guidance
from matsession.storage.evidence_file import read_evidence
from matsession.storage.guidance_file import read_guidance
from matsession.terminal.evidence_sheet import tell_evidence
from matsession.terminal.prose import Prose


def known() -> tuple[Evidence, Guidance]:
    """What comes with the program."""
    folders = find_folders(None)
    return read_evidence(folders.evidence_file), read_guidance(folders.guidance_file)


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints."""
    assert cli.run(["evidence"]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    return out


def test_all_of_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Each sign, caution, study, statement with its line, point and source."""
    evidence, guidance = known()
    out = " ".join(told(capsys).split())
    wanted = [*guidance.stop_signs, evidence.introduction, evidence.never]
    wanted += [
        each.text
        for each in guidance.cautions
        if each.level not in (CautionLevel.GROUP, CautionLevel.URGENT)  # urgent signs are told in full
    ]
    for study in evidence.studies:
        wanted += [study.title, study.summary, study.who, study.how_long]
        wanted += [study.compared_with, study.result, study.limits]
    for statement in evidence.statements:
        wanted += [statement.title, statement.text, statement.line, *(f"“{one}”" for one in statement.quotes)]
    for section in (*evidence.urgent, *evidence.sections):
        wanted += [section.title, section.text]
        for point in section.points:
            wanted += [point.text, *(f"“{one}”" for one in point.quotes)]
    wanted.append("The questions you are asked")
    assert len(guidance.scales) == 7
    for scale in guidance.scales:
        wanted += [scale.question, f"From “{scale.low}” to “{scale.high}”.", scale.validated]
    for source in evidence.sources:
        wanted += [source.title, source.url]
    assert [text for text in wanted if text not in out] == []


def test_what_may_be_urgent_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Stop signs, then the signs that need help, then cautions, then what studies say."""
    out = told(capsys)
    order = [
        "Get off the mat if you notice",
        "Back pain that needs medical help",
        "A calf that may have a clot",
        "Ask a doctor first with",
        "Do not use the mat with, or on",
        "What studies say",
        "Full references",
    ]
    places = [out.index(f"\n{heading}\n") for heading in order]
    assert places == sorted(places)


def test_numbers_lead_to_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in brackets is the number of the source in the list."""
    lines = [line.strip() for line in told(capsys).splitlines()]
    [number] = [
        line.partition(" ")[0]
        for line in lines
        if line.endswith("Kisker and Schoene 2023, acupressure mats and stress")
    ]
    after = lines[lines.index("2023  Mat or lying down without one, students") :]
    assert f"[{number.rstrip('.')}]" in after[2]


def test_each_question_has_its_references_and_its_mark(capsys: pytest.CaptureFixture[str]) -> None:
    """As a point of any section has."""
    evidence, _ = known()
    out = " ".join(told(capsys).split())
    order = [source.id for source in evidence.sources]
    number = order.index("snyder2018") + 1
    assert (
        f"The scale itself asks about the past seven days. [{number}] "
        "The last sentence is general knowledge; no source given here."
    ) in out
    assert "Plain 0-10 rating, not a validated instrument." in out


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    """But addresses, which are never broken, and never longer than is easy to read."""
    prose = Prose(width)
    tell_evidence(*known(), prose)
    long = [line for line in prose.text().splitlines() if len(line) > min(width, 88)]
    assert [line for line in long if "http" not in line] == []


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Statements with nature and quotations, studies in their parts, sources by id."""
    assert cli.run(["evidence", "--json"]) == 0
    values: dict[str, Any] = json.loads(capsys.readouterr().out)
    ten = next(each for each in values["statements"] if each["id"] == "ten_minutes")
    assert (ten["about"], ten["nature"]) == ("mats", "vendor_claim")
    assert ten["quotes"] == ["Spending just 10 minutes a day laying on this mat reduces back pain."]
    ids = {each["id"] for each in values["sources"]}
    sleep = next(each for each in values["questions"] if each["id"] == "sleep_sqs")
    assert (sleep["when"], sleep["better"], sleep["sources"]) == ("next_morning", "higher", ["snyder2018"])
    named = {
        source
        for group in ("studies", "statements", "cautions", "questions")
        for each in values[group]
        for source in each["sources"]
    }
    assert named <= ids
    assert len(values["stop_signs"]) == 5


def test_a_damaged_installation_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence, and no traceback."""
    monkeypatch.setattr("matsession.desktop.paths.resources_folder", lambda: tmp_path)
    assert cli.run(["evidence"]) == 1
    out, errors = capsys.readouterr()
    assert out == ""
    assert "evidence.toml is missing." in errors
    assert "Install MatSession again." in errors
