"""Takes orders from other programs of the same person, over a socket that nobody else can reach.

Each connection brings one line within a second, is answered by one, and ends. Whatever else comes is
refused and logged. The file of the socket lies in the private runtime folder and has mode 0700 itself.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from matsession.desktop.control_wire import (
    LINE_BYTES_MAX,
    TIME_LIMIT_S,
    WireError,
    read_order,
    write_answer,
)
from matsession.domain.order import Answer, Order

log = logging.getLogger(__name__)

_LOGGED: Final = 20
"""Refused lines that are written down; whoever sends more must not fill the disk."""


class ControlServer(QObject):
    """Listens while it is open."""

    def __init__(self, obey: Callable[[Order], Answer], parent: QObject | None = None) -> None:
        """Hand every order to ``obey``."""
        super().__init__(parent)
        self._obey = obey
        self._refused = 0
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)

    @property
    def listening(self) -> bool:
        """Whether orders can come."""
        return self._server.isListening()

    def open(self, address: str) -> bool:
        """Listen. Only for who holds the lock that goes with the address: what lies there is removed."""
        if self._server.isListening():
            return True
        try:
            if sys.platform != "win32":
                Path(address).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            log.info("no orders from other programs: %s", error)
            return False
        QLocalServer.removeServer(address)
        if not self._server.listen(address):
            log.info("no orders from other programs: %s", self._server.errorString())
            return False
        return True

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    @Slot()
    def _on_server_new_connection(self) -> None:
        while self._server.hasPendingConnections():
            _Caller(self._server.nextPendingConnection(), self._take, self)

    def _take(self, line: bytes) -> bytes | None:
        """The answer to a line; None where it is no order."""
        try:
            order = read_order(line)
        except WireError as error:
            self.refuse(f"{error}: {line[:60]!r}")
            return None
        return write_answer(self._obey(order))

    def refuse(self, why: str) -> None:
        """Write down that somebody sent what is no order."""
        self._refused += 1
        if self._refused <= _LOGGED:
            log.info("refused what another program sent: %s", why)
        if self._refused == _LOGGED:
            log.info("more that is refused will not be written down")


class _Caller(QObject):
    """One connection, until it is answered or its time is up."""

    def __init__(
        self, socket: QLocalSocket, take: Callable[[bytes], bytes | None], server: ControlServer
    ) -> None:
        super().__init__(server)
        self._take = take
        self._done = False
        self._socket = socket
        socket.setParent(self)
        socket.setReadBufferSize(LINE_BYTES_MAX + 1)
        socket.readyRead.connect(self._on_socket_ready)
        socket.disconnected.connect(self._on_socket_disconnected)
        self._limit = QTimer(self, singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        self._limit.timeout.connect(self._on_limit_timeout)
        self._limit.start(round(TIME_LIMIT_S * 1000))
        if socket.bytesAvailable():
            self._on_socket_ready()
        elif socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            self.deleteLater()

    @Slot()
    def _on_socket_ready(self) -> None:
        if self._done:
            self._socket.readAll()  # it was answered already
            return
        if self._socket.canReadLine():
            line = bytes(self._socket.readLine(LINE_BYTES_MAX + 1).data())
            self._done = True
            self._limit.stop()
            try:
                answer = self._take(line)
                if answer is not None:
                    self._socket.write(answer)
            finally:  # also where obeying failed: its caller shall not wait for nothing
                self._hang_up()
        elif self._socket.bytesAvailable() > LINE_BYTES_MAX:
            self._refuse(f"a line longer than {LINE_BYTES_MAX} bytes")

    @Slot()
    def _on_socket_disconnected(self) -> None:
        if not self._done and self._socket.bytesAvailable():
            self._on_socket_ready()  # what came with the end may be a whole line
        if not self._done and self._socket.bytesAvailable():
            self._refuse("it hung up within a line")
        self._limit.stop()
        self.deleteLater()

    @Slot()
    def _on_limit_timeout(self) -> None:
        # It may have been us who were held up: what has arrived meanwhile counts.
        self._socket.waitForReadyRead(0)
        if not self._done:
            self._refuse(f"no whole line within {TIME_LIMIT_S:g} s")

    def _refuse(self, why: str) -> None:
        server = self.parent()
        assert isinstance(server, ControlServer)
        server.refuse(why)
        self._done = True
        self._limit.stop()
        self._hang_up()

    def _hang_up(self) -> None:
        self._socket.disconnectFromServer()
        if self._socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
            # Whoever does not read its answer keeps no connection for it.
            QTimer.singleShot(round(TIME_LIMIT_S * 1000), self, self.deleteLater)
