"""What a player that lives in the sound process can do and tell."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.sound_order import SoundOrder


class HostedPlayer(QObject):
    """Makes sound for ``sound_process``. Tells by signals how it fares; each subclass is one way to play."""

    ready = Signal(str)
    """Every sound is loaded; the name of the output."""
    outputs = Signal(list)
    """The outputs there are: [id, name] of each."""
    by = Signal(str)
    """What plays from now on, in words of the proof of ring."""
    failed = Signal(SoundProblem)
    """It cannot play, now or any more."""
    lost = Signal(int)
    """The order with this number could not be heard."""
    began = Signal(int, float)
    """The order with this number has begun to sound, at this moment of the awake clock."""
    heard = Signal(int)
    """So much of it has sounded that nobody needs to hear it again."""
    unreadable = Signal(str, str)
    """The person's own file for this sound cannot be played, and why; the built-in one is used."""
    outdated = Signal()
    """A new process is needed: sound should go to another output, or the output takes no more of it."""
    quiet = Signal()
    """Nothing sounds any more, and nothing is due."""

    def open(self, output_id: str) -> None:
        """Find the output ("" for the default) and load all sounds; ``ready`` or ``failed`` follows."""
        raise NotImplementedError

    def sound(self, order: SoundOrder) -> bool:
        """Take an order; False when it cannot be carried out."""
        raise NotImplementedError

    def cancel(self, number: int) -> None:
        """Forget an order that has not begun to sound."""
        raise NotImplementedError

    def hush(self, number: int) -> None:
        """Forget an order, or let it fade out."""
        raise NotImplementedError

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0; what sounds at the moment follows where that is possible."""
        raise NotImplementedError

    def set_own(self, sound: str, path: Path | None) -> None:
        """Use this file for a chime, or the built-in one again."""
        raise NotImplementedError

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Let a loop sound behind everything, or end it."""
        raise NotImplementedError

    def ring_out(self) -> bool:
        """Take nothing more; False when nothing sounds, else ``quiet`` follows."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave nothing behind; the process ends after this."""
