"""Make the chimes: ``python tools/make_chimes.py``; with ``--check`` only compare the shipped ones.

Each chime is one or more strokes; a stroke is a handful of sine partials that start together and die away
each at its own pace, as a struck metal bar does. Running it again gives the same bytes. So should another
platform: values from its ``math`` library are rounded first, and what follows is multiplication and addition.
"""

import argparse
import array
import io
import math
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RATE_HZ = 48_000
SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds"

ATTACK_S = 0.006
"""A raised-cosine start: long enough that no click is heard, short enough to sound struck."""
FADE_S = 0.4
"""The end, already 60 dB down, is led to true zero over this time."""


@dataclass(frozen=True, slots=True)
class Partial:
    """One sine of a stroke: how far above the stroke's note, how loud, and how long it lasts."""

    ratio: float
    level_db: float
    lasting: float
    """Its decay as a share of the chime's decay."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One hit: when, which notes at once, and how loud beside the chime's other strokes."""

    at_s: float
    notes_hz: tuple[float, ...]
    level_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Chime:
    """One sound file. In ``decay_s`` a note falls by 60 dB; ``peak_db`` is in dB of full scale."""

    strokes: tuple[Stroke, ...]
    decay_s: float
    peak_db: float
    voice: tuple[Partial, ...]

    @property
    def length_s(self) -> float:
        """From the first stroke until the last one has died away."""
        return self.strokes[-1].at_s + self.decay_s


# A bar's own overtones stand at 2.76 and 5.40 times its note. They give the metal, and are gone first. The
# octave is there for small loudspeakers, which give little below 300 Hz: with it low notes stay audible.
BAR = (
    Partial(1.0, 0.0, 1.0),
    Partial(1.0015, -14.0, 0.9),  # a second, slightly sharp copy: the slow shimmer of a real bar
    Partial(2.0, -9.0, 0.6),
    Partial(2.76, -27.0, 0.22),
    Partial(5.40, -36.0, 0.09),
)
DEEP_BAR = (
    Partial(1.0, 0.0, 1.0),
    Partial(1.0015, -14.0, 0.9),
    Partial(2.0, -5.0, 0.75),
    Partial(3.0, -15.0, 0.45),
    Partial(2.76, -27.0, 0.22),
)
BRIGHT_BAR = (
    Partial(1.0, -5.0, 1.0),
    Partial(2.0, 0.0, 0.85),
    Partial(2.003, -15.0, 0.8),
    Partial(2.76, -24.0, 0.3),
    Partial(5.40, -34.0, 0.1),
)

CHIMES: dict[str, Chime] = {
    # One deep, rich stroke: root, fifth and octave together.
    "open": Chime((Stroke(0.0, (220.0, 330.0, 440.0)),), 5.0, -6.0, DEEP_BAR),
    # One plain stroke, low.
    "step": Chime((Stroke(0.0, (293.66,)),), 3.0, -10.0, BAR),
    # Two strokes, a fifth up: something to do.
    "shift": Chime((Stroke(0.0, (293.66,), -1.0), Stroke(0.42, (440.0,))), 2.5, -8.0, BAR),
    # One stroke, bright and short; its octave is the louder half.
    "check": Chime((Stroke(0.0, (392.0,)),), 2.0, -10.0, BRIGHT_BAR),
    # Three strokes rising and growing: the strongest, for somebody who dozes.
    "wake": Chime(
        (Stroke(0.0, (349.23,), -4.0), Stroke(0.85, (523.25,), -2.0), Stroke(1.7, (698.46,))), 4.0, -2.0, BAR
    ),
    # Three strokes falling and fading: the opening chord, taken apart.
    "close": Chime(
        (Stroke(0.0, (440.0,)), Stroke(1.0, (330.0,), -1.5), Stroke(2.0, (220.0,), -1.5)), 6.0, -6.0, DEEP_BAR
    ),
    # The quiet ones, for what happens around the steps. One high, thin stroke: time passes, stay as you are.
    "interval": Chime((Stroke(0.0, (587.33,)),), 1.5, -18.0, BAR),
    # Two strokes a fourth down, slow: soon it is over.
    "warning": Chime((Stroke(0.0, (523.25,)), Stroke(0.7, (392.0,), -1.0)), 1.8, -14.0, BAR),
    # A short knock, to be counted.
    "strike": Chime((Stroke(0.0, (659.26,)),), 0.6, -14.0, BRIGHT_BAR),
    # Two quick knocks a fifth apart, high: an answer to the person. Down, it stands still; up, it goes on.
    "pause": Chime((Stroke(0.0, (880.0,)), Stroke(0.24, (587.33,))), 0.5, -10.0, BAR),
    "go_on": Chime((Stroke(0.0, (587.33,)), Stroke(0.24, (880.0,))), 0.5, -10.0, BAR),
}
"""Beside each other from -6 to -14 dB as first drafted, and all 4 dB up: they are heard from metres away."""


