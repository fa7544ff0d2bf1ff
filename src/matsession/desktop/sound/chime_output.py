"""The chimes as the rest of the house knows them: the first player that can, plays."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from matsession.app.ports import SoundProblem
from matsession.desktop.sound.process_player import ProcessPlayer
from matsession.desktop.sound.silent_player import SilentPlayer
from matsession.desktop.sound.sound_link import ProcessLink, sound_command
from matsession.domain.guidance import ChimeName

log = logging.getLogger(__name__)


class Player(Protocol):
    """One way to play, in the order of which ``ChimeOutput`` tries."""

    problem_changed: SignalInstance
    lost: SignalInstance
    """A chime it had taken could not be heard (ChimeName)."""

    def prepare(self) -> None:
        """Get ready; nothing when it is."""
        ...

    def play(self, chime: ChimeName) -> bool:
        """Take the chime, or refuse."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard."""
        ...

    def problem(self) -> SoundProblem | None:
        """Why it cannot play, or None: it can, or it is not known yet."""
        ...

    def close(self) -> None:
        """Let go of the output."""
        ...


class ChimeOutput(QObject):
    """Plays the six chimes; implements ``app.ports.ChimePlayer``.

    From ``prepare`` until ``close`` the output is held open and awake, and a lost one is looked for: call
    them at the start and at the end of a session or a sound test. A later player is prepared when those
    before it cannot play.
    """

    problem_changed = Signal()

    def __init__(self, players: Sequence[Callable[[], Player]], parent: QObject | None = None) -> None:
        """Try ``players`` in this order; each is made when it is first needed. The last should be silent."""
        super().__init__(parent)
        self._makers = list(players)
        self._players: list[Player] = []
        self._volume = 1.0
        self._open = False
        self._told: SoundProblem | None = None

    def prepare(self) -> None:
        """Open the output and load every chime. Returns at once; ``problem`` is settled within a second."""
        self._open = True
        self._find()

    def play(self, chime: ChimeName) -> bool:
        """Play now, on the first player that takes it; False when none does."""
        self._open = True
        return self._play_from(0, chime)

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0, at once."""
        self._volume = min(max(volume, 0.0), 1.0)
        for player in self._players:
            player.set_volume(self._volume)
        self._tell()

    def problem(self) -> SoundProblem | None:
        """Why nothing can be heard, or None. Before ``prepare`` nothing is known, and nothing is claimed."""
        if self._volume == 0.0:
            return SoundProblem.MUTED
        problems = [player.problem() for player in self._players]
        if not problems or None in problems:
            return None
        # The first player looks at the outputs themselves; what stands in for it cannot know better.
        return problems[0]

    def on_problem_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever ``problem`` has changed."""
        self.problem_changed.connect(listener)

    def close(self) -> None:
        """Let go of the output; ``prepare`` opens it again."""
        self._open = False
        for player in self._players:
            player.close()

    def _find(self) -> None:
        """Prepare players up to the first without a problem, and let go of those behind it."""
        for place in range(len(self._makers)):
            player = self._player(place)
            player.prepare()
            if player.problem() is None:
                for behind in self._players[place + 1 :]:
                    behind.close()
                break
        self._tell()

    def _player(self, place: int) -> Player:
        while len(self._players) <= place:
            player = self._makers[len(self._players)]()
            player.set_volume(self._volume)
            player.problem_changed.connect(self._on_player_problem_changed)
            player.lost.connect(self._on_player_lost)
            self._players.append(player)
        return self._players[place]

    def _play_from(self, place: int, chime: ChimeName) -> bool:
        for next_place in range(place, len(self._makers)):
            if self._player(next_place).play(chime):
                return True
        log.info("chime %s could not be played", chime)
        self._tell()
        return False

    @Slot(object)
    def _on_player_lost(self, chime: ChimeName) -> None:
        place = self._players.index(cast(Player, self.sender()))
        self._play_from(place + 1, chime)

    @Slot()
    def _on_player_problem_changed(self) -> None:
        if self._open:
            self._find()

    def _tell(self) -> None:
        problem = self.problem()
        if problem is self._told:
            return
        self._told = problem
        if problem is None:
            log.info("sound can be heard")
        elif problem is SoundProblem.MUTED:
            log.info("sound: the volume is 0")
        else:
            log.warning("no sound: %s", problem)
        self.problem_changed.emit()


def chime_output(folder: Path, parent: QObject | None = None) -> ChimeOutput:
    """Make the real one: Qt Multimedia, else playsound3, else silence, with the WAV files in ``folder``."""

    def process(player: str) -> ProcessPlayer:
        return ProcessPlayer(lambda: ProcessLink(sound_command(player, folder)))

    return ChimeOutput([partial(process, "qt"), partial(process, "playsound"), SilentPlayer], parent)
