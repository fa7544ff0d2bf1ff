"""The list of scenes: every page and state of the window that there is a picture of.

To add one, write a function that opens the stage and drives the program there, and give it its page and
state: the picture is called ``<page>-<state>-<theme>-<size>.png``. Drive it as a person does, by keys, clicks
and the passing of time; so a picture cannot show what the program never shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from matsession.app import reminder_words, texts
from matsession.app.ports import Notice, NoticeAnswer, SoundProblem
from matsession.app.reminder_sessions import RemindedSession
from matsession.domain.mat import Mat
from matsession.domain.reminder import QuietSpan, Reminder, SnoozeWish
from matsession.domain.reminder_times import WhyNot
from matsession.domain.settings import AT_FIRST
from matsession.domain.week import Weekday
from matsession.ui.main_pages import Page
from matsession.ui.pages.history_data import HistoryData
from matsession.ui.pages.mat_editor import MatEditor
from matsession.ui.pages.morning_question import MorningCard
from matsession.ui.pages.session_choice import ChoiceCard
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.day_pills import DayPill, DayPills
from matsession.ui.widgets.field import DayField, TextField
from matsession.ui.widgets.mat_card import MatCard
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.toast import Toast
from tools.shots.sample_history import before_sleep, left_open, one_session, ten_years
from tools.shots.stage import USUAL, Stage
from tools.shots.stand_ins import HEADSET, HeldBackNotices, QuietSound

IMPORTED: Final = """started_at,area,done_s,rating_before
2026-03-01T21:00:00+01:00,neck,600,5
2026-03-02T21:00:00+01:00,neck,600,11
"""
"""A file of sessions; nobody can rate 11."""

NUMB_FEET: Final = "Numb feet, or another loss of feeling"

MORNING_S: Final = 10.5 * 3600
"""From the evening of the scenes to half past seven."""

SESSION_S: Final = 600
"""The length of the usual session."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of one page."""

    page: str
    state: str
    drive: Callable[[Stage], None]
    """Opens the stage, and leads the program there."""
    whole: bool = False
    """Whether every part of a page that scrolls has its picture."""

    @property
    def name(self) -> str:
        """What its pictures begin with."""
        return f"{self.page}-{self.state}"


SCENES: Final[list[Scene]] = []


def scene(
    page: str, state: str, *, whole: bool = False
) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
    """Put the function into the list."""

    def put(drive: Callable[[Stage], None]) -> Callable[[Stage], None]:
        SCENES.append(Scene(page, state, drive, whole))
        return drive

    return put


# -- session ---------------------------------------------------------------------------------------


@scene("session", "ready", whole=True)
def session_ready(stage: Stage) -> None:
    """As it opens: the session done last."""
    stage.open()


@scene("session", "other-preset")
def session_other_preset(stage: Stage) -> None:
    """Another one was chosen, with a rating before."""
    stage.open(settings=replace(USUAL, last_preset="upper_back_shoulders"))
    QTest.keyClicks(stage.find(RatingScale), "6")


@scene("session", "other-place", whole=True)
def session_other_place(stage: Stage) -> None:
    """Another place was chosen on the body map."""
    stage.open()
    stage.click("Calves")


@scene("session", "all-presets")
def session_all_presets(stage: Stage) -> None:
    """Every preset is there to choose from; where it is narrow, from a list that drops down."""
    stage.open()
    drops = [each for each in stage.window.findChildren(Choice) if each.isVisible()]
    if drops:
        drops[0].showPopup()
        stage.settle()
    else:
        stage.click("All presets")


@scene("session", "last-days", whole=True)
def session_last_days(stage: Stage) -> None:
    """The figures show the sessions of the last 14 days."""
    stage.open()
    stage.press(Qt.Key.Key_Tab)
    stage.press(Qt.Key.Key_Space)


@scene("session", "details", whole=True)
def session_details(stage: Stage) -> None:
    """Every reason against the mat is told, with layers, what is known, and the sources."""
    stage.open()
    stage.click("Show details")


@scene("session", "vendor-claim", whole=True)
def session_vendor_claim(stage: Stage) -> None:
    """The details quote what a seller says of such sessions."""
    stage.open(settings=replace(USUAL, last_preset="goal_daily_ten"))
    stage.click("Show details")


@scene("session", "opt-in", whole=True)
def session_opt_in(stage: Stage) -> None:
    """A preset that needs more care says so without being asked."""
    stage.open(settings=replace(USUAL, last_preset="stomach"))


