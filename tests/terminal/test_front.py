"""The front with the real program behind it, time turned by hand, and no terminal."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from matsession.app import texts
from matsession.app.ports import SoundProblem
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.guidance import ChimeName
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session import Phase
from tests.fakes import FIRST_WALL
from tests.terminal.front_rig import Gesture, Rig

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def folders(home: Path) -> Folders:
    """Folders of the test's own."""
    return find_folders(home / "matsession")


@pytest.fixture
def rig(folders: Folders) -> Iterator[Rig]:
    """A program that can be heard."""
    rig = Rig(folders)
    yield rig
    rig.close()


def test_a_session_runs_from_start_to_history(rig: Rig) -> None:
    """Exit code 0, a line for each step, the summary, the proof of ring, and the row with its rating."""
    assert rig.run(*(rig.wait(10) for _ in range(24)), rating_before=6) == 0
    assert rig.lines[0] == "Lower back, 4 min"
    assert sum(" Step " in line for line in rig.lines) == 8
    assert rig.lines[-2:] == [
        "Lower back: 4 min of 4 min, 3 min 28 s on the mat. Saved.",
        "9 of 9 cues sounded, at most 9.00 s late.",  # for the clock was looked at every ten seconds
    ]
    (row,) = rig.program.history.records()
    assert (row.state, row.done_s, row.rating_before) == (RowState.FINISHED, 240.0, 6)
    assert len(rig.program.history.cues(row.id)) == 9
    assert rig.errors.getvalue() == ""


def test_keys_are_commands(rig: Rig) -> None:
    """Space pauses and goes on, + makes it longer, q ends."""
    seen: list[object] = []

    def look() -> None:
        view = rig.program.runner.view()
        assert view is not None
        seen.append((view.phase, view.plan.total_s))

    gestures: list[Gesture] = [rig.wait(30)]
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


def test_sound_that_fails_is_told_once(folders: Folders) -> None:
    """On standard error, once for each problem, and the session runs on."""
    rig = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    changes: list[Gesture] = [
        lambda: rig.chimes.set_problem(None),
        lambda: rig.chimes.set_problem(SoundProblem.NO_OUTPUT),
    ]
    assert rig.run(*changes, rig.wait(240)) == 0
    rig.close()
    assert rig.errors.getvalue().count("No sound device found.") == 1


@pytest.mark.expects_log("history not opened")
def test_a_history_that_cannot_be_used_costs_the_row_not_the_session(folders: Folders) -> None:
    """It is told at the start and in the summary, the file stays as it is, and the exit code is 1."""
    folders.data.mkdir(parents=True)
    folders.history_file.write_bytes(b"My diary. " * 50)
    rig = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    assert rig.run(rig.wait(240)) == 1
    rig.close()
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
    asking.close()


@pytest.mark.parametrize("typed", ["", "q\n", "neck\n", "neck\nq\n"])
def test_choosing_can_be_left_at_any_question(folders: Folders, typed: str) -> None:
    """By q or by the end of the input; nothing is started."""
    rig = Rig(folders, typed=typed)
    assert rig.front.choose_and_run() == 0
    assert rig.program.runner.phase is None
    rig.close()


# -- how long still ------------------------------------------------------------------------------------


def test_t_tells_the_time_left(rig: Rig) -> None:
    """As a line, and struck where no voice is on: three minutes, three strokes."""
    assert rig.run(rig.wait(60), rig.press("t"), rig.press("q")) == 0
    assert "3 minutes left." in rig.lines
    assert ChimeName.STRIKE in rig.chimes.played


@pytest.mark.skipif(sys.platform == "win32", reason="the keyboard of the rig is a pseudo terminal")
def test_the_answer_stands_on_the_screen_for_ten_seconds(folders: Folders) -> None:
    """Later it would be wrong; so would it be after another key."""
    rig = Rig(folders, seated=True, draws=True)
    shown: list[bool] = []

    def look() -> None:
        shown.append("3 minutes left." in rig.text.rpartition("\x1b[H")[2])

    gestures = [rig.wait(60), rig.press("T"), look, rig.wait(9), look, rig.wait(1), look]
    gestures += [rig.wait(0), rig.press("t"), rig.press("?"), look, rig.press("q"), rig.press("\n")]
    assert rig.run(*gestures) == 0
    assert shown == [True, True, False, False]
    rig.close()


# -- stop signs ----------------------------------------------------------------------------------------


def test_s_tells_when_to_get_off_the_mat(rig: Rig) -> None:
    """As lines, and the session goes on."""
    seen: list[Phase | None] = []

    def look() -> None:
        seen.append(rig.program.runner.phase)

    assert rig.run(rig.wait(60), rig.press("s"), look, rig.press("q")) == 0
    assert "Get off the mat if you notice" in rig.lines
    assert "- Dizziness, sickness, cold sweat, a racing heart" in rig.lines
    assert seen == [Phase.RUNNING]


@pytest.mark.skipif(sys.platform == "win32", reason="the keyboard of the rig is a pseudo terminal")
def test_s_shows_and_takes_them_away_on_the_screen(folders: Folders) -> None:
    """In place: what the session shows stays."""
    rig = Rig(folders, seated=True, draws=True)
    shown: list[bool] = []

    def look() -> None:
        shown.append("Get off the mat if you notice" in rig.text.rpartition("\x1b[H")[2])

    gestures = [rig.wait(60), look, rig.press("s"), look, rig.wait(1), look, rig.press("S"), look]
    assert rig.run(*gestures, rig.press("q"), rig.press("\n")) == 0
    assert shown == [False, True, True, False]
    rig.close()


