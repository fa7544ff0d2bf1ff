"""Quantiles of Student's t distribution against published values."""

import math
from statistics import NormalDist

import pytest

from matsession.domain.student_t import t_quantile

NIST = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
    11: 2.201, 12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093,
    20: 2.086, 21: 2.080, 22: 2.074, 23: 2.069, 24: 2.064, 25: 2.060, 26: 2.056, 27: 2.052, 28: 2.048,
    29: 2.045, 30: 2.042, 40: 2.021, 60: 2.000, 100: 1.984,
}  # fmt: skip
"""Upper critical values for 0.025: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2."""

NIST_HALF_PERCENT = {1: 63.657, 2: 9.925, 5: 4.032, 10: 3.169, 20: 2.845, 30: 2.750, 60: 2.660, 100: 2.626}


@pytest.mark.parametrize(("freedom", "published"), NIST.items())
def test_the_published_values_of_97_5_percent(freedom: int, published: float) -> None:
    """To the three places that are printed."""
    assert t_quantile(0.975, freedom) == pytest.approx(published, abs=0.00051)


@pytest.mark.parametrize(("freedom", "published"), NIST_HALF_PERCENT.items())
def test_the_published_values_of_99_5_percent(freedom: int, published: float) -> None:
    """Another column of the same table."""
    assert t_quantile(0.995, freedom) == pytest.approx(published, abs=0.00051)


def test_one_and_two_degrees_of_freedom_have_a_formula() -> None:
    """The tangent, and a square root."""
    for p in (0.6, 0.75, 0.95, 0.975, 0.999):
        assert t_quantile(p, 1) == pytest.approx(math.tan(math.pi * (p - 0.5)), rel=1e-12)
        assert t_quantile(p, 2) == pytest.approx((2 * p - 1) / math.sqrt(2 * p * (1 - p)), rel=1e-12)


def test_it_falls_towards_the_normal_distribution() -> None:
    """Strictly, also where one way of reckoning takes over from the other."""
    values = [t_quantile(0.975, freedom) for freedom in (*range(1, 140), 1000, 10**6)]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    assert values[-1] == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-5)
    # The last exact value lies on the smooth curve of those that follow it.
    at_100, at_101, at_102 = (t_quantile(0.975, freedom) for freedom in (100, 101, 102))
    assert at_100 - at_101 == pytest.approx(at_101 - at_102, rel=0.03)


@pytest.mark.parametrize(
    ("n", "half_width"), [(3, 2.48), (5, 1.24), (7, 0.92), (10, 0.72), (14, 0.58), (20, 0.47), (30, 0.37)]
)
def test_half_widths_for_a_spread_of_one_point(n: int, half_width: float) -> None:
    """What so many ratings can tell at all."""
    assert t_quantile(0.975, n - 1) / math.sqrt(n) == pytest.approx(half_width, abs=0.0051)


@pytest.mark.parametrize(("probability", "freedom"), [(0.5, 3), (1.0, 3), (0.2, 3), (0.975, 0), (0.975, -1)])
def test_what_cannot_be_asked(probability: float, freedom: int) -> None:
    """An error that names it."""
    with pytest.raises(ValueError, match=r"probability|freedom"):
        t_quantile(probability, freedom)
