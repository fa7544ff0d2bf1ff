from dataclasses import replace
from pathlib import Path

import pytest

from matsession.app.ports import SpeechProblem, SpeechVoice, SpokenLine
from matsession.app.voice import Voice
from matsession.domain.guidance import Guidance
from matsession.domain.plan import Plan, compile_plan
from tests.fakes import FakeSpeech, make_preset

pytestmark = pytest.mark.usefixtures("qapp")

NATURAL = SpeechVoice("piper/alba", "alba", "en-gb", natural=True)
MACHINE = SpeechVoice("espeak-ng/en-gb", "English", "en-gb", natural=False)
GERMAN = SpeechVoice("piper/eva", "eva", "de-de", natural=True)

PLAN_LINES = ["Now do lower.", "Now do rest.", "Now do rise.", "The end."]


@pytest.fixture
def plan() -> Plan:
    """Three steps and the end."""
    return compile_plan(make_preset(), 100, Guidance(end_say="The end."))


@pytest.fixture
def maker() -> FakeSpeech:
    """Has not looked yet."""
    return FakeSpeech()


@pytest.fixture
def voice(maker: FakeSpeech) -> Voice:
    """Nothing chosen."""
    return Voice(maker)


@pytest.mark.parametrize(
    ("there", "enabled", "voice_id"),
    [
        ([NATURAL, MACHINE], True, "piper/alba"),
        ([MACHINE], False, "espeak-ng/en-gb"),
        ([GERMAN], False, None),
        ([], False, None),
    ],
)
def test_a_natural_voice_speaks_by_itself_and_a_machine_only_when_asked(
    voice: Voice, maker: FakeSpeech, there: list[SpeechVoice], enabled: bool, voice_id: str | None
) -> None:
    """By default the best engine's voice in the language of the presets."""
    assert not voice.enabled
    maker.find(*there)
    assert (voice.enabled, voice.voice_id) == (enabled, voice_id)


def test_lines_are_ordered_in_the_order_of_time_and_fixed_ones_last(
    voice: Voice, maker: FakeSpeech, plan: Plan
) -> None:
    """Each once; what has no words is no line; nothing is ordered before the voices are known."""
    voice.prepare(plan, ["Paused.", "…", "Now do rest.", ""])
    assert (maker.looks, maker.ordered) == (1, [])
    maker.find(NATURAL)
    assert maker.texts == [*PLAN_LINES, "Paused."]
    assert {line.voice_id for line in maker.ordered} == {"piper/alba"}


def test_a_chosen_voice_need_not_wait_for_the_list(voice: Voice, maker: FakeSpeech, plan: Plan) -> None:
    """The first line is begun at once; where the choice is gone, the best voice steps in."""
    voice.choose(enabled=True, voice_id="flite/slt", speed=1.25)
    assert maker.looks == 0
    voice.prepare(plan)
    assert maker.ordered[0] == SpokenLine("Now do lower.", "flite/slt", 1.25)
    maker.find(MACHINE)
    assert maker.ordered[0] == SpokenLine("Now do lower.", "espeak-ng/en-gb", 1.25)


def test_the_status_counts_what_is_ready(voice: Voice, maker: FakeSpeech, plan: Plan, tmp_path: Path) -> None:
    """Lines found in the cache count from the beginning, and are not ordered."""
    maker.made[SpokenLine("Now do rest.", NATURAL.id)] = tmp_path / "rest.wav"
    maker.find(NATURAL)
    heard: list[tuple[str, Path]] = []
    voice.line_ready.connect(lambda text, path: heard.append((text, path)))
    voice.prepare(plan)
    assert voice.status() == "1 of 4 lines ready"
    assert "Now do rest." not in maker.texts
    maker.settle(maker.ordered[0], tmp_path / "lower.wav")
    assert voice.status() == "2 of 4 lines ready"
    assert heard == [("Now do lower.", tmp_path / "lower.wav")]
    assert voice.path_for("Now do lower.") == tmp_path / "lower.wav"
    assert voice.path_for("Now do rise.") is None


def test_a_line_that_failed_is_not_tried_again_before_the_next_session(
    voice: Voice, maker: FakeSpeech, plan: Plan
) -> None:
    """It is told; another request leaves it out."""
    maker.find(NATURAL)
    voice.prepare(plan)
    failed: list[str] = []
    voice.line_failed.connect(failed.append)
    maker.settle(maker.ordered[0], None)
    voice.request("Two minutes left.")
    assert failed == ["Now do lower."]
    assert maker.texts == [*PLAN_LINES[1:], "Two minutes left."]
    voice.prepare(plan)
    assert maker.texts == PLAN_LINES


