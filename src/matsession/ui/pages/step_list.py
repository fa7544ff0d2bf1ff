"""All steps of the preset that is edited: a row for each, and the fields of the one that is open."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.domain.guidance import Guidance, StepMode
from matsession.domain.preset import Step
from matsession.domain.preset_edit import PresetDraft, Problem
from matsession.ui.announce import announce
from matsession.ui.chime_words import chime_name
from matsession.ui.pages.step_fields import StepFields
from matsession.ui.theme import u
from matsession.ui.widgets.card import Group
from matsession.ui.widgets.step_row import StepRow


class StepList(Group):
    """Turns what is done at the rows and fields into drafts."""

    edited = Signal(object, str)
    """The ``PresetDraft`` that comes of it, and which edit it is."""
    opened_changed = Signal()
    """Another step is open, or none."""
    say_wished = Signal(str)

    def __init__(self, guidance: Guidance, parent: QWidget | None = None) -> None:
        """Begin with none."""
        super().__init__(texts.tr("Steps"), parent)
        self._draft: PresetDraft | None = None
        self._opened_id = ""
        self._rows: list[StepRow] = []
        self._fields = StepFields(guidance)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(1))
        self._column.addWidget(self._fields)
        self._fields.hide()
        self._fields.edited.connect(self._on_fields_edited)
        self._fields.seconds_edited.connect(self._on_fields_seconds_edited)
        self._fields.mode_edited.connect(self._on_fields_mode_edited)
        self._fields.move_wished.connect(self._on_fields_move_wished)
        self._fields.copy_wished.connect(self._on_fields_copy_wished)
        self._fields.remove_wished.connect(self._on_fields_remove_wished)
        self._fields.say_wished.connect(self.say_wished)

    @property
    def opened(self) -> int | None:
        """The number of the step that is open."""
        steps = self._draft.steps if self._draft is not None else ()
        return next((number for number, step in enumerate(steps) if step.id == self._opened_id), None)

    def show_draft(
        self, draft: PresetDraft, lengths_s: Sequence[int], problems: Sequence[Problem], *, writable: bool
    ) -> None:
        """Show its steps with these lengths, and what is wrong; if not ``writable``, only to be read."""
        self._draft = draft
        if self.opened is None:
            self._opened_id = ""
        self._make_rows(len(draft.steps))
        opened = self.opened
        for number, (row, step) in enumerate(zip(self._rows, draft.steps, strict=True)):
            chime = (
                texts.tr("chime {chime}").format(chime=chime_name(step.chime))
                if step.chime
                else texts.tr("no chime")
            )
            row.tell(
                step,
                texts.clock(lengths_s[number]),
                words.step_spoken(number, step, lengths_s[number], chime),
                opened=number == opened,
                writable=writable,
                trouble=any(problem.step == number for problem in problems),
            )
        self._put_fields(opened)
        if opened is not None:
            mine = [problem._replace(step=None) for problem in problems if problem.step == opened]
            self._fields.show_step(
                draft.steps[opened],
                " ".join(words.problem(problem) for problem in mine),
                first=opened == 0,
                last=opened == len(draft.steps) - 1,
                writable=writable,
            )

    def heed(self, answers: frozenset[str]) -> None:
        """See ``StepFields.heed``."""
        self._fields.heed(answers)

    def open_step(self, number: int | None, *, focus: bool = True) -> None:
        """Open the step with this number and no other; one of a built-in preset to be read."""
        if self._draft is None:
            return
        self._opened_id = "" if number is None else self._draft.steps[number].id
        self.opened_changed.emit()
        if number is not None and focus:
            self._fields.focus_first()

    def focus_row(self, number: int) -> None:
        """Give the keys to this row, or to the nearest."""
        if self._rows:
            self._rows[max(0, min(number, len(self._rows) - 1))].setFocus(Qt.FocusReason.TabFocusReason)

    def row_of(self, number: int) -> StepRow:
        """The row of this step."""
        return self._rows[number]

    def _make_rows(self, count: int) -> None:
        while len(self._rows) < count:
            row = StepRow(len(self._rows))
            row.open_wished.connect(self._on_row_open_wished)
            row.move_wished.connect(self._on_row_move_wished)
            row.remove_wished.connect(self._on_row_remove_wished)
            row.step_to.connect(self.focus_row)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()  # else it could not take the keys before the next turn of the event loop
        while len(self._rows) > count:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _put_fields(self, opened: int | None) -> None:
        """Right below the row that is open."""
        self._fields.setVisible(opened is not None)
        if opened is None:
            return
        row = self._rows[opened]
        if self._column.indexOf(self._fields) != self._column.indexOf(row) + 1:
            self._column.removeWidget(self._fields)
            self._column.insertWidget(self._column.indexOf(row) + 1, self._fields)
            self._fields.show()
            before: QWidget = row
            for each in self._fields.tab_stops():
                QWidget.setTabOrder(before, each)
                before = each
            if opened + 1 < len(self._rows):
                QWidget.setTabOrder(before, self._rows[opened + 1])

    # -- what a person does ------------------------------------------------------------------------------

    @Slot(int)
    def _on_row_open_wished(self, number: int) -> None:
        if number == self.opened:
            self.open_step(None)
        else:
            self.open_step(number)

    @Slot(int, int)
    def _on_row_move_wished(self, number: int, place: int) -> None:
        self._move(number, place)

    def _move(self, number: int, place: int, *, by_row: bool = True) -> None:
        draft = self._draft
        if draft is None or not 0 <= place < len(draft.steps):
            return
        step = draft.steps[number]
        self.edited.emit(draft.with_moved_step(number, place), f"{step.id}/move")
        if by_row:
            self._rows[place].take_over(self._rows[number])
        told = texts.tr("{step} is step {number} now.").format(step=step.name, number=place + 1)
        announce(self, told)

    @Slot(int)
    def _on_row_remove_wished(self, number: int) -> None:
        if self._draft is not None:
            name = self._draft.steps[number].name
            self.edited.emit(self._draft.without_step(number), "")
            self.focus_row(number)
            announce(self, texts.tr("Deleted: {step}. Ctrl+Z brings it back.").format(step=name))

    @Slot(object, str)
    def _on_fields_edited(self, step: Step, field: str) -> None:
        if self._draft is not None and self.opened is not None:
            self.edited.emit(self._draft.with_step(self.opened, step), f"{step.id}/{field}")

    @Slot(int)
    def _on_fields_seconds_edited(self, seconds: int) -> None:
        if self._draft is not None and self.opened is not None:
            self.edited.emit(self._draft.with_seconds(self.opened, seconds), f"{self._opened_id}/seconds")

    @Slot(object)
    def _on_fields_mode_edited(self, mode: StepMode) -> None:
        if self._draft is not None and self.opened is not None:
            self.edited.emit(self._draft.with_mode(self.opened, StepMode(mode)), f"{self._opened_id}/mode")

    @Slot(int)
    def _on_fields_move_wished(self, way: int) -> None:
        if self.opened is not None:
            self._move(self.opened, self.opened + way, by_row=False)

    @Slot()
    def _on_fields_copy_wished(self) -> None:
        if self._draft is not None and self.opened is not None:
            at = self.opened
            copied = self._draft.with_copied_step(at)
            self._opened_id = copied.steps[at + 1].id
            self.edited.emit(copied, "")
            self._fields.focus_first()

    @Slot()
    def _on_fields_remove_wished(self) -> None:
        if self.opened is not None:
            self._on_row_remove_wished(self.opened)
