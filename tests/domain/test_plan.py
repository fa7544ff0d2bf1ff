"""The stretch rule, on the built-in sessions and on random ones."""

from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.guidance import ChimeName, Guidance, StepKind, StepMode
from matsession.domain.plan import (
    CHECK_IN_EVERY_S,
    CHECK_IN_MARGIN_S,
    CueKind,
    LengthError,
    PlanOptions,
    compile_plan,
    stretch,
)
from matsession.domain.preset import LONGEST_S, Preset, Step
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import read_preset
from matsession.storage.preset_folders import read_presets
from tests.fakes import make_preset, make_step

RESOURCES: Final = Path(__file__).parents[2] / "resources"
GUIDANCE: Final = read_guidance(RESOURCES / "guidance.toml")
BUILT_IN: Final = read_presets(RESOURCES / "presets", RESOURCES / "no_own_ones", GUIDANCE, read_preset)
PRESETS: Final = {preset.id: preset for preset in BUILT_IN.presets}

every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))


@st.composite
def step_lists(draw: st.DrawFn) -> list[Step]:
    """One to ten steps of any lengths, floors and caps."""
    steps = []
    for number in range(draw(st.integers(1, 10))):
        seconds = draw(st.integers(1, 400))
        elastic = draw(st.booleans())
        cap_s = draw(st.none() | st.integers(seconds, 900)) if elastic else None
        mode = StepMode.ELASTIC if elastic else StepMode.FIXED
        min_s = draw(st.integers(1, seconds))
        steps.append(make_step(f"s{number}", seconds, min_s, mode=mode, cap_s=cap_s))
    return steps


def longest_s(steps: list[Step]) -> int:
    """How far these steps can grow; LONGEST_S more than written where there is no end."""
    if any(step.elastic and step.cap_s is None for step in steps):
        return sum(step.seconds for step in steps) + LONGEST_S
    return sum(step.cap_s or step.seconds for step in steps)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[list[Step], int]:
    """Steps, and a length they allow."""
    steps = draw(step_lists())
    return steps, draw(st.integers(sum(step.min_s for step in steps), longest_s(steps)))


@given(stretches())
def test_lengths_add_up_and_keep_their_bounds(case: tuple[list[Step], int]) -> None:
    """Whatever the steps, the sum is exact, and none is below its floor or above its cap."""
    steps, total_s = case
    lengths = stretch(steps, total_s)
    assert sum(lengths) == total_s
    for step, length_s in zip(steps, lengths, strict=True):
        assert length_s >= step.min_s
        assert step.cap_s is None or length_s <= step.cap_s


@given(stretches())
def test_only_elastic_steps_grow(case: tuple[list[Step], int]) -> None:
    """From the written length up a fixed step keeps its seconds, and an elastic one has at least its own."""
    steps, total_s = case
    lengths = stretch(steps, max(total_s, sum(step.seconds for step in steps)))
    for step, length_s in zip(steps, lengths, strict=True):
        assert length_s >= step.seconds if step.elastic else length_s == step.seconds


@given(stretches())
def test_a_longer_session_makes_no_step_shorter(case: tuple[list[Step], int]) -> None:
    """One second more in all takes from no step more than the one second that rounding moves."""
    steps, total_s = case
    if total_s < longest_s(steps):
        lengths, longer = stretch(steps, total_s), stretch(steps, total_s + 1)
        assert all(after >= before - 1 for before, after in zip(lengths, longer, strict=True))


@given(step_lists())
def test_the_written_length_is_as_written(steps: list[Step]) -> None:
    """At the sum of its seconds a session has just these seconds."""
    seconds = [step.seconds for step in steps]
    assert stretch(steps, sum(seconds)) == seconds


@every_preset
def test_every_whole_minute_of_every_preset(preset: Preset) -> None:
    """For each minute offered the steps follow one another without a gap and add up exactly."""
    for total_s in preset.offered_lengths_s():
        plan = compile_plan(preset, total_s, GUIDANCE)
        assert plan.total_s == sum(planned.length_s for planned in plan.steps) == total_s
        assert plan.steps[0].start_s == 0
        assert all(before.end_s == after.start_s for before, after in pairwise(plan.steps))
        for planned in plan.steps:
            step = planned.step
            assert planned.length_s >= step.min_s
            assert step.cap_s is None or planned.length_s <= step.cap_s
            if total_s >= preset.written_s and not step.elastic:
                assert planned.length_s == step.seconds


