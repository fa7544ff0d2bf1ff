"""Preset files: TOML that a person writes by hand, read into the domain's Preset, and back.

The format is told in docs/presets.md. Whatever the bytes, reading gives a preset or a problem, never a
traceback: a person's own file is never a reason why the program does not start.
"""

from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import tomli_w

from matsession.domain.body import BodyArea, Layer, Position, Surface
from matsession.domain.guidance import STEP_CHIMES, ChimeName, Guidance, StepKind, StepMode
from matsession.domain.preset import (
    LONGEST_S,
    Level,
    Preset,
    PresetError,
    PresetKind,
    Step,
    longest_total_s,
    shortest_total_s,
)
from matsession.domain.preset_settings import AS_IN_SETTINGS, Brightness, PresetSettings, VoiceWish
from matsession.storage.atomic_file import write_whole
from matsession.storage.errors import PresetFileProblem, preset_problem, shown
from matsession.storage.toml_text import FieldError, parse_toml, quoted, read_toml, unknown
from matsession.storage.toml_values import convert

FORMAT: Final = 2
"""The latest format; a file that does not say which may have all of it.

1: everything but ``[session]``. 2: with it. Written is the lowest that has all there is in the preset,
so that earlier programs read whatever they could know.
"""

SILENT: Final = "none"
"""What stands for "no chime" in a file."""

_Seconds = Annotated[int, msgspec.Meta(ge=0, le=LONGEST_S)]


