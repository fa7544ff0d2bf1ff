"""The days of a week side by side, each of which can be switched on; in more rows where it is narrow."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from matsession.app import reminder_words as words
from matsession.domain.week import Weekday
from matsession.ui.drawing import FOCUS_ROOM, draw_focus_ring
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.card import Group


class DayPill(QCheckBox):
    """One day; chosen it is filled, with bold letters."""

    def __init__(self, day: Weekday, parent: QWidget | None = None) -> None:
        """Named by its whole word."""
        super().__init__(parent)
        self.day = day
        self.words = words.day_short(day)
        self.setAccessibleName(words.day_long(day))
        self.setToolTip(words.day_long(day))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """The same for each."""
        metrics = QFontMetrics(TextStyle.LABEL.font())
        room = 2 * u(FOCUS_ROOM)
        widest = max(metrics.horizontalAdvance(words.day_short(day)) for day in Weekday)
        return QSize(max(u(36), widest + u(10)) + room, max(u(36), metrics.height() + u(8)) + room)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        """All of it can be clicked."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A filled or an outlined pill."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = u(FOCUS_ROOM)
        face = QRectF(self.rect()).adjusted(room, room, -room, -room)
        on, width = self.isChecked(), max(1, u(1))
        fill = colours.accent if on else colours.hover if self.underMouse() else colours.surface
        painter.setPen(QPen(QColor(colours.accent if on else colours.control), width))
        painter.setBrush(QColor(fill))
        half = width / 2
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), u(10), u(10))
        font = TextStyle.LABEL.font() if on else TextStyle.BODY.font()
        font.setPixelSize(TextStyle.LABEL.font().pixelSize())
        painter.setFont(font)
        painter.setPen(QColor(colours.on_accent if on else colours.text2))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, self.words)
        if self.hasFocus():
            draw_focus_ring(painter, face, u(10))


class DayPills(Group):
    """All seven, from Monday on."""

    changed = Signal()
    """The person chose other days."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls the group."""
        super().__init__(name, parent)
        self._pills = [DayPill(day) for day in Weekday]
        self._per_row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._arrange(len(self._pills))
        for pill in self._pills:
            pill.clicked.connect(self._on_pill_clicked)

    def days(self) -> frozenset[Weekday]:
        """Those that are on."""
        return frozenset(pill.day for pill in self._pills if pill.isChecked())

    def show_days(self, days: Iterable[Weekday]) -> None:
        """Show what is known already."""
        chosen = set(days)
        for pill in self._pills:
            pill.setChecked(pill.day in chosen)

    def focus_first(self) -> None:
        """Begin at Monday."""
        self._pills[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Two beside each other."""
        pill = self._pills[0].sizeHint()
        return QSize(2 * pill.width(), self._rows() * pill.height())

    def sizeHint(self) -> QSize:
        """All beside each other, as high as they stand now."""
        pill = self._pills[0].sizeHint()
        return QSize(len(self._pills) * pill.width(), self._rows() * pill.height())

    def _rows(self) -> int:
        return -(-len(self._pills) // max(1, self._per_row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        fitting = max(2, min(len(self._pills), self.width() // self._pills[0].sizeHint().width()))
        # Evenly, so that none stands alone.
        rows = -(-len(self._pills) // fitting)
        self._arrange(-(-len(self._pills) // rows))

    def _arrange(self, per_row: int) -> None:
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for column in range(len(self._pills) + 1):
            self._grid.setColumnStretch(column, 0)
        for number, pill in enumerate(self._pills):
            self._grid.addWidget(pill, number // per_row, number % per_row)
        self._grid.setColumnStretch(per_row, 1)
        self.updateGeometry()

    @Slot()
    def _on_pill_clicked(self) -> None:
        self.changed.emit()
