"""The command line. Qt is imported only by commands that need it: the others answer in a moment."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from matsession.desktop.paths import HOME_VARIABLE, Folders, find_folders
from matsession.domain.errors import MatSessionError
from matsession.terminal.command import WrongUseError as _WrongUseError
from matsession.terminal.command import complain as _complain
from matsession.terminal.command import print_json as _print_json
from matsession.terminal.notation import shortened

if TYPE_CHECKING:
    import argparse

    from matsession.domain.order import Answer, StartWish
    from matsession.domain.reminder import SessionSpan
    from matsession.terminal.reminder_commands import ReminderDesk

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2


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
    if not arguments:  # the usual start: the window need not wait for all that could have been said
        home = _home(None)
        folders = find_folders(home)
        told_folders.append(folders)
        if home is not None:
            _check_home(home, make=True)
        return _open(folders)
    from matsession import command_line

    options = command_line.parser().parse_args(arguments)
    home = _home(getattr(options, "home", None))
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
            return _evidence(folders, options.json)
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
            return _programme(folders, options)
        case "morning":
            from matsession.morning_commands import obey_morning

            obey_morning(folders, options.rating)
            return OK
        case "mats":
            return _mats(folders, options)
        case "doctor":
            return _check_sound(folders) if options.sound else _doctor(folders, options.json)
        case "start":
            return _start(folders, options)
        case "pause" | "resume" | "stop":
            return _command(folders, command)
        case "extend":
            return _command(folders, command, by_s=options.length)
        case "integrate":
            return _integrate(folders, options.remove)
        case "status":
            return _status(folders, options.json)
        case _:
            return _open_in_background(folders) if options.background else _open(folders)


def _home(given: str | None) -> Path | None:
    """The folder that ``--home`` or the variable names; None without either."""
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


def _command(folders: Folders, verb: str, by_s: int = 60) -> int:
    from matsession import handover
    from matsession.domain.order import Order, Verb

    answer = handover.command(folders, Order(Verb(verb), by_s=by_s))
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
    from matsession.domain.order import Order, SessionStatus, Verb

    answer = handover.command(folders, Order(Verb.STATUS))
    if as_json:
        status = answer.status if answer else SessionStatus()
        _print_json(handover.status_values(status, program=answer is not None))
    else:
        print(answer.sentence if answer else "MatSession is not running.")
    return OK


def _presets(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.preset_commands import obey_presets

    obey_presets(folders, options)
    return OK


def _programme(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.programme_commands import obey_programme

    obey_programme(folders, options)
    return OK


def _evidence(folders: Folders, as_json: bool) -> int:
    from matsession.evidence_commands import tell_evidence

    tell_evidence(folders, as_json=as_json)
    return OK


def _history(folders: Folders, options: "argparse.Namespace") -> int:
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


def _check_days(options: "argparse.Namespace", command: str) -> None:
    if options.from_day and options.to_day and options.from_day > options.to_day:
        sentence = f"--from {options.from_day} is after --to {options.to_day}; the earlier day comes first."
        raise _WrongUseError(sentence, command)


def _export(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.data_commands import ExportOptions, export_history

    _check_days(options, "matsession export")
    export_history(
        folders,
        ExportOptions(options.file, options.from_day, options.to_day, options.area, options.replace),
    )
    return OK


def _report(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.data_commands import ReportOptions, make_report

    _check_days(options, "matsession report")
    wish = (options.from_day, options.to_day, options.name, options.notes, options.replace)
    make_report(folders, ReportOptions(options.file, *wish))
    return OK


def _import(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.data_commands import ImportOptions, import_history

    wish = ImportOptions(options.file, options.dry_run, options.skip_refused, options.area, options.habit)
    return OK if import_history(folders, wish) else FAILED


def _restore(folders: Folders, options: "argparse.Namespace") -> int:
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


def _reminders(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession.domain.reminder import ReminderError, clock_text
    from matsession.preset_commands import check_length, wanted_preset
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
            until, sooner = desk.snooze(options.wish, options.reminder_id)
            told = f"It comes again at {until:%H:%M}"
            print(f"{told}; later there is no room before the quiet hours." if sooner else f"{told}.")
        case _ if options.json:
            _print_json(desk.values())
        case _:
            desk.print_list(sys.stdout)
    return OK


def _reminder_desk(folders: Folders) -> "ReminderDesk":
    from datetime import datetime
    from functools import cache, partial

    from matsession.app.clock import LocalZone
    from matsession.preset_commands import preset_store
    from matsession.programme_commands import programme_following
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
        sessions=cache(partial(_sessions_of_late, folders)),
    )


def _sessions_of_late(folders: Folders) -> "Sequence[SessionSpan]":
    """Those that can have answered a reminder; none, and a complaint, where the history cannot be read."""
    from datetime import datetime

    from matsession.app.reminder_sessions import SESSIONS_BACK, spans_of
    from matsession.storage.history import History

    if not (folders.history_file.exists() or folders.history_file.is_symlink()):
        return ()
    try:
        with History.to_look_at(folders.history_file) as history:
            return spans_of(history.records(from_day=datetime.now().astimezone().date() - SESSIONS_BACK))
    except MatSessionError as error:
        _complain(str(error))
        return ()


def _mats(folders: Folders, options: "argparse.Namespace") -> int:
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
    from matsession.domain.order import Order, Verb
    from matsession.terminal.display import display_trouble

    if handover.to_window(folders, Order(Verb.STATUS)) is not None:
        return OK
    no_display = display_trouble()
    if no_display is not None:
        raise MatSessionError(no_display)
    from matsession.window import run_window

    return run_window(folders, background=True)


def _start(folders: Folders, options: "argparse.Namespace") -> int:
    from matsession import handover
    from matsession.domain.order import StartWish
    from matsession.preset_commands import (
        check_length,
        check_suitable,
        complain_of_settings,
        wanted_preset,
    )
    from matsession.terminal.display import display_trouble

    if options.programme:
        if options.preset is not None or options.length is not None or options.open_end:
            told = "--programme says which preset it is, and how long; it stands alone."
            raise _WrongUseError(told, "matsession start")
        from matsession.programme_commands import programme_session

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
            complain_of_settings(folders)
            return _told(answer)
    no_display = None if options.no_window else display_trouble()
    if no_display:
        _complain(f"{no_display} The session runs here.")
    if options.no_window or no_display:
        return _run_in_terminal(folders, wish)  # which tells of the settings itself
    from matsession.window import run_window

    complain_of_settings(folders)
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
