"""What all sessions share, from its file."""

from pathlib import Path
from typing import Final

import pytest

from matsession.domain.guidance import CautionLevel
from matsession.storage.guidance_file import GuidanceFileError, read_guidance

FILE: Final = Path(__file__).parents[2] / "resources" / "guidance.toml"


def test_the_file_that_comes_with_the_program() -> None:
    """Nine patterns, 22 cautions, seven scales, six check-in lines, five stop signs and the end."""
    guidance = read_guidance(FILE)
    counts = [
        len(group)
        for group in (
            guidance.breathing,
            guidance.cautions,
            guidance.scales,
            guidance.check_in_lines,
            guidance.stop_signs,
        )
    ]
    assert counts == [9, 22, 7, 6, 5]
    assert guidance.end_show
    assert guidance.end_say
    assert (guidance.breath("out_6").inhale_s, guidance.breath("out_6").exhale_s) == (4, 6)
    assert guidance.breath("four_seven_eight").max_cycles == 4
    assert not guidance.breath("natural").paced


def test_a_group_names_its_members() -> None:
    """The group of all that speaks against any session stands for those that its text names."""
    groups = [caution for caution in read_guidance(FILE).cautions if caution.level is CautionLevel.GROUP]
    assert [group.members for group in groups] == [("pregnancy", "bleeding", "skin", "fever", "children")]


def test_what_is_without_a_source_is_marked() -> None:
    """Five cautions are general knowledge, one of them in its last sentence; no text says so itself."""
    cautions = read_guidance(FILE).cautions
    assert [each.id for each in cautions if each.unsourced] == [
        "clot_vein",
        "neck_injury",
        "abdomen",
        "hip_surgery",
        "balance",
    ]
    assert [each.id for each in cautions if each.unsourced not in ("", each.text)] == ["clot_vein"]
    assert not [each.id for each in cautions if "unsourced" in each.text or "general knowledge" in each.text]
    without = [each.id for each in cautions if not each.sources and each.level is not CautionLevel.GROUP]
    assert [each.id for each in cautions if each.unsourced == each.text] == without


def test_what_is_without_a_source_of_a_question_is_marked() -> None:
    """That the question on sleep asks about a week where it comes from."""
    marked = [scale for scale in read_guidance(FILE).scales if scale.unsourced]
    assert [each.id for each in marked] == ["sleep_sqs"]
    assert marked[0].unsourced == "The scale itself asks about the past seven days."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'unsourced = "The scale itself asks about the past seven days."',
            'unsourced = "The scale asks."',
            "scale 6, unsourced: must be the end of validated",
        ),
        (
            'level = "urgent"',
            'level = "urgnt"',
            "caution 21, level: 'urgnt' is not known; the nearest is 'urgent'",
        ),
        ('"fever", ', '"fevr", ', "caution 22, members: 'fevr' is not a known caution"),
        (
            'unsourced = "Not over',
            'unsourced = "Nor over',
            "caution 5, unsourced: must be the end of the text",
        ),
        ('id = "even_5"', 'id = "out_6"', "breathing 3, id: 'out_6' is used by an earlier one"),
        ('id = "natural"', 'id = "naturally"', "breathing: has no 'natural'"),
        ("format = 1", "format = 2", "format: is 2; this MatSession reads format 1"),
        ("format = 1", "format = ", "is not valid TOML"),
    ],
)
def test_a_damaged_file_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    """The sentence tells what is wrong, and to install again."""
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "guidance.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(GuidanceFileError) as caught:
        read_guidance(path)
    assert told in caught.value.title
    assert caught.value.advice == "Install MatSession again."


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A program without its resources says so."""
    with pytest.raises(GuidanceFileError, match="is missing"):
        read_guidance(tmp_path / "guidance.toml")
