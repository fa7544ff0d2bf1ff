"""The player that a session is to the desktop, against a bus that is played by hand."""

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call

from matsession.app.ports import MediaKey, NowPlaying
from matsession.desktop.media_keys import NAME, MprisKeys
from tests.desktop.fake_bus import OUR_NAME, FakeBus

pytestmark = pytest.mark.usefixtures("qapp")

OBJECT = DBusAddress("/org/mpris/MediaPlayer2", bus_name=OUR_NAME)
PLAYER = OBJECT.with_interface("org.mpris.MediaPlayer2.Player")
ROOT = OBJECT.with_interface("org.mpris.MediaPlayer2")
PROPERTIES = OBJECT.with_interface("org.freedesktop.DBus.Properties")
REST = NowPlaying("Lower back", "Rest", 600.0, paused=False)


class Desk:
    """A desktop that presses keys."""

    def __init__(self) -> None:
        self.fake = FakeBus()
        self.position_s = 12.5
        self.keys = MprisKeys(self.fake.bus, lambda: self.position_s, can_raise=True)
        self.pressed: list[MediaKey] = []
        self.keys.on_pressed(self.pressed.append)

    def names(self, *, given: bool = True) -> list[tuple[str, str]]:
        """What was asked of the bus about names; requests are answered."""
        asked = []
        for message in self.fake.heard():
            member = message.header.fields.get(HeaderFields.member)
            if member in ("RequestName", "ReleaseName"):
                asked.append((member, message.body[0]))
            if member == "RequestName":
                self.fake.reply(message, "u", (1 if given else 3,))
        return asked

    def ask(
        self, where: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> Message:
        """Call a method; the reply."""
        self.fake.heard()
        self.fake.say(new_method_call(where, method, signature, body))
        [reply] = self.fake.heard()
        return reply

    def get(self, interface: str, name: str) -> Any:
        """One property."""
        return self.ask(PROPERTIES, "Get", "ss", (interface, name)).body[0]

    def signals(self) -> list[tuple[str, tuple[Any, ...]]]:
        """What was told to all."""
        return [
            (message.header.fields[HeaderFields.member], message.body)
            for message in self.fake.heard()
            if message.header.message_type is MessageType.signal
        ]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desktop, and our player on it."""
    desk = Desk()
    yield desk
    desk.fake.close()


def test_the_name_is_ours_only_while_there_is_a_session(desk: Desk) -> None:
    """Else the headset's buttons would be taken from the music."""
    assert desk.names() == []
    desk.keys.show(REST)
    assert desk.names() == [("RequestName", NAME)]
    desk.keys.show(None)
    assert desk.names() == [("ReleaseName", NAME)]
    desk.keys.show(None)
    assert desk.names() == []
    desk.keys.show(REST)
    assert desk.names() == [("RequestName", NAME)]


def test_a_name_that_is_taken_gets_a_number(desk: Desk) -> None:
    """Another MatSession with another home has it."""
    desk.keys.show(REST)
    assert desk.names(given=False) == [("RequestName", NAME)]
    [(member, name)] = desk.names()
    assert member == "RequestName"
    assert name.startswith(f"{NAME}.instance")
    desk.keys.show(None)
    assert desk.names() == [("ReleaseName", name)]


def test_a_name_that_comes_too_late_is_given_back(desk: Desk) -> None:
    """The session was over before the bus answered."""
    desk.keys.show(REST)
    [request] = desk.fake.heard()
    desk.keys.show(None)
    desk.fake.heard()
    desk.fake.reply(request, "u", (1,))
    assert desk.names() == [("ReleaseName", NAME)]


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("PlayPause", MediaKey.PLAY_PAUSE),
        ("Play", MediaKey.PLAY),
        ("Pause", MediaKey.PAUSE),
        ("Stop", MediaKey.STOP),
        ("Next", MediaKey.NEXT),
    ],
)
def test_a_key_is_a_press(desk: Desk, method: str, key: MediaKey) -> None:
    """Answered, and told once."""
    desk.keys.show(REST)
    assert desk.ask(PLAYER, method).header.message_type is MessageType.method_return
    assert desk.pressed == [key]


