"""mats.toml, and the catalogue: a slip of a person's hand is told, and loses nothing."""

import random
import string
import tomllib
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.mat import Mat
from matsession.storage.guidance_file import GuidanceFileError
from matsession.storage.mat_catalogue import read_catalogue
from matsession.storage.own_mats import OwnMatsFile

CATALOGUE: Final = Path(__file__).parents[2] / "resources" / "mats.toml"

GREEN: Final = Mat(
    id="green",
    name='Grün, "fest"',
    maker="Himalaya",
    length_mm=762,
    width_mm=431.8,
    points=8820,
    rigid=False,
    pillow=True,
    photo="green-1.jpg",
)
PLATE: Final = Mat(id="plate", name="Plate", rigid=True)

texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)
mats = st.builds(
    Mat,
    id=st.text(string.ascii_lowercase + "_0123456789", min_size=1, max_size=20).filter(
        lambda found: found[0] != "_"
    ),
    name=texts.filter(str.strip),
    maker=texts,
    length_mm=st.none() | st.floats(10, 3000),
    width_mm=st.none() | st.floats(10, 3000),
    points=st.none() | st.integers(1, 100_000),
    rigid=st.none() | st.booleans(),
    pillow=st.none() | st.booleans(),
)


@given(found=st.lists(mats, unique_by=lambda mat: mat.id, max_size=4), data=st.data())
def test_what_was_saved_is_read(
    found: list[Mat], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """All of it, with the one in use; what is not known stays so."""
    file = OwnMatsFile(tmp_path_factory.mktemp("mats") / "mats.toml")
    in_use = data.draw(st.sampled_from(["", *(mat.id for mat in found)]))
    file.save(found, in_use)
    read = file.read()
    assert (read.mats, read.in_use, read.problems) == (tuple(found), in_use, ())


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    """And none is made by looking."""
    read = OwnMatsFile(tmp_path / "mats.toml").read()
    assert (read.mats, read.mat_in_use, read.rigid, read.problems) == ((), None, False, ())
    assert not (tmp_path / "mats.toml").exists()


def test_the_only_mat_is_in_use(tmp_path: Path) -> None:
    """With a second one that has to be told."""
    file = OwnMatsFile(tmp_path / "mats.toml")
    file.save([PLATE], "")
    assert file.read().mat_in_use == PLATE
    assert file.read().rigid
    file.save([PLATE, GREEN], "")
    assert file.read().mat_in_use is None
    assert not file.read().rigid


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[mat]]\nmaker = "X"', "mat 1, name: is missing"),
        ('[[mat]]\nname = "A"\npoints = 1.5', "mat 1, points: must be a whole number"),
        ('[[mat]]\nname = "A"\npoints = true', "mat 1, points: must be a whole number"),
        ('[[mat]]\nname = "A"\nrigid = "yes"', "mat 1, rigid: must be true or false"),
        ('[[mat]]\nname = "A"\nwidth_mm = 0', "mat 1, width_mm: 0.0 is not from 10 to 3000"),
        ('[[mat]]\nname = "A"\nlength_mm = nan', "mat 1, length_mm: nan is not from 10 to 3000"),
        ('[[mat]]\nname = "A"\nlength_mm = ' + "9" * 400, "mat 1, length_mm"),
        ('[[mat]]\nname = "A"\nphoto = "../x.jpg"', "mat 1, photo: is the name of a file"),
        ('[[mat]]\nname = "A"\ncolour = "red"', "'colour' is not known"),
        ('[[mat]]\nid = "a"\nname = "A"\n[[mat]]\nid = "a"\nname = "B"', "mat 2, id: 'a' is the id of"),
        ('in_use = "gone"\n[[mat]]\nname = "A"', "in_use: there is no mat 'gone'"),
    ],
)
def test_a_mat_with_a_mistake_is_told_and_the_others_count(tmp_path: Path, text: str, told: str) -> None:
    """By file, number and field; saving keeps what was written under another name."""
    path = tmp_path / "mats.toml"
    path.write_text(f'{text}\n[[mat]]\nid = "good"\nname = "Good"\n', "utf-8")
    file = OwnMatsFile(path)
    read = file.read()
    assert [mat.name for mat in read.mats][-1] == "Good"
    assert read.problems[0].startswith("mats.toml: ")
    assert told in read.problems[0]
    file.save(read.mats, "")
    assert text in (tmp_path / "mats.toml.broken-1").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    ["[[mat", "format = 2", "mat = 3", "mat = [1]", "in_use = 3\nmat = []", "other = 1", "\x00"],
)
def test_a_file_that_is_none_is_told_and_kept(tmp_path: Path, text: str) -> None:
    """Untouched by reading; kept aside by saving."""
    path = tmp_path / "mats.toml"
    path.write_text(text, "utf-8")
    file = OwnMatsFile(path)
    read = file.read()
    assert read.unreadable
    assert read.mats == ()
    assert len(read.problems) == 1
    assert path.read_text("utf-8") == text
    file.save([GREEN], "green")
    assert (tmp_path / "mats.toml.broken-1").read_text("utf-8") == text
    assert OwnMatsFile(path).read().mats == (GREEN,)


