"""Plays nothing; the last resort, and the choice of somebody who wants no sound."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import SoundOutput, SoundProblem
from matsession.desktop.sound.sound_order import SoundOrder


class SilentPlayer(QObject):
    """Takes no order, so that whoever asks knows that nothing was heard."""

    problem_changed = Signal()
    lost = Signal(SoundOrder)
    overtaken = Signal(SoundOrder)
    began = Signal(SoundOrder, float)
    outputs_changed = Signal()
    unreadable = Signal(str, str)
    how = ""
    output_name = ""
    outputs: tuple[SoundOutput, ...] = ()

    def __init__(self, problem: SoundProblem = SoundProblem.NO_PLAYER, parent: QObject | None = None) -> None:
        """Give ``problem`` as the reason."""
        super().__init__(parent)
        self._problem = problem

    def prepare(self) -> None:
        """Nothing to open."""

    def release(self) -> None:
        """Nothing to let go of."""

    def sound(self, order: SoundOrder) -> bool:  # noqa: ARG002 - the signature of a player
        """Refuse."""
        return False

    def cancel(self, number: int) -> None:
        """Nothing was taken."""

    def hush(self, number: int) -> None:
        """Nothing sounds."""

    def set_volume(self, volume: float) -> None:
        """Nothing to set."""

    def set_own(self, sound: str, path: Path | None) -> None:
        """Nothing to read."""

    def set_output(self, output_id: str) -> None:
        """Nothing to choose."""

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Nothing to begin or end."""

    def problem(self) -> SoundProblem | None:
        """Return the reason given."""
        return self._problem

    def close(self) -> None:
        """Nothing to let go of."""
