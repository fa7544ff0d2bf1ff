"""The words of the preset editor: what is wrong, what a step is, and a new preset to begin with."""

from matsession.app.texts import clock, length, spoken_length, tr
from matsession.domain.body import BodyArea
from matsession.domain.guidance import ChimeName, StepKind, StepMode
from matsession.domain.preset import Preset, Step, longest_total_s
from matsession.domain.preset_edit import PresetDraft, Problem, Trouble
from matsession.domain.session import SessionView


def problem(found: Problem) -> str:
    """One sentence: where it is, and what helps."""
    told = {
        Trouble.NO_NAME: tr("Give the preset a name."),
        Trouble.NO_STEPS: tr("Add at least one step."),
        Trouble.TOO_MANY_STEPS: tr("There can be {most} steps at the most.").format(most=found.most),
        Trouble.TOO_LONG: tr("The steps add up to more than {most}; make some of them shorter.").format(
            most=length(found.most)
        ),
        Trouble.STEP_NO_NAME: tr("Give it a name."),
        Trouble.STEP_LENGTH: tr("Its length has to be from 1 s to {most}.").format(most=length(found.most)),
        Trouble.STEP_SHORTEST: tr("Its shortest length has to be from 1 s to {most}.").format(
            most=length(found.most)
        ),
        Trouble.STEP_CAP: tr("Its longest length has to be {most} or more.").format(most=length(found.most)),
        Trouble.TEXT_TOO_LONG: tr("{field} can have {most} characters at the most.").format(
            field=field(found.field), most=found.most
        ),
        Trouble.NOT_A_LINE: tr("{field} has a line break or another sign that cannot be shown.").format(
            field=field(found.field)
        ),
        Trouble.OTHER: f"{found.field}: {found.rule}",
    }[found.trouble]
    if found.step is None:
        return told
    return tr("Step {number}: {problem}").format(number=found.step + 1, problem=told)


def no_check() -> str:
    """What is said of a preset without a check-in."""
    return tr("No step asks how it feels. A short check-in in every session is safer.")


def field(name: str) -> str:
    """What a field is called in the editor."""
    return {
        "name": tr("Name"),
        "summary": tr("What it is"),
        "after": tr("What to read afterwards"),
        "setup": tr("Checklist"),
        "show": tr("Words on the screen"),
        "say": tr("Spoken line"),
    }.get(name, name)


def kind(name: StepKind) -> str:
    """What a step asks of you."""
    return {
        StepKind.LOWER: tr("Lying down"),
        StepKind.RIDE: tr("The sharp minute"),
        StepKind.WARM: tr("Warming up"),
        StepKind.SOFTEN: tr("Softening"),
        StepKind.BREATHE: tr("Breathing"),
        StepKind.SHIFT: tr("Changing place"),
        StepKind.CHECK: tr("Check-in"),
        StepKind.REST: tr("Rest"),
        StepKind.RETURN: tr("The way back"),
        StepKind.RISE: tr("Getting up"),
    }[name]


def mode(name: StepMode) -> str:
    """Whether a step grows."""
    return {
        StepMode.FIXED: tr("Fixed length"),
        StepMode.ELASTIC: tr("Grows in a longer session"),
    }[name]


def steps_in_all(draft: PresetDraft) -> str:
    """How many steps, and how long together."""
    pattern = tr("1 step, {time} in all") if len(draft.steps) == 1 else tr("{count} steps, {time} in all")
    return pattern.format(count=len(draft.steps), time=clock(draft.written_s))


def in_short(preset: Preset) -> str:
    """Below the name in the list."""
    pattern = tr("{time}, 1 step") if len(preset.steps) == 1 else tr("{time}, {count} steps")
    return pattern.format(time=length(preset.suggested_s), count=len(preset.steps))


def unsaved(count: int) -> str:
    """How much would be lost."""
    if count == 0:
        return ""
    return tr("1 change not saved") if count == 1 else tr("{count} changes not saved").format(count=count)


def step_spoken(number: int, step: Step, seconds: int, chime: str) -> str:
    """A step as a screen reader says it."""
    pattern = tr("Step {number}, {step}, {time}, {chime}")
    if step.elastic:
        pattern = tr("Step {number}, {step}, {time}, grows in a longer session, {chime}")
    return pattern.format(number=number + 1, step=step.name, time=spoken_length(seconds), chime=chime)


def try_line(view: SessionView) -> str:
    """Where a try stands."""
    if view.in_preparation:
        return tr("It begins in a moment.")
    return tr("Step {number} of {count}, {step}. {time} of {total}.").format(
        number=view.step_index + 1,
        count=len(view.plan.steps),
        step=view.step.step.name,
        time=clock(view.elapsed_s),
        total=clock(view.plan.total_s),
    )


def new_preset(preset_id: str, area: BodyArea) -> Preset:
    """Something to begin with: down, rest, a check-in, and the way back."""
    steps = (
        _step("arrive", tr("Arrive"), 60, StepKind.LOWER, ChimeName.OPEN, tr("Let your weight sink in.")),
        _step(
            "rest",
            tr("Rest"),
            450,
            StepKind.REST,
            ChimeName.STEP,
            tr("Nothing to do. Stay only as long as it is comfortable."),
            grows_from_s=60,
        ),
        _step(
            "check",
            tr("How does it feel?"),
            30,
            StepKind.CHECK,
            ChimeName.CHECK,
            tr("If it hurts or feels numb, get up. You can end at any time."),
        ),
        _step("back", tr("Come back"), 60, StepKind.RETURN, ChimeName.WAKE, tr("Roll to your side first.")),
    )
    return Preset(
        id=preset_id,
        name=tr("New preset"),
        area=area,
        steps=steps,
        suggested_s=600,
        min_total_s=sum(step.min_s for step in steps),
        max_total_s=longest_total_s(steps),
    )


def _step(
    step_id: str,
    name: str,
    seconds: int,
    what: StepKind,
    chime: ChimeName,
    words: str,
    grows_from_s: int | None = None,
) -> Step:
    return Step(
        id=step_id,
        name=name,
        seconds=seconds,
        min_s=seconds if grows_from_s is None else grows_from_s,
        mode=StepMode.FIXED if grows_from_s is None else StepMode.ELASTIC,
        kind=what,
        chime=chime,
        show=words,
        say=words,
    )
