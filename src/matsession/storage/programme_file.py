"""resources/programme.toml: the first two weeks, from the file to the domain's Programme."""

from pathlib import Path

import msgspec

from matsession.domain.body import Layer, Surface
from matsession.domain.errors import MatSessionError
from matsession.domain.programme import Programme, ProgrammeDay, ProgrammeError
from matsession.storage.errors import shown
from matsession.storage.toml_text import FieldError, read_toml
from matsession.storage.toml_values import convert


class ProgrammeFileError(MatSessionError):
    """The file that came with the program is missing or damaged, so the installation is."""


class _Day(msgspec.Struct, forbid_unknown_fields=True):
    day: int
    layer: Layer
    surface: Surface
    minutes: int = 0
    preset: str = ""
    rest: bool = False
    note: str = ""


class _ProgrammeFile(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    id: str
    name: str
    rule_repeat: str
    rule_back: str
    rule_missed: str
    rule_layer: str
    day: tuple[_Day, ...]


def read_programme(path: Path) -> Programme:
    """The programme. Raises ProgrammeFileError when the file is missing, damaged or of a later format."""
    try:
        return _programme(convert(read_toml(path), _ProgrammeFile))
    except FileNotFoundError as error:
        raise ProgrammeFileError(f"{shown(path)} is missing.", "Install MatSession again.") from error
    except FieldError as error:
        raise ProgrammeFileError(f"{shown(path)}: {error}.", "Install MatSession again.") from error


def _programme(file: _ProgrammeFile) -> Programme:
    if file.format != 1:
        raise FieldError("format", f"is {file.format}; this MatSession reads format 1")
    try:
        return Programme(
            id=file.id,
            name=file.name,
            rules=(file.rule_repeat, file.rule_back, file.rule_missed, file.rule_layer),
            days=tuple(
                ProgrammeDay(
                    each.day, each.minutes, each.preset, each.layer, each.surface, each.rest, each.note
                )
                for each in file.day
            ),
        )
    except ProgrammeError as error:
        raise FieldError(error.field, error.rule) from error
