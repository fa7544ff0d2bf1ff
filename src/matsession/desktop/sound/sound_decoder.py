"""Reads a sound file of the person's own: WAV by itself, everything else with Qt's decoder."""

import array
import sys
import wave
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat

from matsession.desktop.sound.chime_sounds import RATE_HZ, read_samples

LONGEST_S = 30.0
"""What is longer is cut: it is to be a chime."""
DECODED_WITHIN_MS = 10_000
_FADE = RATE_HZ // 10


class SoundDecoder(QObject):
    """Decodes one file into memory, once."""

    done = Signal()
    """``samples`` are there."""
    failed = Signal(str)
    """It cannot be read, and why."""

    def __init__(self, sound: str, path: Path, parent: QObject | None = None) -> None:
        """Stand for the file of this sound."""
        super().__init__(parent)
        self.sound = sound
        self.samples: array.array[int] = array.array("h")
        self._path = path
        self._decoder: QAudioDecoder | None = None
        self._late = QTimer(self, singleShot=True, interval=DECODED_WITHIN_MS)
        self._late.timeout.connect(self._on_late_timeout)

    def start(self) -> None:
        """Begin; one of the signals follows."""
        if not self._path.is_file():
            self.failed.emit("there is no such file")
            return
        try:
            self.samples = read_samples(self._path)
        except (OSError, EOFError, wave.Error):
            self._decode()
        else:
            self._finish()

    def _decode(self) -> None:
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE_HZ)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._decoder = QAudioDecoder(self)
        self._decoder.setAudioFormat(wanted)
        self._decoder.bufferReady.connect(self._on_decoder_buffer_ready)
        self._decoder.finished.connect(self._finish)
        # ``error`` is a method too; the signal is found by its signature.
        self._decoder.isDecodingChanged.connect(self._on_decoder_decoding_changed)
        self._decoder.setSource(QUrl.fromLocalFile(str(self._path)))
        self._late.start()
        self._decoder.start()

    @Slot()
    def _on_decoder_buffer_ready(self) -> None:
        assert self._decoder is not None
        while self._decoder.bufferAvailable():
            piece = array.array("h", bytes(self._decoder.read().constData()))
            if sys.byteorder == "big":
                piece.byteswap()
            self.samples.extend(piece)

    @Slot(bool)
    def _on_decoder_decoding_changed(self, decoding: bool) -> None:
        if not decoding and self._decoder is not None and self._decoder.errorString():
            self._fail(self._decoder.errorString())

    @Slot()
    def _finish(self) -> None:
        self._late.stop()
        longest = round(LONGEST_S * RATE_HZ)
        if len(self.samples) > longest:
            del self.samples[longest:]
            for place in range(_FADE):
                self.samples[-1 - place] = self.samples[-1 - place] * place // _FADE
        if self.samples:
            self.done.emit()
        else:
            self.failed.emit("there is no sound in it")

    def _fail(self, reason: str) -> None:
        self._late.stop()
        self.failed.emit(reason)

    @Slot()
    def _on_late_timeout(self) -> None:
        self._fail("it could not be decoded in ten seconds")
