"""How one start of the program talks to another that runs already. Knows no Qt."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from matsession.desktop.paths import Folders
from matsession.domain.errors import MatSessionError
from matsession.domain.order import Answer, Order, SessionStatus, StartWish, Verb

PATIENCE_S: Final = 4.0
"""So long a start waits for another that has the lock and does not answer."""

STARTING_S: Final = 20.0
"""So long for one that is not listening yet: five starts at once, on a slow and busy computer."""

_AGAIN_S: Final = 0.05


def command(folders: Folders, order: Order) -> Answer | None:
    """Hand an order to whoever runs the session, else to the window; None where nothing runs.

    Raises MatSessionError where it does not answer.
    """
    answer = _ask(folders.terminal_address, order)
    if answer is not None and (answer.done or answer.status.state != "idle"):
        return answer
    return _ask(folders.window_address, order)


def to_window(folders: Folders, order: Order) -> Answer | None:
    """Hand an order to the program that has the window; None where there is none that answers."""
    try:
        return _ask(folders.window_address, order)
    except MatSessionError:
        return None


def insist(folders: Folders, order: Order, gone: Callable[[], bool]) -> Answer | None:
    """The same, to one that holds the lock: it may not be listening yet, or be about to end.

    None where it does not answer, or as soon as ``gone`` says that it has let go of the lock.
    """
    began_s, silent_since_s = time.monotonic(), None
    while time.monotonic() < began_s + STARTING_S:
        answer = to_window(folders, order)
        if answer is not None or gone():
            return answer
        if not Path(folders.window_address).exists():
            silent_since_s = None
        elif silent_since_s is None:
            silent_since_s = time.monotonic()
        elif time.monotonic() > silent_since_s + PATIENCE_S:
            return None
        time.sleep(_AGAIN_S)
    return None


def show_order() -> Order:
    """Bring the window forward, with the permission of whoever was clicked."""
    return Order(Verb.SHOW, activation=_activation())


def start_order(wish: StartWish) -> Order:
    """Start a session there."""
    return Order(Verb.START, wish, activation=_activation())


def status_values(status: SessionStatus, *, program: bool) -> dict[str, object]:
    """The status as the JSON of ``matsession status`` has it."""
    return {"program_runs": program, **status._asdict()}


def _ask(address: str, order: Order) -> Answer | None:
    if sys.platform != "win32" and not Path(address).exists():
        return None  # the usual case before a start, which does not wait for what a question needs
    from matsession.desktop.control_client import ask

    return ask(address, order)


def _activation() -> str:
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return token if len(token) <= 200 and token.isprintable() else ""
