"""The overview of the history: calendar, charts, and the honest answer to "does it help me?"."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import chart_words, history_words, texts
from matsession.app.history_overview import Overview, ScaleAnswer
from matsession.app.overview_reader import OverviewReader
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_book import SessionBook
from matsession.ui.drawing import Sign
from matsession.ui.pages.history_answer import AnswerCard
from matsession.ui.pages.history_calendar import CalendarCard
from matsession.ui.pages.history_charts import AreasCard, BeforeCard, ChangeCard, MinutesCard
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.heatmap import Heatmap
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage

_STACK_EM = 46
"""Below this width the charts stand below each other."""


class HistoryOverview(QWidget):
    """Shows what its reader reads; an empty calendar, a sentence and a button while there is nothing."""

    session_requested = Signal()
    """The person wants to begin a session."""
    day_picked = Signal(object)
    """The sessions of this ``date`` are to be seen."""
    failed = Signal(object)
    """The MatSessionError why something could not be done."""
    changed = Signal()
    """A day off was marked; that can be taken back."""

    def __init__(
        self,
        reader: OverviewReader,
        book: SessionBook,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing before ``reader`` is ready."""
        super().__init__(parent)
        self._reader = reader
        self._overview: Overview | None = None
        self._scale = ""
        self._calendar = CalendarCard(book, preferences)
        self._minutes = MinutesCard()
        self._change = ChangeCard()
        self._answer = AnswerCard(presets)
        self._before = BeforeCard()
        self._areas = AreasCard()
        self._nothing = NothingYet()
        self._message = Label(tone="text2")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setSpacing(u(18))
        self._column.addWidget(self._calendar)
        self._pairs = []
        for number, (first, second) in enumerate(
            ((self._minutes, self._change), (self._before, self._areas))
        ):
            pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            pair.setSpacing(u(18))
            pair.addWidget(first, 1)
            pair.addWidget(second, 1)
            self._pairs.append(pair)
            self._column.addLayout(pair)
            if number == 0:
                self._column.addWidget(self._answer)
        self._column.addStretch(1)
        waiting = QWidget()
        waiting_column = QVBoxLayout(waiting)
        waiting_column.addWidget(self._message)
        waiting_column.addStretch(1)
        self._stack = QStackedWidget()
        self._scroll = ScrollPage(self._content)
        self._empty_page = QWidget()
        self._empty_column = QVBoxLayout(self._empty_page)
        self._empty_column.addWidget(self._nothing, 1)
        for each in (waiting, ScrollPage(self._empty_page), self._scroll):
            self._stack.addWidget(each)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def _connect(self) -> None:
        self._reader.ready.connect(self._on_reader_ready)
        self._reader.progressed.connect(self._on_reader_progressed)
        self._reader.failed.connect(self._on_reader_failed)
        self._calendar.day_picked.connect(self._on_calendar_day_picked)
        self._calendar.failed.connect(self.failed)
        self._calendar.marked.connect(self.changed)
        self._nothing.session_requested.connect(self._on_session_requested)
        self._change.scales.scale_picked.connect(self._on_scale_picked)
        self._answer.scales.scale_picked.connect(self._on_scale_picked)

    def focus_first(self) -> None:
        """Begin in the calendar, or at the button while there is nothing."""
        if self._overview is not None and not self._overview.total.sessions:
            self._nothing.focus_first()
        else:
            self._calendar.heatmap.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around the cards scrolls with them."""
        # Beside the cards there is always a scroll bar, which is no part of the room around them.
        self._column.setContentsMargins(left, top, max(0, right - u(12)), bottom)
        self._empty_column.setContentsMargins(left, top, right, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Charts beside each other, or below."""
        super().resizeEvent(event)
        stacked = self.width() < _STACK_EM * em()
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(down if stacked else right)
        inner = u(12 if self.width() < MEDIUM_EM * em() else 20)
        for card in (self._calendar, self._minutes, self._change, self._answer, self._before, self._areas):
            card.column.setContentsMargins(inner, inner, inner, inner)

    def _show_answer(self) -> None:
        """The rating that is looked at: the one that was picked, or the one with the most ratings."""
        if self._overview is None:
            return
        answers = {each.scale_id: each for each in self._overview.answers}
        if self._scale not in answers:
            rated = sorted(answers.values(), key=lambda each: -each.on_mat.rated)
            self._scale = rated[0].scale_id if rated else ""
        answer: ScaleAnswer | None = answers.get(self._scale)
        for choice in (self._change.scales, self._answer.scales):
            choice.show_scales(tuple(answers), self._scale)
        self._change.show_answer(answer)
        self._answer.show_answer(answer)
        self._before.show_answer(answer, self._overview)

    @Slot(Overview)
    def _on_reader_ready(self, overview: Overview) -> None:
        self._overview = overview
        if not overview.total.sessions:
            self._nothing.show_overview(overview)
            self._stack.setCurrentIndex(1)
            return
        self._calendar.show_overview(overview)
        self._minutes.show_overview(overview)
        self._areas.show_overview(overview)
        self._show_answer()
        self._stack.setCurrentIndex(2)

    @Slot(float)
    def _on_reader_progressed(self, done: float) -> None:
        self._message.setText(history_words.adding_up(done))
        self._stack.setCurrentIndex(0)

    @Slot(object)
    def _on_reader_failed(self, _error: object) -> None:
        # Why, and what helps, stands in the banner above all pages.
        self._message.setText(texts.tr("There is nothing to show as long as the history cannot be read."))
        self._stack.setCurrentIndex(0)

    @Slot(str)
    def _on_scale_picked(self, scale_id: str) -> None:
        self._scale = scale_id
        self._show_answer()

    @Slot(object)
    def _on_calendar_day_picked(self, day: object) -> None:
        self.day_picked.emit(day)

    @Slot()
    def _on_session_requested(self) -> None:
        self.session_requested.emit()


class NothingYet(Card):
    """The calendar as it will be, one sentence and one button."""

    session_requested = Signal()
    """The person wants to begin a session."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The calendar is empty."""
        super().__init__(texts.tr("Your first dot goes here"), parent)
        self._heatmap = Heatmap()
        title = Heading(texts.tr("Your first dot goes here"), TextStyle.H2)
        sentence = Label(
            texts.tr(
                "Each session adds a dot to the calendar. Rate your pain before and after, and this page "
                "shows how it changes over time."
            ),
            tone="text2",
        )
        for each in (title, sentence):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._start = Button(texts.tr("Start a session"), ButtonKind.PRIMARY, Sign.PLAY)
        self._start.clicked.connect(self._on_start_clicked)
        self.column.setSpacing(u(12))
        self.column.addStretch(1)
        self.column.addLayout(_in_the_middle(self._heatmap, 560))
        self.column.addSpacing(u(12))
        self.column.addWidget(title)
        self.column.addLayout(_in_the_middle(sentence, 460))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addStretch(1)
        row.addWidget(self._start)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        """Only its calendar, which is empty."""
        summary = chart_words.calendar_summary(overview.calendar)
        self._heatmap.show_days(overview.calendar, overview.today, summary)

    def focus_first(self) -> None:
        """Begin at the button."""
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_start_clicked(self) -> None:
        self.session_requested.emit()


def _in_the_middle(widget: QWidget, widest: int) -> QBoxLayout:
    """No wider than so many design pixels."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    widget.setMaximumWidth(u(widest))
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row
