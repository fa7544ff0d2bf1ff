"""``matsession programme`` and its actions, and what ``start --programme`` starts. No window."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.terminal.command import AddAction, complain, print_json

if TYPE_CHECKING:
    from matsession.app.reminder_sessions import Following
    from matsession.domain.preset import Preset
    from matsession.domain.programme import Programme, Suggestion
    from matsession.domain.programme_course import Course, FindRecord, Outlook
    from matsession.domain.settings import Settings
    from matsession.storage.programme_course import CourseFile

PROGRAMME_EXAMPLES: Final = """\
Fourteen days in small steps, for whoever is new to the mat. It suggests; docs/programme.md tells how it goes.

The keys of the JSON: programme; status (new, active, paused or left); started_on; kind (session, rest, done,
wait, blocked, finished; null where it is not followed); day and days; preset, length_s, layer and surface of
the session, null where there is none today; why; reasons; note; asks (whether marks are asked about now).

examples:
  matsession programme
  matsession programme start
  matsession start --programme
  matsession programme tell marks
"""

_TOLD: Final = ("marks", "no_marks", "bruise", "broken_skin", "bad_night", "skin_well")

_TELL_EXAMPLES: Final = """\
marks: some were still there the next day; the same day comes once more. no_marks: there were none, which is
what no answer means too. bruise, bad_night: two days back, a layer thicker. broken_skin: it waits until you
tell skin_well.

examples:
  matsession programme tell marks
  matsession programme tell skin_well
"""


def add_programme_actions(action: AddAction) -> None:
    """What ``matsession programme`` can do besides telling where it stands."""
    action("start", "start it, or go on where it was paused or left")
    action("pause", "suggest nothing for now")
    action("restart", "start it again from day 1")
    action("leave", "leave it")
    tell = action("tell", "tell how the last session of it was afterwards", _TELL_EXAMPLES)
    tell.add_argument("what", choices=_TOLD, metavar="WHAT", help=", ".join(_TOLD))


class Desk(NamedTuple):
    """The files, and what is needed to make sense of them."""

    programme: "Programme"
    course: "Course"
    file: "CourseFile"
    find_preset: "Callable[[str], Preset | None]"
    settings: "Settings"
    today: date
    outlook: "Outlook"

    @property
    def suggestion(self) -> "Suggestion | None":
        """What today is for; None where it is not followed."""
        return self.outlook.on(self.today)

    def name(self, preset_id: str) -> str:
        """How this preset is called."""
        preset = self.find_preset(preset_id)
        return preset.name if preset is not None else preset_id


def obey_programme(folders: Folders, options: argparse.Namespace) -> None:
    """Do what was asked, and print. Raises MatSessionError."""
    from matsession.preset_commands import complain_of_settings

    complain_of_settings(folders)  # what it suggests depends on the answers about safety
    with programme_desk(folders) as desk:
        if options.action is not None:
            if options.action == "tell":
                _take(desk, options.what)
            else:
                _change(desk, options.action)
        elif options.json:
            print_json(_values(desk))
        else:
            _tell(desk)
    if options.action in ("start", "restart", "leave"):
        _show_in_window(folders, shown=options.action != "leave")


def programme_session(folders: Folders) -> tuple[str, int]:
    """Preset and length in seconds of today's session. Raises MatSessionError where there is none."""
    from matsession.app import programme_words as words
    from matsession.domain.programme import Kind

    with programme_desk(folders) as desk:
        found = desk.suggestion
        if found is None:
            raise MatSessionError(
                "The programme is not followed at present.", "'matsession programme start' starts it."
            )
        if found.kind is not Kind.SESSION:
            told = f"{words.title(found, desk.programme, desk.name)}."
            line = words.line(found, desk.name)
            raise MatSessionError(told, f"{line} 'matsession start' starts what was done last.")
        return found.preset_id, found.length_s


