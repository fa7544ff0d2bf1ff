"""What the history adds up to, as tables and sentences for a person, and as values for JSON.

The sentences, and with them Qt, are loaded only where they are printed.
"""

import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TextIO

from matsession.app.history_overview import WEEKS_SHOWN, Overview, ScaleAnswer
from matsession.domain.statistics import CalendarDay, Change, HeatLevel, Period, Stage, Sums
from matsession.domain.streak import Streak
from matsession.domain.week import Weekday
from matsession.terminal.tables import cells, make_table, print_table, width_of

TOLD_AFTER_S: Final = 0.5
"""What takes longer tells how far it has come."""

_MARKS: Final = {
    HeatLevel.NONE: ".",
    HeatLevel.UNDER_10: "-",
    HeatLevel.FROM_10: "+",
    HeatLevel.FROM_20: "#",
}
_LEGEND: Final = ". none, - under 10, + 10 to 19, # 20 minutes or more, r rest day"


def finish(steps: Iterator[float], told: TextIO, now: Callable[[], float] = time.monotonic) -> None:
    """Iterate to the end; where that takes long, say on a terminal how far it has come."""
    began_s = now()
    shown = False
    for done in steps:
        if told.isatty() and now() - began_s > TOLD_AFTER_S:
            from matsession.app import history_words

            told.write(f"\r{history_words.adding_up(done)}")
            told.flush()
            shown = True
    if shown:
        told.write("\n")


# -- for a person ----------------------------------------------------------------------------------------


def print_overview(overview: Overview, out: TextIO) -> None:
    """All of it, in the order of the page in the window."""
    from matsession.app import history_words as words

    total = overview.total
    counted = f"{words.session_count(total.sessions)}, {words.time_spent(total.minutes)}"
    out.write(f"{counted}, {words.time_on_mat(total)}\n")
    if overview.streak is not None:
        out.write(f"{words.days_in_a_row(overview.streak, total.sessions)}\n")
        out.write(f"{words.longest_run(overview.streak)}{_longest_when(overview.streak)}\n")
    out.write("\n")
    _print_calendar(overview.calendar, out)
    for heading, pattern, bars in (
        ("Week of", "%Y-%m-%d", overview.weeks),
        ("Month", "%Y-%m", overview.months),
        ("Year", "%Y", overview.years),
    ):
        out.write("\n")
        table = make_table(heading, "Sessions", "Minutes", "On mat")
        for bar in _from_first(bars):
            table.add_row(*cells(f"{bar.start:{pattern}}", *_counts(bar.sums)))
        print_table(table, out)
    out.write("\n")
    table = make_table("Area", "Sessions", "Minutes", "On mat")
    for area in overview.areas:
        table.add_row(*cells(area.area, *_counts(area.sums)))
    print_table(table, out)
    for answer in overview.answers:
        _print_answer(answer, out)


def _print_calendar(days: Sequence[CalendarDay], out: TextIO) -> None:
    """A line for each day of the week, a sign for each week."""
    for weekday in Weekday:
        signs = "".join(_sign(day) for day in days if day.day.weekday() == weekday.number)
        out.write(f"{weekday.capitalize()[:3]}  {signs}".rstrip() + "\n")
    out.write(f"{textwrap.fill(_LEGEND, width_of(out))}\n")


def _sign(day: CalendarDay) -> str:
    if day.level is HeatLevel.NONE and day.rest:
        return "r"
    return " " if day.ahead else _MARKS[day.level]


def _print_answer(answer: ScaleAnswer, out: TextIO) -> None:
    from matsession.app import history_words as words

    change = answer.on_mat
    out.write(f"\n{words.scale_name(answer.scale_id)}: {words.rated(change)}\n")
    sentences = (
        words.answer(answer.scale_id, change),
        words.important_change(change),
        words.without_mat(answer.without_mat),
    )
    out.writelines(f"{textwrap.fill(sentence, width_of(out))}\n" for sentence in sentences if sentence)
    table = make_table("Area", "Rated", "Before", "After", "Change", "Rough 95 % range", "")
    for area in answer.areas:
        table.add_row(*cells(area.area, *_ratings(area.change)))
    told = {area.change for area in answer.areas}
    for preset in answer.presets:
        if preset.change in told:  # the only preset of its area: the same numbers again
            continue
        table.add_row(*cells(f"{preset.preset_id} (preset)", *_ratings(preset.change)))
    print_table(table, out)
    if change.average is None:
        for dot in answer.dots:
            out.write(f"{dot.started_at:%Y-%m-%d %H:%M}  {dot.area}: {dot.before} -> {dot.after}\n")
    if answer.before:
        out.write("\n")
        table = make_table("Week of", "Before", "Ratings")
        for point in answer.before[-WEEKS_SHOWN:]:
            table.add_row(*cells(f"{point.start}", f"{point.mean:.1f}", f"{point.count}"))
        print_table(table, out)


