"""The history: fetched in pages, told in words, and read again only while it is seen."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from matsession.domain.record import RowState, SessionRecord
from matsession.ui.main_window import MainWindow
from matsession.ui.models.history_model import PAGE, Column, HistoryModel
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
    """Ctrl+2, and on to the list."""
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    button(window, "Sessions").click()


def texts_of(window: MainWindow) -> list[str]:
    """What can be read."""
    return [label.text() for label in shown(window, QLabel)]


def model_of(world: World) -> HistoryModel:
    """The list of all lines."""
    model = HistoryModel(world.book, world.journal)
    model.reload()
    return model


def test_what_is_looked_at_is_fetched(world: World, qapp: QApplication) -> None:
    """All lines are there; those that are asked for are read, a page at a time, and few are kept."""
    fill(world, 30 * PAGE + 50)
    model = model_of(world)
    assert model.rowCount() == 30 * PAGE + 50
    ids = [f"row-{number}" for number in range(30 * PAGE + 50)]
    found = [model.record(row) for row in range(model.rowCount())]
    assert [row.id if row else None for row in found] == ids
    assert len(model._pages) <= 20
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


def test_a_line_in_words(world: World) -> None:
    """Each cell shows its value, and says it so that it is understood without the head of the column."""
    fill(world, 2)
    model = model_of(world)

    def row(number: int, role: Qt.ItemDataRole) -> list[str]:
        return [model.index(number, column).data(role) for column in Column]

    shown_now = Qt.ItemDataRole.DisplayRole
    assert row(0, shown_now)[0] == "Today"
    assert row(0, shown_now)[2:] == ["Lower back", "Lower back", "4*", "6", "–", "–", "Knees bent, better"]
    assert row(1, shown_now)[4:8] == ["10", "6", "4", "−2"]
    spoken = row(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[4:8] == ["4 minutes, Ended early", "Before 6", "not rated after", "no change to tell"]


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
