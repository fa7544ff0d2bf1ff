"""Media keys on Windows and macOS, on stand-ins with the names of the real libraries."""

from collections.abc import Callable
from datetime import timedelta
from enum import IntEnum
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from matsession.app.ports import MediaKey, NowPlaying
from matsession.desktop.mac_media_keys import MacKeys
from matsession.desktop.system_media_keys import SystemKeys, system_media_keys
from matsession.desktop.windows_media_keys import Media, WindowsKeys
from tests.desktop.other_thread import in_a_thread

pytestmark = pytest.mark.usefixtures("qapp")

LOWER = NowPlaying("Lower back", "Settling in", 600.0, paused=False)
PAUSED = NowPlaying("Lower back", "Rest", None, paused=True)


def turn() -> None:
    """Let Qt's loop have its turn."""
    for _ in range(3):
        QCoreApplication.processEvents()


# -- Windows ---------------------------------------------------------------------------------------------


class Button(IntEnum):
    PLAY = 0
    PAUSE = 1
    STOP = 2
    FAST_FORWARD = 4
    NEXT = 6


class Status(IntEnum):
    PLAYING = 3
    PAUSED = 4


class Controls:
    def __init__(self) -> None:
        self.is_enabled: Any = False
        self.is_play_enabled = self.is_pause_enabled = False
        self.is_stop_enabled = self.is_next_enabled = False
        self.is_previous_enabled = True
        self.playback_status: Any = None
        self.display_updater = Updater()
        self.timeline: Any = None
        self.handlers: dict[int, Callable[[object, object], None]] = {}

    def add_button_pressed(self, handler: Callable[[object, object], None]) -> int:
        self.handlers[7] = handler
        return 7

    def remove_button_pressed(self, token: int) -> None:
        del self.handlers[token]

    def update_timeline_properties(self, timeline: object) -> None:
        self.timeline = timeline

    def press(self, button: int) -> None:
        for handler in list(self.handlers.values()):
            in_a_thread(handler, self, SimpleNamespace(button=button))


class Updater:
    def __init__(self) -> None:
        self.type: object = None
        self.music_properties = SimpleNamespace(title="", artist="")
        self.shown: list[tuple[str, str]] = []

    def update(self) -> None:
        self.shown.append((self.music_properties.title, self.music_properties.artist))

    def clear_all(self) -> None:
        self.shown.append(("", ""))


class Player:
    def __init__(self) -> None:
        self.command_manager = SimpleNamespace(is_enabled=True)
        self.system_media_transport_controls = Controls()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Windows:
    """The two modules of winrt."""

    def __init__(self) -> None:
        self.players: list[Player] = []
        self.pressed: list[MediaKey] = []
        self.keys = WindowsKeys(lambda: 12.5, self.libraries)
        self.keys.on_pressed(self.pressed.append)

    def libraries(self) -> Media:
        media = SimpleNamespace(
            SystemMediaTransportControlsButton=Button,
            MediaPlaybackStatus=Status,
            MediaPlaybackType=SimpleNamespace(MUSIC="music"),
            SystemMediaTransportControlsTimelineProperties=SimpleNamespace,
        )
        return Media(media, SimpleNamespace(MediaPlayer=self.make))

    def make(self) -> Player:
        self.players.append(Player())
        return self.players[-1]

    @property
    def controls(self) -> Controls:
        return self.players[-1].system_media_transport_controls


def test_windows_shows_the_session_while_there_is_one() -> None:
    """Nothing before it, nothing after it; a second session begins anew."""
    windows = Windows()
    windows.keys.show(None)
    assert windows.players == []
    windows.keys.show(LOWER)
    controls = windows.controls
    assert controls.is_enabled
    assert not windows.players[0].command_manager.is_enabled
    assert controls.playback_status == Status.PLAYING
    assert (controls.timeline.position, controls.timeline.end_time) == (
        timedelta(seconds=12.5),
        timedelta(seconds=600),
    )
    assert controls.timeline.min_seek_time == controls.timeline.max_seek_time == controls.timeline.position
    windows.keys.show(PAUSED)
    assert controls.playback_status == Status.PAUSED
    assert controls.display_updater.shown == [("Lower back", "Settling in"), ("Lower back", "Rest")]
    windows.keys.show(None)
    assert (controls.is_enabled, controls.handlers, windows.players[0].closed) == (False, {}, True)
    windows.keys.show(LOWER)
    assert len(windows.players) == 2


def test_windows_keys() -> None:
    """Pressed in a thread of the system's, told in ours; what is not offered does nothing."""
    windows = Windows()
    windows.keys.show(LOWER)
    controls = windows.controls
    offered = (controls.is_play_enabled, controls.is_pause_enabled, controls.is_stop_enabled)
    assert (*offered, controls.is_next_enabled) == (True,) * 4
    assert not controls.is_previous_enabled
    for button in (Button.PLAY, Button.FAST_FORWARD, Button.PAUSE, Button.STOP, Button.NEXT):
        controls.press(button)
    assert windows.pressed == []
    turn()
    assert windows.pressed == [MediaKey.PLAY, MediaKey.PAUSE, MediaKey.STOP, MediaKey.NEXT]