def _ratings(change: Change) -> tuple[str, ...]:
    rated = f"{change.rated} of {change.sessions}"
    average = change.average
    if average is None:
        return (rated, "", "", "", "", "too few")
    return (
        rated,
        f"{average.before:.1f}",
        f"{average.after:.1f}",
        f"{average.change:+.1f}",
        f"{average.low:+.1f} to {average.high:+.1f}",
        "early" if change.stage is Stage.EARLY else "",
    )


def _counts(sums: Sums) -> tuple[str, str, str]:
    return str(sums.sessions), str(sums.minutes), str(sums.on_mat_minutes)


def _longest_when(streak: Streak) -> str:
    if streak.longest_from is None or streak.longest_to is None:
        return ""
    return f" ({streak.longest_from} to {streak.longest_to})"


def _from_first(bars: Sequence[Period]) -> Sequence[Period]:
    """Without the empty ones before the first session."""
    first = next((place for place, bar in enumerate(bars) if bar.sums.sessions), len(bars) - 1)
    return bars[first:]


# -- for other programs ------------------------------------------------------------------------------------


def overview_values(overview: Overview) -> dict[str, Any]:
    """The overview for JSON; the keys are explained in docs/statistics.md."""
    return {
        "today": overview.today.isoformat(),
        "total": _sum_values(overview.total),
        "streak": None if overview.streak is None else _streak_values(overview.streak),
        "calendar": [
            {"day": day.day.isoformat(), **_sum_values(day.sums), "rest": day.rest}
            for day in overview.calendar
        ],
        "weeks": [_period_values(bar) for bar in overview.weeks],
        "months": [_period_values(bar) for bar in overview.months],
        "years": [_period_values(bar) for bar in overview.years],
        "areas": [{"area": area.area, **_sum_values(area.sums)} for area in overview.areas],
        "ratings": [_answer_values(answer) for answer in overview.answers],
    }


def _sum_values(sums: Sums) -> dict[str, Any]:
    return {"sessions": sums.sessions, "done_s": sums.done_ms / 1000, "on_mat_s": sums.on_mat_ms / 1000}


def _streak_values(streak: Streak) -> dict[str, Any]:
    return {
        "days": streak.days,
        "longest": streak.longest,
        "longest_from": streak.longest_from.isoformat() if streak.longest_from else None,
        "longest_to": streak.longest_to.isoformat() if streak.longest_to else None,
        "today_counts": streak.today_counts,
    }


def _period_values(bar: Period) -> dict[str, Any]:
    return {
        "start": bar.start.isoformat(),
        **_sum_values(bar.sums),
        "areas": [{"area": area.area, **_sum_values(area.sums)} for area in bar.areas],
    }


def _answer_values(answer: ScaleAnswer) -> dict[str, Any]:
    line = answer.before_trend
    return {
        "scale": answer.scale_id,
        "on_mat": _change_values(answer.on_mat),
        "without_mat": _change_values(answer.without_mat),
        "areas": [{"area": area.area, **_change_values(area.change)} for area in answer.areas],
        "presets": [
            {"preset_id": preset.preset_id, **_change_values(preset.change)} for preset in answer.presets
        ],
        "newest": [
            {
                "started_at": dot.started_at.isoformat(),
                "area": dot.area,
                "before": dot.before,
                "after": dot.after,
            }
            for dot in answer.dots
        ],
        "before_by_week": [
            {"start": point.start.isoformat(), "mean": point.mean, "count": point.count}
            for point in answer.before
        ],
        "before_trend": None if line is None else {"first": line.first, "last": line.last},
    }


def _change_values(change: Change) -> dict[str, Any]:
    average, mark = change.average, change.mark
    return {
        "sessions": change.sessions,
        "rated": change.rated,
        "stage": str(change.stage),
        "average": None
        if average is None
        else {
            "before": average.before,
            "after": average.after,
            "change": average.change,
            "low": average.low,
            "high": average.high,
        },
        "important": None
        if mark is None
        else {"points": mark.points, "percent": mark.percent, "own_percent": mark.own_percent},
    }
