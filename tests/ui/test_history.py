"""The history: fetched in pages, told in words, and read again only while it is seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.errors import MatSessionError
from matsession.domain.record import RowState, SessionRecord
from matsession.ui.main_window import MainWindow
from matsession.ui.models.history_model import PAGE, Column, HistoryModel
from matsession.ui.pages.session_page import SessionPage
from tests.fakes import FIRST_WALL
from tests.ui.conftest import World
from tests.ui.finding import button, press, shown

Open = Callable[..., MainWindow]


def fill(world: World, count: int) -> None:
    """So many lines, one a day."""
    for number in range(count):
        world.store.save(
            SessionRecord(
                id=f"row-{number}",
                preset_id="lower_back",
                preset_name="Lower back",
                area="lower_back",
                started_at=FIRST_WALL - timedelta(days=number),
                planned_s=600,
                done_s=600 if number else 250,
                state=RowState.FINISHED if number else RowState.STOPPED,
                rating_before=6,
                rating_after=4 if number else None,
                note="Knees bent,\nbetter",
            )
        )


def go_to_history(window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+2."""
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)


def texts_of(window: MainWindow) -> list[str]:
    """What can be read."""
    return [label.text() for label in shown(window, QLabel)]


def test_lines_come_in_pages(world: World, qapp: QApplication) -> None:
    """Two hundred at first, the rest when they are asked for."""
    fill(world, PAGE + 50)
    model = HistoryModel(world.journal)
    model.reload()
    assert (model.rowCount(), model.count) == (PAGE, PAGE + 50)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (PAGE + 50, False)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


def test_a_line_in_words(world: World) -> None:
    """Each cell shows its value, and says it so that it is understood without the head of the column."""
    fill(world, 2)
    model = HistoryModel(world.journal)
    model.reload()

    def row(number: int, role: Qt.ItemDataRole) -> list[str]:
        return [model.index(number, column).data(role) for column in Column]

    shown_now = Qt.ItemDataRole.DisplayRole
    assert row(0, shown_now)[0] == "Today"
    assert row(0, shown_now)[2:] == ["Lower back", "Lower back", "4*", "6", "–", "–", "Knees bent, better"]
    assert row(1, shown_now)[4:8] == ["10", "6", "4", "−2"]
    spoken = row(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[4:8] == ["4 minutes, Ended early", "Before 6", "not rated after", "no change to tell"]


def test_an_empty_history_leads_to_a_session(world: World, open_window: Open, qtbot: QtBot) -> None:
    """One sentence, one button."""
    window = open_window(world)
    go_to_history(window, qtbot)
    assert "No sessions yet. Your first one goes here." in texts_of(window)
    button(window, "Go to Session").click()
    assert isinstance(window.page(), SessionPage)


def test_it_is_read_only_while_it_is_seen(world: World, open_window: Open, qtbot: QtBot) -> None:
    """A change is shown at once on the open page, and costs nothing while another is open."""
    fill(world, 3)
    window = open_window(world)
    go_to_history(window, qtbot)
    assert "3 sessions" in texts_of(window)
    world.journal.discard(world.store.rows["row-1"])
    assert "2 sessions" in texts_of(window)
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    world.store.calls.clear()
    world.journal.discard(world.store.rows["row-2"])
    assert "records" not in world.store.calls
    go_to_history(window, qtbot)
    assert "1 session" in texts_of(window)


@pytest.mark.expects_log("history not saved")
def test_an_unreadable_history_is_told(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The page stays calm, and the banner says what is wrong."""
    world.store.failure = MatSessionError("The history cannot be read.", "It is left untouched.")
    window = open_window(world)
    go_to_history(window, qtbot)
    assert "The history cannot be read." in texts_of(window)
