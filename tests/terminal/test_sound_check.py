"""The hearing check in a terminal: what it tells and asks, and when it says that the end would be heard."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from matsession.app.hearing import hearing
from matsession.app.mixing_desk import MixingDesk
from matsession.app.mute import Mute
from matsession.app.ports import SoundOutput, SoundProblem
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.settings import Settings
from matsession.terminal.device import TerminalDevice
from matsession.terminal.sound_check import SoundCheck, things_to_try
from tests.fakes import FakeChimes, FakeClock

pytestmark = pytest.mark.usefixtures("qapp")

BUILT_IN = SoundOutput("alsa-1", "Built-in Audio")
HEADSET = SoundOutput("bluez-7", "Headset")
SETTINGS_FILE = Path("/home/somebody/settings.toml")


class Sound(FakeChimes):
    """Tells where it plays a little after it was asked to get ready."""

    def __init__(self, *outputs: SoundOutput, problem: SoundProblem | None = None) -> None:
        super().__init__(problem)
        self.to_come = list(outputs)
        self.volumes: list[float] = []
        self.fails = False
        self.silent = False

    def prepare(self) -> None:
        super().prepare()
        QTimer.singleShot(0, self._find)

    def _find(self) -> None:
        self.found = self.to_come
        self.tell_outputs()

    def play(
        self, chime: ChimeName, at_s: float | None = None, late_s: float = 0.0, *, level: float | None = None
    ) -> bool:
        self.volumes.append(self.volume)
        if self.silent:
            return True  # and nothing is told
        if self.fails:
            assert at_s is not None
            self.report(CueReport(at_s, chime, None, "", "player_failed"))
            return False
        return super().play(chime, at_s, late_s, level=level)


class Asking(TerminalDevice):
    """Somebody sits there and types."""

    @property
    def asks(self) -> bool:
        return True


class Rig:
    """A check, and what it says."""

    def __init__(self, sound: Sound, typed: str | None = None, **settings: Any) -> None:
        self.sound = sound
        self.saved: list[Settings] = []
        self.out = io.StringIO()
        self.preferences = Preferences(Settings(**settings), self.saved.append)
        runner = SessionRunner(FakeClock())
        self.desk = MixingDesk(self.preferences, sound, runner, Mute(runner), Path("/loops"))
        kind = TerminalDevice if typed is None else Asking
        device = kind(io.StringIO(typed or ""), self.out, io.StringIO())
        self.check = SoundCheck(self.preferences, sound, device, SETTINGS_FILE)

    def run(self) -> bool:
        return self.check.run()

    def run_out_of_patience(self) -> bool:
        """The same, and whatever is waited for does not come."""
        [patience] = self.check.findChildren(QTimer)
        hurry = QTimer(interval=0)
        hurry.timeout.connect(patience.timeout)
        hurry.start()
        return self.check.run()

    @property
    def lines(self) -> Sequence[str]:
        return self.out.getvalue().splitlines()


def test_what_is_heard_is_told() -> None:
    """Which output, how loud, and that it sounds now; nobody is asked where there is no terminal."""
    rig = Rig(Sound(BUILT_IN))
    assert rig.run()
    assert rig.lines == [
        f"ok      settings: {SETTINGS_FILE}",
        "ok      output: Built-in Audio",
        "ok      volume: 80 % (volume 80 %, end chime 100 %)",
        "ok      sound: the end chime sounds now (a fake)",
    ]
    assert rig.sound.played == ["close"]
    assert rig.saved == []


def test_it_plays_at_the_level_of_this_output_and_this_chime() -> None:
    """Not at the general one: the volume is set before the chime begins."""
    rig = Rig(Sound(HEADSET), volume=0.8, volume_by_output={"Headset": 0.5}, levels={"close": 0.6})
    assert rig.run()
    assert "ok      volume: 30 % (volume 50 %, end chime 60 %)" in rig.lines
    assert rig.sound.volumes == [0.5]
    assert rig.sound.levels == {"close": 0.6}


@pytest.mark.parametrize("settings", [{"volume": 0.0}, {"levels": {"close": 0.0}}])
def test_nothing_to_hear_is_told_and_not_played(settings: dict[str, Any]) -> None:
    """Our own volume or level is 0."""
    rig = Rig(Sound(BUILT_IN), **settings)
    assert not rig.run()
    assert rig.lines[-1].startswith("broken  volume: 0 % (")
    assert rig.lines[-1].endswith("turn it up in the settings.")
    assert rig.sound.played == []


def test_a_yes_turns_it_up_and_plays() -> None:
    """The one thing that is changed, because it was asked; it is saved and heard."""
    rig = Rig(Sound(BUILT_IN), "maybe\ny\ny\n", volume=0.0)
    assert rig.run()
    assert rig.preferences.settings.volume_for("Built-in Audio") == 0.8
    assert rig.saved == [rig.preferences.settings]
    assert rig.sound.volumes == [0.8]
    assert "Turn it up? [y/n] Turn it up? [y/n] ok      volume: 80 %" in rig.out.getvalue()


@pytest.mark.parametrize("typed", ["n\n", ""])
def test_a_no_leaves_it_as_it_is(typed: str) -> None:
    """So does the end of the input."""
    rig = Rig(Sound(BUILT_IN), typed, volume=0.0)
    assert not rig.run()
    assert (rig.saved, rig.sound.played) == ([], [])


@pytest.mark.parametrize(
    "problem", [SoundProblem.NO_OUTPUT, SoundProblem.PLAYER_FAILED, SoundProblem.NO_PLAYER]
)
def test_no_sound_at_all_is_told_with_what_mends_it(problem: SoundProblem) -> None:
    """One sentence on what is wrong, one on what to do; nothing is said of a screen that guides."""
    rig = Rig(Sound(problem=problem), "y\n")
    assert not rig.run()
    broken = [line for line in rig.lines if line.startswith("broken  output: ")]
    assert len(broken) == 1
    assert broken[0].count(". ") == 1
    assert "guides" not in broken[0]
    assert "Did you hear it" not in rig.out.getvalue()


def test_an_output_other_than_last_time_is_told() -> None:
    """It plays nevertheless: perhaps it is right."""
    rig = Rig(Sound(BUILT_IN), last_output="Headset")
    assert rig.run()
    told = [line for line in rig.lines if " output: " in line]
    assert len(told) == 1
    assert told[0].startswith("note    output: Built-in Audio; last time the chimes played on Headset.")
    assert rig.sound.played == ["close"]


def test_a_chosen_output_that_is_not_there_is_told() -> None:
    """What plays instead, too."""
    rig = Rig(Sound(BUILT_IN), output="bluez-7")
    assert rig.run()
    assert (
        "note    output: Built-in Audio; the one chosen in the settings is not there." in rig.out.getvalue()
    )


def test_an_output_without_a_name_is_told_as_such() -> None:
    """Players that stand in know no outputs."""
    rig = Rig(Sound())
    assert rig.run()
    assert "note    output: whichever the computer uses; its name is not known" in rig.lines


def test_an_own_sound_is_named_and_one_that_cannot_be_played_is_told() -> None:
    """The built-in one takes its place."""
    rig = Rig(Sound(BUILT_IN), own_sounds={"close": "/music/gong.ogg"})
    QTimer.singleShot(0, lambda: rig.sound.fail_to_read("close", "no\nsuch file"))
    assert rig.run_out_of_patience()
    assert rig.sound.files == {"close": Path("/music/gong.ogg")}
    assert "ok      end chime: your own sound, /music/gong.ogg" in rig.lines
    assert "note    end chime: your own sound cannot be played (no such file)" in rig.out.getvalue()


def test_a_chime_that_does_not_sound_is_broken() -> None:
    """The output is there and takes nothing."""
    sound = Sound(BUILT_IN)
    sound.fails = True
    rig = Rig(sound, "y\n")
    assert not rig.run()
    assert rig.lines[-1].startswith("broken  sound: The sound device cannot be used. Close programs")


def test_sound_that_never_answers_is_waited_for_only_so_long() -> None:
    """Neither an output nor a report comes."""
    sound = Sound(BUILT_IN)
    sound.silent = True
    rig = Rig(sound)
    assert not rig.run_out_of_patience()
    assert rig.lines[-1].startswith("broken  sound:")


def test_whoever_heard_it_is_done() -> None:
    """Yes."""
    rig = Rig(Sound(BUILT_IN), "Yes\n")
    assert rig.run()
    assert rig.sound.played == ["close"]


def test_a_no_leads_from_one_thing_to_the_next() -> None:
    """Each time the chime is played again; at last it was heard."""
    rig = Rig(Sound(BUILT_IN, HEADSET), "n\n\nn\n\ny\n")
    assert rig.run()
    assert rig.sound.played == ["close"] * 3
    said = rig.out.getvalue()
    assert said.index("turned up, and not muted?") < said.index("There are also: Headset.")
    assert "It played at" not in said


@pytest.mark.parametrize("typed", ["n\n\n" * 3 + "n\n", "n\n", ""])
def test_what_was_never_heard_is_no_success(typed: str) -> None:
    """All advice was of no use, or the person went away."""
    rig = Rig(Sound(BUILT_IN), typed)
    assert not rig.run()


def test_repaired_settings_are_told() -> None:
    """With the values that are used instead."""
    rig = Rig(Sound(BUILT_IN))
    rig.preferences.problems = ("settings.toml: volume: 7 is not from 0 to 1; the default, 0.8, is used.",)
    assert rig.run()
    assert rig.lines[0].startswith("note    settings: settings.toml: volume: 7")


def test_things_to_try_fit_the_case() -> None:
    """Nothing is advised that cannot help."""
    loud = hearing(Settings(volume=1.0), "Built-in Audio", None)
    quiet = hearing(Settings(volume=0.2), "Built-in Audio", None)
    assert len(things_to_try(loud, [BUILT_IN])) == 2
    assert "switched on, and connected" in things_to_try(loud, [BUILT_IN])[1]
    assert "It played at 20 %." in things_to_try(quiet, [BUILT_IN, HEADSET])[2]
    assert len(things_to_try(hearing(Settings(volume=1.0), "", None), [])) == 1
