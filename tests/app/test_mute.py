"""Mute: all is silent, what was set stays, and no session begins in silence."""

from pathlib import Path

import pytest

from matsession.app.mixing_desk import MixingDesk
from matsession.app.mute import Mute
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import Guidance
from matsession.domain.plan import compile_plan
from matsession.domain.settings import Settings
from tests.fakes import FakeClock, make_preset
from tests.ui.fake_sound import HEADSET, FakeSound

pytestmark = pytest.mark.usefixtures("qapp")


class Sound(FakeSound):
    """Knows how loud it is."""

    volume = -1.0

    def set_volume(self, volume: float) -> None:
        self.volume = volume


class World:
    """A session that can be muted."""

    def __init__(self) -> None:
        self.saved: list[Settings] = []
        self.sound = Sound()
        self.preferences = Preferences(Settings(volume=0.6), self.saved.append)
        self.clock = FakeClock()
        self.runner = SessionRunner(self.clock)
        self.mute = Mute(self.runner)
        self.desk = MixingDesk(self.preferences, self.sound, self.runner, self.mute, Path("/loops"))

    def start(self) -> None:
        """Begin a session of 100 seconds, after 10 to settle in."""
        preset = make_preset()
        self.runner.start(compile_plan(preset, 100, Guidance()), 10)


@pytest.fixture
def world() -> World:
    """At rest."""
    return World()


def test_silent_and_aloud_again(world: World) -> None:
    """As loud as before, and no setting was touched."""
    world.start()
    world.mute.toggle()
    assert (world.mute.muted, world.sound.volume) == (True, 0.0)
    world.mute.toggle()
    assert (world.mute.muted, world.sound.volume) == (False, 0.6)
    assert world.saved == []


def test_it_holds_on_another_output_and_through_other_settings(world: World) -> None:
    """A headset that is plugged in, or a slider that is moved, is no wish to hear something."""
    world.start()
    world.mute.toggle()
    world.sound.plug(HEADSET.name, HEADSET)
    world.preferences.change(volume=0.9)
    assert world.sound.volume == 0.0
    world.mute.lift()
    assert world.sound.volume == 0.9


def test_each_session_begins_aloud(world: World) -> None:
    """Whoever lies down does not remember what was pressed yesterday."""
    world.start()
    world.mute.toggle()
    world.clock.advance(200)
    world.runner.tick()
    assert not world.runner.active
    assert world.mute.muted  # a wake chime may still come
    world.start()
    assert (world.mute.muted, world.sound.volume) == (False, 0.6)


def test_a_session_that_is_cancelled_takes_it_away(world: World) -> None:
    """Back on the first page everything can be heard."""
    world.start()
    world.mute.toggle()
    world.runner.stop()
    assert not world.mute.muted
