"""One button for everything, with real keys and clicks as they reach the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.session import Phase
from matsession.ui.one_button_filter import ONE_BUTTON_KEYS, OneButtonFilter
from matsession.ui.pages.running_page import RunningPage
from tests.ui.conftest import World
from tests.ui.finding import button

Watched = Callable[[], tuple[RunningPage, QWindow]]


@pytest.fixture
def calls(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the control is told."""
    told: list[str] = []
    for name in ("press", "release", "lose_focus"):
        monkeypatch.setattr(world.control, name, telling(told, name, getattr(world.control, name)))
    return told


def telling(told: list[str], name: str, real: Callable[[], None]) -> Callable[[], None]:
    """Does the same, and writes it down."""

    def do() -> None:
        told.append(name)
        real()

    return do


@pytest.fixture
def watched(world: World, qtbot: QtBot, calls: list[str]) -> Watched:
    """Opens the page of a session in a window of its own, under the filter."""

    def opening() -> tuple[RunningPage, QWindow]:
        world.preferences.change(one_button=True)
        world.start()
        world.pass_time(5)
        page = world.running_page()
        qtbot.addWidget(page, before_close_func=lambda _page: world.runner.stop())
        # The page holds it: a filter that nobody holds watches nothing.
        OneButtonFilter(world.control, world.runner, world.preferences, page).watch(page)
        page.resize(900, 640)
        with qtbot.waitActive(page):
            page.show()
        return page, page.windowHandle()

    return opening


def phase(world: World) -> Phase | None:
    """Where the session stands."""
    return world.runner.phase


@pytest.mark.parametrize("key", sorted(ONE_BUTTON_KEYS, key=str))
def test_each_key_is_the_button(world: World, watched: Watched, calls: list[str], key: Qt.Key) -> None:
    """Whatever a presenter sends; and none of it reaches the page, where Space would pause."""
    _page, handle = watched()
    QTest.keyClick(handle, key)
    assert calls == ["press", "release"]
    assert phase(world) is Phase.RUNNING


def test_a_click_counts_on_a_button_too(world: World, watched: Watched, calls: list[str]) -> None:
    """Who has closed eyes cannot know what lies below the pointer."""
    page, handle = watched()
    end = button(page, "End session")
    for target in (end.mapTo(page, end.rect().center()), QPoint(3, 3)):
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    assert calls == ["press", "release"] * 2
    assert phase(world) is Phase.PAUSED


def test_two_presses_pause_and_two_go_on(world: World, watched: Watched) -> None:
    """Quick ones, with the same key."""
    _page, handle = watched()
    for expected in (Phase.PAUSED, Phase.RUNNING):
        for _ in range(2):
            QTest.keyClick(handle, Qt.Key.Key_PageDown)
            world.clock.advance(0.1)
        world.clock.advance(1)
        assert phase(world) is expected


def test_escape_never_ends(world: World, watched: Watched, calls: list[str]) -> None:
    """Neither pressed nor held for long."""
    _page, handle = watched()
    QTest.keyPress(handle, Qt.Key.Key_Escape)
    world.pass_time(5)
    QTest.keyRelease(handle, Qt.Key.Key_Escape)
    assert calls == []
    assert phase(world) is Phase.RUNNING


def repeat(page: QWidget, handle: QWindow, key: Qt.Key) -> None:
    """What a held key sends."""
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, " ", True)
        QApplication.sendEvent(handle, event)


def test_a_held_key_ends_once_and_its_repeats_go_nowhere(
    world: World, watched: Watched, calls: list[str]
) -> None:
    """Repeats are no presses; after the end they reach no other page; the release is taken as well."""
    page, handle = watched()
    QTest.keyPress(handle, Qt.Key.Key_Space)
    repeat(page, handle, Qt.Key.Key_Space)
    world.pass_time(1.1)
    QTest.keyRelease(handle, Qt.Key.Key_Space)
    assert calls == ["press", "release"]
    assert phase(world) is Phase.STOPPED


def test_repeats_that_look_real_are_no_presses(
    world: World, watched: Watched, calls: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Under X11 a held key may come as up and down of the same moment, as if a hand did it."""
    monkeypatch.setattr("matsession.ui.one_button_filter.repeats_look_real", lambda: True)
    _, handle = watched()
    send(handle, QEvent.Type.KeyPress, 1000)
    for moment in (1660, 1700, 1740, 1780):
        send(handle, QEvent.Type.KeyRelease, moment)
        send(handle, QEvent.Type.KeyPress, moment)
    assert calls == ["press"]
    world.pass_time(1.1)
    send(handle, QEvent.Type.KeyRelease, 2100)
    qtbot.waitUntil(lambda: calls == ["press", "release"])
    assert phase(world) is Phase.STOPPED


def test_real_presses_are_not_taken_for_repeats(
    world: World, watched: Watched, calls: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """However quick the second one is; a key that goes up is up a moment later."""
    monkeypatch.setattr("matsession.ui.one_button_filter.repeats_look_real", lambda: True)
    _, handle = watched()
    for pressed, released in ((1000, 1004), (1006, 1010)):
        send(handle, QEvent.Type.KeyPress, pressed)
        send(handle, QEvent.Type.KeyRelease, released)
    qtbot.waitUntil(lambda: calls == ["press", "release"] * 2)
    assert phase(world) is Phase.PAUSED


def send(handle: QWindow, kind: QEvent.Type, moment: int) -> None:
    """Space goes up or down, and Qt says that it is no repeat."""
    event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    event.setTimestamp(moment)
    QApplication.sendEvent(handle, event)


def test_always_needs_no_setting(world: World, qtbot: QtBot, calls: list[str]) -> None:
    """Where the one button is the only way, it is there."""
    page = QWidget()
    qtbot.addWidget(page)
    world.start()
    OneButtonFilter(world.control, world.runner, world.preferences, page, always=True).watch(page)
    with qtbot.waitActive(page):
        page.show()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert calls == ["press", "release"]
    world.runner.stop()


def test_a_window_that_is_left_makes_a_hold_a_press(world: World, watched: Watched, calls: list[str]) -> None:
    """A key that goes up elsewhere must not end the session."""
    page, handle = watched()
    QTest.keyPress(handle, Qt.Key.Key_Space)
    world.clock.advance(0.3)
    QApplication.sendEvent(page, QEvent(QEvent.Type.WindowDeactivate))
    world.pass_time(5)
    QTest.keyRelease(handle, Qt.Key.Key_Space)
    assert calls == ["press", "lose_focus"]
    assert phase(world) is Phase.RUNNING


def test_keys_with_another_meaning_keep_it(world: World, watched: Watched, calls: list[str]) -> None:
    """Ctrl+B, plus and Tab are not the button."""
    page, handle = watched()
    QTest.keyClick(handle, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    assert calls == []
    assert page.focusWidget() is button(page, "Pause")


def test_switched_off_space_pauses(world: World, watched: Watched, calls: list[str]) -> None:
    """Elsewhere Space pauses, as people expect."""
    _page, handle = watched()
    world.preferences.change(one_button=False)
    QTest.keyClick(handle, Qt.Key.Key_Space)
    assert calls == []
    assert phase(world) is Phase.PAUSED


def test_without_a_session_nothing_is_taken(world: World, watched: Watched, calls: list[str]) -> None:
    """Over means over: keys and clicks are for the page again."""
    _page, handle = watched()
    world.runner.stop()
    QTest.keyClick(handle, Qt.Key.Key_Return)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert calls == []
