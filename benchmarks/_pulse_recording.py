"""A sound server of our own, and a recording of all that it plays: what was heard, and when.

The server is a PulseAudio without hardware, in a folder of its own. It plays into a null sink, whose monitor
``parec`` records.

**What "heard" means.** The recording knows how many samples came, not at what time. Each piece that arrives
is noted with CLOCK_MONOTONIC (the clock of ``time.monotonic``, the same in all processes), and a sample
counts as heard when the piece that holds it has arrived: too late by no more than a piece lasts
(``Recording.piece_ms``) and its delivery takes, and too early by what the null sink renders ahead, as long
again. The recorder runs at real-time priority where that is allowed, so that busy cores disturb the program
and not the measuring. To tie the first sample to the clock instead, by the piece that came soonest, looked
finer and was wrong for the same reason: the null sink renders some ms ahead.

What a loudspeaker, a Bluetooth link or the hardware's own buffer add is not in it. And ``parec`` asks for
small buffers, so that the server renders in small steps for everybody: otherwise sound may come out later.
"""

import array
import bisect
import contextlib
import gc
import itertools
import operator
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RATE_HZ = 48_000
SINK = "mat"
NEEDED_PROGRAMS = ("pulseaudio", "parec", "pactl", "paplay")

COARSE = 8
"""The search looks at every eighth sample's average first; chimes have little above 3 kHz."""
COMPARED_S = 0.1
"""So much of the beginning of a sound is compared."""
BEFORE_S = 0.01
"""Silence in front of it that is compared as well: it holds the start of a sine to its place."""
NEARLY = 0.03
"""Two places whose correlations differ by less are as good as each other."""
CLOSE_BY = 64
"""Averages of eight samples: eleven milliseconds, a few waves."""
GAP = RATE_HZ // 200
"""So many zeros in a row, 5 ms, while a chime rings are a gap in it."""
SAME_SOUND = 0.9
"""From this correlation on it counts as the sound that was looked for."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What was recorded: samples from -32768 to 32767, and when they arrived."""

    samples: "array.array[float]"
    arrivals: list[tuple[int, float]]
    """For each piece the number of samples until its end, and the CLOCK_MONOTONIC time at which it came."""

    @property
    def piece_ms(self) -> float:
        """The usual length of a piece: how much too late a time may be."""
        return statistics.median(b[0] - a[0] for a, b in itertools.pairwise(self.arrivals)) / RATE_HZ * 1000.0

    def index(self, at_s: float) -> int:
        """Return the number of samples that had arrived at this time."""
        place = bisect.bisect_right(self.arrivals, at_s, key=operator.itemgetter(1))
        return self.arrivals[place - 1][0] if place else 0

    def heard_s(self, index: int) -> float:
        """Return when the piece with this sample arrived."""
        place = bisect.bisect_right(self.arrivals, index, key=operator.itemgetter(0))
        return self.arrivals[min(place, len(self.arrivals) - 1)][1]

    def gap_ms(self, onset: "Onset", length_s: float) -> float:
        """Return how much is missing from a sound: runs of zeros, played when the server was fed late."""
        missing, run = 0, 0
        for value in self.samples[onset.index : onset.index + round(length_s * RATE_HZ)]:
            run = run + 1 if value == 0.0 else 0
            missing += GAP if run == GAP else run > GAP
        return missing / RATE_HZ * 1000.0

    def gain(self, onset: "Onset", template: Sequence[int]) -> float:
        """Return how loud a sound that was found is beside its file, in samples."""
        head = template[: round(COMPARED_S * RATE_HZ)]
        heard = self.samples[onset.index : onset.index + len(head)]
        return float(sum(map(operator.mul, heard, head)) / sum(map(operator.mul, head, head)))

    def loudest(self, from_s: float, to_s: float) -> float:
        """Return the largest sample between these times (CLOCK_MONOTONIC)."""
        return max(map(abs, self.samples[self.index(from_s) : self.index(to_s)]), default=0.0)

    def standstill_s(self, around_s: float) -> float:
        """Return the longest wait for a piece near this time: the server itself stood still.

        The recorder is served first where that is allowed; what waits on a busy computer is the server.
        """
        times = [at_s for _, at_s in self.arrivals if abs(at_s - around_s) <= 1.0]
        return max((after - before for before, after in itertools.pairwise(times)), default=0.0)

    def take_out(self, onset: "Onset", template: Sequence[int]) -> None:
        """Subtract a sound that was found, so that it does not hide one that begins while it rings.

        Server and player only add and scale, so it goes away down to rounding.
        """
        length = min(len(template), len(self.samples) - onset.index)
        gain = self.gain(onset, template)
        for place in range(length):
            self.samples[onset.index + place] -= gain * template[place]


