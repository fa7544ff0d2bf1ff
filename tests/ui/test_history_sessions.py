"""The list of sessions: found, sorted, seen in full, corrected, added, deleted, and taken back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, Qt, QTime
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from matsession.app.local_time import moment_of
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session_query import SortBy
from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.models.history_model import Column
from matsession.ui.pages.history_detail import HistoryDetail
from matsession.ui.pages.history_filters import SEARCH_AFTER_MS, HistoryFilters
from matsession.ui.pages.history_form import HistoryForm
from matsession.ui.pages.history_page import HistoryPage
from matsession.ui.pages.history_sessions import HistorySessions
from matsession.ui.theme import u
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.cue_table import CueTable
from matsession.ui.widgets.field import DayField, TextField, TimeField
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.session_table import SessionTable
from matsession.ui.widgets.stepper import LengthStepper
from tests.fakes import FIRST_WALL
from tests.ui.conftest import World
from tests.ui.finding import Kind, accessible_text, button, click, enter, named, press, settle, shown
from tests.ui.past import remember, session

Open = Callable[..., MainWindow]


def open_list(world: World, open_window: Open, width: int = 1100) -> MainWindow:
    """The window, on the list of sessions."""
    window = open_window(world, width)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    button(window, "Sessions").click()
    settle()
    return window


def the(window: QWidget, kind: type[Kind]) -> Kind:
    """The only one of this kind that can be seen."""
    [found] = shown(window, kind)
    return found


def ids(window: MainWindow) -> list[str]:
    """The lines of the list, from the top."""
    model = page_of(window)._model
    rows = [model.record(row) for row in range(model.rowCount())]
    return [row.id for row in rows if row is not None]


def page_of(window: MainWindow) -> HistorySessions:
    """The list's part of the page."""
    return the(window, HistorySessions)


def notice(window: MainWindow) -> str:
    """What the toast says."""
    told = window.notice()
    return told.words if told is not None else ""


def select(window: MainWindow, *rows: int) -> None:
    """Stand in the list, with these rows selected."""
    table = the(window, SessionTable)
    table.setFocus()
    table.select(list(rows))
    settle()


# -- finding ---------------------------------------------------------------------------------------------


def mixed() -> list[SessionRecord]:
    """Sessions that differ in all there is to find by."""
    return [
        session(0, id="today", note="Knees bent"),
        session(3, id="neck", area="neck", preset_id="neck", preset_name="Neck", note="prickly KNEES"),
        session(20, id="early", state=RowState.STOPPED, done_s=240, rating_after=None),
        session(200, id="old", rating_before=9, rating_after=9),
    ]


def test_choices_leave_out(world: World, open_window: Open) -> None:
    """Date, area, preset and outcome, each by itself and together; Clear filters brings all back."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    assert ids(window) == ["today", "neck", "early", "old"]
    for name, number, left in (
        ("When", 1, ["today"]),
        ("When", 2, ["today", "neck"]),
        ("When", 3, ["today", "neck", "early"]),
        ("When", 4, ["today", "neck", "early"]),
        ("When", 0, ["today", "neck", "early", "old"]),
        ("Area", 4, ["neck"]),
        ("Area", 0, ["today", "neck", "early", "old"]),
        ("Preset", 2, ["neck"]),
        ("Preset", 1, ["today", "early", "old"]),
        ("How it ended", 2, ["early"]),
    ):
        named(window, Choice, name).setCurrentIndex(number)
        assert ids(window) == left, (name, number)
    assert "1 session" in [label.text() for label in shown(window, QLabel)]
    button(window, "Clear filters").click()
    assert ids(window) == ["today", "neck", "early", "old"]


def test_from_day_to_day(world: World, open_window: Open) -> None:
    """Two fields for days; the one that was changed last wins where they cross."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    assert not shown(window, DayField)
    named(window, Choice, "When").setCurrentIndex(5)
    first, last = named(window, DayField, "From this day on"), named(window, DayField, "Up to this day")
    today = FIRST_WALL.date()
    assert first.date() == last.date() == QDate(today.year, today.month, today.day)
    first.setDate(first.date().addDays(-5))
    assert ids(window) == ["today", "neck"]
    first.setDate(QDate(2027, 1, 1))
    assert last.date() == QDate(2027, 1, 1)
    assert ids(window) == []


