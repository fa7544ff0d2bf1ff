"""The lines of a text file of any size: never more than a piece of it in memory, and strictly UTF-8."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from matsession.storage.errors import shown
from matsession.storage.exchange.report import ExchangeError

LONGEST_LINE: Final = 1_000_000
"""Bytes. A file without line breaks may be of any size; it is none of ours."""

_BOM: Final = b"\xef\xbb\xbf"


class TextFile:
    """An open file that tells how much of it was read, and what is wrong by its lines."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises ExchangeError."""
        self.path = path
        self.name = shown(Path(path.name))
        self.line = 0
        """The line read last; the first is 1."""
        self._read = 0
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting for ever
                os.close(handle)
                raise IsADirectoryError(errno.EISDIR, "no file")
        except OSError as error:
            raise _cannot_read(path, error) from error
        self._file: BinaryIO = os.fdopen(handle, "rb", buffering=1 << 18)
        self._size = max(found.st_size, 1)

    def __enter__(self) -> Self:
        """Use as a context that closes the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def done(self) -> float:
        """Which part of it was read, 0 to 1."""
        return min(self._read / self._size, 1.0)

    def lines(self) -> Iterator[str]:
        """Its lines with their ends. Raises ExchangeError where one is no UTF-8, or endless."""
        raw = b""
        try:
            while raw := self._file.readline(LONGEST_LINE):
                self.line += 1
                if self.line == 1:
                    raw = raw.removeprefix(_BOM)
                    self._read += len(_BOM)
                self._read += len(raw)
                if len(raw) == LONGEST_LINE:
                    raise self.problem(self.line, "", "is longer than any line may be")
                yield raw.decode()
        except UnicodeDecodeError as error:
            raise self._not_utf_8(raw, error) from error
        except OSError as error:
            raise _cannot_read(self.path, error) from error

    def _not_utf_8(self, raw: bytes, error: UnicodeDecodeError) -> ExchangeError:
        if b"\x00" in raw:
            rule = "is not UTF-8; it looks like UTF-16"
        else:
            rule = f"is not UTF-8: byte {error.start + 1} is 0x{raw[error.start]:02x}"
        return self.problem(self.line, "", rule, "Save the file again with the encoding UTF-8.")

    def problem(self, line: int, field: str, rule: str, advice: str = "") -> ExchangeError:
        """What is wrong with the whole file, by line and field."""
        place = f"{self.name}, line {line}, {field}" if field else f"{self.name}, line {line}"
        joint = ":" if field else ""
        told = f"{place}{joint} {rule.rstrip('.')}."
        return ExchangeError("{told}", advice or "Nothing was changed.", {"told": told})

    def no_file_of_ours(self, rule: str) -> ExchangeError:
        """It is nothing that can be imported."""
        return ExchangeError(
            "{file} cannot be imported: " + rule, "Nothing was changed.", {"file": self.name}
        )


def _cannot_read(path: Path, error: OSError) -> ExchangeError:
    rule = {
        errno.ENOENT: "There is no file {file}.",
        errno.EACCES: "{file} may not be read.",
        errno.EPERM: "{file} may not be read.",
        errno.EISDIR: "{file} is not a file.",
    }.get(error.errno or 0, "{file} could not be read.")
    return ExchangeError(rule, "Nothing was changed.", {"file": shown(path)})
