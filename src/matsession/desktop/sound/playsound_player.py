"""Plays the chimes with playsound3, that is with whatever sound program the computer has.

Meant for the sound process: importing playsound3 starts up to three programs to see which exist, which
can take a third of a second.
"""

import array
import shutil
import sys
import tempfile
import wave
from pathlib import Path

import playsound3
from playsound3.playsound3 import Sound
from PySide6.QtCore import QObject, QTimer, Slot

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_sounds import linear_gain, sound_file
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.domain.guidance import ChimeName

BEGUN_AFTER_MS = 700
"""A program that has ended by then has not played anything: the shortest chime lasts two seconds."""


def write_scaled(source: Path, target: Path, gain: float) -> None:
    """Copy a 16-bit WAV file, every sample times ``gain`` (0.0 to 1.0). Raises OSError, wave.Error."""
    with wave.open(str(source), "rb") as file:
        parameters = file.getparams()
        samples = array.array("h", file.readframes(parameters.nframes))
    if sys.byteorder == "big":
        samples.byteswap()
    scaled = array.array("h", (round(sample * gain) for sample in samples))
    if sys.byteorder == "big":
        scaled.byteswap()
    with wave.open(str(target), "wb") as file:
        file.setparams(parameters)
        file.writeframes(scaled.tobytes())


class PlaysoundPlayer(HostedPlayer):
    """Starts one program for each chime. They know no volume, so they are given files that are quieter."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Play the files in ``folder``."""
        super().__init__(parent)
        self._folder = folder
        self._gain = 1.0
        self._quieter: Path | None = None
        self._playing: list[tuple[ChimeName, Sound]] = []

    def prepare(self) -> None:
        """See whether there is a program that plays."""
        if playsound3.DEFAULT_BACKEND is None:
            self.failed.emit(SoundProblem.NO_PLAYER)
            return
        self.ready.emit()

    def play(self, chime: ChimeName) -> bool:
        """Start a program for ``chime``."""
        try:
            sound = playsound3.playsound(self._file(chime), block=False)
        except (playsound3.PlaysoundException, OSError, wave.Error):
            return False
        self._playing.append((chime, sound))
        QTimer.singleShot(BEGUN_AFTER_MS, self._on_begun_due)
        return True

    def set_volume(self, volume: float) -> None:
        """Set the volume of the next chimes; what sounds at the moment cannot be changed."""
        self._gain = linear_gain(volume)

    def close(self) -> None:
        """Take the quieter files away."""
        if self._quieter is not None:
            shutil.rmtree(self._quieter, ignore_errors=True)

    def _file(self, chime: ChimeName) -> Path:
        """Find the file at the present volume, written the first time it is wanted (30 ms)."""
        original = sound_file(self._folder, chime)
        if self._gain >= 1.0:
            return original
        if self._quieter is None:
            self._quieter = Path(tempfile.mkdtemp(prefix="matsession-chimes-"))
        quieter = self._quieter / f"{chime}-{round(self._gain * 1000):04}.wav"
        if not quieter.exists():
            write_scaled(original, quieter, self._gain)
        return quieter

    @Slot()
    def _on_begun_due(self) -> None:
        chime, sound = self._playing.pop(0)
        (self.heard if sound.is_alive() else self.lost).emit(chime)
