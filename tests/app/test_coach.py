"""What is heard of a session: chimes, lines, questions and answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matsession.app import time_teller
from matsession.app.coach import Coach
from matsession.app.ports import SpeechVoice, SpokenLine
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.time_teller import TimeTeller
from matsession.app.voice import Voice
from matsession.domain.events import SleepAnswer
from matsession.domain.guidance import ChimeName, Guidance
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.session import WAKE_AGAIN_S
from matsession.domain.settings import Settings
from tests.fakes import FakeChimes, FakeClock, FakeSpeech, make_preset, make_step

pytestmark = pytest.mark.usefixtures("qapp")

NATURAL = SpeechVoice("piper/alba", "alba", "en-gb", natural=True)


@dataclass
class Ears:
    """A session with its sound, and a voice that makes what it is told to make."""

    clock: FakeClock = field(default_factory=FakeClock)
    chimes: FakeChimes = field(default_factory=FakeChimes)
    speech: FakeSpeech = field(default_factory=FakeSpeech)
    told: list[str] = field(default_factory=list)
    saved: list[Settings] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Join them as the composition root does."""
        self.runner = SessionRunner(self.clock)
        self.voice = Voice(self.speech)
        self.speaker = Speaker(self.chimes, self.voice)
        self.preferences = Preferences(Settings(volume=0.5, levels={"wake": 0.8}), self.saved.append)
        self.coach = Coach(self.runner, self.chimes, self.voice, self.speaker, self.preferences)
        self.teller = TimeTeller(self.runner, self.chimes, self.speaker)
        self.teller.told.connect(self.told.append)

    def start(self, preparation_s: float = 0, *, open_ended: bool = False) -> None:
        """Begin a session of 100 s, or one without an end."""
        plan = compile_plan(
            make_preset(), 100, Guidance(end_say="The end."), PlanOptions(open_ended=open_ended)
        )
        self.runner.start(plan, preparation_s, WAKE_AGAIN_S)

    def wait(self, seconds: int) -> None:
        """Let time pass, looking every second."""
        for _ in range(seconds):
            self.clock.advance(1)
            self.runner.tick()

    def make(self, text: str) -> Path:
        """The voice has finished this line."""
        path = Path(f"/voice/{text}.wav")
        self.speech.settle(SpokenLine(text, NATURAL.id), path)
        return path


@pytest.fixture
def ears() -> Ears:
    """With a voice that speaks by itself."""
    ears = Ears()
    ears.speech.find(NATURAL)
    return ears


def test_a_line_follows_its_chime_where_it_is_ready(ears: Ears) -> None:
    """The second line was never made: its chime sounds on time all the same."""
    ears.start(preparation_s=5)
    lower = ears.make("Now do lower.")
    ears.wait(5 + 10)
    assert ears.chimes.played == [ChimeName.OPEN, ChimeName.STEP]
    assert ears.chimes.said == [(lower, ChimeName.OPEN)]


def test_a_sleep_of_the_computer_is_asked_about_by_chime_and_voice(ears: Ears) -> None:
    """The person lies metres away and cannot read the question."""
    ears.start()
    ears.wait(20)
    ears.chimes.played.clear()
    ears.clock.sleep(120)
    ears.runner.tick()
    assert ears.chimes.played == [ChimeName.CHECK]
    question = ears.make("The computer slept for 2 minutes. Does this time count?")
    assert ears.chimes.said[-1] == (question, None)
    ears.runner.resume_after_sleep(SleepAnswer.LEAVE_OUT)
    assert ears.runner.active


def test_pausing_and_going_on_are_heard(ears: Ears) -> None:
    """With closed eyes nobody sees that a press has worked; what was asked for before gives way."""
    ears.start(preparation_s=5)
    for _ in range(2):
        ears.chimes.played.clear()
        hushed = ears.chimes.hushed
        ears.runner.pause()
        assert (ears.chimes.played, ears.chimes.hushed) == ([ChimeName.PAUSE], hushed + 1)
        ears.runner.resume()
        assert ears.chimes.played == [ChimeName.PAUSE, ChimeName.GO_ON]
        ears.wait(20)


