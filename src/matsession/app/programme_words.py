"""What is said about the programme: on the session page, in the terminal. All of it can be translated."""

from collections.abc import Callable

from matsession.app import preset_words, texts
from matsession.app.texts import tr
from matsession.domain.programme import Kind, Programme, Suggestion, Trouble, Why
from matsession.domain.programme_course import Outlook

PresetName = Callable[[str], str]
"""How a preset of this id is called."""


def day_of(found: Suggestion, programme: Programme) -> str:
    """Which day it is: "Day 3 of 14"."""
    return tr("Day {day} of {days}").format(day=found.day.day, days=programme.last)


def title(found: Suggestion, programme: Programme, name: PresetName) -> str:
    """What today is for, in a line."""
    pattern = {
        Kind.SESSION: tr("Day {day} of {days}: {preset}, {length}"),
        Kind.REST: tr("Day {day} of {days}: a day off"),
        Kind.DONE: tr("Done for today"),
        Kind.WAIT: tr("The programme waits for your skin"),
        Kind.BLOCKED: tr("Day {day} of {days}: nothing fits"),
        Kind.FINISHED: tr("You have gone through all days"),
    }[found.kind]
    return pattern.format(
        day=found.day.day,
        days=programme.last,
        preset=name(found.preset_id),
        length=texts.length(found.length_s),
    )


def line(found: Suggestion, name: PresetName) -> str:
    """What else is to know of it at once."""
    match found.kind:
        case Kind.SESSION if found.instead:
            return instead(found, name)
        case Kind.SESSION:
            return wearing(found)
        case Kind.REST:
            return found.day.note
        case Kind.DONE if found.day.rest:
            return tr("Next: day {day}, a day off.").format(day=found.day.day)
        case Kind.DONE:
            return tr("Next: day {day}, {preset}, {length}.").format(
                day=found.day.day, preset=name(found.preset_id), length=texts.length(found.length_s)
            )
        case Kind.WAIT:
            return tr("No mat until the broken skin has healed.")
        case Kind.BLOCKED:
            return tr(
                "No session of the programme is offered to you: see your safety answers, and what you hid."
            )
        case Kind.FINISHED:
            return tr("From here on, choose what suits you.")


def wearing(found: Suggestion) -> str:
    """What lies between skin and points, and what under the mat."""
    return tr("Layer: {layer}. Mat on: {surface}.").format(
        layer=_lower(preset_words.layer(found.layer)), surface=_lower(preset_words.surface(found.surface))
    )


def instead(found: Suggestion, name: PresetName) -> str:
    """Why it is another preset than the day's own."""
    pattern = tr("In place of {preset}, which is not offered to you. You can skip the day as well.")
    return pattern.format(preset=name(found.day.preset_id))


def reasons(found: Suggestion) -> tuple[str, ...]:
    """Why it is this day, and why in this way; each a sentence."""
    if found.kind in (Kind.FINISHED, Kind.WAIT, Kind.BLOCKED):
        return ()
    told = [why(found.why)]
    if found.kind is Kind.SESSION:
        if found.kept:
            told.append(tr("The surface is harder than last time, so the layer gets no thinner."))
        if found.thicker:
            told.append(tr("The layer is thicker than planned, until this has gone well again."))
    return tuple(told)


def why(reason: Why) -> str:
    """Why it is this day."""
    return {
        Why.FIRST: tr("This is where it begins."),
        Why.NEXT: tr("The last session went well, so this is next."),
        Why.STRONG: tr("The strongest moment was above 6 of 10, so this day comes once more."),
        Why.STOPPED: tr("The last session ended early, so this day comes once more, today or later."),
        Why.MARKS: tr("Marks were still there the next day, so this day comes once more."),
        Why.BRUISE: tr("After a bruise it goes two days back."),
        Why.BROKEN_SKIN: tr("After broken skin it goes two days back."),
        Why.BAD_NIGHT: tr("After a bad night it goes two days back."),
        Why.AWAY: tr("After a week away it goes three days back."),
        Why.CHOSEN: tr("You chose this day."),
    }[reason]


def basis() -> str:
    """Where the plan comes from: nobody has to take it for more than it is."""
    return tr("The steps, the rest days and the mark at 6 of 10 are our own choice; no study gives them.")


def trouble(what: Trouble) -> str:
    """What went wrong, as a button says it."""
    return {
        Trouble.BRUISE: tr("A bruise"),
        Trouble.BROKEN_SKIN: tr("Broken skin"),
        Trouble.BAD_NIGHT: tr("A bad night"),
    }[what]


def told_trouble(what: Trouble) -> str:
    """What follows from it, in passing."""
    if what is Trouble.BROKEN_SKIN:
        return tr("The programme waits until your skin has healed.")
    return tr("The programme goes two days back.")


def marks_question() -> str:
    """What is asked on the days after a session."""
    return tr("Any marks from last time still there?")


def days_in_words(outlook: Outlook, position: int) -> str:
    """The row of dots as a screen reader says it; ``position`` is the day that is next or now."""
    programme = outlook.programme
    done = min(position - 1, programme.last)
    told = [tr("{done} of {days} days done.").format(done=done, days=programme.last)]
    if position <= programme.last:
        told.append(tr("Day {day} is next.").format(day=position))
    rests = [str(each.day) for each in programme.days if each.rest]
    if rests:
        told.append(tr("Days off: {days}.").format(days=", ".join(rests)))
    return " ".join(told)


def _lower(name: str) -> str:
    """To stand within a sentence; a word in capitals, and one like T-shirt, stays as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
