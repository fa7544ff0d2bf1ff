"""The book, the scheduler and the notices, with time turned by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QTimer

from matsession.app.notifier_chain import NotifierChain
from matsession.app.ports import Notice, NoticeAnswer, NoticePlace
from matsession.app.reminder_sessions import Following, RemindedSession, rules_for, spans_of
from matsession.app.reminder_words import session
from matsession.domain.body import BodyArea
from matsession.domain.preset_settings import PresetSettings
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.reminder import QuietSpan, SnoozeWish
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from tests.app.reminding import LOWER_BACK, FakeNotifier, RemindingWorld, evening
from tests.fakes import make_preset

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def world(tmp_path: Path) -> RemindingWorld:
    """Noon; a reminder for every evening."""
    world = RemindingWorld(tmp_path)
    world.book.put(evening())
    world.scheduler.begin()
    return world


def alarm_at(world: RemindingWorld) -> datetime | None:
    """When the alarm is to ring."""
    return world.alarm.at


# -- waiting -----------------------------------------------------------------------------------------------


def test_one_alarm_is_set_to_the_next(world: RemindingWorld) -> None:
    """To the second; and to another when there is another."""
    assert alarm_at(world) == world.at(21)
    world.book.put(evening(id="2", time_min=780))
    assert alarm_at(world) == world.at(13)
    world.book.remove("2")
    world.book.put(evening(on=False))
    assert alarm_at(world) is None


def test_it_comes_on_time_and_once_a_day(world: RemindingWorld) -> None:
    """Three evenings."""
    world.wait_until(22, day=28)
    assert (world.due, world.passed) == (["1"] * 3, [])
    assert alarm_at(world) == world.at(21, day=29)


def test_a_clock_that_is_set_moves_the_alarm(world: RemindingWorld) -> None:
    """Back: it waits again. Ahead by little: it comes. Ahead by much: it has passed."""
    world.clock.jump_wall(-3600)
    world.alarm.ring()
    assert (world.due, alarm_at(world)) == ([], world.at(21))
    world.clock.jump_wall(3600 * 10 + 60)
    world.alarm.ring()
    assert world.due == ["1"]
    world.clock.jump_wall(24 * 3600 + 3600)
    world.alarm.ring()
    assert world.passed == [(["1"], "clock")]


class Abroad(tzinfo):
    """Wherever the computer is taken to."""

    def __init__(self, place: ZoneInfo) -> None:
        self.place = place

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return None if when is None else when.replace(tzinfo=self.place).utcoffset()

    def dst(self, _when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _when: datetime | None) -> str | None:
        return None

    def fromutc(self, when: datetime) -> datetime:
        return when.replace(tzinfo=UTC).astimezone(self.place).replace(tzinfo=self)


def test_a_time_that_a_journey_leaps_over_comes_all_the_same(tmp_path: Path) -> None:
    """From 20:30 in Lisbon to 21:40 in Madrid; back again it does not come a second time that evening."""
    place = Abroad(ZoneInfo("Europe/Lisbon"))
    world = RemindingWorld(tmp_path, zone=place)
    world.book.put(evening())
    world.scheduler.begin()
    world.wait_until(21, 30)  # in Berlin
    world.scheduler.look()
    assert (world.due, world.passed) == ([], [])
    place.place = ZoneInfo("Europe/Madrid")
    world.wait_until(21, 40)
    world.scheduler.look()
    assert (world.due, world.passed) == ([], [(["1"], "clock")])
    place.place = ZoneInfo("Europe/Lisbon")
    world.wait_until(21, 50)
    world.scheduler.look()
    world.wait_until(12, day=27)
    assert (world.due, len(world.passed)) == ([], 1)
    place.place = ZoneInfo("Europe/Madrid")
    world.scheduler.look()
    world.wait_until(22, day=27)
    assert (world.due, len(world.passed)) == (["1"], 1)


def test_what_the_computer_slept_through_is_told_once(world: RemindingWorld) -> None:
    """Also the second time it wakes."""
    world.sleep_until(8, day=27)
    assert (world.due, world.passed) == ([], [(["1"], "asleep")])
    world.scheduler.look()
    assert len(world.passed) == 1


def test_what_passed_while_the_program_was_not_there_is_told(world: RemindingWorld) -> None:
    """At the next start."""
    world.clock.advance(12 * 3600)
    world.restart()
    world.scheduler.begin()
    assert (world.due, world.passed) == ([], [(["1"], "not_running")])
    world.restart()
    world.scheduler.begin()
    assert world.passed == []


def test_a_restart_brings_none_twice(world: RemindingWorld) -> None:
    """Told at 21:00, restarted at 21:01."""
    world.wait_until(21, 1)
    assert world.due == ["1"]
    world.restart()
    world.scheduler.begin()
    world.wait_until(22)
    assert (world.due, world.passed) == ([], [])


def test_what_passed_on_a_day_called_off_stays_passed(world: RemindingWorld) -> None:
    """Neither today after all nor the next day called off tells it afterwards, be it minutes or hours ago."""
    for minutes in (5, 90):
        world.book.put(evening(id=f"ago-{minutes}", time_min=840 - minutes))
    world.scheduler.not_today()
    world.wait_until(14)
    world.scheduler.remind_again()
    assert (world.due, world.passed) == ([], [])
    assert alarm_at(world) == world.at(21)
    world.scheduler.not_today()
    world.wait_until(9, day=27)
    world.scheduler.not_today()
    assert (world.due, world.passed) == ([], [])


def test_other_rules_judge_no_day_of_before(world: RemindingWorld) -> None:
    """Days that were answered by sessions; also after a restart."""
    for day in (26, 27, 28):
        world.wait_until(20, day=day)
        world.do_session()
        world.wait_until(22, day=day)
    world.book.put(evening(skip_done=False))
    world.restart()
    world.scheduler.begin()
    assert (world.due, world.passed) == ([], [])


def test_quiet_hours_that_are_gone_bring_nothing_back(world: RemindingWorld) -> None:
    """What they held back on the days before is not told after a restart."""
    world.book.set_quiet_hours({day: QuietSpan(1262, 420) for day in Weekday})
    world.wait_until(12, day=29)
    world.book.set_quiet_hours({})
    world.restart()
    world.scheduler.begin()
    assert (world.due, world.passed) == ([], [])


def test_settings_that_are_no_rule_write_nothing(world: RemindingWorld) -> None:
    """A volume that is turned is written often; one that is a rule has the state written once."""
    world.state_file.path.unlink()
    world.preferences.change(volume=0.3)
    assert not world.state_file.path.exists()
    world.preferences.change(preparation_s=300)
    assert world.state_file.path.exists()


def test_while_a_session_runs_it_is_silent_and_afterwards_too(world: RemindingWorld) -> None:
    """Nothing is looked at during the session."""
    world.wait_until(20, 59)
    world.do_session(180)
    assert (world.due, world.passed) == ([], [])
    assert alarm_at(world) == world.at(21, day=27)


def paused(world: RemindingWorld, asleep_s: float = 0.0) -> None:
    """A session that runs for a minute and then stands still, by hand or by a lid that was closed."""
    world.launcher.start(LOWER_BACK, 180, 30)
    world.clock.advance(60)
    world.runner.tick()
    if asleep_s:
        world.clock.sleep(asleep_s)
        world.runner.tick()
    else:
        world.runner.pause()


def test_a_session_that_stays_paused_silences_no_evening(world: RemindingWorld) -> None:
    """After an hour reminders come again, each evening."""
    paused(world)
    assert alarm_at(world) == world.clock.now().wall + timedelta(hours=1)
    world.wait_until(22, day=27)
    assert (world.due, world.passed) == (["1", "1"], [])
    world.runner.end()
    assert (world.due, world.passed) == (["1", "1"], [])


def test_a_session_under_a_closed_lid_silences_no_evening(world: RemindingWorld) -> None:
    """What came while the computer slept is told when it wakes; the next comes on time."""
    paused(world, asleep_s=10 * 3600)
    assert (world.due, world.passed) == ([], [(["1"], "asleep")])
    world.wait_until(22, day=27)
    assert world.due == ["1"]


def test_a_short_pause_stays_silent(world: RemindingWorld) -> None:
    """What came during the session or soon after its pause is answered; who goes on hears nothing."""
    world.wait_until(20, 58)
    paused(world)
    world.wait_until(21, 30)
    world.runner.resume()
    assert alarm_at(world) is None
    world.runner.pause()
    world.wait_until(23)
    assert (world.due, world.passed) == ([], [])
    world.runner.end()
    assert (world.due, world.passed) == ([], [])
    assert alarm_at(world) == world.at(21, day=27)


def test_a_session_that_was_called_off_while_settling_in_answers_nothing(world: RemindingWorld) -> None:
    """The reminder comes when it ends."""
    world.wait_until(20, 59)
    world.launcher.start(LOWER_BACK, 180, 120)
    world.clock.advance(90)
    world.runner.stop()
    assert world.due == ["1"]


def test_after_todays_session_it_is_silent(world: RemindingWorld) -> None:
    """Done at 20:00; tomorrow it comes again."""
    world.wait_until(20)
    world.do_session()
    world.wait_until(22)
    assert (world.due, world.passed) == ([], [])
    world.wait_until(21, day=27)
    assert world.due == ["1"]


def test_a_session_of_three_seconds_silences_nothing(world: RemindingWorld) -> None:
    """Begun by mistake and ended; one that was had to its end counts, however short."""
    world.wait_until(20)
    world.launcher.start(LOWER_BACK, 120, 0)
    world.clock.advance(3)
    world.runner.end()
    [row] = world.store.rows.values()
    assert (row.state, row.on_mat_s) == (RowState.STOPPED, 3)
    world.wait_until(22)
    assert world.due == ["1"]
    whole = replace(row, state=RowState.FINISHED, on_mat_s=50)
    assert [len(spans_of([each])) for each in (row, whole, replace(row, on_mat_s=60))] == [0, 1, 1]


@pytest.mark.parametrize(("done_s", "answers"), [(59, 0), (60, 1), (240, 1)])
def test_a_rest_without_a_mat_counts_by_its_own_time(
    world: RemindingWorld, done_s: int, answers: int
) -> None:
    """Ended early it answers as another session does: no second of it is on a mat."""
    steps = tuple(each._replace(on_mat=False) for each in LOWER_BACK.steps)
    world.launcher.start(make_preset(id="rest", area=BodyArea.NONE, steps=steps), 300, 0)
    world.clock.advance(done_s)
    world.runner.end()
    [row] = world.store.rows.values()
    assert (row.state, row.done_s, row.on_mat_s) == (RowState.STOPPED, done_s, 0)
    assert len(spans_of([row])) == answers


def test_a_session_in_another_program_silences_it(world: RemindingWorld) -> None:
    """Somebody lies on the mat already; it is not told later either."""
    world.elsewhere = True
    world.wait_until(22)
    world.elsewhere = False
    begun, ended = world.at(20, 55), world.at(22)
    world.store.rows["x"] = SessionRecord(
        id="x",
        preset_id="neck",
        preset_name="Neck",
        area="neck",
        started_at=begun,
        planned_s=3900,
        ended_at=ended,
        done_s=3900,
        on_mat_s=3900,
        state=RowState.FINISHED,
    )
    world.wait_until(23)
    assert (world.due, world.passed) == ([], [])


def test_quiet_hours_that_are_set_hold_it_back(world: RemindingWorld) -> None:
    """From 21:02 on: half a minute to settle in and two minutes of session have no room."""
    quiet = {day: QuietSpan(1262, 420) for day in Weekday}
    world.book.set_quiet_hours(quiet)
    assert alarm_at(world) is None
    world.wait_until(22)
    world.book.set_quiet_hours({})
    assert (world.due, world.passed) == ([], [])
    assert alarm_at(world) == world.at(21, day=27)


def test_longer_settling_in_needs_more_room(world: RemindingWorld) -> None:
    """Settings count at once."""
    world.book.set_quiet_hours({day: QuietSpan(1260 + 5, 420) for day in Weekday})
    assert alarm_at(world) == world.at(21)
    world.preferences.change(preparation_s=300)
    assert alarm_at(world) is None


def test_a_preset_that_brings_its_own_settling_in_needs_its_own_room() -> None:
    """Five minutes of it, where the settings say half a minute."""
    slow = replace(LOWER_BACK, session=PresetSettings(preparation_s=300))
    rules = rules_for([evening()], {}, lambda _id: slow, Settings(last_preset=slow.id, preparation_s=30))
    assert rules.needs_s == {"1": 400}


def test_what_the_command_line_wrote_counts_at_once(world: RemindingWorld) -> None:
    """Added, put off and removed elsewhere; the watch on the files calls ``reload``."""
    elsewhere = RemindingWorld(world.folder, world.clock)
    elsewhere.book.put(evening(id="2", time_min=780))
    world.book.reload()
    assert alarm_at(world) == world.at(13)
    world.wait_until(13)
    elsewhere.book.reload()
    [told] = elsewhere.book.state.progress["2"].told
    assert told.at == world.at(13)
    elsewhere.book.remove("2")
    world.book.reload()
    assert alarm_at(world) == world.at(21)
    assert world.notifier.open == {}


@pytest.mark.expects_log("reminders not saved|what was told of reminders is not kept")
def test_on_a_full_disk_reminders_go_on(world: RemindingWorld) -> None:
    """Changes hold until the program ends, nothing is told twice, and the trouble is told."""
    for folder in ("config", "data"):
        path = world.folder / folder
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
        path.write_text("in the way")
    world.book.put(evening(id="2", time_min=1200))
    assert world.book.trouble is not None
    world.book.reload()
    world.wait_until(22)
    world.book.put(evening(id="3", time_min=1320 + 30))
    world.wait_until(23)
    assert world.due == ["2", "1", "3"]


def test_a_slip_in_an_editor_silences_nothing(world: RemindingWorld) -> None:
    """The file is told as broken, and what was known of it holds."""
    world.file.path.write_text("[[reminder]\n")
    world.book.reload()
    assert "is not valid TOML" in world.book.problems[0]
    world.wait_until(21)
    assert world.due == ["1"]


# -- notices and their buttons -----------------------------------------------------------------------------


def labels(notice: Notice) -> list[str]:
    """The words on the buttons."""
    return [words for _, words in notice.buttons]


def test_the_notice_says_what_it_is_for(world: RemindingWorld) -> None:
    """With the last preset, for none is named."""
    world.wait_until(21)
    [notice] = world.notifier.shown
    assert notice.title == "Time for the mat?"
    assert notice.body == "Lower back, 1 minute 40 seconds. Skip it if today is not the day."
    assert labels(notice) == ["Start", "In 10 minutes", "Not today"]


def test_start_is_wished(world: RemindingWorld) -> None:
    """And all notices go when the session begins."""
    world.book.put(evening(id="2", time_min=1259))
    world.wait_until(21)
    assert len(world.notifier.open) == 2
    world.notifier.answer(NoticeAnswer.START, "reminder-1")
    assert [each.id for each in world.started] == ["1"]
    world.launcher.start(LOWER_BACK, 120, 30)
    assert world.notifier.open == {}


def test_later_comes_again(world: RemindingWorld) -> None:
    """After ten minutes, over a restart; and then it can be put off again."""
    world.wait_until(21, 1)
    world.notifier.answer(NoticeAnswer.LATER)
    assert alarm_at(world) == world.at(21, 11)
    world.restart()
    world.scheduler.begin()
    world.wait_until(21, 11)
    assert world.due == ["1"]
    world.notifier.answer(NoticeAnswer.LATER)
    assert alarm_at(world) == world.at(21, 21)


def test_where_later_has_no_room_it_is_not_offered(world: RemindingWorld) -> None:
    """Quiet from 21:10 on."""
    world.book.set_quiet_hours({day: QuietSpan(1270, 420) for day in Weekday})
    world.wait_until(21)
    assert labels(world.notifier.shown[0]) == ["Start", "Not today"]


def test_later_pressed_late_comes_before_quiet_hours(world: RemindingWorld) -> None:
    """Quiet from 21:25 on, pressed at 21:20: at the last moment with room for two minutes and ten seconds."""
    world.book.set_quiet_hours({day: QuietSpan(1285, 420) for day in Weekday})
    world.wait_until(21, 20)
    world.notifier.answer(NoticeAnswer.LATER)
    assert alarm_at(world) == world.at(21, 22) + timedelta(seconds=50)
    world.wait_until(21, 24)
    assert world.due == ["1", "1"]


def test_later_comes_sooner_where_settling_in_gets_longer(world: RemindingWorld) -> None:
    """Placed at the last moment before quiet hours; a minute more of settling in does not lose it."""
    world.book.set_quiet_hours({day: QuietSpan(1285, 420) for day in Weekday})
    world.wait_until(21, 20)
    world.notifier.answer(NoticeAnswer.LATER)
    world.preferences.change(preparation_s=60)
    assert alarm_at(world) == world.at(21, 22) + timedelta(seconds=20)
    world.restart()
    world.scheduler.begin()
    world.wait_until(21, 24)
    assert world.due == ["1"]


def test_later_pressed_too_late_says_so(world: RemindingWorld) -> None:
    """There is no room any more; who wants to can start all the same, and it is no reminder that waits."""
    world.book.set_quiet_hours({day: QuietSpan(1285, 420) for day in Weekday})
    world.book.put(evening(chime=True))
    world.wait_until(21, 24)
    assert world.chimes.played
    world.chimes.played.clear()
    world.notifier.answer(NoticeAnswer.LATER)
    [notice] = world.notifier.open.values()
    assert notice.title == "It cannot be put off any more"
    assert notice.body == "Quiet hours leave no room for its session then."
    assert labels(notice) == ["Start", "Leave it"]
    assert not world.notices.waiting
    assert world.chimes.played == []
    assert world.book.state.progress["1"].snooze is None
    world.notifier.answer(NoticeAnswer.START)
    assert [each.id for each in world.started] == ["1"]


def test_later_after_a_session_elsewhere_says_so(world: RemindingWorld) -> None:
    """It was had in a terminal while the notice stood there."""
    world.wait_until(21, 20)
    begun, ended = world.at(21, 2), world.at(21, 19)
    world.store.rows["x"] = SessionRecord(
        id="x",
        preset_id="neck",
        preset_name="Neck",
        area="neck",
        started_at=begun,
        planned_s=1000,
        ended_at=ended,
        done_s=1000,
        on_mat_s=1000,
        state=RowState.FINISHED,
    )
    world.notifier.answer(NoticeAnswer.LATER)
    [notice] = world.notifier.open.values()
    assert notice.body == "There was a session since it came."
    assert labels(notice) == ["Leave it"]


@pytest.mark.parametrize(
    ("wish", "words"), [(SnoozeWish.THIRTY_MINUTES, "In 30 minutes"), (SnoozeWish.TONIGHT, "Tonight")]
)
def test_each_reminder_has_its_own_later(world: RemindingWorld, wish: SnoozeWish, words: str) -> None:
    """As it was chosen."""
    world.book.put(evening(snooze=wish))
    world.wait_until(21)
    assert labels(world.notifier.shown[0])[1] == words


def test_not_today_silences_the_day(world: RemindingWorld) -> None:
    """Both of that evening; taken back it counts for what is still to come."""
    world.book.put(evening(id="2", time_min=1320))
    world.wait_until(21)
    world.notifier.answer(NoticeAnswer.NOT_TODAY)
    assert world.scheduler.quiet_today
    assert alarm_at(world) == world.at(21, day=27)
    world.scheduler.remind_again()
    assert alarm_at(world) == world.at(22)


def test_not_today_means_the_day_of_the_reminder(world: RemindingWorld) -> None:
    """Pressed after the day has turned, it leaves the new one alone."""
    world.book.put(evening(id="2", time_min=230))
    world.wait_until(20)
    world.book.remove("1")
    world.wait_until(3, 50, day=27)
    assert len(world.notifier.shown) == 1
    world.wait_until(4, 5, day=27)
    world.notifier.answer(NoticeAnswer.NOT_TODAY)
    assert not world.scheduler.quiet_today
    assert alarm_at(world) == world.at(3, 50, day=28)


def test_a_click_on_the_notice_opens_the_program(world: RemindingWorld) -> None:
    """Without starting anything."""
    opened: list[bool] = []
    world.notices.open_wished.connect(lambda: opened.append(True))
    world.wait_until(21)
    world.notifier.answer(NoticeAnswer.OPEN)
    assert (opened, world.started) == ([True], [])


def test_each_notice_goes_an_hour_after_it_came(world: RemindingWorld) -> None:
    """Another that comes meanwhile gives the first no more time."""
    world.book.put(evening(id="2", time_min=1310))
    world.wait_until(21, 50)
    assert set(world.notifier.open) == {"reminder-1", "reminder-2"}
    timer = world.notices.findChild(QTimer)
    assert timer is not None
    assert (timer.isActive(), timer.interval()) == (True, 600_000)
    world.wait_until(22)
    timer.timeout.emit()
    assert set(world.notifier.open) == {"reminder-2"}
    assert timer.interval() == 3_000_000
    world.wait_until(22, 50)
    timer.timeout.emit()
    assert world.notifier.open == {}
    assert not timer.isActive()
    assert not world.notices.waiting


def test_a_notice_does_not_outlive_a_sleep_of_the_computer(world: RemindingWorld) -> None:
    """Qt's timers stand still in it; the look when it wakes does not. A clock that is set is no hour."""
    world.wait_until(21, 1)
    world.clock.jump_wall(2 * 3600)
    world.scheduler.look()
    assert set(world.notifier.open) == {"reminder-1"}
    world.clock.sleep(3600)
    world.scheduler.look()
    assert world.notifier.open == {}


