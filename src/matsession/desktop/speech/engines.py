"""The speech programs: for each a command line that writes a WAV file, and a way to list its voices.

The text always comes from a file, most often as standard input; it is never part of a command line.
What was tried and what was not stands in the table of the package.
"""

import base64
import math
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from matsession.app.ports import FASTEST, SLOWEST, SpeechVoice

NORMAL_WORDS_PER_MINUTE: Final = 160
"""Speed 1.0 where an engine counts words; somewhat calmer than the 175 of espeak-ng and say."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program to be started without a shell."""

    program: str
    arguments: Sequence[str]
    stdin: Path | None = None
    """A file to read as standard input; None for an empty one."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What is set besides the environment of our own."""


class SpeechEngine(Protocol):
    """A program that can turn text into a WAV file."""

    @property
    def id(self) -> str:
        """One word, the same for ever: it is part of saved voice ids and of cache names."""
        ...

    @property
    def natural(self) -> bool:
        """Whether it may speak without being asked to."""
        ...

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """The command that reads ``text_file`` (UTF-8, one line) with this voice and speed into ``wav``."""
        ...

    def listing(self) -> Command:
        """The command whose output ``voices`` understands."""
        ...

    def voices(self, listing: str) -> list[SpeechVoice]:
        """The voices in the output of ``listing``, the one to use first in front."""
        ...


def find_engines(platform: str = sys.platform, home: Path | None = None) -> list[SpeechEngine]:
    """The engines installed here, the one to prefer first."""
    found: list[SpeechEngine] = []
    if platform == "darwin" and (say := shutil.which("say")):
        found.append(Say(say))
    if platform == "win32" and (powershell := shutil.which("powershell")):
        found.append(WindowsSpeech(powershell))
    # Debian's "piper" sets up gaming mice: the other name is asked for first, and see Piper.listing.
    piper = shutil.which("piper-tts") or shutil.which("piper")
    if piper and (models := piper_models(os.environ, home or Path.home())):
        found.append(Piper(piper, tuple(models)))
    for name in ("espeak-ng", "espeak"):
        if espeak := shutil.which(name):
            found.append(Espeak(espeak, name))
            break
    if flite := shutil.which("flite"):
        found.append(Flite(flite))
    return found


# -- Linux -------------------------------------------------------------------------------------------


_COUNTRY: Final = re.compile("[a-z]{2,3}(-[a-z]{2})?")


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng, or the older espeak with the same options."""

    program: str
    id: str = "espeak-ng"
    natural: bool = False

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """Into a file by ``-w``: what it writes to standard output has no length in its header."""
        words = str(round(NORMAL_WORDS_PER_MINUTE * speed))
        options = ["-v", voice, "-s", words, "-b", "1", "-w", str(wav), "--stdin"]
        return Command(self.program, options, stdin=text_file)

    def listing(self) -> Command:
        """A table with the columns Pty, Language, Age/Gender, VoiceName, File."""
        return Command(self.program, ["--voices"])

    def voices(self, listing: str) -> list[SpeechVoice]:
        """Those of its own, a country's before a town's; mbrola ones are listed even without their data."""
        found: dict[str, SpeechVoice] = {}
        for line in listing.splitlines():
            columns = line.split()
            if len(columns) < 5 or not columns[0].isdigit():
                continue
            language, name, file = columns[1], columns[3], columns[4]
            if file.startswith(("mb/", "!v/")) or language == "variant":
                continue
            found.setdefault(language, _voice(self, language, name.replace("_", " "), language))
        return sorted(found.values(), key=lambda voice: not _COUNTRY.fullmatch(voice.language))


@dataclass(frozen=True, slots=True)
class Flite:
    """flite: small, English only."""

    program: str
    id: str = "flite"
    natural: bool = False

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """The file is named by an option of its own, so that its name is never taken for a text."""
        stretch = f"duration_stretch={1 / speed:.3f}"
        options = ["-voice", voice, "--setf", stretch, "-f", str(text_file), "-o", str(wav)]
        return Command(self.program, options)

    def listing(self) -> Command:
        """One line: "Voices available: kal awb ..."."""
        return Command(self.program, ["-lv"])

    def voices(self, listing: str) -> list[SpeechVoice]:
        """The best first; awb_time is left out, it can say nothing but the time."""
        _, _, names = listing.partition("Voices available:")
        there = [name for name in names.split() if name != "awb_time"]
        best = ["slt", "rms", "awb", "kal16", "kal"]
        there.sort(key=lambda name: best.index(name) if name in best else len(best))
        return [_voice(self, name, name, "en-gb" if name == "awb" else "en-us") for name in there]


def piper_models(environ: Mapping[str, str], home: Path) -> list[Path]:
    """The voice models of piper in their usual places, by name."""
    places = [home / ".local/share/piper-voices", Path("/usr/share/piper-voices")]
    if own := environ.get("PIPER_VOICES"):
        places.insert(0, Path(own))
    models: dict[str, Path] = {}
    for place in places:
        for model in sorted(place.rglob("*.onnx")):
            # Without the file beside it piper cannot use the model.
            if model.with_name(f"{model.name}.json").is_file():
                models.setdefault(model.stem, model)
    return list(models.values())


@dataclass(frozen=True, slots=True)
class Piper:
    """piper: a voice close to a person's. Not tried with a model; options after its source."""

    program: str
    models: tuple[Path, ...]
    id: str = "piper"
    natural: bool = True

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """Spelt with underscores, which the older program in C++ and the newer in Python both know."""
        model = next((str(model) for model in self.models if model.stem == voice), voice)
        scale = f"{1 / speed:.3f}"
        options = ["--model", model, "--length_scale", scale, "--output_file", str(wav)]
        # The newer one reads standard input in the encoding of the desktop's language, unless told.
        return Command(self.program, options, stdin=text_file, environment={"PYTHONUTF8": "1"})

    def listing(self) -> Command:
        """Its help, to be sure that it is this piper and not the one that sets up gaming mice."""
        return Command(self.program, ["--help"])

    def voices(self, listing: str) -> list[SpeechVoice]:
        """The models found; they are named after language, speaker and quality: en_US-lessac-medium."""
        if "--model" not in listing:
            return []
        return [
            _voice(self, model.stem, model.stem.partition("-")[2] or model.stem, model.stem.partition("-")[0])
            for model in self.models
        ]


