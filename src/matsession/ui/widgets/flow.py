"""Things side by side that go on in the next row where there is no more room."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from matsession.ui.theme import u


class Flow(QWidget):
    """As many rows as it takes; each thing has the width it asks for, and no more than there is."""

    def __init__(self, *widgets: QWidget, gap_px: int = 8, parent: QWidget | None = None) -> None:
        """``gap_px`` between them, in design pixels; those that are hidden take no room."""
        super().__init__(parent)
        self._gap_px = gap_px
        self._widgets = list(widgets)
        for each in widgets:
            each.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All in one row."""
        hints = [hint for _, hint in self._hints()]
        wide = sum(hint.width() for hint in hints) + max(0, len(hints) - 1) * u(self._gap_px)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them must be."""
        wide = max((each.minimumSizeHint().width() for each in self._shown()), default=0)
        return QSize(wide, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        return self._place(width, move=False)

    def arrange(self) -> None:
        """Something was shown, hidden, or says something else."""
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _hints(self) -> list[tuple[QWidget, QSize]]:
        return [(each, each.sizeHint().expandedTo(each.minimumSize())) for each in self._shown()]

    def _shown(self) -> list[QWidget]:
        return [each for each in self._widgets if not each.isHidden()]

    def _place(self, width: int, *, move: bool) -> int:
        """Put them where they belong in this width; how high that is."""
        gap, top = u(self._gap_px), 0
        row: list[tuple[QWidget, QSize]] = []
        used = 0
        for each, hint in self._hints():
            wide = min(hint.width(), max(width, each.minimumSizeHint().width()))
            if row and used + wide > width:
                top += self._place_row(row, top, width, move=move) + gap
                row, used = [], 0
            row.append((each, QSize(wide, hint.height())))
            used += wide + gap
        return top + self._place_row(row, top, width, move=move)

    def _place_row(self, row: list[tuple[QWidget, QSize]], top: int, width: int, *, move: bool) -> int:
        high, x = max((size.height() for _, size in row), default=0), 0
        for each, size in row if move else ():
            left = width - x - size.width() if self.isRightToLeft() else x
            middle = top + (high - size.height()) // 2
            each.setGeometry(left, middle, size.width(), size.height())
            x += size.width() + u(self._gap_px)
        return high

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer rows, or more."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """One of them wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)
