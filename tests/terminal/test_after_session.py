"""After the end in a terminal: the proof, the offer to go on, the rating, and whoever does not wake up."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

if sys.platform == "win32":
    pytest.skip("the keyboard of the rig is a pseudo terminal", allow_module_level=True)

from matsession.app.journal import Journal, OpenedStore
from matsession.app.ports import SoundProblem
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.session_runner import SessionRunner
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.errors import MatSessionError
from matsession.domain.events import SessionEnded
from matsession.domain.guidance import AskedWhen, Better, ChimeName, Guidance, RatingScale
from matsession.domain.plan import compile_plan
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.session import GO_ON_WITHIN_S, WAKE_AGAIN_S, Phase
from matsession.domain.settings import Settings
from matsession.terminal.after_session import PROOF_WITHIN_MS, STAY_S, AfterSession
from matsession.terminal.device import TerminalDevice
from tests.fakes import FakeChimes, FakeClock, FakeStore, make_preset
from tests.terminal.front_rig import Gesture, Rig

pytestmark = pytest.mark.usefixtures("qapp")

ASKED = "How much pain do you have right now?"
ALL = [10] * 24
"""Enough steps for the four minutes of a session."""


@pytest.fixture
def folders(home: Path) -> Folders:
    """Folders of the test's own."""
    return find_folders(home / "matsession")


@pytest.fixture
def rig(folders: Folders) -> Iterator[Rig]:
    """Somebody sits at a terminal without pictures."""
    rig = Rig(folders, seated=True)
    yield rig
    rig.close()


def to_the_end(rig: Rig) -> list[Gesture]:
    """Four minutes pass."""
    return [rig.wait(seconds) for seconds in ALL]


def row(rig: Rig) -> SessionRecord:
    """The one line of history."""
    (row,) = rig.program.history.records()
    return row


def test_the_proof_comes_before_the_question(rig: Rig) -> None:
    """Summary, proof, what + does, what happens if nobody answers, then the question."""
    assert rig.run(*to_the_end(rig), rig.press("4\n")) == 0
    said = rig.text
    places = [
        said.index(sentence)
        for sentence in (
            "on the mat. Saved.",
            "9 of 9 cues sounded, at most ",
            "+ goes on with the session, for 10 s.",
            "Until a key is pressed, the wake chime returns after 2, 4 and 8 min.",
            ASKED,
        )
    ]
    assert places == sorted(places)
    assert row(rig).rating_after == 4


def test_the_last_report_is_waited_for(rig: Rig) -> None:
    """The closing chime is heard before it is told; until then nothing is asked, and then at once."""
    asked: list[bool] = []

    def look() -> None:
        asked.append(ASKED in rig.text)

    def hold_back() -> None:
        rig.chimes.slow = True

    def waits() -> None:
        assert rig.timer("proof").isActive()
        assert rig.timer("proof").interval() == PROOF_WITHIN_MS

    *most, last = to_the_end(rig)
    assert rig.run(*most, hold_back, last, waits, look, rig.chimes.tell, look, rig.press("\n")) == 0
    assert asked == [False, True]
    assert "9 of 9 cues sounded" in rig.text


def test_a_report_that_never_comes_is_not_waited_for_any_longer(rig: Rig) -> None:
    """What is known is told."""
    rig.chimes.slow = True
    assert rig.run(*to_the_end(rig), rig.fire("proof"), rig.press("\n")) == 0
    assert "cues sounded" not in rig.text
    assert ASKED in rig.text


def test_whoever_answers_at_once_need_not_wait(rig: Rig) -> None:
    """The first digit ends the waiting, and is not lost."""
    rig.chimes.slow = True
    assert rig.run(*to_the_end(rig), rig.press("7\n")) == 0
    assert row(rig).rating_after == 7


def test_without_a_terminal_the_program_waits_for_the_closing_chime_alone(folders: Folders) -> None:
    """It must have begun: what has begun rings out by itself. Nothing is asked."""
    rig = Rig(folders)
    rig.chimes.slow = True
    assert rig.run(*to_the_end(rig), rig.chimes.tell) == 0
    assert rig.lines[-1].startswith("9 of 9 cues sounded")
    rig.close()


def test_chimes_that_could_not_sound_are_counted(folders: Folders) -> None:
    """And nobody waits for them."""
    rig = Rig(folders, problem=SoundProblem.NO_OUTPUT)
    assert rig.run(*to_the_end(rig)) == 0
    assert rig.lines[-1] == "0 of 9 cues sounded."
    rig.close()


