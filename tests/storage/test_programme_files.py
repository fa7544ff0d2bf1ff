"""The programme that comes with the program, and the small file with how somebody goes through it."""

import random
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matsession.app import preset_words
from matsession.domain.body import Layer, Surface
from matsession.domain.preset import Preset
from matsession.domain.programme import Moved, Trouble
from matsession.domain.programme_course import Answer, Begun, Course, Status
from matsession.storage.errors import StorageError
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import read_preset
from matsession.storage.programme_course import CourseFile
from matsession.storage.programme_file import ProgrammeFileError, read_programme

RESOURCES: Final = Path(__file__).parents[2] / "resources"
FILE: Final = RESOURCES / "programme.toml"

DAYS: Final = """\
1 3 first_session towel soft
2 4 first_session tshirt soft
3 5 first_session tshirt soft
4 5 feet_seated socks firm
5 5 full_back tshirt soft
6 6 full_back tshirt soft
7 off
8 7 full_back tshirt medium
9 8 upper_back_shoulders tshirt medium
10 8 lower_back tshirt medium
11 9 full_back thin medium
12 10 full_back thin medium
13 10 goal_muscle_tension thin medium
14 10 goal_daily_ten bare_optional medium
"""


def test_the_programme_that_comes_with_the_program() -> None:
    """Fourteen days as they were planned, each with a note; four rules."""
    programme = read_programme(FILE)
    lines = [
        f"{day.day} off" if day.rest else f"{day.day} {day.minutes} {day.preset_id} {day.layer} {day.surface}"
        for day in programme.days
    ]
    assert lines == DAYS.splitlines()
    assert (programme.id, programme.name, len(programme.rules)) == ("ramp_14", "Two gentle weeks", 4)
    assert all(day.note for day in programme.days)


def test_each_day_can_be_run() -> None:
    """There is its preset, and it allows the length."""
    guidance = read_guidance(RESOURCES / "guidance.toml")
    for day in read_programme(FILE).days:
        if day.rest:
            continue
        preset = read_preset(RESOURCES / "presets" / f"{day.preset_id}.toml", guidance, built_in=True)
        assert isinstance(preset, Preset)
        assert preset.allows(day.length_s)


def test_layers_and_surfaces_have_names_and_strengths() -> None:
    """Ten layers and three surfaces, as strong as the program reckons with."""
    guidance = read_guidance(RESOURCES / "guidance.toml")
    assert {each.id: each.strength for each in guidance.layers} == {
        str(each): each.strength for each in Layer
    }
    assert {each.id: each.strength for each in guidance.surfaces} == {
        str(each): each.strength for each in Surface
    }
    # The program tells them in its own words, which can be translated.
    assert {each.id: each.name for each in guidance.layers} == {
        str(each): preset_words.layer(each) for each in Layer
    }
    assert {each.id: each.name for each in guidance.surfaces} == {
        str(each): preset_words.surface(each) for each in Surface
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "format: is 2; this MatSession reads format 1"),
        ("minutes = 3\n", "minutes = 0\n", "day 1: needs a preset and at least 1 minute"),
        ("day = 2\n", "day = 3\n", "day 2, day: is 3; days are numbered from 1 on"),
        ('layer = "towel"', 'layer = "towl"', "day 1, layer: 'towl' is not known; the nearest is 'towel'"),
        ("rest = true\n", "rest = true\nminutes = 3\n", "day 7: a day off has no preset and no minutes"),
        ("format = 1", "format = ", "is not valid TOML"),
    ],
)
def test_a_damaged_programme_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    """The sentence tells what is wrong, and to install again."""
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "programme.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProgrammeFileError) as caught:
        read_programme(path)
    assert told in caught.value.title
    assert caught.value.advice == "Install MatSession again."
    with pytest.raises(ProgrammeFileError, match="is missing"):
        read_programme(tmp_path / "none.toml")


# -- the course --------------------------------------------------------------------------------------------

