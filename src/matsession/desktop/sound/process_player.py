"""The program's side of a sound process: keeps one running, and notices when it does not do its work."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from matsession.app.ports import SoundOutput, SoundProblem
from matsession.desktop.sound.sound_link import SoundLink
from matsession.desktop.sound.sound_order import SoundOrder

log = logging.getLogger(__name__)

READY_WITHIN_MS = 6000
"""Longest wait for a new process. It takes a third of a second where that is warm, more from a cold disk."""
ANSWER_WITHIN_MS = 500
"""Longest wait for the answer to an order, which comes within a few milliseconds."""
ANSWER_GRACE_MS = 50
"""A little more: when the program itself was held up, the answer is there and has only not been read yet."""
SETTLED_AFTER_MS = 2000
"""A process that ends by itself before that would end again and again: it counts as a failure."""
RETRY_AFTER_MS = (5_000, 10_000, 20_000)
"""Pauses before another process is tried where the last one could not play; the last pause comes again and
again. Each process takes 0.3 s of processor time."""
TRIED_BEFORE_S = 1.0
"""A cue that is due in so long, or more, is worth another try at once."""


class ProcessPlayer(QObject):
    """Plays in a child process. A sound that one did not make moves to the next, or is told as ``lost``."""

    problem_changed = Signal()
    lost = Signal(SoundOrder)
    """This order was taken and could not be heard: somebody else should play it."""
    overtaken = Signal(SoundOrder)
    """It could not be heard in time, and a later one can: nobody should play it any more."""
    began = Signal(SoundOrder, float)
    """It has begun to sound, at this moment of the awake clock."""
    outputs_changed = Signal()
    unreadable = Signal(str, str)

    def __init__(
        self,
        name: str,
        start: Callable[[str], SoundLink],
        now_s: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        """``start`` starts a sound process for an output.

        ``name`` is what the proof of ring calls it until it says itself what plays.
        """
        super().__init__(parent)
        self._name = name
        self._start = start
        self._now_s = now_s
        self._link: SoundLink | None = None
        self._open = False
        self._ready = False
        self._held = False
        self._volume = 1.0
        self._own: dict[str, Path] = {}
        self._background: tuple[str | None, float] = (None, 1.0)
        self._output_id = ""
        self._output_name = ""
        self._outputs: tuple[SoundOutput, ...] = ()
        self._problem: SoundProblem | None = None
        self._unheard: dict[int, SoundOrder] = {}
        self._answer = self._timer("answer", self._on_answer_timeout)
        self._watch = self._timer("watch", self._on_watch_timeout)
        self._retry = self._timer("retry", self._on_retry_timeout)
        self._settling = self._timer("settling", None)
        self._answer_late = False
        self._tries = 0

    @property
    def how(self) -> str:
        """What plays, and on which output."""
        return f"{self._name}, {self._output_name}" if self._output_name else self._name

    @property
    def output_name(self) -> str:
        """The output that is used; empty while there is none."""
        return self._output_name

    @property
    def outputs(self) -> tuple[SoundOutput, ...]:
        """Those that were there when last looked."""
        return self._outputs

    def prepare(self) -> None:
        """Start the process; nothing when that was done already."""
        self._held = True
        self._start_unless_open()

    def release(self) -> None:
        """End the process as soon as it is known how it fares and it has sounded what it was given.

        What has begun rings out. What is ordered later starts a process for as long as it takes.
        """
        self._held = False
        self._end_when_done()

    def sound(self, order: SoundOrder) -> bool:
        """Hand it over. While a new process starts the order waits for it."""
        self._start_unless_open()
        if self._problem is not None and not self._try_for(order):
            return False
        self._unheard[order.number] = order
        if self._ready:
            self._send_order(order)
        return True

    def cancel(self, number: int) -> None:
        """Forget an order that has not begun to sound."""
        if self._unheard.pop(number, None) is not None and self._ready and self._link is not None:
            self._link.send("cancel", number)

    def hush(self, number: int) -> None:
        """Forget an order, or let it fade out."""
        self._unheard.pop(number, None)
        if self._ready and self._link is not None:
            self._link.send("hush", number)
        self._end_when_done()

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0."""
        self._volume = volume
        if self._link is not None:
            self._link.send("volume", volume)

    def set_own(self, sound: str, path: Path | None) -> None:
        """Use this file for a chime, or the built-in one again."""
        if path is None:
            self._own.pop(sound, None)
        else:
            self._own[sound] = path
        if self._link is not None:
            self._link.send("own", sound, None if path is None else str(path))

    def set_output(self, output_id: str) -> None:
        """Use this output ("" for the default) from now on; what sounds on the old one rings out."""
        if output_id == self._output_id:
            return
        self._output_id = output_id
        if self._open:
            self._start_process()

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Let a loop sound behind everything, or end it."""
        self._background = (None if path is None else str(path), level)
        if path is not None:
            self._start_unless_open()
        if self._link is not None:
            self._link.send("background", *self._background, fade_s)
        self._end_when_done()

    def problem(self) -> SoundProblem | None:
        """Why it cannot play, or None: it can, or it is not known yet."""
        return self._problem

    def close(self) -> None:
        """Have the process ring out and end, and forget what was wrong with it."""
        self._open = False
        self._held = False
        self._background = (None, 1.0)
        self._end_process()
        self._unheard.clear()
        self._problem = None

    def _timer(self, name: str, slot: Callable[[], None] | None) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.setObjectName(name)
        if slot is not None:
            timer.timeout.connect(slot)
        return timer

    def _start_unless_open(self) -> None:
        if not self._open:
            self._open = True
            self._set_problem(None)
            self._start_process()

    def _start_process(self) -> None:
        self._end_process()
        self._link = self._start(self._output_id)
        self._link.said.connect(self._on_link_said)
        self._link.gone.connect(self._on_link_gone)
        self._link.send("volume", self._volume)
        for sound, path in self._own.items():
            self._link.send("own", sound, str(path))
        self._watch.start(READY_WITHIN_MS)

    def _end_process(self, *, at_once: bool = False) -> None:
        self._answer.stop()
        self._watch.stop()
        self._retry.stop()
        self._settling.stop()
        self._ready = False
        if self._link is not None:
            if at_once:
                self._link.stop()
            else:
                self._link.end()
            self._link = None

    def _end_when_done(self) -> None:
        starting = self._watch.isActive()
        wanted = self._held or self._unheard or self._background[0] is not None
        if self._open and not starting and not wanted:
            self._open = False
            self._end_process()

    def _try_for(self, order: SoundOrder) -> bool:
        """Look again for sound where there is time for it; whether the order may wait for that."""
        if order.due_s is None or order.due_s - self._now_s() < TRIED_BEFORE_S:
            return False
        if self._retry.isActive():
            self._start_process()
        return self._watch.isActive()

    def _replace(self, reason: str) -> None:
        """Start another process in place of one that is of no more use; one that never was is a failure."""
        if not self._ready:
            self._fail(SoundProblem.PLAYER_FAILED)
            return
        log.info("new sound process: %s", reason)
        self._end_process(at_once=True)
        self._start_process()

    def _fail(self, problem: SoundProblem) -> None:
        self._answer.stop()
        self._watch.stop()
        self._settling.stop()
        self._ready = False
        self._output_name = ""
        if problem is not SoundProblem.NO_PLAYER:  # what is not installed does not come by waiting
            self._retry.start(RETRY_AFTER_MS[min(self._tries, len(RETRY_AFTER_MS) - 1)])
            self._tries += 1
        self._set_problem(problem)
        self._drop_overtaken()
        unheard, self._unheard = self._unheard, {}
        for order in unheard.values():
            self.lost.emit(order)
        self._end_when_done()

    def _set_problem(self, problem: SoundProblem | None) -> None:
        if problem is not self._problem:
            self._problem = problem
            self.problem_changed.emit()

    def _send_order(self, order: SoundOrder) -> None:
        if self._link is not None:
            self._link.send(*json.loads(order.line()))
            self._answer_late = False
            self._answer.start(ANSWER_WITHIN_MS)

    @Slot(str)
    def _on_link_said(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        match word, rest.split():
            case "ready", []:
                self._on_ready()
            case "using", _:
                self._output_name = rest
                self.outputs_changed.emit()
            case "by", _:
                self._name = rest
            case "outputs", _:
                self._on_outputs(rest)
            case "took", [_]:
                self._answer.stop()
            case "began", [number, at_s] if number.isdecimal() and int(number) in self._unheard:
                self.began.emit(self._unheard[int(number)], float(at_s))
            case "heard", [number] if number.isdecimal():
                self._unheard.pop(int(number), None)
                self._end_when_done()
            case "lost", [number] if number.isdecimal() and int(number) in self._unheard:
                self._answer.stop()
                self.lost.emit(self._unheard.pop(int(number)))
                self._end_when_done()
            case "unreadable", _:
                self._on_unreadable(rest)
            case "outdated", []:
                self._ready = True  # it did its work: not a failure, whatever it had said before
                self._replace("another output, or none")
            case "problem", [name] if name in list(SoundProblem):
                self._fail(SoundProblem(name))
            case _:
                log.debug("sound process: %s", line)  # what it prints as errors comes here too

    def _on_ready(self) -> None:
        self._ready = True
        self._tries = 0
        self._watch.stop()
        self._retry.stop()
        self._settling.start(SETTLED_AFTER_MS)
        self._set_problem(None)
        path, level = self._background
        if path is not None and self._link is not None:
            self._link.send("background", path, level, 3.0)
        self._drop_overtaken()
        for order in list(self._unheard.values()):
            self._send_order(order)

    def _drop_overtaken(self) -> None:
        """Of chimes whose time has passed only the last is of use; the others, and lines, would confuse."""
        now_s = self._now_s()
        overdue = [order for order in self._unheard.values() if order.due_s is None or order.due_s < now_s]
        chimes = [order for order in overdue if order.chime is not None]
        for order in overdue:
            if order not in chimes[-1:] and order.after not in {chime.number for chime in chimes[-1:]}:
                del self._unheard[order.number]
                self.overtaken.emit(order)

    def _on_outputs(self, told: str) -> None:
        try:
            self._outputs = tuple(SoundOutput(str(id_), str(name)) for id_, name in json.loads(told))
        except (ValueError, TypeError):
            return
        self.outputs_changed.emit()
        self._end_when_done()  # where somebody only wanted to know

    def _on_unreadable(self, told: str) -> None:
        try:
            sound, reason = json.loads(told)
        except (ValueError, TypeError):
            return
        self.unreadable.emit(str(sound), str(reason))

    @Slot()
    def _on_link_gone(self) -> None:
        tried_again = self._problem is not None and self._watch.isActive()
        if self._settling.isActive() or tried_again:
            self._fail(SoundProblem.PLAYER_FAILED)
        elif self._problem is None:
            self._replace("the last one ended")

    @Slot()
    def _on_answer_timeout(self) -> None:
        if self._answer_late:
            self._replace("an order was not taken")
        else:
            self._answer_late = True
            self._answer.start(ANSWER_GRACE_MS)

    @Slot()
    def _on_watch_timeout(self) -> None:
        self._replace("not ready in time")

    @Slot()
    def _on_retry_timeout(self) -> None:
        self._start_process()
