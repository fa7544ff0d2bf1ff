"""The question before a window is closed in the middle of a session."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH_EM = 30


class CloseQuestion(QDialog):
    """Accepted: end and close. Escape, Enter and its own close button keep the session."""

    def __init__(self, *, begun: bool, parent: QWidget) -> None:
        """``begun``: whether there is something to keep already."""
        super().__init__(parent)
        question = texts.tr("End the session and close?")
        kept = (
            texts.tr("What was done so far is kept in the history.")
            if begun
            else texts.tr("It has not begun yet, so nothing is kept.")
        )
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(kept)
        self._keep = Button(texts.tr("Keep going"), ButtonKind.PRIMARY)
        self._end = Button(texts.tr("End and close"), ButtonKind.SECONDARY)
        for button in (self._keep, self._end):
            button.setAutoDefault(False)  # Enter is the safe answer, unless the keys are on the other one
        self._keep.setDefault(True)
        self._keep.setAccessibleDescription(kept)
        self._keep.clicked.connect(self.reject)
        self._end.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(24), u(20), u(20), u(16))
        column.setSpacing(u(8))
        column.addWidget(Heading(question, TextStyle.H2))
        column.addWidget(Label(kept, tone="text2"))
        column.addSpacing(u(12))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(u(4))
        self._row.addStretch(1)
        self._row.addWidget(self._keep)
        self._row.addWidget(self._end)
        column.addLayout(self._row)
        self._fit(column)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self, column: QVBoxLayout) -> None:
        """No wider than the window behind it, and as high as its words then are."""
        parent = self.parentWidget()
        room = parent.width() - u(16) if parent is not None else 16_777_215
        width = min(_WIDTH_EM * em(), room)
        both = self._keep.sizeHint().width() + self._end.sizeHint().width() + u(52)
        if both > width:
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.setFixedSize(width, column.totalHeightForWidth(width))
