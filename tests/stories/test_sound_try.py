"""A preset tried on a real sound server: each chime at its moment, twenty times as fast, nothing kept."""

from pathlib import Path

import pytest

from benchmarks._pulse_recording import find_onset, read_wav
from matsession.app.try_out import PACE, READY_S
from matsession.desktop.paths import find_folders
from matsession.domain.guidance import ChimeName
from matsession.main import build
from tests.fakes import FakeSpeech, make_preset, make_step
from tests.stories.sound_parts import SOUNDS, listener, now_s

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]

LENGTH_S = 120
WITHIN_S = 0.12
"""A session hands its chimes over 2 s ahead, a try 0.1 s: the output cannot place them as closely."""
PRESET = make_preset(
    steps=(
        make_step("arrive", LENGTH_S, chime=ChimeName.OPEN),
        make_step("shift", LENGTH_S, chime=ChimeName.SHIFT),
        make_step("back", LENGTH_S, chime=ChimeName.WAKE),
    ),
    suggested_s=3 * LENGTH_S,
    min_total_s=3 * LENGTH_S,
    max_total_s=3 * LENGTH_S,
)


def test_a_try_is_heard_at_its_pace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four chimes six seconds apart, the last of them whole; the history stays empty."""
    with listener(tmp_path / "p", monkeypatch) as ear:
        program = build(find_folders(tmp_path / "home"), chimes=ear.output, speech=FakeSpeech())
        over: list[bool] = []
        program.try_out().ended.connect(lambda: over.append(True))
        began_s = now_s()
        assert program.try_out().begin(PRESET, PRESET.suggested_s)
        ear.wait_until(lambda: bool(over))
        ear.pass_time(2.0)
        assert program.journal.count() == 0
        assert program.journal.cue_reports() == ()
        recording = ear.stop()
        program.close()
    for number, chime in enumerate((ChimeName.OPEN, ChimeName.SHIFT, ChimeName.WAKE, ChimeName.CLOSE)):
        due_s = began_s + READY_S + number * LENGTH_S / PACE
        onset = find_onset(recording, read_wav(SOUNDS / f"{chime}.wav"), due_s - 0.5, due_s + 0.5)
        assert onset is not None, chime
        late_s = onset.heard_s - due_s
        assert abs(late_s) <= WITHIN_S + recording.standstill_s(due_s), f"{chime} {late_s:.3f} s late"