def test_an_answer_to_nothing_does_nothing(world: RemindingWorld) -> None:
    """A service may say anything."""
    world.wait_until(21)
    world.notifier.open["other"] = world.notifier.shown[0]
    world.notifier.answer(NoticeAnswer.START, "other")
    assert world.started == []


def test_what_passed_is_told_gently(world: RemindingWorld) -> None:
    """With the time, why, and no third button."""
    world.sleep_until(22)
    [notice] = world.notifier.shown
    assert notice.gentle
    assert notice.title.startswith("A reminder passed at ")
    assert notice.body == "The computer was asleep. No need to catch up."
    assert labels(notice) == ["Start", "Leave it"]
    world.notifier.answer(NoticeAnswer.START)
    assert [each.id for each in world.started] == ["1"]


def test_several_that_passed_are_told_in_one(world: RemindingWorld) -> None:
    """Two evenings."""
    world.sleep_until(8, day=28)
    [notice] = world.notifier.shown
    assert notice.title.startswith("2 reminders passed, the last one yesterday at ")


def test_a_notice_goes_when_it_is_put_off_or_removed_elsewhere(world: RemindingWorld) -> None:
    """By the command line."""
    world.wait_until(21)
    elsewhere = RemindingWorld(world.folder, world.clock)
    elsewhere.book.put(evening(on=False))
    world.book.reload()
    assert world.notifier.open == {}


