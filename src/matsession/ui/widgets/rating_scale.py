"""A rating from 0 to 10: eleven radio buttons in a row, none chosen to begin with."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from matsession.app import texts
from matsession.domain.guidance import RATING_MAX, RATING_MIN
from matsession.domain.guidance import RatingScale as Scale
from matsession.ui.drawing import FOCUS_ROOM, draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.painted_radio import PaintedRadio

TEN_WITHIN_MS = 600
"""A 0 typed so soon after a 1 makes it a 10."""

_EASY_TO_HIT = 48
"""In one row each large number is at least so wide, room for the ring included."""

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class RatingButton(PaintedRadio):
    """One number of the scale."""

    def __init__(self, value: int, *, large: bool, before: bool, parent: QWidget | None = None) -> None:
        """``before`` gives the colour of a rating made before a session."""
        super().__init__(str(value), parent)
        self.value = value
        self._large = large
        self._before = before
        self._earlier = False
        self.setFont((TextStyle.H3 if large else TextStyle.LABEL).font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_earlier(self, earlier: bool) -> None:
        """Outline it as the rating given before."""
        self._earlier = earlier
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it must be."""
        metrics = QFontMetrics(self.font())
        room = 2 * self._room()
        width = max(u(24 if self._large else 22), metrics.horizontalAdvance("10") + u(2)) + room
        return QSize(width, max(u(52 if self._large else 32), metrics.height() + u(6)) + room)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _room(self) -> int:
        """Room for the focus ring; the small cells stand close, their ring lies within."""
        return u(FOCUS_ROOM) if self._large else u(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Number in a rounded cell."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._room()
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        radius = u(12 if self._large else 7)
        ringed = self.ringed()
        if ringed and not self._large:
            face = face.adjusted(u(4), u(4), -u(4), -u(4))
            radius = u(4)
        ink, fill, edge, width = colours.text, colours.surface, colours.control, max(1, u(1))
        if not self.isEnabled():
            ink, fill, edge = colours.disabled, colours.sunken, colours.border
        elif self.isChecked():
            ink, fill = colours.on_accent, colours.before if self._before else colours.accent
            edge = fill
            if self._before and not colours.soft_outlined:
                ink = colours.surface
        elif self._earlier:
            ink = edge = colours.before
            width = max(2, u(2))
        elif self.underMouse() or self.isDown():
            fill = colours.hover
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), radius, radius)
        if ringed:
            draw_focus_ring(painter, face, radius)
        painter.setPen(QColor(ink))
        painter.setFont(self.font())
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, self.text())


class RatingScale(Group):
    """Eleven of them, with words for both ends. Wraps to two rows where it is narrow."""

    rated = Signal(object)
    """Another rating, or None when it was cleared."""
    clicked = Signal(int)
    """A number was clicked, or pressed by Space; digits and arrows only choose."""

    def __init__(self, *, large: bool, before: bool = False, parent: QWidget | None = None) -> None:
        """``before`` gives the colour of a rating made before a session."""
        super().__init__(texts.tr("Rating"), parent)
        self._large = large
        self._across = 0
        self._group = QButtonGroup(self)
        self._buttons = [
            RatingButton(value, large=large, before=before, parent=self)
            for value in range(RATING_MIN, RATING_MAX + 1)
        ]
        self._one_typed = QTimer(self)
        self._one_typed.setSingleShot(True)
        self._one_typed.setInterval(TEN_WITHIN_MS)
        self._build()
        self._group.buttonToggled.connect(self._on_group_toggled)
        self._group.buttonClicked.connect(self._on_group_clicked)

    def _build(self) -> None:
        for button in self._buttons:
            self._group.addButton(button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._arrange(len(self._buttons))
        self._low = Label(style=TextStyle.CAPTION, tone="text2")
        self._high = Label(style=TextStyle.CAPTION, tone="text2")
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        ends = QHBoxLayout()
        ends.setContentsMargins(u(FOCUS_ROOM), 0, u(FOCUS_ROOM), 0)
        ends.addWidget(self._low)  # each as long as its words: most fit in one line so
        ends.addWidget(self._high, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(2))
        column.addLayout(self._grid)
        column.addLayout(ends)
        self._mind_tab_stop()

    def set_question(self, scale: Scale) -> None:
        """Show the words of ``scale`` at both ends; its question is the name of the group."""
        self._low.setText(scale.low)
        self._high.setText(scale.high)
        self.setAccessibleName(
            texts.tr("{question} {low}, {high}").format(
                question=scale.question, low=scale.low, high=scale.high
            )
        )
        self._buttons[0].setAccessibleName(scale.low)
        self._buttons[-1].setAccessibleName(scale.high)
        hint = texts.tr("Number keys choose, Backspace clears.")
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)  # not at each of them, where it would be heard with every number

    def rating(self) -> int | None:
        """What is chosen."""
        checked = self._group.checkedButton()
        return checked.value if isinstance(checked, RatingButton) else None

    def set_rating(self, rating: int | None) -> None:
        """Choose, or choose nothing."""
        if rating == self.rating():
            return
        if rating is None:
            self._group.setExclusive(False)
            for button in self._buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
            self._mind_tab_stop()
            self.rated.emit(None)
        else:
            self._buttons[rating].setChecked(True)

    def set_earlier(self, rating: int | None) -> None:
        """Outline the rating given before."""
        for button in self._buttons:
            button.set_earlier(button.value == rating)

    def focus_scale(self) -> None:
        """Go to the number that is chosen, or to 0."""
        self._focus(self.rating() or RATING_MIN)

    def centre_x(self, value: int) -> float:
        """Where the middle of a number is, from the left edge of the scale, while it is one row."""
        return self._buttons[value].geometry().center().x()

    def in_one_row(self) -> bool:
        """Whether all numbers stand side by side."""
        return self._across == len(self._buttons)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for six numbers in a row."""
        six = 6 * self._buttons[0].minimumSizeHint().width()
        return QSize(six, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where it fits, else two."""
        super().resizeEvent(event)
        each = self._buttons[0].minimumSizeHint().width()
        if self._large:
            each = max(each, u(_EASY_TO_HIT))
        self._arrange(len(self._buttons) if self.width() >= len(self._buttons) * each else 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows move, Backspace clears."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain and len(event.text()) == 1 and event.text() in "0123456789":
            self._type(int(event.text()))
        elif plain and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_rating(None)
            self._focus(RATING_MIN)
        elif plain and key in _BACK + _FORTH:
            now = self.rating()
            step = -1 if key in _BACK else 1
            to = self._focused() if now is None else min(RATING_MAX, max(RATING_MIN, now + step))
            self.set_rating(to)
            self._focus(to)
        else:
            super().keyPressEvent(event)

    def _type(self, digit: int) -> None:
        ten = digit == 0 and self._one_typed.isActive()
        self._one_typed.stop()
        if digit == 1:
            self._one_typed.start()
        rating = RATING_MAX if ten else digit
        self.set_rating(rating)
        self._focus(rating)

    def _focus(self, value: int) -> None:
        self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> int:
        return next((button.value for button in self._buttons if button.hasFocus()), RATING_MIN)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // across, number % across)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _mind_tab_stop(self) -> None:
        """Tab stops once at the scale: at the chosen number, or at 0."""
        chosen = self.rating() or RATING_MIN
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button.value == chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    @Slot(QAbstractButton, bool)
    def _on_group_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self._mind_tab_stop()
            self.rated.emit(self.rating())

    @Slot(QAbstractButton)
    def _on_group_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, RatingButton):
            self.clicked.emit(button.value)
