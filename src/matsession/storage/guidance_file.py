"""resources/guidance.toml: what all sessions share, from the file to the domain's Guidance."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from matsession.domain.body import Layer, Surface
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import (
    NATURAL_BREATH,
    AskedWhen,
    Better,
    Breathing,
    Caution,
    CautionLevel,
    Felt,
    Guidance,
    RatingScale,
)
from matsession.storage.errors import shown
from matsession.storage.toml_text import FieldError, read_toml, unknown
from matsession.storage.toml_values import convert


class GuidanceFileError(MatSessionError):
    """The file that came with the program is missing or damaged, so the installation is."""


class _Breathing(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    inhale_s: float = 0.0
    top_up_s: float = 0.0
    hold_in_s: float = 0.0
    exhale_s: float = 0.0
    hold_out_s: float = 0.0
    max_cycles: int | None = None
    note: str = ""


class _Caution(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    level: CautionLevel
    title: str
    text: str
    members: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    asked: bool = False


class _Scale(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    when: AskedWhen
    question: str
    low: str
    high: str
    better: Better
    validated: str = ""
    important_points: int | None = None
    important_percent: int | None = None
    sources: tuple[str, ...] = ()
    unsourced: str = ""


class _Layer(msgspec.Struct, forbid_unknown_fields=True):
    id: Layer
    name: str
    strength: int


class _Surface(msgspec.Struct, forbid_unknown_fields=True):
    id: Surface
    name: str
    strength: int


class _GuidanceFile(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    check_in_lines: tuple[str, ...]
    stop_signs: tuple[str, ...]
    end_show: str
    end_say: str
    breathing: tuple[_Breathing, ...]
    caution: tuple[_Caution, ...]
    scale: tuple[_Scale, ...]
    layer: tuple[_Layer, ...]
    surface: tuple[_Surface, ...]


def read_guidance(path: Path) -> Guidance:
    """What all sessions share.

    Raises GuidanceFileError when the file is missing, damaged or of a later format.
    """
    try:
        return _guidance(convert(read_toml(path), _GuidanceFile))
    except FileNotFoundError as error:
        raise GuidanceFileError(f"{shown(path)} is missing.", "Install MatSession again.") from error
    except FieldError as error:
        raise GuidanceFileError(f"{shown(path)}: {error}.", "Install MatSession again.") from error


def _guidance(file: _GuidanceFile) -> Guidance:
    if file.format != 1:
        raise FieldError("format", f"is {file.format}; this MatSession reads format 1")
    for name, entries in (
        ("breathing", file.breathing),
        ("caution", file.caution),
        ("scale", file.scale),
        ("layer", file.layer),
        ("surface", file.surface),
    ):
        _check_ids(name, [entry.id for entry in entries])
    _check_strengths("layer", {each.id: each.strength for each in file.layer}, list(Layer))
    _check_strengths("surface", {each.id: each.strength for each in file.surface}, list(Surface))
    caution_ids = [caution.id for caution in file.caution]
    for number, caution in enumerate(file.caution, start=1):
        for member in caution.members:
            if member not in caution_ids:
                raise unknown(f"caution {number}, members", member, caution_ids, "a known caution")
        if not caution.text.endswith(caution.unsourced):
            raise FieldError(f"caution {number}, unsourced", "must be the end of the text, or all of it")
    for number, scale in enumerate(file.scale, start=1):
        if not scale.validated.endswith(scale.unsourced):
            raise FieldError(f"scale {number}, unsourced", "must be the end of validated, or all of it")
    if NATURAL_BREATH.id not in [breathing.id for breathing in file.breathing]:
        raise FieldError("breathing", f"has no {NATURAL_BREATH.id!r}, which stands for one's own pace")
    return Guidance(
        breathing=tuple(Breathing(**msgspec.structs.asdict(entry)) for entry in file.breathing),
        cautions=tuple(Caution(**msgspec.structs.asdict(entry)) for entry in file.caution),
        scales=tuple(RatingScale(**msgspec.structs.asdict(entry)) for entry in file.scale),
        check_in_lines=file.check_in_lines,
        stop_signs=file.stop_signs,
        end_show=file.end_show,
        end_say=file.end_say,
        layers=tuple(Felt(str(entry.id), entry.name, entry.strength) for entry in file.layer),
        surfaces=tuple(Felt(str(entry.id), entry.name, entry.strength) for entry in file.surface),
    )


def _check_ids(name: str, ids: list[str]) -> None:
    for number, one in enumerate(ids, start=1):
        if one in ids[: number - 1]:
            raise FieldError(f"{name} {number}, id", f"{one!r} is used by an earlier one")


def _check_strengths(
    name: str, written: Mapping[Layer, int] | Mapping[Surface, int], kinds: list[Layer] | list[Surface]
) -> None:
    """The program reckons with strengths of its own: what people read must be the same."""
    strengths = {str(kind): strength for kind, strength in written.items()}
    for kind in kinds:
        if str(kind) not in strengths:
            raise FieldError(name, f"has no {str(kind)!r}")
        if strengths[str(kind)] != kind.strength:
            raise FieldError(f"{name} {kind}, strength", f"is {strengths[str(kind)]}, not {kind.strength}")
