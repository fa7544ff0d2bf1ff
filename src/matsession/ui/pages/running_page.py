"""The page of a session under way: settling in and the session itself on one grid, so that nothing jumps."""

from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import texts
from matsession.app.event_words import extensions_to_come, slept
from matsession.app.mute import Mute
from matsession.app.ports import ChimePlayer
from matsession.app.preferences import Preferences
from matsession.app.session_runner import SessionRunner
from matsession.app.time_teller import TimeTeller
from matsession.domain.body import Position
from matsession.domain.events import Event, PauseReason, PreparationStarted
from matsession.domain.plan import Plan
from matsession.domain.session import Phase, SessionView
from matsession.ui.breath_pacer import BreathPacer
from matsession.ui.models.step_rows import StepRows
from matsession.ui.pages.hearing_check import HearingCheck
from matsession.ui.pages.one_button_hint import OneButtonHint
from matsession.ui.pages.session_controls import SessionControls
from matsession.ui.session_news import SessionNews
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.widgets.instruction import Instruction
from matsession.ui.widgets.label import Label, RoomyLabel
from matsession.ui.widgets.pose_picture import PosePicture
from matsession.ui.widgets.ring_timer import RingTimer
from matsession.ui.widgets.rows import RowList
from matsession.ui.widgets.scroll_page import ScrollPage
from matsession.ui.widgets.visibility import show

_STACK_EM = 34
"""Below this width the ring stands above the words,"""
_TALL_STACK_EM = 52
"""and below this one where the window is higher than wide."""
_LOW_EM = 36
"""Below this height the words scroll, and what is not at their top may be out of sight."""
_LARGE_TITLE_EM = 52
_POSE_SCALE = 2.0
"""The picture of the position is so much larger here than beside its words on the session page."""
_POSE_EM = 46
"""Below this height the steps need its room."""
_LYING = (
    Position.SUPINE_FLAT,
    Position.SUPINE_KNEES_BENT,
    Position.SUPINE_NECK_ROLL,
    Position.SUPINE_MAT_ON_TOP,
)
_CHECK_PX = 72
"""So much room the hearing check takes as a rule."""


