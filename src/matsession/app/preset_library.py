"""The presets there are: built-in ones and the person's own."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import Guidance
from matsession.domain.preset import Preset
from matsession.domain.suitability import SUITS, Suitability, offered, suitability

if TYPE_CHECKING:
    from matsession.app.mat_shelf import MatShelf
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
        self._shelf: MatShelf | None = None
        self._heeded: tuple[frozenset[str], bool] = (frozenset(), False)

    def heed(self, preferences: "Preferences", shelf: "MatShelf | None" = None) -> None:
        """Offer what suits the person and the mat in use and is not hidden, now and whenever that changes."""
        self._preferences = preferences
        if shelf is not None:
            self.use_mats(shelf)
        self._hidden, self._heeded = self._heed_now()
        preferences.changed.connect(self._on_heeded_changed)

    def use_mats(self, shelf: "MatShelf") -> None:
        """Heed the mat in use of these from now on, unless it is so already."""
        if self._shelf is None:
            self._shelf = shelf
            shelf.changed.connect(self._on_heeded_changed)
            self._on_heeded_changed()

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
        """Those to choose from, as ``suitability.offered``.

        What names another, as a reminder or the command line does, still finds it by ``find``.
        """
        return offered(self.presets, self.suits, self.hides)

    def hides(self, preset: Preset) -> bool:
        """Whether the person hid this one; an own one never is."""
        return preset.built_in and preset.id in self._hidden

    @property
    def unsuitable(self) -> tuple[Preset, ...]:
        """Those that are hidden because of what the person said, or because of the mat in use."""
        return tuple(preset for preset in self.presets if not self.suits(preset))

    def suitability(self, preset: Preset) -> Suitability:
        """Whether it suits the person and the mat in use."""
        answers, rigid_mat = self._heeded
        if not answers and not rigid_mat:
            return SUITS
        return suitability(preset, self._guidance, answers, rigid_mat=rigid_mat)

    @property
    def mats(self) -> "MatShelf | None":
        """The mats of which the one in use is heeded."""
        return self._shelf

    def suits(self, preset: Preset) -> bool:
        """Whether it may be offered to this person, on the mat in use."""
        return not self.suitability(preset).hidden

    @property
    def answers(self) -> frozenset[str]:
        """Ids of the cautions that the person said are true for them."""
        return self._heeded[0]

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

    def _heed_now(self) -> tuple[frozenset[str], tuple[frozenset[str], bool]]:
        rigid_mat = self._shelf is not None and self._shelf.rigid
        if self._preferences is None:
            return frozenset(), (frozenset(), rigid_mat)
        settings = self._preferences.settings
        hidden = frozenset(preset_id for preset_id, hides in settings.hidden_presets.items() if hides)
        return hidden, (settings.answers, rigid_mat)

    @Slot()
    def _on_heeded_changed(self) -> None:
        now = self._heed_now()
        if now != (self._hidden, self._heeded):
            self._hidden, self._heeded = now
            self.changed.emit()
