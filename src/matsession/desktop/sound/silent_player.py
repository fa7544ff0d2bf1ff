"""Plays nothing; the last resort, and the choice of somebody who wants no sound."""

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import SoundProblem
from matsession.domain.guidance import ChimeName


class SilentPlayer(QObject):
    """Takes no chime, so that whoever asks knows that nothing was heard."""

    problem_changed = Signal()
    lost = Signal(ChimeName)

    def __init__(self, problem: SoundProblem = SoundProblem.NO_PLAYER, parent: QObject | None = None) -> None:
        """Give ``problem`` as the reason."""
        super().__init__(parent)
        self._problem = problem

    def prepare(self) -> None:
        """Nothing to open."""

    def play(self, chime: ChimeName) -> bool:  # noqa: ARG002 - the port's signature
        """Refuse."""
        return False

    def set_volume(self, volume: float) -> None:
        """Nothing to set."""

    def problem(self) -> SoundProblem | None:
        """Return the reason given."""
        return self._problem

    def close(self) -> None:
        """Nothing to let go of."""
