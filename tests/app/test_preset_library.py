"""The preset library: what there is, and what comes nearest to what was asked."""

from dataclasses import replace

import pytest

from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary, UnknownPresetError
from matsession.domain.guidance import Guidance
from matsession.domain.settings import Settings
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


def test_reloading_tells_what_is_new() -> None:
    """Listeners hear that there are other presets, or another problem; and nothing where all is as it was."""
    found = [LoadedPresets((LOWER, SLEEP))]
    library = PresetLibrary(lambda: found[-1], Guidance())
    heard: list[int] = []
    library.changed.connect(lambda: heard.append(len(library.presets)))
    library.reload()
    assert heard == []
    found.append(LoadedPresets((LOWER,), ("bad.toml: no.",)))
    library.reload()
    assert heard == [1]


def test_hidden_ones_are_found_and_not_offered() -> None:
    """A hidden built-in preset is not offered; whoever names it has it still. An own one is never hidden."""
    built_in, own = replace(LOWER, built_in=True), replace(SLEEP, built_in=False)
    library = PresetLibrary(lambda: LoadedPresets((built_in, own)), Guidance())
    preferences = Preferences(Settings(), lambda _: None)
    library.heed(preferences)
    heard: list[bool] = []
    library.changed.connect(lambda: heard.append(True))
    preferences.change(hidden_presets={"lower_back": True, "goal_deeper_sleep": True})
    assert heard == [True]
    assert library.offered == (own,)
    assert library.presets == (built_in, own)
    assert library.find("lower_back") == built_in
    preferences.change(volume=0.5)
    assert heard == [True]


def test_where_all_are_hidden_all_are_offered() -> None:
    """There is always something to choose."""
    built_in = replace(LOWER, built_in=True)
    library = PresetLibrary(lambda: LoadedPresets((built_in,)), Guidance())
    library.heed(Preferences(Settings(hidden_presets={"lower_back": True}), lambda _: None))
    assert library.offered == (built_in,)
