"""What can be said on the command line: its words, their examples, and the parser that reads them."""

import argparse
from pathlib import Path
from typing import NoReturn

from matsession import __version__
from matsession.desktop.paths import HOME_VARIABLE
from matsession.domain.order import EXTEND_MAX_S, PREPARATION_MAX_S
from matsession.evidence_commands import EVIDENCE_EXAMPLES
from matsession.morning_commands import MORNING_EXAMPLES
from matsession.preset_commands import PRESETS_EXAMPLES, add_preset_actions
from matsession.programme_commands import PROGRAMME_EXAMPLES, add_programme_actions
from matsession.terminal.command import AddAction, WrongUseError, typed
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
  matsession morning 7                        how you slept, after a session that asks for it
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
Reminders come while MatSession runs: with its window open or minimised, or in the tray. It notices at once
what is changed here. Times are those of the clock on the wall, wherever you are. Quiet hours and all else are
set on the page Reminders, or in reminders.toml (docs/reminders.md).

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
        raise WrongUseError(_sentence(message), self.prog)


def parser() -> argparse.ArgumentParser:
    """Read what is said; ``WrongUseError`` tells what is wrong with it."""
    everywhere = _Parser(add_help=False)
    everywhere.add_argument(
        "--home",
        metavar="DIR",
        # Without a default of its own: else the subcommand's would overwrite what stood before it.
        default=argparse.SUPPRESS,
        help=f"keep everything in this folder (also: the variable {HOME_VARIABLE})",
    )
    whole: argparse.ArgumentParser = _Parser(
        prog="matsession",
        description="Guided, timed sessions on an acupressure mat, with chimes and a history.",
        epilog=_EXAMPLES,
        parents=[everywhere],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument(
        "--background", action="store_true", help="start without showing the window, as at login"
    )
    whole.add_argument("--version", action="version", version=f"MatSession {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    command = _adding(commands, everywhere)
    start = command("start", "start a session", _START_EXAMPLES)
    start.add_argument("preset", metavar="PRESET", nargs="?", help="the id of a preset, such as lower_back")
    start.add_argument("--programme", action="store_true", help="today's session of the two gentle weeks")
    how_long = start.add_mutually_exclusive_group()
    how_long.add_argument("--length", type=typed(read_length), help="such as 90s, 10m or 1m30s")
    how_long.add_argument(
        "--open-end",
        action="store_true",
        help="no length: it ends when you say so, and by itself after the longest the preset allows",
    )
    start.add_argument(
        "--preparation",
        metavar="LENGTH",
        type=typed(_read_preparation),
        help=f"time to settle in before, 0s to {write_length(PREPARATION_MAX_S)}",
    )
    start.add_argument(
        "--before",
        metavar="0-10",
        type=typed(_read_rating),
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
    extend.add_argument("length", metavar="LENGTH", nargs="?", default=60, type=typed(_read_extension))
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
        "--area", type=typed(_read_area), help="where the mat was, for files of other programs; else none"
    )
    bring_in.add_argument("--habit", metavar="NAME", help="which habit, where a file of Loop has several")
    report = command("report", "write a PDF on what you did", _REPORT_EXAMPLES)
    report.add_argument("file", metavar="FILE", type=Path, help="its name ends in .pdf")
    _add_days(report)
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
    morning = command("morning", "tell what is asked this morning, and answer", MORNING_EXAMPLES)
    morning.add_argument(
        "rating",
        metavar="0-10",
        nargs="?",
        type=typed(_read_rating),
        help="the answer; without it, the question",
    )
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
    return whole


def _add_days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="from_day", metavar="DATE", type=typed(read_day), help="first day, such as 2026-03-01"
    )
    parser.add_argument(
        "--to", dest="to_day", metavar="DATE", type=typed(read_day), help="last day, such as 2026-03-31"
    )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    _add_days(parser)
    parser.add_argument("--area", type=typed(_read_area), help="only this area, such as lower_back")


def _actions(command: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> AddAction:
    """What adds an action to a command; without an action the command itself is obeyed."""
    return _adding(command.add_subparsers(dest="action", metavar="ACTION", title="actions"), everywhere)


def _adding(
    parsers: "argparse._SubParsersAction[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> AddAction:
    def add(name: str, summary: str, epilog: str | None = None) -> argparse.ArgumentParser:
        return parsers.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog,
            parents=[everywhere],
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    return add


def _add_reminder_actions(action: AddAction) -> None:
    add = action("add", "add a reminder", _REMINDERS_ADD_EXAMPLES)
    add.add_argument("time", metavar="TIME", type=typed(read_time), help="such as 21:00")
    add.add_argument(
        "--days", type=typed(read_days), default=read_days("daily"), help="such as mon,wed; else every day"
    )
    add.add_argument("--preset", help="the id of a preset, such as lower_back")
    add.add_argument("--length", type=typed(read_length), help="such as 10m; needs --preset")
    add.add_argument("--name", default="", help="what it is called")
    remove = action("remove", "remove a reminder")
    remove.add_argument("id", metavar="ID", help="as the list names it")
    snooze = action("snooze", "put off the reminder that came last", _REMINDERS_SNOOZE_EXAMPLES)
    snooze.add_argument(
        "wish", metavar="WHEN", nargs="?", type=typed(read_snooze), help="10m, 30m or tonight"
    )
    snooze.add_argument("--id", dest="reminder_id", metavar="ID", help="this one, not the one that came last")


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
