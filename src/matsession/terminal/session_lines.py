"""A session told line by line, for an output that is no terminal; and how it is summed up. Pure."""

from matsession.app import texts
from matsession.app.texts import tr
from matsession.domain.errors import MatSessionError
from matsession.domain.events import (
    CueReached,
    ExtensionRefused,
    Outcome,
    PauseReason,
    PreparationExtended,
    PreparationStarted,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionReopened,
    SessionResumed,
    SessionStarted,
    StepStarted,
    WakeAgain,
    WayBackStarted,
)
from matsession.domain.plan import CueKind, Plan
from matsession.domain.record import SessionRecord


def lines_for(event: object, plan: Plan) -> list[str]:
    """What to print when this happens in a session with this plan; often nothing."""
    match event:
        case PreparationStarted(preparation_s=preparation_s):
            return _opening(plan, preparation_s)
        case PreparationExtended(by_s=by_s):
            return [tr("{length} more to settle in.").format(length=texts.length(by_s))]
        case SessionStarted():
            return [tr("The session starts.")]
        case StepStarted(step_index=index):
            return [_step(plan, index)]
        case CueReached(cue=cue) if cue.kind is CueKind.CHECK_IN and cue.show:
            return [tr("{time}  {line}").format(time=texts.clock(cue.at_s), line=cue.show)]
        case SessionPaused(reason=PauseReason.SLEEP, elapsed_s=elapsed_s, slept_s=slept_s):
            sentence = tr("{time}  Paused: the computer slept for {length}.")
            return [sentence.format(time=texts.clock(elapsed_s), length=texts.length(slept_s))]
        case SessionPaused(elapsed_s=elapsed_s):
            return [tr("{time}  Paused.").format(time=texts.clock(elapsed_s))]
        case SessionResumed(elapsed_s=elapsed_s):
            return [tr("{time}  Going on.").format(time=texts.clock(elapsed_s))]
        case SessionExtended(by_s=by_s, plan=longer):
            sentence = tr("{more} more: the session now lasts {length}.")
            return [sentence.format(more=texts.length(by_s), length=texts.length(longer.total_s))]
        case ExtensionRefused():
            return [extension_refused(event)]
        case WayBackStarted():
            return [way_back(event)]
        case SessionReopened(elapsed_s=elapsed_s):
            return [tr("{time}  It was not the end: going on.").format(time=texts.clock(elapsed_s))]
        case SessionEnded(outcome=Outcome.FINISHED):
            return [tr("The session is over.")]
        case SessionEnded(outcome=Outcome.STOPPED):
            return [tr("Ended early.")]
        case _:
            return []


def title(plan: Plan) -> str:
    """What runs, and how long."""
    length = tr("open end") if plan.waits_for_person else texts.length(plan.total_s)
    return tr("{preset}, {length}").format(preset=plan.preset.name, length=length)


def extension_refused(event: ExtensionRefused) -> str:
    """Why there is no minute more."""
    return tr("This session can last {longest} at most.").format(longest=texts.length(event.max_total_s))


def way_back(event: WayBackStarted) -> str:
    """The person has chosen the end of an open-ended session."""
    sentence = tr("The way back begins: the session now lasts {length}.")
    return sentence.format(length=texts.length(event.plan.total_s))


def wake_again(event: WakeAgain) -> str:
    """Nobody has touched anything since the end."""
    sentence = tr("Still there? The wake chime again, {number} of {of}. Any key ends it.")
    return sentence.format(number=event.number, of=event.of)


def summary(plan: Plan, ended: SessionEnded, unsaved: MatSessionError | None) -> str:
    """What was done, and whether it is kept; ``unsaved`` tells why it is not."""
    preset_name = plan.preset.name
    if ended.outcome is Outcome.CANCELLED:
        return tr("{preset}: ended while settling in. There is nothing to save.").format(preset=preset_name)
    done = tr("{preset}: {done} of {planned}, {on_mat} on the mat.")
    if plan.options.open_ended:  # there was nothing that could be short of a plan
        done = tr("{preset}: {done}, {on_mat} on the mat.")
    done = done.format(
        preset=preset_name,
        done=texts.length(ended.done_s),
        planned=texts.length(ended.planned_s),
        on_mat=texts.length(ended.on_mat_s),
    )
    if unsaved is None:
        return tr("{done} Saved.").format(done=done)
    return tr("{done} Not saved: {reason}").format(done=done, reason=str(unsaved))


def left_open(row: SessionRecord) -> str:
    """A session that was never completed."""
    return tr("A session was cut short: {preset} on {day}, {done} of {planned} done.").format(
        preset=row.preset_name,
        day=f"{row.started_at:%Y-%m-%d %H:%M}",
        done=texts.length(row.done_s),
        planned=texts.length(row.planned_s),
    )


def _opening(plan: Plan, preparation_s: float) -> list[str]:
    preset = plan.preset
    lines = [title(plan)]
    if plan.waits_for_person:
        sentence = tr("It ends when you say so, and by itself after {longest}.")
        lines.append(sentence.format(longest=texts.length(plan.total_s)))
    if preparation_s <= 0:
        return lines
    settle = tr("Settle in on the mat: {length}.").format(length=texts.length(preparation_s))
    return [*lines, settle, *(f"- {sentence}" for sentence in (*preset.setup, *preset.cautions))]


def _step(plan: Plan, index: int) -> str:
    planned = plan.steps[index]
    return (
        tr("{time}  Step {number} of {count}: {step}. {line}")
        .format(
            time=texts.clock(planned.start_s),
            number=index + 1,
            count=len(plan.steps),
            step=planned.step.name,
            line=planned.step.show,
        )
        .rstrip()
    )
