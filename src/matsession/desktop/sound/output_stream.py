"""One stream to one output, from its first frame to its last, and what moment each frame is heard at."""

from collections import deque

from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QtAudio

from matsession.desktop.sound.chime_sounds import RATE_HZ
from matsession.desktop.sound.mixer import Mixer

AHEAD_S = 0.4
"""So much is handed over before it is heard: the process may be held up for as long without a gap, and a
sound that is wanted at once, or a pause, comes as much later while something else sounds."""
SERVER_LATENCY_S = 0.04
"""Between Qt and the ear: what ``dev.py bench cues`` measures with the buffers that ``sound_process`` asks
PulseAudio for. Elsewhere, and for what Bluetooth and the hardware add, it is a guess."""
FIRST_WITHIN_S = 2.5
"""Longest wait for the first progress: an output that was asleep, or renders two seconds at a time."""
NEXT_WITHIN_S = 0.7
"""Longest wait for more. A server that has gone gives no other sign: Qt goes on saying that it plays."""
SILENT_AHEAD_S = 0.12
"""The same while nothing sounds: a gap in silence does no harm, and the next sound may be wanted at once."""
LOOKED_BACK = 20
"""So many readings tell where the stream stands in time: one second."""


class OutputStream(QObject):
    """Feeds an output from a mixer. Without a sound in it the stream is silence, and wakes the output."""

    def __init__(self, device: QAudioDevice, volume: float, now_s: float, parent: QObject) -> None:
        """Open it. Where the sound server has gone, PulseAudio's library may end the whole process here."""
        super().__init__(parent)
        self.mixer = Mixer()
        self._wanted = QAudioFormat()
        self._wanted.setSampleRate(RATE_HZ)
        self._wanted.setChannelCount(1)
        self._wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(device, self._wanted, self)
        self._sink.setBufferSize(self._wanted.bytesForDuration(round(AHEAD_S * 1_000_000)))
        self._sink.setVolume(volume)
        self._played = 0
        self._moved_s = now_s
        self._starts: deque[float] = deque(maxlen=LOOKED_BACK)
        self._device = self._sink.start()
        self.expects_sound = False
        """A sound is due soon: nothing may run dry, or it would be late."""

    def feed(self, now_s: float) -> None:
        """Note how far the output has come, and fill what is free."""
        played = self._sink.processedUSecs() * RATE_HZ // 1_000_000
        if played > self._played:
            self._played, self._moved_s = played, now_s
            self._starts.append(now_s - played / RATE_HZ)
        wanted = round((AHEAD_S if self.expects_sound or self.mixer.audible else SILENT_AHEAD_S) * RATE_HZ)
        handed_over = self.mixer.position - played
        if handed_over <= 0:  # it ran dry: what follows is heard later than reckoned
            self._starts.clear()
        free = self._sink.bytesFree() // self._wanted.bytesPerFrame()
        if (count := min(free, wanted - handed_over)) > 0:
            self._device.write(self.mixer.render(count))

    @property
    def played(self) -> int:
        """How many frames the output has taken."""
        return self._played

    def alive(self, now_s: float) -> bool:
        """Whether the output takes what it is given."""
        within_s = NEXT_WITHIN_S if self._played else FIRST_WITHIN_S
        return self._sink.error() is not QtAudio.Error.FatalError and now_s - self._moved_s < within_s

    def heard_s(self, frame: int) -> float | None:
        """Return the moment at which a frame is heard; None before the stream has moved."""
        if not self._starts:
            return None
        # An output takes frames in lumps; right after one the reading is the truest, and the smallest.
        return min(self._starts) + frame / RATE_HZ + SERVER_LATENCY_S

    def frame_at(self, due_s: float) -> int | None:
        """Return the frame that is heard at this moment; None before the stream has moved."""
        first_s = self.heard_s(0)
        return None if first_s is None else round((due_s - first_s) * RATE_HZ)

    def set_volume(self, gain: float) -> None:
        """Set the gain of all that has not been heard yet."""
        self._sink.setVolume(gain)

    def stop(self) -> None:
        """End it, and with it all that was handed over and not heard."""
        self._sink.stop()
        self.deleteLater()
