"""Lets other players be silent for the length of a session, where the settings wish it."""

from PySide6.QtCore import QObject, QTimer, Slot

from matsession.app.ports import OtherPlayers
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import PreparationStarted, SessionEnded, SessionReopened
from matsession.domain.session import GO_ON_WITHIN_S


class OtherSound(QObject):
    """Pauses at Start what plays, and lets it play again some seconds after the end.

    Those seconds belong to the closing chime, and to whoever goes on after all.
    """

    def __init__(
        self,
        runner: SessionRunner,
        preferences: Preferences,
        players: OtherPlayers,
        parent: QObject | None = None,
    ) -> None:
        """Watch the session of ``runner``."""
        super().__init__(parent)
        self._preferences = preferences
        self._players = players
        self._resume = QTimer(self, singleShot=True)
        self._resume.timeout.connect(players.play_again)
        runner.happened.connect(self._on_runner_happened)
        if runner.active:
            self._pause_others()

    def _pause_others(self) -> None:
        if self._preferences.in_session.pause_players:
            self._players.pause()

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, PreparationStarted | SessionReopened):
            self._resume.stop()  # what was paused for the session before stays so until the end of this one
            self._pause_others()
        elif isinstance(event, SessionEnded):
            self._resume.start(round(GO_ON_WITHIN_S * 1000))
