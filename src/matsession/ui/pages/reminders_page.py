"""The page of reminders: the list, an editor beside it, and the quiet hours.

Where there is no room for both, the editor takes the place of the list.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import reminder_words as words
from matsession.app import texts
from matsession.app.ports import Autostart
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.reminder_parts import ReminderParts
from matsession.domain.reminder import QuietHours, Reminder
from matsession.domain.week import Weekday
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign
from matsession.ui.pages.quiet_hours import QuietHoursCard
from matsession.ui.pages.reminder_editor import ReminderEditor
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.list_and_editor import ListAndEditor
from matsession.ui.widgets.reminder_card import ReminderCard
from matsession.ui.widgets.scroll_page import ScrollPage

_TIGHT_EM = 24
_EDITOR = 380
_EVENING_MIN = 21 * 60


class RemindersPage(QWidget):
    """Everything is kept when Save is pressed; switches and quiet hours at once."""

    notice_wished = Signal(object)
    """A ``toaster.Notice``: what was done, in passing."""
    settings_requested = Signal()
    """The person wants to change when the program runs."""

    def __init__(
        self,
        parts: ReminderParts,
        presets: PresetLibrary,
        preferences: Preferences,
        autostart: Autostart,
        in_tray: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """Show and change what is in the book of ``parts``; the others tell when the program runs."""
        super().__init__(parent)
        self._book = parts.book
        self._scheduler = parts.scheduler
        self._notices = parts.notices
        self._presets = presets
        self._preferences = preferences
        self._autostart = autostart
        self._in_tray = in_tray
        self._cards: dict[str, ReminderCard] = {}
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._title = Heading(texts.tr("Reminders"), TextStyle.H1)
        self._off = Button(texts.tr("Quiet until tomorrow"), ButtonKind.QUIET)
        self._add = Button(texts.tr("Add reminder"), ButtonKind.SECONDARY, Sign.PLUS)
        self._tools_area = QWidget()
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._tools_area)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(u(4))
        self._tools.addWidget(self._off)
        self._tools.addWidget(self._add)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(8))
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._tools_area)
        self._information = Banner(BannerKind.INFORMATION, first=texts.tr("Change"))
        self._quiet_today = Banner(BannerKind.INFORMATION, first=texts.tr("Remind me today after all"))
        self._problems = Banner(BannerKind.CAREFUL)
        self._trouble = Banner(BannerKind.NOT_SAVED)
        self._empty = Label(texts.tr("No reminders yet."), TextStyle.GUIDE)
        self._add_first = Button(texts.tr("Add your first reminder"), ButtonKind.PRIMARY, Sign.PLUS)
        first = QHBoxLayout()
        first.addWidget(self._add_first)
        first.addStretch(1)
        self._coming = Label(style=TextStyle.CAPTION, tone="text2")
        self._quiet = QuietHoursCard()
        self._list = QVBoxLayout()
        self._list.setSpacing(u(8))
        entries = QWidget()
        left = QVBoxLayout(entries)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(u(12))
        left.addWidget(self._empty)
        left.addLayout(first)
        left.addLayout(self._list)
        left.addWidget(self._coming)
        left.addWidget(self._quiet)
        left.addStretch(1)
        self._editor = ReminderEditor(self._presets)
        self._columns = ListAndEditor(entries, self._editor, _EDITOR)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(16))
        self._column.addLayout(self._head)
        for banner in (self._trouble, self._problems, self._quiet_today, self._information):
            self._column.addWidget(banner)
        self._column.addWidget(self._columns, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollPage(content))

    def _connect(self) -> None:
        self._book.changed.connect(self.refresh)
        self._book.state_changed.connect(self.refresh)
        self._scheduler.next_changed.connect(self.refresh)
        self._presets.changed.connect(self.refresh)
        self._preferences.changed.connect(self.refresh)
        self._notices.tested.connect(self._editor.show_tested)
        self._add.clicked.connect(self._on_add_clicked)
        self._add_first.clicked.connect(self._on_add_clicked)
        self._off.clicked.connect(self._on_off_clicked)
        self._information.first_requested.connect(self.settings_requested)
        self._quiet_today.first_requested.connect(self._scheduler.remind_again)
        self._quiet.changed.connect(self._on_quiet_changed)
        self._columns.back_wished.connect(self._on_editor_cancel_requested)
        self._editor.save_requested.connect(self._on_editor_save_requested)
        self._editor.cancel_requested.connect(self._on_editor_cancel_requested)
        self._editor.delete_requested.connect(self._on_editor_delete_requested)
        self._editor.test_requested.connect(self._notices.test)

    def focus_first(self) -> None:
        """Begin at the first reminder, or where one is added."""
        first: QWidget = self._add_first
        if self._editing and not self._columns.list_shown:
            self._editor.focus_first()
            return
        if self._cards:
            first = next(iter(self._cards.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def _editing(self) -> bool:
        return self._editor.shown_id is not None and self._columns.editing

    @Slot()
    def refresh(self) -> None:
        """Show what is in the book now."""
        reminders = self._book.reminders
        if [each.id for each in reminders] != list(self._cards):
            self._make_cards()
        now = self._scheduler.now()
        for each in reminders:
            clock = words.clock(each.time_min)
            session = words.session(self._scheduler.session_of(each))
            self._cards[each.id].tell(each, clock, session, self._coming_words(each, now))
        self._empty.setVisible(not reminders)
        self._add_first.setVisible(not reminders)
        self._tools_area.setVisible(bool(reminders))
        self._off.setVisible(bool(reminders) and not self._scheduler.quiet_today)
        coming = self._scheduler.coming()
        sentence = words.coming(coming.at.astimezone(now.tzinfo), now.date()) if coming else ""
        if not sentence and any(each.on for each in reminders):
            sentence = texts.tr("Quiet hours leave no room for any of them.")
            if self._scheduler.programme_silences():
                sentence = texts.tr("Nothing comes while the programme waits.")
        self._coming.setText(sentence)
        self._coming.setVisible(bool(sentence))
        self._quiet.show_hours(self._book.quiet)
        self._quiet.setVisible(bool(reminders) or bool(self._book.quiet))
        self._tell_banners()
        shown = self._book.find(self._editor.shown_id or "")
        if self._editing and shown is None and not self._editor.new:
            self._close_editor()
        elif shown is not None and not self._editor.new:
            self._editor.show_coming(self._coming_words(shown, now))
        self._mark_open()

    def _tell_banners(self) -> None:
        trouble = self._book.trouble
        self._trouble.tell(*(texts.error(trouble) if trouble else ("", "")))
        problems = self._book.problems
        title = texts.tr("Some of your reminders could not be read.") if problems else ""
        self._problems.tell(title, " ".join(problems))
        off = self._scheduler.quiet_today and bool(self._book.reminders)
        self._quiet_today.tell(texts.tr("Nothing more comes today.") if off else "")
        self._information.tell(self._when_it_runs() if self._book.reminders else "")

    def _when_it_runs(self) -> str:
        match self._in_tray(), self._autostart.is_on():
            case True, True:
                return texts.tr(
                    "Reminders come while MatSession runs, also in the tray. It starts with your computer."
                )
            case True, False:
                return texts.tr(
                    "Reminders come while MatSession runs, also in the tray. "
                    "It does not start with your computer."
                )
            case False, True:
                return texts.tr(
                    "Reminders come while MatSession runs: leave it open or minimised. "
                    "It starts with your computer."
                )
            case _:
                return texts.tr(
                    "Reminders come while MatSession runs: leave it open or minimised. "
                    "It does not start with your computer."
                )

    def _coming_words(self, each: Reminder, now: datetime) -> str:
        if not each.on:
            return texts.tr("Off")
        coming = self._scheduler.next_of(each)
        if coming is None:
            if self._scheduler.programme_silences(each):
                return texts.tr("It stays silent while the programme waits.")
            return texts.tr("Quiet hours leave no room for it.")
        return texts.tr("Next: {when}").format(
            when=words.coming_short(coming.at.astimezone(now.tzinfo), now.date())
        )

    def _make_cards(self) -> None:
        had_focus = next((key for key, card in self._cards.items() if card.hasFocus()), None)
        for card in self._cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        before: QWidget = self._add_first
        for each in self._book.reminders:
            card = ReminderCard(each)
            card.chosen.connect(self._on_card_chosen)
            card.switched.connect(self._on_card_switched)
            self._cards[each.id] = card
            self._list.addWidget(card)
            card.show()  # else it could not take the keys before the next turn of the event loop
            card.follow(before)
            before = card.last_stop
        if had_focus in self._cards:
            self._cards[had_focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_open(self) -> None:
        for key, card in self._cards.items():
            card.show_open(self._editing and key == self._editor.shown_id)

    def _open_editor(self, reminder: Reminder, *, new: bool = False) -> None:
        if self._editing and self._editor.changed and self._editor.shown_id != reminder.id:
            self._editor.show_error(texts.tr("Save or cancel these changes first."))
            announce(self, texts.tr("Save or cancel these changes first."))
            self._editor.focus_first()
            return
        self._editor.show_reminder(reminder, new=new)
        self._editor.show_coming("" if new else self._coming_words(reminder, self._scheduler.now()))
        self._columns.show_editor(True)
        self._mark_open()
        self._editor.focus_first()

    def _close_editor(self) -> None:
        was = self._editor.shown_id
        self._columns.show_editor(False)
        self._mark_open()
        card = self._cards.get(was or "")
        target: QWidget = card or (self._add if self._cards else self._add_first)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- room --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one in the place of the other."""
        super().resizeEvent(event)
        small = self.width() < MEDIUM_EM * em()
        side = u(8 if self.width() < _TIGHT_EM * em() else 16 if small else 32)
        self._column.setContentsMargins(side, u(16 if small else 28), side, u(20))
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        tools = self._add.sizeHint().width() + self._off.sizeHint().width() + u(4)
        room = self.width() - 2 * side
        self._head.setDirection(right if tools + u(160) <= room else down)
        self._tools.setDirection(right if tools <= room else down)
        self._editor.set_narrow(self.width() < _TIGHT_EM * em())
        for banner in (self._trouble, self._problems, self._quiet_today, self._information):
            banner.set_narrow(small)
        self._columns.fit(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """The day may be another."""
        super().showEvent(event)
        self.refresh()

    # -- what a person does ------------------------------------------------------------------------------

    @Slot()
    def _on_add_clicked(self) -> None:
        settings = self._preferences.settings
        preset = self._presets.find(settings.last_preset)
        self._open_editor(
            Reminder(
                id=self._book.free_id(),
                time_min=_EVENING_MIN,
                weekdays=frozenset(Weekday),
                preset_id=preset.id if preset is not None else "",
            ),
            new=True,
        )

    @Slot()
    def _on_off_clicked(self) -> None:
        self._scheduler.not_today()
        told = texts.tr("Nothing more comes until tomorrow.")
        self.notice_wished.emit(Notice(told, self._scheduler.remind_again))
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_card_chosen(self, reminder_id: str) -> None:
        reminder = self._book.find(reminder_id)
        if reminder is not None:
            self._open_editor(reminder)

    @Slot(str, bool)
    def _on_card_switched(self, reminder_id: str, on: bool) -> None:
        reminder = self._book.find(reminder_id)
        if reminder is None or reminder.on == on:
            return
        self._book.put(replace(reminder, on=on))
        if self._editing and self._editor.shown_id == reminder_id and not self._editor.changed:
            self._editor.show_reminder(replace(reminder, on=on))

    @Slot(object)
    def _on_quiet_changed(self, quiet: QuietHours) -> None:
        self._book.set_quiet_hours(quiet)

    @Slot(object)
    def _on_editor_save_requested(self, reminder: Reminder) -> None:
        kept = self._book.find(reminder.id)
        if kept is not None:  # it may have been switched meanwhile
            reminder = replace(reminder, on=kept.on)
        self._columns.show_editor(False)
        self._book.put(reminder)
        self._mark_open()
        card = self._cards.get(reminder.id)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(
            self,
            texts.tr("Saved. {coming}").format(coming=self._coming_words(reminder, self._scheduler.now())),
        )

    @Slot()
    def _on_editor_cancel_requested(self) -> None:
        self._close_editor()

    @Slot(str)
    def _on_editor_delete_requested(self, reminder_id: str) -> None:
        reminder = self._book.find(reminder_id)
        self._close_editor()
        if reminder is None:
            return
        known = self._book.remove(reminder_id)
        target = next(iter(self._cards.values()), None)
        (target or self._add_first).setFocus(Qt.FocusReason.OtherFocusReason)
        told = texts.tr("Deleted: {time}").format(time=words.clock(reminder.time_min))
        if reminder.name:
            told = texts.tr("Deleted: {time}, {name}").format(
                time=words.clock(reminder.time_min), name=reminder.name
            )
        self.notice_wished.emit(Notice(told, partial(self._book.restore, reminder, known)))
