"""Plays with playsound3, that is with whatever sound program the computer has.

Meant for the sound process: importing playsound3 starts up to three programs to see which exist, which
can take a third of a second. These programs know neither volume nor outputs, and none goes round without a
gap: files are made quieter beforehand, the default output is used, and there is no background.
"""

import array
import contextlib
import os
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path

import playsound3
from playsound3.playsound3 import Sound
from PySide6.QtCore import QObject, Qt, QTimer

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_sounds import RATE_HZ, linear_gain, read_samples, sound_file
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.desktop.sound.sound_order import SoundOrder

BEGUN_AFTER_MS = 300
"""A program that has ended by then has not played anything: no sound of ours is as short."""
LOOK_EVERY_MS = 200
TRIAL_S = 1.0
"""Length of the silence that is played to find out whether a program reaches an output at all."""
TRIED_AFTER_S = 0.6
"""A program that still plays it by then does; one without an output ends in a tenth of a second."""
TRIAL_EVERY_MS = 50
ALSA_CARDS = Path("/proc/asound/cards")
START_S = 0.03
"""From the start of a program to its first sound, by and large (DESKTOP.md: 11 to 60 ms)."""
VOICE_AFTER_S = 3.2
"""See ``qt_player``."""


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


def write_silence(target: Path, seconds: float) -> None:
    """Write a WAV file in which nothing is heard. Raises OSError."""
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(2 * round(seconds * RATE_HZ)))


def output_in_sight() -> bool:
    """Whether Linux knows of a sound card, or a sound server left its address; elsewhere always."""
    if sys.platform != "linux":
        return True
    with contextlib.suppress(OSError):
        if "[" in ALSA_CARDS.read_text(encoding="utf-8", errors="replace"):
            return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    sockets = (runtime / "pulse" / "native", runtime / "pipewire-0")
    return "PULSE_SERVER" in os.environ or any(socket.exists() for socket in sockets)