@pytest.mark.parametrize(
    ("chime", "may_sound", "played"), [(True, True, 1), (True, False, 0), (False, True, 0)]
)
def test_the_chime_sounds_where_it_may(
    world: RemindingWorld, chime: bool, may_sound: bool, played: int
) -> None:
    """Where it is wished, and the desktop is not set to do not disturb."""
    world.book.put(evening(chime=chime))
    world.notifier.may_sound = may_sound
    world.wait_until(21)
    assert len(world.chimes.played) == played


def test_the_test_button_tells_what_became_of_it(world: RemindingWorld) -> None:
    """Shown, and which button arrived; nothing is started or put off."""
    told: list[str] = []
    world.notices.tested.connect(told.append)
    for answer, words in (
        (NoticeAnswer.START, "You pressed Start: it works."),
        (NoticeAnswer.LATER, "You put it off: it works."),
        (NoticeAnswer.CLOSED, "The notice was closed."),
    ):
        world.notices.test(evening())
        world.notifier.answer(answer)
        assert told[-2:] == ["Shown by your desktop. Press one of its buttons to try them.", words]
    assert world.started == []
    assert alarm_at(world) == world.at(21)
    world.notifier.refuses = True
    world.notices.test(None)
    assert told[-1] == "It could not be shown."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (NoticePlace.DESKTOP, "it has the notice, and may show it only later."),
        (NoticePlace.OWN_WINDOW, "a small window waits minimised and silent."),
    ],
)
def test_a_test_that_do_not_disturb_holds_back_is_not_called_shown(
    world: RemindingWorld, place: NoticePlace, words: str
) -> None:
    """Whoever looks for it would think it lost."""
    told: list[str] = []
    world.notices.tested.connect(told.append)
    world.notifier.place, world.notifier.may_sound = place, False
    world.notices.test(evening())
    assert told == [f"Your desktop is set not to disturb now: {words}"]


