"""The whole way of a spoken line with the engines people have on Linux."""

import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from matsession.app.voice import Voice
from matsession.desktop.paths import resources_folder
from matsession.desktop.speech.workshop import SpeechWorkshop
from matsession.domain.plan import Plan, compile_plan
from matsession.domain.preset import Preset
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import read_preset
from tests.stories.desktop_parts import PATIENCE_S, needed

pytestmark = pytest.mark.desktop

PREPARE_MS = 5
"""Start may not be delayed: a third of a frame, of processor time, for others may have the processor."""


def full_back(total_s: int) -> Plan:
    """The plan of the full back preset, as it comes with the program."""
    guidance = read_guidance(resources_folder() / "guidance.toml")
    preset = read_preset(resources_folder() / "presets/full_back.toml", guidance, built_in=True)
    assert isinstance(preset, Preset)
    return compile_plan(preset, total_s or preset.min_total_s, guidance)


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[Voice]:
    """espeak-ng, chosen by the person, with an empty cache."""
    needed("espeak-ng")
    voice = Voice(SpeechWorkshop(tmp_path / "voice"))
    voice.choose(enabled=True, voice_id="espeak-ng/en-gb", speed=1.0)
    yield voice
    voice.close()


class Ear(QObject):
    """Notes when each line was ready."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self.began = time.perf_counter()
        self.after_ms: list[float] = []
        voice.line_ready.connect(self.hear)

    @Slot(str, object)
    def hear(self, text: str, path: Path) -> None:
        self.after_ms.append((time.perf_counter() - self.began) * 1000)


def prepare(voice: Voice, plan: Plan) -> float:
    """Processor time of the call in milliseconds."""
    began_s = time.thread_time()
    voice.prepare(plan)
    return (time.thread_time() - began_s) * 1000


def length_s(path: Path) -> float:
    """How long a WAV file sounds."""
    with wave.open(str(path)) as sound:
        return float(sound.getnframes() / sound.getframerate())


def tell(figure: str) -> None:
    """A figure for whoever runs the story with -s."""
    sys.stdout.write(f"{figure}\n")


def test_the_lines_of_a_session_are_ready_before_they_are_needed(voice: Voice, qtbot: QtBot) -> None:
    """All lines of ten minutes; each is spoken at more than two words a second and fits its shortest step."""
    plan = full_back(600)
    ear = Ear(voice)
    prepare_ms = prepare(voice, plan)
    qtbot.waitUntil(lambda: voice.ready_count == voice.wanted_count, timeout=PATIENCE_S * 1000)
    tell(
        f"prepare() {prepare_ms:.2f} ms, first line after {ear.after_ms[0]:.0f} ms, "
        f"all {len(ear.after_ms)} after {ear.after_ms[-1]:.0f} ms"
    )
    assert prepare_ms < PREPARE_MS
    for planned in full_back(0).steps:
        path = voice.path_for(planned.step.say)
        assert path is not None
        words = len(planned.step.say.split())
        tell(f"{length_s(path):5.2f} s for {words} words, step of {planned.length_s} s: {planned.step.id}")
        assert words / 4 < length_s(path) < words / 2
        assert length_s(path) + 3 < planned.length_s  # a chime comes before it
    assert voice.path_for(plan.guidance.end_say) is not None

    again_ms = prepare(voice, plan)
    tell(f"prepare() with all lines there: {again_ms:.2f} ms")
    assert voice.status() == "9 of 9 lines ready"
    assert again_ms < PREPARE_MS


@pytest.mark.parametrize("engine", ["espeak-ng", "flite"])
def test_every_voice_that_is_offered_speaks_slowly_and_fast(voice: Voice, qtbot: QtBot, engine: str) -> None:
    """Half and double speed differ in length by a factor of about four."""
    needed(engine)
    with qtbot.waitSignal(voice.changed, timeout=PATIENCE_S * 1000):
        voice.look()
    offered = [each for each in voice.voices if each.id.startswith(f"{engine}/")]
    assert offered
    for each in offered:
        lengths_s = []
        for speed in (0.5, 1.0, 2.0):
            with qtbot.waitSignal(voice.sample_ready, timeout=PATIENCE_S * 1000) as heard:
                voice.sample(each.id, speed)
            assert heard.args is not None
            lengths_s.append(length_s(heard.args[0]))
        tell(f"{each.id}: {lengths_s} s")
        assert lengths_s[0] / lengths_s[2] == pytest.approx(4, rel=0.35)


def test_a_minute_is_said_within_the_time_an_answer_may_take(voice: Voice, qtbot: QtBot) -> None:
    """The one button is answered within 0.6 s, also in words that were not foreseen."""
    began = time.perf_counter()
    with qtbot.waitSignal(voice.line_ready, timeout=PATIENCE_S * 1000):
        assert voice.phrase("Six minutes and forty seconds left.") is None
    took_s = time.perf_counter() - began
    tell(f"an unforeseen phrase after {took_s * 1000:.0f} ms")
    assert took_s < 0.6
    assert voice.phrase("Six minutes and forty seconds left.") is not None
