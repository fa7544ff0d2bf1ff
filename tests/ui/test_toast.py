"""The toast: what was done, told in passing, and taken back by a press."""

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.settings import Settings
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.settings_page import SettingsPage
from matsession.ui.theme import u
from matsession.ui.toaster import Notice, Toaster
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.toast import FADE_OUT_MS, SHOWN_MS, Toast
from matsession.ui.window_keeper import WindowKeeper
from tests.ui.conftest import World
from tests.ui.finding import button, click, key_of, named, press, settle, shown
from tests.ui.test_layout import faults
from tests.ui.test_settings_page import choose

Open = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def still() -> World:
    """A world without fades: what they show depends on real time."""
    return World(settings=Settings(last_preset="lower_back", reduce_motion=True))


def toaster(window: QWidget) -> Toaster:
    """What pages hand their notices to."""
    [found] = window.findChildren(Toaster)
    return found


def toast(window: QWidget) -> Toast:
    """The toast, once there was a notice."""
    [found] = window.findChildren(Toast)
    return found


def timer(window: QWidget) -> QTimer:
    """What takes it away."""
    [found] = toast(window).findChildren(QTimer)
    return found


def run_out(window: QWidget) -> None:
    """Eight seconds pass."""
    assert timer(window).isActive()
    timer(window).stop()
    timer(window).timeout.emit()


def test_it_tells_and_goes_by_itself(still: World, open_window: Open) -> None:
    """At the lower edge, in the middle, 48 high, for eight seconds; then nothing can be taken back."""
    window = open_window(still)
    taken: list[str] = []
    press(window, Qt.Key.Key_2, CTRL)
    toaster(window).tell(Notice("Deleted: Lower back", lambda: taken.append("back")))
    shown_now = toast(window)
    assert (shown_now.words(), shown_now.height()) == ("Deleted: Lower back", u(48))
    assert abs(shown_now.geometry().center().x() - window.rect().center().x()) <= 1
    assert 0 < window.height() - shown_now.geometry().bottom() < u(48)
    assert (timer(window).interval(), timer(window).isSingleShot()) == (SHOWN_MS, True)
    run_out(window)
    assert not shown_now.isVisible()
    press(window, Qt.Key.Key_Z, CTRL)
    assert taken == []


@pytest.mark.parametrize("by", ["mouse", "key", "Enter on the button"])
def test_what_it_tells_is_taken_back_once(still: World, open_window: Open, by: str) -> None:
    """By a click, by Ctrl+Z anywhere, or by the button's own keys; then it is gone."""
    window = open_window(still)
    taken: list[str] = []
    toaster(window).tell(Notice("Deleted", lambda: taken.append("back")))
    undo = button(window, "Undo")
    if by == "mouse":
        click(undo)
    elif by == "key":
        press(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    else:
        undo.setFocus()
        press(undo, Qt.Key.Key_Return)
    assert taken == ["back"]
    assert not toast(window).isVisible()
    press(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert taken == ["back"]


def test_the_newest_counts(still: World, open_window: Open) -> None:
    """One at a time: what the one before would have taken back stays done."""
    window = open_window(still)
    taken: list[str] = []
    toaster(window).tell(Notice("First", lambda: taken.append("first")))
    toaster(window).tell(Notice("Second", lambda: taken.append("second")))
    assert toast(window).words() == "Second"
    press(window, Qt.Key.Key_Z, CTRL)
    assert taken == ["second"]
    toaster(window).tell(Notice("Saved"))
    assert [each.text() for each in shown(toast(window), QAbstractButton)] == []


def test_it_stays_while_somebody_is_there(still: World, open_window: Open) -> None:
    """Hovered or focused, its time does not pass; afterwards it begins anew."""
    window = open_window(still)
    toaster(window).tell(Notice("Deleted", lambda: None))
    point = QPointF(5, 5)
    QApplication.sendEvent(toast(window), QEnterEvent(point, point, point))
    assert not timer(window).isActive()
    QApplication.sendEvent(toast(window), QEvent(QEvent.Type.Leave))
    assert timer(window).isActive()
    button(window, "Undo").setFocus()
    assert not timer(window).isActive()
    QApplication.sendEvent(toast(window), QEvent(QEvent.Type.Leave))
    assert not timer(window).isActive()


def test_the_keys_go_back_where_they_were(still: World, open_window: Open) -> None:
    """After Undo or Escape on the button, and Escape takes nothing back."""
    window = open_window(still)
    taken: list[str] = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
        before = window.focusWidget()
        toaster(window).tell(Notice("Deleted", lambda: taken.append("back")))
        button(window, "Undo").setFocus()
        press(button(window, "Undo"), key)
        assert not toast(window).isVisible()
        assert window.focusWidget() is before
    assert taken == ["back"]


def test_it_is_reached_by_tab(still: World, open_window: Open) -> None:
    """Somewhere on the way round the window."""
    window = open_window(still)
    toaster(window).tell(Notice("Deleted", lambda: None))
    undo, passed = button(window, "Undo"), 0
    while window.focusWidget() is not undo and passed < 200:
        press(window.focusWidget(), Qt.Key.Key_Tab)
        passed += 1
    assert window.focusWidget() is undo


def test_it_fades(world: World, open_window: Open) -> None:
    """In and out, unless motion is reduced; a hand on it brings it back from fading."""
    window = open_window(world)
    toaster(window).tell(Notice("Deleted", lambda: None))
    [fade] = toast(window).findChildren(QPropertyAnimation)
    assert fade.state() is QPropertyAnimation.State.Running
    fade.setCurrentTime(fade.duration())
    run_out(window)
    assert (fade.duration(), fade.endValue()) == (FADE_OUT_MS, 0.0)
    point = QPointF(5, 5)
    QApplication.sendEvent(toast(window), QEnterEvent(point, point, point))
    assert toast(window).isVisible()
    assert fade.state() is QPropertyAnimation.State.Stopped
    QApplication.sendEvent(toast(window), QEvent(QEvent.Type.Leave))
    run_out(window)
    fade.setCurrentTime(fade.duration())
    assert not toast(window).isVisible()


def test_a_screen_reader_hears_it(still: World, open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Politely; not where the control that did it has told it already."""
    window = open_window(still)
    heard: list[tuple[str, object]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    toaster(window).tell(Notice("Deleted: Lower back"))
    toaster(window).tell(Notice("Changed: Theme", quiet=True))
    assert heard == [("Deleted: Lower back", QAccessible.AnnouncementPoliteness.Polite)]
    assert toast(window).accessibleName() == "Changed: Theme"


def test_a_session_takes_it_away(still: World, open_window: Open) -> None:
    """It would lie upon the controls of the session."""
    window = open_window(still)
    toaster(window).tell(Notice("Deleted", lambda: None))
    still.start()
    assert not toast(window).isVisible()


def test_it_does_not_cover_start(still: World, open_window: Open) -> None:
    """The strip with the button stays free."""
    window = open_window(still, 420, 640)
    press(window, Qt.Key.Key_2, CTRL)
    toaster(window).tell(Notice("Deleted", lambda: None))
    press(window, Qt.Key.Key_1, CTRL)
    settle()
    start = button(window, "Start")
    assert toast(window).geometry().bottom() < start.mapTo(window, start.rect().topLeft()).y()


def test_it_stands_above_the_buttons_of_a_preset_while_these_are_shown(
    still: World, open_window: Open
) -> None:
    """Where list and preset take each other's place, it lies at the edge below the list."""
    window = open_window(still, 420, 640)
    press(window, key_of(Page.PRESETS), CTRL)
    toaster(window).tell(Notice("Deleted", lambda: None))
    settle()
    page = window.page()
    assert page is not None
    at_the_edge = window.height() - u(16)
    assert toast(window).geometry().bottom() + 1 == at_the_edge
    press(window.focusWidget(), Qt.Key.Key_Return)
    settle()
    [footer] = [each for each in page.findChildren(QWidget, "Footer") if each.isVisible()]
    assert toast(window).geometry().bottom() < footer.mapTo(window, footer.rect().topLeft()).y()
    click(button(page, "Back to the list"))
    settle()
    assert toast(window).geometry().bottom() + 1 == at_the_edge


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640)])
def test_long_words_wrap(double_text: None, still: World, open_window: Open, width: int, height: int) -> None:
    """Nothing is cut off, with text of twice the size too."""
    window = open_window(still, width, height)
    words = "Deleted: Neck, shoulders and the upper part of the back, Saturday 28 February, 20 minutes"
    toaster(window).tell(Notice(words, lambda: None))
    settle()
    assert faults(window) == []
    assert window.rect().contains(toast(window).geometry())


