"""The front with the real program behind it, time turned by hand, and no terminal."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from matsession.app.ports import SoundProblem
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session import Phase
from matsession.main import Program, build
from matsession.terminal.device import TerminalDevice
from matsession.terminal.front import TerminalFront
from matsession.terminal.keyboard import Keyboard
from tests.fakes import FIRST_WALL, FakeChimes, FakeClock, FakeSignals

pytestmark = pytest.mark.usefixtures("qapp")


class Rig:
    """A program with its front, and what it wrote."""

    def __init__(self, folders: Folders, typed: str = "", problem: SoundProblem | None = None) -> None:
        self.clock = FakeClock()
        self.chimes = FakeChimes(problem)
        self.program: Program = build(folders, clock=self.clock, chimes=self.chimes)
        self.signals = FakeSignals()
        self.out, self.errors = io.StringIO(), io.StringIO()
        self.front = TerminalFront(
            presets=self.program.presets,
            preferences=self.program.preferences,
            runner=self.program.runner,
            journal=self.program.journal,
            launcher=self.program.launcher,
            chimes=self.chimes,
            device=TerminalDevice(io.StringIO(typed), self.out, self.errors),
            signals=self.signals,
        )

    def run(self, *gestures: Callable[[], object], length_s: int | None = 240, **more: int | None) -> int:
        """Run "Lower back" without settling in; each gesture comes when all before it has been dealt with."""
        waiting = list(gestures)

        def next_gesture() -> None:
            if waiting:
                waiting.pop(0)()
                QTimer.singleShot(0, next_gesture)

        QTimer.singleShot(0, next_gesture)
        preset = self.program.presets.get("lower_back")
        return self.front.run(preset, length_s, more.get("preparation_s", 0), more.get("rating_before"))

    def wait(self, seconds: float) -> Callable[[], None]:
        """Time passes, and the runner's timer fires."""

        def passed() -> None:
            self.clock.advance(seconds)
            self.program.runner.tick()

        return passed

    def press(self, key: str) -> Callable[[], None]:
        """A key is pressed."""
        keyboard = self.front.findChild(Keyboard)
        assert keyboard is not None
        return lambda: keyboard.pressed.emit(key)


@pytest.fixture
def folders(home: Path) -> Folders:
    """Folders of the test's own."""
    return find_folders(home / "matsession")


@pytest.fixture
def rig(folders: Folders) -> Iterator[Rig]:
    """A program that can be heard."""
    rig = Rig(folders)
    yield rig
    rig.program.close()


def test_a_session_runs_from_start_to_history(rig: Rig) -> None:
    """Exit code 0, a line for each step, the summary, and the row with its rating."""
    steps = [rig.wait(10) for _ in range(24)]
    assert rig.run(*steps, rig.press("x"), rating_before=6) == 0
    lines = rig.out.getvalue().splitlines()
    assert lines[0] == "Lower back, 4 min"
    assert sum(" Step " in line for line in lines) == 8
    assert lines[-1] == "Lower back: 4 min of 4 min, 3 min 28 s on the mat. Saved."
    (row,) = rig.program.history.records()
    assert (row.state, row.done_s, row.rating_before) == (RowState.FINISHED, 240.0, 6)
    assert rig.errors.getvalue() == ""


def test_keys_are_commands(rig: Rig) -> None:
    """Space pauses and goes on, + makes it longer, q ends."""
    seen: list[object] = []

    def look() -> None:
        view = rig.program.runner.view()
        assert view is not None
        seen.append((view.phase, view.plan.total_s))

    gestures: list[Callable[[], object]] = [rig.wait(30)]
    for key in (" ", " ", "+", "?", "x"):
        gestures += [rig.press(key), look]
    assert rig.run(*gestures, rig.press("q")) == 0
    running, longer = (Phase.RUNNING, 240), (Phase.RUNNING, 300)
    assert seen == [(Phase.PAUSED, 240), running, longer, longer, longer]
    assert "Lower back: 30 s of 5 min, 30 s on the mat. Saved." in rig.out.getvalue()


def test_enter_ends_the_settling_in_and_q_cancels_it(rig: Rig) -> None:
    """What ends while settling in leaves no row."""
    assert rig.run(rig.press("\n"), rig.wait(5), rig.press("q"), preparation_s=60) == 0
    assert rig.run(rig.press("q"), preparation_s=60) == 0
    assert "There is nothing to save." in rig.out.getvalue()
    assert rig.program.history.count() == 1


