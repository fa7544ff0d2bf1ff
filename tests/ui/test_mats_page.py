"""The page of mats, used as a person uses it: what is empty is not known, what is deleted comes back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from matsession.domain.mat import Mat
from matsession.domain.settings import Settings
from matsession.storage.own_mats import OwnMatsFile
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.mat_editor import MatEditor
from matsession.ui.pages.mats_page import MatsPage
from matsession.ui.widgets.field import TextField
from matsession.ui.widgets.mat_card import MatCard
from matsession.ui.widgets.segment import Segment
from tests.ui.conftest import World
from tests.ui.finding import button, click, named, press, settle, shown
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
GREEN = Mat(id="green", name="Green", length_mm=762, width_mm=431.8, points=8820, rigid=False, pillow=True)
PLATE = Mat(id="plate", name="Plate", rigid=True)


@pytest.fixture
def inches() -> World:
    """Somebody who measures in inches."""
    return World(settings=Settings(last_preset="lower_back", length_unit="in"))


def open_page(world: World, open_window: Open, *mats: Mat, width: int = 1100) -> MainWindow:
    """The window with the page in front, by way of the settings."""
    for mat in mats:
        world.mats.put(mat)
    window = open_window(world, width)
    press(window, Qt.Key(Qt.Key.Key_1.value + Page.SETTINGS), CTRL)
    click(button(window, "Edit mats" if mats else "Add a mat"))
    settle()
    return window


def field(window: QWidget, name: str) -> TextField:
    """The field of the form that is called this."""
    return named(window, TextField, name)


def words(window: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in shown(window, QLabel))


def fill_in(window: QWidget, number: int) -> None:
    """Choose a line of the catalogue."""
    choice = named(window, QComboBox, "Fill in from a mat that is sold")
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
    settle()


def kept(world: World) -> tuple[Mat, ...]:
    """What is in the file."""
    return OwnMatsFile(Path.home() / "mats.toml").read().mats


def test_the_catalogue_only_fills_the_form_in(inches: World, open_window: Open) -> None:
    """Size and points, in inches; what it does not know stays empty, and nothing is kept before Save."""
    window = open_page(inches, open_window)
    click(button(window, "Add a mat"))
    fill_in(window, 1)
    assert field(window, "Name").text() == "Thirty by seventeen"
    assert [field(window, each).text() for each in ("Length", "Width", "Number of points")] == [
        "30",
        "17",
        "8820",
    ]
    assert "About 17 points per square inch if they cover the top." in words(window)
    assert "Vendors say that fewer points feel stronger." in words(window)
    assert "Your mat's leaflet comes first." in words(window)
    assert kept(inches) == ()
    fill_in(window, 2)
    assert field(window, "Name").text() == "Hard plate"
    assert field(window, "Length").text() == field(window, "Number of points").text() == ""
    assert "With size and number of points you see here" in words(window)
    field(window, "Name").setText("Mine")
    fill_in(window, 3)
    assert field(window, "Name").text() == "Mine"
    click(button(window, "Save"))
    [mat] = kept(inches)
    assert (mat.name, mat.length_mm, mat.points, mat.rigid, mat.pillow) == ("Mine", None, None, None, True)
    assert inches.mats.in_use == mat


def test_the_catalogue_takes_away_nothing_that_was_typed(inches: World, open_window: Open) -> None:
    """What it does not know stays as it is; what it wrote itself gives way to what was there before."""
    window = open_page(inches, open_window, replace(GREEN, name="Mine", width_mm=431.8, points=6000))
    click(shown(window, MatCard)[0])
    soft, pillow = named(window, Segment, "How hard it is"), named(window, Segment, "Pillow with points")

    def facts() -> list[str | int]:
        """What is on the card."""
        texts = [field(window, each).text() for each in ("Name", "Length", "Width", "Number of points")]
        return [*texts, soft.chosen(), pillow.chosen()]

    fill_in(window, 2)  # a hard plate, of which nothing else is known
    assert facts() == ["Mine", "30", "17", "6000", 2, 2]
    field(window, "Length").setText("31")
    fill_in(window, 1)  # 30 by 17 with 8820 points
    assert facts()[:4] == ["Mine", "30", "17", "8820"]
    fill_in(window, 2)
    assert facts()[:5] == ["Mine", "31", "17", "6000", 2]
    fill_in(window, 1)
    field(window, "Number of points").setText("8000")
    fill_in(window, 2)
    assert facts()[1:4] == ["31", "17", "8000"]
    fill_in(window, 3)  # only the pillow is known of it: how hard it is is what it was
    assert facts()[1:] == ["31", "17", "8000", 1, 2]
    click(button(window, "Save"))
    [mat] = kept(inches)
    assert (mat.length_mm, mat.points, mat.rigid, mat.pillow) == (787.4, 8000, False, True)


@pytest.fixture(params=["ar_EG", "fa_IR", "mr_IN", "de_CH"])
def other_digits(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    """A language with digits or signs of its own."""
    before, other = QLocale(), QLocale(request.param)
    QLocale.setDefault(other)
    yield other
    QLocale.setDefault(before)


def test_a_mat_in_the_digits_of_the_language(inches: World, other_digits: QLocale, open_window: Open) -> None:
    """What the card itself shows can be saved, and what is typed like it is understood; ours are too."""
    window = open_page(inches, open_window, GREEN)
    inches.preferences.change(length_unit="cm")
    settle()
    click(shown(window, MatCard)[0])
    assert field(window, "Width").text() == other_digits.toString(43.2, "f", 1)
    field(window, "Maker").setText("Somebody")
    click(button(window, "Save"))
    assert (kept(inches)[0].maker, kept(inches)[0].width_mm) == ("Somebody", 431.8)
    click(shown(window, MatCard)[0])
    field(window, "Length").setText(other_digits.toString(70.5, "f", 1))
    field(window, "Width").setText("40,5")
    field(window, "Number of points").setText(other_digits.toString(6210))
    click(button(window, "Save"))
    mat = kept(inches)[0]
    assert (mat.length_mm, mat.width_mm, mat.points) == (705, 405, 6210)


def test_a_mat_is_described_by_hand(inches: World, open_window: Open) -> None:
    """With a comma or a point; in the other unit it is the same mat, and comes back unharmed."""
    window = open_page(inches, open_window)
    click(button(window, "Add a mat"))
    for name, text in (("Name", "Green"), ("Length", "30"), ("Width", "17,5"), ("Number of points", "8,820")):
        field(window, name).setText(text)
    named(window, Segment, "How hard it is").show_chosen(1)
    click(button(window, "Save"))
    [mat] = kept(inches)
    assert (mat.length_mm, mat.width_mm, mat.points, mat.rigid, mat.pillow) == (762, 444.5, 8820, False, None)
    inches.preferences.change(length_unit="cm")
    settle()
    [card] = shown(window, MatCard)
    assert card.accessibleName() == "Green, 76.2 × 44.5 cm, 8820 points, soft, In use"
    click(card)
    assert (field(window, "Length").text(), field(window, "Width").text()) == ("76.2", "44.5")
    assert not window.findChildren(MatEditor)[0].changed
    field(window, "Maker").setText("Somebody")
    click(button(window, "Save"))
    assert kept(inches)[0].width_mm == 444.5


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Name", " ", "A name has 1 to 60 characters"),
        ("Name", "None", "is not “none”, which stands for no mat."),
        ("Length", "long", "A side is from 1 cm to 3 m long"),
        ("Width", "0", "A side is from 1 cm to 3 m long"),
        ("Width", "4000", "A side is from 1 cm to 3 m long"),
        ("Number of points", "many", "The number of points is from 1 to 100,000"),
        ("Number of points", "0", "The number of points is from 1 to 100,000"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    inches: World, open_window: Open, name: str, text: str, told: str
) -> None:
    """The keys go there, and nothing is kept."""
    window = open_page(inches, open_window, GREEN)
    click(shown(window, MatCard)[0])
    field(window, name).setText(text)
    click(button(window, "Save"))
    assert told in words(window)
    assert window.focusWidget() is field(window, name)
    assert told in field(window, name).accessibleDescription()
    assert kept(inches) == (GREEN,)


def test_delete_and_have_it_back(inches: World, open_window: Open) -> None:
    """By the toast or Ctrl+Z; in its place, and in use if it was."""
    window = open_page(inches, open_window, GREEN, PLATE)
    click(shown(window, MatCard)[0])
    click(button(window, "Delete"))
    settle()
    assert kept(inches) == (PLATE,)
    notice = window.notice()
    assert notice is not None
    assert notice.words == "Deleted: Green. Your sessions keep its name."
    press(window, Qt.Key.Key_Z, CTRL)
    settle()
    assert kept(inches) == (GREEN, PLATE)
    assert inches.mats.in_use == GREEN


def test_which_one_is_in_use(inches: World, open_window: Open) -> None:
    """Chosen above the list, and said on its card; a rigid one says what it hides, and how to see it."""
    window = open_page(inches, open_window, GREEN, PLATE)
    assert "standing is hidden" not in words(window)
    choice = named(window, QComboBox, "Mat in use")
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    settle()
    assert inches.mats.in_use == PLATE
    assert [card.accessibleName().endswith("In use") for card in shown(window, MatCard)] == [False, True]
    assert "standing is hidden" in words(window)
    assert "press Show them anyway" in words(window)


def test_a_photo(inches: World, open_window: Open, tmp_path: Path) -> None:
    """Copied when the mat is saved; taken away again; what is none is told."""
    picture = tmp_path / "mat.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    assert image.save(str(picture))
    window = open_page(inches, open_window, GREEN)
    click(shown(window, MatCard)[0])
    [editor] = shown(window, MatEditor)
    editor.take_picture(str(picture))
    assert kept(inches)[0].photo == ""
    click(button(window, "Save"))
    photo = inches.mats.photo_of(kept(inches)[0])
    assert photo is not None
    assert photo.is_file()
    click(shown(window, MatCard)[0])
    click(button(window, "Remove picture"))
    click(button(window, "Save"))
    assert kept(inches)[0].photo == ""
    (tmp_path / "none.png").write_text("no picture")
    click(shown(window, MatCard)[0])
    editor.take_picture(str(tmp_path / "none.png"))
    click(button(window, "Save"))
    assert "none.png is no picture that can be read." in words(window)
    assert shown(window, MatEditor)


def test_unsaved_changes_are_not_lost_by_a_click(inches: World, open_window: Open) -> None:
    """Another card waits until they are saved or given up."""
    window = open_page(inches, open_window, GREEN, PLATE)
    first, second = shown(window, MatCard)
    click(first)
    field(window, "Maker").setText("Somebody")
    click(second)
    assert field(window, "Name").text() == "Green"
    assert "Save or cancel these changes first." in words(window)
    click(button(window, "Cancel"))
    click(second)
    assert field(window, "Name").text() == "Plate"


def test_the_file_may_change_meanwhile(inches: World, open_window: Open) -> None:
    """By the command line: the list follows, and problems are told."""
    window = open_page(inches, open_window, GREEN)
    OwnMatsFile(Path.home() / "mats.toml").save([GREEN, PLATE], "plate")
    inches.mats.reload()
    settle()
    assert len(shown(window, MatCard)) == 2
    (Path.home() / "mats.toml").write_text("[[mat", "utf-8")
    inches.mats.reload()
    settle()
    assert "Some of your mats could not be read." in words(window) or len(shown(window, MatCard)) == 2


def test_by_keys_alone(inches: World, open_window: Open) -> None:
    """Enter on a card opens it, Enter in a field saves, Escape leads back to where one came from."""
    window = open_page(inches, open_window, GREEN)
    assert isinstance(window.focusWidget(), MatCard)
    press(window.focusWidget(), Qt.Key.Key_Space)
    assert window.focusWidget() is field(window, "Name")
    field(window, "Name").setText("Greener")
    press(window.focusWidget(), Qt.Key.Key_Return)
    assert kept(inches)[0].name == "Greener"
    assert isinstance(window.focusWidget(), MatCard)
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert not shown(window, MatsPage)
    assert window.focusWidget() is button(window, "Edit mats")


@pytest.mark.parametrize("width", [1100, 600, 420, 360])
def test_nothing_is_cut_off(inches: World, open_window: Open, width: int) -> None:
    """The list, and the editor beside it or in its place."""
    window = open_page(inches, open_window, GREEN, PLATE, width=width)
    assert faults(window) == []
    click(shown(window, MatCard)[0])
    settle()
    assert faults(window) == []


@pytest.mark.parametrize("width", [1100, 420])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, inches: World, open_window: Open, width: int
) -> None:
    """The same with text of twice the size."""
    window = open_page(inches, open_window, GREEN, PLATE, width=width)
    assert faults(window) == []
    click(shown(window, MatCard)[0])
    settle()
    assert faults(window) == []
