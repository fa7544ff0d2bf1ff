"""Nothing of what the guided sessions were written down with got lost on the way into the program."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from matsession import __version__
from matsession.desktop.paths import find_folders
from matsession.domain.body import Layer, Surface
from matsession.domain.guidance import STEP_CHIMES
from matsession.domain.preset import Preset
from matsession.storage.evidence_file import read_evidence
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_store import PresetStore

ROOT: Final = Path(__file__).parents[1]
RESOURCES: Final = ROOT / "resources"
INVENTORY: Final[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "inventory.toml").read_text("utf-8"))


def built_in() -> dict[str, Preset]:
    """The presets that come with the program."""
    folders = find_folders(None)
    store = PresetStore(
        folders.guidance_file,
        folders.built_in_presets,
        folders.own_presets,
        folders.preset_cache,
        __version__,
    )
    return {preset.id: preset for preset in store.read().presets if preset.built_in}


def table(name: str) -> dict[str, Any]:
    """A file of the program as it is written."""
    return tomllib.loads((RESOURCES / name).read_text("utf-8"))


def ids_of(what: str) -> list[Any]:
    """What the program has of this kind, in its order."""
    guidance = read_guidance(RESOURCES / "guidance.toml")
    evidence = read_evidence(RESOURCES / "evidence.toml")
    match what:
        case "cautions":
            return [each.id for each in guidance.cautions]
        case "scales":
            return [each.id for each in guidance.scales]
        case "breathing":
            return [each.id for each in guidance.breathing]
        case "chimes":
            return [str(each) for each in STEP_CHIMES]
        case "claims":
            return [each.id for each in evidence.statements]
        case "sources":
            return [each.id for each in evidence.sources]
        case "layers":
            return [str(each) for each in Layer]
        case "surfaces":
            return [str(each) for each in Surface]
        case "mats":
            return [each["id"] for each in table("mats.toml")["mat"]]
        case "programme_days":
            return [each["day"] for each in table("programme.toml")["day"]]
        case _:
            raise AssertionError(what)


COUNTS: Final = {
    "cautions": 22,
    "claims": 11,
    "mats": 12,
    "scales": 7,
    "programme_days": 14,
    "layers": 10,
    "surfaces": 3,
    "breathing": 9,
    "chimes": 6,
    "sources": 63,
}


@pytest.mark.parametrize("what", COUNTS)
def test_all_of_them_are_in_the_program(what: str) -> None:
    """Each once, and as many as there were; what was added since does not matter."""
    wanted = INVENTORY[what]
    assert len(wanted) == len(set(wanted)) == COUNTS[what]
    there = ids_of(what)
    assert sorted(each for each in there if each in wanted) == sorted(wanted)


def test_all_presets_with_all_their_steps() -> None:
    """20 presets with 163 steps, each in its order."""
    wanted: dict[str, list[str]] = INVENTORY["presets"]
    assert (len(wanted), sum(map(len, wanted.values()))) == (20, 163)
    there = {preset_id: [step.id for step in preset.steps] for preset_id, preset in built_in().items()}
    assert {preset_id: steps for preset_id, steps in there.items() if preset_id in wanted} == wanted


def named_sources(values: object, place: str) -> Iterator[tuple[str, str]]:
    """Each id that stands in a list called ``sources``, with the file it is in."""
    if isinstance(values, dict):
        for key, value in values.items():
            if key == "sources":
                yield from ((place, each) for each in value)
            else:
                yield from named_sources(value, place)
    elif isinstance(values, list):
        for value in values:
            yield from named_sources(value, place)


def test_every_source_that_is_named_is_there() -> None:
    """Whichever file of the program names it: presets, cautions, scales, mats, statements."""
    known = set(ids_of("sources"))
    files = sorted(path.relative_to(RESOURCES).as_posix() for path in RESOURCES.rglob("*.toml"))
    named = [pair for file in files for pair in named_sources(table(file), file)]
    assert len(named) > 100
    assert [pair for pair in named if pair[1] not in known] == []


def test_each_kind_of_statement_is_made() -> None:
    """Twelve: the eleven that were written down, and what is said of one mat beside its size."""
    there = ids_of("claims")
    assert len(there) == 12
    assert set(there) - set(INVENTORY["claims"]) == {"himalaya_text"}
