"""The card of where everything is kept."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.ui.folder import show_folder
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.settings_card import SettingsCard

_PIECES: Final = re.compile(r"[^/\\_. -]{0,15}[/\\_. -]|.{16}")
"""Up to a sign that parts names, and no more of a long name than a narrow card has room for."""
_MAY_BREAK: Final = "\u200b"
"""The space without a width, where a line may end."""


class DataSettings(SettingsCard):
    """The folders, each with a button that shows it."""

    def __init__(self, data_folder: Path, config_folder: Path, parent: QWidget | None = None) -> None:
        """Nothing of this can be changed here."""
        super().__init__(texts.tr("Data"), parent)
        self._data_folder = data_folder
        self._config_folder = config_folder
        self._data = Button(texts.tr("Open folder"), ButtonKind.SECONDARY, small=True)
        self._data.setAccessibleName(texts.tr("Open the folder of the history"))
        self._add_folder(texts.tr("History"), self._data, data_folder)
        self._config = Button(texts.tr("Open folder"), ButtonKind.SECONDARY, small=True)
        self._config.setAccessibleName(texts.tr("Open the folder of settings and own presets"))
        self._add_folder(texts.tr("Settings and own presets"), self._config, config_folder)
        self._data.clicked.connect(self._on_data_clicked)
        self._config.clicked.connect(self._on_config_clicked)

    def _add_folder(self, words: str, button: Button, folder: Path) -> None:
        self.add_row(words, button, breakable(str(folder)))
        button.setAccessibleDescription(str(folder))

    def refresh(self) -> None:
        """Nothing here depends on the settings."""

    @Slot()
    def _on_data_clicked(self) -> None:
        show_folder(self._data_folder)

    @Slot()
    def _on_config_clicked(self) -> None:
        show_folder(self._config_folder)


def breakable(path: str) -> str:
    """``path`` with places where its lines may end: it has no spaces as a rule, and would be cut off."""
    return _PIECES.sub(lambda piece: piece.group() + _MAY_BREAK, path)
