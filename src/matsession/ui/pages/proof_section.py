"""The proof of ring after a session: one line, and on request each chime."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.domain.proof import CueReport, prove
from matsession.ui.theme import u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.cue_table import CueTable
from matsession.ui.widgets.label import Label


class ProofSection(QWidget):
    """Says whether all chimes were heard, and when."""

    def __init__(self, cue_reports: Callable[[], Sequence[CueReport]], parent: QWidget | None = None) -> None:
        """``cue_reports`` tells the reports of the session that ran last."""
        super().__init__(parent)
        self._cue_reports = cue_reports
        self._table: CueTable | None = None
        self._line = Label(tone="text2")
        self._more = Button(
            texts.tr("Show the cues"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Hide the cues"),),
        )
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(4))
        self._head.addWidget(self._line, 1)
        self._head.addWidget(self._more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(4))
        self._column.addLayout(self._head)
        self._more.clicked.connect(self._on_more_clicked)

    def refresh(self) -> None:
        """Tell of the reports there are now; nothing is shown where there are none."""
        proven = prove(self._cue_reports())
        self._line.setText(texts.proof(proven))
        self.setVisible(proven.total > 0)
        if self._table is not None:
            self._table.show_reports(proven.reports)

    def close_table(self) -> None:
        """Another session begins with the line alone."""
        if self._table is not None and not self._table.isHidden():
            self._on_more_clicked()

    def words(self) -> str:
        """The line."""
        return self._line.text()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the button."""
        hint = super().minimumSizeHint()
        return QSize(self._more.minimumSizeHint().width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands beside the line, or below it."""
        super().resizeEvent(event)
        beside = self._more.sizeHint().width() + u(200) <= self.width()
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(right if beside else down)

    @Slot()
    def _on_more_clicked(self) -> None:
        if self._table is None:
            self._table = CueTable()
            self._table.hide()
            self._column.addWidget(self._table)
            self._table.show_reports(prove(self._cue_reports()).reports)
        opened = self._table.isHidden()
        self._table.setVisible(opened)
        self._more.show_text(texts.tr("Hide the cues") if opened else texts.tr("Show the cues"), None)
