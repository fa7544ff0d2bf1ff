"""The card in which a reminder is made or changed. It knows what is on it; the page keeps it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matsession.app import reminder_words as words
from matsession.app import texts
from matsession.app.preset_library import PresetLibrary
from matsession.domain.reminder import NAME_MAX, Reminder, SnoozeWish, name_in_one_line
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.day_pills import DayPills
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.segment import Segment
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.switch import Switch
from matsession.ui.widgets.time_field import TimeField
from matsession.ui.widgets.tool_row import ToolRow

_SNOOZES = tuple(SnoozeWish)


class ReminderEditor(Card):
    """Fields from top to bottom, and what to do with them."""

    save_requested = Signal(object)
    """The ``Reminder`` as it is on the card."""
    cancel_requested = Signal()
    delete_requested = Signal(str)
    test_requested = Signal(object)

    def __init__(self, presets: PresetLibrary, parent: QWidget | None = None) -> None:
        """Offer these presets."""
        super().__init__(texts.tr("Reminder"), parent)
        self._presets = presets
        self._shown: Reminder | None = None
        self._new = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = Heading(style=TextStyle.H3)
        self._name = QLineEdit()
        self._name.setMaxLength(NAME_MAX)
        self._name.setAccessibleName(texts.tr("Name"))
        self._time = TimeField(texts.tr("Time"))
        self._days = DayPills(texts.tr("Days"))
        self._error = Label(tone="danger")
        self._preset = Choice(texts.tr("Session"))
        self._length = Choice(texts.tr("Length"))
        self._snooze = Segment(
            texts.tr("Its button for later"), [words.later_choice(wish) for wish in _SNOOZES]
        )
        self._skip = Switch(texts.tr("Skip if already done"))
        self._chime = Switch(texts.tr("Play a soft chime"))
        self._coming = Label(style=TextStyle.CAPTION, tone="text2")
        self._test = Button(texts.tr("Show a test"), ButtonKind.SECONDARY)
        self._tested = Label(style=TextStyle.CAPTION, tone="text2")
        self._save = Button(texts.tr("Save"), ButtonKind.PRIMARY)
        self._cancel = Button(texts.tr("Cancel"), ButtonKind.QUIET)
        self._delete = Button(texts.tr("Delete"), ButtonKind.SECONDARY)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(u(12))
        self._first.addLayout(_field(texts.tr("Name"), self._name), 3)
        self._first.addLayout(_field(texts.tr("Time"), self._time), 2)
        column = self.column
        column.setSpacing(u(12))
        column.addWidget(self._title)
        column.addLayout(self._first)
        days = _field(texts.tr("Days"), self._days)
        days.addWidget(self._error)
        column.addLayout(days)
        column.addLayout(_field(texts.tr("Session"), self._preset))
        self._length_field = QWidget()
        self._length_field.setLayout(_field(texts.tr("Length"), self._length))
        column.addWidget(self._length_field)
        column.addLayout(_field(texts.tr("Its button for later"), self._snooze, stretched=False))
        hint = texts.tr("Stays quiet after a session that day.")
        column.addWidget(SettingRow(texts.tr("Skip if already done"), self._skip, hint))
        column.addWidget(SettingRow(texts.tr("Play a soft chime"), self._chime))
        column.addWidget(self._coming)
        test = QHBoxLayout()
        test.addWidget(self._test)
        test.addStretch(1)
        column.addLayout(test)
        column.addWidget(self._tested)
        self._tools = ToolRow(self._save, self._cancel, self._delete)
        column.addWidget(self._tools)
        self.show_error("")
        self.show_tested("")

    def _connect(self) -> None:
        self._save.clicked.connect(self._on_save_clicked)
        self._name.returnPressed.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self.cancel_requested)
        self._delete.clicked.connect(self._on_delete_clicked)
        self._test.clicked.connect(self._on_test_clicked)
        self._preset.activated.connect(self._on_preset_activated)
        self._days.changed.connect(self._on_days_changed)

    # -- what is on it -----------------------------------------------------------------------------------

    def show_reminder(self, reminder: Reminder, *, new: bool = False) -> None:
        """Take this one up."""
        self._shown, self._new = reminder, new
        title = reminder.name or texts.tr("Reminder")
        self._title.setText(texts.tr("New reminder") if new else title)
        self._delete.setVisible(not new)
        self._name.setText(reminder.name)
        self._time.show_minute(reminder.time_min)
        self._days.show_days(reminder.weekdays)
        self._preset.clear()
        self._preset.addItem(texts.tr("What is next, or what I did last"), "")
        for preset in self._presets.offered:
            self._preset.addItem(preset.name, preset.id)
        if reminder.preset_id and self._preset.findData(reminder.preset_id) < 0:
            named = self._presets.find(reminder.preset_id)
            if named is not None:
                words = texts.tr("{preset} (hidden)").format(preset=named.name)
            else:
                words = texts.tr("{preset} (there is none)").format(preset=reminder.preset_id)
            self._preset.addItem(words, reminder.preset_id)
        self._preset.setCurrentIndex(max(0, self._preset.findData(reminder.preset_id)))
        self._offer_lengths(reminder.length_s)
        self._snooze.show_chosen(_SNOOZES.index(reminder.snooze))
        self._skip.show_checked(reminder.skip_done)
        self._chime.show_checked(reminder.chime)
        self.show_error("")
        self.show_tested("")

    @property
    def shown_id(self) -> str | None:
        """The id of the reminder that is on it."""
        return self._shown.id if self._shown is not None else None

    @property
    def new(self) -> bool:
        """Whether it is one that is not kept yet."""
        return self._new

    @property
    def changed(self) -> bool:
        """Whether there is something on it that is not kept."""
        if self._shown is None:
            return False
        return self._new or not self._days.days() or self._reminder() != self._shown

    def show_error(self, sentence: str) -> None:
        """What stands in the way, at the days; nothing where all is well."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._days.setAccessibleDescription(sentence)

    def show_coming(self, sentence: str) -> None:
        """When it comes next."""
        self._coming.setText(sentence)
        self._coming.setVisible(bool(sentence))

    def show_tested(self, sentence: str) -> None:
        """What became of a test."""
        self._tested.setText(sentence)
        self._tested.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def focus_first(self) -> None:
        """Begin at the name."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """Fields and buttons below each other."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first.setDirection(down if narrow else right)
        self._tools.set_narrow(narrow)
        edge = u(12 if narrow else 20)
        self.column.setContentsMargins(edge, edge, edge, edge)

    # -- inside ------------------------------------------------------------------------------------------

    def _offer_lengths(self, chosen_s: int | None) -> None:
        preset = self._presets.find(str(self._preset.currentData()))
        self._length.clear()
        self._length.addItem(texts.tr("As long as last time"), None)
        if preset is not None:
            lengths = list(preset.offered_lengths_s())
            if chosen_s is not None and preset.allows(chosen_s) and chosen_s not in lengths:
                lengths = sorted([*lengths, chosen_s])
            for length_s in lengths:
                self._length.addItem(texts.length(length_s), length_s)
        self._length.setCurrentIndex(max(0, self._length.findData(chosen_s)) if chosen_s is not None else 0)
        self._length_field.setVisible(preset is not None)

    def _reminder(self) -> Reminder:
        """As it is on the card. Raises ReminderError without a day."""
        assert self._shown is not None
        preset_id = str(self._preset.currentData())
        length_s = self._length.currentData() if preset_id else None
        if self._presets.find(preset_id) is None and preset_id == self._shown.preset_id:
            length_s = self._shown.length_s  # the preset may come back
        return Reminder(
            id=self._shown.id,
            time_min=self._time.minute,
            weekdays=self._days.days(),
            name=name_in_one_line(self._name.text()),  # what is pasted may have more than one
            preset_id=preset_id,
            length_s=length_s,
            on=self._shown.on,
            skip_done=self._skip.isChecked(),
            snooze=_SNOOZES[self._snooze.chosen()],
            chime=self._chime.isChecked(),
        )

    def _checked(self) -> Reminder | None:
        if self._days.days():
            return self._reminder()
        self.show_error(texts.tr("Choose at least one day."))
        announce(self, self._error.text())
        self._days.focus_first()
        return None

    @Slot()
    def _on_save_clicked(self) -> None:
        reminder = self._checked()
        if reminder is not None:
            self.save_requested.emit(reminder)

    @Slot()
    def _on_delete_clicked(self) -> None:
        if self._shown is not None:
            self.delete_requested.emit(self._shown.id)

    @Slot()
    def _on_test_clicked(self) -> None:
        reminder = self._checked()
        if reminder is not None:
            self.test_requested.emit(reminder)

    @Slot()
    def _on_preset_activated(self) -> None:
        self._offer_lengths(None)

    @Slot()
    def _on_days_changed(self) -> None:
        if self._days.days():
            self.show_error("")


def _field(name: str, control: QWidget, *, stretched: bool = True) -> QVBoxLayout:
    """A control under its name."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(u(4))
    label = Label(name, TextStyle.LABEL)
    label.setBuddy(control)
    column.addWidget(label)
    if stretched:
        column.addWidget(control)
    else:
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    return column