def programme_following(folders: Folders) -> "Following | None":
    """What reminders ask of the programme; None where it is not followed, or cannot be known."""
    from matsession.app.reminder_sessions import Following, RemindedSession
    from matsession.domain.programme import Kind
    from matsession.domain.programme_course import Status
    from matsession.storage.programme_course import CourseFile

    if CourseFile(folders.programme_course_file).read().course.status is not Status.ACTIVE:
        return None
    try:
        with programme_desk(folders) as desk:
            found = desk.suggestion
            preset = desk.find_preset(found.preset_id) if found is not None else None
            session = None
            if found is not None and preset is not None and found.kind is Kind.SESSION:
                session = RemindedSession(preset, found.length_s, programme_day=found.day.day)
            return Following(session, desk.outlook.rests_on, desk.outlook.off_on)
    except MatSessionError as error:
        complain(str(error))
        return None


@contextmanager
def programme_desk(folders: Folders) -> Iterator[Desk]:
    """All there is, while the history is open. Raises MatSessionError where it cannot be read."""
    from matsession.domain.days import day_of
    from matsession.domain.programme_course import look_out
    from matsession.domain.suitability import offered
    from matsession.preset_commands import judge_for, preset_store
    from matsession.storage.history import History
    from matsession.storage.programme_course import CourseFile
    from matsession.storage.programme_file import read_programme
    from matsession.storage.settings_file import SettingsFile

    file = CourseFile(folders.programme_course_file)
    read = file.read()
    if read.problem:
        complain(read.problem)
    store = preset_store(folders)
    presets = {preset.id: preset for preset in store.read().presets}
    settings, _ = SettingsFile(folders.settings_file).look()
    programme, judge = read_programme(folders.programme_file), judge_for(folders)

    shown = offered(
        presets.values(),
        suits=lambda preset: not judge(preset).hidden,
        hides=lambda preset: preset.built_in and settings.hides(preset.id),
    )

    def fits(preset_id: str, length_s: int) -> bool:
        preset = presets.get(preset_id)
        return preset in shown and preset.allows(length_s)

    def desk(find: "FindRecord") -> Desk:
        return Desk(
            programme=programme,
            course=read.course,
            file=file,
            find_preset=presets.get,
            settings=settings,
            today=day_of(datetime.now().astimezone(), settings.day_turn_min),
            outlook=look_out(programme, read.course, find, fits, settings.day_turn_min),
        )

    there = folders.history_file.exists() or folders.history_file.is_symlink()
    with History.to_look_at(folders.history_file) if there else History.in_memory() as history:
        yield desk(history.get)


def _change(desk: Desk, action: str) -> None:
    from matsession.domain import programme_course as course_of
    from matsession.domain.programme_course import Status

    course = desk.course
    match action:
        case "start" if course.status is Status.ACTIVE:
            raise MatSessionError(
                "The programme is followed already.", "'matsession programme restart' begins at day 1."
            )
        case "start" if course.status is not Status.NEW and course.entries:
            desk.file.save(course_of.with_status(course, Status.ACTIVE))
            found = desk.outlook.once_followed(desk.today)
            print(f"The programme goes on at day {found.day.day}.")
        case "start" | "restart":
            if action == "restart" and desk.outlook.standing.waiting:
                raise _waits_for_skin()
            desk.file.save(course_of.begun_anew(desk.today))
            print("The programme begins at day 1.")
        case "pause" | "leave":
            if course.status is not Status.ACTIVE and not (
                action == "leave" and course.status is Status.PAUSED
            ):
                raise MatSessionError(
                    "The programme is not followed at present.", "'matsession programme start' starts it."
                )
            status = Status.PAUSED if action == "pause" else Status.LEFT
            desk.file.save(course_of.with_status(course, status))
            print("The programme is paused." if action == "pause" else "You have left the programme.")
        case _:
            raise AssertionError(action)