@scene("session", "first-start")
def session_first_start(stage: Stage) -> None:
    """Nothing was ever done or chosen."""
    stage.open(settings=replace(USUAL, last_preset="first_session", last_output=""), history=False)


@scene("session", "ask-first", whole=True)
def session_ask_first(stage: Stage) -> None:
    """An answer cautions every preset on the mat."""
    stage.open(settings=replace(USUAL, true_for_me={"blood_pressure": True}))


@scene("session", "hidden", whole=True)
def session_hidden(stage: Stage) -> None:
    """Some presets are not offered because of an answer."""
    stage.open(settings=replace(USUAL, true_for_me={"neuropathy": True}))


@scene("session", "hidden-anyway", whole=True)
def session_hidden_anyway(stage: Stage) -> None:
    """They are listed all the same, and one of them is chosen."""
    stage.open(settings=replace(USUAL, true_for_me={"neuropathy": True}))
    stage.click("Show them anyway")
    stage.find(ChoiceCard).choose("feet_standing")
    stage.settle()


@scene("session", "two-mats", whole=True)
def session_two_mats(stage: Stage) -> None:
    """Which of two mats is in use is a line of the plan."""
    stage.write_mats(SOFT_MAT, RIGID_MAT, in_use=RIGID_MAT.id)
    stage.open()


@scene("session", "left-over")
def session_left_over(stage: Stage) -> None:
    """A crash left a session, which is offered."""
    stage.open(left_open=left_open())


@scene("session", "next-morning", whole=True)
def session_next_morning(stage: Stage) -> None:
    """The morning after a session for the sleep: how it was, to be answered or passed over."""
    stage.clock.advance(MORNING_S)
    stage.open(more=(before_sleep(),))


@scene("session", "next-morning-answered")
def session_next_morning_answered(stage: Stage) -> None:
    """It was answered, which can be taken back."""
    session_next_morning(stage)
    [scale] = stage.find(MorningCard).findChildren(RatingScale)
    QTest.keyClicks(scale, "7")
    stage.press(Qt.Key.Key_Return)


# -- the programme ---------------------------------------------------------------------------------

FOLLOWING: Final = replace(USUAL, programme_shown=True)
"""Somebody who wants the programme on the session page."""


@scene("programme", "offer")
def programme_offer(stage: Stage) -> None:
    """It is offered, in one row."""
    stage.open(settings=replace(FOLLOWING, last_preset="first_session"), history=False)


@scene("programme", "first", whole=True)
def programme_first(stage: Stage) -> None:
    """It has just been started: the first day, unfolded."""
    programme_offer(stage)
    unfold(stage)
    stage.click("Start the programme")


@scene("programme", "active")
def programme_active(stage: Stage) -> None:
    """Day 3, which is not what the page shows yet."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(2))


@scene("programme", "details", whole=True)
def programme_details(stage: Stage) -> None:
    """Day 11, unfolded."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(10))
    unfold(stage)


@scene("programme", "chosen")
def programme_chosen(stage: Stage) -> None:
    """Day 3 was chosen: Start starts it."""
    programme_active(stage)
    unfold_where_narrow(stage)
    stage.click("Choose this")


@scene("programme", "question", whole=True)
def programme_question(stage: Stage) -> None:
    """It is asked about marks of yesterday."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(2, answered=False))
    unfold_where_narrow(stage)


@scene("programme", "trouble")
def programme_trouble(stage: Stage) -> None:
    """Something was wrong: the day of a bruise is behind, and can be taken back."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(6, ago=2))
    unfold(stage)
    stage.click("A bruise")


@scene("programme", "waiting")
def programme_waiting(stage: Stage) -> None:
    """Broken skin: it waits."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(5))
    unfold(stage)
    stage.click("Broken skin")
    stage.find(Toast).dismiss()


@scene("programme", "rest")
def programme_rest(stage: Stage) -> None:
    """A day off."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(6))
    unfold(stage)


@scene("programme", "instead")
def programme_instead(stage: Stage) -> None:
    """Numb feet: day 4 has another session in the place of its own."""
    numb = replace(FOLLOWING, true_for_me={"neuropathy": True})
    stage.open(settings=numb, more=stage.follow_programme(3))
    unfold(stage)


