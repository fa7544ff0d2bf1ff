"""The chimes: which player plays, what happens when one cannot, and the real process without any sound."""

import array
import json
import logging
import os
import subprocess
import sys
import tempfile
import wave
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QTimer, Signal

from matsession.app.ports import ChimePlayer, SoundOutput, SoundProblem
from matsession.desktop.sound import chime_sounds
from matsession.desktop.sound.chime_output import ChimeOutput
from matsession.desktop.sound.chime_sounds import RATE_HZ, linear_gain, read_samples
from matsession.desktop.sound.mixer import FADE_STEP, Background, Mixer, Track
from matsession.desktop.sound.process_player import ProcessPlayer
from matsession.desktop.sound.pulse_stream import PulseStream
from matsession.desktop.sound.silent_player import SilentPlayer
from matsession.desktop.sound.sound_order import SoundOrder
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = ROOT / "resources" / "sounds"


class FakePlayer(QObject):
    """A player whose luck is set by hand."""

    problem_changed = Signal()
    lost = Signal(SoundOrder)
    overtaken = Signal(SoundOrder)
    began = Signal(SoundOrder, float)
    outputs_changed = Signal()
    unreadable = Signal(str, str)
    how = "a fake"
    output_name = ""
    outputs: tuple[SoundOutput, ...] = ()

    def __init__(self, problem: SoundProblem | None = None) -> None:
        super().__init__()
        self.orders: list[SoundOrder] = []
        self.cancelled: list[int] = []
        self.hushed: list[int] = []
        self.prepared = 0
        self.released = 0
        self.closed = 0
        self.volume = -1.0
        self._problem = problem

    @property
    def played(self) -> list[ChimeName]:
        return [ChimeName(order.sound) for order in self.orders]

    def prepare(self) -> None:
        self.prepared += 1

    def release(self) -> None:
        self.released += 1

    def sound(self, order: SoundOrder) -> bool:
        if self._problem is None:
            self.orders.append(order)
        return self._problem is None

    def cancel(self, number: int) -> None:
        self.cancelled.append(number)

    def hush(self, number: int) -> None:
        self.hushed.append(number)

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def set_own(self, sound: str, path: Path | None) -> None:
        pass

    def set_output(self, output_id: str) -> None:
        pass

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        pass

    def problem(self) -> SoundProblem | None:
        return self._problem

    def close(self) -> None:
        self.closed += 1

    def meet(self, problem: SoundProblem | None) -> None:
        self._problem = problem
        self.problem_changed.emit()


class FakeLink(QObject):
    """A sound process that writes down what it was told, and says what the test wants."""

    said = Signal(str)
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[object, ...]] = []
        self.stopped = False
        self.ended = False

    def send(self, *words: object) -> None:
        self.sent.append(words)

    def end(self) -> None:
        self.ended = True

    def stop(self) -> None:
        self.stopped = True


class Links:
    """Every sound process that was started, in order."""

    def __init__(self) -> None:
        self.all: list[FakeLink] = []

    def start(self, output_id: str) -> FakeLink:
        self.all.append(FakeLink())
        return self.all[-1]

    @property
    def last(self) -> FakeLink:
        return self.all[-1]


