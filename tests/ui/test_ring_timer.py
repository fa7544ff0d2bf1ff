"""The ring repaints when its picture changes, and only then."""

from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from matsession.domain.plan import compile_plan
from matsession.domain.session import SessionView
from matsession.ui.widgets.ring_picture import DOTS, RingState, picture_of
from matsession.ui.widgets.ring_timer import RingTimer
from matsession.ui.widgets.time_bar import value_words
from tests.fakes import make_preset
from tests.ui.conftest import GUIDANCE, World

PLAN = compile_plan(make_preset(), 100, GUIDANCE)


class CountingRing(RingTimer):
    """Counts how often it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted += 1


def view_of(world: World) -> SessionView:
    """How the session stands."""
    view = world.runner.view()
    assert view is not None
    return view


def test_one_picture_one_painting(world: World, qtbot: QtBot) -> None:
    """The same second is painted once, however often it is shown; ten seconds are painted ten times."""
    world.runner.start(PLAN, 0)
    ring = CountingRing()
    ring.setFixedSize(40, 40)  # so small that nothing but the digits changes within a second
    qtbot.addWidget(ring)
    ring.show_view(view_of(world))
    with qtbot.waitExposed(ring):
        ring.show()
    qtbot.wait(1)
    before = ring.painted
    for _ in range(20):
        ring.show_view(view_of(world))
        qtbot.wait(1)
    assert ring.painted == before
    for second in range(1, 11):
        world.clock.advance(1)
        ring.show_view(view_of(world))
        qtbot.wait(1)
        assert ring.painted == before + second
    world.runner.stop()


def test_a_hidden_ring_is_not_painted(world: World, qtbot: QtBot) -> None:
    """What nobody sees costs nothing."""
    world.runner.start(PLAN, 0)
    ring = CountingRing()
    qtbot.addWidget(ring)
    for _ in range(5):
        world.clock.advance(1)
        ring.show_view(view_of(world))
        qtbot.wait(1)
    assert ring.painted == 0
    world.runner.stop()


def test_pictures_of_a_session(world: World) -> None:
    """Settling drains, running fills, a pause stands grey, the end is whole."""
    world.runner.start(PLAN, 30)
    world.clock.advance(6)
    settling = picture_of(view_of(world), 1.0)
    assert (settling.state, settling.digits, settling.lit) == (RingState.SETTLING, "24", 48)
    world.pass_time(24)
    world.pass_time(50)
    half = picture_of(view_of(world), 1.0)
    assert (half.state, half.digits, half.lit, half.arc_now) == (RingState.RUNNING, "0:50", 30, 1)
    world.runner.pause()
    assert picture_of(view_of(world), 1.0).below == "Paused"
    world.runner.resume()
    world.pass_time(50)
    whole = picture_of(view_of(world), 1.0)
    assert (whole.state, whole.digits, whole.lit) == (RingState.DONE, "0:00", DOTS)


def test_the_ring_moves_by_half_pixels(world: World) -> None:
    """Within a second the picture is another only where a dot has grown by half a pixel."""
    world.runner.start(PLAN, 0)
    pictures = set()
    for _ in range(1000):
        world.clock.advance(0.01)
        pictures.add(picture_of(view_of(world), 1.0))
    # Ten seconds light six of sixty dots, each of which grows by 3.8 pixels, and count ten seconds.
    assert len(pictures) <= 6 * 8 + 10 + 1
    world.runner.stop()


def test_the_words_of_the_ring(world: World) -> None:
    """Time, step and name; a pause is named first."""
    world.runner.start(PLAN, 0)
    world.pass_time(20)
    assert value_words(view_of(world)) == "1 minute 20 seconds left, step 2 of 3, Rest"
    world.runner.pause()
    assert value_words(view_of(world)) == "Paused, 1 minute 20 seconds left, step 2 of 3, Rest"
    world.runner.stop()