def test_a_session_that_was_not_over_after_all_is_heard_to_go_on(ears: Ears) -> None:
    """Within ten seconds after the end; the new step's line waits for the chime."""
    ears.start()
    ears.wait(100)
    line = ears.make("Now do more.")
    ears.runner.go_on(make_step("more", 60, chime=None))
    assert ears.chimes.played[-1] is ChimeName.GO_ON
    assert ears.chimes.said[-1] == (line, ChimeName.GO_ON)


def test_more_time_to_settle_in_calls_off_the_opening_chime(ears: Ears) -> None:
    """It was handed over for the moment that was to be the start."""
    ears.start(preparation_s=10)
    ears.wait(9)
    cancelled = ears.chimes.cancelled
    ears.runner.extend(60)
    assert ears.chimes.cancelled == cancelled + 1


def test_more_time_without_a_voice_is_confirmed_by_a_chime(ears: Ears) -> None:
    """Also while settling in; that there cannot be more is not."""
    no_voice(ears)
    ears.start(preparation_s=5)
    ears.runner.extend(60)
    ears.wait(70)
    ears.chimes.played.clear()
    for _ in range(4):
        ears.runner.extend(60)
    assert ears.chimes.played == [ChimeName.GO_ON] * 4
    ears.runner.extend(60)
    assert ears.chimes.played == [ChimeName.GO_ON] * 4


def test_more_time_is_confirmed_by_a_chime_where_the_voice_fails(ears: Ears) -> None:
    """Once, for the sentence that was waited for."""
    ears.start()
    ears.chimes.played.clear()
    ears.runner.extend(60)
    failing_voice(ears)
    assert ears.chimes.played == [ChimeName.GO_ON]
    ears.teller.tell()
    failing_voice(ears)
    assert set(ears.chimes.played[1:]) == {ChimeName.STRIKE}


def test_the_end_chime_is_heard_once_while_settling_in(ears: Ears) -> None:
    """As no cue of the session, and early enough not to run into the first one."""
    begin_s = ears.clock.now().awake_s
    ears.start(preparation_s=8)
    assert ears.chimes.scheduled == [(ChimeName.CLOSE, None, begin_s + 1.5)]
    ears.wait(7)
    assert ears.chimes.hushed == 0
    ears.wait(1)
    assert ears.chimes.hushed == 1


@pytest.mark.parametrize("unwished", [True, False])
def test_without_time_or_wish_there_is_no_hearing_check(ears: Ears, unwished: bool) -> None:
    """Seven seconds are too short for it."""
    ears.preferences.change(hearing_check=not unwished)
    ears.start(preparation_s=30 if unwished else 7)
    assert ears.chimes.scheduled == []


@pytest.mark.parametrize("command", ["skip_preparation", "pause", "stop"])
def test_the_hearing_check_is_called_off(ears: Ears, command: str) -> None:
    """By whatever ends the preparation or lets it stand still; it does not return."""
    ears.start(preparation_s=30)
    ears.wait(1)
    getattr(ears.runner, command)()
    assert ears.chimes.hushed == 1
    ears.runner.resume()
    assert [at_s for chime, at_s, _ in ears.chimes.scheduled if chime is ChimeName.CLOSE] == [None]


def test_the_wake_chime_returns_louder_each_time(ears: Ears) -> None:
    """From what the wake chime really was, a half times 0.8, to the ceiling of the person."""
    ears.preferences.change(doze_ceiling=0.6)
    ears.start()
    ears.wait(100)
    ears.chimes.played.clear()
    ears.chimes.levels_played.clear()
    ears.wait(500)
    assert ears.chimes.played == [ChimeName.WAKE] * 3
    assert ears.chimes.levels_played == pytest.approx([0.4579, 0.5241, 0.6], abs=1e-4)


