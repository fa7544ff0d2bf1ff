"""Lists of rows: what is painted when only the time at the end of one is another."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from matsession.domain.plan import compile_plan
from matsession.ui.models.step_rows import StepRows
from matsession.ui.widgets.rows import RowList
from tests.fakes import make_preset
from tests.ui.breathing import view_of
from tests.ui.conftest import GUIDANCE, World
from tests.ui.finding import settle


class WatchedList(RowList):
    """Writes down what was painted."""

    def __init__(self, rows: StepRows) -> None:
        super().__init__("Steps", rows, 44)
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.region().boundingRect())
        super().paintEvent(event)


def test_a_second_paints_one_row(world: World, qtbot: QtBot) -> None:
    """The row that runs; and all of them when another one begins."""
    world.runner.start(compile_plan(make_preset(), 100, GUIDANCE), 0)
    rows = StepRows()
    shown = WatchedList(rows)
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    world.pass_time(20)
    rows.show_view(view_of(world))
    with qtbot.waitExposed(shown):
        shown.show()
    settle()
    shown.painted.clear()
    world.pass_time(1)
    rows.show_view(view_of(world))
    settle()
    assert shown.painted == [shown.visualRect(rows.index(1, 0))]
    world.pass_time(70)
    rows.show_view(view_of(world))
    settle()
    assert shown.painted[-1].height() > shown.painted[0].height()
    world.runner.stop()