def test_a_session_without_a_chime_so_far_has_no_proof(rig: Rig) -> None:
    """Stopped while nothing was to be heard yet."""
    rig.chimes.slow = True
    assert rig.run(rig.wait(1), rig.press("q"), rig.fire("proof"), rig.press("\n")) == 0
    assert "chimes" not in rig.text


# -- go on --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("early", [False, True])
def test_it_was_not_the_end(rig: Rig, early: bool) -> None:
    """+ goes on in the same row: where it was stopped, or with two minutes of rest after the whole."""
    first = [rig.wait(10)] * 6 + [rig.press("q")] if early else to_the_end(rig)
    states: list[object] = []

    def look() -> None:
        states.append((rig.program.runner.phase, row(rig).state))

    gestures = [*first, rig.wait(5), rig.press("+"), look, rig.wait(30), rig.press("q"), rig.press("3\n")]
    assert rig.run(*gestures) == 0
    done_s = 90 if early else 270
    assert states == [(Phase.RUNNING, RowState.OPEN)]
    assert (row(rig).state, row(rig).done_s, row(rig).rating_after) == (RowState.STOPPED, done_s, 3)
    assert "It was not the end: going on." in rig.text
    assert rig.text.count(ASKED) == 2


def test_going_on_brings_the_picture_back(folders: Folders) -> None:
    """On a terminal that draws."""
    rig = Rig(folders, seated=True, draws=True)
    gestures = [*to_the_end(rig), rig.press("+"), rig.wait(1), rig.press("q"), rig.press("\n")]
    assert rig.run(*gestures) == 0
    assert rig.text.count("\x1b[?1049h") == rig.text.count("\x1b[?1049l") == 2
    assert "A little longer" in rig.text.rpartition("\x1b[?1049h")[2]
    rig.close()


def test_after_ten_seconds_plus_means_nothing(rig: Rig) -> None:
    """The end stays the end, and the question stands."""
    gestures = [*to_the_end(rig), rig.wait(GO_ON_WITHIN_S), rig.press("+5\n")]
    assert rig.run(*gestures) == 0
    assert (row(rig).state, row(rig).rating_after) == (RowState.FINISHED, 5)


def test_a_session_as_long_as_it_can_be_does_not_go_on(folders: Folders) -> None:
    """It is said why, and the question is asked again; on a terminal that draws as well."""
    for draws in (False, True):
        rig = Rig(folders, seated=True, draws=draws)
        gestures = [rig.wait(1800), rig.press("+"), rig.press("\n")]
        assert rig.run(*gestures, length_s=1800) == 0
        assert rig.text.count("This session can last 30 min at most.") == 1
        assert rig.text.count(ASKED) == 2
        rig.close()


# -- whoever does not wake up -------------------------------------------------------------------------


def test_the_wake_chime_returns_until_the_program_leaves(rig: Rig) -> None:
    """Three times, each told; then the program ends by itself, and the row has the true time."""
    waking = [rig.wait(120), rig.wait(120), rig.wait(240)]

    def stays() -> None:
        assert rig.timer("stay").interval() == STAY_S * 1000

    assert rig.run(*to_the_end(rig), stays, *waking, rig.fire("stay")) == 0
    assert rig.chimes.played[-3:] == ["wake"] * 3
    for number in (1, 2, 3):
        assert f"Still there? The wake chime again, {number} of 3. Any key ends it." in rig.text
    assert rig.text.count(ASKED) == 4
    assert rig.lines[-1] == "No key was pressed: the program ends here."
    assert (row(rig).state, row(rig).done_s, row(rig).rating_after) == (RowState.FINISHED, 240, None)


@pytest.mark.parametrize("key", ["x", "5", " ", "+"])
def test_any_key_ends_the_waking(rig: Rig, key: str) -> None:
    """Whether it means something or not; then the question waits as long as it takes."""

    def stays() -> None:
        assert not rig.timer("stay").isActive()

    gestures = [rig.wait(130), rig.press(key), stays, rig.wait(1000), rig.press("\x7f2\n")]
    assert rig.run(*to_the_end(rig), *gestures) == 0
    assert rig.chimes.played.count(ChimeName.WAKE) == 2  # one belongs to the session itself
    assert row(rig).rating_after == 2


