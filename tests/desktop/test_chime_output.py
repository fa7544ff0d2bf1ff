"""The chimes: which player plays, what happens when one cannot, and the real process without any sound."""

import logging
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from matsession.app.ports import ChimePlayer, SoundProblem
from matsession.desktop.sound.chime_output import ChimeOutput
from matsession.desktop.sound.chime_sounds import linear_gain, write_lengthened
from matsession.desktop.sound.process_player import ProcessPlayer
from matsession.desktop.sound.silent_player import SilentPlayer
from matsession.domain.guidance import ChimeName

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = ROOT / "resources" / "sounds"


class FakePlayer(QObject):
    """A player whose luck is set by hand."""

    problem_changed = Signal()
    lost = Signal(ChimeName)

    def __init__(self, problem: SoundProblem | None = None) -> None:
        super().__init__()
        self.played: list[ChimeName] = []
        self.prepared = 0
        self.closed = 0
        self.volume = -1.0
        self._problem = problem

    def prepare(self) -> None:
        self.prepared += 1

    def play(self, chime: ChimeName) -> bool:
        if self._problem is None:
            self.played.append(chime)
        return self._problem is None

    def set_volume(self, volume: float) -> None:
        self.volume = volume

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
        self.sent: list[str] = []
        self.stopped = False

    def send(self, line: str) -> None:
        self.sent.append(line)

    def stop(self) -> None:
        self.stopped = True


class Links:
    """Every sound process that was started, in order."""

    def __init__(self) -> None:
        self.all: list[FakeLink] = []

    def start(self) -> FakeLink:
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


def let_pass(player: ProcessPlayer, timer: str) -> None:
    """Turn time by hand: the named timer runs out."""
    found = player.findChild(QTimer, timer)
    assert found is not None
    assert found.isActive(), f"{timer} does not run"
    found.stop()
    found.timeout.emit()


def runs(player: ProcessPlayer, timer: str) -> bool:
    """Whether that timer is waiting."""
    found = player.findChild(QTimer, timer)
    return found is not None and found.isActive()


def itself(player: FakePlayer) -> FakePlayer:
    """Stand in for making it."""
    return player


def output(*players: FakePlayer) -> ChimeOutput:
    """An output that tries these players in this order."""
    return ChimeOutput([*(partial(itself, player) for player in players), SilentPlayer])


pytestmark = pytest.mark.usefixtures("qapp")


def test_the_output_is_a_chime_player() -> None:
    """It has what the app layer asks for."""
    player: ChimePlayer = output(FakePlayer())
    assert player.problem() is None


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
    first.lost.emit(ChimeName.WAKE)
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
    assert second.closed == 1
    assert chimes.play(ChimeName.CLOSE)
    assert first.played == [ChimeName.CLOSE]


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


def test_a_lengthened_chime_is_the_chime_and_then_silence(tmp_path: Path) -> None:
    """Nothing of it is changed, and zeros follow."""
    original = SOUNDS / "check.wav"
    length_s = write_lengthened(original, tmp_path / "longer.wav", 1.5)
    assert length_s == 2.0
    old, new = original.read_bytes(), (tmp_path / "longer.wav").read_bytes()
    assert new[44 : len(old)] == old[44:]
    assert new[len(old) :] == bytes(round(1.5 * 48_000) * 2)


def test_a_process_gets_the_volume_and_then_the_chime() -> None:
    """A chime that is asked for while the process starts waits until it is ready."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.set_volume(0.5)
    assert player.play(ChimeName.OPEN)
    assert links.last.sent == ["volume 0.5000"]
    links.last.said.emit("ready")
    assert links.last.sent == ["volume 0.5000", "play open"]
    player.set_volume(0.25)
    assert links.last.sent[-1] == "volume 0.2500"


def test_of_chimes_that_waited_only_the_last_rings() -> None:
    """The earlier ones are overtaken."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.play(ChimeName.OPEN)
    player.play(ChimeName.STEP)
    links.last.said.emit("ready")
    assert links.last.sent[1:] == ["play step"]


def test_another_output_gets_another_process_and_the_chime_that_was_cut() -> None:
    """Without any problem told. A chime that had been heard is not repeated."""
    links, counted = Links(), Counted()
    player = ProcessPlayer(links.start)
    player.problem_changed.connect(counted.count)
    player.play(ChimeName.OPEN)
    for line in ("ready", "took open", "heard open"):
        links.last.said.emit(line)
    player.play(ChimeName.STEP)
    links.last.said.emit("took step")
    links.last.said.emit("outdated")
    assert (len(links.all), links.all[0].stopped) == (2, True)
    links.last.said.emit("ready")
    assert links.last.sent[1:] == ["play step"]
    assert counted.times == 0


