"""Presets in and out of the program, as files: the dialogs, and what is dropped."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.preset_book import PresetBook
from matsession.domain.errors import MatSessionError
from matsession.domain.preset import Preset
from matsession.ui.toaster import Notice
from matsession.ui.widgets.file_dialogs import ask_where, ask_which


class PresetExchange(QObject):
    """Asks for files, and tells the page what is in them or what became of them."""

    arrived = Signal(object)
    """An ``Arrival``: what could be imported."""
    refused = Signal(object)
    """The error with the sentence on a file that is no preset."""
    failed = Signal(object)
    """The error of a file that could not be written."""
    done = Signal(object)
    """A ``Notice`` on what was written."""

    def __init__(self, book: PresetBook, parent: QWidget) -> None:
        """For the presets of ``book``; dialogs belong to ``parent``."""
        super().__init__(parent)
        self._book = book
        self._shared: Preset | None = None

    def _window(self) -> QWidget:
        window = self.parent()  # not kept: what holds each other goes only with the garbage
        assert isinstance(window, QWidget)
        return window

    @Slot()
    def ask_for_file(self) -> None:
        """Let the person choose a file to import."""
        dialog = ask_which(self._window(), texts.tr("Import a preset"), (texts.tr("Presets (*.toml)"),))
        dialog.fileSelected.connect(self.offer_file)

    @Slot(str)
    def offer_file(self, file: str) -> None:
        """Look what would come of importing this file; nothing is changed yet."""
        try:
            self.arrived.emit(self._book.look_into(Path(file)))
        except MatSessionError as error:
            self.refused.emit(error)

    def share(self, preset: Preset) -> None:
        """Let the person choose where this preset is to be written."""
        self._shared = preset
        kind = texts.tr("Preset (*.toml)")
        title = texts.tr("Share a preset")
        dialog = ask_where(self._window(), title, f"{preset.id}.toml", (kind,), ("toml",))
        dialog.fileSelected.connect(self._on_dialog_file_selected)

    @Slot(str)
    def _on_dialog_file_selected(self, file: str) -> None:
        if self._shared is not None:
            self.write(self._shared, Path(file))

    def write(self, preset: Preset, file: Path) -> None:
        """Write the preset into this file; whether one may be replaced has been asked."""
        try:
            self._book.export(preset, file, replace_it=True)
        except MatSessionError as error:
            self.failed.emit(error)
            return
        told = texts.tr("Written: {file}")
        if self._book.leaves_files_behind(preset):
            told = texts.tr("Written: {file}. Your own sound files are not part of it.")
        self.done.emit(Notice(told.format(file=file.name)))


def dropped_preset(event: QDropEvent) -> str | None:
    """The preset file that is dropped, if it is one."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return next((file for file in files if file.lower().endswith(".toml")), None)
