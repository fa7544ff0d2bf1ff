"""Is a chime heard when it is due? Plays twelve, records them, and prints planned, called and heard times.

``python benchmarks/cues.py`` measures; ``measure`` takes any command instead of the twelve chimes, as long as
it prints one JSON line for each chime it asks for, in their order::

    {"chime": "wake", "planned_s": 1234.5, "called_s": 1234.5003}

with CLOCK_MONOTONIC times: when the chime was due, and when ``play`` was called. The command must wait until
its last chime has rung out. What "heard" means, and how exact it is, says ``pulse_recording``.
"""

import argparse
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.pulse_recording import (  # noqa: E402 - run as a script it has to find the project first
    RATE_HZ,
    Recorder,
    Recording,
    find_onset,
    missing_programs,
    read_wav,
    sound_server,
)

SOUNDS = ROOT / "resources" / "sounds"
LOOK_BEFORE_S = 0.3
LOOK_AFTER_S = 2.0
FIRST_AFTER_S = 2.0
GAPS_WITHIN_S = 1.5
ASLEEP_S = 6.0
"""A pause in which a sink that nobody keeps awake falls asleep."""


@dataclass(frozen=True, slots=True)
class HeardCue:
    """One chime: when it was due, when it was asked for, and when it was heard (CLOCK_MONOTONIC), or None."""

    chime: str
    planned_s: float
    called_s: float
    heard_s: float | None
    match: float
    """How well the first 100 ms agree with the file: 1.0 is the same, a cut start is far less."""
    gap_ms: float
    """How much is missing from its first second and a half."""


def measure(command: Sequence[str], environment: Mapping[str, str]) -> tuple[list[HeardCue], Recording]:
    """Run ``command`` while recording, and look for each chime it says it asked for.

    Raises RuntimeError where the command fails or names no chime.
    """
    recorder = Recorder(environment)
    recorder.start()
    done = subprocess.run(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    recording = recorder.stop()
    if done.returncode != 0:
        raise RuntimeError(f"{command} ended with {done.returncode}")
    cues = [
        _look_for(json.loads(line), recording) for line in done.stdout.splitlines() if line.startswith("{")
    ]
    if not cues:
        raise RuntimeError(f"{command} named no chime")
    return cues, recording


def _look_for(told: Mapping[str, object], recording: Recording) -> HeardCue:
    chime, planned_s, called_s = (
        str(told["chime"]),
        float(str(told["planned_s"])),
        float(str(told["called_s"])),
    )
    template = read_wav(SOUNDS / f"{chime}.wav")
    onset = find_onset(recording, template, planned_s - LOOK_BEFORE_S, called_s + LOOK_AFTER_S)
    if onset is None:
        return HeardCue(chime, planned_s, called_s, None, 0.0, 0.0)
    gap_ms = recording.gap_ms(onset, GAPS_WITHIN_S)
    recording.take_out(onset, template)
    return HeardCue(chime, planned_s, called_s, onset.heard_s, onset.match, gap_ms)


def print_cues(cues: Sequence[HeardCue], recording: Recording) -> None:
    """Print a line for each chime, and the median and the largest error."""
    titles = ("call late ms", "call to heard ms", "planned to heard ms", "match", "gaps ms")
    print(f"{'chime':<8}" + "".join(f"{title:>{len(title) + 2}}" for title in titles))
    for cue in cues:
        called = f"{(cue.called_s - cue.planned_s) * 1000:.1f}"
        if cue.heard_s is None:
            print(f"{cue.chime:<8}{called:>14}{'NOT HEARD':>18}")
            continue
        latency, error = (cue.heard_s - cue.called_s) * 1000, (cue.heard_s - cue.planned_s) * 1000
        print(f"{cue.chime:<8}{called:>14}{latency:>18.1f}{error:>21.1f}{cue.match:>8.3f}{cue.gap_ms:>9.0f}")
    errors = [abs(cue.heard_s - cue.planned_s) * 1000 for cue in cues if cue.heard_s is not None]
    if errors:
        print(
            f"{len(errors)} of {len(cues)} heard; error median {statistics.median(errors):.1f} ms,", end=" "
        )
        print(f"max {max(errors):.1f} ms, of which up to {recording.piece_ms:.1f} are the recorder's")


def play_twelve(first_at_once: bool) -> int:
    """Play every chime twice through the real output, from a precise timer, and print when.

    With ``first_at_once`` every chime once, the first of them before the output was prepared.
    """
    from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot

    from matsession.desktop.sound.chime_output import chime_output
    from matsession.domain.guidance import ChimeName

    class Twelve(QObject):
        """Plays one chime after the other."""

        def __init__(self) -> None:
            super().__init__()
            self.output = chime_output(SOUNDS, self)
            self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._on_timer_timeout)
            due_s = time.monotonic() + (0.0 if first_at_once else FIRST_AFTER_S)
            self._due: list[tuple[float, ChimeName]] = []
            for chime in [*ChimeName] if first_at_once else [*ChimeName, *ChimeName]:
                self._due.append((due_s, chime))
                # Each rings out before the next begins; one comes after a pause in which sinks fall asleep.
                due_s += len(read_wav(SOUNDS / f"{chime}.wav")) / RATE_HZ
                due_s += ASLEEP_S if chime is ChimeName.CHECK else 0.5
            self._wait()

        def _wait(self) -> None:
            if self._due:
                self._timer.start(max(round((self._due[0][0] - time.monotonic()) * 1000), 0))
            else:
                QTimer.singleShot(9000, QCoreApplication.quit)

        @Slot()
        def _on_timer_timeout(self) -> None:
            planned_s, chime = self._due.pop(0)
            called_s = time.monotonic()
            taken = self.output.play(chime)
            print(json.dumps({"chime": chime, "planned_s": planned_s, "called_s": called_s, "taken": taken}))
            self._wait()

    logging.basicConfig(format="%(relativeCreated)d %(name)s: %(message)s", level=logging.INFO)
    application = QCoreApplication([])
    twelve = Twelve()
    if not first_at_once:
        twelve.output.prepare()
    code = application.exec()
    twelve.output.close()
    return code


