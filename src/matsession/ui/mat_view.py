"""The mat view: one screen full of the time left, dim and warm, to be read and steered from the mat."""

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QScreen,
    QShortcut,
    QShowEvent,
    QWindow,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from matsession.app import texts
from matsession.app.hearing import hearing, hearing_words
from matsession.app.mute import Mute
from matsession.app.one_button_control import OneButtonControl
from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.time_teller import TimeTeller
from matsession.domain.events import PauseReason, SleepAnswer
from matsession.domain.one_button import DOUBLE_WITHIN_S
from matsession.domain.preset import Step
from matsession.domain.preset_settings import Brightness
from matsession.domain.session import Phase, SessionView
from matsession.ui import mat_words
from matsession.ui.announce import announce
from matsession.ui.breath_pacer import BreathPacer, fullness_of
from matsession.ui.mat_colours import DAWN_S, dawn, follow, mat_colours
from matsession.ui.one_button_filter import OneButtonFilter
from matsession.ui.pages.session_controls import more_s
from matsession.ui.screens import next_screen
from matsession.ui.session_news import SessionNews
from matsession.ui.sight import stand_alone
from matsession.ui.stop_signs import KEY, StopSigns
from matsession.ui.theme import HIGH_CONTRAST, tokens
from matsession.ui.widgets.mat_canvas import MatCanvas
from matsession.ui.widgets.mat_picture import MatPicture, burn_in_shift
from matsession.ui.widgets.ring_picture import RingPicture, RingState, picture_of
from matsession.ui.widgets.stop_panel import PanelColours

CURSOR_S: Final = 3.0
"""The pointer goes when it has not been moved for so long,"""
HINTS_S: Final = 5.0
"""the hints when nothing has been touched for so long,"""
FADE_S: Final = 0.4
"""in this time."""

_FRAME_S: Final = 0.05
_DAWN_FRAME_S: Final = 0.1
_SHIFT_S: Final = 60
_MOVE_MS: Final = 150
_SHADES: Final = 255
"""The dawn is painted anew where a colour can be another."""

_LEVELS: Final = tuple(Brightness)
_NO_LETTER: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_TO_MINI: Final = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_M)
_ONLY_HELD: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
)