def test_the_end_waits_for_the_closing_chime_unless_nothing_is_heard(folders: Folders) -> None:
    """A program that ended at once would cut it off; where there is no sound nobody waits."""
    silent = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    assert silent.run(silent.wait(240)) == 0
    silent.program.close()
    heard = Rig(folders)
    still_there: list[bool] = []

    def look() -> None:
        still_there.append(heard.front.findChildren(QTimer)[0].isActive())

    assert heard.run(heard.wait(240), look, heard.press(" ")) == 0
    heard.program.close()
    assert still_there == [True]
    assert heard.chimes.played[-1] == "close"


def test_sound_that_fails_is_told_once(folders: Folders) -> None:
    """On standard error, once for each problem, and the session runs on."""
    rig = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    changes: list[Callable[[], object]] = [
        lambda: rig.chimes.set_problem(None),
        lambda: rig.chimes.set_problem(SoundProblem.NO_OUTPUT),
    ]
    assert rig.run(*changes, rig.wait(240)) == 0
    rig.program.close()
    assert rig.errors.getvalue().count("No sound device found.") == 1


@pytest.mark.expects_log("history not opened")
def test_a_history_that_cannot_be_used_costs_the_row_not_the_session(folders: Folders) -> None:
    """It is told at the start and in the summary, the file stays as it is, and the exit code is 1."""
    folders.data.mkdir(parents=True)
    folders.history_file.write_bytes(b"My diary. " * 50)
    rig = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    assert rig.run(rig.wait(240)) == 1
    rig.program.close()
    assert rig.errors.getvalue().count("is not a history of MatSession.") == 1
    assert "3 min 28 s on the mat. Not saved:" in rig.out.getvalue()
    assert folders.history_file.read_bytes() == b"My diary. " * 50


def test_what_was_chosen_is_what_comes_next_time(rig: Rig) -> None:
    """Preset and length are remembered; a later start without a length uses it."""
    assert rig.run(rig.press("q"), length_s=300) == 0
    assert rig.program.preferences.settings.last_preset == "lower_back"
    assert rig.run(rig.wait(1), rig.press("q"), length_s=None) == 0
    assert "1 s of 5 min" in rig.out.getvalue()


def test_without_a_keyboard_a_pause_says_how_it_goes_on(rig: Rig) -> None:
    """The computer slept, and nobody can press Space."""

    def sleep() -> None:
        rig.clock.sleep(600)
        rig.program.runner.tick()

    assert rig.run(rig.wait(5), sleep, rig.program.runner.stop) == 0
    assert "0:05  Paused: the computer slept for 10 min." in rig.out.getvalue()
    assert "'kill -CONT " in rig.out.getvalue()


def test_rows_left_open_are_mentioned_where_nobody_can_be_asked(rig: Rig) -> None:
    """They stay as they are."""
    row = SessionRecord(
        id="crashed",
        preset_id="neck",
        preset_name="Neck",
        area="neck",
        started_at=FIRST_WALL,
        planned_s=240,
        done_s=100,
    )
    rig.program.history.save(row)
    assert rig.run(rig.press("q"), preparation_s=60) == 0
    assert "A session was cut short: Neck on 2026-03-19 21:04, 100 s of 4 min done." in rig.errors.getvalue()
    assert [open_row.id for open_row in rig.program.history.left_open()] == ["crashed"]


def test_choosing_asks_until_it_understands(rig: Rig, folders: Folders) -> None:
    """A wrong name gets the nearest ones, a wrong length the range; Enter takes what is usual."""
    asking = Rig(folders, typed="lower bak\n4\n99m\nsoon\n5m\n")
    QTimer.singleShot(0, asking.press("q"))
    assert asking.front.choose_and_run() == 0
    said = asking.out.getvalue()
    for expected in (
        "Which session?",
        "   4  Lower back ",
        "There is no preset 'lower bak'. Nearest: lower_back",
        "Lower back can last from 4 min to 30 min; 99 min is not possible.",
        "'soon' is not a length; write 90s, 10m or 1m30s.",
        "Lower back, 5 min",
    ):
        assert expected in said
    asking.program.close()


@pytest.mark.parametrize("typed", ["", "q\n", "neck\n", "neck\nq\n"])
def test_choosing_can_be_left_at_any_question(folders: Folders, typed: str) -> None:
    """By q or by the end of the input; nothing is started."""
    rig = Rig(folders, typed=typed)
    assert rig.front.choose_and_run() == 0
    assert rig.program.runner.phase is None
    rig.program.close()