def test_nobody_is_woken_who_switched_it_off(rig: Rig) -> None:
    """And nothing is said of it; the question waits."""
    rig.program.preferences.change(doze_guard=False)

    def stays() -> None:
        assert not rig.timer("stay").isActive()

    assert rig.run(*to_the_end(rig), stays, rig.wait(1000), rig.press("\n")) == 0
    assert "wake chime" not in rig.text
    assert rig.chimes.played[-1] == "close"


def test_whoever_ended_the_session_is_awake(rig: Rig) -> None:
    """After q no wake chime returns, and it is not said that one would."""
    assert rig.run(rig.wait(60), rig.press("q"), rig.wait(1000), rig.press("\n")) == 0
    assert "wake chime" not in rig.text
    assert "wake" not in rig.chimes.played


# -- without a question -------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["", "sleep_sqs"])
def test_where_nothing_is_asked_any_key_leaves(rig: Rig, folders: Folders, rating: str) -> None:
    """A preset without a scale, or with one for the next morning."""
    rig.own_preset(folders.own_presets, rating)
    assert rig.run(rig.wait(60), rig.press("x"), preset="quiet", length_s=60) == 0
    assert rig.lines[-1] == "Any key leaves. "
    assert "right now" not in rig.text


def test_where_nothing_is_asked_the_program_stays_to_wake_or_to_go_on(rig: Rig, folders: Folders) -> None:
    """For the wake chimes after an end by itself, for ten seconds after q; then it leaves."""
    rig.own_preset(folders.own_presets, "")
    stays: list[int] = []

    def look() -> None:
        stays.append(rig.timer("stay").interval())

    assert rig.run(rig.wait(60), look, rig.fire("stay"), preset="quiet", length_s=60) == 0
    assert rig.run(rig.press("q"), look, rig.fire("stay"), preset="quiet", length_s=60) == 0
    assert stays == [STAY_S * 1000, GO_ON_WITHIN_S * 1000]


# -- leaving and coming back --------------------------------------------------------------------------


def test_a_hang_up_asks_nothing(rig: Rig) -> None:
    """Neither for a report nor for a rating."""
    rig.chimes.slow = True
    assert rig.run(rig.wait(60), lambda: rig.signals.ask("end")) == 0
    assert ASKED not in rig.text
    assert "goes on" not in rig.text


def test_a_hang_up_at_the_question_leaves(rig: Rig) -> None:
    """The session is saved since long."""
    assert rig.run(*to_the_end(rig), lambda: rig.signals.ask("end")) == 0
    assert row(rig).state is RowState.FINISHED


def test_the_question_is_asked_again_after_ctrl_z(rig: Rig) -> None:
    """Back from the shell, what was typed is typed anew."""
    gestures = [*to_the_end(rig), rig.press("7"), lambda: rig.signals.ask("stop"), rig.press("3\n")]
    assert rig.run(*gestures) == 0
    assert rig.signals.stood_still == 1
    assert rig.text.count(ASKED) == 2
    assert row(rig).rating_after == 3


