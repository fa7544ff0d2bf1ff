"""``matsession morning``: the question of the next morning in a terminal."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from matsession import cli
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.next_morning import MORNING_FROM_MIN
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.settings import Settings
from matsession.storage.history import History
from matsession.storage.settings_file import SettingsFile

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


def done(folders: Folders, *, days_ago: int = 1) -> SessionRecord:
    """A session that asks for the sleep; as long ago as it takes, whatever the hour is now."""
    SettingsFile(folders.settings_file).save(replace(Settings(), day_turn_min=MORNING_FROM_MIN))
    began = datetime.now().astimezone() - timedelta(days=days_ago)
    record = SessionRecord(
        id="evening",
        preset_id="goal_deeper_sleep",
        preset_name="Wind down for sleep",
        area="full_back",
        started_at=began,
        ended_at=began + timedelta(minutes=20),
        planned_s=1200,
        done_s=1200,
        on_mat_s=1200,
        state=RowState.FINISHED,
        morning_scale="sleep_sqs",
    )
    with History.open(folders.history_file) as history:
        history.save(record)
    return record


def test_it_tells_the_question_and_keeps_the_answer(folders: Folders, capsys: Captured) -> None:
    """And then the answer; another one takes its place. history has it."""
    record = done(folders)
    when = f"after Wind down for sleep, {record.started_at:%Y-%m-%d %H:%M}"
    for words, expected in (
        ([], f"How was your sleep last night? 0 terrible, 10 excellent; {when}."),
        (["7"], f"Saved: 7 of 10, {when}."),
        ([], f"How was your sleep last night? 7 of 10, {when}."),
        (["0"], f"Saved: 0 of 10, {when}."),
        ([], f"How was your sleep last night? 0 of 10, {when}."),
    ):
        assert cli.run(["morning", *words]) == 0
        assert capsys.readouterr().out.splitlines()[0] == expected
    assert cli.run(["history", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert (row["morning_scale"], row["morning_rating"]) == ("sleep_sqs", 0)
    assert cli.run(["history"]) == 0
    head, _, line = capsys.readouterr().out.splitlines()
    place = head.index("Morning")
    assert line[place : place + 7].strip() == "0"


@pytest.mark.parametrize("days_ago", [None, 0, 3])
def test_without_such_a_session_there_is_nothing(
    folders: Folders, capsys: Captured, days_ago: int | None
) -> None:
    """Looking makes no file; an answer is refused, because it would stand with no session."""
    if days_ago is not None:
        done(folders, days_ago=days_ago)
    assert cli.run(["morning"]) == 0
    assert capsys.readouterr().out == "There is nothing to ask about last night.\n"
    assert folders.history_file.exists() == (days_ago is not None)
    assert cli.run(["morning", "7"]) == 1
    assert "There is no session of last night" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["11", "-1", "well"])
def test_an_answer_is_a_number(folders: Folders, capsys: Captured, words: str) -> None:
    """From 0 to 10."""
    done(folders)
    assert cli.run(["morning", words]) == 2
    assert "matsession morning --help" in capsys.readouterr().err


def test_presets_show_tells_it(home: Path, capsys: Captured) -> None:
    """Where it is asked, and the words at its ends."""
    assert cli.run(["presets", "show", "goal_deeper_sleep"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    asked = "The next morning, in the window: How was your sleep last night? 0 terrible to 10 excellent."
    assert asked in told
