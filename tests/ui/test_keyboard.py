"""The whole window by keys alone: Tab reaches whatever can be used, and the focus is seen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from matsession.domain.reminder import Reminder
from matsession.domain.week import Weekday
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.widgets.preset_list import PresetList
from tests.ui.conftest import World
from tests.ui.finding import key_of, press, settle, shown
from tests.ui.test_layout import STATES, bring_to

Open = Callable[..., MainWindow]

USED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
)
"""Kinds of what a person does something with."""
MOST_STOPS = 120


def to_be_reached(window: QWidget) -> set[QWidget]:
    """Whatever can be used now; of radio buttons or presets that belong together, one (arrows go on)."""
    found: set[QWidget] = set()
    for kind in USED:
        for widget in shown(window, kind):
            part = isinstance(widget, QScrollBar | QHeaderView) or isinstance(
                widget.parentWidget(), QComboBox
            )
            if widget.isEnabled() and widget.window() is window and not part:
                found.add(_group_of(widget) if _by_arrows(widget) else widget)
    return found


def _by_arrows(widget: QWidget) -> bool:
    """Whether arrows go from it to its like, so that Tab stops at one of them."""
    return isinstance(widget, QRadioButton) or isinstance(widget.parentWidget(), PresetList)


def _group_of(one: QWidget) -> QWidget:
    group = one.parentWidget()
    assert group is not None
    return group


PAGES = {
    page.name.lower(): key_of(page) for page in (Page.REMINDERS, Page.PRESETS, Page.EVIDENCE, Page.SETTINGS)
}
"""Those of the navigation that stand by themselves, with their keys."""


def walk(window: MainWindow, begin: QWidget) -> list[QWidget]:
    """Where the focus goes by Tab, until it comes to a place for the second time."""
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        now: QWidget | None = window.focusWidget()
        press(now or begin, Qt.Key.Key_Tab)
        to: QWidget | None = window.focusWidget()
        if to is None or to in stops:
            return stops
        stops.append(to)
    raise AssertionError("Tab never comes back")


@pytest.mark.parametrize("width", [1100, 420])
@pytest.mark.parametrize("state", [*STATES, *PAGES])
def test_tab_reaches_everything(
    world: World, open_window: Open, qtbot: QtBot, state: str, width: int
) -> None:
    """Each page and state, in a wide and in a narrow window."""
    if state == "reminders":
        world.reminders.book.put(Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday)))
    window = bring_to("ready" if state in PAGES else state, world, open_window, qtbot, width, 760)
    if state in PAGES:
        press(window, PAGES[state], Qt.KeyboardModifier.ControlModifier)
        settle()
    page = window.page()
    assert page is not None
    stops = walk(window, page)
    reached = {_group_of(stop) if _by_arrows(stop) else stop for stop in stops}
    reached |= {field for stop in stops if isinstance(stop, QLineEdit) and (field := stop.parentWidget())}
    missed = [f"{type(each).__name__} {each.accessibleName()}" for each in to_be_reached(window) - reached]
    assert missed == []


def picture(window: QWidget, around: QWidget) -> QImage:
    """The window where this widget is, with the room for a ring around it."""
    place = around.rect().translated(around.mapTo(window, QPoint(0, 0))).adjusted(-6, -6, 6, 6)
    return window.grab(place.intersected(window.rect())).toImage()


@pytest.mark.parametrize("state", ["ready", "settling", "slept", "rating", *PAGES])
def test_the_focus_is_seen(world: World, open_window: Open, qtbot: QtBot, state: str) -> None:
    """Wherever Tab stops, it looks different than after the next Tab."""
    if state == "reminders":
        world.reminders.book.put(Reminder(id="1", time_min=1260, weekdays=frozenset(Weekday)))
    window = bring_to("ready" if state in PAGES else state, world, open_window, qtbot, 1100, 760)
    if state in PAGES:
        press(window, PAGES[state], Qt.KeyboardModifier.ControlModifier)
        settle()
    page = window.page()
    assert page is not None
    unseen = []
    first: QWidget | None = None
    for _ in range(MOST_STOPS):
        now: QWidget | None = window.focusWidget()
        press(now or page, Qt.Key.Key_Tab)
        stop: QWidget | None = window.focusWidget()
        if stop is None or stop is first or stop is page:
            break
        first = first or stop
        settle()
        whole = stop.parentWidget() if isinstance(stop, QLineEdit) else stop
        assert whole is not None
        place = whole.mapTo(window, QPoint(0, 0))
        with_focus = picture(window, whole)
        stop.clearFocus()
        settle()
        if whole.mapTo(window, QPoint(0, 0)) == place and picture(window, whole) == with_focus:
            said = whole.text() if isinstance(whole, QAbstractButton) else whole.accessibleName()
            unseen.append(f"{type(whole).__name__} {said}")
        stop.setFocus(Qt.FocusReason.TabFocusReason)
    assert first is not None
    assert unseen == []
