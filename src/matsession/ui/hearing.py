"""The hearing check: whether the end chime will be heard, asked before the person lies down."""

from dataclasses import dataclass
from enum import Enum, auto

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


def hearing(settings: Settings, output: str, problem: SoundProblem | None) -> Hearing:
    """What there is to tell for these settings and this ``output``, with its ``problem``."""
    level = settings.volume_for(output) * settings.levels.get(ChimeName.CLOSE, 1.0)
    doubt = None
    if problem is not None and problem is not SoundProblem.MUTED:
        doubt = Doubt.NO_SOUND
    elif level == 0 or problem is SoundProblem.MUTED:
        doubt = Doubt.SILENT
    elif settings.last_output and output and output != settings.last_output:
        doubt = Doubt.OTHER_OUTPUT
    return Hearing(output, level, settings.last_output, doubt, problem)
