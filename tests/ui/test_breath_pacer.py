"""The breathing pacer: a smooth breath, and no frame that nobody sees."""

import itertools
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from matsession.domain.guidance import Breathing, BreathMoment, BreathPhase
from matsession.domain.settings import Settings
from matsession.ui.breath_pacer import (
    FRAME_S,
    STILL,
    BreathPacer,
    breath_words,
    fullness,
    until_next_frame_s,
)
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.running_page import RunningPage
from matsession.ui.theme import tokens
from matsession.ui.widgets.digits import Digits
from matsession.ui.widgets.ring_picture import (
    changed_parts,
    digits_font,
    disc_area,
    draw_ring,
    picture_of,
)
from matsession.ui.widgets.ring_timer import RingTimer
from tests.ui.breathing import PATTERNS, breathing_plan, view_of
from tests.ui.conftest import World

LENGTHS = st.floats(0.5, 15)


@given(
    st.builds(
        Breathing,
        id=st.just("own"),
        name=st.just("Own"),
        inhale_s=LENGTHS,
        top_up_s=st.just(0.0) | LENGTHS,
        hold_in_s=st.just(0.0) | LENGTHS,
        exhale_s=LENGTHS,
        hold_out_s=st.just(0.0) | LENGTHS,
        max_cycles=st.none(),
    ),
    st.floats(0, 300),
)
def test_a_breath_is_smooth(pattern: Breathing, at_s: float) -> None:
    """Between empty and full, and never further in a frame than the quickest breath goes."""
    now, then = pattern.moment(at_s), pattern.moment(at_s + FRAME_S)
    assert now is not None
    assert then is not None
    assert 0 <= fullness(pattern, now) <= 1
    shortest_s = min(pattern.inhale_s, pattern.exhale_s, pattern.top_up_s or 15)
    assert abs(fullness(pattern, then) - fullness(pattern, now)) <= math.pi / 2 * FRAME_S / shortest_s + 1e-9


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_a_breath_begins_empty_and_is_full_between(pattern: Breathing) -> None:
    """In, held, out, held."""
    in_s = pattern.inhale_s + pattern.top_up_s

    def at(seconds: float) -> float:
        moment = pattern.moment(seconds)
        assert moment is not None
        return fullness(pattern, moment)

    assert at(0) == 0
    assert at(in_s - 1e-6) == pytest.approx(1)
    assert at(in_s + pattern.hold_in_s) == pytest.approx(1)
    assert at(pattern.cycle_s - 1e-6) == pytest.approx(0)


def test_without_motion_the_breath_is_counted() -> None:
    """Whole seconds that are left of the phase, and a disc that stands."""
    said = []
    for tenths in range(40):
        moment = PATTERNS[0].moment(tenths / 10)
        assert moment is not None
        said.append(breath_words(moment, still=True))
    assert (
        said == ["Breathe in 4"] * 10 + ["Breathe in 3"] * 10 + ["Breathe in 2"] * 10 + ["Breathe in 1"] * 10
    )


def test_when_the_next_frame_comes() -> None:
    """Twenty a second while it moves, none while it is held, one a second where it is counted."""
    moving = BreathMoment(BreathPhase.OUT, 0.5, 3.0)
    held = BreathMoment(BreathPhase.HOLD_IN, 0.25, 3.0)
    assert until_next_frame_s(moving, still=False) == FRAME_S
    assert until_next_frame_s(held, still=False) == 3.0
    assert until_next_frame_s(moving._replace(phase_remaining_s=2.4), still=True) == pytest.approx(0.4)
    assert until_next_frame_s(moving, still=True) == pytest.approx(1.0)
    assert until_next_frame_s(None, still=False) is None


def pacer_of(display: QWidget) -> BreathPacer:
    """The pacer of a page or window."""
    [found] = display.findChildren(BreathPacer)
    return found


def frame(display: QWidget) -> None:
    """The time of a frame has come."""
    [timer] = pacer_of(display).findChildren(QTimer)
    timer.timeout.emit()


@pytest.fixture
def window(world: World, open_window: Callable[..., MainWindow]) -> MainWindow:
    """A window with a session that has come to its breath."""
    opened = open_window(world)
    world.runner.start(breathing_plan(total_s=1000), 0)
    world.pass_time(12)
    return opened


def running_page(window: MainWindow) -> RunningPage:
    """The page of the session."""
    page = window.page()
    assert isinstance(page, RunningPage)
    return page


def test_it_paces_what_is_seen(world: World, window: MainWindow) -> None:
    """The disc grows with the time, between two ticks of the session."""
    page = running_page(window)
    ring = page.findChild(RingTimer)
    assert ring is not None
    assert pacer_of(page).moving
    before = ring.picture()
    world.clock.advance(0.5)
    frame(page)
    after = ring.picture()
    assert before.breath is not None
    assert after.breath is not None
    assert before.breath < after.breath
    assert after.moved_only(before)


def test_it_stops_in_a_pause_and_where_there_is_no_pattern(world: World, window: MainWindow) -> None:
    """No disc, no frame; and back when the session goes on."""
    page = running_page(window)
    world.runner.pause()
    assert not pacer_of(page).moving
    assert picture_of(view_of(world), 1.0).breath is None
    world.runner.resume()
    assert pacer_of(page).moving
    world.pass_time(980)  # the last step has its own pace
    assert not pacer_of(page).moving
    assert picture_of(view_of(world), 1.0).below == "left"


