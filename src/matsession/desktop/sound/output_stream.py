"""One stream to one output, from its first frame to its last, and what moment each frame is heard at."""

from typing import Final, Protocol

from matsession.desktop.sound.mixer import Mixer

AHEAD_S: Final = 0.4
"""So much is handed over before it is heard: the process may be held up for as long without a gap."""
SILENT_AHEAD_S: Final = 0.12
"""The same while nothing sounds: a gap in silence does no harm, and the next sound may be wanted at once."""
FIRST_WITHIN_S: Final = 2.5
"""Longest wait for the first progress: an output that was asleep, or renders two seconds at a time."""
NEXT_WITHIN_S: Final = 0.7
"""Longest wait for more. Some servers that have gone give no other sign."""


class OutputStream(Protocol):
    """Feeds an output from a mixer. Without a sound in it the stream is silence, and wakes the output."""

    mixer: Mixer
    expects_sound: bool
    """A sound is due soon: nothing may run dry, or it would be late."""

    def feed(self, now_s: float) -> None:
        """Note how far the output has come, and hand over what is missing."""
        ...

    def take_back(self, now_s: float) -> None:
        """Let what was handed over and is not heard yet be handed over anew, as far as that can be."""
        ...

    @property
    def played(self) -> int:
        """How many frames the output has played, by and large."""
        ...

    def alive(self, now_s: float) -> bool:
        """Whether the output takes what it is given."""
        ...

    def heard_s(self, frame: int) -> float | None:
        """Return the moment at which a frame is heard; None before the stream has moved."""
        ...

    def set_volume(self, gain: float) -> None:
        """Set the gain of what has not been heard yet."""
        ...

    def stop(self) -> None:
        """End it, and with it all that was handed over and not heard."""
        ...


def frame_at(stream: OutputStream, rate_hz: int, due_s: float) -> int | None:
    """Return the frame that is heard at this moment; None before the stream has moved."""
    first_s = stream.heard_s(0)
    return None if first_s is None else round((due_s - first_s) * rate_hz)
