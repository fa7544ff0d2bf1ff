"""The question before a preset is left whose changes are not saved."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH_EM = 32


class LeaveQuestion(QDialog):
    """Escape, Enter and its own close button stay with the preset; nothing is lost by them."""

    save_wished = Signal()
    """Save, then leave."""
    leave_wished = Signal()
    """Leave without saving."""

    def __init__(self, name: str, *, can_save: bool, parent: QWidget) -> None:
        """``name`` is what the preset is called; one with a problem cannot be saved."""
        super().__init__(parent)
        question = texts.tr("Leave {preset} without saving?").format(preset=name)
        told = texts.tr("Your changes are not saved yet.")
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(told)
        self._stay = Button(texts.tr("Stay"), ButtonKind.PRIMARY)
        self._save = Button(texts.tr("Save and leave"), ButtonKind.SECONDARY)
        self._leave = Button(texts.tr("Leave without saving"), ButtonKind.SECONDARY)
        self._save.setVisible(can_save)
        buttons = [self._stay, self._save, self._leave]
        for button in buttons:
            button.setAutoDefault(False)
        self._stay.setDefault(True)
        self._stay.setAccessibleDescription(told)
        self._stay.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save_clicked)
        self._leave.clicked.connect(self._on_leave_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(24), u(20), u(24), u(16))
        column.setSpacing(u(8))
        column.addWidget(Heading(question, TextStyle.H2))
        column.addWidget(Label(told, tone="text2"))
        column.addSpacing(u(12))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(u(4))
        for button in buttons:
            row.addWidget(button)
        column.addLayout(row)
        width = min(_WIDTH_EM * em(), parent.width() - u(16))
        wide = sum(each.sizeHint().width() + u(4) for each in buttons if not each.isHidden()) + u(48)
        if wide > width:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.setFixedSize(width, column.totalHeightForWidth(width))
        self._stay.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_save_clicked(self) -> None:
        self.accept()
        self.save_wished.emit()

    @Slot()
    def _on_leave_clicked(self) -> None:
        self.accept()
        self.leave_wished.emit()
