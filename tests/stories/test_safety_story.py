"""From the first start to the history: what is true for a person, and their mat, are heeded by all."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.desktop_parts import (
    PATIENCE_S,
    matsession,
    press,
    program,
    run,
    virtual_display,
    wait_for_window,
    wait_until,
)
from tests.stories.screen_reader import ScreenReader, screen_reader

pytestmark = pytest.mark.desktop

NUMB = "Numb feet, or another loss of feeling"


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, a bus with accessibility awake, and a screen reader on it."""
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def told(*arguments: str) -> str:
    """What the command line prints."""
    return run(matsession(*arguments), env=dict(os.environ)).stdout


def shown(reader: ScreenReader, name: str) -> bool:
    """Whether something of this name can be seen."""
    return any(seen.name == name and "showing" in seen.states for seen in reader.look())


def test_numb_feet_a_mat_and_a_session(eyes: tuple[ScreenReader, dict[str, str]]) -> None:
    """Ticked before the first session; standing is hidden everywhere; the session keeps its mat."""
    reader, env = eyes
    with program(env) as child:
        wait_for_window(env, "^Welcome - MatSession$")
        reader.press("check box", "I have read this. I know MatSession gives no medical advice.")
        wait_until(lambda: "enabled" in reader.find("button", "Continue").states, "Continue")
        reader.press("button", "Continue")
        reader.press("check box", NUMB)
        wait_until(
            lambda: shown(reader, f"4 presets are hidden because you said: {NUMB}."), "what follows from it"
        )
        reader.press("button", "Continue")
        reader.press("button", "Done")
        wait_for_window(env, "^MatSession$")
        assert "enabled" not in reader.find("radio button", "Feet").states
        reader.press("button", "All presets")
        reader.find("list", "All presets")
        assert not shown(reader, "Feet, standing (intervals), 5 minutes")
        reader.press("button", "Show them anyway")
        reader.press("list item", "Feet, standing (intervals), hidden, 5 minutes", in_view=False)
        reader.find("button", "Start anyway")
        reader.press("button", "Hide them again")
        # The window that is open refuses it like the command line itself, and hears of a new mat at once.
        refused = run(matsession("start", "feet_standing"), env=env)
        assert refused.returncode == 1
        assert f"hidden because you said: {NUMB}" in refused.stderr
        run(matsession("mats", "add", "Green mat", "--size", "30x17in", "--points", "8820"), env=env)
        reader.press("list item", "Settings")
        wait_until(lambda: shown(reader, "Green mat"), "the mat in the settings")
        assert (
            run(matsession("start", "neck", "--length", "4m", "--preparation", "0s"), env=env).returncode == 0
        )
        wait_for_window(env, "^Neck - MatSession$")
        reader.press("button", "End session")
        wait_for_window(env, "^After the session - MatSession$")
        reader.press("button", "Skip rating")
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0
    (row,) = json.loads(told("history", "--json"))
    assert (row["preset_id"], row["mat_name"]) == ("neck", "Green mat")
    marked = {each["id"] for each in json.loads(told("presets", "--json")) if each["suits"] == "hidden"}
    assert marked == {"feet_seated", "feet_standing", "hands_forearms", "goal_energy"}
