"""The closing chime outlives the program that asked for it."""

import json
import math
import operator
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks._pulse_recording import RATE_HZ, Recorder, Recording, find_onset, read_wav
from tests.stories.desktop_parts import PATIENCE_S, matsession
from tests.stories.sound_parts import SOUNDS, server

pytestmark = pytest.mark.desktop

PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from matsession.desktop.sound.chime_output import chime_output
from matsession.domain.guidance import ChimeName

application = QCoreApplication([])
output = chime_output(Path(sys.argv[1]))
output.on_sounded(lambda report: application.quit())
output.prepare()
output.schedule(ChimeName.CLOSE, 0.0, time.monotonic() + 3.0)
application.exec()
output.close()
print(time.monotonic())
"""


def alike(samples: Sequence[float], begin: int, wanted: Sequence[int]) -> float:
    """How well the samples from ``begin`` on agree with what is wanted; 1.0 is the same."""
    heard = samples[begin : begin + len(wanted)]
    both = sum(map(operator.mul, heard, wanted))
    own = sum(map(operator.mul, heard, heard)) * sum(map(operator.mul, wanted, wanted))
    return both / math.sqrt(own) if own > 0 else 0.0


def test_the_closing_chime_rings_out_after_the_program_has_ended(tmp_path: Path) -> None:
    """The program ends as soon as the chime has begun; seconds later its last stroke is in the recording."""
    with server(tmp_path / "p") as parts:
        recorder = Recorder(parts.environment)
        recorder.start()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(SOUNDS)],
            env={**parts.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        ended_s = float(json.loads(done.stdout))
        recorder.wait_until(ended_s + 7.0)
        recording = recorder.stop()
    assert_rings_out(recording, ended_s)


OWN_PRESET = """
name = "Tiny try"
area = "lower_back"
[[step]]
name = "Lie down"
seconds = 4
"""


def test_a_session_in_a_terminal_does_not_wait_for_its_closing_chime(home: Path, tmp_path: Path) -> None:
    """It ends when the chime has begun, with the proof that it did; what is heard afterwards is whole."""
    presets = home / "matsession" / "config" / "presets"
    presets.mkdir(parents=True)
    (presets / "tiny.toml").write_text(OWN_PRESET)
    (presets.parent / "settings.toml").write_text("welcome_due = false\n")
    with server(tmp_path / "p") as parts:
        recorder = Recorder(parts.environment)
        recorder.start()
        done = subprocess.run(
            matsession("start", "tiny", "--no-window", "--preparation", "2s"),
            env={**parts.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        ended_s = time.monotonic()
        recorder.wait_until(ended_s + 8.0)
        recording = recorder.stop()
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"2 of 2 cues sounded, at most 0[.,]0\d s late\.", done.stdout.splitlines()[-1])
    began_s = assert_rings_out(recording, ended_s)
    sys.stdout.write(f"ended {ended_s - began_s:.2f} s after the closing chime began\n")
    assert ended_s - began_s < 3.0


def assert_rings_out(recording: Recording, ended_s: float) -> float:
    """The closing chime began before the program ended, and its last stroke is there; when it began."""
    close = read_wav(SOUNDS / "close.wav")
    onset = find_onset(recording, close, ended_s - 4.0, ended_s + 1.0)
    assert onset is not None
    assert onset.heard_s < ended_s + 0.1
    at, length, slip = 5 * RATE_HZ, RATE_HZ // 10, RATE_HZ // 50
    wanted = close[at : at + length]
    # A busy server may have dropped or added a few milliseconds on the way.
    assert max(alike(recording.samples, onset.index + at + by, wanted) for by in range(-slip, slip)) > 0.95
    return onset.heard_s
