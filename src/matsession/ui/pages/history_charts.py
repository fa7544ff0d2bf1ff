"""The cards with charts: minutes by time and by area, and what the ratings show."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QDate, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QWidget

from matsession.app import chart_words, history_words, texts
from matsession.app.history_overview import AreaChange, Dot, Overview, ScaleAnswer
from matsession.domain.days import Span
from matsession.domain.statistics import Period
from matsession.ui.theme import TextStyle, tokens, u
from matsession.ui.widgets.area_bars import AreaBars, AreaRow
from matsession.ui.widgets.bar_chart import Bar, BarChart
from matsession.ui.widgets.before_chart import BeforeChart, Week
from matsession.ui.widgets.change_chart import ChangeChart, ChangeRow
from matsession.ui.widgets.chart_card import ChartCard
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.segment import Segment

_SPANS = (Span.WEEK, Span.MONTH, Span.YEAR)


class MinutesCard(ChartCard):
    """Minutes per week, month or year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Weeks at first."""
        words = (texts.tr("Week"), texts.tr("Month"), texts.tr("Year"))
        self._spans = Segment(texts.tr("One bar for each"), words)
        super().__init__(chart_words.bars_title(Span.WEEK), self._spans, parent)
        self._overview: Overview | None = None
        self.chart = BarChart(chart_words.bars_title(Span.WEEK))
        self.column.addWidget(self.chart, 1)
        self._spans.picked.connect(self._on_spans_picked)

    def show_overview(self, overview: Overview) -> None:
        """Show its bars."""
        self._overview = overview
        span = _SPANS[self._spans.chosen()]
        periods = {Span.WEEK: overview.weeks, Span.MONTH: overview.months, Span.YEAR: overview.years}[span]
        title = chart_words.bars_title(span)
        self.set_title(title)
        self.chart.show_bars(title, _bars(span, periods), chart_words.bars_summary(span, periods))
        self.caption.setText(chart_words.bars_caption(span, len(self.chart.bars())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many bars as there is room for, and the caption counts them."""
        super().resizeEvent(event)
        self.caption.setText(chart_words.bars_caption(_SPANS[self._spans.chosen()], len(self.chart.bars())))

    @Slot(QAbstractButton)
    def _on_spans_picked(self, _button: QAbstractButton) -> None:
        if self._overview is not None:
            self.show_overview(self._overview)


def _bars(span: Span, periods: Sequence[Period]) -> tuple[Bar, ...]:
    last = len(periods) - 1
    return tuple(
        Bar(
            each.sums.minutes,
            chart_words.bar_label(span, each, now=number == last),
            history_words.period(span, each),
            number == last,
        )
        for number, each in enumerate(periods)
    )