# -- the computer slept --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "done_s", "phase"),
    [(" ", 75, Phase.RUNNING), ("c", 135, Phase.RUNNING), ("C", 135, Phase.RUNNING), ("x", 60, Phase.PAUSED)],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the keyboard of the rig is a pseudo terminal")
def test_whether_the_sleep_counts_is_answered_by_a_key(
    folders: Folders, answer: str, done_s: int, phase: Phase
) -> None:
    """Space leaves it out, c counts it, anything else leaves it paused; the check chime has asked."""
    rig = Rig(folders, seated=True)
    seen: list[object] = []

    def look() -> None:
        seen.append(rig.program.runner.phase)

    gestures = [rig.wait(60), rig.sleep(60), rig.press(answer), look, rig.wait(15), rig.press("q")]
    assert rig.run(*gestures, rig.press("\n")) == 0
    assert seen == [phase]
    assert "1:00  Paused: the computer slept for 1 min." in rig.lines
    assert "Space leaves it out and goes on, c counts it, q ends." in rig.lines
    assert ChimeName.CHECK in rig.chimes.played
    (row,) = rig.program.history.records()
    assert row.done_s == done_s
    rig.close()


def test_c_means_nothing_in_a_pause_of_ones_own(rig: Rig) -> None:
    """There is no sleep to count."""
    seen: list[object] = []

    def look() -> None:
        seen.append(rig.program.runner.phase)

    assert rig.run(rig.wait(5), rig.press(" "), rig.press("c"), look, rig.press("q")) == 0
    assert seen == [Phase.PAUSED]


# -- open-ended ----------------------------------------------------------------------------------------


def test_an_open_ended_session_leads_back_at_q(rig: Rig) -> None:
    """The first q begins the way back, which is gone to its end; planned and done are the same in the row."""
    minutes = [rig.wait(60) for _ in range(2)]
    assert rig.run(rig.wait(600), rig.press("q"), *minutes, open_ended=True, length_s=None) == 0
    assert rig.lines[:2] == ["Lower back, open end", "It ends when you say so, and by itself after 30 min."]
    (row,) = rig.program.history.records()
    assert (row.state, row.planned_s) == (RowState.FINISHED, row.done_s)
    assert 600 < row.done_s < 720
    assert f"The way back begins: the session now lasts {texts.length(row.planned_s)}." in rig.lines
    assert any(line.startswith("Lower back: ") and " of " not in line for line in rig.lines)


def test_a_second_q_ends_an_open_ended_session(rig: Rig) -> None:
    """Finished, not ended early: there was no length to fall short of."""
    assert rig.run(rig.wait(600), rig.press("q"), rig.wait(5), rig.press("q"), open_ended=True) == 0
    (row,) = rig.program.history.records()
    assert (row.state, row.done_s) == (RowState.FINISHED, 605.0)
    assert 605 < row.planned_s < 720


def test_an_open_ended_session_ends_by_itself_in_the_end(rig: Rig) -> None:
    """After the longest length of the preset; + makes it no longer."""
    half_minutes = [rig.wait(30) for _ in range(60)]
    assert rig.run(rig.press("+"), *half_minutes, open_ended=True) == 0
    (row,) = rig.program.history.records()
    assert (row.state, row.done_s) == (RowState.FINISHED, 1800.0)
    assert "This session can last 30 min at most." in rig.lines


def test_ctrl_c_leaves_out_the_way_back(rig: Rig) -> None:
    """Whoever closes the terminal does not wait to be led back."""
    assert rig.run(rig.wait(600), lambda: rig.signals.ask("end"), open_ended=True) == 0
    assert "way back" not in rig.text
    (row,) = rig.program.history.records()
    assert (row.state, row.done_s) == (RowState.FINISHED, 600.0)


def test_an_open_end_is_no_length_to_remember(rig: Rig) -> None:
    """The next session is as long as the last one that had a length."""
    assert rig.run(rig.press("q"), length_s=300) == 0
    assert rig.run(rig.wait(9), rig.press("qq"), length_s=None, open_ended=True) == 0
    assert rig.program.preferences.settings.lengths_s == {"lower_back": 300}
    assert rig.program.preferences.settings.last_preset == "lower_back"


@pytest.mark.parametrize("answer", ["o", "Open"])
def test_an_open_end_can_be_chosen(folders: Folders, answer: str) -> None:
    """At the question for the length."""
    rig = Rig(folders, typed=f"lower_back\n{answer}\n")
    QTimer.singleShot(0, rig.press("q"))
    assert rig.front.choose_and_run() == 0
    assert "Lower back, open end" in rig.text
    rig.close()


# -- signals -------------------------------------------------------------------------------------------


def test_ctrl_z_pauses_and_a_program_without_keys_goes_on_when_woken(rig: Rig) -> None:
    """Nobody could press Space."""
    seen: list[object] = []

    def look() -> None:
        seen.append((rig.program.runner.phase, rig.signals.stood_still))

    assert rig.run(rig.wait(5), lambda: rig.signals.ask("stop"), look, rig.press("q")) == 0
    assert seen == [(Phase.RUNNING, 1)]
    assert "0:05  Paused." in rig.lines
    assert "0:05  Going on." in rig.lines
