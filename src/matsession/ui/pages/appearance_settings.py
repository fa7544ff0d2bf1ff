"""The card of what the window looks like."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.setting_changes import SettingChanges
from matsession.domain.settings import ThemeChoice
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.settings_card import SettingsCard
from matsession.ui.widgets.switch import Switch

TEXT_PERCENTS: Final = (100, 125, 150, 175, 200)


class AppearanceSettings(SettingsCard):
    """Colours, size of the text, and motion."""

    def __init__(self, changes: SettingChanges, parent: QWidget | None = None) -> None:
        """Change settings by ``changes``."""
        super().__init__(texts.tr("Appearance"), parent)
        self._changes = changes
        self._theme = SettingChoice(texts.tr("Theme"))
        self.add_row(texts.tr("Theme"), self._theme)
        self._text = SettingChoice(texts.tr("Text size"))
        self.add_row(texts.tr("Text size"), self._text)
        self._motion = Switch(texts.tr("Reduce motion"))
        self.add_row(texts.tr("Reduce motion"), self._motion, texts.tr("No moving pacer, no fades."))
        self._theme.chosen.connect(self._on_theme_chosen)
        self._text.chosen.connect(self._on_text_chosen)
        self._motion.toggled.connect(self._on_motion_toggled)
        self.refresh()

    def refresh(self) -> None:
        """Show the settings as they are."""
        settings = self._changes.settings
        self._theme.offer([(choice.value, words) for choice, words in theme_words()], settings.theme)
        sizes = sorted({*TEXT_PERCENTS, settings.text_percent})
        self._text.offer([(percent, _size(percent)) for percent in sizes], settings.text_percent)
        self._motion.show_checked(settings.reduce_motion)

    def focus_text_size(self) -> QWidget:
        """Where the keys were when the text grew; what has them now."""
        self._text.setFocus()
        return self._text

    @Slot(object)
    def _on_theme_chosen(self, theme: str) -> None:
        self._changes.change(theme=theme)

    @Slot(object)
    def _on_text_chosen(self, percent: int) -> None:
        self._changes.change(text_percent=percent)

    @Slot(bool)
    def _on_motion_toggled(self, checked: bool) -> None:
        self._changes.change(reduce_motion=checked)


def theme_words() -> list[tuple[ThemeChoice, str]]:
    """The themes there are, and what each is called."""
    return [
        (ThemeChoice.SYSTEM, texts.tr("Same as system")),
        (ThemeChoice.LIGHT, texts.tr("Light")),
        (ThemeChoice.DARK, texts.tr("Dark")),
        (ThemeChoice.HIGH_CONTRAST, texts.tr("High contrast")),
    ]


def _size(percent: int) -> str:
    if percent == 100:
        return texts.tr("Same as system")
    return texts.tr("{percent} % of it").format(percent=percent)
