"""Whole stories in a real terminal: the program as a child, keys and signals through a pseudo terminal."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals of this kind", allow_module_level=True)

from tests.terminal.terminals import PATIENCE_S, terminal

OWN_PRESET = """
name = "Tiny try"
area = "lower_back"
setup = ["Mat on the floor."]

[[step]]
name = "Lie down"
seconds = 1
show = "Lower yourself."

[[step]]
name = "Rest"
seconds = {rest_s}
show = "Nothing to do."
"""


WAY_BACK = """
name = "There and back"
area = "lower_back"

[[step]]
name = "Rest"
seconds = 600
mode = "elastic"

[[step]]
name = "Come back"
seconds = 300
kind = "return"
"""


@pytest.fixture
def env(home: Path) -> Mapping[str, str]:
    """A home with own presets of three seconds, half an hour, and one with a way back; and no display."""
    presets = home / "matsession" / "config" / "presets"
    presets.mkdir(parents=True)
    (presets / "tiny.toml").write_text(OWN_PRESET.format(rest_s=2))
    (presets / "long.toml").write_text(OWN_PRESET.format(rest_s=1799).replace("Tiny try", "Long rest"))
    (presets / "back.toml").write_text(WAY_BACK)
    (presets.parent / "settings.toml").write_text("welcome_due = false\n")
    left_out = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def history(env: Mapping[str, str]) -> list[dict[str, Any]]:
    """What ``matsession history --json`` tells."""
    command = [sys.executable, "-m", "matsession", "history", "--json"]
    asked = subprocess.run(command, env=env, capture_output=True, timeout=PATIENCE_S, check=True)
    rows: list[dict[str, Any]] = json.loads(asked.stdout)
    return rows


def process_id(home: Path) -> int:
    """The program that runs a session, as its lock tells."""
    return int((home / "matsession" / "run" / "session.lock").read_text().split()[0])


def test_a_whole_session_with_keys(env: Mapping[str, str]) -> None:
    """Enter ends the settling in, Space pauses, and after the last step the rating is asked and kept."""
    with terminal("start", "tiny", "--no-window", "--before", "6", env=env) as person:
        person.wait_for("Settle in on the mat")
        person.press("\r")
        person.wait_for("Step 1 of 2")
        person.press(" ")
        person.wait_for("Paused. Space goes on.")
        person.press(" ")
        person.wait_for(r"Tiny try: 3 s of 3 s, 3 s on the mat\. Saved\.")
        person.wait_for(r"\d of 3 cues sounded")
        person.wait_for("Until a key is pressed, the wake chime returns")
        person.wait_for("Enter skips: ")
        person.press("12\r")
        person.wait_for("from 0 to 10")
        person.press("3\x7f4\r")
        person.wait_for(r"\[ended: 0, sane: True\]")
    (row,) = history(env)
    assert (row["preset_id"], row["state"]) == ("tiny", "finished")
    assert (row["planned_s"], row["done_s"], row["on_mat_s"]) == (3.0, 3.0, 3.0)
    assert (row["rating_before"], row["rating_after"]) == (6, 4)


def test_before_the_first_session_one_agrees(env: Mapping[str, str], home: Path) -> None:
    """Enter goes on to the session, and is remembered."""
    settings = home / "matsession" / "config" / "settings.toml"
    settings.unlink()
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("Before your first session")
        person.wait_for("Get off the mat if you notice:")
        person.wait_for("q leaves")
        person.press("\r")
        person.wait_for("Step 1 of 2")
        person.press("q")
        person.wait_for("Enter skips: ")
        person.press("\r")
        person.wait_for(r"\[ended: 0, sane: True\]")
    assert "welcome_due = false" in settings.read_text()


def test_an_open_ended_session_with_keys(env: Mapping[str, str]) -> None:
    """It counts up; t tells the time, q begins the way back, the second q ends, + takes the end back."""
    with terminal("start", "back", "--open-end", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("There and back, open end")
        person.wait_for("0:0[1-9] so far, open end")
        person.press("t")
        person.wait_for("seconds? so far\\.")
        person.press("q")
        person.wait_for("Come back")
        person.press("q")
        person.wait_for(r"There and back: \d+ s, \d+ s on the mat\. Saved\.")
        person.wait_for(r"\+ goes on with the session, for \d+ s\.")
        person.wait_for("Enter skips: ")
        person.press("+")
        person.wait_for("Come back")
        person.press("q")
        person.wait_for("Enter skips: ")
        person.press("5\r")
        person.wait_for(r"\[ended: 0, sane: True\]")
    (row,) = history(env)
    assert (row["state"], row["rating_after"]) == ("finished", 5)
    assert row["done_s"] < row["planned_s"] < 600 + PATIENCE_S


def test_ctrl_c_ends_calmly_and_saves(env: Mapping[str, str]) -> None:
    """No question is asked any more, and the terminal is as it was."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("29:[0-9]+ left")
        person.press("\x03")
        person.wait_for(r"on the mat\. Saved\.")
        person.wait_for(r"\[ended: 0, sane: True\]")
        assert "Traceback" not in person.seen
        assert "Enter skips" not in person.seen
    (row,) = history(env)
    assert row["state"] == "stopped"
    assert 1 <= row["done_s"] < PATIENCE_S


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_other_signals_end_as_calmly(env: Mapping[str, str], home: Path, number: int) -> None:
    """The computer is shut down, or somebody ends the program: what was done is kept."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("29:[0-9]+ left")
        os.kill(process_id(home), number)
        person.wait_for(r"\[ended: 0, sane: True\]")
    assert [row["state"] for row in history(env)] == ["stopped"]


def test_closing_the_terminal_saves(env: Mapping[str, str]) -> None:
    """The window of the terminal is closed in the middle of a session."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("29:[0-9]+ left")
    assert [row["state"] for row in history(env)] == ["stopped"]