def play_with_paplay() -> int:
    """Play the shortest chime three times with PulseAudio's own program: the yardstick."""
    for _ in range(3):
        called_s = time.monotonic()
        player = subprocess.Popen(["paplay", "--latency-msec=20", str(SOUNDS / "check.wav")])
        print(json.dumps({"chime": "check", "planned_s": called_s, "called_s": called_s}))
        player.wait()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 where a chime was not heard or its start was cut."""
    parser = argparse.ArgumentParser(description="Is a chime heard when it is due?")
    parser.add_argument("--play", choices=["prepared", "unprepared", "paplay"], help=argparse.SUPPRESS)
    stage = parser.parse_args(arguments).play
    if stage is not None:
        return play_with_paplay() if stage == "paplay" else play_twelve(stage == "unprepared")
    if missing := missing_programs():
        print(f"not measured: {', '.join(missing)} not installed")
        return 0
    cut = []
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder) / "pulse") as environment:
        for stage, title in (
            ("prepared", "Twelve chimes, output prepared two seconds before"),
            ("unprepared", "Six chimes, nothing prepared: the first waits for the sound process"),
            ("paplay", "Yardstick: paplay with a buffer of 20 ms, a new program for each chime"),
        ):
            print(f"\n{title}")
            command = [sys.executable, str(Path(__file__).resolve()), "--play", stage]
            cues, recording = measure(command, environment)
            print_cues(cues, recording)
            if stage != "paplay":
                cut += [cue for cue in cues if cue.heard_s is None]
    return 1 if cut else 0


if __name__ == "__main__":
    raise SystemExit(main())
