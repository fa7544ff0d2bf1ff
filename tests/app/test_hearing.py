"""Whether the end chime will be heard: the rule of the hearing check."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.app.hearing import Doubt, hearing, turned_up
from matsession.app.ports import SoundProblem
from matsession.domain.settings import Settings

LEVELS = st.sampled_from([0.0, 0.01, 0.5, 1.0])
OUTPUTS = st.sampled_from(["", "Built-in Audio", "Headset"])


@st.composite
def some_settings(draw: st.DrawFn) -> Settings:
    """Volumes and levels of which some are 0."""
    return Settings(
        volume=draw(LEVELS),
        volume_by_output=draw(st.dictionaries(OUTPUTS, LEVELS)),
        levels=draw(st.dictionaries(st.sampled_from(["close", "wake"]), LEVELS)),
        last_output=draw(OUTPUTS),
    )


@pytest.mark.parametrize(
    ("values", "output", "problem", "doubt"),
    [
        ({}, "Built-in Audio", None, None),
        ({}, "", None, None),
        ({"last_output": "Headset"}, "Built-in Audio", None, Doubt.OTHER_OUTPUT),
        ({"last_output": "Headset"}, "Headset", None, None),
        ({"last_output": "Headset"}, "", None, None),  # what plays does not tell where
        ({"volume": 0.0}, "Headset", None, Doubt.SILENT),
        ({"volume": 0.0, "volume_by_output": {"Headset": 0.5}}, "Headset", None, None),
        ({"levels": {"close": 0.0}}, "Headset", None, Doubt.SILENT),
        ({"levels": {"wake": 0.0}}, "Headset", None, None),
        ({}, "Headset", SoundProblem.MUTED, Doubt.SILENT),
        ({}, "", SoundProblem.NO_OUTPUT, Doubt.NO_SOUND),
        ({"volume": 0.0}, "", SoundProblem.PLAYER_FAILED, Doubt.NO_SOUND),
    ],
)
def test_what_speaks_against_hearing_the_end(
    values: dict[str, Any], output: str, problem: SoundProblem | None, doubt: Doubt | None
) -> None:
    """Only the end chime and the output it goes to count; no sound at all is told before all else."""
    now = hearing(Settings(**values), output, problem)
    assert now.doubt is doubt
    assert now.certain is (doubt in (None, Doubt.OTHER_OUTPUT))


@given(settings=some_settings(), output=OUTPUTS)
def test_turned_up_is_never_silent(settings: Settings, output: str) -> None:
    """And whatever could be heard before is left as the person set it."""
    changes = turned_up(settings, output)
    after = replace(settings, **changes)
    assert hearing(after, output, None).doubt is not Doubt.SILENT
    assert hearing(after, output, None).level > 0
    assert bool(changes) is (hearing(settings, output, None).level == 0)
    for name in ("Built-in Audio", "Headset", "another"):
        if settings.volume_for(name) > 0 or name != output:
            assert after.volume_for(name) == settings.volume_for(name)


@given(settings=some_settings(), output=OUTPUTS, problem=st.sampled_from([None, *SoundProblem]))
def test_a_level_is_what_is_heard(settings: Settings, output: str, problem: SoundProblem | None) -> None:
    """From 0 to 1, and 0 is never passed over."""
    now = hearing(settings, output, problem)
    assert 0 <= now.level <= 1
    assert now.level > 0 or now.doubt in (Doubt.SILENT, Doubt.NO_SOUND)
