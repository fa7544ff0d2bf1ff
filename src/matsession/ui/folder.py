"""Shows a folder in the desktop's own way."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_folder(folder: Path) -> None:
    """Open it in the file manager."""
    # A fresh program has not needed it yet, and a file manager cannot show what is not there.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