# -- macOS -------------------------------------------------------------------------------------------

_SAY_VOICE: Final = re.compile(r"^(?P<name>.+?)\s+(?P<language>[a-z]{2,3}[_-]\w+)\s+#", re.MULTILINE)

_SAY_JESTERS: Final = {
    *("Albert", "Bad News", "Bahh", "Bells", "Boing", "Bubbles", "Cellos", "Deranged", "Fred", "Good News"),
    *("Hysterical", "Jester", "Junior", "Kathy", "Organ", "Pipe Organ", "Princess", "Ralph", "Superstar"),
    *("Trinoids", "Whisper", "Wobble", "Zarvox"),
}
"""Voices made for fun or long ago; nobody lies down to them."""


@dataclass(frozen=True, slots=True)
class Say:
    """The system voices of macOS. Not tried; options after the manual of ``say``."""

    program: str
    id: str = "say"
    natural: bool = True

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """As 16-bit samples, which every player can read."""
        words = str(round(NORMAL_WORDS_PER_MINUTE * speed))
        options = ["-v", voice, "-r", words, "-f", str(text_file), "-o", str(wav)]
        return Command(self.program, [*options, "--data-format=LEI16@22050"])

    def listing(self) -> Command:
        """Lines like "Samantha  en_US  # Hello! My name is Samantha."."""
        return Command(self.program, ["-v", "?"])

    def voices(self, listing: str) -> list[SpeechVoice]:
        """Those the person has fetched in better quality come first, then Samantha and Daniel."""
        found = [
            _voice(self, match["name"], match["name"], match["language"])
            for match in _SAY_VOICE.finditer(listing)
            if match["name"] not in _SAY_JESTERS
        ]
        marks = ("(Premium)", "(Enhanced)", "Samantha", "Daniel")
        found.sort(
            key=lambda voice: next((i for i, mark in enumerate(marks) if mark in voice.name), len(marks))
        )
        return found


# -- Windows -----------------------------------------------------------------------------------------

_WINDOWS_LIST: Final = """
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)
Add-Type -AssemblyName System.Speech
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
foreach ($voice in $speaker.GetInstalledVoices()) {
    if ($voice.Enabled) { "$($voice.VoiceInfo.Name)`t$($voice.VoiceInfo.Culture.Name)" }
}
"""

_WINDOWS_SPEAK: Final = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$text = [IO.File]::ReadAllText($env:MATSESSION_TEXT, [Text.Encoding]::UTF8)
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
$speaker.SelectVoice($env:MATSESSION_VOICE)
$speaker.Rate = [int]$env:MATSESSION_RATE
$speaker.SetOutputToWaveFile($env:MATSESSION_WAV)
$speaker.Speak($text)
$speaker.Dispose()
"""


@dataclass(frozen=True, slots=True)
class WindowsSpeech:
    """The system voices of Windows, by the PowerShell that comes with it. Not tried.

    The scripts are fixed; all that changes is handed over in the environment, and the text in a file:
    PowerShell takes its standard input for itself.
    """

    program: str
    id: str = "windows"
    natural: bool = True

    def speak(self, text_file: Path, wav: Path, voice: str, speed: float) -> Command:
        """A Rate of 10 is three times as fast, -10 a third, by its documentation."""
        environment = {
            "MATSESSION_TEXT": str(text_file),
            "MATSESSION_VOICE": voice,
            "MATSESSION_RATE": str(round(10 * math.log(speed, 3))),
            "MATSESSION_WAV": str(wav),
        }
        return Command(self.program, _powershell(_WINDOWS_SPEAK), environment=environment)

    def listing(self) -> Command:
        """Lines of a name, a tab and a language."""
        return Command(self.program, _powershell(_WINDOWS_LIST))

    def voices(self, listing: str) -> list[SpeechVoice]:
        """In the order of the system."""
        pairs = [line.strip().split("\t") for line in listing.splitlines()]
        return [_voice(self, pair[0], pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _powershell(script: str) -> list[str]:
    encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
    return ["-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]


def _voice(engine: SpeechEngine, voice: str, name: str, language: str) -> SpeechVoice:
    return SpeechVoice(f"{engine.id}/{voice}", name, language.replace("_", "-").lower(), engine.natural)


def split_voice_id(voice_id: str) -> tuple[str, str]:
    """The engine and its own name of the voice."""
    engine, _, voice = voice_id.partition("/")
    return engine, voice


def usable_speed(speed: float) -> float:
    """A speed every engine can do, in steps that are worth a file of their own."""
    return round(min(FASTEST, max(SLOWEST, speed)), 2)


def spoken_text(text: str) -> str:
    """The text as engines get it: one line, without what espeak and say would take for commands."""
    words = "".join(letter if letter.isprintable() else " " for letter in text).split()
    return " ".join(words).replace("[[", "[ [")