class AreasCard(ChartCard):
    """Minutes per area of the body."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(texts.tr("Time per area"), parent=parent)
        self.caption.setText(texts.tr("All sessions"))
        self.chart = AreaBars(texts.tr("Time per area"))
        self.column.addWidget(self.chart)
        self.column.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        """Show its areas."""
        longest = max((area.sums.done_ms for area in overview.areas), default=0)
        rows = tuple(
            AreaRow(
                texts.area(each.area),
                chart_words.area_value(each),
                each.sums.done_ms / longest if longest else 0.0,
                chart_words.area_name(each),
            )
            for each in overview.areas
        )
        self.chart.show_rows(rows, chart_words.areas_summary(overview.areas))


class ScaleChoice(Choice):
    """Which rating is looked at; hidden while there is but one."""

    scale_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(texts.tr("Rating"), parent)
        self._scales: tuple[str, ...] = ()
        self.activated.connect(self._on_activated)
        self.hide()

    def show_scales(self, scales: tuple[str, ...], chosen: str) -> None:
        """Offer these."""
        if scales != self._scales:
            self._scales = scales
            self.clear()
            self.addItems([history_words.scale_name(scale) for scale in scales])
        if chosen in scales:
            self.setCurrentIndex(scales.index(chosen))
        self.setVisible(len(scales) > 1)

    @Slot(int)
    def _on_activated(self, number: int) -> None:
        self.scale_picked.emit(self._scales[number])


class ChangeCard(ChartCard):
    """Ratings before and after, an area a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with the sentence for no ratings."""
        self.scales = ScaleChoice()
        super().__init__(texts.tr("Change by area"), self.scales, parent)
        self.chart = ChangeChart(texts.tr("Change by area"))
        self._legend = ChangeLegend()
        self._note = Label(style=TextStyle.CAPTION, tone="text2")
        self.caption.setText(texts.tr("Average rating, 0 to 10"))
        self.column.addWidget(self._legend)
        self.column.addWidget(self.chart)
        self.column.addWidget(self._note)
        self.column.addStretch(1)

    def show_answer(self, answer: ScaleAnswer | None) -> None:
        """Show its areas; a sentence while nothing was rated."""
        rated = answer is not None and answer.on_mat.rated > 0
        self._legend.setVisible(rated)
        self.caption.setVisible(rated)
        self.chart.setVisible(rated)
        if answer is None or not rated:
            self._note.setText(chart_words.no_ratings())
            return
        title = chart_words.change_title(answer.scale_id)
        self.set_title(title)
        areas = [each for each in answer.areas if each.change.rated]
        self.chart.show_rows(title, tuple(map(_area_row, areas)), chart_words.change_summary(areas))
        self._note.setText(chart_words.describes())


def _area_row(each: AreaChange) -> ChangeRow:
    average = each.change.average
    title, detail = texts.area(each.area), chart_words.change_detail(each.change)
    name = history_words.area_change(each.area, each.change)
    if average is None:
        return ChangeRow(title, detail, name, words=chart_words.too_few())
    change = chart_words.points(average.change)
    return ChangeRow(title, detail, name, average.before, average.after, change)


def dot_rows(dots: Sequence[Dot]) -> tuple[ChangeRow, ...]:
    """Single sessions as rows, the newest first."""
    return tuple(
        ChangeRow(
            chart_words.dot_title(dot),
            texts.area(dot.area),
            chart_words.dot_name(dot),
            float(dot.before),
            float(dot.after),
            texts.change(dot.after - dot.before),
        )
        for dot in reversed(dots)
    )


class BeforeCard(ChartCard):
    """The ratings before, over the weeks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with the sentence for no ratings."""
        super().__init__(texts.tr("Before a session"), parent=parent)
        self.chart = BeforeChart(texts.tr("Before a session"))
        self._note = Label(chart_words.no_ratings(), TextStyle.CAPTION, "text2")
        self.column.addWidget(self._note)
        self.column.addWidget(self.chart, 1)
        self.column.addStretch(0)

    def show_answer(self, answer: ScaleAnswer | None, overview: Overview) -> None:
        """Show its weeks, from the first with a rating on to the present one."""
        shown = answer is not None and bool(answer.before)
        self._note.setVisible(not shown)
        self.chart.setVisible(shown)
        self.caption.setVisible(shown)
        if answer is None or not answer.before:
            return
        title = chart_words.before_title(answer.scale_id)
        self.set_title(title)
        self.caption.setText(chart_words.before_caption(answer))
        means = {point.start: point for point in answer.before}
        start, last, weeks = answer.before[0].start, overview.weeks[-1].start, []
        while start <= max(last, answer.before[-1].start):
            point = means.get(start)
            label = chart_words.week_label(QDate(start.year, start.month, start.day))
            name = history_words.before_point(point) if point else ""
            weeks.append(Week(label, name, point.mean if point else None))
            start += timedelta(days=7)
        line = answer.before_trend
        trend = (line.first, line.last) if line is not None else None
        self.chart.show_weeks(title, tuple(weeks), trend, chart_words.before_summary(answer.before))


class ChangeLegend(QWidget):
    """Hollow is before, solid is after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Both words."""
        super().__init__(parent)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(u(14))
        row.addWidget(_LegendMark(texts.tr("before"), hollow=True))
        row.addWidget(_LegendMark(texts.tr("after"), hollow=False))
        row.addStretch(1)


class _LegendMark(Label):
    """A mark and its word."""

    def __init__(self, words: str, *, hollow: bool) -> None:
        super().__init__(words, TextStyle.CAPTION, "text2", wrap=False)
        self._hollow = hollow
        self.setIndent(u(18))

    def sizeHint(self) -> QSize:
        """Room for the mark."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), u(16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark before the word."""
        super().paintEvent(event)
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self.width() - u(7) if self.isRightToLeft() else u(7)
        centre = QPointF(x, self.height() / 2)
        if self._hollow:
            painter.setPen(QPen(QColor(colours.before), max(2.0, u(2.2))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, u(4.6), u(4.6))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(centre, u(5.5), u(5.5))
