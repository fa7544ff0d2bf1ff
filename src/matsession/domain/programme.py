"""The first two weeks on the mat, day by day: what is suggested today, and why.

Nothing here is counted on. What happened (``Done``, ``Moved``) is a list in the order in which it happened;
``stand`` reads from it where the programme stands, and ``suggest`` what that means on a day. So a session
that is deleted, corrected or answered later changes what is suggested, as if it had always been so.

What follows a session of day d:

    bruise, broken skin, bad night   day d - 2, one layer thicker; broken skin: once it has healed
    strongest moment above 6 of 10   day d again
    stopped early                    day d again, the same day or later
    marks the next day               day d again
    else                             day d + 1; one of the extra layers comes off, once the day of the
                                     trouble has been reached

A day off is over when a whole day has passed without a session of the programme. After a week without one it
is three days back, however long it was. A missed day changes nothing. A layer that is thinner than last time
and a surface that is harder never come together: then the layer stays as thick as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.body import Layer, Surface

STRONG_ABOVE: Final = 6
"""A strongest moment above this, of 10, is too strong to go on."""
BACK_AFTER_TROUBLE: Final = 2
BACK_AFTER_WEEK: Final = 3
AWAY_DAYS: Final = 7
"""So many whole days without the programme are a week away."""
EXTRA_LAYERS_MAX: Final = 3
"""More would change nothing: bare skin is three layers thinner than a towel."""
MINUTE_S: Final = 60


class ProgrammeError(ValueError):
    """What no programme may be: which field, and what is allowed."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


class ProgrammeDay(NamedTuple):
    """One day: a session, or a day off."""

    day: int
    """From 1."""
    minutes: int
    preset_id: str
    layer: Layer
    surface: Surface
    rest: bool = False
    note: str = ""

    @property
    def length_s(self) -> int:
        """How long its session is."""
        return self.minutes * MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All days, and the rules as a person reads them. Raises ProgrammeError for what makes no sense."""

    id: str
    name: str
    rules: tuple[str, ...]
    days: tuple[ProgrammeDay, ...]

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not self.days:
            raise ProgrammeError("day", "there is none")
        before: ProgrammeDay | None = None
        for number, day in enumerate(self.days, start=1):
            place = f"day {number}"
            if day.day != number:
                raise ProgrammeError(f"{place}, day", f"is {day.day}; days are numbered from 1 on")
            if day.rest:
                if day.preset_id or day.minutes:
                    raise ProgrammeError(place, "a day off has no preset and no minutes")
                continue
            if not day.preset_id or day.minutes < 1:
                raise ProgrammeError(place, "needs a preset and at least 1 minute")
            if before is not None and _harder_both(before.layer, before.surface, day.layer, day.surface):
                raise ProgrammeError(place, "has a thinner layer and a harder surface than the day before")
            before = day
        if self.days[0].rest or self.days[-1].rest:
            raise ProgrammeError("day", "the first and the last day need a session")

    @property
    def last(self) -> int:
        """The number of the last day."""
        return len(self.days)

    def day(self, number: int) -> ProgrammeDay:
        """The day with this number."""
        return self.days[number - 1]

    def within(self, number: int) -> int:
        """The nearest number that a day has."""
        return min(max(number, 1), self.last)

    def next_at_most(self, number: int) -> int:
        """The same, or one more: after the last day comes nothing."""
        return min(max(number, 1), self.last + 1)


# -- what happened --------------------------------------------------------------------------------


class Trouble(StrEnum):
    """What went wrong because of the mat."""

    BRUISE = "bruise"
    BROKEN_SKIN = "broken_skin"
    BAD_NIGHT = "bad_night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A session of the programme."""

    day: int
    on: date
    """The day it was where the person was."""
    layer: Layer
    surface: Surface
    """As they were suggested."""
    whole: bool = True
    """Not stopped early."""
    strongest: int | None = None
    """How strong the strongest moment was, 0 to 10; None: not told, and no reason to repeat anything."""
    marks: bool = False
    """Marks were still there the next day."""
    trouble: Trouble | None = None
    healed_on: date | None = None
    """With broken skin: since when it has healed; None: it has not."""

    @property
    def too_strong(self) -> bool:
        """Whether the strongest moment was too strong to go on."""
        return self.strongest is not None and self.strongest > STRONG_ABOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The person chose another day."""

    day: int
    on: date


Happening = Done | Moved


# -- what is suggested --------------------------------------------------------------------------------


class Kind(StrEnum):
    """What is suggested today."""

    SESSION = "session"
    REST = "rest"
    """A day off."""
    DONE = "done"
    """The session of today is over; the day is the one that comes next."""
    WAIT = "wait"
    """Until broken skin has healed."""
    BLOCKED = "blocked"
    """No session of the programme fits this person."""
    FINISHED = "finished"


class Why(StrEnum):
    """Why it is this day."""

    FIRST = "first"
    NEXT = "next"
    STRONG = "strong"
    STOPPED = "stopped"
    MARKS = "marks"
    BRUISE = "bruise"
    BROKEN_SKIN = "broken_skin"
    BAD_NIGHT = "bad_night"
    AWAY = "away"
    CHOSEN = "chosen"
    """The person chose it."""


class Suggestion(NamedTuple):
    """What today is for. Of DONE, WAIT and FINISHED the session is the one that would come next."""

    kind: Kind
    day: ProgrammeDay
    """Which day it is."""
    preset_id: str
    """Its preset, or in its place the nearest that fits."""
    layer: Layer
    surface: Surface
    why: Why
    thicker: bool = False
    """The layer is thicker than the day's own, for what happened before."""
    kept: bool = False
    """The layer stays as thick as last time, because the surface is harder."""

    @property
    def length_s(self) -> int:
        """How long the session is."""
        return self.day.length_s

    @property
    def instead(self) -> bool:
        """Whether another preset takes the place of the day's own."""
        return self.preset_id != self.day.preset_id

    def is_for(self, preset_id: str, length_s: float, *, open_ended: bool = False) -> bool:
        """Whether a session like this is the one that is suggested."""
        same = preset_id == self.preset_id and round(length_s) == self.length_s
        return self.kind is Kind.SESSION and same and not open_ended


