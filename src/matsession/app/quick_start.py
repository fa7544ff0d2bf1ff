"""Starts a session without the page for it: what is not said is as it was last time."""

from matsession.app import suitability_words, texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_launcher import SessionLauncher
from matsession.domain.errors import MatSessionError
from matsession.domain.order import StartWish
from matsession.domain.plan import LengthError
from matsession.domain.preset import Preset


class LengthRefusedError(MatSessionError):
    """The preset cannot last so long."""


class NotesDueError(MatSessionError):
    """Nobody has read yet what is to be known before the first session."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Before your first session there are a few notes to read.", "The window of MatSession shows them."
        )


class QuickStart:
    """For the command line, the tray and whoever else starts with one gesture."""

    def __init__(self, launcher: SessionLauncher, presets: PresetLibrary, preferences: Preferences) -> None:
        """Start by ``launcher``."""
        self._launcher = launcher
        self._presets = presets
        self._preferences = preferences

    def start(self, wish: StartWish) -> Preset:
        """Start what is wished for, and remember it as the last; the preset that was started.

        Raises NotesDueError, UnknownPresetError, UnsuitableError, LengthRefusedError, SessionRunningError.
        """
        settings = self._preferences.settings
        if settings.welcome_due:
            raise NotesDueError
        preset_id = settings.last_preset if wish.preset_id is None else wish.preset_id
        if self._presets.find(preset_id) is None:
            self._presets.reload()  # it may have been written since
        preset = self._presets.get(preset_id)
        found = self._presets.suitability(preset)
        if found.hidden and not wish.anyway:
            raise suitability_words.refused(preset, found)
        total_s = wish.total_s
        open_ended = wish.open_ended or (total_s is None and preset.may_wait and settings.open_end(preset.id))
        if total_s is None:
            total_s = settings.length_s(preset.id, preset.suggested_s)
            total_s = total_s if preset.allows(total_s) else preset.suggested_s
        usual_s = settings.for_preset(preset).preparation_s
        preparation_s = usual_s if wish.preparation_s is None else wish.preparation_s
        try:
            self._launcher.start(preset, total_s, preparation_s, wish.rating_before, open_ended=open_ended)
        except LengthError as error:
            raise LengthRefusedError(texts.length_refused(error)) from error
        lengths_s = dict(settings.lengths_s)
        if wish.total_s is not None and not open_ended:
            lengths_s[preset.id] = wish.total_s
        self._preferences.change(last_preset=preset.id, lengths_s=lengths_s)
        return preset
