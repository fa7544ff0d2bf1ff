"""What there is of one step, to be changed or only read; it stands below its row while that is open."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.domain.guidance import STEP_CHIMES, ChimeName, Guidance, StepKind, StepMode
from matsession.domain.preset import LONGEST_S, NAME_MAX, SAY_MAX, SHOW_MAX, Step
from matsession.domain.suitability import breath_suits
from matsession.ui.chime_words import chime_name
from matsession.ui.drawing import Sign
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.field import DraftField, DraftText, Field
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.stepper import LengthStepper
from matsession.ui.widgets.switch import Switch

_BESIDE_PX = 440
_STEPS_S = (*range(5, 60, 5), *range(60, 300, 15), *range(300, LONGEST_S + 1, 60))
"""The lengths that plus and minus go through; any other can be typed."""


class StepFields(Group):
    """Tells each change at once; the page decides what comes of it."""

    edited = Signal(object, str)
    """The ``Step`` as it is now, and the name of the field that was changed."""
    seconds_edited = Signal(int)
    mode_edited = Signal(object)
    move_wished = Signal(int)
    """Up (-1) or down (1)."""
    copy_wished = Signal()
    remove_wished = Signal()
    say_wished = Signal(str)
    """To be heard."""

    def __init__(self, guidance: Guidance, parent: QWidget | None = None) -> None:
        """Offer the breathing patterns of ``guidance``."""
        super().__init__(texts.tr("Step"), parent)
        self._guidance = guidance
        self._step: Step | None = None
        self._answers: frozenset[str] = frozenset()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._name = DraftField(texts.tr("Name of the step"))
        self._name.setMaxLength(NAME_MAX)
        self._name.setAcceptDrops(False)  # a file that is dropped is for the page
        self._length = LengthStepper(texts.tr("Length of the step"), minutes=False)
        self._show = DraftText(texts.tr("Words on the screen"), SHOW_MAX, 2)
        self._say = DraftText(texts.tr("Spoken line"), SAY_MAX, 3)
        self._hear = Button(texts.tr("Hear it"), ButtonKind.QUIET, Sign.SOUND)
        self._mode = SettingChoice(texts.tr("In a longer session"))
        self._mode.offer([(each, words.mode(each)) for each in StepMode], StepMode.FIXED)
        self._shortest = LengthStepper(texts.tr("Shortest"), minutes=False)
        self._capped = SettingChoice(texts.tr("Longest"))
        self._cap = LengthStepper(texts.tr("Longest length of the step"), minutes=False)
        self._kind = SettingChoice(texts.tr("What it is"))
        self._kind.offer([(each, words.kind(each)) for each in StepKind], StepKind.REST)
        self._breath = SettingChoice(texts.tr("Breathing"))
        self._offer_breaths(self._guidance.breathing[0].id)
        self._chime = SettingChoice(texts.tr("Chime"))
        chimes = [(each, chime_name(each)) for each in STEP_CHIMES]
        self._chime.offer([(None, texts.tr("None")), *chimes], None)
        self._on_mat = Switch(texts.tr("On the mat"))
        self._errors = Label(tone="danger")
        self._pairs: list[QBoxLayout] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(u(16), u(8), u(8), u(12))
        column.setSpacing(u(10))
        column.addWidget(self._errors)
        column.addLayout(
            self._pair(
                Field(texts.tr("Name of the step"), self._name), Field(texts.tr("Length"), self._length)
            )
        )
        column.addWidget(Field(texts.tr("Words on the screen"), self._show))
        column.addWidget(Field(texts.tr("Spoken line"), self._say))
        hear = QHBoxLayout()
        hear.addWidget(self._hear)
        hear.addStretch(1)
        column.addLayout(hear)
        column.addLayout(
            self._pair(Field(texts.tr("Breathing"), self._breath), Field(texts.tr("Chime"), self._chime))
        )
        column.addLayout(
            self._pair(
                Field(texts.tr("In a longer session"), self._mode),
                Field(texts.tr("Shortest"), self._shortest, texts.tr("In a shorter session.")),
            )
        )
        self._longest = QWidget()
        longest = self._pair(Field(texts.tr("Longest"), self._capped), self._cap)
        longest.setContentsMargins(0, 0, 0, 0)
        self._longest.setLayout(longest)
        column.addWidget(self._longest)
        column.addLayout(
            self._pair(
                Field(texts.tr("What it is"), self._kind), SettingRow(texts.tr("On the mat"), self._on_mat)
            )
        )
        self._up = Button(texts.tr("Move up"), ButtonKind.QUIET)
        self._down = Button(texts.tr("Move down"), ButtonKind.QUIET)
        self._copy = Button(texts.tr("Copy step"), ButtonKind.QUIET, Sign.COPY)
        self._remove = Button(texts.tr("Delete step"), ButtonKind.QUIET, Sign.BIN)
        self._up.setToolTip(texts.tr("Alt+Up"))
        self._down.setToolTip(texts.tr("Alt+Down"))
        self._tools = Flow(self._up, self._down, self._copy, self._remove, gap_px=0)
        column.addWidget(self._tools)

    def _pair(self, first: QWidget, second: QWidget) -> QBoxLayout:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(u(12))
        pair.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(
            second, 1, Qt.AlignmentFlag.AlignBottom if second is self._cap else Qt.AlignmentFlag.AlignTop
        )
        self._pairs.append(pair)
        return pair

    def _connect(self) -> None:
        self._name.textEdited.connect(self._on_name_edited)
        self._show.edited.connect(self._on_show_edited)
        self._say.edited.connect(self._on_say_edited)
        self._length.valueChanged.connect(self.seconds_edited)
        self._shortest.valueChanged.connect(self._on_shortest_changed)
        self._cap.valueChanged.connect(self._on_cap_changed)
        self._mode.chosen.connect(self.mode_edited)
        self._capped.chosen.connect(self._on_capped_chosen)
        self._kind.chosen.connect(self._on_kind_chosen)
        self._breath.chosen.connect(self._on_breath_chosen)
        self._chime.chosen.connect(self._on_chime_chosen)
        self._on_mat.toggled.connect(self._on_on_mat_toggled)
        self._hear.clicked.connect(self._on_hear_clicked)
        self._up.clicked.connect(self._on_up_clicked)
        self._down.clicked.connect(self._on_down_clicked)
        self._copy.clicked.connect(self.copy_wished)
        self._remove.clicked.connect(self.remove_wished)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two fields beside each other, or below."""
        super().resizeEvent(event)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(right if self.width() >= u(_BESIDE_PX) else down)

    def focus_first(self) -> None:
        """Begin at the name."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.end(False)

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [
            self._name,
            self._length,
            self._show,
            self._say,
            self._hear,
            self._breath,
            self._chime,
            self._mode,
            self._shortest,
            self._capped,
            self._cap,
            self._kind,
            self._on_mat,
            self._up,
            self._down,
            self._copy,
            self._remove,
        ]

    def show_step(self, step: Step, errors: str, *, first: bool, last: bool, writable: bool = True) -> None:
        """Show it as it is now; what is being typed stays as it is. Without ``writable`` it is only read."""
        self._step = step
        self._allow(writable)
        self.setAccessibleName(texts.tr("Step {step}").format(step=step.name))
        if self._name.text() != step.name:
            self._name.setText(step.name)
            self._name.setCursorPosition(0)
        self._show.show_text(step.show)
        self._say.show_text(step.say)
        for stepper in (self._length, self._shortest, self._cap):
            stepper.blockSignals(True)
        self._length.offer(_lengths(1, LONGEST_S, step.seconds), step.seconds)
        self._shortest.offer(_lengths(1, max(1, step.seconds), step.min_s), step.min_s)
        cap_s = step.cap_s if step.cap_s is not None else step.seconds
        self._cap.offer(_lengths(max(1, step.seconds), LONGEST_S, cap_s), cap_s)
        for stepper in (self._length, self._shortest, self._cap):
            stepper.blockSignals(False)
        self._mode.setCurrentIndex(list(StepMode).index(step.mode))
        self._longest.setVisible(step.elastic)
        offered = [(False, texts.tr("No limit")), (True, texts.tr("Up to a length"))]
        self._capped.offer(offered, step.cap_s is not None)
        self._cap.setEnabled(writable and step.cap_s is not None)
        self._kind.setCurrentIndex(list(StepKind).index(step.kind))
        self._offer_breaths(step.breath)
        self._chime.setCurrentIndex(0 if step.chime is None else 1 + list(STEP_CHIMES).index(step.chime))
        self._on_mat.show_checked(step.on_mat)
        self._hear.setEnabled(bool(step.say.strip()))
        self._up.setEnabled(not first)
        self._down.setEnabled(not last)
        self._errors.setText(errors)
        self._errors.setVisible(bool(errors))
        self._errors.setFont(TextStyle.BODY.font())

    def _allow(self, writable: bool) -> None:
        """All is there to be read, and the line to be heard; only what is one's own is changed."""
        self._name.setReadOnly(not writable)
        for text in (self._show, self._say):
            text.setReadOnly(not writable)
        for control in (
            self._length,
            self._shortest,
            self._mode,
            self._capped,
            self._kind,
            self._breath,
            self._chime,
            self._on_mat,
        ):
            control.setEnabled(writable)
        self._tools.setVisible(writable)

    def heed(self, answers: frozenset[str]) -> None:
        """Offer no pattern that what the person said of themselves speaks against."""
        self._answers = answers

    def _offer_breaths(self, breath: str) -> None:
        # What the step has already stays in sight: nothing is changed behind anybody's back.
        known = self._guidance.breathing
        offered = [each for each in known if each.id == breath or breath_suits(each, self._answers)]
        chosen = breath if any(each.id == breath for each in offered) else offered[0].id
        self._breath.offer([(each.id, each.name) for each in offered], chosen)

    # -- what a person does ------------------------------------------------------------------------------

    def _tell(self, field: str, **values: object) -> None:
        if self._step is not None:
            self.edited.emit(self._step._replace(**values), field)  # type: ignore[arg-type]  # each slot knows its own

    @Slot(str)
    def _on_name_edited(self, text: str) -> None:
        self._tell("name", name=text)

    @Slot(str)
    def _on_show_edited(self, text: str) -> None:
        self._tell("show", show=text)

    @Slot(str)
    def _on_say_edited(self, text: str) -> None:
        self._tell("say", say=text)

    @Slot(int)
    def _on_shortest_changed(self, seconds: int) -> None:
        self._tell("min_s", min_s=seconds)

    @Slot(int)
    def _on_cap_changed(self, seconds: int) -> None:
        self._tell("cap_s", cap_s=seconds)

    @Slot(object)
    def _on_capped_chosen(self, capped: bool) -> None:
        self._tell("capped", cap_s=self._cap.value() if capped else None)

    @Slot(object)
    def _on_kind_chosen(self, kind: StepKind) -> None:
        self._tell("kind", kind=StepKind(kind))

    @Slot(object)
    def _on_breath_chosen(self, breath: str) -> None:
        self._tell("breath", breath=breath)

    @Slot(object)
    def _on_chime_chosen(self, chime: str | None) -> None:
        self._tell("chime", chime=ChimeName(chime) if chime else None)

    @Slot(bool)
    def _on_on_mat_toggled(self, on_mat: bool) -> None:
        self._tell("on_mat", on_mat=on_mat)

    @Slot()
    def _on_hear_clicked(self) -> None:
        self.say_wished.emit(self._say.text())

    @Slot()
    def _on_up_clicked(self) -> None:
        self.move_wished.emit(-1)

    @Slot()
    def _on_down_clicked(self) -> None:
        self.move_wished.emit(1)


def _lengths(shortest_s: int, longest_s: int, value_s: int) -> list[int]:
    """What plus and minus go through within these limits, the present value among them."""
    value_s = max(shortest_s, min(longest_s, value_s))
    inner = {each for each in _STEPS_S if shortest_s < each < longest_s}
    return sorted({shortest_s, longest_s, value_s, *inner})
