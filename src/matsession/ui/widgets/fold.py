"""A title that unfolds what is below it: for what is wanted by some, and long."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.ui.drawing import FOCUS_ROOM, Sign, draw_focus_ring, draw_sign
from matsession.ui.theme import TextStyle, tokens, u

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
_SIGN = 18
_EASY_PX = 320


class FoldButton(QPushButton):
    """The title, which wraps, and a sign that says which way it goes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Begin folded."""
        super().__init__(parent)
        self.setText(title)
        self._open = False
        self._ring = False
        self.setFont(TextStyle.STRONG.font())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_open(False)

    def show_open(self, opened: bool) -> None:
        """Say how it stands: by the sign, and to a screen reader in words."""
        self._open = opened
        pattern = texts.tr("{title}, unfolded") if opened else texts.tr("{title}, folded")
        self.setAccessibleName(pattern.format(title=self.text()))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as is easy to read."""
        return QSize(u(_EASY_PX), self.heightForWidth(u(_EASY_PX)))

    def minimumSizeHint(self) -> QSize:
        """A line at the least; the longest word has to fit."""
        metrics = QFontMetrics(self.font())
        word = max((metrics.horizontalAdvance(each) for each in self.text().split()), default=0)
        return QSize(word + 2 + self._beside(), u(40) + 2 * u(FOCUS_ROOM))

    def heightForWidth(self, width: int) -> int:
        """All lines of the title."""
        room = max(1, width - self._beside())
        flags = int(Qt.TextFlag.TextWordWrap)
        wrapped = QFontMetrics(self.font()).boundingRect(0, 0, room, 10_000, flags, self.text())
        return max(u(40), wrapped.height() + u(12)) + 2 * u(FOCUS_ROOM)

    def _beside(self) -> int:
        return u(_SIGN + 12) + 2 * u(FOCUS_ROOM + 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        self._ring = event.reason() not in _BY_MOUSE
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press by mouse takes the ring away."""
        self._ring = False
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sign and title."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        room = u(FOCUS_ROOM)
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(face, u(10), u(10))
        if self._ring and self.hasFocus():
            draw_focus_ring(painter, face, u(10))
        size = u(_SIGN)
        square = QRectF(face.right() - u(4) - size, face.center().y() - size / 2, size, size)
        painter.save()
        painter.translate(square.center())
        painter.rotate(180 if self._open else 0)
        draw_sign(painter, Sign.CHEVRON, QRectF(-size / 2, -size / 2, size, size), QColor(colours.on_soft))
        painter.restore()
        painter.setPen(QColor(colours.on_soft))
        painter.setFont(self.font())
        area = QRect(self.rect().adjusted(room + u(4), room, -(self._beside() - room - u(4)), -room))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(flags) | int(Qt.TextFlag.TextWordWrap), self.text())


class Fold(QWidget):
    """A title, and what it unfolds; that is made when it is first wanted."""

    first_opened = Signal()
    """Time to fill ``body``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Begin folded."""
        super().__init__(parent)
        self.button = FoldButton(title)
        self._body = QWidget()
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(u(FOCUS_ROOM + 4), u(4), u(FOCUS_ROOM + 4), u(12))
        self.body.setSpacing(u(8))
        self._body.hide()
        self._filled = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(self._body)
        self.button.clicked.connect(self._on_button_clicked)

    @property
    def is_open(self) -> bool:
        """Whether what is below can be seen."""
        return not self._body.isHidden()

    def set_open(self, opened: bool) -> None:
        """Unfold it, or fold it."""
        if opened and not self._filled:
            self._filled = True
            self.first_opened.emit()
        self._body.setVisible(opened)
        self.button.show_open(opened)

    @Slot()
    def _on_button_clicked(self) -> None:
        self.set_open(not self.is_open)
