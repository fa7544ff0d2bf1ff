"""``matsession reminders``: what it lists, makes, removes and puts off, and what it refuses."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matsession import cli
from matsession.app.reminder_sessions import Following
from matsession.cli import _reminder_desk
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.days import day_of
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.reminder import Reminder
from matsession.domain.reminder_times import Progress, ReminderState, Told
from matsession.domain.settings import Settings
from matsession.domain.week import Weekday
from matsession.storage.history import History
from matsession.storage.reminder_state import ReminderStateFile
from matsession.storage.reminders import RemindersFile


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


def reminders(folders: Folders) -> tuple[Reminder, ...]:
    """What is in the file."""
    return RemindersFile(folders.reminders_file).read().reminders


def run(*arguments: str) -> int:
    """The command."""
    return cli.run(["reminders", *arguments])


def test_without_any_it_says_how_to_make_one(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """And makes no file by looking."""
    assert run() == 0
    assert "matsession reminders add 21:00" in capsys.readouterr().out
    assert not folders.reminders_file.exists()
    assert run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["next"], told["quiet_day"], told["quiet"], told["reminders"]) == (None, None, {}, [])


def test_add_list_remove(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """One with everything, one with nothing but its time."""
    assert run("add", "21:00", "--days", "mon,wed", "--preset", "lower_back", "--length", "10m") == 0
    assert capsys.readouterr().out == "Reminder 1: 21:00, mon,wed.\n"
    assert run("add", "9:30", "--name", "Late [b]breakfast") == 0
    assert capsys.readouterr().out == "Reminder 2: 09:30, daily.\n"
    late, evening = reminders(folders)
    assert (late.time_min, late.weekdays, late.preset_id, late.name) == (
        570,
        frozenset(Weekday),
        "",
        "Late [b]breakfast",
    )
    assert (evening.weekdays, evening.length_s) == (frozenset({Weekday.MONDAY, Weekday.WEDNESDAY}), 600)
    assert run() == 0
    listed = capsys.readouterr().out
    assert "lower_back 10m" in listed
    assert "Late [b]breakfast: the last one (first_session 3m)" in listed
    assert run("--json") == 0
    values = json.loads(capsys.readouterr().out)
    first, second = values["reminders"]
    assert (first["id"], second["id"], second["days"]) == ("2", "1", ["monday", "wednesday"])
    assert second["starts"] == {"preset": "lower_back", "length_s": 600}
    coming = datetime.fromisoformat(values["next"])
    assert timedelta(0) < coming - datetime.now(UTC) <= timedelta(hours=25)
    assert run("remove", "2") == 0
    assert capsys.readouterr().out == "Removed: 09:30, daily.\n"
    assert run("add", "8:00") == 0
    assert [each.id for each in reminders(folders)] == ["2", "1"], "an id that is free"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "25:00"], "'25:00' is not a time of day; write it as 21:00."),
        (
            ["add", "9:00", "--days", "mo,foo"],
            "'foo' is not a day; write mon,wed,fri, or weekdays, weekend, daily.",
        ),
        (["add", "9:00", "--days", ","], "Choose at least one day"),
        (["add", "9:00", "--preset", "lower"], "There is no preset 'lower'. Nearest: lower_back."),
        (["add", "9:00", "--length", "10m"], "--length needs --preset"),
        (["add", "9:00", "--preset", "neck", "--length", "99m"], "99 min is not possible."),
        (["add", "9:00", "--name", "n" * 61], "The name must be at most 60 letters long."),
        *(
            (
                ["add", "9:00", "--name", f"a{sign}b"],
                "The name must be one line without tabs or other control characters.",
            )
            for sign in ("\n", "\x1b", "\u2028")
        ),
        (["snooze", "1h"], "'1h' is not one of 10m, 30m, tonight."),
        (["nonsense"], "invalid choice: 'nonsense'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folders: Folders, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """In a sentence, with the help that explains it; nothing is made."""
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "--help'" in error
    assert not folders.reminders_file.exists()


def test_one_that_is_not_there_cannot_be_removed(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """And is told which there are."""
    run("add", "9:00")
    assert run("remove", "x\n") == 1
    assert capsys.readouterr().err.splitlines() == ["There is no reminder 'x\\n'.", "There are: 1."]
    assert len(reminders(folders)) == 1


def came(folders: Folders, *minutes_ago: int) -> None:
    """Reminders "1", "2", ... that came so long ago."""
    found = [
        Reminder(id=str(number), time_min=0, weekdays=frozenset(Weekday))
        for number in range(1, len(minutes_ago) + 1)
    ]
    RemindersFile(folders.reminders_file).save(found, {})
    now = datetime.now(UTC)
    progress = {}
    for each, minutes in zip(found, minutes_ago, strict=True):
        at = now - timedelta(minutes=minutes)
        progress[each.id] = Progress(each.rule, at, (Told(at.date(), at),))
    ReminderStateFile(folders.reminder_state_file).save(ReminderState(progress))


@pytest.mark.parametrize(("more", "number", "minutes"), [([], "2", 10), (["30m", "--id", "1"], "1", 30)])
def test_what_came_last_is_put_off(
    folders: Folders, capsys: pytest.CaptureFixture[str], more: list[str], number: str, minutes: int
) -> None:
    """Or the one that is named; the state says when it comes back."""
    came(folders, 50, 5)
    before = datetime.now(UTC)
    assert run("snooze", *more) == 0
    assert capsys.readouterr().out.startswith("It comes again at ")
    state = ReminderStateFile(folders.reminder_state_file).read()
    snoozed = {key: each.snooze for key, each in state.progress.items() if each.snooze}
    assert list(snoozed) == [number]
    late = snoozed[number].until - before - timedelta(minutes=minutes)
    assert timedelta(0) <= late < timedelta(minutes=1)


def test_what_came_yesterday_is_not_put_off(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor what never came."""
    came(folders, 13 * 60)
    assert run("snooze") == 1
    assert "There is no reminder to put off." in capsys.readouterr().err


