"""Whether there is a display, before Qt is asked: it would end the program."""

import socket
import sys
from pathlib import Path

import pytest

from matsession.terminal.display import display_trouble

if sys.platform in ("win32", "darwin"):
    pytest.skip("the display is known by variables on Linux only", allow_module_level=True)


@pytest.mark.parametrize(
    "environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}, {"QT_QPA_PLATFORM": "wayland-egl"}]
)
def test_without_a_variable_there_is_no_display(environment: dict[str, str]) -> None:
    """A login over the network, a server."""
    assert display_trouble(environment) == (
        "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
    )


@pytest.mark.parametrize("platform", ["offscreen", "vnc:size=800x600", "minimal"])
def test_a_platform_without_a_display_server_needs_none(platform: str) -> None:
    """Tests run that way."""
    assert display_trouble({"QT_QPA_PLATFORM": platform}) is None


@pytest.mark.parametrize("name", [":987", "nowhere.invalid:0", "nonsense", ":987.0\x1b[31m"])
def test_a_display_that_does_not_answer_is_told(name: str) -> None:
    """A forgotten variable, a closed connection."""
    assert display_trouble({"DISPLAY": name}) == f"The display {name!a} cannot be opened."


def test_wayland_answers_through_its_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compositor that listens is a display; a socket that it left behind is none."""
    monkeypatch.chdir(tmp_path)  # socket paths are short
    environment = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-9")
        compositor.listen()
        assert display_trouble(environment) is None
        assert display_trouble({**environment, "QT_QPA_PLATFORM": "xcb"}) is not None
    assert display_trouble(environment) == "The display 'wayland-9' cannot be opened."
    assert display_trouble({"WAYLAND_DISPLAY": "wayland-9"}) is not None
