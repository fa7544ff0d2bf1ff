"""What is heard together and after each other: loudness, voice after chime, background, another output."""

import os
import signal
from pathlib import Path

import pytest

from benchmarks._pulse_recording import RATE_HZ, Recorder, find_onset, read_wav
from benchmarks.idle import children, named
from matsession import main
from matsession.desktop.paths import find_folders
from matsession.desktop.sound.chime_sounds import linear_gain
from matsession.domain.events import PreparationStarted, SessionEnded, SessionStarted
from matsession.domain.guidance import ChimeName
from tests.fakes import make_preset, make_step
from tests.stories.desktop_parts import run
from tests.stories.sound_parts import SOUNDS, listener, now_s, on_time

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]


def test_each_sound_has_its_loudness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cue, a preview and a wake chime louder than the master volume: the gain of their samples."""
    with listener(tmp_path / "p", monkeypatch) as ear:
        ear.output.set_volume(0.6)
        ear.output.set_levels({ChimeName.STEP: 0.5, ChimeName.WAKE: 0.2})
        begins_s = []
        for ask in (
            lambda: ear.output.play(ChimeName.STEP),
            lambda: ear.output.preview(ChimeName.CHECK, 0.9),
            lambda: ear.output.play(ChimeName.WAKE, level=0.9),
        ):
            begins_s.append(now_s())
            ask()
            ear.pass_time(7.0)
        recording = ear.stop()
    wanted = {ChimeName.STEP: 0.3, ChimeName.CHECK: 0.54, ChimeName.WAKE: 0.9}
    for begin_s, (chime, level) in zip(begins_s, wanted.items(), strict=True):
        template = read_wav(SOUNDS / f"{chime}.wav")
        onset = find_onset(recording, template, begin_s, begin_s + 1.0)
        assert onset is not None, chime
        assert recording.gain(onset, template) == pytest.approx(linear_gain(level), rel=0.05), chime


def test_what_is_wanted_at_once_does_not_wait_and_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stroke in the midst of a chime, a closing chime that is hushed, a cue called off at the last."""
    strike = read_wav(SOUNDS / "strike.wav")
    with listener(tmp_path / "p", monkeypatch) as ear:
        ear.output.play(ChimeName.STEP)
        ear.pass_time(1.0)
        struck_s = now_s()
        ear.output.play(ChimeName.STRIKE)
        ear.pass_time(3.0)
        ear.output.play(ChimeName.CLOSE)
        ear.pass_time(1.5)
        hushed_s = now_s()
        ear.output.hush()
        ear.pass_time(1.0)
        due_s = now_s() + 2.0
        ear.output.schedule(ChimeName.OPEN, 0.0, due_s)
        ear.pass_time(1.7)
        ear.output.cancel()
        ear.pass_time(1.5)
        recording = ear.stop()
    onset = find_onset(recording, strike, struck_s, struck_s + 1.0)
    assert onset is not None
    assert onset.heard_s - struck_s <= 0.3
    assert recording.loudest(hushed_s - 0.2, hushed_s) > 1000
    assert recording.loudest(hushed_s + 0.6, hushed_s + 1.0) == 0
    assert recording.loudest(due_s - 0.2, due_s + 1.0) == 0