class RunningPage(QFrame):
    """Ring, step, steps, three controls. A frame, because it has the keys: it is a group to a screen reader.

    Keys: Space pauses and goes on, + adds a minute. Enter and Escape do nothing here: a session must not end
    or change by accident. While settling in it also tells whether the end will be heard.
    """

    def __init__(
        self,
        runner: SessionRunner,
        preferences: Preferences,
        sound: ChimePlayer,
        teller: TimeTeller,
        mute: Mute,
        parent: QWidget | None = None,
    ) -> None:
        """Show and steer the session of ``runner``, what ``teller`` answers about it, and ``mute``."""
        super().__init__(parent)
        self.setAccessibleName(texts.tr("Session"))
        self._runner = runner
        self._preferences = preferences
        self._plan: Plan | None = None
        self._covered = False
        self._news = SessionNews(runner, teller, mute, self)
        self._pacer = BreathPacer(runner, preferences, self)
        self._step_in_sight = -1
        self._stacked = False
        self._low = False
        self._check = HearingCheck(preferences, sound, mute)
        self._controls = SessionControls(runner)
        self._build()
        self._connect()
        view = runner.view()
        if view is not None:
            self._show(view)

    def _build(self) -> None:
        self._ring = RingTimer()
        self._caption = Label(style=TextStyle.CAPTION, tone="text2")
        self._caption.setContentsMargins(u(12), 0, 0, 0)
        self._instruction = Instruction()
        self._pose = PosePicture(scale=_POSE_SCALE)
        self._pose.hide()
        self._one_button = OneButtonHint(self._preferences)
        self._steps = StepRows(self)
        self._list = RowList(texts.tr("Steps"), self._steps, 44, least_rows=2)
        words = QVBoxLayout()
        words.setSpacing(u(6))
        words.addWidget(self._caption)
        words.addWidget(self._instruction)
        words.addSpacing(u(12))
        lying = QHBoxLayout()
        lying.setContentsMargins(u(12), 0, 0, 0)  # as the words above and below
        lying.addWidget(self._pose)
        lying.addStretch(1)
        words.addLayout(lying)
        words.addWidget(self._check)
        words.addWidget(self._list, 1)
        words.addSpacing(u(6))
        words.addWidget(self._one_button)
        self._words_column = words
        content = QWidget()
        self._grid = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._top = QWidget()
        self._top_column = QVBoxLayout(self._top)
        self._top_column.setContentsMargins(0, 0, 0, 0)
        self._top.setSizePolicy(self._check.sizePolicy())
        self._top.hide()
        self._grid.addWidget(self._top)
        self._grid.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignCenter)
        self._words = QWidget()
        self._words.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._words, 1)
        self._note = RoomyLabel(tone="text2")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._bottom = QWidget()
        self._footer = QVBoxLayout(self._bottom)
        self._footer.setSpacing(u(6))
        self._footer.addWidget(self._controls)
        self._footer.addWidget(self._note)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(ScrollPage(content), 1)
        self._column.addWidget(self._bottom)

    def _order_tabs(self) -> None:
        """What may be urgent comes before what is only read. To be told again whenever a parent changes."""
        *others, end = self._controls.buttons()
        for first, then in pairwise((*others, end)):
            QWidget.setTabOrder(first, then)
        mend, test = self._check.buttons()
        # Backwards, each right after End: what follows in the circle already, Qt would leave before the rest.
        last: tuple[QWidget, ...] = (self._one_button.switch, self._list, test, mend)
        for after_end in last:
            QWidget.setTabOrder(end, after_end)

    def _connect(self) -> None:
        self._runner.happened.connect(self._on_runner_happened)
        self._runner.ticked.connect(self._on_runner_ticked)
        self._news.changed.connect(self._on_news_changed)
        self._pacer.moved.connect(self._on_pacer_moved)
        self._check.changed.connect(self._on_check_changed)

    def set_covered(self, covered: bool) -> None:
        """Whether another window lies above, so that nobody would see anything move."""
        self._covered = covered
        self._pacer.set_covered(covered)
        if not covered:
            self._show_now()

    def set_announcing(self, announces: bool) -> None:
        """Whether screen readers hear of the session from here."""
        self._news.set_announcing(announces)

    def note(self) -> str:
        """The line below the controls: what happened last, or else the word of safety."""
        return self._note.text()

    # -- show --------------------------------------------------------------------------------------

    def _show_now(self) -> None:
        view = self._runner.view()
        if view is not None and not view.over:
            self._show(view)

    def _show(self, view: SessionView) -> None:
        if view.plan is not self._plan:
            self._keep_room(view.plan)
        preparing = view.in_preparation
        if preparing:
            self._caption.setText(texts.tr("Before the session"))
            title, line = texts.tr("Settle in"), _settle_line(view.plan)
        else:
            self._caption.setText(
                texts.tr("Step {number} of {count}").format(
                    number=view.step_index + 1, count=len(view.plan.steps)
                )
            )
            title, line = view.step.step.name, view.line
        if view.pause_reason is PauseReason.SLEEP:
            line = slept(view.slept_s)
        self._instruction.tell(title, line)
        paused = view.phase is Phase.PAUSED
        self._note.setText(self._news.words or _safety(preparing=preparing, paused=paused))
        self._ring.show_view(view, still=self._pacer.still)
        self._steps.show_view(view)
        if view.step_index != self._step_in_sight:
            self._step_in_sight = view.step_index
            row = self._steps.index(view.step_index, 0)
            self._list.scrollTo(row, RowList.ScrollHint.PositionAtTop)
        self._controls.show_view(view)
        self._place_pose(preparing)
        if preparing is self._check.isHidden():
            self._check.setVisible(preparing)
            self._place_check()

    def _place_pose(self, preparing: bool) -> None:
        """How one lies, while one lies down; where there is room for it beside the steps."""
        preset = self._plan.preset if self._plan is not None else None
        room = not self._stacked and self.height() >= _POSE_EM * em()
        if preset is not None and preparing and room:
            self._pose.show_position(preset.position, preset.area)
        else:
            show(self._pose, False)

    def _place_check(self) -> None:
        """Below the instruction; a doubt in a narrow or low window stands above all, where it is in sight."""
        doubt, words = self._check.in_doubt(), self._words_column
        above = self._stacked and doubt
        place = words.indexOf(self._check)
        if above and self._top_column.indexOf(self._check) < 0:
            self._top_column.addWidget(self._check)
            self._order_tabs()
        elif not above and (place < 0 or (place == 0) is not (doubt and self._low)):
            words.removeWidget(self._check)
            words.insertWidget(0 if doubt and self._low else words.indexOf(self._list), self._check)
            self._order_tabs()
        self._top.setVisible(above and not self._check.isHidden())

    def _keep_room(self, plan: Plan) -> None:
        self._plan = plan
        lines = [(plan.steps[cue.step_index].step.name, cue.show) for cue in plan.cues[:-1]]
        self._note.keep_room_for(
            [
                _safety(preparing=True, paused=True),
                _safety(preparing=True, paused=False),
                _safety(preparing=False, paused=False),
                *extensions_to_come(plan),
            ]
        )
        asked = [(planned.step.name, slept(240)) for planned in plan.steps]
        self._instruction.keep_room_for([(texts.tr("Settle in"), _settle_line(plan)), *lines, *asked])
        self._fit()

    # -- events ------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show how it stands now; the keys belong to the page."""
        super().showEvent(event)
        self._order_tabs()
        self._show_now()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ring beside the words, or above them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Depends on the window and the plan alone, so that nothing moves within a session."""
        width, height = self.width(), self.height()
        stacked = width < _STACK_EM * em() or (height > width and width < _TALL_STACK_EM * em())
        low = height < _LOW_EM * em()
        if (stacked, low) != (self._stacked, self._low):
            self._stacked, self._low = stacked, low
            self._place_check()
        small = stacked or width < _LARGE_TITLE_EM * em()
        below = u(12 if small else 24)
        self._instruction.set_title_style(TextStyle.H1 if small else TextStyle.TITLE)
        self._list.set_scrolling(not stacked)
        inner = width - 2 * u(16)
        footer = width - 2 * u(8)
        note = self._note.heightForWidth(footer)
        free = height - self._controls.arrange_for(footer, low=low) - note - u(6 + 4) - below
        tiny = stacked and free < u(200)
        if tiny != (self._grid.indexOf(self._bottom) >= 0):
            # Too little room to keep the controls in sight below the ring: they scroll with it.
            if tiny:
                self._grid.insertWidget(self._grid.indexOf(self._ring) + 1, self._bottom)
            else:
                self._column.addWidget(self._bottom)
            self._order_tabs()
        edge = 0 if tiny else u(8)
        self._footer.setContentsMargins(edge, u(4), edge, below)
        view = self._runner.view()
        self._place_pose(view is not None and view.in_preparation)
        if stacked:
            self._grid.setDirection(QBoxLayout.Direction.TopToBottom)
            side_room = u(4 if tiny else 16)
            self._grid.setContentsMargins(side_room, 0, side_room, u(8))
            self._grid.setSpacing(u(12))
            words = self._caption.sizeHint().height() + self._instruction.heightForWidth(inner) + u(32)
            side = max(u(150), min(u(336), inner, u(200) if tiny else free - words))
        else:
            left = min(u(84), round(width * 0.05))
            self._grid.setDirection(QBoxLayout.Direction.LeftToRight)
            self._grid.setContentsMargins(left, u(8), left, u(8))
            self._grid.setSpacing(min(u(72), left))
            side = max(u(150), min(u(440), round(width * 0.46), free - u(16)))
        self._ring.setFixedSize(side, side)
        self._words_column.setContentsMargins(
            0, 0 if stacked or low else self._slack(free, inner - side), 0, 0
        )
        # Where the words scroll, the ring stays in sight.
        middle = Qt.AlignmentFlag.AlignHCenter
        upright = Qt.AlignmentFlag.AlignTop if small else Qt.AlignmentFlag.AlignVCenter
        self._grid.setAlignment(self._ring, middle | upright)
        self._words.setMaximumWidth(16_777_215 if stacked else max(u(440), width // 2))

    def _slack(self, height: int, width: int) -> int:
        """What is to be left above the words, so that they stand in the middle beside the ring."""
        if self._plan is None:
            return 0
        words = self._caption.sizeHint().height() + self._instruction.heightForWidth(width - u(72))
        rows = len(self._plan.steps) * u(44) + u(_CHECK_PX) + self._pose.sizeHint().height()
        rows += self._one_button.sizeHint().height()
        return max(0, (height - words - u(6 + 12 + 6 + 16) - rows) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and +; a held key counts once."""
        if event.isAutoRepeat():
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            self._runner.toggle_pause()
        elif event.text() == "+":
            self._controls.extend()
        else:
            super().keyPressEvent(event)

    def take_up(self, event: Event) -> None:
        """Tell of an event that came before the page could listen."""
        self._news.take_up(event)
        self._on_runner_happened(event)

    @Slot(object)
    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, PreparationStarted):
            self._keep_room(event.plan)
        if isinstance(event, PreparationStarted) and event.preparation_s > 0:
            self._check.refresh()
            self._check.tell()

    @Slot(object)
    def _on_runner_ticked(self, view: SessionView) -> None:
        if not view.over and self.isVisible() and not self._covered:
            self._show(view)

    @Slot()
    def _on_news_changed(self) -> None:
        if not self._covered:
            self._show_now()

    @Slot(object)
    def _on_pacer_moved(self, view: SessionView) -> None:
        self._ring.show_view(view, still=self._pacer.still)

    @Slot()
    def _on_check_changed(self) -> None:
        self._place_check()


def _settle_line(plan: Plan) -> str:
    pattern = texts.tr("Have everything within reach. The first step will be: {step}.")
    if plan.preset.position in _LYING:
        pattern = texts.tr("Lie back slowly. Have everything within reach. The first step will be: {step}.")
    return pattern.format(step=plan.steps[0].step.name)


def _safety(*, preparing: bool, paused: bool) -> str:
    if preparing and paused:
        return texts.tr("Paused. The session waits for you.")
    if preparing:
        return texts.tr("The session starts by itself.")
    return texts.tr("If it hurts or feels numb, get up. You can end at any time.")