def test_one_that_is_taken_back_is_as_it_was(world: RemindingWorld) -> None:
    """Removed after it was told, and brought back: it does not come a second time."""
    world.wait_until(21, 1)
    known = world.book.remove("1")
    assert alarm_at(world) is None
    world.book.restore(evening(), known)
    world.scheduler.look()
    assert (world.due, alarm_at(world)) == (["1"], world.at(21, day=27))


# -- several ways to show one ------------------------------------------------------------------------------

NOTICE = Notice("n", "Title", "Body", ((NoticeAnswer.START, "Start"),))


def test_where_the_first_cannot_the_next_one_shows_it() -> None:
    """And its answers count."""
    first, second = FakeNotifier(), FakeNotifier(NoticePlace.OWN_WINDOW)
    first.refuses = True
    chain = NotifierChain([first, second])
    shown: list[object] = []
    answers: list[object] = []
    chain.on_shown(lambda *told: shown.append(told))
    chain.on_answered(lambda *told: answers.append(told))
    chain.show(NOTICE)
    assert (shown, list(second.open)) == ([("n", "own_window", True)], ["n"])
    second.answer(NoticeAnswer.START)
    assert answers == [("n", "start")]


@pytest.mark.parametrize("quiet", [True, False])
def test_do_not_disturb_holds_for_who_shows_it_instead(quiet: bool) -> None:
    """The first said so before it refused; the next time it is asked anew."""
    first, second, third = FakeNotifier(), FakeNotifier(), FakeNotifier(NoticePlace.OWN_WINDOW)
    first.refuses = second.refuses = True
    first.quiet = quiet
    chain = NotifierChain([first, second, third])
    chain.show(NOTICE)
    assert third.shown == [replace(NOTICE, quiet=quiet)]
    first.quiet = False
    chain.show(NOTICE)
    assert third.shown[-1] == NOTICE


