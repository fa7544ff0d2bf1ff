"""The calendar: a dot for each day, larger and darker the more minutes it has."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from matsession.app import history_words, texts
from matsession.domain.statistics import CalendarDay, HeatLevel
from matsession.ui.theme import TextStyle, Tokens, tokens, u
from matsession.ui.widgets.chart import Chart, Index, draw_cell_ring

FEWEST_WEEKS: Final = 10
PITCH: Final = 22
"""From one dot to the next, in design pixels, where there is room."""

RADII: Final = {
    HeatLevel.NONE: 2.2,
    HeatLevel.UNDER_10: 4.6,
    HeatLevel.FROM_10: 6.9,
    HeatLevel.FROM_20: 9.2,
}
"""In design pixels at the full pitch."""

_DAYS: Final = 7
_NAMED_DAYS: Final = (0, 2, 4, 6)


def draw_day(
    painter: QPainter, centre: QPointF, level: HeatLevel, scale: float, colours: Tokens, *, rest: bool = False
) -> None:
    """The mark of a day, ``scale`` times its design size; a day off without a session is a ring."""
    radius = RADII[level] * scale
    if rest and level is HeatLevel.NONE:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.track), max(1.0, 1.4 * scale)))
        painter.drawEllipse(centre, 3.6 * scale, 3.6 * scale)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_colour(level, colours)))
    painter.drawEllipse(centre, radius, radius)


def _colour(level: HeatLevel, colours: Tokens) -> str:
    return {
        HeatLevel.NONE: colours.heat0,
        HeatLevel.UNDER_10: colours.heat1,
        HeatLevel.FROM_10: colours.heat2,
        HeatLevel.FROM_20: colours.heat3,
    }[level]


class Heatmap(QWidget):
    """The days of as many weeks as there is room for, with the months above and the weekdays before them."""

    day_picked = Signal(object)
    """The person wants to see the sessions of this ``date``."""
    day_changed = Signal(object)
    """The keys or the mouse stand on this ``date`` now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._weeks: list[Sequence[CalendarDay]] = []
        self._today = date.min
        self._table = _Days(self)
        self._table.picked.connect(self._on_table_picked)
        self._table.changed.connect(self._on_table_changed)
        self.setFocusProxy(self._table)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[CalendarDay], today: date, summary: str) -> None:
        """Show whole weeks from Monday on; ``summary`` says all of it in words."""
        self._weeks = [days[start : start + _DAYS] for start in range(0, len(days), _DAYS)]
        self._today = today
        self._table.tell(summary)
        self._arrange()

    def weeks_shown(self) -> int:
        """How many weeks there is room for."""
        return len(self._table.weeks)

    def current_day(self) -> CalendarDay | None:
        """The day the keys or the mouse stand on."""
        return self._table.current_day()

    def go_to(self, day: date) -> None:
        """Stand on this day, if it is shown."""
        self._table.go_to_day(day)

    # -- size --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for all weeks."""
        weeks = max(len(self._weeks), FEWEST_WEEKS)
        return QSize(self._names_px() + weeks * u(PITCH), self._height(u(PITCH)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it takes; the dots grow small then."""
        return QSize(u(160), self._height(self._pitch()))

    def hasHeightForWidth(self) -> bool:
        """Where it is narrow the dots stand closer."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The months, and seven days."""
        return self._height(self._pitch_for(width))

    def _height(self, pitch: int) -> int:
        return self._months_px() + _DAYS * pitch

    def _pitch(self) -> int:
        return self._pitch_for(self.width())

    def _pitch_for(self, width: int) -> int:
        return max(u(8), min(u(PITCH), (width - self._names_px(width)) // FEWEST_WEEKS))

    def _names_px(self, width: int = 10_000) -> int:
        metrics = QFontMetrics(TextStyle.CAPTION.font())
        return max(metrics.horizontalAdvance(name) for name in self._day_names(width)) + u(10)

    def _months_px(self) -> int:
        return QFontMetrics(TextStyle.CAPTION.font()).height() + u(6)

    def _day_names(self, width: int) -> list[str]:
        """Short ones; single letters where those would take the room of the dots."""
        locale = QLocale()
        metrics = QFontMetrics(TextStyle.CAPTION.font())
        names = [locale.dayName(day + 1, QLocale.FormatType.ShortFormat) for day in range(_DAYS)]
        if max(map(metrics.horizontalAdvance, names)) + u(10) + FEWEST_WEEKS * u(PITCH) <= width:
            return names
        return [locale.dayName(day + 1, QLocale.FormatType.NarrowFormat) for day in range(_DAYS)]

    def _arrange(self) -> None:
        pitch, names = self._pitch(), self._names_px(self.width())
        fit = min(len(self._weeks), max(FEWEST_WEEKS, (self.width() - names) // pitch))
        self._table.show_weeks(self._weeks[len(self._weeks) - fit :], self._today, pitch)
        width = max(1, fit) * pitch
        left = names if not self.isRightToLeft() else self.width() - names - width
        self._table.setGeometry(left, self._months_px(), width, _DAYS * pitch)
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More weeks, or fewer."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The names of the days and of the months."""
        painter = QPainter(self)
        painter.setPen(QColor(tokens().text2))
        painter.setFont(TextStyle.CAPTION.font())
        table, pitch = self._table.geometry(), self._pitch()
        high = QFontMetrics(painter.font()).height()
        names = self._day_names(self.width())
        for number in _NAMED_DAYS if pitch < high * 1.6 else range(0, _DAYS, 2):
            area = QRect(0, table.top() + number * pitch + (pitch - high) // 2, table.left() - u(10), high)
            if self.isRightToLeft():
                area.moveLeft(table.right() + u(10))
                area.setRight(self.width())
            painter.drawText(
                area, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, names[number]
            )
        for text, where in self._month_names(pitch):
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)

    def _month_names(self, pitch: int) -> list[tuple[str, QRect]]:
        """Each month above the week with its first day, as far as the names do not touch."""
        table, metrics = self._table.geometry(), QFontMetrics(TextStyle.CAPTION.font())
        found: list[tuple[str, QRect]] = []
        weeks = self._table.weeks
        for column, week in enumerate(weeks):
            first = next((day.day for day in week if day.day.day == 1), None)
            if first is None and column == 0:
                first = week[0].day
            if first is None:
                continue
            shown = QDate(first.year, first.month, 1)
            text = QLocale().toString(shown, "MMM")
            width = metrics.horizontalAdvance(text)
            at = column if not self.isRightToLeft() else len(weeks) - 1 - column
            left = min(table.left() + at * pitch + u(2), self.width() - width)
            where = QRect(left, 0, width + 1, metrics.height())
            if found and where.adjusted(-u(6), 0, u(6), 0).intersects(found[-1][1]):
                if len(found) == 1 and column < 4:  # the month the first week begins in: the next one counts
                    found.pop()
                else:
                    continue
            found.append((text, where))
        return found

    @Slot(object)
    def _on_table_picked(self, day: object) -> None:
        self.day_picked.emit(day)

    @Slot(object)
    def _on_table_changed(self, day: object) -> None:
        self.day_changed.emit(day)


class _Days(Chart):
    """Seven rows, a column for each week. Up and down go by the day, left and right by the week."""

    picked = Signal(object)
    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(texts.tr("Minutes a day"), parent)
        self.weeks: Sequence[Sequence[CalendarDay]] = ()
        self.today = date.min
        self.setItemDelegate(_DayDelegate(self))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_weeks(self, weeks: Sequence[Sequence[CalendarDay]], today: date, pitch: int) -> None:
        """Show these at this distance."""
        here = self.current_day()
        self.weeks, self.today = weeks, today
        self.names.show_names(
            tuple(tuple(self._name(week, row) for week in weeks) for row in range(_DAYS)) if weeks else ()
        )
        for header in (self.horizontalHeader(), self.verticalHeader()):
            for section in range(header.count()):
                header.resizeSection(section, pitch)
        if here is not None:
            self.go_to_day(here.day)
        if self.hasFocus() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.home())
        self.viewport().update()

    def _name(self, week: Sequence[CalendarDay], row: int) -> str:
        if row >= len(week) or (week[row].ahead and not week[row].rest):
            return ""
        name = history_words.calendar_day(week[row])
        return texts.tr("Today, {day}").format(day=name) if week[row].day == self.today else name

    def day(self, index: Index) -> CalendarDay | None:
        """The day of a cell."""
        if not index.isValid() or index.column() >= len(self.weeks):
            return None
        week = self.weeks[index.column()]
        return week[index.row()] if index.row() < len(week) else None

    def current_day(self) -> CalendarDay | None:
        """The day one stands on."""
        return self.day(self.currentIndex())

    def go_to_day(self, day: date) -> None:
        """Stand on it, if it is shown."""
        for column, week in enumerate(self.weeks):
            for row, each in enumerate(week):
                if each.day == day and self.names.name(row, column):
                    self.setCurrentIndex(self.names.index(row, column))

    def home(self) -> QModelIndex:
        """Keys begin today."""
        column = len(self.weeks) - 1
        row = self.today.weekday()
        return self.names.index(row, column) if self.names.name(row, column) else super().end()

    def neighbour(self, row: int, column: int, down: int, right: int) -> QModelIndex:
        """A day goes on from Sunday to the next Monday."""
        number = column * _DAYS + row + down + right * _DAYS
        index = self.names.index(number % _DAYS, number // _DAYS)
        return index if self.names.name(number % _DAYS, number // _DAYS) else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the sessions of the day."""
        day = self.current_day()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and day is not None:
            self.picked.emit(day.day)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """So does a double click."""
        day = self.day(self.indexAt(event.position().toPoint()))
        if day is not None and not day.ahead:
            self.picked.emit(day.day)

    @Slot()
    def _on_current_changed(self) -> None:
        day = self.current_day()
        if day is not None:
            self.changed.emit(day.day)


class _DayDelegate(QStyledItemDelegate):
    """Paints a day."""

    def __init__(self, table: _Days) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day = self._table.day(index)
        if day is None or (day.ahead and not day.rest):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, area = tokens(), QRectF(option.rect)
        scale = area.width() / PITCH
        draw_day(painter, area.center(), day.level, scale, colours, rest=day.rest)
        inside = area.adjusted(0.5 * scale, 0.5 * scale, -0.5 * scale, -0.5 * scale)
        if self._table.ringed(index):
            draw_cell_ring(painter, area, 7 * scale)
        elif day.day == self._table.today:
            painter.setPen(QPen(QColor(colours.control), max(1.5, 1.5 * scale)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside.adjusted(0.5, 0.5, -0.5, -0.5), 7 * scale, 7 * scale)
        painter.restore()
