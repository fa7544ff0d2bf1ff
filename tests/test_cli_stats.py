"""``matsession stats``: the numbers of the history in a terminal, and for other programs."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matsession import cli
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.days import day_of
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.week import DAY_TURN_MIN
from matsession.storage.history import History

DOCUMENT = Path(__file__).parents[1] / "docs" / "statistics.md"


@pytest.fixture
def folders(home: Path) -> Folders:
    """The folders that MATSESSION_HOME leads to."""
    return find_folders(home / "matsession")


@pytest.fixture
def history(folders: Folders) -> Folders:
    """Fourteen evenings up to yesterday: twelve with pain ratings, one of them stopped; two on the neck."""
    now = datetime.now().astimezone()  # the program itself reads the clock here
    evening = now.replace(hour=20, minute=0) - (now.date() - day_of(now, DAY_TURN_MIN)) - timedelta(days=1)
    with History.open(folders.history_file) as store:
        for number in range(14):
            neck = number >= 12
            store.save(
                SessionRecord(
                    id=f"id-{number}",
                    preset_id="neck" if neck else "lower_back",
                    preset_name="any",
                    area="neck" if neck else "lower_back",
                    started_at=evening - timedelta(days=number),
                    planned_s=600,
                    done_s=120 if number == 5 else 600,
                    on_mat_s=60 if number == 5 else 540,
                    state=RowState.STOPPED if number == 5 else RowState.FINISHED,
                    rating_scale="tension_nrs" if neck else "pain_nrs",
                    rating_before=6,
                    rating_after=7 if number == 5 else 4,
                )
            )
        store.set_rest_day(evening.date() - timedelta(days=40), rest=True)
    return folders


def values(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the JSON says."""
    assert cli.run(["stats", "--json"]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_numbers_as_json(history: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals, run, bars and ratings."""
    found = values(capsys)
    assert found["total"] == {"sessions": 14, "done_s": 7920.0, "on_mat_s": 7080.0}
    assert (found["streak"]["days"], found["streak"]["longest"], found["streak"]["today_counts"]) == (
        14,
        14,
        False,
    )
    assert len(found["calendar"]) == 168
    assert sum(day["rest"] for day in found["calendar"]) == 1
    assert sum(bar["sessions"] for bar in found["weeks"]) == 14
    assert [area["area"] for area in found["areas"]] == ["lower_back", "neck"]
    pain, tension = found["ratings"]
    assert (pain["scale"], pain["on_mat"]["rated"], pain["on_mat"]["stage"]) == ("pain_nrs", 12, "enough")
    assert pain["on_mat"]["average"]["change"] == pytest.approx((11 * -2 + 1) / 12)
    assert pain["on_mat"]["important"]["points"] == 2
    assert (tension["on_mat"]["stage"], tension["on_mat"]["average"]) == ("too_few", None)
    assert len(tension["newest"]) == 2


def test_the_numbers_for_a_person(history: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence with its caveat, tables, and a calendar of seven lines."""
    assert cli.run(["stats"]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    lines = out.splitlines()
    assert lines[0] == "14 sessions, 2 h 12 min, 1 h 58 min on the mat"
    assert lines[1] == "14 days in a row"
    assert lines[2].startswith("Longest run: 14 days (20")
    assert [line[:3] for line in lines[4:11]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert sum(line.count("+") for line in lines[4:11]) == 13
    assert sum(line.count("r") for line in (line[5:] for line in lines[4:11])) == 1
    assert "Pain: 12 of 12 rated" in lines
    assert any(
        re.fullmatch(
            r"Over 12 rated sessions your pain rating was on average 1\.8 points lower afterwards \(rough "
            r"95 % range 1\.2 to 2\.3\)\. This cannot tell the mat from .* help\.",
            line,
        )
        for line in lines
    )
    assert "2 of 5 sessions with ratings, too few for an average." in lines
    assert any(re.fullmatch(r"20..-..-.. 20:00  neck: 6 -> 4", line) for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_the_settings_are_obeyed(history: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """No streak where it is switched off, and weekdays off in the calendar."""
    history.settings_file.parent.mkdir(parents=True, exist_ok=True)
    history.settings_file.write_text(
        "show_streak = false\nday_turn_min = 0\n[rest_weekdays]\nsunday = true\n", "utf-8"
    )
    found = values(capsys)
    assert found["streak"] is None
    assert sum(day["rest"] for day in found["calendar"]) in (24, 25)
    assert cli.run(["stats"]) == 0
    assert "in a row" not in capsys.readouterr().out


def test_settings_that_cannot_be_read_are_told_and_left(
    history: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mere look sets nothing aside; the defaults are used."""
    history.settings_file.parent.mkdir(parents=True, exist_ok=True)
    history.settings_file.write_text("day_turn_min = ")
    assert cli.run(["stats", "--json"]) == 0
    out, errors = capsys.readouterr()
    assert "settings.toml is not valid TOML" in errors
    assert "The next start keeps it aside and uses the defaults." in errors
    assert json.loads(out)["total"]["sessions"] == 14
    assert [path.name for path in history.settings_file.parent.iterdir()] == ["settings.toml"]


def test_every_key_is_documented(history: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """And every key of the document is there."""
    keys: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for each in value.values():
                collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)

    found = values(capsys)
    collect(found)
    text = DOCUMENT.read_text("utf-8")
    text = text[text.index("## Keys of the JSON") :]
    documented = {
        part.removesuffix("[]")
        for name in re.findall(r"`([a-z_\[\].]+)`", text)
        for part in name.split(".")
        if part
    }
    # Values, and what only a longer history has.
    assert keys - documented == set()
    assert documented - keys == {"pain_nrs", "too_few", "early", "enough", "first", "last"}


def test_an_empty_history_says_so_and_makes_no_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even a folder."""
    assert cli.run(["stats"]) == 0
    assert capsys.readouterr().out == "There are no sessions yet.\n"
    found = values(capsys)
    assert (found["total"]["sessions"], found["ratings"]) == (0, [])
    assert not (home / "matsession").exists()


def test_a_history_that_cannot_be_read_is_told(folders: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Code 1, what happened and what helps."""
    folders.history_file.parent.mkdir(parents=True)
    folders.history_file.write_bytes(b"My diary. " * 50)
    assert cli.run(["stats"]) == 1
    assert "is not a history of MatSession" in capsys.readouterr().err


def test_wrong_use_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """Code 2."""
    assert cli.run(["stats", "--jsno"]) == 2
    assert "--jsno" in capsys.readouterr().err


def test_the_help_names_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the keys are explained."""
    assert cli.run(["stats", "--help"]) == 0
    assert "docs/statistics.md" in capsys.readouterr().out
