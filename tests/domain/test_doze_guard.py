"""The returning wake chime: how loud each time."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.doze_guard import STEP, wake_level

LEVEL = st.floats(0.01, 1)


def levels(start: float, ceiling: float) -> list[float]:
    """The three returns."""
    return [wake_level(number, 3, start, ceiling) for number in (1, 2, 3)]


def test_a_start_just_below_the_ceiling_returns_at_the_ceiling() -> None:
    """Numbers that close cannot be told apart by three steps."""
    assert levels(0.9999999999999999, 1.0) == [1.0, 1.0, 1.0]


def test_equal_steps_lead_to_a_ceiling_close_by() -> None:
    """The last return is as loud as the person allows."""
    assert levels(0.8, 1.0) == pytest.approx([0.8618, 0.9283, 1.0], abs=1e-4)


def test_a_quiet_chime_grows_by_little_each_time() -> None:
    """Six decibels: whoever set it low does not get a fright."""
    assert levels(0.2, 1.0) == pytest.approx([0.2 * STEP, 0.2 * STEP**2, 0.2 * STEP**3])


def test_a_chime_turned_to_nothing_stays_silent() -> None:
    """And so does one under a ceiling of nothing."""
    assert levels(0.0, 1.0) == [0.0, 0.0, 0.0]
    assert levels(0.5, 0.0) == [0.0, 0.0, 0.0]


@given(LEVEL, LEVEL)
def test_it_grows_from_the_chimes_own_level_and_never_above_the_ceiling(start: float, ceiling: float) -> None:
    """Each return is louder than what came before, or at the ceiling already."""
    heard = [start, *levels(start, ceiling)]
    for before, after in itertools.pairwise(heard):
        assert after <= ceiling
        assert after > before or after == ceiling
        assert after <= before * STEP * 1.000001
