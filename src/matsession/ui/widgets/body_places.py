"""The places on the body map: what each stands for, where its word is and where that points to."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from matsession.domain.body import BodyArea, BodyPart, uses_of
from matsession.ui.widgets.body_figure import Side


class BodyPlace(NamedTuple):
    """One word on the map. Heights and points are in units of the figures."""

    areas: tuple[BodyArea, ...]
    """The areas whose presets it stands for; the first one names it."""
    parts: tuple[BodyPart, ...]
    """What it fills on the figures."""
    y: float
    """The height of its word."""
    points: tuple[tuple[Side, float, float], ...]
    """Where its lines end."""


_UPPER, _LOWER = BodyPart.UPPER_BACK, BodyPart.LOWER_BACK
_FRONT, _BACK = Side.FRONT, Side.BACK

PLACES: Final = (
    BodyPlace((BodyArea.NECK,), (BodyPart.NECK,), 29, ((_BACK, -10, 65),)),
    BodyPlace((BodyArea.UPPER_BACK_SHOULDERS,), (_UPPER,), 73, ((_BACK, -44, 101),)),
    BodyPlace((BodyArea.FULL_BACK, BodyArea.CHAIR_BACK), (_UPPER, _LOWER), 107, ((_BACK, -36, 145),)),
    BodyPlace((BodyArea.LOWER_BACK,), (_LOWER,), 141, ((_BACK, -33, 176),)),
    BodyPlace((BodyArea.STOMACH,), (BodyPart.BELLY,), 183, ((_FRONT, 30, 185),)),
    BodyPlace((BodyArea.HIPS_GLUTES, BodyArea.SIDE_HIP), (BodyPart.HIPS,), 225, ((_BACK, -38, 233),)),
    BodyPlace((BodyArea.HANDS_FOREARMS,), (BodyPart.HANDS,), 267, ((_FRONT, 84, 271),)),
    BodyPlace((BodyArea.THIGHS_HAMSTRINGS,), (BodyPart.THIGHS,), 313, ((_FRONT, 32, 295), (_BACK, -32, 295))),
    BodyPlace((BodyArea.CALVES,), (BodyPart.CALVES,), 376, ((_BACK, -34, 391),)),
    BodyPlace(
        (BodyArea.FEET_SEATED, BodyArea.FEET_STANDING),
        (BodyPart.FEET,),
        448,
        ((_FRONT, 26, 465), (_BACK, -26, 465)),
    ),
)
"""Down the body; arrow keys go through them in this order."""

LEVELS: Final = (1, 3, 6)
"""From so many sessions on a place is shown at level 1, 2 and 3."""


def place_of(area: BodyArea | None) -> BodyPlace | None:
    """The place that stands for an area, or None: some presets are for several places, or for none."""
    return next((place for place in PLACES if area in place.areas), None)


def place_at(part: BodyPart) -> BodyPlace:
    """The place that is this part alone."""
    return next(place for place in PLACES if place.parts == (part,))


def level(sessions: int) -> int:
    """How strongly to show so many sessions, 0 to 3."""
    return sum(sessions >= least for least in LEVELS)


def levels(uses_by_area: Mapping[str, int]) -> dict[BodyPart, int]:
    """How strongly to show each part."""
    return {part: level(uses_of((part,), uses_by_area)) for part in BodyPart}
