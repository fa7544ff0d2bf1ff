"""One session of the history in full: what was done, how it was rated, the steps, and each chime."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matsession.app import edit_words, history_words, texts
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_book import SessionBook
from matsession.domain.plan import LengthError, Plan, compile_plan
from matsession.domain.proof import prove
from matsession.domain.record import SessionRecord
from matsession.ui.drawing import Sign
from matsession.ui.models.step_rows import StepRows
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.cue_table import CueTable
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.scroll_page import ScrollPage


class HistoryDetail(QWidget):
    """Shows one line; its buttons ask for the rest."""

    left = Signal()
    """Back to the list."""
    edit_requested = Signal()
    delete_requested = Signal()

    def __init__(self, book: SessionBook, presets: PresetLibrary, parent: QWidget | None = None) -> None:
        """``book`` tells of the chimes, ``presets`` of the steps."""
        super().__init__(parent)
        self._book = book
        self._presets = presets
        self.record: SessionRecord | None = None
        """The line that is shown."""
        self._back = Button(texts.tr("Back"), ButtonKind.SECONDARY, Sign.BACK)
        self._edit = Button(texts.tr("Correct"), ButtonKind.SECONDARY, Sign.PEN)
        self._delete = Button(texts.tr("Delete"), ButtonKind.DANGER, Sign.BIN)
        self._title = Heading(style=TextStyle.H2)
        self._when = Label(tone="text2")
        self._facts = Label()
        self._note = Label()
        self._facts_card = Card(texts.tr("Session"))
        for each in (self._title, self._when, self._facts, self._note):
            self._facts_card.column.addWidget(each)
        self._steps = StepRows(self)
        self._list = RowList(texts.tr("Steps"), self._steps, 30)
        self._list.set_scrolling(False)
        self._steps_note = Label(style=TextStyle.CAPTION, tone="text2")
        self._steps_card = Card(texts.tr("Steps"))
        self._steps_card.column.addWidget(Heading(texts.tr("Steps"), TextStyle.H3))
        self._steps_card.column.addWidget(self._steps_note)
        self._steps_card.column.addWidget(self._list)
        self._proof = Label(tone="text2")
        self._cues = CueTable()
        self._cues_card = Card(texts.tr("Chimes"))
        self._cues_card.column.addWidget(Heading(texts.tr("Chimes"), TextStyle.H3))
        self._cues_card.column.addWidget(self._proof)
        self._cues_card.column.addWidget(self._cues)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(14))
        self._column.addWidget(Flow(self._back, self._edit, self._delete))
        for card in (self._facts_card, self._cues_card, self._steps_card):
            self._column.addWidget(card)
        self._column.addStretch(1)
        page = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollPage(content))
        self._back.clicked.connect(self._on_back_clicked)
        self._edit.clicked.connect(self._on_edit_clicked)
        self._delete.clicked.connect(self._on_delete_clicked)

    def show_record(self, record: SessionRecord) -> None:
        """Show this one."""
        self.record = record
        self._title.setText(record.preset_name)
        self._facts_card.setAccessibleName(record.preset_name)
        self._when.setText(
            texts.tr("{day}, {clock}").format(
                day=history_words.full_day(record.started_at.date()),
                clock=texts.time_of_day(record.started_at),
            )
        )
        self._facts.setText("\n".join(self._lines(record)))
        self._note.setText(record.note)
        self._note.setVisible(bool(record.note))
        reports = prove(self._book.cues_of(record.id))
        self._proof.setText(
            texts.proof(reports) if reports.total else texts.tr("Nothing is known of its chimes.")
        )
        self._cues.setVisible(bool(reports.total))
        self._cues.show_reports(reports.reports)
        self._show_steps(record)

    def _lines(self, record: SessionRecord) -> list[str]:
        lines = [
            texts.area(record.area),
            texts.tr("{state}: {time} of {planned} planned").format(
                time=texts.spoken_length(round(record.done_s)),
                planned=texts.spoken_length(round(record.planned_s)),
                state=texts.row_state(record.state),
            ),
        ]
        if record.mat_name:
            lines.append(texts.tr("Mat: {mat}").format(mat=record.mat_name))
        if round(record.on_mat_s) != round(record.done_s):
            lines.append(
                texts.tr("{time} of it on the mat").format(time=texts.spoken_length(round(record.on_mat_s)))
            )
        if record.rating_before is not None or record.rating_after is not None:
            before, after = (
                texts.tr("not rated") if each is None else str(each)
                for each in (record.rating_before, record.rating_after)
            )
            ratings = texts.tr("{scale}: before {before}, after {after}.").format(
                scale=history_words.scale_name(record.rating_scale), before=before, after=after
            )
            lines.append(f"{ratings} {edit_words.result(record.change)}".strip())
        else:
            lines.append(texts.tr("Not rated"))
        if record.strongest is not None:
            lines.append(texts.tr("Strongest moment: {rating} of 10").format(rating=record.strongest))
        if record.morning_rating is not None:
            lines.append(
                texts.tr("{scale}, the next morning: {rating} of 10").format(
                    scale=history_words.scale_name(record.morning_scale), rating=record.morning_rating
                )
            )
        return lines

    def _show_steps(self, record: SessionRecord) -> None:
        plan = self._plan(record)
        self._steps_card.setVisible(plan is not None)
        self._steps.show_plan(plan)
        self._steps_note.setText(texts.tr("As the preset lays them out now for this length"))
        self._list.updateGeometry()

    def _plan(self, record: SessionRecord) -> Plan | None:
        """The steps for the planned length; None where the preset is gone or allows no such length now."""
        preset = self._presets.find(record.preset_id)
        if preset is None:
            return None
        try:
            return compile_plan(preset, round(record.planned_s), self._presets.guidance)
        except LengthError:
            return None

    def focus_first(self) -> None:
        """Begin at the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around the cards scrolls with them."""
        self._column.setContentsMargins(left, top, max(0, right - u(12)), bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back, F2 corrects, Delete deletes."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_F2:
                self.edit_requested.emit()
            case Qt.Key.Key_Delete:
                self.delete_requested.emit()
            case _:
                super().keyPressEvent(event)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.left.emit()

    @Slot()
    def _on_edit_clicked(self) -> None:
        self.edit_requested.emit()

    @Slot()
    def _on_delete_clicked(self) -> None:
        self.delete_requested.emit()
