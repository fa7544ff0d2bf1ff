"""What stands in the mat view beside the time: title, cue, and what its keys do now."""

from collections.abc import Callable

from matsession.app import texts
from matsession.app.event_words import slept
from matsession.domain.events import PauseReason
from matsession.domain.session import Phase, SessionView
from matsession.ui.breath_pacer import breath_words


def title_and_cue(view: SessionView, news: str, doubt: Callable[[], str], *, still: bool) -> tuple[str, str]:
    """Large and small words. ``news`` is what is told for a while, or nothing.

    ``doubt`` says why the end may not be heard; it is asked while settling in alone. ``still``: breaths are
    counted in words.
    """
    if view.phase is Phase.FINISHED:
        return texts.tr("Session over"), texts.tr("Get up slowly. Redness is common and usually fades.")
    if view.over:
        done = texts.spoken_length(view.elapsed_s)
        return texts.tr("Session ended early"), texts.tr("{time} done. Get up slowly.").format(time=done)
    if view.pause_reason is PauseReason.SLEEP:
        return texts.tr("Paused"), slept(view.slept_s)
    what = texts.tr("Settle in") if view.in_preparation else view.step.step.name
    if view.phase is Phase.PAUSED:
        return texts.tr("Paused"), news or what
    if view.in_preparation:
        return what, news or doubt() or texts.tr("Starts in")
    if news:
        return what, news
    if view.breath is not None:
        return what, breath_words(view.breath, still=still)
    return what, view.line


def waits(view: SessionView) -> bool:
    """Whether an answer is waited for, so that the hints stay."""
    return view.over or view.pause_reason is PauseReason.SLEEP


def hints(view: SessionView, *, muted: bool, one_brightness: bool, more_screens: bool) -> tuple[str, ...]:
    """What the keys do now. A theme may have ``one_brightness``; to go elsewhere there have to be screens."""
    leave = texts.tr("Esc: leave the mat view")
    if view.over:
        close = (texts.tr("0 to 9: rate"), texts.tr("Any other key: close"))
        return (texts.tr("Space twice: go on"), *close) if view.go_on_left_s > 0 else close
    if view.pause_reason is PauseReason.SLEEP:
        answers = (texts.tr("Space twice: leave it out"), texts.tr("C: count it"))
        return (*answers, texts.tr("Hold Space: end"), leave)
    end = texts.tr("Hold Space: end")
    if view.in_preparation:
        end = texts.tr("Hold Space: cancel")
    elif view.plan.waits_for_person:
        end = texts.tr("Hold Space: way back")
    if muted:  # that has to be seen all the time, and how to end it
        return (texts.tr("Muted. M: sound on"), end, leave)
    turn = [texts.tr("R: turn the view")]
    if not one_brightness:
        turn.append(texts.tr("↑ ↓: brightness"))
    if more_screens:
        turn.append(texts.tr("S: other screen"))
    paused = view.phase is Phase.PAUSED
    return (
        texts.tr("Space: time left"),
        texts.tr("Space twice: go on") if paused else texts.tr("Space twice: pause"),
        end,
        texts.tr("M: mute"),
        *turn,
        texts.tr("F1: stop signs"),
        leave,
    )