@pytest.mark.expects_log("history not saved")
def test_an_answer_that_cannot_be_saved_is_told(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code 1."""

    def refuse(_record: SessionRecord) -> None:
        raise MatSessionError("The disk is full.")

    def break_history() -> None:
        monkeypatch.setattr(rig.program.history, "save", refuse)

    assert rig.run(*to_the_end(rig), break_history, rig.press("3\n")) == 1
    assert "The answer could not be saved." in rig.text


# -- typing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "rating", "told"),
    [
        ("10\n", 10, ""),
        ("0\n", 0, ""),
        ("\n", None, ""),
        ("q", None, ""),
        ("5q", None, ""),
        ("12\x7f\x7f\x7f3\n", 3, ""),
        ("11\n9\n", 9, "'11' is not a whole number from 0 to 10."),
        ("1234\n8\n", 8, "'123' is not a whole number from 0 to 10."),
        ("x-.٣4\n", 4, ""),
    ],
)
def test_a_rating_is_typed(rig: Rig, typed: str, rating: int | None, told: str) -> None:
    """Digits, and the delete key; Enter takes it, an empty answer or q skips."""
    assert rig.run(*to_the_end(rig), rig.wait(11), rig.press(typed)) == 0
    assert row(rig).rating_after == rating
    assert told in rig.text


def after_the_first_day(rig: Rig, keys: str) -> SessionRecord:
    """Its three minutes pass, then these keys are pressed."""
    rig.program.programme.start()
    gestures = [rig.wait(10) for _ in range(18)]
    pressed = [rig.press(key) for key in keys]
    assert rig.run(*gestures, *pressed, preset="first_session", length_s=180) == 0
    return row(rig)


def test_the_strongest_moment_is_asked_for_in_the_programme(rig: Rig) -> None:
    """After the other question; each can be answered alone."""
    found = after_the_first_day(rig, "3\n7\n")
    assert (found.rating_after, found.strongest) == (3, 7)
    asked = [
        rig.text.index(each) for each in ("How tense do your muscles", "How strong was the strongest moment")
    ]
    assert asked == sorted(asked)


@pytest.mark.parametrize(
    ("keys", "after", "strongest"),
    [("\n8\n", None, 8), ("3\n\n", 3, None), ("3\nq", 3, None), ("q", None, None)],
)
def test_either_question_can_be_passed_over(
    rig: Rig, keys: str, after: int | None, strongest: int | None
) -> None:
    """By Enter; q leaves, and what was answered is kept."""
    found = after_the_first_day(rig, keys)
    assert (found.rating_after, found.strongest) == (after, strongest)


def test_it_is_not_asked_for_after_any_other_session(rig: Rig) -> None:
    """Though the programme is followed."""
    rig.program.programme.start()
    assert rig.run(*to_the_end(rig), rig.press("4\n")) == 0
    assert "strongest" not in rig.text


SCALE = RatingScale("pain_nrs", AskedWhen.AFTER, "How is it?", "0 fine", "10 not", Better.LOWER)


class Person:
    """Types after a session of a hundred seconds; everything behind it is kept in memory."""

    def __init__(self) -> None:
        clock, self.store, chimes = FakeClock(), FakeStore(), FakeChimes()
        guidance = Guidance(scales=(SCALE,))
        runner = SessionRunner(clock)
        journal = Journal(runner, lambda: OpenedStore(self.store))
        chimes.on_sounded(journal.note_cue)
        library = PresetLibrary(lambda: LoadedPresets((make_preset(),)), guidance)
        preferences = Preferences(Settings(), lambda _settings: None)
        device = TerminalDevice(None, io.StringIO(), None)
        self.after = AfterSession(library, preferences, runner, journal, device)
        self.left = self.went_on = 0
        self.after.left.connect(self._on_left)
        self.after.go_on_wished.connect(self._on_go_on_wished)
        plan = compile_plan(make_preset(), 100, guidance)
        ended: list[SessionEnded] = []
        runner.happened.connect(lambda event: ended.append(event) if type(event) is SessionEnded else None)
        runner.start(plan, 0, WAKE_AGAIN_S)
        clock.advance(100)
        runner.tick()
        self.after.begin(ended[0], plan, with_keys=True, hurry=False)

    def _on_left(self) -> None:
        self.left += 1

    def _on_go_on_wished(self) -> None:
        self.went_on += 1


def typed_answer(keys: str) -> tuple[int | None, bool]:
    """What a line of keys comes to, read as a person means it: the rating, and whether it is an answer."""
    answer = ""
    for key in keys:
        if key == "\x7f":
            answer = answer[:-1]
        elif key in "0123456789" and len(answer) < 3:
            answer += key
        elif key in "qQ":
            return None, True
        elif key == "\n":
            if not answer or int(answer) <= 10:
                return (int(answer) if answer else None), True
            answer = ""
    return None, False


@given(st.text(st.sampled_from("0123456789\x7f\nqx -٣²"), max_size=12))
def test_whatever_is_typed_is_read_as_it_is_meant(keys: str) -> None:
    """The row has the rating that was meant, and the front leaves exactly when it was answered."""
    person = Person()
    for key in keys:
        if not person.left:
            person.after.press(key)
    rating, answered = typed_answer(keys)
    assert (person.left, person.went_on) == (int(answered), 0)
    (row,) = person.store.rows.values()
    assert (row.state, row.rating_after) == (RowState.FINISHED, rating)
    assert person.after.saved


@given(st.text(st.sampled_from("0123456789\x7fx -"), max_size=5))
def test_plus_goes_on_whatever_was_typed(before: str) -> None:
    """The question does not get in the way, and what was typed is not taken for an answer."""
    person = Person()
    for key in f"{before}+":
        person.after.press(key)
    assert (person.left, person.went_on) == (0, 1)
    (row,) = person.store.rows.values()
    assert row.rating_after is None
