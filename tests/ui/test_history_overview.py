"""The overview of the history in the window: what is told, when, and what the keys do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from matsession.app.overview_reader import OverviewReader
from matsession.domain.errors import MatSessionError
from matsession.domain.settings import Settings
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.history_answer import AnswerCard
from matsession.ui.pages.history_calendar import CalendarCard
from matsession.ui.pages.history_charts import AreasCard, BeforeCard, ChangeCard, MinutesCard
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.widgets.chart import Chart
from matsession.ui.widgets.heatmap import Heatmap
from tests.fakes import FIRST_WALL
from tests.ui.conftest import World
from tests.ui.finding import Kind, button, named, press, settle, shown
from tests.ui.past import remember, session

Open = Callable[..., MainWindow]
TODAY = FIRST_WALL.date()


def open_history(world: World, open_window: Open, width: int = 1100) -> MainWindow:
    """The window, on the page of the history."""
    window = open_window(world, width)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    return window


def part(window: MainWindow, kind: type[Kind]) -> Kind:
    """The one card of this kind."""
    [found] = shown(window, kind)
    return found


def words_of(window: MainWindow, kind: type[Kind]) -> list[str]:
    """What can be read on the card of this kind."""
    return [label.text() for label in shown(part(window, kind), QLabel) if label.text()]


def test_nothing_yet(world: World, open_window: Open) -> None:
    """The calendar as it will be, a sentence, and a button that leads to a session."""
    window = open_history(world, open_window)
    assert shown(window, Heatmap)
    assert not shown(window, CalendarCard)
    assert "Your first dot goes here" in [label.text() for label in shown(window, QLabel)]
    assert button(window, "Start a session").hasFocus()
    button(window, "Start a session").click()
    assert isinstance(window.page(), SessionPage)


def test_one_session(world: World, open_window: Open) -> None:
    """A dot, a bar, and no average of one rating."""
    remember(world, session(0))
    window = open_history(world, open_window)
    assert words_of(window, CalendarCard)[:3] == [
        "1",
        "day in a row",
        "Longest run: 1 day\n1 session\n10 min on the mat",
    ]
    assert "1 of 5 sessions with ratings, too few for an average." in words_of(window, AnswerCard)
    assert not any("average" in word and "points" in word for word in words_of(window, AnswerCard))
    [dots] = shown(part(window, AnswerCard), Chart)
    assert dots.names.name(0, 0) == "Thu 19 Mar, Lower back, before 6, after 4"


def test_with_ten_ratings_the_whole_sentence(world: World, open_window: Open) -> None:
    """With its caveat, and how many were rated; single ones on request."""
    remember(world, *(session(ago) for ago in range(10)), session(10, rating_after=None))
    window = open_history(world, open_window)
    told = " ".join(words_of(window, AnswerCard))
    assert "Over 10 rated sessions your pain rating was on average 2.0 points lower afterwards" in told
    assert "This cannot tell the mat from ten minutes of rest" in told
    assert "Pain: 10 of 11 rated" in told
    assert not shown(part(window, AnswerCard), Chart)
    button(window, "Show single sessions").click()
    settle()
    assert part(window, AnswerCard).findChildren(Chart)[0].names.rowCount() == 10


def test_a_run_that_ended_is_not_spoken_of(world: World, open_window: Open) -> None:
    """A new start, and what is still there."""
    remember(world, session(5), session(6))
    window = open_history(world, open_window)
    told = words_of(window, CalendarCard)
    assert "New start today. Your 2 sessions are still here." in told
    assert "0" not in told


def test_days_in_a_row_can_be_switched_off(open_window: Open) -> None:
    """Then neither the run nor the longest one is told."""
    world = World(settings=Settings(last_preset="lower_back", show_streak=False))
    remember(world, session(0), session(1))
    window = open_history(world, open_window)
    told = " ".join(words_of(window, CalendarCard))
    assert "in a row" not in told
    assert "Longest" not in told
    assert "2 sessions" in told


def test_a_day_leads_to_its_sessions(world: World, open_window: Open) -> None:
    """Enter on a day of the calendar shows the sessions of that day alone."""
    remember(world, session(0), session(1), session(2))
    window = open_history(world, open_window)
    heatmap = part(window, Heatmap)
    assert window.focusWidget() is heatmap.focusProxy()
    press(window.focusWidget(), Qt.Key.Key_Up)
    press(window.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert not shown(window, Heatmap)
    assert "1 session" in [label.text() for label in shown(window, QLabel)]


def rest_actions(window: MainWindow) -> dict[str, bool]:
    """What the menu of days off offers, and whether it holds."""
    menu = part(window, CalendarCard).rest_menu()
    found = {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}
    menu.deleteLater()
    return found


def choose_rest(window: MainWindow, text: str) -> None:
    """Choose it."""
    menu = part(window, CalendarCard).rest_menu()
    [action] = [action for action in menu.actions() if action.text() == text]
    action.trigger()
    menu.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_rest_day_joins_a_run(world: World, open_window: Open) -> None:
    """By hand, on the day where the calendar stands; it neither breaks the run nor adds to it."""
    remember(world, session(0), session(2))
    window = open_history(world, open_window)
    assert words_of(window, CalendarCard)[0] == "1"
    press(window.focusWidget(), Qt.Key.Key_Up)
    choose_rest(window, "Wednesday 18 March is a rest day")
    assert world.store.off == {TODAY - timedelta(days=1)}
    assert words_of(window, CalendarCard)[0] == "2"
    assert rest_actions(window)["Wednesday 18 March is a rest day"]
    assert "rest day" in words_of(window, CalendarCard)
    told = window.notice()
    assert told is not None
    assert told.words == "Rest day changed."
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert world.store.off == set()
    choose_rest(window, "Wednesday 18 March is a rest day")
    choose_rest(window, "Wednesday 18 March is a rest day")
    assert world.store.off == set()


def test_a_weekday_off(world: World, open_window: Open) -> None:
    """Every Wednesday; the last day that is left cannot be given up."""
    remember(world, session(0), session(2))
    window = open_history(world, open_window)
    choose_rest(window, "Every Wednesday is a rest day")
    assert world.preferences.settings.rest_weekday_numbers == {2}
    assert words_of(window, CalendarCard)[0] == "2"
    for name in ("Monday", "Tuesday", "Thursday", "Friday", "Saturday"):
        choose_rest(window, f"Every {name} is a rest day")
    menu = part(window, CalendarCard).rest_menu()
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    menu.deleteLater()
    assert not enabled["Every Sunday is a rest day"]
    assert enabled["Every Monday is a rest day"]


@pytest.mark.expects_log("history not saved")
def test_a_rest_day_that_is_not_saved(world: World, open_window: Open) -> None:
    """The banner says why, and nothing is marked."""
    remember(world, session(0))
    window = open_history(world, open_window)
    world.store.failure = MatSessionError("The disk is full.", "Free some space and try again.")
    choose_rest(window, "Thursday 19 March is a rest day")
    assert world.store.off == set()
    assert "The disk is full." in [label.text() for label in shown(window, QLabel)]


def test_bars_by_week_month_and_year(world: World, open_window: Open) -> None:
    """One chart, three spans; names say which."""
    remember(world, session(0), session(7), session(400))
    window = open_history(world, open_window)
    card = part(window, MinutesCard)
    assert card.chart.names.name(0, 11) == "Week of 16 March, 10 minutes"
    assert len(card.chart.bars()) == 12
    button(window, "Month").click()
    assert card.chart.names.name(0, 11) == "March 2026, 20 minutes"
    assert card.accessibleName() == "Minutes per month"
    button(window, "Year").click()
    assert [bar.name for bar in card.chart.bars()] == ["2025, 10 minutes", "2026, 20 minutes"]


def test_every_chart_says_what_it_shows(world: World, open_window: Open) -> None:
    """Names and summaries for those who do not see them."""
    remember(world, *(session(ago, area="neck" if ago % 3 else "lower_back") for ago in range(40)))
    window = open_history(world, open_window)
    summaries = {chart.accessibleName(): chart.accessibleDescription() for chart in shown(window, Chart)}
    assert summaries == {
        "Minutes a day": "24 weeks: 40 sessions on 40 days.",
        "Minutes per week": "From 0 to 70 minutes a week; this week 40 so far.",
        "Pain change by area": "2 areas with enough ratings to compare, 0 with too few.",
        "Pain before a session": "7 weeks with ratings, from 6.0 to 6.0; the last 6.0.",
        "Time per area": "2 areas; most time: Neck.",
    }
    change = part(window, ChangeCard).chart
    assert change.names.name(0, 0) == "Neck, 26 of 26 rated, before 6.0, after 4.0"


def test_no_line_through_few_weeks(world: World, open_window: Open) -> None:
    """Under 14 points it says from when on there is one."""
    remember(world, *(session(7 * ago) for ago in range(13)))
    window = open_history(world, open_window)
    card = part(window, BeforeCard)
    assert card.caption.text() == "Average of each week, 0 to 10. A line is drawn from 14 weeks on."
    world.journal.discard(world.store.rows["row-0"])  # 12 of them
    remember(world, session(7 * 13), session(7 * 14))
    world.journal.changed.emit()
    assert card.caption.text() == "Average of each week, 0 to 10, and a straight line through them"


def test_another_rating_can_be_looked_at(world: World, open_window: Open) -> None:
    """Where there are several, both cards follow one choice."""
    remember(world, session(0), session(1), session(2, rating_scale="stress_nrs", area="neck"))
    window = open_history(world, open_window)
    change, answer = part(window, ChangeCard), part(window, AnswerCard)
    assert change.accessibleName() == "Pain change by area"
    assert [change.scales.itemText(number) for number in range(2)] == ["Pain", "Stress"]
    answer.scales.setCurrentIndex(1)
    answer.scales.activated.emit(1)
    assert change.accessibleName() == "Stress change by area"
    assert change.scales.currentIndex() == 1
    assert "Stress: 1 of 1 rated" in words_of(window, AnswerCard)


def test_one_rating_needs_no_choice(world: World, open_window: Open) -> None:
    """And without any rating there is a sentence in the place of the charts."""
    remember(world, session(0, rating_scale="", rating_before=None, rating_after=None))
    window = open_history(world, open_window)
    assert not part(window, ChangeCard).scales.isVisible()
    assert "Rate a few sessions and the change shows here." in words_of(window, ChangeCard)
    assert "Rate a few sessions and the change shows here." in words_of(window, BeforeCard)
    assert not shown(part(window, ChangeCard), Chart)


def test_charts_stand_beside_or_below(world: World, open_window: Open) -> None:
    """As there is room."""
    remember(world, *(session(ago) for ago in range(5)))
    window = open_history(world, open_window)
    minutes, change = part(window, MinutesCard), part(window, ChangeCard)
    assert minutes.y() == change.y()
    window.resize(420, 640)
    settle()
    assert change.y() > minutes.y() + minutes.height()
    assert part(window, AreasCard).width() <= 420


def test_it_is_read_only_while_it_is_seen(world: World, open_window: Open) -> None:
    """A change costs nothing while another page is open, and is there when one comes back."""
    remember(world, session(0), session(1))
    window = open_history(world, open_window)
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    world.store.calls.clear()
    world.journal.discard(world.store.rows["row-1"])
    assert "rest_days" not in world.store.calls
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "1 session" in words_of(window, CalendarCard)[2]


def test_sums_that_are_missing_are_built_first(world: World, open_window: Open, qtbot: QtBot) -> None:
    """The window goes on meanwhile, and says how far it is."""
    remember(world, session(0))
    world.store.sums.turn_min = 0  # they were added up by another turn of the day
    window = open_window(world)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "Adding up all sessions: 100 %" in [label.text() for label in shown(window, QLabel)]
    qtbot.waitUntil(lambda: bool(shown(window, CalendarCard)))


@pytest.mark.expects_log("history not saved")
def test_a_history_that_cannot_be_read(world: World, open_window: Open) -> None:
    """The banner says why; the page stays calm."""
    world.store.failure = MatSessionError("The history cannot be read.", "It is left untouched.")
    window = open_history(world, open_window)
    told = [label.text() for label in shown(window, QLabel)]
    assert "The history cannot be read." in told
    assert "There is nothing to show as long as the history cannot be read." in told


def leave(window: MainWindow) -> None:
    """Go to another page."""
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle()


def come_back(window: MainWindow) -> list[str]:
    """Go to the history again; what the calendar tells then."""
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    return words_of(window, CalendarCard)


def test_a_page_that_is_shown_again_knows_what_others_wrote(world: World, open_window: Open) -> None:
    """A session in a terminal, or an import by the command line."""
    remember(world, session(0), session(1))
    window = open_history(world, open_window)
    leave(window)
    remember(world, session(2))
    assert come_back(window)[0] == "3"


def test_a_page_that_is_shown_days_later_shows_today(world: World, open_window: Open) -> None:
    """The program stays open for weeks; the run has ended meanwhile."""
    remember(world, session(0), session(1))
    window = open_history(world, open_window)
    window.hide()
    world.clock.advance(timedelta(days=4).total_seconds())
    window.show()
    settle()
    assert "New start today. Your 2 sessions are still here." in words_of(window, CalendarCard)
    assert part(window, Heatmap)._today == TODAY + timedelta(days=4)


def test_the_day_is_looked_at_when_the_window_comes_forward(world: World, open_window: Open) -> None:
    """Only where it has turned, as the days of the person do."""
    remember(world, session(0), session(1))
    window = open_history(world, open_window)
    calendar = part(window, CalendarCard)
    page = window.page()
    assert page is not None
    remember(world, session(2))
    world.clock.advance(timedelta(hours=4).total_seconds())  # past midnight, and still the same evening
    QApplication.sendEvent(page, QEvent(QEvent.Type.WindowActivate))
    assert words_of(window, CalendarCard)[0] == "2"
    world.clock.advance(timedelta(hours=4).total_seconds())
    QApplication.sendEvent(page, QEvent(QEvent.Type.WindowActivate))
    assert calendar.heatmap._today == TODAY + timedelta(days=1)
    assert words_of(window, CalendarCard)[0] == "3"


def test_the_reader_reads_at_once(world: World, qtbot: QtBot) -> None:
    """Nothing to add up: no turn of the event loop is waited for."""
    remember(world, session(0))
    reader = OverviewReader(world.journal, world.runner, world.library, world.preferences)
    with qtbot.waitSignal(reader.ready, timeout=0) as ready:
        reader.read()
    assert ready.args is not None
    assert ready.args[0].today == date(2026, 3, 19)


def test_named_parts(world: World, open_window: Open) -> None:
    """Each card is a group with a name."""
    remember(world, *(session(ago) for ago in range(5)))
    window = open_history(world, open_window)
    for name in ("Calendar", "Minutes per week", "Pain change by area", "Does it help me?", "Time per area"):
        assert named(window, CalendarCard.__mro__[1], name)
