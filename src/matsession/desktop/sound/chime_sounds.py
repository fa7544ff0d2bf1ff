"""Which file is which chime, its samples, and how loud is loud."""

import array
import sys
import wave
from pathlib import Path

from matsession.domain.guidance import ChimeName

RATE_HZ = 48_000
"""All sound is mixed at this rate, in one channel: metres away stereo is lost."""


def sound_file(folder: Path, chime: ChimeName) -> Path:
    """Return the WAV file of ``chime`` in the folder of sounds."""
    return folder / f"{chime}.wav"


def read_samples(path: Path) -> "array.array[int]":
    """Read a PCM WAV file of any rate, width and number of channels as 16-bit samples at ``RATE_HZ``.

    Raises OSError where it cannot be read, EOFError or wave.Error where it is no such file.
    """
    with wave.open(str(path), "rb") as file:
        parameters = file.getparams()
        data = file.readframes(parameters.nframes)
    samples = mono(_sixteen_bits(data, parameters.sampwidth), parameters.nchannels)
    return samples if parameters.framerate == RATE_HZ else _at_our_rate(samples, parameters.framerate)


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


def _at_our_rate(samples: "array.array[int]", rate_hz: int) -> "array.array[int]":
    """Resample on straight lines: a voice or soft noise needs no better."""
    count = len(samples) * RATE_HZ // rate_hz
    samples = samples + samples[-1:]
    made = array.array("h", bytes(2 * count))
    for place in range(count):
        index, part = divmod(place * rate_hz, RATE_HZ)
        here = samples[index]
        made[place] = here + (samples[index + 1] - here) * part // RATE_HZ
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