def test_it_stops_when_nobody_can_see_it(world: World, window: MainWindow, qtbot: QtBot) -> None:
    """Hidden, minimised or covered; the window that comes back finds it at work again."""
    page = running_page(window)
    window.hide()
    frame(page)
    assert not pacer_of(page).moving
    window.show()
    qtbot.waitUntil(lambda: pacer_of(page).moving)
    window.showMinimized()
    frame(page)
    assert not pacer_of(page).moving
    window.showNormal()
    qtbot.waitUntil(lambda: pacer_of(page).moving)
    page.set_covered(True)
    world.pass_time(1)
    assert not pacer_of(page).moving


def test_without_motion_nothing_moves(open_window: Callable[..., MainWindow]) -> None:
    """The disc stands in the middle for a whole breath; the words count."""
    world = World(settings=Settings(reduce_motion=True))
    window = open_window(world)
    world.runner.start(breathing_plan(), 0)
    world.pass_time(10)
    page = running_page(window)
    ring = page.findChild(RingTimer)
    assert ring is not None
    shown = set()
    for _ in range(100):
        world.clock.advance(0.1)
        frame(page)
        shown.add((ring.picture().breath, ring.picture().below))
    assert {breath for breath, _ in shown} == {STILL}
    assert {below for _, below in shown} == {
        *(f"Breathe in {number}" for number in range(1, 5)),
        *(f"Breathe out {number}" for number in range(1, 7)),
    }


class WatchedRing(RingTimer):
    """Writes down what was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.region().boundingRect())
        super().paintEvent(event)


def test_a_frame_paints_the_disc_alone(world: World, qtbot: QtBot) -> None:
    """The dots around it stay as they are."""
    world.runner.start(breathing_plan(total_s=1000), 0)
    world.pass_time(12.2)
    ring = WatchedRing()
    ring.setFixedSize(440, 440)
    qtbot.addWidget(ring)
    ring.show_view(view_of(world))
    with qtbot.waitExposed(ring):
        ring.show()
    qtbot.wait(1)
    ring.painted.clear()
    world.clock.advance(0.1)
    ring.show_view(view_of(world))
    qtbot.waitUntil(lambda: bool(ring.painted))
    assert ring.painted == [disc_area(QRectF(0, 0, 440, 440)).toAlignedRect()]
    world.runner.stop()


def test_what_is_kept_between_frames_looks_as_if_painted(world: World, qtbot: QtBot) -> None:
    """Dots and arcs come from a picture while a breath is paced; nobody can see that."""
    world.runner.start(breathing_plan(total_s=1000), 0)
    ring = RingTimer()
    ring.setFixedSize(440, 440)
    qtbot.addWidget(ring)
    for seconds in (12.2, 0.1, 1.0):
        world.clock.advance(seconds)
        ring.show_view(view_of(world))
        assert ring.picture().breath is not None
        kept, painted = (QImage(440, 440, QImage.Format.Format_RGB32) for _ in range(2))
        for image in (kept, painted):
            image.fill(QColor(tokens().bg))
        ring.render(kept, QPoint(), QRegion(), QWidget.RenderFlag(0))
        painter = QPainter(painted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ring(painter, ring.picture(), QRectF(0, 0, 440, 440), ring.font(), tokens())
        painter.end()
        for x, y in itertools.product(range(0, 440, 3), repeat=2):
            one, other = kept.pixelColor(x, y), painted.pixelColor(x, y)
            assert abs(one.red() - other.red()) + abs(one.blue() - other.blue()) <= 4
    world.runner.stop()


@pytest.mark.parametrize("size", [440, 301, 150])
def test_a_part_painted_alone_looks_as_if_all_had_been(world: World, qtbot: QtBot, size: int) -> None:
    """Frames, seconds, a dot that grows, a step that begins, with and without a breath."""
    world.runner.start(breathing_plan(total_s=1000), 0)
    ring, seen = RingTimer(), QImage(size, size, QImage.Format.Format_RGB32)
    ring.setFixedSize(size, size)
    qtbot.addWidget(ring)
    area, flags = QRectF(0, 0, size, size), QWidget.RenderFlag(0)
    before, partly = ring.picture(), 0
    for seconds in (12.2, 0.05, 0.05, 0.9, 1.0, 1.0, 3.3, 5.0, 15.0, 960.0, 1.0, 1.0, 1.0):
        world.clock.advance(seconds)
        ring.show_view(view_of(world))
        parts = changed_parts(before, ring.picture(), area)
        before = ring.picture()
        whole = QImage(seen.size(), seen.format())
        ring.render(whole, QPoint(), QRegion(), flags)
        if parts is None:
            seen = whole
        else:
            partly += 1
            for part in parts:
                place = part.toAlignedRect()
                ring.render(seen, place.topLeft(), QRegion(place), flags)
        assert seen == whole
    assert partly >= 6
    world.runner.stop()


@pytest.mark.parametrize("text", ["0:07", "8:58", "10:00", "28:58", "1:08:58"])
def test_the_disc_never_crosses_the_digits(text: str, qapp: QApplication) -> None:
    """However many there are, the smallest disc is around them and has room to grow."""
    area = QRectF(0, 0, 440, 440)
    reach = Digits(text, digits_font(text, area, QFont(qapp.font()))).reach()
    assert reach <= 119
