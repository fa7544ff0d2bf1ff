"""The breathing pacer: how full the lungs are, the word for it, and the timer behind what moves.

The pictures of ring and mat view are made from a SessionView; between the ticks of the session this wakes
them for each frame of a breath. It sleeps while nothing can be seen of it, while a breath is held, in a
pause, and where there is no pattern to follow.
"""

import math
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.guidance import Breathing, BreathMoment, BreathPhase
from matsession.domain.session import SessionView
from matsession.ui.sight import can_be_seen

FRAME_S: Final = 0.05
"""Twenty frames a second while the breath moves."""

STILL: Final = 0.5
"""How full the lungs are drawn where nothing is to move."""


def fullness(pattern: Breathing, moment: BreathMoment) -> float:
    """How full the lungs are, from 0 to 1: half a wave over each phase in and out."""
    eased = (1 - math.cos(math.pi * moment.progress)) / 2
    in_s = pattern.inhale_s + pattern.top_up_s
    first = pattern.inhale_s / in_s if in_s > 0 else 1.0
    match moment.phase:
        case BreathPhase.IN:
            return first * eased
        case BreathPhase.TOP_UP:
            return first + (1 - first) * eased
        case BreathPhase.HOLD_IN:
            return 1.0
        case BreathPhase.OUT:
            return 1.0 - eased
        case BreathPhase.HOLD_OUT:
            return 0.0


def fullness_of(view: SessionView, *, still: bool) -> float | None:
    """How full the lungs are to be drawn; None where there is no breath to follow."""
    if view.breath is None:
        return None
    return STILL if still else fullness(view.plan.guidance.breath(view.step.step.breath), view.breath)


def breath_words(moment: BreathMoment, *, still: bool) -> str:
    """What the pacer says; where nothing moves, with the seconds the phase still lasts."""
    word = texts.breath_word(moment.phase)
    if not still:
        return word
    seconds = max(1, math.ceil(moment.phase_remaining_s - 1e-6))
    return texts.tr("{breathe} {seconds}").format(breathe=word, seconds=seconds)


def until_next_frame_s(moment: BreathMoment | None, *, still: bool) -> float | None:
    """When the breath looks different next; None where it does not."""
    if moment is None:
        return None
    left_s = moment.phase_remaining_s
    if still:  # until the count is another
        return left_s - (math.ceil(left_s - 1e-6) - 1)
    held = moment.phase in (BreathPhase.HOLD_IN, BreathPhase.HOLD_OUT)
    return left_s if held else min(FRAME_S, left_s)


class BreathPacer(QObject):
    """Tells how the session stands at each frame of a breath, as long as ``display`` can be seen."""

    moved = Signal(object)
    """The ``SessionView`` of this frame."""

    def __init__(self, runner: SessionRunner, preferences: Preferences, display: QWidget) -> None:
        """Pace what ``display`` shows of the session of ``runner``."""
        super().__init__(display)
        self._runner = runner
        self._preferences = preferences
        self._covered = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)
        runner.ticked.connect(self._on_runner_ticked)

    @property
    def still(self) -> bool:
        """Whether nothing is to move by itself."""
        return self._preferences.settings.reduce_motion

    @property
    def moving(self) -> bool:
        """Whether there is a frame to come."""
        return self._timer.isActive()

    def set_covered(self, covered: bool) -> None:
        """Another window lies above, and nobody would see anything move."""
        self._covered = covered
        view = self._runner.view()
        if view is not None:
            self._arm(view)

    def _can_be_seen(self) -> bool:
        # Asked for, not kept: parent and child that hold each other go only as garbage.
        display = self.parent()
        return isinstance(display, QWidget) and not self._covered and can_be_seen(display)

    def _arm(self, view: SessionView) -> None:
        wait_s = until_next_frame_s(view.breath, still=self.still)
        # A window that comes back is told the time at once, and that tick finds its way here.
        if wait_s is None or not self._can_be_seen():
            self._timer.stop()
        else:
            self._timer.start(max(1, math.ceil(wait_s * 1000)))

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        self._arm(view)

    @Slot()
    def _on_timer_timeout(self) -> None:
        view = self._runner.view()
        if view is not None:
            self._arm(view)
            if self._timer.isActive() or view.breath is None:
                self.moved.emit(view)
