"""A preset under the editor's hands: it compiles for each length it allows, or says why not."""

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.guidance import STEP_CHIMES, ChimeName, Guidance, StepKind, StepMode
from matsession.domain.plan import compile_plan
from matsession.domain.preset import LONGEST_S, Preset, PresetError, PresetKind, Step
from matsession.domain.preset_edit import (
    Limits,
    PresetDraft,
    Trouble,
    changed,
    copy_of,
    draft_of,
    fitted,
    free_id,
    lacks_check,
    lengths_at,
    limits,
    natural_limits,
    preset_of,
    problems,
)
from matsession.domain.preset_settings import PresetSettings
from tests.fakes import make_preset, make_step

TEXT: Final = st.text(max_size=70) | st.sampled_from(["", " ", "Rest", "a\nb", "\x1b[2J", "\ud800"])
SECONDS: Final = st.integers(0, LONGEST_S + 1)
WISH: Final = st.none() | st.integers(0, LONGEST_S + 60)


@st.composite
def edits(draw: st.DrawFn) -> PresetDraft:
    """A draft after any number of edits, sensible ones and others."""
    draft = draft_of(make_preset())
    for _ in range(draw(st.integers(0, 8))):
        count = len(draft.steps)
        kind = draw(st.integers(0, 9 if count else 1))
        at = draw(st.integers(0, max(0, count - 1)))
        match kind:
            case 0:
                draft = draft.with_new_step(
                    draw(st.integers(0, count)), draw(TEXT), draw(st.sampled_from(StepKind))
                )
            case 1:
                draft = replace(
                    draft, name=draw(TEXT), shortest_s=draw(WISH), usual_s=draw(WISH), longest_s=draw(WISH)
                )
            case 2:
                draft = draft.with_seconds(at, draw(SECONDS))
            case 3:
                draft = draft.with_mode(at, draw(st.sampled_from(StepMode)))
            case 4:
                draft = draft.without_step(at)
            case 5:
                draft = draft.with_moved_step(at, draw(st.integers(-1, count + 1)))
            case 6:
                draft = draft.with_copied_step(at)
            case 7:
                step = draft.steps[at]._replace(
                    name=draw(TEXT), show=draw(TEXT), chime=draw(st.none() | st.sampled_from(STEP_CHIMES))
                )
                draft = draft.with_step(at, step)
            case 8:
                step = draft.steps[at]._replace(min_s=draw(SECONDS), cap_s=draw(st.none() | SECONDS))
                draft = draft.with_step(at, step)
            case _:  # past the editor's own helpers
                steps = list(draft.steps)
                steps[at] = steps[at]._replace(min_s=draw(SECONDS), cap_s=draw(st.none() | SECONDS))
                draft = replace(draft, steps=tuple(steps))
    return draft


@given(edits(), st.data())
def test_it_compiles_for_each_length_or_says_why_not(draft: PresetDraft, data: st.DataObject) -> None:
    """No problem: a preset, and a plan for every length it allows. A problem: no preset, and a field."""
    found = problems(draft)
    if found:
        assert all(problem.field for problem in found)
        assert all(problem.trouble is not Trouble.OTHER for problem in found)
        try:
            preset_of(draft)
        except PresetError:
            return
        raise AssertionError(f"{found} and yet a preset")
    preset = preset_of(draft)
    assert limits(draft) == Limits(preset.min_total_s, preset.suggested_s, preset.max_total_s)
    total_s = data.draw(st.integers(preset.min_total_s, preset.max_total_s))
    for each_s in (preset.min_total_s, total_s, preset.suggested_s, preset.max_total_s):
        plan = compile_plan(preset, each_s, Guidance())
        assert plan.total_s == each_s
        assert lengths_at(draft, each_s) == tuple(planned.length_s for planned in plan.steps)
    assert draft_of(preset).steps == draft.steps
    assert preset_of(draft_of(preset)) == preset
    assert not changed(draft_of(preset))


@given(edits(), st.integers(0, 3000))
def test_a_preview_never_fails(draft: PresetDraft, total_s: int) -> None:
    """Whatever state the draft is in, every step has a length to show."""
    assert len(lengths_at(draft, total_s)) == len(draft.steps)


def test_what_was_only_opened_is_unchanged() -> None:
    """Opening a preset is no edit, and the preset comes back as it was."""
    preset = make_preset(min_total_s=60, max_total_s=200)
    draft = draft_of(preset)
    assert not changed(draft)
    assert preset_of(draft) == preset