class Counted(QObject):
    """Counts a signal, or writes down what it carries."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.things: list[object] = []

    def count(self) -> None:
        self.times += 1

    def note(self, thing: object) -> None:
        self.things.append(thing)


def let_pass(player: ProcessPlayer, timer: str) -> int:
    """Turn time by hand: the named timer runs out; how many milliseconds it would have taken."""
    found = player.findChild(QTimer, timer)
    assert found is not None
    assert found.isActive(), f"{timer} does not run"
    found.stop()
    found.timeout.emit()
    return found.interval()


def runs(player: ProcessPlayer, timer: str) -> bool:
    """Whether that timer is waiting."""
    found = player.findChild(QTimer, timer)
    return found is not None and found.isActive()


def itself(player: FakePlayer) -> FakePlayer:
    """Stand in for making it."""
    return player


def output(*players: FakePlayer) -> ChimeOutput:
    """An output that tries these players in this order."""
    return ChimeOutput([*(partial(itself, player) for player in players), SilentPlayer], now_s)


pytestmark = pytest.mark.usefixtures("qapp")


def test_the_output_is_a_chime_player() -> None:
    """It has what the app layer asks for."""
    chimes: ChimePlayer = output(FakePlayer())
    assert chimes.problem() is None


def test_the_first_player_that_can_plays() -> None:
    """The others are not even made ready."""
    first, second = FakePlayer(), FakePlayer()
    chimes = output(first, second)
    chimes.prepare()
    assert chimes.play(ChimeName.OPEN)
    assert (first.played, first.prepared) == ([ChimeName.OPEN], 1)
    assert (second.played, second.prepared) == ([], 0)


def test_a_player_with_a_problem_is_passed_over() -> None:
    """The second plays, and there is no problem to tell."""
    first, second = FakePlayer(SoundProblem.NO_OUTPUT), FakePlayer()
    chimes = output(first, second)
    chimes.prepare()
    assert chimes.play(ChimeName.STEP)
    assert second.played == [ChimeName.STEP]
    assert chimes.problem() is None


def test_a_lost_chime_is_played_by_the_next_one_at_once() -> None:
    """The same chime, once, and not by the player that lost it."""
    first, second = FakePlayer(), FakePlayer()
    chimes = output(first, second)
    chimes.play(ChimeName.WAKE)
    first.lost.emit(first.orders[0])
    assert (first.played, second.played) == ([ChimeName.WAKE], [ChimeName.WAKE])


@pytest.mark.expects_log("no sound: no_output")
def test_where_nothing_can_play_the_reason_of_the_first_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One signal, one line in the log, and every play says that it was not heard."""
    caplog.set_level(logging.INFO)
    chimes = output(FakePlayer(SoundProblem.NO_OUTPUT), FakePlayer(SoundProblem.NO_PLAYER))
    counted = Counted()
    chimes.on_problem_changed(counted.count)
    chimes.prepare()
    assert [chimes.play(ChimeName.STEP), chimes.play(ChimeName.STEP)] == [False, False]
    chimes.prepare()
    assert chimes.problem() is SoundProblem.NO_OUTPUT
    assert counted.times == 1
    assert [record.message for record in caplog.records].count("no sound: no_output") == 1


@pytest.mark.expects_log("no sound: no_output")
def test_sound_that_comes_back_is_used_again() -> None:
    """The first player plays again, the one that stood in lets go, and each change is told once."""
    first, second = FakePlayer(), FakePlayer(SoundProblem.NO_PLAYER)
    chimes = output(first, second)
    counted = Counted()
    chimes.on_problem_changed(counted.count)
    chimes.prepare()
    first.meet(SoundProblem.NO_OUTPUT)
    assert (chimes.problem(), counted.times) == (SoundProblem.NO_OUTPUT, 1)
    first.meet(None)
    assert (chimes.problem(), counted.times) == (None, 2)
    assert (second.released, second.closed) == (1, 0)  # what it has taken it still sounds
    assert chimes.play(ChimeName.CLOSE)
    assert first.played == [ChimeName.CLOSE]


def test_sound_stays_ready_where_that_is_wished() -> None:
    """Only the player that plays, and only until the wish is taken back."""
    first, second = FakePlayer(SoundProblem.NO_PLAYER), FakePlayer()
    chimes = output(first, second)
    chimes.keep_ready(ready=True)
    assert (first.prepared, second.prepared) == (0, 0)
    chimes.prepare()
    chimes.release()
    assert (first.released, second.released) == (1, 0)
    chimes.keep_ready(ready=False)
    assert second.released == 1
    chimes.keep_ready(ready=True)
    assert (second.prepared, second.released) == (2, 1)


@pytest.mark.expects_log("no sound: no_output")
def test_a_player_that_stayed_ready_and_lost_its_output_lets_go() -> None:
    """Nobody has started: it would only look again and again for nothing."""
    first = FakePlayer()
    chimes = output(first)
    chimes.keep_ready(ready=True)
    chimes.prepare()
    chimes.release()
    assert first.released == 0
    first.meet(SoundProblem.NO_OUTPUT)
    assert first.released == 1


def test_volume_reaches_every_player_at_once_and_late_ones_too() -> None:
    """A player that is made later begins at the volume set before; too much counts as all."""
    first, second = FakePlayer(), FakePlayer()
    chimes = output(first, second)
    chimes.set_volume(0.4)
    chimes.prepare()
    assert first.volume == 0.4
    first.meet(SoundProblem.PLAYER_FAILED)
    assert second.volume == 0.4
    chimes.set_volume(7.0)
    assert (first.volume, second.volume) == (1.0, 1.0)