def test_whoever_reacts_ends_the_wake_chime_in_the_midst_of_it(ears: Ears) -> None:
    """And it does not return."""
    ears.start()
    ears.wait(100 + 120)
    hushed = ears.chimes.hushed
    ears.runner.acknowledge()
    assert ears.chimes.hushed == hushed + 1
    ears.wait(500)
    assert ears.chimes.played.count(ChimeName.WAKE) == 2


def test_one_minute_more_is_confirmed_by_voice(ears: Ears) -> None:
    """And so is that there cannot be more."""
    ears.start()
    ears.runner.extend(60)
    more = ears.make("1 minute more. The session now lasts 2 minutes 40 seconds.")
    ears.runner.extend(60)
    ears.runner.extend(60)
    ears.make("1 minute more. The session now lasts 3 minutes 40 seconds.")  # nobody waits for it any more
    ears.runner.extend(60)  # only 20 s fit
    ears.runner.extend(60)
    no_more = ears.make("Not longer: this session can last 5 minutes at the most.")
    assert [path for path, _ in ears.chimes.said] == [more, no_more]


@pytest.mark.parametrize(
    ("preparation_s", "open_ended", "sentence"),
    [
        (0, False, "1 minute 20 seconds left."),
        (30, False, "The session starts in 10 seconds."),
        (0, True, "20 seconds so far."),
    ],
)
def test_the_time_is_told(ears: Ears, preparation_s: float, open_ended: bool, sentence: str) -> None:
    """What is left, or where the end is open what has passed."""
    ears.start(preparation_s, open_ended=open_ended)
    ears.wait(20)
    ears.teller.tell()
    assert ears.told == [sentence]
    assert ears.speech.hurried == [SpokenLine(sentence, NATURAL.id)]
    said = [(ears.make(sentence), None)]
    assert ears.chimes.said == said
    ears.teller.tell()
    assert ears.chimes.said == said * 2  # at once, from the cache


def no_voice(ears: Ears) -> None:
    """It is off."""
    ears.voice.choose(enabled=False, voice_id=None, speed=1.0)


def hanging_voice(_ears: Ears) -> None:
    """It never answers."""


def failing_voice(ears: Ears) -> None:
    """It says that it cannot."""
    for line in ears.speech.hurried:
        ears.speech.settle(line, None)


@pytest.mark.parametrize("trouble", [no_voice, hanging_voice, failing_voice])
def test_without_a_voice_the_time_is_struck(
    ears: Ears, trouble: Callable[[Ears], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double stroke for the half minute that is left; the voice gets a moment, and no more."""
    monkeypatch.setattr(time_teller, "VOICE_WITHIN_MS", 1)
    ears.start()
    if trouble is no_voice:
        trouble(ears)
    ears.wait(75)
    ears.chimes.played.clear()
    ears.teller.tell()
    trouble(ears)
    qtbot.waitUntil(lambda: ears.chimes.played == [ChimeName.STRIKE] * 2)
    assert ears.told == ["30 seconds left."]
    assert ears.chimes.said == []


def test_an_answer_that_came_too_late_is_not_said(
    ears: Ears, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was struck already."""
    monkeypatch.setattr(time_teller, "VOICE_WITHIN_MS", 1)
    ears.start()
    ears.wait(75)
    with qtbot.waitSignal(ears.speaker.gave_up):
        ears.teller.tell()
    ears.make("30 seconds left.")
    assert ears.chimes.said == []


def test_strokes_end_with_the_session(ears: Ears, qtbot: QtBot) -> None:
    """The closing chime is not counted along."""
    no_voice(ears)
    ears.start()
    ears.teller.tell()  # three strokes and a half
    ears.runner.stop()
    played = len(ears.chimes.played)
    ears.start()
    assert not ears.teller.striking
    assert len(ears.chimes.played) == played + 1
