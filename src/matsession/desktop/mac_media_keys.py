"""Media keys on macOS: the remote command centre, by pyobjc. Not tried there; see system_media_keys.

https://developer.apple.com/documentation/mediaplayer/mpremotecommandcenter and .../mpnowplayinginfocenter
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject

from matsession.app.ports import MediaKey, NowPlaying
from matsession.desktop.system_media_keys import SystemKeys

_COMMANDS: Final = {
    "togglePlayPauseCommand": MediaKey.PLAY_PAUSE,
    "playCommand": MediaKey.PLAY,
    "pauseCommand": MediaKey.PAUSE,
    "stopCommand": MediaKey.STOP,
    "nextTrackCommand": MediaKey.NEXT,
}
_REFUSED: Final = (
    "changePlaybackPositionCommand",
    "seekForwardCommand",
    "seekBackwardCommand",
    "skipForwardCommand",
    "skipBackwardCommand",
    "previousTrackCommand",
)
"""A session cannot be wound on."""


def media_player() -> Any:
    """The library. Raises ImportError."""
    import MediaPlayer

    return MediaPlayer


class _Taken(NamedTuple):
    library: Any
    commands: list[tuple[Any, Any]]
    """The commands that are ours now, each with what takes its presses."""


class MacKeys(SystemKeys):
    """What plays now, in the menu bar, and the keys that steer it."""

    def __init__(
        self,
        position_s: Callable[[], float],
        library: Callable[[], Any] = media_player,
        parent: QObject | None = None,
    ) -> None:
        """``library`` is replaced in tests."""
        super().__init__(position_s, parent)
        self._library = library

    def reach_system(self) -> _Taken:
        """Take the commands that a session knows."""
        library = self._library()
        center = library.MPRemoteCommandCenter.sharedCommandCenter()
        answer = library.MPRemoteCommandHandlerStatusSuccess
        taken = []
        for name, key in _COMMANDS.items():
            command = getattr(center, name)()
            taken.append((command, command.addTargetWithHandler_(_taker(self.hear, key, answer))))
            command.setEnabled_(True)
        for name in _REFUSED:
            getattr(center, name)().setEnabled_(False)
        return _Taken(library, taken)

    def tell(self, system: _Taken, playing: NowPlaying) -> None:
        """Title, line, whether it runs, and how far it is. From there the system reckons by itself."""
        library = system.library
        shown: dict[Any, Any] = {
            library.MPMediaItemPropertyTitle: playing.title,
            library.MPMediaItemPropertyArtist: playing.line,
            library.MPNowPlayingInfoPropertyElapsedPlaybackTime: self._position_s(),
            library.MPNowPlayingInfoPropertyPlaybackRate: 0.0 if playing.paused else 1.0,
        }
        if playing.length_s is not None:
            shown[library.MPMediaItemPropertyPlaybackDuration] = playing.length_s
        center = library.MPNowPlayingInfoCenter.defaultCenter()
        center.setNowPlayingInfo_(shown)
        # On macOS this decides who gets the keys.
        paused, runs = library.MPNowPlayingPlaybackStatePaused, library.MPNowPlayingPlaybackStatePlaying
        center.setPlaybackState_(paused if playing.paused else runs)

    def give_back(self, system: _Taken) -> None:
        """Nothing plays, and nothing takes presses."""
        for command, target in system.commands:
            command.removeTarget_(target)
            command.setEnabled_(False)
        library = system.library
        center = library.MPNowPlayingInfoCenter.defaultCenter()
        center.setPlaybackState_(library.MPNowPlayingPlaybackStateStopped)
        center.setNowPlayingInfo_(None)


def _taker(hear: Callable[[MediaKey], None], key: MediaKey, answer: int) -> Callable[[object], int]:
    """What is called with each press, in whichever thread the system likes. pyobjc wants a plain function."""

    def take(_event: object) -> int:
        hear(key)
        return answer

    return take
