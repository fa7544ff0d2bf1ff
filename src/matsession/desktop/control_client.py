"""Asks the running program to do something. Knows no Qt: a command that only asks answers in a moment.

Windows: Qt's local servers are named pipes there, and those open like files. Not tried.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from matsession.desktop.control_wire import LINE_BYTES_MAX, WireError, read_answer, write_order
from matsession.domain.errors import MatSessionError
from matsession.domain.order import Answer, Order

ANSWER_WITHIN_S: Final = 5.0
"""A start opens the sound output first; a busy computer takes its time."""


class NoAnswerError(MatSessionError):
    """There is a program, and it does not answer."""


def ask(address: str, order: Order, within_s: float = ANSWER_WITHIN_S) -> Answer | None:
    """What the program at this address answers; None where there is none. Raises NoAnswerError."""
    try:
        line = _ask_pipe(address, order) if sys.platform == "win32" else _ask_socket(address, order, within_s)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        return None
    except OSError as error:
        raise _no_answer() from error
    try:
        return read_answer(line)
    except (WireError, TypeError) as error:
        raise _no_answer() from error


def _no_answer() -> NoAnswerError:
    return NoAnswerError(
        "MatSession is running but does not answer.", "Wait a moment, or end it and start it again."
    )


def _ask_socket(address: str, order: Order, within_s: float) -> bytes:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(within_s)
        try:
            connection.connect(os.fsencode(address))
        except BlockingIOError as error:  # its queue is full
            raise TimeoutError from error
        except OSError as error:
            if "too long" in str(error):  # where no server can be either
                raise FileNotFoundError from error
            raise
        connection.sendall(write_order(order))
        line = b""
        while not line.endswith(b"\n") and len(line) <= LINE_BYTES_MAX:
            part = connection.recv(LINE_BYTES_MAX)
            if not part:
                break
            line += part
        return line


def _ask_pipe(address: str, order: Order) -> bytes:
    with Path(rf"\\.\pipe\{address}").open("r+b", buffering=0) as pipe:
        pipe.write(write_order(order))
        line = b""
        with contextlib.suppress(BrokenPipeError):  # it has answered and hung up
            while not line.endswith(b"\n") and len(line) <= LINE_BYTES_MAX:
                part = pipe.read(LINE_BYTES_MAX)
                if not part:
                    break
                line += part
        return line
