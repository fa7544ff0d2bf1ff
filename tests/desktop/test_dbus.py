"""The bridge to D-Bus, against a bus end that is played by hand."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="installed on Linux only, where D-Bus is")

from jeepney import (
    FileDescriptor,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    low_level,
    new_error,
    new_method_return,
)
from PySide6.QtCore import QAbstractEventDispatcher, QSocketNotifier, QTimer
from pytestqt.qtbot import QtBot

from matsession.desktop import dbus
from matsession.desktop.dbus import DISCONNECTED, TIMED_OUT, Bus, BusError, BusKind
from tests.desktop.fake_bus import (
    OUR_NAME,
    SERVICE,
    SERVICE_CONNECTION,
    FakeBus,
    ask,
    owner_changed,
    told,
    turn,
)

pytestmark = pytest.mark.usefixtures("qapp")

RULE = MatchRule(type="signal", sender=SERVICE, member="Rang")


class Ear:
    """Writes down what callbacks are told."""

    def __init__(self) -> None:
        self.bodies: list[tuple[Any, ...]] = []
        self.errors: list[str] = []
        self.losses = 0

    def hear(self, body: tuple[Any, ...]) -> None:
        self.bodies.append(body)

    def hear_signal(self, message: Message) -> None:
        self.bodies.append(message.body)

    def hear_error(self, error: BusError) -> None:
        self.errors.append(error.name)

    def hear_loss(self) -> None:
        self.losses += 1


@pytest.fixture
def ear() -> Ear:
    """Nothing heard yet."""
    return Ear()


@pytest.fixture
def make_fake() -> Iterator[Callable[..., FakeBus]]:
    """Makes fake busses, and hangs up all of them."""
    fakes: list[FakeBus] = []

    def make(**more: Any) -> FakeBus:
        fakes.append(FakeBus(**more))
        return fakes[-1]

    yield make
    for fake in fakes:
        fake.close()


@pytest.fixture
def fake(make_fake: Callable[..., FakeBus]) -> FakeBus:
    """A bus that has let us in."""
    return make_fake()


def listen(fake: FakeBus, ear: Ear, rule: MatchRule = RULE) -> None:
    """Listen to the service, and let the bus tell who that is."""
    fake.bus.listen(rule, ear.hear_signal)
    for message in fake.heard():
        if message.header.fields[HeaderFields.member] == "GetNameOwner":
            fake.reply(message, "s", (SERVICE_CONNECTION,))


def is_open(read_end: int) -> bool:
    """Whether anybody still holds the other end of this pipe."""
    try:
        return os.read(read_end, 1) != b""
    except BlockingIOError:
        return True


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The read end, and the write end, which is given away and closed by the one who gave it."""
    read_end, write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    yield read_end, write_end
    os.close(read_end)


# -- greeting --------------------------------------------------------------------------------------


def test_the_bus_gives_us_a_name(fake: FakeBus) -> None:
    """After the greeting the connection knows what it is called."""
    assert fake.bus.unique_name == OUR_NAME
    assert fake.bus.alive


def test_what_is_said_before_the_greeting_is_sent_after_it(make_fake: Callable[..., FakeBus]) -> None:
    """Nobody has to wait for the bus: calls made at once are held, and sent in their order."""
    fake = make_fake(greeted=False)
    fake.bus.call(ask("First"))
    fake.bus.call(ask("Second"))
    fake.greet()
    assert [message.header.fields[HeaderFields.member] for message in fake.held] == ["First", "Second"]


@pytest.mark.expects_log("lost the fake bus: Authentication failed")
def test_a_bus_that_rejects_us_is_lost(make_fake: Callable[..., FakeBus], ear: Ear) -> None:
    """Refused at the door: told once, and calls end."""
    fake = make_fake(greeted=False)
    fake.bus.lost.connect(ear.hear_loss)
    fake.bus.call(ask("Anything"), ear.hear, ear.hear_error)
    fake.say_bytes(b"REJECTED EXTERNAL\r\n")
    assert (ear.losses, ear.errors, fake.bus.alive) == (1, [DISCONNECTED], False)


