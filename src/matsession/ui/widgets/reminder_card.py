"""A reminder in the list: its time, what it is for, its days, and a switch."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import reminder_words as words
from matsession.app import texts
from matsession.domain.reminder import Reminder
from matsession.domain.week import Weekday
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.opening_card import OpeningCard
from matsession.ui.widgets.switch import Switch


class DayLine(QWidget):
    """The days in short; those of the reminder stand in a pill."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._days: frozenset[Weekday] = frozenset()
        self._on = True
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def tell(self, days: frozenset[Weekday], on: bool) -> None:
        """Show these; outlined only where the reminder is off."""
        self._days, self._on = days, on
        self.update()

    def _cell(self) -> QSize:
        metrics = QFontMetrics(TextStyle.LABEL.font())
        widest = max(metrics.horizontalAdvance(words.day_short(day)) for day in Weekday)
        return QSize(max(u(34), widest + u(12)) + u(4), max(u(28), metrics.height() + u(8)) + u(4))

    def _per_row(self, width: int) -> int:
        return max(1, min(len(Weekday), width // self._cell().width()))

    def heightForWidth(self, width: int) -> int:
        """As many rows as they need."""
        return -(-len(Weekday) // self._per_row(width)) * self._cell().height()

    def sizeHint(self) -> QSize:
        """In one row."""
        return QSize(len(Weekday) * self._cell().width(), self._cell().height())

    def minimumSizeHint(self) -> QSize:
        """One below the other."""
        return self._cell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, and pills behind those that count."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell, per_row = self._cell(), self._per_row(self.width())
        for number, day in enumerate(Weekday):
            left, top = number % per_row * cell.width(), number // per_row * cell.height()
            face = QRectF(left, top, cell.width() - u(4), cell.height() - u(4)).adjusted(0.5, 0.5, -0.5, -0.5)
            chosen = day in self._days
            if chosen:
                edge = colours.accent if self._on else colours.control
                painter.setPen(QPen(QColor(edge), max(1, u(1))))
                painter.setBrush(QColor(colours.accent_soft if self._on else colours.surface))
                painter.drawRoundedRect(face, face.height() / 2, face.height() / 2)
            font = TextStyle.LABEL.font()
            font.setWeight(font.weight() if chosen else TextStyle.BODY.font().weight())
            painter.setFont(font)
            ink = colours.on_soft if chosen and self._on else colours.text2 if chosen else colours.text3
            painter.setPen(QColor(ink))
            painter.drawText(face, Qt.AlignmentFlag.AlignCenter, words.day_short(day))


class ReminderCard(OpeningCard):
    """A button that opens the reminder; the switch upon it is one of its own."""

    switched = Signal(str, bool)
    """The person turned the reminder with this id on or off."""

    def __init__(self, reminder: Reminder, parent: QWidget | None = None) -> None:
        """Show this one; ``tell`` says the rest."""
        super().__init__(reminder.id, parent)
        self.reminder = reminder
        self._build()
        self._switch.toggled.connect(self._on_switch_toggled)

    def _build(self) -> None:
        self._time = Label(style=TextStyle.H1, wrap=False)
        font = self._time.font()
        font.setWeight(QFont.Weight.Normal)
        self._time.setFont(font)
        self._name = Label(style=TextStyle.STRONG)
        self._session = Label(tone="text2")
        self._switch = Switch("")
        self._days = DayLine()
        for each in (self._time, self._name, self._session, self._days):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addStretch(1)
        text.addWidget(self._name)
        text.addWidget(self._session)
        text.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(u(16))
        head.addWidget(self._time)
        head.addLayout(text, 1)
        head.addWidget(self._switch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(u(18), u(14), u(14), u(14))
        self._column.setSpacing(u(10))
        self._column.addLayout(head)
        self._column.addWidget(self._days)

    def tell(self, reminder: Reminder, clock: str, session: str, coming: str) -> None:
        """Its time and session in words, and when it comes next."""
        self.reminder = reminder
        self._time.setText(clock)
        tone = "" if reminder.on else "text3"
        for label in (self._time, self._name):
            if label.property("tone") != tone:
                label.setProperty("tone", tone)
                label.style().polish(label)
        self._name.setText(reminder.name)
        self._name.setVisible(bool(reminder.name))
        self._session.setText(session)
        self._days.tell(reminder.weekdays, reminder.on)
        self._switch.show_checked(reminder.on)
        title = f"{clock}, {reminder.name}" if reminder.name else clock
        self._switch.setAccessibleName(texts.tr("{reminder}, on").format(reminder=title))
        state = texts.tr("on") if reminder.on else texts.tr("off")
        self.setAccessibleName(f"{title}, {session}, {words.days(reminder)}, {state}")
        self.setAccessibleDescription(coming)
        self.updateGeometry()

    def follow(self, before: QWidget) -> None:
        """Come after this one by the Tab key."""
        QWidget.setTabOrder(before, self)
        QWidget.setTabOrder(self, self._switch)

    @property
    def last_stop(self) -> QWidget:
        """Where the Tab key leaves it."""
        return self._switch

    @Slot(bool)
    def _on_switch_toggled(self, on: bool) -> None:
        self.switched.emit(self.reminder.id, on)
