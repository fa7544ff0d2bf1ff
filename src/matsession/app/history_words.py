"""What is said of the history: counts, days in a row, and the honest answer to "does it help me?".

Every sentence is written out whole, so that it can be translated. None says why anything changed: a change of
ratings cannot tell that. Numbers of points are told without a sign, with "lower" or "higher".
"""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from matsession.app import texts
from matsession.app.texts import tr
from matsession.domain.days import Span
from matsession.domain.statistics import (
    MEAN_FROM,
    Average,
    CalendarDay,
    Change,
    Period,
    RatingPoint,
    Stage,
    Sums,
)
from matsession.domain.streak import Streak

# -- does it help me? ------------------------------------------------------------------------------------


def scale_name(scale_id: str) -> str:
    """What a rating scale asks for, as a heading; an unknown one as it is written."""
    return {
        "pain_nrs": tr("Pain"),
        "stress_nrs": tr("Stress"),
        "tension_nrs": tr("Muscle tension"),
        "energy_nrs": tr("Energy"),
        "mood_nrs": tr("Mood"),
        "sleep_sqs": tr("Sleep"),
        "discomfort_peak": tr("Strongest moment"),
    }.get(scale_id, scale_id.replace("_", " ").capitalize())


def answer(scale_id: str, change: Change) -> str:
    """What can be said of the ratings on the mat. With enough of them the caveat is part of it."""
    if change.average is None:
        return tr("{rated} of {needed} sessions with ratings, too few for an average.").format(
            rated=change.rated, needed=MEAN_FROM
        )
    if change.stage is Stage.EARLY:
        return _early(change.rated, change.average)
    return f"{_full(scale_id, change.rated, change.average)} {caveat()}"


def caveat() -> str:
    """What a change of ratings cannot tell."""
    return tr(
        "This cannot tell the mat from ten minutes of rest, from starting on a bad day, or from expecting it "
        "to help."
    )


def without_mat(change: Change) -> str:
    """What can be said of the quiet rests without a mat; empty where there were none."""
    if not change.sessions:
        return ""
    if change.average is None:
        return tr(
            "Without the mat: {rated} of {needed} sessions with ratings, too few for an average."
        ).format(rated=change.rated, needed=MEAN_FROM)
    if not change.average.clear:
        pattern = tr(
            "Without the mat: no clear difference over {count} rated sessions (rough 95 % range {low} points "
            "lower to {high} points higher)."
        )
    elif change.average.change < 0:
        pattern = tr(
            "Without the mat: over {count} rated sessions on average {points} points lower afterwards "
            "(rough 95 % range {low} to {high})."
        )
    else:
        pattern = tr(
            "Without the mat: over {count} rated sessions on average {points} points higher afterwards "
            "(rough 95 % range {low} to {high})."
        )
    return _filled(pattern, change.rated, change.average)


def important_change(change: Change) -> str:
    """How the change stands beside what trials call important; empty where there is no such mark."""
    average, mark = change.average, change.mark
    if average is None or mark is None or not average.clear:
        return ""
    if mark.own_percent is None:
        return tr(
            "In trials about {points} points or {percent} % count as an important change. They looked at "
            "weeks, not at the minutes after a session."
        ).format(points=mark.points, percent=mark.percent)
    return tr(
        "That is {own} % of the average before. In trials about {points} points or {percent} % count as an "
        "important change. They looked at weeks, not at the minutes after a session."
    ).format(own=round(abs(mark.own_percent)), points=mark.points, percent=mark.percent)


def rated(change: Change) -> str:
    """How many of the sessions were rated before and after."""
    return tr("{rated} of {sessions} rated").format(rated=change.rated, sessions=change.sessions)


def rated_on(scale_id: str, change: Change) -> str:
    """How many were rated, and on which scale."""
    return tr("{scale}: {rated}").format(scale=scale_name(scale_id), rated=rated(change))


def preset_change(name: str, change: Change) -> str:
    """One preset's ratings in a line; it has enough of them."""
    assert change.average is not None
    pattern = tr("{preset}: before {before}, after {after}, {rated}")
    if not change.average.clear:
        pattern = tr("{preset}: before {before}, after {after}, no clear difference, {rated}")
    return pattern.format(
        preset=name,
        before=number(change.average.before),
        after=number(change.average.after),
        rated=rated(change),
    )


def area_change(area: str, change: Change) -> str:
    """One body area's ratings in a line."""
    words = texts.area(area)
    if change.average is None:
        return tr("{area}, {rated} of {sessions} rated, too few to compare").format(
            area=words, rated=change.rated, sessions=change.sessions
        )
    pattern = tr("{area}, {rated} of {sessions} rated, before {before}, after {after}")
    if change.stage is Stage.EARLY:
        pattern = tr("{area}, {rated} of {sessions} rated, early: before {before}, after {after}")
    return pattern.format(
        area=words,
        rated=change.rated,
        sessions=change.sessions,
        before=number(change.average.before),
        after=number(change.average.after),
    )


def before_point(point: RatingPoint) -> str:
    """The ratings before the sessions of a week."""
    pattern = tr("Week of {day}, before {mean} on average, {count} ratings")
    if point.count == 1:
        pattern = tr("Week of {day}, before {mean}, 1 rating")
    return pattern.format(day=_day(point.start), mean=number(point.mean), count=point.count)


def number(value: float, places: int = 1) -> str:
    """A number as the person's country writes it."""
    return QLocale().toString(float(value), "f", places)  # Qt takes no int here


def whole_number(value: int) -> str:
    """A whole number as the person's country writes it."""
    return QLocale().toString(value)


