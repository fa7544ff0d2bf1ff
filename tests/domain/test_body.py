"""The parts of the body, and how often each was used."""

from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.body import BodyArea, BodyPart, parts_of, uses_of

USES = st.dictionaries(st.sampled_from([*BodyArea, "tail"]), st.integers(1, 50))


def test_every_area_is_somewhere() -> None:
    """Each area takes in a part of the body; only the rest without a mat takes in none."""
    assert [area for area in BodyArea if not parts_of(area)] == [BodyArea.NONE]
    assert {part for area in BodyArea for part in parts_of(area)} == set(BodyPart)


def test_the_whole_back_is_both_halves() -> None:
    """A session for the full back counts for the upper and for the lower one, and for both at once."""
    uses = {"full_back": 2, "lower_back": 1, "back_then_feet": 4}
    assert uses_of([BodyPart.UPPER_BACK], uses) == 6
    assert uses_of([BodyPart.LOWER_BACK], uses) == 7
    assert uses_of([BodyPart.UPPER_BACK, BodyPart.LOWER_BACK], uses) == 6
    assert uses_of([BodyPart.FEET], uses) == 4


def test_an_unknown_area_counts_nowhere() -> None:
    """The line of a session from a later version is no trouble."""
    assert parts_of("tail") == ()
    assert [uses_of([part], {"tail": 3}) for part in BodyPart] == [0] * len(BodyPart)


@given(USES)
def test_no_session_counts_twice(uses: dict[str, int]) -> None:
    """No part was used more often than there were sessions, and several at once no more often than each."""
    for part in BodyPart:
        assert 0 <= uses_of([part], uses) <= sum(uses.values())
        assert uses_of([part, BodyPart.LOWER_BACK], uses) <= uses_of([part], uses)
