"""Media keys on Windows: System Media Transport Controls, by winrt. Not tried there; see system_media_keys.

A program without a window of Windows' own making gets them from a media player that never plays anything:
https://learn.microsoft.com/windows/apps/develop/media-playback/system-media-transport-controls
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from matsession.app.ports import MediaKey, NowPlaying
from matsession.desktop.system_media_keys import SystemKeys


class Media(NamedTuple):
    """What we need of the libraries."""

    media: Any
    """``winrt.windows.media``"""
    playback: Any
    """``winrt.windows.media.playback``"""


def winrt_media() -> Media:
    """The libraries. Raises ImportError."""
    from winrt.windows import media
    from winrt.windows.media import playback

    return Media(media, playback)


class _Controls(NamedTuple):
    player: Any
    controls: Any
    token: Any


class WindowsKeys(SystemKeys):
    """The controls that Windows shows beside the volume, and the keys that steer them."""

    def __init__(
        self,
        position_s: Callable[[], float],
        libraries: Callable[[], Media] = winrt_media,
        parent: QObject | None = None,
    ) -> None:
        """``libraries`` is replaced in tests."""
        super().__init__(position_s, parent)
        self._libraries = libraries

    def reach_system(self) -> _Controls:
        """A player of our own, whose controls we set by hand."""
        media, playback = self._libraries()
        button = media.SystemMediaTransportControlsButton
        keys = {
            int(button.PLAY): MediaKey.PLAY,
            int(button.PAUSE): MediaKey.PAUSE,
            int(button.STOP): MediaKey.STOP,
            int(button.NEXT): MediaKey.NEXT,
        }
        player = playback.MediaPlayer()
        player.command_manager.is_enabled = False
        controls = player.system_media_transport_controls
        controls.is_play_enabled = controls.is_pause_enabled = True
        controls.is_stop_enabled = controls.is_next_enabled = True
        controls.is_previous_enabled = False  # and nobody hears of a wish to wind on: it is not offered
        token = controls.add_button_pressed(partial(_on_button, self.hear, keys))
        return _Controls(player, controls, token)

    def tell(self, system: _Controls, playing: NowPlaying) -> None:
        """Title, line, whether it runs, and how far it is."""
        media, _ = self._libraries()
        controls = system.controls
        controls.is_enabled = True
        status = media.MediaPlaybackStatus
        controls.playback_status = status.PAUSED if playing.paused else status.PLAYING
        updater = controls.display_updater
        updater.type = media.MediaPlaybackType.MUSIC
        updater.music_properties.title = playing.title
        updater.music_properties.artist = playing.line
        updater.update()
        if playing.length_s is not None:
            timeline = media.SystemMediaTransportControlsTimelineProperties()
            position = timedelta(seconds=self._position_s())
            timeline.start_time = timedelta(0)
            timeline.end_time = timedelta(seconds=playing.length_s)
            timeline.position = timeline.min_seek_time = timeline.max_seek_time = position
            controls.update_timeline_properties(timeline)

    def give_back(self, system: _Controls) -> None:
        """The player goes, and its controls with it."""
        system.controls.remove_button_pressed(system.token)
        system.controls.display_updater.clear_all()
        system.controls.is_enabled = False
        system.player.close()


def _on_button(
    hear: Callable[[MediaKey], None], keys: dict[int, MediaKey], _sender: object, args: Any
) -> None:
    """In a thread of the system's."""
    key = keys.get(int(args.button))
    if key is not None:
        hear(key)
