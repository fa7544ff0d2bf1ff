"""An end that could not be heard is seen: over the whole window, until somebody touches anything."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matsession.app.ports import SoundProblem
from matsession.domain.events import Acknowledged
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.session import WAKE_AGAIN_S, Phase
from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.mat_colours import DIGITS, NIGHT
from matsession.ui.pages.rating_page import RatingPage
from matsession.ui.theme import tokens
from matsession.ui.widgets.end_notice import SWAP_EVERY_MS, SWAPS, EndNotice
from matsession.ui.widgets.rating_scale import RatingScale
from tests.ui.conftest import World
from tests.ui.finding import press, shown
from tests.ui.test_mat_view import open_by_key

Open = Callable[..., MainWindow]


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """The windows for which the desktop is asked for attention."""
    asked: list[QWidget] = []

    def alert(window: QWidget, duration_ms: int) -> None:
        assert duration_ms == 0  # until it is looked at
        asked.append(window)

    monkeypatch.setattr(QApplication, "alert", alert)
    return asked


def end_unheard(world: World, window: MainWindow) -> EndNotice:
    """A whole session without sound."""
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    world.start()
    world.pass_time(100)
    [notice] = shown(window, EndNotice)
    return notice


def ground(notice: EndNotice) -> QColor:
    """The colour of its edge, as painted."""
    return notice.grab().toImage().pixelColor(QPoint(2, 2))


def test_it_covers_everything_and_comes_forward(
    world: World, open_window: Open, alerts: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desktop is asked for attention, screen readers say it at once; it stays as large as the window."""
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    window = open_window(world)
    window.showMinimized()
    notice = end_unheard(world, window)
    assert alerts == [window]
    assert not window.isMinimized()
    assert isinstance(window.page(), RatingPage)
    assert notice.geometry() == window.rect()
    words = "The session is over. It could not be heard. Any key or click takes this away."
    assert (words, QAccessible.AnnouncementPoliteness.Assertive) in said
    window.resize(700, 500)
    assert notice.geometry() == window.rect()


def test_two_colours_change_places_and_then_it_stands_still(
    world: World, open_window: Open, alerts: list[QWidget]
) -> None:
    """Slower than what harms, for half a minute; then in the stronger colour, without a timer."""
    assert 1000 / SWAP_EVERY_MS <= 3
    notice = end_unheard(world, open_window(world))
    accent, plain = QColor(tokens().accent), QColor(tokens().bg)
    assert ground(notice) == accent
    seen = []
    [timer] = notice.findChildren(QTimer)
    while timer.isActive():
        timer.timeout.emit()
        seen.append(ground(notice))
    assert len(seen) == SWAPS
    assert seen[:4] == [plain, accent, plain, accent]
    assert seen[-1] == accent


def test_reduced_motion_stands_still(open_window: Open, alerts: list[QWidget]) -> None:
    """From the first moment on."""
    world = World(settings=Settings(last_preset="lower_back", reduce_motion=True))
    notice = end_unheard(world, open_window(world))
    [timer] = notice.findChildren(QTimer)
    assert not timer.isActive()
    assert ground(notice) == QColor(tokens().accent)


