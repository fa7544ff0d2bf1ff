"""What a player that lives in the sound process can do and tell."""

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import SoundProblem
from matsession.domain.guidance import ChimeName


class HostedPlayer(QObject):
    """Makes sound for ``sound_process``. Tells by signals how it fares; each subclass is one way to play."""

    ready = Signal()
    """Every sound is loaded."""
    failed = Signal(SoundProblem)
    """It cannot play, now or any more."""
    lost = Signal(ChimeName)
    """This chime was begun and could not be heard."""
    heard = Signal(ChimeName)
    """This chime has begun for certain; told a few seconds after ``play``."""
    outdated = Signal()
    """A new process is needed: sound should go to another output, or the output takes no more of it."""

    def prepare(self) -> None:
        """Open the output and load all sounds; ``ready`` or ``failed`` follows."""
        raise NotImplementedError

    def play(self, chime: ChimeName) -> bool:
        """Begin ``chime`` now; False when that is not possible."""
        raise NotImplementedError

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0; what sounds at the moment follows where that is possible."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave nothing behind; the process ends after this."""
