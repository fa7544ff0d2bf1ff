"""The answers about safety on a page of their own, opened from the settings."""

from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.preset_library import PresetLibrary
from matsession.app.setting_changes import SettingChanges
from matsession.ui.pages.safety_answers import SafetyAnswers
from matsession.ui.pages.welcome_answers import answers_hint
from matsession.ui.widgets.sub_page import SubPage

_WIDEST = 620


class AnswersPage(SubPage):
    """The same boxes as in the welcome."""

    def __init__(
        self, presets: PresetLibrary, changes: SettingChanges, parent: QWidget | None = None
    ) -> None:
        """The answers are settings, changed by ``changes``."""
        super().__init__(
            texts.tr("Back to Settings"),
            texts.tr("Is any of this true for you?"),
            answers_hint(),
            _WIDEST,
            parent,
        )
        self._answers = SafetyAnswers(presets, changes)
        self.column.addWidget(self._answers)

    def focus_first(self) -> None:
        """Begin at the first box."""
        if not self._answers.focus_first():
            super().focus_first()
