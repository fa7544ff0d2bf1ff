"""Two things side by side in a wide window, and one below the other in a narrow one."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from matsession.ui.theme import u


class Columns(QWidget):
    """The first takes the room that is left, the second has a fixed width."""

    def __init__(
        self, first: QWidget, second: QWidget, second_px: int, parent: QWidget | None = None
    ) -> None:
        """``second_px`` is in design pixels."""
        super().__init__(parent)
        self._second = second
        self._second_px = second_px
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(u(18))
        self._box.addWidget(first, 1)
        self._box.addWidget(second)
        self.stack(False)

    def stack(self, stacked: bool) -> None:
        """Put them below each other, or beside."""
        if stacked:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._second.setMinimumWidth(0)
            self._second.setMaximumWidth(16_777_215)
        else:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._second.setFixedWidth(u(self._second_px))
