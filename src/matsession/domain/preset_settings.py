"""The settings that a preset brings along for its own sessions; what it leaves open is as in Settings.

Left out on purpose: what belongs to a room or a person and not to a session. These are the master volume and
the loudest wake chime (a preset of somebody else must not make anything loud), the output, the one button,
the theme and the size of the text.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from matsession.domain.guidance import ChimeName
from matsession.domain.order import PREPARATION_MAX_S

PATH_MAX: Final = 1000
"""Characters in the path of a sound file, or in the name of a voice."""


class VoiceWish(StrEnum):
    """Whether lines are to be spoken."""

    AS_FITS = "as_fits"
    """Spoken where a natural voice is installed."""
    ON = "on"
    OFF = "off"


class Brightness(StrEnum):
    """How bright the digits of the mat view are."""

    DIM = "dim"
    MEDIUM = "medium"
    BRIGHT = "bright"


SESSION_RANGES: Final = (
    ("preparation_s", 0, PREPARATION_MAX_S),
    ("background_level", 0, 1),
    ("voice_speed", 0.5, 2),
    ("interval_min", 0, 30),
    ("warning_s", 0, 600),
    ("mat_turns", 0, 3),
)
"""The numbers among the settings of a session: name, lowest, highest."""


class PresetSettings(NamedTuple):
    """Named and meant as in ``Settings``; None is "as in Settings"."""

    preparation_s: int | None = None
    interval_min: int | None = None
    warning_s: int | None = None
    levels: tuple[tuple[ChimeName, float], ...] = ()
    """Chimes that have a level of their own here; all others are as in Settings."""
    own_sounds: tuple[tuple[ChimeName, str], ...] = ()
    """Chimes that have a sound file of their own here; an empty path is the built-in sound."""
    background: str | None = None
    background_level: float | None = None
    voice: VoiceWish | None = None
    voice_id: str | None = None
    voice_speed: float | None = None
    pacer: bool | None = None
    """False: no step is paced, whatever its breathing pattern. Nothing in Settings says so."""
    mat_at_start: bool | None = None
    mat_turns: int | None = None
    mat_brightness: Brightness | None = None
    dawn: bool | None = None
    hearing_check: bool | None = None
    doze_guard: bool | None = None
    keep_screen_on: bool | None = None
    pause_players: bool | None = None

    def own_count(self) -> int:
        """How many settings it has."""
        lists = len(self.levels) + len(self.own_sounds)
        rest = [value for name, value in self._asdict().items() if name not in ("levels", "own_sounds")]
        return lists + sum(value is not None for value in rest)

    def without_files(self) -> "PresetSettings":
        """Without what names files of one computer: they are not there on another, and tell of its owner."""
        background = self.background
        return self._replace(
            own_sounds=tuple((chime, file) for chime, file in self.own_sounds if not file),
            background=None if background is not None and is_path(background) else background,
        )


AS_IN_SETTINGS: Final = PresetSettings()
"""A preset that brings nothing along."""


def is_path(background: str) -> bool:
    """Whether a background is an own file rather than a built-in loop (or nothing)."""
    return "/" in background or "\\" in background


def problem_of(settings: PresetSettings) -> tuple[str, str] | None:
    """The first value that is not allowed: its name and what is allowed; None where all are."""
    for name, lowest, highest in SESSION_RANGES:
        value = getattr(settings, name)
        if value is not None and not lowest <= value <= highest:
            return name, f"{value:g} is not from {lowest:g} to {highest:g}"
    for chime, level in settings.levels:
        if not 0 <= level <= 1:
            return f"levels, {chime}", f"{level:g} is not from 0 to 1"
    files = [(f"own_sounds, {chime}", file) for chime, file in settings.own_sounds]
    for name, text in (
        *files,
        ("background", settings.background or ""),
        ("voice_id", settings.voice_id or ""),
    ):
        if len(text) > PATH_MAX:
            return name, f"has {len(text)} characters; at most {PATH_MAX} are allowed"
        if not text.isprintable():
            return name, "must be one line without control characters"
    for name in ("levels", "own_sounds"):
        chimes = [chime for chime, _ in getattr(settings, name)]
        if len(set(chimes)) < len(chimes):
            return name, "each chime can stand there once"
    return None
