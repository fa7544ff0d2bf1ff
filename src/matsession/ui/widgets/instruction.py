"""Title and instruction of a step, as high as the highest one of the session: what is below never moves."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.label import Heading, Label

_GAP = 6


class Instruction(QWidget):
    """A title with a few lines below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._to_come: tuple[tuple[str, str], ...] = ()
        self._title = Heading()
        self._line = Label(style=TextStyle.GUIDE, tone="text2")
        for label in (self._title, self._line):
            label.setParent(self)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setContentsMargins(u(12), 0, 0, 0)  # above the marks of the rows
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def tell(self, title: str, line: str) -> None:
        """Show these."""
        if (title, line) == (self._title.text(), self._line.text()):
            return
        self._title.setText(title)
        self._line.setText(line)
        self._place()

    def keep_room_for(self, to_come: Iterable[tuple[str, str]]) -> None:
        """Be high enough for each of these titles with its line."""
        self._to_come = tuple(to_come)
        self._title.expect_words_of(title for title, _ in self._to_come)
        self.updateGeometry()

    def set_title_style(self, style: TextStyle) -> None:
        """Where there is little room the title is smaller."""
        self._title.set_style(style)
        self.updateGeometry()
        self._place()

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the highest of those to come."""
        shown = (self._title.text(), self._line.text())
        return max(
            self._title.height_of(title, width) + u(_GAP) + self._line.height_of(line, width)
            for title, line in (shown, *self._to_come)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place both anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """By hand: a layout would share the room that is kept among both, and move them with each text."""
        width = self.width()
        title = self._title.height_of(self._title.text(), width)
        self._title.setGeometry(0, 0, width, title)
        below = title + u(_GAP)
        line = self._line.height_of(self._line.text(), width)
        self._line.setGeometry(0, below, width, max(line, self.height() - below))

    def sizeHint(self) -> QSize:
        """As wide as the lines are easy to read."""
        width = max(self._line.sizeHint().width(), u(240))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word."""
        width = max(self._title.minimumSizeHint().width(), self._line.minimumSizeHint().width())
        return QSize(width, u(40))
