"""Lets a preset be tried: the whole session, twenty times faster, with its sounds, and with no trace left.

It has a runner of its own, which the history, the reminders and the desktop know nothing of. What is heard is
no cue of a session, so no proof of ring is kept. At this pace chimes come closer together than they last:
each fades out when the next one begins. Lines are not spoken, for there is no time for them.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.fast_clock import FastClock
from matsession.app.ports import ChimePlayer, Clock
from matsession.app.preferences import Preferences
from matsession.app.session_launcher import SessionLauncher
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import CueAhead, CueReached, PauseReason, SessionEnded, SessionPaused
from matsession.domain.guidance import Guidance
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.preset import Preset
from matsession.domain.session import SessionView

PACE: Final = 20
"""So many seconds of the session pass in one."""

READY_S: Final = 1.0
"""Real time before the first chime, in which the sound output opens."""

FADE_S: Final = 0.5
"""The background comes and goes over so many seconds."""


class TryOut(QObject):
    """One try at a time. A real session always comes first, and ends it."""

    began = Signal()
    ticked = Signal(object)
    """The ``SessionView`` of the try."""
    ended = Signal()
    """It is over, or was ended."""

    def __init__(
        self,
        clock: Clock,
        chimes: ChimePlayer,
        preferences: Preferences,
        launcher: SessionLauncher,
        real: SessionRunner,
        guidance: Guidance,
        loops: Path,
        parent: QObject | None = None,
    ) -> None:
        """Play on ``chimes``; ``real`` is the runner of real sessions, ``loops`` the built-in backgrounds."""
        super().__init__(parent)
        self._clock = clock
        self._chimes = chimes
        self._preferences = preferences
        self._real = real
        self._guidance = guidance
        self._loops = loops
        self._fast: FastClock | None = None
        self._runner: SessionRunner | None = None
        self._handed_over: set[float] = set()
        launcher.starting.connect(self.end)

    @property
    def running(self) -> bool:
        """Whether a try is under way."""
        return self._runner is not None

    @property
    def runner(self) -> SessionRunner | None:
        """What leads through the try; None where there is none."""
        return self._runner

    @property
    def possible(self) -> bool:
        """Whether there is no session that it would disturb."""
        return not self._real.active

    def begin(self, preset: Preset, total_s: int) -> bool:
        """Try it at this length. False where a real session runs. Raises LengthError."""
        settings = self._preferences.settings.for_preset(preset)
        options = PlanOptions(settings.interval_min * 60 or None, settings.warning_s or None)
        plan = compile_plan(preset, total_s, self._guidance, options)
        if not self.possible:
            return False
        self.end()
        self._preferences.hold_for(preset)
        self._fast = FastClock(self._clock, PACE)
        self._runner = SessionRunner(self._fast, self, pace=PACE)
        self._handed_over = set()
        self._runner.happened.connect(self._on_runner_happened)
        self._runner.ticked.connect(self.ticked)
        self._runner.set_display_step(PACE / 10)
        self._chimes.prepare()
        if settings.background:
            from matsession.app.mixing_desk import background_file

            file = background_file(settings, self._loops)
            self._chimes.set_background(file, settings.background_level, FADE_S)
        self._runner.start(plan, READY_S * PACE)
        self.began.emit()
        return True

    @Slot()
    def end(self) -> None:
        """Be silent and forget it; nothing happens where none is under way."""
        self._stop(quietly=False)

    def _stop(self, *, quietly: bool) -> None:
        runner, self._runner = self._runner, None
        if runner is None:
            return
        runner.happened.disconnect(self._on_runner_happened)
        runner.ticked.disconnect(self.ticked)
        runner.end()
        runner.deleteLater()
        self._chimes.set_background(None, 0.0, FADE_S)
        if not quietly:
            self._chimes.cancel()
            self._chimes.hush()
        self._chimes.release()
        if not self._real.active:
            self._preferences.hold_for(None)
        self.ended.emit()

    def view(self) -> SessionView | None:
        """How the try stands; None where there is none."""
        return self._runner.view() if self._runner is not None else None

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case CueAhead(at=at, cue=cue, in_s=in_s) if cue.chime is not None and self._fast is not None:
                self._chimes.hush()  # the one before gives way
                self._chimes.schedule(cue.chime, None, self._fast.real_awake_s(at.awake_s + in_s))
                self._handed_over.add(cue.at_s)
            case CueReached(cue=cue) if cue.chime is not None and cue.at_s not in self._handed_over:
                self._chimes.hush()
                self._chimes.play(cue.chime)
            case SessionPaused(reason=PauseReason.SLEEP):
                self.end()  # the computer slept: nobody listens any more
            case SessionEnded():
                self._stop(quietly=True)  # the last chime rings out
            case _:
                pass