def test_volume_zero_is_told_as_muted() -> None:
    """And taken back when it is raised."""
    chimes = output(FakePlayer())
    counted = Counted()
    chimes.on_problem_changed(counted.count)
    chimes.set_volume(0.0)
    assert chimes.problem() is SoundProblem.MUTED
    chimes.set_volume(0.1)
    assert chimes.problem() is None
    assert counted.times == 2


def test_closing_lets_go_of_every_player() -> None:
    """And a player that changes its mind afterwards is left alone."""
    first = FakePlayer()
    chimes = output(first)
    chimes.prepare()
    chimes.close()
    first.meet(SoundProblem.NO_OUTPUT)
    assert (first.closed, first.prepared) == (1, 1)


def test_half_the_volume_is_an_eighth_of_the_gain() -> None:
    """Volume is given as heard; the ends stay the ends."""
    assert [linear_gain(volume) for volume in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.125, 1.0, 1.0]


def wav(path: Path, rate_hz: int, channels: int, width: int, frames: bytes) -> Path:
    """Write a WAV file of any kind."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(frames)
    return path


def test_a_wav_file_of_any_kind_is_read_as_one_channel_at_48_khz(tmp_path: Path) -> None:
    """Stereo is averaged, a lower rate is drawn out on straight lines, other widths become 16 bits."""
    stereo = wav(tmp_path / "stereo.wav", 48_000, 2, 2, array.array("h", [100, 300, -8, -8]).tobytes())
    assert list(read_samples(stereo)) == [200, -8]
    slow = wav(tmp_path / "slow.wav", 24_000, 1, 2, array.array("h", [0, 100, 50]).tobytes())
    assert list(read_samples(slow)) == [0, 50, 100, 75, 50, 50]
    byte = wav(tmp_path / "byte.wav", 48_000, 1, 1, bytes([128, 255, 0]))
    assert list(read_samples(byte)) == [0, 127 << 8, -32768]
    wide = wav(tmp_path / "wide.wav", 48_000, 1, 3, bytes([9, 1, 0, 9, 0, 1]))
    assert list(read_samples(wide)) == [1, 256]


@given(
    rate_hz=st.sampled_from([8_000, 11_025, 22_050, 24_000, 44_100, 48_000, 96_000]),
    samples=st.lists(st.integers(-32768, 32767), min_size=1, max_size=300),
    piece=st.integers(1, 40),
)
def test_a_file_sounds_the_same_however_it_is_read(rate_hz: int, samples: list[int], piece: int) -> None:
    """Bit by bit gives the samples of straight lines through all of it, and its whole length."""
    with tempfile.TemporaryDirectory() as folder:
        path = wav(Path(folder) / "any.wav", rate_hz, 1, 2, array.array("h", samples).tobytes())
        with mock.patch.object(chime_sounds, "PIECE_S", piece / rate_hz):
            made = read_samples(path)
    assert len(made) == len(samples) * RATE_HZ // rate_hz
    for place, value in enumerate(made):
        index, part = divmod(place * rate_hz, RATE_HZ)
        following = samples[min(index + 1, len(samples) - 1)]
        assert value == samples[index] + (following - samples[index]) * part // RATE_HZ


def test_the_mixer_puts_each_sound_in_its_place() -> None:
    """Across the borders of pieces, added up, and cut off where that is too loud."""
    mixer = Mixer()
    mixer.tracks = [Track(1, array.array("h", [1, 2, 3]), 1), Track(2, array.array("h", [30000] * 2), 3)]
    first, second = array.array("h", mixer.render(2)), array.array("h", mixer.render(4))
    assert [*first, *second] == [0, 1, 2, 30003, 30000, 0]
    mixer.tracks = [Track(number, array.array("h", [30000]), 6) for number in (1, 2)]
    assert list(array.array("h", mixer.render(1))) == [32767]


def test_a_sound_that_is_called_off_fades_out() -> None:
    """From the next frame that is handed out; what has been handed out stays."""
    mixer = Mixer()
    mixer.tracks = [Track(1, array.array("h", [1000] * 10), 1)]
    mixer.render(3)
    mixer.tracks[0].fade_out(mixer.position, 4)
    assert list(array.array("h", mixer.render(6))) == [1000, 750, 500, 250, 0, 0]
    assert not mixer.audible


def test_the_mixer_goes_back_and_renders_anew() -> None:
    """To the first piece that begins at that frame or later; the background stands where it stood then."""
    mixer = Mixer()
    mixer.background = Background(array.array("h", range(100)), 1.0, 4 * FADE_STEP)
    mixer.tracks = [Track(1, array.array("h", [1000] * 4000), 10)]
    pieces = [mixer.render(1000) for _ in range(4)]
    mixer.go_back(900)
    assert mixer.position == 1000
    assert [mixer.render(1000) for _ in range(3)] == pieces[1:]
    mixer.tracks.clear()
    mixer.go_back(2001)
    assert mixer.position == 3000
    assert max(array.array("h", mixer.render(1000))) < 100


def test_the_gain_of_the_mixer_counts_for_all() -> None:
    """From the next piece on."""
    mixer = Mixer()
    mixer.tracks = [Track(1, array.array("h", [1000] * 4), 0)]
    mixer.render(1)
    mixer.gain = 0.5
    assert list(array.array("h", mixer.render(3))) == [500] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is elsewhere a stranger")
def test_a_stream_without_a_server_is_not_alive(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so at once, can be fed all the same, and was not refused by anybody."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{home / 'nobody-listens'}")
    stream = PulseStream("", 1.0, NOW_S)
    stream.feed(NOW_S)
    stream.take_back(NOW_S)
    assert (stream.alive(NOW_S), stream.refused, stream.played, stream.heard_s(0)) == (False, False, 0, None)
    stream.stop()


def test_a_process_says_what_plays() -> None:
    """The proof of ring tells it with the output."""
    links = Links()
    player = process_player(links)
    player.prepare()
    for line in ("ready", "using USB Speaker", "by PulseAudio"):
        links.last.said.emit(line)
    assert player.how == "PulseAudio, USB Speaker"


def test_a_background_fades_in_goes_round_and_fades_out() -> None:
    """And when it has gone there is silence."""
    mixer = Mixer()
    mixer.background = Background(array.array("h", [2000] * 700), 0.5, 4 * FADE_STEP)
    loud = array.array("h", mixer.render(8 * FADE_STEP))
    assert loud[0] < loud[2 * FADE_STEP] < loud[-1] == 1000
    mixer.background.fade_out(8 * FADE_STEP)
    mixer.render(2 * FADE_STEP)
    mixer.background.fade_in(4 * FADE_STEP)  # it was wanted again
    assert array.array("h", mixer.render(2 * FADE_STEP))[-1] == 1000
    mixer.background.fade_out(2 * FADE_STEP)
    fading = array.array("h", mixer.render(4 * FADE_STEP))
    assert 0 < fading[0] < 1000
    assert fading[-1] == 0
    mixer.render(10)
    assert list(array.array("h", mixer.render(2))) == [0, 0]


NOW_S = 100.0


def now_s() -> float:
    """A clock that stands still."""
    return NOW_S


def process_player(links: Links) -> ProcessPlayer:
    """A player whose processes are written down."""
    return ProcessPlayer("Qt Multimedia", links.start, now_s)


def chime(number: int, name: ChimeName, due_s: float | None = None) -> SoundOrder:
    """An order for this chime."""
    return SoundOrder(number, name.value, due_s)


def sounds_sent(link: FakeLink) -> list[object]:
    """The numbers of the orders this process was given."""
    return [words[1]["number"] for words in link.sent if words[0] == "sound" and isinstance(words[1], dict)]


def test_an_order_comes_through_the_pipe_as_it_was() -> None:
    """Also with a moment, a level, and something before it."""
    order = SoundOrder(7, "/tmp/a line.wav", 12.5, 0.25, 6, as_heard=True)
    word, values = json.loads(order.line())
    assert (word, SoundOrder.read(values)) == ("sound", order)


def test_a_process_gets_the_volume_and_then_the_chime() -> None:
    """A chime that is asked for while the process starts waits until it is ready."""
    links = Links()
    player = process_player(links)
    player.set_volume(0.5)
    assert player.sound(chime(1, ChimeName.OPEN))
    assert links.last.sent == [("volume", 0.5)]
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == [1]
    player.set_volume(0.25)
    assert links.last.sent[-1] == ("volume", 0.25)


def test_of_chimes_that_waited_too_long_only_the_last_rings() -> None:
    """The earlier ones are overtaken; one that is still to come is not touched."""
    links, overtaken = Links(), Counted()
    player = process_player(links)
    player.overtaken.connect(overtaken.note)
    orders = [chime(1, ChimeName.OPEN), chime(2, ChimeName.STEP), chime(3, ChimeName.WAKE, NOW_S + 1)]
    for order in orders:
        player.sound(order)
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == [2, 3]
    assert overtaken.things == orders[:1]


def test_another_output_gets_another_process_and_the_chime_that_was_cut() -> None:
    """Without any problem told. A chime that had been heard is not repeated."""
    links, counted = Links(), Counted()
    player = process_player(links)
    player.prepare()
    player.problem_changed.connect(counted.count)
    player.sound(chime(1, ChimeName.OPEN))
    for line in ("ready", "took 1", "began 1 100.0", "heard 1"):
        links.last.said.emit(line)
    player.sound(chime(2, ChimeName.STEP))
    links.last.said.emit("took 2")
    links.last.said.emit("outdated")
    assert (len(links.all), links.all[0].stopped) == (2, True)
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == [2]
    assert counted.times == 0


def test_a_process_that_does_not_answer_is_replaced() -> None:
    """After half a second and a little grace; the chime moves to the new one."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("ready")
    player.sound(chime(1, ChimeName.WAKE))
    let_pass(player, "answer")
    assert len(links.all) == 1
    let_pass(player, "answer")
    assert len(links.all) == 2
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == [1]


