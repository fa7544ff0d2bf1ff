import math
from pathlib import Path

import pytest

from matsession.desktop.speech.engines import (
    Espeak,
    Flite,
    Piper,
    Say,
    SpeechEngine,
    WindowsSpeech,
    find_engines,
    piper_models,
    spoken_text,
    usable_speed,
)

ESPEAK_LIST = """\
Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  de              --/M      German             gmw/de
 5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 5  en-us           --/M      us-mbrola-2        mb/mb-us2            (en 7)
 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  variant         --/M      Storm              !v/Storm             (en-us 5)
"""

OLD_ESPEAK_LIST = """\
Pty Language Age/Gender VoiceName          File          Other Languages
 2  en-gb          M  english              en            (en-uk 2)(en 2)
 9  en             M  en-german            mb/mb-de4-en
"""

SAY_LIST = """\
Albert              en_US    # Hello! My name is Albert.
Anna                de_DE    # Hallo! Ich heiße Anna.
Daniel              en_GB    # Hello! My name is Daniel.
Eddy (English (UK)) en_GB    # Hello! My name is Eddy.
Samantha            en_US    # Hello! My name is Samantha.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
"""

MODEL = Path("/models/en_GB-alba-medium.onnx")

EVERY: tuple[SpeechEngine, ...] = (
    Espeak("espeak-ng"),
    Flite("flite"),
    Piper("piper", (MODEL,)),
    Say("say"),
    WindowsSpeech("powershell"),
)


def test_espeak_lists_countries_first_and_nothing_that_needs_missing_data() -> None:
    """Neither mbrola voices nor variants can be chosen; the first English voice is a country's."""
    voices = Espeak("espeak-ng").voices(ESPEAK_LIST)
    assert [voice.id for voice in voices] == [
        "espeak-ng/de",
        "espeak-ng/en-gb",
        "espeak-ng/en-us",
        "espeak-ng/en-029",
    ]
    assert voices[1].name == "English (Great Britain)"
    assert not any(voice.natural for voice in voices)
    assert [voice.id for voice in Espeak("espeak", "espeak").voices(OLD_ESPEAK_LIST)] == ["espeak/en-gb"]


def test_flite_offers_its_best_voice_first() -> None:
    """The talking clock is left out."""
    voices = Flite("flite").voices("Voices available: kal awb_time kal16 awb rms slt \n")
    assert [voice.id for voice in voices] == [
        "flite/slt",
        "flite/rms",
        "flite/awb",
        "flite/kal16",
        "flite/kal",
    ]


def test_say_offers_the_better_voices_first_and_no_jesters() -> None:
    """Names may hold spaces and brackets."""
    voices = Say("say").voices(SAY_LIST)
    assert [voice.name for voice in voices] == [
        "Zoe (Premium)",
        "Samantha",
        "Daniel",
        "Anna",
        "Eddy (English (UK))",
    ]
    assert voices[0].language == "en-us"


def test_windows_lists_names_and_languages() -> None:
    """A tab stands between them; other lines are noise."""
    voices = WindowsSpeech("powershell").voices("Microsoft Zira Desktop\ten-US\r\nnoise\r\n")
    assert [(voice.id, voice.language, voice.natural) for voice in voices] == [
        ("windows/Microsoft Zira Desktop", "en-us", True)
    ]


def test_piper_is_told_from_the_program_of_the_same_name() -> None:
    """Debian's piper sets up gaming mice and knows no --model."""
    piper = Piper("piper", (MODEL,))
    assert piper.voices("Usage: piper [OPTION]\n --version") == []
    (voice,) = piper.voices("usage: __main__.py -m MODEL ... --model")
    assert (voice.id, voice.language, voice.name) == ("piper/en_GB-alba-medium", "en-gb", "alba-medium")


def test_piper_models_need_the_file_beside_them(tmp_path: Path) -> None:
    """PIPER_VOICES counts before the home; a model without its configuration is none."""
    own, home = tmp_path / "own", tmp_path / "home/.local/share/piper-voices"
    for folder in (own, home):
        folder.mkdir(parents=True)
        (folder / "en_US-a-low.onnx").touch()
        (folder / "en_US-a-low.onnx.json").touch()
    (own / "en_US-b-low.onnx").touch()
    found = piper_models({"PIPER_VOICES": str(own)}, tmp_path / "home")
    assert [model for model in found if model.is_relative_to(tmp_path)] == [own / "en_US-a-low.onnx"]


@pytest.mark.parametrize("engine", EVERY, ids=lambda engine: engine.id)
def test_the_file_to_write_and_to_read_are_handed_over_and_no_shell_is_called(engine: SpeechEngine) -> None:
    """Each engine reads the text from a file and writes the WAV it is told to."""
    command = engine.speak(Path("/desk/line.txt"), Path("/desk/line.wav"), "some-voice", 1.0)
    handed = [*command.arguments, *command.environment.values(), str(command.stdin)]
    assert "/desk/line.txt" in handed
    assert "/desk/line.wav" in handed
    assert "some-voice" in handed
    assert command.program not in {"sh", "bash", "cmd"}


def test_one_unit_of_speed_becomes_that_of_each_engine() -> None:
    """Twice as fast is 320 words a minute, half the length, or a Rate of 6 (3 to the power of 0.6 is 1.9)."""

    def handed(engine: SpeechEngine, speed: float) -> list[str]:
        command = engine.speak(Path("t"), Path("w"), "v", speed)
        return [*command.arguments, *command.environment.values()]

    assert "320" in handed(Espeak("e"), 2.0)
    assert "320" in handed(Say("s"), 2.0)
    assert "duration_stretch=0.500" in handed(Flite("f"), 2.0)
    assert "0.500" in handed(Piper("p", ()), 2.0)
    assert "6" in handed(WindowsSpeech("w"), 2.0)
    assert "-6" in handed(WindowsSpeech("w"), 0.5)
    assert math.isclose(3**0.6, 2, abs_tol=0.1)


def test_speed_is_kept_within_what_engines_can_do() -> None:
    """And in steps, so that the cache does not fill with lines nobody can tell apart."""
    assert [usable_speed(speed) for speed in (0.1, 0.999, 1.0049, 9)] == [0.5, 1.0, 1.0, 2.0]


def test_a_text_becomes_one_line_without_commands_for_the_engine() -> None:
    """Espeak and say take double square brackets for phonemes and orders."""
    assert spoken_text(" Lie\ndown.\t[[slnc 5000]]\x1b Rest. ") == "Lie down. [ [slnc 5000]] Rest."


def test_engines_are_found_in_the_order_of_preference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A natural one first; espeak only without espeak-ng; piper only with a model."""
    for name in ("espeak", "espeak-ng", "flite", "piper", "say", "powershell"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PIPER_VOICES", str(tmp_path / "none"))

    def found(platform: str) -> list[str]:
        return [engine.id for engine in find_engines(platform, tmp_path)]

    models = tmp_path / ".local/share/piper-voices"
    models.mkdir(parents=True)
    assert found("darwin") == ["say", "espeak-ng", "flite"]
    (models / "en_US-a-low.onnx").touch()
    (models / "en_US-a-low.onnx.json").touch()
    assert found("linux") == ["piper", "espeak-ng", "flite"]
    (tmp_path / "bin/espeak-ng").unlink()
    assert found("linux") == ["piper", "espeak", "flite"]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found("linux") == []