def test_a_notice_is_shown_in_one_place_only() -> None:
    """The first can again: the second's goes; and it is withdrawn where it is."""
    first, second = FakeNotifier(), FakeNotifier(NoticePlace.OWN_WINDOW)
    chain = NotifierChain([first, second])
    first.refuses = True
    chain.show(NOTICE)
    first.refuses = False
    chain.show(NOTICE)
    assert (list(first.open), second.open) == (["n"], {})
    chain.withdraw("n")
    assert first.open == {}
    chain.close()
    assert first.closed
    assert second.closed


@pytest.mark.expects_log("nobody can show the notice n")
def test_what_nobody_shows_is_refused() -> None:
    """Told once."""
    first = FakeNotifier()
    first.refuses = True
    chain = NotifierChain([first])
    refused: list[str] = []
    chain.on_refused(lambda notice_id, _quiet: refused.append(notice_id))
    chain.show(NOTICE)
    assert refused == ["n"]


def test_a_length_of_its_own_is_used(world: RemindingWorld) -> None:
    """As long as the preset allows it; a preset that is gone gives way to the last one."""
    named = evening(preset_id="lower_back", length_s=120)
    session = world.scheduler.session_of(named)
    assert session is not None
    assert session.length_s == 120
    for odd in (replace(named, length_s=999), replace(named, preset_id="gone")):
        session = world.scheduler.session_of(odd)
        assert session is not None
        assert (session.preset.id, session.length_s) == ("lower_back", 100)