def test_an_answer_stops_the_wait() -> None:
    """A chime that was taken in time disturbs nothing."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("ready")
    player.sound(chime(1, ChimeName.WAKE))
    links.last.said.emit("took 1")
    assert not runs(player, "answer")


def test_a_chime_that_the_process_lost_is_passed_on() -> None:
    """It is told once, and not kept for the next process."""
    links, lost = Links(), Counted()
    player = process_player(links)
    player.lost.connect(lost.note)
    player.prepare()
    links.last.said.emit("ready")
    player.sound(chime(1, ChimeName.CHECK))
    links.last.said.emit("lost 1")
    assert lost.things == [chime(1, ChimeName.CHECK)]
    links.last.said.emit("outdated")
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == []


def test_what_is_called_off_is_forgotten_on_both_sides() -> None:
    """The process is told, and the next one does not get it."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("ready")
    player.sound(chime(1, ChimeName.STEP, NOW_S + 2))
    player.cancel(1)
    assert links.last.sent[-1] == ("cancel", 1)
    links.last.said.emit("outdated")
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == []


def test_what_is_hushed_is_forgotten_and_the_process_is_told() -> None:
    """Also where it waits for the process, and where nothing else holds that."""
    links = Links()
    player = process_player(links)
    player.sound(chime(1, ChimeName.CLOSE, NOW_S + 1))
    player.hush(1)
    links.last.said.emit("ready")
    assert sounds_sent(links.last) == []
    player.sound(chime(2, ChimeName.CLOSE))
    player.hush(2)
    assert (links.last.sent[-1], links.last.ended) == (("hush", 2), True)