def test_a_press_later_than_the_end() -> None:
    """It was meant for what is over."""
    windows = Windows()
    windows.keys.show(LOWER)
    windows.controls.press(Button.STOP)
    windows.keys.show(None)
    turn()
    assert windows.pressed == []


# -- macOS -----------------------------------------------------------------------------------------------


class Command:
    def __init__(self) -> None:
        self.enabled = False
        self.targets: list[Callable[[object], int]] = []

    def setEnabled_(self, on: bool) -> None:  # noqa: N802  pyobjc's names
        self.enabled = on

    def addTargetWithHandler_(self, handler: Callable[[object], int]) -> object:  # noqa: N802
        self.targets.append(handler)
        return handler

    def removeTarget_(self, target: Any) -> None:  # noqa: N802
        self.targets.remove(target)


class Mac:
    """The module MediaPlayer."""

    MPRemoteCommandHandlerStatusSuccess = 0
    MPMediaItemPropertyTitle = "title"
    MPMediaItemPropertyArtist = "artist"
    MPMediaItemPropertyPlaybackDuration = "duration"
    MPNowPlayingInfoPropertyElapsedPlaybackTime = "elapsed"
    MPNowPlayingInfoPropertyPlaybackRate = "rate"
    MPNowPlayingPlaybackStatePlaying = 1
    MPNowPlayingPlaybackStatePaused = 2
    MPNowPlayingPlaybackStateStopped = 3

    def __init__(self) -> None:
        self.commands: dict[str, Command] = {}
        self.info: Any = None
        self.state = 0
        self.pressed: list[MediaKey] = []
        self.MPRemoteCommandCenter = SimpleNamespace(sharedCommandCenter=lambda: self)
        self.MPNowPlayingInfoCenter = SimpleNamespace(defaultCenter=lambda: self)
        self.keys = MacKeys(lambda: 12.5, lambda: self)
        self.keys.on_pressed(self.pressed.append)

    def __getattr__(self, name: str) -> Callable[[], Command]:
        if not name.endswith("Command"):
            raise AttributeError(name)
        return lambda: self.commands.setdefault(name, Command())

    def setNowPlayingInfo_(self, info: dict[str, object] | None) -> None:  # noqa: N802
        self.info = info

    def setPlaybackState_(self, state: int) -> None:  # noqa: N802
        self.state = state

    def press(self, name: str) -> None:
        for target in self.commands[name].targets:
            in_a_thread(target, None)


def test_macos_shows_the_session_while_there_is_one() -> None:
    """Nothing before it, nothing after it."""
    mac = Mac()
    mac.keys.show(LOWER)
    assert mac.info == {
        "title": "Lower back",
        "artist": "Settling in",
        "elapsed": 12.5,
        "rate": 1.0,
        "duration": 600.0,
    }
    assert mac.state == Mac.MPNowPlayingPlaybackStatePlaying
    mac.keys.show(PAUSED)
    assert mac.info == {"title": "Lower back", "artist": "Rest", "elapsed": 12.5, "rate": 0.0}
    assert mac.state == Mac.MPNowPlayingPlaybackStatePaused
    mac.keys.show(None)
    assert (mac.info, mac.state) == (None, Mac.MPNowPlayingPlaybackStateStopped)
    assert not any(command.targets or command.enabled for command in mac.commands.values())


def test_macos_keys() -> None:
    """Each with its meaning; winding on is refused."""
    mac = Mac()
    mac.keys.show(LOWER)
    for name in ("togglePlayPauseCommand", "playCommand", "pauseCommand", "nextTrackCommand", "stopCommand"):
        assert mac.commands[name].enabled
        mac.press(name)
    turn()
    assert mac.pressed == [
        MediaKey.PLAY_PAUSE,
        MediaKey.PLAY,
        MediaKey.PAUSE,
        MediaKey.NEXT,
        MediaKey.STOP,
    ]
    assert not mac.commands["changePlaybackPositionCommand"].enabled
    assert not mac.commands["skipForwardCommand"].enabled


# -- both ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [WindowsKeys, MacKeys])
def test_without_the_library_nothing_is_lost_but_keys(kind: Callable[..., SystemKeys]) -> None:
    """It is asked for once; a session goes on."""
    asked: list[int] = []

    def missing() -> Any:
        asked.append(1)
        raise ImportError("not installed")

    keys = kind(lambda: 0.0, missing)
    keys.show(LOWER)
    keys.show(PAUSED)
    keys.show(None)
    assert asked == [1]


def test_a_library_that_fails_half_way() -> None:
    """It is not asked again."""
    windows = Windows()
    windows.keys.show(LOWER)
    del windows.controls.display_updater
    windows.keys.show(PAUSED)
    windows.keys.show(None)
    assert windows.controls.playback_status is Status.PAUSED


@pytest.mark.parametrize(("system", "kind"), [("win32", WindowsKeys), ("darwin", MacKeys), ("linux", None)])
def test_each_system_has_its_own(
    system: str, kind: type[SystemKeys] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux has MPRIS instead."""
    monkeypatch.setattr("sys.platform", system)
    found = system_media_keys(lambda: 0.0)
    assert type(found) is (kind or type(None))
