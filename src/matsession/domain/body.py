"""Where the mat is, how one lies on it, and what lies between: the vocabulary of the body.

Identifiers only; the words a person reads are in ``app/texts.py``.
"""

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


class Surface(StrEnum):
    """What lies under the mat."""

    SOFT = "soft"
    MEDIUM = "medium"
    FIRM = "firm"

    @property
    def strength(self) -> int:
        """How strong the points feel on it, 1 (bed) to 3 (hard floor)."""
        return 1 + list(Surface).index(self)
