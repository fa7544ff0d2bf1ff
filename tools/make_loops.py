"""Make the background loops: ``python tools/make_loops.py``; with ``--check`` only compare the shipped ones.

Rain, low surf and soft noise, each of its own making and deterministic: a linear congruential generator
gives the noise, one-pole filters colour it. A loop has no seam: more is made than is kept, and what is over
is faded into the beginning, so that the last sample is followed by what would have come next.
"""

import argparse
import array
import io
import math
import sys
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

RATE_HZ = 24_000
LENGTH_S = 16
SEAM_S = 2
SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds" / "loops"
LOUDNESS = 0.08
"""Root mean square of full scale, -22 dB: the level that a person sets comes on top."""


class Noise:
    """White noise from -1.0 to 1.0, the same on every platform (the generator of Numerical Recipes)."""

    def __init__(self, seed: int) -> None:
        """Begin at ``seed``."""
        self._state = seed

    def next(self) -> float:
        """Return the next sample."""
        self._state = (self._state * 1664525 + 1013904223) & 0xFFFFFFFF
        return self._state / 2147483648.0 - 1.0


def _pole(hz: float) -> float:
    """Return how much of the past a one-pole low-pass keeps; cut short, because ``math`` differs a little."""
    return float(f"{math.exp(-2.0 * math.pi * hz / RATE_HZ):.10f}")


def _low_pass(samples: list[float], hz: float) -> list[float]:
    keep, now, made = _pole(hz), 0.0, []
    for value in samples:
        now = value + keep * (now - value)
        made.append(now)
    return made


def _high_pass(samples: list[float], hz: float) -> list[float]:
    return [value - low for value, low in zip(samples, _low_pass(samples, hz), strict=True)]


def _white(count: int, seed: int) -> list[float]:
    noise = Noise(seed)
    return [noise.next() for _ in range(count)]


def noise(count: int) -> list[float]:
    """Soft noise: dark, without any movement."""
    return _low_pass(_low_pass(_white(count, 11), 900.0), 2500.0)


def rain(count: int) -> list[float]:
    """Rain: a bright, thin hiss with drops that fall at random."""
    hiss = _high_pass(_low_pass(_white(count, 23), 6000.0), 700.0)
    drops, chance, left = [0.0] * count, Noise(29), 0.0
    level, keep = 0.0, _pole(120.0)
    for place in range(count):
        left -= 1.0
        if left <= 0.0:
            left = 40.0 + 700.0 * (chance.next() + 1.0)
            level += 0.4 + 0.4 * chance.next()
        level *= keep
        drops[place] = level * chance.next()
    soft = _high_pass(_low_pass(drops, 4000.0), 500.0)
    return [a + 1.2 * b for a, b in zip(hiss, soft, strict=True)]


def surf(count: int) -> list[float]:
    """Low surf: two waves in a loop, each swelling slowly and running out."""
    low = _low_pass(_low_pass(_white(count, 41), 350.0), 800.0)
    high = _low_pass(_high_pass(_white(count, 43), 800.0), 3500.0)
    period = LENGTH_S * RATE_HZ // 2
    made = []
    for place in range(count):
        swell = float(f"{0.5 - 0.5 * math.cos(2.0 * math.pi * (place % period) / period):.9f}")
        made.append(low[place] * (0.35 + swell) + 0.12 * high[place] * swell * swell)
    return made


LOOPS: dict[str, Callable[[int], list[float]]] = {"rain": rain, "surf": surf, "noise": noise}


def samples(make: Callable[[int], list[float]]) -> "array.array[int]":
    """Return the loop as 16-bit samples at ``RATE_HZ``."""
    length, seam = LENGTH_S * RATE_HZ, SEAM_S * RATE_HZ
    made = make(length + 2 * seam)[seam:]  # without the filters' own beginning
    for place in range(seam):
        share = (place + 0.5) / seam
        # Two noises that know nothing of each other keep their loudness when their squares add up to one.
        made[place] = made[place] * share**0.5 + made[length + place] * (1.0 - share) ** 0.5
    made = made[:length]
    scale = 32767.0 * LOUDNESS / (sum(value * value for value in made) / length) ** 0.5
    return array.array("h", (round(max(-32767.0, min(32767.0, value * scale))) for value in made))


def wav_bytes(make: Callable[[int], list[float]]) -> bytes:
    """Return the loop as a WAV file: 24 kHz, 16 bit, one channel."""
    values = samples(make)
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
    parser = argparse.ArgumentParser(description="Make the background loops.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a shipped file differs"
    )
    parser.add_argument("--folder", type=Path, default=SOUNDS, help="where they are (resources/sounds/loops)")
    options = parser.parse_args(arguments)
    differing = []
    for name, make in LOOPS.items():
        path: Path = options.folder / f"{name}.wav"
        made = wav_bytes(make)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
        elif not path.is_file() or path.read_bytes() != made:
            differing.append(name)
    if differing:
        sys.stderr.write(f"differ from what would be made: {', '.join(differing)}\n")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
