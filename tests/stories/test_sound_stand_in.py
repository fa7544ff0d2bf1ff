"""Where Qt finds no output, playsound3 plays with what the computer has."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop

from benchmarks._pulse_recording import Recorder, find_onset, read_wav
from matsession.app.clock import SystemClock
from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_output import chime_output
from matsession.domain.guidance import ChimeName
from tests.stories.desktop_parts import needed
from tests.stories.sound_parts import SOUNDS, Reports, server

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]

ALSA = """
pcm.!default {{ type pulse; server "{server}" }}
ctl.!default {{ type pulse; server "{server}" }}
"""


NO_CARD = "pcm.!default { type hw card 99 }\nctl.!default { type hw card 99 }\n"


@pytest.mark.expects_log("no sound")
def test_a_program_without_a_card_is_found_out_by_a_look(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to lie down and miss a chime to hear that there is no sound; and so it stays to the end."""
    needed("aplay")
    needed("mpg123")
    (home / ".asoundrc").write_text(NO_CARD)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody-listens'}")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "nobody-listens")
    monkeypatch.setenv("PLAYSOUND3_BACKEND", "alsa")
    output = chime_output(SOUNDS)
    reports = Reports(output)
    told = QEventLoop()
    output.on_problem_changed(told.quit)
    output.prepare()
    output.release()
    told.exec()
    assert output.problem() is SoundProblem.NO_OUTPUT
    output.prepare()
    output.schedule(ChimeName.CLOSE, 0.0, SystemClock().now().awake_s + 2.0)
    report = reports.wait(0.0, sounded=False)
    output.release()
    assert (report.late_s, report.why_not) == (None, SoundProblem.NO_OUTPUT)
    assert output.problem() is SoundProblem.NO_OUTPUT
    output.close()


def test_with_only_playsound3_cues_sound(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt is led to a server that is not there, aplay to one that is: the chime is in the recording."""
    needed("aplay")
    needed("mpg123")  # without it playsound3 does not use aplay
    with server(tmp_path / "p") as parts:
        (home / ".asoundrc").write_text(ALSA.format(server=parts.environment["PULSE_SERVER"]))
        monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody-listens'}")
        monkeypatch.setenv("PIPEWIRE_REMOTE", "nobody-listens")
        monkeypatch.setenv("PLAYSOUND3_BACKEND", "alsa")
        recorder = Recorder(parts.environment)
        recorder.start()
        output = chime_output(SOUNDS)
        reports = Reports(output)
        output.prepare()
        due_s = SystemClock().now().awake_s + 4.0
        output.schedule(ChimeName.CHECK, 0.0, due_s)
        report = reports.wait(0.0)
        output.schedule(ChimeName.STEP, 2.0, due_s + 2.0)
        reports.wait(2.0)
        problem = output.problem()
        output.close()
        recording = recorder.stop()
    onset = find_onset(recording, read_wav(SOUNDS / "check.wav"), due_s - 0.5, due_s + 1.5)
    assert onset is not None
    assert (report.how, report.why_not) == ("playsound3", "")
    assert abs(onset.heard_s - due_s) <= 0.25
    assert problem is None
