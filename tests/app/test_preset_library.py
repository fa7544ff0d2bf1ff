"""The preset library: what there is, and what comes nearest to what was asked."""

import pytest

from matsession.app.preset_library import LoadedPresets, PresetLibrary, UnknownPresetError
from matsession.domain.guidance import Guidance
from tests.fakes import make_preset

LOWER = make_preset(id="lower_back", name="Lower back")
SLEEP = make_preset(id="goal_deeper_sleep", name="Wind down for sleep")


@pytest.fixture
def library() -> PresetLibrary:
    """Two presets and one bad file."""
    return PresetLibrary(lambda: LoadedPresets((LOWER, SLEEP), ("bad.toml: no.",)), Guidance())


def test_a_preset_is_found_by_its_id(library: PresetLibrary) -> None:
    """Get and find agree."""
    assert library.get("lower_back") is LOWER
    assert library.find("lower_back") is LOWER
    assert library.find("nothing") is None
    assert library.problems == ("bad.toml: no.",)


@pytest.mark.parametrize("asked", ["lower_bak", "lowerback", "Lower back", "lower-back"])
def test_a_near_miss_names_the_nearest(library: PresetLibrary, asked: str) -> None:
    """Slips of the finger and names as they are read lead to the id."""
    with pytest.raises(UnknownPresetError) as refused:
        library.get(asked)
    assert refused.value.nearest[0] == "lower_back"
    assert "lower_back" in str(refused.value)


def test_a_far_miss_names_where_to_look(library: PresetLibrary) -> None:
    """Nothing near: no guess."""
    with pytest.raises(UnknownPresetError) as refused:
        library.get("zzz")
    assert refused.value.nearest == ()
    assert "matsession presets" in str(refused.value)


def test_reloading_tells(library: PresetLibrary) -> None:
    """Listeners hear that the files were read again."""
    heard: list[bool] = []
    library.changed.connect(lambda: heard.append(True))
    library.reload()
    assert heard == [True]