def test_no_output_is_told_and_looked_for_again() -> None:
    """What waited is lost, the player refuses, and after a while, longer each time, another process looks."""
    links, counted, lost = Links(), Counted(), Counted()
    player = process_player(links)
    player.problem_changed.connect(counted.count)
    player.lost.connect(lost.note)
    player.prepare()
    player.sound(chime(1, ChimeName.OPEN))
    links.last.said.emit("problem no_output")
    assert (player.problem(), lost.things) == (SoundProblem.NO_OUTPUT, [chime(1, ChimeName.OPEN)])
    assert not player.sound(chime(2, ChimeName.STEP))
    let_pass(player, "retry")
    links.last.said.emit("problem no_output")
    assert (len(links.all), counted.times) == (2, 1)
    assert let_pass(player, "retry") == 10_000
    links.last.said.emit("ready")
    assert (player.problem(), counted.times) == (None, 2)
    assert not runs(player, "retry")


def test_a_cue_that_is_announced_has_sound_looked_for_at_once() -> None:
    """A server that came back just now is found in time; one that did not, and the order is lost."""
    links, lost = Links(), Counted()
    player = process_player(links)
    player.lost.connect(lost.note)
    player.prepare()
    links.last.said.emit("problem no_output")
    assert not player.sound(chime(1, ChimeName.STEP, NOW_S + 0.5))
    assert player.sound(chime(2, ChimeName.STEP, NOW_S + 2))
    assert len(links.all) == 2
    links.last.said.emit("problem no_output")
    assert lost.things == [chime(2, ChimeName.STEP, NOW_S + 2)]
    player.sound(chime(3, ChimeName.STEP, NOW_S + 2))
    links.last.said.emit("ready")
    assert (sounds_sent(links.last), player.problem()) == ([3], None)


