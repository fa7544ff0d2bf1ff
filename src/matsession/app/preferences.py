"""The current settings, changed in one place and told to all who follow them."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from matsession.domain.errors import MatSessionError
from matsession.domain.preset import Preset
from matsession.domain.preset_settings import PresetSettings
from matsession.domain.settings import Settings

log = logging.getLogger(__name__)


class Preferences(QObject):
    """Holds the Settings; saves every change."""

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        problems: tuple[str, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        """Begin with ``settings``; ``problems`` are sentences about what had to be repaired."""
        super().__init__(parent)
        self._settings = settings
        self._save = save
        self._session_of: Preset | None = None
        self._chosen_meanwhile: dict[str, Any] = {}
        self._in_session: Settings | None = settings
        self.problems = problems

    @property
    def settings(self) -> Settings:
        """The settings as they are."""
        return self._settings

    @property
    def in_session(self) -> Settings:
        """The settings as they hold now: what the preset of the session brings along comes first.

        What a person changes in the middle of it comes before that again.
        """
        if self._in_session is None:
            brought = self._settings.for_preset(self._session_of)
            self._in_session = replace(brought, **self._chosen_meanwhile)
        return self._in_session

    def hold_for(self, preset: Preset | None) -> None:
        """From now on ``in_session`` is about this preset; with None as without any. Nothing is saved."""
        before = self.in_session
        self._session_of = preset
        self._chosen_meanwhile = {}
        self._in_session = None
        if self.in_session != before:
            self.changed.emit()

    def change(self, **values: Any) -> None:
        """Set these settings. Raises SettingError for a value that is not allowed; then nothing changes."""
        settings = replace(self._settings, **values)
        before = self.in_session
        if self._session_of is not None:
            self._chosen_meanwhile.update(
                (name, value)
                for name, value in values.items()
                if name in PresetSettings._fields and value != getattr(before, name)
            )
            self._in_session = None
        if settings == self._settings:
            if self.in_session != before:
                self.changed.emit()
            return
        self._settings = settings
        self._in_session = None
        try:
            self._save(settings)
        except MatSessionError as error:  # the choice holds for now; there is only nowhere to keep it
            log.warning("settings not saved: %s", error)
        self.changed.emit()