def test_quiet_hours_leave_no_room_for_it(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Told, with the hours."""
    came(folders, 5)
    with folders.reminders_file.open("a") as file:
        days = [f'{day} = "0:00-23:59"' for day in Weekday]
        file.write("\n".join(["[quiet]", *days, ""]))
    assert run("snooze") == 1
    assert "quiet hours 00:00-23:59" in capsys.readouterr().err


def test_it_comes_before_quiet_hours_where_there_is_room(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Quiet from 25 minutes after now on: not tonight, but before them."""
    came(folders, 5)
    now = datetime.now().astimezone()
    begins, ends = now + timedelta(minutes=25), now + timedelta(minutes=20)
    with folders.reminders_file.open("a") as file:
        days = [f'{day} = "{begins:%H:%M}-{ends:%H:%M}"' for day in Weekday]
        file.write("\n".join(["[quiet]", *days, ""]))
    assert run("snooze", "30m") == 0
    assert "; later there is no room before the quiet hours." in capsys.readouterr().out
    snooze = ReminderStateFile(folders.reminder_state_file).read().progress["1"].snooze
    assert snooze is not None
    assert now < snooze.until <= begins - timedelta(minutes=3, seconds=30)


def had_session(folders: Folders, minutes_ago: int) -> None:
    """One of a minute and a half."""
    began = datetime.now().astimezone() - timedelta(minutes=minutes_ago)
    with History.open(folders.history_file) as history:
        history.save(
            SessionRecord(
                id="x",
                preset_id="neck",
                preset_name="Neck",
                area="neck",
                started_at=began,
                planned_s=90,
                ended_at=began + timedelta(seconds=90),
                done_s=90,
                on_mat_s=90,
                state=RowState.FINISHED,
            )
        )


def test_after_a_session_nothing_is_put_off(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """It would not come again."""
    came(folders, 20)
    had_session(folders, 10)
    assert run("snooze") == 1
    assert "There was a session since it came" in capsys.readouterr().err
    assert ReminderStateFile(folders.reminder_state_file).read().progress["1"].snooze is None


def call_off(folders: Folders, day: date) -> None:
    """Not this day."""
    file = ReminderStateFile(folders.reminder_state_file)
    file.save(file.read()._replace(quiet_day=day))


def test_after_not_today_nothing_is_put_off(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Yesterday's "not today" is over, and not told any more."""
    came(folders, 5)
    today = day_of(datetime.now().astimezone(), Settings().day_turn_min)
    call_off(folders, today)
    assert run() == 0
    assert f"Nothing comes on {today}: it was called off." in capsys.readouterr().out
    assert run("snooze") == 1
    assert "Nothing more comes today: it was called off." in capsys.readouterr().err
    call_off(folders, today - timedelta(days=1))
    assert run() == 0
    assert "called off" not in capsys.readouterr().out
    assert run("--json") == 0
    assert json.loads(capsys.readouterr().out)["quiet_day"] is None
    assert run("snooze") == 0


def test_what_todays_session_has_answered_is_not_next(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reminder in an hour is not: that of tomorrow is."""
    came(folders, 0)
    in_an_hour = datetime.now().astimezone() + timedelta(hours=1)
    each = replace(reminders(folders)[0], time_min=60 * in_an_hour.hour + in_an_hour.minute)
    RemindersFile(folders.reminders_file).save([each], {})
    had_session(folders, 10)
    assert run() == 0
    tomorrow = in_an_hour + timedelta(days=1)
    assert f"{tomorrow:%Y-%m-%d %H:%M}" in " ".join(capsys.readouterr().out.split())
    assert run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["next"] == told["reminders"][0]["next"]
    assert told["next"].startswith(f"{tomorrow:%Y-%m-%dT%H:%M}")


def test_where_the_programme_waits_the_list_says_so(
    folders: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """And not that quiet hours were to blame."""
    RemindersFile(folders.reminders_file).save(
        [Reminder(id="1", time_min=0, weekdays=frozenset(Weekday))], {}
    )
    desk = replace(_reminder_desk(folders), following=Following(None, lambda _day: True))
    out = io.StringIO()
    desk.print_list(out)
    assert "the programme waits" in " ".join(out.getvalue().split())


def test_a_broken_file_is_told_and_kept(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Listing changes nothing; adding keeps what was there aside."""
    folders.reminders_file.parent.mkdir(parents=True)
    folders.reminders_file.write_text('[[reminder]]\ntime = "nine"\ndays = ["monday"]\n')
    assert run() == 0
    assert "reminders.toml: reminder 1, time: 'nine' is not a time of day" in capsys.readouterr().err
    assert len(list(folders.reminders_file.parent.iterdir())) == 1
    assert run("add", "9:00") == 0
    assert "nine" in (folders.config / "reminders.toml.broken-1").read_text()
