"""The presets there are: built-in ones and the person's own."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.preset import Preset


class LoadedPresets(NamedTuple):
    """What reading the preset files gave: presets in the order to show them, and sentences on bad files."""

    presets: tuple[Preset, ...]
    problems: tuple[str, ...] = ()


class UnknownPresetError(MatSessionError):
    """No preset has this id. Carries the nearest ones."""

    def __init__(self, preset_id: str, nearest: Sequence[str]) -> None:
        """Say what was asked and what is near."""
        advice = "'matsession presets' lists them all."
        if nearest:
            advice = f"Nearest: {', '.join(nearest)}. {advice}"
        super().__init__(f"There is no preset {preset_id!r}.", advice)
        self.nearest = tuple(nearest)


class PresetLibrary(QObject):
    """All presets by id."""

    changed = Signal()

    def __init__(
        self, load: Callable[[], LoadedPresets], guidance: Guidance, parent: QObject | None = None
    ) -> None:
        """Read the presets with ``load``, now and at every ``reload``."""
        super().__init__(parent)
        self._load = load
        self._guidance = guidance
        self._loaded = load()

    @property
    def guidance(self) -> Guidance:
        """What all sessions share."""
        return self._guidance

    @property
    def presets(self) -> tuple[Preset, ...]:
        """Every preset, in the order to show them."""
        return self._loaded.presets

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence on each file that could not be read."""
        return self._loaded.problems

    def get(self, preset_id: str) -> Preset:
        """The preset with this id. Raises UnknownPresetError, which names the nearest ones."""
        for preset in self.presets:
            if preset.id == preset_id:
                return preset
        import difflib  # only for a mistake; 1 ms

        wanted = preset_id.strip().lower().replace(" ", "_").replace("-", "_")
        by_name = {preset.name.lower().replace(" ", "_"): preset.id for preset in self.presets}
        ids = [preset.id for preset in self.presets]
        near = difflib.get_close_matches(wanted, [*ids, *by_name], n=3, cutoff=0.5)
        raise UnknownPresetError(preset_id, list(dict.fromkeys(by_name.get(name, name) for name in near)))

    def find(self, preset_id: str) -> Preset | None:
        """The preset with this id, or None."""
        return next((preset for preset in self.presets if preset.id == preset_id), None)

    def reload(self) -> None:
        """Read the files again."""
        self._loaded = self._load()
        self.changed.emit()
