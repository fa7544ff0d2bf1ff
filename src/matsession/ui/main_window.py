"""The window: navigation, the pages, and what stands above them. Pages are built when first opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.preset_library import PresetLibrary
from matsession.app.session_parts import MakeSessionParts, SessionParts
from matsession.domain.plan import Plan
from matsession.ui.main_pages import Page, make_page
from matsession.ui.pages.session_page import SessionPage
from matsession.ui.standing_banners import StandingBanners
from matsession.ui.theme import DESIGN_FONT_PX, MEDIUM_EM, WIDE_EM, em
from matsession.ui.widgets.navigation import Navigation, Shape
from matsession.ui.widgets.scroll_page import bring_into_sight
from matsession.ui.widgets.top_bar import TopBar
from matsession.ui.window_place import show_where_it_was

if TYPE_CHECKING:
    from matsession.domain.events import Event
    from matsession.domain.record import SessionRecord
    from matsession.ui.end_signal import EndSignal
    from matsession.ui.main_pages import MainPage
    from matsession.ui.one_button_filter import OneButtonFilter
    from matsession.ui.out_of_sight import OutOfSight
    from matsession.ui.pages.evidence_page import EvidencePage
    from matsession.ui.pages.presets_page import PresetsPage
    from matsession.ui.pages.rating_page import RatingPage
    from matsession.ui.pages.running_page import RunningPage
    from matsession.ui.pages.settings_page import SettingsPage
    from matsession.ui.pages.welcome_page import WelcomePage
    from matsession.ui.session_windows import SessionWindows
    from matsession.ui.stop_signs import StopSigns
    from matsession.ui.toaster import Notice, Toaster
    from matsession.ui.widgets.question import Question

_LEAST = QSize(360, 480)
_SHARE_OF_SCREEN = 0.85
_CONTROLS_PX = 120
"""The controls of a session are that high: stop signs leave them in sight."""


class MainWindow(QMainWindow):
    """Shows one page at a time: those of the navigation, or those of a session.

    A QMainWindow, as are the others: a bare widget would be no window to a screen reader.
    """

    painted = Signal()
    """The first picture is on the screen: time for what it did not need."""

    closed = Signal()
    """It is closed, not only hidden: the program ends."""

    def __init__(
        self,
        presets: PresetLibrary,
        preferences: Preferences,
        make_session_parts: MakeSessionParts,
        parent: QWidget | None = None,
    ) -> None:
        """Show what there is to choose; ``make_session_parts`` makes what a session needs, in ``equip``."""
        super().__init__(parent)
        self._presets = presets
        self._preferences = preferences
        self._make_session_parts = make_session_parts
        self._parts: SessionParts | None = None
        self._one_button: OneButtonFilter | None = None
        self._end_signal: EndSignal | None = None
        self._windows: SessionWindows | None = None
        self._toaster: Toaster | None = None
        self._page = Page.SESSION
        self._lies = (Shape.SIDE, em())
        self._first_picture = True
        self._pages: dict[Page, MainPage] = {}
        self._running: RunningPage | None = None
        self._rating: RatingPage | None = None
        self._welcome: WelcomePage | None = None
        self._question: Question | None = None
        self._out_of_sight: OutOfSight | None = None
        self._stop_signs: StopSigns | None = None
        self._quitting = False
        self._asked_by_quitting = False
        """Whether the question about the session was asked for the sake of quitting."""
        self._asks = True
        """Whether somebody is there who can answer."""
        self._unsaved_accepted = False
        self._build()
        self._connect()
        self._enter_page(Page.SESSION)
        if preferences.settings.welcome_due:
            self._show_welcome(again=False)

    def _build(self) -> None:
        self.setWindowTitle("MatSession")
        self.setAcceptDrops(True)
        # Large text needs a larger window for as many words, as far as the screen has room for it.
        screen = self.screen().availableSize() * _SHARE_OF_SCREEN
        self.setMinimumSize(_LEAST.expandedTo((_LEAST * (em() / DESIGN_FONT_PX)).boundedTo(screen)))
        settings = self._preferences.settings
        self.resize(settings.window_width, settings.window_height)
        self._navigation = Navigation()
        for page in Page:
            self._navigation.add_page(page.title, page.sign, page.key)
        self._top_bar = TopBar()
        self._banners = StandingBanners(self._presets, self._preferences, self)
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top_bar)
        right.addWidget(self._banners)
        right.addWidget(self._stack, 1)
        content = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._navigation)
        self._box.addLayout(right, 1)
        self.setCentralWidget(content)
        self._page_keys = {page: QShortcut(page.key, self) for page in Page}
        self._to_export = QShortcut(QKeySequence("Ctrl+E"), self)
        self._safety_key = QShortcut(QKeySequence("F1"), self)
        self._safety_key.setAutoRepeat(False)

    def _connect(self) -> None:
        self._navigation.page_requested.connect(self._on_navigation_page_requested)
        self._navigation.focus_requested.connect(self._on_navigation_focus_requested)
        for key in self._page_keys.values():
            key.activated.connect(self._on_page_key_activated)
        self._to_export.activated.connect(self._on_to_export_activated)
        self._safety_key.activated.connect(self.show_safety)
        self._top_bar.stop_signs_requested.connect(self.show_safety)

    # -- what a session needs --------------------------------------------------------------------------

    def equip(self) -> SessionParts:
        """Take into use what a session needs: right after the first picture, or when it is wanted sooner."""
        if self._parts is None:
            from matsession.ui.end_signal import EndSignal
            from matsession.ui.next_reminder_news import NextReminderNews
            from matsession.ui.one_button_filter import OneButtonFilter
            from matsession.ui.out_of_sight import OutOfSight
            from matsession.ui.session_windows import SessionWindows
            from matsession.ui.toaster import Toaster

            self._parts = parts = self._make_session_parts()
            self._one_button = OneButtonFilter(parts.control, parts.runner, self._preferences, self)
            self._one_button.watch(self)
            self._toaster = Toaster(self, self._preferences)
            self._out_of_sight = OutOfSight(self, self._preferences)
            self._out_of_sight.asking.connect(self._on_out_of_sight_asking)
            self._out_of_sight.going.connect(self._keep_size)
            self._out_of_sight.quit_wished.connect(self._on_out_of_sight_quit_wished)
            self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
            self._undo_key.activated.connect(self._on_undo_key_activated)
            self._end_signal = EndSignal(self, parts.unheard_end, parts.runner, self._preferences)
            self._banners.watch(parts.journal, parts.chimes, parts.mute, parts.data_folder)
            self._top_bar.take(parts.mute)
            NextReminderNews(self._navigation, Page.REMINDERS, parts.reminders, self)
            page = self._pages.get(Page.SESSION)
            if isinstance(page, SessionPage):
                page.equip(parts)
            parts.runner.happened.connect(self._on_runner_happened)
            # After this window has heard of an event: what it shows is what the others stand in front of.
            self._windows = SessionWindows(self, parts, self._preferences)
            self._windows.front_changed.connect(self._on_windows_front_changed)
            self._top_bar.mat_requested.connect(self._windows.open_mat_view)
            self._top_bar.mini_requested.connect(self._windows.open_mini_window)
            view = parts.runner.view()
            if view is not None and parts.runner.active:
                self._show_running(view.plan)
        return self._parts

    # -- pages -------------------------------------------------------------------------------------

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def _show_page(self, page: Page) -> None:
        self._page = page
        if page not in self._pages:
            self._pages[page] = self._make_page(page)
            self._stack.addWidget(self._pages[page])
        self._stack.setCurrentWidget(self._pages[page])
        self._put_toast()
        self._navigation.show_page(page)
        self._put_frame(navigation=True)
        self.show_title()

    @Slot()
    def show_title(self) -> None:
        """What the window is called while this page is shown."""
        from_page = getattr(self._pages.get(self._page), "window_title", "")
        self.setWindowTitle(from_page or "MatSession")

    def _enter_page(self, page: Page) -> None:
        """Show it, with the keys where one begins there."""
        self._show_page(page)
        self._pages[page].focus_first()

    def _make_page(self, page: Page) -> "MainPage":
        made = make_page(page, self, self._presets, self._preferences)
        if isinstance(made, SessionPage):
            if self._parts is not None:
                made.equip(self._parts)
            if not self._first_picture:  # it was the page of a session that ran already
                made.find_leftovers()
        return made

    def let_go(self) -> None:
        """Watch nothing any more: another window takes this one's place."""
        if self._one_button is not None:
            self._one_button.stop()
        if self._end_signal is not None:
            self._end_signal.let_go()
        if self._windows is not None:
            self._windows.close_all()

    def notice(self) -> "Notice | None":
        """What the toast says now."""
        return self._toaster.notice if self._toaster is not None else None

    def take_up(self, notice: "Notice") -> None:
        """Go on showing what the window before this one showed."""
        self.tell(notice._replace(quiet=True))

    def show_text_size(self) -> None:
        """Begin on the page of settings, where the size of the text was changed."""
        self._show_page(Page.SETTINGS)
        self._settings().focus_text_size()

    def _settings(self) -> "SettingsPage":
        """The page of settings, which has been opened already."""
        from matsession.ui.pages.settings_page import SettingsPage

        page = self._pages[Page.SETTINGS]
        assert isinstance(page, SettingsPage)
        return page

    def _evidence(self) -> "EvidencePage":
        """The page of evidence, which has been opened already."""
        from matsession.ui.pages.evidence_page import EvidencePage

        page = self._pages[Page.EVIDENCE]
        assert isinstance(page, EvidencePage)
        return page

    def _show_welcome(self, *, again: bool) -> None:
        """What to know before the first session: before anything else, or ``again`` for who asks for it."""
        from matsession.ui.pages.welcome_page import WelcomePage

        self._welcome = WelcomePage(self._presets, again=again)
        self._welcome.notes_read.connect(self._on_welcome_notes_read)
        self._welcome.finished.connect(self._on_welcome_finished)
        self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)
        self._put_frame()
        self.setWindowTitle(texts.tr("Welcome - MatSession"))
        self._welcome.focus_first()

    def _show_running(self, plan: Plan, because: "Event | None" = None) -> None:
        made_now = self._running is None
        if self._running is None:
            from matsession.ui.pages.running_page import RunningPage

            parts = self.equip()
            self._running = RunningPage(
                parts.runner, self._preferences, parts.chimes, parts.teller, parts.mute
            )
            self._stack.addWidget(self._running)
        self._tell_length(plan)
        self._top_bar.offer(windows=True)
        self._put_frame(bar=True)
        self._stack.setCurrentWidget(self._running)
        if self._toaster is not None:
            self._toaster.dismiss()  # it would lie upon the controls of the session
        self.setWindowTitle(texts.tr("{preset} - MatSession").format(preset=plan.preset.name))
        if made_now and because is not None:
            self._running.take_up(because)  # Qt does not hand it on to who begins to listen meanwhile

    def _show_rating(self, record: "SessionRecord") -> None:
        from matsession.domain.record import RowState

        if self._rating is None:
            from matsession.ui.pages.rating_page import RatingPage

            parts = self.equip()
            self._rating = RatingPage(
                self._presets, parts.journal, parts.runner, parts.rest, parts.programme.is_of_programme
            )
            self._rating.finished.connect(self._on_rating_finished)
            self._rating.read_back.connect(self._on_rating_read_back)
            self._rating.touched.connect(parts.unheard_end.settle)
            self._stack.addWidget(self._rating)
        page = self._rating
        page.ask_about(record)
        pattern = texts.tr("{time}, finished at {clock}")
        if record.state is RowState.STOPPED:
            pattern = texts.tr("{time}, ended early at {clock}")
        ended_at = record.ended_at or record.started_at
        fact = pattern.format(time=texts.length(record.done_s), clock=texts.time_of_day(ended_at))
        self._top_bar.tell(record.preset_name, fact)
        self._top_bar.offer(windows=False)
        self._put_frame(bar=True)
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(texts.tr("After the session - MatSession"))
        page.focus_first()

    def _put_toast(self) -> None:
        """Above the strip of buttons that stands at the lower edge of some pages."""
        page = self.page()
        if self._toaster is not None and page is not None:
            self._toaster.stand_above(page.findChild(QWidget, "Footer"))

    def _tell_length(self, plan: Plan) -> None:
        length = texts.tr("open end") if plan.waits_for_person else texts.length(plan.total_s)
        self._top_bar.tell(plan.preset.name, length)

    def _put_frame(self, *, navigation: bool = False, bar: bool = False) -> None:
        """Put this around the page; the welcome has neither."""
        if self._stop_signs is not None:
            self._stop_signs.hide()
        self._navigation.setVisible(navigation)
        self._top_bar.setVisible(bar)
        for key in (*self._page_keys.values(), self._to_export):
            key.setEnabled(navigation)

    @Slot()
    def show_safety(self) -> None:
        """To evidence and safety; while a session is under way the stop signs in place, or away with them."""
        if not self._navigation.isHidden():
            self._enter_page(Page.EVIDENCE)
            return
        if self._stop_signs is None:
            from matsession.ui.stop_signs import StopSigns

            self._stop_signs = StopSigns(self, self._stack, clear_px=_CONTROLS_PX)
        self._stop_signs.toggle(self._presets.guidance.stop_signs)

    @Slot()
    def come_forward(self) -> None:
        """Be in front, or let the window be that stands in front of this one in a session."""
        if self._windows is not None and self._windows.come_forward():
            return
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        show_where_it_was(self)
        self.raise_()
        self.activateWindow()

    @Slot()
    def open_mat_view(self) -> None:
        """Show the session that runs on a whole screen."""
        self.equip()
        if self._windows is not None:
            self._windows.open_mat_view()

    @Slot()
    def go_to_session(self) -> None:
        """To where a session is chosen."""
        self._enter_page(Page.SESSION)

    @Slot()
    def go_to_settings(self) -> None:
        """To the settings."""
        self._enter_page(Page.SETTINGS)

    @Slot()
    def show_answers(self) -> None:
        """To what the person said is true for them."""
        self._show_page(Page.SETTINGS)
        self._settings().show_answers()

    @Slot()
    def show_notes(self) -> None:
        """Read again what is to be known before the first session."""
        self._show_welcome(again=True)

    @Slot(object)
    def tell(self, notice: "Notice") -> None:
        """Say in the toast what a page has done."""
        self.equip()
        if self._toaster is not None:
            self._put_toast()
            self._toaster.tell(notice)

    @Slot()
    def find_leftovers(self) -> None:
        """Offer what a crash left; once, no later than right after the first picture."""
        page = self._pages.get(Page.SESSION)
        if isinstance(page, SessionPage):
            page.find_leftovers()

    # -- events ------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forth: bool) -> bool:
        """Scroll to what Tab reaches; Qt does that only where Tab begins within the part that scrolls."""
        moved = super().focusNextPrevChild(forth)
        bring_into_sight(self.focusWidget())
        return moved

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is not needed for the first picture follows when all of it is painted."""
        super().paintEvent(event)
        if self._first_picture:
            self._first_picture = False
            QTimer.singleShot(0, self._on_first_picture_shown)

    @Slot()
    def _on_first_picture_shown(self) -> None:
        self.equip()
        self.find_leftovers()
        self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """There is a clock to be seen."""
        super().showEvent(event)
        self._tell_whether_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """There is none."""
        super().hideEvent(event)
        self._tell_whether_seen()

    def changeEvent(self, event: QEvent) -> None:
        """Minimised or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._tell_whether_seen()

    def _tell_whether_seen(self) -> None:
        if self._windows is not None:
            self._windows.look_whether_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Navigation at the side, as a rail, or across the top."""
        super().resizeEvent(event)
        self._banners.set_room(self.height())
        width = self.width() / em()
        shape = Shape.SIDE if width >= WIDE_EM else Shape.RAIL if width >= MEDIUM_EM else Shape.ACROSS
        if (shape, em()) == self._lies:
            return  # else all would be laid out a second time before the first picture
        self._lies = (shape, em())
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if shape is Shape.ACROSS else right)
        self._navigation.lie(shape)
        self._banners.set_narrow(shape is Shape.ACROSS)

    @Slot()
    def quit(self) -> None:
        """End the program, and not only hide its window; asked about a session that runs."""
        self._quitting = True
        if self._parts is not None and self._parts.runner.active:
            self.come_forward()
        self.close()

    @Slot()
    def leave(self) -> None:
        """End the session, if one runs, and close; without a question, for nobody can answer it in time."""
        self._quitting = True
        self._asks = False
        if self._parts is not None:
            self._parts.runner.end()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go out of sight where that is meant; else ask while a session runs, remember the size and close."""
        if self._stays(self._parts):
            event.ignore()
            return
        if self._parts is not None and self._parts.runner.active:
            event.ignore()
            self._ask_before_closing()
            return
        if self._asks and (self._asks_about_unsaved() or self._asks_about_preset()):
            event.ignore()
            return
        if self._rating is not None and self.page() is self._rating:
            self._rating.keep_answers()
        self._keep_size()
        if self._windows is not None:
            self._windows.close_all()
        event.accept()
        self.closed.emit()

    def _stays(self, parts: SessionParts | None) -> bool:
        """Whether the window only goes out of sight, or asks whether it is to."""
        if parts is None or self._quitting or self._out_of_sight is None:
            return False
        return self._out_of_sight.instead_of_closing(parts)

    @Slot()
    def _on_out_of_sight_asking(self) -> None:
        if self._windows is not None:
            self._windows.leave_mat_view()

    @Slot()
    def _on_out_of_sight_quit_wished(self) -> None:
        QTimer.singleShot(0, self, self.quit)  # a question about the session comes after this one

    def _asks_about_unsaved(self) -> bool:
        """Ask about sessions that could not be saved; False where there are none, or that is accepted."""
        if self._parts is None or self._unsaved_accepted or self._parts.journal.unsaved_count == 0:
            return False
        journal = self._parts.journal
        journal.offer_again()
        if journal.unsaved_count == 0:
            return False
        if self._question is not None:
            self._question.raise_()
            return True
        from matsession.ui.close_question import CloseUnsavedQuestion

        self.come_forward()
        why = texts.error(journal.trouble)[0] if journal.trouble is not None else ""
        question = CloseUnsavedQuestion(why, parent=self._in_front())
        question.accepted.connect(self._on_unsaved_accepted)
        question.finished.connect(self._on_question_finished)
        self._question = question
        question.open()
        return True

    @Slot()
    def _on_unsaved_accepted(self) -> None:
        self._unsaved_accepted = True
        QTimer.singleShot(0, self, self.quit)

    def _asks_about_preset(self) -> bool:
        """Ask about a preset whose changes are not saved; False where there is none."""
        # The work is not the page's: another window may have been here before this one.
        if self._parts is None or not self._parts.presets().editing.unsaved:
            return False
        self._quitting = False  # until that is answered
        if self._windows is not None:
            self._windows.leave_mat_view()
        self.come_forward()
        self._show_page(Page.PRESETS)
        page = self._presets_page()
        if page is not None:
            page.ask_to_leave()
        return True

    def _presets_page(self) -> "PresetsPage | None":
        """The page of presets, if it was opened."""
        page = self._pages.get(Page.PRESETS)
        if page is None:
            return None
        from matsession.ui.pages.presets_page import PresetsPage

        return page if isinstance(page, PresetsPage) else None

    @Slot()
    def close_after_leaving(self) -> None:
        """What was not saved has been dealt with."""
        self._quitting = True
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A preset file may be dropped anywhere, unless a session is shown."""
        from matsession.ui.pages.preset_exchange import dropped_preset

        if dropped_preset(event) is not None and self._navigation.isVisible():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The page of presets looks into it."""
        from matsession.ui.pages.preset_exchange import dropped_preset

        file = dropped_preset(event)
        if file is None:
            return
        event.acceptProposedAction()
        self._show_page(Page.PRESETS)
        page = self._presets_page()
        if page is not None:
            page.offer_file(file)

    @Slot()
    def _keep_size(self) -> None:
        if not self.isMaximized() and not self.isFullScreen():
            self._preferences.change(window_width=self.width(), window_height=self.height())

    def _ask_before_closing(self) -> None:
        if self._question is not None:
            self._asked_by_quitting |= self._quitting
            self._question.raise_()
            return
        from matsession.ui.close_question import CloseQuestion

        self._asked_by_quitting = self._quitting
        view = self.equip().runner.view()
        begun = view is not None and not view.in_preparation
        question = CloseQuestion(begun=begun, parent=self._in_front())
        question.accepted.connect(self._on_question_accepted)
        question.finished.connect(self._on_question_finished)
        self._question = question
        question.open()

    def _in_front(self) -> QWidget:
        """Where a question is seen: a mini window that stays on top would lie above one of this window."""
        return self._windows.in_front() if self._windows is not None else self

    @Slot()
    def _on_question_accepted(self) -> None:
        self.equip().runner.end()
        self._quitting = self._asked_by_quitting  # else closing may still be about reminders
        self.close()

    @Slot()
    def _on_question_finished(self) -> None:
        if self.sender() is not self._question:
            return  # one that was answered before; what it led to may have asked another already
        self._quitting = False
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        from matsession.domain.events import (
            Outcome,
            PreparationStarted,
            SessionEnded,
            SessionExtended,
            SessionReopened,
            WayBackStarted,
        )

        match event:
            case PreparationStarted(plan=plan):
                self._unsaved_accepted = False
                self._show_running(plan, event)
            case SessionReopened(plan=plan):
                self._show_running(plan, event)
            case SessionExtended(plan=plan) | WayBackStarted(plan=plan):
                self._tell_length(plan)
            case SessionEnded(outcome=outcome):
                if self._question is not None:
                    self._question.reject()
                record = self.equip().journal.record
                if outcome is Outcome.CANCELLED or record is None:
                    self._enter_page(Page.SESSION)
                else:
                    self._show_rating(record)
            case _:
                pass

    @Slot()
    def _on_windows_front_changed(self) -> None:
        if self._windows is None:
            return
        if self._end_signal is not None:
            self._end_signal.set_wanted(not self._windows.mat_view_open)
        if self._running is not None:
            self._running.set_covered(self._windows.main_covered)
            self._running.set_announcing(self._windows.main_in_front)

    @Slot()
    def _on_undo_key_activated(self) -> None:
        if self._toaster is not None and self._toaster.undo():
            return
        from matsession.ui.pages.history_page import HistoryPage
        from matsession.ui.pages.presets_page import PresetsPage
        from matsession.ui.pages.settings_page import SettingsPage

        page = self.page()
        if isinstance(page, SettingsPage | HistoryPage | PresetsPage):
            page.undo()

    @Slot()
    def _on_welcome_notes_read(self) -> None:
        self._preferences.change(welcome_due=False)
        if self._welcome is not None:
            self._welcome.offer_steps(self.equip())

    @Slot()
    def _on_welcome_finished(self) -> None:
        self._enter_page(self._page)
        if self._page is Page.SETTINGS:
            self._settings().focus_about()
        elif self._page is Page.EVIDENCE:
            self._evidence().focus_notes()
        if self._welcome is not None:
            self._stack.removeWidget(self._welcome)
            self._welcome.deleteLater()
            self._welcome = None

    @Slot(int)
    def _on_navigation_page_requested(self, number: int) -> None:
        self._show_page(Page(number))

    @Slot()
    def _on_navigation_focus_requested(self) -> None:
        self._enter_page(self._page)

    @Slot()
    def _on_page_key_activated(self) -> None:
        pressed = self.sender()
        for page, key in self._page_keys.items():
            if key is pressed:
                self._enter_page(page)

    @Slot()
    def _on_to_export_activated(self) -> None:
        from matsession.ui.pages.history_page import HistoryPage

        self._enter_page(Page.HISTORY)
        page = self.page()
        if isinstance(page, HistoryPage):
            page.show_data()

    @Slot(str)
    def _on_rating_read_back(self, sentence: str) -> None:
        self.equip().speaker.say(sentence)

    @Slot()
    def _on_rating_finished(self) -> None:
        self.equip().mute.lift()
        self._enter_page(self._page)
