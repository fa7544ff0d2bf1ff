"""A mat: what is known of it, and what follows from that. What is not known stays unknown, and is never 0."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

MM_PER_INCH: Final = 25.4
SIDE_MAX_MM: Final = 3000.0
"""Longer than any mat to lie on."""
POINTS_MAX: Final = 100_000
NAME_MAX: Final = 60
MAKER_MAX: Final = 60
NO_MAT: Final = "none"
"""Says that no mat is in use, where a mat is called by its name; so no mat is called that."""

# Not compiled before a mat is made: most starts of the program make none.
_ID: Final = r"[a-z0-9][a-z0-9_-]{0,59}"
_CONTROL: Final = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"


class LengthUnit(StrEnum):
    """In what the size of a mat is told."""

    INCHES = "in"
    CENTIMETRES = "cm"

    @property
    def mm(self) -> float:
        """Millimetres in one."""
        return MM_PER_INCH if self is LengthUnit.INCHES else 10.0


class MatError(ValueError):
    """A mat that cannot be: which field, and what is allowed there."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the field and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Mat:
    """A mat of the person's own. Raises MatError for what no mat can be."""

    id: str
    name: str
    maker: str = ""
    length_mm: float | None = None
    """The longer side of the part with points."""
    width_mm: float | None = None
    points: int | None = None
    rigid: bool | None = None
    """Whether it is a hard plate rather than a cloth; None: not known."""
    pillow: bool | None = None
    """Whether a pillow with points belongs to it."""
    photo: str = ""
    """Name of a picture in the folder of mats; empty: none."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not re.fullmatch(_ID, self.id):
            rule = "is made of 1 to 60 small letters, digits, '_' and '-', the first a letter or digit"
            raise MatError("id", rule)
        if not self.name.strip():
            raise MatError("name", "must not be empty")
        if self.name.strip().casefold() == NO_MAT:
            raise MatError("name", f"must not be '{NO_MAT}', which stands for no mat")
        for field, text, longest in (("name", self.name, NAME_MAX), ("maker", self.maker, MAKER_MAX)):
            if len(text) > longest:
                raise MatError(field, f"has {len(text)} characters; at most {longest} are allowed")
            if re.search(_CONTROL, text):
                raise MatError(field, "must be one line without tabs or other control characters")
        for field in ("length_mm", "width_mm"):
            side = getattr(self, field)
            if side is not None and not 10 <= side <= SIDE_MAX_MM:
                raise MatError(field, f"{str(side)[:20]} is not from 10 to {SIDE_MAX_MM:g} millimetres")
        if self.points is not None and not 1 <= self.points <= POINTS_MAX:
            raise MatError("points", f"{str(self.points)[:20]} is not from 1 to {POINTS_MAX}")
        if self.photo and (self.photo != self.photo.split("/")[-1].split("\\")[-1] or self.photo[0] == "."):
            raise MatError("photo", "is the name of a file in the folder of mats, without a path")

    def points_per(self, unit: LengthUnit) -> float | None:
        """Points per square inch or centimetre, if they cover the whole top; None where that is not known."""
        return points_per(self.length_mm, self.width_mm, self.points, unit)


class CatalogueMat(NamedTuple):
    """A mat that is sold, as far as sources tell; it only fills a form in."""

    id: str
    name: str
    origin: str
    """From where what is known of it comes: "source_text", "review", "press" or "vendor"."""
    length_mm: float | None = None
    width_mm: float | None = None
    height_mm: float | None = None
    points: int | None = None
    rigid: bool | None = None
    pillow: bool | None = None
    includes: str = ""
    quote: str = ""
    """Words of the source."""
    kind: str = ""
    """Whose words these are."""
    note: str = ""
    sources: tuple[str, ...] = ()


def points_per(
    length_mm: float | None, width_mm: float | None, points: int | None, unit: LengthUnit
) -> float | None:
    """Points on a square of this unit, were they spread over the whole top; None where one is unknown."""
    if length_mm is None or width_mm is None or points is None:
        return None
    return points / (length_mm * width_mm) * unit.mm**2


def in_unit(side_mm: float, unit: LengthUnit) -> float:
    """A side in this unit, to a tenth."""
    return round(side_mm / unit.mm, 1)


def from_unit(side: float, unit: LengthUnit) -> float:
    """A side in millimetres, to a tenth of one."""
    return round(side * unit.mm, 1)


def free_id(name: str, taken: frozenset[str]) -> str:
    """An id for a mat of this name that none of ``taken`` has, and that stands for a mat."""
    plain = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "mat"
    found, number = plain, 2
    while found in taken or found == NO_MAT:
        found, number = f"{plain}_{number}", number + 1
    return found
