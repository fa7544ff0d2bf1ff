"""A field for a time of day."""

from PySide6.QtCore import QLocale, QSize, Qt, QTime, Signal, Slot
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTimeEdit, QWidget

from matsession.ui.theme import u


class TimeField(QTimeEdit):
    """Typed, or turned by the arrow keys: hours and minutes by themselves."""

    picked = Signal(int)
    """The person chose this minute after midnight."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat).replace("t", "").strip())
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)  # its buttons are so narrow that there are none
        self.setWrapping(True)
        self.setKeyboardTracking(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.timeChanged.connect(self._on_time_changed)

    @property
    def minute(self) -> int:
        """In minutes after midnight, with what is being typed."""
        self.interpretText()
        return 60 * self.time().hour() + self.time().minute()

    def show_minute(self, minute: int) -> None:
        """Show what is known already."""
        self.blockSignals(True)
        self.setTime(QTime(minute // 60, minute % 60))
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """Room for any time, and some at its sides."""
        metrics = QFontMetrics(self.font())
        widest = metrics.horizontalAdvance(QLocale().toString(QTime(20, 0), self.displayFormat()))
        return QSize(widest + u(28), max(u(36), metrics.height() + u(12)))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past must not change the time."""
        event.ignore()

    @Slot(QTime)
    def _on_time_changed(self, time: QTime) -> None:
        self.picked.emit(60 * time.hour() + time.minute())
