"""The one way by which a session is started, from the window, a terminal or elsewhere."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app.journal import Journal
from matsession.app.ports import ChimePlayer, SessionLock
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.errors import MatSessionError
from matsession.domain.events import Acknowledged, SessionEnded, SessionReopened
from matsession.domain.guidance import Guidance
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.preset import Preset
from matsession.domain.session import WAKE_AGAIN_S, Phase


class SessionRunningError(MatSessionError):
    """There is a session already, here or in another MatSession program."""


RING_OUT_S: Final = 10.0
"""So long after the last thing that may sound the settings of its preset still hold."""


class SessionLauncher(QObject):
    """Starts sessions, one at a time. In each the settings hold that its preset brings along."""

    starting = Signal()
    """A session is about to start: whoever uses the sound for something else leaves it now."""

    def __init__(
        self,
        runner: SessionRunner,
        journal: Journal,
        chimes: ChimePlayer,
        lock: SessionLock,
        guidance: Guidance,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Join those that take part in a start."""
        super().__init__(parent)
        self._runner = runner
        self._journal = journal
        self._chimes = chimes
        self._lock = lock
        self._guidance = guidance
        self._preferences = preferences
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self._on_after_timeout)
        runner.happened.connect(self._on_runner_happened)

    def start(
        self,
        preset: Preset,
        total_s: int,
        preparation_s: float,
        rating_before: int | None = None,
        *,
        open_ended: bool = False,
    ) -> None:
        """Start a session of ``total_s`` seconds after ``preparation_s`` seconds to settle in.

        ``open_ended``: the person says when it ends; ``total_s`` is passed over. Raises LengthError for a
        length the preset does not allow, SessionRunningError when a session runs.
        """
        settings = self._preferences.settings.for_preset(preset)
        options = PlanOptions(
            interval_s=settings.interval_min * 60 or None,
            warning_s=settings.warning_s or None,
            open_ended=open_ended,
        )
        plan = compile_plan(preset, total_s, self._guidance, options)
        view = self._runner.view()
        if view is not None and view.phase is Phase.PAUSED:
            raise SessionRunningError(
                "A session is paused.", "Go on with it or end it before you start another."
            )
        if self._runner.active:
            raise SessionRunningError("A session is running already.", "End it before you start another.")
        if not self._lock.acquire():
            raise SessionRunningError(
                "Another MatSession program is running a session.", "End it there before you start one here."
            )
        self.starting.emit()
        self._after.stop()
        self._preferences.hold_for(preset)
        self._chimes.prepare()  # before the rest, so that opening the sound output delays no chime
        self._journal.set_rating_before(rating_before)
        self._runner.start(plan, preparation_s, WAKE_AGAIN_S if settings.doze_guard else ())

    def no_session_elsewhere(self) -> bool:
        """Whether no program runs a session now, so that open lines of history were left by a crash."""
        if self._runner.active:
            return False
        if not self._lock.acquire():
            return False
        self._lock.release()
        return True

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case SessionEnded():
                self._lock.release()
                waits_s = WAKE_AGAIN_S[-1] if self._preferences.in_session.doze_guard else 0.0
                self._after.start(round((waits_s + RING_OUT_S) * 1000))
            case Acknowledged():
                self._after.start(round(RING_OUT_S * 1000))
            case SessionReopened(plan=plan):
                self._lock.acquire()
                self._after.stop()
                self._preferences.hold_for(plan.preset)
            case _:
                pass

    @Slot()
    def _on_after_timeout(self) -> None:
        if not self._runner.active:
            self._preferences.hold_for(None)
