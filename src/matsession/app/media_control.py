"""Lets media keys and headset buttons steer a session, and the desktop's player show it."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.ports import MediaKey, MediaKeys, NowPlaying
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.app.time_teller import TimeTeller
from matsession.domain.events import SessionResumed
from matsession.domain.session import Phase, SessionView

ONE_PRESS_S: Final = 0.5
"""The same key from the desktop and from a window of ours within this time is one press."""

_PLAYS: Final = (MediaKey.PLAY_PAUSE, MediaKey.PLAY, MediaKey.PAUSE)


class MediaControl(QObject):
    """Offers the session to the media keys while there is one, and obeys them.

    Without a session the keys belong to the music player.
    """

    window_wished = Signal(str)
    """The desktop's player was clicked; the text is empty."""

    def __init__(self, runner: SessionRunner, teller: TimeTeller, parent: QObject | None = None) -> None:
        """Steer ``runner``; a press on "next" asks ``teller`` for the time."""
        super().__init__(parent)
        self._runner = runner
        self._teller = teller
        self._keys: MediaKeys | None = None
        self._shown: NowPlaying | None = None
        self._last: tuple[MediaKey, bool, float] | None = None
        runner.happened.connect(self._on_runner_happened)

    def offer_to(self, keys: MediaKeys) -> None:
        """Show sessions to the desktop from now on, and obey its keys."""
        self._keys = keys
        keys.on_pressed(self._on_keys_pressed)
        self._look()

    @Slot(object)
    def press_here(self, key: MediaKey) -> None:
        """A media key reached a window of ours."""
        self._press(key, here=True)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        self._look(jumped=isinstance(event, SessionResumed))

    def _look(self, *, jumped: bool = False) -> None:
        if self._keys is None:
            return
        view = self._runner.view()
        playing = None if view is None or view.over else _now_playing(view)
        if playing != self._shown or jumped:
            self._shown = playing
            self._keys.show(playing)

    def _on_keys_pressed(self, key: MediaKey) -> None:
        self._press(key, here=False)

    def _came_both_ways(self, key: MediaKey, *, here: bool) -> bool:
        """Whether this is the press that was obeyed just now; systems differ in which way comes first."""
        now_s = self._runner.now().boot_s
        last, self._last = self._last, (key, here, now_s)
        if last is None or last[1] == here or now_s - last[2] > ONE_PRESS_S:
            return False
        if key is not last[0] and not (key in _PLAYS and last[0] in _PLAYS):
            return False
        self._last = None  # both are done with: what comes now is another press
        return True

    def _press(self, key: MediaKey, *, here: bool) -> None:
        if self._came_both_ways(key, here=here):
            return
        match key:
            case MediaKey.PLAY_PAUSE:
                self._runner.toggle_pause()
            case MediaKey.PLAY if self._runner.phase is Phase.PAUSED:
                self._runner.resume()
            case MediaKey.PAUSE:
                self._runner.pause()
            case MediaKey.STOP:
                self._runner.stop()
            case MediaKey.NEXT:
                self._teller.tell()
            case MediaKey.RAISE:
                self.window_wished.emit("")
            case _:
                pass


def position_s(runner: SessionRunner) -> float:
    """How far the session has come: what the desktop shows as the position in the piece."""
    view = runner.view()
    return 0.0 if view is None else view.elapsed_s


def _now_playing(view: SessionView) -> NowPlaying:
    return NowPlaying(
        title=view.plan.preset.name,
        line=tr("Settling in") if view.in_preparation else view.step.step.name,
        length_s=None if view.plan.waits_for_person else float(view.plan.total_s),
        paused=view.phase is Phase.PAUSED,
    )
