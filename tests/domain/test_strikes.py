"""The time left, struck."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.strikes import strokes


def test_one_stroke_for_each_minute_and_a_double_one_for_the_half() -> None:
    """Three and a half minutes: three strokes and a double one."""
    assert strokes(210) == (0.0, 0.7, 1.4, 2.1, 2.32)
    assert strokes(180) == (0.0, 0.7, 1.4)


def test_after_five_strokes_there_is_a_rest() -> None:
    """Seven minutes are heard as five and two."""
    gaps = [round(later - earlier, 3) for earlier, later in itertools.pairwise(strokes(420))]
    assert gaps == [0.7, 0.7, 0.7, 0.7, 1.3, 0.7]


@given(st.floats(0, 3600))
def test_the_strokes_tell_the_time_to_a_quarter_of_a_minute(left_s: float) -> None:
    """Counting what is heard gives the time left; the answer is never silence."""
    heard = strokes(left_s)
    gaps = [later - earlier for earlier, later in itertools.pairwise(heard)]
    half = bool(gaps) and gaps[-1] < 0.5
    told_s = 60 * (len(heard) - 2 * half) + 30 * half
    assert heard
    assert list(heard) == sorted(set(heard))
    assert abs(told_s - max(left_s, 15)) <= 15
