"""The form for one session of the history: to correct it, or to add one that was not timed here."""

from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt, QTime, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from matsession.app import edit_words, history_words, texts
from matsession.app.local_time import moment_of
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_book import SessionBook
from matsession.domain.body import BodyArea
from matsession.domain.correction import LONGEST_DAY_S, LONGEST_NAME, FieldError
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import AskedWhen
from matsession.domain.preset import Preset
from matsession.domain.record import PEAK_SCALE, RowState, SessionRecord
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import DayField, Field, TextField, TimeField
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.rating_scale import RatingScale
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.stepper import LengthStepper

_LENGTHS_S = (0, *range(60, 7201, 60), LONGEST_DAY_S)
"""What the lengths step through; any other can be typed."""
_USUAL_S = 600
_WIDEST = 640
_PAIRED_EM = 30
_STATES = (RowState.FINISHED, RowState.STOPPED, RowState.INTERRUPTED)


class HistoryForm(QWidget):
    """Keeps what was typed until it is saved or given up; what cannot be is told at its field."""

    saved = Signal(str)
    """The line with this id is in the history as it was wanted."""
    given_up = Signal()

    def __init__(self, book: SessionBook, presets: PresetLibrary, parent: QWidget | None = None) -> None:
        """Change lines of ``book``; ``presets`` are those to choose from."""
        super().__init__(parent)
        self._book = book
        self._presets = presets
        self._record: SessionRecord | None = None
        self._preset_ids: list[str] = []
        self._areas = [str(area) for area in BodyArea]
        # The others have a field of their own: what is asked once, afterwards or the next morning.
        asked_twice = (each for each in presets.guidance.scales if each.when is AskedWhen.BEFORE_AFTER)
        self._scales = ["", *(scale.id for scale in asked_twice)]
        self._first: dict[str, Any] = {}
        self._build()
        self._connect()

    def _build(self) -> None:
        tr = texts.tr
        self._title = Heading(style=TextStyle.H2)
        self._day, self._time = DayField(tr("Day")), TimeField(tr("Began at"))
        self._area, self._preset = Choice(tr("Area")), Choice(tr("Preset"))
        self._area.addItems([texts.area(area) for area in self._areas])
        self._length = LengthStepper(tr("Length"), minutes=True)
        self._on_mat = LengthStepper(tr("Of it on the mat"), minutes=True)
        self._planned = LengthStepper(tr("Planned length"), minutes=True)
        for stepper in (self._length, self._on_mat, self._planned):
            stepper.offer(_LENGTHS_S, _USUAL_S)
        self._state = Choice(tr("How it ended"))
        self._state.addItems([texts.row_state(state) for state in _STATES])
        self._scale = Choice(tr("What was rated"))
        self._scale.addItems(
            [tr("Nothing"), *(history_words.scale_name(scale) for scale in self._scales[1:])]
        )
        self._before, self._after = RatingScale(large=False, before=True), RatingScale(large=False)
        self._before.setAccessibleName(tr("Rating before"))
        self._after.setAccessibleName(tr("Rating after"))
        self._strongest = RatingScale(large=False)
        self._strongest.setAccessibleName(tr("Strongest moment"))
        peak = self._presets.guidance.scale(PEAK_SCALE)
        if peak is not None:
            self._strongest.set_question(peak)
            self._strongest.setAccessibleName(f"{tr('Strongest moment')}: {peak.question}")
        self._morning = RatingScale(large=False)
        self._morning_scale = ""
        self._mat = TextField(tr("Mat"))
        self._mat.setMaxLength(LONGEST_NAME)
        self._note = QPlainTextEdit()
        self._note.setAccessibleName(tr("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(u(96))
        self._fields = {
            "started_at": Field(tr("Day"), self._day),
            "time": Field(tr("Began at"), self._time),
            "area": Field(tr("Area"), self._area),
            "preset_name": Field(tr("Preset"), self._preset),
            "done_s": Field(tr("Length"), self._length),
            "on_mat_s": Field(tr("Of it on the mat"), self._on_mat),
            "planned_s": Field(tr("Planned length"), self._planned),
            "state": Field(tr("How it ended"), self._state),
            "rating_scale": Field(tr("What was rated"), self._scale),
            "rating_before": Field(tr("Rating before"), self._before),
            "rating_after": Field(tr("Rating after"), self._after),
            "strongest": Field(tr("Strongest moment on the mat"), self._strongest),
            "morning_rating": Field(tr("The next morning"), self._morning),
            "mat_name": Field(tr("Mat"), self._mat, tr("As it is called; empty where you do not know.")),
            "note": Field(tr("Note"), self._note),
        }
        pairs = (
            ("started_at", "time"),
            ("preset_name", "area"),
            ("done_s", "state"),
            ("on_mat_s", "planned_s"),
        )
        self._pairs: list[QBoxLayout] = []
        inner = QWidget()
        inner.setMaximumWidth(u(_WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u(14))
        column.addWidget(self._title)
        for first, second in pairs:
            pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            pair.setSpacing(u(14))
            for name in (first, second):
                pair.addWidget(self._fields[name], 1, Qt.AlignmentFlag.AlignTop)
            self._pairs.append(pair)
            column.addLayout(pair)
        for name in ("rating_scale", "rating_before", "rating_after", "strongest"):
            column.addWidget(self._fields[name])
        for name in ("morning_rating", "mat_name", "note"):
            column.addWidget(self._fields[name])
        column.addStretch(1)
        self._content = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._across.addWidget(inner, 1000)
        self._across.addStretch(1)
        self._error = Banner(BannerKind.NOT_SAVED)
        self._save = Button(tr("Save"), ButtonKind.PRIMARY)
        self._cancel = Button(tr("Cancel"), ButtonKind.SECONDARY)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(u(8))
        self._foot.addWidget(self._save)
        self._foot.addWidget(self._cancel)
        self._foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(u(10))
        self._column.addWidget(ScrollPage(self._content), 1)
        self._column.addWidget(self._error)
        self._column.addLayout(self._foot)

    def _connect(self) -> None:
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._preset.activated.connect(self._on_preset_activated)
        self._length.valueChanged.connect(self._on_length_changed)
        self._scale.currentIndexChanged.connect(self._on_scale_changed)

    # -- what it is about ----------------------------------------------------------------------------

    def correct(self, record: SessionRecord) -> None:
        """Offer this line to be changed."""
        self._title.setText(texts.tr("Correct a session"))
        self._record = record
        self._show(record)

    def add(self, now: datetime, preset_id: str = "") -> None:
        """Offer an empty line: as this preset is (where there is none, the first), an hour ago."""
        self._title.setText(texts.tr("Add a session"))
        self._record = None
        preset = self._presets.find(preset_id)
        if preset is None and self._presets.presets:
            preset = self._presets.presets[0]
        began = (now - timedelta(hours=1)).replace(second=0, microsecond=0)
        length_s = float(preset.suggested_s if preset else _USUAL_S)
        self._show(
            SessionRecord(
                id="",
                preset_id=preset.id if preset else "",
                preset_name=preset.name if preset else "",
                area=preset.area if preset else BodyArea.LOWER_BACK,
                started_at=began,
                planned_s=length_s,
                done_s=length_s,
                on_mat_s=length_s,
                state=RowState.FINISHED,
                rating_scale=preset.rating if preset else "",
                morning_scale=preset.rating_next_morning if preset else "",
                mat_name=self._presets.mats.name_in_use() if self._presets.mats is not None else "",
            )
        )

    def focus_first(self) -> None:
        """Begin at the day."""
        self._day.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def changed(self) -> bool:
        """Whether something would be lost if it were given up."""
        return self._values() != self._first

    def _show(self, record: SessionRecord) -> None:
        began = record.started_at
        self._day.setDate(QDate(began.year, began.month, began.day))
        self._time.setTime(QTime(began.hour, began.minute, began.second))
        self._offer_presets(record)
        if record.area not in self._areas:
            self._areas.append(record.area)
            self._area.addItem(texts.area(record.area))
        self._area.setCurrentIndex(self._areas.index(record.area))
        self._length.setValue(round(record.done_s))
        self._on_mat.setValue(round(record.on_mat_s))
        self._planned.setValue(round(record.planned_s))
        state = record.state if record.state in _STATES else RowState.INTERRUPTED
        self._state.setCurrentIndex(_STATES.index(state))
        if record.rating_scale not in self._scales:
            self._scales.append(record.rating_scale)
            self._scale.addItem(history_words.scale_name(record.rating_scale))
        self._scale.setCurrentIndex(self._scales.index(record.rating_scale))
        self._before.set_rating(record.rating_before)
        self._after.set_rating(record.rating_after)
        self._strongest.set_rating(record.strongest)
        self._offer_morning(self._presets.find(record.preset_id))
        self._morning.set_rating(record.morning_rating)
        self._mat.setText(record.mat_name)
        self._note.setPlainText(record.note)
        for field in self._fields.values():
            field.tell("")
        self._error.tell("")
        self._on_scale_changed()
        self._first = self._values()

    def _offer_presets(self, record: SessionRecord) -> None:
        """All there are, and the one of the line where it is gone or had another name then."""
        self._preset.clear()
        self._preset_ids = [preset.id for preset in self._presets.presets]
        names = [preset.name for preset in self._presets.presets]
        known = self._presets.find(record.preset_id)
        if known is None or known.name != record.preset_name:
            self._preset_ids.insert(0, record.preset_id)
            names.insert(0, record.preset_name)
        self._preset.addItems(names)
        self._preset.setCurrentIndex(self._preset_ids.index(record.preset_id) if names else -1)

    def _offer_morning(self, preset: Preset | None) -> None:
        """What was asked the next morning, or what this preset asks then; no field where neither is known."""
        asked_then = self._record.morning_scale if self._record is not None else ""
        self._morning_scale = asked_then or (preset.rating_next_morning if preset is not None else "")
        scale = self._presets.guidance.scale(self._morning_scale)
        if scale is not None:
            self._morning.set_question(scale)
            words = texts.tr("The next morning: {question}").format(question=scale.question)
            self._morning.setAccessibleName(words)
            self._fields["morning_rating"].set_words(words)
        elif self._record is None:
            self._morning.set_rating(None)
        self._fields["morning_rating"].setVisible(scale is not None)

    def _values(self) -> dict[str, Any]:
        """All that can be changed, as it stands in the form."""
        day, time = self._day.date(), self._time.time()
        number = self._preset.currentIndex()
        scale = self._scales[max(0, self._scale.currentIndex())]
        return {
            "started_at": datetime(  # noqa: DTZ001 - the offset follows
                day.year(), day.month(), day.day(), time.hour(), time.minute(), time.second()
            ),
            "preset_id": self._preset_ids[number] if number >= 0 else "",
            "preset_name": self._preset.currentText(),
            "area": self._areas[max(0, self._area.currentIndex())],
            "done_s": float(self._length.value()),
            "on_mat_s": float(self._on_mat.value()),
            "planned_s": float(self._planned.value()),
            "state": _STATES[max(0, self._state.currentIndex())],
            "rating_scale": scale,
            "rating_before": self._before.rating() if scale else None,
            "rating_after": self._after.rating() if scale else None,
            "strongest": self._strongest.rating(),
            "morning_scale": self._morning_scale,
            "morning_rating": self._morning.rating(),
            "mat_name": self._mat.text().strip(),
            "note": self._note.toPlainText(),
        }

    # -- saving --------------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Keep it; where something cannot be, say what and go there."""
        for field in self._fields.values():
            field.tell("")
        self._error.tell("")
        values = self._values()
        if self._record is not None:
            values = {name: value for name, value in values.items() if value != self._first[name]}
            if "morning_rating" in values:  # an older line may not say what was asked
                values["morning_scale"] = self._morning_scale
        if "started_at" in values:
            like = self._record.started_at if self._record is not None else None
            values["started_at"] = moment_of(values["started_at"], like)
        try:
            if self._record is None:
                record = self._book.add(**values)
            else:
                record = self._book.correct(self._record.id, **values)
        except FieldError as error:
            self._refuse(error)
            return
        except MatSessionError as error:
            self._error.tell(*texts.error(error))
            return
        self._first = self._values()
        self.saved.emit(record.id)

    def _refuse(self, error: FieldError) -> None:
        field = self._fields.get("preset_name" if error.field == "preset_id" else error.field)
        if field is None:
            self._error.tell(edit_words.refused(error))
            return
        field.tell(edit_words.refused(error))
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was not changed, and else goes to the button that does."""
        if event.key() == Qt.Key.Key_Escape:
            if self.changed:
                self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields beside each other, or below."""
        super().resizeEvent(event)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(right if self.width() >= _PAIRED_EM * em() else down)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around the form; the fields scroll up to its edge."""
        self._across.setContentsMargins(left, top, right, u(8))
        self._column.setContentsMargins(0, 0, 0, bottom)
        self._foot.setContentsMargins(left, 0, right, 0)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.given_up.emit()

    @Slot(int)
    def _on_preset_activated(self, number: int) -> None:
        """A preset brings its place, its rating, and for a new session its length."""
        preset = self._presets.find(self._preset_ids[number])
        if preset is None:
            return
        self._area.setCurrentIndex(self._areas.index(preset.area))
        # One that is asked once belongs to a field of its own.
        self._scale.setCurrentIndex(self._scales.index(preset.rating) if preset.rating in self._scales else 0)
        self._offer_morning(preset)
        if self._record is None:
            for stepper in (self._length, self._on_mat, self._planned):
                stepper.setValue(preset.suggested_s)

    @Slot()
    def _on_length_changed(self) -> None:
        """A new session was all on the mat, and planned as it was, until somebody says otherwise."""
        if self._record is None:
            self._on_mat.setValue(self._length.value())
            self._planned.setValue(self._length.value())
        elif self._on_mat.value() > self._length.value():
            self._on_mat.setValue(self._length.value())

    @Slot()
    def _on_scale_changed(self) -> None:
        rated = self._scale.currentIndex() > 0
        self._fields["rating_before"].setVisible(rated)
        self._fields["rating_after"].setVisible(rated)
        scale = (
            self._presets.guidance.scale(self._scales[max(0, self._scale.currentIndex())]) if rated else None
        )
        if scale is not None:
            for widget, name in (
                (self._before, texts.tr("Rating before")),
                (self._after, texts.tr("Rating after")),
            ):
                widget.set_question(scale)
                widget.setAccessibleName(f"{name}: {scale.question}")
