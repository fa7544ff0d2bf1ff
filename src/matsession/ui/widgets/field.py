"""A field of a form: what it is, the control, and below it what is wrong with it."""

from PySide6.QtCore import QDate, QSize, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QLineEdit,
    QSizePolicy,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.label import Label

_SIDE = 10
"""Between the edge and the text."""


class Field(QWidget):
    """Words above a control. The error is tied to the control by its description."""

    def __init__(self, words: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        """``control`` has its own accessible name; ``hint`` stands below it while nothing is wrong."""
        super().__init__(parent)
        self.control = control
        self._hint = hint
        self._label = Label(words, TextStyle.LABEL)
        self._label.setBuddy(control)
        self._below = Label(style=TextStyle.CAPTION, tone="text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(4))
        column.addWidget(self._label)
        column.addWidget(control)
        column.addWidget(self._below)
        self.tell("")

    def tell(self, error: str) -> None:
        """Show what is wrong, or nothing."""
        below = error or self._hint
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self._below.setProperty("tone", "danger" if error else "text3")
        self.control.setAccessibleDescription(below)
        self.control.setProperty("error", bool(error))
        for widget in (self._below, self.control):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def error(self) -> str:
        """What is wrong; empty where nothing is."""
        return self._below.text() if self.control.property("error") else ""


class TextField(QLineEdit):
    """A line of text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(u(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for a few words."""
        return QSize(u(240), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(120), super().minimumSizeHint().height())


class DayField(QDateEdit):
    """A day, typed or gone to by the arrow keys."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(u(36))
        self.setDisplayFormat("d MMM yyyy")
        self.lineEdit().setTextMargins(u(_SIDE), 0, u(_SIDE), 0)
        self.setDateRange(QDate(1970, 1, 1), QDate(9999, 12, 31))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change the day."""
        event.ignore()


class TimeField(QTimeEdit):
    """A time of day, as the person's country writes it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(u(36))
        self.lineEdit().setTextMargins(u(_SIDE), 0, u(_SIDE), 0)
        self.setTimeRange(QTime(0, 0), QTime(23, 59, 59))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change the time."""
        event.ignore()
