"""How loud the wake chime is that returns when nobody has touched anything after the end."""

import math
from typing import Final

STEP: Final = 10 ** (6 / 60)
"""The most that it grows from one return to the next: 6 dB, clearly louder and no fright. Levels as heard
go by the cube (``desktop.sound.chime_sounds.linear_gain``), so 60 dB are a factor of ten."""


_HEARD_ALIKE: Final = 1.0001
"""Less than three thousandths of a decibel."""


def wake_level(number: int, of: int, start: float, ceiling: float) -> float:
    """Return the level as heard, 0.0 to 1.0, of return ``number`` (from 1) out of ``of``.

    ``start`` is how loud the wake chime has been. Equal steps lead from there to ``ceiling``, which a quiet
    start may not reach. A ceiling below the start is kept from the first return on; a wake chime that the
    person has turned down to nothing stays silent.
    """
    if start <= 0 or start >= ceiling:
        return min(max(start, 0.0), ceiling)
    if (
        start * _HEARD_ALIKE >= ceiling
    ):  # nothing in between would be heard, or could be told apart as a number
        return ceiling
    step = min(math.pow(ceiling / start, 1 / of), STEP)
    return min(start * math.pow(step, number), ceiling)
