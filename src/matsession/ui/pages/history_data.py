"""The history in and out: export, import, report, backups."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.exchange import HistoryFiles
from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.safekeeping import Safekeeping
from matsession.app.session_book import SessionBook
from matsession.ui.drawing import Sign
from matsession.ui.pages.history_backups import BackupsCard
from matsession.ui.pages.history_exchange import ExportCard, ImportCard
from matsession.ui.pages.history_report import ReportCard
from matsession.ui.theme import em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.scroll_page import ScrollPage

_STACK_EM = 46


class HistoryData(QWidget):
    """Four cards, and the way back."""

    left = Signal()
    """Back to what was shown before."""

    def __init__(
        self,
        files: HistoryFiles,
        keeping: Safekeeping,
        book: SessionBook,
        journal: Journal,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Each card has what it needs."""
        super().__init__(parent)
        self._back = Button(texts.tr("Back"), ButtonKind.SECONDARY, Sign.BACK)
        self.exporting = ExportCard(files, journal)
        self.importing = ImportCard(files)
        self.reporting = ReportCard(book, journal, presets, preferences)
        self.backups = BackupsCard(keeping, journal)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(u(18))
        for cards in ((self.exporting, self.importing), (self.reporting, self.backups)):
            column = QVBoxLayout()
            column.setSpacing(u(18))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(14))
        self._column.addWidget(Flow(self._back))
        self._column.addLayout(self._columns)
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollPage(content))
        self._back.clicked.connect(self._on_back_clicked)
        self.backups.export_wished.connect(self.exporting.ask)

    def focus_first(self) -> None:
        """Begin at the export."""
        self.exporting.focus_first()

    def look_at(self, path: Path) -> None:
        """Tell what a file would bring in."""
        self.importing.look_at(path)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around the cards scrolls with them."""
        self._column.setContentsMargins(left, top, max(0, right - u(12)), bottom)

    def showEvent(self, event: QShowEvent) -> None:
        """The backups may be others by now."""
        super().showEvent(event)
        self.backups.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one."""
        super().resizeEvent(event)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(right if self.width() >= _STACK_EM * em() else down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.left.emit()
