"""The words of the report, and those around making one."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from matsession.app import history_words
from matsession.app.report import Report
from matsession.app.texts import tr


def title() -> str:
    """The title of the first page."""
    return tr("Acupressure mat sessions")


def day(shown: date) -> str:
    """A day as in a letter."""
    return QLocale().toString(QDate(shown.year, shown.month, shown.day), "d MMMM yyyy")


def stretch(report: Report) -> str:
    """From when to when."""
    wish = report.wish
    if wish.from_day == wish.to_day:
        return day(wish.from_day)
    return tr("{first} to {last}").format(first=day(wish.from_day), last=day(wish.to_day))


def made(report: Report) -> str:
    """When it was made, and by what."""
    return tr("Made on {day} with MatSession").format(day=day(report.made_on))


def no_medical_document() -> str:
    """What it is, and what it is not."""
    return tr(
        "This is a private record of the person's own sessions and ratings. It is no medical document. "
        "Ratings describe; they do not diagnose, and they cannot tell why anything changed."
    )


def totals(report: Report) -> list[tuple[str, str]]:
    """The numbers on top, each with what it is."""
    total = report.total
    return [
        (
            history_words.whole_number(total.sessions),
            tr("session") if total.sessions == 1 else tr("sessions"),
        ),
        (
            history_words.whole_number(len(report.days)),
            tr("day with a session") if len(report.days) == 1 else tr("days with a session"),
        ),
        (history_words.time_spent(total.minutes), tr("in all")),
        (history_words.time_spent(total.on_mat_minutes), tr("of it on the mat")),
    ]


def nothing() -> str:
    """For a time without sessions."""
    return tr("No sessions in this time.")


def notes_left_out(count: int) -> str:
    """What follows the last note, where there were more."""
    return tr("{count} notes are left out.").format(count=history_words.whole_number(count))


def more_in_history() -> str:
    """Where ratings had no room."""
    return tr("Two pages have no room for more; the history has it.")


def page(number: int) -> str:
    """The number of a page."""
    return tr("Page {number}").format(number=number)
