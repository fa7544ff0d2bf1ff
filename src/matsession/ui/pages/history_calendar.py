"""The card on top of the history: days in a row, what there is in all, and the calendar."""

from datetime import date

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from matsession.app import chart_words, history_words, texts
from matsession.app.history_overview import Overview
from matsession.app.preferences import Preferences
from matsession.app.session_book import SessionBook
from matsession.domain.errors import MatSessionError
from matsession.domain.settings import SettingError
from matsession.domain.statistics import HeatLevel
from matsession.domain.week import Weekday
from matsession.ui.theme import TextStyle, em, tokens, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.heatmap import Heatmap, draw_day
from matsession.ui.widgets.label import Label

_WIDE_EM = 44
"""Below this width the calendar stands under the words."""
_WORDS = 176
_SAMPLE = 20


class CalendarCard(Card):
    """Words at the side, the calendar, and what its dots mean."""

    day_picked = Signal(object)
    """The sessions of this ``date`` are to be seen."""
    failed = Signal(object)
    """The MatSessionError why a day off could not be marked."""
    marked = Signal()
    """A day was marked as a day off, or is none any more."""

    def __init__(self, book: SessionBook, preferences: Preferences, parent: QWidget | None = None) -> None:
        """Days off are marked in ``book``, and by the weekday in ``preferences``."""
        super().__init__(texts.tr("Calendar"), parent)
        self._book = book
        self._preferences = preferences
        self._overview: Overview | None = None
        self._figure = QLabel()
        self._figure.setFont(TextStyle.FIGURE.font())
        self._row_words = Label(style=TextStyle.LABEL)
        self._facts = Label(tone="text2")
        self._rest = Button(texts.tr("Rest days"), ButtonKind.SECONDARY, small=True)
        self._rest.setToolTip(texts.tr("Days off neither end a run of days nor add to it"))
        words = QVBoxLayout()
        words.setSpacing(u(2))
        words.addWidget(self._figure)
        words.addWidget(self._row_words)
        words.addStretch(1)
        words.addWidget(self._facts)
        words.addSpacing(u(6))
        words.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeading)
        self._words = QWidget()
        self._words.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        self.heatmap = Heatmap()
        self._legend = HeatLegend()
        picture = QVBoxLayout()
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(u(12))
        picture.addWidget(self.heatmap)
        picture.addWidget(self._legend)
        picture.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(u(24))
        self._row.addWidget(self._words)
        self._row.addLayout(picture, 1)
        self.column.addLayout(self._row)
        self.heatmap.day_picked.connect(self._on_heatmap_day_picked)
        self._rest.clicked.connect(self._on_rest_clicked)
        self.heatmap.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heatmap.customContextMenuRequested.connect(self._on_menu_requested)

    def show_overview(self, overview: Overview) -> None:
        """Show the numbers of this one."""
        self._overview = overview
        total, streak = overview.total, overview.streak
        facts = [history_words.time_on_mat(total)]
        if streak is None:
            self._figure.setText(history_words.whole_number(total.sessions))
            self._row_words.setText(texts.tr("session") if total.sessions == 1 else texts.tr("sessions"))
        else:
            self._figure.setText(history_words.whole_number(streak.days))
            in_a_row = chart_words.in_a_row(streak.days)
            if not streak.days:
                in_a_row = history_words.days_in_a_row(streak, total.sessions)
            self._row_words.setText(in_a_row)
            facts = [
                history_words.longest_run(streak),
                history_words.session_count(total.sessions),
                *facts,
            ]
        # A run that ended is no number to look at.
        self._figure.setVisible(streak is None or bool(streak.days))
        self._facts.setText("\n".join(fact for fact in facts if fact))
        summary = chart_words.calendar_summary(overview.calendar)
        self.heatmap.show_days(overview.calendar, overview.today, summary)
        self._legend.show_rest(any(day.rest for day in overview.calendar))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the calendar, or above it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_EM * em()
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(right if wide else down)
        self._row.setSpacing(u(24 if wide else 14))
        if wide:
            self._words.setFixedWidth(u(_WORDS))
        else:
            self._words.setMinimumWidth(0)
            self._words.setMaximumWidth(16_777_215)

    # -- days off ----------------------------------------------------------------------------------

    def rest_menu(self) -> QMenu:
        """What there is to choose about days off; checked where it holds."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        day = self.heatmap.current_day()
        if day is not None:
            name = history_words.day_name(day.day)
            by_hand = menu.addAction(texts.tr("{day} is a rest day").format(day=name))
            by_hand.setCheckable(True)
            by_hand.setChecked(day.day in self._book.rest_days())
            by_hand.setData(day.day)
            menu.addSeparator()
        settings = self._preferences.settings
        for weekday in Weekday:
            name = history_words.weekday_name(weekday.number)
            action = menu.addAction(texts.tr("Every {weekday} is a rest day").format(weekday=name))
            action.setCheckable(True)
            action.setChecked(weekday.number in settings.rest_weekday_numbers)
            last_left = len(settings.rest_weekday_numbers) == len(Weekday) - 1
            action.setEnabled(action.isChecked() or not last_left)
            action.setData(weekday.value)
        menu.addSeparator()
        counted = menu.addAction(texts.tr("Count days in a row"))
        counted.setCheckable(True)
        counted.setChecked(settings.show_streak)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    @Slot()
    def _on_rest_clicked(self) -> None:
        self.rest_menu().popup(self._rest.mapToGlobal(QPoint(0, self._rest.height())))

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        self.rest_menu().popup(self.heatmap.mapToGlobal(at))

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        which = action.data()
        if which is None:
            self._preferences.change(show_streak=action.isChecked())
        elif isinstance(which, str):
            changed = {**self._preferences.settings.rest_weekdays, which: action.isChecked()}
            try:
                self._preferences.change(rest_weekdays=changed)
            except SettingError:  # the seventh; its line cannot be chosen
                return
        else:
            self._mark(which, action.isChecked())

    def _mark(self, day: date, rest: bool) -> None:
        try:
            self._book.set_rest_day(day, rest)
        except MatSessionError as error:
            self.failed.emit(error)
            return
        self.marked.emit()

    @Slot(object)
    def _on_heatmap_day_picked(self, day: object) -> None:
        self.day_picked.emit(day)


class HeatLegend(QWidget):
    """What each dot of the calendar means; in as many rows as it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without days off at first."""
        super().__init__(parent)
        self._samples = [
            _Sample(texts.tr("none"), HeatLevel.NONE, self),
            _Sample(texts.tr("under 10"), HeatLevel.UNDER_10, self),
            _Sample(texts.tr("10 to 19"), HeatLevel.FROM_10, self),
            _Sample(texts.tr("20 min or more"), HeatLevel.FROM_20, self),
            _Sample(texts.tr("rest day"), HeatLevel.NONE, self, rest=True),
        ]
        self._rest = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_rest(False)

    def show_rest(self, rest: bool) -> None:
        """Tell what the mark of a day off is, where there is one."""
        self._rest = rest
        self._samples[-1].setVisible(rest)
        self._place(self.width())
        self.updateGeometry()

    def _shown(self) -> list["_Sample"]:
        return self._samples if self._rest else self._samples[:-1]

    def sizeHint(self) -> QSize:
        """All in one row."""
        hints = [sample.sizeHint() for sample in self._shown()]
        return QSize(sum(hint.width() + u(16) for hint in hints), hints[0].height())

    def minimumSizeHint(self) -> QSize:
        """One below the other."""
        hints = [sample.sizeHint() for sample in self._shown()]
        return QSize(max(hint.width() for hint in hints), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        return self._place(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place all anew."""
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int, *, move: bool = True) -> int:
        x, y, high = 0, 0, self._samples[0].sizeHint().height()
        for sample in self._shown():
            wide = sample.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + high + u(2)
            if move:
                left = width - x - wide if self.isRightToLeft() else x
                sample.setGeometry(left, y, wide, high)
            x += wide + u(16)
        return y + high


class _Sample(Label):
    """A dot and its words."""

    def __init__(self, words: str, level: HeatLevel, parent: QWidget, *, rest: bool = False) -> None:
        super().__init__(words, TextStyle.CAPTION, "text2", parent, wrap=False)
        self._level = level
        self._is_rest = rest
        self.setIndent(u(_SAMPLE + 6))

    def sizeHint(self) -> QSize:
        """Room for the largest dot."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), u(_SAMPLE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dot before the words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self.width() - u(_SAMPLE) / 2 if self.isRightToLeft() else u(_SAMPLE) / 2
        centre = QPointF(left, self.height() / 2)
        draw_day(painter, centre, self._level, u(100) / 100, tokens(), rest=self._is_rest)
