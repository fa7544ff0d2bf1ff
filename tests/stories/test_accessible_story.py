"""Every page and window as AT-SPI tells of it: whatever can be used has a role and a name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.desktop_parts import (
    PATIENCE_S,
    press,
    program,
    virtual_display,
    wait_for_window,
    wait_until,
)
from tests.stories.screen_reader import INTERACTIVE, ScreenReader, Seen, screen_reader

pytestmark = pytest.mark.desktop

SHORT = """
name = "Short"
area = "lower_back"

[[step]]
name = "Lower"
seconds = 2
show = "Lower yourself."

[[step]]
name = "Rest"
seconds = {rest_s}
show = "Nothing to do."

[[step]]
name = "Roll off"
seconds = 1
on_mat = false
chime = "wake"
"""

STOP_SIGNS = "Get off the mat if you notice: "
NAMED = frozenset({"list", "table", "progress bar"})
"""Roles that hold things, or tell of them; without a name nobody knows of what."""
NO_ROLE = frozenset({"filler", "unknown", "invalid"})
WINDOWS = frozenset({"frame", "dialog", "alert message"})


@pytest.fixture
def eyes(tmp_path: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, a bus with accessibility awake, and a screen reader on it."""
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def complaints(reader: ScreenReader) -> list[str]:
    """What can be seen and used, and does not say what it is; each with the windows' own faults."""
    found = []
    above: list[Seen] = []
    for seen in reader.look():
        del above[seen.depth :]
        above.append(seen)
        if "showing" not in seen.states:
            continue
        if seen.depth == 1 and seen.role not in WINDOWS:
            found.append(f"no window: {seen}")
        if seen.role in NO_ROLE and {"focusable", "focused"} & seen.states:
            found.append(f"no role: {seen}")
        if seen.role in INTERACTIVE | NAMED and not seen.name:
            found.append(f"no name: {seen}")
        if seen.role == "combo box" and not reader.label_of(seen):
            found.append(f"no label: {seen}")
        if seen.role == "radio button" and not (above[-2].role == "panel" and above[-2].name):
            found.append(f"no named group around: {seen}")
        if seen.role in INTERACTIVE and seen.states >= {"focusable", "enabled"} and not seen.actions:
            found.append(f"nothing to do with: {seen}")
    return found


def expect(reader: ScreenReader, *things: tuple[str, str]) -> None:
    """All of this is there, as the design's table of components has it, and all else has role and name."""
    for role, name in things:
        reader.find(role, name)
    assert complaints(reader) == []


def presets_by_reader(reader: ScreenReader) -> None:
    """A built-in preset is looked at, copied, opened step by step, saved, and deleted."""
    reader.press("list item", "Presets")
    reader.press("button", "Neck, 5 min, 8 steps")
    expect(reader, ("panel", "Preset Neck"), ("panel", "Built-in presets"), ("button", "Hide"))
    reader.press("button", "Copy to edit")
    step = next(each.name for each in reader.look() if each.name.startswith("Step 1, "))
    reader.press("button", step, in_view=False)
    reader.press("button", "Settings of this preset", in_view=False)
    expect(reader, ("button", "Save"), ("button", "Try it"), ("panel", "Your presets"))
    reader.press("button", "Save")
    wait_until(lambda: "enabled" not in reader.find("button", "Save").states, "Save")
    reader.press("button", "Delete")
    expect(reader, ("button", "New preset"))


def test_every_page_and_window(eyes: tuple[ScreenReader, dict[str, str]]) -> None:
    """Walked through by AT-SPI: what the table of components says is there, and nothing is nameless."""
    reader, env = eyes
    with program(env) as child:
        wait_for_window(env, "^Welcome - MatSession$")
        read = "I have read this. I know MatSession gives no medical advice."
        expect(reader, ("frame", "Welcome - MatSession"), ("check box", read), ("button", "Continue"))
        reader.press("check box", read)
        wait_until(lambda: "enabled" in reader.find("button", "Continue").states, "Continue")
        reader.press("button", "Continue")
        expect(
            reader,
            ("panel", "Then ask your doctor first"),
            ("check box", "Numb feet, or another loss of feeling"),
            ("check box", "Back warning signs"),
            ("button", "Skip this step"),
        )
        reader.press("button", "Skip this step")
        expect(reader, ("check box", "Start at login"), ("button", "Done"))
        reader.press("button", "Done")
        wait_for_window(env, "^MatSession$")
        expect(
            reader,
            ("frame", "MatSession"),
            ("list", "Pages"),
            ("list item", "Session"),
            ("panel", "Presets"),
            ("radio button", "Lower back, 10 minutes"),
            ("panel", "Where is the mat?"),
            ("radio button", "Neck"),
            ("check box", "Show the sessions of the last 14 days"),
            ("spin box", "Length"),
            ("check box", "Open end"),
            ("spin box", "Time to settle in"),
            ("list", "Steps"),
            ("list item", "Come down slowly, 25 seconds"),
            ("panel", "How tense do your muscles feel right now? 0 loose, 10 very tense"),
            ("radio button", "10 very tense"),
            ("button", "Start"),
            ("button", "Start in the mat view"),
        )
        assert reader.value_of(reader.find("spin box", "Length")) == "3 min"
        reader.press("button", "Show details")
        reader.press("button", "All presets")
        expect(reader, ("list", "All presets"), ("list item", "Lower back, 10 minutes"))
        reader.press("list item", "Lower back, 10 minutes", in_view=False)
        reader.press("button", "Body map")
        reader.press("list item", "History")
        expect(reader, ("frame", "MatSession"))
        reader.press("list item", "Reminders")
        expect(reader, ("button", "Add your first reminder"))
        presets_by_reader(reader)
        evidence_and_safety(reader)
        reader.press("list item", "Settings")
        reader.press("button", "Show each sound")
        expect(
            reader,
            ("panel", "Sound"),
            ("slider", "Volume"),
            ("button", "Play a test chime"),
            ("panel", "Appearance"),
            ("check box", "Reduce motion"),
        )
        reader.press("list item", "Session")
        reader.press("button", "Start")
        session_in_all_windows(reader, env)
        reader.press("button", "Show the cues")
        expect(
            reader,
            ("frame", "After the session - MatSession"),
            ("panel", "How much pain do you have right now? 0 no pain, 10 worst pain imaginable"),
            ("radio button", "0 no pain"),
            ("table", "Cues of this session"),
            ("button", "Save"),
            ("button", "Skip rating"),
        )
        reader.press("radio button", "4")
        reader.press("button", "Save")
        reader.press("list item", "History")
        reader.find("list item", "History")
        assert complaints(reader) == []
        press(env, "alt+F4")
        assert child.wait(PATIENCE_S) == 0


