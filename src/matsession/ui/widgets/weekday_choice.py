"""The seven days of the week side by side, any of which can be chosen."""

from collections.abc import Collection

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from matsession.domain.week import Weekday
from matsession.ui.drawing import FOCUS_ROOM, draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.card import Group

_HEIGHT, _LEAST = 28, 34


class WeekdayChoice(Group):
    """A check box for each day, the first of the week first; in two rows where there is no room for one."""

    picked = Signal(object)
    """The person chose these: a frozenset of Weekday."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__(name, parent)
        locale = QLocale()
        first = locale.firstDayOfWeek().value - 1
        week = list(Weekday)
        self._pills = [_Pill(day, locale) for day in week[first:] + week[:first]]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._across = 0
        self._lay(len(self._pills))
        for pill in self._pills:
            pill.toggled.connect(self._on_pill_toggled)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_chosen(self, days: Collection[Weekday]) -> None:
        """Show what is known already; nothing is ``picked``."""
        for pill in self._pills:
            pill.blockSignals(True)
            pill.setChecked(pill.day in days)
            pill.blockSignals(False)
            pill.update()

    def chosen(self) -> frozenset[Weekday]:
        """The days that are chosen now."""
        return frozenset(pill.day for pill in self._pills if pill.isChecked())

    def minimumSizeHint(self) -> QSize:
        """Two in a row at the least."""
        pill = max(self._pills, key=lambda each: each.sizeHint().width()).sizeHint()
        rows = -(-len(self._pills) // self._across)
        return QSize(2 * pill.width(), rows * pill.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a row as there is room for, evenly."""
        super().resizeEvent(event)
        widest = max(pill.sizeHint().width() for pill in self._pills)
        fit = max(1, min(len(self._pills), self.width() // widest))
        rows = -(-len(self._pills) // fit)
        self._lay(-(-len(self._pills) // rows))

    def _lay(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, pill in enumerate(self._pills):
            self._grid.addWidget(pill, number // across, number % across, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(self._pills) + 1):
            self._grid.setColumnStretch(column, 1 if column == across else 0)
        self.updateGeometry()

    @Slot()
    def _on_pill_toggled(self) -> None:
        self.picked.emit(self.chosen())


class _Pill(QCheckBox):
    """Short to see, in full to hear; chosen it has an edge and weight as well as a colour."""

    def __init__(self, day: Weekday, locale: QLocale) -> None:
        super().__init__()
        self.day = day
        self._short = locale.standaloneDayName(day.number + 1, QLocale.FormatType.ShortFormat)
        self.setAccessibleName(locale.standaloneDayName(day.number + 1, QLocale.FormatType.LongFormat))
        self.setToolTip(self.accessibleName())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, _position: object) -> bool:
        """All of it can be clicked."""
        return True

    def sizeHint(self) -> QSize:
        """The same whether it is chosen or not."""
        metrics = QFontMetrics(TextStyle.LABEL.font())
        room = 2 * u(FOCUS_ROOM)
        width = max(u(_LEAST), metrics.horizontalAdvance(self._short) + u(12))
        return QSize(width + room, max(u(_HEIGHT), metrics.height() + u(6)) + room)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, on = u(FOCUS_ROOM), self.isChecked()
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        width = u(2) if on else max(1, u(1))
        painter.setPen(QPen(QColor(colours.accent if on else colours.control), width))
        fill = colours.accent_soft if on else colours.hover if self.underMouse() else colours.surface
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), u(9), u(9))
        if self.hasFocus():
            draw_focus_ring(painter, face.adjusted(1, 1, -1, -1), u(9))
        font = TextStyle.LABEL.font()
        if not on:
            font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.on_soft if on else colours.text))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, self._short)
