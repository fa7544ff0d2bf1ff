"""The command line. Qt is imported only by commands that need it: the others answer in a moment."""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from matsession import __version__
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.errors import MatSessionError
from matsession.domain.order import EXTEND_MAX_S, PREPARATION_MAX_S, Order, Verb
from matsession.evidence_commands import EVIDENCE_EXAMPLES, tell_evidence
from matsession.preset_commands import (
    PRESETS_EXAMPLES,
    add_preset_actions,
    check_length,
    check_suitable,
    obey_presets,
    preset_store,
    wanted_preset,
)
from matsession.programme_commands import (
    PROGRAMME_EXAMPLES,
    add_programme_actions,
    obey_programme,
    programme_following,
    programme_session,
)
from matsession.terminal.command import AddAction
from matsession.terminal.command import WrongUseError as _WrongUseError
from matsession.terminal.command import complain as _complain
from matsession.terminal.command import print_json as _print_json
from matsession.terminal.notation import (
    LENGTH_RULE,
    NotationError,
    read_day,
    read_length,
    read_whole_number,
    shortened,
    write_length,
)
from matsession.terminal.reminder_notation import DAYS_RULE, read_days, read_snooze, read_time

if TYPE_CHECKING:
    from matsession.domain.order import Answer, StartWish
    from matsession.terminal.reminder_commands import ReminderDesk

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2

HOME_VARIABLE: Final = "MATSESSION_HOME"

_EXAMPLES = """\
examples:
  matsession                                  open the window; without a display, choose here
  matsession start lower_back --length 10m    start a session at once
  matsession start --no-window                the last one again, in this terminal
  matsession pause                            from another window or by a key of your desktop; resume goes on
  matsession status                           where the session stands
  matsession presets                          what there is to start
  matsession evidence                         what is known of mats, and what is not
  matsession history --from 2026-03-01        what was done since
  matsession stats                            what it adds up to, and what your ratings say
  matsession export sessions.csv              write them into a file
  matsession import sessions.csv --dry-run    what a file would bring in
  matsession reminders add 21:00              be reminded every evening
  matsession programme                        where the two gentle weeks stand
  matsession mats                             your mats, and which one is in use
  matsession doctor --sound                   hear the end chime before you lie down
  matsession doctor                           what works here, and what does not

'matsession COMMAND --help' explains one command.

exit codes: 0 done; 1 it could not be done, and a sentence says why; 2 the command line was wrong.
"""

_START_EXAMPLES = f"""\
Without PRESET the one used last is started; without --length, with the length it had last.
Lengths: {LENGTH_RULE}. 'matsession presets' lists the presets and the lengths they allow.

With --open-end there is no length: the first q begins the way back, a second q ends.

Where the window is open already, the session starts there.

keys in the terminal: Space pauses and goes on, t tells the time, + makes it a minute longer, Enter ends the
settling in, q ends (what was done is saved), s shows when to get off the mat, ? lists the keys; Ctrl-C ends
at once. If the computer slept, c counts that time and Space leaves it out. For ten seconds after the end +
goes on after all. As long as no key is pressed after the end, the wake chime returns after 2, 4 and 8
minutes, unless the settings say no.

Where the output is no terminal, each thing that happens is a line, and the program ends with the session;
the closing chime rings out by itself.

examples:
  matsession start lower_back
  matsession start lower_back --length 15m --preparation 45s --before 6
  matsession start full_back --open-end
  matsession start --programme
  matsession start my_evening --no-window >session.log

exit codes: 0 the session was run and saved; 1 it was not, and a sentence says why; 2 wrong use.
"""

_COMMAND_EXAMPLES = """\
It speaks to the session that runs now, in the window or in a terminal.

exit codes: 0 done; 1 no session is running, or it could not be done.
"""

_EXTEND_EXAMPLES = f"""\
Without LENGTH it is one minute; {write_length(EXTEND_MAX_S)} at most. While settling in, that becomes longer.

examples:
  matsession extend
  matsession extend 5m

exit codes: 0 done; 1 no session is running, or the preset allows no longer one.
"""

_STATUS_EXAMPLES = """\
The keys of the JSON: program_runs; state (idle, preparation, running or paused); preset_id, preset_name and
area; elapsed_s; left_s and total_s, null where the end is open; preparation_left_s; step_name, step_number
(from 1) and steps; pause_reason (person or sleep).

examples:
  matsession status
  matsession status --json

exit codes: 0 told, whether a session runs or not; 1 MatSession runs and does not answer.
"""

