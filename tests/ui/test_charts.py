"""Heatmap and charts: what stands where, what a cell is called, where the keys lead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from matsession.domain.statistics import CalendarDay, HeatLevel, Sums
from matsession.ui.theme import tokens, u
from matsession.ui.widgets.area_bars import AreaBars, AreaRow
from matsession.ui.widgets.bar_chart import Bar, BarChart, grid_step
from matsession.ui.widgets.before_chart import BeforeChart, Week
from matsession.ui.widgets.change_chart import ChangeChart, ChangeRow
from matsession.ui.widgets.chart import Chart
from matsession.ui.widgets.heatmap import FEWEST_WEEKS, RADII, Heatmap
from tests.ui.finding import press, settle

TODAY = date(2026, 3, 19)
"""A Thursday."""
WEEKS = 24
FIRST = TODAY - timedelta(days=TODAY.weekday() + 7 * (WEEKS - 1))


def calendar(minutes: dict[date, int], rest: frozenset[date] = frozenset()) -> list[CalendarDay]:
    """Whole weeks up to the one of today."""
    days = []
    for number in range(7 * WEEKS):
        day = FIRST + timedelta(days=number)
        sums = Sums(1, 60_000 * minutes[day]) if day in minutes else Sums()
        days.append(CalendarDay(day, sums, day in rest, day > TODAY))
    return days


def heatmap(qtbot: QtBot, days: list[CalendarDay], width: int = 800) -> Heatmap:
    """On the screen."""
    shown = Heatmap()
    qtbot.addWidget(shown)
    shown.resize(width, 300)
    shown.show()
    shown.show_days(days, TODAY, "All of it.")
    settle()
    return shown


def table(widget: Heatmap) -> Chart:
    """Its table."""
    found = widget.findChild(Chart)
    assert found is not None
    return found


def names(chart: Chart) -> list[str]:
    """What a screen reader hears of each cell, row by row."""
    model, said = chart.model(), Qt.ItemDataRole.AccessibleTextRole
    return [
        str(model.index(row, column).data(said) or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def test_a_day_says_all_of_itself(qtbot: QtBot) -> None:
    """Day, minutes and sessions; a rest day; today; and nothing of a day that has not come."""
    days = calendar({date(2026, 2, 28): 20}, frozenset({date(2026, 3, 1)}))
    shown = heatmap(qtbot, days)
    told = names(table(shown))
    assert "Saturday 28 February, 20 minutes, 1 session" in told
    assert "Sunday 1 March, rest day" in told
    assert "Today, Thursday 19 March, no session" in told
    assert not any("20 March" in name for name in told)


def test_it_is_a_table_with_a_summary(qtbot: QtBot) -> None:
    """Role, name, and the whole of it in a sentence."""
    shown = heatmap(qtbot, calendar({}))
    seen = QAccessible.queryAccessibleInterface(table(shown))
    assert seen.role() is QAccessible.Role.Table
    assert seen.text(QAccessible.Text.Name) == "Minutes a day"
    assert seen.text(QAccessible.Text.Description) == "All of it."


def test_arrows_go_by_day_and_week(qtbot: QtBot) -> None:
    """Keys begin today; Sunday is followed by Monday; there is no way into days to come."""
    shown = heatmap(qtbot, calendar({}))
    shown.setFocus(Qt.FocusReason.TabFocusReason)

    def after(*keys: Qt.Key) -> date:
        for key in keys:
            press(table(shown), key)
        here = shown.current_day()
        assert here is not None
        return here.day

    assert after() == TODAY
    assert after(Qt.Key.Key_Down) == TODAY
    assert after(Qt.Key.Key_Left) == TODAY - timedelta(days=7)
    assert after(*[Qt.Key.Key_Up] * 4) == TODAY - timedelta(days=11)
    assert after(Qt.Key.Key_Down) == TODAY - timedelta(days=10)
    assert after(Qt.Key.Key_Home) == FIRST
    assert after(Qt.Key.Key_Left) == FIRST
    assert after(Qt.Key.Key_End) == TODAY


def test_where_the_keys_are_there_is_a_tooltip(qtbot: QtBot) -> None:
    """It says what a screen reader says."""
    shown = heatmap(qtbot, calendar({TODAY: 15}))
    with qtbot.waitActive(shown):
        shown.activateWindow()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    press(table(shown), Qt.Key.Key_Home)
    press(table(shown), Qt.Key.Key_End)
    assert QToolTip.text() == "Today, Thursday 19 March, 15 minutes, 1 session"
    QToolTip.hideText()


def test_enter_and_a_double_click_pick_a_day(qtbot: QtBot) -> None:
    """Its sessions are to be seen."""
    shown = heatmap(qtbot, calendar({}))
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(shown.day_picked) as picked:
        press(table(shown), Qt.Key.Key_Return)
    assert picked.args == [TODAY]
    place = table(shown).visualRect(table(shown).names.index(0, 0)).center()
    with qtbot.waitSignal(shown.day_picked) as picked:
        QTest.mouseDClick(table(shown).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == [FIRST]


@pytest.mark.parametrize("width", [160, 300, 420, 560, 900])
def test_as_many_weeks_as_fit(qtbot: QtBot, width: int) -> None:
    """At least ten, the newest ones, and none is cut off."""
    shown = heatmap(qtbot, calendar({}), width)
    assert FEWEST_WEEKS <= shown.weeks_shown() <= WEEKS
    assert "Today, Thursday 19 March, no session" in names(table(shown))
    assert table(shown).geometry().right() <= width
    assert table(shown).horizontalHeader().length() <= table(shown).width()


def test_more_minutes_are_a_larger_dot(qtbot: QtBot) -> None:
    """Each level covers more of its place than the one before; a day to come covers none."""
    levels = {TODAY: 25, TODAY - timedelta(days=1): 12, TODAY - timedelta(days=2): 5}
    shown = heatmap(qtbot, calendar(levels))
    picture = table(shown).viewport().grab().toImage()
    ground = picture.pixelColor(0, 0)

    def covered(day: date) -> int:
        number = (day - FIRST).days
        area = (
            table(shown).visualRect(table(shown).names.index(number % 7, number // 7)).adjusted(2, 2, -2, -2)
        )
        return sum(
            picture.pixelColor(x, y) != ground
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom())
        )

    days = [TODAY - timedelta(days=ago) for ago in (-1, 3, 2, 1)]
    sizes = [covered(day) for day in days]
    assert sizes == sorted(sizes)
    assert sizes[0] == 0
    assert len(set(sizes)) == len(sizes)
    assert list(RADII.values()) == sorted(RADII.values())
    assert set(RADII) == set(HeatLevel)


# -- bars ----------------------------------------------------------------------------------------------


def bar_chart(qtbot: QtBot, values: list[int], width: int = 400) -> BarChart:
    """On the screen."""
    chart = BarChart("Minutes per week")
    qtbot.addWidget(chart)
    chart.resize(width, 300)
    chart.show()
    bars = tuple(
        Bar(value, f"{number}", f"Week {number}, {value} minutes", number == len(values) - 1)
        for number, value in enumerate(values)
    )
    chart.show_bars("Minutes per week", bars, "From 0 to 75 minutes a week.")
    settle()
    return chart


@given(st.integers(0, 10**7))
def test_the_grid_has_few_lines_and_holds_the_highest(highest: int) -> None:
    """Steps of 30 minutes, or more; five lines at the most."""
    step = grid_step(highest)
    assert step % 30 == 0
    assert highest <= 4 * step
    assert step == 30 or highest > step


def test_bars_have_names_and_heights(qtbot: QtBot) -> None:
    """A bar is as high as its minutes are beside the top line; nothing is a bar without height."""
    chart = bar_chart(qtbot, [0, 45, 90])
    assert names(chart) == ["Week 0, 0 minutes", "Week 1, 45 minutes", "Week 2, 90 minutes"]
    assert chart.top() == 90
    heights = [chart.bar_area(number).height() for number in range(3)]
    assert heights == [0, chart.plot().height() / 2, chart.plot().height()]


def test_a_click_is_on_the_bar_under_it(qtbot: QtBot) -> None:
    """The cells lie where the bars are painted."""
    chart = bar_chart(qtbot, [10, 20, 30, 40, 50])
    for number in range(5):
        middle = chart.bar_area(number).center().toPoint()
        assert chart.indexAt(middle).column() == number


def test_narrow_bars_leave_out_the_oldest(qtbot: QtBot) -> None:
    """No number is cut off or lies upon another."""
    chart = bar_chart(qtbot, [1200 + number for number in range(12)], width=170)
    assert 1 < len(chart.bars()) < 12
    assert chart.bars()[-1].now
    widest = chart.fontMetrics().horizontalAdvance("1,211") * 0.86
    assert chart.slot_px() >= widest


# -- before and after ------------------------------------------------------------------------------------


def change_chart(qtbot: QtBot, width: int = 500) -> ChangeChart:
    """Three areas: lower, the same, and too few to say."""
    chart = ChangeChart("Pain change by area")
    qtbot.addWidget(chart)
    rows = (
        ChangeRow("Lower back", "32 of 40 rated", "Lower back, before 5.9, after 4.1", 5.9, 4.1, "\u22121.8"),
        ChangeRow("Neck", "9 of 9 rated, early", "Neck, before 3.0, after 3.0", 3.0, 3.0, "0.0"),
        ChangeRow("Calves", "3 of 3 rated", "Calves, too few to compare", words="Too few ratings to compare"),
    )
    chart.show_rows("Pain change by area", rows, "Two areas.")
    chart.resize(width, chart.heightForWidth(width))
    chart.show()
    settle()
    return chart


@pytest.mark.parametrize("width", [200, 500])
def test_before_and_after_stand_at_their_rating(qtbot: QtBot, width: int) -> None:
    """Where the axis says so; with too few ratings there is no mark at all."""
    chart = change_chart(qtbot, width)
    picture = chart.viewport().grab().toImage()
    accent = tokens().accent
    row = chart.visualRect(chart.names.index(0, 0))
    y = row.bottom() - u(6.5) - u(4) if chart.stacked() else row.center().y()
    assert picture.pixelColor(QPointF(chart.x_of(4.1), y).toPoint()).name().upper() == accent
    last = chart.visualRect(chart.names.index(2, 0))
    accents = {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(last.top(), last.bottom())
    }
    assert accent not in accents
    assert tokens().before not in accents


def test_rows_have_names_and_a_table(qtbot: QtBot) -> None:
    """A row is one cell that says all."""
    chart = change_chart(qtbot)
    assert names(chart) == [
        "Lower back, before 5.9, after 4.1",
        "Neck, before 3.0, after 3.0",
        "Calves, too few to compare",
    ]
    assert QAccessible.queryAccessibleInterface(chart).role() is QAccessible.Role.Table


# -- the usual level, areas --------------------------------------------------------------------------------


def test_weeks_without_ratings_are_passed_over(qtbot: QtBot) -> None:
    """The keys go from one point to the next."""
    chart = BeforeChart("Pain before a session")
    qtbot.addWidget(chart)
    chart.resize(400, 230)
    chart.show()
    weeks = (
        Week("2 Mar", "Week of 2 March, before 5.0", 5.0),
        Week("9 Mar", ""),
        Week("16 Mar", "Last", 4.0),
    )
    chart.show_weeks("Pain before a session", weeks, None, "Two weeks.")
    with qtbot.waitActive(chart):
        chart.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.currentIndex().column() == 2
    press(chart, Qt.Key.Key_Left)
    assert chart.currentIndex().column() == 0
    press(chart, Qt.Key.Key_Left)
    assert chart.currentIndex().column() == 0


def test_a_line_only_where_it_is_handed_over(qtbot: QtBot) -> None:
    """Without a trend nothing joins the points."""
    chart = BeforeChart("Before")
    qtbot.addWidget(chart)
    chart.resize(400, 230)
    chart.show()
    weeks = tuple(Week(f"{number}", f"Week {number}", 5.0) for number in range(14))
    pictures = []
    for trend in (None, (7.0, 7.0)):
        chart.show_weeks("Before", weeks, trend, "")
        settle()
        pictures.append(chart.viewport().grab().toImage())
    assert pictures[0] != pictures[1]


def test_areas_are_as_long_as_their_share(qtbot: QtBot) -> None:
    """And each row says its time."""
    chart = AreaBars("Time per area")
    qtbot.addWidget(chart)
    chart.resize(300, 120)
    chart.show()
    rows = (
        AreaRow("Neck", "10 min", 1.0, "Neck, 10 minutes"),
        AreaRow("Feet", "5 min", 0.5, "Feet, 5 minutes"),
    )
    chart.show_rows(rows, "Two areas.")
    settle()
    picture = chart.viewport().grab().toImage()
    lengths = []
    for number in range(2):
        y = chart.visualRect(chart.names.index(number, 0)).bottom() - u(8)
        lengths.append(
            sum(picture.pixelColor(x, y).name().upper() == tokens().accent for x in range(picture.width()))
        )
    assert lengths[1] == pytest.approx(lengths[0] / 2, abs=4)
    assert names(chart) == ["Neck, 10 minutes", "Feet, 5 minutes"]
