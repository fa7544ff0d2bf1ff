"""Orders from outside become gestures, and each is answered."""

import pytest
from PySide6.QtCore import QObject

from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.app.quick_start import QuickStart
from matsession.app.remote_control import RemoteControl
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import Guidance
from matsession.domain.order import Answer, Order, SessionStatus, StartWish, Verb
from matsession.domain.session import Phase
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeLock, make_preset

pytestmark = pytest.mark.usefixtures("qapp")

USUAL = StartWish()


class NoJournal(QObject):
    def set_rating_before(self, rating: int | None) -> None:
        self.rating = rating


class Desk:
    """A session on stand-ins, and a remote control for it."""

    def __init__(self, **settings: object) -> None:
        self.clock = FakeClock()
        self.runner = SessionRunner(self.clock)
        self.lock = FakeLock()
        self.journal = NoJournal()
        self.loads = 0
        values: dict[str, object] = {"last_preset": "short_rest", "preparation_s": 20, **settings}
        self.preferences = Preferences(Settings(**values), lambda _settings: None)  # type: ignore[arg-type]
        self.library = PresetLibrary(self._load, Guidance())
        launcher = SessionLauncher(
            self.runner,
            self.journal,  # type: ignore[arg-type]  # only the rating is set
            FakeChimes(),
            self.lock,
            Guidance(),
            self.preferences,
        )
        self.launcher = launcher
        self.remote = RemoteControl(self.runner, QuickStart(launcher, self.library, self.preferences))
        self.shown: list[str] = []
        self.remote.window_wished.connect(self.shown.append)

    def _load(self) -> LoadedPresets:
        self.loads += 1
        later = (make_preset(id="later", name="Later"),) if self.loads > 1 else ()
        return LoadedPresets((make_preset(), *later))

    def order(self, verb: Verb, wish: StartWish = USUAL, **more: object) -> Answer:
        return self.remote.obey(Order(verb, wish, **more))  # type: ignore[arg-type]


def test_a_whole_session_by_orders() -> None:
    """Started, paused, gone on with, made longer, ended."""
    desk = Desk()
    answer = desk.order(Verb.START, StartWish("short_rest", 120, 0, 6), activation="token")
    assert answer == Answer(
        True,
        "Short rest: 2:00 left of 2:00, step 1 of 3, Lower.",
        SessionStatus(
            "running",
            "short_rest",
            "Short rest",
            "lower_back",
            0.0,
            120.0,
            120.0,
            step_name="Lower",
            step_number=1,
            steps=3,
        ),
    )
    assert desk.shown == ["token"]
    assert desk.journal.rating == 6
    desk.clock.advance(30)
    desk.runner.tick()
    assert desk.order(Verb.PAUSE).status.state == "paused"
    paused = desk.order(Verb.STATUS)
    assert paused.sentence == "Short rest: paused, 1:30 left of 2:00, step 2 of 3, Rest."
    assert (paused.status.pause_reason, paused.status.left_s) == ("person", 90.0)
    assert desk.order(Verb.RESUME).status.state == "running"
    assert desk.order(Verb.EXTEND, by_s=60).status.total_s == 180.0
    assert desk.order(Verb.STOP) == Answer(True, "The session has ended.")
    assert desk.runner.phase is Phase.STOPPED


def test_what_is_not_said_is_as_last_time() -> None:
    """Preset, length and preparation."""
    desk = Desk(lengths_s={"short_rest": 200})
    answer = desk.order(Verb.START)
    assert answer.sentence == "Short rest: settling in, 0:20 to the start."
    assert answer.status.total_s == 200.0
    assert desk.order(Verb.PAUSE).sentence == "Short rest: paused while settling in, 0:20 to the start."


