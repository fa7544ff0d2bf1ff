"""The page of evidence and safety: what comes first, what unfolds, and how a source is copied or opened."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.evidence import About, Evidence, Source
from matsession.storage.evidence_file import EvidenceFileError, read_evidence
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages import evidence_sources
from matsession.ui.pages.evidence_page import EvidencePage
from matsession.ui.pages.evidence_sources import SourceList
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.pages.welcome_page import WelcomePage
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.fold import Fold
from tests.ui.conftest import GUIDANCE, World, read_known
from tests.ui.finding import accessible_text, button, click, key_of, named, press, settle, shown
from tests.ui.reading import painting_faults
from tests.ui.test_layout import faults

Open = Callable[..., MainWindow]


class Browser:
    """Takes addresses, or does not."""

    def __init__(self, *, there: bool = True) -> None:
        """Nothing yet."""
        self.there = there
        self.opened: list[str] = []

    def open(self, address: str) -> bool:
        """As the desktop answers."""
        self.opened.append(address)
        return self.there


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[..., EvidencePage]:
    """The page by itself, in a window of some size."""

    def opening(
        browser: Browser | None = None, width: int = 900, read: Callable[[], Evidence] = read_known
    ) -> EvidencePage:
        page = EvidencePage(GUIDANCE, read, (browser or Browser()).open)
        qtbot.addWidget(page)
        page.resize(width, 760)
        page.show()
        settle()
        return page

    return opening


def words(page: QWidget) -> str:
    """All there is to read, in the order in which a screen reader finds it."""
    return "\n".join(label.text() for label in in_order(page))


def in_order(widget: QWidget) -> Iterator[QLabel]:
    """The labels that can be seen, as the accessible tree lists them."""
    interface = QAccessible.queryAccessibleInterface(widget)
    for number in range(interface.childCount()):
        child = interface.child(number)
        found = child.object()
        if isinstance(found, QLabel) and found.isVisible():
            yield found
        elif isinstance(found, QWidget) and found.isVisible():
            yield from in_order(found)


def fold(page: QWidget, title: str) -> Fold:
    """The one with this title."""
    [found] = [each for each in shown(page, Fold) if each.button.text() == title]
    return found


def test_f1_opens_it_from_every_page(world: World, open_window: Open) -> None:
    """And its own key does."""
    window = open_window(world)
    for page in Page:
        press(window, key_of(page), Qt.KeyboardModifier.ControlModifier)
        press(window.focusWidget(), Qt.Key.Key_F1)
        assert isinstance(window.page(), EvidencePage)
        assert window.focusWidget() is not None


@pytest.mark.parametrize("width", [900, 420])
def test_what_may_be_urgent_is_read_first(open_page: Callable[..., EvidencePage], width: int) -> None:
    """Stop signs, signs that need help in full, ask first, do not use, never; then what studies say."""
    page = open_page(width=width)
    text = words(page)
    order = [
        "Evidence & safety",
        "Get off the mat if you notice",
        *GUIDANCE.stop_signs,
        "Back pain that needs medical help",
        *(point.text for point in read_known().urgent[0].points),
        "A calf that may have a clot",
        "Swollen, hot or red, or newly painful.",
        "Do not use the mat with, or on",
        "Never",
        "What studies say",
        "What is shown",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_wide_and_narrow(open_page: Callable[..., EvidencePage]) -> None:
    """The stop signs stand on the right; where there is little room, above all else."""
    for width, on_the_right in ((900, True), (420, False)):
        page = open_page(width=width)
        stop = named(page, Card, "Get off the mat if you notice")
        studies = named(page, Card, "What studies say")
        first, second = (each.mapTo(page, QPoint(0, 0)) for each in (stop, studies))
        assert (first.x() > second.x()) is on_the_right
        assert (first.y() < second.y()) is not on_the_right


def test_cautions_in_full_on_request(open_page: Callable[..., EvidencePage]) -> None:
    """With the mark of what has no source; the button says what it is about."""
    page = open_page()
    assert "Do not use the mat with a fever." not in words(page)
    more = named(page, QPushButton, "Show details: Do not use the mat with, or on")
    click(more)
    assert "Do not use the mat with a fever.\nGeneral knowledge; no source given here." in words(page)
    click(more)
    assert "Do not use the mat with a fever." not in words(page)


def test_studies_in_full_on_request(open_page: Callable[..., EvidencePage]) -> None:
    """Who, how long, compared with what, result, limits; and in short again."""
    page = open_page()
    assert "Compared with: " not in words(page)
    click(button(page, "Studies in full"))
    for study in read_known().studies:
        for word, text in (
            ("Who", study.who),
            ("How long", study.how_long),
            ("Compared with", study.compared_with),
            ("Result", study.result),
            ("Limits", study.limits),
        ):
            assert f"{word}: {text}" in words(page)
    click(button(page, "Studies in short"))
    assert "Compared with: " not in words(page)


@pytest.mark.parametrize("about", About)
def test_no_statement_stands_without_its_line(open_page: Callable[..., EvidencePage], about: About) -> None:
    """Nature, what is said with its quotation marks, and the line beside it."""
    page = open_page()
    title = "What shops and buyers say about mats"
    if about is About.NEEDLES:
        title = "What is said of acupuncture with needles"
    click(fold(page, title).button)
    text = words(page)
    for statement in read_known().statements:
        begins = text.find(f"\n{statement.title}\n")
        assert (begins >= 0) is (statement.about is about), statement.id
        if begins < 0:
            continue
        nature = "Vendor claim. About mats." if statement.nature == "vendor_claim" else f"About {about}."
        for told in (nature, statement.text, *(f"“{quote}”" for quote in statement.quotes), statement.line):
            begins = text.find(told, begins)
            assert begins >= 0, f"{statement.id}: {told}"


def test_every_section_unfolds(open_page: Callable[..., EvidencePage]) -> None:
    """All of it can be read; a screen reader hears whether it is folded."""
    page = open_page()
    for each in shown(page, Fold):
        name = accessible_text(each.button, QAccessible.Text.Name)
        assert name == f"{each.button.text()}, folded"
        press(each.button, Qt.Key.Key_Space)
        assert accessible_text(each.button, QAccessible.Text.Name) == f"{each.button.text()}, unfolded"
    text = words(page)
    wanted = [point.text for section in read_known().sections for point in section.points]
    for scale in GUIDANCE.scales:
        wanted += [scale.question, f"From “{scale.low}” to “{scale.high}”.", scale.validated]
    assert [each for each in wanted if each not in text] == []


# -- sources -------------------------------------------------------------------------------------------


def sources(page: EvidencePage) -> SourceList:
    """Their list, unfolded by the button below the studies."""
    [first] = [each for each in shown(page, QWidget) if getattr(each, "text", str)() == "Full references"][:1]
    click(first)
    settle()
    [found] = shown(page, SourceList)
    return found


def test_full_references_unfold_and_are_numbered(open_page: Callable[..., EvidencePage]) -> None:
    """The keys are in the list, all of it is in sight, and the numbers are those of the texts."""
    page = open_page()
    found = sources(page)
    assert found.hasFocus()
    assert found.model().rowCount() == len(read_known().sources)
    order = [source.id for source in read_known().sources]
    number = order.index("kisker2023") + 1
    assert f"No difference between them. [{number}]" in words(page)
    said = found.model().index(number - 1, 0)
    assert str(said.data()).startswith(f"{number}. Kisker and Schoene 2023")
    assert "https://" in str(found.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    [area] = [each for each in shown(page, QScrollArea) if each.isAncestorOf(found)]
    bottom = button(page, "Copy address").mapTo(area.viewport(), QPoint(0, 0)).y()
    assert 0 <= bottom <= area.viewport().height()


def test_an_address_is_copied(open_page: Callable[..., EvidencePage], qtbot: QtBot) -> None:
    """By the button, by Ctrl+C in the list, and by hand in its field."""
    page = open_page()
    found = sources(page)
    press(found, Qt.Key.Key_Down)
    address = read_known().sources[1].url
    with qtbot.waitSignal(page.notice_wished) as told:
        click(button(page, "Copy address"))
    assert told.args is not None
    assert told.args[0].words == "Address copied."
    assert QGuiApplication.clipboard().text() == address
    QGuiApplication.clipboard().clear()
    press(found, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == address
    field = named(page, QPlainTextEdit, "Address")
    assert field.toPlainText() == address
    assert field.isReadOnly()
    QGuiApplication.clipboard().clear()
    field.setFocus()
    press(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == address


def test_all_are_copied(open_page: Callable[..., EvidencePage]) -> None:
    """Number, title and address of each, one a line."""
    page = open_page()
    sources(page)
    click(button(page, "Copy all references"))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(read_known().sources)
    second = read_known().sources[1]
    assert lines[1] == f"2. {second.title}. {second.url}"


def test_an_address_is_handed_to_the_browser(open_page: Callable[..., EvidencePage]) -> None:
    """By the button, Enter, or a double click; nothing is opened by a mere look."""
    browser = Browser()
    page = open_page(browser)
    found = sources(page)
    press(found, Qt.Key.Key_Down)
    assert browser.opened == []
    click(button(page, "Open in browser"))
    press(found, Qt.Key.Key_Return)
    place = found.visualRect(found.model().index(2, 0)).center()
    QTest.mouseDClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    known = read_known().sources
    assert browser.opened == [known[1].url, known[1].url, known[2].url]


def test_where_no_browser_takes_it_the_address_is_there_to_copy(
    open_page: Callable[..., EvidencePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told and said; the address is selected, with the keys in it."""
    heard: list[str] = []
    monkeypatch.setattr(evidence_sources, "announce", lambda widget, said: heard.append(said))
    page = open_page(Browser(there=False))
    found = sources(page)
    press(found, Qt.Key.Key_Down)
    press(found, Qt.Key.Key_Return)
    told = "No browser took the address. Copy it from here."
    assert told in words(page)
    assert heard == [told]
    field = named(page, QPlainTextEdit, "Address")
    assert field.hasFocus()
    assert field.textCursor().selectedText() == read_known().sources[1].url
    press(found, Qt.Key.Key_Down)
    assert told not in words(page)