def test_the_picture_brings_the_window(desk: Desk) -> None:
    """But nobody quits the program through the player."""
    desk.keys.show(REST)
    desk.ask(ROOT, "Raise")
    assert desk.pressed == [MediaKey.RAISE]
    assert desk.ask(ROOT, "Quit").header.message_type is MessageType.error
    assert desk.get("org.mpris.MediaPlayer2", "CanQuit") == ("b", False)


@pytest.mark.parametrize(
    ("method", "signature", "body"),
    [
        ("Seek", "x", (10**6,)),
        ("SetPosition", "ox", ("/org/matsession/session", 0)),
        ("OpenUri", "s", ("file:///etc/passwd",)),
        ("Previous", "", ()),
    ],
)
def test_what_makes_no_sense_is_refused(
    desk: Desk, method: str, signature: str, body: tuple[Any, ...]
) -> None:
    """A session is not wound on; nothing is pressed."""
    desk.keys.show(REST)
    refused = desk.ask(PLAYER, method, signature, body)
    assert refused.header.fields[HeaderFields.error_name] == "org.freedesktop.DBus.Error.NotSupported"
    assert desk.pressed == []


def test_what_is_shown(desk: Desk) -> None:
    """Title, step, length and position, each of the type the specification wants."""
    desk.keys.show(REST)
    player = "org.mpris.MediaPlayer2.Player"
    [values] = desk.ask(PROPERTIES, "GetAll", "s", (player,)).body
    assert values["PlaybackStatus"] == ("s", "Playing")
    assert values["Position"] == ("x", 12_500_000)
    assert values["Metadata"] == (
        "a{sv}",
        {
            "mpris:trackid": ("o", "/org/matsession/session"),
            "mpris:length": ("x", 600_000_000),
            "xesam:title": ("s", "Lower back"),
            "xesam:artist": ("as", ["Rest"]),
            "xesam:album": ("s", "MatSession"),
        },
    )
    assert (values["CanGoNext"], values["CanSeek"]) == (("b", True), ("b", False))
    desk.keys.show(NowPlaying("Lower back", "Rest", None, paused=True))
    assert "mpris:length" not in desk.get(player, "Metadata")[1]
    assert desk.get(player, "PlaybackStatus") == ("s", "Paused")


def test_changes_are_told(desk: Desk) -> None:
    """With the position, for clients reckon it by themselves."""
    desk.keys.show(REST)
    desk.fake.heard()
    desk.keys.show(NowPlaying("Lower back", "Rest", 600.0, paused=True))
    (changed, body), seeked = desk.signals()
    assert changed == "PropertiesChanged"
    assert body[0] == "org.mpris.MediaPlayer2.Player"
    assert body[1]["PlaybackStatus"] == ("s", "Paused")
    assert body[2] == []
    assert seeked == ("Seeked", (12_500_000,))
    desk.keys.show(None)
    [(_, body)] = desk.signals()
    assert body[1]["PlaybackStatus"] == ("s", "Stopped")


def test_nonsense_is_answered_by_an_error(desk: Desk) -> None:
    """Unknown properties and methods, a key with an empty hand, something to set."""
    desk.keys.show(REST)
    for reply in (
        desk.ask(PROPERTIES, "Get", "ss", ("org.mpris.MediaPlayer2.Player", "Colour")),
        desk.ask(PROPERTIES, "Get", "u", (7,)),
        desk.ask(PROPERTIES, "Set", "ssv", ("org.mpris.MediaPlayer2.Player", "Volume", ("d", 0.5))),
        desk.ask(PLAYER, "Explode"),
    ):
        assert reply.header.message_type is MessageType.error
    assert desk.ask(PROPERTIES, "GetAll", "s", ("org.example.Other",)).body == ({},)
    described = desk.ask(OBJECT.with_interface("org.freedesktop.DBus.Introspectable"), "Introspect")
    assert "org.mpris.MediaPlayer2.Player" in described.body[0]
    assert desk.pressed == []


@pytest.mark.expects_log("lost the fake bus")
def test_without_a_bus_there_are_no_keys(desk: Desk) -> None:
    """None at all, or one that has died: nothing happens."""
    desk.keys.show(REST)
    desk.fake.hang_up()
    desk.keys.show(NowPlaying("Lower back", "Rest", 600.0, paused=True))
    desk.keys.show(None)
    MprisKeys(None, float, can_raise=False).show(REST)