def test_nothing_starts_before_the_notes_were_read() -> None:
    """The window comes forward, for there they stand; once they were read a start is a start."""
    desk = Desk(welcome_due=True)
    answer = desk.order(Verb.START, activation="token")
    assert answer == Answer(
        False,
        "Before your first session there are a few notes to read. The window of MatSession shows them.",
    )
    assert desk.shown == ["token"]
    assert not desk.runner.active
    desk.preferences.change(welcome_due=False)
    assert desk.order(Verb.START).done
    assert desk.runner.active


def test_what_was_started_is_the_last_one() -> None:
    """With the length that was named; one that was refused is not."""
    desk = Desk(last_preset="short_rest")
    desk.library.reload()
    desk.order(Verb.START, StartWish("later", 10))
    assert desk.preferences.settings.last_preset == "short_rest"
    desk.order(Verb.START, StartWish("later", 150))
    assert desk.preferences.settings.last_preset == "later"
    assert desk.preferences.settings.lengths_s == {"later": 150}


def test_a_preset_written_since_is_found() -> None:
    """The files are read again before it is said that there is none."""
    desk = Desk()
    assert desk.order(Verb.START, StartWish("later", None, 0)).done
    assert desk.loads == 2


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (StartWish("short_rust"), "There is no preset 'short_rust'. Nearest: short_rest."),
        (StartWish("short_rest", 10), "Short rest can last from 50 s to 5 min; 10 s is not possible."),
    ],
)
def test_what_cannot_be_started_is_said(wish: StartWish, sentence: str) -> None:
    """In the words of the command line; nothing is shown, nothing runs."""
    desk = Desk()
    answer = desk.order(Verb.START, wish)
    assert not answer.done
    assert answer.sentence.startswith(sentence)
    assert desk.shown == []
    assert not desk.runner.active


def test_a_second_session_is_refused() -> None:
    """Here, and where another program runs one."""
    desk = Desk()
    desk.lock.held_elsewhere = True
    assert "Another MatSession program" in desk.order(Verb.START).sentence
    desk.lock.held_elsewhere = False
    desk.order(Verb.START)
    assert desk.order(Verb.START).sentence.startswith("A session is running already.")


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.RESUME, Verb.STOP, Verb.EXTEND])
def test_without_a_session_there_is_nothing_to_command(verb: Verb) -> None:
    """Before the first, and after it is over: an end is not undone from outside."""
    desk = Desk()
    assert desk.order(verb) == Answer(False, "No session is running.")
    desk.order(Verb.START)
    desk.order(Verb.STOP)
    assert desk.order(verb) == Answer(False, "No session is running.")
    assert desk.order(Verb.STATUS) == Answer(True, "No session is running.")


def test_an_extension_the_preset_refuses_is_told() -> None:
    """And one that it allows only in part is none."""
    desk = Desk()
    desk.order(Verb.START, StartWish("short_rest", 300, 0))
    assert desk.order(Verb.EXTEND).sentence == "It cannot become longer: 5 min at most."


def test_an_open_end_is_stopped_in_two_steps() -> None:
    """As by hand: the way back first."""
    desk = Desk()
    desk.order(Verb.START, StartWish("short_rest", None, 0, open_ended=True))
    desk.clock.advance(30)
    status = desk.order(Verb.STATUS)
    assert status.sentence == "Short rest: 0:30 so far, open end; Rest."
    assert (status.status.left_s, status.status.total_s) == (None, None)
    assert desk.order(Verb.STOP).sentence == "On the way back; stop once more to end at once."
    assert desk.order(Verb.STOP).sentence == "The session has ended."


def test_a_second_start_of_the_program_shows_the_window() -> None:
    """With the window system's permission."""
    desk = Desk()
    assert desk.order(Verb.SHOW, activation="abc").done
    assert desk.shown == ["abc"]


def test_a_terminal_has_no_window_and_starts_nothing() -> None:
    """It says where the session runs."""
    desk = Desk()
    remote = RemoteControl(desk.runner)
    for verb in (Verb.SHOW, Verb.START):
        assert remote.obey(Order(verb)) == Answer(
            False, "This session runs in a terminal; end it there first."
        )
