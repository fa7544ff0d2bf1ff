"""Quantiles of Student's t distribution, for the rough range around an average.

For up to 100 degrees of freedom the distribution is summed up exactly (Abramowitz and Stegun, Handbook of
Mathematical Functions, 1964, formulas 26.7.3 and 26.7.4) and turned round by halving; above that, its
expansion around the normal distribution (26.7.5) is closer than 1e-9.
"""

import functools
import math
from statistics import NormalDist
from typing import Final

_EXACT_UP_TO: Final = 100


@functools.cache
def t_quantile(probability: float, freedom: int) -> float:
    """The value that a t-distributed number stays below with this probability (0.5 to 1, neither included).

    Raises ValueError for other probabilities and for less than one degree of freedom.
    """
    if not 0.5 < probability < 1:
        raise ValueError(f"probability: {probability} is not between 0.5 and 1")
    if freedom < 1:
        raise ValueError(f"freedom: {freedom} is not 1 or more")
    if freedom > _EXACT_UP_TO:
        return _expanded(NormalDist().inv_cdf(probability), freedom)
    both_sides = 2 * probability - 1
    low, high = 0.0, 1.0
    while _within(high, freedom) < both_sides:
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        if _within(middle, freedom) < both_sides:
            low = middle
        else:
            high = middle
    return high


def _within(t: float, freedom: int) -> float:
    """The probability that a t-distributed number lies between -t and t (26.7.3 odd, 26.7.4 even)."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 else 0.0
    for number in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (number - 1) / number
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def _expanded(x: float, freedom: int) -> float:
    """The normal quantile ``x`` corrected in powers of 1 / freedom (26.7.5)."""
    corrections = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + math.fsum(value / freedom**power for power, value in enumerate(corrections, start=1))
