"""Asks for a sound file."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from matsession.app import texts

PATTERNS: Final = "*.wav *.flac *.ogg *.oga *.mp3"


def ask_for_sound(parent: QWidget, near: str = "") -> QFileDialog:
    """Open the system's dialog beside the file ``near``; ``fileSelected`` tells what was chosen."""
    title = texts.tr("Choose a sound file")
    kinds = texts.tr("Sounds: WAV, FLAC, OGG, MP3 ({patterns})").format(patterns=PATTERNS)
    folder = str(Path(near).parent) if near else ""
    dialog = QFileDialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