_INTEGRATE_EXAMPLES = """\
For installations by pip; a package of your system does that by itself. It writes a desktop entry, icons and
AppStream metainfo into your own folders (~/.local/share), and names each.

examples:
  matsession integrate
  matsession integrate --remove
"""

_HISTORY_EXAMPLES = """\
Newest first. Dates are those of the place where the session was, both days included.

examples:
  matsession history
  matsession history --from 2026-03-01 --to 2026-03-31
  matsession history --area lower_back --json
"""

_STATS_EXAMPLES = """\
The day turns at 04:00, or when the settings say (day_turn_min), where the session was. What counts, and the
keys of the JSON, are explained in docs/statistics.md.

examples:
  matsession stats
  matsession stats --json
"""

_EXPORT_EXAMPLES = """\
The name tells the format: .csv for a spreadsheet, one line for each session; .json for everything there is,
with the chimes of each session and the days off. Both can be imported again. docs/exchange.md explains them.

examples:
  matsession export sessions.csv
  matsession export march.csv --from 2026-03-01 --to 2026-03-31 --area lower_back
  matsession export everything.json --replace
"""

_REPORT_EXAMPLES = """\
A page or two: totals, calendar, time per area, ratings before and after, the notes if wished. It is a private
record and no medical document, and says so. Without days it is on the last twelve weeks.

examples:
  matsession report report.pdf
  matsession report march.pdf --from 2026-03-01 --to 2026-03-31 --name "Ada Example" --notes
"""

_IMPORT_EXAMPLES = """\
Takes what 'matsession export' wrote, and the CSV of Meditation Assistant and of Loop Habit Tracker (the file
Checkmarks.csv). A session that is there already is not added again; of two versions the later one counts.
All of the file comes in or nothing: a line that cannot be taken is named, and nothing is changed.

examples:
  matsession import sessions.csv --dry-run
  matsession import sessions.csv
  matsession import everything.json
  matsession import Checkmarks.csv --habit "Acupressure mat" --area full_back

exit codes: 0 done; 1 not done, or lines were refused; 2 wrong use.
"""

_BACKUP_EXAMPLES = """\
The program makes a backup every day that it is open, and keeps those of 7 days, 8 weeks and 12 months; and
one before each import, before something is put back, and before a new version changes the file. One that is
made by this command stays until you delete it.

examples:
  matsession backup
"""

_RESTORE_EXAMPLES = """\
Without FILE the newest good backup is put back. What was there before is kept: as a backup of its own, or, if
it is damaged, beside the history under a dated name. So this can be undone as well.

examples:
  matsession restore --list
  matsession restore
  matsession restore history-2026-03-19.sqlite3
"""

_REMINDERS_EXAMPLES = """\
Reminders come while MatSession's window is open or minimised; it notices at once what is changed here. Times
are those of the clock on the wall, wherever you are. Quiet hours and all else are set on the page Reminders,
or in reminders.toml (docs/reminders.md).

examples:
  matsession reminders
  matsession reminders add 21:00 --days mon,wed --preset lower_back --length 10m
  matsession reminders snooze tonight
  matsession reminders remove 2
"""

_REMINDERS_ADD_EXAMPLES = f"""\
Without --days it comes every day; else {DAYS_RULE}. Without --preset it is
for what is next in the programme, or was done last; without --length as long as the last time. The number
that is printed is its ID.

examples:
  matsession reminders add 21:00
  matsession reminders add 9:30 --days weekend --preset neck --name "Late breakfast"
"""

_REMINDERS_SNOOZE_EXAMPLES = """\
What came last, within 12 hours, comes again: in 10 minutes (10m), in 30 minutes (30m), or tonight at 20:00
(an hour from now where that is later). Without either, as the reminder itself says.

examples:
  matsession reminders snooze
  matsession reminders snooze 30m
"""

