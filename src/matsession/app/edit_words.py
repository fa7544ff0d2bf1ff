"""What is said when lines of the history are corrected, added, deleted, or brought back."""

from typing import TYPE_CHECKING

from matsession.app import history_words
from matsession.app.session_book import Change, ChangeKind
from matsession.app.texts import tr

if TYPE_CHECKING:
    from matsession.domain.correction import FieldError


def refused(error: "FieldError") -> str:
    """Why a value of a line cannot be, with what is allowed."""
    sentences = {
        "started_at": tr("A session begins between 1970 and now."),
        "ended_at": tr("A session ends after it began."),
        "done_s": tr("A session lasts from 1 second to 24 hours."),
        "planned_s": tr("A session is planned for up to 24 hours."),
        "on_mat_s": tr("The time on the mat is no longer than the session."),
        "rating_before": tr("A rating is a whole number from 0 to 10, or empty."),
        "rating_after": tr("A rating is a whole number from 0 to 10, or empty."),
        "strongest": tr("A rating is a whole number from 0 to 10, or empty."),
        "morning_rating": tr("A rating is a whole number from 0 to 10, or empty."),
        "mat_name": tr("The name of the mat is too long."),
        "note": tr("The note is too long."),
        "preset_name": tr("Choose a preset."),
        "area": tr("Choose an area."),
        "state": tr("Choose how it ended."),
    }
    return sentences.get(error.field, str(error))


def made(change: Change) -> str:
    """What was done, beside an offer to take it back."""
    match change.kind:
        case ChangeKind.CORRECTED:
            return tr("Session corrected.")
        case ChangeKind.ADDED:
            return tr("Session added.")
        case ChangeKind.DELETED if change.count == 1:
            return tr("Session deleted.")
        case ChangeKind.DELETED:
            return tr("{count} sessions deleted.").format(count=history_words.whole_number(change.count))
        case ChangeKind.REST_DAY:
            return tr("Rest day changed.")


def taken_back(change: Change) -> str:
    """What was done, after it was taken back."""
    match change.kind:
        case ChangeKind.CORRECTED:
            return tr("The session is as it was.")
        case ChangeKind.ADDED:
            return tr("The session was taken out again.")
        case ChangeKind.DELETED if change.count == 1:
            return tr("The session is back.")
        case ChangeKind.DELETED:
            return tr("{count} sessions are back.").format(count=history_words.whole_number(change.count))
        case ChangeKind.REST_DAY:
            return tr("The rest day is as it was.")


def result(change: int | None) -> str:
    """A change of a rating, in words; a rise as calm as a fall."""
    if change is None:
        return ""
    points = abs(change)
    if points == 0:
        return tr("The same as before.")
    if change < 0:
        one = tr("1 point lower than before.")
        return one if points == 1 else tr("{points} points lower than before.").format(points=points)
    one = tr("1 point higher than before. That happens.")
    return (
        one if points == 1 else tr("{points} points higher than before. That happens.").format(points=points)
    )
