"""Stands in for the sound output: writes down what would be heard, has outputs that come and go."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matsession.app.ports import SoundOutput, SoundProblem
from matsession.domain.guidance import ChimeName
from tests.fakes import FakeChimes

BUILT_IN = SoundOutput("alsa-1", "Built-in Audio")
HEADSET = SoundOutput("bluez-7", "Headset WH-1000")


class FakeSound(FakeChimes):
    """Plays on the built-in output unless told otherwise."""

    def __init__(self, problem: SoundProblem | None = None) -> None:
        super().__init__(problem)
        self.there: Sequence[SoundOutput] = (BUILT_IN, HEADSET)
        self.now = BUILT_IN.name
        self.previewed: list[tuple[ChimeName | Path, float]] = []
        self.backgrounds: list[tuple[Path | None, float, float]] = []
        self.released = 0
        self._outputs_listeners: list[Callable[[], None]] = []
        self._unreadable_listeners: list[Callable[[str, str], None]] = []

    def release(self) -> None:
        self.released += 1

    def preview(self, sound: ChimeName | Path, level: float) -> None:
        self.previewed.append((sound, level))

    def set_background(self, path: Path | None, level: float = 1.0, fade_s: float = 3.0) -> None:
        self.backgrounds.append((path, level, fade_s))

    def set_levels(self, levels: Mapping[ChimeName, float]) -> None:
        pass

    def set_sounds(self, files: Mapping[ChimeName, Path]) -> None:
        pass

    def set_output(self, output_id: str | None) -> None:
        pass

    def outputs(self) -> Sequence[SoundOutput]:
        return self.there

    def output_name(self) -> str:
        return self.now

    def on_outputs_changed(self, listener: Callable[[], None]) -> None:
        self._outputs_listeners.append(listener)

    def on_unreadable(self, listener: Callable[[str, str], None]) -> None:
        self._unreadable_listeners.append(listener)

    def plug(self, now: str, *there: SoundOutput) -> None:
        """Other outputs than before, and sound comes from ``now``."""
        self.now, self.there = now, there
        for listener in self._outputs_listeners:
            listener()

    def fail_to_read(self, sound: str, reason: str) -> None:
        """A file cannot be played."""
        for listener in self._unreadable_listeners:
            listener(sound, reason)
