"""The folders with preset files: which there are, in which order they are shown, and whose id is taken."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from matsession.domain.body import BodyArea
from matsession.domain.guidance import Guidance
from matsession.domain.preset import Preset, PresetKind
from matsession.storage.errors import PresetFileProblem, preset_problem, shown


class PresetsRead(NamedTuple):
    """What the folders held: presets in the order to show them, and what could not be read."""

    presets: tuple[Preset, ...]
    problems: tuple[PresetFileProblem, ...]


class ReadPreset(Protocol):
    """Reads one preset file."""

    def __call__(self, path: Path, guidance: Guidance, *, built_in: bool) -> Preset | PresetFileProblem:
        """The preset in this file, or why there is none."""
        ...


def read_presets(
    built_in_folder: Path,
    own_folder: Path,
    guidance: Guidance,
    read: ReadPreset,
) -> PresetsRead:
    """Every ``*.toml`` of both folders. A folder for own presets need not exist.

    ``read`` reads one file. An own preset with the id of another is refused: the built-in one stays, or the
    one whose file comes first in the alphabet.
    """
    presets: dict[str, tuple[Preset, Path]] = {}
    problems: list[PresetFileProblem] = []
    for folder, built_in in ((built_in_folder, True), (own_folder, False)):
        paths, problem = _toml_files(folder, needed=built_in)
        problems += problem
        for path in paths:
            preset = read(path, guidance, built_in=built_in)
            if isinstance(preset, PresetFileProblem):
                problems.append(preset)
            elif preset.id in presets:
                problems.append(_taken(path, *presets[preset.id]))
            else:
                presets[preset.id] = (preset, path)
    return PresetsRead(tuple(sorted((preset for preset, _ in presets.values()), key=_order)), tuple(problems))


def _toml_files(folder: Path, *, needed: bool) -> tuple[list[Path], list[PresetFileProblem]]:
    """The files in alphabetical order, and a problem where the folder cannot be listed."""
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        if not needed:
            return [], []
        return [], [PresetFileProblem(folder, f"{shown(folder)} is missing. Install MatSession again.")]
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return [], [PresetFileProblem(folder, f"{shown(folder)} cannot be listed ({reason}).")]
    # Editors and our own writing leave hidden files beside for a moment.
    return [path for path in entries if path.suffix.lower() == ".toml" and not path.name.startswith(".")], []


def _taken(path: Path, first: Preset, first_path: Path) -> PresetFileProblem:
    whose = "a built-in preset" if first.built_in else shown(Path(first_path.name))
    return preset_problem(path, "id", f"{first.id!r} is the id of {whose}, which stays; choose another id")


def _order(preset: Preset) -> tuple[object, ...]:
    """Built-in ones first: by kind, then down the body; own ones by name."""
    place = (_place(PresetKind, preset.kind), _place(BodyArea, preset.area)) if preset.built_in else (0, 0)
    return (not preset.built_in, *place, preset.name.casefold(), preset.id)


def _place(names: Iterable[str], name: str) -> int:
    return list(names).index(name)
