"""How somebody goes through the programme: what is kept of it, what changes it, and what it tells of a day.

Only what no line of the history tells is kept. How a session went is asked of the history each time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from matsession.domain.body import Layer, Surface
from matsession.domain.days import day_of
from matsession.domain.programme import (
    Done,
    Happening,
    Kind,
    Moved,
    Programme,
    Standing,
    Suggestion,
    Trouble,
    stand,
    suggest,
)
from matsession.domain.record import RowState, SessionRecord


class Status(StrEnum):
    """Whether the programme is followed."""

    NEW = "new"
    """Never begun."""
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class Answer(StrEnum):
    """What was said to the question whether marks from last time are still there."""

    OPEN = "open"
    """Not answered; counts as no."""
    NO = "no"
    YES = "yes"
    LATER = "later"
    """What earlier versions kept of "Not now"; counts as no, and is not asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A session that was started as the programme's; how it went is told by the history."""

    session_id: str
    day: int
    layer: Layer
    surface: Surface
    marks: Answer = Answer.OPEN
    trouble: Trouble | None = None
    healed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that is kept."""

    status: Status = Status.NEW
    started_on: date | None = None
    entries: tuple[Begun | Moved, ...] = ()
    """Oldest first."""

    @property
    def last(self) -> Begun | None:
        """The session that was begun last."""
        return next((each for each in reversed(self.entries) if isinstance(each, Begun)), None)


_ASKED: Final = (Kind.SESSION, Kind.REST, Kind.FINISHED)
"""On such a day there is something that marks change; what waits, or was done today, they do not."""

FindRecord = Callable[[str], SessionRecord | None]
"""The line of the history with this id; None where there is none any more."""


# -- what changes it --------------------------------------------------------------------------------


def begun_anew(today: date) -> Course:
    """From the first day on."""
    return Course(status=Status.ACTIVE, started_on=today)


def with_status(course: Course, status: Status) -> Course:
    """Paused, gone on with, or left."""
    return replace(course, status=status)


def moved(course: Course, day: int, today: date) -> Course:
    """Another day was chosen."""
    return replace(course, entries=(*course.entries, Moved(day=day, on=today)))


def with_session(course: Course, session_id: str, suggestion: Suggestion) -> Course:
    """The session that is suggested was started."""
    begun = Begun(
        session_id=session_id,
        day=suggestion.day.day,
        layer=suggestion.layer,
        surface=suggestion.surface,
    )
    return replace(course, entries=(*course.entries, begun))


def without_session(course: Course, session_id: str) -> Course:
    """It was called off before it began."""
    kept = (each for each in course.entries if isinstance(each, Moved) or each.session_id != session_id)
    return replace(course, entries=tuple(kept))


def answered(
    course: Course,
    about: Begun,
    *,
    marks: Answer | None = None,
    trouble: Trouble | None = None,
    healed_on: date | None = None,
) -> Course:
    """Something was told about this session, the last one.

    Trouble counts for more than a day that was chosen since. Broken skin stays until it has healed, whatever
    else is told; told anew, it has to heal anew.
    """
    if about not in course.entries:
        return course
    healed = about.healed_on if healed_on is None else healed_on
    if trouble is not None:
        course = replace(course, entries=course.entries[: course.entries.index(about) + 1])
        if about.trouble is Trouble.BROKEN_SKIN and healed is None:
            trouble = Trouble.BROKEN_SKIN
        elif trouble is Trouble.BROKEN_SKIN:
            healed = healed_on
    told = replace(
        about,
        marks=about.marks if marks is None else marks,
        trouble=about.trouble if trouble is None else trouble,
        healed_on=healed,
    )
    return replace(course, entries=tuple(told if each == about else each for each in course.entries))


# -- what it tells --------------------------------------------------------------------------------


def happened(
    programme: Programme, course: Course, find: FindRecord, turn_min: int
) -> tuple[list[Happening], Mapping[str, SessionRecord]]:
    """What happened so far, and the lines of the history that tell it.

    A session that is under way, was left by a crash and not decided on, or is no longer in the history has
    not happened. ``turn_min`` tells when the day turns.
    """
    found: list[Happening] = []
    records: dict[str, SessionRecord] = {}
    for each in course.entries:
        if isinstance(each, Moved):
            found.append(each)
            continue
        record = find(each.session_id)
        if record is None or record.deleted_at is not None or record.state is RowState.OPEN:
            continue
        records[each.session_id] = record
        length_s = programme.day(programme.within(each.day)).length_s
        whole = record.state is RowState.FINISHED or (length_s > 0 and record.done_s >= length_s)
        found.append(
            Done(
                day=each.day,
                on=day_of(record.started_at, turn_min),
                layer=each.layer,
                surface=each.surface,
                whole=whole,
                strongest=record.strongest,
                marks=each.marks is Answer.YES,
                trouble=each.trouble,
                healed_on=each.healed_on,
            )
        )
    return found, records


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The programme as it stands, to be asked about any day."""

    programme: Programme
    course: Course
    standing: Standing
    fits: Callable[[str, int], bool]
    last: Begun | None = None
    """The last session that has been."""
    asked_of: date | None = None
    """The day of the last session, as long as nobody was asked about marks of it."""

    def on(self, day: date) -> Suggestion | None:
        """What this day is for; None where the programme is not followed."""
        if self.course.status is not Status.ACTIVE:
            return None
        return self.once_followed(day)

    def once_followed(self, day: date) -> Suggestion:
        """The same, as it will be for who goes on with it then."""
        return suggest(self.programme, self.standing, day, self.fits)

    def asks_on(self, day: date) -> bool:
        """Whether it is to be asked on this day if marks from last time are still there."""
        suggestion = self.on(day)
        next_day = self.asked_of is not None and day > self.asked_of
        return next_day and suggestion is not None and suggestion.kind in _ASKED

    @property
    def tellable(self) -> tuple[Trouble, ...]:
        """What can be told now of the last session, after its last day too.

        More than one thing may have been wrong, and is found out one by one. Nothing counts for more than
        broken skin, until that has healed; then it can be told anew.
        """
        last = self.standing.last
        if self.course.status is not Status.ACTIVE or last is None or self.standing.waiting:
            return ()
        healed = last.healed_on is not None
        return tuple(
            each for each in Trouble if each is not last.trouble or (each is Trouble.BROKEN_SKIN and healed)
        )

    def rests_on(self, day: date) -> bool:
        """Whether there is nothing to remind of on this day: a day off, done already, or waiting."""
        suggestion = self.on(day)
        return suggestion is not None and suggestion.kind in (Kind.REST, Kind.DONE, Kind.WAIT)

    def off_on(self, day: date) -> bool:
        """Whether there never was anything to remind of on this day: not where its session is done."""
        suggestion = self.on(day)
        return suggestion is not None and suggestion.kind in (Kind.REST, Kind.WAIT)


def look_out(
    programme: Programme,
    course: Course,
    find: FindRecord,
    fits: Callable[[str, int], bool],
    turn_min: int,
) -> Outlook:
    """How it stands after all that happened."""
    found, records = happened(programme, course, find, turn_min)
    begun = course.started_on or date.min
    standing = stand(programme, begun, found)
    last = next(
        (each for each in reversed(course.entries) if isinstance(each, Begun) and each.session_id in records),
        None,
    )
    open_question = last is not None and last.marks is Answer.OPEN and last.trouble is None and standing.fresh
    return Outlook(
        programme=programme,
        course=course,
        standing=standing,
        fits=fits,
        last=last,
        asked_of=standing.last.on if open_question and standing.last is not None else None,
    )
