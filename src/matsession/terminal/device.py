"""The terminal itself: what it can do, and how it is spoken to.

A terminal can vanish while a session runs. Whatever is written then is lost without a complaint: the session
and its line in the history count for more.
"""

import os
import select
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TextIO

ENTER_SCREEN: Final = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
"""A screen of our own without a cursor; what was there before comes back when it is left."""
LEAVE_SCREEN: Final = "\x1b[2J\x1b[H\x1b[?25h\x1b[?1049l"
"""Cleared first, for consoles that know only one screen."""


class Size(NamedTuple):
    """Columns and rows."""

    width: int
    height: int


class Look(StrEnum):
    """How a part of a line looks; the value is what the terminal is sent (ECMA-48 SGR)."""

    PLAIN = ""
    STRONG = "1"
    FAINT = "2"
    LIVELY = "36"
    """In colour, where colours are wanted."""


class Part(NamedTuple):
    """A piece of a line."""

    text: str
    look: Look = Look.PLAIN


Line = tuple[Part, ...]


class TerminalDevice:
    """Standard input, output and error of this program, and the terminal behind them."""

    def __init__(self, source: TextIO | None, out: TextIO | None, errors: TextIO | None) -> None:
        """Any of them may be missing, as under pythonw."""
        self._source = source
        self._out = out
        self._errors = errors
        self._painted = ""
        self._screen_on = False
        self._held_back: list[str] = []

    # -- what it can do --------------------------------------------------------------------------

    @property
    def source_fd(self) -> int | None:
        """The keyboard's file descriptor; None where input comes from elsewhere."""
        return self._source.fileno() if self._source is not None and _is_terminal(self._source) else None

    @property
    def draws(self) -> bool:
        """Whether a picture can be drawn and redrawn."""
        return _is_terminal(self._out) and os.environ.get("TERM") != "dumb" and _obeys_sequences(self._out)

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask: both ends are a terminal, and it listens to us."""
        return self.source_fd is not None and _is_terminal(self._out) and self.in_foreground()

    @property
    def draws_lines(self) -> bool:
        """Whether the output can carry signs beyond ASCII."""
        try:
            "━·…".encode(getattr(self._out, "encoding", None) or "ascii")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def in_foreground(self) -> bool:
        """Whether the terminal is ours now, and not the shell's that put us into the background."""
        if sys.platform == "win32" or self.source_fd is None:
            return True
        try:
            return os.tcgetpgrp(self.source_fd) == os.getpgrp()
        except OSError:
            return True  # a terminal that controls nothing

    def size(self) -> Size:
        """How much room there is now."""
        try:
            width, height = os.get_terminal_size(self._out.fileno() if self._out else -1)
        except (OSError, ValueError):
            width, height = 0, 0
        # A serial line says 0; that many is what it has had since the 1970s.
        return Size(width or 80, height or 24)

    # -- speaking --------------------------------------------------------------------------------

    def say(self, line: str) -> None:
        """One line of output, at once."""
        self._write(self._out, f"{line}\n")

    def prompt(self, text: str) -> None:
        """Output that waits for an answer behind it."""
        self._write(self._out, text)

    def complain(self, line: str) -> None:
        """One line of standard error; kept back while it would land in the middle of the picture."""
        if self._screen_on and _is_terminal(self._errors):
            self._held_back.append(line)
        else:
            self._write(self._errors, f"{line}\n")

    def ask(self, question: str) -> str | None:
        """The person's answer without spaces around it; None when the input has ended."""
        if self._source is None:
            return None
        self.prompt(question)
        try:
            answer = self._source.readline()
        except (OSError, UnicodeDecodeError):
            return None
        if not answer:
            self.say("")
            return None
        return answer.strip()

    # -- drawing ---------------------------------------------------------------------------------

    def enter_screen(self) -> None:
        """Begin to draw."""
        if not self._screen_on:
            self._screen_on = True
            self._painted = ""
            self._write(self._out, ENTER_SCREEN)

    def paint(self, lines: Sequence[Line], *, anew: bool = False) -> None:
        """Show these lines from the top on; nothing is sent while they are what is shown already."""
        text = "\x1b[K\n".join(_sequence(line) for line in lines)
        if not self._screen_on or (text == self._painted and not anew) or not self._takes_output():
            return
        self._painted = text
        clear = "\x1b[2J" if anew else ""
        self._write(self._out, f"{clear}\x1b[H{text}\x1b[K\x1b[J")

    def leave_screen(self) -> None:
        """Stop drawing; the terminal is as it was, and hears what was kept back."""
        if self._screen_on:
            self._screen_on = False
            self._write(self._out, LEAVE_SCREEN)
        held_back, self._held_back = self._held_back, []
        for line in held_back:
            self.complain(line)

    def _takes_output(self) -> bool:
        """Whether writing would return at once: a frozen connection must not freeze the session."""
        if sys.platform == "win32" or self._out is None:
            return True
        try:
            return bool(select.select([], [self._out.fileno()], [], 0)[1])
        except (OSError, ValueError):
            return False

    def _write(self, stream: TextIO | None, text: str) -> None:
        if stream is None:
            return
        try:
            stream.write(text)
            stream.flush()
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            self._write(stream, text.encode(encoding, "replace").decode(encoding))
        except (OSError, ValueError):
            # The reader or the terminal is gone. What is still in the buffer would fail again at the end.
            if stream is self._out:
                self._out = None
            else:
                self._errors = None


def _sequence(line: Line) -> str:
    colours = not os.environ.get("NO_COLOR")
    text = ""
    for part in line:
        plain = part.look is Look.PLAIN or (part.look is Look.LIVELY and not colours)
        text += part.text if plain else f"\x1b[{part.look}m{part.text}\x1b[0m"
    return text


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _obeys_sequences(out: TextIO | None) -> bool:
    """Whether the terminal follows control sequences. On Windows it has to be asked to; not tried there."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        if out is None:
            return False
        mode = ctypes.c_ulong()
        handle = msvcrt.get_osfhandle(out.fileno())
        kernel = ctypes.windll.kernel32
        enable_virtual_terminal_processing = 4
        return bool(
            kernel.GetConsoleMode(handle, ctypes.byref(mode))
            and kernel.SetConsoleMode(handle, mode.value | enable_virtual_terminal_processing)
        )
    return out is not None
