"""Adds up all that sounds into one stream: chimes, voice and background share one path."""

import array
import operator
from collections import deque
from dataclasses import dataclass

from matsession.desktop.sound.chime_sounds import RATE_HZ, scaled

LOUDEST = 32767
FADE_STEP = RATE_HZ // 100
"""A fade changes every 10 ms; in rain, surf and noise no step of it is heard."""
KEPT_PIECES = 100
"""So many pieces back the stream can be rendered anew: more than a stream is ever ahead."""


@dataclass(slots=True)
class Track:
    """A sound with its place in the stream. The samples have their level already."""

    number: int
    samples: "array.array[int]"
    begin: int
    """The frame of the stream at which it begins."""

    @property
    def end(self) -> int:
        """The frame after its last one."""
        return self.begin + len(self.samples)

    def fade_out(self, position: int, fade_frames: int) -> None:
        """End it within ``fade_frames`` from this frame of the stream on."""
        first = max(position - self.begin, 0)
        fading = self.samples[first : first + fade_frames]
        for place, value in enumerate(fading):
            fading[place] = value * (len(fading) - place) // len(fading)
        self.samples = self.samples[:first] + fading


class Background:
    """A loop that fades in, goes round, and fades out."""

    def __init__(self, samples: "array.array[int]", level: float, fade_frames: int) -> None:
        """Begin silent and grow to the gain ``level`` over ``fade_frames``."""
        self.samples = samples
        self.level = level
        """The factor when it is faded in."""
        self._place = 0
        self._gain = 0.0
        self.fade_in(fade_frames)

    def fade_in(self, fade_frames: int) -> None:
        """Grow, from whatever is heard now, over ``fade_frames``."""
        self._step = FADE_STEP / max(fade_frames, FADE_STEP)

    def fade_out(self, fade_frames: int) -> None:
        """Become silent over ``fade_frames``."""
        self._step = -FADE_STEP / max(fade_frames, FADE_STEP)

    @property
    def state(self) -> tuple[int, float]:
        """Where it stands, to be gone back to."""
        return self._place, self._gain

    def go_back(self, state: tuple[int, float]) -> None:
        """Stand where it stood before."""
        self._place, self._gain = state

    @property
    def over(self) -> bool:
        """Whether it has faded out."""
        return self._step < 0 and self._gain <= 0.0

    def render(self, frames: int) -> "array.array[int]":
        """Return the next frames."""
        made = array.array("h")
        while len(made) < frames:
            count = min(FADE_STEP, frames - len(made), len(self.samples) - self._place)
            piece = self.samples[self._place : self._place + count]
            self._place = (self._place + count) % len(self.samples)
            self._gain = min(max(self._gain + self._step * count / FADE_STEP, 0.0), 1.0)
            made.extend(scaled(piece, self._gain * self.level))
        return made


class Mixer:
    """Hands out the stream piece by piece."""

    def __init__(self) -> None:
        """Begin silent, at frame 0."""
        self.position = 0
        """The next frame to hand out."""
        self.tracks: list[Track] = []
        self.background: Background | None = None
        self.gain = 1.0
        """A factor for all of it."""
        self._pieces: deque[tuple[int, Background | None, tuple[int, float]]] = deque(maxlen=KEPT_PIECES)

    def go_back(self, frame: int) -> None:
        """Render anew from the first piece that begins at ``frame`` or later."""
        while self._pieces and self._pieces[-1][0] >= frame:
            self.position, background, state = self._pieces.pop()
            if background is not None and background is self.background:
                background.go_back(state)

    @property
    def audible(self) -> bool:
        """Whether there is anything but silence to hand out, soon or now."""
        return self.background is not None or any(track.end > self.position for track in self.tracks)

    def render(self, frames: int) -> bytes:
        """Return the next ``frames`` as 16-bit samples."""
        begin, end = self.position, self.position + frames
        background = self.background
        self._pieces.append((begin, background, background.state if background else (0, 0.0)))
        if self.background is not None and not self.background.over:
            mixed = self.background.render(frames)
        else:
            mixed = array.array("h", bytes(2 * frames))
            self.background = None
        for track in self.tracks:
            first, last = max(begin, track.begin), min(end, track.end)
            if first < last:
                place = slice(first - begin, last - begin)
                mixed[place] = _sum(mixed[place], track.samples[first - track.begin : last - track.begin])
        self.position = end
        return (scaled(mixed, self.gain) if self.gain < 1.0 else mixed).tobytes()


def _sum(one: "array.array[int]", other: "array.array[int]") -> "array.array[int]":
    """Add; where that would be too loud it is cut off, which takes three times as long."""
    try:
        return array.array("h", map(operator.add, one, other))
    except OverflowError:
        return array.array("h", (min(max(a + b, -LOUDEST), LOUDEST) for a, b in zip(one, other, strict=True)))