def test_words_in_the_notes(world: World, open_window: Open, qtbot: QtBot) -> None:
    """Searched a moment after the last letter, or at once with Enter."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    search = the(window, TextField)
    enter(search, "knees")
    assert len(ids(window)) == 4
    qtbot.waitUntil(lambda: ids(window) == ["today", "neck"], timeout=20 * SEARCH_AFTER_MS)
    enter(search, " bent")
    press(search, Qt.Key.Key_Return)
    assert ids(window) == ["today"]


def test_a_cross_empties_the_search(double_text: None, world: World, open_window: Open, qtbot: QtBot) -> None:
    """It grows with the text, as Qt's own does not, and is there while it has something to do."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    search = the(window, TextField)
    assert shown(search, QAbstractButton) == []
    enter(search, "knees")
    press(search, Qt.Key.Key_Return)
    [cross] = shown(search, QAbstractButton)
    assert accessible_text(cross, QAccessible.Text.Name) == "Empty the search"
    assert min(cross.width(), cross.height()) >= u(24)
    assert search.rect().contains(cross.geometry())
    assert search.textMargins().right() >= cross.width()
    click(cross)
    assert search.hasFocus()
    assert shown(search, QAbstractButton) == []
    qtbot.waitUntil(lambda: len(ids(window)) == 4, timeout=20 * SEARCH_AFTER_MS)


def test_filters_without_a_hit(world: World, open_window: Open) -> None:
    """One sentence, and the button that brings all back."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    enter(the(window, TextField), "nowhere")
    press(the(window, TextField), Qt.Key.Key_Return)
    assert "No sessions match." in [label.text() for label in shown(window, QLabel)]
    assert not shown(window, SessionTable)
    next(each for each in shown(window, Button) if each.text() == "Clear filters").click()
    assert len(ids(window)) == 4


def test_a_narrow_window_hides_the_choices(world: World, open_window: Open) -> None:
    """Behind a button; what is filtered stays so."""
    remember(world, *mixed())
    window = open_list(world, open_window, 420)
    assert not shown(window, Choice)
    button(window, "Filters").click()
    settle()
    named(window, Choice, "When").setCurrentIndex(1)
    button(window, "Fewer").click()
    assert ids(window) == ["today"]
    assert not shown(window, Choice)


def test_heads_sort_and_that_is_remembered(world: World, open_window: Open) -> None:
    """The most first, then the least; what was not rated comes last."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    header = the(window, SessionTable).horizontalHeader()

    def click_on(column: Column) -> None:
        at = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click_on(Column.CHANGE)
    assert ids(window) == ["old", "today", "neck", "early"]
    click_on(Column.CHANGE)
    assert ids(window)[:2] == ["today", "neck"]
    assert header.sortIndicatorSection() == Column.CHANGE
    click_on(Column.NOTE)
    assert header.sortIndicatorSection() == Column.CHANGE
    settings = world.preferences.settings
    assert (settings.history_sort, settings.history_descending) == (SortBy.CHANGE, False)
    again = HistorySessions(world.book, world.journal, world.library, world.preferences)
    again.show()
    assert the(again, SessionTable).horizontalHeader().sortIndicatorSection() == Column.CHANGE
    again.deleteLater()