def _full(scale_id: str, count: int, average: Average) -> str:
    lower, higher, unclear = {
        "pain_nrs": (
            tr(
                "Over {count} rated sessions your pain rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your pain rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your pain rating afterwards "
                "(rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
        "stress_nrs": (
            tr(
                "Over {count} rated sessions your stress rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your stress rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your stress rating afterwards "
                "(rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
        "tension_nrs": (
            tr(
                "Over {count} rated sessions your muscle tension rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your muscle tension rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your muscle tension rating "
                "afterwards (rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
        "energy_nrs": (
            tr(
                "Over {count} rated sessions your energy rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your energy rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your energy rating afterwards "
                "(rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
        "mood_nrs": (
            tr(
                "Over {count} rated sessions your mood rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your mood rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your mood rating afterwards "
                "(rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
    }.get(
        scale_id,
        (
            tr(
                "Over {count} rated sessions your rating was on average {points} points "
                "lower afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions your rating was on average {points} points "
                "higher afterwards (rough 95 % range {low} to {high})."
            ),
            tr(
                "Over {count} rated sessions there was no clear difference in your rating afterwards "
                "(rough 95 % range {low} points lower to {high} points higher)."
            ),
        ),
    )
    pattern = unclear if not average.clear else lower if average.change < 0 else higher
    return _filled(pattern, count, average)


def _early(count: int, average: Average) -> str:
    if not average.clear:
        pattern = tr(
            "Early: over {count} rated sessions no clear difference (rough 95 % range {low} points lower to "
            "{high} points higher)."
        )
    elif average.change < 0:
        pattern = tr(
            "Early: over {count} rated sessions on average {points} points lower afterwards (rough 95 % "
            "range {low} to {high})."
        )
    else:
        pattern = tr(
            "Early: over {count} rated sessions on average {points} points higher afterwards (rough 95 % "
            "range {low} to {high})."
        )
    return _filled(pattern, count, average)


def _filled(pattern: str, count: int, average: Average) -> str:
    """The numbers in their places, the smaller one of a range first."""
    low, high = average.low, average.high
    if not average.clear:
        low = -low  # from "points lower" to "points higher"
    elif average.change < 0:
        low, high = -high, -low
    # A range that leaves out 0 must not be written as if it began there.
    places = 1 if not average.clear or low >= 0.05 else 2
    return pattern.format(
        count=count,
        points=number(abs(average.change), places),
        low=number(abs(low), places),
        high=number(abs(high), places),
    )


# -- days in a row, calendar, bars -------------------------------------------------------------------------


def days_in_a_row(streak: Streak, sessions: int) -> str:
    """The run that goes on. A run that ended is not spoken of, only what is still there."""
    if streak.days:
        pattern = tr("1 day in a row") if streak.days == 1 else tr("{count} days in a row")
        return pattern.format(count=streak.days)
    if sessions:
        pattern = tr("New start today. Your {count} sessions are still here.")
        if sessions == 1:
            pattern = tr("New start today. Your session is still here.")
        return pattern.format(count=sessions)
    return tr("Your first dot goes here.")


def longest_run(streak: Streak) -> str:
    """The longest run there was; empty where there was none."""
    if not streak.longest:
        return ""
    pattern = tr("Longest run: 1 day") if streak.longest == 1 else tr("Longest run: {count} days")
    return pattern.format(count=streak.longest)


def session_count(sessions: int) -> str:
    """How many sessions."""
    return tr("1 session") if sessions == 1 else tr("{count} sessions").format(count=whole_number(sessions))


def time_spent(minutes: int) -> str:
    """A time that may be long: "45 min", "15 h 15 min"."""
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def time_on_mat(sums: Sums) -> str:
    """All the time on the mat."""
    return tr("{time} on the mat").format(time=time_spent(sums.on_mat_minutes))


def calendar_day(day: CalendarDay) -> str:
    """A day of the calendar, for a tooltip and a screen reader."""
    shown = QLocale().toString(_qdate(day.day), "dddd d MMMM")
    if day.ahead:
        return tr("{day}, rest day, still to come").format(day=shown) if day.rest else shown
    if not day.sums.sessions:
        pattern = tr("{day}, rest day") if day.rest else tr("{day}, no session")
        return pattern.format(day=shown)
    pattern = tr("{day}, {time}, {count} sessions")
    if day.sums.sessions == 1:
        pattern = tr("{day}, {time}, 1 session")
    return pattern.format(day=shown, time=texts.spoken_length(60 * day.sums.minutes), count=day.sums.sessions)


def period(span: Span, bar: Period) -> str:
    """A bar of a chart, for a tooltip and a screen reader."""
    time = texts.spoken_length(60 * bar.sums.minutes) if bar.sums.minutes else tr("0 minutes")
    match span:
        case Span.DAY:
            return tr("{day}, {time}").format(day=_day(bar.start), time=time)
        case Span.WEEK:
            return tr("Week of {day}, {time}").format(day=_day(bar.start), time=time)
        case Span.MONTH:
            month = QLocale().toString(_qdate(bar.start), "MMMM yyyy")
            return tr("{month}, {time}").format(month=month, time=time)
        case Span.YEAR:
            return tr("{year}, {time}").format(year=bar.start.year, time=time)


def day_name(day: date) -> str:
    """A day in a sentence or a menu."""
    return QLocale().toString(_qdate(day), "dddd d MMMM")


def full_day(day: date) -> str:
    """A day that may be years ago."""
    return QLocale().toString(_qdate(day), "dddd d MMMM yyyy")


def weekday_name(number: int) -> str:
    """A day of the week, 0 for Monday."""
    return QLocale().dayName(number + 1)


def adding_up(done: float) -> str:
    """How far the sums have come, while they are built anew."""
    return tr("Adding up all sessions: {percent} %").format(percent=int(100 * done))


def _day(day: date) -> str:
    return QLocale().toString(_qdate(day), "d MMMM")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
