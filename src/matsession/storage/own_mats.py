"""mats.toml: the person's own mats and which one is in use, in a file they may edit, beside the settings.

A mat with a mistake in it is told and left out, the others count; a file that was not understood as a whole
is kept under another name before it is written anew. It is read before the first picture of the window, so
by hand: msgspec would take 7 ms to import.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from matsession.domain.mat import Mat, MatError, free_id
from matsession.storage.atomic_file import write_whole
from matsession.storage.broken_file import keep_copy, told
from matsession.storage.toml_text import FieldError, quoted, read_toml, unknown

FORMAT: Final = 1
MATS_MAX: Final = 100

_KINDS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "id": ((str,), "a text in quotes"),
    "name": ((str,), "a text in quotes"),
    "maker": ((str,), "a text in quotes"),
    "length_mm": ((int, float), "a number of millimetres"),
    "width_mm": ((int, float), "a number of millimetres"),
    "points": ((int,), "a whole number"),
    "rigid": ((bool,), "true or false"),
    "pillow": ((bool,), "true or false"),
    "photo": ((str,), "a text in quotes"),
}


class MatsRead(NamedTuple):
    """What the file holds."""

    mats: tuple[Mat, ...] = ()
    in_use: str = ""
    """The id of the mat in use; empty where none is."""
    problems: tuple[str, ...] = ()
    """A sentence on everything that was left out."""
    unreadable: bool = False
    """Nothing of the file could be read: what was known of it before still holds."""

    @property
    def mat_in_use(self) -> Mat | None:
        """The one that is lain on: the one chosen, or the only one; None where that is not known."""
        chosen = next((mat for mat in self.mats if mat.id == self.in_use), None)
        return self.mats[0] if chosen is None and len(self.mats) == 1 else chosen

    @property
    def rigid(self) -> bool:
        """Whether the one in use is known to be rigid."""
        mat = self.mat_in_use
        return mat is not None and mat.rigid is True


class OwnMatsFile:
    """Reads and saves the person's mats."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not exist yet."""
        self.path = path
        self._keep_a_copy = False

    def read(self) -> MatsRead:
        """What there is. Never raises, whatever the file, and changes nothing."""
        try:
            raw = read_toml(self.path)
            _check_top(raw)
        except FileNotFoundError:
            self._keep_a_copy = False
            return MatsRead()
        except FieldError as error:
            self._keep_a_copy = True
            return MatsRead(problems=(told(self.path, error),), unreadable=True)
        mats: list[Mat] = []
        problems: list[str] = []
        entries = raw.get("mat", ())
        named = {entry["id"] for entry in entries if isinstance(entry.get("id"), str)}
        for number, entry in enumerate(entries, start=1):
            try:
                mats.append(_mat(entry, [each.id for each in mats], named))
            except FieldError as error:
                problems.append(told(self.path, FieldError(f"mat {number}, {error.field}", error.rule)))
        in_use = raw.get("in_use", "")
        if in_use and in_use not in [each.id for each in mats]:
            if in_use not in named:  # else the mat itself was told already
                problems.append(told(self.path, FieldError("in_use", f"there is no mat {quoted(in_use)}")))
            in_use = ""
        self._keep_a_copy = bool(problems)
        return MatsRead(tuple(mats), in_use, tuple(problems))

    def save(self, mats: Sequence[Mat], in_use: str) -> None:
        """Write all of them. Raises StorageError; the old file then stays as it was."""
        if self._keep_a_copy:
            keep_copy(self.path)
            self._keep_a_copy = False
        import tomli_w  # late: nothing is written before the first picture

        values: dict[str, Any] = {"format": FORMAT}
        if in_use:
            values["in_use"] = in_use
        values["mat"] = [_values(mat) for mat in mats]
        write_whole(self.path, tomli_w.dumps(values).encode("utf-8", "replace"))


def _check_top(raw: Mapping[str, Any]) -> None:
    for key in raw:
        if key not in ("format", "in_use", "mat"):
            raise unknown(f"key {quoted(key)}", key, ("format", "in_use", "mat"))
    if raw.get("format", FORMAT) != FORMAT:
        rule = f"{quoted(raw['format'])} is not {FORMAT}, the only one this version reads"
        raise FieldError("format", rule)
    if not isinstance(raw.get("in_use", ""), str):
        raise FieldError("in_use", "must be the id of a mat in quotes")
    entries = raw.get("mat", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FieldError("mat", "must be tables, each under a line [[mat]]")
    if len(entries) > MATS_MAX:
        raise FieldError("mat", f"there are {len(entries)}; at most {MATS_MAX} are read")


def _mat(entry: Mapping[str, Any], taken: Sequence[str], named: set[str]) -> Mat:
    for key, value in entry.items():
        if key not in _KINDS:
            raise unknown(f"key {quoted(key)}", key, _KINDS)
        kinds, wanted = _KINDS[key]
        if type(value) not in kinds:
            raise FieldError(key, f"must be {wanted}")
    if "name" not in entry:
        raise FieldError("name", "is missing, and there is no default")
    key = entry.get("id") or free_id(entry["name"], frozenset({*taken, *named}))
    if key in taken:
        raise FieldError("id", f"{quoted(key)} is the id of another one; each needs its own")
    sides = {each: float(entry[each]) for each in ("length_mm", "width_mm") if _small(entry.get(each))}
    try:
        return Mat(**{**entry, **sides, "id": key})
    except MatError as error:
        raise FieldError(error.field, error.rule) from error


def _small(value: object) -> bool:
    """Whether it is a number that can be made a float; a huge one is refused as what it is."""
    return isinstance(value, int | float) and abs(value) < 1e9


def _values(mat: Mat) -> dict[str, Any]:
    """As the file has it; what is not known is left out."""
    values = {name: getattr(mat, name) for name in _KINDS}
    return {name: value for name, value in values.items() if value is not None and value != ""}
