"""Tells the navigation which reminder comes next, for as long as its window lives."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import reminder_words
from matsession.app.reminder_parts import ReminderParts
from matsession.app.texts import tr
from matsession.ui.widgets.navigation import Navigation

_SOME_MORE_S = 1


class NextReminderNews(QObject):
    """Looks when something changed, when somebody looks, and when "tomorrow" becomes "today".

    A day may have passed in a sleep of the computer, or out of sight; where nobody looks there is no timer.
    """

    def __init__(self, navigation: Navigation, page: int, reminders: ReminderParts, window: QWidget) -> None:
        """Tell ``navigation``; the page of reminders is its ``page``."""
        super().__init__(window)
        self._navigation = navigation
        self._page = page
        self._reminders = reminders
        self._midnight = QTimer(self, singleShot=True, timerType=Qt.TimerType.VeryCoarseTimer)
        self._midnight.timeout.connect(self._look)
        reminders.scheduler.next_changed.connect(self._look)
        reminders.book.changed.connect(self._look)
        reminders.book.state_changed.connect(self._look)
        navigation.looked_at.connect(self._look)
        navigation.left.connect(self._midnight.stop)
        self._look()

    @Slot()
    def _look(self) -> None:
        scheduler = self._reminders.scheduler
        coming = scheduler.coming()
        if coming is None:
            self._navigation.tell_next_reminder(self._page, "", "")
            self._midnight.stop()
            return
        now = scheduler.now()
        when = reminder_words.coming_short(coming.at.astimezone(scheduler.zone), now.date())
        spoken = tr("Next reminder: {when}").format(when=when[:1].lower() + when[1:])
        self._navigation.tell_next_reminder(self._page, when, spoken)
        if self._navigation.isVisible():
            self._midnight.start(round(_until_tomorrow_s(now) * 1000))


def _until_tomorrow_s(now: datetime) -> float:
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return max(0.0, tomorrow.timestamp() - now.timestamp()) + _SOME_MORE_S
