"""The shelf of mats: which is in use, changes from elsewhere, what was deleted by mistake."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from matsession.app.mat_shelf import MatShelf
from matsession.desktop.pictures import PHOTO_PX, keep_picture
from matsession.domain.errors import MatSessionError
from matsession.domain.mat import Mat
from matsession.storage.own_mats import OwnMatsFile

pytestmark = pytest.mark.usefixtures("qapp")

GREEN = Mat(id="green", name="Green")
PLATE = Mat(id="plate", name="Plate", rigid=True)


def make_shelf(folder: Path) -> MatShelf:
    """A shelf in this folder."""
    return MatShelf(OwnMatsFile(folder / "mats.toml"), folder / "photos", tuple, keep_picture)


@pytest.fixture
def shelf(tmp_path: Path) -> MatShelf:
    """An empty one."""
    return make_shelf(tmp_path)


def test_the_first_mat_is_in_use_and_stays_so(shelf: MatShelf, tmp_path: Path) -> None:
    """Until another one is chosen; all of it outlives the program."""
    assert (shelf.in_use, shelf.name_in_use(), shelf.rigid) == (None, "", False)
    shelf.put(GREEN)
    assert shelf.in_use == GREEN
    shelf.put(PLATE)
    assert shelf.in_use == GREEN
    shelf.use("plate")
    assert shelf.rigid
    again = make_shelf(tmp_path)
    assert (again.mats, again.in_use, again.name_in_use()) == ((GREEN, PLATE), PLATE, "Plate")
    again.use("")
    assert again.in_use is None


def test_a_deleted_mat_comes_back_where_it_was(shelf: MatShelf) -> None:
    """In its place, and in use if it was."""
    for mat in (GREEN, PLATE, Mat(id="third", name="Third")):
        shelf.put(mat)
    shelf.use("plate")
    gone = shelf.remove("plate")
    assert gone is not None
    assert ([mat.id for mat in shelf.mats], shelf.name_in_use()) == (["green", "third"], "")
    shelf.restore(gone)
    shelf.restore(gone)
    assert [mat.id for mat in shelf.mats] == ["green", "plate", "third"]
    assert shelf.in_use == PLATE
    assert shelf.remove("nothing") is None


def test_what_another_program_wrote_is_taken_over_first(shelf: MatShelf, tmp_path: Path) -> None:
    """A change of ours loses none of theirs; a slip in an editor loses nothing either."""
    heard: list[int] = []
    shelf.changed.connect(lambda: heard.append(1))
    other = OwnMatsFile(tmp_path / "mats.toml")
    other.save([GREEN], "green")
    shelf.put(PLATE)
    assert shelf.mats == (GREEN, PLATE)
    other.save([replace(GREEN, name="Greener"), PLATE], "plate")
    shelf.reload()
    assert shelf.name_in_use() == "Plate"
    count = len(heard)
    shelf.reload()
    assert len(heard) == count
    (tmp_path / "mats.toml").write_text("[[mat", "utf-8")
    shelf.reload()
    assert shelf.mats == (replace(GREEN, name="Greener"), PLATE)
    assert len(shelf.problems) == 1
    shelf.use("green")
    assert (tmp_path / "mats.toml.broken-1").read_text("utf-8") == "[[mat"
    assert OwnMatsFile(tmp_path / "mats.toml").read().in_use == "green"


@pytest.mark.expects_log("mats not saved")
@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder in the way is another error")
def test_what_cannot_be_saved_is_told_and_holds(tmp_path: Path) -> None:
    """Until the program ends."""
    (tmp_path / "mats.toml").mkdir()
    shelf = make_shelf(tmp_path)
    shelf.put(GREEN)
    assert shelf.trouble is not None
    assert shelf.in_use == GREEN
    shelf.reload()
    assert shelf.mats == (GREEN,)


def test_a_photo_is_copied_and_made_smaller(shelf: MatShelf, tmp_path: Path) -> None:
    """The file of the person is left alone; what is kept is a small JPEG in the folder of mats."""
    source = tmp_path / "big.png"
    picture = QImage(2000, 1000, QImage.Format.Format_ARGB32)
    picture.fill(QColor(0, 0, 0, 0))
    assert picture.save(str(source))
    before = source.read_bytes()
    mat = shelf.with_photo(GREEN, source)
    shelf.put(mat)
    kept = shelf.photo_of(mat)
    assert kept is not None
    assert kept.parent == tmp_path / "photos"
    small = QImage(str(kept))
    assert (small.width(), small.height()) == (PHOTO_PX, PHOTO_PX // 2)
    assert small.pixelColor(3, 3) == QColor("white")
    assert source.read_bytes() == before
    assert shelf.with_photo(mat, source).photo != mat.photo
    kept.unlink()
    assert shelf.photo_of(mat) is None


def test_what_is_no_picture_is_refused(shelf: MatShelf, tmp_path: Path) -> None:
    """With its name, and nothing is kept."""
    source = tmp_path / "note.jpg"
    source.write_text("no picture")
    with pytest.raises(MatSessionError, match=r"note\.jpg is no picture that can be read"):
        shelf.with_photo(GREEN, source)
    with pytest.raises(MatSessionError, match="gone"):
        shelf.with_photo(GREEN, tmp_path / "gone.png")
    assert not (tmp_path / "photos").exists()


def test_there_are_not_too_many(shelf: MatShelf) -> None:
    """A file with a hundred is full."""
    for number in range(100):
        shelf.put(Mat(id=f"mat{number}", name=str(number)))
    with pytest.raises(MatSessionError, match="100 mats already"):
        shelf.put(Mat(id="more", name="More"))
    shelf.put(Mat(id="mat3", name="Three"))
    found = shelf.find_named("three")
    assert found is not None
    assert found.id == "mat3"
