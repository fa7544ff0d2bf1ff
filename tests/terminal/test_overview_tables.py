"""What the history adds up to, printed; and the patience it may take."""

import io
import re
from datetime import date

import pytest

from matsession.app.history_overview import Overview
from matsession.domain.statistics import AreaSums, CalendarDay, Period, Sums
from matsession.domain.streak import Streak
from matsession.terminal.overview_tables import finish, print_overview


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


def test_what_is_quick_says_nothing() -> None:
    """Half a second is no time to talk about."""
    screen = Screen()
    moments = iter([0.0, 0.2, 0.4])
    finish(iter([0.5, 1.0]), screen, lambda: next(moments))
    assert screen.getvalue() == ""


def test_what_takes_long_says_how_far_it_has_come() -> None:
    """On one line, which is ended at the end."""
    screen = Screen()
    moments = iter([0.0, 0.4, 0.8, 1.2])
    finish(iter([0.3, 0.6, 1.0]), screen, lambda: next(moments))
    assert screen.getvalue() == "\rAdding up all sessions: 60 %\rAdding up all sessions: 100 %\n"


def test_a_file_is_not_filled_with_progress() -> None:
    """Whoever reads it later does not wait."""
    file = io.StringIO()
    moments = iter([0.0, 5.0])
    finish(iter([1.0]), file, lambda: next(moments))
    assert file.getvalue() == ""


def test_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than it, and bars begin with the first session."""
    monkeypatch.setenv("COLUMNS", "60")
    ten = Sums(sessions=1, done_ms=600_000, on_mat_ms=540_000)
    day = CalendarDay(date(2026, 3, 19), ten, rest=False, ahead=False)
    bars = (
        Period(date(2026, 3, 9), Sums(), ()),
        Period(date(2026, 3, 16), ten, (AreaSums("neck", ten),)),
    )
    overview = Overview(
        today=date(2026, 3, 19),
        total=ten,
        streak=Streak(0, 1, date(2026, 3, 19), date(2026, 3, 19)),
        calendar=(day,),
        weeks=bars,
        months=bars,
        years=bars,
        areas=(AreaSums("neck", ten),),
        answers=(),
    )
    screen = Screen()
    print_overview(overview, screen)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[1] == "New start today. Your session is still here."
    assert not any(line.startswith("2026-03-09") for line in lines)
    assert any(line.split() == ["2026-03-16", "1", "10", "9"] for line in lines)
