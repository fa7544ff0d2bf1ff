"""Sound files of the person's own, through real decoders, to the ear."""

from pathlib import Path

import pytest

from benchmarks._pulse_recording import find_onset, read_wav
from matsession.domain.guidance import ChimeName
from tests.stories.desktop_parts import needed, run
from tests.stories.sound_parts import SOUNDS, listener, now_s, on_time

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]


def encoded(source: ChimeName, target: Path) -> Path:
    """The built-in sound in another format."""
    wav, kind = str(SOUNDS / f"{source}.wav"), target.suffix
    command = {
        ".flac": ["flac", "--silent", "-o", str(target), wav],
        ".ogg": ["oggenc", "--quiet", "-o", str(target), wav],
        ".mp3": ["lame", "--quiet", wav, str(target)],
    }[kind]
    needed(command[0])
    done = run(command)
    assert done.returncode == 0, done.stderr
    return target


def test_flac_ogg_and_mp3_are_heard_in_place_of_the_built_in_chimes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each from its beginning, and on time."""
    own = {
        ChimeName.STEP: (ChimeName.SHIFT, "flac"),
        ChimeName.SHIFT: (ChimeName.OPEN, "ogg"),
        ChimeName.CHECK: (ChimeName.WAKE, "mp3"),
    }
    files = {
        chime: encoded(source, tmp_path / f"my {source}.{kind}") for chime, (source, kind) in own.items()
    }
    with listener(tmp_path / "p", monkeypatch) as ear:
        ear.output.set_sounds(files)
        first_s = now_s() + 3.0
        due = {chime: first_s + 6.0 * place for place, chime in enumerate(own)}
        for place, (chime, due_s) in enumerate(due.items()):
            ear.output.schedule(chime, float(place), due_s)
        ear.reports.wait(2.0)
        recording = ear.stop()
    for chime, (source, kind) in own.items():
        onset = find_onset(recording, read_wav(SOUNDS / f"{source}.wav"), due[chime] - 0.3, due[chime] + 1.0)
        assert onset is not None, kind
        assert on_time(recording, onset.heard_s, due[chime]), kind


@pytest.mark.expects_log("the sound file for wake cannot be played")
def test_a_file_that_is_no_sound_is_named_and_the_built_in_sound_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason of the decoder; so is one that is not there."""
    letter, gone = tmp_path / "letter.ogg", tmp_path / "gone.flac"
    letter.write_text("Dear mat, " * 200)
    told: dict[str, str] = {}
    with listener(tmp_path / "p", monkeypatch) as ear:
        ear.output.on_unreadable(told.__setitem__)
        ear.output.set_sounds({ChimeName.WAKE: letter})
        ear.wait_until(lambda: "wake" in told)
        due_s = now_s() + 2.0
        ear.output.schedule(ChimeName.WAKE, 0.0, due_s)
        ear.reports.wait(0.0)
        assert told["wake"]
        ear.output.set_sounds({ChimeName.WAKE: gone})
        ear.wait_until(lambda: told["wake"] == "there is no such file")
        recording = ear.stop()
    onset = find_onset(recording, read_wav(SOUNDS / "wake.wav"), due_s - 0.3, due_s + 1.0)
    assert onset is not None
    assert on_time(recording, onset.heard_s, due_s)


def test_an_own_background_may_be_any_of_these_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes round; a chime comes through it on time."""
    loop = encoded(ChimeName.CHECK, tmp_path / "sea.ogg")
    with listener(tmp_path / "p", monkeypatch) as ear:
        ear.output.set_background(loop, 0.3, 0.5)
        due_s = now_s() + 4.0
        ear.output.schedule(ChimeName.OPEN, 0.0, due_s)
        ear.reports.wait(0.0)
        recording = ear.stop()
    for begin_s in (due_s - 2.0, due_s - 0.8):
        assert recording.loudest(begin_s - 2.0, begin_s) > 20
    onset = find_onset(recording, read_wav(SOUNDS / "open.wav"), due_s - 0.3, due_s + 1.0)
    assert onset is not None
    assert on_time(recording, onset.heard_s, due_s)
