"""Obeys orders that come from another program of the same person: the command line, above all."""

import logging

from PySide6.QtCore import QObject, Signal

from matsession.app import texts
from matsession.app.quick_start import NotesDueError, QuickStart
from matsession.app.session_runner import SessionRunner
from matsession.app.texts import tr
from matsession.domain.errors import MatSessionError
from matsession.domain.events import ExtensionRefused
from matsession.domain.order import Answer, Order, SessionStatus, Verb
from matsession.domain.session import Phase, SessionView

log = logging.getLogger(__name__)


class RemoteControl(QObject):
    """Turns orders into the gestures they stand for, and answers each."""

    window_wished = Signal(str)
    """The window is to come forward; with the window system's permission for it, or an empty text."""

    def __init__(
        self, runner: SessionRunner, quick_start: QuickStart | None = None, parent: QObject | None = None
    ) -> None:
        """Command ``runner``; without ``quick_start`` nothing can be started or shown from outside."""
        super().__init__(parent)
        self._runner = runner
        self._quick_start = quick_start
        self._refusals: list[ExtensionRefused] = []
        runner.happened.connect(self._on_runner_happened)

    def obey(self, order: Order) -> Answer:
        """Do it, or say why not. Never raises for what an order may hold."""
        match order.verb:
            case Verb.STATUS:
                return self._answer(done=True)
            case Verb.SHOW if self._quick_start is not None:
                self.window_wished.emit(order.activation)
                return self._answer(done=True)
            case Verb.START if self._quick_start is not None:
                return self._start(self._quick_start, order)
            case Verb.SHOW | Verb.START:
                return self._refuse(tr("This session runs in a terminal; end it there first."))
            case _ if not self._runner.active:
                return self._refuse(tr("No session is running."))
            case Verb.PAUSE:
                self._runner.pause()
            case Verb.RESUME:
                self._runner.resume()
            case Verb.EXTEND:
                return self._extend(order.by_s)
            case Verb.STOP:
                return self._stop()
        return self._answer(done=True)

    def _start(self, quick_start: QuickStart, order: Order) -> Answer:
        try:
            quick_start.start(order.start)
        except MatSessionError as error:
            if isinstance(error, NotesDueError):
                self.window_wished.emit(order.activation)  # there they stand
            return self._refuse(" ".join(texts.error(error)).strip())
        self.window_wished.emit(order.activation)
        return self._answer(done=True)

    def _extend(self, by_s: int) -> Answer:
        self._refusals.clear()
        self._runner.extend(by_s)
        for refusal in self._refusals:
            longest = texts.length(refusal.max_total_s)
            return self._refuse(tr("It cannot become longer: {longest} at most.").format(longest=longest))
        return self._answer(done=True)

    def _stop(self) -> Answer:
        self._runner.stop()
        if self._runner.active:
            return self._answer(tr("On the way back; stop once more to end at once."), done=True)
        return self._answer(tr("The session has ended."), done=True)

    def _refuse(self, sentence: str) -> Answer:
        return self._answer(sentence, done=False)

    def _answer(self, sentence: str = "", *, done: bool) -> Answer:
        view = self._runner.view()
        if view is None or view.over:
            return Answer(done, sentence or tr("No session is running."))
        return Answer(done, sentence or status_sentence(view), status_of(view))

    def _on_runner_happened(self, event: object) -> None:
        if isinstance(event, ExtensionRefused):
            self._refusals.append(event)


def status_of(view: SessionView) -> SessionStatus:
    """The plain values of a session that is not over."""
    plan = view.plan
    paused = view.phase is Phase.PAUSED
    state = "paused" if paused else "preparation" if view.in_preparation else "running"
    return SessionStatus(
        state=state,
        preset_id=plan.preset.id,
        preset_name=plan.preset.name,
        area=str(plan.preset.area),
        elapsed_s=round(view.elapsed_s, 3),
        left_s=None if plan.waits_for_person else round(view.left_s, 3),
        total_s=None if plan.waits_for_person else float(plan.total_s),
        preparation_left_s=round(view.preparation_left_s, 3),
        step_name=view.step.step.name,
        step_number=view.step_index + 1,
        steps=len(plan.steps),
        pause_reason=str(view.pause_reason) if view.pause_reason else "",
    )


def status_sentence(view: SessionView) -> str:
    """Where a session stands, in one line."""
    name = view.plan.preset.name
    if view.in_preparation:
        left = texts.clock(view.preparation_left_s)
        pattern = tr("{preset}: settling in, {left} to the start.")
        if view.phase is Phase.PAUSED:
            pattern = tr("{preset}: paused while settling in, {left} to the start.")
        return pattern.format(preset=name, left=left)
    if view.plan.waits_for_person:
        so_far = texts.clock(view.elapsed_s)
        pattern = tr("{preset}: {so_far} so far, open end; {step}.")
        if view.phase is Phase.PAUSED:
            pattern = tr("{preset}: paused after {so_far}, open end; {step}.")
        return pattern.format(preset=name, so_far=so_far, step=view.step.step.name)
    pattern = tr("{preset}: {left} left of {total}, step {number} of {steps}, {step}.")
    if view.phase is Phase.PAUSED:
        pattern = tr("{preset}: paused, {left} left of {total}, step {number} of {steps}, {step}.")
    return pattern.format(
        preset=name,
        left=texts.clock(view.left_s),
        total=texts.clock(view.plan.total_s),
        number=view.step_index + 1,
        steps=len(view.plan.steps),
        step=view.step.step.name,
    )
