"""The right card of the session page: how long, in which steps, and how it is now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.domain.body import BodyArea
from matsession.domain.order import PREPARATION_MAX_S
from matsession.domain.plan import Plan, PlanOptions, compile_plan
from matsession.domain.preset import Preset
from matsession.ui.models.step_rows import StepRows
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.stepper import LengthStepper
from matsession.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from matsession.app.mat_shelf import MatShelf
    from matsession.ui.pages.mat_line import MatLine

_PREPARATIONS_S = tuple(range(0, PREPARATION_MAX_S + 1, 10))
_BESIDE_PX = 280


class PlanCard(Card):
    """Length or open end, time to settle in, the steps that come of it, and a rating before."""

    changed = Signal()
    """Length, open end or time to settle in is another."""

    def __init__(
        self, presets: PresetLibrary, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        """Lay out presets with the guidance of ``presets``; begin with what ``preferences`` remember."""
        super().__init__(texts.tr("Plan"), parent)
        self._guidance = presets.guidance
        self._shelf: MatShelf | None = None
        self._mat: MatLine | None = None
        self._preferences = preferences
        self._preset: Preset | None = None
        self._plan: Plan | None = None
        self._chosen_s: dict[str, int] = {}
        self._chosen_open: dict[str, bool] = {}
        self._usual_preparation_s: int | None = None
        """While a preset with a time of its own is shown: what was chosen for all others."""
        self._build()
        self._connect()
        if presets.mats is not None:
            self.watch(presets.mats)

    def _build(self) -> None:
        self._title = Label(style=TextStyle.H2)
        self._summary = Label(tone="text2")
        self._brings = Label(style=TextStyle.CAPTION, tone="text2")
        self._brings.hide()
        self._length = LengthStepper(texts.tr("Length"), minutes=True)
        self._preparation = LengthStepper(texts.tr("Time to settle in"), minutes=False)
        self._preparation.offer(_PREPARATIONS_S, self._preferences.settings.preparation_s)
        self._longest = Label(wrap=False)
        self._longest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._how_long = QStackedWidget()  # the length that is chosen, or the longest there is
        self._how_long.setSizePolicy(self._length.sizePolicy())
        self._how_long.addWidget(self._length)
        self._how_long.addWidget(self._longest)
        self._choices: list[QBoxLayout] = []
        for words, stepper, place in (
            (texts.tr("Length"), self._length, self._how_long),
            (texts.tr("Time to settle in"), self._preparation, self._preparation),
        ):
            label = Label(words)
            label.setBuddy(stepper)
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(u(4))
            line.addWidget(label, 1)
            line.addWidget(place)
            self._choices.append(line)
        self._open_end = Switch(texts.tr("Open end"))
        self._open_row = SettingRow(texts.tr("Open end: you say when"), self._open_end)
        self._open_row.setMinimumHeight(u(36))
        self._steps = StepRows(self)
        self._list = RowList(texts.tr("Steps"), self._steps, 26)
        self._list.set_scrolling(False)
        self._question = Label(style=TextStyle.LABEL)
        optional = Label(texts.tr("optional"), TextStyle.CAPTION, "text3", wrap=False)
        asked = QHBoxLayout()
        asked.addWidget(self._question, 1)
        asked.addWidget(optional)
        self._scale = RatingScale(large=False, before=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._summary)
        self.column.addWidget(self._brings)
        length, preparation = self._choices
        self.column.addLayout(length)
        self.column.addWidget(self._open_row)
        self.column.addLayout(preparation)
        self.column.addWidget(_rule())
        self.column.addWidget(self._list)
        self.column.addWidget(_rule())
        self.column.addLayout(asked)
        self.column.addWidget(self._scale)
        self.column.addStretch(1)
        self._optional = optional

    def _connect(self) -> None:
        self._length.valueChanged.connect(self._on_length_changed)
        self._open_end.toggled.connect(self._on_open_end_toggled)
        self._preparation.valueChanged.connect(self._on_preparation_changed)
        self._preferences.changed.connect(self._on_preferences_changed)

    def watch(self, shelf: "MatShelf") -> None:
        """Offer the mats on this one, if there are several."""
        if self._shelf is None:
            self._shelf = shelf
            shelf.changed.connect(self._offer_mats)
            self._offer_mats()

    @Slot()
    def _offer_mats(self) -> None:
        """A line for the mat, once there is something to choose; not for a rest without one."""
        wanted = self._shelf is not None and len(self._shelf.mats) > 1
        wanted = wanted and (self._preset is None or self._preset.area is not BodyArea.NONE)
        if wanted and self._mat is None and self._shelf is not None:
            from matsession.ui.pages.mat_line import MatLine

            self._mat = MatLine(self._shelf)
            self.column.insertWidget(self.column.indexOf(self._choices[1]) + 1, self._mat)
            self._mat.follow(self._preparation)
        if self._mat is not None:
            self._mat.setVisible(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stands beside its name, or below it."""
        super().resizeEvent(event)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for line in self._choices:
            line.setDirection(right if self.width() >= u(_BESIDE_PX) else down)

    # -- what is chosen ------------------------------------------------------------------------------

    def show_preset(self, preset: Preset | None) -> None:
        """Plan this preset, with the length or the open end last chosen for it."""
        self._preset = preset
        self._offer_preparation(preset)
        self.setEnabled(preset is not None)
        if preset is None:
            self._plan = None
            self._title.setText(texts.tr("There is no preset to choose."))
            self._summary.setText("")
            self._steps.show_plan(None)
            return
        remembered_s = self._preferences.settings.length_s(preset.id, preset.suggested_s)
        wanted_s = self._chosen_s.get(preset.id, remembered_s)
        self._length.blockSignals(True)
        self._length.offer(preset.offered_lengths_s(), wanted_s)
        self._length.blockSignals(False)
        self._open_row.setVisible(preset.may_wait)
        self._offer_mats()
        self._longest.setText(texts.tr("up to {time}").format(time=texts.length(preset.max_total_s)))
        remembered = self._chosen_open.get(preset.id, self._preferences.settings.open_end(preset.id))
        self._open_end.show_checked(preset.may_wait and remembered)
        widest = max(self._length.needed_width(), self._preparation.needed_width())
        self._length.setMinimumWidth(widest)
        self._preparation.setMinimumWidth(widest)
        self._title.setText(preset.name)
        self._summary.setText(preset.summary)
        self._summary.setVisible(bool(preset.summary))
        count = preset.session.own_count()
        brings = (
            texts.tr("Has 1 setting of its own.")
            if count == 1
            else texts.tr("Has {count} settings of its own.")
        )
        self._brings.setText(brings.format(count=count))
        self._brings.setVisible(count > 0)
        scale = self._guidance.scale(preset.rating)
        for widget in (self._question, self._optional, self._scale):
            widget.setVisible(scale is not None)
        if scale is not None:
            self._question.setText(scale.question)
            self._scale.set_question(scale)
        self._scale.set_rating(None)  # another preset asks another question
        self._lay_out()

    def length_s(self) -> int:
        """The length chosen."""
        return self._length.value()

    def choose_length(self, length_s: int) -> None:
        """Choose this length, and an end."""
        if self._preset is None:
            return
        self._chosen_s[self._preset.id] = length_s
        self._chosen_open[self._preset.id] = False
        rating = self._scale.rating()
        self.show_preset(self._preset)
        self._scale.set_rating(rating)

    def open_end(self) -> bool:
        """Whether the person says when it ends; the length is passed over then."""
        return self._open_end.isChecked()

    def preparation_s(self) -> int:
        """The time to settle in."""
        return self._preparation.value()

    def rating(self) -> int | None:
        """The rating before, if one was given."""
        return self._scale.rating()

    def forget_rating(self) -> None:
        """The next session asks anew."""
        self._scale.set_rating(None)

    def _offer_preparation(self, preset: Preset | None) -> None:
        """The time to settle in of this preset, where it has one of its own; else the one for all."""
        own_s = preset.session.preparation_s if preset is not None else None
        shown_s = self._preparation.value()
        if own_s is not None:
            if self._usual_preparation_s is None:
                self._usual_preparation_s = shown_s
            shown_s = own_s
        elif self._usual_preparation_s is not None:
            shown_s, self._usual_preparation_s = self._usual_preparation_s, None
        self._preparation.blockSignals(True)
        self._preparation.setValue(shown_s)
        self._preparation.blockSignals(False)

    def _lay_out(self) -> None:
        assert self._preset is not None
        self._how_long.setCurrentIndex(1 if self.open_end() else 0)
        options = PlanOptions(open_ended=self.open_end())
        self._plan = compile_plan(self._preset, self._length.value(), self._guidance, options)
        self._steps.show_plan(self._plan)
        self._list.updateGeometry()
        self.changed.emit()

    @Slot()
    def _on_length_changed(self) -> None:
        if self._preset is not None:
            self._chosen_s[self._preset.id] = self._length.value()
            self._lay_out()

    @Slot(bool)
    def _on_open_end_toggled(self, checked: bool) -> None:
        if self._preset is not None:
            self._chosen_open[self._preset.id] = checked
            self._lay_out()

    @Slot()
    def _on_preparation_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_preferences_changed(self) -> None:
        if self._usual_preparation_s is not None:
            self._usual_preparation_s = self._preferences.settings.preparation_s
        else:
            self._preparation.setValue(self._preferences.settings.preparation_s)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("Rule")
    return rule