# -- the programme -----------------------------------------------------------------------------------------


def test_a_day_off_of_the_programme_is_silent(world: RemindingWorld) -> None:
    """For what names no preset; it is neither due nor passed, and comes again the day after."""
    session = RemindedSession(LOWER_BACK, 100, programme_day=6)
    world.following = Following(session, lambda day: day.day == 27)
    world.book.put(evening(id="2", preset_id="lower_back"))
    world.scheduler.on_programme_changed()
    world.wait_until(22, day=26)
    assert (sorted(world.due), alarm_at(world)) == (["1", "2"], world.at(21, day=27))
    coming = world.scheduler.next_of(evening())
    assert coming is not None
    assert coming.at == world.at(21, day=28)
    world.wait_until(22, day=27)
    assert world.due[2:] == ["2"]
    world.wait_until(22, day=28)
    assert sorted(world.due[3:]) == ["1", "2"]
    assert world.passed == []


def test_a_notice_says_which_day_it_is(world: RemindingWorld) -> None:
    """And its Start is for that session."""
    world.following = Following(RemindedSession(LOWER_BACK, 100, programme_day=6), lambda _day: False)
    world.wait_until(21)
    [notice] = world.notifier.shown
    assert notice.body == "Day 6: Lower back, 1 minute 40 seconds. Skip it if today is not the day."
    found = world.scheduler.session_of(evening())
    assert found is not None
    assert session(found) == "Day 6: Lower back, 100 s"
    assert (found.preset.id, found.length_s) == ("lower_back", 100)