def evidence_and_safety(reader: ScreenReader) -> None:
    """Stop signs first; what is folded says so; the sources are a list, with the address as text."""
    reader.press("list item", "Evidence & safety")
    expect(
        reader,
        ("panel", "Get off the mat if you notice"),
        ("panel", "Back pain that needs medical help"),
        ("button", "Show details: Ask a doctor first with"),
        ("panel", "What studies say"),
        ("button", "What shops and buyers say about mats, folded"),
    )
    order = [seen.name for seen in reader.look() if seen.role == "panel"]
    assert order.index("Get off the mat if you notice") < order.index("What studies say")
    reader.press("button", "Full references")
    expect(
        reader,
        ("button", "Full references, unfolded"),
        ("list", "Full references"),
        ("text", "Address"),
        ("button", "Copy address"),
        ("button", "Open in browser"),
        ("button", "Copy all references"),
    )


def session_in_all_windows(reader: ScreenReader, env: dict[str, str]) -> None:
    """From settling in to the end, through mini window and mat view."""
    expect(
        reader,
        ("frame", "Lower back - MatSession"),
        ("panel", "Session"),
        ("progress bar", "Time left"),
        ("button", "Start now"),
        ("button", "30 s more"),
        ("button", "Cancel"),
    )
    reader.press("button", "Start now")
    reader.press("button", "Pause")
    expect(
        reader,
        ("button", "Go on"),
        ("button", "1 minute more"),
        ("button", "End session"),
        ("list", "Steps"),
        ("list item", "Lower with bent knees, 30 seconds, now"),
        ("list item", "The sharp minute, 1 minute, to come"),
    )
    press(env, "F1")
    wait_until(lambda: any(seen.name.startswith(STOP_SIGNS) for seen in reader.look()), "the stop signs")
    assert complaints(reader) == []
    press(env, "Escape")
    wait_until(
        lambda: all(
            "showing" not in seen.states for seen in reader.look() if seen.name.startswith(STOP_SIGNS)
        ),
        "the end of the stop signs",
    )
    told = reader.find("progress bar", "Time left").description
    assert told.startswith("Paused, ")
    assert told.endswith(" left, step 1 of 8, Lower with bent knees")
    reader.press("button", "Mini window")
    expect(
        reader,
        ("frame", "Mini window"),
        ("progress bar", "Time left"),
        ("check box", "Stay on top"),
        ("button", "Back to the large window"),
        ("button", "Go on"),
        ("button", "1 minute more"),
        ("button", "End session"),
    )
    reader.press("button", "Mat view")
    expect(reader, ("frame", "Mat view"), ("progress bar", "Time left"))
    press(env, "r")
    expect(reader, ("frame", "Mat view"), ("progress bar", "Time left"))
    press(env, "Escape")
    reader.press("button", "Back to the large window")
    reader.find("button", "Mini window")
    press(env, "alt+F4")
    reader.find("button", "Keep going")
    assert complaints(reader) == []
    reader.press("button", "Keep going")
    wait_until(lambda: all(seen.name != "Keep going" for seen in reader.look()), "the end of the question")
    reader.press("button", "End session")
    reader.find("frame", "After the session - MatSession")


def own_preset(rest_s: int) -> None:
    """A preset of the person's own, with a rest of so many seconds."""
    folder = Path(os.environ["MATSESSION_HOME"]) / "config" / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "short.toml").write_text(SHORT.format(rest_s=rest_s), encoding="utf-8")


@pytest.mark.usefixtures("notes_read")
def test_steps_the_last_minute_and_an_end_by_itself_are_announced(
    eyes: tuple[ScreenReader, dict[str, str]],
) -> None:
    """Nobody asks for any of it: a screen reader hears it from the program."""
    reader, env = eyes
    own_preset(rest_s=62)
    with program(env, "start", "short", "--preparation", "1s"), reader.announcements() as heard:
        wait_for_window(env, "^Short - MatSession$")
        heard.hear("Rest, step 2 of 3. Nothing to do.")
        heard.hear("One minute left.")
    own_preset(rest_s=2)
    with program(env, "start", "short", "--preparation", "3s"), reader.announcements() as heard:
        wait_for_window(env, "^Short - MatSession$")
        heard.hear("Lower, step 1 of 3. Lower yourself.")
        heard.hear("Rest, step 2 of 3. Nothing to do.")
        heard.hear("Roll off, step 3 of 3.")
        heard.hear("Session complete.")
