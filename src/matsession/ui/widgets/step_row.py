"""A step in the editor's list: a row that opens, can be moved, and tells all that matters of it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from matsession.app import texts
from matsession.domain.preset import Step
from matsession.ui.drawing import Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.sign_button import SignButton

_HANDLE = 28
_TWO_LINES_BELOW = 420
"""Narrower than this the words of a step stand below its name."""
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class StepRow(QPushButton):
    """Enter opens and closes it, Alt+Up and Alt+Down move it, Delete takes it out."""

    open_wished = Signal(int)
    """To be opened, or closed where it is open."""
    move_wished = Signal(int, int)
    """The step with this number is to stand at that place."""
    remove_wished = Signal(int)
    step_to = Signal(int)
    """The keys are to go to the row with this number."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """For the step with this number, from 0; ``tell`` says which that is."""
        super().__init__(parent)
        self.number = number
        self._step: Step | None = None
        self._told: object = None
        self._time = ""
        self._opened = self._writable = self._trouble = False
        self._dragged = False
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)
        self._remove = SignButton(texts.tr("Delete"), Sign.BIN, "", self)
        self._remove.show_words(False)
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has a key for it
        self._remove.clicked.connect(self._on_remove_clicked)

    def tell(
        self, step: Step, time: str, spoken: str, *, opened: bool, writable: bool, trouble: bool
    ) -> None:
        """Show this step; ``trouble``: there is something wrong with it."""
        told = (step, time, spoken, opened, writable, trouble)
        if told == self._told:
            return
        self._told = told
        self._step, self._time = step, time
        self._opened, self._writable, self._trouble = opened, writable, trouble
        state = texts.tr("open") if opened else texts.tr("closed")
        wrong = texts.tr("has a mistake") if trouble else ""
        self.setAccessibleName(", ".join(part for part in (spoken, wrong, state) if part))
        keys = texts.tr("Enter opens it, Alt+Up and Alt+Down move it, Delete takes it out.")
        self.setAccessibleDescription(keys if writable else texts.tr("Enter opens it, to be read."))
        # The row has one line for both, and ends them in three dots.
        self.setToolTip("\n".join(filter(None, (step.name, step.show))))
        name = texts.tr("Delete step {number}, {step}").format(number=self.number + 1, step=step.name)
        self._remove.setAccessibleName(name)
        self._remove.setToolTip(texts.tr("Delete this step (Delete)"))
        self._remove.setVisible(writable)
        self.updateGeometry()
        self.update()

    def take_over(self, other: "StepRow") -> None:
        """The step that ``other`` had is here now: so are the keys, and the mouse that has taken it."""
        if other is self:
            return
        if other._dragged:
            other._dragged, self._dragged = False, True
            other.unsetCursor()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabMouse()
        self.setFocus(Qt.FocusReason.MouseFocusReason if self._dragged else Qt.FocusReason.TabFocusReason)

    # -- size ------------------------------------------------------------------------------------------

    def _row_height(self) -> int:
        return max(u(40), QFontMetrics(TextStyle.BODY.font()).height() + u(16))

    def _two_lines(self, width: int) -> bool:
        return width < u(_TWO_LINES_BELOW)

    def hasHeightForWidth(self) -> bool:
        """A second line where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line, or two."""
        second = QFontMetrics(TextStyle.CAPTION.font()).height() + u(2) if self._two_lines(width) else 0
        return self._row_height() + second

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(u(360), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Room for the number, a part of the name, and the time."""
        return QSize(u(160), self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button that deletes stands at the end."""
        super().resizeEvent(event)
        side = self._remove.sizeHint()
        left = 0 if self.isRightToLeft() else self.width() - side.width()
        self._remove.setGeometry(left, (self.height() - side.height()) // 2, side.width(), side.height())

    # -- keys and mouse --------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self._ring = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the rows; with Alt they take this one along."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if way and alt:
            if self._writable:
                self.move_wished.emit(self.number, self.number + way)
        elif way:
            self.step_to.emit(self.number + way)
        elif event.key() == Qt.Key.Key_Delete and self._writable:
            self.remove_wished.emit(self.number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where the handle is pressed the row is taken."""
        self._ring = False
        self._dragged = self._writable and self._handle().contains(event.position())
        if self._dragged:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A row that is taken goes where the mouse is."""
        if not self._dragged:
            super().mouseMoveEvent(event)
            return
        y, height = event.position().y(), self.height()
        if y < -height / 4 or y > height + height / 4:
            self.move_wished.emit(self.number, self.number + (1 if y > 0 else -1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """And stays there."""
        if self._dragged:
            self._dragged = False
            self.releaseMouse()
            self.unsetCursor()
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def _handle(self) -> QRectF:
        left = self.width() - u(_HANDLE) if self.isRightToLeft() else 0
        return QRectF(left, 0, u(_HANDLE), self.height())

    # -- look ------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Handle, number, name, words, time, chime."""
        if self._step is None:
            return
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect())
        if self._opened or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if self._opened else colours.hover))
            painter.drawRoundedRect(face.adjusted(u(1), u(1), -u(1), -u(1)), u(8), u(8))
        if self.isRightToLeft():  # all below is reckoned from the left
            painter.translate(self.width(), 0)
        ink = QColor(colours.on_soft if self._opened else colours.text)
        soft = QColor(colours.on_soft if self._opened else colours.text2)
        high = self._row_height()
        if self._writable:
            grip = QRectF(u(8), (high - u(16)) / 2, u(16), u(16))
            draw_sign(painter, Sign.HANDLE, self._flipped(grip), QColor(colours.text3), 1.0)
        grip_room = u(24) if self._writable else 0
        number = QRectF(u(6) + grip_room, 0, u(24), high)
        self._write(painter, number, str(self.number + 1), soft, TextStyle.BODY, right=True)
        end = self._end(painter, high, soft)
        left = u(38) + grip_room
        metrics = QFontMetrics(TextStyle.STRONG.font())
        two = self._two_lines(self.width())
        room = end - left
        name_room = (
            room
            if two or not self._step.show
            else min(room * 0.45, metrics.horizontalAdvance(self._step.name) + u(8))
        )
        if not two and self._step.show:
            name_room = max(name_room, min(room * 0.45, u(112)))
        self._write(painter, QRectF(left, 0, name_room, high), self._step.name, ink, TextStyle.STRONG)
        words = QRectF(left + name_room + u(8), 0, room - name_room - u(12), high)
        if two:
            line = QFontMetrics(TextStyle.CAPTION.font()).height()
            words = QRectF(left, high - u(8), self._inner_end() - left, line)
        style = TextStyle.CAPTION if two else TextStyle.BODY
        self._write(painter, words, self._step.show, soft, style)
        if self._ring and self.hasFocus():
            painter.resetTransform()
            inner = face.adjusted(u(5), u(5), -u(5), -u(5))
            draw_focus_ring(painter, inner, u(6))

    def _inner_end(self) -> float:
        """Where the button that deletes begins."""
        return float(self.width() - (self._remove.sizeHint().width() if self._writable else u(8)))

    def _end(self, painter: QPainter, high: int, soft: QColor) -> float:
        """What stands at the end of the row; where it begins."""
        assert self._step is not None
        colours = tokens()
        end = self._inner_end()
        size = u(16)
        chime = QRectF(end - size - u(4), (high - size) / 2, size, size)
        sign = Sign.SOUND if self._step.chime is not None else Sign.MUTED
        draw_sign(painter, sign, self._flipped(chime), soft)
        metrics = QFontMetrics(TextStyle.BODY.font())
        wide = max(metrics.horizontalAdvance(self._time), metrics.horizontalAdvance("00:00")) + u(4)
        time = QRectF(chime.left() - u(10) - wide, 0, wide, high)
        self._write(painter, time, self._time, soft, TextStyle.BODY, right=True)
        end = time.left() - u(8)
        if self._step.elastic:
            grows = QRectF(end - u(14), (high - u(14)) / 2, u(14), u(14))
            _draw_grows(painter, self._flipped(grows), soft)
            end = grows.left() - u(6)
        if self._trouble:
            mark = QRectF(end - size, (high - size) / 2, size, size)
            draw_sign(painter, Sign.CAREFUL, self._flipped(mark), QColor(colours.danger))
            end = mark.left() - u(6)
        return end

    def _flipped(self, area: QRectF) -> QRectF:
        """In a language that is written from the right all stands the other way round."""
        if not self.isRightToLeft():
            return area
        return QRectF(-area.right(), area.top(), area.width(), area.height())

    def _write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        ink: QColor,
        style: TextStyle,
        *,
        right: bool = False,
    ) -> None:
        painter.setPen(ink)
        painter.setFont(style.font())
        short = QFontMetrics(style.font()).elidedText(text, Qt.TextElideMode.ElideRight, round(area.width()))
        side = (
            Qt.AlignmentFlag.AlignRight if right is not self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(self._flipped(area), Qt.AlignmentFlag.AlignVCenter | side, short)

    @Slot()
    def _on_clicked(self) -> None:
        self.open_wished.emit(self.number)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.remove_wished.emit(self.number)


def _draw_grows(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """An arrow both ways: the step grows with the session."""
    pen = QPen(colour, max(1.2, u(1.5)))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    y, tip = area.center().y(), area.width() * 0.28
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    for x, way in ((area.left(), 1), (area.right(), -1)):
        for side in (-1, 1):
            painter.drawLine(QPointF(x, y), QPointF(x + way * tip, y + side * tip))
