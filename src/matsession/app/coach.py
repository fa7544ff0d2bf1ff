"""From events to what is heard: a chime for each cue that has one, then the line that belongs to it."""

import logging

from PySide6.QtCore import QObject, Slot

from matsession.app.ports import ChimePlayer
from matsession.app.session_runner import SessionRunner
from matsession.app.voice import Voice
from matsession.domain.events import (
    CueAhead,
    CueMissed,
    CueReached,
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
        self, runner: SessionRunner, chimes: ChimePlayer, voice: Voice, parent: QObject | None = None
    ) -> None:
        """Ring what ``runner`` tells on ``chimes``, and say what ``voice`` has ready."""
        super().__init__(parent)
        self._chimes = chimes
        self._voice = voice
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
            case SessionPaused():
                self._chimes.cancel()
            case SessionExtended(plan=plan) | WayBackStarted(plan=plan):
                self._chimes.cancel()
                self._voice.prepare(plan)
            case SessionEnded():
                self._chimes.cancel()
                self._chimes.release()
            case SessionReopened():
                self._chimes.prepare()
            case WakeAgain():
                self._chimes.play(ChimeName.WAKE)
            case _:
                pass

    def _say(self, line: str, after: ChimeName | None) -> None:
        path = self._voice.path_for(line) if line else None
        if path is not None:
            self._chimes.say(path, after)
