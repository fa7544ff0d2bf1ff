"""Long work at the command line: a bar from half a second on, and Ctrl-C that leaves nothing behind."""

import time
from collections.abc import Callable, Generator
from typing import Final, TextIO, TypeVar

TOLD_AFTER_S: Final = 0.5
"""What takes longer tells how far it has come."""
TOLD_EVERY_S: Final = 0.1
BAR_WIDTH: Final = 30

_T = TypeVar("_T")


def work_through(
    steps: Generator[float, None, _T], told: TextIO, doing: str, now: Callable[[], float] = time.monotonic
) -> _T:
    """Iterate to the end and return what came of it; ``doing`` stands before the bar, on a terminal only.

    Ctrl-C closes ``steps``, which then undo what they did, and goes on as KeyboardInterrupt.
    """
    began_s = told_s = now()
    shown = 0
    try:
        while True:
            try:
                done = next(steps)
            except StopIteration as end:
                result: _T = end.value
                return result
            moment_s = now()
            if told.isatty() and moment_s - began_s > TOLD_AFTER_S and moment_s - told_s > TOLD_EVERY_S:
                told_s = moment_s
                line = f"{doing} {bar(done)} {int(done * 100):3} %  (Ctrl-C cancels)"
                told.write(f"\r{line}")
                told.flush()
                shown = len(line)
    finally:
        steps.close()
        if shown:
            told.write(f"\r{' ' * shown}\r")
            told.flush()


def bar(done: float) -> str:
    """A bar in signs that every terminal has."""
    full = min(max(int(done * BAR_WIDTH), 0), BAR_WIDTH)
    return f"[{'#' * full}{'.' * (BAR_WIDTH - full)}]"
