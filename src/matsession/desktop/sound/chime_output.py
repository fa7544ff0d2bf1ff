"""Sound as the rest of the house knows it: the first player that can, plays."""

import itertools
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from matsession.app.clock import SystemClock
from matsession.app.ports import SoundOutput, SoundProblem
from matsession.desktop.sound.process_player import ProcessPlayer
from matsession.desktop.sound.silent_player import SilentPlayer
from matsession.desktop.sound.sound_link import ProcessLink, SoundLink, sound_command
from matsession.desktop.sound.sound_order import SoundOrder
from matsession.domain.guidance import ChimeName
from matsession.domain.proof import CueReport

log = logging.getLogger(__name__)

MADE_UP_WITHIN_S = 60.0
"""A chime that nothing could play still sounds, once, when sound comes back so soon. Later it misleads."""
_OWN_MOMENT_S = 0.1
"""A cue that was handed over and is due so soon sounds by itself, at its own moment."""
KEPT_ASKED = 20
"""So many of the last cues are remembered, for what is still told about them."""


class Player(Protocol):
    """One way to play, in the order of which ``ChimeOutput`` tries."""

    problem_changed: SignalInstance
    lost: SignalInstance
    """An order it had taken could not be heard (SoundOrder)."""
    overtaken: SignalInstance
    """The same, and it is too late for anybody else."""
    began: SignalInstance
    """An order has begun to sound (SoundOrder, float)."""
    outputs_changed: SignalInstance
    unreadable: SignalInstance
    """A file cannot be played (str, str)."""

    @property
    def how(self) -> str:
        """What plays, and on which output."""
        ...

    @property
    def output_name(self) -> str:
        """The output that is used."""
        ...

    @property
    def outputs(self) -> tuple[SoundOutput, ...]:
        """The outputs there are."""
        ...

    def prepare(self) -> None:
        """Get ready, and stay so; nothing when it is."""
        ...

    def release(self) -> None:
        """Let go when nothing is left to do."""
        ...

    def sound(self, order: SoundOrder) -> bool:
        """Take the order, or refuse."""
        ...

    def cancel(self, number: int) -> None:
        """Forget an order that has not begun."""
        ...

    def hush(self, number: int) -> None:
        """Forget an order, or let it fade out."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard."""
        ...

    def set_own(self, sound: str, path: Path | None) -> None:
        """Use this file for a chime."""
        ...

    def set_output(self, output_id: str) -> None:
        """Use this output."""
        ...

    def set_background(self, path: Path | None, level: float, fade_s: float) -> None:
        """Let a loop sound behind everything, or end it."""
        ...

    def problem(self) -> SoundProblem | None:
        """Why it cannot play, or None: it can, or it is not known yet."""
        ...

    def close(self) -> None:
        """Let go of the output; what sounds rings out."""
        ...


@dataclass(frozen=True, slots=True)
class _Cue:
    """A chime that was asked for as the cue of a session time."""

    order: SoundOrder
    at_s: float
    planned_s: float
    """The moment it is due, by the awake clock."""
    reached: bool
    """Its moment has come for the session as well: it is not called off any more."""
    made_up: bool = False
    """It was missed, and has had its second chance."""


