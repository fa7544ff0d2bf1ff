"""``matsession programme``: what it tells and changes, and what ``start --programme`` starts."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matsession import cli
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.body import Layer, Surface
from matsession.domain.errors import MatSessionError
from matsession.domain.programme import Trouble
from matsession.domain.programme_course import Answer, Begun, Course, Status
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.programme_commands import programme_session
from matsession.storage.history import History
from matsession.storage.programme_course import CourseFile
from matsession.storage.settings_file import SettingsFile

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


def run(*arguments: str) -> int:
    """The command."""
    return cli.run(["programme", *arguments])


def course(folders: Folders) -> Course:
    """What is kept."""
    return CourseFile(folders.programme_course_file).read().course


def told(capsys: Captured) -> dict[str, Any]:
    """As JSON."""
    capsys.readouterr()
    assert run("--json") == 0
    values = json.loads(capsys.readouterr().out)
    assert isinstance(values, dict)
    return values


def done_yesterday(folders: Folders) -> None:
    """The first day."""
    when = datetime.now().astimezone() - timedelta(days=1)
    with History.open(folders.history_file) as history:
        history.save(
            SessionRecord(
                id="a",
                preset_id="first_session",
                preset_name="First time on the mat",
                area="full_back",
                started_at=when,
                ended_at=when + timedelta(minutes=3),
                planned_s=180,
                done_s=180,
                state=RowState.FINISHED,
                strongest=5,
            )
        )
    begun = Begun(session_id="a", day=1, layer=Layer.TOWEL, surface=Surface.SOFT)
    CourseFile(folders.programme_course_file).save(
        Course(status=Status.ACTIVE, started_on=when.date(), entries=(begun,))
    )


def test_it_is_started_paused_and_left(folders: Folders, capsys: Captured) -> None:
    """Each says what it did; nothing is written by looking."""
    assert run() == 0
    out = capsys.readouterr().out
    assert "It has not been started." in out
    assert out.endswith("are our own choice; no study gives them.\n")
    assert not folders.programme_course_file.exists()
    assert told(capsys)["kind"] is None
    assert run("start") == 0
    assert capsys.readouterr().out == "The programme begins at day 1.\n"
    assert run() == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "Two gentle weeks. Day 1 of 14: First time on the mat, 3 min",
        "Layer: folded towel over the points. Mat on: bed, sofa or thick carpet.",
        "Three minutes through a towel or a T-shirt. Stopping early counts.",
    ]
    values = told(capsys)
    assert (values["preset"], values["length_s"], values["layer"]) == ("first_session", 180, "towel")
    assert run("start") == 1
    assert "followed already" in capsys.readouterr().err
    for action, status in (("pause", Status.PAUSED), ("start", Status.ACTIVE), ("leave", Status.LEFT)):
        assert run(action) == 0
        assert course(folders).status is status
    assert run("pause") == 1


def test_who_leaves_it_does_not_see_it_in_the_window(folders: Folders) -> None:
    """And who starts it does."""
    file = SettingsFile(folders.settings_file)
    file.save(replace(Settings(), programme_shown=False))
    assert run("start") == 0
    assert file.look()[0].programme_shown
    assert run("leave") == 0
    assert not file.look()[0].programme_shown
    assert run("restart") == 0
    assert file.look()[0].programme_shown


def test_it_goes_by_the_history(folders: Folders, capsys: Captured) -> None:
    """Day 2 after day 1; marks repeat it; broken skin waits until it is told that it has healed."""
    done_yesterday(folders)
    values = told(capsys)
    assert (values["kind"], values["day"], values["why"], values["asks"]) == ("session", 2, "next", True)
    assert run("tell", "marks") == 0
    assert told(capsys)["why"] == "marks"
    assert run("tell", "skin_well") == 1
    assert run("tell", "broken_skin") == 0
    assert told(capsys)["kind"] == "wait"
    assert run("restart") == 1
    assert "skin_well" in capsys.readouterr().err
    assert cli.run(["start", "--programme", "--no-window"]) == 1
    assert "The programme waits for your skin." in capsys.readouterr().err
    assert run("tell", "skin_well") == 0
    values = told(capsys)
    assert (values["kind"], values["day"], values["why"]) == ("session", 1, "broken_skin")
    last = course(folders).last
    assert last is not None
    assert last.trouble is Trouble.BROKEN_SKIN
    assert run("restart") == 0
    assert course(folders).entries == ()


def test_marks_are_asked_about_in_words(folders: Folders, capsys: Captured) -> None:
    """With how to answer, until that is done."""
    done_yesterday(folders)
    assert run() == 0
    assert capsys.readouterr().out.endswith(
        "Any marks from last time still there?\n"
        "'matsession programme tell marks' says yes, 'tell no_marks' no. You need not answer.\n"
    )
    assert run("tell", "no_marks") == 0
    last = course(folders).last
    assert last is not None
    assert last.marks is Answer.NO
    capsys.readouterr()
    assert run() == 0
    out = capsys.readouterr().out
    assert "Day 2 of 14" in out
    assert "marks" not in out


def test_a_preset_that_was_hidden_is_not_suggested(folders: Folders) -> None:
    """As in the window, which would not count it either; where all are hidden, all are shown there too."""
    SettingsFile(folders.settings_file).save(Settings())
    assert run("start") == 0
    first = programme_session(folders)
    assert first is not None
    SettingsFile(folders.settings_file).save(Settings(hidden_presets={first[0]: True}))
    with pytest.raises(MatSessionError):
        programme_session(folders)


def test_broken_skin_waits_whatever_else_is_told(folders: Folders, capsys: Captured) -> None:
    """Until it has healed; skin that is open again waits again."""
    done_yesterday(folders)
    assert run("tell", "broken_skin") == 0
    kept = course(folders)
    assert run("tell", "bad_night") == 1
    assert "tell skin_well" in capsys.readouterr().err
    assert course(folders) == kept
    assert run("tell", "skin_well") == 0
    assert told(capsys)["kind"] == "session"
    assert run("tell", "broken_skin") == 0
    assert told(capsys)["kind"] == "wait"


def test_start_takes_what_is_suggested(folders: Folders, capsys: Captured) -> None:
    """And nothing beside it; without the programme it says so."""
    assert cli.run(["start", "--programme"]) == 1
    assert "is not followed" in capsys.readouterr().err
    done_yesterday(folders)
    assert programme_session(folders) == ("first_session", 240)
    assert cli.run(["start", "--programme", "--length", "5m"]) == 2
    assert cli.run(["start", "neck", "--programme"]) == 2


def test_reminders_say_which_day_it_is(folders: Folders, capsys: Captured) -> None:
    """Where no preset is named."""
    done_yesterday(folders)
    assert cli.run(["reminders", "add", "21:00"]) == 0
    capsys.readouterr()
    assert cli.run(["reminders"]) == 0
    assert "day 2 of the programme (first_session 4m)" in capsys.readouterr().out


def test_a_file_that_is_not_understood_is_named(folders: Folders, capsys: Captured) -> None:
    """On standard error, with its field."""
    folders.data.mkdir(parents=True)
    folders.programme_course_file.write_text('status = "activ"', "utf-8")
    assert run() == 0
    captured = capsys.readouterr()
    assert "programme.toml: status: 'activ' is not known; the nearest is 'active'" in captured.err
    assert "It has not been started." in captured.out
