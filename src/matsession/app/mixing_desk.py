"""Brings the person's sound settings to the sound output, and lets the background follow the session."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Slot

from matsession.app.mute import Mute
from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import (
    CueAhead,
    SessionEnded,
    SessionExtended,
    SessionPaused,
    SessionReopened,
    SessionResumed,
    SessionStarted,
    WayBackStarted,
)
from matsession.domain.guidance import ChimeName
from matsession.domain.plan import CueKind
from matsession.domain.session import LEAD_S, Phase
from matsession.domain.settings import Settings

FADE_S: Final = 3.0
"""The background comes and goes over so many seconds."""

SILENT_BEFORE_END_S: Final = 0.3
"""The background has faded out so long before the closing chime."""

BACKGROUNDS: Final = ("rain", "surf", "noise")
"""The loops that come with the program; the file of each has its name."""


def background_file(settings: Settings, loops: Path) -> Path | None:
    """The file these settings want to be played all through, or None; ``loops`` are the built-in ones."""
    wish = settings.background
    if not wish:
        return None
    return loops / f"{wish}.wav" if wish in BACKGROUNDS else Path(wish)


class MixingDesk(QObject):
    """Follows the preferences and the session; the only one that turns the knobs of the sound output."""

    def __init__(
        self,
        preferences: Preferences,
        chimes: ChimePlayer,
        runner: SessionRunner,
        mute: Mute,
        loops: Path,
        parent: QObject | None = None,
    ) -> None:
        """``loops`` is the folder of the built-in backgrounds."""
        super().__init__(parent)
        self._preferences = preferences
        self._chimes = chimes
        self._runner = runner
        self._mute = mute
        self._loops = loops
        self._in_session = False
        preferences.changed.connect(self._on_preferences_changed)
        mute.changed.connect(self._on_mute_changed)
        chimes.on_outputs_changed(self._on_chimes_outputs_changed)
        runner.happened.connect(self._on_runner_happened)
        self._apply()

    def background_file(self) -> Path | None:
        """The file to play all through, or None."""
        return background_file(self._preferences.in_session, self._loops)

    @Slot()
    def _on_preferences_changed(self) -> None:
        self._apply()
        if self._in_session:
            self._play_background(FADE_S)

    @Slot()
    def _on_mute_changed(self) -> None:
        self._set_volume()

    @Slot()
    def _on_chimes_outputs_changed(self) -> None:
        self._set_volume()

    def _apply(self) -> None:
        settings = self._preferences.in_session
        self._chimes.keep_ready(ready=settings.preparation_s < LEAD_S)
        self._chimes.set_output(settings.output or None)
        self._chimes.set_levels({ChimeName(name): level for name, level in settings.levels.items()})
        self._chimes.set_sounds({ChimeName(name): Path(file) for name, file in settings.own_sounds.items()})
        self._set_volume()

    def _set_volume(self) -> None:
        volume = self._preferences.in_session.volume_for(self._chimes.output_name())
        self._chimes.set_volume(0.0 if self._mute.muted else volume)

    def _play_background(self, fade_s: float) -> None:
        level = self._preferences.in_session.background_level
        self._chimes.set_background(self.background_file(), level, fade_s)

    def _stop_background(self, fade_s: float) -> None:
        self._in_session = False
        self._chimes.set_background(None, 0.0, fade_s)

    def _preparing(self) -> bool:
        view = self._runner.view()
        return view is not None and view.in_preparation

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        match event:
            case SessionStarted() | SessionResumed() | SessionReopened() if not self._preparing():
                self._in_session = True
                self._play_background(FADE_S)
                self._preferences.change(last_output=self._chimes.output_name())
            case CueAhead(cue=cue, in_s=in_s) if cue.kind is CueKind.END:
                self._stop_background(max(in_s - SILENT_BEFORE_END_S, 0.1))
            case SessionExtended() | WayBackStarted() if self._runner.phase is Phase.RUNNING:
                if not self._in_session:  # it had made room for an end that does not come yet
                    self._in_session = True
                    self._play_background(FADE_S)
            case SessionPaused() | SessionEnded():
                self._stop_background(FADE_S)
            case _:
                pass
