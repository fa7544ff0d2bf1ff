"""Plays what Qt knows of outputs and files, by ``pulse_stream`` or ``qt_stream``.

Meant for the sound process: see the package for why.
"""

import array
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.chime_sounds import RATE_HZ, linear_gain, read_samples, scaled, sound_file
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.desktop.sound.mixer import Background, Track
from matsession.desktop.sound.output_stream import AHEAD_S, OutputStream, frame_at
from matsession.desktop.sound.pulse_stream import PulseStream
from matsession.desktop.sound.qt_stream import QtStream
from matsession.desktop.sound.sound_decoder import CHIME_LONGEST_S, LOOP_LONGEST_S, SoundDecoder
from matsession.desktop.sound.sound_order import SoundOrder
from matsession.domain.guidance import ChimeName

FEED_EVERY_MS = 50
PLACE_WITHIN_S = 0.7
"""A sound is given its place in the stream so long before it is due; until then it can be called off."""
BEGUN_AFTER = RATE_HZ // 20
"""After 50 ms of it a sound has begun for certain."""
HEARD_AFTER = RATE_HZ
"""After a second of it nobody needs to hear it again when the output changes."""
VOICE_AFTER_S = 3.2
"""Speech waits until the strokes of a chime are over, not until the last of its ringing is."""
HUSH_S = 0.15
"""What is called off while it sounds fades over so long: no click, and no wait."""
TAIL_S = 0.5
"""So much silence after the last sound, before the stream is closed."""


