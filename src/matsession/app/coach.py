"""From events to what is heard: a chime for each cue that has one, then the line that belongs to it."""

import logging
from typing import Final

from PySide6.QtCore import QObject, Slot

from matsession.app.event_words import extension, slept
from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.voice import Voice
from matsession.domain.doze_guard import wake_level
from matsession.domain.events import (
    Acknowledged,
    CueAhead,
    CueMissed,
    CueReached,
    ExtensionRefused,
    PauseReason,
    PreparationExtended,
    PreparationStarted,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionReopened,
    SessionResumed,
    SessionStarted,
    WakeAgain,
    WayBackStarted,
)
from matsession.domain.guidance import ChimeName
from matsession.domain.moment import Moment

log = logging.getLogger(__name__)

HEARING_CHECK_AFTER_S: Final = 1.5
"""The end chime is checked so long after Start: sound is ready by then, and the person still near."""
HEARING_CHECK_FROM_S: Final = 8.0
"""Less time to settle in has no room for it: its strokes take three seconds, and the first chime follows."""


class Coach(QObject):
    """Listens to the session, rings and speaks.

    Each chime is handed over when its cue is announced, with its moment; so it is on time even when this
    program is held up. What changes the session's time calls it off, and the session announces it again.
    """

    def __init__(
        self,
        runner: SessionRunner,
        chimes: ChimePlayer,
        voice: Voice,
        speaker: Speaker,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Ring what ``runner`` tells on ``chimes``, and say what ``voice`` has ready.

        ``speaker`` says what could not be prepared.
        """
        super().__init__(parent)
        self._chimes = chimes
        self._voice = voice
        self._speaker = speaker
        self._preferences = preferences
        self._confirming = ""
        speaker.gave_up.connect(self._on_speaker_gave_up)
        runner.happened.connect(self._on_runner_happened)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case CueAhead(at=at, cue=cue, in_s=in_s):
                if cue.chime is not None:
                    self._chimes.schedule(cue.chime, cue.at_s, at.awake_s + in_s)
            case PreparationStarted(at=at, plan=plan, preparation_s=preparation_s):
                self._voice.prepare(plan)
                self._check_hearing(at, preparation_s)
            case SessionStarted() | Acknowledged():
                self._chimes.hush()
            case CueReached(cue=cue, late_s=late_s):
                if cue.chime is not None:
                    self._chimes.play(cue.chime, cue.at_s, late_s)
                # A line without a chime waits for the confirmation that may still sound.
                self._say(cue.say, cue.chime or ChimeName.GO_ON)
            case CueMissed(cue=cue, late_s=late_s) if cue.chime is not None:
                log.info("chime %s at %d s overtaken, %.1f s late", cue.chime, cue.at_s, late_s)
            case SessionPaused(reason=reason, slept_s=slept_s):
                self._chimes.cancel()
                self._chimes.hush()
                if reason is PauseReason.SLEEP:
                    self._chimes.play(ChimeName.CHECK)
                    self._speaker.say(slept(slept_s))
                else:
                    self._chimes.play(ChimeName.PAUSE)
            case SessionResumed():
                self._chimes.play(ChimeName.GO_ON)
            case SessionExtended(plan=plan):
                self._chimes.cancel()
                self._voice.prepare(plan)
                self._confirm(extension(event))
            case PreparationExtended():
                self._chimes.cancel()
                self._confirm(extension(event))
            case ExtensionRefused():
                self._speaker.say(extension(event))
            case WayBackStarted(plan=plan):
                self._chimes.cancel()
                self._voice.prepare(plan)
            case SessionEnded():
                self._chimes.cancel()
                self._chimes.hush()
                self._chimes.release()
            case SessionReopened(plan=plan):
                self._chimes.prepare()
                self._voice.prepare(plan)
                self._chimes.play(ChimeName.GO_ON)
            case WakeAgain(number=number, of=of):
                self._wake_again(number, of)
            case _:
                pass

    def _check_hearing(self, at: Moment, preparation_s: float) -> None:
        """Let the end chime be heard once as loud as it will be, while the person can still mend it."""
        if self._preferences.in_session.hearing_check and preparation_s >= HEARING_CHECK_FROM_S:
            self._chimes.schedule(ChimeName.CLOSE, None, at.awake_s + HEARING_CHECK_AFTER_S)

    def _confirm(self, sentence: str) -> None:
        """Say it; where no voice does, a chime tells as much."""
        self._confirming = sentence
        if not self._speaker.say(sentence):
            self._on_speaker_gave_up(sentence)

    def _wake_again(self, number: int, of: int) -> None:
        settings = self._preferences.in_session
        start = settings.heard_level(self._chimes.output_name(), ChimeName.WAKE)
        self._chimes.play(ChimeName.WAKE, level=wake_level(number, of, start, settings.doze_ceiling))

    @Slot(str)
    def _on_speaker_gave_up(self, sentence: str) -> None:
        if sentence and sentence == self._confirming:
            self._confirming = ""
            self._chimes.play(ChimeName.GO_ON)

    def _say(self, line: str, after: ChimeName | None) -> None:
        path = self._voice.path_for(line) if line else None
        if path is not None:
            self._chimes.say(path, after)
