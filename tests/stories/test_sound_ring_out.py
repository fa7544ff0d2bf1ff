"""The closing chime outlives the program that asked for it."""

import json
import math
import operator
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks._pulse_recording import RATE_HZ, Recorder, find_onset, read_wav
from tests.stories.desktop_parts import PATIENCE_S
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
    close = read_wav(SOUNDS / "close.wav")
    onset = find_onset(recording, close, ended_s - 2.0, ended_s + 1.0)
    assert onset is not None
    assert onset.heard_s < ended_s + 0.1
    at, length, slip = 5 * RATE_HZ, RATE_HZ // 10, RATE_HZ // 50
    wanted = close[at : at + length]
    # A busy server may have dropped or added a few milliseconds on the way.
    assert max(alike(recording.samples, onset.index + at + by, wanted) for by in range(-slip, slip)) > 0.95