@scene("programme", "nothing-fits")
def programme_nothing_fits(stage: Stage) -> None:
    """No session is left."""
    feverish = replace(FOLLOWING, true_for_me={"fever": True})
    stage.open(settings=feverish, more=stage.follow_programme(3))
    unfold(stage)


@scene("programme", "left")
def programme_left(stage: Stage) -> None:
    """Left some time ago, and shown again."""
    programme_active(stage)
    unfold(stage)
    stage.click("Leave the programme")
    stage.program.preferences.change(programme_shown=True)
    stage.settle()


@scene("programme", "done")
def programme_done(stage: Stage) -> None:
    """Done for today."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(3, ago=0))


@scene("programme", "paused")
def programme_paused(stage: Stage) -> None:
    """Paused, with the way to take that back."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(4))
    unfold(stage)
    stage.click("Pause")


@scene("programme", "finished")
def programme_finished(stage: Stage) -> None:
    """All days are done."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(14))
    unfold(stage)


@scene("programme", "rating", whole=True)
def programme_rating(stage: Stage) -> None:
    """After a session of the programme: the strongest moment is asked for as well."""
    stage.open(settings=FOLLOWING, more=stage.follow_programme(2))
    unfold_where_narrow(stage)
    stage.click("Choose this")
    stage.begin_running(300)


def unfold(stage: Stage) -> None:
    """Show what stands below the row."""
    stage.click("Details")


def unfold_where_narrow(stage: Stage) -> None:
    """The buttons of the row have gone below it."""
    if not any(stage.offers(each) for each in ("Choose this", "Yes")):
        unfold(stage)


# -- welcome ---------------------------------------------------------------------------------------


@scene("welcome", "notes", whole=True)
def welcome_notes(stage: Stage) -> None:
    """The first start: the box is still empty."""
    stage.open(settings=AT_FIRST, history=False)


@scene("welcome", "agreed")
def welcome_agreed(stage: Stage) -> None:
    """The box is ticked."""
    stage.open(settings=AT_FIRST, history=False)
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Tab)


@scene("welcome", "details", whole=True)
def welcome_details(stage: Stage) -> None:
    """All there is to know."""
    stage.open(settings=AT_FIRST, history=False)
    stage.click("Read more first")


@scene("welcome", "answers", whole=True)
def welcome_answers(stage: Stage) -> None:
    """The second step: nothing is answered."""
    stage.open(settings=AT_FIRST, history=False)
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Return)


@scene("welcome", "answered", whole=True)
def welcome_answered(stage: Stage) -> None:
    """Numb feet are ticked, and high blood pressure."""
    stage.open(settings=AT_FIRST, history=False)
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Return)
    for box in stage.window.findChildren(CheckBox):
        if box.isVisible() and box.text() in (texts.tr(NUMB_FEET), "High or low blood pressure"):
            box.click()
    stage.settle()


@scene("welcome", "choices", whole=True)
def welcome_choices(stage: Stage) -> None:
    """The last step."""
    stage.open(settings=AT_FIRST, history=False)
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Return)


@scene("welcome", "again")
def welcome_again(stage: Stage) -> None:
    """The notes, read again from the settings."""
    stage.open()
    stage.page(Page.SETTINGS)
    stage.click("Read again")


# -- evidence and safety ---------------------------------------------------------------------------


@scene("evidence", "top", whole=True)
def evidence_top(stage: Stage) -> None:
    """As F1 opens it, and what is below."""
    stage.open()
    stage.press(Qt.Key.Key_F1)


@scene("evidence", "studies")
def evidence_studies(stage: Stage) -> None:
    """The studies in full."""
    stage.open()
    stage.page(Page.EVIDENCE)
    stage.click("Studies in full")
    stage.scroll_to("What studies say")


@scene("evidence", "statements", whole=True)
def evidence_statements(stage: Stage) -> None:
    """What shops and buyers say, with the lines beside it, and what the cautions say in full."""
    stage.open()
    stage.page(Page.EVIDENCE)
    for _ in range(3):
        stage.click_again("Show details", 0)
    stage.click("What shops and buyers say about mats")
    stage.scroll_to("Read more")


@scene("evidence", "questions", whole=True)
def evidence_questions(stage: Stage) -> None:
    """What is known of the questions that one is asked."""
    stage.open()
    stage.page(Page.EVIDENCE)
    stage.click("The questions you are asked")
    stage.scroll_to("Read more")


@scene("evidence", "references")
def evidence_references(stage: Stage) -> None:
    """The sources unfolded, one of them chosen."""
    stage.open()
    stage.page(Page.EVIDENCE)
    stage.click_again("Full references", 0)
    for _ in range(2):
        stage.press(Qt.Key.Key_Down)


@scene("evidence", "session")
def evidence_session(stage: Stage) -> None:
    """The stop signs during a session: in place, and nothing stops."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_F1)


