"""The current settings, changed in one place and told to all who follow them."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from matsession.domain.errors import MatSessionError
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
        self.problems = problems

    @property
    def settings(self) -> Settings:
        """The settings as they are."""
        return self._settings

    def change(self, **values: Any) -> None:
        """Set these settings. Raises SettingError for a value that is not allowed; then nothing changes."""
        settings = replace(self._settings, **values)
        if settings == self._settings:
            return
        self._settings = settings
        try:
            self._save(settings)
        except MatSessionError as error:  # the choice holds for now; there is only nowhere to keep it
            log.warning("settings not saved: %s", error)
        self.changed.emit()
