"""One sound that is wanted: what the program hands to a sound process."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from matsession.domain.guidance import ChimeName


@dataclass(frozen=True, slots=True)
class SoundOrder:
    """A chime or a file, to sound now, at a moment, or after another sound."""

    number: int
    """Tells the orders of one program apart."""
    sound: str
    """A ``ChimeName``, or the path of a WAV file."""
    due_s: float | None = None
    """When, by the clock of ``app.clock`` (``Moment.awake_s``); None: as soon as possible."""
    level: float = 1.0
    """As heard, 0.0 to 1.0, below the master volume."""
    after: int | None = None
    """The number of an order whose sound comes first."""
    as_heard: bool = False
    """``level`` is what is heard, whatever the master volume; it may be above that."""

    @property
    def chime(self) -> ChimeName | None:
        """Which chime it is; None for a file."""
        return ChimeName(self.sound) if self.sound in list(ChimeName) else None

    def line(self) -> str:
        """Write it as one line."""
        return json.dumps(["sound", asdict(self)])

    @staticmethod
    def read(values: dict[str, object]) -> "SoundOrder":
        """Read what ``line`` wrote. Raises ValueError where something is not as it should be."""
        number, sound, due_s = values.get("number"), values.get("sound"), values.get("due_s")
        level, after, as_heard = values.get("level"), values.get("after"), values.get("as_heard")
        if (
            isinstance(number, int)
            and isinstance(sound, str)
            and isinstance(due_s, float | None)
            and isinstance(level, float)
            and isinstance(as_heard, bool)
            and isinstance(after, int | None)
        ):
            return SoundOrder(number, sound, due_s, level, after, as_heard)
        raise ValueError(f"not an order: {values}")


def order_file(folder: Path, own: dict[str, Path], order: SoundOrder) -> Path:
    """Return the file of an order: the person's own for a chime, else the one in ``folder``."""
    if order.chime is None:
        return Path(order.sound)
    return own.get(order.sound, folder / f"{order.chime}.wav")
