"""The three controls of a session, and what each of them means at the moment."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import texts
from matsession.app.session_runner import SessionRunner
from matsession.domain.events import PauseReason, SleepAnswer
from matsession.domain.session import Phase, SessionView
from matsession.ui.drawing import Sign
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.controls import Controls

MORE_S = 60
"""What "1 minute more" adds to the session."""
MORE_TO_SETTLE_S = 30
"""What it adds while settling in."""


def more_s(view: SessionView) -> int:
    """What the wish for more time adds now."""
    return MORE_TO_SETTLE_S if view.in_preparation else MORE_S


class SessionControls(Controls):
    """Go on or pause, more, end. After a sleep of the computer they are the three answers to its question."""

    def __init__(self, runner: SessionRunner, parent: QWidget | None = None, *, short: bool = False) -> None:
        """Steer the session of ``runner``; ``short``: with few words, for a small window."""
        self._runner = runner
        self._longer = texts.tr("1 min") if short else texts.tr("1 minute more")
        self._settle_longer = texts.tr("30 s") if short else texts.tr("30 s more")
        self._stop = texts.tr("End") if short else texts.tr("End session")
        self._asked = False
        self._short = short
        self._go = Button(
            texts.tr("Start now"),
            ButtonKind.PRIMARY,
            Sign.PLAY,
            large=True,
            texts_to_come=(texts.tr("Pause"), texts.tr("Go on"), texts.tr("Leave it out")),
        )
        self._more = Button(
            self._settle_longer,
            ButtonKind.SECONDARY,
            Sign.PLUS,
            large=True,
            texts_to_come=(self._longer, texts.tr("Count it")),
        )
        self._end = Button(
            texts.tr("Cancel"),
            ButtonKind.QUIET,
            large=True,
            texts_to_come=(self._stop, texts.tr("Way back")),
        )
        super().__init__(self._go, self._more, self._end, parent, tight=short)
        for button in self.buttons():
            # A click leaves the focus on the page, so that Space and + mean what they always mean.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.ignore_enter()
        self._go.clicked.connect(self._on_go_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._end.clicked.connect(self._on_end_clicked)

    def buttons(self) -> tuple[Button, Button, Button]:
        """The three of them, in the order of tabs."""
        return self._go, self._more, self._end

    def show_view(self, view: SessionView) -> None:
        """Say what each button does now; none of them moves."""
        preparing = view.in_preparation
        self._asked = view.pause_reason is PauseReason.SLEEP
        self._show_go(view)
        if self._asked:
            self._more.show_text(texts.tr("Count it"), Sign.TICK)
        elif preparing:
            self._more.show_text(self._settle_longer, Sign.PLUS)
        else:
            self._more.show_text(self._longer, Sign.PLUS)
        _tell_tip(self._more, "" if self._asked else texts.tr("More time (+)"))
        if preparing:
            self._end.show_text(texts.tr("Cancel"), None)
        elif view.plan.waits_for_person:
            self._end.show_text(texts.tr("Way back"), None)
        else:
            self._end.show_text(self._stop, None)
        if self._short:
            self._say_in_full()

    def _say_in_full(self) -> None:
        """Short words are for the eye: a screen reader has room for all of them."""
        names = {
            self._longer: texts.tr("1 minute more"),
            self._settle_longer: texts.tr("30 s more"),
            self._stop: texts.tr("End session"),
        }
        for button in (self._more, self._end):
            name = names.get(button.text(), button.text())
            if name != button.accessibleName():
                button.setAccessibleName(name)

    def _show_go(self, view: SessionView) -> None:
        if self._asked:
            self._go.show_text(texts.tr("Leave it out"), Sign.PLAY)
        elif view.phase is Phase.PAUSED:
            self._go.show_text(texts.tr("Go on"), Sign.PLAY)
        elif view.in_preparation:
            self._go.show_text(texts.tr("Start now"), Sign.PLAY)
        else:
            self._go.show_text(texts.tr("Pause"), Sign.PAUSE)
        tip = texts.tr("Space leaves the time out and goes on")
        _tell_tip(self._go, tip if self._asked else texts.tr("Space pauses and goes on"))

    def extend(self) -> None:
        """Make the session, or the time to settle in, longer."""
        view = self._runner.view()
        if view is not None:
            self._runner.extend(more_s(view))

    @Slot()
    def _on_go_clicked(self) -> None:
        match self._runner.phase:
            case Phase.PREPARATION:
                self._runner.skip_preparation()
            case Phase.RUNNING:
                self._runner.pause()
            case Phase.PAUSED:
                self._runner.resume()
            case _:
                pass

    @Slot()
    def _on_more_clicked(self) -> None:
        if self._asked:
            self._runner.resume_after_sleep(SleepAnswer.COUNT)
        else:
            self.extend()

    @Slot()
    def _on_end_clicked(self) -> None:
        self._runner.stop()


def _tell_tip(button: Button, tip: str) -> None:
    """Only another one: Qt tells each anew, and this is asked every second."""
    if tip != button.toolTip():
        button.setToolTip(tip)