def test_a_source_without_an_address(open_page: Callable[..., EvidencePage]) -> None:
    """There is nothing to copy or open, and it says so."""
    browser = Browser()
    page = open_page(browser)
    found = sources(page)
    assert read_known().sources[0] == Source("source_text", read_known().sources[0].title)
    assert named(page, QPlainTextEdit, "Address").toPlainText() == "No address."
    assert not button(page, "Copy address").isEnabled()
    press(found, Qt.Key.Key_Return)
    assert browser.opened == []


# -- the rest ------------------------------------------------------------------------------------------


def test_the_note_of_the_first_start(world: World, open_window: Open) -> None:
    """It is read again from here, and one comes back to where one was."""
    window = open_window(world)
    press(window, Qt.Key.Key_F1)
    click(button(window, "Read again"))
    assert isinstance(window.page(), WelcomePage)
    click(button(window, "Back"))
    assert isinstance(window.page(), EvidencePage)
    assert window.focusWidget() is button(window, "Read again")
    press(window, key_of(Page.SETTINGS), Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page(), SettingsPage)


def test_a_lost_file_is_told(open_page: Callable[..., EvidencePage], tmp_path: Path) -> None:
    """What to do stands there; the stop signs are there all the same."""

    def read() -> Evidence:
        return read_evidence(tmp_path / "evidence.toml")

    with pytest.raises(EvidenceFileError):
        read()
    page = open_page(read=read)
    text = words(page)
    assert "evidence.toml is missing." in text
    assert "Install MatSession again." in text
    assert GUIDANCE.stop_signs[0] in text


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (840, 640), (420, 640), (360, 480)])
def test_nothing_is_cut_off(world: World, open_window: Open, width: int, height: int) -> None:
    """With all unfolded, in windows down to the smallest."""
    _all_unfolded(open_window(world, width, height))


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, world: World, open_window: Open, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    _all_unfolded(open_window(world, width, height))


def _all_unfolded(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F1)
    page = window.page()
    assert page is not None
    details = [each for each in shown(page, QPushButton) if each.text() == "Show details"]
    assert len(details) > 1
    for more in details:
        click(more)
    click(button(page, "Studies in full"))
    for each in shown(page, Fold):
        each.set_open(True)
    settle()
    assert [*faults(window), *painting_faults(window)] == []


def test_from_here_to_what_is_true_for_oneself(world: World, open_window: Open) -> None:
    """What a person said of themselves can be changed where the cautions are read."""
    window = open_window(world)
    press(window, Qt.Key.Key_F1)
    page = window.page()
    assert isinstance(page, EvidencePage)
    click(button(page, "What is true for you"))
    settings = window.page()
    assert isinstance(settings, SettingsPage)
    assert any(each.text() == "Broken skin" for each in shown(settings, CheckBox))