_DOCTOR_EXAMPLES = """\
One line for each part: 'ok', 'note' (works, and you may want to know), or 'broken'. Nothing is changed.

--sound is the hearing check: which output, how loud, and the end chime itself. In a terminal it asks whether
you heard it, and goes through what may be wrong; elsewhere it plays and tells.

examples:
  matsession doctor
  matsession doctor --sound

exit codes: 0 nothing is broken; 1 something is, or the end of a session would not be heard.
"""


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one sentence, without the usage that would push it off the screen."""

    def error(self, message: str) -> NoReturn:
        raise _WrongUseError(_sentence(message), self.prog)


def run(argv: Sequence[str] | None = None) -> int:
    """Obey a command line (without the program's name); the exit code. Never raises."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # A frozen program has no interpreter to start the sound process with, so it starts itself.
    if arguments[:1] == ["sound-process"]:
        return _sound_process(arguments[1:])
    if arguments[:1] == ["backup-process"]:
        from matsession.storage import backup_process

        return backup_process.main(arguments[1:])
    _make_output_forgiving()
    folders: list[Folders] = []
    code = _guarded(lambda: _obey(arguments, folders), folders)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _silence_output()
    return code


def _guarded(obey: Callable[[], int], folders: Sequence[Folders]) -> int:
    """Turn whatever is raised into a sentence and an exit code."""
    try:
        return obey()
    except _WrongUseError as error:
        _complain(f"{error} See '{error.command} --help'.")
        return WRONG_USE
    except MatSessionError as error:
        _complain(error.title)
        if error.advice:
            _complain(error.advice)
        return FAILED
    except SystemExit as wish:  # argparse, after --help and --version
        return wish.code if isinstance(wish.code, int) else OK
    except KeyboardInterrupt:
        _complain("")
        return FAILED
    except BrokenPipeError:  # "| head" has seen enough
        _silence_output()
        return OK
    except ImportError as error:
        _log_mistake(folders)
        _complain(f"A part of MatSession cannot be loaded: {error}.")
        _complain("'python3 dev.py run' in the checkout finds and names missing system libraries.")
        return FAILED
    except Exception:  # noqa: BLE001  the last net: a person gets a sentence, the log the traceback
        place = _log_mistake(folders)
        _complain(f"MatSession made a mistake and had to stop; {place}.")
        return FAILED


def _obey(arguments: Sequence[str], told_folders: list[Folders]) -> int:
    # The usual start says nothing, and the window need not wait for all that could have been said.
    options = (
        _parser().parse_args(arguments) if arguments else argparse.Namespace(command=None, background=False)
    )
    home = _home(options)
    folders = find_folders(home)
    told_folders.append(folders)
    command: str | None = options.command
    if options.background and command is not None:
        raise _WrongUseError("--background is for a start without a command.")
    if home is not None and command != "doctor":
        looking = (None, "show", "export")
        changing = command in ("reminders", "presets", "programme", "mats") and options.action not in looking
        _check_home(home, make=command in (None, "start", "import", "integrate") or changing)
    match command:
        case "presets":
            return _presets(folders, options)
        case "evidence":
            tell_evidence(folders, as_json=options.json)
            return OK
        case "history":
            return _history(folders, options)
        case "stats":
            return _stats(folders, options.json, options.rebuild)
        case "export":
            return _export(folders, options)
        case "import":
            return _import(folders, options)
        case "report":
            return _report(folders, options)
        case "backup":
            from matsession.data_commands import back_up_history

            back_up_history(folders)
            return OK
        case "restore":
            return _restore(folders, options)
        case "reminders":
            return _reminders(folders, options)
        case "programme":
            obey_programme(folders, options)
            return OK
        case "mats":
            return _mats(folders, options)
        case "doctor":
            return _check_sound(folders) if options.sound else _doctor(folders, options.json)
        case "start":
            return _start(folders, options)
        case "pause" | "resume" | "stop":
            return _command(folders, Order(Verb(command)))
        case "extend":
            return _command(folders, Order(Verb.EXTEND, by_s=options.length))
        case "integrate":
            return _integrate(folders, options.remove)
        case "status":
            return _status(folders, options.json)
        case _:
            return _open_in_background(folders) if options.background else _open(folders)


# -- the words of the command line ---------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    everywhere = _Parser(add_help=False)
    everywhere.add_argument(
        "--home",
        metavar="DIR",
        # Without a default of its own: else the subcommand's would overwrite what stood before it.
        default=argparse.SUPPRESS,
        help=f"keep everything in this folder (also: the variable {HOME_VARIABLE})",
    )
    parser = _Parser(
        prog="matsession",
        description="Guided, timed sessions on an acupressure mat, with chimes and a history.",
        epilog=_EXAMPLES,
        parents=[everywhere],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--background", action="store_true", help="start without showing the window, as at login"
    )
    parser.add_argument("--version", action="version", version=f"MatSession {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, summary: str, epilog: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            parents=[everywhere],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    start = command("start", "start a session", _START_EXAMPLES)
    start.add_argument("preset", metavar="PRESET", nargs="?", help="the id of a preset, such as lower_back")
    start.add_argument("--programme", action="store_true", help="today's session of the two gentle weeks")
    how_long = start.add_mutually_exclusive_group()
    how_long.add_argument("--length", type=_typed(read_length), help="such as 90s, 10m or 1m30s")
    how_long.add_argument(
        "--open-end",
        action="store_true",
        help="no length: it ends when you say so, and by itself after the longest the preset allows",
    )
    start.add_argument(
        "--preparation",
        metavar="LENGTH",
        type=_typed(_read_preparation),
        help=f"time to settle in before, 0s to {write_length(PREPARATION_MAX_S)}",
    )
    start.add_argument(
        "--before",
        metavar="0-10",
        type=_typed(_read_rating),
        help="how it is now, as the preset asks it; compared with the rating after",
    )
    start.add_argument("--no-window", action="store_true", help="run in this terminal")
    start.add_argument(
        "--anyway",
        action="store_true",
        help="even a preset that is hidden because of your answers about safety, or because of your mat",
    )

    command("pause", "let the session stand still", _COMMAND_EXAMPLES)
    command("resume", "go on with the session", _COMMAND_EXAMPLES)
    command("stop", "end the session; what was done is kept", _COMMAND_EXAMPLES)
    extend = command("extend", "make the session longer", _EXTEND_EXAMPLES)
    extend.add_argument("length", metavar="LENGTH", nargs="?", default=60, type=_typed(_read_extension))
    status = command("status", "tell where the session stands", _STATUS_EXAMPLES)
    integration = command("integrate", "put MatSession into the menu of the desktop", _INTEGRATE_EXAMPLES)
    integration.add_argument("--remove", action="store_true", help="take it out again")
    presets = command("presets", "list the presets, look at one, keep your own", PRESETS_EXAMPLES)
    evidence = command("evidence", "tell what is known of mats, and by whom", EVIDENCE_EXAMPLES)
    history = command("history", "list the sessions done", _HISTORY_EXAMPLES)
    _add_filters(history)
    stats = command("stats", "tell what the sessions add up to", _STATS_EXAMPLES)
    stats.add_argument(
        "--rebuild", action="store_true", help="add up all sessions anew first; 'doctor' says when that helps"
    )
    export = command("export", "write the sessions into a CSV or JSON file", _EXPORT_EXAMPLES)
    export.add_argument("file", metavar="FILE", type=Path, help="its name ends in .csv or .json")
    _add_filters(export)
    export.add_argument("--replace", action="store_true", help="even where there is such a file already")
    bring_in = command("import", "bring in the sessions of a file", _IMPORT_EXAMPLES)
    bring_in.add_argument("file", metavar="FILE", type=Path, help="a CSV or JSON file")
    bring_in.add_argument("--dry-run", action="store_true", help="only tell what it would do")
    bring_in.add_argument("--skip-refused", action="store_true", help="leave out lines that cannot be taken")
    bring_in.add_argument(
        "--area", type=_typed(_read_area), help="where the mat was, for files of other programs; else none"
    )
    bring_in.add_argument("--habit", metavar="NAME", help="which habit, where a file of Loop has several")
    report = command("report", "write a PDF on what you did", _REPORT_EXAMPLES)
    report.add_argument("file", metavar="FILE", type=Path, help="its name ends in .pdf")
    report.add_argument(
        "--from", dest="from_day", metavar="DATE", type=_typed(read_day), help="first day, such as 2026-03-01"
    )
    report.add_argument(
        "--to", dest="to_day", metavar="DATE", type=_typed(read_day), help="last day, such as 2026-03-31"
    )
    report.add_argument("--name", help="who you are, as it is to stand there; else the one given last")
    report.add_argument("--notes", action="store_true", help="with the newest notes")
    report.add_argument("--replace", action="store_true", help="even where there is such a file already")
    command("backup", "keep a copy of the history", _BACKUP_EXAMPLES)
    restore = command("restore", "put a backup of the history back", _RESTORE_EXAMPLES)
    which = restore.add_mutually_exclusive_group()
    which.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a backup, by its path or name")
    which.add_argument("--list", action="store_true", help="only tell which backups there are")
    programme = command(
        "programme", "tell where the two gentle weeks stand, and start or leave them", PROGRAMME_EXAMPLES
    )
    add_programme_actions(_actions(programme, everywhere))
    reminders = command("reminders", "list the reminders, and change them", _REMINDERS_EXAMPLES)
    _add_reminder_actions(_actions(reminders, everywhere))
    add_preset_actions(_actions(presets, everywhere))
    from matsession import mat_commands  # no start of the window waits for it

    mats = command("mats", "list your mats, and change them", mat_commands.EXAMPLES)
    mat_commands.add_options(mats, _actions(mats, everywhere))
    doctor = command("doctor", "tell what works here and what does not", _DOCTOR_EXAMPLES)
    told_how = doctor.add_mutually_exclusive_group()
    told_how.add_argument(
        "--sound", action="store_true", help="play the end chime as a session would, and tell how that goes"
    )
    for one in (status, presets, evidence, history, stats, reminders, programme, mats, told_how):
        one.add_argument("--json", action="store_true", help="as JSON, for other programs")
    return parser


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="from_day", metavar="DATE", type=_typed(read_day), help="first day, such as 2026-03-01"
    )
    parser.add_argument(
        "--to", dest="to_day", metavar="DATE", type=_typed(read_day), help="last day, such as 2026-03-31"
    )
    parser.add_argument("--area", type=_typed(_read_area), help="only this area, such as lower_back")


def _actions(command: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> AddAction:
    """What adds an action to a command; without an action the command itself is obeyed."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", title="actions")

    def action(name: str, summary: str, epilog: str | None = None) -> argparse.ArgumentParser:
        return actions.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            parents=[everywhere],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    return action


def _add_reminder_actions(action: AddAction) -> None:
    add = action("add", "add a reminder", _REMINDERS_ADD_EXAMPLES)
    add.add_argument("time", metavar="TIME", type=_typed(read_time), help="such as 21:00")
    add.add_argument(
        "--days", type=_typed(read_days), default=read_days("daily"), help="such as mon,wed; else every day"
    )
    add.add_argument("--preset", help="the id of a preset, such as lower_back")
    add.add_argument("--length", type=_typed(read_length), help="such as 10m; needs --preset")
    add.add_argument("--name", default="", help="what it is called")
    remove = action("remove", "remove a reminder")
    remove.add_argument("id", metavar="ID", help="as the list names it")
    snooze = action("snooze", "put off the reminder that came last", _REMINDERS_SNOOZE_EXAMPLES)
    snooze.add_argument(
        "wish", metavar="WHEN", nargs="?", type=_typed(read_snooze), help="10m, 30m or tonight"
    )
    snooze.add_argument("--id", dest="reminder_id", metavar="ID", help="this one, not the one that came last")


def _typed(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """For argparse, which takes the sentence only from an error of its own."""

    def typed(text: str) -> Any:
        try:
            return read(text)
        except NotationError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return typed


def _read_preparation(text: str) -> int:
    seconds = read_length(text)
    if seconds > PREPARATION_MAX_S:
        longest = write_length(PREPARATION_MAX_S)
        raise NotationError(f"{shortened(text)} is too long to settle in; 0s to {longest} are possible.")
    return seconds


def _read_extension(text: str) -> int:
    seconds = read_length(text)
    if not 1 <= seconds <= EXTEND_MAX_S:
        longest = write_length(EXTEND_MAX_S)
        raise NotationError(f"{shortened(text)} is not possible; 1s to {longest} are.")
    return seconds


def _read_rating(text: str) -> int:
    from matsession.domain.guidance import RATING_MAX, RATING_MIN

    return read_whole_number(text, RATING_MIN, RATING_MAX)


def _read_area(text: str) -> str:
    import difflib

    from matsession.domain.body import BodyArea

    areas = [str(area) for area in BodyArea]
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in areas:
        return wanted
    near = difflib.get_close_matches(wanted[:60], areas, n=3, cutoff=0.5)
    nearest = f" Nearest: {', '.join(near)}." if near else f" Possible: {', '.join(areas)}."
    raise NotationError(f"There is no area {shortened(text)}.{nearest}")


def _sentence(message: str) -> str:
    """What argparse says, as a sentence."""
    text = message if message.endswith(".") else f"{message}."
    return f"{text[0].upper()}{text[1:]}"


def _home(options: argparse.Namespace) -> Path | None:
    given: str | None = getattr(options, "home", None)
    if given is None:
        given = os.environ.get(HOME_VARIABLE) or None
    elif not given.strip():
        raise _WrongUseError("--home needs a folder.")
    if given is None:
        return None
    try:
        return Path(given).expanduser().absolute()
    except RuntimeError:  # "~somebody" who does not exist
        return Path(given).absolute()


def _check_home(home: Path, *, make: bool) -> None:
    """Refuse a home that is none; ``make`` it where something is about to be kept in it."""
    told = shortened(str(home)) if not str(home).isprintable() else str(home)
    try:
        if make:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        elif home.exists() and not home.is_dir():
            raise NotADirectoryError
    except (FileExistsError, NotADirectoryError) as error:
        raise _WrongUseError(
            f"The home {told} is not a folder; --home needs one, or a name that is free."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _WrongUseError(f"The home {told} cannot be made: {reason}.") from error


# -- commands without Qt -------------------------------------------------------------------------------


def _integrate(folders: Folders, remove: bool) -> int:
    if sys.platform in ("win32", "darwin"):
        raise MatSessionError("There are no desktop entries on this system.", "Its installer makes them.")
    from matsession.desktop import integration

    if remove:
        removed = integration.remove(folders)
        print("\n".join(f"removed {path}" for path in removed) or "There was nothing to remove.")
    else:
        for path in integration.integrate(folders):
            print(f"installed {path}")
    return OK


def _command(folders: Folders, order: Order) -> int:
    from matsession import handover

    answer = handover.command(folders, order)
    if answer is None:
        raise MatSessionError("No session is running.", "'matsession start' starts one.")
    return _told(answer)


def _told(answer: "Answer") -> int:
    if not answer.done:
        _complain(answer.sentence)
        return FAILED
    print(answer.sentence)
    return OK


def _status(folders: Folders, as_json: bool) -> int:
    from matsession import handover
    from matsession.domain.order import SessionStatus

    answer = handover.command(folders, Order(Verb.STATUS))
    if as_json:
        status = answer.status if answer else SessionStatus()
        _print_json(handover.status_values(status, program=answer is not None))
    else:
        print(answer.sentence if answer else "MatSession is not running.")
    return OK


def _presets(folders: Folders, options: argparse.Namespace) -> int:
    obey_presets(folders, options)
    return OK


def _history(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.storage.history import History
    from matsession.terminal import tables

    _check_days(options, "matsession history")
    # Looking must not make a file where there is none.
    if folders.history_file.exists() or folders.history_file.is_symlink():
        with History.to_look_at(folders.history_file) as history:
            records = history.records(from_day=options.from_day, to_day=options.to_day, area=options.area)
    else:
        records = []
    if options.json:
        _print_json([tables.record_values(record) for record in records])
    elif records:
        tables.print_history(records, sys.stdout)
    elif options.from_day or options.to_day or options.area:
        print("There is no such session.")
    else:
        print("There are no sessions yet.")
    return OK


def _check_days(options: argparse.Namespace, command: str) -> None:
    if options.from_day and options.to_day and options.from_day > options.to_day:
        sentence = f"--from {options.from_day} is after --to {options.to_day}; the earlier day comes first."
        raise _WrongUseError(sentence, command)


def _export(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.data_commands import ExportOptions, export_history

    _check_days(options, "matsession export")
    export_history(
        folders,
        ExportOptions(options.file, options.from_day, options.to_day, options.area, options.replace),
    )
    return OK


def _report(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.data_commands import ReportOptions, make_report

    _check_days(options, "matsession report")
    wish = (options.from_day, options.to_day, options.name, options.notes, options.replace)
    make_report(folders, ReportOptions(options.file, *wish))
    return OK


def _import(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.data_commands import ImportOptions, import_history

    wish = ImportOptions(options.file, options.dry_run, options.skip_refused, options.area, options.habit)
    return OK if import_history(folders, wish) else FAILED


def _restore(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.data_commands import list_backups, restore_history

    if options.list:
        list_backups(folders)
    else:
        restore_history(folders, options.file)
    return OK


def _stats(folders: Folders, as_json: bool, rebuild: bool) -> int:
    from datetime import datetime

    from matsession.app.history_overview import read_overview
    from matsession.storage.guidance_file import read_guidance
    from matsession.storage.history import History
    from matsession.storage.settings_file import SettingsFile
    from matsession.terminal import overview_tables

    settings, problems = SettingsFile(folders.settings_file).look()
    for problem in problems:
        _complain(problem)
    there = folders.history_file.exists() or folders.history_file.is_symlink()
    with History.to_look_at(folders.history_file) if there else History.in_memory() as history:
        if rebuild:
            overview_tables.finish(history.sums.rebuild(), sys.stderr)
        overview_tables.finish(history.sums.follow_day_turn(settings.day_turn_min), sys.stderr)
        guidance = read_guidance(folders.guidance_file)
        overview = read_overview(history, settings, guidance, datetime.now().astimezone())
    if as_json:
        _print_json(overview_tables.overview_values(overview))
    elif overview.total.sessions:
        overview_tables.print_overview(overview, sys.stdout)
    else:
        print("There are no sessions yet.")
    return OK


def _reminders(folders: Folders, options: argparse.Namespace) -> int:
    from matsession.domain.reminder import ReminderError, clock_text
    from matsession.terminal.reminder_notation import write_days

    desk = _reminder_desk(folders)
    match options.action:
        case "add":
            if options.preset is not None:
                preset = wanted_preset(folders, options.preset, "matsession reminders add")
                if options.length is not None:
                    check_length(preset, options.length, "matsession reminders add")
            elif options.length is not None:
                told = "--length needs --preset: without one the reminder is for whatever is next."
                raise _WrongUseError(told, "matsession reminders add")
            try:
                made = desk.add(
                    options.time, options.days, options.preset or "", options.length, options.name
                )
            except ReminderError as error:
                told = f"The {error.field} {error.rule}."
                raise _WrongUseError(told, "matsession reminders add") from error
            print(f"Reminder {made.id}: {clock_text(made.time_min)}, {write_days(made.weekdays)}.")
        case "remove":
            gone = desk.remove(options.id)
            print(f"Removed: {clock_text(gone.time_min)}, {write_days(gone.weekdays)}.")
        case "snooze":
            until = desk.snooze(options.wish, options.reminder_id)
            print(f"It comes again at {until:%H:%M}.")
        case _ if options.json:
            _print_json(desk.values())
        case _:
            desk.print_list(sys.stdout)
    return OK


def _reminder_desk(folders: Folders) -> "ReminderDesk":
    from datetime import datetime

    from matsession.app.clock import LocalZone
    from matsession.storage.reminder_state import ReminderStateFile
    from matsession.storage.reminders import RemindersFile
    from matsession.storage.settings_file import SettingsFile
    from matsession.terminal.reminder_commands import ReminderDesk

    presets = {preset.id: preset for preset in preset_store(folders).read().presets}
    settings, _ = SettingsFile(folders.settings_file).look()
    return ReminderDesk(
        file=RemindersFile(folders.reminders_file),
        state_file=ReminderStateFile(folders.reminder_state_file),
        find=presets.get,
        settings=settings,
        now=datetime.now().astimezone(),
        zone=LocalZone(),
        following=programme_following(folders),
        complain=_complain,
    )


def _mats(folders: Folders, options: argparse.Namespace) -> int:
    from matsession import mat_commands

    mat_commands.obey(folders, options)
    return OK


def _doctor(folders: Folders, as_json: bool) -> int:
    from matsession.doctor import examine
    from matsession.terminal.findings import Verdict

    findings = []
    for finding in examine(folders):
        findings.append(finding)
        if not as_json:
            print(finding.line(), flush=True)
    if as_json:
        _print_json(
            [
                {"part": finding.part, "verdict": str(finding.verdict), "sentence": finding.sentence}
                for finding in findings
            ]
        )
    return FAILED if any(finding.verdict is Verdict.BROKEN for finding in findings) else OK


# -- commands with Qt ----------------------------------------------------------------------------------


def _open(folders: Folders) -> int:
    """No command: the window, or the front in the terminal where there is no display."""
    from matsession import handover
    from matsession.terminal.display import display_trouble

    if handover.to_window(folders, handover.show_order()) is not None:
        return OK  # it has come forward

    no_display = display_trouble()
    if no_display is None:
        from matsession.window import run_window

        return run_window(folders)
    from matsession.terminal.device import TerminalDevice

    if not TerminalDevice(sys.stdin, sys.stdout, sys.stderr).asks:
        advice = "Name a session to run without either: 'matsession start PRESET --no-window'."
        raise MatSessionError(f"{no_display} Nor is this a terminal to choose a session in.", advice)
    return _run_in_terminal(folders, None)


def _open_in_background(folders: Folders) -> int:
    from matsession import handover
    from matsession.terminal.display import display_trouble

    if handover.to_window(folders, Order(Verb.STATUS)) is not None:
        return OK
    no_display = display_trouble()
    if no_display is not None:
        raise MatSessionError(no_display)
    from matsession.window import run_window

    return run_window(folders, background=True)


def _start(folders: Folders, options: argparse.Namespace) -> int:
    from matsession import handover
    from matsession.domain.order import StartWish
    from matsession.terminal.display import display_trouble

    if options.programme:
        if options.preset is not None or options.length is not None or options.open_end:
            told = "--programme says which preset it is, and how long; it stands alone."
            raise _WrongUseError(told, "matsession start")
        options.preset, options.length = programme_session(folders)
    preset = wanted_preset(folders, options.preset, "matsession start")
    if options.length is not None:
        check_length(preset, options.length, "matsession start")
    check_suitable(folders, preset, anyway=options.anyway)
    wish = StartWish(
        preset.id, options.length, options.preparation, options.before, options.open_end, options.anyway
    )
    if not options.no_window:
        answer = handover.to_window(folders, handover.start_order(wish))
        if answer is not None:
            return _told(answer)
    no_display = None if options.no_window else display_trouble()
    if no_display:
        _complain(f"{no_display} The session runs here.")
    if options.no_window or no_display:
        return _run_in_terminal(folders, wish)
    from matsession.window import run_window

    return run_window(folders, wish)


def _run_in_terminal(folders: Folders, wish: "StartWish | None") -> int:
    import logging

    from PySide6.QtCore import QCoreApplication

    from matsession import application, main
    from matsession.desktop.process_signals import ProcessSignals
    from matsession.terminal.device import TerminalDevice
    from matsession.terminal.front import TerminalFront

    # A log that cannot be written must not print its own tracebacks into the session.
    logging.raiseExceptions = False
    application.start_logging(folders.log_file)
    qt = QCoreApplication([application.APPLICATION_ID])
    application.name_application()
    program = main.build(folders)
    try:
        front = TerminalFront(
            presets=program.presets,
            preferences=program.preferences,
            runner=program.runner,
            journal=program.journal,
            launcher=program.launcher,
            chimes=program.chimes,
            teller=program.teller,
            device=TerminalDevice(sys.stdin, sys.stdout, sys.stderr),
            signals=ProcessSignals(terminal=True, parent=qt),
            rest=main.GO_ON_REST,
            of_programme=program.programme.is_of_programme,
            parent=qt,
        )
        program.watch_sleep()
        program.join_desktop()
        program.take_orders_in_session(folders.terminal_address)
        if wish is None:
            return front.choose_and_run()
        preset = program.presets.get(wish.preset_id or program.preferences.settings.last_preset)
        return front.run(
            preset, wish.total_s, wish.preparation_s, wish.rating_before, open_ended=wish.open_ended
        )
    finally:
        program.close()


def _check_sound(folders: Folders) -> int:
    import logging
    import signal

    from PySide6.QtCore import QCoreApplication

    from matsession import application, main
    from matsession.terminal.device import TerminalDevice

    # Python would notice Ctrl-C only after Qt's event loop. There is nothing here that could be lost.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Whoever only looks writes no log; what would stand there is told.
    logging.getLogger("matsession").addHandler(logging.NullHandler())
    qt = QCoreApplication([application.APPLICATION_ID])
    application.name_application()
    device = TerminalDevice(sys.stdin, sys.stdout, sys.stderr)
    return OK if main.check_sound(folders, device, qt) else FAILED


def _sound_process(arguments: list[str]) -> NoReturn:
    from matsession.desktop.sound import sound_process

    # Past Qt's and Python's clearing up, as in the module itself.
    os._exit(sound_process.main(arguments))


# -- speaking ------------------------------------------------------------------------------------------


def _make_output_forgiving() -> None:
    """A sign that the output cannot show becomes a question mark, not a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _silence_output() -> None:
    """Nobody reads: what is still in the buffer must not fail again when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _log_mistake(folders: Sequence[Folders]) -> str:
    """Write the traceback that is being handled into the log; a part of a sentence that tells where."""
    import traceback
    from datetime import datetime

    try:
        log_file = (folders[-1] if folders else find_folders(None)).log_file
        log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log_file.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} CRITICAL cli: a mistake of our own\n")
            log.write(traceback.format_exc())
    except (OSError, ValueError):
        return "the reason could not be written to a log"
    return f"the reason is in {log_file}"
