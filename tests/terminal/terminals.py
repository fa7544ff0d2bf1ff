"""A terminal for the stories: a pseudo terminal with the program in it, as a shell would have started it.

POSIX only. What the program writes is read until an expected text has come; nothing sleeps.
"""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PATIENCE_S = 30
"""How long something that happens by itself may take; shared machines are slow at times."""

# The smallest shell there is: starts one program in the foreground, says when it has stopped and whether the
# terminal is sane, and takes the program to the foreground again at the next line that is typed.
_SHELL = """
import os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
import fcntl
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
while True:
    _, status = os.waitpid(child, os.WUNTRACED)
    os.tcsetpgrp(0, os.getpid())
    sane = bool(termios.tcgetattr(0)[3] & termios.ICANON and termios.tcgetattr(0)[3] & termios.ECHO)
    if os.WIFSTOPPED(status):
        print(f"[stopped, sane: {sane}]", flush=True)
        sys.stdin.readline()
        os.tcsetpgrp(0, child)
        os.kill(-child, signal.SIGCONT)
    else:
        print(f"[ended: {os.waitstatus_to_exitcode(status)}, sane: {sane}]", flush=True)
        break
"""


class Terminal:
    """The person's side of a pseudo terminal."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self.seen = ""
        self._unread = ""

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; the program is told by the system."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, pattern: str) -> str:
        """Read until this has come since the last wait; all that came until then."""
        deadline = time.monotonic() + PATIENCE_S
        fresh, self._unread = self._unread, ""
        while not (found := re.search(pattern, fresh)):
            ready = select.select([self._fd], [], [], max(0.0, deadline - time.monotonic()))[0]
            try:
                read = os.read(self._fd, 4096) if ready else b""
            except OSError:  # Linux says so when the other side has closed
                read = b""
            assert read, f"{pattern!r} did not come; what came: {fresh[-2000:]!r}"
            fresh += read.decode("utf-8", "replace")
            self.seen += read.decode("utf-8", "replace")
        self._unread = fresh[found.end() :]
        return fresh[: found.end()]


@contextmanager
def terminal(
    *arguments: str, env: Mapping[str, str], columns: int = 80, rows: int = 24
) -> Iterator[Terminal]:
    """``python -m matsession`` with these arguments in a terminal of its own."""
    ours, theirs = os.openpty()
    terminal = Terminal(ours)
    terminal.resize(columns, rows)
    shell = subprocess.Popen(
        [sys.executable, "-c", _SHELL, "-W", "error", "-m", "matsession", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**env, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield terminal
    finally:
        # With our end closed the program is hung up on, as when a terminal window is closed.
        os.close(ours)
        try:
            shell.wait(PATIENCE_S)
        finally:
            shell.kill()
            shell.wait()
