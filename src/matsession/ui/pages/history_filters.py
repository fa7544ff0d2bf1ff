"""What of the list of sessions is to be seen: when, where, which preset, how it ended, words in the note."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QDate, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import texts
from matsession.domain.body import BodyArea
from matsession.domain.record import RowState
from matsession.domain.session_query import SessionQuery
from matsession.ui.theme import em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import DayField, SearchField
from matsession.ui.widgets.flow import Flow

SEARCH_AFTER_MS: Final = 250
"""So long after the last letter the notes are searched."""

_NARROW_EM: Final = 40
"""Below this width the choices stand behind a button."""


class _When(IntEnum):
    ANY = 0
    TODAY = 1
    DAYS_7 = 2
    DAYS_30 = 3
    THIS_YEAR = 4
    BETWEEN = 5


class HistoryFilters(QWidget):
    """Choices in a row, or behind a button where it is narrow; each counts at once."""

    changed = Signal()
    """``narrowed`` gives another query."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Leave nothing out at first."""
        super().__init__(parent)
        self._today = date.min
        self._presets: list[str] = []
        self._areas = [str(area) for area in BodyArea]
        self._states = (RowState.FINISHED, RowState.STOPPED, RowState.INTERRUPTED)
        self._showing = False
        self._search = SearchField(texts.tr("Search in notes"))
        self._when = Choice(texts.tr("When"))
        self._when.addItems(
            [
                texts.tr("Any date"),
                texts.tr("Today"),
                texts.tr("Last 7 days"),
                texts.tr("Last 30 days"),
                texts.tr("This year"),
                texts.tr("From day to day"),
            ]
        )
        self._from = DayField(texts.tr("From this day on"))
        self._to = DayField(texts.tr("Up to this day"))
        self._area = Choice(texts.tr("Area"))
        self._area.addItems([texts.tr("All areas"), *map(texts.area, self._areas)])
        self._preset = Choice(texts.tr("Preset"))
        self._outcome = Choice(texts.tr("How it ended"))
        self._outcome.addItems([texts.tr("Any end"), *map(texts.row_state, self._states)])
        self._clear = Button(texts.tr("Clear filters"), ButtonKind.QUIET)
        self._more = Button(texts.tr("Filters"), ButtonKind.SECONDARY, texts_to_come=(texts.tr("Fewer"),))
        self._top = Flow(self._search, self._more, self._clear)
        self._choices = Flow(self._when, self._from, self._to, self._area, self._preset, self._outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(8))
        column.addWidget(self._top)
        column.addWidget(self._choices)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._opened = False
        self.offer_presets({})
        self._show()
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self._on_changed)
        self._timer.timeout.connect(self._on_changed)
        for choice in (self._when, self._area, self._preset, self._outcome):
            choice.currentIndexChanged.connect(self._on_changed)
        for day in (self._from, self._to):
            day.dateChanged.connect(self._on_changed)
        self._clear.clicked.connect(self.clear)
        self._more.clicked.connect(self._on_more_clicked)

    def offer_presets(self, presets: Mapping[str, str]) -> None:
        """Offer these, names by id."""
        wanted = sorted(presets, key=lambda each: presets[each].casefold())
        if wanted == self._presets and self._preset.count():
            return
        chosen = self._chosen_preset()
        self._showing = True
        self._presets = wanted
        self._preset.clear()
        self._preset.addItems([texts.tr("All presets"), *(presets[each] for each in wanted)])
        self._preset.setCurrentIndex(wanted.index(chosen) + 1 if chosen in wanted else 0)
        self._showing = False
        self._choices.arrange()

    def set_today(self, today: date) -> None:
        """The day that the last seven days end with."""
        if self._today == date.min:
            self._showing = True
            for field in (self._from, self._to):
                field.setDate(QDate(today.year, today.month, today.day))
            self._showing = False
        self._today = today

    def show_day(self, day: date) -> None:
        """Leave out all but this day."""
        self._showing = True
        self._reset()
        self._when.setCurrentIndex(_When.BETWEEN)
        for field in (self._from, self._to):
            field.setDate(QDate(day.year, day.month, day.day))
        self._showing = False
        self._on_changed()

    @Slot()
    def clear(self) -> None:
        """Leave nothing out."""
        self._showing = True
        self._reset()
        self._showing = False
        self._on_changed()
        self._search.setFocus()

    def narrowed(self, query: SessionQuery) -> SessionQuery:
        """The same order, without what is left out."""
        first, last = self._days()
        area, outcome, preset = self._area.currentIndex(), self._outcome.currentIndex(), self._chosen_preset()
        return replace(
            query,
            from_day=first,
            to_day=last,
            areas=frozenset({self._areas[area - 1]}) if area > 0 else frozenset(),
            preset_ids=frozenset({preset}) if preset else frozenset(),
            states=frozenset({self._states[outcome - 1]}) if outcome > 0 else frozenset(),
            text=self._search.text().strip(),
        )

    def _chosen_preset(self) -> str:
        number = self._preset.currentIndex()
        return self._presets[number - 1] if number > 0 else ""

    def _days(self) -> tuple[date | None, date | None]:
        match _When(self._when.currentIndex()):
            case _When.TODAY:
                return self._today, self._today
            case _When.DAYS_7:
                return self._today - timedelta(days=6), self._today
            case _When.DAYS_30:
                return self._today - timedelta(days=29), self._today
            case _When.THIS_YEAR:
                return self._today.replace(month=1, day=1), self._today
            case _When.BETWEEN:
                return _day_of(self._from), _day_of(self._to)
            case _:
                return None, None

    def _reset(self) -> None:
        self._timer.stop()
        self._search.clear()
        for choice in (self._when, self._area, self._preset, self._outcome):
            choice.setCurrentIndex(0)

    def _show(self) -> None:
        narrow = self.width() < _NARROW_EM * em()
        between = self._when.currentIndex() == _When.BETWEEN
        self._from.setVisible(between)
        self._to.setVisible(between)
        filtered = self.narrowed(SessionQuery()).filters
        self._clear.setVisible(filtered)
        self._more.setVisible(narrow)
        self._more.show_text(texts.tr("Fewer") if self._opened else texts.tr("Filters"), None)
        self._choices.setVisible(not narrow or self._opened)
        self._top.arrange()
        self._choices.arrange()

    @Slot()
    def _on_search_edited(self) -> None:
        self._timer.start()

    @Slot()
    def _on_changed(self) -> None:
        if self._showing:
            return
        self._timer.stop()
        if self._when.currentIndex() == _When.BETWEEN and self._from.date() > self._to.date():
            self._showing = True  # whichever was changed last is meant
            (self._to if self.sender() is self._from else self._from).setDate(
                (self._from if self.sender() is self._from else self._to).date()
            )
            self._showing = False
        self._show()
        self.changed.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._opened = not self._opened
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All choices, or a button for them."""
        super().resizeEvent(event)
        self._show()


def _day_of(field: DayField) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
