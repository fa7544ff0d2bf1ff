"""Long work in pieces: progress, an end, an error, a cancel; each told once."""

from collections.abc import Generator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from matsession.app.stepwise import PIECE_S, Stepwise
from matsession.domain.errors import MatSessionError

pytestmark = pytest.mark.usefixtures("qapp")


class Heard:
    """What a piece of work told."""

    def __init__(self, work: Stepwise) -> None:
        self.told: list[Any] = []
        work.progressed.connect(self._on_progressed)
        work.finished.connect(self._on_finished)
        work.failed.connect(self._on_failed)
        work.cancelled.connect(self._on_cancelled)

    def _on_progressed(self, done: float) -> None:
        self.told.append(done)

    def _on_finished(self, result: object) -> None:
        self.told.append(("finished", result))

    def _on_failed(self, error: MatSessionError) -> None:
        self.told.append(("failed", str(error)))

    def _on_cancelled(self) -> None:
        self.told.append("cancelled")


class Work:
    """Ten steps, each of which takes 15 ms of a clock that is turned by hand."""

    def __init__(self, error: MatSessionError | None = None) -> None:
        self.now_s = 0.0
        self.closed = False
        self._error = error

    def clock(self) -> float:
        return self.now_s

    def steps(self) -> Generator[float, None, str]:
        try:
            for number in range(10):
                self.now_s += 0.015
                yield (number + 1) / 10
                if number == 5 and self._error:
                    raise self._error
            return "all of it"
        finally:
            self.closed = True


def test_it_works_in_pieces_and_tells_what_came_of_it(qtbot: QtBot) -> None:
    """Each piece some 40 ms, and progress after each."""
    assert PIECE_S == 0.04
    done = Work()
    work = Stepwise(done.steps(), clock=done.clock)
    heard = Heard(work)
    with qtbot.waitSignal(work.finished):
        work.start()
    assert heard.told == [0.3, 0.6, 0.9, ("finished", "all of it")]
    assert not work.running
    work.cancel()
    assert heard.told[-1] == ("finished", "all of it")


@pytest.mark.expects_log("work in pieces failed")
def test_an_error_ends_it(qtbot: QtBot) -> None:
    """A sentence for the person, and no more pieces."""
    done = Work(MatSessionError("The disk is full."))
    work = Stepwise(done.steps(), clock=done.clock)
    heard = Heard(work)
    with qtbot.waitSignal(work.failed):
        work.start()
    assert heard.told == [0.3, 0.6, ("failed", "The disk is full.")]
    assert done.closed


def test_cancel_ends_it_at_once(qtbot: QtBot) -> None:
    """What has begun is closed, so that it can clear up; nothing is told afterwards."""
    done = Work()
    work = Stepwise(done.steps(), clock=done.clock)
    heard = Heard(work)
    with qtbot.waitSignal(work.progressed):
        work.start()
    work.cancel()
    work.cancel()
    work.start()
    assert not work.running
    assert done.closed
    assert heard.told == [0.3, "cancelled"]
