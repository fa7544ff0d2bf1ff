"""``matsession export``, ``import``, ``report``, ``backup``, ``restore``: the history in files, no window."""

import contextlib
import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.terminal.progress import work_through

if TYPE_CHECKING:
    from matsession.app.report import Report


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
    with History.to_look_at(folders.history_file) if there else History.in_memory() as history:
        try:
            count = work_through(history.export_steps(options.file, wish), sys.stderr, "Exporting")
        except KeyboardInterrupt:
            raise MatSessionError("Cancelled.", "Nothing was written.") from None
    print(exchange_words.exported(count, str(options.file)))


def import_history(folders: Folders, options: ImportOptions) -> bool:
    """Bring a file in, or tell what that would do; False where lines were refused. Raises MatSessionError."""
    from matsession.app import exchange_words
    from matsession.desktop.instance import FileSessionLock
    from matsession.storage.backups import BackupKind
    from matsession.storage.exchange.other_programs import ImportWish
    from matsession.storage.exchange.report import ImportRefusedError
    from matsession.storage.history import History

    wish = ImportWish()
    if options.area is not None:
        wish = wish._replace(area=options.area)
    if options.habit is not None:
        wish = wish._replace(habit=options.habit)
    _refuse_while_running(folders)
    name = options.file.name
    there = _is_there(folders) or not options.dry_run
    with History.open(folders.history_file) if there else History.in_memory() as history:

        def back_up() -> None:
            if history.count():
                history.back_up(BackupKind.BEFORE_IMPORT, datetime.now().astimezone())

        steps = history.import_steps(
            options.file,
            dry_run=options.dry_run,
            skip_refused=options.skip_refused,
            wish=wish,
            before=back_up,
            wanted_elsewhere=FileSessionLock(folders.session_lock).is_held_elsewhere,
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
            with contextlib.suppress(KeyboardInterrupt):  # the sessions are in; the next look adds them up
                work_through(sums, sys.stderr, "Adding up")
    return not report.refused


class ReportOptions(NamedTuple):
    """What the command line asked to be reported on."""

    file: Path
    from_day: date | None = None
    to_day: date | None = None
    name: str | None = None
    notes: bool = False
    replace: bool = False


def make_report(folders: Folders, options: ReportOptions) -> None:
    """Write a PDF on these days, or on the last twelve weeks. Raises MatSessionError."""
    from matsession.app.report import ReportWish, report_steps
    from matsession.domain.days import day_of
    from matsession.storage.guidance_file import read_guidance
    from matsession.storage.history import History
    from matsession.storage.settings_file import SettingsFile

    if options.file.suffix.lower() != ".pdf":
        raise MatSessionError(
            "{file}: a report is a PDF.", "Give a name that ends in .pdf.", _named(options.file)
        )
    if options.file.exists() and not options.replace:
        advice = "Give another name, or say --replace."
        raise MatSessionError("{file} is there already.", advice, _named(options.file))
    settings, _ = SettingsFile(folders.settings_file).look()
    today = day_of(datetime.now().astimezone(), settings.day_turn_min)
    last = options.to_day or today
    first = options.from_day or last - timedelta(days=7 * 12 - 1)
    name = settings.report_name if options.name is None else options.name
    wish = ReportWish(first, last, name, options.notes)
    there = _is_there(folders)
    with History.to_look_at(folders.history_file) if there else History.in_memory() as history:
        guidance = read_guidance(folders.guidance_file)
        steps = report_steps(history.find, guidance, wish, settings.day_turn_min, today)
        report = work_through(steps, sys.stderr, "Making the report")
    pages = _painted(report, options.file)
    print(f"{pages} page{'' if pages == 1 else 's'} written to {options.file}.")


def _painted(report: "Report", file: Path) -> int:
    """Paint it; Qt's fonts need a program of its kind, but no screen."""
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication(["matsession"])
    from matsession.ui.paper.report_paper import write_pdf

    pages = write_pdf(report, file)
    del application
    return pages


def _named(file: Path) -> dict[str, str]:
    return {"file": str(file)}


def back_up_history(folders: Folders) -> None:
    """Make a backup now; tell where it is. Raises MatSessionError."""
    from matsession.storage.backups import BackupKind
    from matsession.storage.history import History

    if not _is_there(folders):
        raise MatSessionError("There are no sessions yet.", "So there is nothing to keep a copy of.")
    with History.open(folders.history_file) as history:
        print(f"Backup made: {history.back_up(BackupKind.BY_HAND, datetime.now().astimezone())}")


def list_backups(folders: Folders) -> None:
    """Tell the backups, the newest first, each with its sessions or what is wrong with it."""
    from matsession.storage.backups import Backups

    backups = Backups(folders.history_file)
    found = backups.all()
    if not found:
        print(f"There are no backups in {backups.folder}.")
        return
    print(f"In {backups.folder}:")
    for backup in found:
        size = f"{backup.size / 1e6:.1f} MB"
        state = _told_sessions(backup.path) if backups.is_good(backup.path) else "damaged"
        print(f"{backup.made_at:%Y-%m-%d %H:%M}  {state:>16}  {size:>9}  {backups.told(backup)}")


def restore_history(folders: Folders, file: Path | None) -> None:
    """Put a backup back, the newest good one unless it is named; tell what was done. MatSessionError else."""
    from matsession.storage.backups import Backups

    backups = Backups(folders.history_file)
    if file is None:
        newest = backups.newest_good()
        if newest is None:
            raise MatSessionError(
                "There is no good backup in {folder}.",
                "Name a file to be put back, such as an export of the whole database.",
                {"folder": str(backups.folder)},
            )
        file = newest.path
    elif not file.exists() and (backups.folder / file.name).exists():
        file = backups.folder / file.name  # a name from the list
    _refuse_while_running(folders)
    restored = backups.put_back(file, datetime.now().astimezone())
    print(f"Put back: {restored.backup}, {_told_sessions(folders.history_file)}.")
    if restored.kept is not None:
        print(f"What was there before is kept as {restored.kept}.")


def _told_sessions(file: Path) -> str:
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        query = "SELECT count(*) FROM session WHERE deleted_ms IS NULL"
        count = connection.execute(query).fetchone()[0]
    return "1 session" if count == 1 else f"{count} sessions"


def _refuse_while_running(folders: Folders) -> None:
    from matsession.desktop.instance import FileSessionLock

    if FileSessionLock(folders.session_lock).is_held_elsewhere():
        raise MatSessionError("A session is running.", "Try again when it is over.")


def _is_there(folders: Folders) -> bool:
    return folders.history_file.exists() or folders.history_file.is_symlink()


def _day_turn_min(folders: Folders) -> int:
    from matsession.storage.settings_file import SettingsFile

    settings, _ = SettingsFile(folders.settings_file).look()
    return settings.day_turn_min