# -- rules that hold now, and not only at its time -----------------------------------------------------------


def nights(world: RemindingWorld) -> None:
    """Quiet from 22:00 to 7:00."""
    world.book.set_quiet_hours({day: QuietSpan(1320, 420) for day in Weekday})


def test_what_passed_waits_until_quiet_hours_are_over(world: RemindingWorld) -> None:
    """The computer wakes in them; in the morning it is told once, with the true reason."""
    nights(world)
    world.wait_until(20, 50)
    world.sleep_until(23, 30)
    assert (world.due, world.passed) == ([], [])
    assert alarm_at(world) == world.at(7, day=27)
    world.wait_until(12, day=27)
    assert (world.due, world.passed) == ([], [(["1"], "asleep")])
    assert alarm_at(world) == world.at(21, day=27)


def test_what_waits_in_quiet_hours_is_kept_over_a_restart(world: RemindingWorld) -> None:
    """The program ends in the night."""
    nights(world)
    world.sleep_until(23, 30)
    world.book.keep_state()
    world.clock.advance(600)
    world.restart()
    world.scheduler.begin()
    assert world.passed == []
    world.wait_until(12, day=27)
    assert world.passed == [(["1"], "not_running")]


def test_one_that_comes_late_has_to_fit_before_quiet_hours(world: RemindingWorld) -> None:
    """At 21:50 there was room, at 21:59 there is none."""
    world.book.put(evening(time_min=1310))
    nights(world)
    world.wait_until(21, 40)
    world.sleep_until(21, 59)
    assert (world.due, world.passed) == ([], [])
    world.wait_until(8, day=27)
    assert (world.due, world.passed) == ([], [(["1"], "asleep")])


