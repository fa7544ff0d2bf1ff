"""A field of a form: what it is, the control, and below it what is wrong with it."""

from PySide6.QtCore import QDate, QEvent, QRectF, QSize, Qt, QTime, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from matsession.app import texts
from matsession.ui.drawing import Sign, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label

_SIDE = 10
"""Between the edge and the text."""
_CROSS_PX = 28


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

    def set_words(self, words: str) -> None:
        """Stand other words above it."""
        self._label.setText(words)

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


class SearchField(TextField):
    """A line of text to look for, with a cross that empties it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it, and what stands there while it is empty."""
        super().__init__(name, parent)
        self.setPlaceholderText(name)
        self._cross = _Cross(self)
        self._cross.clicked.connect(self._on_cross_clicked)
        self.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stands at the end of the line."""
        super().resizeEvent(event)
        side = u(_CROSS_PX)
        gap = (self.height() - side) // 2
        self._cross.setGeometry(self.width() - side - gap, gap, side, side)

    @Slot()
    def _on_text_changed(self) -> None:
        self._cross.setVisible(bool(self.text()))
        self.setTextMargins(0, 0, u(_CROSS_PX) if self.text() else 0, 0)

    @Slot()
    def _on_cross_clicked(self) -> None:
        self.clear()
        self.setFocus()
        self.textEdited.emit("")


class _Cross(QAbstractButton):
    """Qt's own has 16 pixels at any size of the text. The keys have no need of it: they can delete."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(texts.tr("Empty the search"))
        self.setToolTip(texts.tr("Empty the search"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Large enough for a finger."""
        return QSize(u(_CROSS_PX), u(_CROSS_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A cross, on a ground while the mouse is upon it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().hover))
            painter.drawRoundedRect(QRectF(self.rect()), u(7), u(7))
        inset = u(5)
        draw_sign(
            painter,
            Sign.CROSS,
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset),
            QColor(tokens().text2),
        )


class DraftField(TextField):
    """A line of a page that can take edits back: what was typed last is taken back here, all else there."""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page where there is nothing typed to take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class DraftText(QPlainTextEdit):
    """A text of up to a few lines, all of it to be seen; it holds no line breaks of its own."""

    edited = Signal(str)
    """The person has changed it."""

    def __init__(self, name: str, most: int, lines: int, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it; it takes ``most`` characters and shows ``lines``."""
        super().__init__(parent)
        self._most = most
        self._lines = lines
        self.setAcceptDrops(False)  # a file that is dropped is for the page
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        """What stands there, in one line."""
        return self.toPlainText().replace("\n", " ").replace("\t", " ")

    def show_text(self, text: str) -> None:
        """Show this, unless it stands there already."""
        if text != self.text():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """As many lines as it shows."""
        return QSize(u(240), self._lines * self.fontMetrics().lineSpacing() + u(20))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but not lower."""
        return QSize(u(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no part of a line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page where there is nothing typed to take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.document().isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.text()[: self._most]
        if text != self.toPlainText():
            at = min(self.textCursor().position(), self._most)
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            cursor = self.textCursor()
            cursor.setPosition(min(at, len(self.toPlainText())))
            self.setTextCursor(cursor)
        self.edited.emit(self.text())


class DraftLines(DraftText):
    """Several lines, each of them a point of a list."""

    lines_edited = Signal(object)
    """The lines that have words, as a tuple."""

    def text(self) -> str:
        """What stands there, with its line breaks."""
        return self.toPlainText().replace("\t", " ")

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show these, unless they stand there already."""
        if lines != self._lines_now():
            self.show_text("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins the next point."""
        QPlainTextEdit.keyPressEvent(self, event)

    def _lines_now(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text().splitlines() if line.strip())

    @Slot()
    def _on_text_changed(self) -> None:
        super()._on_text_changed()
        self.lines_edited.emit(self._lines_now())


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
