"""The cards of the settings that lead to pages of their own: mats, and answers about safety."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import mat_words, suitability_words, texts
from matsession.app.mat_shelf import MatShelf
from matsession.app.preset_library import PresetLibrary
from matsession.app.setting_changes import SettingChanges
from matsession.domain.mat import LengthUnit
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard


class MatsSettings(SettingsCard):
    """Which mats there are, the way to them, and in what sizes are told."""

    mats_requested = Signal()
    """All mats are wanted."""

    def __init__(self, changes: SettingChanges, shelf: MatShelf, parent: QWidget | None = None) -> None:
        """The mats are those of ``shelf``."""
        super().__init__(texts.tr("My mats"), parent)
        self._changes = changes
        self._shelf = shelf
        self._mats = Button("", ButtonKind.SECONDARY, small=True, texts_to_come=(texts.tr("Edit mats"),))
        self._mats.setText(texts.tr("Add a mat"))
        self._mats_row = self.add_row(texts.tr("Mats"), self._mats)
        self._unit = SettingChoice(texts.tr("Sizes in"))
        self.add_row(texts.tr("Sizes in"), self._unit)
        self._unit.chosen.connect(self._on_unit_chosen)
        self._mats.clicked.connect(self.mats_requested)
        shelf.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the mats and settings as they are."""
        mats = self._shelf.mats
        system = texts.tr("As the system: {unit}").format(unit=mat_words.unit(mat_words.system_unit()))
        units = [("", system), *((unit.value, mat_words.unit(unit)) for unit in LengthUnit)]
        self._unit.offer(units, self._changes.settings.length_unit)
        self._mats.show_text(texts.tr("Edit mats") if mats else texts.tr("Add a mat"), None)
        told = ", ".join(mat.name for mat in mats) or texts.tr(
            "None yet. Your mat is kept with each session."
        )
        self._mats_row.show_hint(told)

    def focus_mats(self) -> None:
        """Where the page of mats was asked for."""
        self._mats.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_unit_chosen(self, unit: str) -> None:
        self._changes.change(length_unit=unit)


class SafetySettings(SettingsCard):
    """What the answers about safety lead to, and the way to change them."""

    answers_requested = Signal()
    """The answers are wanted."""

    def __init__(
        self, changes: SettingChanges, presets: PresetLibrary, parent: QWidget | None = None
    ) -> None:
        """The answers are settings."""
        super().__init__(texts.tr("Safety"), parent)
        self._changes = changes
        self._presets = presets
        self._answers = Button(texts.tr("Change answers"), ButtonKind.SECONDARY, small=True)
        self._row = self.add_row(texts.tr("What is true for you"), self._answers)
        self._answers.clicked.connect(self.answers_requested)
        presets.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what follows from the answers."""
        self._row.show_hint(suitability_words.consequence(self._presets))

    def focus_answers(self) -> None:
        """Where the answers were asked for."""
        self._answers.setFocus(Qt.FocusReason.OtherFocusReason)


def chosen_unit(changes: SettingChanges) -> LengthUnit:
    """In what sizes are told."""
    wish = changes.settings.length_unit
    return LengthUnit(wish) if wish else mat_words.system_unit()