def test_a_thousand_slips_of_the_hand(tmp_path: Path) -> None:
    """Whatever became of the file: sentences or mats, never a traceback."""
    path = tmp_path / "mats.toml"
    file = OwnMatsFile(path)
    file.save([GREEN, PLATE], "green")
    whole = path.read_bytes()
    chance = random.Random(4)
    told = 0
    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randint(1, 20)]
                case 2:
                    content[at:at] = bytes(chance.choice(b'"[]=\n\\#\x00') for _ in range(3))
                case _:
                    content[at:at] = content[chance.randrange(len(content)) :][:30]
        path.write_bytes(bytes(content))
        read = file.read()
        told += bool(read.problems)
        assert all(problem.startswith("mats.toml") for problem in read.problems)
        assert not (read.unreadable and read.mats)
    assert told > 500


# -- the catalogue -----------------------------------------------------------------------------------


def test_the_catalogue_holds_what_sources_tell() -> None:
    """Twelve mats; of those of the source text only one has a size, and what is not known is not there."""
    found = {mat.id: mat for mat in read_catalogue(CATALOGUE)}
    assert len(found) == 12
    source_text = [mat for mat in found.values() if mat.origin == "source_text"]
    assert [mat.id for mat in source_text] == ["himalaya", "zensufu", "spoonk", "cotton_pagoda"]
    himalaya = found["himalaya"]
    assert (himalaya.length_mm, himalaya.width_mm, himalaya.height_mm) == (762, 431.8, 25.4)
    assert himalaya.points == 8820
    assert [mat.id for mat in source_text if mat.points is not None or mat.length_mm is not None] == [
        "himalaya"
    ]
    assert found["swedish_spike"].rigid is True
    assert found["prosourcefit"].pillow is True
    assert 0 not in [mat.points for mat in found.values()]


def test_a_damaged_catalogue_is_a_damaged_installation(tmp_path: Path) -> None:
    """It is told by file and field."""
    path = tmp_path / "mats.toml"
    with pytest.raises(GuidanceFileError, match="missing"):
        read_catalogue(path)
    path.write_text("format = 1\n[[mat]]\nid = 3\n", "utf-8")
    with pytest.raises(GuidanceFileError, match="mat 1, id"):
        read_catalogue(path)


def test_every_entry_fits_the_form() -> None:
    """Whatever is chosen can be saved as it is."""
    for sold in read_catalogue(CATALOGUE):
        Mat(
            id="a",
            name=sold.name,
            length_mm=sold.length_mm,
            width_mm=sold.width_mm,
            points=sold.points,
            rigid=sold.rigid,
            pillow=sold.pillow,
        )
    assert tomllib.loads(CATALOGUE.read_text("utf-8"))["format"] == 1
