"""What a picture must not depend on: time, sound and voices of the machine it is made on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from matsession.app.notice_signals import NoticeSignals
from matsession.app.ports import (
    Notice,
    NoticePlace,
    SoundOutput,
    SoundProblem,
    SpeechProblem,
    SpeechVoice,
    SpokenLine,
)
from matsession.domain.guidance import ChimeName
from matsession.domain.moment import Moment
from matsession.domain.proof import CueReport

NOW = datetime(2026, 3, 19, 21, 4, tzinfo=timezone(timedelta(hours=1)))
"""When each scene begins: the evening of the design's pictures."""

BUILT_IN = SoundOutput("built-in", "Built-in Audio")
HEADSET = SoundOutput("headset", "Headset WH-1000")


class FixedClock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        """Begin at ``NOW``."""
        self._now = Moment(boot_s=1000.0, awake_s=1000.0, wall=NOW)

    def now(self) -> Moment:
        """The reading."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._move(seconds, awake_s=seconds)

    def sleep(self, seconds: float) -> None:
        """Let time pass while the computer sleeps."""
        self._move(seconds, awake_s=0)

    def _move(self, seconds: float, *, awake_s: float) -> None:
        now = self._now
        wall = now.wall + timedelta(seconds=seconds)
        self._now = Moment(now.boot_s + seconds, now.awake_s + awake_s, wall)


class QuietSound:
    """A sound output that makes no sound: it has two outputs, and reports each cue as sounded."""

    def __init__(self, *, output: SoundOutput = BUILT_IN, problem: SoundProblem | None = None) -> None:
        """Play on ``output``, or nowhere because of ``problem``."""
        self._output = output
        self._problem = problem
        self._sounded: list[Callable[[CueReport], None]] = []

    def prepare(self) -> None:
        """Nothing to open."""

    def keep_ready(self, *, ready: bool) -> None:
        """It always is."""

    def release(self) -> None:
        """Nothing to let go of."""

    def schedule(self, chime: ChimeName, at_s: float | None, due_s: float) -> None:
        """It sounds when it is played."""

    def play(
        self, chime: ChimeName, at_s: float | None = None, late_s: float = 0.0, *, level: float | None = None
    ) -> bool:
        """Report a cue, some hundredths of a second late, or not heard."""
        if at_s is not None:
            audible = self._problem is None and level != 0
            heard = late_s + 0.01 * (1 + at_s % 4) if audible else None
            how = f"Qt Multimedia, {self._output.name}" if self._problem is None else ""
            report = CueReport(at_s, chime, heard, how, str(self._problem or ""))
            for listener in self._sounded:
                listener(report)
        return self._problem is None

    def hush(self) -> None:
        """Nothing sounds."""

    def cancel(self) -> None:
        """Nothing is on its way."""

    def say(self, path: Path, after: ChimeName | None = None) -> None:
        """Say nothing."""

    def preview(self, sound: ChimeName | Path, level: float) -> None:
        """Play nothing."""

    def set_background(self, path: Path | None, level: float = 1.0, fade_s: float = 3.0) -> None:
        """There is none."""

    def set_volume(self, volume: float) -> None:
        """It is silent at any volume."""

    def set_levels(self, levels: Mapping[ChimeName, float]) -> None:
        """And at any level."""

    def set_sounds(self, files: Mapping[ChimeName, Path]) -> None:
        """And with any file."""

    def set_output(self, output_id: str | None) -> None:
        """It stays where it is."""

    def outputs(self) -> Sequence[SoundOutput]:
        """Both, unless there is none."""
        return () if self._problem is SoundProblem.NO_OUTPUT else (BUILT_IN, HEADSET)

    def output_name(self) -> str:
        """The one in use."""
        return "" if self._problem is SoundProblem.NO_OUTPUT else self._output.name

    def problem(self) -> SoundProblem | None:
        """As it was made."""
        return self._problem

    def on_problem_changed(self, listener: Callable[[], None]) -> None:
        """It never does."""

    def on_outputs_changed(self, listener: Callable[[], None]) -> None:
        """They never do."""

    def on_sounded(self, listener: Callable[[CueReport], None]) -> None:
        """Remember it."""
        self._sounded.append(listener)

    def on_unreadable(self, listener: Callable[[str, str], None]) -> None:
        """Nothing is read."""

    def close(self) -> None:
        """Nothing to let go of."""


class QuietSpeech:
    """Two voices that have every line ready."""

    VOICES = (
        SpeechVoice("piper:alba", "Alba", "en-gb", natural=True),
        SpeechVoice("espeak-ng:en", "English", "en", natural=False),
    )

    def look(self) -> None:
        """They are known."""

    def voices(self, language: str) -> Sequence[SpeechVoice] | None:
        """Both speak English."""
        return tuple(voice for voice in self.VOICES if voice.language.startswith(language))

    def problem(self, voice_id: str | None) -> SpeechProblem | None:
        """There is none."""

    def path_for(self, line: SpokenLine) -> Path | None:  # noqa: ARG002 - the signature of the port
        """A name is enough: nothing plays it."""
        return Path("line.wav")

    def order(self, lines: Sequence[SpokenLine]) -> None:
        """All is ready."""

    def hurry(self, line: SpokenLine) -> None:
        """All is ready."""

    def forgive(self) -> None:
        """Nothing failed."""

    def on_changed(self, listener: Callable[[], None]) -> None:
        """Nothing changes."""

    def on_line(self, listener: Callable[[SpokenLine, Path | None], None]) -> None:
        """None is made."""

    def close(self) -> None:
        """Nothing to end."""


class HeldBackNotices(NoticeSignals):
    """A desktop that is set not to disturb: it takes every notice, and shows none."""

    def show(self, notice: Notice) -> None:
        """Take it."""
        self.shown.emit(notice.id, str(NoticePlace.DESKTOP), False)

    def withdraw(self, notice_id: str) -> None:
        """Nobody has seen it."""

    def close(self) -> None:
        """Nothing is held."""
