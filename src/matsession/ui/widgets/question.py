"""A question that takes something away: as a dialog, whose safe answer is where the keys begin."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label

_WIDTH_EM = 30


class Question(QDialog):
    """Accepted: do it. Escape, Enter and its own close button are the safe answer."""

    other_wished = Signal()
    """The answer between the two was given; nothing is done, as with the safe one."""

    def __init__(
        self,
        question: str,
        told: str,
        *,
        keep: str,
        do: str,
        other: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        parent: QWidget,
    ) -> None:
        """Ask ``question``; ``told`` is what is to be known. ``keep`` is the safe answer, ``do`` the other.

        ``other`` is one more, in between; ``kind`` is how the button of ``do`` looks.
        """
        super().__init__(parent)
        # A window that stays on top would lie above its own question, where the desktop sorts them by that.
        on_top = Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlag(on_top, bool(parent.window().windowFlags() & on_top))
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(told)
        self._keep = Button(keep, ButtonKind.PRIMARY)
        self._keep.setAccessibleDescription(told)
        self._keep.clicked.connect(self.reject)
        self._buttons = [self._keep]
        if other:
            between = Button(other, ButtonKind.SECONDARY)
            between.clicked.connect(self._on_between_clicked)
            self._buttons.append(between)
        done = Button(do, kind)
        done.clicked.connect(self.accept)
        self._buttons.append(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(u(24), u(20), u(20), u(16))
        column.setSpacing(u(8))
        column.addWidget(Heading(question, TextStyle.H2))
        column.addWidget(Label(told, tone="text2"))
        column.addSpacing(u(12))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(u(4))
        self._row.addStretch(1)
        for button in self._buttons:
            button.setAutoDefault(False)  # Enter is the safe answer, unless the keys are on another one
            self._row.addWidget(button)
        self._keep.setDefault(True)
        column.addLayout(self._row)
        self._fit(column)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self, column: QVBoxLayout) -> None:
        """No wider than the window behind it, and as high as its words then are."""
        parent = self.parentWidget()
        room = parent.window().width() - u(16) if parent is not None else 16_777_215
        width = min(_WIDTH_EM * em(), room)
        gaps = u(48) + u(4) * len(self._buttons)
        if sum(button.sizeHint().width() for button in self._buttons) + gaps > width:
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.setFixedSize(width, column.totalHeightForWidth(width))

    @Slot()
    def _on_between_clicked(self) -> None:
        self.reject()
        self.other_wished.emit()
