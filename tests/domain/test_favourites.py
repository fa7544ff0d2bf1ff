"""Which presets are offered first."""

from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.favourites import FAVOURITES, STARTERS, favourites, preset_for
from matsession.domain.preset import PresetKind
from tests.fakes import make_preset

IDS = st.sampled_from([*"abcdefgh", *STARTERS])
KNOWN = (*STARTERS, *"abcd")


def test_without_a_history_the_starters_stand() -> None:
    """Before anything was done there are four to begin with."""
    assert favourites((), KNOWN, ()) == STARTERS


def test_what_is_used_takes_the_place_of_a_starter() -> None:
    """The most used come first, and starters fill up."""
    assert favourites(["b", "a"], KNOWN, ()) == ("b", "a", *STARTERS[:2])
    assert favourites(["b", "a"], KNOWN, STARTERS) == ("first_session", "lower_back", "b", "a")


def test_what_stays_keeps_its_place() -> None:
    """Another order of use moves nothing."""
    before = ("a", "b", "c", "d")
    assert favourites(["d", "c", "b", "a"], KNOWN, before) == before
    assert favourites(["lower_back", "d", "c", "a"], KNOWN, before) == ("a", "lower_back", "c", "d")


@given(st.lists(IDS, unique=True), st.lists(IDS, unique=True), st.lists(IDS, unique=True))
def test_always_four_that_exist(used: list[str], known: list[str], before: list[str]) -> None:
    """As many as there are up to four, each once, all of them known, the most used among them, none moved."""
    found = favourites(used, known, before)
    assert len(found) == len(set(found)) == min(FAVOURITES, len(known))
    assert set(found) <= set(known)
    assert set([each for each in used if each in known][:FAVOURITES]) <= set(found)
    for place, each in enumerate(before[: len(found)]):
        assert each not in found or found[place] == each
    assert favourites(used, known, found) == found


def test_an_area_begins_with_its_own_preset() -> None:
    """Before it was used, an area's own preset comes before a goal's; afterwards, the most used one."""
    goal = make_preset(id="goal", kind=PresetKind.GOAL)
    area = make_preset(id="area", kind=PresetKind.AREA)
    own = make_preset(id="own", kind=PresetKind.OWN)
    assert preset_for((goal, area, own), ()) is area
    assert preset_for((goal, own), ()) is goal
    assert preset_for((goal, area, own), ("own", "goal")) is own
    assert preset_for((), ("own",)) is None
