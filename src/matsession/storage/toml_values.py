"""From what TOML gave to typed values, and every mistake told as a person says it."""

import enum
import re
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from matsession.storage.toml_text import FieldError, lower_first, nearest, quoted, unknown

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


def convert(raw: dict[str, Any], kind: type[_T]) -> _T:
    """Typed values. Raises FieldError for an unknown key, a missing one, or a value of the wrong kind."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _explained(str(error), raw, kind) from error


def _explained(message: str, raw: dict[str, Any], kind: type[msgspec.Struct]) -> FieldError:
    """From msgspec's message ("Expected `int`, got `str` - at `$.step[1].seconds`") to ours."""
    what, _, place = message.partition(" - at `$")
    path = re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", place)
    keys: list[str | int] = [key if key else int(index) for key, index in path if index != "..."]
    field = _spoken(keys)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        struct = _kind_at(kind, keys)
        names = struct.__struct_fields__ if _is_struct(struct) else ()
        place = f"{field}, key {quoted(found[1])}" if field else f"key {quoted(found[1])}"
        return FieldError(place, f"can not stand here{nearest(found[1], names)}")
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
    return FieldError(field, lower_first(what))


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
