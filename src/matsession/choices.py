"""What there is to choose, and what was chosen last: all that the first picture of the window needs."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from matsession import __version__
from matsession.app.preferences import Preferences
from matsession.app.preset_library import LoadedPresets, PresetLibrary
from matsession.desktop.paths import Folders
from matsession.storage.preset_store import PresetStore
from matsession.storage.settings_file import SettingsFile

if TYPE_CHECKING:
    from matsession.app.mat_shelf import MatShelf
    from matsession.domain.mat import CatalogueMat


class Choices(NamedTuple):
    """The settings, the presets and the mats."""

    preferences: Preferences
    presets: PresetLibrary
    mats: "Callable[[], MatShelf]"
    """The one shelf of mats; made when it is first asked for, which may be after the first picture."""


def read_choices(folders: Folders) -> Choices:
    """Read settings and presets. Never fails for a file of the person's own."""
    store = PresetStore(
        folders.guidance_file,
        folders.built_in_presets,
        folders.own_presets,
        folders.preset_cache,
        __version__,
    )
    settings_file = SettingsFile(folders.settings_file)
    settings, settings_problems = settings_file.read(store.guidance)
    preferences = Preferences(settings, settings_file.save, settings_problems)

    def load_presets() -> LoadedPresets:
        found = store.read()
        store.keep()
        return LoadedPresets(found.presets, tuple(problem.sentence for problem in found.problems))

    presets = PresetLibrary(load_presets, store.guidance)
    mats = cache(lambda: read_mats(folders))
    presets.heed(preferences, mats() if folders.mats_file.exists() else None)
    return Choices(preferences, presets, mats)


def read_mats(folders: Folders) -> "MatShelf":
    """Read the person's mats. Never fails for their file; the catalogue is read when it is wanted."""
    from matsession.app.mat_shelf import MatShelf
    from matsession.desktop.pictures import keep_picture
    from matsession.storage.own_mats import OwnMatsFile

    def read_catalogue() -> "tuple[CatalogueMat, ...]":
        from matsession.storage.mat_catalogue import read_catalogue

        return read_catalogue(folders.mat_catalogue)

    return MatShelf(OwnMatsFile(folders.mats_file), folders.mat_photos, read_catalogue, keep_picture)
