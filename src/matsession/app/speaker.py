"""Says sentences that nobody could have prepared: answers, questions, what was pressed."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from matsession.app.ports import ChimePlayer
from matsession.app.voice import Voice

USUAL_PATIENCE_MS = 2000
"""A sentence that is no answer may take this long to be made; later it would be puzzling."""


class Speaker(QObject):
    """Says one sentence at a time, as soon as its file is ready. A newer one replaces one that waits.

    What was made once lies in the cache, so the same sentence is said at once the next time.
    """

    gave_up = Signal(str)
    """A sentence that was not ready in time, and will not be said."""

    def __init__(self, chimes: ChimePlayer, voice: Voice, parent: QObject | None = None) -> None:
        """Have ``voice`` make what is to be said on ``chimes``."""
        super().__init__(parent)
        self._chimes = chimes
        self._voice = voice
        self._waiting_for = ""
        self._patience = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._patience.timeout.connect(self._on_patience_timeout)
        voice.line_ready.connect(self._on_voice_line_ready)
        voice.line_failed.connect(self._on_voice_line_failed)

    def say(self, sentence: str, within_ms: int = USUAL_PATIENCE_MS) -> bool:
        """Say it within this time, or tell by ``gave_up``; False at once where the voice is off."""
        self._forget()
        if not self._voice.enabled:
            return False
        path = self._voice.phrase(sentence)
        if path is not None:
            self._chimes.say(path)
        else:
            self._waiting_for = sentence
            self._patience.start(within_ms)
        return True

    def _forget(self) -> str:
        sentence, self._waiting_for = self._waiting_for, ""
        self._patience.stop()
        return sentence

    @Slot(str, object)
    def _on_voice_line_ready(self, text: str, path: Path) -> None:
        if self._waiting_for and text == self._waiting_for:
            self._forget()
            self._chimes.say(path)

    @Slot(str)
    def _on_voice_line_failed(self, text: str) -> None:
        if self._waiting_for and text == self._waiting_for:
            self.gave_up.emit(self._forget())

    @Slot()
    def _on_patience_timeout(self) -> None:
        self.gave_up.emit(self._forget())
