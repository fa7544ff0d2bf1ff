"""The voice: which one speaks, what it will have to say, and the files that are ready to be played."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.ports import SpeechMaker, SpeechProblem, SpeechVoice, SpokenLine
from matsession.app.preferences import Preferences
from matsession.app.texts import speech_problem, tr
from matsession.domain.plan import Plan
from matsession.domain.preset_settings import VoiceWish
from matsession.domain.settings import Settings

LANGUAGE: Final = "en"
"""The language of the presets that come with the program, and so of the voices offered."""


def voice_to_use(voices: Sequence[SpeechVoice], chosen_id: str | None) -> SpeechVoice | None:
    """The chosen voice where it is there, else the first, which is the best; None where there is none."""
    best = voices[0] if voices else None
    return next((voice for voice in voices if voice.id == chosen_id), best)


def speaks(wish: bool | None, voice: SpeechVoice | None) -> bool:
    """Whether lines are spoken: as the person wished, else only by a natural voice."""
    if wish is not None:
        return wish
    return voice is not None and voice.natural


def wished(settings: Settings) -> bool | None:
    """Whether the person wants lines to be spoken; None where nothing was chosen."""
    return {VoiceWish.AS_FITS: None, VoiceWish.ON: True, VoiceWish.OFF: False}[VoiceWish(settings.voice)]


class Voice(QObject):
    """Has every line of a session made before it is needed. Nothing here waits for a voice.

    On by itself only where the voice is a natural one; the person's own choice counts more.
    """

    changed = Signal()
    """Voices, choice, problem or ``status()`` changed."""
    line_ready = Signal(str, object)
    """A text, and the Path of its file."""
    line_failed = Signal(str)
    """A text that will not be spoken."""
    sample_ready = Signal(object)
    """The Path of the sample asked for last."""
    sample_failed = Signal()

    def __init__(self, maker: SpeechMaker, parent: QObject | None = None) -> None:
        """Have lines made by ``maker``."""
        super().__init__(parent)
        self._maker = maker
        self._preferences: Preferences | None = None
        self._wish: bool | None = None
        self._chosen_id: str | None = None
        self._speed = 1.0
        self._texts: list[str] = []
        self._ready: set[str] = set()
        self._failed: set[SpokenLine] = set()
        self._sample: SpokenLine | None = None
        self._looked = False
        self._ordered_for: tuple[str | None, float, bool] | None = None
        maker.on_changed(self._on_maker_changed)
        maker.on_line(self._on_maker_line)

    # -- which voice ------------------------------------------------------------------------------

    def look(self) -> None:
        """Find out which voices there are, again if need be; ``changed`` tells when that is known."""
        self._looked = True
        self._maker.look()

    @property
    def voices(self) -> Sequence[SpeechVoice]:
        """Those that can be chosen, the best first; empty until looked."""
        return self._maker.voices(LANGUAGE) or ()

    @property
    def voice_id(self) -> str | None:
        """The voice that speaks: the chosen one, else the best; None where there is none."""
        known = self._maker.voices(LANGUAGE)
        if known is None:
            return self._chosen_id
        voice = voice_to_use(known, self._chosen_id)
        return voice.id if voice is not None else None

    @property
    def speed(self) -> float:
        """From 0.5 to 2.0; 1.0 is the usual pace."""
        return self._speed

    @property
    def enabled(self) -> bool:
        """Whether lines are spoken: as the person wished, else only with a natural voice."""
        return speaks(self._wish, voice_to_use(self.voices, self._chosen_id))

    def choose(self, *, enabled: bool | None, voice_id: str | None, speed: float) -> None:
        """Take over the person's settings; None means not chosen."""
        if (enabled, voice_id, speed) == (self._wish, self._chosen_id, self._speed):
            return
        self._wish, self._chosen_id, self._speed = enabled, voice_id, speed
        self._failed.clear()
        self._maker.forgive()
        self._order()

    def follow(self, preferences: Preferences) -> None:
        """Speak as these say, now and whenever they change."""
        self._preferences = preferences
        preferences.changed.connect(self._on_preferences_changed)
        self._on_preferences_changed()

    @Slot()
    def _on_preferences_changed(self) -> None:
        assert self._preferences is not None
        settings = self._preferences.in_session
        self.choose(enabled=wished(settings), voice_id=settings.voice_id or None, speed=settings.voice_speed)

    # -- what it has to say -----------------------------------------------------------------------

    def prepare(self, plan: Plan, also: Sequence[str] = ()) -> None:
        """Have the lines of this plan made in the order of time, then those in ``also``.

        To be called as early as a session is chosen, and again whenever its plan changes.
        """
        if not self.voices:
            self._looked = False  # one may have been installed since, or the disk mended
        texts = [*(cue.say for cue in plan.cues), *also]
        self._texts = list(dict.fromkeys(text for text in texts if _can_be_said(text)))
        self._failed.clear()
        self._order()

    def request(self, text: str) -> None:
        """Have this made as well, after all that is waiting."""
        if _can_be_said(text) and text not in self._texts:
            self._texts.append(text)
            self._order()

    def phrase(self, text: str) -> Path | None:
        """The file to play now; None where it is not ready: it then overtakes all others, for next time.

        Whoever cannot wait for ``line_ready`` strikes chimes instead.
        """
        path = self.path_for(text)
        line = self._line(text)
        if path is None and line is not None and _can_be_said(text):
            self._maker.hurry(line)
        return path

    def path_for(self, text: str) -> Path | None:
        """The file that says this with the voice and speed of now, or None; None while the voice is off."""
        line = self._line(text)
        return self._maker.path_for(line) if line is not None else None

    def sample(self, voice_id: str, speed: float) -> None:
        """Let a voice be heard, chosen or not; ``sample_ready`` or ``sample_failed`` follows."""
        text = tr("Breathe out slowly, and let your shoulders grow heavy.")
        line = SpokenLine(text, voice_id, speed)
        self._sample = line
        self._maker.forgive()  # a person who asks again has perhaps mended it
        path = self._maker.path_for(line)
        if path is not None:
            self._sample = None
            self.sample_ready.emit(path)
        else:
            self._maker.hurry(line)

    def close(self) -> None:
        """Make nothing more."""
        self._maker.close()

    # -- how it stands ----------------------------------------------------------------------------

    @property
    def ready_count(self) -> int:
        """How many of the lines wanted can be played."""
        return len(self._ready) if self._line("") is not None else 0

    @property
    def wanted_count(self) -> int:
        """How many lines were asked for."""
        return len(self._texts)

    def status(self) -> str:
        """One sentence for the page: "3 of 9 lines ready", or why nothing is spoken."""
        problem = self.problem_told()
        if problem and self._wish is not False:
            return problem
        if not self.enabled:
            return tr("The voice is off.")
        return tr("{ready} of {wanted} lines ready").format(ready=self.ready_count, wanted=self.wanted_count)

    def problem_told(self) -> str:
        """One sentence on why nothing can be spoken and what helps; empty where all is well."""
        known = self._maker.voices(LANGUAGE)
        problem = self._maker.problem(self.voice_id)
        if problem is None and known is not None and not known:
            problem = SpeechProblem.NO_ENGINE  # there are engines, and none speaks this language
        return speech_problem(problem) if problem is not None else ""

    # -- inside -----------------------------------------------------------------------------------

    def _line(self, text: str) -> SpokenLine | None:
        voice_id = self.voice_id
        return SpokenLine(text, voice_id, self._speed) if voice_id and self.enabled else None

    def _order(self) -> None:
        """Tell the maker what is missing, whatever was ordered before."""
        if self._texts and not self._looked and self._wish is not False:
            self.look()
        self._ordered_for = self._choice()
        lines = [line for text in self._texts if (line := self._line(text)) is not None]
        self._ready = {line.text for line in lines if self._maker.path_for(line) is not None}
        self._maker.order(
            [line for line in lines if line.text not in self._ready and line not in self._failed]
        )
        self.changed.emit()

    def _choice(self) -> tuple[str | None, float, bool]:
        return self.voice_id, self._speed, self.enabled

    @Slot()
    def _on_maker_changed(self) -> None:
        if self._choice() != self._ordered_for:
            self._order()
        else:
            self.changed.emit()

    @Slot(object, object)
    def _on_maker_line(self, line: SpokenLine, path: Path | None) -> None:
        if line == self._sample:
            self._sample = None
            if path is not None:
                self.sample_ready.emit(path)
            else:
                self.sample_failed.emit()
        if line != self._line(line.text):
            return
        if path is None:
            self._failed.add(line)
            self.line_failed.emit(line.text)
            return
        self.line_ready.emit(line.text, path)
        if line.text in self._texts:
            self._ready.add(line.text)
            self.changed.emit()


def _can_be_said(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
