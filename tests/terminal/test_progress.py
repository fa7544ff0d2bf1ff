"""Long work at the command line: a bar when it takes long, and Ctrl-C that closes it."""

import io
from collections.abc import Generator

import pytest

from matsession.terminal.progress import bar, work_through


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Work:
    """Ten steps of a clock that is turned by hand."""

    def __init__(self, step_s: float, interrupted_at: int = 99) -> None:
        self.now_s, self.closed = 0.0, False
        self._step_s, self._interrupted_at = step_s, interrupted_at

    def now(self) -> float:
        return self.now_s

    def steps(self) -> Generator[float, None, str]:
        try:
            for number in range(10):
                self.now_s += self._step_s
                if number == self._interrupted_at:
                    raise KeyboardInterrupt
                yield number / 10
            return "all of it"
        finally:
            self.closed = True


def test_quick_work_says_nothing() -> None:
    """Under half a second there is nothing to wait for."""
    told, work = Terminal(), Work(0.04)
    assert work_through(work.steps(), told, "Reading", work.now) == "all of it"
    assert told.getvalue() == ""


def test_longer_work_has_a_bar_that_goes_away() -> None:
    """And says how to stop it."""
    told, work = Terminal(), Work(0.2)
    assert work_through(work.steps(), told, "Reading", work.now) == "all of it"
    shown = told.getvalue().split("\r")
    assert shown[1] == "Reading [######........................]  20 %  (Ctrl-C cancels)"
    assert shown[-2].strip() == ""
    assert len(shown[-2]) == len(shown[1])


def test_no_bar_goes_into_a_file() -> None:
    """Where nobody looks at it."""
    told, work = io.StringIO(), Work(5)
    work_through(work.steps(), told, "Reading", work.now)
    assert told.getvalue() == ""


def test_ctrl_c_closes_the_work() -> None:
    """So that it can undo what it did; the line is left clean."""
    told, work = Terminal(), Work(0.2, interrupted_at=6)
    with pytest.raises(KeyboardInterrupt):
        work_through(work.steps(), told, "Reading", work.now)
    assert work.closed
    assert told.getvalue().endswith(" \r")


@pytest.mark.parametrize(("done", "full"), [(0, 0), (0.5, 15), (1, 30), (1.2, 30), (-1, 0)])
def test_the_bar_is_never_too_long(done: float, full: int) -> None:
    """Whatever is told."""
    assert bar(done) == f"[{'#' * full}{'.' * (30 - full)}]"
