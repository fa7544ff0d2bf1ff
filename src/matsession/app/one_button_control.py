"""The one-button grammar at work: presses and releases in, commands to the session out."""

import math

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from matsession.app.session_runner import SessionRunner
from matsession.app.time_teller import TimeTeller
from matsession.domain.events import PreparationStarted
from matsession.domain.one_button import Gesture, OneButton, Understood

SAFE_AFTER_START_S = 1.0
"""Nothing ends by accident in the first second: a key still held from Start is no wish to end."""


class OneButtonControl(QObject):
    """Understands one key. Windows hand it presses and releases of whatever counts as that key."""

    def __init__(self, runner: SessionRunner, teller: TimeTeller, parent: QObject | None = None) -> None:
        """Command ``runner``; ask ``teller`` for the time left."""
        super().__init__(parent)
        self._runner = runner
        self._teller = teller
        self._button = OneButton()
        self._started_s = -math.inf
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)
        runner.happened.connect(self._on_runner_happened)

    @Slot()
    def press(self) -> None:
        """The key went down."""
        self._understand(self._button.press(self._now_s()))

    @Slot()
    def release(self) -> None:
        """The key went up."""
        self._understand(self._button.release(self._now_s()))

    @Slot()
    def lose_focus(self) -> None:
        """Whether the key goes up will not be heard."""
        self._understand(self._button.lose_focus(self._now_s()))

    def _now_s(self) -> float:
        return self._runner.now().awake_s

    def _understand(self, understood: Understood) -> None:
        self._button, gestures = understood
        deadline_s = self._button.deadline_s()
        if deadline_s is None:
            self._timer.stop()
        else:
            self._timer.start(max(1, math.ceil((deadline_s - self._now_s()) * 1000)))
        for gesture in gestures:
            self._obey(gesture)

    def _obey(self, gesture: Gesture) -> None:
        match gesture:
            case Gesture.TIME_LEFT:
                self._teller.tell()
            case Gesture.PAUSE_OR_GO_ON:
                self._runner.toggle_pause()
            case Gesture.END:
                if self._now_s() - self._started_s >= SAFE_AFTER_START_S:
                    self._runner.stop()

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._understand(self._button.wait(self._now_s()))

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, PreparationStarted):
            self._started_s = event.at.awake_s