class ChimeOutput(QObject):
    """Implements ``app.ports.ChimePlayer``.

    From ``prepare`` until ``release`` a player is kept ready, and a lost output is looked for. A later player
    is prepared when those before it cannot play.
    """

    problem_changed = Signal()
    outputs_changed = Signal()
    sounded = Signal(CueReport)
    unreadable = Signal(str, str)

    def __init__(
        self,
        players: Sequence[Callable[[], Player]],
        now_s: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        """Try ``players`` in this order; each is made when it is first needed. The last should be silent."""
        super().__init__(parent)
        self._makers = list(players)
        self._now_s = now_s
        self._players: list[Player] = []
        self._volume = 1.0
        self._levels: dict[ChimeName, float] = {}
        self._files: dict[ChimeName, Path] = {}
        self._output_id = ""
        self._background: tuple[Path | None, float] = (None, 1.0)
        self._open = False
        self._looking = False
        self._keep_ready = False
        self._told: SoundProblem | None = None
        self._numbers = itertools.count(1)
        self._cues: dict[int, _Cue] = {}
        self._aside: deque[int] = deque(maxlen=KEPT_ASKED)
        self._last_of: dict[ChimeName, int] = {}
        self._missed: _Cue | None = None

    def prepare(self) -> None:
        """Get ready. Returns at once; ``problem`` is settled within a second."""
        self._open = self._looking = True
        self._find()

    def release(self) -> None:
        """Let go when what was asked for has been heard; a player that stays ready waits without a stream."""
        self._open = False
        self._missed = None
        for player in self._players:
            if not self._stays_ready(player):
                player.release()

    def keep_ready(self, *, ready: bool) -> None:
        """Follow the wish at once, where somebody has looked at the sound already."""
        self._keep_ready = ready
        if not self._looking or self._open:
            return
        if ready:
            self._find()
        self.release()

    def schedule(self, chime: ChimeName, at_s: float | None, due_s: float) -> None:
        """Have the first player that takes it sound the chime at its moment."""
        order = self._order(chime, due_s=due_s)
        if at_s is None:
            self._aside.append(order.number)
        else:
            self._remember(_Cue(order, at_s, due_s, reached=False))
            self._missed = None
        self._sound_from(0, order)

    def play(
        self,
        chime: ChimeName,
        at_s: float | None = None,
        late_s: float = 0.0,
        *,
        level: float | None = None,
    ) -> bool:
        """Play now, on the first player that takes it; False when none does."""
        scheduled = self._scheduled(chime, at_s)
        if scheduled is not None and scheduled.planned_s - self._now_s() <= _OWN_MOMENT_S:
            self._cues[scheduled.order.number] = replace(scheduled, reached=True)
            return self._missed is None
        if scheduled is not None:  # the session was quicker: begun at once, or after a short sleep
            self._call_off(scheduled)
        order = self._order(chime)
        if level is not None:
            order = replace(order, level=float(level), as_heard=True)
        if at_s is None:
            self._aside.append(order.number)
        else:
            self._remember(_Cue(order, at_s, self._now_s() - late_s, reached=True))
            self._missed = None
        return self._sound_from(0, order)

    def cancel(self) -> None:
        """Call off what has not been reached."""
        self._missed = None
        for cue in [cue for cue in self._cues.values() if not cue.reached]:
            self._call_off(cue)

    def hush(self) -> None:
        """End what was played aside."""
        while self._aside:
            number = self._aside.popleft()
            for player in self._players:
                player.hush(number)

    def say(self, path: Path, after: ChimeName | None = None) -> None:
        """Hand the file over; what cannot be spoken stands on the screen."""
        before = self._last_of.get(after) if after is not None else None
        self._sound_from(0, SoundOrder(next(self._numbers), str(path), after=before))

    def preview(self, sound: ChimeName | Path, level: float) -> None:
        """Sound it now, and nothing else aside."""
        self.hush()
        order = SoundOrder(next(self._numbers), str(sound), level=float(level))
        self._aside.append(order.number)
        self._sound_from(0, order)

    def set_background(self, path: Path | None, level: float = 1.0, fade_s: float = 3.0) -> None:
        """Fade a loop in or out, on the first player: no other has one."""
        if path is not None or self._background[0] is not None:
            self._background = (path, level)
            self._player(0).set_background(path, float(level), float(fade_s))

    def set_volume(self, volume: float) -> None:
        """Set the volume as heard, 0.0 to 1.0, at once."""
        self._volume = min(max(float(volume), 0.0), 1.0)
        for player in self._players:
            player.set_volume(self._volume)
        self._tell()

    def set_levels(self, levels: Mapping[ChimeName, float]) -> None:
        """Set the levels of the next chimes."""
        self._levels = {chime: min(max(float(level), 0.0), 1.0) for chime, level in levels.items()}

    def set_sounds(self, files: Mapping[ChimeName, Path]) -> None:
        """Tell the players what has changed."""
        before, self._files = self._files, dict(files)
        for chime in ChimeName:
            if before.get(chime) != self._files.get(chime):
                for player in self._players:
                    player.set_own(chime, self._files.get(chime))

    def set_output(self, output_id: str | None) -> None:
        """Tell the players."""
        self._output_id = output_id or ""
        for player in self._players:
            player.set_output(self._output_id)

    def outputs(self) -> Sequence[SoundOutput]:
        """The outputs that the first player found."""
        return self._players[0].outputs if self._players else ()

    def output_name(self) -> str:
        """The output of the first player that has one."""
        return next((player.output_name for player in self._players if player.output_name), "")

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

    def on_outputs_changed(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever the outputs may have changed."""
        self.outputs_changed.connect(listener)

    def on_sounded(self, listener: Callable[[CueReport], None]) -> None:
        """Call ``listener`` with the report of each cue."""
        self.sounded.connect(listener)

    def on_unreadable(self, listener: Callable[[str, str], None]) -> None:
        """Call ``listener`` with each file that cannot be played."""
        self.unreadable.connect(listener)

    def close(self) -> None:
        """Let go of the output; ``prepare`` opens it again. What has begun rings out."""
        self._open = self._looking = False
        self._missed = None
        for player in self._players:
            player.close()

    # -- inside ---------------------------------------------------------------------------------------

    def _order(self, chime: ChimeName, due_s: float | None = None) -> SoundOrder:
        order = SoundOrder(next(self._numbers), chime.value, due_s, self._levels.get(chime, 1.0))
        self._last_of[chime] = order.number
        return order

    def _scheduled(self, chime: ChimeName, at_s: float | None) -> _Cue | None:
        """The cue that was handed over for this moment; those of earlier sessions have been reached."""
        waiting = (cue for cue in self._cues.values() if not cue.reached)
        return next((cue for cue in waiting if (cue.order.chime, cue.at_s) == (chime, at_s)), None)

    def _call_off(self, cue: _Cue) -> None:
        del self._cues[cue.order.number]
        for player in self._players:
            player.cancel(cue.order.number)

    def _remember(self, cue: _Cue) -> None:
        self._cues[cue.order.number] = cue
        while len(self._cues) > KEPT_ASKED:
            del self._cues[next(iter(self._cues))]

    def _stays_ready(self, player: Player) -> bool:
        """The first one that plays, where somebody wants to start at once."""
        able = next((each for each in self._players if each.problem() is None), None)
        return self._keep_ready and player is able

    def _find(self) -> None:
        """Prepare players up to the first without a problem, and let go of those behind it."""
        for place in range(len(self._makers)):
            player = self._player(place)
            player.prepare()
            if player.problem() is None:
                for behind in self._players[place + 1 :]:
                    behind.release()  # it still sounds what it has taken
                break
        self._tell()

    def _player(self, place: int) -> Player:
        while len(self._players) <= place:
            player = self._makers[len(self._players)]()
            player.set_volume(self._volume)
            player.set_output(self._output_id)
            for chime, path in self._files.items():
                player.set_own(chime, path)
            player.problem_changed.connect(self._on_player_problem_changed)
            player.lost.connect(self._on_player_lost)
            player.overtaken.connect(self._on_player_overtaken)
            player.began.connect(self._on_player_began)
            player.outputs_changed.connect(self.outputs_changed)
            player.unreadable.connect(self._on_player_unreadable)
            self._players.append(player)
        return self._players[place]

    def _sound_from(self, place: int, order: SoundOrder) -> bool:
        for next_place in range(place, len(self._makers)):
            if self._player(next_place).sound(order):
                return True
        self._tell()
        cue = self._cues.get(order.number)
        if cue is not None:
            self._missed = None if cue.made_up else cue
            self._report(cue, None, "", str(self.problem() or SoundProblem.PLAYER_FAILED))
        log.info("%s could not be played", order.sound)
        return False

    def _report(self, cue: _Cue, late_s: float | None, how: str, why_not: str) -> None:
        chime = cue.order.chime
        assert chime is not None
        told = "not heard" if late_s is None else f"{late_s:.3f} s late"
        log.info("chime %s of %d s: %s (%s)", chime, cue.at_s, told, how or why_not)
        self.sounded.emit(CueReport(cue.at_s, chime, late_s, how, why_not))

    @Slot(object)
    def _on_player_lost(self, order: SoundOrder) -> None:
        place = self._players.index(cast(Player, self.sender()))
        self._sound_from(place + 1, order)

    @Slot(object)
    def _on_player_overtaken(self, order: SoundOrder) -> None:
        cue = self._cues.get(order.number)
        if cue is not None:
            self._report(cue, None, "", "overtaken")

    @Slot(object, float)
    def _on_player_began(self, order: SoundOrder, at_s: float) -> None:
        cue = self._cues.get(order.number)
        if cue is None:
            return
        if self._volume == 0.0 or order.level == 0.0:
            self._report(cue, None, "", SoundProblem.MUTED)
        else:
            how = cast(Player, self.sender()).how
            self._report(cue, at_s - cue.planned_s, how, "")

    @Slot(str, str)
    def _on_player_unreadable(self, sound: str, reason: str) -> None:
        log.warning("the sound file for %s cannot be played: %s", sound, reason)
        self.unreadable.emit(sound, reason)

    @Slot()
    def _on_player_problem_changed(self) -> None:
        if self._open:
            self._find()
            self._make_up()
            return
        if not self._looking:
            return
        self.release()  # what stayed ready and cannot play any more would only look again and again
        # Somebody only looked: ask the next one, unless it was asked before.
        player = cast(Player, self.sender())
        place = self._players.index(player) + 1
        if player.problem() is not None and place == len(self._players) < len(self._makers):
            behind = self._player(place)
            behind.prepare()
            behind.release()
        self._tell()

    def _make_up(self) -> None:
        """Play the chime that nothing could play, where something can now and it still makes sense."""
        missed = self._missed
        if missed is None or self.problem() is not None:
            return
        self._missed = None
        if self._now_s() - missed.planned_s < MADE_UP_WITHIN_S:
            self._cues[missed.order.number] = replace(missed, made_up=True)
            self._sound_from(0, missed.order)

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
    clock = SystemClock()

    def now_s() -> float:
        return clock.now().awake_s

    def start(player: str, output_id: str) -> SoundLink:
        return ProcessLink(sound_command(player, folder, output_id))

    def process(player: str, name: str) -> ProcessPlayer:
        return ProcessPlayer(name, partial(start, player), now_s)

    players = [partial(process, "qt", "Qt Multimedia"), partial(process, "playsound", "playsound3")]
    return ChimeOutput([*players, SilentPlayer], now_s, parent)
