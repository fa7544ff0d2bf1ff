"""The question of the next morning on the session page, and its answer in the history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from matsession.app.morning_question import MorningQuestion
from matsession.domain.errors import MatSessionError
from matsession.domain.record import SessionRecord
from matsession.storage.morning_state import MorningStateFile
from matsession.ui.main_pages import Page
from matsession.ui.main_window import MainWindow
from matsession.ui.pages.history_detail import HistoryDetail
from matsession.ui.pages.history_form import HistoryForm
from matsession.ui.pages.morning_question import MorningCard
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.rating_scale import RatingButton, RatingScale
from matsession.ui.widgets.session_table import SessionTable
from tests.ui.conftest import GUIDANCE, LOWER_BACK, NECK, World
from tests.ui.finding import accessible_text, button, click, enter, key_of, named, press, settle, shown
from tests.ui.past import remember, session

Open = Callable[..., MainWindow]

QUESTION = "How was your sleep last night?"
MORNING_FIELD = "The next morning"


def evening(days_ago: int = 1, **more: Any) -> SessionRecord:
    """A session that asks for the sleep the next morning."""
    return session(days_ago, **{"morning_scale": "sleep_sqs", "preset_name": "Deeper sleep", **more})


@pytest.fixture
def asked(world: World, open_window: Open) -> MainWindow:
    """The window on the day after."""
    remember(world, evening())
    return open_window(world)


def cards(window: MainWindow) -> list[MorningCard]:
    """The card, if it is to be seen."""
    return shown(window, MorningCard)


def scale_of(window: MainWindow) -> RatingScale:
    """Its scale."""
    [card] = cards(window)
    [scale] = shown(card, RatingScale)
    return scale


def said(window: MainWindow) -> list[str]:
    """What the card says."""
    [card] = cards(window)
    return [each.text() for each in shown(card, QLabel) if each.text()]


def kept(world: World, record_id: str = "row-1") -> int | None:
    """The answer in the history."""
    return world.store.rows[record_id].morning_rating


def undo(window: MainWindow) -> None:
    """By the key for it."""
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()


def told(window: MainWindow) -> str:
    """What the notice says."""
    notice = window.notice()
    return notice.words if notice is not None else ""


def number(scale: RatingScale, value: int) -> RatingButton:
    """The button of it."""
    return next(each for each in shown(scale, RatingButton) if each.value == value)


def test_it_is_asked_the_day_after(asked: MainWindow, world: World) -> None:
    """With the question of the scale, the words at its ends, and which session it is about."""
    assert said(asked) == [
        QUESTION,
        "Yesterday 21:04: Deeper sleep. You need not answer.",
        "0 terrible",
        "10 excellent",
    ]
    assert scale_of(asked).rating() is None
    assert kept(world) is None


@pytest.mark.parametrize(
    "row",
    [
        evening(0),
        evening(2),
        evening(morning_scale=""),
        evening(morning_scale="of_a_newer_version"),
        evening(morning_rating=7),
    ],
)
def test_at_any_other_time_there_is_nothing(world: World, open_window: Open, row: SessionRecord) -> None:
    """No row, and no room for one."""
    remember(world, row)
    assert open_window(world).findChildren(MorningCard) == []


def test_a_click_answers_and_can_be_taken_back(asked: MainWindow, world: World) -> None:
    """It is in the history at once, and the card is gone; Undo asks again."""
    click(number(scale_of(asked), 7))
    assert kept(world) == 7
    assert cards(asked) == []
    assert told(asked) == "Saved: 7 of 10."
    undo(asked)
    assert kept(world) is None
    assert scale_of(asked).rating() is None


@pytest.mark.parametrize(("keys", "rating"), [("0", 0), ("8", 8), ("1", 1), ("10", 10)])
def test_digits_choose_and_enter_saves(asked: MainWindow, world: World, keys: str, rating: int) -> None:
    """The Enter that follows a digit saves it, and starts no session."""
    enter(scale_of(asked), keys)
    assert kept(world) is None
    press(asked.focusWidget(), Qt.Key.Key_Return)
    assert kept(world) == rating
    assert cards(asked) == []
    assert not world.runner.active


def test_arrows_choose_and_enter_saves(asked: MainWindow, world: World) -> None:
    """Whoever goes through the numbers has not answered yet, and starts no session by saving."""
    scale = scale_of(asked)
    scale.focus_scale()
    for _ in range(4):
        press(asked.focusWidget(), Qt.Key.Key_Right)
    assert kept(world) is None
    assert said(asked)[1] == "3 of 10. Enter saves it."
    press(asked.focusWidget(), Qt.Key.Key_Return)
    assert kept(world) == 3
    assert cards(asked) == []
    assert not world.runner.active


def test_backspace_clears_what_was_chosen(asked: MainWindow, world: World) -> None:
    """Nothing is saved."""
    scale = scale_of(asked)
    scale.focus_scale()
    press(asked.focusWidget(), Qt.Key.Key_Right)
    press(asked.focusWidget(), Qt.Key.Key_Backspace)
    assert said(asked)[1].startswith("Yesterday")
    assert kept(world) is None


def test_skip_asks_no_more(asked: MainWindow, world: World) -> None:
    """Not after a restart either; Undo asks again."""
    skip(asked).click()
    assert cards(asked) == []
    assert kept(world) is None
    assert told(asked) == "Skipped. The answer can be added in the history."
    assert again(world).asked() is None
    undo(asked)
    assert len(cards(asked)) == 1
    assert again(world).asked() is not None


def skip(window: MainWindow) -> Button:
    """Its button."""
    return named(window, Button, "Skip this question")


def again(world: World) -> MorningQuestion:
    """As a program that was started anew asks."""
    keeper = MorningStateFile(world.morning_file)
    return MorningQuestion(world.journal, world.book, world.preferences, GUIDANCE, keeper)


def test_the_question_of_the_next_evening_comes_all_the_same(asked: MainWindow, world: World) -> None:
    """One that was passed over is one."""
    skip(asked).click()
    remember(world, evening(0, id="next"))
    world.clock.advance(timedelta(hours=12).total_seconds())
    activate(asked)
    assert len(cards(asked)) == 1
    click(number(scale_of(asked), 5))
    assert (kept(world), kept(world, "next")) == (None, 5)


def activate(window: MainWindow) -> None:
    """Bring the window forward."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    settle()


