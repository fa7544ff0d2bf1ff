"""A stream straight to PulseAudio, or to PipeWire's stand-in for it.

Qt's own (``qt_stream``) hands the server 60 ms at a time, by a thread of its own, and cannot tell how long
they take to be heard. Where other programs kept that thread waiting (170 ms were seen on two busy cores), the
stream ran dry and the chime was late by as much. Here the server is given ``AHEAD_S`` in advance, says
itself what it has played and when, and gives back what is not played yet: a sound that is wanted at once does
not wait for what was handed over before.

There is no thread and no callback: each ``feed`` lets the library work until nothing is left to do.
"""

import ctypes
import statistics
import sys
import time
from collections import deque
from typing import Final

from matsession.desktop.sound.chime_sounds import RATE_HZ
from matsession.desktop.sound.mixer import Mixer
from matsession.desktop.sound.output_stream import AHEAD_S, FIRST_WITHIN_S, NEXT_WITHIN_S, SILENT_AHEAD_S
from matsession.desktop.sound.pulse_library import (
    AS_THE_SERVER_LIKES,
    CONTEXT_NOAUTOSPAWN,
    CONTEXT_READY,
    SAMPLE_S16BE,
    SAMPLE_S16LE,
    SEEK_ABSOLUTE,
    STREAM_ADJUST_LATENCY,
    STREAM_AUTO_TIMING_UPDATE,
    STREAM_READY,
    BufferAttr,
    SampleSpec,
    pulse_library,
)

FRAME_BYTES: Final = 2
OUTPUT_LATENCY_S: Final = 0.1
"""What is asked for: the output itself then takes half of it at a time, and what it has taken cannot be had
back. It says how much more it really has, and that is reckoned with."""
START_WITH_S: Final = 0.05
"""So much has to be there before it starts to play, at first and after a gap."""
MARGIN_S: Final = 0.03
"""Between what the output may just have taken and what is taken back."""
PIECE: Final = RATE_HZ // 50
"""Frames that are rendered at once: the grain in which they can be taken back."""
READY_WITHIN_S: Final = 0.15
"""Longest wait for the server when a stream is opened; 10 ms are usual. Later the feeding looks again."""
WAIT_US: Final = 5000
"""Longest wait in it at a time."""
RECKONED_ON_S: Final = 0.3
"""So long what was played is reckoned on from the last reading; the next one is usually there in 50 ms."""
LOOKED_BACK: Final = 9
"""So many readings tell where the stream stands in time; each by itself is true to some milliseconds."""
OLDEST_READING_S: Final = 5.0
"""An older or a future reading comes from a clock that was set meanwhile."""


