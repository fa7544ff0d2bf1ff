"""The presets there are: built-in ones and the person's own."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.preset import Preset

if TYPE_CHECKING:
    from matsession.app.preferences import Preferences


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
        self._preferences: Preferences | None = None
        self._hidden: frozenset[str] = frozenset()

    def follow(self, preferences: "Preferences") -> None:
        """Offer what these do not hide, now and whenever they change."""
        self._preferences = preferences
        self._hidden = self._hidden_now()
        preferences.changed.connect(self._on_preferences_changed)

    @property
    def guidance(self) -> Guidance:
        """What all sessions share."""
        return self._guidance

    @property
    def presets(self) -> tuple[Preset, ...]:
        """Every preset, in the order to show them."""
        return self._loaded.presets

    @property
    def offered(self) -> tuple[Preset, ...]:
        """Those to choose from: all but the hidden ones, and all where there would be none.

        What names a hidden one, as a reminder or the command line does, still finds it by ``find``.
        """
        shown = tuple(preset for preset in self.presets if not self.hides(preset))
        return shown or self.presets

    def hides(self, preset: Preset) -> bool:
        """Whether this one is hidden; an own one never is."""
        return preset.built_in and preset.id in self._hidden

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

    @Slot()
    def reload(self) -> None:
        """Read the files again; ``changed`` tells where there is something new."""
        loaded = self._load()
        if loaded != self._loaded:
            self._loaded = loaded
            self.changed.emit()

    def _hidden_now(self) -> frozenset[str]:
        assert self._preferences is not None
        hidden = self._preferences.settings.hidden_presets
        return frozenset(preset_id for preset_id, hides in hidden.items() if hides)

    @Slot()
    def _on_preferences_changed(self) -> None:
        hidden = self._hidden_now()
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit()
