"""Plays the chimes with Qt Multimedia. Meant for the sound process: see the package for why."""

import tempfile
import wave
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtMultimedia import QAudioDevice, QMediaDevices, QSoundEffect

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_sounds import linear_gain, sound_file, write_lengthened
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.domain.guidance import ChimeName

SILENCE_S = 3.0
"""Added to each chime, so that it can be stopped when it has rung out and before it ends."""
STOP_AFTER_S = 0.5
"""How long after the chime it is stopped. Qt may be ahead of what is heard: two seconds have been seen."""
HEARD_AFTER_MS = 1000
"""After so much of a chime nobody needs to hear it again when the output changes."""
KEEPER = ChimeName.CHECK
"""The sound that is played without volume, over and over: the shortest."""
KEEPER_LOOPS = 1_000_000
"""As good as for ever, with a signal at each turn; Qt gives none when it is told "for ever"."""
KEEPER_WITHIN_MS = 4500
"""Longest wait for the next turn; each takes two seconds, the first has been seen to take nearly four."""


class _Voice(QObject):
    """One chime, loaded. Qt must not let it end by itself: see the package."""

    def __init__(self, effect: QSoundEffect, length_s: float, parent: QObject) -> None:
        super().__init__(parent)
        self.effect = effect
        self._stop = QTimer(self, singleShot=True, interval=round((length_s + STOP_AFTER_S) * 1000))
        self._stop.timeout.connect(effect.stop)

    def play(self) -> bool:
        """Begin; while it sounds already it begins anew."""
        if self.effect.isPlaying():
            self.effect.stop()
        self.effect.play()
        self._stop.start()
        return self.effect.isPlaying()


class QtPlayer(HostedPlayer):
    """One loaded sound for each chime, on the output that is the default when ``prepare`` is called.

    A sound without volume plays all the time. It keeps the output from falling asleep, so that no chime loses
    its first moments while the output wakes, and each time it comes round the output has proved to be alive.
    Nothing else does: with the sound server gone ``QSoundEffect`` says for ever that it plays.
    """

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Play the files in ``folder``."""
        super().__init__(parent)
        self._folder = folder
        self._lengthened: tempfile.TemporaryDirectory[str] | None = None
        self._volume = 1.0
        self._devices: QMediaDevices | None = None
        self._device_id = b""
        self._voices: dict[ChimeName, _Voice] = {}
        self._keeper: QSoundEffect | None = None
        self._begun: list[ChimeName] = []
        self._keeper_due = QTimer(self, singleShot=True, interval=KEEPER_WITHIN_MS)
        self._keeper_due.timeout.connect(self.outdated)

    def prepare(self) -> None:
        """Load all chimes for the default output."""
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_devices_outputs_changed)
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            # Without this look Qt would load the sounds, warn, and fail one after the other.
            self.failed.emit(SoundProblem.NO_OUTPUT)
            return
        self._device_id = bytes(device.id().data())
        self._lengthened = tempfile.TemporaryDirectory(prefix="matsession-", ignore_cleanup_errors=True)
        copies = Path(self._lengthened.name)
        try:
            for chime in ChimeName:
                self._voices[chime] = self._load(chime, device, copies / f"{chime}.wav", SILENCE_S)
            self._keeper = self._load(KEEPER, device, copies / "keeper.wav", 0.0).effect
        except (OSError, EOFError, wave.Error):
            self.failed.emit(SoundProblem.PLAYER_FAILED)
            return
        self._keeper.setLoopCount(KEEPER_LOOPS)
        self._keeper.loopsRemainingChanged.connect(self._on_keeper_loops_remaining_changed)
        self.set_volume(self._volume)
        self._on_effect_status_changed()

    def play(self, chime: ChimeName) -> bool:
        """Begin ``chime``; False while it is not loaded."""
        voice = self._voices.get(chime)
        if voice is None or voice.effect.status() is not QSoundEffect.Status.Ready or not voice.play():
            return False
        QTimer.singleShot(HEARD_AFTER_MS, partial(self._begun.append, chime))
        return True

    def set_volume(self, volume: float) -> None:
        """Set the volume, at once for what sounds as well."""
        self._volume = volume
        for voice in self._voices.values():
            voice.effect.setVolume(linear_gain(volume))

    def close(self) -> None:
        """Take the lengthened files away, where that has not been done."""
        if self._lengthened is not None:
            self._lengthened.cleanup()

    def _load(self, chime: ChimeName, device: QAudioDevice, copy: Path, silence_s: float) -> _Voice:
        length_s = write_lengthened(sound_file(self._folder, chime), copy, silence_s)
        effect = QSoundEffect(device, self)
        effect.setVolume(0.0)
        effect.statusChanged.connect(self._on_effect_status_changed)
        effect.setSource(QUrl.fromLocalFile(str(copy)))
        return _Voice(effect, length_s, self)

    @Slot()
    def _on_effect_status_changed(self) -> None:
        if self._keeper is None or self._keeper.isPlaying():
            return
        states = {
            effect.status() for effect in (*(voice.effect for voice in self._voices.values()), self._keeper)
        }
        if QSoundEffect.Status.Error in states:
            self.failed.emit(SoundProblem.PLAYER_FAILED)
        elif states == {QSoundEffect.Status.Ready}:
            self.close()  # they are in memory now
            self._keeper.play()
            self._keeper_due.start()
            self.ready.emit()

    @Slot()
    def _on_keeper_loops_remaining_changed(self) -> None:
        self._keeper_due.start()
        for chime in self._begun:
            self.heard.emit(chime)
        self._begun.clear()

    @Slot()
    def _on_devices_outputs_changed(self) -> None:
        if bytes(QMediaDevices.defaultAudioOutput().id().data()) != self._device_id:
            self.outdated.emit()
