"""The mini window: the session beside other work; ring, step, and the three controls."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.event_words import slept
from matsession.app.mute import Mute
from matsession.app.one_button_control import OneButtonControl
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.time_teller import TimeTeller
from matsession.domain.events import PauseReason
from matsession.domain.plan import Plan
from matsession.domain.session import SessionView
from matsession.ui.breath_pacer import BreathPacer
from matsession.ui.drawing import Sign
from matsession.ui.one_button_filter import OneButtonFilter
from matsession.ui.pages.session_controls import SessionControls
from matsession.ui.session_news import SessionNews
from matsession.ui.sight import stand_alone
from matsession.ui.stop_signs import KEY, StopSigns
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.label import Heading, Label, RoomyLabel
from matsession.ui.widgets.mute_button import MuteButton
from matsession.ui.widgets.navigation import Mark
from matsession.ui.widgets.ring_timer import RingTimer
from matsession.ui.widgets.scroll_page import ScrollPage, bring_into_sight
from matsession.ui.widgets.sign_button import SignButton

_SMALLEST = QSize(240, 320)
_SHARE_OF_SCREEN = 0.85
_RING_LEAST, _RING_MOST = 96, 336
_LARGE_EM = 36
"""From this height on there is room for large controls."""
_WORDS_LEAST = 80
"""Where bar and controls leave less than this to ring and words, the controls scroll with them."""
_NAME_EM = 21
"""Below this width there is no room for the name of the preset beside the buttons."""


class MiniWindow(QMainWindow):
    """Shows the session of the runner while it is open; Esc, Ctrl+M and its own close button leave it."""

    left = Signal()
    """Back to the large window; of the session nothing has changed."""
    mat_requested = Signal()
    sight_changed = Signal()
    """It can be seen now, or no longer."""

    def __init__(
        self,
        runner: SessionRunner,
        preferences: Preferences,
        teller: TimeTeller,
        control: OneButtonControl,
        mute: Mute,
        owner: QWidget,
    ) -> None:
        """Show and steer the session of ``runner``."""
        super().__init__(owner, Qt.WindowType.Window)
        self._runner = runner
        self._preferences = preferences
        self._mute = mute
        self._plan: Plan | None = None
        self._covered = False
        self._controls_scroll = False
        self._news = SessionNews(runner, teller, mute, self)
        self._news.set_announcing(False)
        self._pacer = BreathPacer(runner, preferences, self)
        self._button = OneButtonFilter(control, runner, preferences, self)
        self._button.watch(self)
        self._controls = SessionControls(runner, short=True)
        self._build(owner)
        self._connect()

    def _build(self, owner: QWidget) -> None:
        self.setWindowTitle(texts.tr("Mini window - MatSession"))
        self.setAccessibleName(texts.tr("Mini window"))
        screen = owner.screen().availableSize() * _SHARE_OF_SCREEN
        self.setMinimumSize(QSize(u(_SMALLEST.width()), u(_SMALLEST.height())).boundedTo(screen))
        settings = self._preferences.settings
        self.resize(settings.mini_width, settings.mini_height)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, settings.mini_on_top)
        self._mark = Mark()
        self._name = Label(style=TextStyle.STRONG)
        self._sound = MuteButton(self._mute)
        self._pin = SignButton(
            texts.tr("Stay on top"), Sign.PIN, texts.tr("Keep this window above all others")
        )
        self._pin.setCheckable(True)
        self._mat = SignButton(texts.tr("Mat view"), Sign.FULL_SCREEN, texts.tr("Mat view (F11)"))
        self._back = SignButton(
            texts.tr("Back to the large window"), Sign.WINDOW, texts.tr("Back to the large window (Esc)")
        )
        bar = QHBoxLayout()
        bar.setSpacing(0)
        bar.addWidget(self._mark)
        bar.addSpacing(u(8))
        bar.addWidget(self._name, 1000)
        bar.addStretch(1)
        for button in self._tools():
            button.show_words(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.addWidget(button)
        self._bar = bar
        self._ring = RingTimer()
        self._caption = Label(style=TextStyle.CAPTION, tone="text2")
        self._title = Heading(style=TextStyle.H2)
        self._line = RoomyLabel(tone="text2")
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setSpacing(u(4))
        self._column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(u(8))
        for label in (self._caption, self._title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(label)
        self._column.addStretch(1)
        self._scrolled = ScrollPage(content)
        whole = QWidget()
        self._page = QVBoxLayout(whole)
        self._page.setSpacing(0)
        self._page.setContentsMargins(u(8), u(8), u(8), u(8))
        self._page.addLayout(bar)
        self._page.addWidget(self._scrolled, 1)
        self._page.addWidget(self._controls)
        self.setCentralWidget(whole)
        for first, then in pairwise((*self._controls.buttons(), *self._tools())):
            QWidget.setTabOrder(first, then)
        self._mat_key = QShortcut(QKeySequence("F11"), self)
        self._back_key = QShortcut(QKeySequence("Ctrl+M"), self)
        self._stop_signs = StopSigns(self, whole)
        self._stop_key = QShortcut(QKeySequence(KEY), self)
        self._stop_key.setAutoRepeat(False)

    def _tools(self) -> tuple[SignButton, ...]:
        return self._sound, self._pin, self._mat, self._back

    def _connect(self) -> None:
        self._runner.ticked.connect(self._on_runner_ticked)
        self._news.changed.connect(self._on_something_changed)
        self._pacer.moved.connect(self._on_pacer_moved)
        self._preferences.changed.connect(self._on_preferences_changed)
        self._pin.clicked.connect(self._on_pin_clicked)
        self._mat.clicked.connect(self.mat_requested)
        self._mat_key.activated.connect(self.mat_requested)
        self._back.clicked.connect(self.leave)
        self._back_key.activated.connect(self.leave)
        self._stop_key.activated.connect(self._on_stop_key_activated)

    @Slot()
    def leave(self) -> None:
        """Close; the session goes on in the large window."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def set_covered(self, covered: bool) -> None:
        """The mat view shows the session in front of this window."""
        self._covered = covered
        self._pacer.set_covered(covered)
        self._show_now()

    def set_announcing(self, announces: bool) -> None:
        """Whether screen readers hear of the session from here."""
        self._news.set_announcing(announces)

    # -- show --------------------------------------------------------------------------------------

    def _show_now(self) -> None:
        view = self._runner.view()
        if view is not None and not view.over and self.isVisible() and not self._covered:
            self._show(view)

    def _show(self, view: SessionView) -> None:
        if view.plan is not self._plan:
            self._keep_room(view.plan)
        if view.in_preparation:
            self._caption.setText(texts.tr("Before the session"))
            title, line = texts.tr("Settle in"), texts.tr("The session starts by itself.")
        else:
            self._caption.setText(_step_of(view.plan, view.step_index))
            title, line = view.step.step.name, view.line
        if view.pause_reason is PauseReason.SLEEP:
            line = slept(view.slept_s)
        self._title.setText(title)
        urgent = bool(self._news.words) or view.pause_reason is PauseReason.SLEEP
        self._tell(self._news.words or line, urgent=urgent)
        self._ring.show_view(view, still=self._pacer.still)
        self._controls.show_view(view)

    def _tell(self, line: str, *, urgent: bool) -> None:
        """In the smallest window the words scroll: what is new, or asked, comes into sight."""
        if line == self._line.text():
            return
        self._line.setText(line)
        if urgent:
            self._scrolled.ensureWidgetVisible(self._line, 0, u(4))
        elif not self._controls_scroll:  # else a button might go away below the pointer
            self._scrolled.verticalScrollBar().setValue(0)

    def _keep_room(self, plan: Plan) -> None:
        self._plan = plan
        self._name.setText(plan.preset.name)
        self._title.expect_words_of([texts.tr("Settle in"), *(planned.step.name for planned in plan.steps)])
        self._line.keep_room_for([*(cue.show for cue in plan.cues[:-1]), slept(240)])
        self._fit()

    # -- events ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show how it stands now; the keys belong to the window."""
        super().showEvent(event)
        stand_alone(self)
        self._pin.setChecked(self._preferences.settings.mini_on_top)
        self._show_now()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sight_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Minimised or back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.sight_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the size."""
        super().hideEvent(event)
        self._stop_signs.hide()
        if not event.spontaneous() and not self.isMaximized():
            self._preferences.change(mini_width=self.width(), mini_height=self.height())
        self.sight_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close it is to leave it."""
        event.accept()
        self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large a ring as leaves room for the words; the words scroll where there is none."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inner = self.width() - u(16) - u(12)
        self._name.setVisible(self.width() >= _NAME_EM * em())
        for button in self._controls.buttons():
            button.set_large(self.height() >= _LARGE_EM * em())
        controls = self._controls.arrange_for(self.width() - u(16))
        bar = max(self._mark.height(), self._pin.sizeHint().height())
        tools = sum(button.sizeHint().width() for button in self._tools())
        self._mark.setVisible(self.width() >= tools + self._mark.width() + u(24))
        self._let_controls_scroll(self.height() - controls - bar - u(16) < u(_WORDS_LEAST))
        words = sum(label.heightForWidth(inner) + u(4) for label in (self._caption, self._title, self._line))
        free = self.height() - controls - bar - words - u(16 + 24)
        side = max(min(u(_RING_LEAST), inner), min(u(_RING_MOST), inner, free))
        self._ring.setFixedSize(side, side)
        self._column.setContentsMargins(u(6), u(8), u(6), u(4))

    def _let_controls_scroll(self, scroll: bool) -> None:
        """With very large text on a small screen there is no room for anything that stands still."""
        if scroll != self._controls_scroll:
            self._controls_scroll = scroll
            (self._column if scroll else self._page).addWidget(self._controls)
            self._controls.show()

    def focusNextPrevChild(self, forth: bool) -> bool:
        """Scroll to what Tab reaches; Qt does that only where Tab begins within the part that scrolls."""
        moved = super().focusNextPrevChild(forth)
        bring_into_sight(self.focusWidget())
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and + as in the large window; Esc leads back there."""
        if event.isAutoRepeat():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Space:
            self._runner.toggle_pause()
        elif event.text() == "+":
            self._controls.extend()
        elif event.key() == Qt.Key.Key_M and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._mute.toggle()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_stop_key_activated(self) -> None:
        view = self._runner.view()
        if view is not None:
            self._stop_signs.toggle(view.plan.guidance.stop_signs)

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if not view.over and self.isVisible() and not self._covered:
            self._show(view)

    @Slot()
    def _on_something_changed(self) -> None:
        self._show_now()

    @Slot(object)
    def _on_pacer_moved(self, view: SessionView) -> None:
        self._ring.show_view(view, still=self._pacer.still)

    @Slot(bool)
    def _on_pin_clicked(self, checked: bool) -> None:
        self._preferences.change(mini_on_top=checked)

    @Slot()
    def _on_preferences_changed(self) -> None:
        wished = self._preferences.settings.mini_on_top
        if wished != bool(self.windowFlags() & Qt.WindowType.WindowStaysOnTopHint):
            shown = self.isVisible()
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, wished)  # hides it
            if shown:
                self.show()
        self._show_now()


def _step_of(plan: Plan, index: int) -> str:
    return texts.tr("Step {number} of {count}").format(number=index + 1, count=len(plan.steps))
