"""Guidance and presets from their files; what was read once is kept as JSON, and read in a tenth of the time.

Python's own TOML reader takes 1 ms for each preset and loading the checks 8 ms, and there are twenty presets
before the first picture. What is kept has passed the checks; a file that has not is read each time.
"""

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from matsession.domain.body import BodyArea, Layer, Position, Surface
from matsession.domain.guidance import (
    AskedWhen,
    Better,
    Breathing,
    Caution,
    CautionLevel,
    ChimeName,
    Felt,
    Guidance,
    RatingScale,
    StepKind,
    StepMode,
)
from matsession.domain.preset import Level, Preset, PresetKind, Step
from matsession.domain.preset_settings import Brightness, PresetSettings, VoiceWish
from matsession.storage.atomic_file import write_whole
from matsession.storage.errors import PresetFileProblem, StorageError
from matsession.storage.preset_folders import PresetsRead, read_presets

_T = TypeVar("_T")

_PRESET_FIELDS = tuple(field.name for field in fields(Preset))
_SHAPE = [
    list(_PRESET_FIELDS),
    *(list(kind._fields) for kind in (Step, PresetSettings, Guidance, Breathing, Caution, RatingScale, Felt)),
]
"""What the values consist of: in a checkout that changes without the version."""

_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What comes of kept values that are not as they were written."""


class PresetStore:
    """Reads each file only once for as long as neither it, nor the guidance, nor the program is another."""

    def __init__(
        self, guidance_file: Path, built_in_folder: Path, own_folder: Path, cache_file: Path, version: str
    ) -> None:
        """Keep what was read in ``cache_file``, for the program of this ``version``.

        Raises GuidanceFileError when the guidance is missing, damaged or of a later format.
        """
        self._built_in_folder = built_in_folder
        self._own_folder = own_folder
        self._cache_file = cache_file
        self._written_for = [version, _SHAPE]
        self._kept: dict[str, Any] = self._read_cache()
        self._seen: dict[str, Any] = {}
        """What there is to keep: of files that are gone nothing stays behind."""
        self.guidance = self._guidance(guidance_file)

    def read(self) -> PresetsRead:
        """Every preset of both folders; see ``read_presets``."""
        return read_presets(self._built_in_folder, self._own_folder, self.guidance, self._preset)

    def keep(self) -> None:
        """Keep what was read for the next start; not being able to is no trouble."""
        if self._seen != self._kept:
            self._kept = dict(self._seen)
            content = json.dumps({"for": self._written_for, "files": self._kept}, ensure_ascii=False)
            with contextlib.suppress(StorageError):
                write_whole(self._cache_file, content.encode("utf-8"))

    def _read_cache(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, *_DAMAGE):  # it can all be read again
            cache = json.loads(self._cache_file.read_bytes())
            if cache["for"] == self._written_for:
                return dict(cache["files"])
        return {}

    def _guidance(self, path: Path) -> Guidance:
        kept = self._find(path, _guidance_of)
        if kept is not None:
            return kept
        from matsession.storage.guidance_file import read_guidance

        self._kept = {}  # the presets were checked against another one
        stamp = _stamp(path)
        guidance = read_guidance(path)
        self._note(path, stamp, guidance)
        return guidance

    def _preset(self, path: Path, guidance: Guidance, *, built_in: bool) -> Preset | PresetFileProblem:
        kept = self._find(path, _preset_of)
        if kept is not None and kept.built_in is built_in:
            return kept
        from matsession.storage.preset_files import read_preset

        stamp = _stamp(path)
        preset = read_preset(path, guidance, built_in=built_in)
        if isinstance(preset, Preset):
            values = {name: getattr(preset, name) for name in _PRESET_FIELDS}
            self._note(path, stamp, values)
        return preset

    def _find(self, path: Path, value_of: Callable[[Any], _T]) -> _T | None:
        with contextlib.suppress(*_DAMAGE):
            stamp, values = kept = self._kept[str(path)]
            if stamp == _stamp(path):
                value = value_of(values)
                self._seen[str(path)] = kept
                return value
        return None

    def _note(self, path: Path, stamp: list[int] | None, values: object) -> None:
        """Keep these; ``stamp`` was taken before the file was read, so that no later change is overlooked."""
        if stamp is not None:
            self._seen[str(path)] = (stamp, values)


def _stamp(path: Path) -> list[int] | None:
    """What changes with the file. Packages may give all theirs the same times; the system sets the third."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


# -- from what JSON gives to values of the domain ----------------------------------------------------------


def _guidance_of(values: Any) -> Guidance:
    guidance = Guidance(*values)
    return guidance._replace(
        breathing=tuple(Breathing(*each) for each in guidance.breathing),
        cautions=tuple(_caution_of(each) for each in guidance.cautions),
        scales=tuple(_scale_of(each) for each in guidance.scales),
        check_in_lines=tuple(guidance.check_in_lines),
        stop_signs=tuple(guidance.stop_signs),
        layers=tuple(Felt(*each) for each in guidance.layers),
        surfaces=tuple(Felt(*each) for each in guidance.surfaces),
    )


def _caution_of(values: Any) -> Caution:
    caution = Caution(*values)
    return caution._replace(
        level=CautionLevel(caution.level), members=tuple(caution.members), sources=tuple(caution.sources)
    )


def _scale_of(values: Any) -> RatingScale:
    scale = RatingScale(*values)
    return scale._replace(
        when=AskedWhen(scale.when), better=Better(scale.better), sources=tuple(scale.sources)
    )


def _step_of(values: Any) -> Step:
    step = Step(*values)
    return step._replace(
        mode=StepMode(step.mode), kind=StepKind(step.kind), chime=step.chime and ChimeName(step.chime)
    )


def _session_of(values: Any) -> PresetSettings:
    settings = PresetSettings(*values)
    return settings._replace(
        levels=tuple((ChimeName(chime), level) for chime, level in settings.levels),
        own_sounds=tuple((ChimeName(chime), file) for chime, file in settings.own_sounds),
        voice=settings.voice and VoiceWish(settings.voice),
        mat_brightness=settings.mat_brightness and Brightness(settings.mat_brightness),
    )


_IN_A_PRESET: Mapping[str, Callable[[Any], object]] = {
    "area": BodyArea,
    "kind": PresetKind,
    "position": Position,
    "level": Level,
    "layer_beginner": Layer,
    "layer_regular": Layer,
    "surface": Surface,
    "steps": lambda steps: tuple(_step_of(each) for each in steps),
    "setup": tuple,
    "cautions": tuple,
    "avoid_if": tuple,
    "sources": tuple,
    "session": _session_of,
}
"""What JSON knows only as a text or a list."""


def _preset_of(values: Any) -> Preset:
    made = {name: None if values[name] is None else make(values[name]) for name, make in _IN_A_PRESET.items()}
    return Preset(**{**values, **made})
