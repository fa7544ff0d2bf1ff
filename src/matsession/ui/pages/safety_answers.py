"""What a person says is true for them: boxes to tick, in groups, with what follows from each."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import suitability_words, texts
from matsession.app.preset_library import PresetLibrary
from matsession.app.setting_changes import SettingChanges
from matsession.domain.guidance import Caution, CautionLevel
from matsession.domain.suitability import asked
from matsession.ui.drawing import FOCUS_ROOM
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.check_box import CheckBox
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.point_list import PointList

_TEXT_LEFT = 24 + 2 * FOCUS_ROOM + 12
"""Where the words beside a box begin."""


class SafetyAnswers(QWidget):
    """In force as soon as it is ticked. Nothing has to be."""

    def __init__(
        self, presets: PresetLibrary, changes: SettingChanges, parent: QWidget | None = None
    ) -> None:
        """The cautions are those of ``presets``; the answers are settings."""
        super().__init__(parent)
        self._presets = presets
        self._changes = changes
        self._answers: list[_Answer] = []
        self._build()
        presets.changed.connect(self._refresh)
        changes.preferences.changed.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(12))
        cautions = asked(self._presets.guidance)
        for level, words in (
            (CautionLevel.DO_NOT_USE, texts.tr("Then the mat, or that place, is not for you")),
            (CautionLevel.ASK_FIRST, texts.tr("Then ask your doctor first")),
            (CautionLevel.URGENT, texts.tr("Then get medical help")),
        ):
            of_level = [each for each in cautions if each.level is level]
            if of_level:
                column.addWidget(self._group(words, of_level))
        self._told = Label(tone="text2")
        column.addWidget(self._told)
        notes = [
            each
            for each in self._presets.guidance.cautions
            if not each.asked and each.level is not CautionLevel.GROUP
        ]
        if notes:
            column.addWidget(Heading(texts.tr("For everybody"), TextStyle.H3))
            points = PointList()
            column.addWidget(points)  # first: else it would be a window of its own for a moment
            points.show_points(
                [f"{each.title}. {each.text}" for each in notes],
                [texts.source_remark(each) for each in notes],
            )

    def _group(self, words: str, cautions: list[Caution]) -> Card:
        card = Card(words)
        card.column.setContentsMargins(u(14), u(14), u(14), u(10))
        card.column.setSpacing(u(2))
        title = Heading(words, TextStyle.H3)
        title.setContentsMargins(u(FOCUS_ROOM), 0, 0, u(4))
        card.column.addWidget(title)
        answers = [_Answer(each) for each in cautions]
        for answer in answers:
            answer.turned.connect(self._on_answer_turned)
            card.column.addWidget(answer)
        # What is urgent is always read in full.
        if cautions[0].level is CautionLevel.URGENT:
            for answer in answers:
                answer.show_details(True)
        else:
            card.column.addWidget(_Details(answers), 0, Qt.AlignmentFlag.AlignLeft)
        self._answers += answers
        return card

    def focus_first(self) -> bool:
        """Begin at the first box; whether there is one."""
        if self._answers:
            self._answers[0].focus()
        return bool(self._answers)

    @Slot()
    def _refresh(self) -> None:
        true = self._changes.settings.answers
        for answer in self._answers:
            answer.show_checked(answer.caution.id in true)
        self._told.setText(suitability_words.consequence(self._presets))

    @Slot(str, bool)
    def _on_answer_turned(self, caution_id: str, true: bool) -> None:
        before = self._changes.settings.true_for_me
        others = {each: said for each, said in before.items() if each != caution_id}
        self._changes.change(true_for_me={**others, caution_id: True} if true else others)


class _Answer(QWidget):
    """One box; what the caution says stands below once it is ticked, or on request."""

    turned = Signal(str, bool)

    def __init__(self, caution: Caution) -> None:
        super().__init__()
        self.caution = caution
        self._detailed = False
        self._box = CheckBox(suitability_words.answer(caution))
        self._box.setAccessibleDescription(
            texts.tr("True for me. {text}").format(text=f"{caution.text} {texts.source_remark(caution)}")
        )
        self._text = Label(caution.text, tone="text2")
        self._remark = Label(texts.source_remark(caution), TextStyle.CAPTION, "text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._box)
        for label in (self._text, self._remark):
            label.setContentsMargins(u(_TEXT_LEFT), 0, 0, u(4))
            column.addWidget(label)
        self._box.toggled.connect(self._on_box_toggled)
        self._show_text()

    def focus(self) -> None:
        """Take the keys."""
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_checked(self, checked: bool) -> None:
        """Show whether it is true; nothing is told."""
        if self._box.isChecked() is not checked:
            self._box.blockSignals(True)
            self._box.setChecked(checked)
            self._box.blockSignals(False)
            self._box.update()
            self._show_text()

    def show_details(self, shown: bool) -> None:
        """With the text of the caution, ticked or not."""
        self._detailed = shown
        self._show_text()

    def _show_text(self) -> None:
        shown = self._detailed or self._box.isChecked()
        self._text.setVisible(shown)
        self._remark.setVisible(shown and bool(self._remark.text()))

    @Slot(bool)
    def _on_box_toggled(self, checked: bool) -> None:
        self._show_text()
        self.turned.emit(self.caution.id, checked)


class _Details(Button):
    """Folds the texts of a group out and in."""

    def __init__(self, answers: list[_Answer]) -> None:
        super().__init__(
            texts.tr("Show details"),
            ButtonKind.QUIET,
            small=True,
            texts_to_come=(texts.tr("Hide details"),),
        )
        self._answers = answers
        self._shown = False
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self._shown = not self._shown
        for answer in self._answers:
            answer.show_details(self._shown)
        self.show_text(texts.tr("Hide details") if self._shown else texts.tr("Show details"), None)