@scene("evidence", "mat-view")
def evidence_mat_view(stage: Stage) -> None:
    """The same in the mat view."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_F11)
    stage.press_in_front(Qt.Key.Key_F1)


@scene("evidence", "mini")
def evidence_mini(stage: Stage) -> None:
    """The same in the mini window."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    stage.press_in_front(Qt.Key.Key_F1)


# -- history ---------------------------------------------------------------------------------------


@scene("history", "full", whole=True)
def history_full(stage: Stage) -> None:
    """24 weeks of sessions."""
    stage.open()
    stage.page(Page.HISTORY)


@scene("history", "sessions")
def history_sessions(stage: Stage) -> None:
    """The list of them."""
    stage.open()
    stage.page(Page.HISTORY)
    stage.click("Sessions")


@scene("history", "filtered")
def history_filtered(stage: Stage) -> None:
    """A search in the notes, and a filter by day."""
    history_sessions(stage)
    if stage.offers("Filters"):
        stage.click("Filters")
    QTest.keyClicks(stage.find(TextField), "prickly")
    stage.press(Qt.Key.Key_Return)
    stage.choose("When", 3)


@scene("history", "no-match")
def history_no_match(stage: Stage) -> None:
    """Filters that leave nothing."""
    history_sessions(stage)
    QTest.keyClicks(stage.find(TextField), "nowhere to be found")
    stage.press(Qt.Key.Key_Return)


@scene("history", "detail", whole=True)
def history_detail(stage: Stage) -> None:
    """One session in full, with its chimes and its steps."""
    stage.open()
    stage.begin_running(SESSION_S + 15)
    QTest.keyClicks(stage.find(RatingScale), "4")
    stage.click("Save")
    stage.page(Page.HISTORY)
    stage.click("Sessions")
    stage.select_first_session()
    stage.press(Qt.Key.Key_Return)


@scene("history", "correct", whole=True)
def history_correct(stage: Stage) -> None:
    """The form for a session, with a value that cannot be."""
    history_sessions(stage)
    stage.select_first_session()
    stage.press(Qt.Key.Key_F2)
    stage.find(DayField).setDate(QDate(2030, 1, 1))
    stage.click("Save")


@scene("history", "correct-morning", whole=True)
def history_correct_morning(stage: Stage) -> None:
    """The form for a session that was asked about the next morning."""
    session_next_morning_answered(stage)
    stage.page(Page.HISTORY)
    stage.click("Sessions")
    stage.select_first_session()
    stage.press(Qt.Key.Key_F2)
    stage.find(Toast).dismiss()


@scene("history", "deleted")
def history_deleted(stage: Stage) -> None:
    """A session was deleted, which can be taken back."""
    history_sessions(stage)
    stage.select_first_session()
    stage.press(Qt.Key.Key_Delete)


@scene("history", "data", whole=True)
def history_data(stage: Stage) -> None:
    """Export, import, report, backups."""
    stage.open()
    stage.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


@scene("history", "import", whole=True)
def history_import(stage: Stage) -> None:
    """What a file would bring, a line of which cannot be taken."""
    history_data(stage)
    file = stage.folders.data.parent / "sessions.csv"
    file.write_text(IMPORTED, encoding="utf-8")
    stage.find(HistoryData).look_at(file)
    stage.wait_for(lambda: stage.offers("Do not import"))


@scene("history", "delete-all")
def history_delete_all(stage: Stage) -> None:
    """Whether everything is to be deleted is asked."""
    history_data(stage)
    stage.click("Delete all sessions")


@scene("history", "rest-days")
def history_rest_days(stage: Stage) -> None:
    """Days off: what there is to choose."""
    stage.open(settings=replace(USUAL, rest_weekdays={"thursday": True}))
    stage.page(Page.HISTORY)
    stage.click("Rest days")


@scene("history", "one-session", whole=True)
def history_one(stage: Stage) -> None:
    """The first session was done."""
    stage.open(history=False, more=(one_session(),))
    stage.page(Page.HISTORY)