def test_an_output_that_appears_is_taken_at_once() -> None:
    """The process that had found none says so itself; nobody waits for the next look."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("problem no_output")
    links.last.said.emit("outdated")
    links.last.said.emit("ready")
    assert player.problem() is None


def test_a_player_that_is_not_installed_is_not_looked_for_again() -> None:
    """Only closing and preparing does that."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("problem no_player")
    assert not runs(player, "retry")
    player.close()
    player.prepare()
    assert (len(links.all), player.problem()) == (2, None)


def test_a_process_that_never_gets_ready_is_a_failure() -> None:
    """So is one that ends before or right after."""
    links = Links()
    player = process_player(links)
    player.prepare()
    let_pass(player, "watch")
    assert player.problem() is SoundProblem.PLAYER_FAILED

    let_pass(player, "retry")
    links.last.said.emit("ready")
    assert player.problem() is None
    links.last.gone.emit()
    assert player.problem() is SoundProblem.PLAYER_FAILED


def test_a_process_that_ends_after_a_while_is_replaced_at_once() -> None:
    """Nobody is told: the next one is there in a third of a second."""
    links, counted = Links(), Counted()
    player = process_player(links)
    player.problem_changed.connect(counted.count)
    player.prepare()
    links.last.said.emit("ready")
    let_pass(player, "settling")
    links.last.gone.emit()
    assert (len(links.all), counted.times) == (2, 0)


def test_lines_that_make_no_sense_are_passed_over() -> None:
    """A process of another version must not bring the program down."""
    links = Links()
    player = process_player(links)
    player.prepare()
    for line in ("", "problem of_its_own", "heard nothing", "lost", "lost sheep", "outputs [1", "what"):
        links.last.said.emit(line)
    assert (len(links.all), player.problem()) == (1, None)


def test_a_process_is_let_go_when_it_has_sounded_everything() -> None:
    """Its input is closed, so that it rings out; it is not killed, and not looked after any more."""
    links = Links()
    player = process_player(links)
    player.prepare()
    links.last.said.emit("ready")
    player.sound(chime(1, ChimeName.CLOSE))
    player.release()
    assert not links.last.ended
    links.last.said.emit("took 1")
    links.last.said.emit("heard 1")
    assert (links.last.ended, links.last.stopped, len(links.all)) == (True, False, 1)


def test_somebody_who_only_looks_gets_the_answer_and_no_lasting_process() -> None:
    """The outputs, their names, and what is used."""
    links = Links()
    player = process_player(links)
    player.prepare()
    player.release()
    assert (links.last.ended, player.outputs) == (False, ())
    for line in ("ready", "using USB Speaker", 'outputs [["a", "USB Speaker"], ["b", "HDMI"]]'):
        links.last.said.emit(line)
    found = (SoundOutput("a", "USB Speaker"), SoundOutput("b", "HDMI"))
    assert (links.last.ended, player.outputs) == (True, found)
    assert player.how == "Qt Multimedia, USB Speaker"


def test_what_is_played_later_gets_a_process_for_as_long_as_it_takes() -> None:
    """A wake chime minutes after the end."""
    links = Links()
    player = process_player(links)
    player.sound(chime(1, ChimeName.WAKE))
    for line in ("ready", "using X", "outputs []", "took 1", "heard 1"):
        links.last.said.emit(line)
    assert (len(links.all), links.last.ended) == (1, True)


