"""resources/mats.toml: the mats that are sold, as far as sources tell."""

from pathlib import Path

import msgspec

from matsession.domain.mat import CatalogueMat
from matsession.storage.errors import shown
from matsession.storage.guidance_file import GuidanceFileError
from matsession.storage.toml_text import FieldError, read_toml
from matsession.storage.toml_values import convert


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    origin: str
    length_mm: float | None = None
    width_mm: float | None = None
    height_mm: float | None = None
    points: int | None = None
    rigid: bool | None = None
    pillow: bool | None = None
    includes: str = ""
    quote: str = ""
    kind: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


class _Catalogue(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    mat: tuple[_Entry, ...]


def read_catalogue(path: Path) -> tuple[CatalogueMat, ...]:
    """All of them, in their order. Raises GuidanceFileError when the file is missing or damaged."""
    try:
        found = convert(read_toml(path), _Catalogue)
        if found.format != 1:
            raise FieldError("format", f"is {found.format}; this MatSession reads format 1")
    except FileNotFoundError as error:
        raise GuidanceFileError(f"{shown(path)} is missing.", "Install MatSession again.") from error
    except FieldError as error:
        raise GuidanceFileError(f"{shown(path)}: {error}.", "Install MatSession again.") from error
    return tuple(CatalogueMat(**msgspec.structs.asdict(entry)) for entry in found.mat)
