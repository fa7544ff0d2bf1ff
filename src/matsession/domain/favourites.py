"""Which presets are offered first: those used most, each in its place for as long as it belongs there."""

from collections.abc import Iterable, Sequence
from typing import Final

from matsession.domain.preset import Preset, PresetKind

FAVOURITES: Final = 4
"""How many are offered first."""

STARTERS: Final = ("first_session", "lower_back", "feet_seated", "goal_deeper_sleep")
"""Offered while the history tells nothing better: a first time, a common place, sitting, and the evening."""


def favourites(used: Iterable[str], known: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """The presets to offer first, by id: of those ``known``, the ones ``used`` most (most used first).

    The starters fill up what is missing, then whatever is known. One that was among them ``before`` keeps its
    place: nobody has to look for it anew because another one was used more often.
    """
    ranked = dict.fromkeys((*used, *STARTERS, *known))
    wanted = [each for each in ranked if each in set(known)][:FAVOURITES]
    places: list[str | None] = [each if each in wanted else None for each in before[: len(wanted)]]
    places += [None] * (len(wanted) - len(places))
    others = iter([each for each in wanted if each not in places])
    return tuple(each if each is not None else next(others) for each in places)


def preset_for(presets: Sequence[Preset], used: Sequence[str]) -> Preset | None:
    """Which of these to begin with: the one ``used`` most, else the first that is written for its area."""
    if not presets:
        return None

    def rank(preset: Preset) -> tuple[int, bool]:
        place = used.index(preset.id) if preset.id in used else len(used)
        return place, preset.kind is not PresetKind.AREA

    return min(presets, key=rank)