def test_a_scheduled_cue_is_reported_with_how_late_it_was() -> None:
    """It is not played again when the session reaches it, and not called off any more."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.prepare()
    chimes.schedule(ChimeName.STEP, 60.0, NOW_S)
    assert chimes.play(ChimeName.STEP, 60.0, 0.01)
    chimes.cancel()
    assert (first.played, first.cancelled) == ([ChimeName.STEP], [])
    first.began.emit(first.orders[0], NOW_S + 0.25)
    assert reports.things == [CueReport(60.0, ChimeName.STEP, 0.25, "a fake", "")]


def test_the_cues_of_a_second_session_are_not_taken_for_those_of_the_first() -> None:
    """Two of equal length in one run: each chime sounds, and none is called off at its own moment."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.prepare()
    for _ in range(2):
        chimes.schedule(ChimeName.CLOSE, 60.0, NOW_S)
        assert chimes.play(ChimeName.CLOSE, 60.0)
        chimes.cancel()  # the session is over
        first.began.emit(first.orders[-1], NOW_S)
    assert chimes.play(ChimeName.CLOSE, 60.0)  # a third that was not announced
    assert (first.played, first.cancelled) == ([ChimeName.CLOSE] * 3, [])
    assert len(reports.things) == 2


def test_a_cue_that_is_reached_before_its_scheduled_moment_sounds_at_once() -> None:
    """The settling in was ended within its last two seconds: the opening chime is not to come late."""
    first = FakePlayer()
    chimes = output(first)
    chimes.prepare()
    chimes.schedule(ChimeName.OPEN, 0.0, NOW_S + 1.75)
    assert chimes.play(ChimeName.OPEN, 0.0)
    assert first.cancelled == [first.orders[0].number]
    assert [order.due_s for order in first.orders] == [NOW_S + 1.75, None]


def test_a_session_that_stands_still_calls_off_what_is_scheduled() -> None:
    """And nothing is reported."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.schedule(ChimeName.STEP, 60.0, NOW_S + 2.0)
    chimes.cancel()
    assert first.cancelled == [first.orders[0].number]
    assert reports.things == []


@pytest.mark.expects_log("no sound: no_output")
def test_a_chime_that_nothing_could_play_is_made_up_for_once() -> None:
    """It is told as lost, and told again when it has sounded after all."""
    first = FakePlayer(SoundProblem.NO_OUTPUT)
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.prepare()
    assert not chimes.play(ChimeName.WAKE, 90.0, 0.0)
    assert reports.things == [CueReport(90.0, ChimeName.WAKE, None, "", "no_output")]
    first.meet(None)
    first.meet(SoundProblem.NO_OUTPUT)
    first.meet(None)
    assert first.played == [ChimeName.WAKE]


def test_a_chime_at_volume_zero_is_reported_as_muted() -> None:
    """It played, and nobody can have heard it."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.set_volume(0.0)
    chimes.play(ChimeName.OPEN, 0.0, 0.0)
    first.began.emit(first.orders[0], NOW_S)
    assert reports.things == [CueReport(0.0, ChimeName.OPEN, None, "", "muted")]


def test_what_is_no_cue_is_hushed_and_cues_are_not() -> None:
    """A scheduled test chime, an answer, a preview; nothing of it is reported, before or after."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.schedule(ChimeName.CLOSE, None, NOW_S + 1.5)
    chimes.play(ChimeName.STRIKE)
    chimes.schedule(ChimeName.OPEN, 0.0, NOW_S + 2.0)
    chimes.play(ChimeName.STEP, 60.0)
    chimes.hush()
    assert first.hushed == [first.orders[0].number, first.orders[1].number]
    first.began.emit(first.orders[0], NOW_S + 1.5)
    assert reports.things == []
    chimes.hush()
    assert len(first.hushed) == 2


def test_a_preview_ends_the_one_before() -> None:
    """Whoever listens to one sound after the other hears one at a time."""
    first = FakePlayer()
    chimes = output(first)
    chimes.preview(ChimeName.CLOSE, 0.5)
    chimes.preview(Path("/tmp/voice.wav"), 1.0)
    assert first.hushed == [first.orders[0].number]
    assert [(order.sound, order.level) for order in first.orders] == [("close", 0.5), ("/tmp/voice.wav", 1.0)]


def test_a_chime_can_be_louder_than_the_master_volume() -> None:
    """The returning wake chime: what is asked for is what is heard."""
    first = FakePlayer()
    chimes = output(first)
    chimes.set_volume(0.3)
    chimes.play(ChimeName.WAKE, level=0.9)
    chimes.play(ChimeName.WAKE)
    assert [(order.level, order.as_heard) for order in first.orders] == [(0.9, True), (1.0, False)]


def test_a_chime_whose_own_level_is_nothing_is_reported_as_muted() -> None:
    """The proof of ring does not claim what nobody can have heard."""
    first = FakePlayer()
    chimes = output(first)
    reports = Counted()
    chimes.on_sounded(reports.note)
    chimes.set_levels({ChimeName.STEP: 0.0})
    chimes.play(ChimeName.STEP, 60.0)
    first.began.emit(first.orders[0], NOW_S)
    assert reports.things == [CueReport(60.0, ChimeName.STEP, None, "", "muted")]


def test_each_chime_has_its_level_and_speech_waits_for_it() -> None:
    """The line names the chime's order as the one before it."""
    first = FakePlayer()
    chimes = output(first)
    chimes.set_levels({ChimeName.STEP: 0.5})
    chimes.play(ChimeName.STEP)
    chimes.say(Path("/tmp/line.wav"), after=ChimeName.STEP)
    step, line = first.orders
    assert (step.level, line.sound, line.after) == (0.5, "/tmp/line.wav", step.number)


