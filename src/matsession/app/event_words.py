"""What is said of events while a session runs: by a screen reader, or where it matters by the voice."""

from matsession.app import texts
from matsession.domain.events import (
    ExtensionRefused,
    Outcome,
    PauseReason,
    PreparationExtended,
    PreparationStarted,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionResumed,
    StepStarted,
)
from matsession.domain.plan import Plan


def words_for(event: object, plan: Plan) -> str | None:
    """What to say of ``event`` in the session ``plan``, or None."""
    match event:
        case PreparationStarted(preparation_s=preparation_s) if preparation_s > 0:
            return texts.tr("Settle in. The session starts in {time}.").format(
                time=texts.spoken_length(preparation_s)
            )
        case StepStarted(step_index=index):
            step = plan.steps[index].step
            return texts.tr("{step}, step {number} of {count}. {instruction}").format(
                step=step.name, number=index + 1, count=len(plan.steps), instruction=step.show
            )
        case SessionPaused(reason=PauseReason.SLEEP, slept_s=slept_s):
            return slept(slept_s)
        case SessionPaused():
            return texts.tr("Paused.")
        case SessionResumed():
            return texts.tr("The session goes on.")
        case SessionExtended() | PreparationExtended() | ExtensionRefused():
            return extension(event)
        case SessionEnded(outcome=Outcome.FINISHED):
            return texts.tr("Session complete.")
        case SessionEnded(outcome=Outcome.STOPPED):
            return texts.tr("Session ended early.")
        case SessionEnded(outcome=Outcome.CANCELLED):
            return texts.tr("Cancelled.")
        case _:
            return None


def extension(event: SessionExtended | PreparationExtended | ExtensionRefused) -> str:
    """What came of the wish for more time."""
    match event:
        case ExtensionRefused(max_total_s=max_total_s):
            return _not_longer(max_total_s)
        case SessionExtended(by_s=by_s, plan=plan):
            return _longer(by_s, plan.total_s)
        case PreparationExtended(by_s=by_s):
            return texts.tr("{more} more to settle in.").format(more=texts.spoken_length(by_s))


def extensions_to_come(plan: Plan) -> tuple[str, ...]:
    """Examples of what ``extension`` may say in this session, as long as any: to keep room for them."""
    nearly_s = plan.preset.max_total_s - 1
    return _not_longer(nearly_s), _longer(60, nearly_s)


def _longer(by_s: float, total_s: float) -> str:
    return texts.tr("{more} more. The session now lasts {time}.").format(
        more=texts.spoken_length(by_s), time=texts.spoken_length(total_s)
    )


def _not_longer(max_total_s: float) -> str:
    return texts.tr("Not longer: this session can last {time} at the most.").format(
        time=texts.spoken_length(max_total_s)
    )


def slept(slept_s: float) -> str:
    """What to ask after the computer slept: whole minutes are exact enough above one."""
    shown_s = slept_s if slept_s < 60 else 60 * round(slept_s / 60)
    return texts.tr("The computer slept for {time}. Does this time count?").format(
        time=texts.spoken_length(shown_s)
    )
