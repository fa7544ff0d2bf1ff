"""Which file is which chime, and how loud is loud."""

import wave
from pathlib import Path

from matsession.domain.guidance import ChimeName


def sound_file(folder: Path, chime: ChimeName) -> Path:
    """Return the WAV file of ``chime`` in the folder of sounds."""
    return folder / f"{chime}.wav"


def write_lengthened(source: Path, target: Path, silence_s: float) -> float:
    """Copy a WAV file with ``silence_s`` added, and return how long the original is, in seconds.

    Raises OSError where a file cannot be read or written, and wave.Error where it is none.
    """
    with wave.open(str(source), "rb") as file:
        parameters = file.getparams()
        frames = file.readframes(parameters.nframes)
    silence = bytes(round(silence_s * parameters.framerate) * parameters.nchannels * parameters.sampwidth)
    with wave.open(str(target), "wb") as file:
        file.setparams(parameters)
        file.writeframes(frames + silence)
    return parameters.nframes / parameters.framerate


def linear_gain(volume: float) -> float:
    """Return the factor for samples that is heard as ``volume`` (0.0 to 1.0; others are brought into it).

    The cube is PulseAudio's scale, and so that of most volume sliders on Linux: a half is -18 dB.
    """
    return min(max(volume, 0.0), 1.0) ** 3
