"""The window as a screen reader has it: everything has a role and a name, and a session needs no eyes."""

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
from tests.stories.screen_reader import INTERACTIVE, ScreenReader, Seen, screen_reader

pytestmark = pytest.mark.desktop


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, a bus with accessibility awake, and a screen reader on it."""
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def history() -> list[dict[str, object]]:
    """The rows, newest first."""
    rows: list[dict[str, object]] = json.loads(
        run(matsession("history", "--json"), env=dict(os.environ)).stdout
    )
    return rows


def unnamed(all_seen: list[Seen]) -> list[str]:
    """What can be used and says nothing of itself, or can be used and has no role."""
    shown = [seen for seen in all_seen if "showing" in seen.states]
    return [
        str(seen)
        for seen in shown
        if (seen.role in INTERACTIVE and not seen.name)
        or ("focusable" in seen.states and seen.role in ("filler", "unknown", "invalid"))
    ]


def test_a_session_without_eyes(eyes: tuple[ScreenReader, dict[str, str]]) -> None:
    """Started, paused, gone on with and ended through AT-SPI alone; every page has roles and names."""
    reader, env = eyes
    with program(env) as child, reader.announcements() as heard:
        wait_for_window(env, "^Welcome - MatSession$")
        assert unnamed(reader.look()) == []
        assert "enabled" not in reader.find("button", "Continue").states
        reader.press("check box", "I have read this. I know MatSession gives no medical advice.")
        wait_until(lambda: "enabled" in reader.find("button", "Continue").states, "Continue")
        reader.press("button", "Continue")
        heard.hear("Step 2 of 3.")
        assert unnamed(reader.look()) == []
        reader.press("button", "Skip this step")
        heard.hear("Step 3 of 3.")
        assert unnamed(reader.look()) == []
        reader.press("button", "Done")
        wait_for_window(env, "^MatSession$")
        assert unnamed(reader.look()) == []
        reader.press("button", "All presets")
        reader.find("list", "All presets")
        assert unnamed(reader.look()) == []
        reader.press("list item", "Calves, 10 minutes", in_view=False)
        reader.press("button", "Body map")
        assert "checked" in reader.find("radio button", "Calves").states
        reader.press("radio button", "Neck")
        reader.press("button", "Start")
        wait_for_window(env, "^Neck - MatSession$")
        heard.hear("Settle in. The session starts in 30 seconds.")
        assert unnamed(reader.look()) == []
        reader.press("button", "Start now")
        heard.hear("step 1 of")
        reader.press("button", "Pause")
        heard.hear("Paused.")
        reader.press("button", "Go on")
        heard.hear("The session goes on.")
        reader.press("button", "1 minute more")
        heard.hear("1 minute more. The session now lasts 6 minutes.")
        assert unnamed(reader.look()) == []
        reader.press("button", "End session")
        wait_for_window(env, "^After the session - MatSession$")
        heard.hear("Session ended early.")
        assert unnamed(reader.look()) == []
        reader.press("radio button", "3")
        reader.press("button", "Save")
        wait_for_window(env, "^MatSession$")
        for page in ("History", "Settings", "Session"):
            reader.press("list item", page)
            assert unnamed(reader.look()) == [], page
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0
    (row,) = history()
    assert (row["preset_id"], row["state"], row["planned_s"], row["rating_after"]) == (
        "neck",
        "stopped",
        360,
        3,
    )


def test_a_session_without_a_mouse() -> None:
    """Started, paused, gone on with and ended by keys alone."""
    with virtual_display() as env, program(env) as child:
        wait_for_window(env, "^Welcome - MatSession$")
        press(env, "space", "Return", "Return", "Return")  # read, agreed to, nothing to answer or choose
        wait_for_window(env, "^MatSession$")
        press(env, "Down", "Return")
        wait_for_window(env, "^Lower back - MatSession$")
        press(env, "Tab", "space")  # Start now
        press(env, "space", "space", "plus", "Escape", "Return")
        press(env, "Tab", "Tab", "space")
        wait_for_window(env, "^After the session - MatSession$")
        press(env, "7", "Return")
        wait_for_window(env, "^MatSession$")
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0
    (row,) = history()
    assert (row["preset_id"], row["state"], row["planned_s"], row["rating_after"]) == (
        "lower_back",
        "stopped",
        660,
        7,
    )
