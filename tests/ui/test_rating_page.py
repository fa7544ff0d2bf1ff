"""After a session: going on, rating without looking, and the proof of ring."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from matsession.app.ports import SoundProblem
from matsession.domain.events import Acknowledged
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.session import Phase
from matsession.ui.chime_words import how_or_why_not
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.widgets.cue_table import CueModel, CueTable
from matsession.ui.widgets.rating_scale import RatingScale
from tests.ui.conftest import World
from tests.ui.finding import accessible_text, button, enter, press, settle, shown
from tests.ui.test_layout import faults

REPORTS = [
    CueReport(0, ChimeName.OPEN, 0.01, "Qt Multimedia, Built-in Audio", ""),
    CueReport(10, ChimeName.STEP, -0.02, "Qt Multimedia, Built-in Audio", ""),
    CueReport(90, ChimeName.WAKE, None, "", "The output was gone"),
    CueReport(100, ChimeName.CLOSE, 0.0, "playsound3", ""),
]

After = Callable[..., RatingPage]


@pytest.fixture
def after(world: World, qtbot: QtBot) -> After:
    """Opens the page after a whole session."""

    def opening(width: int = 1100, height: int = 760) -> RatingPage:
        world.start()
        for _ in range(10):
            world.pass_time(10)
        assert world.journal.record is not None
        page = world.rating_page()
        qtbot.addWidget(page, before_close_func=lambda _page: world.runner.stop())
        page.resize(width, height)
        with qtbot.waitActive(page):
            page.show()
        page.ask_about(world.journal.record)
        page.focus_first()
        return page

    return opening


def go_on_words(page: RatingPage) -> list[str]:
    """What the button for it says, if it is there."""
    return [each.text() for each in shown(page, QAbstractButton) if each.text().startswith("Go on")]


def test_going_on_is_offered_for_ten_seconds(world: World, after: After) -> None:
    """With the seconds that are left; then the offer is gone and nothing else has moved."""
    page = after()
    [scale] = shown(page, RatingScale)
    place = scale.mapTo(page, scale.rect().topLeft())
    assert go_on_words(page) == ["Go on, 10 s"]
    world.pass_time(3)
    assert go_on_words(page) == ["Go on, 7 s"]
    world.pass_time(7)
    assert go_on_words(page) == []
    assert scale.mapTo(page, scale.rect().topLeft()) == place


def test_in_little_room_no_gap_is_left_by_it(world: World, after: After) -> None:
    """It stands where the sentence below the title comes afterwards; nothing else moves, at any width."""
    page = after(width=420, height=640)
    settle()
    [scale] = shown(page, RatingScale)
    place = scale.mapTo(page, scale.rect().topLeft())
    [go_on] = [each for each in shown(page, QAbstractButton) if each.text().startswith("Go on")]
    stood = go_on.mapTo(page, go_on.rect().topLeft())
    sentence = "Take a moment, then pick what fits."
    assert sentence not in [label.text() for label in shown(page, QLabel)]
    page.resize(1100, 760)
    settle()
    assert go_on_words(page) == ["Go on, 10 s"]
    assert sentence in [label.text() for label in shown(page, QLabel)]
    page.resize(420, 640)
    settle()
    assert go_on_words(page) == ["Go on, 10 s"]
    world.pass_time(10)
    settle()
    [line] = [label for label in shown(page, QLabel) if label.text() == sentence]
    assert line.mapTo(page, line.rect().topLeft()).y() == stood.y()
    assert scale.mapTo(page, scale.rect().topLeft()) == place


def test_plus_goes_on_and_the_note_is_kept(world: World, after: After) -> None:
    """The same line of history, with more rest; what was written meanwhile is not lost."""
    page = after()
    [note] = shown(page, QPlainTextEdit)
    note.setPlainText("Fell asleep")
    enter(page.focusWidget(), "+")
    assert world.runner.phase is Phase.RUNNING
    [row] = world.store.rows.values()
    assert (row.planned_s, row.note) == (160, "Fell asleep")


def test_a_plus_in_the_note_is_a_plus(world: World, after: After) -> None:
    """Typing goes where the focus is."""
    page = after()
    [note] = shown(page, QPlainTextEdit)
    note.setFocus()
    enter(note, "4+")
    assert note.toPlainText() == "4+"
    assert world.runner.phase is Phase.FINISHED


def test_a_number_rates_wherever_the_focus_is(after: After) -> None:
    """At a button too."""
    page = after()
    save = button(page, "Save")
    save.setFocus()
    enter(save, "7")
    assert shown(page, RatingScale)[0].rating() == 7


def test_what_is_chosen_is_read_back(after: After, qtbot: QtBot) -> None:
    """At once; a 1 waits until it is known not to be a 10."""
    page = after()
    read: list[str] = []
    page.read_back.connect(read.append)
    enter(page.focusWidget(), "4")
    press(page.focusWidget(), Qt.Key.Key_Backspace)
    assert read == ["4 of 10. Enter saves it.", "No rating."]
    enter(page.focusWidget(), "10")
    assert read[2:] == ["10 of 10. Enter saves it."]
    with qtbot.waitSignal(page.read_back):
        enter(page.focusWidget(), "1")
    assert read[3:] == ["1 of 10. Enter saves it."]


def test_a_new_question_reads_nothing_back(world: World, after: After) -> None:
    """Only what a person chose."""
    page = after()
    shown(page, RatingScale)[0].set_rating(3)
    read: list[str] = []
    page.read_back.connect(read.append)
    assert world.journal.record is not None
    page.ask_about(world.journal.record)
    assert read == []


@pytest.mark.parametrize("by", ["key", "click"])
def test_any_touch_says_that_somebody_is_there(world: World, after: After, by: str) -> None:
    """Even a key that means nothing: the wake chime need not return."""
    page = after()
    happened: list[object] = []
    world.runner.happened.connect(happened.append)
    if by == "key":
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_F9)
    else:
        QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton)
    assert [type(event) for event in happened] == [Acknowledged]


def test_the_proof_is_one_line(world: World, after: After) -> None:
    """It follows what becomes known; without chimes there is none."""
    page = after()

    def words() -> str:
        return "\n".join(label.text() for label in shown(page, QLabel))

    assert "sounded" not in words()
    world.hear(REPORTS)
    assert "3 of 4 cues sounded, at most 0.02 s late." in words()


def cells(model: CueModel, role: Qt.ItemDataRole) -> list[list[str]]:
    """All of the table."""
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[model.index(row, column).data(role) for column in columns] for row in rows]


def test_the_cues_in_a_table() -> None:
    """Cue, planned, actual, how or why not; each cell is understood by itself when it is heard."""
    model = CueModel()
    model.show_reports(REPORTS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert cells(model, Qt.ItemDataRole.DisplayRole) == [
        ["Start", "0:00", "0.01 s late", "Qt Multimedia, Built-in Audio"],
        ["Next step", "0:10", "0.02 s early", "Qt Multimedia, Built-in Audio"],
        ["Wake", "1:30", "–", "Not heard: The output was gone"],
        ["End", "1:40", "on time", "playsound3"],
    ]
    spoken = cells(model, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[0][0] == "Start, planned at 0:00, 0.01 s late"
    assert spoken[2][:3] == ["Wake, planned at 1:30, not heard", "Planned at 1:30", "not heard"]
    model.set_narrow(True)
    assert cells(model, Qt.ItemDataRole.DisplayRole)[0][0] == "Start, 0:00, 0.01 s late"


@pytest.mark.parametrize("problem", [*SoundProblem, "overtaken"])
def test_why_a_chime_was_not_heard_is_told_in_words(problem: str) -> None:
    """What the sound output calls it by a name of its own is no word for a person."""
    told = how_or_why_not(CueReport(90, ChimeName.WAKE, None, "", problem))
    assert told.startswith("Not heard: ")
    assert problem not in told


@pytest.mark.parametrize(("width", "columns"), [(1100, 4), (420, 2)])
def test_the_table_opens_and_closes(world: World, after: After, width: int, columns: int) -> None:
    """By a button; a narrow window says the same in two columns."""
    page = after(width, 700)
    world.hear(REPORTS)
    button(page, "Show the cues").click()
    [table] = shown(page, CueTable)
    assert accessible_text(table, QAccessible.Text.Name) == "Cues of this session"
    assert sum(not table.isColumnHidden(column) for column in range(4)) == columns
    button(page, "Hide the cues").click()
    assert shown(page, CueTable) == []


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (420, 580), (360, 420)])
def test_nothing_is_cut_off(world: World, after: After, qtbot: QtBot, width: int, height: int) -> None:
    """With all that can be on the page."""
    page = after(width, height)
    world.hear(REPORTS)
    button(page, "Show the cues").click()
    settle()
    assert faults(page) == []


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (420, 580)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, world: World, after: After, qtbot: QtBot, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    page = after(width, height)
    world.hear(REPORTS)
    button(page, "Show the cues").click()
    settle()
    assert faults(page) == []
