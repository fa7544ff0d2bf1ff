"""Changes of settings that can be taken back."""

from collections import deque
from dataclasses import fields
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from matsession.app.preferences import Preferences
from matsession.domain.settings import Settings

_KEPT: Final = 50

NOT_RESET: Final = frozenset(
    {
        "report_name",
        "history_sort",
        "history_descending",
        "history_columns",
        "last_preset",
        "last_output",
        "hidden_presets",
        "lengths_s",
        "open_ends",
        "tray_told",
        "true_for_me",
        "mini_width",
        "mini_height",
        "welcome_due",
        "window_width",
        "window_height",
    }
)
"""What is remembered rather than chosen on the page of settings; a reset leaves it alone."""


class SettingChanges(QObject):
    """Changes preferences, and remembers how they were."""

    changed = Signal()
    """``can_undo`` may be another."""
    made = Signal(object)
    """The names of the settings that were changed, in a tuple; ``undo`` takes just that back."""
    was_reset = Signal(bool)
    """All are as at first; False where they have been so already, and ``undo`` is about an older change."""
    undone = Signal()
    """The last change was taken back."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        """Begin with nothing to take back."""
        super().__init__(parent)
        self.preferences = preferences
        self._before: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    @property
    def settings(self) -> Settings:
        """The settings as they are."""
        return self.preferences.settings

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    def change(self, **values: Any) -> None:
        """Set these settings, as one change. Raises SettingError for a value that is not allowed."""
        if self._make(values):
            self.made.emit(tuple(values))

    def _make(self, values: dict[str, Any]) -> bool:
        before = {name: getattr(self.settings, name) for name in values}
        if before == values:
            return False
        self.preferences.change(**values)
        self._before.append(before)
        self.changed.emit()
        return True

    @Slot()
    def undo(self) -> None:
        """Take the last change back; nothing happens where there is none."""
        if self._before:
            self.preferences.change(**self._before.pop())
            self.changed.emit()
            self.undone.emit()

    @Slot()
    def reset(self) -> None:
        """Set all that is chosen on the page to what it was at first; one change, that can be taken back."""
        fresh = Settings()
        values = {
            each.name: getattr(fresh, each.name) for each in fields(Settings) if each.name not in NOT_RESET
        }
        self.was_reset.emit(self._make(values))
