"""The sound process: ``python -m matsession.desktop.sound.sound_process (qt | playsound) FOLDER``.

It obeys lines on its standard input and answers on its standard output; ``process_player`` is the other end.

==================  ====================================================================
``volume 0.8``      set the volume as heard
``play wake``       answered by ``took wake`` and, seconds later, ``heard wake``; or by ``lost wake``
(end of input)      the program is gone: stop
``ready``           all chimes are loaded
``problem NAME``    it cannot play; NAME is a ``SoundProblem``
``outdated``        the output has changed, or takes no sound any more: start a new process
==================  ====================================================================
"""

import os
import signal
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.domain.guidance import ChimeName

SAME_MESSAGE_LIMIT = 100
"""Qt saying the same so often means that its event loop spins (see the package): better to stop."""
SPINNING = 3
"""Exit code for that."""

_PLAYERS = ("qt", "playsound")


class _Orders(QObject):
    """Lines from standard input, as signals. A thread waits for them: Windows has no other way for a pipe."""

    came = Signal(str)
    ended = Signal()

    def listen(self) -> None:
        """Begin to wait."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())
        self.ended.emit()


class SoundHost(QObject):
    """Passes orders to the player, and what the player tells to standard output."""

    def __init__(self, player: HostedPlayer, parent: QObject | None = None) -> None:
        """Speak for ``player``."""
        super().__init__(parent)
        self._player = player
        player.ready.connect(partial(tell, "ready"))
        player.outdated.connect(partial(tell, "outdated"))
        player.failed.connect(partial(tell, "problem"))
        player.lost.connect(partial(tell, "lost"))
        player.heard.connect(partial(tell, "heard"))

    @Slot(str)
    def obey(self, order: str) -> None:
        """Do what one line asks; a line that makes no sense is passed over."""
        match order.split():
            case ["volume", volume]:
                self._player.set_volume(float(volume))
            case ["play", name] if name in list(ChimeName):
                if self._player.play(ChimeName(name)):
                    tell("took", name)
                else:
                    tell("lost", name)


def tell(*words: str) -> None:
    """Write one line to the program."""
    try:
        sys.stdout.write(" ".join(words) + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(0)  # nobody listens any more


def _note_messages() -> None:
    """Pass Qt's messages to standard error, each once, and stop when Qt spins."""
    seen: Counter[str] = Counter()

    def note(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        seen[message] += 1
        if seen[message] == 1:
            sys.stderr.write(message + "\n")
        elif seen[message] > SAME_MESSAGE_LIMIT:
            os._exit(SPINNING)

    qInstallMessageHandler(note)


def _make_player(name: str, folder: Path) -> HostedPlayer:
    """Import no more than the one that is wanted. Raises ImportError where its library is missing."""
    if name == "qt":
        from matsession.desktop.sound.qt_player import QtPlayer

        return QtPlayer(folder)
    from matsession.desktop.sound.playsound_player import PlaysoundPlayer

    return PlaysoundPlayer(folder)


def main(arguments: list[str]) -> int:
    """Run until the input ends. ``arguments`` are the player's name and the folder of the sounds."""
    if len(arguments) != 2 or arguments[0] not in _PLAYERS:
        sys.stderr.write(f"usage: sound_process ({' | '.join(_PLAYERS)}) FOLDER\n")
        return 2
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to understand; it closes our input
    _note_messages()
    application = QCoreApplication([])
    try:
        player = _make_player(arguments[0], Path(arguments[1]))
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        tell("problem", SoundProblem.NO_PLAYER)
        return 0
    host = SoundHost(player)
    orders = _Orders()
    orders.came.connect(host.obey)
    orders.ended.connect(application.quit)
    player.prepare()
    orders.listen()
    code = application.exec()
    player.close()
    return code


if __name__ == "__main__":
    # Past Qt's and Python's clearing up: with the output gone both can wait for ever.
    os._exit(main(sys.argv[1:]))