class QtPlayer(HostedPlayer):
    """Mixes all that sounds into one stream, which exists only from a cue's lead-in to the end of its sound.

    Measured with ``dev.py bench idle`` (PulseAudio 16, nothing sounding): a silent stream held open costs us
    12 ms of CPU and 20 wakeups a second, and the server 6 ms and 180. Without one it is 0.02 ms and 0.2, and
    0.03 ms and 0.5; with a lead-in of two seconds before a cue a minute, by that reckoning, 0.5 ms and 1, and
    0.3 ms and 8. Two seconds are enough for an output to wake up.
    """

    def __init__(self, folder: Path, now_s: Callable[[], float], parent: QObject | None = None) -> None:
        """Play the files in ``folder``, by this clock."""
        super().__init__(parent)
        self._folder = folder
        self._now_s = now_s
        self._volume = 1.0
        self._as_heard = 0.0
        self._devices: QMediaDevices | None = None
        self._device = QAudioDevice()
        self._output_id = ""
        self._chimes: dict[str, array.array[int]] = {}
        self._own: dict[str, array.array[int]] = {}
        self._decoders: dict[str, SoundDecoder] = {}
        self._stream: OutputStream | None = None
        self._directly = sys.platform == "linux" and sys.maxsize > 2**32  # for the layout of its structures
        self._loop: SoundDecoder | None = None
        self._loop_read = False
        self._loop_wanted = False
        self._loop_level = 1.0
        self._loop_fade = 0
        self._due: list[SoundOrder] = []
        self._files: dict[int, array.array[int]] = {}
        """What was read of files that are due, by the number of their order: speech, mostly."""
        self._begun: set[int] = set()
        self._heard: set[int] = set()
        self._ends: dict[int, float] = {}
        self._moments: dict[int, float] = {}
        self._feeding = QTimer(self, interval=FEED_EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._feeding.timeout.connect(self._feed)

    def open(self, output_id: str) -> None:
        """Load all chimes, and find the output."""
        self._output_id = output_id
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_devices_outputs_changed)
        self._device = self._wanted_device()
        if self._device.isNull():
            self.failed.emit(SoundProblem.NO_OUTPUT)
            return
        try:
            self._chimes = {chime: read_samples(sound_file(self._folder, chime)) for chime in ChimeName}
        except (OSError, EOFError, wave.Error):
            self.failed.emit(SoundProblem.PLAYER_FAILED)
            return
        self.ready.emit(self._device.description())
        self._tell_outputs()

    def sound(self, order: SoundOrder) -> bool:
        """Take the order and wake the output; False where its sound cannot be had."""
        samples = self._samples(order) if self._chimes else None
        if samples is None:
            return False
        if order.chime is None:
            self._files[order.number] = samples
        self._due.append(order)
        if self._stream is not None and order.due_s is None and order.after is None:
            self._stream.take_back(self._now_s())
        self._feed()
        return True

    def cancel(self, number: int) -> None:
        """Forget it; where it has its place in the stream and has not been heard, take it out again."""
        self._due = [order for order in self._due if order.number != number]
        self._files.pop(number, None)
        stream = self._stream
        if stream is None or number in self._begun:
            return
        stream.take_back(self._now_s())
        placed = [track for track in stream.mixer.tracks if track.number == number]
        handed_over = any(track.begin < stream.mixer.position for track in placed)
        stream.mixer.tracks = [track for track in stream.mixer.tracks if track.number != number]
        if handed_over and not stream.mixer.tracks:
            self._end_stream()  # with it goes what was handed over

    def hush(self, number: int) -> None:
        """Forget it, or let it fade out."""
        self.cancel(number)
        if self._stream is not None:
            self._stream.take_back(self._now_s())
            for track in self._stream.mixer.tracks:
                if track.number == number:
                    track.fade_out(self._stream.mixer.position, round(HUSH_S * RATE_HZ))

    def set_volume(self, volume: float) -> None:
        """Set the volume, at once for what sounds as well, unless that has a loudness of its own."""
        self._volume = volume
        if self._stream is not None and not self._as_heard:
            self._stream.take_back(self._now_s())
            self._stream.set_volume(linear_gain(volume))

    def set_own(self, sound: str, path: Path | None) -> None:
        """Read the file; until that is done, and where it cannot be, the built-in sound is used."""
        self._own.pop(sound, None)
        if (decoder := self._decoders.pop(sound, None)) is not None:
            decoder.stop()
        if path is None:
            return
        decoder = SoundDecoder(sound, path, CHIME_LONGEST_S, self)
        decoder.done.connect(self._on_decoder_done)
        decoder.failed.connect(self._on_decoder_failed)
        self._decoders[sound] = decoder
        decoder.start()

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Fade it in as soon as it is read, or change its level. Without a path, fade it out."""
        self._loop_level, self._loop_fade = linear_gain(level), round(fade_s * RATE_HZ)
        self._loop_wanted = path is not None
        if path is None:
            if self._stream is not None and self._stream.mixer.background is not None:
                self._stream.take_back(self._now_s())
                self._stream.mixer.background.fade_out(self._loop_fade)
        elif self._loop is None or self._loop.sound != str(path):
            if self._loop is not None:
                self._loop.stop()
            self._loop_read = False
            self._loop = SoundDecoder(str(path), path, LOOP_LONGEST_S, self)
            self._loop.done.connect(self._on_loop_done)
            self._loop.failed.connect(self._on_loop_failed)
            self._loop.start()
        elif self._loop_read:
            self._begin_loop()

    def ring_out(self) -> bool:
        """Let sound what has begun or is in its place, fade the background, and drop what is due later."""
        self._due = [order for order in self._due if order.due_s is None]
        self.set_background(None, 0.0, 1.0)
        return self._stream is not None

    def close(self) -> None:
        """End the stream."""
        self._feeding.stop()
        self._end_stream()

    # -- inside ---------------------------------------------------------------------------------------

    def _samples(self, order: SoundOrder) -> "array.array[int] | None":
        if order.chime is not None:
            if order.sound in self._decoders and order.sound not in self._own:
                self._decoders[order.sound].hurry()
            return self._own.get(order.sound) or self._chimes.get(order.sound)
        try:
            return read_samples(Path(order.sound))
        except (OSError, EOFError, wave.Error) as error:
            self.unreadable.emit(order.sound, str(error))
            return None

    def _open_stream(self) -> OutputStream:
        """Open one as loud as the loudest sound for it; from then on that is as loud as it gets."""
        if self._stream is None:
            self._as_heard = max((order.level for order in self._due if order.as_heard), default=0.0)
            self._stream = self._new_stream(linear_gain(self._loudest()))
            self._feeding.start()
        return self._stream

    def _new_stream(self, gain: float) -> OutputStream:
        """Where PulseAudio can be reached its own stream, else Qt's."""
        if self._directly:
            try:
                stream = PulseStream(_id(self._device), gain, self._now_s())
            except OSError:  # the library is not installed
                self._directly = False
            else:
                self.by.emit("PulseAudio")
                return stream
        self.by.emit("Qt Multimedia")
        return QtStream(self._device, gain, self._now_s(), self)

    def _loudest(self) -> float:
        """How full samples are heard on the present stream."""
        return max(self._volume, self._as_heard)

    def _gain(self, order: SoundOrder) -> float:
        heard, loudest = order.level if order.as_heard else order.level * self._volume, self._loudest()
        return linear_gain(heard / loudest) if loudest > 0 else 0.0

    def _begin_loop(self) -> None:
        if self._loop is None or not self._loop_wanted:
            return
        mixer = self._open_stream().mixer
        if mixer.background is not None and mixer.background.samples is self._loop.samples:
            mixer.background.level = self._loop_level
            mixer.background.fade_in(self._loop_fade)
        else:
            mixer.background = Background(self._loop.samples, self._loop_level, self._loop_fade)

    def _go_round(self, refused: PulseStream) -> None:
        """Let Qt play what PulseAudio would not take: it may know the output by another name."""
        mixer, self._directly = refused.mixer, False
        mixer.gain = 1.0
        self._end_stream()
        self._open_stream().mixer = mixer

    def _end_stream(self) -> None:
        if self._stream is not None:
            self._stream.stop()
            self._stream = None

    @Slot()
    def _feed(self) -> None:
        stream = self._open_stream()
        now_s = self._now_s()
        for order in list(self._due):
            place = self._place(stream, order, now_s)
            if place is not None:
                self._due.remove(order)
                samples = self._files.pop(order.number, None) or self._samples(order) or array.array("h")
                samples = scaled(samples, self._gain(order))
                self._ends[order.number] = min(len(samples) / RATE_HZ, VOICE_AFTER_S)
                stream.mixer.tracks.append(Track(order.number, samples, place))
                if order.due_s is not None:
                    self._moments[order.number] = order.due_s
        self._move(stream)
        stream.expects_sound = any(order.due_s is not None for order in self._due)
        stream.feed(self._now_s())
        self._tell_progress(stream)
        if not stream.alive(self._now_s()):
            self._feeding.stop()
            if isinstance(stream, PulseStream) and stream.refused and not stream.played:
                self._go_round(stream)
            else:
                self.outdated.emit()
        elif self._is_over(stream):
            self._feeding.stop()
            self._end_stream()
            self.quiet.emit()

    def _place(self, stream: OutputStream, order: SoundOrder, now_s: float) -> int | None:
        """Return the frame at which the sound is to begin, or None while that cannot be said."""
        if order.after is not None:
            before = next((t for t in stream.mixer.tracks if t.number == order.after), None)
            if before is not None:
                after_s = self._ends.get(order.after, 0.0)
                return max(before.begin + round(after_s * RATE_HZ), stream.mixer.position)
            return None if any(due.number == order.after for due in self._due) else stream.mixer.position
        if order.due_s is None:
            return stream.mixer.position
        if order.due_s - now_s > PLACE_WITHIN_S:
            return None
        frame = frame_at(stream, RATE_HZ, order.due_s)
        if frame is None:  # the output is not awake yet: as soon as it is
            return stream.mixer.position if order.due_s - now_s < AHEAD_S else None
        return max(frame, stream.mixer.position)

    def _move(self, stream: OutputStream) -> None:
        """Put right the place of what is due and not handed over yet: the stream may have been held up."""
        for track in stream.mixer.tracks:
            due_s = self._moments.get(track.number)
            if due_s is not None and track.begin > stream.mixer.position:
                frame = frame_at(stream, RATE_HZ, due_s)
                track.begin = max(track.begin if frame is None else frame, stream.mixer.position)

    def _tell_progress(self, stream: OutputStream) -> None:
        for track in stream.mixer.tracks:
            begun_s = stream.heard_s(track.begin)
            length = len(track.samples)
            if begun_s is None:
                continue
            if track.number not in self._begun and stream.played >= track.begin + min(BEGUN_AFTER, length):
                self._begun.add(track.number)
                self.began.emit(track.number, begun_s)
            if track.number not in self._heard and stream.played >= track.begin + min(HEARD_AFTER, length):
                self._heard.add(track.number)
                self.heard.emit(track.number)
        stream.mixer.tracks = [
            track
            for track in stream.mixer.tracks
            if track.end > stream.played - round(TAIL_S * RATE_HZ) or track.number not in self._heard
        ]

    def _is_over(self, stream: OutputStream) -> bool:
        return not self._due and not stream.mixer.tracks and stream.mixer.background is None

    def _wanted_device(self) -> QAudioDevice:
        for device in QMediaDevices.audioOutputs():
            if self._output_id and _id(device) == self._output_id:
                return device
        return QMediaDevices.defaultAudioOutput()

    def _tell_outputs(self) -> None:
        self.outputs.emit([[_id(device), device.description()] for device in QMediaDevices.audioOutputs()])

    @Slot()
    def _on_devices_outputs_changed(self) -> None:
        self._tell_outputs()
        if _id(self._wanted_device()) != _id(self._device):
            self.outdated.emit()

    @Slot()
    def _on_loop_done(self) -> None:
        if self.sender() is self._loop:
            self._loop_read = True
            self._begin_loop()

    @Slot(str)
    def _on_loop_failed(self, reason: str) -> None:
        if self._loop is not None and self.sender() is self._loop:
            self.unreadable.emit(self._loop.sound, reason)
            self._loop = None

    @Slot()
    def _on_decoder_done(self) -> None:
        decoder = self.sender()
        if isinstance(decoder, SoundDecoder) and self._decoders.get(decoder.sound) is decoder:
            self._own[decoder.sound] = decoder.samples

    @Slot(str)
    def _on_decoder_failed(self, reason: str) -> None:
        decoder = self.sender()
        if isinstance(decoder, SoundDecoder) and self._decoders.get(decoder.sound) is decoder:
            self.unreadable.emit(decoder.sound, reason)


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
