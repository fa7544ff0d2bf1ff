"""What the tray says of reminders: the next one, whether one waits, and quiet until tomorrow."""

from PySide6.QtCore import QObject, Slot

from matsession.app import reminder_words
from matsession.app.reminder_parts import ReminderParts
from matsession.app.texts import tr
from matsession.ui.tray import Tray


class TrayReminders(QObject):
    """Joins the two; whoever makes it keeps it as long as the tray."""

    def __init__(self, tray: Tray, reminders: ReminderParts, parent: QObject | None = None) -> None:
        """Show ``reminders`` in ``tray``."""
        super().__init__(parent)
        self._tray = tray
        self._reminders = reminders
        reminders.scheduler.next_changed.connect(self._look)
        reminders.book.changed.connect(self._look)
        reminders.book.state_changed.connect(self._look)
        reminders.notices.waiting_changed.connect(self._look)
        tray.menu.aboutToShow.connect(self._look)
        tray.quiet_wished.connect(reminders.scheduler.not_today)
        self._look()

    @Slot()
    def _look(self) -> None:
        scheduler = self._reminders.scheduler
        coming = scheduler.coming()
        line = ""
        if coming is not None:
            at = coming.at.astimezone(scheduler.zone)
            when = reminder_words.coming_short(at, scheduler.now().date())
            line = tr("Next reminder: {when}").format(when=when[:1].lower() + when[1:])
        self._tray.tell_at_rest(line)
        some_on = any(reminder.on for reminder in self._reminders.book.reminders)
        self._tray.offer_quiet(some_on and not scheduler.quiet_today)
        self._tray.show_due(self._reminders.notices.waiting)
