"""``matsession export`` and ``import``: the history in and out of files, without a window."""

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.terminal.progress import work_through


class ExportOptions(NamedTuple):
    """What the command line asked to be written."""

    file: Path
    from_day: date | None = None
    to_day: date | None = None
    area: str | None = None
    replace: bool = False


class ImportOptions(NamedTuple):
    """What the command line asked to be brought in."""

    file: Path
    dry_run: bool = False
    skip_refused: bool = False
    area: str | None = None
    habit: str | None = None


def export_history(folders: Folders, options: ExportOptions) -> None:
    """Write a file; tell how many sessions. Raises MatSessionError."""
    from matsession.app import exchange_words
    from matsession.storage.exchange.export import ExportWish, kind_of
    from matsession.storage.history import History

    kind_of(options.file)
    if options.file.exists() and not options.replace:
        advice = "Give another name, or say --replace."
        raise MatSessionError("{file} is there already.", advice, {"file": str(options.file)})
    turn_min = _day_turn_min(folders)
    wish = ExportWish(options.from_day, options.to_day, options.area, turn_min)
    # Looking must not make a file where there is none.
    there = _is_there(folders)
    with History.open(folders.history_file) if there else History.in_memory() as history:
        count = work_through(history.export_steps(options.file, wish), sys.stderr, "Exporting")
    print(exchange_words.exported(count, str(options.file)))


def import_history(folders: Folders, options: ImportOptions) -> bool:
    """Bring a file in, or tell what that would do; False where lines were refused. Raises MatSessionError."""
    from matsession.app import exchange_words
    from matsession.desktop.instance import FileSessionLock
    from matsession.storage.exchange.other_programs import ImportWish
    from matsession.storage.exchange.report import ImportRefusedError
    from matsession.storage.history import History

    wish = ImportWish()
    if options.area is not None:
        wish = wish._replace(area=options.area)
    if options.habit is not None:
        wish = wish._replace(habit=options.habit)
    if not options.dry_run:
        lock = FileSessionLock(folders.session_lock)
        if not lock.acquire():
            raise MatSessionError("A session is running.", "Import the file when it is over.")
        lock.release()
    name = options.file.name
    there = _is_there(folders) or not options.dry_run
    with History.open(folders.history_file) if there else History.in_memory() as history:
        steps = history.import_steps(
            options.file, dry_run=options.dry_run, skip_refused=options.skip_refused, wish=wish
        )
        try:
            report = work_through(steps, sys.stderr, "Reading" if options.dry_run else "Importing")
        except KeyboardInterrupt:
            raise MatSessionError("Cancelled.", "Nothing was changed.") from None
        except ImportRefusedError as error:
            for sentence in exchange_words.refusals(error.report, name):
                print(sentence, file=sys.stderr)
            print(exchange_words.told(error.report))
            print("Correct these lines, or import the others with --skip-refused.", file=sys.stderr)
            return False
        for sentence in exchange_words.refusals(report, name):
            print(sentence, file=sys.stderr)
        print(
            f"{exchange_words.kind_name(report.kind)}. {exchange_words.told(report, dry_run=options.dry_run)}"
        )
        if report.applied:
            sums = history.sums.follow_day_turn(_day_turn_min(folders))
            work_through(sums, sys.stderr, "Adding up")
    return not report.refused


def _is_there(folders: Folders) -> bool:
    return folders.history_file.exists() or folders.history_file.is_symlink()


def _day_turn_min(folders: Folders) -> int:
    from matsession.storage.settings_file import SettingsFile

    settings, _ = SettingsFile(folders.settings_file).look()
    return settings.day_turn_min
