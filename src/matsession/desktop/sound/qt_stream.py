"""A stream by Qt Multimedia: on every system, and where ``pulse_stream`` finds no server."""

import os
from collections import deque

from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QtAudio

from matsession.desktop.sound.chime_sounds import RATE_HZ
from matsession.desktop.sound.mixer import Mixer
from matsession.desktop.sound.output_stream import AHEAD_S, FIRST_WITHIN_S, NEXT_WITHIN_S, SILENT_AHEAD_S

SERVER_LATENCY_S = 0.04
"""Between Qt and the ear, which Qt does not tell: measured with ``PULSE_LATENCY_MS``, elsewhere a guess."""
PULSE_LATENCY_MS = 60
"""Buffers of PulseAudio and of PipeWire's stand-in for it. Qt itself asks for 21 ms, which leaves little room
on a busy computer."""
LOOKED_BACK = 20
"""So many readings tell where the stream stands in time: one second."""


class QtStream(QObject):
    """Implements ``OutputStream`` with a QAudioSink."""

    def __init__(self, device: QAudioDevice, volume: float, now_s: float, parent: QObject) -> None:
        """Open it. Where the sound server has gone, PulseAudio's library may end the whole process here."""
        super().__init__(parent)
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(PULSE_LATENCY_MS))
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

    def take_back(self, now_s: float) -> None:
        """Do nothing: Qt gives nothing back."""

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

    def set_volume(self, gain: float) -> None:
        """Set the gain of all that has not been heard yet."""
        self._sink.setVolume(gain)

    def stop(self) -> None:
        """End it, and with it all that was handed over and not heard."""
        self._sink.stop()
        self.deleteLater()
