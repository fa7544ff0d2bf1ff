"""``matsession doctor --sound`` with a real sound server: the chime is in the recording, at its level."""

import operator
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks._pulse_recording import RATE_HZ, Recorder, find_onset, read_wav
from matsession.desktop.sound.chime_sounds import linear_gain
from tests.stories.desktop_parts import PATIENCE_S, matsession
from tests.stories.sound_parts import SOUNDS, server
from tests.terminal.terminals import terminal

pytestmark = pytest.mark.desktop


@pytest.fixture
def half_volume(home: Path) -> None:
    """The person has turned the chimes down."""
    config = home / "matsession" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("volume = 0.5\n")


@pytest.mark.usefixtures("half_volume")
def test_the_end_chime_is_heard_at_the_level_of_a_session(tmp_path: Path) -> None:
    """The program says where and how loud, and what it says is what was recorded."""
    with server(tmp_path / "p") as parts:
        recorder = Recorder(parts.environment)
        recorder.start()
        began_s = time.monotonic()
        done = subprocess.run(
            matsession("doctor", "--sound"),
            env=parts.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        ended_s = time.monotonic()
        recorder.wait_until(ended_s + 1.0)
        recording = recorder.stop()
    assert (done.returncode, done.stderr) == (0, "")
    assert "ok      output: Null Output" in done.stdout
    assert "ok      volume: 50 % (volume 50 %, end chime 100 %)" in done.stdout
    assert done.stdout.endswith("ok      sound: the end chime sounds now (PulseAudio, Null Output)\n")
    close = read_wav(SOUNDS / "close.wav")
    onset = find_onset(recording, close, began_s, ended_s + 1.0)
    assert onset is not None
    heard = recording.samples[onset.index : onset.index + RATE_HZ // 2]
    wanted = close[: len(heard)]
    gain = sum(map(operator.mul, heard, wanted)) / sum(map(operator.mul, wanted, wanted))
    assert gain == pytest.approx(linear_gain(0.5), rel=0.1)


def test_somebody_who_hears_nothing_is_led_on(tmp_path: Path) -> None:
    """In a terminal: no, no, and then yes; each time it is played."""
    if sys.platform == "win32":
        pytest.fail("not tried there")
    with server(tmp_path / "p") as parts, terminal("doctor", "--sound", env=parts.environment) as person:
        person.wait_for("the end chime sounds now")
        person.wait_for(r"Did you hear it\? \[y/n\] ")
        person.press("n\n")
        person.wait_for("turned up, and not muted")
        person.wait_for("Press Enter to hear it again")
        person.press("\n")
        person.wait_for("the end chime sounds now")
        person.wait_for(r"\[y/n\] ")
        person.press("n\n")
        person.wait_for("It went to Null Output. Is that switched on, and connected")
        person.press("\n")
        person.wait_for(r"\[y/n\] ")
        person.press("y\n")
        person.wait_for(r"\[ended: 0, sane: True\]")


def test_ctrl_c_ends_the_check_at_any_time(tmp_path: Path) -> None:
    """Also while nothing but the event loop runs; the terminal is as it was."""
    with server(tmp_path / "p") as parts:
        with terminal("doctor", "--sound", env=parts.environment) as person:
            person.wait_for("ok      volume")
            person.press("\x03")
            person.wait_for(r"\[ended: -2, sane: True\]")
        with terminal("doctor", "--sound", env=parts.environment) as person:
            person.wait_for(r"\[y/n\] ")
            person.press("\x03")
            person.wait_for(r"\[ended: -2, sane: True\]")
            assert "Traceback" not in person.seen