def run_without_sound(home: Path, player: str, orders: str) -> subprocess.CompletedProcess[str]:
    """Run the real sound process where no sound server can be found, and give it these lines."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PULSE_SERVER": f"unix:{home / 'nobody-listens'}",
        "PIPEWIRE_REMOTE": "nobody-listens",
        "PLAYSOUND3_BACKEND": "",
        "PATH": str(home),
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        [sys.executable, "-m", "matsession.desktop.sound.sound_process", player, str(SOUNDS)],
        input=orders,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the sound of the computer cannot be hidden")
def test_the_real_qt_player_survives_without_sound(home: Path) -> None:
    """It says that there is no output, refuses to play, and ends with its input, with Qt's own words only."""
    done = run_without_sound(home, "qt", f'["volume", 0.5]\n{chime(1, ChimeName.WAKE).line()}\nnonsense\n')
    assert (done.returncode, done.stdout.splitlines()) == (0, ["problem no_output", "lost 1"])
    known = ("pipewire-0.3", "Using Qt multimedia", "pa_context_connect() failed")
    assert [line for line in done.stderr.splitlines() if not any(words in line for words in known)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a player is part of the system")
def test_the_real_playsound_player_survives_without_any_program(home: Path) -> None:
    """It says that no player is installed, and refuses to play."""
    done = run_without_sound(home, "playsound", chime(1, ChimeName.WAKE).line() + "\n")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "lost 1"


def first_words(home: Path, script: str) -> str:
    """What the stand-in says first where the computer's program for sound is this script."""
    for name in ("aplay", "mpg123"):
        (home / name).write_text(f"#!/bin/sh\n{script}\n")
        (home / name).chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PLAYSOUND3_BACKEND": "alsa"}
    with subprocess.Popen(
        [sys.executable, "-m", "matsession.desktop.sound.sound_process", "playsound", str(SOUNDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**environment, "PATH": str(home)},
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        process.communicate()
    return said


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a player is part of the system")
@pytest.mark.parametrize(
    ("script", "said"),
    [('[ "$1" = --version ]', "problem no_output"), ("exit 1", "problem no_player")],
    ids=["without a card", "broken"],
)
def test_a_program_that_cannot_play_is_found_out_before_any_chime(home: Path, script: str, said: str) -> None:
    """It is installed, and ends at once: as aplay does without a card, or one that lacks a library."""
    assert first_words(home, script) == said


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a player is part of the system")
def test_a_program_that_plays_silence_is_taken_to_play(home: Path) -> None:
    """What it plays is a second of nothing, from a folder that is gone afterwards."""
    played = home / "played"
    assert (
        first_words(home, f'[ "$1" = --version ] && exit\necho "$@" >> {played}\nexec /bin/sleep 1')
        == "ready"
    )
    silence = Path(played.read_text().split()[-1])
    assert silence.name == "silence.wav"
    assert not silence.exists()


def test_the_program_itself_never_loads_qt_multimedia() -> None:
    """Importing and making the output leaves sound to the child: neither library is imported here."""
    source = (
        "import sys\n"
        "from pathlib import Path\n"
        "from matsession.desktop.sound.chime_output import chime_output\n"
        "chime_output(Path())\n"
        "print({'PySide6.QtMultimedia', 'playsound3'} & set(sys.modules))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True)
    assert done.stdout == "set()\n"
