"""Answers "how long still?" without a look: spoken where a voice is ready, else struck as chimes."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from matsession.app import texts
from matsession.app.ports import ChimePlayer
from matsession.app.session_runner import SessionRunner
from matsession.app.voice import Voice
from matsession.domain.guidance import ChimeName
from matsession.domain.strikes import strokes

VOICE_WITHIN_MS = 500
"""A voice that has not answered by then is passed over: the person waits with closed eyes."""


class TimeTeller(QObject):
    """Tells the time left when it is asked, and never unasked."""

    told = Signal(str)
    """The answer in words, for the screen and for screen readers."""

    def __init__(
        self, runner: SessionRunner, chimes: ChimePlayer, voice: Voice, parent: QObject | None = None
    ) -> None:
        """Tell of the session of ``runner``."""
        super().__init__(parent)
        self._runner = runner
        self._chimes = chimes
        self._voice = voice
        self._waiting_for = ""
        self._strokes: list[float] = []
        self._left_s = 0.0
        self._patience = self._timer(self._on_patience_timeout)
        self._next_stroke = self._timer(self._on_next_stroke_timeout)
        voice.line_ready.connect(self._on_voice_line_ready)

    def _timer(self, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    @Slot()
    def tell(self) -> None:
        """Say or strike how long the session still lasts."""
        view = self._runner.view()
        if view is None or view.over:
            return
        self._next_stroke.stop()
        self._left_s = view.preparation_left_s if view.in_preparation else view.left_s
        sentence = texts.time_left(self._left_s)
        self.told.emit(sentence)
        self._waiting_for = ""
        if not self._voice.enabled:
            self._strike()
            return
        path = self._voice.phrase(sentence)
        if path is not None:
            self._chimes.say(path)
            return
        self._waiting_for = sentence
        self._patience.start(VOICE_WITHIN_MS)

    @Slot(str, object)
    def _on_voice_line_ready(self, text: str, path: Path) -> None:
        if self._waiting_for and text == self._waiting_for:
            self._waiting_for = ""
            self._patience.stop()
            self._chimes.say(path)

    @Slot()
    def _on_patience_timeout(self) -> None:
        self._waiting_for = ""
        self._strike()

    def _strike(self) -> None:
        self._strokes = list(strokes(self._left_s))
        self._on_next_stroke_timeout()

    @Slot()
    def _on_next_stroke_timeout(self) -> None:
        at_s = self._strokes.pop(0)
        self._chimes.play(ChimeName.STRIKE)
        if self._strokes:
            self._next_stroke.start(round((self._strokes[0] - at_s) * 1000))
