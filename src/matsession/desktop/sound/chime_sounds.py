"""Which file is which chime, its samples, and how loud is loud."""

import array
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

from matsession.domain.guidance import ChimeName

RATE_HZ = 48_000
"""All sound is mixed at this rate, in one channel: metres away stereo is lost."""
PIECE_S = 0.25
"""So much of a file is read at once."""


def sound_file(folder: Path, chime: ChimeName) -> Path:
    """Return the WAV file of ``chime`` in the folder of sounds."""
    return folder / f"{chime}.wav"


def read_samples(path: Path) -> "array.array[int]":
    """Read a PCM WAV file of any rate, width and number of channels as 16-bit samples at ``RATE_HZ``.

    Raises OSError where it cannot be read, EOFError or wave.Error where it is no such file.
    """
    samples = array.array("h")
    for piece in read_pieces(path):
        samples.extend(piece)
    return samples


def read_pieces(path: Path) -> "Iterator[array.array[int]]":
    """Read it bit by bit, each some milliseconds of work: a long file must not keep a chime waiting.

    Raises as ``read_samples`` does.
    """
    with wave.open(str(path), "rb") as file:
        parameters = file.getparams()
        line = _Line(parameters.framerate)
        while data := file.readframes(max(int(PIECE_S * parameters.framerate), 1)):
            yield line.more(mono(_sixteen_bits(data, parameters.sampwidth), parameters.nchannels))
        yield line.rest()


def _sixteen_bits(data: bytes, width: int) -> "array.array[int]":
    samples = array.array("h")
    if width == 1:  # the only width without a sign
        samples.extend((value - 128) << 8 for value in data)
        return samples
    if width > 2:  # the two upper bytes are all that is kept
        upper = bytearray(len(data) // width * 2)
        upper[0::2], upper[1::2] = data[width - 2 :: width], data[width - 1 :: width]
        data = bytes(upper)
    samples.frombytes(data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def mono(samples: "array.array[int]", channels: int) -> "array.array[int]":
    """Return the mean of the channels."""
    if channels == 1:
        return samples
    return array.array(
        "h", (sum(frame) // channels for frame in zip(*[iter(samples)] * channels, strict=False))
    )


class _Line:
    """Resamples on straight lines: a voice or soft noise needs no better."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._held = array.array("h")
        self._held_from = 0
        """The place of the first held sample among all that came."""
        self._made = 0

    def more(self, samples: "array.array[int]") -> "array.array[int]":
        """What these samples make possible; a place between two needs both."""
        if self._rate_hz == RATE_HZ:
            return samples
        self._held.extend(samples)
        known = self._held_from + len(self._held) - 1
        return self._make(-(-known * RATE_HZ // self._rate_hz))

    def rest(self) -> "array.array[int]":
        """What is left: after the last sample nothing changes any more."""
        if not self._held:
            return array.array("h")
        self._held.append(self._held[-1])
        return self._make((self._held_from + len(self._held) - 1) * RATE_HZ // self._rate_hz)

    def _make(self, until: int) -> "array.array[int]":
        made = array.array("h", bytes(2 * max(until - self._made, 0)))
        held, rate_hz = self._held, self._rate_hz
        for place in range(len(made)):
            index, part = divmod((self._made + place) * rate_hz, RATE_HZ)
            here = held[index - self._held_from]
            made[place] = here + (held[index - self._held_from + 1] - here) * part // RATE_HZ
        self._made += len(made)
        done = self._made * rate_hz // RATE_HZ - self._held_from
        del held[:done]
        self._held_from += done
        return made


def scaled(samples: "array.array[int]", gain: float) -> "array.array[int]":
    """Return the samples times ``gain`` (0.0 to 1.0)."""
    if gain >= 1.0:
        return samples
    return array.array("h", [int(value * gain) for value in samples])


def linear_gain(volume: float) -> float:
    """Return the factor for samples that is heard as ``volume`` (0.0 to 1.0; others are brought into it).

    The cube is PulseAudio's scale, and so that of most volume sliders on Linux: a half is -18 dB.
    """
    return min(max(volume, 0.0), 1.0) ** 3