def test_a_sound_process_that_is_held_up_is_on_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of a second up to the moment itself, as on a busy computer: the server has it all before."""
    with listener(tmp_path / "p", monkeypatch) as ear:
        process = named(children(os.getpid()), "sound_process")
        due_s = now_s() + 2.0
        ear.output.schedule(ChimeName.CHECK, 0.0, due_s)
        ear.pass_time(due_s - 0.3 - now_s())
        os.kill(process, signal.SIGSTOP)
        try:
            ear.pass_time(due_s + 0.03 - now_s())
        finally:
            os.kill(process, signal.SIGCONT)
        ear.reports.wait(0.0)
        ear.pass_time(1.0)
        recording = ear.stop()
    check = read_wav(SOUNDS / "check.wav")
    onset = find_onset(recording, check, due_s - 0.3, due_s + 1.0)
    assert onset is not None
    assert on_time(recording, onset.heard_s, due_s)
    assert recording.gap_ms(onset, 0.5) == 0


def test_a_line_is_spoken_after_the_strokes_of_its_chime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three seconds into the step's chime; without a chime at once."""
    line = SOUNDS / "strike.wav"  # stands for speech: its beginning is found in the recording
    with listener(tmp_path / "p", monkeypatch) as ear:
        due_s = now_s() + 2.0
        ear.output.schedule(ChimeName.STEP, 0.0, due_s)
        ear.pass_time(2.05)
        ear.output.play(ChimeName.STEP, 0.0)
        ear.output.say(line, after=ChimeName.STEP)
        ear.pass_time(6.0)
        said_s = now_s()
        ear.output.say(line, after=ChimeName.STEP)  # it does not ring any more
        ear.pass_time(1.5)
        recording = ear.stop()
    step, spoken = read_wav(SOUNDS / "step.wav"), read_wav(line)
    first = find_onset(recording, step, due_s - 0.3, due_s + 1.0)
    assert first is not None
    after = find_onset(recording, spoken, due_s + 0.5, due_s + 5.0)
    assert after is not None
    assert on_time(recording, after.heard_s, first.heard_s + 3.0)
    at_once = find_onset(recording, spoken, said_s, said_s + 1.0)
    assert at_once is not None
    assert at_once.heard_s - said_s <= 0.3


@pytest.mark.parametrize("skipped", [False, True])
def test_the_end_chime_is_heard_while_settling_in_and_never_runs_into_the_first(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, skipped: bool
) -> None:
    """Once, as loud as it will be; who begins at once ends it. It is no cue, and is not proved as one."""
    preset = make_preset(
        steps=(make_step("rest", 10, chime=ChimeName.CHECK),), suggested_s=10, min_total_s=10, max_total_s=10
    )
    moments: dict[type, float] = {}
    with listener(tmp_path / "p", monkeypatch) as ear:
        program = main.build(find_folders(home), chimes=ear.output)
        program.preferences.change(volume=0.9, levels={"close": 0.8})
        program.runner.happened.connect(lambda event: moments.setdefault(type(event), event.at.awake_s))
        program.launcher.start(preset, 10, 8.0)
        if skipped:
            ear.pass_time(2.2)
            program.runner.skip_preparation()
        report = ear.reports.wait(0)
        ear.pass_time(2.0)
        recording = ear.stop()
        program.close()
    pressed_s, first_s = moments[PreparationStarted], moments[SessionStarted]
    close, check = read_wav(SOUNDS / "close.wav"), read_wav(SOUNDS / "check.wav")
    heard = find_onset(recording, close, pressed_s + 1.0, pressed_s + 3.0)
    assert heard is not None
    assert on_time(recording, heard.heard_s, pressed_s + 1.5)
    assert recording.gain(heard, close) == pytest.approx(linear_gain(0.72), rel=0.05)
    first = find_onset(recording, check, first_s - 0.3, first_s + 1.0)
    assert first is not None
    assert on_time(recording, first.heard_s, first_s) or (skipped and 0 <= first.heard_s - first_s <= 0.3)
    assert [(each.at_s, each.chime) for each in ear.reports.all] == [(0, ChimeName.CHECK)]
    assert report.sounded


