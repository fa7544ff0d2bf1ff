"""The sound process: ``python -m matsession.desktop.sound.sound_process (qt | playsound) FOLDER [OUTPUT]``.

It obeys lines of JSON on its standard input and answers in words on its standard output; ``process_player``
is the other end. OUTPUT is the id of an output; without it the default one is used.

=====================================  ===============================================================
``["volume", 0.8]``                    set the volume as heard
``["own", "wake", "/a/file.ogg"]``     use this file for a chime; ``null``: the built-in one again
``["background", "/a.wav", 0.5, 3.0]``  a loop at this level, faded in; with ``null`` faded out
``["sound", {...}]``                   a ``SoundOrder``; answered by ``took 7`` or ``lost 7``, and when it
                                       sounds by ``began 7 1234.5`` and, a second later, ``heard 7``
``["cancel", 7]``                      forget an order that has not begun
``["hush", 7]``                        forget it, or let it fade out
(end of input)                         the program has no more to say: ring out, then stop
``ready``                              all chimes are loaded
``using NAME``                         the output
``by NAME``                            what plays to it
``outputs [["id", "name"], ...]``      those there are
``problem NAME``                       it cannot play; NAME is a ``SoundProblem``
``unreadable ["wake", "why"]``         that file cannot be played
``outdated``                           the output has changed, or takes no sound any more: start a new process
=====================================  ===============================================================
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)

from matsession.app.clock import SystemClock
from matsession.app.ports import SoundProblem
from matsession.desktop.garbage import collect_here_only
from matsession.desktop.sound.hosted_player import HostedPlayer
from matsession.desktop.sound.sound_order import SoundOrder
from matsession.domain.guidance import ChimeName

SAME_MESSAGE_LIMIT = 100
"""Qt saying the same so often means that its event loop spins (see the package): better to stop."""
SPINNING = 3
"""Exit code for that."""
RING_OUT_WITHIN_MS = 12_000
"""Longest time to let sound what has begun when the program has gone; the closing chime takes eight
seconds."""
GONE_WITHIN_S = 15.0
"""After so long it ends in any case."""

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
        time.sleep(GONE_WITHIN_S)
        os._exit(0)  # Qt hangs, and nobody is left who would kill this process


class SoundHost(QObject):
    """Passes orders to the player, and what the player tells to standard output."""

    def __init__(self, player: HostedPlayer, parent: QObject | None = None) -> None:
        """Speak for ``player``."""
        super().__init__(parent)
        self._player = player
        player.ready.connect(self._on_player_ready)
        player.by.connect(self._on_player_by)
        player.outputs.connect(self._on_player_outputs)
        player.outdated.connect(self._on_player_outdated)
        player.failed.connect(self._on_player_failed)
        player.lost.connect(self._on_player_lost)
        player.began.connect(self._on_player_began)
        player.heard.connect(self._on_player_heard)
        player.unreadable.connect(self._on_player_unreadable)

    @Slot(str)
    def obey(self, line: str) -> None:
        """Do what one line asks; a line that makes no sense is passed over."""
        try:
            order = json.loads(line)
        except ValueError:
            return
        match order:
            case ["volume", float(volume)]:
                self._player.set_volume(volume)
            case ["own", str(sound), str() | None as path] if sound in list(ChimeName):
                self._player.set_own(sound, None if path is None else Path(path))
            case ["background", str() | None as path, float(level), float(fade_s)]:
                self._player.set_background(None if path is None else Path(path), level, fade_s)
            case ["sound", dict(values)]:
                self._sound(values)
            case ["cancel", int(number)]:
                self._player.cancel(number)
            case ["hush", int(number)]:
                self._player.hush(number)
            case _:
                pass

    def _sound(self, values: dict[str, object]) -> None:
        try:
            order = SoundOrder.read(values)
        except ValueError:
            return
        tell("took" if self._player.sound(order) else "lost", str(order.number))

    @Slot()
    def ring_out(self) -> None:
        """Stop when nothing sounds any more."""
        application = QCoreApplication.instance()
        assert application is not None
        self._player.quiet.connect(application.quit)
        QTimer.singleShot(RING_OUT_WITHIN_MS, application.quit)
        if not self._player.ring_out():
            application.quit()

    @Slot(str)
    def _on_player_ready(self, output: str) -> None:
        tell("ready")
        tell("using", output)

    @Slot(str)
    def _on_player_by(self, name: str) -> None:
        tell("by", name)

    @Slot(list)
    def _on_player_outputs(self, outputs: list[list[str]]) -> None:
        tell("outputs", json.dumps(outputs))

    @Slot()
    def _on_player_outdated(self) -> None:
        tell("outdated")

    @Slot(SoundProblem)
    def _on_player_failed(self, problem: SoundProblem) -> None:
        tell("problem", problem)

    @Slot(int)
    def _on_player_lost(self, number: int) -> None:
        tell("lost", str(number))

    @Slot(int, float)
    def _on_player_began(self, number: int, at_s: float) -> None:
        tell("began", str(number), f"{at_s:.4f}")

    @Slot(int)
    def _on_player_heard(self, number: int) -> None:
        tell("heard", str(number))

    @Slot(str, str)
    def _on_player_unreadable(self, sound: str, reason: str) -> None:
        tell("unreadable", json.dumps([sound, reason]))


def tell(*words: str) -> None:
    """Write one line to the program; where nobody listens any more, it is ringing out that matters."""
    try:
        sys.stdout.write(" ".join(words) + "\n")
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the end


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


def _now_s() -> float:
    return SystemClock().now().awake_s


def _make_player(name: str, folder: Path) -> HostedPlayer:
    """Import no more than the one that is wanted. Raises ImportError where its library is missing."""
    if name == "qt":
        from matsession.desktop.sound.qt_player import QtPlayer

        return QtPlayer(folder, _now_s)
    from matsession.desktop.sound.playsound_player import PlaysoundPlayer

    return PlaysoundPlayer(folder, _now_s)


def main(arguments: list[str]) -> int:
    """Run until the input ends. ``arguments``: the player's name, the folder of sounds, an output's id."""
    if len(arguments) not in (2, 3) or arguments[0] not in _PLAYERS:
        sys.stderr.write(f"usage: sound_process ({' | '.join(_PLAYERS)}) FOLDER [OUTPUT]\n")
        return 2
    # Ctrl-C and a closed terminal are the program's to understand; it closes our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _note_messages()
    application = QCoreApplication([])
    collect_here_only(application)  # orders are read by a thread
    try:
        player = _make_player(arguments[0], Path(arguments[1]))
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        # playsound3 calls programs while it is imported, and gives up over one that is installed and broken.
        sys.stderr.write(f"{error}\n")
        tell("problem", SoundProblem.NO_PLAYER)
        return 0
    host = SoundHost(player)
    orders = _Orders()
    orders.came.connect(host.obey)
    orders.ended.connect(host.ring_out)
    player.open(arguments[2] if len(arguments) == 3 else "")
    orders.listen()
    code = application.exec()
    player.close()
    return code


if __name__ == "__main__":
    # Past Qt's and Python's clearing up: with the output gone both can wait for ever.
    os._exit(main(sys.argv[1:]))