def test_a_window_that_was_left_open_asks_when_it_comes_forward(world: World, open_window: Open) -> None:
    """Not by itself in the night."""
    remember(world, evening(0))
    window = open_window(world)
    world.clock.advance(timedelta(hours=11).total_seconds())
    settle()
    assert cards(window) == []
    activate(window)
    assert len(cards(window)) == 1


def test_it_asks_whoever_comes_back_to_the_page(world: World, open_window: Open) -> None:
    """From another page."""
    remember(world, evening(0))
    window = open_window(world)
    world.clock.advance(timedelta(hours=11).total_seconds())
    press(window, key_of(Page.HISTORY), Qt.KeyboardModifier.ControlModifier)
    press(window, key_of(Page.SESSION), Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(cards(window)) == 1


@pytest.mark.expects_log("the answer of the morning is not kept")
def test_what_cannot_be_saved_is_told(asked: MainWindow, world: World) -> None:
    """And the question stays."""
    world.store.failure = MatSessionError("The disk is full.", "Free some space.")
    click(number(scale_of(asked), 7))
    assert told(asked) == "The disk is full. Free some space."
    world.store.failure = None
    activate(asked)
    assert len(cards(asked)) == 1
    world.store.rows["row-1"] = replace(evening(), area=" ")  # as a file may bring it
    click(number(scale_of(asked), 7))
    assert told(asked).startswith("The answer could not be saved.")
    assert kept(world) is None


@pytest.mark.expects_log("passed over is not kept")
def test_a_skip_that_cannot_be_kept_is_told(asked: MainWindow, world: World) -> None:
    """And asked again."""
    world.morning_file.mkdir(parents=True)
    skip(asked).click()
    assert told(asked)
    assert len(cards(asked)) == 1


def test_tab_comes_to_it_before_what_stands_below(asked: MainWindow) -> None:
    """In the order in which it is seen: first the scale, once, then Skip."""
    [page], [card] = shown(asked, SessionPage), cards(asked)
    stops: list[QWidget] = []
    for _ in range(40):
        press(asked.focusWidget(), Qt.Key.Key_Tab)
        stops.append(asked.focusWidget())
    place = stops.index(number(scale_of(asked), 0), 1)
    assert not page.isAncestorOf(stops[place - 1])
    assert stops[place + 1] is skip(asked)
    below = stops[place + 2]
    assert page.isAncestorOf(below)
    assert below.mapTo(page, QPoint()).y() > card.mapTo(page, card.rect().bottomLeft()).y()


def test_a_screen_reader_hears_what_is_asked(asked: MainWindow) -> None:
    """The group by its question and ends, the card with the session it is about."""
    [card] = cards(asked)
    assert accessible_text(card, QAccessible.Text.Name) == QUESTION
    about = accessible_text(card, QAccessible.Text.Description)
    assert about == "Yesterday 21:04: Deeper sleep. You need not answer."
    scale = scale_of(asked)
    assert accessible_text(scale, QAccessible.Text.Name) == f"{QUESTION} 0 terrible, 10 excellent"
    hint = accessible_text(scale, QAccessible.Text.Description)
    assert hint == "Number keys and arrows choose, Enter saves."


def test_the_history_shows_and_corrects_it(asked: MainWindow, world: World) -> None:
    """In the session in full, and in the form."""
    click(number(scale_of(asked), 7))
    open_first(asked)
    [detail] = shown(asked, HistoryDetail)
    told_of_it = "\n".join(each.text() for each in shown(detail, QLabel))
    assert "Sleep, the next morning: 7 of 10" in told_of_it
    press(detail, Qt.Key.Key_F2)
    settle()
    scale = named(asked, RatingScale, f"{MORNING_FIELD}: {QUESTION}")
    assert scale.rating() == 7
    enter(scale, "4")
    button(asked, "Save").click()
    assert kept(world) == 4


def open_first(window: MainWindow) -> None:
    """The newest session of the history, in full."""
    press(window, key_of(Page.HISTORY), Qt.KeyboardModifier.ControlModifier)
    button(window, "Sessions").click()
    settle()
    [table] = shown(window, SessionTable)
    table.setFocus()
    table.select([0])
    press(table, Qt.Key.Key_Return)
    settle()


def form_on(world: World, qtbot: QtBot, row: SessionRecord | None) -> HistoryForm:
    """The form by itself, about this line, or a new one."""
    form = HistoryForm(world.book, world.library)
    qtbot.addWidget(form)
    if row is None:
        form.add(world.clock.now().wall, "lower_back")
    else:
        remember(world, row)
        form.correct(row)
    form.show()
    return form


def fields(form: HistoryForm) -> list[RatingScale]:
    """The scales that can be seen."""
    return [
        each for each in shown(form, RatingScale) if each.accessibleName().startswith(f"{MORNING_FIELD}:")
    ]


def sleepers() -> World:
    """A world whose first preset asks for the sleep; the second does not."""
    return World(presets=(replace(LOWER_BACK, rating_next_morning="sleep_sqs"), NECK))


def test_the_form_has_no_field_where_nothing_is_asked(world: World, qtbot: QtBot) -> None:
    """As with most presets."""
    assert fields(form_on(world, qtbot, session(1))) == []


def test_an_answer_can_be_added_to_an_older_session(qtbot: QtBot) -> None:
    """One from before the program kept what is asked: it keeps that along with the answer, and only then."""
    world = sleepers()
    form = form_on(world, qtbot, session(1))
    [scale] = fields(form)
    assert not form.changed
    form._note.setPlainText("quiet")
    form.save()
    assert (world.store.rows["row-1"].note, world.store.rows["row-1"].morning_scale) == ("quiet", "")
    enter(scale, "6")
    form.save()
    row = world.store.rows["row-1"]
    assert (row.morning_scale, row.morning_rating) == ("sleep_sqs", 6)


def test_a_session_added_by_hand_takes_the_question_of_its_preset(qtbot: QtBot) -> None:
    """And not the one of a preset that was chosen before."""
    world = sleepers()
    form = form_on(world, qtbot, None)
    [scale] = fields(form)
    enter(scale, "6")
    form._preset.setCurrentIndex(1)
    form._preset.activated.emit(1)
    assert fields(form) == []
    form.save()
    [row] = world.store.rows.values()
    assert (row.preset_id, row.morning_scale, row.morning_rating) == ("neck", "", None)
