"""Calling something in another thread, as systems do."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Garbage of other tests may be widgets: collected in another thread, their timers would be lost."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def in_a_thread(call: Callable[..., object], *args: object) -> None:
    """Call it there, and wait until that is done."""
    thread = threading.Thread(target=call, args=args)
    with nothing_collected():
        thread.start()
        thread.join()
