"""The socket: one order in, one answer out, and everything else is refused."""

import contextlib
import logging
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

if sys.platform == "win32":
    pytest.skip("Windows has a named pipe instead", allow_module_level=True)

from matsession.desktop.control_client import NoAnswerError, ask
from matsession.desktop.control_server import ControlServer
from matsession.desktop.control_wire import LINE_BYTES_MAX, read_answer, write_order
from matsession.desktop.instance import FileSessionLock
from matsession.desktop.paths import Folders, find_folders
from matsession.domain.order import Answer, Order, Verb
from tests.desktop.test_control_wire import random_lines

pytestmark = pytest.mark.usefixtures("qapp")


class Desk:
    """A server, and what it was told to do."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.orders: list[Order] = []
        self.server = ControlServer(self.obey)
        assert self.server.open(address)

    def obey(self, order: Order) -> Answer:
        self.orders.append(order)
        return Answer(True, f"{order.verb} it is")

    def connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(self.address)
        connection.setblocking(False)
        return connection


@pytest.fixture
def address() -> Iterator[str]:
    """A place that is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="ms-") as folder:
        yield f"{folder}/run/window.sock"


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    """A server that listens."""
    desk = Desk(address)
    yield desk
    desk.server.close()


def told(connection: socket.socket, qtbot: QtBot) -> bytes:
    """All that comes until the other end hangs up."""
    heard = bytearray()

    def hung_up() -> bool:
        try:
            part = connection.recv(LINE_BYTES_MAX)
        except BlockingIOError:
            return False
        except ConnectionResetError:  # not all that was sent has been read
            return True
        heard.extend(part)
        return not part

    qtbot.waitUntil(hung_up)
    return bytes(heard)


def test_an_order_is_obeyed_and_answered(desk: Desk, qtbot: QtBot) -> None:
    """Also in two pieces; then the connection ends."""
    with desk.connect() as connection:
        line = write_order(Order(Verb.EXTEND, by_s=120))
        connection.sendall(line[:7])
        qtbot.wait(1)
        connection.sendall(line[7:])
        assert read_answer(told(connection, qtbot)) == Answer(True, "extend it is")
    assert desk.orders == [Order(Verb.EXTEND, by_s=120)]


def test_a_second_line_is_not_read(desk: Desk, qtbot: QtBot) -> None:
    """One connection, one order."""
    with desk.connect() as connection:
        connection.sendall(write_order(Order(Verb.PAUSE)) + write_order(Order(Verb.STOP)))
        told(connection, qtbot)
    assert desk.orders == [Order(Verb.PAUSE)]