# -- settings ----------------------------------------------------------------------------------------


def open_settings(window: MainWindow) -> SettingsPage:
    """The page of settings of this window."""
    press(window, key_of(Page.SETTINGS), CTRL)
    page = window.page()
    assert isinstance(page, SettingsPage)
    return page


def test_a_changed_setting_is_told_and_taken_back(still: World, open_window: Open) -> None:
    """With its name; the sentence that it was taken back follows."""
    window = open_window(still)
    page = open_settings(window)
    named(page, Switch, "Dawn at the end").click()
    assert toast(window).words() == "Changed: Dawn at the end"
    button(window, "Undo").click()
    assert still.preferences.settings.dawn is False
    assert toast(window).words() == "The last change was taken back."


def test_a_reset_is_told_and_taken_back(still: World, open_window: Open) -> None:
    """All of it at once."""
    window = open_window(still)
    page = open_settings(window)
    button(page, "Reset to defaults").click()
    assert still.preferences.settings.reduce_motion is False
    assert toast(window).words() == "All settings are as they were at first."
    press(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert still.preferences.settings.reduce_motion is True


def test_what_changes_elsewhere_is_not_told(still: World, open_window: Open) -> None:
    """A choice on another page is no news."""
    window = open_window(still)
    open_settings(window)
    press(window, Qt.Key.Key_1, CTRL)
    still.changes.change(dawn=True)
    assert window.findChildren(Toast) == []


def test_the_new_window_of_larger_text_goes_on_telling(still: World, qtbot: QtBot) -> None:
    """The change can be taken back there as well."""
    keeper = WindowKeeper(still.window, still.preferences)
    first = keeper.window
    with qtbot.waitActive(first):
        first.show()
    page = open_settings(first)
    with qtbot.waitSignal(first.destroyed):
        choose(page, "Text size", "150 % of it")
    qtbot.addWidget(keeper.window)
    assert toast(keeper.window).words() == "Changed: Text size"
    second = keeper.window
    with qtbot.waitSignal(second.destroyed):
        button(second, "Undo").click()
    qtbot.addWidget(keeper.window)
    assert still.preferences.settings.text_percent == 100


def test_a_window_with_a_toast_goes_at_once(still: World, qtbot: QtBot) -> None:
    """Nothing that the toast holds keeps the window: it would go when the garbage is collected."""
    window = still.window()
    with qtbot.waitSignal(window.painted):
        window.show()
    page = open_settings(window)
    named(page, Switch, "Dawn at the end").click()
    gone = weakref.ref(window)
    window.hide()
    del page
    del window
    assert gone() is None