@every_preset
def test_ten_minutes_are_as_written(preset: Preset) -> None:
    """Every built-in session is written for 600 s and has its own seconds there."""
    plan = compile_plan(preset, 600, GUIDANCE)
    assert [planned.length_s for planned in plan.steps] == [step.seconds for step in preset.steps]


@pytest.mark.parametrize(
    ("minutes", "lengths"),
    [
        (5, [23, 38, 54, 51, 16, 64, 20, 34]),
        (10, [30, 60, 120, 120, 20, 170, 35, 45]),
        (15, [30, 60, 208, 208, 20, 294, 35, 45]),
        (20, [30, 60, 240, 300, 20, 470, 35, 45]),
        (30, [30, 60, 240, 300, 20, 1070, 35, 45]),
    ],
)
def test_full_back(minutes: int, lengths: list[int]) -> None:
    """Full back at five lengths is what was worked out by hand."""
    plan = compile_plan(PRESETS["full_back"], minutes * 60, GUIDANCE)
    assert [planned.length_s for planned in plan.steps] == lengths


@every_preset
def test_cues_are_in_order_and_close_the_session(preset: Preset) -> None:
    """Each step has its cue at its start, check-ins stay clear of the next step, and the end comes last."""
    plan = compile_plan(preset, preset.max_total_s, GUIDANCE)
    assert [cue.at_s for cue in plan.cues] == sorted(cue.at_s for cue in plan.cues)
    starts = [(cue.step_index, cue.at_s) for cue in plan.cues if cue.kind is CueKind.STEP]
    assert starts == [(index, planned.start_s) for index, planned in enumerate(plan.steps)]
    for cue in plan.cues:
        if cue.kind is CueKind.CHECK_IN:
            planned = plan.steps[cue.step_index]
            assert (cue.at_s - planned.start_s) % CHECK_IN_EVERY_S == 0
            assert cue.at_s <= planned.end_s - CHECK_IN_MARGIN_S
    last = plan.cues[-1]
    assert (last.kind, last.at_s, last.chime) == (CueKind.END, plan.total_s, ChimeName.CLOSE)


@pytest.mark.parametrize("total_s", [49, 301, 0, -1])
def test_a_length_outside_the_range_is_refused(total_s: int) -> None:
    """The refusal tells the range."""
    with pytest.raises(LengthError, match="is not from 50 s to 300 s"):
        compile_plan(make_preset(), total_s, Guidance())


def test_an_extension_goes_to_the_step_that_can_grow() -> None:
    """A minute more in the first, fixed step goes to the elastic one after it, not to the way back."""
    plan = compile_plan(make_preset(), 100, Guidance()).extended(5, 60)
    assert [planned.length_s for planned in plan.steps] == [10, 140, 10]


def test_an_extension_ends_at_the_longest_length() -> None:
    """What goes beyond the preset's longest length is not given."""
    plan = compile_plan(make_preset(), 290, Guidance())
    assert plan.extended(50, 60).total_s == 300
    assert plan.extended(50, 60).extended(50, 60).total_s == 300


@every_preset
def test_the_step_that_waits_is_the_last_rest_before_the_way_back(preset: Preset) -> None:
    """It can grow, none after it before the way back can, and no step waits once that is chosen."""
    plan = compile_plan(preset, preset.suggested_s, GUIDANCE, PlanOptions(open_ended=True))
    waiting = plan.waiting_step
    assert preset.may_wait
    assert waiting is not None
    assert plan.steps[waiting].step.elastic
    kinds = [planned.step.kind for planned in plan.steps]
    assert StepKind.RETURN not in kinds[: waiting + 1]
    after = kinds.index(StepKind.RETURN) if StepKind.RETURN in kinds else len(kinds)
    assert not any(planned.step.elastic for planned in plan.steps[waiting + 1 : after])
    assert plan.with_way_back(plan.steps[waiting].start_s + 1).waiting_step is None
    assert compile_plan(preset, preset.suggested_s, GUIDANCE).waiting_step is None
