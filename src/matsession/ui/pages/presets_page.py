"""The page of presets: the list, and the preset that is open beside it.

Where there is no room for both, the open preset takes the place of the list.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_book import Arrival, PresetBook
from matsession.app.speaker import Speaker
from matsession.app.try_out import TryOut
from matsession.app.voice import Voice
from matsession.domain.body import BodyArea
from matsession.domain.errors import MatSessionError
from matsession.domain.preset import Preset
from matsession.domain.session import SessionView
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign
from matsession.ui.leave_question import LeaveQuestion
from matsession.ui.pages.preset_arrival import ArrivalCard
from matsession.ui.pages.preset_editor import PresetEditor
from matsession.ui.pages.preset_exchange import PresetExchange, dropped_preset
from matsession.ui.pages.preset_footer import PresetFooter
from matsession.ui.pages.preset_shelf import PresetShelf
from matsession.ui.pages.preset_try import TryStrip
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.scroll_page import ScrollPage

_BESIDE_EM = 54
"""From this width of the page on list and preset stand side by side."""
_LOW_EM = 30
"""Below this height of the page a banner has all the room, until it is answered."""
_LIST = 236


class PresetsPage(QWidget):
    """Own presets are kept when Save is pressed; hiding, deleting and importing happen at once."""

    notice_wished = Signal(object)
    """A ``toaster.Notice``: what was done, in passing."""
    title_changed = Signal()
    """``window_title`` is another."""
    left = Signal()
    """What was not saved has been saved, or is not wanted: the window may be closed."""

    def __init__(
        self,
        book: PresetBook,
        try_out: TryOut,
        preferences: Preferences,
        voice: Voice,
        speaker: Speaker,
        parent: QWidget | None = None,
    ) -> None:
        """Show and change what is in ``book``."""
        super().__init__(parent)
        self._book = book
        self._library = book.library
        self._editing = book.editing
        self._try_out = try_out
        self._preferences = preferences
        self._voice = voice
        self._speaker = speaker
        self._beside = True
        self._question: LeaveQuestion | None = None
        self._after: tuple[str, object] = ("", None)
        self._exchange = PresetExchange(book, self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._title = Heading(texts.tr("Presets"), TextStyle.H1)
        self._import = Button(texts.tr("Import…"), ButtonKind.QUIET, Sign.DOWN_TRAY)
        self._new = Button(texts.tr("New preset"), ButtonKind.SECONDARY, Sign.PLUS)
        self._tools = Flow(self._import, self._new, gap_px=4)
        self._head_area = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._head_area)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(u(8))
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._tools)
        self._trouble = Banner(BannerKind.NOT_SAVED, first=texts.tr("Close"))
        self._refused = Banner(BannerKind.CAREFUL, first=texts.tr("Close"))
        self._elsewhere = Banner(
            BannerKind.CAREFUL, first=texts.tr("Take theirs"), second=texts.tr("Save mine as a copy")
        )
        self._arrival = ArrivalCard()
        self._left = PresetShelf(self._library, self._editing)
        self._back = Button(texts.tr("Back to the list"), ButtonKind.QUIET, Sign.BACK)
        self._editor = PresetEditor(self._editing, self._library.guidance, self._preferences, self._voice)
        self._strip = TryStrip()
        self._footer = PresetFooter()
        edited = QWidget()
        column = QVBoxLayout(edited)
        column.setContentsMargins(0, 0, u(4), u(12))
        column.addWidget(self._editor)
        column.addStretch(1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(u(4))
        back = QHBoxLayout()
        back.addWidget(self._back)
        back.addStretch(1)
        right.addLayout(back)
        right.addWidget(self._strip)
        self._scrolled = ScrollPage(edited)
        right.addWidget(self._scrolled, 1)
        right.addWidget(self._footer)
        right.addStretch(0)
        self._nothing = Label(texts.tr("Open a preset to see its steps."), TextStyle.GUIDE, "text2")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(u(18))
        self._columns.addWidget(self._left)
        arriving = QWidget()
        column = QVBoxLayout(arriving)
        column.setContentsMargins(0, 0, u(4), u(12))
        column.addWidget(self._arrival)
        column.addStretch(1)
        self._arriving = ScrollPage(arriving)
        self._columns.addWidget(self._arriving, 1)
        self._columns.addWidget(self._right, 1)
        self._columns.addWidget(self._nothing, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(u(12))
        self._column.addWidget(self._head_area)
        for each in (self._trouble, self._refused, self._elsewhere):
            self._column.addWidget(each)
        self._column.addLayout(self._columns, 1)
        self._save_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        self._save_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _connect(self) -> None:
        self._library.changed.connect(self.refresh)
        self._editing.changed.connect(self.refresh)
        self._editing.failed.connect(self._tell_trouble)
        self._new.clicked.connect(self._on_new_clicked)
        self._import.clicked.connect(self._exchange.ask_for_file)
        self._exchange.arrived.connect(self._on_exchange_arrived)
        self._exchange.refused.connect(self._on_exchange_refused)
        self._exchange.failed.connect(self._tell_trouble)
        self._exchange.done.connect(self.notice_wished)
        self._left.chosen.connect(self._on_list_chosen)
        self._back.clicked.connect(self._on_back_clicked)
        self._refused.first_requested.connect(self._on_banner_closed)
        self._trouble.first_requested.connect(self._on_banner_closed)
        self._elsewhere.first_requested.connect(self._on_theirs_wished)
        self._elsewhere.second_requested.connect(self._on_copy_mine_wished)
        self._arrival.import_wished.connect(self._on_arrival_import_wished)
        self._arrival.left.connect(self._on_arrival_left)
        self._editor.say_wished.connect(self._on_editor_say_wished)
        self._footer.save_wished.connect(self.save)
        self._footer.revert_wished.connect(self._editing.revert)
        self._footer.try_wished.connect(self._on_try_wished)
        self._footer.copy_wished.connect(self._on_copy_wished)
        self._footer.share_wished.connect(self._on_share_wished)
        self._footer.delete_wished.connect(self.delete)
        self._footer.hide_wished.connect(self._on_hide_wished)
        self._save_key.activated.connect(self.save)
        self._strip.end_wished.connect(self._try_out.end)
        self._try_out.ticked.connect(self._on_try_ticked)
        self._try_out.ended.connect(self._on_try_ended)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def window_title(self) -> str:
        """What the window is called while a preset is tried; empty: as ever."""
        draft = self._editing.draft
        if not self._try_out.running or draft is None:
            return ""
        return texts.tr("Try: {preset} - MatSession").format(preset=draft.name)

    def focus_first(self) -> None:
        """Begin at the preset that is open, or at the first."""
        if self._arrival.waiting:
            self._arrival.focus_first()
            return
        if self._editing.draft is not None and not self._left.isVisible():
            self._editor.focus_first()
            return
        self._focus_entry(self._editing.preset_id)

    def _focus_entry(self, preset_id: str) -> None:
        """Give the keys to this preset, or to the first of the list."""
        if not self._left.focus_entry(preset_id):
            self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Show what there is now."""
        self._left.refresh()
        self._show_footer()
        self._show_elsewhere()
        self._arrange()

    def _show_footer(self) -> None:
        draft = self._editing.draft
        if draft is None:
            return
        built_in = self._editing.read_only
        told = words.unsaved(self._editing.unsaved_count)
        if built_in:
            told = texts.tr("It came with the program and stays as it is. Copy it to change it.")
        elif self._editing.new and not told:
            told = texts.tr("New, not saved yet")
        problems = self._editing.problems()
        if problems:
            told = texts.tr("Not to be saved yet: {problem}").format(problem=words.problem(problems[0]))
        self._footer.show_state(
            told,
            built_in=built_in,
            hidden=self._library.hides(draft.base),
            new=self._editing.new,
            unsaved=self._editing.unsaved,
            valid=not problems,
            trying=self._try_out.running,
        )

    def _show_elsewhere(self) -> None:
        if not self._editing.changed_elsewhere:
            self._elsewhere.tell("")
        elif self._editing.gone_elsewhere:
            self._elsewhere.tell(
                texts.tr("The file of this preset was deleted elsewhere."),
                texts.tr("Your changes are still here. Save them as a copy, or let go of them."),
            )
        else:
            self._elsewhere.tell(
                texts.tr("This preset was changed elsewhere."),
                texts.tr("Your changes are still here. Take theirs and lose yours, or save yours as a copy."),
            )

    # -- room --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one in the place of the other."""
        super().resizeEvent(event)
        small = self.width() < MEDIUM_EM * em()
        side = u(12 if small else 32)
        self._column.setContentsMargins(side, u(12 if small else 28), side, 0)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        tools = self._tools.sizeHint().width() + u(170)
        self._head.setDirection(right if tools <= self.width() - 2 * side else down)
        for banner in (self._trouble, self._refused, self._elsewhere):
            banner.set_narrow(small)
        self._strip.set_narrow(small)
        self._beside = self.width() >= _BESIDE_EM * em()
        self._arrange()

    def _arrange(self) -> None:
        opened = self._editing.draft is not None
        arriving = self._arrival.waiting
        self._arriving.setVisible(arriving)
        self._right.setVisible(opened and not arriving)
        self._left.setVisible(self._beside or not (opened or arriving))
        self._nothing.setVisible(self._beside and not (opened or arriving))
        self._head_area.setVisible(self._beside or not (opened or arriving))
        # In a small window what can be done now has all the room.
        banners = (self._trouble, self._refused, self._elsewhere)
        if self.height() < _LOW_EM * em() and any(not each.isHidden() for each in banners):
            for each in (self._arriving, self._right, self._left, self._nothing, self._head_area):
                each.hide()
        trying, elsewhere = self._try_out.running, self._editing.changed_elsewhere
        self._scrolled.setVisible(self._beside or not trying)
        self._footer.setVisible(self._beside or not (trying or elsewhere))
        self._back.setVisible(not self._beside and not trying)
        if self._beside:
            self._left.setFixedWidth(u(_LIST))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)

    # -- opening and leaving -----------------------------------------------------------------------------

    def _leave_for(self, what: str, value: object = None) -> None:
        """Do this as soon as nothing is lost by it."""
        self._try_out.end()
        self._after = (what, value)
        draft = self._editing.draft
        if draft is None or not self._editing.unsaved:
            self._go_on()
            return
        if self._question is not None:
            self._question.raise_()
            return
        question = LeaveQuestion(draft.name, can_save=not self._editing.problems(), parent=self.window())
        question.save_wished.connect(self._on_question_save_wished)
        question.leave_wished.connect(self._go_on)
        question.finished.connect(self._on_question_finished)
        self._question = question
        question.open()

    def ask_to_leave(self) -> None:
        """The window is to be closed: ``left`` tells when it may."""
        self._leave_for("close")

    @Slot()
    def _go_on(self) -> None:
        what, value = self._after
        self._after = ("", None)
        self._trouble.tell("")
        match what:
            case "open" if isinstance(value, str):
                preset = self._library.find(value)
                if preset is not None:
                    self._editing.open(preset)
                    self._begin_editing()
            case "begin" if isinstance(value, Preset):
                self._editing.begin(value)
                self._begin_editing()
            case "back":
                opened = self._editing.preset_id
                self._editing.close()
                self._focus_entry(opened)
            case "close":
                self._editing.close()
                self.left.emit()
            case _:
                pass

    def _begin_editing(self) -> None:
        if not self._beside or self._editing.new:
            self._editor.focus_first()
        QTimer.singleShot(0, self, self._scroll_up)  # what has just appeared is laid out by then

    @Slot()
    def _scroll_up(self) -> None:
        self._scrolled.verticalScrollBar().setValue(0)

    @Slot()
    def _on_question_save_wished(self) -> None:
        if self.save():
            self._go_on()

    @Slot()
    def _on_question_finished(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    @Slot(str)
    def _on_list_chosen(self, preset_id: str) -> None:
        if preset_id != self._editing.preset_id and not (
            self._editing.new and self._editing.draft is not None and self._editing.draft.base.id == preset_id
        ):
            self._leave_for("open", preset_id)

    @Slot()
    def _on_back_clicked(self) -> None:
        self._leave_for("back")

    @Slot()
    def _on_new_clicked(self) -> None:
        last = self._library.find(self._preferences.settings.last_preset)
        area = last.area if last is not None else BodyArea.FULL_BACK
        preset = words.new_preset("new", area)
        preset = self._book.copy(preset, preset.name)
        self._leave_for("begin", preset)

    @Slot()
    def _on_copy_wished(self) -> None:
        preset = self._editing.preset()
        if preset is not None:
            self._leave_for("begin", self._book.copy(preset))

    # -- keeping -----------------------------------------------------------------------------------------

    @Slot()
    def save(self) -> bool:
        """Keep the preset that is open; whether that is done."""
        if not self._editing.unsaved or self._editing.read_only or self._editing.problems():
            return False
        try:
            saved = self._editing.save()
        except MatSessionError as error:
            self._tell_trouble(error)
            return False
        self._trouble.tell("")
        if saved is None:  # the banner tells why
            return False
        announce(self, texts.tr("Saved: {preset}").format(preset=saved.name))
        return True

    @Slot()
    def _on_theirs_wished(self) -> None:
        self._editing.take_theirs()

    @Slot()
    def _on_copy_mine_wished(self) -> None:
        try:
            saved = self._editing.save_as_copy()
        except MatSessionError as error:
            self._tell_trouble(error)
        except ValueError:
            pass  # the problem stands at the steps
        else:
            self.notice_wished.emit(Notice(texts.tr("Saved: {preset}").format(preset=saved.name)))

    @Slot()
    def delete(self) -> None:
        """Put the open preset aside; a toast offers to bring it back."""
        draft = self._editing.draft
        if draft is None:
            return
        self._try_out.end()
        if self._editing.new:
            self._editing.close()
            told = texts.tr("Discarded: {preset}").format(preset=draft.name)
            self.notice_wished.emit(Notice(told, partial(self._editing.begin_again, draft)))
            self.focus_first()
            return
        try:
            deleted = self._book.delete(draft.base.id)
        except MatSessionError as error:
            self._tell_trouble(error)
            return
        self._editing.close()
        self.focus_first()
        if deleted is not None:
            told = texts.tr("Deleted: {preset}").format(preset=draft.base.name)
            self.notice_wished.emit(Notice(told, partial(self._editing.bring_back, deleted, draft)))

    @Slot()
    def _on_hide_wished(self) -> None:
        draft = self._editing.draft
        if draft is None:
            return
        hidden = not self._library.hides(draft.base)
        self._book.hide(draft.base.id, hidden=hidden)
        pattern = texts.tr("Hidden: {preset}") if hidden else texts.tr("Offered again: {preset}")
        undo = partial(self._book.hide, draft.base.id, hidden=not hidden)
        self.notice_wished.emit(Notice(pattern.format(preset=draft.name), undo))

    def undo(self) -> None:
        """Take the last edit back."""
        self._editing.undo()

    # -- in and out ------------------------------------------------------------------------------------

    def offer_file(self, file: str) -> None:
        """Tell what would come of importing this file; nothing is changed yet."""
        self._exchange.offer_file(file)

    @Slot(object)
    def _on_exchange_arrived(self, arrival: Arrival) -> None:
        self._try_out.end()
        self._refused.tell("")
        self._arrival.show_arrival(arrival)
        self._arrange()
        self._arrival.focus_first()

    @Slot(object)
    def _on_exchange_refused(self, error: MatSessionError) -> None:
        self._refused.tell(*texts.error(error))
        self._arrange()

    @Slot()
    def _on_banner_closed(self) -> None:
        self._refused.tell("")
        self._trouble.tell("")
        self._arrange()
        self.focus_first()

    @Slot(object)
    def _tell_trouble(self, error: MatSessionError) -> None:
        self._trouble.tell(*texts.error(error))
        self._arrange()

    @Slot()
    def _on_arrival_left(self) -> None:
        self._arrange()
        self.focus_first()

    @Slot(object, bool)
    def _on_arrival_import_wished(self, arrival: Arrival, replacing: bool) -> None:
        try:
            preset, replaced = self._book.take_in(arrival, replacing=replacing)
        except MatSessionError as error:
            self._tell_trouble(error)
            return
        self._arrange()
        told = texts.tr("Imported: {preset}").format(preset=preset.name)
        there = self._book.file_of(preset.id)
        undo = None
        if replaced is not None and there is not None:
            undo = partial(self._editing.put_back, replaced, there)
        self.notice_wished.emit(Notice(told, undo))
        if not self._editing.unsaved:
            self._leave_for("open", preset.id)

    @Slot()
    def _on_share_wished(self) -> None:
        preset = self._editing.preset()
        if preset is not None:
            self._exchange.share(preset)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A preset file may be dropped."""
        if dropped_preset(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is looked into."""
        file = dropped_preset(event)
        if file is not None:
            event.acceptProposedAction()
            self.offer_file(file)

    # -- trying ----------------------------------------------------------------------------------------

    @Slot()
    def _on_try_wished(self) -> None:
        preset = self._editing.preset()
        if preset is None:
            return
        length_s = self._editor.preview_s() or preset.suggested_s
        if not self._try_out.begin(preset, length_s if preset.allows(length_s) else preset.suggested_s):
            return
        self._arrange()
        self._strip.begin(preset.name)
        self._show_footer()
        self.title_changed.emit()

    @Slot(object)
    def _on_try_ticked(self, view: SessionView) -> None:
        if self._try_out.running:
            self._strip.tell(view)
            self._editor.bar.show_elapsed(None if view.in_preparation else view.elapsed_s)

    @Slot()
    def _on_try_ended(self) -> None:
        keys: QWidget | None = self.focusWidget()
        had_keys = keys is not None and self._strip.isAncestorOf(keys)
        self._strip.hide()
        self._arrange()
        self._editor.bar.show_elapsed(None)
        self._show_footer()
        if had_keys and self.isVisible():
            self._footer.focus_try()
        announce(self, texts.tr("The try is over."))
        self.title_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends a try."""
        if event.key() == Qt.Key.Key_Escape and self._try_out.running:
            self._try_out.end()
        elif event.key() == Qt.Key.Key_Escape and self._arrival.waiting:
            self._arrival.leave()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_editor_say_wished(self, line: str) -> None:
        if not self._speaker.say(line, 5000):
            self.notice_wished.emit(Notice(self._voice.problem_told() or texts.tr("The voice is off.")))