@pytest.mark.parametrize("width", [1100, 420])
def test_keys_sort_too(world: World, open_window: Open, width: int) -> None:
    """S goes through the columns, Shift+S turns the order; where there are no heads as well."""
    remember(world, *mixed())
    window = open_list(world, open_window, width)
    table = the(window, SessionTable)
    table.setFocus()
    orders = []
    for _ in range(7):
        press(table, Qt.Key.Key_S)
        orders.append(world.preferences.settings.history_sort)
    wanted = [SortBy.AREA, SortBy.PRESET, SortBy.LENGTH, SortBy.BEFORE, SortBy.AFTER, SortBy.CHANGE]
    assert orders == [*wanted, SortBy.STARTED]
    newest_first = ids(window)
    press(table, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert ids(window) == newest_first[::-1]
    assert not world.preferences.settings.history_descending


def test_an_unknown_order_is_the_usual_one(open_window: Open) -> None:
    """From a newer version, or typed by hand."""
    world = World(settings=Settings(last_preset="lower_back", history_sort="by magic"))
    remember(world, *mixed())
    assert ids(open_list(world, open_window)) == ["today", "neck", "early", "old"]


def test_widths_are_remembered(world: World, open_window: Open) -> None:
    """In ems, by the name of the column; the table never grows wider than the page."""
    remember(world, *mixed())
    window = open_list(world, open_window)
    table = the(window, SessionTable)
    header = table.horizontalHeader()
    header.resizeSection(Column.TIME, 130)
    assert world.preferences.settings.history_columns["time"] == pytest.approx(130 / 14, rel=0.2)
    assert header.length() <= table.viewport().width()
    again = HistorySessions(world.book, world.journal, world.library, world.preferences)
    again.resize(824, 600)
    again.show()
    settle()
    assert the(again, SessionTable).columnWidth(Column.TIME) == pytest.approx(130, abs=2)
    again.deleteLater()


@pytest.mark.parametrize("width", [360, 420, 840, 1100, 1600])
def test_table_or_lines(world: World, open_window: Open, width: int) -> None:
    """Columns where there is room for them, else all of a session in one."""
    remember(world, *mixed())
    table = the(open_list(world, open_window, width), SessionTable)
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert table.horizontalHeader().isVisible() is not table.told_in_lines
    columns = [column for column in Column if not table.isColumnHidden(column)]
    assert (columns == [Column.DATE]) is table.told_in_lines
    assert table.told_in_lines is (width < 900)


def test_lines_say_all_of_a_session(world: World, open_window: Open) -> None:
    """To a screen reader and in the tooltip too, for they may end in three dots."""
    remember(world, session(1, note="Prickly at first"))
    table = the(open_list(world, open_window, 420), SessionTable)
    cell = table.model().index(0, Column.DATE)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "Prickly at first" in cell.data(role)
        assert table.told_in_lines
    table = the(open_list(world, open_window, 1100), SessionTable)
    assert "Prickly" not in table.model().index(0, Column.DATE).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_was_rated_is_asked_before_and_after(world: World, open_window: Open) -> None:
    """The strongest moment and the next morning have fields of their own."""
    remember(world, session(1))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    settle()
    offered = named(window, Choice, "What was rated")
    words = [offered.itemText(number) for number in range(offered.count())]
    assert "Pain" in words
    assert not {"Sleep", "Strongest moment", "Discomfort peak"} & set(words)


# -- in full ---------------------------------------------------------------------------------------------


def test_a_session_in_full(world: World, open_window: Open) -> None:
    """Facts, steps for its length, and each chime; Escape leads back to the row."""
    remember(world, session(0, planned_s=100, done_s=100, on_mat_s=90, note="Warm."), session(1))
    world.store.reports["row-0"] = [CueReport(0, next(iter(ChimeName)), 0.02, "speakers", "")]
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_Return)
    settle()
    told = [label.text() for label in shown(the(window, HistoryDetail), QLabel)]
    assert "Thursday 19 March 2026, 21:04" in told
    facts = (
        "Lower back\nFinished: 1 minute 40 seconds of 1 minute 40 seconds planned\n"
        "1 minute 30 seconds of it on the mat\nPain: before 6, after 4. 2 points lower than before."
    )
    assert facts in told
    assert "Warm." in told
    assert the(window, RowList).model().rowCount() == len(world.library.get("lower_back").steps)
    assert the(window, CueTable).model().rowCount() == 1
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is the(window, SessionTable)
    assert the(window, SessionTable).current_row() == 0


def test_a_session_whose_preset_is_gone(world: World, open_window: Open) -> None:
    """No steps to tell, and nothing known of its chimes."""
    remember(world, session(0, preset_id="gone", preset_name="Gone", rating_before=None, rating_after=None))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_Return)
    settle()
    told = [label.text() for label in shown(the(window, HistoryDetail), QLabel)]
    assert "Nothing is known of its chimes." in told
    assert not shown(window, RowList)
    assert any("Not rated" in each for each in told)


# -- correcting ------------------------------------------------------------------------------------------


