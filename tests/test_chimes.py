"""The shipped chimes, measured."""

import array
import itertools
import math
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOUNDS = ROOT / "resources" / "sounds"
SCRIPT = ROOT / "tools" / "make_chimes.py"
RATE_HZ = 48_000
FULL_SCALE = 32768.0

LENGTHS_S = {
    "open": 5.0,
    "step": 3.0,
    "shift": 2.92,
    "check": 2.0,
    "wake": 5.7,
    "close": 8.0,
    "interval": 1.5,
    "warning": 2.5,
    "strike": 0.6,
    "pause": 0.74,
    "go_on": 0.74,
}
STROKES: dict[str, list[tuple[float, tuple[float, ...]]]] = {
    "open": [(0.0, (220.0, 330.0, 440.0))],
    "step": [(0.0, (293.66, 587.33))],
    "shift": [(0.0, (293.66,)), (0.42, (440.0,))],
    "check": [(0.0, (392.0, 784.0))],
    "wake": [(0.0, (349.23,)), (0.85, (523.25,)), (1.7, (698.46,))],
    "close": [(0.0, (440.0,)), (1.0, (330.0,)), (2.0, (220.0,))],
    "interval": [(0.0, (587.33,))],
    "warning": [(0.0, (523.25,)), (0.7, (392.0,))],
    "strike": [(0.0, (659.26, 1318.52))],
    "pause": [(0.0, (880.0,)), (0.24, (587.33,))],
    "go_on": [(0.0, (587.33,)), (0.24, (880.0,))],
}
NAMES = sorted(LENGTHS_S)
EVERY_NOTE_HZ = sorted({hz for strokes in STROKES.values() for _, notes in strokes for hz in notes})
each_chime = pytest.mark.parametrize("name", NAMES)


def read(name: str) -> list[float]:
    """The samples of one chime, -1.0 to 1.0."""
    with wave.open(str(SOUNDS / f"{name}.wav"), "rb") as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return [sample / FULL_SCALE for sample in samples]


def decibels(value: float) -> float:
    """A sample or level as dB of full scale."""
    return 20.0 * math.log10(max(value, 1e-9))


def strength(samples: list[float], hz: float) -> float:
    """How much of this frequency is in the samples: Goertzel's filter under a Hann window."""
    count = len(samples)
    turn = 2.0 * math.cos(2.0 * math.pi * hz / RATE_HZ)
    before = now = 0.0
    for index, sample in enumerate(samples):
        hann = 0.5 - 0.5 * math.cos(2.0 * math.pi * index / count)
        before, now = now, sample * hann + turn * now - before
    return math.sqrt(max(now * now + before * before - turn * now * before, 0.0)) * 4.0 / count


def onsets_s(samples: list[float]) -> list[float]:
    """When the loudness rises by half within 20 ms, from one stroke to the next."""
    block = RATE_HZ // 100
    loud = [
        math.sqrt(sum(value * value for value in samples[start : start + block]) / block)
        for start in range(0, len(samples) - block, block)
    ]
    found: list[float] = []
    for index in range(len(loud)):
        earlier = max(loud[max(index - 4, 0) : max(index - 1, 0)], default=0.0)
        if loud[index] > 0.01 and loud[index] > 1.3 * earlier:
            at_s = index * block / RATE_HZ
            if not found or at_s - found[-1] > 0.2:
                found.append(at_s)
    return found


