"""The page of the history: an overview, or the list of all sessions."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.journal import Journal
from matsession.app.overview_reader import OverviewReader
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_book import SessionBook
from matsession.app.session_runner import SessionRunner
from matsession.domain.days import day_of
from matsession.domain.errors import MatSessionError
from matsession.ui.drawing import Sign
from matsession.ui.pages.history_overview import HistoryOverview
from matsession.ui.pages.history_sessions import HistorySessions
from matsession.ui.theme import MEDIUM_EM, TextStyle, em, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Heading
from matsession.ui.widgets.segment import Segment

if TYPE_CHECKING:
    from matsession.app.exchange import HistoryFiles
    from matsession.app.safekeeping import Safekeeping
    from matsession.ui.pages.history_data import HistoryData

OVERVIEW, SESSIONS = range(2)


class HistoryPage(QWidget):
    """The head with what there is to see, and that below it. Nothing is read while nobody looks."""

    session_requested = Signal()
    """The person wants to begin a session."""
    notice_wished = Signal(object)
    """A Notice is to be shown: what was done, and that it can be taken back."""

    def __init__(
        self,
        book: SessionBook,
        files: "Callable[[], HistoryFiles]",
        keeping: "Callable[[], Safekeeping]",
        journal: Journal,
        runner: SessionRunner,
        presets: PresetLibrary,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        """Show and change the lines of ``book``, as of the moment that ``runner`` tells.

        ``files`` and ``keeping`` are made when they are first needed.
        """
        super().__init__(parent)
        self._book = book
        self._files = files
        self._keeping = keeping
        self._journal = journal
        self._presets = presets
        self._preferences = preferences
        self._reader = OverviewReader(journal, runner, presets, preferences, self)
        self._runner = runner
        self._read_on: date | None = None
        self._sessions: HistorySessions | None = None
        self._data: HistoryData | None = None
        self._before_data = OVERVIEW
        self._build()
        self._connect()

    def _build(self) -> None:
        self._which = Segment(texts.tr("Show"), (texts.tr("Overview"), texts.tr("Sessions")))
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(u(8))
        self._to_data = Button(texts.tr("Export"), ButtonKind.SECONDARY, Sign.UP_TRAY)
        self._to_data.setToolTip(texts.tr("Export, import, report and backups (Ctrl+E)"))
        self._tools.addWidget(self._which)
        self._tools.addWidget(self._to_data, 0, Qt.AlignmentFlag.AlignLeading)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(u(8))
        self._head.addWidget(Heading(texts.tr("History"), TextStyle.H1), 1)
        self._head.addLayout(self._tools)
        self._overview = HistoryOverview(self._reader, self._book, self._presets, self._preferences)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.setSpacing(u(12))
        self._above.addLayout(self._head)
        self._column.addLayout(self._above)
        self._column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._book.changed.connect(self._on_changed)
        self._preferences.changed.connect(self._on_changed)
        self._presets.changed.connect(self._on_changed)
        self._overview.failed.connect(self._on_overview_failed)
        self._overview.changed.connect(self._on_overview_changed)
        self._overview.session_requested.connect(self._on_session_requested)
        self._overview.day_picked.connect(self._on_overview_day_picked)
        self._which.picked.connect(self._on_which_picked)
        self._to_data.clicked.connect(self.show_data)

    def focus_first(self) -> None:
        """Begin in what is shown."""
        shown = self._stack.currentWidget()
        if shown is self._sessions and self._sessions is not None:
            self._sessions.focus_first()
        elif shown is self._data and self._data is not None:
            self._data.focus_first()
        else:
            self._overview.focus_first()

    def show_sessions(self, day: date | None = None) -> None:
        """Show the list, of this day alone where one is given."""
        sessions = self._sessions_made()
        if day is not None:
            sessions.show_day(day)
        self._which.show_chosen(SESSIONS)
        self._stack.setCurrentWidget(sessions)
        self._to_data.setEnabled(True)

    def _sessions_made(self) -> HistorySessions:
        if self._sessions is None:
            self._sessions = HistorySessions(self._book, self._journal, self._presets, self._preferences)
            self._sessions.notice_wished.connect(self.notice_wished)
            self._stack.addWidget(self._sessions)
            self._space()
        return self._sessions

    @Slot()
    def undo(self) -> None:
        """Take the last change of the history back."""
        self._sessions_made().undo()

    @Slot()
    def add(self) -> None:
        """Offer the form for a session that was not timed here."""
        self.show_sessions()
        self._sessions_made().add()

    @Slot()
    def show_data(self) -> None:
        """Show what brings the history out and in."""
        data = self._data_made()
        if self._stack.currentWidget() is not data:
            self._before_data = self._which.chosen()
        self._stack.setCurrentWidget(data)
        self._which.show_checked(None)  # each of its words leads back
        self._to_data.setEnabled(False)
        data.focus_first()

    def _data_made(self) -> "HistoryData":
        if self._data is None:
            from matsession.ui.pages.history_data import HistoryData  # what it needs is seldom needed

            self._data = HistoryData(
                self._files(), self._keeping(), self._book, self._journal, self._presets, self._preferences
            )
            self._data.left.connect(self._on_data_left)
            self._stack.addWidget(self._data)
            self._space()
        return self._data

    def _show_overview(self) -> None:
        self._stack.setCurrentIndex(OVERVIEW)
        self._refresh()

    def _refresh(self) -> None:
        """Read the overview anew, where it can be seen."""
        if self.isVisible() and self._stack.currentIndex() == OVERVIEW:
            self._read_on = self._today()
            self._reader.read()

    def _today(self) -> date:
        return day_of(self._runner.now().wall, self._preferences.settings.day_turn_min)

    def _space(self) -> None:
        small = self.width() < MEDIUM_EM * em()
        side, top = u(16 if small else 32), u(16 if small else 28)
        self._above.setContentsMargins(side, top, side, u(14))
        self._overview.set_margins(side, 0, side, u(16 if small else 24))
        for other in (self._sessions, self._data):
            if other is not None:
                other.set_margins(side, 0, side, u(16 if small else 24))
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        words = self._which.sizeHint().width() + u(8) + self._to_data.sizeHint().width()
        room = self.width() - 2 * side
        self._tools.setDirection(right if words <= room else down)
        self._head.setDirection(right if words + u(150) <= room else down)
        self._head.setAlignment(self._tools, Qt.AlignmentFlag.AlignLeading)

    def showEvent(self, event: QShowEvent) -> None:
        """Always read anew: another day may have begun, and other programs write to the history too."""
        super().showEvent(event)
        self._refresh()

    def event(self, event: QEvent) -> bool:
        """The window came to the front, perhaps on another day."""
        if event.type() == QEvent.Type.WindowActivate and self._read_on != self._today():
            self._refresh()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choice beside the title, or below it."""
        super().resizeEvent(event)
        self._space()

    @Slot()
    def _on_changed(self) -> None:
        self._refresh()

    @Slot()
    def _on_overview_changed(self) -> None:
        self._sessions_made().tell_of_change()

    @Slot(object)
    def _on_overview_failed(self, error: MatSessionError) -> None:
        self._journal.note_trouble(error)

    @Slot(QAbstractButton)
    def _on_which_picked(self, _button: QAbstractButton | None) -> None:
        self._to_data.setEnabled(True)
        if self._which.chosen() == SESSIONS:
            self.show_sessions()
        else:
            self._show_overview()

    @Slot()
    def _on_data_left(self) -> None:
        self._which.show_chosen(self._before_data)
        self._on_which_picked(None)
        self.focus_first()

    @Slot(object)
    def _on_overview_day_picked(self, day: date) -> None:
        self.show_sessions(day)
        self.focus_first()

    @Slot()
    def _on_session_requested(self) -> None:
        self.session_requested.emit()
