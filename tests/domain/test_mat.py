"""A mat: what is known of it, in inches and in centimetres."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.mat import (
    LengthUnit,
    Mat,
    MatError,
    free_id,
    from_unit,
    in_unit,
    points_per,
)
from matsession.domain.settings import LENGTH_UNITS


def test_the_settings_know_the_same_units() -> None:
    """Which they name for themselves."""
    assert list(LengthUnit) == list(LENGTH_UNITS)


def test_points_per_area_are_those_of_the_source_text() -> None:
    """8,820 points on 30 x 17 inches are about 17 on a square inch, and 2.7 on a square centimetre."""
    mat = Mat(id="himalaya", name="Himalaya", length_mm=762, width_mm=431.8, points=8820)
    assert mat.points_per(LengthUnit.INCHES) == pytest.approx(17.29, abs=0.01)
    assert mat.points_per(LengthUnit.CENTIMETRES) == pytest.approx(2.68, abs=0.01)


@pytest.mark.parametrize(
    ("length_mm", "width_mm", "points"), [(None, 430, 8820), (760, None, 8820), (760, 430, None)]
)
def test_what_is_not_known_stays_unknown(
    length_mm: float | None, width_mm: float | None, points: int | None
) -> None:
    """No density without both sides and the points; never 0."""
    for unit in LengthUnit:
        assert points_per(length_mm, width_mm, points, unit) is None


@given(st.floats(1, 118), st.sampled_from(LengthUnit))
def test_a_side_comes_back_as_it_was_typed(side: float, unit: LengthUnit) -> None:
    """To a tenth of its unit, whatever the unit."""
    typed = round(side, 1)
    assert in_unit(from_unit(typed, unit), unit) == pytest.approx(typed, abs=0.001)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Upper Case"),
        ("id", "../elsewhere"),
        ("name", "  "),
        ("name", "x" * 61),
        ("name", " None"),
        ("name", "two\nlines"),
        ("maker", "x" * 61),
        ("length_mm", 0),
        ("length_mm", float("nan")),
        ("width_mm", 3001),
        ("points", 0),
        ("points", 100_001),
        ("photo", "../../secret.jpg"),
        ("photo", ".hidden"),
        ("photo", "a\\b.jpg"),
    ],
)
def test_what_no_mat_can_be_is_told_by_field(field: str, value: object) -> None:
    """A photo is a name in the folder of mats: a file cannot point elsewhere."""
    with pytest.raises(MatError) as caught:
        Mat(**{"id": "a", "name": "A", field: value})  # type: ignore[arg-type]
    assert caught.value.field == field


def test_no_mat_has_the_id_that_stands_for_none() -> None:
    """It could not be chosen by it."""
    assert free_id("None!", frozenset()) == "none_2"


@given(st.text(max_size=80), st.lists(st.text(max_size=5), max_size=3))
def test_every_name_has_an_id(name: str, others: list[str]) -> None:
    """One that a mat can have, and that no other has."""
    taken = frozenset([free_id(name, frozenset()), *others])
    found = free_id(name, taken)
    assert found not in taken
    assert Mat(id=found, name="A").id == found
