"""The live objects of reminders in one hand, for the page that shows them and for the tray."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matsession.app.reminder_book import ReminderBook
    from matsession.app.reminder_notices import ReminderNotices
    from matsession.app.reminder_scheduler import ReminderScheduler


class ReminderParts(NamedTuple):
    """What there is, when it comes, and how it is shown."""

    book: "ReminderBook"
    scheduler: "ReminderScheduler"
    notices: "ReminderNotices"