class Standing(NamedTuple):
    """Where the programme stands, whatever day it is."""

    next: int
    """The day that comes next; past the last one: finished."""
    since: date
    """The day of what happened last."""
    why: Why
    last: Done | None = None
    """The session that was last."""
    fresh: bool = True
    """Nothing happened after that session."""
    extra: int = 0
    """So many layers thicker than the days say."""
    until: int = 0
    """The day of the trouble they are for."""
    waiting: bool = False


def _always(_preset_id: str, _length_s: int) -> bool:
    return True


def stand(programme: Programme, begun: date, happened: Sequence[Happening]) -> Standing:
    """Where a programme that began on the day ``begun`` stands after all that happened, oldest first."""
    standing = Standing(1, begun, Why.FIRST, fresh=False)
    for each in happened:
        if isinstance(each, Moved):
            standing = standing._replace(
                next=programme.next_at_most(each.day), since=each.on, why=Why.CHOSEN, fresh=False
            )
        else:
            standing = _after(standing, each, programme)
    return standing


def _after(standing: Standing, done: Done, programme: Programme) -> Standing:
    day = programme.within(done.day)
    then = standing._replace(since=done.on, last=done, fresh=True, waiting=False)
    if done.trouble is not None:
        waiting = done.trouble is Trouble.BROKEN_SKIN and done.healed_on is None
        return then._replace(
            next=programme.within(day - BACK_AFTER_TROUBLE),
            why=Why(done.trouble),
            since=done.healed_on or done.on,
            fresh=done.healed_on is None,
            extra=min(standing.extra + 1, EXTRA_LAYERS_MAX),
            until=max(standing.until, day) if standing.extra else day,
            waiting=waiting,
        )
    if done.too_strong:
        return then._replace(next=day, why=Why.STRONG)
    if not done.whole:
        return then._replace(next=day, why=Why.STOPPED)
    if done.marks:
        return then._replace(next=day, why=Why.MARKS)
    eased = standing.extra > 0 and day >= standing.until
    return then._replace(next=day + 1, why=Why.NEXT, extra=standing.extra - eased)


def suggest(
    programme: Programme, standing: Standing, today: date, fits: Callable[[str, int], bool] = _always
) -> Suggestion:
    """What today is for; ``fits`` tells whether a preset of this id and length is for this person."""
    number, why = standing.next, standing.why
    if number > programme.last:
        return _session(Kind.FINISHED, programme, programme.last, why, standing, fits)
    if standing.waiting:
        return _session(Kind.WAIT, programme, number, why, standing, fits)
    passed = (today - standing.since).days
    if standing.fresh and -1 <= passed <= 0 and not _may_try_again(standing):
        # One day less than none: the person has crossed the date line. More: the clock was set back.
        return _session(Kind.DONE, programme, number, why, standing, fits)
    if programme.day(number).rest:
        number = _after_rest(programme, number) if _rested(standing, passed) else number
    if passed > AWAY_DAYS and standing.last is not None:
        back = _after_rest(programme, programme.within(number - BACK_AFTER_WEEK))
        if back < number:
            number, why = back, Why.AWAY
    kind = Kind.REST if programme.day(number).rest else Kind.SESSION
    return _session(kind, programme, number, why, standing, fits)


def _may_try_again(standing: Standing) -> bool:
    return standing.why is Why.STOPPED


def _rested(standing: Standing, passed: int) -> bool:
    """Whether the day off that comes next is over: the day after a session, or the day it was chosen."""
    rest_after = 1 if standing.fresh else 0
    return passed > rest_after or passed < -1


def _after_rest(programme: Programme, number: int) -> int:
    """This day, or the first one after it that has a session."""
    while programme.day(number).rest:
        number += 1
    return number


def _session(
    kind: Kind,
    programme: Programme,
    number: int,
    why: Why,
    standing: Standing,
    fits: Callable[[str, int], bool],
) -> Suggestion:
    day = programme.day(number)
    if day.rest:
        return Suggestion(kind, day, day.preset_id, day.layer, day.surface, why)
    source = _nearest(programme, day, fits)
    if source is None:
        return Suggestion(
            Kind.BLOCKED if kind is Kind.SESSION else kind, day, day.preset_id, day.layer, day.surface, why
        )
    layer = source.layer
    for _ in range(standing.extra):
        layer = layer.thicker
    thicker, kept = layer is not source.layer, False
    last = standing.last
    while last is not None and _harder_both(last.layer, last.surface, layer, source.surface):
        if layer.thicker is layer:
            break
        layer, kept = layer.thicker, True
    return Suggestion(kind, day, source.preset_id, layer, source.surface, why, thicker, kept)


def _nearest(
    programme: Programme, day: ProgrammeDay, fits: Callable[[str, int], bool]
) -> ProgrammeDay | None:
    """The day itself, or the nearest one whose preset fits in its place; of two as near the earlier one."""
    near = sorted(
        (each for each in programme.days if not each.rest), key=lambda each: abs(each.day - day.day)
    )
    return next((each for each in near if fits(each.preset_id, day.length_s)), None)


def _harder_both(layer: Layer, surface: Surface, new_layer: Layer, new_surface: Surface) -> bool:
    return new_layer.strength > layer.strength and new_surface.strength > surface.strength
