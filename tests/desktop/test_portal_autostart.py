"""Start at login from a sandbox: what the portal is asked, and what counts of its answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, new_signal

from matsession.desktop.portal_autostart import PortalAutostart
from matsession.domain.errors import MatSessionError
from tests.desktop.fake_bus import SERVICE_CONNECTION, FakeBus, turn

pytestmark = pytest.mark.usefixtures("qapp")

COMMAND = ["/app/bin/matsession", "--background"]
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class Portal:
    """The desktop's end."""

    def __init__(self, fake: FakeBus, kept: Path) -> None:
        self.fake = fake
        self.kept = kept
        self.autostart = PortalAutostart(kept, COMMAND)
        self.autostart.meet(fake.bus)
        self.answers: list[MatSessionError | None] = []
        self.autostart.on_answered(self.answers.append)
        self.asked: list[Message] = []
        self.closed: list[str] = []
        self.old = False
        """It names the path of its answers by itself."""
        self.refuses = ""

    def serve(self) -> None:
        """Answer all calls."""
        while heard := self.fake.heard():
            for call in heard:
                match call.header.fields[HeaderFields.member]:
                    case "GetNameOwner":
                        self.fake.reply(call, "s", (SERVICE_CONNECTION,))
                    case "RequestBackground" if self.refuses:
                        self.fake.refuse(call, self.refuses, "no")
                    case "RequestBackground":
                        self.asked.append(call)
                        self.fake.reply(call, "o", (self.handle(),))
                    case "Close":
                        self.closed.append(call.header.fields[HeaderFields.path])
                    case _:
                        pass
            turn()

    def handle(self) -> str:
        """Where the answer to the last wish comes from."""
        if self.old:
            return "/org/freedesktop/portal/desktop/request/u42/t1"
        token = self.options()["handle_token"][1]
        return f"/org/freedesktop/portal/desktop/request/1_42/{token}"

    def options(self) -> dict[str, tuple[str, Any]]:
        """What was asked for."""
        found: dict[str, tuple[str, Any]] = self.asked[-1].body[1]
        return found

    def respond(self, response: int, results: dict[str, tuple[str, Any]], handle: str = "") -> None:
        """The answer."""
        where = DBusAddress(handle or self.handle(), interface="org.freedesktop.portal.Request")
        self.fake.say(new_signal(where, "Response", "ua{sv}", (response, results)))
        self.serve()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """One that answers."""
    fake = FakeBus()
    yield Portal(fake, tmp_path / "data" / "starts-at-login")
    fake.close()


def wish(portal: Portal, on: bool) -> None:
    """The person turns the switch."""
    portal.autostart.set_on(on)
    portal.serve()


def test_it_is_asked_for_and_kept(portal: Portal) -> None:
    """With our command and a reason; the next start of the program still knows."""
    wish(portal, True)
    options = portal.options()
    assert options["autostart"] == ("b", True)
    assert options["commandline"] == ("as", COMMAND)
    assert options["reason"][1]
    assert portal.autostart.is_on()  # as it was wished
    assert not portal.kept.exists()
    portal.respond(0, {"background": ("b", True), "autostart": ("b", True)})
    assert portal.answers == [None]
    assert PortalAutostart(portal.kept, COMMAND).is_on()
    wish(portal, False)
    assert portal.options()["autostart"] == ("b", False)
    portal.respond(0, {"background": ("b", True), "autostart": ("b", False)})
    assert portal.answers == [None, None]
    assert not PortalAutostart(portal.kept, COMMAND).is_on()


@pytest.mark.parametrize(
    ("response", "results", "words"),
    [
        (1, {}, "Your desktop was told not to start MatSession at login."),
        (2, {}, "Start at login could not be changed."),
        (0, {"autostart": ("b", False)}, "Start at login could not be changed."),
        (0, {}, "Start at login could not be changed."),
        (0, {"autostart": ("s", "yes")}, "Start at login could not be changed."),
    ],
)
def test_no_is_no(portal: Portal, response: int, results: dict[str, tuple[str, Any]], words: str) -> None:
    """The switch goes back, and a sentence says why."""
    wish(portal, True)
    portal.respond(response, results)
    assert not portal.autostart.is_on()
    [error] = portal.answers
    assert error is not None
    assert error.title == words
    assert portal.autostart.possible


@pytest.mark.parametrize(("error", "possible"), [(UNKNOWN, False), ("org.example.Busy", True)])
def test_a_portal_that_cannot(portal: Portal, error: str, possible: bool) -> None:
    """One that does not know the wish is not asked again."""
    portal.refuses = error
    wish(portal, True)
    assert [str(each) for each in portal.answers if each] == [
        "Start at login could not be changed. The settings of your desktop decide about it here."
    ]
    assert portal.autostart.possible is possible
    assert not portal.autostart.is_on()


def test_an_old_portal_answers_elsewhere(portal: Portal) -> None:
    """At the path that it named."""
    portal.old = True
    wish(portal, True)
    portal.respond(0, {"autostart": ("b", True)})
    assert portal.kept.exists()


def test_another_wish_takes_the_place_of_the_first(portal: Portal) -> None:
    """Which is closed; a late answer to it means nothing."""
    wish(portal, True)
    first = portal.handle()
    wish(portal, False)
    assert portal.closed == [first]
    portal.respond(0, {"autostart": ("b", True)}, first)
    assert portal.answers == []
    portal.respond(0, {"autostart": ("b", False)})
    assert portal.answers == [None]
    assert not portal.autostart.is_on()


def test_answers_of_others_mean_nothing(portal: Portal) -> None:
    """Unasked, or with a body that no portal sends."""
    wish(portal, True)
    handle = portal.handle()
    portal.fake.say(
        new_signal(DBusAddress(handle, interface="org.freedesktop.portal.Request"), "Response", "s", ("0",))
    )
    portal.serve()
    assert portal.answers == []
    portal.respond(1, {})
    portal.respond(0, {"autostart": ("b", True)}, handle)
    assert len(portal.answers) == 1
    assert not portal.kept.exists()
