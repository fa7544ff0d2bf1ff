"""Reads a sound file: WAV by itself, everything else with Qt's decoder. Neither keeps anybody waiting."""

import array
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat

from matsession.desktop.sound.chime_sounds import RATE_HZ, read_pieces

CHIME_LONGEST_S = 30.0
"""What is longer is cut: it is to be a chime."""
LOOP_LONGEST_S = 900.0
"""The same for a background; so much takes 86 MB."""
DECODED_WITHIN_MS = 10_000
"""A decoder that has not given anything for so long will not."""
_FADE = RATE_HZ // 10


class SoundDecoder(QObject):
    """Decodes one file into memory, once."""

    done = Signal()
    """``samples`` are there."""
    failed = Signal(str)
    """It cannot be read, and why."""

    def __init__(self, sound: str, path: Path, longest_s: float, parent: QObject | None = None) -> None:
        """Stand for the file of this sound; what comes after ``longest_s`` is left out."""
        super().__init__(parent)
        self.sound = sound
        self.samples: array.array[int] = array.array("h")
        self._path = path
        self._longest = round(longest_s * RATE_HZ)
        self._pieces: Iterator[array.array[int]] = iter(())
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._on_reading_timeout)
        self._decoder: QAudioDecoder | None = None
        self._late = QTimer(self, singleShot=True, interval=DECODED_WITHIN_MS)
        self._late.timeout.connect(self._on_late_timeout)

    def start(self) -> None:
        """Begin; one of the signals follows."""
        if not self._path.is_file():
            self.failed.emit("there is no such file")
            return
        self._pieces = read_pieces(self._path)
        self._reading.start()

    def hurry(self) -> None:
        """Read the rest of a WAV file now: its sound is wanted. What needs Qt's decoder goes on by itself."""
        while self._reading.isActive():
            self._on_reading_timeout()

    def stop(self) -> None:
        """Leave it: neither signal comes any more."""
        self._reading.stop()
        self._late.stop()
        decoder, self._decoder = self._decoder, None  # what it still says is passed over
        if decoder is not None:
            decoder.stop()

    @Slot()
    def _on_reading_timeout(self) -> None:
        try:
            piece = next(self._pieces, None)
        except (OSError, EOFError, wave.Error):
            self._reading.stop()
            self.samples = array.array("h")
            self._decode()
            return
        if piece is not None:
            self.samples.extend(piece)
        if piece is None or len(self.samples) > self._longest:
            self._reading.stop()
            self._finish()

    def _decode(self) -> None:
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE_HZ)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._decoder = QAudioDecoder(self)
        self._decoder.setAudioFormat(wanted)
        self._decoder.bufferReady.connect(self._on_decoder_buffer_ready)
        self._decoder.finished.connect(self._on_decoder_finished)
        # ``error`` is a method too; the signal is found by its signature.
        self._decoder.isDecodingChanged.connect(self._on_decoder_decoding_changed)
        self._decoder.setSource(QUrl.fromLocalFile(str(self._path)))
        self._late.start()
        self._decoder.start()

    @Slot()
    def _on_decoder_buffer_ready(self) -> None:
        if self._decoder is None:
            return
        self._late.start()
        while self._decoder.bufferAvailable():
            piece = array.array("h", bytes(self._decoder.read().constData()))
            if sys.byteorder == "big":
                piece.byteswap()
            self.samples.extend(piece)
        if len(self.samples) > self._longest:
            self._finish()

    @Slot(bool)
    def _on_decoder_decoding_changed(self, decoding: bool) -> None:
        if not decoding and self._decoder is not None and self._decoder.errorString():
            self._fail(self._decoder.errorString())

    @Slot()
    def _on_decoder_finished(self) -> None:
        if self._decoder is not None:
            self._finish()

    def _finish(self) -> None:
        self.stop()
        if len(self.samples) > self._longest:
            del self.samples[self._longest :]
            for place in range(_FADE):
                self.samples[-1 - place] = self.samples[-1 - place] * place // _FADE
        if self.samples:
            self.done.emit()
        else:
            self.failed.emit("there is no sound in it")

    def _fail(self, reason: str) -> None:
        self.stop()
        self.failed.emit(reason)

    @Slot()
    def _on_late_timeout(self) -> None:
        self._fail("it could not be decoded in ten seconds")