def test_a_key_takes_it_away_and_does_nothing_else(
    world: World, open_window: Open, alerts: list[QWidget]
) -> None:
    """Held until it repeats as well; the next key is for the page. The wake chime does not return."""
    window = open_window(world)
    end_unheard(world, window)
    happened: list[object] = []
    world.runner.happened.connect(happened.append)
    handle = window.windowHandle()
    QTest.keyPress(handle, Qt.Key.Key_7)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        repeat = QKeyEvent(kind, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7", True)
        QApplication.sendEvent(handle, repeat)
    QTest.keyRelease(handle, Qt.Key.Key_7)
    [scale] = shown(window, RatingScale)
    assert shown(window, EndNotice) == []
    assert scale.rating() is None
    assert [type(event) for event in happened] == [Acknowledged]
    QTest.keyClick(handle, Qt.Key.Key_7)
    assert scale.rating() == 7
    world.pass_time(WAKE_AGAIN_S[-1])
    assert shown(window, EndNotice) == []


def test_a_click_takes_it_away_and_presses_nothing(
    world: World, open_window: Open, alerts: list[QWidget]
) -> None:
    """Wherever it falls."""
    window = open_window(world)
    end_unheard(world, window)
    [scale] = shown(window, RatingScale)
    at = scale.mapTo(window, scale.rect().center())
    handle = window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert shown(window, EndNotice) == []
    assert scale.rating() is None
    assert world.runner.phase is Phase.FINISHED


def test_a_chime_that_is_lost_at_the_end(world: World, open_window: Open, alerts: list[QWidget]) -> None:
    """It comes with the report; who has touched the page meanwhile is awake, and is left in peace."""
    lost = CueReport(100, ChimeName.CLOSE, None, "", "lost")
    window = open_window(world)
    world.start()
    world.pass_time(100)
    assert shown(window, EndNotice) == []
    world.chimes.report(lost)
    assert len(shown(window, EndNotice)) == 1
    press(window, Qt.Key.Key_F9)
    world.preferences.change(doze_guard=False)
    world.start()
    world.pass_time(100)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    world.chimes.report(lost)
    assert shown(window, EndNotice) == []


def test_it_returns_with_each_wake_chime(world: World, open_window: Open, alerts: list[QWidget]) -> None:
    """Where none of them can be heard."""
    window = open_window(world)
    end_unheard(world, window)
    world.pass_time(WAKE_AGAIN_S[0])
    assert alerts == [window, window]


def test_a_new_session_takes_it_away(world: World, open_window: Open, alerts: list[QWidget]) -> None:
    """Started from elsewhere."""
    window = open_window(world)
    end_unheard(world, window)
    world.start()
    assert shown(window, EndNotice) == []


@pytest.mark.parametrize(("width", "height"), [(1100, 760), (420, 640), (360, 480)])
def test_the_words_are_as_large_as_they_fit(
    world: World, open_window: Open, alerts: list[QWidget], width: int, height: int
) -> None:
    """No word is broken, and all of it is within the window."""
    notice = end_unheard(world, open_window(world, width, height))
    font = notice.large_font()
    longest = max(QFontMetrics(font).horizontalAdvance(word) for word in ("session", "over."))
    assert longest <= width
    assert font.pixelSize() >= width / 12


def test_the_window_that_takes_its_place_gives_the_signal(
    world: World, open_window: Open, alerts: list[QWidget], qtbot: QtBot
) -> None:
    """The old one is as good as gone."""
    old = open_window(world)
    old.let_go()
    new = open_window(world)
    end_unheard(world, new)
    assert alerts == [new]


@pytest.mark.parametrize("turns", [0, 1])
def test_in_the_mat_view_it_is_as_warm_and_as_turned_as_that(
    qapp: QApplication, qtbot: QtBot, open_window: Open, alerts: list[QWidget], turns: int
) -> None:
    """Whoever lies before it in the dark is not dazzled by the window's colours, and reads it upright."""
    settings = Settings(last_preset="lower_back", mat_brightness="dim", mat_turns=turns)
    world = World(settings=settings)
    window = open_window(world)
    world.chimes.set_problem(SoundProblem.NO_OUTPUT)
    world.start()
    mat = open_by_key(qapp, qtbot, window)
    world.pass_time(100)
    [notice] = shown(mat, EndNotice)
    assert ground(notice) == QColor(DIGITS["dim"])
    [timer] = notice.findChildren(QTimer)
    timer.timeout.emit()
    assert ground(notice) == QColor(NIGHT.ground)
    notice.setGeometry(0, 0, 1200, 400)
    picture = notice.grab().toImage()
    inked = [
        (x, y)
        for x in range(0, 1200, 2)
        for y in range(0, 400, 2)
        if picture.pixelColor(x, y) == QColor(DIGITS["dim"])
    ]
    width, height = (max(each) - min(each) for each in zip(*inked, strict=True))
    assert (width > height) == (turns == 0)
