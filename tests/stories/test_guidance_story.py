"""From the first start to a session of one's own in another home: made by one person, done by another."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from matsession.desktop.paths import find_folders
from matsession.domain.settings import Settings
from matsession.storage.settings_file import SettingsFile
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
STANDING = "Feet, standing (intervals)"


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, a bus with accessibility awake, and a screen reader on it."""
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def named(reader: ScreenReader, beginning: str) -> str:
    """The whole name of what begins so."""
    return next(seen.name for seen in reader.look() if seen.name.startswith(beginning))


def shorten(reader: ScreenReader, step: str, seconds: int) -> None:
    """Open a step, and give it another length."""
    reader.press("button", named(reader, step), in_view=False)
    reader.set_value("spin box", "Length of the step", seconds)
    wait_until(lambda: f"{seconds} second" in named(reader, step), f"{step} of {seconds} s")


def make_a_preset(reader: ScreenReader, env: dict[str, str]) -> None:
    """On its page, by a screen reader and by keys: four steps of 7 s in all, called Evenings."""
    reader.press("list item", "Presets")
    reader.press("button", "New preset")
    wait_until(lambda: "focused" in reader.find("text", "Name").states, "the field of the name")
    press(env, "ctrl+a")
    press(env, *"Evenings")
    for step, seconds in (("Step 1", 2), ("Step 2", 3), ("Step 3", 1), ("Step 4", 1)):
        shorten(reader, step, seconds)
    reader.press("button", "Save")
    wait_until(lambda: "enabled" not in reader.find("button", "Save").states, "the saved preset")


def test_made_shared_imported_run_and_found_again(
    eyes: tuple[ScreenReader, dict[str, str]], tmp_path: Path
) -> None:
    """The first start asks what is true; what speaks against standing hides it, and hinders nothing else."""
    reader, env = eyes
    shared = tmp_path / "evenings.toml"
    with program(env) as child:
        wait_for_window(env, "^Welcome - MatSession$")
        reader.press("check box", "I have read this. I know MatSession gives no medical advice.")
        wait_until(lambda: "enabled" in reader.find("button", "Continue").states, "Continue")
        reader.press("button", "Continue")
        reader.press("check box", NUMB)
        reader.press("button", "Continue")
        reader.press("button", "Done")
        wait_for_window(env, "^MatSession$")
        reader.press("button", "All presets")
        reader.find("list", "All presets")
        assert not any(seen.name.startswith(STANDING) for seen in reader.look())
        make_a_preset(reader, env)
        exported = run(matsession("presets", "export", "Evenings", str(shared)), env=env)
        assert exported.returncode == 0, exported.stderr
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0

    other = {**env, "MATSESSION_HOME": str(tmp_path / "other")}
    SettingsFile(find_folders(tmp_path / "other").settings_file).save(Settings())  # notes read there long ago
    imported = run(matsession("presets", "import", str(shared)), env=other)
    assert imported.returncode == 0, imported.stderr
    mat = run(matsession("mats", "add", "Blue mat", "--points", "6210", "--soft"), env=other)
    assert mat.returncode == 0, mat.stderr
    with program(other, "start", "evenings", "--preparation", "1s", "--before", "6") as child:
        wait_for_window(other, "^Evenings - MatSession$")
        wait_for_window(other, "^After the session - MatSession$")
        press(other, "F9")  # nothing sounds here: the first key takes the signal for that away
        press(other, "4", "Return")
        wait_until(
            lambda: (
                json.loads(run(matsession("history", "--json"), env=other).stdout)[0]["rating_after"] == 4
            ),
            "the rating in the history",
        )
        wait_for_window(other, "^MatSession$")
        press(other, "alt+F4")
        assert child.wait(PATIENCE_S) == 0
    (row,) = json.loads(run(matsession("history", "--json"), env=other).stdout)
    assert (row["preset_name"], row["state"], row["planned_s"]) == ("Evenings", "finished", 7)
    assert (row["rating_before"], row["rating_after"], row["mat_name"]) == (6, 4, "Blue mat")
    assert json.loads(run(matsession("history", "--json"), env=env).stdout) == []