class MatView(QMainWindow):
    """Shows the session of the runner while it is open.

    The one-button grammar is always in force here. R turns the picture, up and down change the brightness,
    + adds a minute, Esc and F11 leave; none of them ends anything. It stays after the end until somebody
    touches a key.
    """

    left = Signal()
    """The person left; of the session nothing has changed."""
    placed = Signal()
    """It lies on a screen, perhaps on another than before."""
    sight_changed = Signal()
    """It can be seen now, or no longer."""
    touched = Signal()
    """After the end: somebody is there."""
    mini_requested = Signal()
    """The session should go on in the mini window."""
    digit_typed = Signal(str)
    """A rating, typed after the end."""

    def __init__(
        self,
        runner: SessionRunner,
        preferences: Preferences,
        sound: ChimePlayer,
        teller: TimeTeller,
        control: OneButtonControl,
        mute: Mute,
        rest: Step,
        owner: QWidget,
    ) -> None:
        """Show and steer the session of ``runner``; ``rest`` follows when it goes on after its end."""
        super().__init__(owner, Qt.WindowType.Window)
        self._runner = runner
        self._preferences = preferences
        self._sound = sound
        self._rest = rest
        self._mute = mute
        self._touched_s = -math.inf
        self._pointer_s = -math.inf
        self._handle: QWindow | None = None
        self._may_insist = False
        self._light = 0.0
        self._light_s = math.inf
        self._news = SessionNews(runner, teller, mute, self)
        self._news.set_announcing(False)
        self._pacer = BreathPacer(runner, preferences, self)
        self._button = OneButtonFilter(control, runner, preferences, self, always=True)
        self._button.watch(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setObjectName("frames")
        self._closing = QTimer(self, singleShot=True, interval=round(DOUBLE_WITHIN_S * 1000))
        self._moving = QTimer(self, singleShot=True, interval=_MOVE_MS)
        self._next_screen: QScreen | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWindowTitle(texts.tr("Mat view - MatSession"))
        self.setAccessibleName(texts.tr("Mat view"))
        self.setAccessibleDescription(
            texts.tr(
                "Space tells the time left, twice pauses or goes on, held for a second ends the session. "
                "Escape leaves the mat view."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._canvas = MatCanvas()
        self.setCentralWidget(self._canvas)
        self._stop_signs = StopSigns(self, self._canvas)
        self._stop_key = QShortcut(QKeySequence(KEY), self)
        self._stop_key.setAutoRepeat(False)

    def _connect(self) -> None:
        self._runner.ticked.connect(self._on_runner_ticked)
        self._preferences.changed.connect(self._on_something_changed)
        self._sound.on_problem_changed(self._on_something_changed)
        self._news.changed.connect(self._on_something_changed)
        self._mute.changed.connect(self._on_something_changed)
        self._pacer.moved.connect(self._on_runner_ticked)
        self._timer.timeout.connect(self._on_something_changed)
        self._closing.timeout.connect(self.leave)
        self._moving.timeout.connect(self._on_moving_timeout)
        self._stop_key.activated.connect(self._on_stop_key_activated)

    # -- open and leave ----------------------------------------------------------------------------

    def open_on(self, screen: QScreen) -> None:
        """Fill this screen."""
        view = self._runner.view()
        if view is None:
            return
        if self.isVisible() and self.screen() is not screen:
            # A window that fills a screen moves to no other; and one that goes and comes in the same moment
            # may come without what was wished for it (tried with openbox).
            self.hide()
            self._next_screen = screen
            self._moving.start()
            return
        self._light, self._light_s = self._wanted_light(view), view.at.boot_s
        self._touch(pointer=True)
        self._may_insist = True
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.placed.emit()

    @Slot()
    def leave(self) -> None:
        """Close; the session goes on."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def put_away(self) -> None:
        """Close without a word: there is nothing to show any more."""
        self._moving.stop()
        self.hide()

    def picture(self) -> MatPicture:
        """What is shown."""
        return self._canvas.picture()

    # -- show --------------------------------------------------------------------------------------

    def _show(self, view: SessionView) -> None:
        now_s = view.at.awake_s
        self._light = follow(self._light, self._wanted_light(view), view.at.boot_s - self._light_s)
        self._light_s = view.at.boot_s
        still = self._pacer.still
        settings = self._preferences.in_session
        layout = self._canvas.lay_out()
        full = fullness_of(view, still=still)
        title, cue = mat_words.title_and_cue(view, self._news.words, self._doubt, still=still)
        picture = MatPicture(
            ring=_ring(view, layout.growth_scale),
            title=title,
            cue=cue,
            line=None if full is None else layout.line_half_px(full),
            hints=mat_words.hints(
                view,
                muted=self._mute.muted,
                one_brightness=tokens() is HIGH_CONTRAST,
                more_screens=len(QGuiApplication.screens()) > 1,
            ),
            hint_opacity=self._hint_opacity(view, now_s - self._touched_s),
            colours=mat_colours(
                settings.mat_brightness,
                round(self._light * _SHADES) / _SHADES,
                high_contrast=tokens() is HIGH_CONTRAST,
            ),
            turns=settings.mat_turns,
            shift=burn_in_shift(int(now_s // _SHIFT_S)),
        )
        self._canvas.show_picture(picture, view)
        self._stop_signs.keep_look(turns=settings.mat_turns, colours=self._panel_colours())
        hidden = now_s - self._pointer_s >= CURSOR_S
        shape = Qt.CursorShape.BlankCursor if hidden else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)
        self._timer.start(math.ceil(1000 * self._until_next_s(view)))

    def _show_now(self) -> None:
        view = self._runner.view()
        if view is not None and self.isVisible():
            self._show(view)

    def _until_next_s(self, view: SessionView) -> float:
        """When it looks different without anything happening."""
        now_s = view.at.awake_s
        waits = [_SHIFT_S - now_s % _SHIFT_S]
        for begin_s, end_s in ((self._pointer_s, CURSOR_S), (self._touched_s, HINTS_S)):
            if now_s < begin_s + end_s:
                waits.append(begin_s + end_s - now_s)
        if HINTS_S <= now_s - self._touched_s < HINTS_S + FADE_S:
            waits.append(_FRAME_S)
        wanted = self._wanted_light(view)
        rises = wanted > 0 and view.phase is Phase.RUNNING
        if rises or abs(self._light - wanted) > 1e-6:
            waits.append(_DAWN_FRAME_S)
        return max(0.001, min(waits))

    def _wanted_light(self, view: SessionView) -> float:
        if not self._preferences.in_session.dawn or view.in_preparation or view.plan.waits_for_person:
            return 0.0
        return dawn(view.left_s) if view.left_s < DAWN_S else 0.0

    def _hint_opacity(self, view: SessionView, since_s: float) -> float:
        """All of them while an answer is waited for, or nothing can be heard."""
        stay = mat_words.waits(view) or self._mute.muted
        return 1.0 if stay else _hint_opacity(since_s, still=self._pacer.still)

    def _doubt(self) -> str:
        """Why the end may not be heard; it has to be known before the eyes are closed."""
        now = hearing(self._preferences.in_session, self._sound.output_name(), self._sound.problem())
        return "" if now.doubt is None else hearing_words(now)

    # -- events ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it is told from here."""
        super().showEvent(event)
        self.setFocus()
        self._news.set_announcing(True)
        stand_alone(self)
        if self.windowHandle() is not self._handle:
            self._handle = self.windowHandle()
            self._handle.screenChanged.connect(self._on_handle_screen_changed)
        view = self._runner.view()
        if view is not None and view.in_preparation and self._doubt():
            announce(self, self._doubt())
        self._show_now()
        self.sight_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves any more."""
        super().hideEvent(event)
        self._stop_signs.hide()
        self._news.set_announcing(False)
        self._timer.stop()
        self._closing.stop()
        self.sight_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """A desktop may miss the wish for the whole screen in a window that comes right after it went."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.isVisible():
            self._show_now()  # in a pause nothing else would for up to a minute
        if event.type() != QEvent.Type.WindowStateChange:
            return
        self.sight_changed.emit()
        partial = self.isVisible() and not (self.isFullScreen() or self.isMinimized())
        if partial and self._may_insist:
            self._may_insist = False
            QTimer.singleShot(0, self.showFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close it is to leave it."""
        event.accept()
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All that is not the one button."""
        if event.isAutoRepeat() or event.key() in _ONLY_HELD:
            return
        self._touch()
        if event.modifiers() & _NO_LETTER:
            self._take_combination(event)
            return
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_F11:
                if not self._runner.active:
                    self.touched.emit()
                self.leave()
            case Qt.Key.Key_R:
                self._preferences.change(mat_turns=(self._preferences.in_session.mat_turns + 1) % 4)
            case Qt.Key.Key_Up:
                self._change_brightness(1)
            case Qt.Key.Key_Down:
                self._change_brightness(-1)
            case Qt.Key.Key_M if self._runner.active:
                self._mute.toggle()
            case Qt.Key.Key_S if self._runner.active and len(QGuiApplication.screens()) > 1:
                self._change_screen()
            case _ if self._runner.active:
                self._steer(event)
            case _:
                self._after_end(event.text())

    def _take_combination(self, event: QKeyEvent) -> None:
        """With Ctrl a letter is another key: Ctrl+M must not silence what somebody lies down to hear."""
        if not self._runner.active:
            self._after_end("")
        elif event.keyCombination() == _TO_MINI:
            self.mini_requested.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer is there again."""
        super().mouseMoveEvent(event)
        self._touch(pointer=True)
        self._show_now()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only after the end; before, a click is the one button."""
        event.accept()
        self._after_end("")

    def _touch(self, *, pointer: bool = False) -> None:
        now_s = self._runner.now().awake_s
        self._touched_s = now_s
        if pointer:
            self._pointer_s = now_s

    def _steer(self, event: QKeyEvent) -> None:
        view = self._runner.view()
        if view is None:
            return
        asked = view.pause_reason is PauseReason.SLEEP
        if event.key() == Qt.Key.Key_C and asked:
            self._runner.resume_after_sleep(SleepAnswer.COUNT)
        elif event.text() == "+" and not asked:
            self._runner.extend(more_s(view))
        self._show_now()

    def _after_end(self, text: str) -> None:
        """Twice, or +, goes on for as long as that is offered; a digit rates; anything else closes."""
        view = self._runner.view()
        if view is None or self._runner.active:
            return
        self.touched.emit()
        if view.go_on_left_s > 0 and (text == "+" or self._closing.isActive()):
            self._closing.stop()
            self._runner.go_on(self._rest)
        elif len(text) == 1 and text in "0123456789":
            self.leave()
            self.digit_typed.emit(text)
        else:
            # Not at once: a second press must not fall upon what lies below.
            self._closing.start()

    def _change_brightness(self, by: int) -> None:
        if tokens() is HIGH_CONTRAST:
            return  # it has one, and the setting is for the other themes
        level = _LEVELS.index(Brightness(self._preferences.in_session.mat_brightness)) + by
        self._preferences.change(mat_brightness=_LEVELS[min(len(_LEVELS) - 1, max(0, level))].value)
        self._show_now()

    def _change_screen(self) -> None:
        screen = next_screen(self.screen(), QGuiApplication.screens())
        self._preferences.change(mat_screen=screen.name())
        self.open_on(screen)

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if self.isVisible():
            self._show(view)

    @Slot()
    def _on_stop_key_activated(self) -> None:
        """In the colours of the night, turned as the picture is: nothing stops by that."""
        view = self._runner.view()
        if view is None:
            return
        self._stop_signs.toggle(
            view.plan.guidance.stop_signs,
            turns=self._preferences.in_session.mat_turns,
            colours=self._panel_colours(),
        )

    def _panel_colours(self) -> PanelColours:
        """Those of the night, in the dawn as well."""
        brightness = self._preferences.in_session.mat_brightness
        night = mat_colours(brightness, high_contrast=tokens() is HIGH_CONTRAST)
        return PanelColours(night.ground, night.digits, night.words, night.digits)

    @Slot()
    def _on_something_changed(self) -> None:
        self._show_now()

    @Slot(QScreen)
    def _on_handle_screen_changed(self, screen: QScreen) -> None:
        """The screen it was on is gone, or it was moved: fill the one it is on now."""
        if self.isVisible():
            self.setGeometry(screen.geometry())
            self.showFullScreen()
            self.placed.emit()

    @Slot()
    def _on_moving_timeout(self) -> None:
        screens = QGuiApplication.screens()
        if self._next_screen in screens:
            self.open_on(self._next_screen)
        else:  # it went in this moment
            self.open_on(screens[0])


def _ring(view: SessionView, scale: float) -> RingPicture:
    """Digits and dots; after an end before its time, what was done."""
    ring = replace(picture_of(view, scale), above="", below="", breath=None)
    if view.phase is Phase.STOPPED:
        return replace(ring, state=RingState.DONE, digits=texts.clock(view.elapsed_s))
    return ring


def _hint_opacity(since_s: float, *, still: bool) -> float:
    if since_s < HINTS_S:
        return 1.0
    return 0.0 if still else max(0.0, 1.0 - (since_s - HINTS_S) / FADE_S)
