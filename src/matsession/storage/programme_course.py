"""programme.toml beside the history: what of the programme no line of the history tells.

Written whole and renamed. A file that cannot be understood is put aside under another name when the next
change is kept, never written over.
"""

import logging
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from matsession.domain.body import Layer, Surface
from matsession.domain.programme import Moved, Trouble
from matsession.domain.programme_course import Answer, Begun, Course, Status
from matsession.storage.atomic_file import write_whole
from matsession.storage.broken_file import keep_copy, told
from matsession.storage.toml_text import FieldError, quoted, read_toml
from matsession.storage.toml_values import convert

log = logging.getLogger(__name__)

FORMAT: Final = 1

ENTRIES_MAX: Final = 2000
"""Years of the programme, every day."""


class CourseRead(NamedTuple):
    """What the file holds, and a sentence where that could not be told."""

    course: Course = Course()
    problem: str = ""


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    session: str | None = None
    day: int | None = None
    layer: Layer | None = None
    surface: Surface | None = None
    marks: Answer = Answer.OPEN
    trouble: Trouble | None = None
    healed_on: date | None = None
    moved_to: int | None = None
    on: date | None = None


class _CourseFile(msgspec.Struct, forbid_unknown_fields=True):
    status: Status
    format: int = FORMAT
    started_on: date | None = None
    entry: tuple[_Entry, ...] = ()


class CourseFile:
    """Reads and saves the course."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self.path = path
        self._keep_aside = False

    def read(self) -> CourseRead:
        """What is known; nothing where the file tells nothing. Never raises, and changes nothing."""
        self._keep_aside = False
        try:
            return CourseRead(_course(read_toml(self.path)))
        except FileNotFoundError:
            return CourseRead()
        except FieldError as error:
            self._keep_aside = True
            problem = told(self.path, error)
            log.info("the programme is not known: %s", problem)
            return CourseRead(problem=problem)

    def save(self, course: Course) -> None:
        """Write it. Raises StorageError; the old file then stays as it was."""
        import tomli_w  # late: nothing is written before the first picture

        if self._keep_aside:
            keep_copy(self.path)
            self._keep_aside = False
        values: dict[str, Any] = {"format": FORMAT, "status": str(course.status)}
        if course.started_on is not None:
            values["started_on"] = course.started_on
        values["entry"] = [_values(each) for each in course.entries]
        write_whole(self.path, tomli_w.dumps(values).encode("utf-8", "replace"))


def _course(raw: dict[str, Any]) -> Course:
    file = convert(raw, _CourseFile)
    if file.format != FORMAT:
        raise FieldError("format", f"{quoted(file.format)} is not {FORMAT}, the only one this version reads")
    if len(file.entry) > ENTRIES_MAX:
        raise FieldError("entry", f"there are {len(file.entry)}; at most {ENTRIES_MAX} are read")
    if file.status in (Status.ACTIVE, Status.PAUSED) and file.started_on is None:
        raise FieldError("started_on", f"is missing, and the programme is {file.status}")
    entries = tuple(_entry(f"entry {number}", each) for number, each in enumerate(file.entry, start=1))
    return Course(status=file.status, started_on=file.started_on, entries=entries)


def _entry(place: str, entry: _Entry) -> Begun | Moved:
    if entry.session is not None:
        if entry.day is None or entry.layer is None or entry.surface is None:
            raise FieldError(place, "a session needs day, layer and surface")
        if entry.moved_to is not None or entry.on is not None:
            raise FieldError(place, "is a session or a move, not both")
        return Begun(
            session_id=entry.session,
            day=_number(place, "day", entry.day),
            layer=entry.layer,
            surface=entry.surface,
            marks=entry.marks,
            trouble=entry.trouble,
            healed_on=entry.healed_on,
        )
    if entry.moved_to is None or entry.on is None:
        raise FieldError(place, "needs a session, or moved_to and on")
    return Moved(day=_number(place, "moved_to", entry.moved_to), on=entry.on)


def _number(place: str, field: str, number: int) -> int:
    if not 1 <= number <= 1000:
        raise FieldError(f"{place}, {field}", f"is {number}; days are numbered from 1 on")
    return number


def _values(entry: Begun | Moved) -> dict[str, Any]:
    """As the file has it; what is as usual is left out."""
    if isinstance(entry, Moved):
        return {"moved_to": entry.day, "on": entry.on}
    values: dict[str, Any] = {
        "session": entry.session_id,
        "day": entry.day,
        "layer": str(entry.layer),
        "surface": str(entry.surface),
    }
    if entry.marks is not Answer.OPEN:
        values["marks"] = str(entry.marks)
    if entry.trouble is not None:
        values["trouble"] = str(entry.trouble)
    if entry.healed_on is not None:
        values["healed_on"] = entry.healed_on
    return values
