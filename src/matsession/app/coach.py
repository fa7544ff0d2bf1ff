"""From events to what is heard: a chime for each cue that has one."""

import logging

from PySide6.QtCore import QObject, Slot

from matsession.app.ports import ChimePlayer
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import CueMissed, CueReached

log = logging.getLogger(__name__)


class Coach(QObject):
    """Listens to the session and rings."""

    def __init__(self, runner: SessionRunner, chimes: ChimePlayer, parent: QObject | None = None) -> None:
        """Ring what ``runner`` tells on ``chimes``."""
        super().__init__(parent)
        self._chimes = chimes
        runner.happened.connect(self._on_runner_happened)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case CueReached(cue=cue, late_s=late_s) if cue.chime is not None:
                sounded = self._chimes.play(cue.chime)
                log.info("chime %s at %d s, %.3f s late, sounded: %s", cue.chime, cue.at_s, late_s, sounded)
            case CueMissed(cue=cue, late_s=late_s) if cue.chime is not None:
                log.info("chime %s at %d s overtaken, %.1f s late", cue.chime, cue.at_s, late_s)
            case _:
                pass