def test_every_field_can_be_corrected(world: World, open_window: Open) -> None:
    """The line changes, the list shows it, and Undo brings back what was."""
    before = session(1)
    remember(world, before)
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    settle()
    named(window, DayField, "Day").setDate(QDate(2026, 3, 10))
    named(window, TimeField, "Began at").setTime(QTime(7, 30))
    named(window, Choice, "Preset").setCurrentIndex(1)
    named(window, Choice, "Preset").activated.emit(1)
    assert named(window, Choice, "Area").currentText() == "Neck"
    named(window, Choice, "Area").setCurrentIndex(2)
    named(window, LengthStepper, "Planned length").setValue(900)
    named(window, LengthStepper, "Length").setValue(480)
    assert named(window, LengthStepper, "Of it on the mat").value() == 480
    named(window, LengthStepper, "Of it on the mat").setValue(300)
    named(window, Choice, "How it ended").setCurrentIndex(1)
    scales = shown(window, RatingScale)
    scales[0].set_rating(8)
    scales[1].set_rating(None)
    the(window, QPlainTextEdit).setPlainText("Forgot to stop it")
    button(window, "Save").click()
    settle()
    [after] = world.store.records()
    assert after.started_at.replace(tzinfo=None) == datetime.fromisoformat("2026-03-10T07:30")
    assert (after.preset_id, after.area) == ("neck", "lower_back")
    assert (after.planned_s, after.done_s, after.on_mat_s) == (900, 480, 300)
    assert (after.state, after.rating_before, after.rating_after) == (RowState.STOPPED, 8, None)
    assert after.note == "Forgot to stop it"
    assert notice(window) == "Session corrected."
    assert shown(window, SessionTable)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    [again] = world.store.records()
    assert (again.started_at, again.preset_id, again.note) == (before.started_at, "lower_back", "")
    assert notice(window) == "The session is as it was."


def test_what_was_not_touched_stays_as_it_was(world: World, open_window: Open) -> None:
    """To the millisecond, and with the clock of the place where it was."""
    began = FIRST_WALL - timedelta(days=1, milliseconds=123)
    remember(world, session(0, id="odd", started_at=began, done_s=599.6, on_mat_s=599.6))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    the(window, QPlainTextEdit).setPlainText("a note")
    button(window, "Save").click()
    [after] = world.store.records()
    assert (after.started_at, after.done_s, after.note) == (began, 599.6, "a note")
    assert after.started_at.utcoffset() == timedelta(hours=1)


def test_a_value_that_cannot_be_is_told_at_its_field(world: World, open_window: Open) -> None:
    """The form keeps what was typed, the keys go there, and a screen reader hears why."""
    remember(world, session(1))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    day = named(window, DayField, "Day")
    day.setDate(QDate(2030, 1, 1))
    button(window, "Save").click()
    assert the(window, HistoryForm).isVisible()
    assert day.hasFocus()
    assert day.accessibleDescription() == "A session begins between 1970 and now."
    assert world.store.records()[0].started_at.year == 2026
    day.setDate(QDate(2026, 3, 1))
    button(window, "Save").click()
    assert world.store.records()[0].started_at.date() == date(2026, 3, 1)


@pytest.mark.expects_log("history not saved")
def test_a_form_that_cannot_be_saved_keeps_its_text(world: World, open_window: Open) -> None:
    """The banner in the form says why."""
    remember(world, session(1))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    the(window, QPlainTextEdit).setPlainText("a note")
    world.store.failure = MatSessionError("Not saved. The disk is full.", "Free some space and try again.")
    button(window, "Save").click()
    told = [label.text() for label in shown(the(window, HistoryForm), QLabel)]
    assert "Not saved. The disk is full." in told
    world.store.failure = None
    button(window, "Save").click()
    assert world.store.records()[0].note == "a note"


def test_escape_gives_up_only_what_was_not_changed(world: World, open_window: Open) -> None:
    """Else it goes to the button that does."""
    remember(world, session(1))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert shown(window, SessionTable)
    press(the(window, SessionTable), Qt.Key.Key_F2)
    the(window, QPlainTextEdit).setPlainText("a note")
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert button(window, "Cancel").hasFocus()
    button(window, "Cancel").click()
    assert world.store.records()[0].note == ""
    assert shown(window, SessionTable)


# -- adding and deleting -----------------------------------------------------------------------------------