@scene("history", "ten-years", whole=True)
def history_ten_years(stage: Stage) -> None:
    """2,000 sessions."""
    stage.open(history=False, more=ten_years())
    stage.page(Page.HISTORY)
    stage.click("Year")


@scene("history", "empty")
def history_empty(stage: Stage) -> None:
    """None yet."""
    stage.open(history=False)
    stage.page(Page.HISTORY)


# -- reminders -------------------------------------------------------------------------------------


def _keep_reminders(stage: Stage) -> None:
    """Three reminders and some quiet hours."""
    stage.write_reminders(
        Reminder(
            id="1",
            time_min=1320,
            weekdays=frozenset(tuple(Weekday)[:5]),
            name="Evening",
            preset_id="lower_back",
            length_s=600,
        ),
        Reminder(
            id="2",
            time_min=570,
            weekdays=frozenset(tuple(Weekday)[5:]),
            name="Weekend morning",
            preset_id="neck",
            length_s=600,
        ),
        Reminder(
            id="3",
            time_min=780,
            weekdays=frozenset({Weekday.MONDAY, Weekday.WEDNESDAY}),
            preset_id="feet_standing",
            on=False,
        ),
        quiet={Weekday.SATURDAY: QuietSpan(1320, 540)},
    )


def _reminders(stage: Stage) -> None:
    """These, on their page."""
    _keep_reminders(stage)
    stage.open()
    stage.page(Page.REMINDERS)


@scene("session", "next-reminder")
def session_next_reminder(stage: Stage) -> None:
    """The navigation tells the next one, where it is wide."""
    _keep_reminders(stage)
    stage.open()


@scene("reminders", "empty")
def reminders_empty(stage: Stage) -> None:
    """There are none yet."""
    stage.open()
    stage.page(Page.REMINDERS)


@scene("reminders", "list", whole=True)
def reminders_list(stage: Stage) -> None:
    """Three, one of them off."""
    _reminders(stage)


@scene("reminders", "editor", whole=True)
def reminders_editor(stage: Stage) -> None:
    """One of them is being changed."""
    _reminders(stage)
    stage.press(Qt.Key.Key_Tab)
    stage.press(Qt.Key.Key_Tab)
    stage.press(Qt.Key.Key_Space)


@scene("reminders", "held-back", whole=True)
def reminders_held_back(stage: Stage) -> None:
    """A test that the desktop has taken, and does not show before it may disturb again."""
    _reminders(stage)
    stage.show_notices_by(HeldBackNotices())
    stage.press(Qt.Key.Key_Space)
    stage.click("Show a test")


@scene("reminders", "no-day", whole=True)
def reminders_no_day(stage: Stage) -> None:
    """A new one without a day cannot be saved."""
    stage.open()
    stage.page(Page.REMINDERS)
    stage.click("Add your first reminder")
    for pill in stage.find(DayPills).findChildren(DayPill):
        pill.click()
    stage.click("Save")


@scene("reminders", "quiet-today")
def reminders_quiet_today(stage: Stage) -> None:
    """Nothing more comes today; a slip in the file is told."""
    _reminders(stage)
    stage.folders.reminders_file.write_text("[[reminder\n", encoding="utf-8")
    stage.program.reminding.parts.book.reload()
    stage.click("Quiet until tomorrow")


@scene("reminders", "deleted")
def reminders_deleted(stage: Stage) -> None:
    """One was deleted, and can be had back."""
    _reminders(stage)
    stage.press(Qt.Key.Key_Space)
    stage.click("Delete")


@scene("reminders", "own-window")
def reminders_own_window(stage: Stage) -> None:
    """One that is due, where the desktop shows no notices with buttons."""
    stage.open()
    buttons = (
        (NoticeAnswer.START, texts.tr("Start")),
        (NoticeAnswer.LATER, reminder_words.later(SnoozeWish.TEN_MINUTES)),
        (NoticeAnswer.NOT_TODAY, texts.tr("Not today")),
    )
    preset = stage.program.presets.get("lower_back")
    told = reminder_words.body(RemindedSession(preset, 600))
    stage.show_notice(Notice("reminder-1", reminder_words.title(), told, buttons))


@scene("reminders", "too-late-to-put-off")
def reminders_too_late(stage: Stage) -> None:
    """Later was pressed when quiet hours left no room any more."""
    stage.open()
    buttons = ((NoticeAnswer.START, texts.tr("Start")), (NoticeAnswer.LEAVE, texts.tr("Leave it")))
    told = reminder_words.not_put_off(WhyNot.QUIET)
    stage.show_notice(Notice("not_put_off", reminder_words.not_put_off_title(), told, buttons))