def test_too_long_a_line_is_cut_off(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Beyond 64 KiB nothing more is read, and nothing answered."""
    caplog.set_level(logging.INFO)
    with desk.connect() as connection, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(3):
            with contextlib.suppress(BlockingIOError):
                connection.send(b"x" * 40_000)
            qtbot.wait(5)
        assert told(connection, qtbot) == b""
    assert desk.orders == []
    assert "longer than 65536 bytes" in caplog.text


def test_who_says_nothing_is_hung_up_on(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is over, though half a line has come."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("matsession.desktop.control_server.TIME_LIMIT_S", 0.02)
    with desk.connect() as silent:
        silent.sendall(b'{"matsession": 1')
        assert told(silent, qtbot) == b""
    assert desk.orders == []
    assert "no whole line within 0.02 s" in caplog.text


def test_who_hangs_up_within_a_line_is_written_down(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """And nothing is done."""
    caplog.set_level(logging.INFO)
    with desk.connect() as connection:
        connection.sendall(b'{"matsession": 1')
    qtbot.waitUntil(lambda: "it hung up within a line" in caplog.text)
    assert desk.orders == []


def test_an_order_that_fails_is_hung_up_on(address: str, qtbot: QtBot) -> None:
    """Our mistake is told as one, and nobody waits for an answer."""

    def fail(_order: Order) -> Answer:
        raise LookupError("a mistake of ours")

    server = ControlServer(fail)
    assert server.open(address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(address)
        connection.setblocking(False)
        with qtbot.captureExceptions() as raised:
            connection.sendall(write_order(Order(Verb.PAUSE)))
            assert told(connection, qtbot) == b""
    assert [each[0] for each in raised] == [LookupError]
    server.close()


def test_who_says_nothing_is_in_nobodys_way(desk: Desk, qtbot: QtBot) -> None:
    """Others are served meanwhile."""
    with desk.connect() as silent, desk.connect() as connection:
        silent.sendall(b'{"matsession": 1')
        connection.sendall(write_order(Order(Verb.STATUS)))
        assert told(connection, qtbot)
    assert desk.orders == [Order(Verb.STATUS)]


def test_what_arrived_while_we_were_held_up_counts(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time is over before the line could be looked at: a busy computer, not a silent caller."""
    monkeypatch.setattr("matsession.desktop.control_server.TIME_LIMIT_S", 0)
    with desk.connect() as connection:
        connection.sendall(write_order(Order(Verb.PAUSE)))
        assert read_answer(told(connection, qtbot)).done
    assert desk.orders == [Order(Verb.PAUSE)]


def test_random_lines_do_nothing(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """They are refused without an answer; the log names the first ones and does not grow for ever."""
    caplog.set_level(logging.INFO)
    for line in random_lines(300):
        with desk.connect() as connection:
            connection.sendall(line + b"\n")
            assert told(connection, qtbot) == b""
    assert desk.orders == []
    assert caplog.text.count("refused what another program sent") == 20
    assert "will not be written down" in caplog.text


def test_nobody_else_can_reach_it(desk: Desk) -> None:
    """The socket and its folder are for their owner alone."""
    path = Path(desk.address)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_a_crash_left_is_taken_over(address: str, qtbot: QtBot) -> None:
    """A socket that nobody listens on is in nobody's way; asking there finds nobody."""
    Path(address).parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(address)
    assert ask(address, Order(Verb.STATUS)) is None
    desk = Desk(address)
    with desk.connect() as connection:
        connection.sendall(write_order(Order(Verb.STATUS)))
        assert told(connection, qtbot)
    desk.server.close()
    assert not Path(address).exists()
    assert ask(address, Order(Verb.STATUS)) is None


def test_where_no_socket_can_be_the_program_runs_without(tmp_path: Path) -> None:
    """A file lies where the folder should be: told in the log, no error."""
    (tmp_path / "run").write_text("not a folder")
    server = ControlServer(lambda _order: Answer(True, ""))
    assert not server.open(str(tmp_path / "run" / "window.sock"))
    assert not server.listening
    assert ask(str(tmp_path / "run" / "window.sock"), Order(Verb.STATUS)) is None


def test_a_program_that_hangs_is_not_waited_for(address: str) -> None:
    """It listens and never answers."""
    Path(address).parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as hanging:
        hanging.bind(address)
        hanging.listen(1)
        with pytest.raises(NoAnswerError, match="does not answer"):
            ask(address, Order(Verb.STATUS), within_s=0.05)


def test_each_home_has_its_own_address(tmp_path: Path) -> None:
    """Also where the path is too long for a socket: then it lies beside the usual one, under a mark."""
    short, long = Path("/tmp/a"), tmp_path / ("deep" * 30)
    homes: list[Folders] = [find_folders(home) for home in (short, long, long / "b", None)]
    addresses = [folders.window_address for folders in homes]
    addresses += [folders.terminal_address for folders in homes]
    assert len(set(addresses)) == 8
    assert addresses[0] == "/tmp/a/run/window.sock"
    assert all(len(Path(each).name) < 40 for each in addresses)


def test_the_lock_is_held_by_one(tmp_path: Path) -> None:
    """Of two, the first; afterwards the second."""
    first, second = (FileSessionLock(tmp_path / "run" / "window.lock") for _ in range(2))
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