FULL: Final = Course(
    status=Status.PAUSED,
    started_on=date(2026, 11, 2),
    entries=(
        Begun(session_id="a", day=1, layer=Layer.TOWEL, surface=Surface.SOFT, marks=Answer.LATER),
        Moved(day=4, on=date(2026, 11, 4)),
        Begun(
            session_id="b",
            day=4,
            layer=Layer.SOCKS,
            surface=Surface.FIRM,
            trouble=Trouble.BROKEN_SKIN,
            healed_on=date(2026, 11, 20),
        ),
    ),
)

dates = st.dates()
entries = st.one_of(
    st.builds(Moved, day=st.integers(1, 14), on=dates),
    st.builds(
        Begun,
        session_id=st.text(max_size=40),
        day=st.integers(1, 14),
        layer=st.sampled_from(Layer),
        surface=st.sampled_from(Surface),
        marks=st.sampled_from(Answer),
        trouble=st.none() | st.sampled_from(Trouble),
        healed_on=st.none() | dates,
    ),
)
courses = st.builds(
    Course, status=st.sampled_from(Status), started_on=dates, entries=st.lists(entries).map(tuple)
)


@given(courses)
@settings(max_examples=200)
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, course: Course) -> None:
    """Whatever it is."""
    file = CourseFile(tmp_path_factory.mktemp("course") / "programme.toml")
    file.save(course)
    assert file.read() == (course, "")


def test_without_a_file_it_has_not_begun(tmp_path: Path) -> None:
    """And nothing is written by reading."""
    file = CourseFile(tmp_path / "programme.toml")
    assert file.read() == (Course(), "")
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("status = ", "programme.toml is not valid TOML"),
        ('status = "activ"', "programme.toml: status: 'activ' is not known; the nearest is 'active'"),
        ('status = "active"', "programme.toml: started_on: is missing, and the programme is active."),
        ('format = 2\nstatus = "new"', "programme.toml: format: '2' is not 1"),
        (
            'status = "new"\n[[entry]]\nday = 1',
            "entry 1: needs a session, or moved_to and on.",
        ),
        ('status = "new"\n[[entry]]\nsession = "a"', "entry 1: a session needs day, layer and surface."),
        ('status = "new"\n[[entry]]\nmoved_to = 0\non = 2026-11-02', "entry 1, moved_to: is 0"),
        ('status = "new"\nentry = 3', "programme.toml: entry: must be a list in square brackets"),
    ],
)
def test_a_file_that_is_not_understood_is_told_and_kept(text: str, told: str, tmp_path: Path) -> None:
    """It names file and field; the next change puts it aside and does not lose it."""
    file = CourseFile(tmp_path / "programme.toml")
    file.path.write_text(text, "utf-8")
    found = file.read()
    assert found.course == Course()
    assert told in found.problem
    file.save(FULL)
    assert file.read() == (FULL, "")
    assert (tmp_path / "programme.toml.broken-1").read_text("utf-8") == text
    file.path.write_text(f"{text}\n# once more", "utf-8")
    assert told in file.read().problem
    file.save(FULL)
    assert (tmp_path / "programme.toml.broken-1").read_text("utf-8") == text
    assert (tmp_path / "programme.toml.broken-2").read_text("utf-8") == f"{text}\n# once more"


def test_a_broken_file_never_raises(tmp_path: Path) -> None:
    """A thousand files with letters changed, cut off or doubled."""
    file = CourseFile(tmp_path / "programme.toml")
    file.save(FULL)
    whole = file.path.read_bytes()
    chance = random.Random(7)
    for _ in range(1000):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    del changed[place : place + chance.randrange(9)]
                case _:
                    changed[place:place] = changed[place : place + chance.randrange(20)]
            changed = changed or bytearray(b"x")
        file.path.write_bytes(bytes(changed))
        found = file.read()
        assert isinstance(found.course, Course)
        assert not found.problem or found.problem.startswith("programme.toml")


def test_a_folder_in_the_way_is_an_error_that_is_told(tmp_path: Path) -> None:
    """Nothing is pretended to be kept."""
    (tmp_path / "programme.toml").mkdir()
    with pytest.raises(StorageError):
        CourseFile(tmp_path / "programme.toml").save(FULL)
