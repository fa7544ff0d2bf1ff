"""A source is opened in the person's own browser: the desktop is handed its address, and that is all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from matsession.desktop.paths import find_folders
from matsession.storage.evidence_file import read_evidence
from tests.stories.desktop_parts import (
    press,
    program,
    used_before,
    virtual_display,
    wait_for_window,
    wait_until,
)
from tests.stories.screen_reader import ScreenReader, screen_reader

pytestmark = pytest.mark.desktop

BROWSER = """#!/bin/sh
echo "$@" >> "{told}"
"""


@pytest.fixture
def eyes(tmp_path: Path, home: Path) -> Iterator[tuple[ScreenReader, dict[str, str]]]:
    """A display, somebody who has used the program before, and a screen reader to act with."""
    used_before(home)
    with virtual_display() as env, screen_reader(tmp_path, env) as both:
        yield both


def test_the_address_is_handed_to_the_browser(
    eyes: tuple[ScreenReader, dict[str, str]], tmp_path: Path
) -> None:
    """By F1, the references and one button; xdg-open is ours here, and writes down what it is told."""
    reader, env = eyes
    told = tmp_path / "told.txt"
    programs = tmp_path / "bin"
    programs.mkdir()
    browser = programs / "xdg-open"
    browser.write_text(BROWSER.format(told=told), encoding="utf-8")
    browser.chmod(0o755)
    env = {**env, "PATH": f"{programs}{os.pathsep}{env['PATH']}"}
    sources = read_evidence(find_folders(None).evidence_file).sources
    with program(env):
        wait_for_window(env, "^MatSession$")
        reader.find("button", "Start")
        press(env, "F1")
        reader.press("button", "Full references")
        reader.find("list", "Full references")
        press(env, "Down")
        wait_until(lambda: "enabled" in reader.find("button", "Open in browser").states, "the address")
        assert not told.exists()
        reader.press("button", "Open in browser")
        wait_until(told.exists, "the browser")
    assert told.read_text(encoding="utf-8").split() == [sources[1].url]