def test_lengths_follow_the_steps_until_somebody_wishes_otherwise() -> None:
    """The outer lengths are those of the steps; a wish holds, drawn in only as far as it must be."""
    free = make_preset(min_total_s=55, max_total_s=LONGEST_S, suggested_s=100)
    draft = draft_of(replace(free, min_total_s=50))
    assert (draft.shortest_s, draft.usual_s, draft.longest_s) == (None, None, None)
    longer = draft.with_seconds(1, 200)
    assert limits(longer) == Limits(50, 220, LONGEST_S)
    wished = replace(draft, longest_s=150)
    assert limits(wished).longest_s == 150
    assert limits(wished.with_seconds(1, 200)).longest_s == 220
    assert limits(wished.with_seconds(1, 200).with_seconds(1, 80)).longest_s == 150


def test_a_shorter_step_takes_its_shortest_length_along() -> None:
    """No step is left with a shortest length above its length, or a cap below it."""
    assert fitted(make_step("a", 10, 20)).min_s == 10
    assert fitted(make_step("a", 10, 0)).min_s == 1
    assert fitted(make_step("a", 10, 5, mode=StepMode.ELASTIC, cap_s=7)).cap_s == 10
    draft = draft_of(make_preset())
    assert draft.with_seconds(1, 30).steps[1].min_s == 30
    whole = draft.with_step(0, draft.steps[0]._replace(min_s=10))
    assert whole.with_seconds(0, 25).steps[0].min_s == 25  # never got shorter, and still does not
    assert whole.with_seconds(0, 25).with_seconds(0, 10) == whole


def test_moving_keeps_every_step() -> None:
    """To the first place, to the last, and past the end."""
    draft = draft_of(make_preset())
    ids = [step.id for step in draft.steps]
    assert [step.id for step in draft.with_moved_step(2, 0).steps] == [ids[2], ids[0], ids[1]]
    assert [step.id for step in draft.with_moved_step(0, 99).steps] == [ids[1], ids[2], ids[0]]
    assert draft.with_moved_step(0, 1).with_moved_step(1, 0) == draft


def test_a_long_session_without_a_check_is_told() -> None:
    """One check-in step in every session; a very short one does without."""
    draft = draft_of(make_preset())
    assert lacks_check(draft)
    assert not lacks_check(draft.with_new_step(1, "How does it feel?", StepKind.CHECK))
    assert not lacks_check(replace(draft, longest_s=110).with_seconds(1, 20))
    assert draft.with_new_step(1, "Check", StepKind.CHECK).steps[1].chime is ChimeName.CHECK


def test_problems_name_the_step() -> None:
    """What is wrong with a step says with which; the preset's own troubles name none."""
    draft = draft_of(make_preset())
    bad = replace(draft.with_step(1, draft.steps[1]._replace(name=" ")), name="")
    assert [(each.trouble, each.step) for each in problems(bad)] == [
        (Trouble.NO_NAME, None),
        (Trouble.STEP_NO_NAME, 1),
    ]
    assert [each.trouble for each in problems(replace(draft, steps=()))] == [Trouble.NO_STEPS]
    assert [each.trouble for each in problems(draft.with_seconds(1, 2390))] == [Trouble.TOO_LONG]


def test_a_copy_is_ones_own() -> None:
    """It has another id and name, and keeps what speaks against it."""
    built_in = make_preset(built_in=True, kind=PresetKind.AREA, cautions=("Mind this.",), avoid_if=("fever",))
    copy = copy_of(built_in, "mine", "Mine")
    assert (copy.id, copy.name, copy.kind, copy.built_in) == ("mine", "Mine", PresetKind.OWN, False)
    assert (copy.cautions, copy.avoid_if, copy.steps) == (("Mind this.",), ("fever",), built_in.steps)


@given(st.text(max_size=80), st.sets(st.sampled_from(["preset", "a", "a_2", "preset_2"])))
def test_a_free_id_is_one(name: str, taken: set[str]) -> None:
    """Whatever the name, the id is allowed and nobody has it."""
    found = free_id(name, taken)
    assert found not in taken
    assert isinstance(make_preset(id=found), Preset)


def test_steps_without_pacer() -> None:
    """A preset that wants no pacer leads through its steps without patterns; they stay written."""
    paced = Step(id="a", name="A", seconds=60, min_s=60, breath="out_6")
    values = {"steps": (paced,), "min_total_s": 60, "suggested_s": 60, "max_total_s": 60}
    preset = make_preset(session=PresetSettings(pacer=False), **values)
    assert compile_plan(preset, 60, Guidance()).steps[0].step.breath == "natural"
    assert preset.steps[0].breath == "out_6"
    assert compile_plan(make_preset(**values), 60, Guidance()).steps[0].step.breath == "out_6"


def test_natural_limits_of_nothing() -> None:
    """No steps have no length."""
    assert natural_limits(()) == Limits(0, 0, 0)
