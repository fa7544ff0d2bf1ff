"""The card of the quiet hours: for each day whether, from when, and until when."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from matsession.app import reminder_words as words
from matsession.app import texts
from matsession.domain.reminder import QuietHours, QuietSpan
from matsession.domain.week import Weekday
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.time_field import TimeField

USUAL: Final = QuietSpan(22 * 60, 7 * 60)
"""What a day begins with when its quiet hours are switched on and no other day has any."""

_STACK_EM = 22


class QuietHoursCard(Card):
    """Each change counts at once."""

    changed = Signal(object)
    """The ``QuietHours`` as they are now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without any."""
        super().__init__(texts.tr("Quiet hours"), parent)
        self._rows = [_DayRow(day, self) for day in Weekday]
        self._same = Button(texts.tr("The same on all days"), ButtonKind.QUIET)
        self.column.addWidget(Heading(texts.tr("Quiet hours"), TextStyle.H3))
        hint = texts.tr("No reminder comes then, nor when its session would run into them.")
        self.column.addWidget(Label(hint, TextStyle.CAPTION, "text2"))
        for row in self._rows:
            self.column.addWidget(row)
        tools = QHBoxLayout()
        tools.addWidget(self._same)
        tools.addStretch(1)
        self.column.addLayout(tools)
        self._same.clicked.connect(self._on_same_clicked)

    def show_hours(self, quiet: QuietHours) -> None:
        """Show what is known already."""
        some = next(iter(quiet.values()), USUAL)
        for row in self._rows:
            row.show_span(quiet.get(row.day), some)
        self._same.setEnabled(bool(quiet) and not _same_everywhere(quiet))

    def tell(self) -> None:
        """A row was changed."""
        self.changed.emit({row.day: span for row in self._rows if (span := row.span()) is not None})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hours below the day where it is narrow."""
        super().resizeEvent(event)
        for row in self._rows:
            row.stack(self.width() < _STACK_EM * em())

    @Slot()
    def _on_same_clicked(self) -> None:
        first = next((span for row in self._rows if (span := row.span()) is not None), None)
        if first is not None:
            self.changed.emit(dict.fromkeys(Weekday, first))


def _same_everywhere(quiet: Mapping[Weekday, QuietSpan]) -> bool:
    return len(quiet) == len(Weekday) and len(set(quiet.values())) == 1


class _DayRow(QWidget):
    """One day."""

    def __init__(self, day: Weekday, card: QuietHoursCard) -> None:
        super().__init__(card)
        self.day = day
        name = words.day_long(day)
        self._switch = Switch(texts.tr("Quiet hours on {day}").format(day=name))
        self._from = TimeField(texts.tr("{day}, quiet from").format(day=name))
        self._to = TimeField(texts.tr("{day}, quiet until").format(day=name))
        label = Label(name)
        label.setBuddy(self._switch)
        head = QHBoxLayout()
        head.setSpacing(u(8))
        head.addWidget(self._switch)
        head.addWidget(label, 1)
        hours = QHBoxLayout()
        hours.setSpacing(u(8))
        hours.addWidget(self._from)
        hours.addWidget(Label("–", wrap=False))
        hours.addWidget(self._to)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(head, 1)
        self._box.addLayout(hours)
        self._switch.toggled.connect(self._on_changed)
        self._from.picked.connect(self._on_changed)
        self._to.picked.connect(self._on_changed)

    def span(self) -> QuietSpan | None:
        """What the row says; None where it is off, or no span."""
        if not self._switch.isChecked() or self._from.minute == self._to.minute:
            return None
        return QuietSpan(self._from.minute, self._to.minute)

    def show_span(self, span: QuietSpan | None, otherwise: QuietSpan) -> None:
        """Show it; while it is off, what it would begin with."""
        shown = span or otherwise
        self._switch.show_checked(span is not None)
        self._from.show_minute(shown.from_min)
        self._to.show_minute(shown.to_min)
        for field in (self._from, self._to):
            field.setEnabled(span is not None)

    def stack(self, stacked: bool) -> None:
        """The hours below the day, or beside it."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if stacked else right)

    @Slot()
    def _on_changed(self) -> None:
        card: QObject | None = self.parent()
        assert isinstance(card, QuietHoursCard)
        card.tell()