class _Step(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    seconds: _Seconds
    id: str | None = None
    kind: StepKind = StepKind.REST
    min_s: _Seconds | None = None
    cap_s: _Seconds | None = None
    mode: StepMode = StepMode.FIXED
    on_mat: bool = True
    breath: str = "natural"
    chime: str | None = None
    show: str = ""
    say: str = ""


class _Session(msgspec.Struct, forbid_unknown_fields=True):
    preparation_s: int | None = None
    interval_min: int | None = None
    warning_s: int | None = None
    levels: dict[str, float] = {}
    own_sounds: dict[str, str] = {}
    background: str | None = None
    background_level: float | None = None
    voice: VoiceWish | None = None
    voice_id: str | None = None
    voice_speed: float | None = None
    pacer: bool | None = None
    mat_at_start: bool | None = None
    mat_turns: int | None = None
    mat_brightness: Brightness | None = None
    dawn: bool | None = None
    hearing_check: bool | None = None
    doze_guard: bool | None = None
    keep_screen_on: bool | None = None
    pause_players: bool | None = None


class _PresetFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    area: BodyArea
    step: tuple[_Step, ...]
    format: int = FORMAT
    id: str | None = None
    kind: PresetKind = PresetKind.OWN
    position: Position | None = None
    level: Level | None = None
    best_time: str = ""
    suggested_s: _Seconds | None = None
    min_total_s: _Seconds | None = None
    max_total_s: _Seconds | None = None
    layer_beginner: Layer | None = None
    layer_regular: Layer | None = None
    surface: Surface | None = None
    rating: str = "pain_nrs"
    rating_next_morning: str = ""
    summary: str = ""
    honest_note: str = ""
    vendor_claim: str = ""
    setup: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    avoid_if: tuple[str, ...] = ()
    after: str = ""
    sources: tuple[str, ...] = ()
    session: _Session | None = None


def read_preset(path: Path, guidance: Guidance, *, built_in: bool = False) -> Preset | PresetFileProblem:
    """The preset in this file, checked against the patterns, scales and cautions of ``guidance``."""
    try:
        raw = read_toml(path)
    except FileNotFoundError:
        return PresetFileProblem(path, f"{shown(path)}: there is no such file.")
    except FieldError as error:
        return preset_problem(path, error.field, error.rule)
    return _preset_or_problem(path, raw, guidance, built_in)


def parse_preset(
    content: bytes, path: Path, guidance: Guidance, *, built_in: bool = False
) -> Preset | PresetFileProblem:
    """The preset in these bytes, which came from ``path`` or are about to go there."""
    try:
        raw = parse_toml(content)
    except FieldError as error:
        return preset_problem(path, error.field, error.rule)
    return _preset_or_problem(path, raw, guidance, built_in)


def write_preset(path: Path, preset: Preset) -> None:
    """Write the preset so that it reads the same again. Raises StorageError; an old file then stays."""
    write_whole(path, preset_text(preset).encode("utf-8"))


def preset_text(preset: Preset) -> str:
    """The preset as a file; what is empty is left out."""
    head: dict[str, Any] = {
        "format": 1 if preset.session == AS_IN_SETTINGS else FORMAT,
        "id": preset.id,
        "name": preset.name,
        "kind": preset.kind,
        "area": preset.area,
        "position": preset.position,
        "level": preset.level,
        "best_time": preset.best_time,
        "suggested_s": preset.suggested_s,
        "min_total_s": preset.min_total_s,
        "max_total_s": preset.max_total_s,
        "layer_beginner": preset.layer_beginner,
        "layer_regular": preset.layer_regular,
        "surface": preset.surface,
        "rating": preset.rating,
        "rating_next_morning": preset.rating_next_morning,
        "summary": preset.summary,
        "honest_note": preset.honest_note,
        "vendor_claim": preset.vendor_claim,
        "setup": preset.setup,
        "cautions": preset.cautions,
        "avoid_if": preset.avoid_if,
        "after": preset.after,
        "sources": preset.sources,
    }
    empty = (None, "", ())
    # An empty rating means something: nothing is asked.
    content = {key: _plain(value) for key, value in head.items() if key == "rating" or value not in empty}
    if preset.session != AS_IN_SETTINGS:
        content["session"] = _session_table(preset.session)
    steps = "".join(f"\n[[step]]\n{tomli_w.dumps(_step_table(step))}" for step in preset.steps)
    return tomli_w.dumps(content, indent=2) + steps


def _session_table(settings: PresetSettings) -> dict[str, Any]:
    table = {**settings._asdict(), "levels": dict(settings.levels), "own_sounds": dict(settings.own_sounds)}
    for name in ("levels", "own_sounds"):
        table[name] = {str(chime): value for chime, value in table[name].items()}
    return {key: _plain(value) for key, value in table.items() if value is not None and value != {}}


def _step_table(step: Step) -> dict[str, Any]:
    table: dict[str, Any] = {
        "id": step.id,
        "name": step.name,
        "kind": step.kind,
        "seconds": step.seconds,
        "min_s": step.min_s,
        "cap_s": step.cap_s,
        "mode": step.mode,
        "on_mat": step.on_mat,
        "breath": step.breath,
        "chime": step.chime or SILENT,
        "show": step.show,
        "say": step.say,
    }
    return {key: _plain(value) for key, value in table.items() if value not in (None, "")}


def _plain(value: object) -> object:
    """What tomli_w writes: an enum as its text, a tuple as a list."""
    if isinstance(value, str):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _preset_or_problem(
    path: Path, raw: dict[str, Any], guidance: Guidance, built_in: bool
) -> Preset | PresetFileProblem:
    try:
        version = raw.get("format", FORMAT)
        if type(version) is int and version > FORMAT:  # first of all: it may have keys we do not know
            raise FieldError("format", f"is of a later MatSession; this one reads format 1 to {FORMAT}")
        return _preset(path, convert(raw, _PresetFile), guidance, built_in)
    except (FieldError, PresetError) as error:
        return preset_problem(path, error.field, error.rule)


def _preset(path: Path, file: _PresetFile, guidance: Guidance, built_in: bool) -> Preset:
    if not 1 <= file.format <= FORMAT:
        raise FieldError("format", f"must be from 1 to {FORMAT}")
    if file.session is not None and file.format < FORMAT:
        raise FieldError("format", f"must be {FORMAT} where there is a table [session]")
    steps = tuple(_step(number, step, guidance) for number, step in enumerate(file.step, start=1))
    scale_ids = [scale.id for scale in guidance.scales]
    for field in ("rating", "rating_next_morning"):
        scale_id = getattr(file, field)
        if scale_id and scale_id not in scale_ids:
            raise unknown(field, scale_id, scale_ids, "a known scale")
    caution_ids = [caution.id for caution in guidance.cautions]
    for caution_id in file.avoid_if:
        if caution_id not in caution_ids:
            raise unknown("avoid_if", caution_id, caution_ids, "a known caution")
    written_s = sum(step.seconds for step in steps)
    return Preset(
        id=_id_from_name(path) if file.id is None else file.id,
        name=file.name,
        area=file.area,
        steps=steps,
        suggested_s=_or(file.suggested_s, written_s),
        min_total_s=_or(file.min_total_s, shortest_total_s(steps)),
        max_total_s=_or(file.max_total_s, max(written_s, longest_total_s(steps))),
        kind=file.kind,
        position=file.position,
        level=file.level,
        best_time=file.best_time,
        layer_beginner=file.layer_beginner,
        layer_regular=file.layer_regular,
        surface=file.surface,
        rating=file.rating,
        rating_next_morning=file.rating_next_morning,
        summary=file.summary,
        honest_note=file.honest_note,
        vendor_claim=file.vendor_claim,
        setup=file.setup,
        cautions=file.cautions,
        avoid_if=file.avoid_if,
        after=file.after,
        sources=file.sources,
        session=_session(file.session) if file.session is not None else AS_IN_SETTINGS,
        built_in=built_in,
    )


def _session(file: _Session) -> PresetSettings:
    values = {name: getattr(file, name) for name in PresetSettings._fields}
    for name in ("levels", "own_sounds"):
        for chime in values[name]:
            if chime not in (names := [str(each) for each in ChimeName]):
                raise unknown(f"session, {name}, key {quoted(chime)}", chime, names, "a chime")
        values[name] = tuple((chime, values[name][chime]) for chime in ChimeName if chime in values[name])
    return PresetSettings(**values)


def _step(number: int, step: _Step, guidance: Guidance) -> Step:
    if step.breath not in (breath_ids := [pattern.id for pattern in guidance.breathing]):
        raise unknown(f"step {number}, breath", step.breath, breath_ids, "a known breathing pattern")
    return Step(
        id=f"step_{number}" if step.id is None else step.id,
        name=step.name,
        seconds=step.seconds,
        min_s=_or(step.min_s, step.seconds),
        cap_s=step.cap_s,
        mode=step.mode,
        kind=step.kind,
        on_mat=step.on_mat,
        breath=step.breath,
        chime=_chime(number, step.chime),
        show=step.show,
        say=step.say,
    )


def _chime(number: int, word: str | None) -> ChimeName | None:
    if word is None:
        return ChimeName.OPEN if number == 1 else ChimeName.STEP
    if word == SILENT:
        return None
    if word not in (names := [str(name) for name in STEP_CHIMES]):
        raise unknown(f"step {number}, chime", word, [*names, SILENT], "a chime")
    return ChimeName(word)


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _id_from_name(path: Path) -> str:
    """Turn ``My Evening.toml`` into ``my_evening``."""
    return path.stem.lower().replace(" ", "_")
