"""The main job in a real window: start, be led, rate by keys, find the session in the history."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.stories.desktop_parts import (
    PATIENCE_S,
    matsession,
    press,
    program,
    run,
    screenshot,
    virtual_display,
    wait_for_window,
)

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("notes_read")]

SIX_SECONDS = """
name = "Six seconds"
area = "lower_back"

[[step]]
name = "Lower"
seconds = 2
show = "Lower yourself."

[[step]]
name = "Rest"
seconds = 3
show = "Rest."

[[step]]
name = "Roll off"
seconds = 1
on_mat = false
chime = "wake"
"""


@pytest.fixture
def own_preset(home: Path) -> str:
    """An own preset of six seconds, five of them on the mat."""
    folder = home / "matsession" / "config" / "presets"
    folder.mkdir(parents=True)
    (folder / "six.toml").write_text(SIX_SECONDS, encoding="utf-8")
    return "six"


def test_a_session_in_a_window_is_in_the_history(own_preset: str, tmp_path: Path) -> None:
    """Started from the command line, led in the window, rated by the keyboard alone, closed, found again."""
    with virtual_display() as env:
        arguments = ("start", own_preset, "--preparation", "1s", "--before", "6")
        with program(env, *arguments) as child:
            wait_for_window(env, "^Six seconds - MatSession$")
            screenshot(env, tmp_path / "running.png")
            wait_for_window(env, "^After the session - MatSession$")
            screenshot(env, tmp_path / "rating.png")
            press(env, "F9")  # nothing sounds here: the first key takes the signal for that away
            press(env, "4", "Return")
            wait_for_window(env, "^MatSession$")
            press(env, "alt+F4")
            assert child.wait(PATIENCE_S) == 0
    found = run(matsession("history", "--json"), env=dict(os.environ))
    (row,) = json.loads(found.stdout)
    assert (row["preset_id"], row["state"]) == ("six", "finished")
    assert (row["planned_s"], row["done_s"], row["on_mat_s"]) == (6, 6, 5)
    assert (row["rating_before"], row["rating_after"]) == (6, 4)


def test_closing_the_window_in_mid_session_asks_and_keeps_what_was_done(own_preset: str) -> None:
    """Alt+F4 asks; the safe answer is the default; the other one saves and closes."""
    with virtual_display() as env, program(env, "start", "lower_back", "--preparation", "0s") as child:
        wait_for_window(env, "^Lower back - MatSession$")
        press(env, "alt+F4")
        wait_for_window(env, "End the session and close")
        press(env, "Tab", "space")
        assert child.wait(PATIENCE_S) == 0
    found = run(matsession("history", "--json"), env=dict(os.environ))
    (row,) = json.loads(found.stdout)
    assert (row["state"], row["planned_s"]) == ("stopped", 600)
    assert 0 < row["done_s"] < PATIENCE_S


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_logging_out_in_mid_session_keeps_what_was_done(own_preset: str, number: int) -> None:
    """The desktop ends the program: no question, the window goes, code 0, and the row is complete."""
    with virtual_display() as env, program(env, "start", "lower_back", "--preparation", "0s") as child:
        wait_for_window(env, "^Lower back - MatSession$")
        child.send_signal(number)
        assert child.wait(PATIENCE_S) == 0
    found = run(matsession("history", "--json"), env=dict(os.environ))
    (row,) = json.loads(found.stdout)
    assert (row["state"], row["planned_s"]) == ("stopped", 600)
    assert 0 < row["done_s"] < PATIENCE_S


def test_a_question_that_stands_open_does_not_keep_the_program(own_preset: str) -> None:
    """Alt+F4 has asked, nobody has answered, and the computer shuts down."""
    with virtual_display() as env, program(env, "start", "lower_back", "--preparation", "0s") as child:
        wait_for_window(env, "^Lower back - MatSession$")
        press(env, "alt+F4")
        wait_for_window(env, "End the session and close")
        child.send_signal(signal.SIGTERM)
        assert child.wait(PATIENCE_S) == 0
    found = run(matsession("history", "--json"), env=dict(os.environ))
    assert [row["state"] for row in json.loads(found.stdout)] == ["stopped"]
