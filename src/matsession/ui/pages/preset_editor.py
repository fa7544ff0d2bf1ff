"""The preset that is open, from top to bottom: what it is, its steps, its lengths, and its settings."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_editing import PresetEditing
from matsession.app.voice import Voice
from matsession.domain.body import BodyArea, Position
from matsession.domain.guidance import AskedWhen, Guidance, StepKind
from matsession.domain.preset import LINES_MAX, NAME_MAX, TEXT_MAX
from matsession.domain.preset_edit import (
    PresetDraft,
    Problem,
    lacks_check,
    lengths_at,
    limits,
    natural_limits,
)
from matsession.domain.preset_settings import PresetSettings
from matsession.ui.drawing import Sign
from matsession.ui.pages.preset_settings_form import PresetSettingsForm
from matsession.ui.pages.step_list import StepList
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.field import DraftField, DraftLines, DraftText, Field
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import rule
from matsession.ui.widgets.step_bar import StepBar
from matsession.ui.widgets.stepper import LengthStepper

_BESIDE_PX = 440
_TIGHT_PX = 340


class PresetEditor(Card):
    """Shows what is in ``editing``, and tells it every change at once."""

    say_wished = Signal(str)
    """A line that is to be heard."""

    def __init__(
        self,
        editing: PresetEditing,
        guidance: Guidance,
        preferences: Preferences,
        voice: Voice,
        parent: QWidget | None = None,
    ) -> None:
        """``preferences`` are what "As in Settings" means."""
        super().__init__(texts.tr("Preset"), parent)
        self._editing = editing
        self._guidance = guidance
        self._preferences = preferences
        self._preview_s: int | None = None
        self._shown_id = ""
        self._build(voice)
        self._connect()
        self.refresh()

    def _build(self, voice: Voice) -> None:
        self._name = DraftField(texts.tr("Name"))
        self._name.setMaxLength(NAME_MAX)
        self._name.setAcceptDrops(False)  # a file that is dropped is for the page
        self._name_field = Field(texts.tr("Name"), self._name)
        self._area = SettingChoice(texts.tr("Area"))
        self._area.offer([(each, texts.area(each)) for each in BodyArea], BodyArea.FULL_BACK)
        self._position = SettingChoice(texts.tr("Position"))
        positions = [(each, texts.position(each)) for each in Position]
        self._position.offer([(None, texts.tr("Not said")), *positions], None)
        self._rating = SettingChoice(texts.tr("Question before and after"))
        scales = [
            (each.id, each.question) for each in self._guidance.scales if each.when is AskedWhen.BEFORE_AFTER
        ]
        self._rating.offer([("", texts.tr("No question")), *scales], "")
        self._summary = DraftText(texts.tr("What it is"), TEXT_MAX, 4)
        self._setup = DraftLines(texts.tr("Checklist before the session"), LINES_MAX * 200, 4)
        self._after = DraftText(texts.tr("What to read afterwards"), TEXT_MAX, 3)
        self._title = Heading(texts.tr("Steps"), TextStyle.H3)
        self._in_all = Label(tone="text2")
        self._add = Button(texts.tr("Add step"), ButtonKind.QUIET, Sign.PLUS)
        self._bar = StepBar(texts.tr("Steps as they share the time"))
        self._preview = LengthStepper(texts.tr("Shown as in a session of"), minutes=True)
        self._preview_words = Label(texts.tr("Shown as in a session of"), tone="text2")
        self._preview_words.setBuddy(self._preview)
        self._error = Label(tone="danger")
        self._caution = Label(tone="warn")
        self._add_check = Button(texts.tr("Add a check-in"), ButtonKind.QUIET, Sign.PLUS)
        self._steps = StepList(self._guidance)
        self._shortest = LengthStepper(texts.tr("Shortest session"), minutes=True)
        self._usual = LengthStepper(texts.tr("Usual length"), minutes=True)
        self._longest = LengthStepper(texts.tr("Longest session"), minutes=True)
        self._more = Button(
            texts.tr("Settings of this preset"),
            ButtonKind.QUIET,
            Sign.SETTINGS,
            texts_to_come=(texts.tr("Hide the settings"),),
        )
        self._more_words = Label(style=TextStyle.CAPTION, tone="text2")
        self._form = PresetSettingsForm(voice)
        self._pairs: list[QBoxLayout] = []
        column = self.column
        column.setSpacing(u(12))
        column.addWidget(self._name_field)
        column.addLayout(
            self._row(Field(texts.tr("Area"), self._area), Field(texts.tr("Position"), self._position))
        )
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(8))
        self._head.addWidget(self._title)
        self._head.addWidget(self._in_all, 1)
        self._head.addWidget(self._add)
        column.addLayout(self._head)
        column.addWidget(self._bar)
        self._preview_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._preview_line.setSpacing(u(8))
        self._preview_line.addWidget(self._preview_words, 1)
        self._preview_line.addWidget(self._preview)
        column.addLayout(self._preview_line)
        column.addWidget(self._error)
        column.addWidget(self._caution)
        line = QHBoxLayout()
        line.addWidget(self._add_check)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._steps)
        column.addWidget(rule())
        self._lengths = lengths = self._row(
            Field(texts.tr("Shortest session"), self._shortest), Field(texts.tr("Usual length"), self._usual)
        )
        lengths.addWidget(Field(texts.tr("Longest session"), self._longest), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(lengths)
        column.addWidget(rule())
        column.addWidget(Field(texts.tr("Question before and after"), self._rating))
        column.addWidget(Field(texts.tr("What it is"), self._summary))
        hint = texts.tr("One point in each line.")
        column.addWidget(Field(texts.tr("Checklist before the session"), self._setup, hint))
        column.addWidget(Field(texts.tr("What to read afterwards"), self._after))
        column.addWidget(rule())
        line = QHBoxLayout()
        line.addWidget(self._more)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._more_words)
        column.addWidget(self._form)
        self._form.hide()

    def _row(self, first: QWidget, second: QWidget) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(u(14))
        row.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(second, 1, Qt.AlignmentFlag.AlignTop)
        self._pairs.append(row)
        return row

    def _connect(self) -> None:
        self._editing.changed.connect(self.refresh)
        self._preferences.changed.connect(self.refresh)
        self._name.textEdited.connect(self._on_name_edited)
        self._area.chosen.connect(self._on_area_chosen)
        self._position.chosen.connect(self._on_position_chosen)
        self._rating.chosen.connect(self._on_rating_chosen)
        self._summary.edited.connect(self._on_summary_edited)
        self._setup.lines_edited.connect(self._on_setup_edited)
        self._after.edited.connect(self._on_after_edited)
        self._add.clicked.connect(self._on_add_clicked)
        self._add_check.clicked.connect(self._on_add_check_clicked)
        self._bar.step_chosen.connect(self._on_bar_step_chosen)
        self._preview.valueChanged.connect(self._on_preview_changed)
        self._steps.edited.connect(self._editing.change)
        self._steps.opened_changed.connect(self.refresh)
        self._steps.say_wished.connect(self.say_wished)
        self._shortest.valueChanged.connect(self._on_shortest_changed)
        self._usual.valueChanged.connect(self._on_usual_changed)
        self._longest.valueChanged.connect(self._on_longest_changed)
        self._more.clicked.connect(self._on_more_clicked)
        self._form.edited.connect(self._on_form_edited)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def bar(self) -> StepBar:
        """The bar of steps, which shows how far a try has come."""
        return self._bar

    @property
    def steps(self) -> StepList:
        """The list of steps."""
        return self._steps

    def focus_first(self) -> None:
        """Begin at the name, which is written over where the preset is new."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._editing.new:
            self._name.selectAll()

    def preview_s(self) -> int | None:
        """The length that is shown; None: as it is written."""
        return self._preview_s

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it is now."""
        draft = self._editing.draft
        if draft is None:
            return
        if draft.base.id != self._shown_id:
            self._shown_id, self._preview_s = draft.base.id, None
            self._steps.open_step(None)
        writable = not self._editing.read_only
        problems = self._editing.problems()
        self._show_head(draft, problems, writable=writable)
        self._show_lengths(draft, writable=writable)
        shown_s = self._preview_s if self._preview_s is not None else draft.written_s
        lengths_s = lengths_at(draft, shown_s)
        self._steps.heed(self._preferences.settings.answers)
        self._steps.show_draft(draft, lengths_s, problems, writable=writable)
        spoken = [
            f"{step.name} {texts.spoken_length(length_s)}"
            for step, length_s in zip(draft.steps, lengths_s, strict=True)
        ]
        self._bar.show_lengths(lengths_s, self._steps.opened, ", ".join(spoken))
        count = draft.session.own_count()
        told = texts.tr("All as in Settings.")
        if count:
            told = (
                texts.tr("1 setting of its own.") if count == 1 else texts.tr("{count} settings of its own.")
            )
        self._more_words.setText(told.format(count=count))
        if not self._form.isHidden():
            self._form.show_settings(draft.session, self._preferences.settings, writable=writable)

    def _show_head(self, draft: PresetDraft, problems: tuple[Problem, ...], *, writable: bool) -> None:
        self.setAccessibleName(texts.tr("Preset {preset}").format(preset=draft.name))
        if self._name.text() != draft.name:
            self._name.setText(draft.name)
            self._name.setCursorPosition(0)
        self._name_field.tell(
            next((words.problem(each) for each in problems if each.field == "name" and each.step is None), "")
        )
        self._area.setCurrentIndex(list(BodyArea).index(draft.area))
        self._position.setCurrentIndex(max(0, self._position.findData(draft.position)))
        self._rating.setCurrentIndex(max(0, self._rating.findData(draft.rating)))
        self._summary.show_text(draft.summary.replace("\n", " "))
        self._setup.show_lines(draft.setup)
        self._after.show_text(draft.after.replace("\n", " "))
        self._in_all.setText(words.steps_in_all(draft))
        told = [words.problem(each) for each in problems if each.field != "name" or each.step is not None]
        self._error.setText(" ".join(told))
        self._error.setVisible(bool(told))
        self._steps.setAccessibleDescription(self._error.text())
        lacking = writable and lacks_check(draft)
        self._caution.setText(words.no_check() if lacking else "")
        self._caution.setVisible(lacking)
        self._add_check.setVisible(lacking)
        self._add.setVisible(writable)
        self._name.setReadOnly(not writable)
        for text in (self._summary, self._setup, self._after):
            text.setReadOnly(not writable)
        for each in (self._area, self._position, self._rating):
            each.setEnabled(writable)

    def _show_lengths(self, draft: PresetDraft, *, writable: bool) -> None:
        own, now = natural_limits(draft.steps), limits(draft)
        for stepper, lowest_s, highest_s, wish_s in (
            (self._shortest, own.shortest_s, own.usual_s, now.shortest_s),
            (self._usual, now.shortest_s, now.longest_s, now.usual_s),
            (self._longest, own.usual_s, own.longest_s, now.longest_s),
            (self._preview, now.shortest_s, now.longest_s, self._preview_s or draft.written_s),
        ):
            stepper.blockSignals(True)
            value_s = max(lowest_s, min(highest_s, wish_s))
            stepper.offer(_minutes(lowest_s, highest_s, value_s), value_s)
            stepper.blockSignals(False)
            stepper.setEnabled((writable or stepper is self._preview) and lowest_s < highest_s)
        if self._preview_s is not None:
            self._preview_s = self._preview.value()
        self._fit_lengths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields beside each other, or below."""
        super().resizeEvent(event)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        beside = self.width() >= u(_BESIDE_PX)
        for pair in (*self._pairs, self._preview_line, self._head):
            pair.setDirection(right if beside else down)
        edge = u(20 if beside else 12 if self.width() >= u(_TIGHT_PX) else 8)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self._fit_lengths()

    def _fit_lengths(self) -> None:
        """The three lengths stand beside each other only where all of each has room, with large text too."""
        steppers = (self._shortest, self._usual, self._longest)
        needed = 3 * max(each.needed_width() for each in steppers) + 2 * self._lengths.spacing()
        edges = self.column.contentsMargins()
        beside = needed <= self.width() - edges.left() - edges.right()
        self._lengths.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    # -- what a person does ------------------------------------------------------------------------------

    def _change(self, what: str, **values: object) -> None:
        draft = self._editing.draft
        if draft is not None:
            self._editing.change(replace(draft, **values), what)  # type: ignore[arg-type]  # each slot knows its own

    @Slot(str)
    def _on_name_edited(self, text: str) -> None:
        self._change("name", name=text)

    @Slot(object)
    def _on_area_chosen(self, area: BodyArea) -> None:
        self._change("area", area=BodyArea(area))

    @Slot(object)
    def _on_position_chosen(self, position: Position | None) -> None:
        self._change("position", position=position and Position(position))

    @Slot(object)
    def _on_rating_chosen(self, scale_id: str) -> None:
        self._change("rating", rating=scale_id)

    @Slot(str)
    def _on_summary_edited(self, text: str) -> None:
        self._change("summary", summary=text)

    @Slot(object)
    def _on_setup_edited(self, lines: tuple[str, ...]) -> None:
        self._change("setup", setup=lines)

    @Slot(str)
    def _on_after_edited(self, text: str) -> None:
        self._change("after", after=text)

    @Slot()
    def _on_add_clicked(self) -> None:
        self._add_step(texts.tr("New step"), StepKind.REST)

    @Slot()
    def _on_add_check_clicked(self) -> None:
        self._add_step(texts.tr("How does it feel?"), StepKind.CHECK)

    def _add_step(self, name: str, kind: StepKind) -> None:
        draft = self._editing.draft
        if draft is None:
            return
        at = self._place_for(draft, kind)
        self._editing.change(draft.with_new_step(at, name, kind))
        self._steps.open_step(at)

    def _place_for(self, draft: PresetDraft, kind: StepKind) -> int:
        """After the step that is open, else before the way back; a check-in never after it."""
        opened = self._steps.opened
        back = next(
            (n for n, step in enumerate(draft.steps) if step.kind is StepKind.RETURN), len(draft.steps)
        )
        if opened is None or (kind is StepKind.CHECK and opened >= back):
            return back
        return opened + 1

    @Slot(int)
    def _on_bar_step_chosen(self, number: int) -> None:
        self._steps.open_step(number)

    @Slot(int)
    def _on_preview_changed(self, seconds: int) -> None:
        self._preview_s = seconds
        self.refresh()

    @Slot(int)
    def _on_shortest_changed(self, seconds: int) -> None:
        self._change("shortest", shortest_s=seconds)

    @Slot(int)
    def _on_usual_changed(self, seconds: int) -> None:
        self._change("usual", usual_s=seconds)

    @Slot(int)
    def _on_longest_changed(self, seconds: int) -> None:
        self._change("longest", longest_s=seconds)

    @Slot()
    def _on_more_clicked(self) -> None:
        shown = self._form.isHidden()
        self._form.setVisible(shown)
        words_now = texts.tr("Hide the settings") if shown else texts.tr("Settings of this preset")
        self._more.show_text(words_now, Sign.SETTINGS)
        self.refresh()

    @Slot(object, str)
    def _on_form_edited(self, brought: PresetSettings, name: str) -> None:
        self._change(f"session/{name}", session=brought)


def _minutes(lowest_s: int, highest_s: int, value_s: int) -> tuple[int, ...]:
    """Both ends, each whole minute between them, and the present value."""
    inner = range((lowest_s // 60 + 1) * 60, highest_s, 60)
    return tuple(sorted({lowest_s, highest_s, value_s, *inner}))
