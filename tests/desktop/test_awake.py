"""Keeping the computer awake, against services that are played by hand."""

import os
from collections.abc import Iterator

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import HeaderFields, Message, MessageFlag

from matsession.desktop.awake import BusAwake
from tests.desktop.fake_bus import FakeBus

pytestmark = pytest.mark.usefixtures("qapp")

UNKNOWN = "org.freedesktop.DBus.Error.ServiceUnknown"


class Computer:
    """Both buses, and what was asked on them."""

    def __init__(self, *, in_flatpak: bool = False) -> None:
        self.session, self.system = FakeBus(), FakeBus()
        self.awake = BusAwake(self.session.bus, self.system.bus, in_flatpak=in_flatpak)

    def asked(self, fake: FakeBus) -> Message:
        """The one call that came."""
        [message] = fake.heard()
        return message

    def refuse(self, fake: FakeBus, interface: str) -> None:
        """There is no such service."""
        message = self.asked(fake)
        assert message.header.fields[HeaderFields.interface] == interface
        fake.refuse(message, UNKNOWN, "nobody there")

    def close(self) -> None:
        """Everything that is open."""
        self.session.close()
        self.system.close()


@pytest.fixture
def computer() -> Iterator[Computer]:
    """A computer outside of Flatpak."""
    computer = Computer()
    yield computer
    computer.close()


def test_gnome_is_asked_first_and_told_who_we_are(computer: Computer) -> None:
    """By its flag for suspend; let go with the number it gave. No service is started for a question."""
    computer.awake.keep(awake=True, screen=False)
    asked = computer.asked(computer.session)
    assert asked.header.fields[HeaderFields.interface] == "org.gnome.SessionManager"
    assert asked.body == ("MatSession", 0, "A session is running", 4)
    assert asked.header.flags & MessageFlag.no_auto_start
    computer.session.reply(asked, "u", (77,))
    computer.awake.keep(awake=True, screen=False)
    assert computer.session.heard() == []
    computer.awake.keep(awake=False, screen=False)
    let_go = computer.asked(computer.session)
    assert (let_go.header.fields[HeaderFields.member], let_go.body) == ("Uninhibit", (77,))
    assert computer.system.heard() == []


def test_the_power_manager_comes_second(computer: Computer) -> None:
    """KDE's and Xfce's."""
    computer.awake.keep(awake=True, screen=False)
    computer.refuse(computer.session, "org.gnome.SessionManager")
    asked = computer.asked(computer.session)
    assert asked.header.fields[HeaderFields.destination] == "org.freedesktop.PowerManagement"
    assert asked.header.fields[HeaderFields.path] == "/org/freedesktop/PowerManagement/Inhibit"
    assert asked.body == ("MatSession", "A session is running")
    computer.session.reply(asked, "u", (5,))
    computer.awake.keep(awake=False, screen=False)
    let_go = computer.asked(computer.session)
    assert (let_go.header.fields[HeaderFields.member], let_go.body) == ("UnInhibit", (5,))


def test_logind_comes_last_and_holds_by_a_file(computer: Computer) -> None:
    """Closing the file lets go, and so does a crash."""
    computer.awake.keep(awake=True, screen=False)
    computer.refuse(computer.session, "org.gnome.SessionManager")
    computer.refuse(computer.session, "org.freedesktop.PowerManagement.Inhibit")
    asked = computer.asked(computer.system)
    assert asked.body == ("sleep", "MatSession", "A session is running", "block")
    read_end, write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    computer.system.reply(asked, "h", (write_end,))
    os.close(write_end)
    with pytest.raises(BlockingIOError):
        os.read(read_end, 1)
    computer.awake.keep(awake=False, screen=False)
    assert os.read(read_end, 1) == b""
    os.close(read_end)