def test_the_background_fades_in_and_has_gone_before_the_end_chime(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real session of ten seconds with soft noise, by the whole program."""
    preset = make_preset(
        steps=(make_step("rest", 10, chime=None),), suggested_s=10, min_total_s=10, max_total_s=10
    )
    moments: dict[type, float] = {}
    with listener(tmp_path / "p", monkeypatch) as ear:
        program = main.build(find_folders(home), chimes=ear.output)
        program.preferences.change(background="noise", background_level=0.8, volume=1.0)
        program.runner.happened.connect(lambda event: moments.setdefault(type(event), event.at.awake_s))
        program.launcher.start(preset, 10, 2.5)
        ear.wait_until(lambda: SessionEnded in moments)
        ear.pass_time(1.0)
        recording = ear.stop()
        program.close()
    start_s = moments[SessionStarted]
    due_s = start_s + 10
    loud = [recording.loudest(start_s + at_s, start_s + at_s + 0.3) for at_s in (0.6, 1.6, 5.0)]
    assert 0 < loud[0] < 0.8 * loud[1] < 0.8 * 0.8 * loud[2]
    close = find_onset(recording, read_wav(SOUNDS / "close.wav"), due_s - 0.3, due_s + 1.0)
    assert close is not None
    assert on_time(recording, close.heard_s, due_s)
    before = recording.samples[close.index - round(0.2 * RATE_HZ) : close.index - RATE_HZ // 100]
    assert max(map(abs, before)) == 0


def test_the_end_of_a_second_session_of_the_same_length_is_heard_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same preset again in a program that was left open, as every day; each end is heard and proved."""
    preset = make_preset(
        steps=(make_step("rest", 4, chime=None),), suggested_s=4, min_total_s=4, max_total_s=4
    )
    ends: list[float] = []

    def note(event: object) -> None:
        if isinstance(event, SessionEnded):
            ends.append(event.at.awake_s)

    with listener(tmp_path / "p", monkeypatch) as ear:
        program = main.build(find_folders(home), chimes=ear.output)
        program.preferences.change(hearing_check=False, doze_guard=False)
        program.runner.happened.connect(note)
        for number in (1, 2):
            program.launcher.start(preset, 4, 3.0)
            ear.wait_until(lambda number=number: len(ends) == number)  # type: ignore[misc]
            ear.pass_time(1.0)
            assert [each.chime for each in ear.reports.all].count(ChimeName.CLOSE) == number
        recording = ear.stop()
        program.close()
    close = read_wav(SOUNDS / "close.wav")
    for end_s in ends:
        heard = find_onset(recording, close, end_s - 0.3, end_s + 1.0)
        assert heard is not None
        assert on_time(recording, heard.heard_s, end_s)


def test_another_output_is_where_sound_goes_from_now_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that appears is listed; chosen, it gets the next chime, and the first one nothing."""
    with listener(tmp_path / "p", monkeypatch) as ear:
        load = [
            "pactl",
            "load-module",
            "module-null-sink",
            "sink_name=headset",
            f"rate={RATE_HZ}",
            "channels=1",
        ]
        done = run([*load, "sink_properties=device.description=Headset"], ear.parts.environment)
        assert done.returncode == 0, done.stderr
        ear.wait_until(lambda: "Headset" in [each.name for each in ear.output.outputs()])
        headset = Recorder(ear.parts.environment, "headset")
        headset.start()
        [chosen] = [each for each in ear.output.outputs() if each.name == "Headset"]
        ear.output.set_output(chosen.id)
        due_s = now_s() + 3.0
        ear.output.schedule(ChimeName.CHECK, 0.0, due_s)
        report = ear.reports.wait(0.0)
        name = ear.output.output_name()
        ear.pass_time(2.0)  # a chime that is heard for less than a second moves with the output
        ear.output.set_output(None)
        ear.wait_until(lambda: ear.output.output_name() not in ("", "Headset"))
        back_s = now_s() + 2.5
        ear.output.schedule(ChimeName.STEP, 1.0, back_s)
        ear.reports.wait(1.0)
        there, here = headset.stop(), ear.stop()
    check, step = read_wav(SOUNDS / "check.wav"), read_wav(SOUNDS / "step.wav")
    assert (name, report.how) == ("Headset", "PulseAudio, Headset")
    onset = find_onset(there, check, due_s - 0.3, due_s + 1.0)
    assert onset is not None
    assert on_time(there, onset.heard_s, due_s)
    assert here.loudest(due_s - 0.5, due_s + 2.0) == 0
    again = find_onset(here, step, back_s - 0.3, back_s + 1.0)
    assert again is not None
    assert there.loudest(back_s, back_s + 1.0) == 0