@pytest.mark.expects_log("lost the fake bus: it does not answer")
def test_a_bus_that_never_answers_is_given_up(
    make_fake: Callable[..., FakeBus], ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen bus costs nothing but what it would have brought."""
    monkeypatch.setattr(dbus, "GREETING_TIMEOUT_S", 0)
    fake = make_fake(greeted=False)
    fake.bus.lost.connect(ear.hear_loss)
    turn()
    assert ear.losses == 1


# -- calls -----------------------------------------------------------------------------------------


def test_replies_find_their_calls_in_any_order(fake: FakeBus, ear: Ear) -> None:
    """The serial tells which call a reply belongs to."""
    fake.bus.call(ask("First"), lambda body: ear.hear(("first", *body)))
    fake.bus.call(ask("Second"), lambda body: ear.hear(("second", *body)))
    first, second = fake.heard()
    fake.reply(second, "u", (2,))
    fake.reply(first, "u", (1,))
    assert ear.bodies == [("second", 2), ("first", 1)]


def test_an_error_is_told_with_its_name_and_text(fake: FakeBus) -> None:
    """A service that is not there answers with an error, never with an exception."""
    errors: list[BusError] = []
    fake.bus.call(ask("Ring"), on_error=errors.append)
    (call,) = fake.heard()
    fake.say(new_error(call, "org.freedesktop.DBus.Error.ServiceUnknown", "s", ("not there",)))
    assert errors == [BusError("org.freedesktop.DBus.Error.ServiceUnknown", "not there")]


def test_an_error_nobody_asked_for_is_passed_over(fake: FakeBus, ear: Ear) -> None:
    """With only on_reply given, an error ends the call in silence."""
    fake.bus.call(ask("Ring"), ear.hear)
    (call,) = fake.heard()
    fake.refuse(call, "org.example.No", "no")
    assert ear.bodies == []


def test_a_reply_that_does_not_come_is_an_error_in_the_end(fake: FakeBus, ear: Ear) -> None:
    """After its time a call ends; a reply that still comes is passed over."""
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error, timeout_s=0)
    (call,) = fake.heard()
    turn()
    fake.reply(call)
    assert (ear.errors, ear.bodies) == ([TIMED_OUT], [])


def test_a_reply_in_time_stops_the_clock(fake: FakeBus, ear: Ear) -> None:
    """Nothing is left to wait for, nor to wake up for."""
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    (call,) = fake.heard()
    clocks = QAbstractEventDispatcher.instance()
    assert len(clocks.registeredTimers(fake.bus)) == 1
    fake.reply(call)
    assert clocks.registeredTimers(fake.bus) == []
    assert (ear.bodies, ear.errors) == ([()], [])


def test_a_call_without_callbacks_asks_for_no_reply(fake: FakeBus) -> None:
    """The service is spared the answer."""
    fake.bus.call(ask("Ring"))
    (call,) = fake.heard()
    assert call.header.flags & MessageFlag.no_reply_expected


def test_a_body_that_does_not_fit_is_a_mistake_of_the_caller(fake: FakeBus) -> None:
    """It raises at the call, and sends nothing."""
    with pytest.raises(TypeError):
        fake.bus.call(ask("Ring", "s", (5,)))
    assert fake.heard() == []


# -- signals ---------------------------------------------------------------------------------------


def test_signals_are_heard_by_rule(fake: FakeBus, ear: Ear) -> None:
    """Only those that match; others pass by."""
    listen(fake, ear)
    fake.say(told("Rang", "u", (1,)))
    fake.say(told("Fell", "u", (2,)))
    assert ear.bodies == [(1,)]


def test_a_stranger_is_not_taken_for_the_service(fake: FakeBus, ear: Ear) -> None:
    """Anybody on the bus can send us any signal; only the owner of the name is heard."""
    listen(fake, ear)
    fake.say(told("Rang", "u", (6,)), sender=":1.666")
    assert ear.bodies == []


def test_a_service_that_starts_anew_is_followed(fake: FakeBus, ear: Ear) -> None:
    """The name goes to another connection, and its signals are the ones to hear."""
    listen(fake, ear)
    fake.say(owner_changed(SERVICE, ":1.8"), sender="org.freedesktop.DBus")
    fake.say(told("Rang", "u", (1,)), sender=SERVICE_CONNECTION)
    fake.say(told("Rang", "u", (2,)), sender=":1.8")
    assert ear.bodies == [(2,)]


def test_only_the_bus_says_who_owns_a_name(fake: FakeBus, ear: Ear) -> None:
    """A stranger cannot make itself the service."""
    listen(fake, ear)
    fake.say(owner_changed(SERVICE, ":1.666"), sender=":1.666")
    fake.say(told("Rang", "u", (6,)), sender=":1.666")
    assert ear.bodies == []


def test_two_listeners_ask_for_the_owner_once(fake: FakeBus, ear: Ear) -> None:
    """One question for each name; one rule for each listener."""
    listen(fake, ear)
    fake.bus.listen(RULE, ear.hear_signal)
    assert fake.heard_members() == ["AddMatch"]


def test_a_listener_may_stop_itself_and_others(fake: FakeBus, ear: Ear) -> None:
    """Who was stopped by one before it hears nothing, not even this signal."""
    rule = MatchRule(type="signal", sender=SERVICE_CONNECTION, member="Rang")

    def stop_both(message: Message) -> None:
        ear.hear(("first",))
        fake.bus.stop_listening(first)
        fake.bus.stop_listening(second)

    first = fake.bus.listen(rule, stop_both)
    second = fake.bus.listen(rule, ear.hear_signal)
    fake.say(told("Rang"))
    fake.say(told("Rang"))
    assert ear.bodies == [("first",)]
    assert fake.heard_members() == ["AddMatch", "AddMatch", "RemoveMatch", "RemoveMatch"]


def test_a_message_in_pieces_is_heard_once_whole(fake: FakeBus, ear: Ear) -> None:
    """One byte at a time."""
    listen(fake, ear)
    for byte in fake.as_bytes(told("Rang", "s", ("a word",))):
        assert ear.bodies == []
        fake.say_bytes(bytes([byte]))
    assert ear.bodies == [("a word",)]


def test_many_messages_at_once_are_heard_in_order_and_leave_qt_its_turn(fake: FakeBus, ear: Ear) -> None:
    """Two hundred in one go: none is lost, and a timer of the program fires in between."""
    heard_at_timer: list[int] = []

    def hear(message: Message) -> None:
        if not ear.bodies:
            QTimer.singleShot(0, lambda: heard_at_timer.append(len(ear.bodies)))
        ear.hear_signal(message)

    fake.bus.listen(MatchRule(type="signal", member="Rang"), hear)
    fake.say_bytes(b"".join(fake.as_bytes(told("Rang", "u", (number,))) for number in range(200)))
    turn()
    turn()
    assert ear.bodies == [(number,) for number in range(200)]
    assert 0 < heard_at_timer[0] < 100


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.expects_log("lost the fake bus")
def test_the_death_of_the_bus_is_told_once(fake: FakeBus, ear: Ear) -> None:
    """Whoever waits is told, whoever calls later too; the notifiers rest, so nothing spins."""
    fake.bus.lost.connect(ear.hear_loss)
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    fake.bus.call(ask("Ring"), ear.hear)
    fake.hang_up()
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    fake.bus.call(ask("Ring"))
    turn()
    assert (ear.losses, ear.errors, ear.bodies) == (1, [DISCONNECTED] * 2, [])
    assert not any(notifier.isEnabled() for notifier in fake.bus.findChildren(QSocketNotifier))
    assert not fake.bus.alive


@pytest.mark.expects_log("lost the fake bus")
def test_writing_to_a_dead_bus_does_not_raise(fake: FakeBus, ear: Ear) -> None:
    """The call that finds out ends like all others, from the event loop."""
    fake.bus.lost.connect(ear.hear_loss)
    fake.far.close()
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    assert (ear.losses, ear.errors) == (0, [])
    turn()
    assert (ear.losses, ear.errors) == (1, [DISCONNECTED])


@pytest.mark.expects_log("lost the fake bus: it takes nothing any more")
def test_a_bus_that_stops_listening_is_lost(fake: FakeBus, ear: Ear) -> None:
    """It has not hung up, but nothing can be said to it."""
    fake.bus.lost.connect(ear.hear_loss)
    fake.far.shutdown(socket.SHUT_RD)
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    turn()
    assert (ear.losses, ear.errors) == (1, [DISCONNECTED])


@pytest.mark.expects_log("lost the fake bus: it sent something that is no message")
@pytest.mark.parametrize(
    "garbage", [b"GET / HTTP/1.1\r\n", b"l" + b"\xff" * 15], ids=["no message", "endless message"]
)
def test_garbage_ends_the_connection(fake: FakeBus, ear: Ear, garbage: bytes) -> None:
    """Where the next message begins cannot be known."""
    fake.bus.lost.connect(ear.hear_loss)
    fake.say_bytes(garbage)
    assert ear.losses == 1


def test_a_callback_may_close_the_bus(fake: FakeBus, ear: Ear) -> None:
    """What has already come in after that is heard by nobody."""

    def hear_and_close(message: Message) -> None:
        ear.hear_signal(message)
        fake.bus.close()

    for _ in range(2):
        fake.bus.listen(MatchRule(type="signal", member="Rang"), hear_and_close)
    fake.say_bytes(fake.as_bytes(told("Rang", "u", (1,))) + fake.as_bytes(told("Rang", "u", (2,))))
    assert ear.bodies == [(1,)]


def test_a_callback_may_let_the_event_loop_run(fake: FakeBus, ear: Ear) -> None:
    """A dialog opened by one signal does not keep the next one waiting, and none is heard twice."""

    def hear_and_turn(message: Message) -> None:
        ear.hear_signal(message)
        turn()

    fake.bus.listen(MatchRule(type="signal", member="Rang"), hear_and_turn)
    fake.say_bytes(b"".join(fake.as_bytes(told("Rang", "u", (number,))) for number in range(5)))
    assert ear.bodies == [(number,) for number in range(5)]


def test_a_callback_that_fails_loses_no_other_message(fake: FakeBus, ear: Ear, qtbot: QtBot) -> None:
    """Our bug is told as a bug; the next signal is heard all the same."""

    def fail_once(message: Message) -> None:
        ear.hear_signal(message)
        if len(ear.bodies) == 1:
            raise ValueError("a bug")

    fake.bus.listen(MatchRule(type="signal", member="Rang"), fail_once)
    with qtbot.capture_exceptions() as exceptions:
        fake.say_bytes(fake.as_bytes(told("Rang", "u", (1,))) + fake.as_bytes(told("Rang", "u", (2,))))
    assert [kind for kind, *_ in exceptions] == [ValueError]
    assert ear.bodies == [(1,), (2,)]


@pytest.mark.expects_log("dropped a message from the bus")
def test_a_message_that_cannot_be_read_is_dropped_and_the_next_one_heard(
    fake: FakeBus, ear: Ear, pipe: tuple[int, int]
) -> None:
    """Its text is no UTF-8. The descriptor that came with it is closed."""
    read_end, write_end = pipe
    listen(fake, ear)
    broken = fake.as_bytes(told("Rang", "s", ("a word",))).replace(b"a word", b"\xff word")
    fake.say_bytes(broken, [write_end])
    os.close(write_end)
    assert not is_open(read_end)
    fake.say(told("Rang", "s", ("another",)))
    assert ear.bodies == [("another",)]


@pytest.mark.expects_log("dropped a message from the bus")
@pytest.mark.parametrize(("field", "signature", "value"), [(5, "as", ["1"]), (1, "u", 1), (7, "ay", b"1")])
def test_a_header_of_wrong_types_is_dropped(
    fake: FakeBus, ear: Ear, monkeypatch: pytest.MonkeyPatch, field: int, signature: str, value: object
) -> None:
    """A serial that is a list, a path that is a number, a sender that is bytes."""
    fake.bus.listen(MatchRule(type="signal", path_namespace="/org"), ear.hear_signal)
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    *_, call = fake.heard()
    message = new_method_return(call) if field == 5 else told("Rang")
    message.header.fields[HeaderFields.sender] = SERVICE_CONNECTION
    message.header.fields[HeaderFields(field)] = value
    with monkeypatch.context() as patch:
        patch.setitem(low_level.header_field_codes, field, signature)
        data = message.serialise(1)
    fake.say_bytes(data)
    assert (ear.bodies, ear.errors) == ([], [])


@pytest.mark.expects_log("dropped a message from the bus|lost the fake bus")
@pytest.mark.parametrize("damage", [0x01, 0xFF])
def test_no_damaged_byte_raises(make_fake: Callable[..., FakeBus], ear: Ear, damage: int) -> None:
    """Each byte of a signal, a call and a reply in turn: heard, dropped or the end; never an exception."""
    for number in range(3):
        for place in range(1000):
            fake = make_fake()
            fake.bus.listen(MatchRule(type="signal", member="Rang", path_namespace="/org"), ear.hear_signal)
            fake.bus.export("/org/example/Object", lambda call: None)
            fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
            *_, call = fake.heard()
            message = (told("Rang", "sav", ("w", [("u", 1)])), ask("Rang"), new_method_return(call))[number]
            data = bytearray(fake.as_bytes(message))
            if place == len(data):
                fake.close()
                break
            data[place] ^= damage
            fake.say_bytes(bytes(data))
            fake.close()


# -- file descriptors ------------------------------------------------------------------------------


def test_a_descriptor_belongs_to_the_callback_that_takes_it(fake: FakeBus, pipe: tuple[int, int]) -> None:
    """It stays open, and no child process inherits it."""
    read_end, write_end = pipe
    taken: list[int] = []
    fake.bus.call(ask("Lend"), lambda body: taken.append(body[0].to_raw_fd()))
    (call,) = fake.heard()
    fake.reply(call, "h", (write_end,))
    os.close(write_end)
    assert is_open(read_end)
    assert not os.get_inheritable(taken[0])
    os.close(taken[0])
    assert not is_open(read_end)


def test_a_descriptor_nobody_takes_is_closed(fake: FakeBus, ear: Ear, pipe: tuple[int, int]) -> None:
    """Looked at, and left."""
    read_end, write_end = pipe
    fake.bus.call(ask("Lend"), ear.hear)
    (call,) = fake.heard()
    fake.reply(call, "h", (write_end,))
    os.close(write_end)
    assert isinstance(ear.bodies[0][0], FileDescriptor)
    assert not is_open(read_end)


def test_descriptors_go_with_their_own_message(fake: FakeBus, ear: Ear, pipe: tuple[int, int]) -> None:
    """Messages without one before and after, all in one go, do not take it."""
    read_end, write_end = pipe
    fake.bus.listen(MatchRule(type="signal", member="Rang"), ear.hear_signal)
    fds: list[int] = []
    lending = fake.as_bytes(told("Rang", "h", (write_end,)), fds=fds)
    fake.far.send(fake.as_bytes(told("Rang", "u", (1,))))
    socket.send_fds(fake.far, [lending], fds)
    fake.far.send(fake.as_bytes(told("Rang", "u", (2,))))
    os.close(write_end)
    turn()
    assert [type(body[0]) for body in ear.bodies] == [int, FileDescriptor, int]
    assert not is_open(read_end)


@pytest.mark.expects_log("lost the fake bus")
def test_a_descriptor_of_half_a_message_is_closed_with_the_bus(fake: FakeBus, pipe: tuple[int, int]) -> None:
    """The bus dies before the message is whole."""
    read_end, write_end = pipe
    fds: list[int] = []
    data = fake.as_bytes(told("Rang", "h", (write_end,)), fds=fds)
    fake.say_bytes(data[:20], fds)
    os.close(write_end)
    assert is_open(read_end)
    fake.hang_up()
    assert not is_open(read_end)


# -- writing ---------------------------------------------------------------------------------------


def test_what_the_bus_cannot_take_yet_is_sent_later(make_fake: Callable[..., FakeBus], ear: Ear) -> None:
    """A long message does not hold the window up; it goes as the bus takes it, and the notifier rests."""
    fake = make_fake(send_buffer=4096)
    text = "words " * 50_000
    fake.bus.call(ask("Write", "s", (text,)), ear.hear)
    fake.bus.call(ask("After"))
    writable = next(
        notifier
        for notifier in fake.bus.findChildren(QSocketNotifier)
        if notifier.type() is QSocketNotifier.Type.Write
    )
    assert writable.isEnabled()
    messages: list[Message] = []
    for _ in range(1000):
        messages += fake.heard()
        if len(messages) == 2:
            break
        turn()
    assert messages[0].body == (text,)
    turn()
    assert not writable.isEnabled()


# -- being asked -----------------------------------------------------------------------------------


def answer(message: Message) -> Message | None:
    """Answers Double, knows nothing else."""
    if message.header.fields[HeaderFields.member] != "Double":
        return None
    reply: Message = new_method_return(message, "i", (2 * message.body[0],))
    return reply


def test_an_exported_object_answers(fake: FakeBus) -> None:
    """The reply goes to the one who asked."""
    fake.bus.export("/org/example/Object", answer)
    fake.say(ask("Double", "i", (21,)), sender=":1.9")
    (reply,) = fake.heard()
    assert reply.header.message_type is MessageType.method_return
    assert (reply.body, reply.header.fields[HeaderFields.destination]) == ((42,), ":1.9")


@pytest.mark.parametrize(
    ("exported", "error"),
    [(True, "org.freedesktop.DBus.Error.UnknownMethod"), (False, "org.freedesktop.DBus.Error.UnknownObject")],
)
def test_what_is_not_there_is_said_to_be_unknown(fake: FakeBus, exported: bool, error: str) -> None:
    """Nobody waits for an answer that will not come."""
    fake.bus.export("/org/example/Object", answer)
    if not exported:
        fake.bus.unexport("/org/example/Object")
    fake.say(ask("Halve", "i", (4,)))
    (reply,) = fake.heard()
    assert reply.header.fields[HeaderFields.error_name] == error


def test_a_handler_that_fails_still_answers(fake: FakeBus, qtbot: QtBot) -> None:
    """Our bug is told as a bug, and the caller gets an error."""
    fake.bus.export("/org/example/Object", answer)
    with qtbot.capture_exceptions() as exceptions:
        fake.say(ask("Double"))
    assert [kind for kind, *_ in exceptions] == [IndexError]
    (reply,) = fake.heard()
    assert reply.header.fields[HeaderFields.error_name] == "org.freedesktop.DBus.Error.Failed"


def test_a_caller_who_wants_no_reply_gets_none(fake: FakeBus) -> None:
    """Not even an error."""
    call = ask("Nothing")
    call.header.flags |= MessageFlag.no_reply_expected
    fake.say(call)
    assert fake.heard() == []


@pytest.mark.parametrize(("code", "ours"), [(1, True), (4, True), (3, False)])
def test_a_name_is_ours_or_not(fake: FakeBus, code: int, ours: bool) -> None:
    """Owned, owned before, or taken by another."""
    answers: list[bool] = []
    fake.bus.own_name("org.example.Mine", answers.append)
    (request,) = fake.heard()
    fake.reply(request, "u", (code,))
    fake.bus.release_name("org.example.Mine")
    assert answers == [ours]
    assert fake.heard_members() == ["ReleaseName"]


# -- coming and going ------------------------------------------------------------------------------


def test_closing_is_quiet_and_sends_what_was_said(fake: FakeBus, ear: Ear) -> None:
    """No callback, no loss, and the last words arrive."""
    fake.bus.lost.connect(ear.hear_loss)
    fake.bus.call(ask("Ring"), ear.hear, ear.hear_error)
    fake.bus.close()
    turn()
    assert (ear.losses, ear.errors, fake.bus.alive) == (0, [], False)
    assert fake.heard_members() == ["Ring"]


@pytest.mark.parametrize("kind", BusKind)
def test_without_a_bus_there_is_none_and_one_line_says_so(
    kind: BusKind, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No exception, no waiting."""
    monkeypatch.setenv(f"DBUS_{kind.name}_BUS_ADDRESS", f"unix:path={home}/nobody")
    with caplog.at_level(logging.INFO):
        assert Bus.open(kind) is None
    assert [record.levelname for record in caplog.records] == ["INFO"]


@pytest.mark.parametrize("address", ["nonsense", "tcp:host=localhost,port=1", "unix:path"])
def test_an_address_that_makes_no_sense_is_no_bus(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in the environment."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert Bus.open(BusKind.SESSION) is None


def test_a_bus_at_its_usual_place_is_found_and_a_hanging_one_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nobody accepts at the other end; opening returns all the same."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "bus"))
        door.listen()
        bus = Bus.open(BusKind.SESSION)
        assert bus is not None
        assert bus.unique_name is None
        bus.close()
