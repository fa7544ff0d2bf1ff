"""The doctor's question to the sound process, with real processes."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from matsession import doctor
from matsession.desktop.sound import sound_link


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("print('ready', flush=True); import sys; sys.stdin.read()", None),
        ("print('problem no_output', flush=True); import sys; sys.stdin.read()", "No sound device found"),
        ("print('gibberish', flush=True)", "gibberish"),
        ("", "the sound process does not answer"),
    ],
)
def test_the_first_word_of_the_sound_process_counts(
    program: str, expected: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ready, a problem, or what nobody understands; a process that ends at once keeps nobody waiting."""

    def command(player: str, folder: Path) -> Sequence[str]:
        return [sys.executable, "-c", program]

    monkeypatch.setattr(sound_link, "sound_command", command)
    assert doctor._sound_problem("qt", tmp_path) == expected


def test_a_frozen_program_starts_its_sound_process_through_the_command_line() -> None:
    """It has no ``python -m``; the command is not for people, and not in the help."""
    command = [sys.executable, "-m", "matsession", "sound-process"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: sound_process")