class PulseStream:
    """Implements ``OutputStream``."""

    def __init__(self, output_id: str, volume: float, now_s: float) -> None:
        """Connect to the output of this name. Raises OSError where the library is not installed."""
        self.mixer = Mixer()
        self.mixer.gain = volume
        self.expects_sound = False
        self._output_id = output_id
        self._moved_s = now_s
        self._read = 0
        self._read_at_s: float | None = None
        self._output_s = OUTPUT_LATENCY_S / 2
        self._played = 0
        self._written = 0
        self._starts: deque[float] = deque(maxlen=LOOKED_BACK)
        self._stream: int | None = None
        self._not_asked = False
        self._library = pulse_library()
        self._loop = self._library.pa_mainloop_new()
        api = self._library.pa_mainloop_get_api(self._loop)
        self._context = self._library.pa_context_new(api, b"MatSession")
        self._library.pa_context_connect(self._context, None, CONTEXT_NOAUTOSPAWN, None)
        self._await_ready()

    def feed(self, now_s: float) -> None:
        """Let the library work, note how far the output has come, and write what is missing."""
        self._work()
        if not self._stream_is(STREAM_READY):
            return
        self._note_timing(now_s)
        wanted_s = AHEAD_S if self.expects_sound or self.mixer.audible else SILENT_AHEAD_S
        read = self._read_now(now_s)
        if self.mixer.position <= read:  # it ran dry: what follows is heard later than reckoned
            self._starts.clear()
        # What was taken back is written over as far as it reached, or it would still be heard.
        end = max(read + round((wanted_s + self._output_s) * RATE_HZ), self._written)
        while self.mixer.position < end:
            begin = self.mixer.position
            data = self.mixer.render(PIECE)
            self._library.pa_stream_write(
                self._stream, data, len(data), None, begin * FRAME_BYTES, SEEK_ABSOLUTE
            )
        self._written = self.mixer.position
        self._work()

    def take_back(self, now_s: float) -> None:
        """Begin anew right behind what the output may have taken."""
        if self._read_at_s is not None:
            taken_s = self._output_s + MARGIN_S
            self.mixer.go_back(self._read_now(now_s) + round(taken_s * RATE_HZ))

    @property
    def played(self) -> int:
        """How many frames have been heard, by what the server said last."""
        return self._played

    def alive(self, now_s: float) -> bool:
        """Whether the server is there, and plays."""
        within_s = NEXT_WITHIN_S if self._played else FIRST_WITHIN_S
        return not self._failed() and now_s - self._moved_s < within_s

    @property
    def refused(self) -> bool:
        """Whether the server is there and gives no stream to this output."""
        there = self._library.pa_context_get_state(self._context) == CONTEXT_READY
        return there and self._failed()

    def heard_s(self, frame: int) -> float | None:
        """Return the moment at which a frame is heard; None before the stream has moved."""
        return statistics.median(self._starts) + frame / RATE_HZ if self._starts else None

    def set_volume(self, gain: float) -> None:
        """Set the gain of what is rendered from now on."""
        self.mixer.gain = gain

    def stop(self) -> None:
        """End it; the server forgets what it has not played."""
        self._let_go()

    # -- inside ---------------------------------------------------------------------------------------

    def _await_ready(self) -> None:
        until_s = time.monotonic() + READY_WITHIN_S
        while not self._stream_is(STREAM_READY) and not self._failed() and time.monotonic() < until_s:
            # Each of these may only follow on the success of the one before.
            if self._library.pa_mainloop_prepare(self._loop, WAIT_US) < 0:
                break
            if self._library.pa_mainloop_poll(self._loop) < 0:
                break
            self._library.pa_mainloop_dispatch(self._loop)
            self._work()

    def _work(self) -> None:
        """Let the library read and write what it can, and ask for a stream as soon as it is connected."""
        for _ in range(100):
            if self._library.pa_mainloop_iterate(self._loop, 0, None) <= 0:
                break
        if self._stream is None and self._library.pa_context_get_state(self._context) == CONTEXT_READY:
            self._ask_for_stream()

    def _ask_for_stream(self) -> None:
        form = SampleSpec(SAMPLE_S16LE if sys.byteorder == "little" else SAMPLE_S16BE, RATE_HZ, 1)
        self._stream = self._library.pa_stream_new(self._context, b"Chimes", ctypes.byref(form), None)
        buffers = BufferAttr(
            maxlength=AS_THE_SERVER_LIKES,
            tlength=_size(OUTPUT_LATENCY_S),
            prebuf=_size(START_WITH_S),
            minreq=AS_THE_SERVER_LIKES,
            fragsize=AS_THE_SERVER_LIKES,
        )
        output = self._output_id.encode() or None
        flags = STREAM_AUTO_TIMING_UPDATE | STREAM_ADJUST_LATENCY
        asked = self._library.pa_stream_connect_playback(
            self._stream, output, ctypes.byref(buffers), flags, None, None
        )
        self._not_asked = asked < 0

    def _stream_is(self, state: int) -> bool:
        return self._stream is not None and self._library.pa_stream_get_state(self._stream) == state

    def _failed(self) -> bool:
        if self._library.pa_context_get_state(self._context) > CONTEXT_READY:
            return True
        return self._not_asked or (
            self._stream is not None and self._library.pa_stream_get_state(self._stream) > STREAM_READY
        )

    def _note_timing(self, now_s: float) -> None:
        """Read what the server said last, and ask again: the answer is there by the next time."""
        told = self._library.pa_stream_get_timing_info(self._stream)
        if asked := self._library.pa_stream_update_timing_info(self._stream, None, None):
            self._library.pa_operation_unref(asked)
        if not told:
            return
        timing = told.contents
        # The server stamps by the time of day.
        age_s = time.time() - (timing.timestamp_s + timing.timestamp_us / 1e6)
        if not timing.playing or timing.read_index_corrupt or not 0 <= age_s < OLDEST_READING_S:
            return
        read = timing.read_index // FRAME_BYTES
        if read > self._read:
            self._moved_s = now_s
        self._read, self._read_at_s = read, now_s - age_s
        self._output_s = timing.configured_sink_usec / 1e6
        heard = read - round(timing.sink_usec / 1e6 * RATE_HZ)
        self._played = max(self._played, heard)
        self._starts.append(self._read_at_s - heard / RATE_HZ)

    def _read_now(self, now_s: float) -> int:
        """Return the frame that the output takes next, by what it took last."""
        if self._read_at_s is None:
            return 0
        return self._read + round(min(max(now_s - self._read_at_s, 0.0), RECKONED_ON_S) * RATE_HZ)

    def _let_go(self) -> None:
        if self._stream is not None:
            self._library.pa_stream_disconnect(self._stream)
            self._library.pa_stream_unref(self._stream)
        self._library.pa_context_disconnect(self._context)
        self._library.pa_context_unref(self._context)
        self._library.pa_mainloop_free(self._loop)


def _size(seconds: float) -> int:
    return round(seconds * RATE_HZ) * FRAME_BYTES
