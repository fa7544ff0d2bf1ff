"""Every setting and its default, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Final, Self

from matsession.domain.preset import LONGEST_S

PREPARATION_MAX_S: Final = 300
"""People asked other timers for up to five minutes to settle in."""


class SettingError(ValueError):
    """A value a setting cannot have: which setting, and what is allowed."""

    def __init__(self, field: str, rule: str) -> None:
        """Name the setting and tell what is allowed."""
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The person's choices. Raises SettingError for a value that is not allowed."""

    volume: float = 0.8
    """Master volume as heard, 0 (silent) to 1."""
    preparation_s: int = 30
    """Time to settle in before a session."""
    last_preset: str = "first_session"
    """Shown first at the next start."""
    lengths_s: Mapping[str, int] = field(default_factory=dict)
    """The length in seconds last chosen for each preset, by its id; cannot be changed from outside."""
    window_width: int = 1100
    window_height: int = 760

    def __post_init__(self) -> None:
        """Refuse what no setting may be."""
        if not 0 <= self.volume <= 1:
            raise SettingError("volume", f"{self.volume:g} is not from 0 to 1")
        if not 0 <= self.preparation_s <= PREPARATION_MAX_S:
            raise SettingError("preparation_s", f"{self.preparation_s} is not from 0 to {PREPARATION_MAX_S}")
        for preset_id, length_s in self.lengths_s.items():
            if not 1 <= length_s <= LONGEST_S:
                raise SettingError(f"lengths_s, {preset_id}", f"{length_s} is not from 1 to {LONGEST_S}")
        object.__setattr__(self, "lengths_s", MappingProxyType(dict(self.lengths_s)))
        for name in ("window_width", "window_height"):
            if not 200 <= getattr(self, name) <= 20_000:
                raise SettingError(name, f"{getattr(self, name)} is not from 200 to 20000")

    def length_s(self, preset_id: str, otherwise: int) -> int:
        """The length last chosen for this preset, or ``otherwise``."""
        return self.lengths_s.get(preset_id, otherwise)

    def with_length(self, preset_id: str, length_s: int) -> Self:
        """These settings with another length for this preset. Raises SettingError outside 1 to LONGEST_S."""
        return replace(self, lengths_s={**self.lengths_s, preset_id: length_s})


SETTING_NAMES: Final = tuple(setting.name for setting in fields(Settings))
