"""The hearing check: whether the end chime will be heard, asked before the person lies down."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from matsession.app import texts
from matsession.app.ports import SoundProblem
from matsession.domain.guidance import ChimeName
from matsession.domain.settings import Settings


class Doubt(Enum):
    """Why the end chime may not be heard."""

    SILENT = auto()
    """The volume, or the level of the end chime, is 0."""
    NO_SOUND = auto()
    """There is no output, or none that can be used."""
    OTHER_OUTPUT = auto()
    """It plays elsewhere than last time."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where the end chime plays, how loud, and what speaks against its being heard."""

    output: str
    level: float
    """As heard: the volume times the level of the end chime."""
    last_output: str
    doubt: Doubt | None
    problem: SoundProblem | None

    @property
    def certain(self) -> bool:
        """Whether nothing we know of keeps the end chime from being heard somewhere."""
        return self.doubt not in (Doubt.SILENT, Doubt.NO_SOUND)


def hearing(settings: Settings, output: str, problem: SoundProblem | None) -> Hearing:
    """What there is to tell for these settings and this ``output``, with its ``problem``."""
    level = settings.heard_level(output, ChimeName.CLOSE)
    doubt = None
    if problem is not None and problem is not SoundProblem.MUTED:
        doubt = Doubt.NO_SOUND
    elif level == 0 or problem is SoundProblem.MUTED:
        doubt = Doubt.SILENT
    elif settings.last_output and output and output != settings.last_output:
        doubt = Doubt.OTHER_OUTPUT
    return Hearing(output, level, settings.last_output, doubt, problem)


def turned_up(settings: Settings, output: str) -> dict[str, Any]:
    """The settings to change, by name, so that the end chime is not silent on ``output``; none if it is not.

    What is 0 becomes what it is in a fresh program.
    """
    fresh, close = Settings(), ChimeName.CLOSE.value
    changes: dict[str, Any] = {}
    if settings.volume_for(output) == 0:
        changes["volume_by_output"] = {**settings.volume_by_output, output: fresh.volume}
    if settings.levels.get(close, 1.0) == 0:
        changes["levels"] = {**settings.levels, close: fresh.levels.get(close, 1.0)}
    return changes


def hearing_words(now: Hearing) -> str:
    """In one line."""
    match now.doubt:
        case Doubt.NO_SOUND:  # a banner tells why
            return texts.tr("The end chime cannot be heard at present.")
        case Doubt.SILENT:
            return texts.tr("The chimes are turned down to nothing: you would not hear the end.")
        case Doubt.OTHER_OUTPUT:
            return texts.tr("Chimes: {output}, {level} %. Last time they played on {last}.").format(
                output=now.output, level=round(100 * now.level), last=now.last_output
            )
        case _:
            pass
    pattern = texts.tr("Chimes: {output}, {level} %")
    if not now.output:
        pattern = texts.tr("Chimes: {level} %")
    return pattern.format(output=now.output, level=round(100 * now.level))