def test_what_passed_is_silent_while_a_session_runs_elsewhere(world: RemindingWorld) -> None:
    """Told when it is over, where it did not count."""
    world.wait_until(20, 50)
    world.elsewhere = True
    world.sleep_until(21, 30)
    assert world.passed == []
    assert alarm_at(world) == world.at(21, 33)
    world.elsewhere = False
    world.wait_until(22)
    assert world.passed == [(["1"], "asleep")]


def test_what_passed_is_not_spoken_of_after_a_session(world: RemindingWorld) -> None:
    """Two evenings went by while the program was off; it begins with a session."""
    world.book.keep_state()
    world.clock.advance(2 * 86400)
    world.restart()
    world.launcher.start(LOWER_BACK, 120, 0)
    world.scheduler.begin()
    while world.runner.active:
        world.clock.advance(30)
        world.runner.tick()
    assert (world.due, world.passed) == ([], [])


def test_a_session_elsewhere_that_was_called_off_answers_nothing(world: RemindingWorld) -> None:
    """A terminal settled in at 21:00 and was left at 21:01: the reminder comes a few minutes later."""
    world.wait_until(20, 59)
    world.elsewhere = True
    world.wait_until(21, 1)
    assert world.due == []
    world.elsewhere = False
    world.wait_until(23)
    assert (world.due, world.passed) == (["1"], [])


def test_a_session_elsewhere_that_takes_long_leaves_one_that_passed(world: RemindingWorld) -> None:
    """Settled in and paused for an hour in a terminal; then left."""
    world.wait_until(20, 59)
    world.elsewhere = True
    world.wait_until(22)
    world.elsewhere = False
    world.wait_until(23)
    assert (world.due, world.passed) == ([], [(["1"], "session")])
    assert world.notifier.shown[-1].body == "A session was under way. No need to catch up."


def test_what_is_next_knows_of_the_session_that_was_done(world: RemindingWorld) -> None:
    """At 20:05 this evening's is answered; it is told to who shows it."""
    changes: list[bool] = []
    world.scheduler.next_changed.connect(lambda: changes.append(True))
    world.wait_until(20)
    world.do_session()
    coming = world.scheduler.coming()
    assert changes
    assert coming is not None
    assert coming.at == world.at(21, day=27)
    assert world.scheduler.next_of(evening()) == coming