@dataclass(frozen=True, slots=True)
class Onset:
    """Where a sound begins, and how well its first 100 ms agree (1.0 is the same)."""

    index: int
    heard_s: float
    """CLOCK_MONOTONIC seconds."""
    match: float


def missing_programs() -> list[str]:
    """Return the programs of PulseAudio that are needed and not installed."""
    return [name for name in NEEDED_PROGRAMS if shutil.which(name) is None]


@contextlib.contextmanager
def sound_server(folder: Path, asleep_after_s: int = 5) -> Iterator[dict[str, str]]:
    """Run a PulseAudio in ``folder``; yields the environment in which programs find it, and no other.

    Its sink falls asleep when nobody has used it for ``asleep_after_s``, as on desktops. Raises
    RuntimeError where it does not start within ten seconds.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PULSE_")},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_COOKIE": str(folder / "cookie"),
        "PIPEWIRE_REMOTE": "none",
    }
    socket = folder / "native"
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
    for module in (
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        f"module-null-sink sink_name={SINK} rate={RATE_HZ} channels=1",
        f"module-suspend-on-idle timeout={asleep_after_s}",
    ):
        command += ["-L", module]
    with (folder / "pulseaudio.log").open("wb") as log:
        # As root it warns about --system and the session bus; both do not matter here, and go to the log.
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    environment["PULSE_SERVER"] = f"unix:{socket}"
    try:
        deadline_s = time.monotonic() + 10.0
        while subprocess.run(["pactl", "info"], env=environment, capture_output=True).returncode != 0:
            if server.poll() is not None or time.monotonic() > deadline_s:
                raise RuntimeError(f"pulseaudio did not start: {(folder / 'pulseaudio.log').read_text()}")
            time.sleep(0.05)
        yield environment
    finally:
        server.terminate()
        server.wait(5)


class Recorder:
    """Records a sink's monitor from ``start`` to ``stop``.

    Meanwhile nothing collects garbage: that of Qt's objects must not fall to the recorder's thread. A timer
    that goes in a thread that is not its own stays with the event loop, which crashes when it is due.
    """

    def __init__(self, environment: Mapping[str, str], sink: str = SINK) -> None:
        """Record from the server that this environment leads to."""
        self._environment = dict(environment)
        self._sink = sink
        self._data = bytearray()
        self._arrivals: list[tuple[int, float]] = []
        self._begun = threading.Event()
        self._came = threading.Condition()

    def start(self) -> None:
        """Begin. Raises RuntimeError where no sound comes within five seconds; silence counts as sound."""
        # Mono at the sink's own rate: nothing is converted, and the samples are those that were played.
        self._process = subprocess.Popen(
            [
                "parec",
                f"--device={self._sink}.monitor",
                "--format=s16le",
                f"--rate={RATE_HZ}",
                "--channels=1",
                "--latency-msec=5",
                "--raw",
            ],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        first_served(self._process.pid)
        gc.collect()
        gc.disable()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._begun.wait(5.0):
            self._process.terminate()
            raise RuntimeError("parec records nothing")

    def wait_until(self, at_s: float) -> None:
        """Wait until all that was heard before this CLOCK_MONOTONIC time is recorded."""
        with self._came:
            self._came.wait_for(lambda: bool(self._arrivals) and self._arrivals[-1][1] >= at_s, 60.0)

    def stop(self) -> Recording:
        """End, and return what came."""
        self._process.terminate()
        self._process.wait(5)
        self._reader.join(5.0)
        gc.enable()
        if self._process.stdout is not None:
            self._process.stdout.close()
        samples = array.array("h", bytes(self._data[: len(self._data) // 2 * 2]))
        if sys.byteorder == "big":
            samples.byteswap()
        return Recording(array.array("d", samples), self._arrivals)

    def _read(self) -> None:
        first_served(threading.get_native_id())
        assert self._process.stdout is not None
        while piece := os.read(self._process.stdout.fileno(), 1 << 16):
            self._data += piece
            with self._came:
                self._arrivals.append((len(self._data) // 2, time.monotonic()))
                self._came.notify_all()
            self._begun.set()


def first_served(thread: int) -> None:
    """Let busy programs not keep a thread of the recorder waiting, where that is allowed: root may.

    What is measured is when sound leaves the server, which itself asks for the same.
    """
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(os.sched_get_priority_min(os.SCHED_RR)))


def read_wav(path: Path) -> "array.array[int]":
    """Return the samples of a 48 kHz, 16 bit, one channel WAV file. Raises ValueError for another kind."""
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE_HZ):
            raise ValueError(f"{path.name} is not 48 kHz, 16 bit, mono")
        samples = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def find_onset(recording: Recording, template: Sequence[int], from_s: float, to_s: float) -> Onset | None:
    """Return where ``template`` begins between these times (CLOCK_MONOTONIC), or None where it does not.

    The best correlation with its first 100 ms, and 10 ms of silence before: on averages of eight samples over
    the whole time, then sample by sample around the best.
    """
    return _find(recording, template, recording.index(from_s), recording.index(to_s))


def find_onsets(recording: Recording, template: Sequence[int]) -> list[Onset]:
    """Return every place where ``template`` begins: where it grows louder, looked at closely.

    Sounds that begin while others ring are found more surely by ``find_onset`` and ``Recording.take_out``.
    """
    block = RATE_HZ // 200
    levels = [
        max(map(abs, recording.samples[at : at + block])) for at in range(0, len(recording.samples), block)
    ]
    found: list[Onset] = []
    for place in range(1, len(levels)):
        at = place * block
        if levels[place] < 60 or levels[place] < 1.5 * max(levels[max(place - 6, 0) : place]):
            continue
        if found and at - found[-1].index < COMPARED_S * RATE_HZ:
            continue
        onset = _find(recording, template, at - 6 * block, at + 6 * block)
        if onset is not None:
            found.append(onset)
    return found


def _find(recording: Recording, template: Sequence[int], begin: int, end: int) -> Onset | None:
    lead = round(BEFORE_S * RATE_HZ)
    wanted = [0.0] * lead + [float(value) for value in template[: round(COMPARED_S * RATE_HZ)]]
    begin = max(begin - lead, 0)
    heard = recording.samples[begin : end + len(wanted)]
    rough = _matches(_coarse(heard), _coarse(wanted), 0, len(heard))
    # The earliest good place, then the best one close by: where a gap tears a sound its second half looks
    # like another beginning.
    good = max(SAME_SOUND, max(rough, default=0.0) - NEARLY)
    first = next((place for place, match in enumerate(rough) if match >= good), None)
    if first is None:
        return None
    # Averages of eight samples may favour a place one wave too early; sample by sample the true one wins.
    close = range(first, min(first + CLOSE_BY, len(rough)))
    peaks = [place for place in close if rough[place] == max(rough[max(place - 1, 0) : place + 2])]
    best, index = 0.0, 0
    for peak in peaks:
        start = max((peak - 2) * COARSE, 0)
        fine = _matches(heard, wanted, start, (peak + 2) * COARSE)
        if max(fine, default=0.0) > best:
            best = max(fine)
            index = begin + start + fine.index(best) + lead
    return Onset(index, recording.heard_s(index), best) if best >= SAME_SOUND else None


def _coarse(samples: Sequence[float]) -> list[float]:
    return [sum(samples[at : at + COARSE]) / COARSE for at in range(0, len(samples) - COARSE + 1, COARSE)]


def _matches(heard: Sequence[float], wanted: Sequence[float], first: int, stop: int) -> list[float]:
    """Return the normalised correlation at each place from ``first`` on; 0.0 in silence."""
    length = len(wanted)
    own = sum(map(operator.mul, wanted, wanted))
    found = []
    for place in range(first, min(stop, len(heard) - length + 1)):
        piece = heard[place : place + length]
        energy = sum(map(operator.mul, piece, piece))
        found.append(sum(map(operator.mul, piece, wanted)) / (energy * own) ** 0.5 if energy > 0.0 else 0.0)
    return found
