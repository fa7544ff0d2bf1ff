"""TOML files that people write: read with care, and every mistake told as a person says it.

A mistake is a FieldError: the field ("step 2, seconds") and the rule it breaks. Whoever reads the
file puts the file's name before it.
"""

import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

BYTES_MAX: Final = 1_000_000
"""More than any file of ours needs (a preset has about 4 kB), and little enough to read in a moment."""

_DOTS_MAX: Final = 500
"""In one line. tomllib's time grows with the square of a dotted key's length: 217 s for one of 1 MB."""

_SENTENCE_MAX = 600


class FieldError(ValueError):
    """What is wrong in a file: the ``field`` ("" for the whole file), and the ``rule`` that it breaks."""

    def __init__(self, field: str, rule: str) -> None:
        """Keep both; ``sentence`` joins them."""
        super().__init__(sentence(field, rule))
        self.field = field
        self.rule = rule


def sentence(field: str, rule: str) -> str:
    """Field and rule as one sentence without the full stop, never longer than a few lines."""
    text = f"{field}: {rule}" if field else rule
    return text if len(text) <= _SENTENCE_MAX else f"{text[:_SENTENCE_MAX]} …"


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises FieldError, whatever is wrong with it; FileNotFoundError where there is nothing at all.
    """
    return parse_toml(_read_bytes(path))


def parse_toml(content: bytes) -> dict[str, Any]:
    """The content of these bytes. Raises FieldError for any that are not TOML in UTF-8."""
    import tomllib  # late: 2 ms, and most starts find what they need in JSON

    if len(content) > BYTES_MAX:
        raise FieldError("", f"is larger than {BYTES_MAX} bytes, the most that is read")
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.count(b".") > _DOTS_MAX:
            raise FieldError("", f"has more than {_DOTS_MAX} dots in line {number}")
    try:
        # Editors on Windows like to put a byte order mark first.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise FieldError("", f"line {number} is not UTF-8; save the file with the encoding UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FieldError("", f"is not valid TOML: {lower_first(str(error))}") from error
    except RecursionError as error:
        raise FieldError("", "is nested too deeply to be read") from error
    except ValueError as error:  # tomllib lets it through for numbers of more than 4300 digits
        raise FieldError("", "holds a number or date that is too large to be read") from error


def unknown(field: str, value: object, allowed: Iterable[str], what: str = "known") -> FieldError:
    """The problem of a name that is not among those allowed, with the nearest one."""
    return FieldError(field, f"{quoted(value)} is not {what}{nearest(value, list(allowed))}")


def nearest(value: object, allowed: Sequence[str]) -> str:
    """The part of a sentence that names what is allowed, the nearest of it first."""
    import difflib  # only for a mistake

    near = difflib.get_close_matches(str(value)[:200].lower(), allowed, n=1, cutoff=0.5)
    nearest = f"; the nearest is {near[0]!r}" if near else ""
    return f"{nearest}. Allowed: {', '.join(allowed)}"


def _read_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FieldError("", "is a folder, not a file")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            raise FieldError("", "is not a plain file")
        with path.open("rb") as file:
            return file.read(BYTES_MAX + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise FieldError("", "is a link to a file that does not exist") from error
        raise
    except PermissionError as error:
        raise FieldError("", "may not be read; change its permissions") from error
    except OSError as error:
        raise FieldError("", f"cannot be read ({error.strerror or 'unknown reason'})") from error


def quoted(value: object) -> str:
    """As it was written, in quotes and not too long."""
    text = repr(str(value)[:61])
    return text if len(text) <= 63 else f"{text[:60]}…'"


def lower_first(text: str) -> str:
    """To follow a colon."""
    return text[:1].lower() + text[1:]
