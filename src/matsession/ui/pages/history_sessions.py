"""The list of all sessions: found, sorted, looked at, corrected, added, deleted."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import edit_words, history_words, texts
from matsession.app.journal import Journal
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_book import SessionBook
from matsession.domain.errors import MatSessionError
from matsession.domain.record import SessionRecord
from matsession.domain.session_query import SessionQuery, SortBy
from matsession.ui.drawing import Sign
from matsession.ui.models.history_model import SORTED, Column, HistoryModel
from matsession.ui.pages.history_detail import HistoryDetail
from matsession.ui.pages.history_filters import HistoryFilters
from matsession.ui.pages.history_form import HistoryForm
from matsession.ui.theme import TextStyle, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.session_table import SessionTable

LIST, DETAIL, FORM = range(3)
_LEAST = 190
"""The least height of the table, in design pixels."""


class HistorySessions(QWidget):
    """The table with its filters; in its place one session in full, or the form for one."""

    notice_wished = Signal(object)
    """A Notice is to be shown: what was done, and that it can be taken back."""

    def __init__(
        self,
        book: SessionBook,
        journal: Journal,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Show the lines of ``book``; widths and order are remembered in ``preferences``."""
        super().__init__(parent)
        self._book = book
        self._journal = journal
        self._preferences = preferences
        self._read_on: date | None = None
        self._back_to = LIST
        self._model = HistoryModel(book, journal, self)
        self._detail = HistoryDetail(book, presets)
        self._form = HistoryForm(book, presets)
        self._build()
        self._connect()
        self._remember_order()

    def _build(self) -> None:
        self._filters = HistoryFilters()
        self._add = Button(texts.tr("Add"), ButtonKind.SECONDARY, Sign.PLUS)
        self._add.setAccessibleName(texts.tr("Add a session"))
        self._add.setToolTip(texts.tr("Add a session that was not timed here"))
        self._edit = Button(texts.tr("Correct"), ButtonKind.SECONDARY, Sign.PEN)
        self._edit.setToolTip(texts.tr("Change the selected session (F2)"))
        self._delete = Button(texts.tr("Delete"), ButtonKind.DANGER, Sign.BIN)
        self._delete.setToolTip(texts.tr("Delete the selected sessions; can be undone (Delete)"))
        self._buttons = Flow(self._add, self._edit, self._delete, gap_px=0)
        self._table = SessionTable(self._model)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._nothing = QWidget()
        nothing = QVBoxLayout(self._nothing)
        nothing.setSpacing(u(12))
        self._nothing_words = Label(style=TextStyle.GUIDE)
        self._nothing_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear = Button(texts.tr("Clear filters"), ButtonKind.SECONDARY)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addStretch(1)
        row.addWidget(self._clear)
        row.addStretch(1)
        nothing.addStretch(1)
        nothing.addWidget(self._nothing_words)
        nothing.addLayout(row)
        nothing.addStretch(2)
        self._found = QStackedWidget()
        self._found.addWidget(self._table)
        self._found.addWidget(self._nothing)
        self._count = Label(style=TextStyle.CAPTION, tone="text2")
        self._legend = Label(texts.tr("* ended early"), TextStyle.CAPTION, "text2", wrap=False)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._legend)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setSpacing(u(8))
        self._column.addWidget(self._filters)
        self._column.addWidget(self._buttons)
        self._column.addWidget(self._found, 1)
        self._column.addLayout(foot)
        self._stack = QStackedWidget()
        # Where it is low the whole of it scrolls: a few rows are always seen at once.
        self._table.setMinimumHeight(u(_LEAST))
        for each in (ScrollPage(self._list), self._detail, self._form):
            self._stack.addWidget(each)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def _connect(self) -> None:
        self._book.changed.connect(self._on_book_changed)
        self._filters.changed.connect(self._on_filters_changed)
        self._clear.clicked.connect(self._filters.clear)
        self._add.clicked.connect(self.add)
        self._edit.clicked.connect(self.edit)
        self._delete.clicked.connect(self.delete)
        self._table.opened.connect(self._on_table_opened)
        self._table.edit_requested.connect(self.edit)
        self._table.delete_requested.connect(self.delete)
        self._table.picked.connect(self._on_table_picked)
        self._table.sorted_by.connect(self._on_table_sorted_by)
        self._table.resized.connect(self._on_table_resized)
        self._table.customContextMenuRequested.connect(self._on_menu_requested)
        self._detail.left.connect(self._on_detail_left)
        self._detail.edit_requested.connect(self.edit)
        self._detail.delete_requested.connect(self.delete)
        self._form.saved.connect(self._on_form_saved)
        self._form.given_up.connect(self._on_form_given_up)

    def _remember_order(self) -> None:
        settings = self._preferences.settings
        try:
            sort_by = SortBy(settings.history_sort)
        except ValueError:  # from a newer version, or typed by hand
            sort_by = SortBy.STARTED
        columns = [column for column, by in SORTED.items() if by is sort_by]
        if not columns:
            sort_by, columns = SortBy.STARTED, [Column.DATE]
        self._query = SessionQuery(sort_by=sort_by, descending=settings.history_descending)
        self._table.show_sorting(columns[0], descending=settings.history_descending)
        self._table.set_widths(settings.history_columns)

    # -- what is shown -------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Begin in the list, or in what stands in its place."""
        match self._stack.currentIndex():
            case _ if self._stack.currentIndex() == DETAIL:
                self._detail.focus_first()
            case _ if self._stack.currentIndex() == FORM:
                self._form.focus_first()
            case _ if self._found.currentWidget() is self._table:
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                first = self._clear if self._clear.isVisible() else self._add
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        """Show the sessions of this day alone."""
        self._stack.setCurrentIndex(LIST)
        self._filters.set_today(self._journal.today())
        self._filters.show_day(day)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The room around what is shown."""
        self._column.setContentsMargins(left, top, right, bottom)
        self._detail.set_margins(left, top, right, bottom)
        self._form.set_margins(left, top, right, bottom)

    def _refresh(self) -> None:
        """Look up the same lines again, and stay at the line where one was, or else at its row."""
        self._read_on = self._journal.today()
        self._filters.set_today(self._read_on)
        self._filters.offer_presets(self._book.presets_used())
        row, place, count = self._table.current_row(), self._table.place(), self._model.count
        record = self._model.record(row) if row is not None else None
        self._model.ask(self._filters.narrowed(self._query))
        if row is not None and self._model.count:
            moved = self._moved(row, record, self._model.count - count)
            if moved is None:
                self._table.select([min(row, self._model.count - 1)])
            else:
                self._table.go_back_to(place, moved)
        self._tell()
        shown = self._detail.record
        if self._stack.currentIndex() == DETAIL and shown is not None:
            again = self._book.get(shown.id)
            if again is None:
                self._stack.setCurrentIndex(LIST)
            else:
                self._detail.show_record(again)

    def _moved(self, row: int, record: SessionRecord | None, more: int) -> int | None:
        """By how many rows this line has moved, as far as that is told by how many there are more."""
        for moved in (0, more):
            now = self._model.record(row + moved) if row + moved >= 0 else None
            if now is not None and record is not None and now.id == record.id:
                return moved
        return None

    def _tell(self) -> None:
        count, filtered = self._model.count, self._model.query.filters
        self._found.setCurrentWidget(self._table if count else self._nothing)
        self._nothing_words.setText(
            texts.tr("No sessions match.") if filtered else texts.tr("No sessions yet.")
        )
        self._clear.setVisible(filtered)
        pattern = texts.tr("1 session") if count == 1 else texts.tr("{count} sessions")
        self._count.setText(pattern.format(count=history_words.whole_number(count)) if count else "")
        self._legend.setVisible(bool(count) and not self._table.told_in_lines)
        self._on_table_picked()

    # -- gestures ------------------------------------------------------------------------------------

    @Slot()
    def add(self) -> None:
        """Offer the form for a session that was not timed here."""
        self._back_to = LIST
        self._form.add(self._journal.now(), self._preferences.settings.last_preset)
        self._show_form()

    @Slot()
    def edit(self) -> None:
        """Offer the form for the line that is open, or the one that is selected."""
        record = self._chosen()
        if record is None:
            return
        self._back_to = self._stack.currentIndex()
        self._form.correct(record)
        self._show_form()

    @Slot()
    def delete(self) -> None:
        """Delete the line that is open, or all that are selected; the notice offers to take it back."""
        if self._stack.currentIndex() == DETAIL:
            records = [self._detail.record]
        else:
            records = [self._model.record(row) for row in self._table.selected_rows()]
        ids = [record.id for record in records if record is not None]
        if not ids:
            return
        self._stack.setCurrentIndex(LIST)
        try:
            self._book.delete(ids)
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return
        self.tell_of_change()
        self.focus_first()

    @Slot()
    def undo(self) -> None:
        """Take the last change back, and say so."""
        change = self._book.undo_of
        if change is None:
            return
        try:
            self._book.undo()
        except MatSessionError as error:
            self._journal.note_trouble(error)
            return
        self.notice_wished.emit(Notice(edit_words.taken_back(change)))

    def tell_of_change(self) -> None:
        """Say what was changed last, with the offer to take it back."""
        change = self._book.undo_of
        if change is not None:
            self.notice_wished.emit(Notice(edit_words.made(change), self.undo))

    def _chosen(self) -> SessionRecord | None:
        if self._stack.currentIndex() == DETAIL:
            return self._detail.record
        rows = self._table.selected_rows()
        return self._model.record(rows[0]) if len(rows) == 1 else None

    def _show_form(self) -> None:
        self._stack.setCurrentIndex(FORM)
        self._form.focus_first()

    # -- events --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Always read anew: another day may have begun, and other programs write to the history too."""
        super().showEvent(event)
        self._refresh()

    def event(self, event: QEvent) -> bool:
        """The window came to the front, perhaps on another day."""
        if event.type() == QEvent.Type.WindowActivate and self._read_on != self._journal.today():
            self._refresh()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A legend belongs to columns alone."""
        super().resizeEvent(event)
        self._legend.setVisible(bool(self._model.count) and not self._table.told_in_lines)

    @Slot()
    def _on_book_changed(self) -> None:
        if self.isVisible():
            self._refresh()

    @Slot()
    def _on_filters_changed(self) -> None:
        self._model.ask(self._filters.narrowed(self._query))
        self._table.scrollToTop()
        self._tell()

    @Slot()
    def _on_table_opened(self) -> None:
        row = self._table.current_row()
        record = self._model.record(row) if row is not None else None
        if record is not None:
            self._detail.show_record(record)
            self._stack.setCurrentIndex(DETAIL)
            self._detail.focus_first()

    @Slot()
    def _on_table_picked(self) -> None:
        count = len(self._table.selected_rows()) if self._model.count else 0
        self._edit.setEnabled(count == 1)
        self._delete.setEnabled(count > 0)

    @Slot(object, bool)
    def _on_table_sorted_by(self, column: Column, descending: bool) -> None:
        self._query = SessionQuery(sort_by=SORTED[column], descending=descending)
        self._table.show_sorting(column, descending=descending)
        self._preferences.change(history_sort=SORTED[column].value, history_descending=descending)
        self._on_filters_changed()

    @Slot(object)
    def _on_table_resized(self, widths: Mapping[str, float]) -> None:
        self._preferences.change(history_columns=widths)

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        if not self._table.selected_rows():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(texts.tr("Show in full"), self._on_table_opened)
        if self._edit.isEnabled():
            menu.addAction(texts.tr("Correct"), self.edit)
        menu.addAction(texts.tr("Delete"), self.delete)
        menu.popup(self._table.viewport().mapToGlobal(at))

    @Slot()
    def _on_detail_left(self) -> None:
        self._stack.setCurrentIndex(LIST)
        self.focus_first()

    @Slot(str)
    def _on_form_saved(self, record_id: str) -> None:
        self._stack.setCurrentIndex(self._back_to)
        record = self._book.get(record_id)
        if self._back_to == DETAIL and record is not None:
            self._detail.show_record(record)
        self.tell_of_change()
        self.focus_first()

    @Slot()
    def _on_form_given_up(self) -> None:
        self._stack.setCurrentIndex(self._back_to)
        self.focus_first()
