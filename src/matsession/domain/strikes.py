"""The time left, struck as chimes for ears that have no voice to listen to."""

from typing import Final

STROKE_EVERY_S: Final = 0.7
"""From one stroke to the next."""

DOUBLE_AFTER_S: Final = 0.22
"""The two strokes of a half minute follow so closely that they are heard as one double stroke."""

REST_AFTER: Final = 5
"""After so many strokes there is a rest, because nobody counts eighteen strokes in a row."""

REST_S: Final = 0.6


def strokes(left_s: float) -> tuple[float, ...]:
    """When to strike, in seconds from now: once for each minute left, and a double stroke for the half.

    The time is rounded to the nearest half minute; less than a quarter of a minute is one double stroke, so
    that the answer is never silence.
    """
    halves = max(1, round(left_s / 30))
    minutes, half = divmod(halves, 2)
    times: list[float] = []
    at_s = 0.0
    for number in range(1, minutes + 1):
        times.append(at_s)
        at_s += STROKE_EVERY_S
        if number % REST_AFTER == 0:
            at_s += REST_S
    if half:
        times += [at_s, at_s + DOUBLE_AFTER_S]
    return tuple(round(time_s, 3) for time_s in times)
