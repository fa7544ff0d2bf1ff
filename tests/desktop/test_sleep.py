"""The sleep signal, against a logind that is played by hand."""

import logging
import os
from collections.abc import Iterator

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import DBusAddress, HeaderFields, Message, new_signal

from matsession.app.ports import SleepWatch
from matsession.desktop.sleep import SystemSleepWatch
from tests.desktop.fake_bus import FakeBus

pytestmark = pytest.mark.usefixtures("qapp")

MANAGER = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
LOGIND_CONNECTION = ":1.3"


class Logind:
    """Gives locks and tells of sleep; writes down what the watch tells, and whether the lock was held."""

    def __init__(self) -> None:
        self.fake = FakeBus()
        self.asked: list[Message] = []
        self.locks: list[int] = []
        self.told: list[tuple[str, bool]] = []
        self.watch = SystemSleepWatch(self.fake.bus)
        self.watch.on_about_to_sleep(self._on_about_to_sleep)
        self.watch.on_woke(self._on_woke)
        self.look()

    def _on_about_to_sleep(self) -> None:
        self.told.append(("about to sleep", self.held))

    def _on_woke(self) -> None:
        self.told.append(("woke", self.held))

    def look(self) -> int:
        """Read what came in; how many locks were asked for and not yet given."""
        for message in self.fake.heard():
            match message.header.fields[HeaderFields.member]:
                case "GetNameOwner":
                    self.fake.reply(message, "s", (LOGIND_CONNECTION,))
                case "Inhibit":
                    self.asked.append(message)
                case _:
                    pass
        return len(self.asked)

    def give_lock(self) -> None:
        """Answer the oldest question."""
        self.look()
        read_end, write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.locks.append(read_end)
        self.fake.reply(self.asked.pop(0), "h", (write_end,))
        os.close(write_end)

    @property
    def held(self) -> bool:
        """Whether anybody holds a lock."""
        return any(self._is_held(lock) for lock in self.locks)

    @staticmethod
    def _is_held(lock: int) -> bool:
        try:
            return os.read(lock, 1) != b""
        except BlockingIOError:
            return True

    def prepare_for_sleep(self, *body: object, signature: str = "b", sender: str = LOGIND_CONNECTION) -> None:
        """Tell that sleep begins (True) or is over (False)."""
        self.fake.say(new_signal(MANAGER, "PrepareForSleep", signature, body), sender=sender)

    def close(self) -> None:
        """Everything that is open."""
        self.watch.end()
        self.fake.close()
        for lock in self.locks:
            os.close(lock)


@pytest.fixture
def logind() -> Iterator[Logind]:
    """A logind, and the watch that listens to it."""
    logind = Logind()
    yield logind
    logind.close()


def test_the_lock_is_held_while_a_session_runs(logind: Logind) -> None:
    """A delay lock, in our name, with a reason; none before and none after."""
    assert logind.look() == 0
    logind.watch.begin()
    logind.look()
    assert logind.asked[0].body == ("sleep", "MatSession", "Saving the session", "delay")
    logind.give_lock()
    assert logind.held
    logind.watch.end()
    assert not logind.held


def test_all_is_saved_before_the_lock_goes(logind: Logind) -> None:
    """Listeners have returned when the computer may sleep; awake again, the lock is asked for anew."""
    logind.watch.begin()
    logind.give_lock()
    logind.prepare_for_sleep(True)
    assert logind.told == [("about to sleep", True)]
    assert not logind.held
    logind.prepare_for_sleep(False)
    assert [what for what, _ in logind.told] == ["about to sleep", "woke"]
    logind.give_lock()
    assert logind.held


def test_a_listener_that_fails_does_not_keep_the_computer_awake(logind: Logind) -> None:
    """The lock goes even if saving raised; Qt tells of the exception."""
    logind.watch.begin()
    logind.give_lock()

    def fail() -> None:
        raise RuntimeError("disk full")

    logind.watch.about_to_sleep.connect(fail)
    with pytest.MonkeyPatch.context() as patch:
        told: list[type[BaseException]] = []
        patch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))
        logind.prepare_for_sleep(True)
    assert not logind.held
    assert told == [RuntimeError]


def test_without_a_session_sleep_is_told_and_never_delayed(logind: Logind) -> None:
    """The signals come; no lock is asked for."""
    logind.prepare_for_sleep(True)
    logind.prepare_for_sleep(False)
    assert logind.told == [("about to sleep", False), ("woke", False)]
    assert logind.look() == 0


def test_a_lock_that_comes_too_late_is_given_back(logind: Logind) -> None:
    """The session ended before logind answered."""
    logind.watch.begin()
    logind.watch.end()
    logind.give_lock()
    assert not logind.held


def test_a_lock_that_comes_while_falling_asleep_is_given_back(logind: Logind) -> None:
    """Nobody would let go of it before the limit."""
    logind.watch.begin()
    logind.prepare_for_sleep(True)
    logind.give_lock()
    assert not logind.held
    logind.prepare_for_sleep(False)
    logind.give_lock()
    assert logind.held


def test_one_lock_at_a_time(logind: Logind) -> None:
    """However often it is begun, woken, ended and begun."""
    logind.watch.begin()
    logind.watch.begin()
    logind.prepare_for_sleep(False)
    assert logind.look() == 1
    logind.watch.end()
    logind.watch.begin()
    assert logind.look() == 1
    logind.give_lock()
    logind.watch.begin()
    assert logind.look() == 0
    assert logind.held


def test_a_refused_lock_is_told_once_and_asked_for_again(
    logind: Logind, caplog: pytest.LogCaptureFixture
) -> None:
    """No logind: one line in the log, and the next session tries anew."""
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            logind.watch.begin()
            assert logind.look() == 1
            logind.fake.refuse(logind.asked.pop(), "org.freedesktop.DBus.Error.ServiceUnknown", "no logind")
            logind.watch.end()
    assert len([record for record in caplog.records if "the clocks alone" in record.getMessage()]) == 1


@pytest.mark.expects_log("lost the fake bus")
def test_when_the_bus_dies_the_lock_goes(logind: Logind) -> None:
    """Sleep would wait for somebody who hears nothing; the session goes on by the clocks."""
    logind.watch.begin()
    logind.give_lock()
    logind.fake.hang_up()
    assert not logind.held
    logind.watch.end()
    logind.watch.begin()
    assert logind.told == []


def test_strangers_and_nonsense_are_not_believed(logind: Logind) -> None:
    """Only logind tells of sleep, and only by yes or no."""
    logind.watch.begin()
    logind.give_lock()
    logind.prepare_for_sleep(True, sender=":1.666")
    logind.prepare_for_sleep("yes", signature="s")
    logind.prepare_for_sleep(signature="")
    logind.prepare_for_sleep(True, True, signature="bb")
    logind.prepare_for_sleep(1, signature="u")
    assert logind.told == []
    assert logind.held


def test_without_a_bus_it_stays_silent() -> None:
    """The clocks alone tell."""
    watch: SleepWatch = SystemSleepWatch(None)
    watch.begin()
    watch.end()
