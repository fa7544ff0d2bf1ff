"""The buttons at the foot of an editor: beside each other, or below each other where that has no room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from matsession.ui.theme import u
from matsession.ui.widgets.button import Button


class ToolRow(QWidget):
    """What keeps and what gives up at the beginning, what takes away at the end."""

    def __init__(
        self, keep: Button, give_up: Button, take_away: Button, parent: QWidget | None = None
    ) -> None:
        """Arrange these three; one that is hidden takes no room."""
        super().__init__(parent)
        self._buttons = (keep, give_up, take_away)
        self._narrow = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(u(4))
        self._row.addWidget(keep)
        self._row.addWidget(give_up)
        self._row.addStretch(1)
        self._row.addWidget(take_away)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Below each other, however short the words are."""
        self._narrow = narrow
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them, for they can stand below each other."""
        widest = max(each.minimumSizeHint().width() for each in self._buttons)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or for less."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # The one that takes away counts where it is hidden too: so nothing turns when it comes.
        needed = sum(each.minimumSizeHint().width() + u(4) for each in self._buttons)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if self._narrow or needed > self.width() else right)
