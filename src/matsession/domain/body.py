"""Where the mat is, how one lies on it, and what lies between: the vocabulary of the body.

Identifiers only; the words a person reads are in ``app/texts.py``.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class BodyArea(StrEnum):
    """The part of the body that rests on the points."""

    FULL_BACK = "full_back"
    UPPER_BACK_SHOULDERS = "upper_back_shoulders"
    LOWER_BACK = "lower_back"
    NECK = "neck"
    HIPS_GLUTES = "hips_glutes"
    SIDE_HIP = "side_hip"
    THIGHS_HAMSTRINGS = "thighs_hamstrings"
    CALVES = "calves"
    FEET_SEATED = "feet_seated"
    FEET_STANDING = "feet_standing"
    CHAIR_BACK = "chair_back"
    BACK_THEN_FEET = "back_then_feet"
    STOMACH = "stomach"
    CHEST = "chest"
    HANDS_FOREARMS = "hands_forearms"
    NONE = "none"
    """No mat at all: the quiet rest that serves for comparison."""


class BodyPart(StrEnum):
    """A part of the body as somebody points at it; an area is one of them, or several."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    CHEST = "chest"
    BELLY = "belly"
    HIPS = "hips"
    HANDS = "hands"
    THIGHS = "thighs"
    CALVES = "calves"
    FEET = "feet"


_BACK = (BodyPart.UPPER_BACK, BodyPart.LOWER_BACK)
_PARTS: Mapping[str, tuple[BodyPart, ...]] = {
    BodyArea.FULL_BACK: _BACK,
    BodyArea.UPPER_BACK_SHOULDERS: (BodyPart.UPPER_BACK,),
    BodyArea.LOWER_BACK: (BodyPart.LOWER_BACK,),
    BodyArea.NECK: (BodyPart.NECK,),
    BodyArea.HIPS_GLUTES: (BodyPart.HIPS,),
    BodyArea.SIDE_HIP: (BodyPart.HIPS,),
    BodyArea.THIGHS_HAMSTRINGS: (BodyPart.THIGHS,),
    BodyArea.CALVES: (BodyPart.CALVES,),
    BodyArea.FEET_SEATED: (BodyPart.FEET,),
    BodyArea.FEET_STANDING: (BodyPart.FEET,),
    BodyArea.CHAIR_BACK: _BACK,
    BodyArea.BACK_THEN_FEET: (*_BACK, BodyPart.FEET),
    BodyArea.STOMACH: (BodyPart.BELLY,),
    BodyArea.CHEST: (BodyPart.CHEST,),
    BodyArea.HANDS_FOREARMS: (BodyPart.HANDS,),
    BodyArea.NONE: (),
}


def parts_of(area: str) -> tuple[BodyPart, ...]:
    """The parts that an area takes in; none where the area is not known, as in the line of an old session."""
    return _PARTS.get(area, ())


def uses_of(parts: Collection[BodyPart], uses_by_area: Mapping[str, int]) -> int:
    """How often all of these parts were used at once, from how often each area was."""
    return sum(uses for area, uses in uses_by_area.items() if set(parts) <= set(parts_of(area)))


class Position(StrEnum):
    """How the body is placed."""

    SUPINE_FLAT = "supine_flat"
    SUPINE_KNEES_BENT = "supine_knees_bent"
    SUPINE_NECK_ROLL = "supine_neck_roll"
    SUPINE_MAT_ON_TOP = "supine_mat_on_top"
    SIDE_LYING = "side_lying"
    SEATED_CHAIR = "seated_chair"
    SEATED_FLOOR = "seated_floor"
    CHAIR_BACKREST = "chair_backrest"
    STANDING = "standing"
    TABLE_HANDS = "table_hands"


class Layer(StrEnum):
    """What lies between skin and points."""

    NONE = "none"
    TOWEL = "towel"
    TSHIRT = "tshirt"
    SLEEVES = "sleeves"
    SHORTS = "shorts"
    TROUSERS = "trousers"
    SOCKS = "socks"
    THIN = "thin"
    BARE_OPTIONAL = "bare_optional"
    BAREFOOT_OPTIONAL = "barefoot_optional"

    @property
    def strength(self) -> int:
        """How strong the points feel through it, 0 (no mat) to 4 (bare skin)."""
        return _LAYER_STRENGTH[self]

    @property
    def thicker(self) -> "Layer":
        """One layer thicker, for the same part of the body; the thickest stays what it is."""
        return _THICKER.get(self, self)


_LAYER_STRENGTH = {
    Layer.NONE: 0,
    Layer.TOWEL: 1,
    Layer.TSHIRT: 2,
    Layer.SLEEVES: 2,
    Layer.SHORTS: 2,
    Layer.TROUSERS: 2,
    Layer.SOCKS: 2,
    Layer.THIN: 3,
    Layer.BARE_OPTIONAL: 4,
    Layer.BAREFOOT_OPTIONAL: 4,
}
_THICKER = {
    Layer.BARE_OPTIONAL: Layer.THIN,
    Layer.THIN: Layer.TSHIRT,
    Layer.BAREFOOT_OPTIONAL: Layer.SOCKS,
    Layer.TSHIRT: Layer.TOWEL,
    Layer.SLEEVES: Layer.TOWEL,
    Layer.SHORTS: Layer.TOWEL,
    Layer.TROUSERS: Layer.TOWEL,
    Layer.SOCKS: Layer.TOWEL,
}


class Surface(StrEnum):
    """What lies under the mat."""

    SOFT = "soft"
    MEDIUM = "medium"
    FIRM = "firm"

    @property
    def strength(self) -> int:
        """How strong the points feel on it, 1 (bed) to 3 (hard floor)."""
        return 1 + list(Surface).index(self)
