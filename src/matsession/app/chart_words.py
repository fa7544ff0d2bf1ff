"""Titles, captions and labels of the charts, and each chart in a sentence for a screen reader.

A fall and a rise are told in the same words, and no chart is said to show why.
"""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale

from matsession.app import history_words, texts
from matsession.app.history_overview import AreaChange, Dot, ScaleAnswer
from matsession.app.texts import tr
from matsession.domain.days import Span
from matsession.domain.statistics import (
    TREND_FROM,
    AreaSums,
    CalendarDay,
    Change,
    Period,
    RatingPoint,
    Stage,
)

# -- calendar ------------------------------------------------------------------------------------------


def calendar_summary(days: Sequence[CalendarDay]) -> str:
    """The calendar in a sentence."""
    past = [day for day in days if not day.ahead]
    with_sessions = sum(1 for day in past if day.sums.sessions)
    sessions = sum(day.sums.sessions for day in past)
    if not sessions:
        return tr("{weeks} weeks, no session yet.").format(weeks=len(days) // 7)
    pattern = tr("{weeks} weeks: {sessions} on {days} days.")
    if with_sessions == 1:
        pattern = tr("{weeks} weeks: {sessions} on 1 day.")
    return pattern.format(
        weeks=len(days) // 7, sessions=history_words.session_count(sessions), days=with_sessions
    )


def in_a_row(days: int) -> str:
    """The words below the number of days."""
    return tr("day in a row") if days == 1 else tr("days in a row")


# -- bars ----------------------------------------------------------------------------------------------


def bars_title(span: Span) -> str:
    """What the bars are."""
    match span:
        case Span.MONTH:
            return tr("Minutes per month")
        case Span.YEAR:
            return tr("Minutes per year")
        case _:
            return tr("Minutes per week")


def bars_caption(span: Span, count: int) -> str:
    """How far back they go."""
    match span:
        case Span.MONTH:
            pattern = tr("Last {count} months")
        case Span.YEAR:
            pattern = tr("This year") if count == 1 else tr("Last {count} years")
        case _:
            pattern = tr("Last {count} weeks")
    return pattern.format(count=count)


def bar_label(span: Span, bar: Period, *, now: bool) -> str:
    """What stands below a bar."""
    day = QDate(bar.start.year, bar.start.month, bar.start.day)
    match span:
        case Span.MONTH:
            return tr("this month") if now else QLocale().toString(day, "MMM")
        case Span.YEAR:
            return tr("this year") if now else str(bar.start.year)
        case _:
            return tr("this week") if now else QLocale().toString(day, "d MMM")


def bars_summary(span: Span, bars: Sequence[Period]) -> str:
    """All of the bars in a sentence."""
    if not bars:
        return ""
    minutes = [bar.sums.minutes for bar in bars]
    pattern = {
        Span.MONTH: tr("From {least} to {most} minutes a month; this month {now} so far."),
        Span.YEAR: tr("From {least} to {most} minutes a year; this year {now} so far."),
    }.get(span, tr("From {least} to {most} minutes a week; this week {now} so far."))
    return pattern.format(least=min(minutes), most=max(minutes), now=minutes[-1])


# -- areas ---------------------------------------------------------------------------------------------


def area_value(area: AreaSums) -> str:
    """How much of it."""
    time = history_words.time_spent(area.sums.minutes)
    return tr("{time}, {sessions}").format(
        time=time, sessions=history_words.session_count(area.sums.sessions)
    )


def area_name(area: AreaSums) -> str:
    """A row of the minutes by area, for a screen reader."""
    return tr("{area}, {time}, {sessions}").format(
        area=texts.area(area.area),
        time=texts.spoken_length(60 * area.sums.minutes),
        sessions=history_words.session_count(area.sums.sessions),
    )


def areas_summary(areas: Sequence[AreaSums]) -> str:
    """All of them in a sentence."""
    if not areas:
        return ""
    pattern = tr("{count} areas; most time: {area}.")
    if len(areas) == 1:
        pattern = tr("1 area: {area}.")
    return pattern.format(count=len(areas), area=texts.area(areas[0].area))


# -- before and after ----------------------------------------------------------------------------------


def change_title(scale_id: str) -> str:
    """What the rows compare."""
    return tr("{scale} change by area").format(scale=history_words.scale_name(scale_id))


def points(change: float) -> str:
    """A change with its sign, to a tenth of a point."""
    size = history_words.number(abs(change))
    if size == history_words.number(0):
        return size
    return f"+{size}" if change > 0 else f"{texts.MINUS}{size}"


def change_detail(change: Change) -> str:
    """The line below an area."""
    rated = history_words.rated(change)
    if change.stage is Stage.EARLY:
        return tr("{rated}, early").format(rated=rated)
    return rated


def too_few() -> str:
    """In the place of a row's picture."""
    return tr("Too few ratings to compare")


def change_summary(areas: Sequence[AreaChange]) -> str:
    """All of the rows in a sentence."""
    compared = sum(1 for each in areas if each.change.average is not None)
    few = len(areas) - compared
    pattern = tr("{compared} areas with enough ratings to compare, {few} with too few.")
    if compared == 1:
        pattern = tr("1 area with enough ratings to compare, {few} with too few.")
    return pattern.format(compared=compared, few=few)


def dot_title(dot: Dot) -> str:
    """One rated session."""
    day = QDate(dot.started_at.year, dot.started_at.month, dot.started_at.day)
    return QLocale().toString(day, "ddd d MMM")


def dot_name(dot: Dot) -> str:
    """One rated session, for a screen reader."""
    return tr("{day}, {area}, before {before}, after {after}").format(
        day=dot_title(dot), area=texts.area(dot.area), before=dot.before, after=dot.after
    )


def dots_title() -> str:
    """What these rows are."""
    return tr("Single sessions")


# -- the usual level -----------------------------------------------------------------------------------


def before_title(scale_id: str) -> str:
    """What the points are."""
    return tr("{scale} before a session").format(scale=history_words.scale_name(scale_id))


def before_caption(answer: ScaleAnswer) -> str:
    """What is drawn, and why there may be no line."""
    if answer.before_trend is None:
        return tr("Average of each week, 0 to 10. A line is drawn from {count} weeks on.").format(
            count=TREND_FROM
        )
    return tr("Average of each week, 0 to 10, and a straight line through them")


def week_label(point: QDate) -> str:
    """What stands below a week."""
    return QLocale().toString(point, "d MMM")


def before_summary(found: Sequence[RatingPoint]) -> str:
    """All of the points in a sentence."""
    if not found:
        return ""
    means = [point.mean for point in found]
    pattern = tr("{weeks} weeks with ratings, from {least} to {most}; the last {now}.")
    if len(found) == 1:
        pattern = tr("1 week with ratings: {now}.")
    return pattern.format(
        weeks=len(found),
        least=history_words.number(min(means)),
        most=history_words.number(max(means)),
        now=history_words.number(means[-1]),
    )


def describes() -> str:
    """Below the ratings."""
    return tr("Your own ratings. They describe, they do not diagnose.")


def no_ratings() -> str:
    """In the place of what ratings would show."""
    return tr("Rate a few sessions and the change shows here.")
