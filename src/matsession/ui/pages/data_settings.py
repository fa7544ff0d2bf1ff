"""The card of where everything is kept."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.ui.folder import show_folder
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.settings_card import SettingsCard


class DataSettings(SettingsCard):
    """The folders, each with a button that shows it."""

    def __init__(self, data_folder: Path, config_folder: Path, parent: QWidget | None = None) -> None:
        """Nothing of this can be changed here."""
        super().__init__(texts.tr("Data"), parent)
        self._data_folder = data_folder
        self._config_folder = config_folder
        self._data = Button(texts.tr("Open folder"), ButtonKind.SECONDARY, small=True)
        self._data.setAccessibleName(texts.tr("Open the folder of the history"))
        self.add_row(texts.tr("History"), self._data, str(data_folder))
        self._config = Button(texts.tr("Open folder"), ButtonKind.SECONDARY, small=True)
        self._config.setAccessibleName(texts.tr("Open the folder of settings and own presets"))
        self.add_row(texts.tr("Settings and own presets"), self._config, str(config_folder))
        self._data.clicked.connect(self._on_data_clicked)
        self._config.clicked.connect(self._on_config_clicked)

    def refresh(self) -> None:
        """Nothing here depends on the settings."""

    @Slot()
    def _on_data_clicked(self) -> None:
        show_folder(self._data_folder)

    @Slot()
    def _on_config_clicked(self) -> None:
        show_folder(self._config_folder)
