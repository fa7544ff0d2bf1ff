"""What there is to choose, and what was chosen last: all that the first picture of the window needs."""

from typing import NamedTuple

from matsession import __version__
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.desktop.paths import Folders
from matsession.storage.preset_store import PresetStore
from matsession.storage.settings_file import SettingsFile


class Choices(NamedTuple):
    """The settings and the presets."""

    preferences: Preferences
    presets: PresetLibrary


def read_choices(folders: Folders) -> Choices:
    """Read settings and presets. Never fails for a file of the person's own."""
    settings_file = SettingsFile(folders.settings_file)
    settings, settings_problems = settings_file.read()
    preferences = Preferences(settings, settings_file.save, settings_problems)

    store = PresetStore(
        folders.guidance_file,
        folders.built_in_presets,
        folders.own_presets,
        folders.preset_cache,
        __version__,
    )

    def load_presets() -> LoadedPresets:
        found = store.read()
        store.keep()
        return LoadedPresets(found.presets, tuple(problem.sentence for problem in found.problems))

    presets = PresetLibrary(load_presets, store.guidance)
    presets.follow(preferences)
    return Choices(preferences, presets)
