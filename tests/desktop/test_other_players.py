"""Pausing other players, against ones that are played by hand."""

from collections.abc import Iterator

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import HeaderFields

from matsession.desktop.other_players import MprisPlayers
from tests.desktop.fake_bus import FakeBus

pytestmark = pytest.mark.usefixtures("qapp")

PREFIX = "org.mpris.MediaPlayer2."


class Room:
    """Players with their state, and what they were told."""

    def __init__(self) -> None:
        self.fake = FakeBus()
        self.players = MprisPlayers(self.fake.bus)
        self.states = {
            PREFIX + "music": "Playing",
            PREFIX + "film": "Paused",
            PREFIX + "matsession": "Playing",
            PREFIX + "matsession.instance7": "Playing",
            PREFIX + "playerctld": "Playing",
            "org.example.Radio": "Playing",
        }
        self.names = {f":1.{number}": name for number, name in enumerate(self.states)}
        self.told: list[tuple[str, str]] = []

    def connection(self, name: str) -> str:
        """The connection of the player with this name."""
        return next(connection for connection, known in self.names.items() if known == name)

    def turn(self) -> None:
        """Answer whatever is asked, until nothing is."""
        while messages := self.fake.heard():
            for message in messages:
                fields = message.header.fields
                member, player = fields[HeaderFields.member], fields[HeaderFields.destination]
                name = self.names.get(player, "")
                if member == "ListNames":
                    self.fake.reply(message, "as", (list(self.states),))
                elif member == "GetNameOwner":
                    self.fake.reply(message, "s", (self.connection(message.body[0]),))
                elif member == "Get":
                    self.fake.reply(message, "v", (("s", self.states[name]),))
                else:
                    self.told.append((member, name))
                    self.states[name] = "Paused" if member == "Pause" else "Playing"
                    self.fake.reply(message)


@pytest.fixture
def room() -> Iterator[Room]:
    """A room with players."""
    room = Room()
    yield room
    room.fake.close()


def test_what_plays_is_paused_and_plays_again(room: Room) -> None:
    """What stood still stays so; ourselves and the go-between are left alone."""
    room.players.pause()
    room.turn()
    assert room.told == [("Pause", PREFIX + "music")]
    room.players.play_again()
    room.turn()
    assert room.told == [("Pause", PREFIX + "music"), ("Play", PREFIX + "music")]
    room.players.play_again()
    room.turn()
    assert len(room.told) == 2


@pytest.mark.parametrize("state", ["Playing", "Stopped"])
def test_what_the_person_changed_meanwhile_stays(room: Room, state: str) -> None:
    """Played by hand, or ended."""
    room.players.pause()
    room.turn()
    room.states[PREFIX + "music"] = state
    room.players.play_again()
    room.turn()
    assert room.told == [("Pause", PREFIX + "music")]


def test_a_second_pause_remembers_the_first(room: Room) -> None:
    """Gone on after the end: the player is still ours to set going."""
    room.players.pause()
    room.turn()
    room.players.pause()
    room.turn()
    room.players.play_again()
    room.turn()
    assert room.told == [("Pause", PREFIX + "music"), ("Play", PREFIX + "music")]


def test_a_pause_that_is_answered_after_the_end_is_taken_back(room: Room) -> None:
    """A very short session."""
    room.players.pause()
    room.fake.reply(room.fake.heard()[0], "as", ([PREFIX + "music"],))
    room.fake.reply(room.fake.heard()[0], "s", (":1.9",))
    room.fake.reply(room.fake.heard()[0], "v", (("s", "Playing"),))
    [pause] = room.fake.heard()
    assert pause.header.fields[HeaderFields.member] == "Pause"
    room.players.play_again()
    room.fake.reply(pause)
    assert room.fake.heard_members() == ["Play"]


def test_a_program_that_ends_lets_them_play(room: Room) -> None:
    """It cannot wait for an answer."""
    room.players.pause()
    room.turn()
    room.players.close()
    room.turn()
    assert room.told[-1] == ("Play", PREFIX + "music")


def test_without_a_bus_nothing_is_paused() -> None:
    """No players are to be found there."""
    players = MprisPlayers(None)
    players.pause()
    players.play_again()
    players.close()
    assert players.paused == ()