def test_a_process_that_does_not_answer_is_replaced() -> None:
    """After half a second and a little grace; the chime moves to the new one."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.prepare()
    links.last.said.emit("ready")
    player.play(ChimeName.WAKE)
    let_pass(player, "answer")
    assert len(links.all) == 1
    let_pass(player, "answer")
    assert len(links.all) == 2
    links.last.said.emit("ready")
    assert links.last.sent[1:] == ["play wake"]


def test_an_answer_stops_the_wait() -> None:
    """A chime that was taken in time disturbs nothing."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.prepare()
    links.last.said.emit("ready")
    player.play(ChimeName.WAKE)
    links.last.said.emit("took wake")
    assert not runs(player, "answer")


def test_a_chime_that_the_process_lost_is_passed_on() -> None:
    """It is told once, and not kept for the next process."""
    links, lost = Links(), Counted()
    player = ProcessPlayer(links.start)
    player.lost.connect(lost.note)
    player.prepare()
    links.last.said.emit("ready")
    player.play(ChimeName.CHECK)
    links.last.said.emit("lost check")
    assert lost.things == [ChimeName.CHECK]
    links.last.said.emit("outdated")
    links.last.said.emit("ready")
    assert links.last.sent[1:] == []


def test_no_output_is_told_and_looked_for_again() -> None:
    """What waited is lost, play refuses, and after a while another process looks."""
    links, counted, lost = Links(), Counted(), Counted()
    player = ProcessPlayer(links.start)
    player.problem_changed.connect(counted.count)
    player.lost.connect(lost.note)
    player.play(ChimeName.OPEN)
    links.last.said.emit("problem no_output")
    assert (player.problem(), lost.things) == (SoundProblem.NO_OUTPUT, [ChimeName.OPEN])
    assert not player.play(ChimeName.STEP)
    let_pass(player, "retry")
    links.last.said.emit("problem no_output")
    assert (len(links.all), counted.times) == (2, 1)
    let_pass(player, "retry")
    links.last.said.emit("ready")
    assert (player.problem(), counted.times) == (None, 2)
    assert not runs(player, "retry")


def test_an_output_that_appears_is_taken_at_once() -> None:
    """The process that had found none says so itself; nobody waits for the next look."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.prepare()
    links.last.said.emit("problem no_output")
    links.last.said.emit("outdated")
    links.last.said.emit("ready")
    assert player.problem() is None


def test_a_player_that_is_not_installed_is_not_looked_for_again() -> None:
    """Only closing and preparing does that."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.prepare()
    links.last.said.emit("problem no_player")
    assert not runs(player, "retry")
    player.close()
    player.prepare()
    assert (len(links.all), player.problem()) == (2, None)


def test_a_process_that_never_gets_ready_is_a_failure() -> None:
    """So is one that ends before or right after."""
    links = Links()
    player = ProcessPlayer(links.start)
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
    player = ProcessPlayer(links.start)
    player.problem_changed.connect(counted.count)
    player.prepare()
    links.last.said.emit("ready")
    let_pass(player, "settling")
    links.last.gone.emit()
    assert (len(links.all), counted.times) == (2, 0)


def test_lines_that_make_no_sense_are_passed_over() -> None:
    """A process of another version must not bring the program down."""
    links = Links()
    player = ProcessPlayer(links.start)
    player.prepare()
    for line in ("", "problem of_its_own", "heard nothing", "lost", "lost sheep", "what"):
        links.last.said.emit(line)
    assert (len(links.all), player.problem()) == (1, None)


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
    done = run_without_sound(home, "qt", "volume 0.5\nplay wake\nnonsense\n")
    assert (done.returncode, done.stdout.splitlines()) == (0, ["problem no_output", "lost wake"])
    known = ("pipewire-0.3", "Using Qt multimedia", "pa_context_connect() failed")
    assert [line for line in done.stderr.splitlines() if not any(words in line for words in known)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a player is part of the system")
def test_the_real_playsound_player_survives_without_any_program(home: Path) -> None:
    """It says that no player is installed, and refuses to play."""
    done = run_without_sound(home, "playsound", "play wake\n")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "lost wake"


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
