"""Asks for a file to be written, or to be read."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget


class _Suffixes(QObject):
    """Lets the suffix follow the kind of file that is chosen."""

    def __init__(self, dialog: QFileDialog, kinds: tuple[str, ...], suffixes: tuple[str, ...]) -> None:
        super().__init__(dialog)
        self._by_kind = dict(zip(kinds, suffixes, strict=True))
        dialog.filterSelected.connect(self._on_filter_selected)

    @Slot(str)
    def _on_filter_selected(self, kind: str) -> None:
        dialog = self.parent()
        if isinstance(dialog, QFileDialog) and kind in self._by_kind:
            dialog.setDefaultSuffix(self._by_kind[kind])


def ask_where(
    parent: QWidget, title: str, name: str, kinds: tuple[str, ...], suffixes: tuple[str, ...]
) -> QFileDialog:
    """Open the system's dialog for a new file called ``name``; ``fileSelected`` tells what was chosen.

    Each of ``kinds`` ("CSV (*.csv)") has the suffix at its place; an existing file is asked about.
    """
    dialog = QFileDialog(parent, title, str(Path.home() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.setDefaultSuffix(suffixes[0])
    _Suffixes(dialog, kinds, suffixes)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_which(parent: QWidget, title: str, kinds: tuple[str, ...], folder: str = "") -> QFileDialog:
    """Open the system's dialog for a file that is there; ``fileSelected`` tells what was chosen."""
    dialog = QFileDialog(parent, title, folder or str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(kinds))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
