"""Answers "how long still?" without a look: spoken where a voice is ready, else struck as chimes."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from matsession.app import texts
from matsession.app.ports import ChimePlayer
from matsession.app.session_runner import SessionRunner
from matsession.app.speaker import Speaker
from matsession.domain.events import SessionEnded
from matsession.domain.guidance import ChimeName
from matsession.domain.strikes import strokes

VOICE_WITHIN_MS = 500
"""A voice that has not answered by then is passed over: the person waits with closed eyes."""


class TimeTeller(QObject):
    """Tells the time left when it is asked, and never unasked; where the end is open, the time so far."""

    told = Signal(str)
    """The answer in words, for the screen and for screen readers."""

    def __init__(
        self, runner: SessionRunner, chimes: ChimePlayer, speaker: Speaker, parent: QObject | None = None
    ) -> None:
        """Tell of the session of ``runner``."""
        super().__init__(parent)
        self._runner = runner
        self._chimes = chimes
        self._speaker = speaker
        self._asked_for = ""
        self._time_s = 0.0
        self._strokes: list[float] = []
        self._next_stroke = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._next_stroke.timeout.connect(self._on_next_stroke_timeout)
        speaker.gave_up.connect(self._on_speaker_gave_up)
        runner.happened.connect(self._on_runner_happened)

    @property
    def striking(self) -> bool:
        """Whether more strokes are to come."""
        return self._next_stroke.isActive()

    @Slot()
    def tell(self) -> None:
        """Say or strike how long the session still lasts, or has lasted."""
        view = self._runner.view()
        if view is None or view.over:
            return
        self._next_stroke.stop()
        if view.in_preparation:
            self._time_s, sentence = view.preparation_left_s, texts.time_to_settle(view.preparation_left_s)
        elif view.plan.waits_for_person:
            self._time_s, sentence = view.elapsed_s, texts.time_so_far(view.elapsed_s)
        else:
            self._time_s, sentence = view.left_s, texts.time_left(view.left_s)
        self._asked_for = sentence
        self.told.emit(sentence)
        if not self._speaker.say(sentence, VOICE_WITHIN_MS):
            self._strike()

    @Slot(str)
    def _on_speaker_gave_up(self, sentence: str) -> None:
        if sentence == self._asked_for:
            self._strike()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, SessionEnded):
            self._asked_for = ""
            self._next_stroke.stop()

    def _strike(self) -> None:
        self._strokes = list(strokes(self._time_s))
        self._on_next_stroke_timeout()

    @Slot()
    def _on_next_stroke_timeout(self) -> None:
        at_s = self._strokes.pop(0)
        self._chimes.play(ChimeName.STRIKE)
        if self._strokes:
            self._next_stroke.start(round((self._strokes[0] - at_s) * 1000))
