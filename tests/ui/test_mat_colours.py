"""The mat view can be read at each brightness, and its dawn neither jumps nor hides anything."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from matsession.domain.preset_settings import Brightness
from matsession.ui.mat_colours import (
    BACK_S,
    DAWN_S,
    DAY,
    DIGITS,
    HIGH_CONTRAST_DAY,
    NIGHT,
    RISE_S,
    MatColours,
    dawn,
    follow,
    mat_colours,
    notice_colours,
)
from tests.ui.test_theme import contrast

LEVELS = [level.value for level in Brightness]


def grounds(colours: MatColours) -> tuple[str, str]:
    """What there is behind the words."""
    return colours.ground, colours.glow


def test_the_night_can_be_read() -> None:
    """Small text has 4.5 to 1, digits and dots at least 3, the usual and the bright ones much more."""
    assert min(contrast(NIGHT.words, ground) for ground in grounds(NIGHT)) >= 4.5
    assert min(contrast(NIGHT.unlit, ground) for ground in grounds(NIGHT)) >= 3
    for level, least in ((Brightness.DIM, 3), (Brightness.MEDIUM, 7), (Brightness.BRIGHT, 13)):
        colours = mat_colours(level)
        assert min(contrast(colours.digits, ground) for ground in grounds(colours)) >= least


def test_high_contrast_is_white_on_black() -> None:
    """Without a glow, and at each brightness."""
    for level in LEVELS:
        colours = mat_colours(level, high_contrast=True)
        assert (colours.ground, colours.glow, colours.digits) == ("#000000", "#000000", "#FFFFFF")


@pytest.mark.parametrize("dawn_wished", [False, True])
@pytest.mark.parametrize("high_contrast", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_the_notice_of_the_end_can_be_read(level: str, high_contrast: bool, dawn_wished: bool) -> None:
    """In both of its colours, which differ; without a dawn neither is brighter than the digits were."""
    strong, quiet = notice_colours(level, dawn=dawn_wished, high_contrast=high_contrast)
    for colours in (strong, quiet):
        assert contrast(colours.ground, colours.ink) >= 4.5
    assert contrast(strong.ground, quiet.ground) >= 4.5
    if not dawn_wished:
        assert strong.ground == mat_colours(level, high_contrast=high_contrast).digits


@pytest.mark.parametrize("high_contrast", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_the_dawn_can_be_read_all_the_way(level: str, high_contrast: bool) -> None:
    """Each shape stands out from the ground by 3 to 1, by its inside or by its outline."""
    for step in range(501):
        colours = mat_colours(level, step / 500, high_contrast=high_contrast)
        for ground, ink in itertools.product(
            grounds(colours), (colours.digits, colours.words, colours.unlit)
        ):
            around = contrast(colours.outline, ground) if colours.edge == 1 else 0
            assert max(contrast(ink, ground), around) >= 3, (step, ground, ink)


@pytest.mark.parametrize("high_contrast", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_the_dawn_has_no_steps(level: str, high_contrast: bool) -> None:
    """From one shade to the next no part of a colour changes by more than a few of its 255 steps."""
    shades = [mat_colours(level, step / 255, high_contrast=high_contrast) for step in range(256)]
    for before, after in itertools.pairwise(shades):
        for one, other in zip(before[:5], after[:5], strict=True):
            first, second = QColor(one), QColor(other)
            moved = [
                abs(first.red() - second.red()),
                abs(first.green() - second.green()),
                abs(first.blue() - second.blue()),
            ]
            assert max(moved) <= 6, (one, other)


def test_the_dawn_goes_from_night_to_warm_white() -> None:
    """Nothing before the last minute, the day at the end; warm all the way."""
    night = NIGHT._replace(digits=DIGITS[Brightness.MEDIUM])
    assert mat_colours(light=dawn(DAWN_S)) == night
    assert mat_colours(light=dawn(600)) == night
    day = mat_colours(light=dawn(0))
    assert [part.lower() for part in day[:5]] == [part.lower() for part in DAY[:5]]
    assert mat_colours(light=1, high_contrast=True).ground.lower() == HIGH_CONTRAST_DAY.ground.lower()
    for left_s in range(61):
        ground = QColor(mat_colours(light=dawn(left_s)).ground)
        assert ground.red() >= ground.green() >= ground.blue()


@given(st.floats(0, 4000), st.floats(0, 0.1))
def test_the_dawn_is_slow(left_s: float, passed_s: float) -> None:
    """It rises as the time goes, by at most a fortieth in a second, whatever is left."""
    earlier, later = dawn(left_s + passed_s), dawn(left_s)
    assert 0 <= earlier <= later <= 1
    assert later - earlier <= passed_s / 40 + 1e-12


@given(
    st.lists(st.tuples(st.floats(0, 2), st.sampled_from([0, 0, 0, 0, 0, -100, 30, 60, 300])), max_size=60),
    st.floats(0, 200),
)
def test_nothing_jumps_when_it_becomes_longer(moves: list[tuple[float, int]], left_s: float) -> None:
    """However the time left changes, the light goes on from where it is, and comes to where it belongs."""
    light = dawn(left_s)
    for passed_s, more_s in moves:
        left_s = max(0.0, left_s - passed_s + more_s)
        before, light = light, follow(light, dawn(left_s), passed_s)
        assert -passed_s / BACK_S - 1e-9 <= light - before <= passed_s / RISE_S + 1e-9
        assert 0 <= light <= 1
    for _ in range(300):
        light = follow(light, dawn(left_s), 0.1)
    assert light == pytest.approx(dawn(left_s))


def test_the_light_keeps_up_with_the_dawn() -> None:
    """Without an extension it is just what the time left says."""
    light, left_s = 0.0, 65.0
    while left_s > 0:
        left_s = max(0.0, left_s - 0.1)
        light = follow(light, dawn(left_s), 0.1)
        assert light == pytest.approx(dawn(left_s))
