"""What is said about reminders: in a notice, on their page, in the tray. All of it can be translated."""

from datetime import date, datetime

from PySide6.QtCore import QLocale, QTime

from matsession.app import texts
from matsession.app.reminder_sessions import RemindedSession
from matsession.app.texts import tr
from matsession.domain.reminder import Reminder, SnoozeWish
from matsession.domain.reminder_times import WhyNot
from matsession.domain.week import Weekday


def title() -> str:
    """Of a reminder that is due."""
    return tr("Time for the mat?")


def body(session: RemindedSession | None) -> str:
    """Of a reminder that is due."""
    if session is None:
        return tr("Skip it if today is not the day.")
    if session.open_ended:
        return tr("{preset}. Skip it if today is not the day.").format(preset=session.preset.name)
    pattern = tr("{preset}, {length}. Skip it if today is not the day.")
    if session.programme_day:
        pattern = tr("Day {day}: {preset}, {length}. Skip it if today is not the day.")
    return pattern.format(
        day=session.programme_day,
        preset=session.preset.name,
        length=texts.spoken_length(session.length_s),
    )


def later(wish: SnoozeWish) -> str:
    """The button that puts it off."""
    return {
        SnoozeWish.TEN_MINUTES: tr("In 10 minutes"),
        SnoozeWish.THIRTY_MINUTES: tr("In 30 minutes"),
        SnoozeWish.TONIGHT: tr("Tonight"),
    }[wish]


def later_choice(wish: SnoozeWish) -> str:
    """The same, to choose from."""
    return {
        SnoozeWish.TEN_MINUTES: tr("10 min"),
        SnoozeWish.THIRTY_MINUTES: tr("30 min"),
        SnoozeWish.TONIGHT: tr("Tonight"),
    }[wish]


def not_put_off_title() -> str:
    """Of one whose button for later was pressed, and that would not come again."""
    return tr("It cannot be put off any more")


def not_put_off(why_not: WhyNot) -> str:
    """Why it would not come again."""
    return {
        WhyNot.CALLED_OFF: tr("Nothing more comes today."),
        WhyNot.DONE: tr("There was a session since it came."),
        WhyNot.RESTS: tr("The programme has nothing more for that day."),
        WhyNot.QUIET: tr("Quiet hours leave no room for its session then."),
    }[why_not]


def passed_title(count: int, last: datetime, today: date) -> str:
    """Of what nobody was told of; ``last`` is when the last of them came."""
    clock = texts.time_of_day(last)
    ago = (today - last.date()).days
    if ago <= 0:
        one, more = tr("A reminder passed at {time}"), tr("{count} reminders passed, the last one at {time}")
    elif ago == 1:
        one = tr("A reminder passed yesterday at {time}")
        more = tr("{count} reminders passed, the last one yesterday at {time}")
    else:
        one = tr("A reminder passed on {day} at {time}")
        more = tr("{count} reminders passed, the last one on {day} at {time}")
    return (one if count == 1 else more).format(count=count, time=clock, day=day_name(last.date()))


def passed_body(why: str) -> str:
    """Why nobody was told, without a reproach."""
    return {
        "asleep": tr("The computer was asleep. No need to catch up."),
        "not_running": tr("MatSession was not running. No need to catch up."),
        "session": tr("A session was under way. No need to catch up."),
    }.get(why, tr("The clock was set. No need to catch up."))


def coming(at: datetime, today: date) -> str:
    """When the next one comes, in a sentence."""
    clock = texts.time_of_day(at)
    ahead = (at.date() - today).days
    if ahead <= 0:
        return tr("Next: today at {time}. If you do a session before then, it stays quiet.").format(
            time=clock
        )
    if ahead == 1:
        return tr("Next: tomorrow at {time}.").format(time=clock)
    return tr("Next: {day} at {time}.").format(day=day_name(at.date()), time=clock)


def coming_short(at: datetime, today: date) -> str:
    """The same beside other things: "Today, 21:00"."""
    clock = texts.time_of_day(at)
    ahead = (at.date() - today).days
    day = tr("Today") if ahead <= 0 else tr("Tomorrow") if ahead == 1 else day_name(at.date())
    return tr("{day}, {time}").format(day=day, time=clock)


def clock(minute: int) -> str:
    """A minute after midnight as the person's country writes it."""
    return QLocale().toString(QTime(minute // 60, minute % 60), QLocale.FormatType.ShortFormat)


def day_name(day: date) -> str:
    """Like "Monday"."""
    return QLocale().dayName(day.isoweekday())


def day_short(day: Weekday) -> str:
    """Like "Mo"."""
    return QLocale().dayName(day.number + 1, QLocale.FormatType.ShortFormat)[:2]


def day_long(day: Weekday) -> str:
    """Like "Monday"."""
    return QLocale().dayName(day.number + 1, QLocale.FormatType.LongFormat)


def days(reminder: Reminder) -> str:
    """Its days as a screen reader says them."""
    if len(reminder.weekdays) == len(Weekday):
        return tr("every day")
    return ", ".join(day_long(day) for day in Weekday if day in reminder.weekdays)


def session(found: RemindedSession | None) -> str:
    """What it is for: "Lower back, 10 min"."""
    if found is None:
        return tr("No preset")
    if found.open_ended:
        return tr("{preset}, open end").format(preset=found.preset.name)
    pattern = tr("{preset}, {length}")
    if found.programme_day:
        pattern = tr("Day {day}: {preset}, {length}")
    return pattern.format(
        day=found.programme_day, preset=found.preset.name, length=texts.length(found.length_s)
    )
