"""The sound server comes, goes and comes back; the cues are heard, or it is told that they were not."""

from pathlib import Path

import pytest

from benchmarks._pulse_recording import Recorder, find_onset, read_wav
from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_output import chime_output
from matsession.desktop.sound.pulse_stream import PulseStream
from matsession.domain.guidance import ChimeName
from tests.stories.sound_parts import SOUNDS, Reports, Server, now_s, on_time, server, use

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]


def test_a_scheduled_chime_is_what_comes_out_and_at_its_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recording holds its first 100 ms whole, no more than 50 ms from when it was due."""
    with server(tmp_path / "p") as parts:
        use(parts.environment, monkeypatch)
        recorder = Recorder(parts.environment)
        recorder.start()
        output = chime_output(SOUNDS)
        reports = Reports(output)
        output.prepare()
        due_s = now_s() + 3.0
        output.schedule(ChimeName.CHECK, 0.0, due_s)
        output.schedule(ChimeName.STEP, 3.0, due_s + 3.0)
        reports.wait(0.0)
        reports.wait(3.0)
        output.close()
        recording = recorder.stop()
    onset = find_onset(recording, read_wav(SOUNDS / "check.wav"), due_s - 0.3, due_s + 1.0)
    assert onset is not None
    assert onset.match > 0.95
    assert on_time(recording, onset.heard_s, due_s)
    assert [report.why_not for report in reports.all] == ["", ""]
    assert all(report.how.startswith("PulseAudio, ") for report in reports.all)


def test_a_server_refuses_an_output_that_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is told apart from a server that is not there: Qt may know the output by another name."""
    with server(tmp_path / "p") as parts:
        use(parts.environment, monkeypatch)
        stream = PulseStream("of-another-house", 1.0, now_s())
        refused = (stream.alive(now_s()), stream.refused)
        stream.stop()
    assert refused == (False, True)


@pytest.mark.expects_log("no sound")
def test_a_server_that_is_killed_and_comes_back_loses_one_cue_and_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before and the one after sound on time; the missed one sounds once, late, and is told twice."""
    with server(tmp_path / "p") as parts:
        use(parts.environment, monkeypatch)
        monkeypatch.setenv("PLAYSOUND3_BACKEND", "")
        monkeypatch.setenv("PATH", str(tmp_path))  # nothing that could stand in
        output = chime_output(SOUNDS)
        reports = Reports(output)
        output.prepare()
        output.schedule(ChimeName.OPEN, 0.0, now_s() + 3.0)
        before = reports.wait(0.0)
        parts.kill()
        output.schedule(ChimeName.STEP, 60.0, now_s() + 2.0)
        missed = reports.wait(60.0, sounded=False)
        monkeypatch.undo()
        use(parts.environment, monkeypatch)
        parts.start()
        made_up = reports.wait(60.0)
        output.schedule(ChimeName.WAKE, 120.0, now_s() + 3.0)
        after = reports.wait(120.0)
        output.close()
    assert before.late_s == pytest.approx(0.0, abs=0.05)
    assert (missed.chime, missed.late_s, missed.why_not) == (ChimeName.STEP, None, SoundProblem.NO_OUTPUT)
    assert (made_up.chime, made_up.at_s, made_up.why_not) == (ChimeName.STEP, 60.0, "")
    assert after.late_s == pytest.approx(0.0, abs=0.05)


@pytest.mark.expects_log("no sound")
def test_without_any_server_every_cue_is_told_as_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And why, once; a server that starts later is found."""
    parts = Server(tmp_path / "p")
    parts.start()
    parts.kill()
    use(parts.environment, monkeypatch)
    monkeypatch.setenv("PLAYSOUND3_BACKEND", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    output = chime_output(SOUNDS)
    reports = Reports(output)
    output.prepare()
    output.schedule(ChimeName.OPEN, 0.0, now_s() + 2.0)
    report = reports.wait(0.0, sounded=False)
    problem = output.problem()
    output.close()
    assert (report.late_s, report.why_not) == (None, SoundProblem.NO_OUTPUT)
    assert problem is SoundProblem.NO_OUTPUT