@each_chime
def test_a_chime_is_a_plain_48_khz_wav_file(name: str) -> None:
    """One channel, 16 bit, 48 kHz, of the length it was made for."""
    with wave.open(str(SOUNDS / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.getnframes() / RATE_HZ == pytest.approx(LENGTHS_S[name], abs=0.001)


def test_the_chimes_are_small() -> None:
    """All eleven take less than 3 MiB, and none takes 1 MB."""
    sizes = [(SOUNDS / f"{name}.wav").stat().st_size for name in NAMES]
    assert len(sizes) == 11
    assert sum(sizes) < 3 * 2**20
    assert max(sizes) < 1_000_000


@each_chime
def test_a_chime_does_not_clip_and_rests_on_zero(name: str) -> None:
    """Its peak stays below -1 dBFS, and its mean is zero."""
    samples = read(name)
    assert decibels(max(abs(value) for value in samples)) <= -1.0
    assert abs(sum(samples) / len(samples)) < 1e-4


@each_chime
def test_a_chime_begins_and_ends_without_a_click(name: str) -> None:
    """The first sample is zero and the next ones rise softly; the last 5 ms are as good as silent."""
    samples = read(name)
    peak = max(abs(value) for value in samples)
    assert samples[0] == 0.0
    assert max(abs(value) for value in samples[: RATE_HZ // 2000]) < 0.05 * peak
    assert max(abs(value) for value in samples[-RATE_HZ // 200 :]) <= 1.0 / FULL_SCALE


@each_chime
def test_no_sample_jumps_further_than_the_highest_note_allows(name: str) -> None:
    """A sine of the highest loud partial at full peak bounds every step from one sample to the next."""
    samples = read(name)
    peak = max(abs(value) for value in samples)
    top_hz = 3.0 * max(hz for _, notes in STROKES[name] for hz in notes)
    step = max(abs(after - before) for before, after in itertools.pairwise(samples))
    assert step < 2.0 * math.pi * top_hz / RATE_HZ * peak


@each_chime
def test_a_chime_has_its_strokes_at_their_times(name: str) -> None:
    """One stroke for open, step and check, two for shift, three for wake and close."""
    assert onsets_s(read(name)) == pytest.approx([at_s for at_s, _ in STROKES[name]], abs=0.03)


@each_chime
def test_each_stroke_sounds_its_own_notes(name: str) -> None:
    """Right after a stroke its notes have grown more than any other note that a chime has."""
    samples = read(name)
    window = RATE_HZ // 4
    for at_s, notes in STROKES[name]:
        start = round(at_s * RATE_HZ)
        # What was ringing before the stroke is taken off: only what the stroke brought counts.
        before = samples[max(start - window, 0) : start]
        after = samples[start : start + window]
        grown = {
            hz: strength(after, hz) - (strength(before, hz) if len(before) == window else 0.0)
            for hz in EVERY_NOTE_HZ
        }
        # The octave of a note belongs to the note.
        own = {hz for hz in EVERY_NOTE_HZ if any(abs(hz / note - round(hz / note)) < 0.01 for note in notes)}
        weakest = min(grown[note] for note in notes)
        assert all(grown[hz] < weakest for hz in EVERY_NOTE_HZ if hz not in own), (at_s, grown)


def test_wake_is_the_loudest_and_what_is_between_the_steps_is_the_quietest() -> None:
    """The loudest half second tells how strong a chime is heard; of a step's own, step and check are soft."""

    def loudness_db(name: str) -> float:
        samples = read(name)
        window = RATE_HZ // 2
        energies = [
            sum(value * value for value in samples[start : start + window])
            for start in range(0, len(samples) - window, window // 4)
        ]
        return 10.0 * math.log10(max(energies) / window)

    order = sorted(NAMES, key=loudness_db)
    assert order[-1] == "wake"
    assert set(order[:2]) == {"interval", "strike"}
    assert set(order[:7]) == {"interval", "strike", "pause", "go_on", "warning", "step", "check"}


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(NAMES, 2)))
def test_any_two_chimes_differ_to_the_ear(one: str, other: str) -> None:
    """In the number of strokes, or in the note that is strongest at the start, by a third or more."""

    def strongest_hz(name: str) -> float:
        start = read(name)[: RATE_HZ // 4]
        return max(EVERY_NOTE_HZ, key=lambda hz: strength(start, hz))

    same_strokes = len(STROKES[one]) == len(STROKES[other])
    interval = abs(math.log2(strongest_hz(one) / strongest_hz(other))) * 12.0
    direction_differs = len(STROKES[one]) > 1 and (
        (STROKES[one][-1][1][0] > STROKES[one][0][1][0])
        is not (STROKES[other][-1][1][0] > STROKES[other][0][1][0])
    )
    richer = len(STROKES[one][0][1]) != len(STROKES[other][0][1])
    assert not same_strokes or interval >= 3.0 or direction_differs or richer


def test_the_script_makes_the_shipped_chimes(tmp_path: Path) -> None:
    """Its check passes on the shipped files, and names one that was changed."""
    good = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True)
    assert (good.returncode, good.stderr) == (0, "")

    for path in SOUNDS.glob("*.wav"):
        shutil.copy(path, tmp_path)
    changed = tmp_path / "wake.wav"
    changed.write_bytes(changed.read_bytes()[:-2] + b"\x01\x00")
    bad = subprocess.run(
        [sys.executable, str(SCRIPT), "--check", "--folder", str(tmp_path)], capture_output=True, text=True
    )
    assert bad.returncode == 1
    assert "wake" in bad.stderr
    assert "step" not in bad.stderr


@pytest.mark.parametrize("name", ["rain", "surf", "noise"])
def test_a_loop_goes_round_without_a_seam(name: str) -> None:
    """From its last sample to its first is no further than between others, and its ends are as loud."""
    path = SOUNDS / "loops" / f"{name}.wav"
    assert path.stat().st_size < 1_000_000
    with wave.open(str(path), "rb") as file:
        rate_hz = file.getframerate()
        samples = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    steps = [abs(after - before) for before, after in itertools.pairwise(samples)]
    assert abs(samples[0] - samples[-1]) <= max(steps)

    def loudness(piece: "array.array[int]") -> float:
        return math.sqrt(sum(value * value for value in piece) / len(piece))

    assert loudness(samples[: rate_hz // 4]) == pytest.approx(loudness(samples[-rate_hz // 4 :]), rel=0.25)
    assert max(map(abs, samples)) < 32_000


def test_the_script_makes_the_shipped_loops() -> None:
    """Its check passes on the shipped files."""
    script = ROOT / "tools" / "make_loops.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