def test_a_past_session_can_be_added(world: World, open_window: Open) -> None:
    """It counts like any other, and can be taken out again."""
    remember(world, session(2))
    window = open_list(world, open_window)
    button(window, "Add").click()
    settle()
    named(window, DayField, "Day").setDate(QDate(2026, 3, 18))
    named(window, TimeField, "Began at").setTime(QTime(20, 0))
    named(window, LengthStepper, "Length").setValue(1200)
    button(window, "Save").click()
    settle()
    added = world.store.records()[0]
    assert added.started_at == moment_of(datetime.fromisoformat("2026-03-18T20:00"))
    assert (added.done_s, added.on_mat_s, added.planned_s, added.state) == (
        1200,
        1200,
        1200,
        RowState.FINISHED,
    )
    assert (added.preset_id, added.preset_name, added.area) == ("lower_back", "Lower back", "lower_back")
    assert notice(window) == "Session added."
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ids(window) == ["row-2"]


def test_several_are_deleted_and_come_back(world: World, open_window: Open) -> None:
    """All that are selected, in one; the notice counts them."""
    remember(world, *(session(ago) for ago in range(5)))
    window = open_list(world, open_window)
    assert not button(window, "Delete").isEnabled()
    select(window, 1, 3)
    assert not button(window, "Correct").isEnabled()
    press(the(window, SessionTable), Qt.Key.Key_Delete)
    assert ids(window) == ["row-0", "row-2", "row-4"]
    assert notice(window) == "2 sessions deleted."
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ids(window) == [f"row-{ago}" for ago in range(5)]
    assert notice(window) == "2 sessions are back."
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(ids(window)) == 5


def test_the_one_in_full_can_be_deleted(world: World, open_window: Open) -> None:
    """And the list is there again."""
    remember(world, session(0), session(1))
    window = open_list(world, open_window)
    select(window, 0)
    press(the(window, SessionTable), Qt.Key.Key_Return)
    button(window, "Delete").click()
    settle()
    assert ids(window) == ["row-1"]


@pytest.mark.expects_log("history not saved")
def test_what_cannot_be_deleted_stays(world: World, open_window: Open) -> None:
    """The banner says why."""
    remember(world, session(0))
    window = open_list(world, open_window)
    select(window, 0)
    world.store.failure = MatSessionError("The disk is full.", "Free some space and try again.")
    press(the(window, SessionTable), Qt.Key.Key_Delete)
    world.store.failure = None
    assert "The disk is full." in [label.text() for label in shown(window, QLabel)]
    assert len(world.store.records()) == 1


def test_undo_of_nothing_says_nothing(world: World, open_window: Open) -> None:
    """Ctrl+Z on a history that was not changed."""
    remember(world, session(0))
    window = open_list(world, open_window)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert notice(window) == ""
    assert isinstance(window.page(), HistoryPage)


def test_a_list_that_is_shown_again_stays_where_one_was(world: World, open_window: Open) -> None:
    """What others wrote meanwhile is there; the same lines are selected, and as far up."""
    remember(world, *(session(ago) for ago in range(1, 80)))
    window = open_list(world, open_window)
    select(window, 50, 52)
    table = the(window, SessionTable)
    scrolled = table.verticalScrollBar().value()
    assert scrolled
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle()
    remember(world, session(0))
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert ids(window)[0] == "row-0"
    assert (table.current_row(), table.selected_rows()) == (51, [51, 53])
    assert table.verticalScrollBar().value() == scrolled + table.rowHeight(0)


def test_a_list_that_is_shown_days_later_knows_the_day(world: World, open_window: Open) -> None:
    """What was today is yesterday; in a window that comes forward too."""
    remember(world, session(0))
    window = open_list(world, open_window)
    model = the(window, SessionTable).model()
    assert model.index(0, Column.DATE).data() == "Today"
    window.hide()
    world.clock.advance(timedelta(days=1).total_seconds())
    window.show()
    settle()
    assert model.index(0, Column.DATE).data() == "Yesterday"
    world.clock.advance(timedelta(days=1).total_seconds())
    QApplication.sendEvent(page_of(window), QEvent(QEvent.Type.WindowActivate))
    assert model.index(0, Column.DATE).data() not in ("Today", "Yesterday")


def test_filters_say_who_they_are(world: World, open_window: Open) -> None:
    """Each has a name for a screen reader."""
    remember(world, session(0))
    filters = the(open_list(world, open_window), HistoryFilters)
    names = {choice.accessibleName() for choice in filters.findChildren(Choice)}
    assert names == {"When", "Area", "Preset", "How it ended"}
