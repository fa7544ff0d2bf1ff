"""The computer goes to sleep in the middle of a session, with a real bus and dbusmock's logind."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, new_method_call, new_method_return
from pytestqt.qtbot import QtBot

from matsession.desktop.dbus import DISCONNECTED, TIMED_OUT, Bus, BusError, BusKind
from matsession.desktop.sleep import SystemSleepWatch
from tests.stories.bus_parts import MockLogind, PrivateBus, mock_logind, private_bus
from tests.stories.desktop_parts import PATIENCE_S

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("qapp")]

OUR_LOCK = ("sleep", "MatSession", "Saving the session", "delay")
PATIENCE_MS = PATIENCE_S * 1000


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A bus that is the system's and the session's alike."""
    with private_bus(tmp_path) as daemon:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.address)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        yield daemon


@pytest.fixture
def bus(daemon: PrivateBus) -> Iterator[Bus]:
    """The program's connection to it."""
    bus = Bus.open(BusKind.SYSTEM)
    assert bus is not None
    yield bus
    bus.close()


@pytest.fixture
def logind(daemon: PrivateBus) -> Iterator[MockLogind]:
    """Gives locks and tells of sleep."""
    with mock_logind(daemon) as logind:
        yield logind


class Night:
    """What the program hears, and which locks there were at that moment."""

    def __init__(self, logind: MockLogind, watch: SystemSleepWatch) -> None:
        self.told: list[tuple[str, list[tuple[str, str, str, str]]]] = []
        self._logind = logind
        watch.about_to_sleep.connect(self._on_about_to_sleep)
        watch.woke.connect(self._on_woke)

    def _on_about_to_sleep(self) -> None:
        self.told.append(("about to sleep", self._logind.locks()))

    def _on_woke(self) -> None:
        self.told.append(("woke", []))


def test_the_computer_waits_until_the_session_is_saved(bus: Bus, logind: MockLogind, qtbot: QtBot) -> None:
    """Lock at begin; heard before it goes; gone when the computer may sleep; taken again when it woke."""
    watch = SystemSleepWatch(bus)
    night = Night(logind, watch)
    assert logind.locks() == []

    watch.begin()
    qtbot.waitUntil(lambda: logind.locks() == [OUR_LOCK], timeout=PATIENCE_MS)

    with qtbot.waitSignal(watch.about_to_sleep, timeout=PATIENCE_MS):
        logind.prepare_for_sleep(True)
    assert night.told == [("about to sleep", [OUR_LOCK])]
    assert logind.locks() == []

    with qtbot.waitSignal(watch.woke, timeout=PATIENCE_MS):
        logind.prepare_for_sleep(False)
    qtbot.waitUntil(lambda: logind.locks() == [OUR_LOCK], timeout=PATIENCE_MS)

    # logind's answer may still be on its way to us; then the lock goes as soon as it comes.
    watch.end()
    qtbot.waitUntil(lambda: logind.locks() == [], timeout=PATIENCE_MS)


@pytest.mark.expects_log("lost the system bus")
def test_the_program_outlives_the_bus(bus: Bus, logind: MockLogind, daemon: PrivateBus, qtbot: QtBot) -> None:
    """The bus is killed in mid-session: told once, and whatever is asked of it afterwards ends."""
    watch = SystemSleepWatch(bus)
    losses: list[bool] = []
    bus.lost.connect(lambda: losses.append(bus.alive))
    watch.begin()
    qtbot.waitUntil(lambda: logind.locks() == [OUR_LOCK], timeout=PATIENCE_MS)
    with qtbot.waitSignal(bus.lost, timeout=PATIENCE_MS):
        daemon.kill()
    watch.end()
    watch.begin()
    errors: list[BusError] = []
    bus.call(
        new_method_call(DBusAddress("/", "org.example.Gone", "org.example.Gone"), "Ring"), None, errors.append
    )
    qtbot.waitUntil(lambda: bool(errors), timeout=PATIENCE_MS)
    assert (losses, errors) == ([False], [BusError(DISCONNECTED)])


def test_without_logind_the_lock_is_refused_in_peace(
    bus: Bus, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """A bus on which nobody is: one line in the log, no warning."""
    watch = SystemSleepWatch(bus)
    with caplog.at_level("INFO"):
        watch.begin()
        qtbot.waitUntil(lambda: "ServiceUnknown" in caplog.text, timeout=PATIENCE_MS)
    watch.end()


def test_two_programs_talk_over_the_bus(bus: Bus, qtbot: QtBot) -> None:
    """A name, an exported object and a call from one connection to the other, both through the bridge."""
    other = Bus.open(BusKind.SESSION)
    assert other is not None
    where = DBusAddress("/org/example/Doubler", "org.example.Doubler", "org.example.Doubler")

    def double(call: Message) -> Message | None:
        if call.header.fields[HeaderFields.member] != "Double":
            return None
        reply: Message = new_method_return(call, "x", (2 * call.body[0],))
        return reply

    owned: list[bool] = []
    other.export(where.object_path, double)
    other.own_name("org.example.Doubler", owned.append)
    qtbot.waitUntil(lambda: owned == [True], timeout=PATIENCE_MS)
    replies: list[tuple[int]] = []
    errors: list[BusError] = []
    bus.call(new_method_call(where, "Double", "x", (2**40,)), replies.append)
    bus.call(new_method_call(where, "Halve", "x", (2**40,)), None, errors.append)
    qtbot.waitUntil(lambda: bool(replies and errors), timeout=PATIENCE_MS)
    assert replies == [(2**41,)]
    assert errors[0].name == "org.freedesktop.DBus.Error.UnknownMethod"
    other.close()


def test_a_bus_that_hangs_holds_nothing_up(daemon: PrivateBus, qtbot: QtBot) -> None:
    """The daemon is stopped: opening and calling return at once, the call ends by its time limit."""
    daemon.daemon.send_signal(signal.SIGSTOP)
    bus = Bus.open(BusKind.SYSTEM)
    assert bus is not None
    errors: list[BusError] = []
    where = DBusAddress("/", "org.example.Service", "org.example.Service")
    bus.call(new_method_call(where, "Ring"), None, errors.append, timeout_s=0.05)
    qtbot.waitUntil(lambda: bool(errors), timeout=PATIENCE_MS)
    assert errors == [BusError(TIMED_OUT)]
    daemon.daemon.send_signal(signal.SIGCONT)
    qtbot.waitUntil(lambda: bus.unique_name is not None, timeout=PATIENCE_MS)
    bus.close()