def _steady(value: float) -> float:
    """``value`` without its last digits, in which the ``math`` libraries of two platforms may differ."""
    return float(f"{value:.13f}")


def _linear(level_db: float) -> float:
    return _steady(10.0 ** (level_db / 20.0))


def _add_partial(into: list[float], start: int, hz: float, level: float, decay_s: float) -> None:
    """Add one dying sine, from sample ``start`` to the end."""
    shrink = _steady(10.0 ** (-3.0 / (decay_s * RATE_HZ)))  # 60 dB is a factor of 1000
    angle = 2.0 * math.pi * hz / RATE_HZ
    turn = 2.0 * shrink * _steady(math.cos(angle))
    loss = shrink * shrink
    before, now = 0.0, level * shrink * _steady(math.sin(angle))
    for index in range(start, len(into)):
        into[index] += before
        before, now = now, turn * now - loss * before


def _ramp(count: int) -> list[float]:
    """Return a raised-cosine rise from 0 to 1 in ``count`` samples."""
    return [_steady(0.5 - 0.5 * math.cos(math.pi * index / count)) for index in range(count)]


def samples(chime: Chime) -> "array.array[int]":
    """Return the chime as 16-bit samples at ``RATE_HZ``."""
    total = [0.0] * round(chime.length_s * RATE_HZ)
    attack = _ramp(round(ATTACK_S * RATE_HZ))
    for stroke in chime.strokes:
        start = round(stroke.at_s * RATE_HZ)
        hit = [0.0] * (len(total) - start)
        for note_hz in stroke.notes_hz:
            for partial in chime.voice:
                level = _linear(stroke.level_db + partial.level_db)
                _add_partial(hit, 0, note_hz * partial.ratio, level, chime.decay_s * partial.lasting)
        for index, gain in enumerate(attack):
            hit[index] *= gain
        for index, value in enumerate(hit, start):
            total[index] += value
    for index, gain in enumerate(_ramp(round(FADE_S * RATE_HZ)), 1):
        total[-index] *= gain
    scale = 32767.0 * _linear(chime.peak_db) / max(abs(value) for value in total)
    return array.array("h", (round(value * scale) for value in total))


def wav_bytes(chime: Chime) -> bytes:
    """Return the chime as a WAV file: 48 kHz, 16 bit, one channel (metres away stereo is lost)."""
    values = samples(chime)
    if sys.byteorder == "big":
        values.byteswap()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(values.tobytes())
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or with ``--check`` compare them. Returns 1 where a shipped file differs."""
    parser = argparse.ArgumentParser(description="Make the chimes.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a shipped file differs"
    )
    parser.add_argument(
        "--folder", type=Path, default=SOUNDS, help="where the files are (default: resources/sounds)"
    )
    options = parser.parse_args(arguments)
    differing = []
    for name, chime in CHIMES.items():
        path: Path = options.folder / f"{name}.wav"
        made = wav_bytes(chime)
        if not options.check:
            path.write_bytes(made)
        elif not path.is_file() or path.read_bytes() != made:
            differing.append(name)
    if differing:
        sys.stderr.write(f"differ from what would be made: {', '.join(differing)}\n")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