def test_a_phrase_that_is_not_ready_is_made_at_once(
    voice: Voice, maker: FakeSpeech, plan: Plan, tmp_path: Path
) -> None:
    """None now, the file the next time."""
    maker.find(NATURAL)
    assert voice.phrase("Two minutes left.") is None
    (line,) = maker.hurried
    maker.settle(line, tmp_path / "two.wav")
    assert voice.phrase("Two minutes left.") == tmp_path / "two.wav"
    assert voice.phrase("?!") is None
    assert len(maker.hurried) == 1


def test_another_voice_or_speed_orders_all_lines_anew(
    voice: Voice, maker: FakeSpeech, plan: Plan, tmp_path: Path
) -> None:
    """A line of the old voice that comes late is not taken for one of the new."""
    maker.find(NATURAL, MACHINE)
    voice.prepare(plan)
    late = maker.ordered[0]
    voice.choose(enabled=None, voice_id=None, speed=0.8)
    assert maker.ordered == [replace(late, text=text, speed=0.8) for text in PLAN_LINES]
    maker.settle(late, tmp_path / "late.wav")
    assert voice.ready_count == 0
    voice.choose(enabled=True, voice_id=MACHINE.id, speed=0.8)
    assert {line.voice_id for line in maker.ordered} == {MACHINE.id}
    assert maker.forgiven == 2
    voice.choose(enabled=True, voice_id=MACHINE.id, speed=0.8)
    assert maker.forgiven == 2


def test_switched_off_nothing_is_looked_for_made_or_found(
    voice: Voice, maker: FakeSpeech, plan: Plan, tmp_path: Path
) -> None:
    """Switched on, the lines of the session are ordered."""
    voice.choose(enabled=False, voice_id=None, speed=1.0)
    voice.prepare(plan)
    assert (maker.looks, maker.ordered) == (0, [])
    maker.find(NATURAL)
    maker.made[SpokenLine("Now do lower.", NATURAL.id)] = tmp_path / "lower.wav"
    assert voice.path_for("Now do lower.") is None
    assert voice.phrase("Now do lower.") is None
    assert maker.hurried == []
    assert voice.status() == "The voice is off."
    voice.choose(enabled=True, voice_id=None, speed=1.0)
    assert maker.texts == PLAN_LINES[1:]


def test_a_sample_is_heard_of_any_voice_and_only_the_last_one_asked_for(
    voice: Voice, maker: FakeSpeech, tmp_path: Path
) -> None:
    """Even while the voice is off; a sample already made comes at once; failing is told."""
    maker.find(MACHINE)
    heard: list[object] = []
    voice.sample_ready.connect(heard.append)
    voice.sample_failed.connect(lambda: heard.append("failed"))
    voice.sample(MACHINE.id, 1.0)
    voice.sample(MACHINE.id, 1.5)
    slow, fast = maker.hurried
    maker.settle(slow, tmp_path / "slow.wav")
    maker.settle(fast, tmp_path / "fast.wav")
    maker.settle(fast, tmp_path / "fast.wav")
    assert heard == [tmp_path / "fast.wav"]
    voice.sample(MACHINE.id, 1.0)
    assert heard[1:] == [tmp_path / "slow.wav"]
    voice.sample(MACHINE.id, 2.0)
    maker.settle(maker.hurried[-1], None)
    assert heard[2:] == ["failed"]


def test_every_problem_has_one_sentence(voice: Voice, maker: FakeSpeech, plan: Plan) -> None:
    """Without an engine it says what to install; switched off on purpose, nobody is bothered."""
    maker.find()
    assert "install espeak-ng" in voice.status()
    maker.find(GERMAN)
    assert "install espeak-ng" in voice.status()
    maker.find(NATURAL)
    assert voice.problem_told() == ""
    for trouble in SpeechProblem:
        maker.trouble = trouble
        assert voice.problem_told().count(".") == 1
        assert voice.status() == voice.problem_told()
    voice.choose(enabled=False, voice_id=None, speed=1.0)
    assert voice.status() == "The voice is off."


def test_an_engine_installed_meanwhile_is_found_at_the_next_session(
    voice: Voice, maker: FakeSpeech, plan: Plan
) -> None:
    """While there is a voice nobody looks again."""
    voice.prepare(plan)
    maker.find()
    voice.prepare(plan)
    assert maker.looks == 2
    maker.find(NATURAL)
    voice.prepare(plan)
    assert maker.looks == 2


def test_closing_closes_the_maker(voice: Voice, maker: FakeSpeech) -> None:
    """No child is left behind."""
    voice.close()
    assert maker.closed
