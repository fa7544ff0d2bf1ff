"""Notices an end that nobody can have heard, so that it can be seen instead."""

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import (
    Acknowledged,
    PreparationStarted,
    SessionEnded,
    SessionReopened,
    WakeAgain,
)
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport
from matsession.domain.session import Phase


class UnheardEnd(QObject):
    """Watches sessions that end by themselves; whoever ends one knows that it is over.

    An end is unheard where nothing can sound at that moment, or where its chime turns out not to have
    sounded. A wake chime that cannot sound counts as well.
    """

    noticed = Signal()
    """It is over, and nothing could be heard of it."""
    settled = Signal()
    """Somebody is there, or it was heard after all."""

    def __init__(
        self,
        runner: SessionRunner,
        chimes: ChimePlayer,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Watch the session of ``runner``, and what ``chimes`` tell of its closing chime."""
        super().__init__(parent)
        self._runner = runner
        self._chimes = chimes
        self._preferences = preferences
        self._over = False
        self._lost = False
        self._noticed = False
        runner.happened.connect(self._on_runner_happened)
        chimes.on_sounded(self._on_chimes_sounded)

    @Slot()
    def settle(self) -> None:
        """Somebody is there; nothing more is noticed of this end."""
        self._over = False
        self._take_back()

    def _silent(self) -> bool:
        levels = self._preferences.in_session.levels
        return self._chimes.problem() is not None or levels.get(ChimeName.CLOSE, 1.0) == 0

    def _notice(self) -> None:
        self._noticed = True
        self.noticed.emit()

    def _take_back(self) -> None:
        if self._noticed:
            self._noticed = False
            self.settled.emit()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted() | SessionReopened():
                self._lost = False
                self.settle()
            case SessionEnded() if self._runner.phase is Phase.FINISHED:
                self._over = True
                if self._lost or self._silent():
                    self._notice()
            case WakeAgain() if self._over and self._silent():
                self._notice()
            case Acknowledged():
                self.settle()
            case _:
                pass

    def _on_chimes_sounded(self, report: CueReport) -> None:
        if report.chime is not ChimeName.CLOSE:
            return
        self._lost = not report.sounded  # told before the end where that is known at once
        if self._over and self._lost and not self._noticed:
            self._notice()
        elif report.sounded and not self._silent():
            self._take_back()