# -- settings --------------------------------------------------------------------------------------


@scene("settings", "usual", whole=True)
def settings_usual(stage: Stage) -> None:
    """As they are at first."""
    stage.open()
    stage.page(Page.SETTINGS)


@scene("settings", "each-sound", whole=True)
def settings_each_sound(stage: Stage) -> None:
    """Every sound by itself, and a change that can be undone."""
    stage.open()
    stage.page(Page.SETTINGS)
    stage.press(Qt.Key.Key_Right)
    stage.click("Show each sound")


@scene("settings", "reset")
def settings_reset(stage: Stage) -> None:
    """All are as at first, and that can be taken back."""
    stage.open(settings=replace(USUAL, theme="light", text_percent=100, volume=0.4))
    stage.page(Page.SETTINGS)
    stage.click("Reset to defaults")


@scene("settings", "answers", whole=True)
def settings_answers(stage: Stage) -> None:
    """What is true for the person, on a page of its own."""
    stage.open(settings=replace(USUAL, true_for_me={"neuropathy": True, "blood_pressure": True}))
    stage.page(Page.SETTINGS)
    stage.click("Change answers")


# -- mats ------------------------------------------------------------------------------------------

SOFT_MAT: Final = Mat(
    id="green",
    name="Green mat",
    maker="Himalaya",
    length_mm=762,
    width_mm=431.8,
    points=8820,
    rigid=False,
    pillow=True,
)
RIGID_MAT: Final = Mat(id="plates", name="Hard plates from the attic", rigid=True)


@scene("mats", "empty")
def mats_empty(stage: Stage) -> None:
    """No mat yet."""
    stage.open()
    stage.page(Page.SETTINGS)
    stage.click("Add a mat")


@scene("mats", "new", whole=True)
def mats_new(stage: Stage) -> None:
    """The form is filled in from the catalogue."""
    stage.open(settings=replace(USUAL, length_unit="in"))
    stage.page(Page.SETTINGS)
    stage.click("Add a mat")
    stage.click("Add a mat")
    filled = stage.find(MatEditor).findChild(Choice)
    assert isinstance(filled, Choice)
    filled.setCurrentIndex(1)
    filled.activated.emit(1)
    stage.settle()


@scene("mats", "list", whole=True)
def mats_list(stage: Stage) -> None:
    """Two of them; the one in use is rigid."""
    stage.write_mats(SOFT_MAT, RIGID_MAT, in_use=RIGID_MAT.id)
    stage.open(settings=replace(USUAL, length_unit="cm"))
    stage.page(Page.SETTINGS)
    stage.click("Edit mats")


@scene("mats", "editor", whole=True)
def mats_editor(stage: Stage) -> None:
    """One is open, and a field of it is wrong."""
    stage.write_mats(SOFT_MAT, RIGID_MAT, in_use=SOFT_MAT.id)
    stage.open(settings=replace(USUAL, length_unit="cm"))
    stage.page(Page.SETTINGS)
    stage.click("Edit mats")
    stage.find(MatCard).click()
    stage.settle()
    for field in stage.find(MatEditor).findChildren(TextField):
        if field.accessibleName() == texts.tr("Number of points"):
            field.setText("many")
    stage.click("Save")


@scene("mats", "deleted")
def mats_deleted(stage: Stage) -> None:
    """One was deleted, and can be had back."""
    stage.write_mats(SOFT_MAT, RIGID_MAT, in_use=SOFT_MAT.id)
    stage.open()
    stage.page(Page.SETTINGS)
    stage.click("Edit mats")
    stage.find(MatCard).click()
    stage.settle()
    stage.click("Delete")


# -- settling in -----------------------------------------------------------------------------------


@scene("settle-in", "fine", whole=True)
def settle_in_fine(stage: Stage) -> None:
    """All is well; ten seconds have passed."""
    stage.open()
    stage.begin()
    stage.pass_time(10)


@scene("settle-in", "silent", whole=True)
def settle_in_silent(stage: Stage) -> None:
    """The volume is 0."""
    stage.open(settings=replace(USUAL, volume=0.0))
    stage.begin()
    stage.pass_time(10)


