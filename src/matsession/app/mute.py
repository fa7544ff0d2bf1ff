"""Silence for one session: a press takes it, and what was set stays as it is."""

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.session_runner import SessionRunner
from matsession.domain.events import Outcome, PreparationStarted, SessionEnded


class Mute(QObject):
    """Whether all is silent now. It never outlasts its session: nobody is to lie down and hear nothing."""

    changed = Signal()

    def __init__(self, runner: SessionRunner, parent: QObject | None = None) -> None:
        """Begin aloud; each session of ``runner`` begins aloud too."""
        super().__init__(parent)
        self._muted = False
        runner.happened.connect(self._on_runner_happened)

    @property
    def muted(self) -> bool:
        """Whether chimes, voice and background are silent."""
        return self._muted

    @Slot()
    def toggle(self) -> None:
        """Be silent, or aloud again."""
        self._set(not self._muted)

    @Slot()
    def lift(self) -> None:
        """Be aloud: the session, and what follows it, is over."""
        self._set(False)

    def _set(self, muted: bool) -> None:
        if muted is not self._muted:
            self._muted = muted
            self.changed.emit()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case PreparationStarted() | SessionEnded(outcome=Outcome.CANCELLED):
                self.lift()
            case _:
                pass
