"""Nothing is cut off: in a narrow window, and with text of twice the size."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QProgressBar,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from matsession.domain.settings import Settings
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.main_window import MainWindow
from matsession.ui.theme import u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.toast import Toast
from tests.ui.conftest import World
from tests.ui.finding import enter, press, settle, shown
from tests.ui.past import remember, session
from tests.ui.reading import painting_faults

Open = Callable[..., MainWindow]
STATES = (
    "ready",
    "open end",
    "morning",
    "settling",
    "running",
    "slept",
    "rating",
    "history",
    "no history",
    "trouble",
)


def bring_to(
    state: str, world: World, open_window: Open, qtbot: QtBot, width: int, height: int
) -> MainWindow:
    """A window in this state."""
    if state == "trouble":
        world = World(preset_problems=("evening.toml: a preset has 1 to 60 steps, not 0",))
    if state == "open end":
        world = World(settings=Settings(last_preset="lower_back", open_ends={"lower_back": True}))
    if state == "morning":
        remember(world, session(1, morning_scale="sleep_sqs"))
    window = open_window(world, width, height)
    if state in ("settling", "running", "slept", "rating", "history"):
        press(window.focusWidget(), Qt.Key.Key_Return)
    if state in ("running", "slept", "rating", "history"):
        world.pass_time(31)
    if state == "slept":
        world.clock.sleep(500)
        world.runner.tick()
    if state in ("rating", "history"):
        world.pass_time(100)
    if state == "history":
        page = window.page()
        assert page is not None
        enter(window.focusWidget(), "4")
        press(window.focusWidget(), Qt.Key.Key_Return)
    if "history" in state:
        press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    return window


def scrolls(widget: QWidget, window: QWidget) -> QScrollArea | None:
    """The area that scrolls this widget, if there is one."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def faults(window: QWidget) -> list[str]:
    """Texts and buttons that are smaller than they need, or stick out sideways."""
    found = []
    widgets: list[QLabel | QAbstractButton] = [*shown(window, QLabel), *shown(window, QAbstractButton)]
    for widget in widgets:
        what = f"{type(widget).__name__} {widget.text()!r}"
        elsewhere = widget.window() is not window  # in a dialog in front of it
        if elsewhere or isinstance(widget.parentWidget(), QAbstractScrollArea) or not widget.text():
            continue
        least = widget.minimumSizeHint()
        needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else least.height()
        if widget.width() < least.width():
            found.append(f"{what} is {widget.width()} wide, needs {least.width()}")
        if widget.height() < needed:
            found.append(f"{what} is {widget.height()} high, needs {needed}")
        area = scrolls(widget, window)
        edge = area.viewport() if area else window
        left = widget.mapTo(edge, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > edge.width():
            found.append(f"{what} goes from {left} to {left + widget.width()} of {edge.width()}")
        parent = widget.parentWidget()
        if parent is not None and widget.geometry().bottom() > parent.height():
            found.append(f"{what} ends at {widget.geometry().bottom()} of {parent.height()}")
    return [*found, *overlaps(window)]


def in_toast(widget: QWidget) -> bool:
    """Whether it belongs to the toast, which lies above the page for a while."""
    return isinstance(widget.parentWidget(), Toast)


def overlaps(window: QWidget) -> list[str]:
    """Texts and controls that lie upon each other, as far as they can be seen.

    The room that two have for their focus rings may be the same: only one of them has the focus. A toast lies
    upon its page by intention; within it nothing may.
    """
    seen = []
    for kind in (QLabel, QAbstractButton, QAbstractSpinBox, QComboBox, QAbstractSlider, QProgressBar):
        for widget in shown(window, kind):
            if widget.window() is window and not isinstance(widget.parentWidget(), QAbstractSpinBox):
                part = widget.visibleRegion().boundingRect()
                if _says_something(widget) and not part.isEmpty():
                    seen.append((widget, part.translated(widget.mapTo(window, QPoint(0, 0)))))
    found = []
    for number, (one, room) in enumerate(seen):
        for other, its_room in seen[number + 1 :]:
            both = room.intersected(its_room)
            inside = one.isAncestorOf(other) or other.isAncestorOf(one)
            layers = in_toast(one) is not in_toast(other)
            if min(both.width(), both.height()) > 2 * u(FOCUS_ROOM) and not inside and not layers:
                found.append(f"{_name(one)} lies upon {_name(other)}")
    return found


def _says_something(widget: QWidget) -> bool:
    return not isinstance(widget, QLabel) or bool(widget.text())


def _name(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {said!r}"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height"), [(1100, 760), (840, 640), (420, 640), (360, 480)])
def test_nothing_is_cut_off(
    world: World, open_window: Open, qtbot: QtBot, state: str, width: int, height: int
) -> None:
    """Every text and button has the room it needs, in windows down to the smallest."""
    window = bring_to(state, world, open_window, qtbot, width, height)
    assert [*faults(window), *painting_faults(window)] == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640)])
def test_nothing_is_cut_off_with_large_text(
    double_text: None, world: World, open_window: Open, qtbot: QtBot, state: str, width: int, height: int
) -> None:
    """The same with text of twice the size."""
    window = bring_to(state, world, open_window, qtbot, width, height)
    assert [*faults(window), *painting_faults(window)] == []


def test_a_banner_without_buttons_is_as_high_as_its_words(qtbot: QtBot) -> None:
    """In a narrow window too."""
    banner = Banner(BannerKind.CAREFUL)
    qtbot.addWidget(banner)
    banner.tell("No sound device found. Chimes are silent; the screen still guides you.")
    banner.set_narrow(True)
    banner.resize(380, 100)
    assert banner.sizeHint().height() <= banner.heightForWidth(banner.sizeHint().width())
