"""Which presets suit somebody: the rule, on the real cautions and on made-up ones."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.body import BodyArea, Position
from matsession.domain.guidance import (
    NATURAL_BREATH,
    Breathing,
    Caution,
    CautionLevel,
    ChimeName,
    Guidance,
    StepKind,
    StepMode,
)
from matsession.domain.plan import compile_plan
from matsession.domain.preset import Preset, Step
from matsession.domain.suitability import (
    AGAINST_HOLDS,
    SUITS,
    Verdict,
    asked,
    breath_suits,
    expanded,
    held,
    suitability,
)
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import read_preset
from tests.fakes import make_preset, make_step

RESOURCES: Final = Path(__file__).parents[2] / "resources"
GUIDANCE: Final = read_guidance(RESOURCES / "guidance.toml")
PRESETS: Final = {
    preset.id: preset
    for preset in (
        read_preset(path, GUIDANCE, built_in=True) for path in sorted((RESOURCES / "presets").glob("*.toml"))
    )
    if isinstance(preset, Preset)
}
ASKED: Final = [caution.id for caution in asked(GUIDANCE)]


def one_step(breath: str) -> Step:
    """All of a session, with this breath."""
    return make_step("one", 100, 50, mode=StepMode.ELASTIC, breath=breath)


def hidden(*answers: str, rigid_mat: bool = False) -> set[str]:
    """The built-in presets that these answers hide."""
    said = frozenset(answers)
    return {
        preset.id
        for preset in PRESETS.values()
        if suitability(preset, GUIDANCE, said, rigid_mat=rigid_mat).hidden
    }


def test_without_answers_everything_suits() -> None:
    """Nobody has to answer."""
    assert [suitability(preset, GUIDANCE, frozenset()) for preset in PRESETS.values()] == [SUITS] * 20


def test_a_condition_of_a_person_is_asked_and_nothing_else() -> None:
    """All but what holds for everybody, and the group."""
    others = {caution.id for caution in GUIDANCE.cautions} - set(ASKED)
    assert others == {"asleep", "face_throat", "driving", "all_do_not_use"}


def test_numb_feet_hide_what_names_them() -> None:
    """As the presets say in avoid_if."""
    assert hidden("neuropathy") == {"feet_seated", "feet_standing", "hands_forearms", "goal_energy"}


@pytest.mark.parametrize("answer", ["pregnancy", "bleeding", "skin", "fever", "children", "back_red_flags"])
def test_what_is_about_the_whole_body_leaves_only_the_rest_without_a_mat(answer: str) -> None:
    """By the group that each of them names; the warning signs say so themselves."""
    assert hidden(answer) == set(PRESETS) - {"rest_without_mat"}


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ("clot_vein", {"thighs_hamstrings", "calves"}),
        ("neck_injury", {"neck"}),
        ("abdomen", {"stomach"}),
        ("heart", {"chest"}),
        ("hip_surgery", {"side_hip"}),
        ("balance", {"feet_standing"}),
        ("epilepsy", set()),
        ("mental", set()),
    ],
)
def test_each_answer_hides_what_names_it(answer: str, gone: set[str]) -> None:
    """And no more."""
    assert hidden(answer) == gone


def test_ask_first_marks_all_on_the_mat() -> None:
    """With the caution itself as the reason."""
    for preset in PRESETS.values():
        found = suitability(preset, GUIDANCE, frozenset({"blood_pressure"}))
        expected = Verdict.ALLOWED if preset.area is BodyArea.NONE else Verdict.CAUTIONED
        assert found.verdict is expected
        assert [caution.id for caution in found.ask] == ["blood_pressure"][: len(found.ask)]


def test_a_rigid_mat_hides_standing() -> None:
    """And nothing else, with answers or without."""
    assert hidden(rigid_mat=True) == {"feet_standing"}
    assert hidden("epilepsy", rigid_mat=True) == {"feet_standing"}
    standing = make_preset(area=BodyArea.FEET_SEATED, position=Position.STANDING)
    assert suitability(standing, GUIDANCE, frozenset(), rigid_mat=True).rigid_mat
    seated = make_preset(area=BodyArea.FEET_SEATED, position=Position.SEATED_CHAIR)
    assert not suitability(seated, GUIDANCE, frozenset(), rigid_mat=True).hidden


def test_a_preset_of_ones_own_that_names_nothing_is_marked() -> None:
    """Its maker did not think of it: it is not hidden from them, but told."""
    own = make_preset()
    assert suitability(own, GUIDANCE, frozenset({"pregnancy"})).verdict is Verdict.CAUTIONED
    assert suitability(own, GUIDANCE, frozenset({"hip_surgery"})).verdict is Verdict.ALLOWED
    assert suitability(own, GUIDANCE, frozenset({"back_red_flags"})).hidden


def test_breaths_that_are_held_are_hidden_with_heart_pressure_or_pregnancy() -> None:
    """As patterns to choose from, and the presets that have them."""
    patterns = {pattern.id for pattern in GUIDANCE.breathing if held(pattern)}
    assert patterns == {"box_4", "four_seven_eight"}
    box = make_preset(steps=(one_step("box_4"),))
    for answer in AGAINST_HOLDS & set(ASKED):
        said = frozenset({answer})
        assert {each.id for each in GUIDANCE.breathing if not breath_suits(each, said)} == patterns
        found = suitability(box, GUIDANCE, said)
        assert found.hidden
        assert found.held_breath
    assert all(breath_suits(each, frozenset({"diabetes"})) for each in GUIDANCE.breathing)


# -- whatever there is -------------------------------------------------------------------------------

ids = st.sampled_from(["heart", "skin", "fever", "numb", "note", "group", "flags", "unknown"])
levels = {
    "heart": CautionLevel.ASK_FIRST,
    "skin": CautionLevel.DO_NOT_USE,
    "fever": CautionLevel.DO_NOT_USE,
    "numb": CautionLevel.DO_NOT_USE,
    "note": CautionLevel.NOTE,
    "flags": CautionLevel.URGENT,
}
MADE_UP: Final = Guidance(
    breathing=(NATURAL_BREATH, Breathing("box", "Box", 4, 0, 4, 4, 4)),
    cautions=(
        *(Caution(each, level, each, each) for each, level in levels.items()),
        Caution("group", CautionLevel.GROUP, "group", "", members=("skin", "fever")),
    ),
)
presets = st.builds(
    lambda area, avoid_if, breath: make_preset(
        area=area, avoid_if=tuple(avoid_if), steps=(one_step(breath),)
    ),
    st.sampled_from([BodyArea.NECK, BodyArea.FEET_STANDING, BodyArea.NONE]),
    st.lists(ids, max_size=4),
    st.sampled_from(["natural", "box"]),
)
answers = st.frozensets(ids)
ORDER: Final = [Verdict.ALLOWED, Verdict.CAUTIONED, Verdict.HIDDEN]


@given(presets, answers, answers, st.booleans())
def test_another_answer_never_makes_it_more_suitable(
    preset: Preset, some: frozenset[str], more: frozenset[str], rigid: bool
) -> None:
    """Saying more can only hide or mark more; and a rigid mat only hides."""
    before = suitability(preset, MADE_UP, some, rigid_mat=rigid).verdict
    after = suitability(preset, MADE_UP, some | more, rigid_mat=rigid).verdict
    assert ORDER.index(after) >= ORDER.index(before)
    soft = suitability(preset, MADE_UP, some).verdict
    assert ORDER.index(before) >= ORDER.index(soft)


@given(presets, answers, st.booleans())
def test_a_verdict_has_its_reasons(preset: Preset, said: frozenset[str], rigid: bool) -> None:
    """Each reason is an answer that was given; no verdict without one, and none in two places."""
    found = suitability(preset, MADE_UP, said, rigid_mat=rigid)
    told = [caution.id for caution in (*found.against, *found.ask, *found.notes)]
    assert len(told) == len(set(told))
    assert set(told) <= said
    assert found.hidden is bool(found.against or found.rigid_mat)
    if found.verdict is Verdict.CAUTIONED:
        assert found.ask
    if preset.area is BodyArea.NONE:
        assert not found.ask


@given(presets, answers)
def test_what_a_preset_names_hides_it(preset: Preset, said: frozenset[str]) -> None:
    """Whatever else is said; only a note never does."""
    named = set(expanded(preset.avoid_if, MADE_UP)) & said - {"note"}
    if named:
        assert named <= {caution.id for caution in suitability(preset, MADE_UP, said).against}


# -- a check-in in every session ---------------------------------------------------------------------


@pytest.mark.parametrize("preset_id", list(PRESETS))
def test_every_session_has_a_check_in(preset_id: str) -> None:
    """One step of every built-in preset asks how it is, whatever the length: no step is ever left out."""
    preset = PRESETS[preset_id]
    checks = [step for step in preset.steps if step.kind is StepKind.CHECK]
    assert checks
    for step in checks:
        assert step.show
        assert step.say
        assert step.chime in (ChimeName.CHECK, ChimeName.SHIFT)
    for total_s in preset.offered_lengths_s():
        lengths = {each.step.id: each.length_s for each in compile_plan(preset, total_s, GUIDANCE).steps}
        assert all(lengths[step.id] >= step.min_s for step in checks)