def _take(desk: Desk, what: str) -> None:
    """What was told about the last session of it."""
    from matsession.domain import programme_course as course_of
    from matsession.domain.programme import Trouble
    from matsession.domain.programme_course import Answer, Status

    last = desk.outlook.last
    if desk.course.status is not Status.ACTIVE or last is None:
        raise MatSessionError(
            "There is no session of the programme to tell something about.",
            "'matsession programme' tells where it stands.",
        )
    if what == "skin_well":
        if not desk.outlook.standing.waiting:
            raise MatSessionError("The programme does not wait for your skin.")
        course = course_of.answered(desk.course, last, healed_on=desk.today)
    elif what == "marks":
        course = course_of.answered(desk.course, last, marks=Answer.YES)
    elif what == "no_marks":
        course = course_of.answered(desk.course, last, marks=Answer.NO)
    else:
        trouble = Trouble(what)
        if desk.outlook.standing.waiting and trouble is not Trouble.BROKEN_SKIN:
            raise _waits_for_skin()
        course = course_of.answered(desk.course, last, trouble=trouble)
    desk.file.save(course)
    print("It is taken into account. 'matsession programme' tells what is next.")


def _waits_for_skin() -> MatSessionError:
    return MatSessionError(
        "The programme waits until the broken skin has healed.",
        "'matsession programme tell skin_well' says so.",
    )


def _show_in_window(folders: Folders, *, shown: bool) -> None:
    """Who starts it wants it on the session page too, and who leaves it does not."""
    from dataclasses import replace

    from matsession.storage.settings_file import SettingsFile

    file = SettingsFile(folders.settings_file)
    settings, _ = file.look()
    if settings.programme_shown is not shown:
        file.save(replace(settings, programme_shown=shown))


def _tell(desk: Desk) -> None:
    from matsession.app import programme_words as words
    from matsession.domain.programme import Kind
    from matsession.domain.programme_course import Status

    found = desk.suggestion
    if found is None:
        told = {
            Status.NEW: "It has not been started. 'matsession programme start' starts it.",
            Status.PAUSED: "It is paused. 'matsession programme start' goes on with it.",
            Status.LEFT: "You have left it. 'matsession programme start' goes on with it.",
        }[desk.course.status]
        print(f"{desk.programme.name}. {told}")
        print(words.basis())
        return
    print(f"{desk.programme.name}. {words.title(found, desk.programme, desk.name)}")
    print(words.line(found, desk.name))
    if found.instead and found.kind is Kind.SESSION:
        print(words.wearing(found))
    elif found.kind is Kind.SESSION and found.day.note:
        print(found.day.note)
    for reason in words.reasons(found):
        print(reason)
    position = desk.programme.last + 1 if found.kind is Kind.FINISHED else found.day.day
    print(words.days_in_words(desk.outlook, position))
    if found.kind is Kind.SESSION:
        print("'matsession start --programme' starts it.")
    print(words.basis())
    if desk.outlook.asks_on(desk.today):
        print(words.marks_question())
        print("'matsession programme tell marks' says yes, 'tell no_marks' no. You need not answer.")


def _values(desk: Desk) -> dict[str, Any]:
    from matsession.app import programme_words as words
    from matsession.domain.programme import Kind

    found = desk.suggestion
    values: dict[str, Any] = {
        "programme": desk.programme.id,
        "status": str(desk.course.status),
        "started_on": desk.course.started_on.isoformat() if desk.course.started_on else None,
        "days": desk.programme.last,
        "kind": None,
        "day": None,
        "preset": None,
        "length_s": None,
        "layer": None,
        "surface": None,
        "why": None,
        "reasons": [],
        "note": "",
        "asks": desk.outlook.asks_on(desk.today),
    }
    if found is None:
        return values
    values |= {
        "kind": str(found.kind),
        "day": found.day.day,
        "why": str(found.why),
        "reasons": list(words.reasons(found)),
        "note": found.day.note,
    }
    if found.kind is Kind.SESSION:
        values |= {
            "preset": found.preset_id,
            "length_s": found.length_s,
            "layer": str(found.layer),
            "surface": str(found.surface),
        }
    return values