def test_ctrl_z_pauses_and_fg_comes_back(env: Mapping[str, str]) -> None:
    """The shell gets a sane terminal; back in the foreground the picture is drawn anew and keys work."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("29:[0-9]+ left")
        person.press("\x1a")
        person.wait_for(r"\[stopped, sane: True\]")
        person.press("fg\n")
        person.wait_for("Paused. Space goes on.")
        person.press(" ")
        person.wait_for("29:[0-9]+ left")
        person.press("q")
        person.wait_for("Enter skips: ")
        person.press("\r")
        person.wait_for(r"\[ended: 0, sane: True\]")
    assert [row["state"] for row in history(env)] == ["stopped"]


def test_another_window_size_draws_anew(env: Mapping[str, str]) -> None:
    """The picture is cleared and fits the new size."""
    with terminal("start", "long", "--no-window", "--preparation", "5m", env=env) as person:
        person.wait_for("Enter: start now   Space: pause")
        person.resize(30, 10)
        picture = person.wait_for("\x1b\\[2J(?s:.*)starts in [0-9:]+")
        plain = re.sub(r"\x1b\[[0-9]*[A-Za-z]", "", picture.rsplit("\x1b[2J", 1)[1])
        assert max(len(line) for line in plain.split("\r\n")) < 30
        person.press("q")
        person.wait_for("There is nothing to save")
        person.wait_for(r"\[ended: 0, sane: True\]")
    assert history(env) == []


def test_without_a_display_the_terminal_lets_you_choose(env: Mapping[str, str]) -> None:
    """``matsession`` alone: a list, a name, a length, and the session runs."""
    with terminal(env=env) as person:
        person.wait_for("Which session\\?")
        person.wait_for("q leaves\\): ")
        person.press("nek\n")
        person.wait_for("Nearest: neck")
        person.wait_for("q leaves\\): ")
        person.press("neck\n")
        person.wait_for("Length, 4m to 15m, or open .*: ")
        person.press("5m\n")
        person.wait_for("Settle in on the mat")
        person.press("q")
        person.wait_for(r"\[ended: 0, sane: True\]")


def test_a_display_that_cannot_be_opened_is_told_and_done_without(env: Mapping[str, str]) -> None:
    """Qt would end the program; instead the session runs in the terminal."""
    with terminal("start", "long", env={**env, "DISPLAY": ":987"}) as person:
        person.wait_for("The display ':987' cannot be opened. The session runs here.")
        person.wait_for("Settle in on the mat")
        person.press("q")
        person.wait_for(r"\[ended: 0, sane: True\]")


def test_ctrl_c_at_a_question_leaves_without_a_word(env: Mapping[str, str]) -> None:
    """Nothing was started, and there is no traceback."""
    with terminal(env=env) as person:
        person.wait_for("q leaves\\): ")
        person.press("\x03")
        person.wait_for(r"\[ended: 1, sane: True\]")
        assert "Traceback" not in person.seen


@pytest.mark.parametrize(("answer", "states"), [("k", ["interrupted"]), ("d", []), ("", ["open"])])
def test_what_a_crash_left_is_offered(
    env: Mapping[str, str], home: Path, answer: str, states: list[str]
) -> None:
    """Keep, discard, or decide later."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as person:
        person.wait_for("Step 2 of 2")
        os.kill(process_id(home), signal.SIGKILL)
        person.wait_for(r"\[ended: -9")
    with terminal(env=env) as person:
        person.wait_for(r"A session was cut short: Long rest on .*\d s of 30 min done")
        person.wait_for(r"decide later \(Enter\)\? ")
        person.press(f"{answer}\n")
        person.wait_for("q leaves\\): ")
        person.press("q\n")
        person.wait_for(r"\[ended: 0")
    assert [row["state"] for row in history(env)] == states


def test_a_second_session_is_refused_while_one_runs(env: Mapping[str, str]) -> None:
    """One mat, one session; the row of the first is not taken for one that crashed."""
    with terminal("start", "long", "--no-window", "--preparation", "0s", env=env) as first:
        first.wait_for("Step 2 of 2")
        with terminal("start", "tiny", "--no-window", env=env) as second:
            second.wait_for("Another MatSession program is running a session.")
            second.wait_for(r"\[ended: 1, sane: True\]")
            assert "cut short" not in second.seen
        first.press("\x03")
        first.wait_for(r"\[ended: 0, sane: True\]")
