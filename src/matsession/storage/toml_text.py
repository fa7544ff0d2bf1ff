"""TOML files that people write: read with care, and every mistake told as a person says it.

A mistake is a FieldError: the field ("step 2, seconds") and the rule it breaks. Whoever reads the
file puts the file's name before it.
"""

import enum
import re
import stat
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

import msgspec

BYTES_MAX: Final = 1_000_000
"""More than any file of ours needs (a preset has about 4 kB), and little enough to read in a moment."""

_DOTS_MAX: Final = 500
"""In one line. tomllib's time grows with the square of a dotted key's length: 217 s for one of 1 MB."""

_SENTENCE_MAX = 600

_T = TypeVar("_T", bound=msgspec.Struct)

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text in quotes",
    "array": "a list in square brackets",
    "object": "a table",
    "datetime": "a date",
    "date": "a date",
    "time": "a time of day",
}


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
        raise FieldError("", f"is not valid TOML: {_lower_first(str(error))}") from error
    except RecursionError as error:
        raise FieldError("", "is nested too deeply to be read") from error
    except ValueError as error:  # tomllib lets it through for numbers of more than 4300 digits
        raise FieldError("", "holds a number or date that is too large to be read") from error


def convert(raw: dict[str, Any], kind: type[_T]) -> _T:
    """Typed values. Raises FieldError for an unknown key, a missing one, or a value of the wrong kind."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _explained(str(error), raw, kind) from error


def unknown(field: str, value: object, allowed: Iterable[str], what: str = "known") -> FieldError:
    """The problem of a name that is not among those allowed, with the nearest one."""
    return FieldError(field, f"{_quoted(value)} is not {what}{_nearest(value, list(allowed))}")


def _nearest(value: object, allowed: Sequence[str]) -> str:
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


def _explained(message: str, raw: dict[str, Any], kind: type[msgspec.Struct]) -> FieldError:
    """From msgspec's message ("Expected `int`, got `str` - at `$.step[1].seconds`") to ours."""
    what, _, place = message.partition(" - at `$")
    path = re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", place)
    keys: list[str | int] = [key if key else int(index) for key, index in path if index != "..."]
    field = _spoken(keys)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        struct = _kind_at(kind, keys)
        names = struct.__struct_fields__ if _is_struct(struct) else ()
        place = f"{field}, key {_quoted(found[1])}" if field else f"key {_quoted(found[1])}"
        return FieldError(place, f"can not stand here{_nearest(found[1], names)}")
    if found := re.fullmatch(r"Object missing required field `(.*)`", what):
        return FieldError(_spoken([*keys, found[1]]), "is missing, and there is no default")
    if what.startswith("Invalid enum value"):
        choices = _kind_at(kind, keys)
        names = tuple(str(choice) for choice in choices) if _is_enum(choices) else ()
        return unknown(field, _value_at(raw, keys), names)
    if found := re.fullmatch(r"Expected `([^`]*)`, got `(\w+)`", what):
        wanted = found[1].removesuffix(" | null")
        wanted, got = _KINDS.get(wanted, wanted), _KINDS.get(found[2], found[2])
        return FieldError(field, f"must be {wanted}, and is {got}")
    if found := re.fullmatch(r"Expected `\w+` ([<>]=) (\S+)", what):
        bound = "at least" if found[1] == ">=" else "at most"
        return FieldError(field, f"must be {bound} {found[2]}")
    return FieldError(field, _lower_first(what))


def _spoken(keys: list[str | int]) -> str:
    """["step", 1, "seconds"] -> "step 2, seconds"."""
    text = ""
    for key in keys:
        text += f" {key + 1}" if isinstance(key, int) else f", {key}" if text else key
    return text


def _kind_at(kind: Any, keys: list[str | int]) -> Any:
    """The type that belongs at this place of a Struct."""
    for key in keys:
        kind = _without_none(kind)
        if isinstance(key, int):
            kind = (*get_args(kind), None)[0]
        elif _is_struct(kind):
            kind = next((field.type for field in msgspec.structs.fields(kind) if field.name == key), None)
        else:
            return None
    return _without_none(kind)


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not NoneType)
    return kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _value_at(raw: Any, keys: list[str | int]) -> object:
    for key in keys:
        raw = raw[key]
    return raw


def _quoted(value: object) -> str:
    text = repr(str(value)[:61])
    return text if len(text) <= 63 else f"{text[:60]}…'"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
