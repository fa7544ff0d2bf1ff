"""What is said once, when closing the window is about to hide it in the tray."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH_EM = 32


class TrayNotice(QDialog):
    """Accepted: hide it. Rejected, by Escape too: it stays, and this will be said again."""

    quit_wished = Signal()
    """Rejected, but the program is to end."""

    def __init__(self, parent: QWidget) -> None:
        """Over the window that is closed."""
        super().__init__(parent)
        title = texts.tr("MatSession goes on in the tray")
        told = texts.tr("Its icon opens this window again. Settings, Desktop changes that.")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(told)
        hide = Button(texts.tr("Hide the window"), ButtonKind.PRIMARY)
        leave = Button(texts.tr("Quit instead"), ButtonKind.SECONDARY)
        stay = Button(texts.tr("Cancel"), ButtonKind.QUIET)
        buttons = (hide, leave, stay)
        for button in buttons:
            button.setAutoDefault(False)
        hide.setDefault(True)
        hide.setAccessibleDescription(told)
        hide.clicked.connect(self.accept)
        leave.clicked.connect(self._on_leave_clicked)
        stay.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(24), u(20), u(20), u(16))
        column.setSpacing(u(8))
        column.addWidget(Heading(title, TextStyle.H2))
        column.addWidget(Label(told, tone="text2"))
        column.addSpacing(u(12))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(u(4))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        column.addLayout(row)
        width = min(_WIDTH_EM * em(), parent.width() - u(16))
        if sum(button.sizeHint().width() for button in buttons) + u(56) > width:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.setFixedSize(width, column.totalHeightForWidth(width))
        hide.setFocus()

    def _on_leave_clicked(self) -> None:
        self.reject()
        self.quit_wished.emit()