def test_nobody_can(computer: Computer, caplog: pytest.LogCaptureFixture) -> None:
    """Told in the log; the next session asks anew."""
    for _ in range(2):
        with caplog.at_level("INFO"):
            computer.awake.keep(awake=True, screen=False)
            computer.refuse(computer.session, "org.gnome.SessionManager")
            computer.refuse(computer.session, "org.freedesktop.PowerManagement.Inhibit")
            computer.refuse(computer.system, "org.freedesktop.login1.Manager")
            computer.awake.keep(awake=False, screen=False)
    assert caplog.text.count("nobody here keeps the computer from sleep") == 2
    BusAwake(None, None).keep(awake=True, screen=True)


def test_an_answer_that_comes_too_late_is_given_back(computer: Computer) -> None:
    """The session was over before the desktop answered."""
    computer.awake.keep(awake=True, screen=False)
    asked = computer.asked(computer.session)
    computer.awake.keep(awake=False, screen=False)
    computer.session.reply(asked, "u", (9,))
    assert computer.asked(computer.session).body == (9,)


def test_a_pause_in_the_middle_of_asking_asks_once(computer: Computer) -> None:
    """Wanted, not wanted, wanted again, and one answer."""
    for awake in (True, False, True):
        computer.awake.keep(awake=awake, screen=False)
    computer.session.reply(computer.asked(computer.session), "u", (9,))
    assert computer.session.heard() == []
    computer.awake.keep(awake=False, screen=False)
    assert computer.asked(computer.session).body == (9,)


def test_an_answer_without_sense_is_passed_over(computer: Computer, caplog: pytest.LogCaptureFixture) -> None:
    """A text where a number should be."""
    with caplog.at_level("INFO"):
        computer.awake.keep(awake=True, screen=False)
        computer.session.reply(computer.asked(computer.session), "s", ("yes",))
    assert "makes no sense" in caplog.text
    computer.refuse(computer.session, "org.freedesktop.PowerManagement.Inhibit")  # the next way is tried
    computer.awake.keep(awake=False, screen=False)
    assert computer.session.heard() == []


def test_the_screen_is_a_wish_of_its_own(computer: Computer) -> None:
    """GNOME by another flag; elsewhere the screen saver; each is let go by itself."""
    computer.awake.keep(awake=True, screen=True)
    sleep, screen = computer.session.heard()
    assert (sleep.body[3], screen.body[3]) == (4, 8)
    computer.session.reply(sleep, "u", (1,))
    computer.session.refuse(screen, UNKNOWN, "")
    saver = computer.asked(computer.session)
    assert saver.header.fields[HeaderFields.interface] == "org.freedesktop.ScreenSaver"
    computer.session.reply(saver, "u", (2,))
    computer.awake.keep(awake=True, screen=False)
    let_go = computer.asked(computer.session)
    assert (let_go.header.fields[HeaderFields.member], let_go.body) == ("UnInhibit", (2,))


def test_in_flatpak_the_portal_is_asked() -> None:
    """And let go by closing the request it named."""
    computer = Computer(in_flatpak=True)
    computer.awake.keep(awake=True, screen=False)
    asked = computer.asked(computer.session)
    assert asked.header.fields[HeaderFields.interface] == "org.freedesktop.portal.Inhibit"
    assert asked.body == ("", 4, {"reason": ("s", "A session is running")})
    computer.session.reply(asked, "o", ("/org/freedesktop/portal/desktop/request/1",))
    computer.awake.keep(awake=False, screen=False)
    let_go = computer.asked(computer.session)
    assert let_go.header.fields[HeaderFields.member] == "Close"
    assert let_go.header.fields[HeaderFields.path] == "/org/freedesktop/portal/desktop/request/1"
    computer.close()


@pytest.mark.expects_log("lost the fake bus")
def test_when_the_session_bus_dies_logind_helps(computer: Computer) -> None:
    """What the desktop held went with it."""
    computer.awake.keep(awake=True, screen=False)
    computer.session.reply(computer.asked(computer.session), "u", (1,))
    computer.session.hang_up()
    assert computer.asked(computer.system).body[0] == "sleep"
