"""What is said or asked once, when closing the window is about to mean something else than ending."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH_EM = 32


class _ClosingNotice(QDialog):
    """Accepted: out of sight, and no end. Rejected, by Escape too: it stays, and this will be said again."""

    quit_wished = Signal()
    """Rejected, but the program is to end."""

    def __init__(self, title: str, told: str, *, away: str, leave: str, parent: QWidget) -> None:
        """Over the window that is closed; ``away`` and ``leave`` are the words of the first two buttons."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(told)
        hide = Button(away, ButtonKind.PRIMARY)
        end = Button(leave, ButtonKind.SECONDARY)
        stay = Button(texts.tr("Cancel"), ButtonKind.QUIET)
        buttons = (hide, end, stay)
        for button in buttons:
            button.setAutoDefault(False)
        hide.setDefault(True)
        hide.setAccessibleDescription(told)
        hide.clicked.connect(self.accept)
        end.clicked.connect(self._on_leave_clicked)
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


class TrayNotice(_ClosingNotice):
    """Closing hides the window in the tray."""

    def __init__(self, parent: QWidget) -> None:
        """Over the window that is closed."""
        super().__init__(
            texts.tr("MatSession goes on in the tray"),
            texts.tr("Its icon opens this window again. Settings, Desktop changes that."),
            away=texts.tr("Hide the window"),
            leave=texts.tr("Quit instead"),
            parent=parent,
        )


class NoTrayNotice(_ClosingNotice):
    """There is no icon in the tray, so what closes would take the reminders with it."""

    def __init__(self, parent: QWidget) -> None:
        """Over the window that is closed."""
        super().__init__(
            texts.tr("Reminders come only while MatSession runs"),
            texts.tr(
                "There is no icon in the tray that could bring this window back. Minimised, it waits in the "
                "list of windows. Your answer is remembered; Settings, Desktop changes it."
            ),
            away=texts.tr("Minimise"),
            leave=texts.tr("Quit"),
            parent=parent,
        )
