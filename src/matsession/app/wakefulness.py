"""Keeps the computer awake while a session runs and its wake chime may return; else lets it sleep."""

from PySide6.QtCore import QObject, Slot

from matsession.app.ports import KeepAwake
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.session import Phase


class Wakefulness(QObject):
    """A computer that sleeps gives no chime. The screen may go dark, unless the settings say otherwise."""

    def __init__(
        self,
        runner: SessionRunner,
        preferences: Preferences,
        computer: KeepAwake,
        parent: QObject | None = None,
    ) -> None:
        """Watch the session of ``runner``."""
        super().__init__(parent)
        self._runner = runner
        self._preferences = preferences
        self._computer = computer
        self._kept: tuple[bool, bool] = (False, False)
        runner.happened.connect(self._look)
        preferences.changed.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        under_way = self._runner.phase in (Phase.PREPARATION, Phase.RUNNING)
        wanted = (
            under_way or self._runner.to_wake,  # who has fallen asleep is still to be woken
            under_way and self._preferences.in_session.keep_screen_on,
        )
        if wanted != self._kept:
            self._kept = wanted
            self._computer.keep(awake=wanted[0], screen=wanted[1])
