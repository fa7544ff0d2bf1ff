"""From events to what is heard: a chime for each cue that has one, then the line that belongs to it."""

import logging

from PySide6.QtCore import QObject, Slot

from matsession.app.event_words import extension, slept
from matsession.app.ports import ChimePlayer
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.app.voice import Voice
from matsession.domain.events import (
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
    WakeAgain,
    WayBackStarted,
)
from matsession.domain.guidance import ChimeName

log = logging.getLogger(__name__)


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
        parent: QObject | None = None,
    ) -> None:
        """Ring what ``runner`` tells on ``chimes``, and say what ``voice`` has ready.

        ``speaker`` says what could not be prepared.
        """
        super().__init__(parent)
        self._chimes = chimes
        self._voice = voice
        self._speaker = speaker
        runner.happened.connect(self._on_runner_happened)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case CueAhead(at=at, cue=cue, in_s=in_s):
                if cue.chime is not None:
                    self._chimes.schedule(cue.chime, cue.at_s, at.awake_s + in_s)
            case PreparationStarted(plan=plan):
                self._voice.prepare(plan)
            case CueReached(cue=cue, late_s=late_s):
                if cue.chime is not None:
                    self._chimes.play(cue.chime, cue.at_s, late_s)
                self._say(cue.say, cue.chime)
            case CueMissed(cue=cue, late_s=late_s) if cue.chime is not None:
                log.info("chime %s at %d s overtaken, %.1f s late", cue.chime, cue.at_s, late_s)
            case SessionPaused(reason=reason, slept_s=slept_s):
                self._chimes.cancel()
                if reason is PauseReason.SLEEP:
                    self._chimes.play(ChimeName.CHECK)
                    self._speaker.say(slept(slept_s))
            case SessionExtended(plan=plan):
                self._chimes.cancel()
                self._voice.prepare(plan)
                self._speaker.say(extension(event))
            case PreparationExtended() | ExtensionRefused():
                self._speaker.say(extension(event))
            case WayBackStarted(plan=plan):
                self._chimes.cancel()
                self._voice.prepare(plan)
            case SessionEnded():
                self._chimes.cancel()
                self._chimes.release()
            case SessionReopened(plan=plan):
                self._chimes.prepare()
                self._voice.prepare(plan)
            case WakeAgain():
                self._chimes.play(ChimeName.WAKE)
            case _:
                pass

    def _say(self, line: str, after: ChimeName | None) -> None:
        path = self._voice.path_for(line) if line else None
        if path is not None:
            self._chimes.say(path, after)