@scene("settle-in", "no-sound")
def settle_in_no_sound(stage: Stage) -> None:
    """There is no output."""
    stage.open(sound=QuietSound(problem=SoundProblem.NO_OUTPUT))
    stage.begin()
    stage.pass_time(10)


@scene("settle-in", "other-output")
def settle_in_other_output(stage: Stage) -> None:
    """Sound comes from elsewhere than last time."""
    stage.open(sound=QuietSound(output=HEADSET))
    stage.begin()
    stage.pass_time(10)


@scene("settle-in", "paused")
def settle_in_paused(stage: Stage) -> None:
    """Somebody is at the door."""
    stage.open()
    stage.begin()
    stage.pass_time(10)
    stage.press(Qt.Key.Key_Space)


# -- running ---------------------------------------------------------------------------------------


@scene("running", "early", whole=True)
def running_early(stage: Stage) -> None:
    """In the first step."""
    stage.open()
    stage.begin_running(12)


@scene("running", "pacer")
def running_pacer(stage: Stage) -> None:
    """Half an in-breath into a step with a breathing pattern."""
    stage.open()
    stage.begin_running(182)


@scene("running", "minute-more")
def running_minute_more(stage: Stage) -> None:
    """A minute was added, and that is told."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_Plus)


@scene("running", "muted")
def running_muted(stage: Stage) -> None:
    """All is silent, which is told as long as it is so."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_M)


@scene("running", "paused")
def running_paused(stage: Stage) -> None:
    """It stands still."""
    stage.open()
    stage.begin_running(198)
    stage.press(Qt.Key.Key_Space)


@scene("running", "slept")
def running_slept(stage: Stage) -> None:
    """The computer slept; whether that counts is asked."""
    stage.open()
    stage.begin_running(198)
    stage.sleep(245)


@scene("running", "open-end")
def running_open_end(stage: Stage) -> None:
    """It has no end of its own."""
    stage.open()
    program = stage.program
    program.launcher.start(program.presets.get("lower_back"), SESSION_S, 30, open_ended=True)
    stage.pass_time(30 + 400)


@scene("running", "last-minute")
def running_last_minute(stage: Stage) -> None:
    """The last step."""
    stage.open()
    stage.begin_running(SESSION_S - 42)


@scene("running", "tray-notice")
def running_tray_notice(stage: Stage) -> None:
    """The window is closed for the first time where there is a tray."""
    stage.open()
    stage.begin_running(40)
    stage.program.tray_presence.there = True
    stage.window.close()
    stage.settle()


@scene("reminders", "no-tray-notice")
def reminders_no_tray_notice(stage: Stage) -> None:
    """The window is closed for the first time where there is no tray, and reminders would end with it."""
    _reminders(stage)
    stage.window.close()
    stage.settle()


@scene("running", "close-question")
def running_close_question(stage: Stage) -> None:
    """The window was to be closed."""
    stage.open()
    stage.begin_running(198)
    stage.window.close()
    stage.settle()


@scene("running", "close-unsaved")
def running_close_unsaved(stage: Stage) -> None:
    """The window was to be closed after a session that could not be saved."""
    stage.open()
    stage.begin_running(198)
    stage.lose_history()
    stage.program.runner.end()
    stage.settle()
    stage.window.close()
    stage.settle()


# -- mat view and mini window ------------------------------------------------------------------------


@scene("mat", "settle-in")
def mat_settle_in(stage: Stage) -> None:
    """Opened while settling in; the hints are there."""
    stage.open()
    stage.begin()
    stage.pass_time(10)
    stage.press(Qt.Key.Key_F11)


@scene("mat", "pacer")
def mat_pacer(stage: Stage) -> None:
    """Half an in-breath into a step with a breathing pattern; the hints have gone."""
    stage.open()
    stage.begin_running(172)
    stage.press(Qt.Key.Key_F11)
    stage.pass_time(10)


@scene("mat", "rotated")
def mat_rotated(stage: Stage) -> None:
    """Turned by a quarter, without a pattern, with the hints."""
    stage.open()
    stage.begin_running(42)
    stage.press(Qt.Key.Key_F11)
    stage.press_in_front(Qt.Key.Key_R)


@scene("mat", "bright")
def mat_bright(stage: Stage) -> None:
    """As bright as it goes, in a pause."""
    stage.open(settings=replace(USUAL, mat_brightness="bright"))
    stage.begin_running(198)
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_F11)
    stage.pass_time(6)


