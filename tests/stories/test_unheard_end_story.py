"""An end that cannot be heard, in a real window: the desktop brings it forward, or marks it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stories.desktop_parts import (
    PATIENCE_S,
    needed,
    press,
    program,
    screenshot,
    virtual_display,
    wait_for_window,
    wait_until,
    window_property,
)
from tests.stories.test_window_story import SIX_SECONDS

pytestmark = pytest.mark.desktop

LIGHT_ACCENT, LIGHT_GROUND = "#1E6B5E", "#F2F5F3"


@pytest.fixture
def silent(home: Path) -> Iterator[dict[str, str]]:
    """A display, an own preset of six seconds, light colours, and no sound at all."""
    config = home / "matsession" / "config"
    (config / "presets").mkdir(parents=True)
    (config / "presets" / "six.toml").write_text(SIX_SECONDS, encoding="utf-8")
    (config / "settings.toml").write_text('theme = "light"\n', encoding="utf-8")
    with virtual_display() as env:
        yield {**env, "PULSE_SERVER": f"unix:{home}/no-sound-server"}


@contextmanager
def another_window(env: dict[str, str]) -> Iterator[None]:
    """Another program comes forward."""
    with program(env, "--home", env["HOME"] + "/other"):
        wait_for_window(env, "^Welcome - MatSession$")  # its home is new
        yield


def is_active(env: dict[str, str], window: str) -> bool:
    """Whether it has the keys."""
    return f"{int(window):#x}" in window_property(env, "root", "_NET_ACTIVE_WINDOW")


def wait_for_colour(env: dict[str, str], window: str, colour: str, picture: Path) -> None:
    """Wait until this is the ground."""
    wait_until(lambda: ground(env, window, picture) == colour, f"the colour {colour}")


def ground(env: dict[str, str], window: str, picture: Path) -> str:
    """What a person sees from afar, above the words."""
    import_, convert = needed("import"), needed("convert")
    subprocess.run([import_, "-window", window, str(picture)], env=env, timeout=PATIENCE_S, check=True)
    told = subprocess.run(
        [convert, str(picture), "-format", "%[hex:u.p{200,30}]", "info:"],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return f"#{told.stdout[:6]}"


def test_a_minimised_window_comes_back(silent: dict[str, str], tmp_path: Path) -> None:
    """In front, with the keys, in colours that change places; a key gives the page back and rates nothing."""
    env = silent
    with program(env, "start", "six", "--preparation", "1s") as child:
        window = wait_for_window(env, "^Six seconds - MatSession$")
        with another_window(env):
            subprocess.run([needed("xdotool"), "windowminimize", window], env=env, check=True)
            wait_until(lambda: "Iconic" in window_property(env, window, "WM_STATE"), "a minimised window")
            wait_for_window(env, "^After the session - MatSession$")
            wait_until(lambda: is_active(env, window), "the window to come forward")
            screenshot(env, tmp_path / "signal.png")
            for colour in (LIGHT_ACCENT, LIGHT_GROUND, LIGHT_ACCENT):
                wait_for_colour(env, window, colour, tmp_path / "now.png")
            press(env, "7", "Return")  # the first key takes the signal away, so there is nothing to save yet
            screenshot(env, tmp_path / "page.png")
            assert window_property(env, window, "WM_NAME").endswith('"After the session - MatSession"\n')
            press(env, "4", "Return")
            wait_until(
                lambda: window_property(env, window, "WM_NAME").endswith('"MatSession"\n'), "the first page"
            )
            press(env, "alt+F4")
            assert child.wait(PATIENCE_S) == 0


def test_a_window_that_may_not_come_forward_asks_for_attention(silent: dict[str, str]) -> None:
    """On another desktop the window manager leaves it there; it is marked as urgent until it is looked at."""
    env = silent
    with program(env, "start", "six", "--preparation", "1s"):
        window = wait_for_window(env, "^Six seconds - MatSession$")
        xdotool = needed("xdotool")
        subprocess.run([xdotool, "set_desktop_for_window", window, "1"], env=env, check=True)

        def marked() -> bool:
            return "_NET_WM_STATE_DEMANDS_ATTENTION" in window_property(env, window, "_NET_WM_STATE")

        wait_until(marked, "a mark of urgency")
        subprocess.run([xdotool, "set_desktop", "1"], env=env, check=True)
        subprocess.run([xdotool, "windowactivate", window], env=env, check=True)
        wait_until(lambda: not marked(), "the mark to go")
