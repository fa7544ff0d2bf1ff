"""The program's icon on windows and in the task bar. tools/make_icons.py draws the files."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QIcon

WINDOW_SIZES_PX: Final = (16, 24, 32, 48, 64, 128)
"""A window system is handed all of them at once, as pixels: no larger ones than it shows."""


class AppIcon(QObject):
    """Puts the icon on when there is time for it: its files are read then."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder`` has the icon in each size."""
        super().__init__(parent)
        self._folder = folder

    @Slot()
    def show(self) -> None:
        """On all windows, those to come as well."""
        icon = QIcon()
        for size_px in WINDOW_SIZES_PX:
            icon.addFile(str(self._folder / f"matsession-{size_px}.png"))
        QGuiApplication.setWindowIcon(icon)
