"""The measuring of the sound benchmarks, on recordings made by hand."""

import array
from pathlib import Path

import pytest

from benchmarks._pulse_recording import RATE_HZ, Recording, find_onset, read_wav

SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds"
PIECE = 240


def recording(samples: "array.array[float]") -> Recording:
    """It arrived in pieces of five milliseconds, from second 0 on."""
    return Recording(samples, [(end, end / RATE_HZ) for end in range(PIECE, len(samples) + 1, PIECE)])


@pytest.mark.parametrize("chime", ["check", "step", "wake"])
def test_a_sound_is_found_to_the_sample(chime: str) -> None:
    """Wherever it begins between the places of the quick search, and not a wave too early."""
    template = read_wav(SOUNDS / f"{chime}.wav")[: RATE_HZ // 2]
    for begin in (20_001, 20_004, 20_006):
        samples = array.array("d", bytes(8 * 48_000))
        samples[begin : begin + len(template)] = array.array("d", (value / 2 for value in template))
        made = recording(samples)
        onset = find_onset(made, template, 0.38, 0.46)
        assert onset is not None
        assert onset.index == begin
        assert onset.match == pytest.approx(1.0)
        assert made.gain(onset, template) == pytest.approx(0.5)


def test_silence_holds_no_sound() -> None:
    """And a gap in one is measured."""
    template = read_wav(SOUNDS / "step.wav")
    silent = recording(array.array("d", bytes(8 * 48_000)))
    assert find_onset(silent, template, 0.2, 0.5) is None
    torn = recording(array.array("d", [*bytes(20_000), *template]))
    torn.samples[30_000:30_960] = array.array("d", bytes(8 * 960))
    onset = find_onset(torn, template, 0.38, 0.46)
    assert onset is not None
    assert torn.gap_ms(onset, 1.0) == pytest.approx(20.0, abs=0.1)