@scene("mat", "dim")
def mat_dim(stage: Stage) -> None:
    """As dim as it goes, after a sleep of the computer."""
    stage.open(settings=replace(USUAL, mat_brightness="dim"))
    stage.begin_running(198)
    stage.press(Qt.Key.Key_F11)
    stage.sleep(245)


@scene("mat", "dawn")
def mat_dawn(stage: Stage) -> None:
    """Twenty seconds before the end, in a slow dawn."""
    stage.open(settings=replace(USUAL, dawn=True))
    stage.begin_running(SESSION_S - 70)
    stage.press(Qt.Key.Key_F11)
    stage.pass_time(50)


@scene("mat", "over")
def mat_over(stage: Stage) -> None:
    """After the end."""
    stage.open()
    stage.begin_running(SESSION_S - 10)
    stage.press(Qt.Key.Key_F11)
    stage.pass_time(14)


@scene("mini", "settle-in")
def mini_settle_in(stage: Stage) -> None:
    """Beside other work, before the session."""
    stage.open()
    stage.begin()
    stage.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    stage.pass_time(10)


@scene("mini", "pacer")
def mini_pacer(stage: Stage) -> None:
    """Half an in-breath into a step with a breathing pattern."""
    stage.open()
    stage.begin_running(182)
    stage.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


@scene("mini", "slept")
def mini_slept(stage: Stage) -> None:
    """The computer slept; the smallest window there is."""
    stage.open(settings=replace(USUAL, mini_width=240, mini_height=320))
    stage.begin_running(198)
    stage.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    stage.sleep(245)


# -- rating ----------------------------------------------------------------------------------------


@scene("rating", "finished", whole=True)
def rating_finished(stage: Stage) -> None:
    """A quarter of a minute after the end."""
    stage.open()
    stage.begin_running(SESSION_S + 15)


@scene("rating", "go-on")
def rating_go_on(stage: Stage) -> None:
    """Right after the end: to go on is offered."""
    stage.open()
    stage.begin_running(SESSION_S + 3)


@scene("rating", "before-and-now")
def rating_before_and_now(stage: Stage) -> None:
    """Rated before and now."""
    stage.open()
    scale = stage.find(RatingScale)
    QTest.keyClicks(scale, "6")
    stage.begin_running(SESSION_S + 15)
    QTest.keyClicks(stage.find(RatingScale), "4")
    stage.settle()


@scene("rating", "stopped")
def rating_stopped(stage: Stage) -> None:
    """Ended early, and rated before."""
    stage.open()
    QTest.keyClicks(stage.find(RatingScale), "6")
    stage.begin_running(198)
    stage.click("End session")


@scene("rating", "cues", whole=True)
def rating_cues(stage: Stage) -> None:
    """The table of what became of each chime."""
    stage.open()
    stage.begin_running(SESSION_S + 15)
    stage.click("Show the cues")


@scene("rating", "cues-missed", whole=True)
def rating_cues_missed(stage: Stage) -> None:
    """The same where nothing could be heard."""
    stage.open(sound=QuietSound(problem=SoundProblem.NO_OUTPUT))
    stage.begin_running(SESSION_S + 15)
    stage.click("Show the cues")


@scene("rating", "not-saved")
def rating_not_saved(stage: Stage) -> None:
    """The disk is gone; the form keeps what was answered."""
    stage.open()
    stage.begin_running(SESSION_S + 15)
    QTest.keyClicks(stage.find(RatingScale), "4")
    stage.lose_history()
    stage.click("Save")


# -- banners above the pages -----------------------------------------------------------------------


@scene("banners", "no-sound")
def banners_no_sound(stage: Stage) -> None:
    """No sound device."""
    stage.open(sound=QuietSound(problem=SoundProblem.NO_OUTPUT))


@scene("banners", "unsaved")
def banners_unsaved(stage: Stage) -> None:
    """The disk with the history was pulled out while a session runs."""
    stage.open()
    stage.begin_running(170)
    stage.lose_history()
    stage.pass_time(28)


@scene("banners", "broken-preset")
def banners_broken_preset(stage: Stage) -> None:
    """A preset of the person's own cannot be read."""
    stage.open(own_presets={"evening.toml": 'name = "Evening"\narea = "lower_back"\nstep = []\n'})


# -- presets: in a file of their own, which needs what stands above --------------------------------

from tools.shots import preset_scenes  # noqa: E402, F401
