"""What somebody hears who does not see the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from matsession.app.event_words import words_for
from matsession.domain.events import (
    Outcome,
    PauseReason,
    SessionEnded,
    SessionPaused,
    StepStarted,
)
from matsession.domain.plan import compile_plan
from matsession.ui.main_window import MainWindow
from matsession.ui.models.step_rows import StepRows
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.ring_timer import RingTimer
from tests.fakes import FakeClock, make_preset
from tests.ui.conftest import GUIDANCE, World
from tests.ui.finding import accessible_text, shown
from tests.ui.test_layout import STATES, bring_to

Open = Callable[..., MainWindow]
INTERACTIVE: tuple[type[QWidget], ...] = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QProgressBar,
)


@pytest.mark.parametrize("state", STATES)
def test_everything_has_a_name(world: World, open_window: Open, qtbot: QtBot, state: str) -> None:
    """Whatever can be used is called something."""
    window = bring_to(state, world, open_window, qtbot, 1100, 760)
    nameless = [
        type(widget).__name__
        for kind in INTERACTIVE
        for widget in shown(window, kind)
        if not accessible_text(widget, QAccessible.Text.Name)
    ]
    assert nameless == []


def test_the_ring_tells_the_time(world: World, open_window: Open, qtbot: QtBot) -> None:
    """It is a progress bar named "Time left", and its description is the time in words."""
    window = bring_to("running", world, open_window, qtbot, 1100, 760)
    [ring] = shown(window, RingTimer)
    interface = QAccessible.queryAccessibleInterface(ring)
    assert interface.role() == QAccessible.Role.ProgressBar
    assert accessible_text(ring, QAccessible.Text.Name) == "Time left"
    described = accessible_text(ring, QAccessible.Text.Description)
    assert described == "1 minute 39 seconds left, step 1 of 3, Lower"


def test_the_scale_is_a_group_with_its_question(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The eleven numbers belong together under the question; both ends say what they mean."""
    window = bring_to("rating", world, open_window, qtbot, 1100, 760)
    [scale] = shown(window, RatingScale)
    interface = QAccessible.queryAccessibleInterface(scale)
    assert interface.role() == QAccessible.Role.Grouping
    name = accessible_text(scale, QAccessible.Text.Name)
    assert name == "How much pain do you have right now? 0 no pain, 10 worst pain imaginable"
    numbers = shown(scale, QAbstractButton)
    assert {QAccessible.queryAccessibleInterface(each).role() for each in numbers} == {
        QAccessible.Role.RadioButton
    }
    assert accessible_text(numbers[0], QAccessible.Text.Name) == "0 no pain"


def test_a_step_is_announced() -> None:
    """Name, place and instruction of each step are said when it begins."""
    plan = compile_plan(make_preset(), 100, GUIDANCE)
    at = FakeClock().now()
    assert words_for(StepStarted(at=at, step_index=1), plan) == "Rest, step 2 of 3. Do rest."
    paused = SessionPaused(at=at, reason=PauseReason.SLEEP, elapsed_s=3, slept_s=245)
    assert words_for(paused, plan) == "The computer slept for 4 minutes. Does this time count?"
    ended = SessionEnded(at=at, outcome=Outcome.FINISHED, planned_s=100, done_s=100, on_mat_s=90)
    assert words_for(ended, plan) == "Session complete."


def test_announcements_reach_qt(
    world: World, open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step and end are sent as announcement events."""
    heard: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(getattr(event, "message", str)())
    )
    bring_to("rating", world, open_window, qtbot, 1100, 760)
    assert "Lower, step 1 of 3. Do lower." in heard
    assert "Session complete." in heard


def test_the_first_start_is_announced_too(
    world: World, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of a session is made while the start is told."""
    heard: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(getattr(event, "message", str)())
    )
    window = open_window(world)
    for _ in range(2):
        heard.clear()
        world.start(preparation_s=30)
        assert isinstance(window.page(), RunningPage)
        assert heard.count("Settle in. The session starts in 30 seconds.") == 1
        world.runner.stop()


def test_steps_say_how_they_stand(world: World, qtbot: QtBot) -> None:
    """Done, now and to come are words, not colours."""
    plan = compile_plan(make_preset(), 100, GUIDANCE)
    world.runner.start(plan, 0)
    world.pass_time(20)
    view = world.runner.view()
    assert view is not None
    rows = StepRows()
    rows.show_view(view)
    said = [rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == ["Lower, 10 seconds, done", "Rest, 1 minute 20 seconds, now", "Rise, 10 seconds, to come"]
    world.runner.stop()