class PlaysoundPlayer(HostedPlayer):
    """Starts one program for each sound."""

    def __init__(self, folder: Path, now_s: Callable[[], float], parent: QObject | None = None) -> None:
        """Play the files in ``folder``, by this clock."""
        super().__init__(parent)
        self._folder = folder
        self._now_s = now_s
        self._volume = 1.0
        self._own: dict[str, Path] = {}
        self._made: Path | None = None
        self._due: dict[int, tuple[SoundOrder, QTimer]] = {}
        self._begun: dict[int, float] = {}
        self._started: dict[int, SoundOrder] = {}
        self._playing: dict[int, Sound] = {}
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_look_timeout)
        self._trial: Sound | None = None
        self._trial_since_s = 0.0
        self._trying = QTimer(self, interval=TRIAL_EVERY_MS)
        self._trying.timeout.connect(self._on_trying_timeout)

    def open(self, output_id: str) -> None:  # noqa: ARG002 - these programs play to the default output
        """See whether there is a program that plays, and let it play silence: it may reach no output."""
        if not playsound3.DEFAULT_BACKEND:
            self.failed.emit(SoundProblem.NO_PLAYER)
        elif playsound3.DEFAULT_BACKEND == "gstreamer" and not output_in_sight():
            self.failed.emit(SoundProblem.NO_OUTPUT)  # it would play into nothing, and not say so
        else:
            self._try()

    def sound(self, order: SoundOrder) -> bool:
        """Start a program for it at its moment; now where that is not told."""
        if not playsound3.DEFAULT_BACKEND:
            return False
        wait_s = 0.0
        if order.due_s is not None:
            wait_s = order.due_s - START_S - self._now_s()
        elif order.after is not None and order.after in self._due:
            before, timer = self._due[order.after]
            wait_s = timer.remainingTime() / 1000 + self._strokes_s(before)
        elif order.after is not None and order.after in self._begun:
            wait_s = self._begun[order.after] + self._strokes_s(self._started[order.after]) - self._now_s()
        if wait_s <= 0:
            return self._start(order)
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(partial(self._on_order_due, order.number))
        self._due[order.number] = (order, timer)
        timer.start(round(wait_s * 1000))
        return True

    def cancel(self, number: int) -> None:
        """Forget an order that waits."""
        _order, timer = self._due.pop(number, (None, None))
        if timer is not None:
            timer.stop()

    def hush(self, number: int) -> None:
        """Forget an order that waits, or end its program: there is no fading."""
        self.cancel(number)
        if number in self._playing:
            self._playing[number].stop()

    def set_volume(self, volume: float) -> None:
        """Set the volume of the next sounds; what sounds at the moment cannot be changed."""
        self._volume = volume

    def set_own(self, sound: str, path: Path | None) -> None:
        """Use a WAV file; another kind may need a program that is not there, and is told as unreadable."""
        self._own.pop(sound, None)
        if path is None:
            return
        try:
            read_samples(path)
        except (OSError, EOFError, wave.Error) as error:
            self.unreadable.emit(sound, str(error))
        else:
            self._own[sound] = path

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Do nothing: see the module."""

    def ring_out(self) -> bool:
        """Let the programs that play come to their end."""
        self._end_trial()
        for number in list(self._due):
            self.cancel(number)
        return bool(self._playing)

    def close(self) -> None:
        """Take the files away that were made."""
        self._end_trial()
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)

    def _try(self) -> None:
        silence = self._made_folder() / "silence.wav"
        try:
            write_silence(silence, TRIAL_S)
            self._trial = playsound3.playsound(silence, block=False)
        except (playsound3.PlaysoundException, OSError):
            self.failed.emit(SoundProblem.PLAYER_FAILED)
            return
        self._trial_since_s = self._now_s()
        self._trying.start()

    def _end_trial(self) -> None:
        self._trying.stop()
        if self._trial is not None:
            self._trial.stop()
            self._trial = None

    def _made_folder(self) -> Path:
        if self._made is None:
            self._made = Path(tempfile.mkdtemp(prefix="matsession-chimes-"))
        return self._made

    def _start(self, order: SoundOrder) -> bool:
        try:
            sound = playsound3.playsound(self._file(order), block=False)
        except (playsound3.PlaysoundException, OSError, EOFError, wave.Error):
            return False
        self._begun[order.number] = self._now_s() + START_S
        self._started[order.number] = order
        self._playing[order.number] = sound
        self._look.start()
        QTimer.singleShot(BEGUN_AFTER_MS, partial(self._on_begun_due, order.number, sound))
        return True

    def _strokes_s(self, order: SoundOrder) -> float:
        """How long a line waits from the beginning of this sound."""
        try:
            with wave.open(str(self._original(order)), "rb") as file:
                return min(file.getnframes() / file.getframerate(), VOICE_AFTER_S)
        except (OSError, EOFError, wave.Error):
            return VOICE_AFTER_S

    def _original(self, order: SoundOrder) -> Path:
        if order.chime is None:
            return Path(order.sound)
        return self._own.get(order.sound) or sound_file(self._folder, order.chime)

    def _file(self, order: SoundOrder) -> Path:
        """Find the file at the wanted level, written the first time it is wanted (30 ms)."""
        original = self._original(order)
        gain = linear_gain(order.level if order.as_heard else self._volume * order.level)
        if gain >= 1.0:
            return original
        quieter = self._made_folder() / f"{original.stem}-{round(gain * 1000):04}.wav"
        if order.chime is None or not quieter.exists():
            write_scaled(original, quieter, gain)
        return quieter

    def _on_order_due(self, number: int) -> None:
        order, _timer = self._due.pop(number)
        if not self._start(order):
            self.lost.emit(number)

    def _on_begun_due(self, number: int, sound: Sound) -> None:
        if sound.is_alive():
            self.began.emit(number, self._begun[number])
            self.heard.emit(number)
        else:
            self.lost.emit(number)
            self.failed.emit(SoundProblem.NO_OUTPUT)  # the next process tries again

    def _on_trying_timeout(self) -> None:
        if self._trial is None:
            return
        if not self._trial.is_alive():
            self._end_trial()
            self.failed.emit(SoundProblem.NO_OUTPUT)
        elif self._now_s() - self._trial_since_s >= TRIED_AFTER_S:
            self._end_trial()
            self.ready.emit("")
            self.outputs.emit([])

    def _on_look_timeout(self) -> None:
        self._playing = {number: sound for number, sound in self._playing.items() if sound.is_alive()}
        if not self._playing:
            self._look.stop()
            self.quiet.emit()
