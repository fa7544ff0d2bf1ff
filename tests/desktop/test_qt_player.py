"""The player in the sound process, on streams made by hand."""

import array
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from pytestqt.qtbot import QtBot

from matsession.desktop.sound import qt_player
from matsession.desktop.sound.chime_sounds import RATE_HZ, linear_gain
from matsession.desktop.sound.mixer import Mixer
from matsession.desktop.sound.qt_player import QtPlayer
from matsession.desktop.sound.sound_order import SoundOrder
from matsession.domain.guidance import ChimeName

SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"
NOW_S = 100.0

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one kind of stream"),
]


class Device:
    """An output."""

    def isNull(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def id(self) -> QByteArray:
        return QByteArray(b"mat")

    def description(self) -> str:
        return "Mat"


class Devices(QObject):
    """Stands in for Qt's list of outputs."""

    audioOutputsChanged = Signal()  # noqa: N815 - Qt's name

    @staticmethod
    def audioOutputs() -> list[Device]:  # noqa: N802 - Qt's name
        return [Device()]

    @staticmethod
    def defaultAudioOutput() -> Device:  # noqa: N802 - Qt's name
        return Device()


class Stream:
    """A stream whose luck is set by hand; nothing of it is heard unless told."""

    opened: ClassVar[list["Stream"]] = []
    refused = False

    def __init__(self, gain: float) -> None:
        self.mixer = Mixer()
        self.gain = gain
        self.expects_sound = False
        self.played = 0
        self.is_alive = True
        self.stopped = False
        self.opened.append(self)

    def feed(self, now_s: float) -> None:
        pass

    def take_back(self, now_s: float) -> None:
        pass

    def alive(self, now_s: float) -> bool:
        return self.is_alive

    def heard_s(self, frame: int) -> float | None:
        return NOW_S + frame / RATE_HZ

    def set_volume(self, gain: float) -> None:
        self.gain = gain

    def stop(self) -> None:
        self.stopped = True


class Direct(Stream):
    """Stands in for the one to PulseAudio."""

    def __init__(self, output_id: str, volume: float, now_s: float) -> None:
        super().__init__(volume)
        self.output_id = output_id


class ByQt(Stream):
    """Stands in for Qt's."""

    def __init__(self, device: Device, volume: float, now_s: float, parent: QObject) -> None:
        super().__init__(volume)


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[QtPlayer]:
    """One that has found an output."""
    Stream.opened.clear()
    monkeypatch.setattr(qt_player, "QMediaDevices", Devices)
    monkeypatch.setattr(qt_player, "PulseStream", Direct)
    monkeypatch.setattr(qt_player, "QtStream", ByQt)
    player = QtPlayer(SOUNDS, lambda: NOW_S)
    player.open("")
    yield player
    player.close()


def order(number: int, chime: ChimeName = ChimeName.STEP, **more: object) -> SoundOrder:
    """A chime, now."""
    return SoundOrder.read({"number": number, "sound": chime, "level": 1.0, "as_heard": False, **more})


def loudest(stream: Stream, number: int) -> int:
    """The largest sample of this order."""
    [track] = [each for each in stream.mixer.tracks if each.number == number]
    return max(map(abs, track.samples))


def test_a_sound_is_as_loud_as_volume_and_level_say(player: QtPlayer) -> None:
    """The stream has the volume, and follows it; the samples have the level."""
    player.set_volume(0.5)
    player.sound(order(1))
    player.sound(order(2, level=0.5))
    [stream] = Stream.opened
    assert stream.gain == linear_gain(0.5)
    assert loudest(stream, 2) == pytest.approx(loudest(stream, 1) / 8, abs=1)
    player.set_volume(0.8)
    assert stream.gain == linear_gain(0.8)


def test_a_sound_louder_than_the_volume_opens_a_louder_stream(player: QtPlayer) -> None:
    """It stays as loud whatever the volume; what else sounds on that stream is as loud as ever."""
    player.set_volume(0.5)
    player.sound(order(1, level=0.8, as_heard=True))
    player.sound(order(2))
    [stream] = Stream.opened
    assert stream.gain == linear_gain(0.8)
    assert loudest(stream, 2) * stream.gain == pytest.approx(loudest(stream, 1) * linear_gain(0.5), rel=0.001)
    player.set_volume(1.0)
    assert stream.gain == linear_gain(0.8)


def test_what_the_server_refuses_is_played_by_qt(player: QtPlayer) -> None:
    """With all that was to sound, and from then on."""
    by: list[str] = []
    player.by.connect(by.append)
    outdated: list[bool] = []
    player.outdated.connect(lambda: outdated.append(True))
    Direct.refused = True
    try:
        player.sound(order(1))
        Stream.opened[0].is_alive = False
        player.sound(order(2))
    finally:
        Direct.refused = False
    direct, by_qt = Stream.opened
    assert (direct.stopped, by, outdated) == (True, ["PulseAudio", "Qt Multimedia"], [])
    assert [track.number for track in by_qt.mixer.tracks] == [1, 2]


def test_a_stream_that_is_cut_off_needs_a_new_process(player: QtPlayer) -> None:
    """Not another stream: the output may be another one now."""
    outdated: list[bool] = []
    player.outdated.connect(lambda: outdated.append(True))
    player.sound(order(1))
    Stream.opened[0].is_alive = False
    player.sound(order(2))
    assert (len(Stream.opened), outdated) == (1, [True])


def test_what_is_hushed_is_taken_out_or_fades(player: QtPlayer) -> None:
    """Before it has begun there is nothing to fade."""
    player.sound(order(1))
    [stream] = Stream.opened
    stream.mixer.render(RATE_HZ)
    stream.played = RATE_HZ
    player.sound(order(2, ChimeName.CLOSE))  # lets the first one be seen to have begun
    player.hush(2)
    assert [track.number for track in stream.mixer.tracks] == [1]
    player.hush(1)
    [fading] = stream.mixer.tracks
    assert fading.end == RATE_HZ + round(0.15 * RATE_HZ)


def test_another_level_of_the_background_does_not_begin_it_anew(
    player: QtPlayer, tmp_path: Path, qtbot: QtBot
) -> None:
    """Nor does a pause; another file does."""
    paths = [tmp_path / name for name in ("sea.wav", "wood.wav")]
    for path in paths:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(array.array("h", [1000] * RATE_HZ).tobytes())
    player.set_background(paths[0], 0.5, 1.0)
    qtbot.waitUntil(lambda: bool(Stream.opened))
    mixer = Stream.opened[0].mixer
    background = mixer.background
    assert background is not None
    player.set_background(paths[0], 1.0, 1.0)
    assert (mixer.background, background.level) == (background, 1.0)
    player.set_background(None, 0.0, 1.0)
    mixer.render(2 * RATE_HZ)
    player.set_background(paths[0], 1.0, 1.0)
    assert mixer.background is not None
    player.set_background(paths[1], 1.0, 1.0)
    qtbot.waitUntil(
        lambda: mixer.background is not None and mixer.background.samples is not background.samples
    )


def test_a_background_that_is_taken_back_while_it_is_read_stays_silent(
    player: QtPlayer, tmp_path: Path, qtbot: QtBot
) -> None:
    """And one that is no sound is told by its path."""
    told: list[tuple[str, str]] = []
    player.unreadable.connect(lambda sound, reason: told.append((sound, reason)))
    player.set_background(SOUNDS / "loops" / "rain.wav", 0.5, 1.0)
    player.set_background(None, 0.0, 1.0)
    gone = tmp_path / "gone.wav"
    player.set_background(gone, 0.5, 1.0)
    qtbot.waitUntil(lambda: told == [(str(gone), "there is no such file")])
    assert Stream.opened == []
