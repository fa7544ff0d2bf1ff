"""The program's side of a sound process: keeps one running, and notices when it does not do its work."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.sound_link import SoundLink
from matsession.domain.guidance import ChimeName

log = logging.getLogger(__name__)

READY_WITHIN_MS = 6000
"""Longest wait for a new process. It takes a third of a second where that is warm, more from a cold disk."""
ANSWER_WITHIN_MS = 500
"""Longest wait for the answer to ``play``, which comes within a few milliseconds."""
ANSWER_GRACE_MS = 50
"""A little more: when the program itself was held up, the answer is there and has only not been read yet."""
SETTLED_AFTER_MS = 2000
"""A process that ends by itself before that would end again and again: it counts as a failure."""
RETRY_AFTER_MS = 5000
"""Pause before another process is tried where the last one could not play."""


class ProcessPlayer(QObject):
    """Plays in a child process. A chime that one did not sound moves to the next, or is told as ``lost``."""

    problem_changed = Signal()
    lost = Signal(ChimeName)
    """This chime was taken and could not be heard: somebody else should play it."""

    def __init__(self, start: Callable[[], SoundLink], parent: QObject | None = None) -> None:
        """``start`` starts a sound process; it is called at ``prepare`` and whenever a new one is needed."""
        super().__init__(parent)
        self._start = start
        self._link: SoundLink | None = None
        self._open = False
        self._ready = False
        self._volume = 1.0
        self._problem: SoundProblem | None = None
        self._unheard: list[ChimeName] = []
        self._answer = self._timer("answer", self._on_answer_timeout)
        self._watch = self._timer("watch", self._on_watch_timeout)
        self._retry = self._timer("retry", self._on_retry_timeout)
        self._settling = self._timer("settling", None)
        self._answer_late = False

    def prepare(self) -> None:
        """Start the process; nothing when that was done already."""
        if not self._open:
            self._open = True
            self._start_process()

    def play(self, chime: ChimeName) -> bool:
        """Hand it over. While a new process starts the chime waits for it."""
        self.prepare()
        if self._problem is not None:
            return False
        self._remember(chime)
        if self._ready:
            self._send_play(chime)
        return True

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0."""
        self._volume = volume
        if self._link is not None:
            self._link.send(f"volume {volume:.4f}")

    def problem(self) -> SoundProblem | None:
        """Why it cannot play, or None: it can, or it is not known yet."""
        return self._problem

    def close(self) -> None:
        """End the process, and forget what was wrong with it."""
        self._open = False
        self._end_process()
        self._unheard.clear()
        self._problem = None

    def _timer(self, name: str, slot: Callable[[], None] | None) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.setObjectName(name)
        if slot is not None:
            timer.timeout.connect(slot)
        return timer

    def _start_process(self) -> None:
        self._end_process()
        self._link = self._start()
        self._link.said.connect(self._on_link_said)
        self._link.gone.connect(self._on_link_gone)
        self._link.send(f"volume {self._volume:.4f}")
        self._watch.start(READY_WITHIN_MS)

    def _end_process(self) -> None:
        self._answer.stop()
        self._watch.stop()
        self._retry.stop()
        self._settling.stop()
        self._ready = False
        if self._link is not None:
            self._link.stop()
            self._link = None

    def _replace(self, reason: str) -> None:
        """Start another process in place of one that is of no more use; one that never was is a failure."""
        if not self._ready:
            self._fail(SoundProblem.PLAYER_FAILED)
            return
        log.info("new sound process: %s", reason)
        self._start_process()

    def _fail(self, problem: SoundProblem) -> None:
        self._answer.stop()
        self._watch.stop()
        self._settling.stop()
        self._ready = False
        if problem is not SoundProblem.NO_PLAYER:  # what is not installed does not come by waiting
            self._retry.start(RETRY_AFTER_MS)
        self._set_problem(problem)
        self._give_up()

    def _give_up(self) -> None:
        """Tell the last chime that was not heard; an earlier one would come too late and only confuse."""
        unheard, self._unheard = self._unheard, []
        if unheard:
            self.lost.emit(unheard[-1])

    def _set_problem(self, problem: SoundProblem | None) -> None:
        if problem is not self._problem:
            self._problem = problem
            self.problem_changed.emit()

    def _remember(self, chime: ChimeName) -> None:
        self._forget(chime)
        self._unheard.append(chime)

    def _forget(self, chime: ChimeName) -> None:
        self._unheard = [other for other in self._unheard if other is not chime]

    def _send_play(self, chime: ChimeName) -> None:
        if self._link is not None:
            self._link.send(f"play {chime}")
            self._answer_late = False
            self._answer.start(ANSWER_WITHIN_MS)

    @Slot(str)
    def _on_link_said(self, line: str) -> None:
        match line.split():
            case ["ready"]:
                self._on_ready()
            case ["took", _]:
                self._answer.stop()
            case ["heard", name] if name in list(ChimeName):
                self._forget(ChimeName(name))
            case ["lost", name] if name in list(ChimeName):
                self._answer.stop()
                self._forget(ChimeName(name))
                self.lost.emit(ChimeName(name))
            case ["outdated"]:
                self._ready = True  # it did its work: not a failure, whatever it had said before
                self._replace("another output, or none")
            case ["problem", name] if name in list(SoundProblem):
                self._fail(SoundProblem(name))

    def _on_ready(self) -> None:
        self._ready = True
        self._watch.stop()
        self._retry.stop()
        self._settling.start(SETTLED_AFTER_MS)
        self._set_problem(None)
        if self._unheard:
            del self._unheard[:-1]
            self._send_play(self._unheard[-1])

    @Slot()
    def _on_link_gone(self) -> None:
        if self._settling.isActive():
            self._fail(SoundProblem.PLAYER_FAILED)
        elif self._problem is None:
            self._replace("the last one ended")

    @Slot()
    def _on_answer_timeout(self) -> None:
        if self._answer_late:
            self._replace("a chime was not taken")
        else:
            self._answer_late = True
            self._answer.start(ANSWER_GRACE_MS)

    @Slot()
    def _on_watch_timeout(self) -> None:
        self._replace("not ready in time")

    @Slot()
    def _on_retry_timeout(self) -> None:
        self._start_process()
