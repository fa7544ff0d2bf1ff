"""A toast: one sentence at the lower edge of the window, with a way to take back what it tells."""

import weakref
from typing import Final

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QGraphicsOpacityEffect, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from matsession.app import texts
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Label

SHOWN_MS: Final = 8000
"""It goes by itself after this time, unless it is hovered or focused."""
FADE_IN_MS: Final = 160
FADE_OUT_MS: Final = 400

_MOVES: Final = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
_HEIGHT = 48
_EDGE = 16


class Toast(Group):
    """Lies above the window's pages; one sentence at a time, the newest."""

    undo_requested = Signal()
    """The button was pressed."""
    leave_requested = Signal()
    """Escape was pressed upon it."""
    gone = Signal()
    """It went away."""

    def __init__(self, window: QWidget) -> None:
        """Begin hidden, above all else in ``window``."""
        super().__init__("", window)
        self._still = False
        self._floor: weakref.ref[QWidget] | None = None
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._fade.finished.connect(self._on_fade_finished)
        self._undo.clicked.connect(self._on_undo_clicked)
        self._undo.focus_changed.connect(self._on_undo_focus_changed)
        self.hide()
        window.installEventFilter(self)

    def _build(self) -> None:
        self._words = Label(tone="on_tooltip")
        self._undo = _ToastButton(texts.tr("Undo"))
        self._undo.setToolTip(texts.tr("Take it back (Ctrl+Z)"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(u(_EDGE), u(2), u(8), u(2))
        self._row.setSpacing(u(12))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignRight)

    def tell(self, words: str, *, undoable: bool, still: bool) -> None:
        """Show ``words``, in place of what is shown; ``still``: without a fade."""
        self._still = still
        self._words.setText(words)
        self.setAccessibleName(words)
        self._undo.setVisible(undoable)
        self._row.setContentsMargins(u(_EDGE), u(2), u(8 if undoable else _EDGE), u(2))
        appears = self.isHidden()
        self._place()
        self.raise_()
        self.show()
        self._appear(appears)
        self._wait()

    def dismiss(self) -> None:
        """Be gone at once."""
        self._timer.stop()
        self._fade.stop()
        if not self.isHidden():
            self.hide()
            self.gone.emit()

    def words(self) -> str:
        """What it says, or nothing while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def stand_above(self, floor: QWidget | None) -> None:
        """Leave this at the lower edge of the window free while it is shown: it is to be reached."""
        before = self._floor_now()
        if before is not floor:
            if before is not None:
                before.removeEventFilter(self)
            if floor is not None:
                floor.installEventFilter(self)
            self._floor = weakref.ref(floor) if floor is not None else None
        self._place()

    def _floor_now(self) -> QWidget | None:
        floor = self._floor() if self._floor is not None else None
        return floor if floor is not None and isValid(floor) else None

    # -- place -------------------------------------------------------------------------------------

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        room = window.width() - 2 * u(_EDGE)
        metrics = QFontMetrics(self._words.font())
        words = metrics.horizontalAdvance(self._words.text()) + metrics.averageCharWidth()
        margins = self._row.contentsMargins()
        sides = margins.left() + margins.right()
        button = 0 if self._undo.isHidden() else self._undo.sizeHint().width() + self._row.spacing()
        beside = words + button + sides <= room or room - button - sides >= room // 2
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(right if beside else down)
        width = min(room, words + sides + (button if beside else 0))
        text_width = width - sides - (button if beside else 0)
        height = self._words.heightForWidth(text_width)
        if button and beside:
            height = max(height, self._undo.sizeHint().height())
        elif button:
            height += self._undo.sizeHint().height() + self._row.spacing()
        height = max(u(_HEIGHT), height + u(4))
        floor = self._floor_now()
        floor_px = floor.height() if floor is not None and floor.isVisibleTo(window) else 0
        top = window.height() - floor_px - u(_EDGE) - height
        self.setGeometry((window.width() - width) // 2, max(0, top), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge of the window, and above what comes, goes or grows there."""
        if event.type() in _MOVES and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    # -- time --------------------------------------------------------------------------------------

    def _wait(self) -> None:
        """Count the time anew, or not at all while a hand or the keys are here."""
        if self.isHidden() or self.underMouse() or self._undo.hasFocus():
            self._timer.stop()
        else:
            self._timer.start()

    def _appear(self, from_nothing: bool) -> None:
        self._fade.stop()
        if self._still or not from_nothing:
            self._effect.setEnabled(False)
            return
        self._run_fade(0.0, 1.0, FADE_IN_MS)

    def _run_fade(self, begin: float, end: float, duration_ms: int) -> None:
        self._effect.setOpacity(begin)
        self._effect.setEnabled(True)
        self._fade.setStartValue(begin)
        self._fade.setEndValue(end)
        self._fade.setDuration(duration_ms)
        self._fade.start()

    @Slot()
    def _on_timer_timeout(self) -> None:
        if self._still:
            self.dismiss()
        else:
            self._run_fade(1.0, 0.0, FADE_OUT_MS)

    @Slot()
    def _on_fade_finished(self) -> None:
        # An effect in force would paint all of it twice; at full strength there is nothing to do for it.
        self._effect.setEnabled(False)
        if self._fade.endValue() == 0.0:
            self.dismiss()

    def _stay(self) -> None:
        """Somebody is here."""
        self._timer.stop()
        if self._fade.endValue() == 0.0:
            self._fade.stop()
            self._effect.setEnabled(False)

    # -- events ------------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        """It stays while the mouse is upon it."""
        super().enterEvent(event)
        self._stay()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes later."""
        super().leaveEvent(event)
        if not self._undo.hasFocus() and not self.isHidden():
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words wrap in the room they have."""
        super().resizeEvent(event)
        self._row.activate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark ground in a light theme, and the other way round."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().tooltip))
        painter.drawRoundedRect(QRectF(self.rect()), u(10), u(10))

    @Slot()
    def _on_undo_clicked(self) -> None:
        self.undo_requested.emit()

    @Slot(bool)
    def _on_undo_focus_changed(self, focused: bool) -> None:
        if focused:
            self._stay()
        else:
            self._wait()


class _ToastButton(QPushButton):
    """Underlined words on the ground of a toast."""

    focus_changed = Signal(bool)
    """The keys came here, or left."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setFont(TextStyle.STRONG.font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Words, and room for a focus ring."""
        metrics = QFontMetrics(self.font())
        room = 2 * u(FOCUS_ROOM)
        return QSize(
            metrics.horizontalAdvance(self.text()) + u(16) + room,
            max(u(32), metrics.height() + u(6)) + room,
        )

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter press."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line below the words; hovered or pressed, the colours change places."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = u(FOCUS_ROOM)
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        ground, ink = QColor(colours.tooltip), QColor(colours.on_tooltip)
        if self.underMouse() or self.isDown():
            ground, ink = ink, ground
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(face, u(8), u(8))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.on_tooltip), u(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face.adjusted(-u(2), -u(2), u(2), u(2)), u(10), u(10))
        font = QFont(self.font())
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, self.text())
