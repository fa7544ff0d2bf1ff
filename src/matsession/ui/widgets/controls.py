"""The three controls of a session: beside each other, or below each other where it is narrow.

How they stand depends on the width alone, never on what they say.
"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from matsession.ui.theme import u
from matsession.ui.widgets.button import Button


class Controls(QWidget):
    """A first button that stands out, and two more."""

    def __init__(
        self,
        first: Button,
        second: Button,
        third: Button,
        parent: QWidget | None = None,
        *,
        tight: bool = False,
    ) -> None:
        """Arrange these three; ``tight``: rather close together, and over the whole width, than in rows."""
        super().__init__(parent)
        self._tight = tight
        self._low = False
        self._buttons = (first, second, third)
        self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(u(4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange(1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them."""
        width = max(button.minimumSizeHint().width() for button in self._buttons)
        return QSize(width, self._grid.minimumSize().height())

    def arrange_for(self, width: int, *, low: bool = False) -> int:
        """One row if it fits, two if the second and third fit side by side, else three. Tells the height.

        ``low``: there is little height, so that one row is worth some of the space beside the words.
        """
        self._low = low
        self._arrange(self._rows_for(width))
        return self.height_for(width)

    def height_for(self, width: int) -> int:
        """How high they stand in this width."""
        rows = self._rows_for(width)
        return rows * self._buttons[0].sizeHint().height() + (rows - 1) * self._grid.spacing()

    def _rows_for(self, width: int) -> int:
        gap = self._grid.spacing()
        tight = self._tight or self._low
        hints = [button.minimumSizeHint() if tight else button.sizeHint() for button in self._buttons]
        widths = [hint.width() for hint in hints]
        if sum(widths) + 2 * gap <= width:
            return 1
        return 2 if widths[1] + widths[2] + gap <= width else 3

    def _arrange(self, rows: int) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        first, second, third = self._buttons
        for column in range(5):
            self._grid.setColumnStretch(column, 0)
        if rows == 1:
            for column, button in enumerate(self._buttons):
                self._grid.addWidget(button, 0, column + 1)
            for column in (1,) if self._tight else (0, 4):
                self._grid.setColumnStretch(column, 1)
        elif rows == 2:
            self._grid.addWidget(first, 0, 1, 1, 2)
            self._grid.addWidget(second, 1, 1)
            self._grid.addWidget(third, 1, 2)
            self._grid.setColumnStretch(1, 1)
            self._grid.setColumnStretch(2, 1)
        else:
            for row, button in enumerate(self._buttons):
                self._grid.addWidget(button, row, 1)
            self._grid.setColumnStretch(1, 1)
