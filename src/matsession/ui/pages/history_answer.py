"""The card "Does it help me?": what the person's own ratings can say, and what they cannot."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import chart_words, history_words, texts
from matsession.app.history_overview import ScaleAnswer
from matsession.app.preset_library import PresetLibrary
from matsession.ui.pages.history_charts import ChangeLegend, ScaleChoice, dot_rows
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.change_chart import ChangeChart
from matsession.ui.widgets.chart_card import ChartCard
from matsession.ui.widgets.label import Label

_NONE = ""


class AnswerCard(ChartCard):
    """The sentence, how many were rated, the rest without a mat, presets with enough, and single sessions."""

    def __init__(self, presets: PresetLibrary, parent: QWidget | None = None) -> None:
        """``presets`` tells what a preset is called."""
        self.scales = ScaleChoice()
        super().__init__(texts.tr("Does it help me?"), self.scales, parent)
        self._presets = presets
        self._sentence = Label()
        self._mark = Label(tone="text2")
        self._without = Label(tone="text2")
        self._by_preset = Label(tone="text2")
        self._legend = ChangeLegend()
        self._dots = ChangeChart(chart_words.dots_title())
        self._more = Button(
            texts.tr("Show single sessions"),
            ButtonKind.SECONDARY,
            small=True,
            texts_to_come=(texts.tr("Hide single sessions"),),
        )
        self._opened = False
        self._answer: ScaleAnswer | None = None
        for each in (self._sentence, self._mark, self._without, self._by_preset):
            self.column.addWidget(each)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self._legend)
        self.column.addWidget(self._dots)
        self._more.clicked.connect(self._on_more_clicked)

    def show_answer(self, answer: ScaleAnswer | None) -> None:
        """Say what can be said of this scale."""
        self._answer = answer
        self.caption.setVisible(answer is not None)
        if answer is None:
            self._sentence.setText(chart_words.no_ratings())
            for each in (self._mark, self._without, self._by_preset, self._more, self._legend, self._dots):
                each.hide()
            return
        self.caption.setText(history_words.rated_on(answer.scale_id, answer.on_mat))
        self._sentence.setText(history_words.answer(answer.scale_id, answer.on_mat))
        _tell(self._mark, history_words.important_change(answer.on_mat))
        _tell(self._without, history_words.without_mat(answer.without_mat))
        _tell(self._by_preset, self._preset_words(answer))
        self._show_dots()

    def _preset_words(self, answer: ScaleAnswer) -> str:
        """Each preset with enough ratings by itself; nothing where there is but one, which says the same."""
        if len(answer.presets) < 2:
            return _NONE
        lines = [
            history_words.preset_change(self._preset_name(each.preset_id), each.change)
            for each in answer.presets
        ]
        return "\n".join(lines)

    def _preset_name(self, preset_id: str) -> str:
        preset = self._presets.find(preset_id)
        return preset_id if preset is None else preset.name

    def _show_dots(self) -> None:
        answer = self._answer
        if answer is None:
            return
        few = answer.on_mat.average is None  # dots only: there is no average to show instead
        self._more.setVisible(not few and bool(answer.dots))
        self._more.show_text(
            texts.tr("Hide single sessions") if self._opened else texts.tr("Show single sessions"), None
        )
        shown = bool(answer.dots) and (few or self._opened)
        self._legend.setVisible(shown)
        self._dots.setVisible(shown)
        rows = dot_rows(answer.dots) if shown else ()
        self._dots.show_rows(chart_words.dots_title(), rows, history_words.rated(answer.on_mat))

    @Slot()
    def _on_more_clicked(self) -> None:
        self._opened = not self._opened
        self._show_dots()


def _tell(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
