"""What is known of mats and needles, from its file."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matsession.domain.evidence import About, Nature
from matsession.storage.evidence_file import EvidenceFileError, read_evidence

FILE: Final = Path(__file__).parents[2] / "resources" / "evidence.toml"


def test_the_file_that_comes_with_the_program() -> None:
    """Twelve statements, seven studies, two groups of urgent signs; each statement with its line."""
    evidence = read_evidence(FILE)
    assert [len(each) for each in (evidence.statements, evidence.studies, evidence.urgent)] == [12, 7, 2]
    assert len(evidence.sources) >= 63
    assert [each.id for each in evidence.statements if not each.line] == []
    assert [each.id for each in evidence.statements if not (each.text or each.quotes)] == []
    assert {each.nature for each in evidence.statements} == set(Nature)
    assert {each.about for each in evidence.statements} == set(About)
    needles = [each for each in evidence.statements if each.about is About.NEEDLES]
    assert [each.id for each in needles if "not about mats" not in each.line] == ["ap_mechanism"]


def test_sources_are_found_by_id() -> None:
    """In the order they are asked for; one that is not there is left out."""
    evidence = read_evidence(FILE)
    found = evidence.sources_of(["kisker2023", "nowhere", "olsson2011"])
    assert [each.id for each in found] == ["kisker2023", "olsson2011"]


def test_every_source_has_an_address() -> None:
    """But the text that the project began with."""
    sources = read_evidence(FILE).sources
    assert [each.id for each in sources if not each.url] == ["source_text"]
    assert [
        each.id for each in sources if each.url and not each.url.startswith(("https://", "http://"))
    ] == []
    assert [each.id for each in sources if any(letter.isspace() for letter in each.url)] == []


def test_every_study_is_told_in_full() -> None:
    """Who, how long, compared with what, result, limits, and where that was read."""
    for study in read_evidence(FILE).studies:
        told = (study.who, study.how_long, study.compared_with, study.result, study.limits, study.sources)
        assert all(told), study.id


def test_every_stop_sign_has_its_source_or_its_mark() -> None:
    """A sign to stop is either one that sources tell, or marked as general knowledge."""
    points = read_evidence(FILE).section("stop_sources").points
    sourced, unsourced = (next(each for each in points if bool(each.sources) is has) for has in (True, False))
    assert unsourced.unsourced == unsourced.text
    told = f"{sourced.text} {unsourced.text}".lower()
    wanted = ["sharp pain", "numbness", "pins and needles", "limb that falls asleep", "dizziness", "sickness"]
    wanted += ["cold sweat", "racing heart", "bleeding", "skin that looks pierced"]
    wanted += ["chest pain", "trouble breathing"]
    assert [each for each in wanted if each not in told] == []


def test_nobody_reads_that_a_mat_is_allowed_early_in_pregnancy() -> None:
    """The fourth month is until when one maker advises against it."""
    [pregnancy] = [
        point for point in read_evidence(FILE).section("disagreements").points if point.title == "Pregnancy"
    ]
    assert pregnancy.text.startswith("One maker advises against a mat until the fourth month, ")


def test_ways_of_using_it_without_a_source_are_marked() -> None:
    """Each of them, all of it."""
    placements = read_evidence(FILE).section("placements").points
    assert {point.title for point in placements} == {
        "Lower back",
        "Thighs and calves",
        "Belly",
        "Hands",
        "Getting up",
    }
    assert [point.title for point in placements if point.unsourced != point.text or point.sources] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'nature = "vendor_claim"',
            'nature = "vendor_clam"',
            "statement 1, nature: 'vendor_clam' is not known; the nearest is 'vendor_claim'",
        ),
        ('about = "mats"', 'about = "mat"', "statement 1, about: 'mat' is not known"),
        (
            'sources = ["kjellgren2011", "kisker2023"]',
            'sources = ["kjelgren2011", "kisker2023"]',
            "section 2, point 2, sources: 'kjelgren2011' is not a known source; the nearest is 'kjellgren",
        ),
        (
            'id = "saha2016"\nyear',
            'id = "olsson2011"\nyear',
            "study 4, id: 'olsson2011' is used by an earlier",
        ),
        ("year = 2016", 'year = "2016"', "study 4, year: must be a whole number, and is a text in quotes"),
        ('limits = "Small;', 'limit = "Small;', "study 5"),
        (
            'unsourced = "Roll to the side first."',
            'unsourced = "Roll first."',
            "section 12, point 4, unsourced: must be the end of the text",
        ),
        ('id = "shown"', 'id = "what_is_shown"', "section: has no 'shown'"),
        ("format = 1", "format = 2", "format: is 2; this MatSession reads format 1"),
        ("format = 1", "format = ", "is not valid TOML"),
    ],
)
def test_a_damaged_file_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    """The sentence names file and field, says what is allowed, and to install again."""
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "evidence.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(EvidenceFileError) as caught:
        read_evidence(path)
    assert told in caught.value.title
    assert "evidence.toml" in caught.value.title
    assert caught.value.advice == "Install MatSession again."


TEXT: Final = FILE.read_text("utf-8")


@given(
    at=st.integers(0, len(TEXT)),
    length=st.integers(0, 200),
    put=st.text(alphabet=st.characters(codec="utf-8"), max_size=20)
    | st.sampled_from(
        ['"', "[[source]]", "sources = 3", "quotes = [1]", "\n", "unsourced = 'x'\n", "id = ''\n"]
    ),
)
@settings(max_examples=150, deadline=None)
def test_a_mutated_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, length: int, put: str
) -> None:
    """Whatever was done to it: a sentence with the file's name, and nothing else is raised."""
    path = tmp_path_factory.mktemp("mutated") / "evidence.toml"
    path.write_bytes((TEXT[:at] + put + TEXT[at + length :]).encode("utf-8", "surrogatepass"))
    told = "evidence.toml"
    try:
        read_evidence(path)
    except EvidenceFileError as error:
        told = error.title
    assert "evidence.toml" in told


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A program without its resources says so."""
    with pytest.raises(EvidenceFileError, match="is missing"):
        read_evidence(tmp_path / "evidence.toml")
